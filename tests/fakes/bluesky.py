"""Bluesky: the search for posts, posts and threads one by one, and a session for an account.

    BlueskyFake(posts, mode="pds", odd=False, ghosts=False, most=100, password="app-password",
                ...)

Modes: public (the cached AppView: a search is a 403, as HTML); api (the AppView itself: a stranger gets the first page
of a search, and 403 as JSON for any cursor); pds (an account's server: nothing without a session, see
bluesky_session.py; only here are there rate headers). With `ghosts` the index holds posts that are taken out behind it:
pages are short or empty though more follows; no page holds more than `most`. `odd` is told in bluesky_shape.py. The account is `fake.login`, a handle.

A search goes by sortAt, the earlier of when a post says that it was written and when it was indexed. A post is listed
for a tag when its text has it; it has the tag when a sound facet or its hidden tags say so.

    fake.sessions           .made (times of createSession), .renewed, .secrets, .expire(), .forget()
    fake.forget_cursors()   the index was made anew: every cursor given so far is answered with 400
    fake.maybe_uris(tag)    listed for the tag, which they do not properly have

    python3 -m fakes.bluesky --posts FILE.json --port-file F
"""
import base64
import calendar
import re
import time
from dataclasses import replace

from . import ids
from .bluesky_session import Sessions
from .bluesky_shape import BlueskyShape, features_of
from .post import Author, checksum, fold, tokens
from .server import Answer, Fake, Refusal, dumps

ACCOUNT = Author("meetup_archivist", "記録係", "pds.example")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
AT_URI = re.compile(r"at://(did:[a-z]+:[A-Za-z0-9._:%-]+)/app\.bsky\.feed\.post/([A-Za-z0-9._~:-]+)")
NAMES = {400: "InvalidRequest", 401: "AuthenticationRequired", 403: "Forbidden", 404: "XRPCNotSupported",
         405: "InvalidRequest", 429: "RateLimitExceeded", 500: "InternalServerError", 502: "UpstreamFailure",
         503: "NotEnoughResources"}
FORBIDDEN = b"<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body><h1>403 Forbidden</h1></body>\r\n</html>\r\n"
NO_END = 1 << 60


