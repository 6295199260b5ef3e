"""What the fakes share: an HTTP/1.1 server on 127.0.0.1, a shelf of posts, a record of all that was asked.

A network's fake gives `route`, `error`, `limit_headers` and the few words that faults.py needs. The server records:

    fake.seen       every request: number (from 1), method, target, path, query (list of pairs), headers (lower case),
                    body
    fake.pages      every page of a tag that was answered: (request number, ids of its posts), as the network would have it,
                    whatever a fault then did with it
    fake.refusals   a sentence for each request that a correct client never makes; a test asserts that it is empty

A request is answered under one lock, so what a test does from its own thread (add, delete, edit, at, clock) is safe.
"""
import gzip
import json
import socket
import socketserver
import threading
import time
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qsl, unquote, urlsplit

from .faults import spoil, to_plan
from .post import NOW
from .shelf import Shelf

REASONS = {200: "OK", 204: "No Content", 302: "Found", 307: "Temporary Redirect", 400: "Bad Request", 401: "Unauthorized", 402: "Payment Required",
           403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 422: "Unprocessable Entity",
           429: "Too Many Requests", 500: "Internal Server Error", 502: "Bad Gateway",
           503: "Service Unavailable"}


@dataclass
class Request:
    method: str
    target: str
    headers: dict
    body: bytes = b""
    number: int = 0
    path: str = ""                                  # decoded
    raw_path: str = ""                              # as it came
    query: list = field(default_factory=list)

    @property
    def token(self):
        """The bearer token, None without one, "" for another scheme."""
        value = self.headers.get("authorization")
        if value is None:
            return None
        scheme, _, token = value.partition(" ")
        return token if scheme == "Bearer" else ""

    @property
    def takes_gzip(self):
        return "gzip" in self.headers.get("accept-encoding", "")


@dataclass
class Answer:
    status: int = 200
    body: bytes = b""
    headers: list = field(default_factory=list)
    type: str = "application/json; charset=utf-8"
    page: list | None = None        # the entries of a page of a tag's posts: what some faults repeat; None = no page

    def encode(self, zipped, clock):
        """The head, without the lines that tell the length, and the body."""
        head = ["HTTP/1.1 %d %s" % (self.status, REASONS[self.status]),
                "Date: " + time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(clock)),
                "Content-Type: " + self.type]
        head += ["%s: %s" % pair for pair in self.headers]
        if zipped:
            head.append("Content-Encoding: gzip")
        body = gzip.compress(self.body, 1, mtime=0) if zipped else self.body
        return "\r\n".join(head).encode() + b"\r\n", body


class Refusal(Exception):
    """A request that no correct client makes. The answer, if given, is what the network says to it."""

    def __init__(self, why, status=400, answer=None):
        super().__init__(why)
        self.status = status
        self.answer = answer


def dumps(value, pretty=None):
    separators = None if pretty else (",", ":")
    return json.dumps(value, ensure_ascii=False, indent=pretty, separators=separators).encode("utf-8")


def read_query(target):
    """(decoded path, raw path, pairs); Refusal for what is not well-formed."""
    parts = urlsplit(target)
    try:
        query = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query),
                          encoding="utf-8", errors="strict")
        path = unquote(parts.path, errors="strict")
    except ValueError as error:
        raise Refusal("malformed target: %s" % error) from error
    if not target.isascii() or parts.fragment:
        raise Refusal("a target with bytes that must be percent-encoded")
    return path, parts.path, query


