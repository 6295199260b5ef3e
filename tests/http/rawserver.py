"""A server on loopback that says exactly what a test tells it to, right or wrong.

    with RawServer([ok("[]"), HANG]) as server:   # an answer a connection, the last one again and again
        ... server.url ... server.requests ...

An answer is bytes (sent, then the connection is closed), one of HANG, RESET, DRIP, or a function of the request that
returns one of them. DRIP sends a head and then a byte whenever the client takes one, without an end.
"""
import socket
import struct
import threading

HANG, RESET, DRIP = object(), object(), object()


def ok(body, *headers, status="200 OK", length=None):
    body = body if isinstance(body, bytes) else body.encode()
    lines = [f"HTTP/1.1 {status}", "Content-Type: application/json", *headers,
             f"Content-Length: {len(body) if length is None else length}", "Connection: close"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def error(status, *headers, body="<html>sorry</html>"):
    return ok(body, *headers, status=f"{status} No")


def redirect(location, status=302):
    return error(status, f"Location: {location}")


def read_request(connection):
    data = b""
    while b"\r\n\r\n" not in data:
        got = connection.recv(65536)
        if not got:
            return None
        data += got
        if data[0] == 0x16:  # a TLS handshake, where none was expected
            return "TLS"
    head, _, body = data.partition(b"\r\n\r\n")
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            while len(body) < int(line.partition(b":")[2]):
                body += connection.recv(65536)
    return (head + b"\r\n\r\n" + body).decode()


class RawServer:
    def __init__(self, answers, tls=None):
        self.answers = list(answers)
        self.requests = []
        self.asked = threading.Event()
        self.closing = threading.Event()
        self.tls = tls
        self.lock = threading.Lock()
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.socket.getsockname()[1]
        host = "localhost" if tls else "127.0.0.1"
        self.url = f"{'https' if tls else 'http'}://{host}:{self.port}"
        self.thread = threading.Thread(target=self._accept, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *unused):
        self.closing.set()
        try:
            self.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.socket.close()

    def _accept(self):
        while not self.closing.is_set():
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        try:
            with connection:
                if self.tls:
                    connection = self.tls.wrap_socket(connection, server_side=True)
                with connection:
                    request = read_request(connection)
                    if request is not None:
                        self._answer(connection, request)
        except OSError:  # the client hung up, or wanted no TLS of ours
            pass

    def _answer(self, connection, request):
        with self.lock:
            self.requests.append(request)
            answer = self.answers[0] if len(self.answers) == 1 else self.answers.pop(0)
        self.asked.set()
        if callable(answer):
            answer = answer(request)
        if answer is HANG:
            self.closing.wait(60)
        elif answer is RESET:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif answer is DRIP:
            connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            while not self.closing.wait(0.05):
                connection.sendall(b" ")
        else:
            connection.sendall(answer)
            if not self.tls:
                connection.shutdown(socket.SHUT_WR)
                connection.recv(1)
