"""A server of pictures on 127.0.0.1 that does what servers of pictures do: serves them, calls them by wrong names, sends one
elsewhere, breaks off, never ends.

    with PictureServer() as server:
        server.put("/a.jpg", jpeg(40, 30))          # or an Answer, or a function of the request's number for that path
        server.url + "/a.jpg"
        server.asked                                # the paths, in the order they came
"""
import gzip
import socket
import struct
import threading
import zlib
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def png(width=4, height=3, colour=(200, 30, 30)):
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    line = b"\0" + bytes(colour) * min(width, 50)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + \
        chunk(b"IDAT", zlib.compress(line * min(height, 50))) + chunk(b"IEND", b"")


def jpeg(width=4, height=3, more=b""):
    return b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0" + \
        b"\xff\xc0\0\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\0" + more + b"\xff\xd9"


@dataclass
class Answer:
    body: bytes = b""
    status: int = 200
    headers: dict = field(default_factory=dict)
    break_at: int | None = None     # the connection ends behind so many bytes of the body
    endless: bool = False           # the body again and again, in chunks, until the reader leaves


def redirect(location, status=302):
    return Answer(status=status, headers={"Location": location})


def zipped(body):
    return Answer(gzip.compress(body, 9), headers={"Content-Encoding": "gzip"})


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        server = self.server.pictures
        with server.lock:
            server.asked.append(self.path)
            server.agents.append(dict(self.headers))
            answer = server.shelf.get(self.path, Answer(b"<!DOCTYPE html><title>gone</title>", 404))
            if callable(answer):
                answer = answer(server.asked.count(self.path))
        if isinstance(answer, bytes):
            answer = Answer(answer)
        try:
            self.send(answer)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def send(self, answer):
        self.send_response(answer.status)
        for name, value in {"Content-Type": "image/jpeg", **answer.headers}.items():
            self.send_header(name, value)
        if answer.endless:
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            chunk = b"%x\r\n%s\r\n" % (len(answer.body), answer.body)
            while True:
                self.wfile.write(chunk)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if answer.break_at is None:
            self.wfile.write(answer.body)
            return
        self.wfile.write(answer.body[:answer.break_at])
        self.wfile.flush()
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, *unused):
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request, client_address):
        """Who asks may leave in the middle."""


class PictureServer:
    def __init__(self):
        self.shelf, self.asked, self.agents, self.lock = {}, [], [], threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.pictures = self
        self.host = "127.0.0.1:%d" % self._server.server_address[1]
        self.url = "http://" + self.host

    def put(self, path, answer):
        self.shelf[path] = answer

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *unused):
        self._server.shutdown()
        self._server.server_close()
