"""A line as long as one likes between the program and its host.

    with Relay(stage.url, 0.05) as relay:      # a round trip of 50 ms
        stage.write_config('far.ini', url=relay.url)

What is sent arrives half a round trip later, whichever way it goes and however much it is; a new connection costs a whole one
before its first byte, as the handshake of TCP would. The bytes are not looked at: TLS goes through.
"""
import contextlib
import queue
import re
import socket
import threading
import time


class Relay:
    def __init__(self, url, seconds):
        scheme, host, port, path = re.fullmatch(r'(\w+)://([^:/]+):(\d+)(/.*)', url).groups()
        self.host, self.half = (host, int(port)), seconds / 2
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.url = '%s://%s:%d%s' % (scheme, host, self.listener.getsockname()[1], path)
        self.connections = 0
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            far = socket.create_connection(self.host)
            opened = time.monotonic() + 2 * self.half
            for one, other, not_before in ((near, far, opened), (far, near, 0)):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                pieces = queue.SimpleQueue()
                threading.Thread(target=self.take, args=(one, pieces, not_before), daemon=True).start()
                threading.Thread(target=self.give, args=(other, pieces), daemon=True).start()

    def take(self, connection, pieces, not_before):
        while True:
            try:
                piece = connection.recv(1 << 16)
            except OSError:
                piece = b''
            pieces.put((max(time.monotonic(), not_before) + self.half, piece))
            if not piece:
                return

    @staticmethod
    def give(connection, pieces):
        while True:
            due, piece = pieces.get()
            time.sleep(max(0, due - time.monotonic()))
            with contextlib.suppress(OSError):
                if not piece:
                    connection.shutdown(socket.SHUT_WR)
                    return
                connection.sendall(piece)

    def close(self):
        self.listener.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
