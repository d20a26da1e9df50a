"""Hostile documents in the reader: scripts and references, bombs and breakages, broken PDFs, RTF and texts, opened one after
the other in the window of one process (show-document --words).

Each is shown with its words or refused with a sentence; the process lives on, without a critical warning. strace shows that
nothing is run but the confined child, nothing connected to, and after a first harmless document of each kind nothing written
and nothing of the sample's opened. A sample in each run, all of them with DMP_LONG_TESTS=1. Prints TAP.
"""
import base64
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, os.environ['top_srcdir'] + '/tests/files')
import broken_pdfs  # noqa: E402
import hostile_xml  # noqa: E402

LONG = bool(os.environ.get('DMP_LONG_TESTS'))
SLOW = ('type3-loop', 'pattern-loop')  # ended by the clock
BUILD = Path(os.environ['top_builddir'])
CALLS = 'execve,socket,connect,bind,open,openat,creat,unlink,unlinkat,rename,renameat,renameat2,mkdir'
# What the toolkit may read at any time; the sample itself is added.
SYSTEM = re.compile(r'^(/usr/|/etc/(fonts|ld\.so|localtime|gtk)|/proc/|/sys/|/var/cache/fontconfig|/lib)')
MOST = 256 << 10  # kB more than before


def level_1(data, kind):
    body = '<nonXMLBody><text mediaType="%s" representation="B64">%s</text></nonXMLBody>' % (kind, base64.b64encode(data).decode())
    return hostile_xml.cda(body=body).encode()


def samples():
    """name, kind, the CDA."""
    for name, ending, data in hostile_xml.vectors():
        yield name, 'vector', data if ending == 'xml' else level_1(data, 'text/' + ending)
    for name, ending, data, _ in hostile_xml.texts():
        yield name, 'text', level_1(data, {'rtf': 'text/rtf', 'txt': 'text/plain'}[ending])
    for name, data in hostile_xml.bombs():
        yield name, 'bomb', data
    for name, data, _ in broken_pdfs.cases():
        if LONG or name not in SLOW:
            yield name, 'pdf', level_1(data, 'application/pdf')


def chosen():
    """One of each family's every sixth, and those whose names say reference or script."""
    return [sample for i, sample in enumerate(samples()) if LONG or i % 6 == 0 or re.search(r'passwd|http|file|xinclude|launch|script-at|uri', sample[0])]


class Reader:
    def __init__(self, folder):
        self.folder = folder
        self.trace = folder / 'trace'
        self.errors = open(folder / 'errors', 'w+b')
        command = [str(BUILD / 'tests/ui/show-document'), '--words']
        if os.environ.get('STRACE'):
            command = [os.environ['STRACE'], '-f', '-qq', '-ttt', '-e', 'trace=' + CALLS, '-o', str(self.trace)] + command
        env = dict(os.environ, G_DEBUG='fatal-criticals', GTK_A11Y='none', DMP_PDF_CHILD=str(BUILD / 'ui/caducee-pdf'))
        if os.environ.get('STRACE'):  # leaks cannot be looked for under it; the other widget tests do
            env['ASAN_OPTIONS'] = os.environ.get('ASAN_OPTIONS', '') + ':detect_leaks=0'
        self.child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, env=env)

    def open(self, name, data):
        path = self.folder / ('%s.xml' % name)
        path.write_bytes(data)
        try:
            self.child.stdin.write(b'%s\n' % str(path).encode())
            self.child.stdin.flush()
            answer = self.child.stdout.readline().decode(errors='replace').strip()
        except BrokenPipeError:
            answer = ''
        path.unlink()
        return answer

    def peak(self):
        """kB, of the window's process."""
        pids = [self.child.pid] + [int(pid) for pid in Path('/proc/%d/task/%d/children' % (self.child.pid, self.child.pid)).read_text().split()]
        return max(int(re.search(r'VmHWM:\s+(\d+)', Path('/proc/%d/status' % pid).read_text())[1]) for pid in pids)

    def calls(self, since):
        for line in self.trace.read_text(errors='replace').splitlines() if self.trace.exists() else []:
            pid, stamp, call = re.match(r'(\d+)\s+([\d.]+) (.*)', line).groups()
            yield float(stamp) > since, call