class Fake:
    """A server of one network. Subclasses are the networks."""

    methods = ("GET",)
    versions = False        # does an edit make a new id?
    retry_in = 60           # seconds a 429 of a fault asks for
    window = 300            # seconds, and
    quota = 300             # requests, that the rate headers speak of

    def __init__(self, posts=(), faults=None, *, clock=NOW, token=None, gzip=True, redirect_to=None, tls=None,
                 budget=None):
        self.lock = threading.RLock()
        self.clock = clock
        self.token = token
        self.gzip = gzip
        self.faults = to_plan(faults)
        self.redirect_to = redirect_to
        self.tls = tls
        self.shelf = Shelf(self.make_id, self.rank, self.versions, self.time_of)
        self.seen, self.refusals, self.pages = [], [], []
        self.scheduled = {}
        self.budget = budget
        self._spent = self._renew = 0
        self.last_page = self.loop_page = None
        self.lied = False       # did a fault give a page that was not asked for?
        self._count = 0
        self._server = self._elsewhere = None
        for post in posts:
            self._take(post)

    # what a test does

    def add(self, post):
        """Put a post on the server; its id comes from its time, so it may land below others."""
        with self.lock:
            return self.shelf.add(self.entering(post)).id

    def delete(self, name):
        """Delete the post with this id or key."""
        with self.lock:
            self.shelf.delete(name)

    def edit(self, name, text, at):
        """Edit the post with this id or key at a time (ms); the id after it."""
        with self.lock:
            return self.shelf.edit(name, text, at).id

    def at(self, number, action):
        """Call action(fake) just before request `number` (from 1) is answered."""
        with self.lock:
            self.scheduled.setdefault(number, []).append(action)

    def mend(self):
        """No more faults, and an end to those that last."""
        with self.lock:
            self.faults = to_plan(None)
            self.loop_page = None

    def id_of(self, key):
        return self.shelf.find(key).id

    def uri_named(self, name):
        """The uri of the post with this id or key."""
        return self.uri_of(self.shelf.find(name).post)

    @property
    def requests(self):
        """How many requests came."""
        return len(self.seen)

    @property
    def port(self):
        return self._server.server_address[1]

    @property
    def url(self):
        return "%s://%s:%d" % (("https", "localhost") + (self.port,) if self.tls else ("http", "127.0.0.1", self.port))

    @property
    def elsewhere(self):
        """Another host and port, made when first wanted: redirects lead there; it answers as this one does."""
        with self.lock:
            if self._elsewhere is None:
                self._elsewhere = Elsewhere(self).start()
            return self._elsewhere

    # the life of the server

    def start(self):
        self._server = _Server(self)
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def stop(self):
        if self._elsewhere:
            self._elsewhere.stop()
        self._server.shutdown()
        self._server.server_close()
        self._server.hang_up()

    def __enter__(self):
        return self.start()

    def __exit__(self, *unused):
        self.stop()

    # what a network gives

    def make_id(self, ms, key, turn):
        raise NotImplementedError

    def rank(self, number, ms, count):
        raise NotImplementedError

    def time_of(self, post):
        """The time by which posts are ranked."""
        return post.created

    def entering(self, post):
        """The post as it is put on the shelf: a copy of the test's."""
        return replace(post)

    def spoil_text(self, post, mark):
        """Put a mark behind the text of a post of a page."""
        post[self.text_key] = (post[self.text_key] or "") + mark

    def route(self, request):
        raise NotImplementedError

    def error(self, status, why):
        """The network's own JSON error answer."""
        raise NotImplementedError

    def too_many(self, seconds):
        """A 429 that asks to wait so long."""
        raise NotImplementedError

    # answering

    def spend(self, quota=None):
        """Count a request: (limit, remaining, reset); remaining is -1 when the budget of requests is used up."""
        reset = (self.clock // self.window + 1) * self.window
        limit = self.budget or quota or self.quota
        self._spent += 1
        if self.budget and self._spent > limit:
            return limit, -1, reset
        return limit, limit - 1 - (self._spent - 1) % limit, reset

    def refused_until(self, reset):
        """Whoever is told to wait is taken to wait: the next request comes at the reset, in a new window."""
        self._renew = reset

    def _renewed(self):
        if self._renew:
            self.clock, self._renew, self._spent = max(self.clock, self._renew), 0, 0

    def _take(self, post):
        if post.appears:
            self.at(post.appears, lambda fake: fake.add(post))
        else:
            self.shelf.add(self.entering(post))
        if post.vanishes:
            self.at(post.vanishes, lambda fake: fake.delete(post.key))

    def answer(self, request):
        """The answer to a request, faults apart."""
        try:
            request.path, request.raw_path, request.query = read_query(request.target)
            if request.method not in self.methods:
                raise Refusal("method %s" % request.method, 405)
            answer = self.route(request)
        except Refusal as refusal:
            self.refusals.append("%s %s: %s" % (request.method, request.target, refusal))
            return refusal.answer or self.error(refusal.status, str(refusal))
        if answer.page is not None:
            self.pages.append((request.number, [entry.id for entry in answer.page]))
        return answer

    def handle(self, request):
        """The bytes to send, and whether the connection ends with them."""
        with self.lock:
            if request.target.startswith("/redirect-loop/"):
                return plain(self, request, redirect(request, "%s/redirect-loop/%d" % (self.url, len(request.target))))
            self._renewed()
            self._count += 1
            request.number = self._count
            self.seen.append(request)
            for action in self.scheduled.pop(self._count, ()):
                action(self)
            return spoil(self.faults.at(self._count), self, request)


class Elsewhere(Fake):
    """Where a redirect leads: answers as its parent does, but counts and records for itself."""

    def __init__(self, parent):
        super().__init__(clock=parent.clock, gzip=parent.gzip, tls=parent.tls)
        self.parent = parent

    make_id = rank = None

    def answer(self, request):
        with self.parent.lock:
            return self.parent.answer(request)


def redirect(request, location):
    """A POST is sent on as it is; what a 302 makes of it is anybody's guess."""
    status = 307 if request.method == "POST" else 302
    return Answer(status, b"<html><body>moved</body></html>", [("Location", location)], "text/html")


def plain(fake, request, answer):
    """An answer sent as it should be."""
    head, body = answer.encode(fake.gzip and request.takes_gzip and len(answer.body) > 200, fake.clock)
    length = b"" if answer.status == 204 else b"Content-Length: %d\r\n" % len(body)
    return head + length + b"\r\n" + body, False


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 60

    def _serve(self):
        length = int(self.headers.get("Content-Length") or 0)
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, self.path, headers, self.rfile.read(length))
        data, ends = self.server.fake.handle(request)
        self.close_connection = self.close_connection or ends
        if self.command == "HEAD":
            data = data.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
        self.wfile.write(data)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _serve

    def log_message(self, *unused):
        pass


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, fake):
        self.fake = fake
        self.open = set()
        super().__init__(("127.0.0.1", 0), _Handler)

    def finish_request(self, request, client_address):
        if self.fake.tls:
            try:
                request = self.fake.tls.wrap_socket(request, server_side=True)
            except OSError:             # the client did not like the certificate
                return
        self.open.add(request)
        try:
            super().finish_request(request, client_address)
        finally:
            self.open.discard(request)
            if self.fake.tls:
                request.close()

    def handle_error(self, request, client_address):
        """A client that went away is no news; anything else is a fault of the fake, and a refusal."""
        import sys
        error = sys.exc_info()[1]
        if not isinstance(error, OSError):
            self.fake.refusals.append("the fake failed: %r" % error)

    def hang_up(self):
        for connection in list(self.open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
