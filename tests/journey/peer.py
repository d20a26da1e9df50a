"""A host that behaves as no real one can be made to: real TLS, then whatever the test says.

It has the key and certificate of the demonstration's host and asks for the client's.
"""
import contextlib
import re
import socket
import ssl
import threading

import stage

SOAP = 'application/soap+xml; charset=UTF-8'


def http(status, content_type, body, extra=()):
    if isinstance(body, str):
        body = body.encode()
    head = ['HTTP/1.1 %s' % status, 'Content-Length: %d' % len(body), *extra]
    if content_type:
        head.append('Content-Type: ' + content_type)
    return '\r\n'.join(head).encode() + b'\r\n\r\n' + body


def message_id(request):
    found = re.search(rb'MessageID[^>]*>([^<]+)<', request)
    return found.group(1) if found else b''


def fault(request, code, text='Refus'):
    """A SOAP fault of the DMP in answer to this request."""
    return http('500 Internal Server Error', SOAP, (
        '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://www.w3.org/2005/08/addressing">'
        '<s:Header><a:Action>http://www.w3.org/2005/08/addressing/soap/fault</a:Action><a:RelatesTo>%s</a:RelatesTo>'
        '</s:Header><s:Body><s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>s:%s</s:Value></s:Subcode>'
        '</s:Code><s:Reason><s:Text xml:lang="fr">%s</s:Text></s:Reason></s:Fault></s:Body></s:Envelope>'
    ) % (message_id(request).decode(), code, text))


def read_request(connection):
    """One request, headers and body; empty when the client has gone."""
    data = b''
    while b'\r\n\r\n' not in data:
        piece = connection.recv(65536)
        if not piece:
            return b''
        data += piece
    head, _, body = data.partition(b'\r\n\r\n')
    length = re.search(rb'content-length: *(\d+)', head, re.I)
    while length and len(body) < int(length.group(1)):
        piece = connection.recv(65536)
        if not piece:
            return b''
        body += piece
    return head + b'\r\n\r\n' + body


def replay(recorded, listed):
    """What a host has said to TD0.2 and TD3.1 (the folder of its --record), said again to whoever asks; anything else is
    refused. listed(body): the list as it is to be given."""
    said = {name: sorted(recorded.glob('*-%s-reply.http' % name))[-1].read_bytes().partition(b'\r\n\r\n')[2]
            for name in ('TD0.2', 'TD3.1')}

    def answer(request, number):
        if b'RetrieveDocumentSetRequest' in request:
            return fault(request, 'DMPInternalError')
        body = listed(said['TD3.1']) if b'AdhocQueryRequest' in request else said['TD0.2']
        return http('200 OK', SOAP, re.sub(rb'(RelatesTo[^>]*>)[^<]+<', rb'\1' + message_id(request) + b'<', body))
    return answer


def partial(body):
    """A list to which a repository did not answer."""
    return body.replace(b'ResponseStatusType:Success', b'ResponseStatusType:PartialSuccess', 1)


class Peer:
    """answer(request, number): bytes to send before closing; None: say nothing until the client goes."""

    def __init__(self, answer, tls=True):
        self.answer = answer
        self.requests = []
        self.connections = 0
        self.context = None
        if tls:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.maximum_version = ssl.TLSVersion.TLSv1_2
            self.context.load_cert_chain(stage.PKI / 'server-chain.pem', stage.PKI / 'server.key')
            self.context.load_verify_locations(stage.PKI / 'trust-clients.pem')
            self.context.verify_mode = ssl.CERT_REQUIRED
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.url = 'https://127.0.0.1:%d/si-dmp-server/v2/services' % self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        with connection, contextlib.suppress(OSError):
            if self.context is None:
                connection.recv(65536)
                answer = self.answer(b'', 1)
                connection.sendall(answer) if answer is not None else connection.recv(65536)
                return
            with self.context.wrap_socket(connection, server_side=True) as secure:
                self.converse(secure)

    def converse(self, secure):
        while request := read_request(secure):
            self.requests.append(request)
            answer = self.answer(request, len(self.requests))
            if answer is None:
                secure.recv(65536)
                return
            secure.sendall(answer)
            if b'Connection: close' in answer[:2000] or not answer.startswith(b'HTTP/1.1 '):
                return

    def close(self):
        self.listener.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
