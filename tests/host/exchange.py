#!/usr/bin/env python3
"""The real dmp-host over real mutual TLS: every transaction, every refusal. Prints TAP.

usage: exchange.py DMP-HOST PKI-FOLDER
"""
import os
import pathlib
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import exchange_cases  # noqa: E402
import tiny  # noqa: E402
import wire  # noqa: E402


class Bench:
    """A host of its own with the tiny records, and the cards."""

    def __init__(self, program, pki):
        self.program, self.pki = program, pki
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="dmp-host-"))
        self.records = tiny.write(self.folder / "records")
        self.data, self.log = self.folder / "data", self.folder / "log"
        self.count, self.failed, self.clients, self.process = 0, 0, {}, None
        self.judge = pathlib.Path(os.environ.get("DMP_SHARED", "/nowhere")) / "testdata/tools/validate-soap"

    def run(self, *options):
        return subprocess.run([self.program, "--data", self.data, *options], capture_output=True, text=True)

    def start(self, *options):
        self.stop()
        self.process = subprocess.Popen(
            [self.program, "--data", self.data, "--pki", self.pki, "--listen", "127.0.0.1:0", *options],
            stdout=subprocess.PIPE, stderr=open(self.log, "a"), text=True,
            env={**os.environ, "G_DEBUG": "fatal-warnings"})
        self.url = self.process.stdout.readline().split()[1]
        self.clients = {}

    def stop(self):
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            code = self.process.wait(timeout=20)
            self.process.stdout.close()
            self.process = None
            self.ok(code == 0, "the host ends well", str(code))

    def card(self, name):
        return wire.Card(pathlib.Path(self.pki) / (name if name == "organisation" else f"cards/{name}"))

    def client(self, name):
        if name not in self.clients:
            self.clients[name] = wire.Client(self.url, self.pki, self.card(name))
        return self.clients[name]

    def ask(self, name, endpoint, body, patient=None, parts=None, **token):
        """One signed request of a card on its kept-alive connection."""
        client, card = self.client(name), self.card(name)
        text = wire.request(client, card, endpoint, body, patient, **token)
        if parts is None:
            return client.post(endpoint, text)
        kind, data = wire.mtom(text, parts)
        return client.post(endpoint, data, kind)

    def ok(self, truth, name, detail=""):
        self.count += 1
        self.failed += not truth
        print(f"{'ok' if truth else 'not ok'} {self.count} - {name}")
        if not truth and detail:
            print("# " + str(detail)[:600].replace("\n", "\n# "))

    def equal(self, found, expected, name):
        self.ok(found == expected, name, f"found {found!r}, expected {expected!r}")

    def valid(self, reply, name):
        """The reply is what the official schemas say."""
        if not self.judge.exists():
            self.count += 1
            print(f"ok {self.count} - {name} # SKIP no validate-soap (shared test data absent)")
            return
        path = self.folder / "reply"
        head = f"Content-Type: {reply.headers['Content-Type']}\r\n\r\n".encode() if reply.parts else b""
        path.write_bytes(head + reply.data)
        out = subprocess.run([sys.executable, self.judge, path], capture_output=True, text=True)
        self.ok(out.returncode == 0, name, out.stdout + out.stderr)

    def close(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def main():
    bench = Bench(os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]))
    try:
        loaded = bench.run("--load", bench.folder / "records")
        bench.equal(loaded.returncode, 0, "records load")
        again = bench.run("--load", bench.folder / "records")
        bench.ok("0 patients, 0 documents, 15 known" in again.stderr, "loading twice changes nothing", again.stderr)
        bench.start()
        for case in exchange_cases.ALL:
            case(bench)
        bench.stop()
        exchange_cases.afterwards(bench)
        print(f"1..{bench.count}")
    finally:
        bench.close()
    return 1 if bench.failed else 0


if __name__ == "__main__":
    ssl.create_default_context()
    sys.exit(main())