def wrong_call(call, warm, folder):
    """Why this call may not be, or None."""
    if 'resumed>' in call and '"' not in call or ' = -1 E' in call:
        return None
    if re.search(r'AF_INET|127\.0\.0\.1|/etc/passwd', call):
        return 'a reference was followed'
    if call.startswith('execve(') and not re.search(r'show-document"|caducee-pdf"', call):
        return 'a program was run'
    if not warm:
        return None
    if call.startswith(('connect(', 'bind(')):
        return 'a connection'
    if call.startswith(('unlink', 'rename', 'mkdir', 'creat')):
        return 'something was changed'
    if call.startswith(('open(', 'openat(')):
        path = re.search(r'"([^"]*)"', call)[1]
        if re.search(r'O_WRONLY|O_RDWR|O_CREAT', call) and path != '/dev/null':
            return 'something was written'
        if not SYSTEM.match(path) and not path.startswith((str(folder), str(BUILD), '/dev/null')):
            return 'a file was opened'
    return None


def is_sentence(text):
    return len(text) > 20 and text.rstrip().endswith('.')


def good(name, kind, answer):
    if kind == 'bomb':
        return answer.startswith('problem ') and is_sentence(answer)
    if answer.startswith('problem ') or not answer.startswith('shown') or 'root:' in answer:
        return False
    if kind == 'vector':
        return 'W' in answer[6:] or 'Fichier joint' in answer or is_sentence(answer)
    return '[page]' in answer or is_sentence(answer) or kind == 'text' and 'W' in answer[6:] or 'été' in answer


def main(folder):
    some = chosen()
    print('1..%d' % (len(some) + 4), flush=True)
    reader = Reader(folder)
    harmless = [hostile_xml.cda('Premier'), level_1(broken_pdfs.pdf(), 'application/pdf').decode()]
    first = [reader.open('harmless', text.encode()) for text in harmless]
    before, since = reader.peak(), time.time()
    for n, (name, kind, data) in enumerate(some, 1):
        answer = reader.open('%s-%s' % (kind, name), data)
        print('%s %d - %s: %s' % ('ok' if good(name, kind, answer) else 'not ok', n, name, answer[-100:]), flush=True)
    n = len(some)
    after = reader.peak() if reader.child.poll() is None else 0
    alive = reader.open('last', harmless[0].encode())
    reader.child.stdin.close()
    status = reader.child.wait(30)
    reader.errors.seek(0)
    errors = reader.errors.read().decode(errors='replace')
    print('%s %d - the same process reads on: %s' % ('ok' if 'Premier' in first[0] and '[page]' in first[1] and 'Premier' in alive and status == 0 else 'not ok', n + 1, alive[:60]))
    told = [line for line in errors.splitlines() if re.search(r'CRITICAL|ERROR|Sanitizer|runtime error', line)]
    print('%s %d - no critical warning' % ('not ok' if told else 'ok', n + 2), *told[:5], sep='\n# ')
    asan = b'libasan' in subprocess.run(['ldd', str(BUILD / 'tests/ui/show-document')], capture_output=True).stdout
    print('%s %d - %d MB, %d MB more than before' % ('ok' if asan or 0 < after <= before + MOST else 'not ok', n + 3, after >> 10, (after - before) >> 10))
    if not os.environ.get('STRACE'):
        print('ok %d - # SKIP no strace: that nothing is run or fetched was not looked at' % (n + 4))
        return
    wrong = [(why, call) for warm, call in reader.calls(since) for why in [wrong_call(call, warm, folder)] if why]
    seen = sum(1 for warm, _ in reader.calls(since) if warm)
    print('%s %d - nothing run, connected to, written or opened: %d calls looked at' % ('ok' if not wrong and seen > len(some) else 'not ok', n + 4, seen))
    for why, call in wrong[:20]:
        print('# %s: %s' % (why, call[:300]))


with tempfile.TemporaryDirectory() as name:
    main(Path(name))
