#!/usr/bin/python3
"""Broken and hostile PDFs through the checks, the conversion and the viewer's child: each gives a sentence, nothing is run or
fetched (shown by strace), memory and time stay inside the limits."""
import json
import os
import re
import resource
import shutil
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
import broken_pdfs  # noqa: E402

BUILD = Path(os.environ.get('top_builddir', 'build')).resolve()
DMP, PDFA, PDF = BUILD / 'src/cli/dmp', BUILD / 'src/files/caducee-pdfa', BUILD / 'ui/caducee-pdf'
LONG = bool(os.environ.get('DMP_LONG_TESTS'))
MOST = 256 << 10  # kB
SECONDS = 8
STRACE = shutil.which('strace')
# What would run, fetch or write; opening for reading is judged by where it happens.
CALLS = 'execve,execveat,fork,vfork,socket,connect,bind,sendto,openat,open,creat,unlink,rename,memfd_create,seccomp'
ASAN = b'libasan' in subprocess.run(['ldd', str(DMP)], capture_output=True).stdout or \
    b'libasan' in subprocess.run(['ldd', str(BUILD / 'src/cli/.libs/dmp')], capture_output=True).stdout
SOME = ('launch', 'script-by-name', 'embedded-file', 'jbig2-bomb', 'form-loop', 'outside-stream')
SLOW = ('type3-loop', 'pattern-loop')  # poppler waits for itself, or paints for ever: ended by the clock
n = 0


def verdict(good, words, why=''):
    global n
    n += 1
    print('%s %d - %s' % ('ok' if good else 'not ok', n, words), flush=True)
    if not good:
        for line in str(why)[-3000:].splitlines():
            print('# ' + line, flush=True)


def limits():
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))  # of each process
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(command, data=None, file=None, trace=None):
    """Returns: status, stdout, peak kB of the largest process."""
    def prepare():
        limits()
        if file is not None:
            os.dup2(file.fileno(), 3)
            os.set_inheritable(3, True)
    env = dict(os.environ, ASAN_OPTIONS='detect_leaks=0', XDG_CONFIG_HOME=str(WORK), DMP_PDF_CHILD=str(PDF), DMP_PDFA_CHILD=str(PDFA))
    if trace is not None:
        command = ['strace', '-f', '-qq', '-e', 'trace=' + CALLS, '-o', str(trace)] + command
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env, preexec_fn=prepare,
                             close_fds=file is None)
    try:
        child.stdin.write(data or b'')
        child.stdin.close()
    except BrokenPipeError:
        pass
    out = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, out, usage.ru_maxrss


def wrong_calls(trace):
    """After a child has shut its cage: any call that went through. Anywhere: a network, a program that is not ours."""
    wrong, caged = [], set()
    for line in trace.read_text(errors='replace').splitlines():
        pid, _, call = line.partition(' ')
        call = call.strip()
        done = re.search(r'= -?\d+', call)
        refused = ' = -1 E' in call
        if call.startswith('seccomp('):
            if not refused:
                caged.add(pid)
            continue
        if call.startswith(('socket(', 'connect(', 'bind(', 'sendto(')) and 'AF_UNIX' not in call and 'AF_NETLINK' not in call:
            wrong.append(line)
        if call.startswith(('execve', 'fork', 'vfork')) and not refused and done and not re.search(r'caducee-pdf|/dmp"|lt-dmp|libtool|src/cli', call):
            wrong.append(line)
        if pid in caged and not refused and done and not call.startswith('memfd_create'):
            wrong.append(line)
        if re.search(r'passwd|127\.0\.0\.1', call):
            wrong.append(line)
    return wrong, caged


def real(program):
    """Not libtool's wrapper, which is a shell script."""
    hidden = program.parent / '.libs' / program.name
    return hidden if hidden.exists() else program


def right(name, found, refused):
    """White pages are for a person to look at; a faint line is not nothing."""
    return 'blank' not in refused and ('blank' in found) == (name == 'blank') if name in ('blank', 'faint') else True


def one(name, data, codes):
    path = WORK / (name + '.pdf')
    path.write_bytes(data)
    trace = WORK / 'trace' if STRACE else None
    status, out, _ = run([str(real(DMP)), 'cda', 'check', '--json', str(path)], trace=trace)
    try:
        answer = json.loads(out)
        found = {finding['code'] for finding in answer['findings']}
        refused = {finding['code'] for finding in answer['findings'] if finding['level'] == 'error'}
        clear = bool(answer['defects']) and all(len(s) > 20 and s.endswith('.') for s in answer['defects'])
    except (ValueError, KeyError):
        answer, found, refused, clear = {}, set(), set(), False
    wrong, caged = wrong_calls(trace) if trace else ([], {'-'})
    verdict(status == 17 and clear and found & codes and right(name, found, refused) and not wrong and (caged or not data), '%s: %s' % (name, ', '.join(sorted(found)) or 'nothing'),
            'exit %d, %s, caged %s\n%s' % (status, out[:500], caged, '\n'.join(wrong)))
    path.unlink()


def children(name, data):
    """The converter and the viewer by themselves."""
    path = WORK / (name + '.pdf')
    path.write_bytes(data or b' ')
    questions = b''.join(struct.pack('=III', op, at, 400) for at in range(3) for op in (1, 2))
    told = []
    for words, command, stdin in (('convert', [str(real(PDFA)), 'convert'], None), ('view', [str(real(PDF)), 'application/pdf'], questions)):
        trace = WORK / 'trace' if STRACE else None
        with open(path, 'rb') as file:
            status, out, peak = run(command, stdin, file, trace)
        wrong, caged = wrong_calls(trace) if trace else ([], {'-'})
        if wrong or not caged:
            told.append('%s: %s' % (words, '\n'.join(wrong) or 'no cage'))
        if status == 0 and words == 'convert' and not out.startswith(b'%PDF-'):
            told.append('convert: exit 0 and no PDF')
        if not ASAN and peak > MOST:
            told.append('%s: %d kB' % (words, peak))
    verdict(not told, '%s: converted and viewed in the cage' % name, '\n'.join(told))
    path.unlink()


def main():
    cases = [case for case in broken_pdfs.cases() if LONG or case[0] not in SLOW]
    some = cases if LONG else [case for i, case in enumerate(cases) if i % 6 == 1 or case[0] in SOME]
    print('1..%d' % (len(cases) + len(some) + 2))
    for name, data, codes in cases:
        one(name, data, codes)
    for name, data, _ in some:
        children(name, data)
    verdict(len(cases) >= 40, '%d PDFs' % len(cases))
    if STRACE:
        verdict(True, 'every call was looked at')
    else:
        print('ok %d - # SKIP no strace: that nothing is run or fetched was not looked at' % (n + 1))


if not (real(DMP).exists() and real(PDFA).exists() and real(PDF).exists()):
    print('1..0 # SKIP not built')
    sys.exit(0)
with tempfile.TemporaryDirectory() as folder:
    WORK = Path(folder)
    main()
