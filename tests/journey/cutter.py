"""A TCP proxy that cuts both sides after so many bytes of one direction, once; or does something else then."""
import contextlib
import select
import socket
import threading


class Cutter:
    """target: the real port. arm(direction, count): 'up' is the client's bytes, 'down' the host's."""

    def __init__(self, target):
        self.target = target
        self.direction, self.left = None, 0
        self.instead = None  # what to do at that byte instead of cutting
        self.counts = {'up': 0, 'down': 0}
        self.cuts = 0
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def arm(self, direction, count):
        self.counts = {'up': 0, 'down': 0}
        self.cuts = 0
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
        with client, socket.create_connection(('127.0.0.1', self.target)) as host, contextlib.suppress(OSError):
            while True:
                for ready in select.select([client, host], [], [])[0]:
                    way, other = ('up', host) if ready is client else ('down', client)
                    data = ready.recv(16384)
                    if not data or not self.pass_on(way, data, other):
                        return

    def pass_on(self, way, data, other):
        self.counts[way] += len(data)
        if way != self.direction:
            other.sendall(data)
            return True
        some, self.left = data[:self.left], self.left - len(data)
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
