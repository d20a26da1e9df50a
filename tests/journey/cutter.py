"""A TCP proxy that cuts both sides after so many bytes of one direction, once; or does something else then.

It reads the heads of the TLS records that it passes, and so knows where a request begins: record type 23 is application
data, and the first of the client's after one of the host's is a new request.
"""
import contextlib
import select
import socket
import threading


class Way:
    """One direction of a connection: where its records begin."""

    def __init__(self):
        self.head, self.rest = b'', 0

    def records(self, data):
        """(type, offset) of each record whose head ends in @data; the offset may be negative."""
        at = 0
        while at < len(data):
            if self.rest:
                step = min(self.rest, len(data) - at)
                self.rest -= step
                at += step
                continue
            piece = data[at:at + 5 - len(self.head)]
            self.head += piece
            at += len(piece)
            if len(self.head) == 5:
                yield self.head[0], at - 5
                self.rest = int.from_bytes(self.head[3:5], 'big')
                self.head = b''


class Cutter:
    """target: the real port. arm(direction, count, request): 'up' is the client's bytes, 'down' the host's, counted from
    where the request of this number begins; 0: from now on."""

    def __init__(self, target):
        self.target = target
        self.direction, self.left, self.request = None, 0, 0
        self.counting, self.requests, self.answered = True, 0, True
        self.instead = None  # what to do at that byte instead of cutting
        self.counts = {'up': 0, 'down': 0}
        self.cuts = 0
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def arm(self, direction, count, request=0):
        self.counts = {'up': 0, 'down': 0}
        self.cuts = 0
        self.requests, self.answered, self.request, self.counting = 0, True, request, request == 0
        self.left = count
        self.direction = direction

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.carry, args=(client,), daemon=True).start()

    def carry(self, client):
        ways = {'up': Way(), 'down': Way()}
        with client, contextlib.suppress(OSError), socket.create_connection(('127.0.0.1', self.target)) as host:
            for end in (client, host):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while True:
                for ready in select.select([client, host], [], [])[0]:
                    way, other = ('up', host) if ready is client else ('down', client)
                    data = ready.recv(65536)
                    if not data or not self.pass_on(way, data, self.begin(ways[way], way, data), other):
                        return

    def begin(self, records, way, data):
        """Where in @data counting begins: 0 when it has; None when it has not."""
        start = 0 if self.counting else None
        for kind, at in records.records(data):
            if kind != 23:
                continue
            if way == 'down':
                self.answered = True
            elif self.answered:
                self.answered = False
                self.requests += 1
                if not self.counting and self.requests == self.request:
                    self.counting, start = True, max(at, 0)
        return start

    def pass_on(self, way, data, start, other):
        if start is not None:
            self.counts[way] += len(data) - start
        if way != self.direction or start is None:
            other.sendall(data)
            return True
        some, self.left = data[:start + self.left], self.left - (len(data) - start)
        other.sendall(some)
        if self.left > 0:
            return True
        self.direction = None
        self.cuts += 1
        if self.instead is not None:
            self.instead()
        return False

    def close(self):
        self.listener.close()
