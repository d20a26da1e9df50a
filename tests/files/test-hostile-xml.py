#!/usr/bin/python3
"""Scripts, references, bombs and breakages in CDA, RTF and text through dmp cda show, facts and check: words stay words, the
rest gets a sentence; nothing is run or fetched (shown by strace), memory stays inside 256 MB."""
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
import hostile_xml  # noqa: E402

BUILD = Path(os.environ.get('top_builddir', 'build')).resolve()
DMP = BUILD / 'src/cli/dmp'
DMP = DMP.parent / '.libs/dmp' if (DMP.parent / '.libs/dmp').exists() else DMP
STRACE = shutil.which('strace')
ASAN = b'libasan' in subprocess.run(['ldd', str(DMP)], capture_output=True).stdout
MOST = 256 << 10  # kB
SECONDS = 60      # of the processor, for one call on all vectors
n = 0


def verdict(good, words, why=''):
    global n
    n += 1
    print('%s %d - %s' % ('ok' if good else 'not ok', n, words), flush=True)
    if not good:
        for line in str(why)[-2000:].splitlines():
            print('# ' + line, flush=True)


def prepare():
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def dmp(*words):
    """Returns: status, output, errors, what it called that it may not."""
    trace = WORK / 'trace'
    command = [str(DMP), 'cda'] + [str(word) for word in words]
    if STRACE:
        command = ['strace', '-f', '-qq', '-e', 'trace=execve,socket,connect,openat,open,unlink,rename', '-o', str(trace)] + command
    env = dict(os.environ, ASAN_OPTIONS='detect_leaks=0', XDG_CONFIG_HOME=str(WORK), LC_ALL='C.UTF-8',
               DMP_PDF_CHILD=str(BUILD / 'ui/caducee-pdf'), DMP_PDFA_CHILD=str(BUILD / 'src/files/caducee-pdfa'))
    child = subprocess.Popen(command, stdout=open(WORK / 'out', 'wb'), stderr=open(WORK / 'err', 'wb'), env=env, preexec_fn=prepare)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    wrong = []
    for line in trace.read_text(errors='replace').splitlines() if STRACE else []:
        if re.search(r'AF_INET|127\.0\.0\.1|/etc/passwd|\.xsl|\.xsd|\.dtd', line):
            wrong.append(line)
        if 'execve(' in line and not re.search(r'caducee-pdf|/(caducee-)?dmp"', line):
            wrong.append(line)
        if re.search(r'O_WRONLY|O_RDWR|O_CREAT|unlink|rename', line) and not re.search(r' = -1 |/dev/null|/dev/tty', line):
            wrong.append(line)
    if not ASAN and usage.ru_maxrss > MOST:
        wrong.append('%d kB' % usage.ru_maxrss)
    return child.returncode, (WORK / 'out').read_text(errors='replace'), (WORK / 'err').read_text(errors='replace'), wrong


def answers(out, count):
    try:
        got = json.loads(out)
    except ValueError:
        return []
    got = got if isinstance(got, list) else [got]
    return got if len(got) == count else []


def check_vectors(vectors):
    paths = []
    for name, ending, data in vectors:
        path = WORK / ('%s.%s' % (name, ending))
        path.write_bytes(data)
        paths.append(path)
    shown_status, shown, _, wrong_show = dmp('show', '--json', *paths)
    facts_status, facts, _, wrong_facts = dmp('facts', '--json', *paths)
    check_status, checked, _, wrong_check = dmp('check', '--json', *paths)
    verdict(shown_status == 0 and facts_status == 0 and check_status == 17, 'show, facts and check read them all',
            (shown_status, facts_status, check_status, shown[-300:], facts[-300:]))
    for words, wrong in (('show', wrong_show), ('facts', wrong_facts), ('check', wrong_check)):
        verdict(not wrong, '%s: nothing run, fetched or written' % words, '\n'.join(wrong))
    shown, facts, checked = (answers(out, len(paths)) for out in (shown, facts, checked))
    for i, (name, _, data) in enumerate(vectors):
        text = json.dumps([shown[i], facts[i]], ensure_ascii=False) if shown and facts else ''
        files = [file for file in shown[i]['files'] if not file['problem']] if shown else []
        kept = 'body-' in name or 'W' in text
        verdict(bool(text) and kept and 'root:' not in text and (not files or name in ('cda-body-html', 'cda-body-svg', 'cda-body-program')),
                '%s: words' % name, text[:800])
    verdict(bool(checked) and all(all(len(s) > 15 and s.endswith('.') for s in one['defects']) and one['defects'] for one in checked),
            'each with its sentences', [s for one in checked for s in one['defects'] or [one['file']] if len(s) <= 15 or not s.endswith('.')])


def check_text(name, ending, data, code):
    path = WORK / ('%s.%s' % (name, ending))
    path.write_bytes(data)
    status, out, _, wrong = dmp('check', '--json', path)
    found = [finding['code'] for one in answers(out, 1) for finding in one['findings']]
    good = code in found if code else 'pdf' not in str(found)
    verdict(status in (0, 17) and good and not wrong, '%s: %s' % (name, ', '.join(found) or 'words'), '%s %s\n%s' % (status, out[-800:], '\n'.join(wrong)))


def check_bomb(name, data):
    path = WORK / (name + '.xml')
    path.write_bytes(data)
    status, out, errors, wrong = dmp('show', '--json', path)
    try:
        message = json.loads(out)['error']['message']
    except (ValueError, KeyError, TypeError):
        message = ''
    verdict(status == 17 and len(message) > 20 and message.endswith('.') and not wrong, '%s: %s' % (name, message[-90:]),
            '%s\n%s\n%s\n%s' % (status, out[-600:], errors[-300:], '\n'.join(wrong)))


def main():
    vectors, texts, bombs = list(hostile_xml.vectors()), list(hostile_xml.texts()), list(hostile_xml.bombs())
    print('1..%d' % (len(vectors) + 5 + len(texts) + len(bombs) + 3))
    check_vectors(vectors)
    for text in texts:
        check_text(*text)
    for bomb in bombs:
        check_bomb(*bomb)
    verdict(len(vectors) + len(texts) >= 80, '%d vectors' % (len(vectors) + len(texts)))
    verdict(len(bombs) >= 50, '%d bombs and breakages' % len(bombs))
    if STRACE:
        verdict(True, 'every call was looked at')
    else:
        print('ok %d - # SKIP no strace: that nothing is run or fetched was not looked at' % (n + 1))


if not DMP.exists():
    print('1..0 # SKIP not built')
    sys.exit(0)
with tempfile.TemporaryDirectory() as folder:
    WORK = Path(folder)
    main()