class BlueskyFake(Fake):
    methods = ("GET", "POST")
    text_key = "text"
    quota = 3000

    def __init__(self, posts=(), faults=None, *, mode="pds", odd=False, ghosts=False, most=100,
                 password="app-password", **others):
        self.mode, self.ghosts, self.most = mode, ghosts, most
        self.shape = BlueskyShape(self, odd)
        self.sessions = Sessions(self, ACCOUNT, password)
        self.cursors, self._stale, self._rate = {}, set(), []
        super().__init__(posts, faults, **others)

    # what the test asks

    @property
    def login(self):
        return ACCOUNT.handle

    def public_uris(self, tag, since=0, until=None):
        """The uris a complete archive of the tag holds, of posts whose sortAt is in [since, until) (ms); without
        authors who opted out."""
        return {uri for uri, post in self._tagged(tag, since, until) if not self.opted_out(post)}

    def optout_uris(self, tag, since=0, until=None):
        """What an archive may know by uri and time only."""
        return {uri for uri, post in self._tagged(tag, since, until) if self.opted_out(post)}

    def maybe_uris(self, tag):
        with self.lock:
            return {self.shape.uri(e) for e in self.shelf.entries
                    if self.shows(e) and self._listed(e, fold(tag)) and fold(tag) not in self._tags(e.post)}

    def forget_cursors(self):
        with self.lock:
            self._stale |= set(self.cursors)
            self.cursors = {}

    def uri_named(self, name):
        return self.shape.uri(self.shelf.find(name))

    @staticmethod
    def opted_out(post):
        return "!no-unauthenticated" in post.author.labels

    @staticmethod
    def shows(entry):
        """There are no posts for some eyes only; those of the evening are taken down."""
        return entry.post.visibility == "public"

    def _tags(self, post):
        return {fold(tag) for tag in features_of(post, self.shape.facets(post), True) + post.tags}

    def _listed(self, entry, tag):
        written = [value for kind, value, _, _ in tokens(entry.post.text) if kind == "tag"]
        written += features_of(entry.post, self.shape.facets(entry.post), False) + entry.post.tags
        return tag in map(fold, written)

    def _tagged(self, tag, since, until):
        with self.lock:
            return [(self.shape.uri(e), e.post) for e in self.shelf.entries
                    if self.shows(e) and fold(tag) in self._tags(e.post)
                    and since <= self.time_of(e.post) < (until or NO_END)]

    # the network

    def time_of(self, post):
        return min(post.created, post.indexed)

    def entering(self, post):
        indexed = min(post.created, self.clock * 1000) if post.indexed is None else post.indexed
        return replace(post, indexed=indexed)

    def make_id(self, ms, key, turn):
        return ids.tid(ms, key, turn)

    def rank(self, number, ms, count):
        return ms, number

    def json(self, value, status=200, headers=(), page=None):
        return Answer(status, dumps(value), self._rate + list(headers), page=page)

    def problem(self, status, name, message, headers=()):
        return self.json({"error": name, "message": message}, status, headers)

    def error(self, status, why):
        return self.problem(status, NAMES[status], why)

    def _limits(self, limit, remaining, reset):
        if self.mode != "pds":
            return []
        return [("RateLimit-Limit", limit), ("RateLimit-Remaining", max(0, remaining)), ("RateLimit-Reset", reset),
                ("RateLimit-Policy", "%d;w=%d" % (limit, self.window))]

    def too_many(self, seconds):
        self.refused_until(self.clock + seconds)
        self._rate = self._limits(self.quota, 0, self.clock + seconds)
        return self.problem(429, "RateLimitExceeded", "Rate Limit Exceeded", [("Retry-After", seconds)])

    def posts_in(self, page):
        return page["posts"]

    def count_in(self, page, post, value):
        post["likeCount"] = value

    def spoil_text(self, post, mark):
        post["record"]["text"] += mark

    def route(self, request):
        self._rate = []
        limit, remaining, reset = self.spend()
        self._rate = self._limits(limit, remaining, reset)
        if remaining < 0:
            return self.too_many(reset - self.clock)
        method, name = CALLS.get(request.path, (None, None))
        if name is None or name in SIGNING and self.mode != "pds":
            raise Refusal("unknown path", 404)
        if request.method != method:
            raise Refusal("method %s" % request.method, 405)
        if name in SIGNING:
            if request.query:
                raise Refusal("parameters in the address")
            return SIGNING[name](self.sessions, request)
        return self._door(request, name) or CALLED[name](self, request)

    def _door(self, request, name):
        if request.body:
            raise Refusal("a body where none belongs")
        if self.mode == "pds" and name not in OPEN:
            return self.sessions.door(request)
        if request.token is not None and self.mode != "pds":
            raise Refusal("a token for the AppView")
        return None

    def _read(self, request, single, lists=()):
        found = {}
        for name, value in request.query:
            if name not in single and name not in lists or not value:
                raise Refusal("unknown or empty parameter %s" % name)
            if name in lists:
                found.setdefault(name, []).append(value)
            elif name in found:
                raise Refusal("%s twice" % name)
            else:
                found[name] = value
        return found

    @staticmethod
    def _number(found, name, low, high, default):
        value = found.get(name, str(default))
        if not re.fullmatch(r"[0-9]{1,4}", value) or not low <= int(value) <= high:
            raise Refusal("%s=%s is not from %d to %d" % (name, value, low, high))
        return int(value)

    @staticmethod
    def _time(found, name, default):
        value = found.get(name)
        if value is None:
            return default
        try:
            if not (DAY.fullmatch(value) or TIME.fullmatch(value)):
                raise ValueError(value)
            form = "%Y-%m-%dT%H:%M:%S"[:8 if len(value) == 10 else None]
            seconds = calendar.timegm(time.strptime(value[:19], form))
        except ValueError as error:
            raise Refusal("%s=%s is no time" % (name, value)) from error
        return seconds * 1000 + int(float("0" + value[19:-1] or "0") * 1000 + 0.5)

    # the search

    def _search(self, request):
        if self.mode == "public":
            return Answer(403, FORBIDDEN, type="text/html")
        found = self._read(request, {"q", "sort", "since", "until", "author", "lang", "limit", "cursor"}, {"tag"})
        if self.mode == "api" and "cursor" in found:
            return self.problem(403, "Forbidden", "Request forbidden by administrative rules.")
        if not re.fullmatch(r"#[^\s#＃]+", found.get("q", "")):
            raise Refusal("q is to be a hashtag: %r" % found.get("q"))
        limit = min(self._number(found, "limit", 1, 100, 25), self.most)
        since, until = self._time(found, "since", 0), self._time(found, "until", NO_END)
        if found.get("sort", "latest") not in ("latest", "top"):
            raise Refusal("sort=%s" % found["sort"])
        scope = [(name, found[name]) for name in sorted(found) if name not in ("limit", "cursor")]
        below, stale = self._position(found, scope)
        if stale:
            return stale
        entries = [e for e in reversed(self.shelf.entries) if since <= e.rank[0] < until
                   and self.shows(e) and self._listed(e, fold(found["q"])) and self._asked(e.post, found)]
        return self._page(entries, limit, scope, below)

    @staticmethod
    def _asked(post, found):
        author = post.author
        return found.get("author") in (None, author.did, author.handle) and found.get("lang") in (None, post.lang)

    def _position(self, found, scope):
        """(where a page begins, or None; the answer to a cursor that is no more)"""
        cursor = found.get("cursor")
        if cursor is None:
            return None, None
        broken = self.problem(400, "InvalidRequest", "Invalid cursor format")
        if cursor in self._stale or self.lied and cursor in self.cursors and self.cursors[cursor][0] != scope:
            return None, broken
        given, below = self.cursors.get(cursor, (None, None))
        if given != scope:
            raise Refusal("a cursor that was never given for this search", answer=broken)
        return below, None

    def _places(self, entries):
        """(place, entry or None): places count for a page, whether or not there is something to show."""
        for entry in entries:
            yield (entry.rank, 0), entry
            dice = checksum("ghosts " + entry.id) % 100 if self.ghosts else 0
            for n in range(130 if dice > 96 else dice % 5 if dice > 70 else 0):
                yield (entry.rank, -1 - n), None

    def _page(self, entries, limit, scope, below):
        places = [(place, e) for place, e in self._places(entries) if below is None or place < below][:limit]
        page = {"posts": [self.shape.view(e) for _, e in places if e]}
        if len(places) == limit:
            page["cursor"] = self._cursor(scope, places[-1][0])
        return self.json(page, page=[e for _, e in places if e])

    def _cursor(self, scope, place):
        told = {"v": 2, "s": place[0][0], "u": "%s%d" % (place[0][1], place[1]), "h": checksum(repr(scope))}
        cursor = base64.b64encode(dumps(told)).decode()
        self.cursors[cursor] = (scope, place)
        self._stale.discard(cursor)
        return cursor

    def _search_v2(self, request):
        return self.problem(400, "InvalidRequest", "Search v2 is not enabled")

    # posts one by one

    def _entry(self, uri):
        found = AT_URI.fullmatch(uri)
        if not found:
            raise Refusal("%s is no at-uri of a post" % uri)
        entry = self.shelf.by_id.get(found[2])
        return entry if entry and entry.post.author.did == found[1] and self.shows(entry) else None

    def _posts(self, request):
        uris = self._read(request, (), {"uris"}).get("uris", [])
        if not 1 <= len(uris) <= 25:
            raise Refusal("uris one to twenty-five times")
        return self.json({"posts": [self.shape.view(e) for e in map(self._entry, uris) if e]})

    def _thread(self, request):
        found = self._read(request, {"uri", "depth", "parentHeight"})
        depth, height = (self._number(found, name, 0, 1000, usual)
                         for name, usual in (("depth", 6), ("parentHeight", 80)))
        entry = self._entry(found.get("uri", ""))
        if entry is None:
            return self.problem(400, "NotFound", "Post not found: " + found["uri"])
        return self.json({"thread": self.shape.thread(entry, depth, height)})

    def _quotes(self, request):
        found = self._read(request, {"uri", "limit"})
        limit, entry = self._number(found, "limit", 1, 100, 50), self._entry(found.get("uri", ""))
        quoting = [e for e in reversed(self.shelf.entries)
                   if entry and e.post.quote == entry.post.key and self.shows(e)]
        return self.json({"uri": found["uri"], "posts": [self.shape.view(e) for e in quoting[:limit]]})

    def _resolve(self, request):
        handle = self._read(request, {"handle"}).get("handle", "")
        for author in (ACCOUNT, *self.shelf.people.values()):
            if author.handle == handle:
                return self.json({"did": author.did})
        return self.problem(400, "InvalidRequest", "Unable to resolve handle")

    def _record(self, request):
        found = self._read(request, {"repo", "collection", "rkey"})
        uri = "at://%s/%s/%s" % tuple(found.get(name) for name in ("repo", "collection", "rkey"))
        entry = self._entry(uri)
        if entry is None:
            return self.problem(400, "RecordNotFound", "Could not locate record: " + uri)
        view = self.shape.view(entry)
        return self.json({"uri": uri, "cid": view["cid"], "value": view["record"]})


