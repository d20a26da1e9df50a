"""Cases of exchange.py: many at once, and many that vanish."""
import os
import socket
import ssl
import threading
import time
import urllib.parse

import tiny
import wire
from wire import Document

MANY = 100
ACTION = "urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b"


def vanishing(b):
    """Peers that go in the middle of a TLS record do not stay as connections."""
    parts = urllib.parse.urlsplit(b.url)
    context = ssl.create_default_context(cafile=f"{b.pki}/trust-server.pem")
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(b.card("gp").auth, b.card("gp").folder / "auth.key")
    head = b"POST /x HTTP/1.1\r\nHost: x\r\nContent-Type: application/soap+xml\r\nContent-Length: 100000\r\n\r\n"

    def open_files():
        return len(os.listdir(f"/proc/{b.process.pid}/fd"))

    def go():
        coming, going = ssl.MemoryBIO(), ssl.MemoryBIO()
        tls = context.wrap_bio(coming, going, server_hostname=parts.hostname)
        with socket.create_connection((parts.hostname, parts.port)) as raw:
            while True:
                try:
                    tls.do_handshake()
                    break
                except ssl.SSLWantReadError:
                    raw.sendall(going.read())
                    coming.write(raw.recv(65536))
            tls.write(head + b"x" * 3000)
            raw.sendall(going.read()[:2000])

    before = open_files()
    for _ in range(40):
        go()
    end = time.monotonic() + 15
    while open_files() > before + 1 and time.monotonic() < end:
        time.sleep(0.2)
    b.ok(open_files() <= before + 1, "peers that vanish in the middle of a record are let go", open_files() - before)


def duplicates(b):
    """The same document from many at once is one; another under its identifier is refused."""
    ins, author, cabinet = b.records["main"].ins, tiny.xcn(tiny.GP), tiny.xon(tiny.CABINET)
    card = b.card("gp")

    def message(uid, text, number):
        body, parts = wire.feed(ins, [Document(uid, tiny.cda(uid, ins, text=text), author, cabinet)], f"{uid}.{number}", author, cabinet)
        return wire.mtom(wire.request(b.client("gp"), card, "repository", body, ins, action=ACTION), parts)

    def crowd(messages):
        """Each on a connection of its own, all opened before the first speaks."""
        barrier, answers = threading.Barrier(len(messages)), [None] * len(messages)

        def one(number, kind, whole):
            client = wire.Client(b.url, b.pki, card)
            try:
                client.connection.connect()
                barrier.wait(60)
                reply = client.post("repository", whole, kind)
                while reply.status == 503:  # more than the host wants at once: it says so, and is asked again
                    time.sleep(0.2)
                    client = wire.Client(b.url, b.pki, card)
                    reply = client.post("repository", whole, kind)
                answers[number] = (reply.status, reply.fault, reply.errors)
            except OSError as error:
                answers[number] = error
            finally:
                client.connection.close()

        threads = [threading.Thread(target=one, args=(n, *m)) for n, m in enumerate(messages)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers

    def rows(uid):
        found = b.ask("gp", "registry", wire.query(wire.GET_DOCUMENTS, "LeafClass", XDSDocumentEntryUniqueId=f"('{uid}')"), ins)
        return len(found.all("rim:ExtrinsicObject"))

    uid = tiny.ROOT + ".910.1"
    answers = crowd([message(uid, "same", 1) for _ in range(MANY)])
    print(f"# {MANY} at once, the same: {sum(a == (200, None, []) for a in answers)} successes, {rows(uid)} row", flush=True)
    b.equal(answers, [(200, None, [])] * MANY, f"{MANY} at once: each has the success of the first")
    b.equal(rows(uid), 1, "one row")
    uid = tiny.ROOT + ".910.2"
    answers = crowd([message(uid, f"other {n}", n) for n in range(20)])
    good = sum(a == (200, None, []) for a in answers)
    refused = sum("XDSNonIdenticalHash" in str(a) for a in answers)
    b.equal((good, refused, rows(uid)), (1, 19, 1), "20 that differ under one identifier: one wins, 19 are told")


ALL = (vanishing, duplicates)
