"""How trouble must be told: one French sentence, the JSON error object, the exit status (docs/cli.md)."""
import fcntl
import json
import os
import pty
import re
import select
import subprocess
import termios
import time

import stage

os.environ['LC_ALL'] = 'C.UTF-8'  # the sentences are French in the source
os.environ.pop('LANGUAGE', None)
CTL = str(stage.SOURCE / 'tests/cards-ctl.sh')
READER = os.environ.get('READER_DIR', '')
# "OpenSC: 6983", "CURLE_…", "DMP…" are for the log; a person reads a sentence first.
OPENING = re.compile(r'[A-ZÀÂÇÉÈÊÎÔ][a-zàâçéèêëîïôùûœ’]')
PLAIN_SPACE = re.compile(r' [;?!:»]|« ')


def cards(*words):
    """Moves cards or pcscd; returns once it is done."""
    subprocess.run([CTL, READER, *words], check=True, timeout=60)


def defects_of_sentence(text, remedy):
    if not text.strip():
        yield 'nothing is said'
        return
    sentence = re.sub(r' \([^()]*\)$', '', text.strip())  # the host's own code may follow
    if '\n' in sentence:  # and so may a list to choose from
        sentence = sentence.partition('\n')[0].rpartition('.')[0] + '.'
    if not sentence.endswith('.'):
        yield 'no full stop at the end'
    if not OPENING.match(sentence):
        yield 'does not begin as a sentence'
    if PLAIN_SPACE.search(sentence) or "'" in sentence:
        yield 'not the typography of the house'
    if re.search(r'\b[1-378]\d{12}(\d\d)?\b', text):
        yield 'an identity number is in it'
    if not re.search(remedy, sentence):
        yield 'does not say what to do: wanted /%s/' % remedy


def defects_of(answer, status, code, remedy):
    error = answer.json.get('error') or {}
    if answer.status != status:
        yield 'exit status %d, wanted %d' % (answer.status, status)
    kept = {'outbox', 'submission_set'} if 'outbox' in error else set()  # what a sending left behind
    if set(error) != {'code', 'host_code', 'message', 'exit'} | kept:
        yield 'the error object has %s' % sorted(error)
    if error.get('code') != code:
        yield 'code %r, wanted %r' % (error.get('code'), code)
    if error.get('exit') != answer.status:
        yield 'the object says exit %r' % error.get('exit')
    if answer.err.strip() != str(error.get('message', '')).strip():
        yield 'standard error and the object say two things'
    yield from defects_of_sentence(answer.err, remedy)


def refused(tap, answer, status, code, remedy, name):
    """Checks a `dmp … --json` that had to fail; what must be in the sentence is a pattern."""
    defects = list(defects_of(answer, status, code, remedy))
    if tap.ok(not defects, name, '\n'.join(defects + [repr(answer)])):
        print('#   %s' % answer.err.strip().replace('\n', '\n#   '))
    return not defects


def refused_in_words(tap, answer, status, remedy, name):
    """Without --json: nothing on standard output, the sentence on the other."""
    defects = list(defects_of_sentence(answer.err, remedy))
    if answer.status != status:
        defects.append('exit status %d, wanted %d' % (answer.status, status))
    if answer.out:
        defects.append('words on standard output')
    return tap.ok(not defects, name, '\n'.join(defects + [repr(answer)]))


def private_home(place):
    """Everything a program might write of its own accord goes below the stage's folder."""
    folders = {'HOME': 'home', 'TMPDIR': 'tmp', 'XDG_CONFIG_HOME': 'home/.config', 'XDG_DATA_HOME': 'home/.local/share',
               'XDG_CACHE_HOME': 'home/.cache', 'XDG_STATE_HOME': 'home/.local/state', 'XDG_RUNTIME_DIR': 'run'}
    for name, folder in folders.items():
        path = place.dir / 'person' / folder
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.environ[name] = str(path)
    return place.dir / 'person'


def kept(person):
    """The files that a program has left there; OpenSC keeps the public files of the card for the next time, and the
    outbox (sealed: tests/outbox) its own."""
    return [str(p.relative_to(person)) for p in person.rglob('*')
            if not p.is_dir() and 'opensc' not in p.relative_to(person).parts[:-1]
            and not p.match('caducee/outbox.*')]


def known(place, record):
    return json.loads((place.records / record / 'patient.json').read_text())


def at_terminal(place, *words, record, typed):
    """Runs dmp at a terminal of its own. typed: what to type once the prompt stands there.

    Returns the answer and all the terminal has shown.
    """
    patient = place.dir / 'who.json'
    patient.write_bytes(place.patient(record))
    patient.chmod(0o600)
    command = [str(stage.BUILD / 'src/cli/dmp'), *words, '--config', str(place.config), '--patient', str(patient)]
    master, slave = pty.openpty()
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(slave, termios.TIOCSCTTY, 0), pass_fds=[slave],
        env={**os.environ, 'DMP_OPENSC_CONF': str(stage.SOURCE / 'pkcs11/opensc-client.conf')})
    shown = b''
    left = list(typed)
    end = time.monotonic() + 30 * stage.PATIENCE
    while process.poll() is None and time.monotonic() < end:
        ready, _, _ = select.select([master], [], [], 0.05)
        if not ready:
            continue
        shown += os.read(master, 4096)
        if left and shown.rstrip().endswith(b':') and not echo_is_on(master):
            os.write(master, left.pop(0).encode() + b'\n')
            shown += b'\n'
    out, err = process.communicate(timeout=10)
    os.close(slave)
    while select.select([master], [], [], 0)[0]:
        try:
            shown += os.read(master, 4096)
        except OSError:
            break
    os.close(master)
    patient.unlink()
    return stage.Answer(subprocess.CompletedProcess(command, process.returncode, out, err)), shown.decode('utf-8', 'replace')


def echo_is_on(terminal):
    return bool(termios.tcgetattr(terminal)[3] & termios.ECHO)