CALLS = {
    "/xrpc/app.bsky.feed.searchPosts": ("GET", "search"),
    "/xrpc/app.bsky.feed.searchPostsV2": ("GET", "search-v2"),
    "/xrpc/app.bsky.feed.getPosts": ("GET", "posts"),
    "/xrpc/app.bsky.feed.getPostThread": ("GET", "thread"),
    "/xrpc/app.bsky.feed.getQuotes": ("GET", "quotes"),
    "/xrpc/com.atproto.identity.resolveHandle": ("GET", "resolve"),
    "/xrpc/com.atproto.repo.getRecord": ("GET", "record"),
    "/xrpc/com.atproto.server.createSession": ("POST", "create"),
    "/xrpc/com.atproto.server.refreshSession": ("POST", "renew"),
}
CALLED = {"search": BlueskyFake._search, "search-v2": BlueskyFake._search_v2, "posts": BlueskyFake._posts,
          "thread": BlueskyFake._thread, "quotes": BlueskyFake._quotes, "resolve": BlueskyFake._resolve,
          "record": BlueskyFake._record}
SIGNING = {"create": Sessions.create, "renew": Sessions.renew}
OPEN = ("resolve", "record")        # of a PDS, for everybody

if __name__ == "__main__":
    from .command import main
    main("bluesky")
