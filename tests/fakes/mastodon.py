"""A Mastodon-like server: the hashtag timeline, single statuses, contexts, what the instance says of itself, logins.

    MastodonFake(posts, personality="mastodon", access="public", leak=False, domain="social.example", version=None,
                 home=False, authorized_fetch=False, ...)

Personalities: mastodon (decimal ids), gotosocial (ULIDs, always a token, few parameters), akkoma (flake ids, bare
quotes), snac (no Link; cursors are met by walking, so one that was deleted ends or opens everything; a min_id is
taken as a since_id; pretty-printed). Access: public; authenticated (422 without a user token); local (the same, unless
local=true is asked); disabled (an empty list); limited (401 for whoever has no token). `token` is the user token that
is accepted, "app-token" one of an application alone. With `leak` the timeline shows unlisted, private and direct
posts, too. `domain` is the server's own name: authors of it are local. `version` is another than the personality's:
before 4.3 there is no bulk lookup, before 4.5 nothing is said of who may read which timeline. With `home` the uris and
pages of local posts lie on this very server, so that they can be asked for; `authorized_fetch` refuses objects to who
does not sign. For logins see mastodon_doors.py.

    python3 -m fakes.mastodon --posts FILE.json --port-file F
"""
import re
from bisect import bisect_left, bisect_right
from urllib.parse import urlencode

from . import ids
from .mastodon_doors import Doors
from .mastodon_object import Objects
from .mastodon_shape import Shape
from .mastodon_single import Singles
from .post import fold
from .server import Answer, Fake, Refusal, dumps

CURSORS = {"max_id", "since_id", "min_id"}
BASIC = CURSORS | {"limit"}
FULL = BASIC | {"any[]", "all[]", "none[]", "local", "remote", "only_media"}
SNAC_HEADERS = [("x-creator", "snac/2.94"), ("access-control-allow-origin", "*"),
                ("access-control-expose-headers", "Link")]


class Personality:
    def __init__(self, make_id, pattern, rank, parameters, version):
        self.make_id, self.pattern, self.rank = make_id, re.compile(pattern), rank
        self.parameters, self.version = parameters, version


PERSONALITIES = {
    "mastodon": Personality(ids.mastodon, r"[0-9]{1,19}", lambda i, ms, n: int(i), FULL, "4.6.4"),
    "gotosocial": Personality(ids.ulid, r"[0-9A-HJKMNP-TV-Z]{26}", lambda i, ms, n: i, BASIC, "0.20.2"),
    "akkoma": Personality(ids.flake, r"[0-9A-Za-z]{18}", lambda i, ms, n: i, FULL, "2.7.2 (compatible; Akkoma 3.16.0)"),
    "snac": Personality(ids.snac, r"[0-9a-f]{42}", lambda i, ms, n: (ms // 1000, n), BASIC,
                        "4.0.0 (not true; really snac/2.94)"),
}


class MastodonFake(Singles, Doors, Fake):
    methods = ("GET", "POST")
    text_key = "content"
    snac_headers = SNAC_HEADERS

    def __init__(self, posts=(), faults=None, *, personality="mastodon", access="public", leak=False,
                 domain="social.example", token="user-token", version=None, home=False, authorized_fetch=False,
                 **others):
        self.personality = personality
        self.kind = PERSONALITIES[personality]
        self.access = "authenticated" if personality == "gotosocial" else access
        self.leak = leak
        self.domain = domain
        self.version = version or self.kind.version
        self.home = home
        self.authorized_fetch = authorized_fetch
        self.shape, self.objects = Shape(self), Objects(self)
        self.open_doors()
        super().__init__(posts, faults, token=token, **others)

    # what the test asks

    def public_uris(self, tag):
        """The uris that a complete archive of the tag holds: public ones, and unlisted ones if the server shows them;
        without authors who opted out."""
        return {self.uri_of(p) for p in self._shown(tag)
                if p.visibility in ("public", "unlisted") and not self.opted_out(p)}

    def optout_uris(self, tag):
        """What an archive may know by uri and time only."""
        return {self.uri_of(p) for p in self._shown(tag)
                if p.visibility in ("public", "unlisted") and self.opted_out(p)}

    def secret_uris(self, tag):
        """Private and direct posts of the tag, shown or not: nothing of them may be kept."""
        with self.lock:
            return {self.uri_of(e.post) for e in self.shelf.tagged(tag) if e.post.visibility in ("private", "direct")}

    def opted_out(self, post):
        return post.author.opted_out or post.author.noindex

    def _shown(self, tag):
        with self.lock:
            return [e.post for e in self.shelf.tagged(tag) if self.shows(e)]

    def shows(self, entry):
        return self.leak or entry.post.visibility == "public"

    def since(self, *version):
        """Is this a Mastodon of that version or later?"""
        numbers = re.match(r"(\d+)\.(\d+)", self.version).groups()
        return self.personality == "mastodon" and tuple(map(int, numbers)) >= version

    def home_of(self, author):
        return self.url if self.home and author.host == self.domain else "https://" + author.host

    def actor_of(self, author):
        return "%s/users/%s" % (self.home_of(author), author.username)

    def uri_of(self, post):
        """The post's identity: its own, or with `home` one on this server."""
        if not self.home or post.author.host != self.domain:
            return post.uri
        return "%s/statuses/%d" % (self.actor_of(post.author), post.origin)

    def page_of(self, entry):
        """Where people read it: a local post's page ends in its id here."""
        author = entry.post.author
        if author.host != self.domain:
            return entry.post.url
        return "%s/@%s/%s" % (self.home_of(author), author.username, entry.id)

    # the network

    def make_id(self, ms, key, turn):
        return self.kind.make_id(ms, key, turn)

    def rank(self, number, ms, count):
        return self.kind.rank(number, ms, count)

    def json(self, value, status=200, headers=(), page=None):
        if self.personality == "snac":
            return Answer(status, dumps(value, pretty=4), SNAC_HEADERS + list(headers), "application/json", page)
        return Answer(status, dumps(value), self._rate + list(headers), page=page)

    def error(self, status, why):
        return self.json({"error": why}, status)

    def too_many(self, seconds):
        self._rate = self._limits(self.quota, 0, self.clock + seconds)
        self.refused_until(self.clock + seconds)
        return self.error(429, "Throttled" if self.personality == "akkoma" else "Too many requests")

    _rate = []

    def _limits(self, limit, remaining, reset):
        if self.personality in ("akkoma", "snac"):
            return []
        reset = ids.iso(int(reset) * 1000)[:-4] + "070144Z"
        return [("X-RateLimit-Limit", limit), ("X-RateLimit-Remaining", max(0, remaining)),
                ("X-RateLimit-Reset", reset)]

    def posts_in(self, page):
        return page

    def count_in(self, page, post, value):
        post["favourites_count"] = value

    def route(self, request):
        limit, remaining, reset = self.spend()
        self._rate = self._limits(limit, remaining, reset)
        if remaining < 0:
            return self.too_many(reset - self.clock)
        for verb, pattern, method in ROUTES:
            if found := re.fullmatch(pattern, request.path):
                if verb != request.method:
                    raise Refusal("method %s" % request.method, 405)
                return self._door(request) or method(self, request, *found.groups())
        raise Refusal("unknown path", 404)

    def _door(self, request):
        """401 for a wrong token anywhere, and for none where the server shows strangers nothing."""
        if request.token is not None and request.token not in (self.token, "app-token"):
            return self.error(401, "The access token is invalid")
        if self.access == "limited" and request.token is None:
            return self.error(401, "This API requires an authenticated user")
        return None

    def _may_read(self, request, local):
        if self.access == "public" or self.access == "local" and local or request.token == self.token:
            return None
        if self.access in ("disabled", "limited") or self.personality == "snac":
            return None
        if self.personality == "gotosocial":
            return self.error(401, "Unauthorized: token not supplied")
        if self.personality == "akkoma":
            return self.error(401, "authorization required for timeline view")
        return self.error(422, "This method requires an authenticated user")

    # the hashtag timeline

    def _timeline(self, request, tag):
        if not tag or tag[0] in "#＃":
            raise Refusal("the tag comes without its #")
        single, lists = self._parameters(request)
        if refused := self._may_read(request, single.get("local")):
            return refused
        entries = [] if self.access == "disabled" else self._page(tag, single, lists)
        page = [self.shape.status(entry) for entry in entries]
        return self.json(page, headers=self._link(request, single, entries), page=entries)

    def _parameters(self, request):
        single, lists = {}, {}
        for name, value in request.query:
            if name not in self.kind.parameters:
                raise Refusal("unknown parameter %s" % name)
            if name.endswith("[]"):
                lists.setdefault(name, []).append(fold(value))
            elif name in single:
                raise Refusal("%s twice" % name)
            else:
                single[name] = self._value(name, value)
        if any(len(tags) > 4 for tags in lists.values()):
            raise Refusal("more than four tags of a kind")
        return single, lists

    def _value(self, name, value):
        if name in CURSORS:
            if not self.kind.pattern.fullmatch(value):
                raise Refusal("%s=%s is no id of this server" % (name, value))
            return value
        if name == "limit":
            if not re.fullmatch(r"[1-9][0-9]*", value):
                raise Refusal("limit=%s" % value)
            return int(value)
        if value not in ("true", "false", "1", "0"):
            raise Refusal("%s=%s is no truth value" % (name, value))
        return value in ("true", "1")

    def _page(self, tag, single, lists):
        entries = self._with_tags(tag, lists)
        low, high = self._bounds(entries, single)
        chosen = [e for e in entries[low:high] if self.shows(e) and self._wanted(e.post, single)]
        limit = min(single.get("limit", 20), 40)
        climbs = "min_id" in single and self.personality != "snac"
        return (chosen[:limit] if climbs else chosen[-limit:])[::-1]

    def _with_tags(self, tag, lists):
        if not lists:
            return self.shelf.tagged(tag)
        any_of = {fold(tag), *lists.get("any[]", [])}
        all_of, none_of = set(lists.get("all[]", [])), set(lists.get("none[]", []))
        return [e for e in self.shelf.entries
                if e.tags & any_of and all_of <= e.tags and not e.tags & none_of]

    def _bounds(self, entries, single):
        """The stretch of entries (oldest first) that the cursors leave."""
        above, below = single.get("min_id") or single.get("since_id"), single.get("max_id")
        if self.personality == "snac":
            place = {entry.id: n for n, entry in enumerate(entries)}
            return place.get(above, -1) + 1, place.get(below, 0) if below else len(entries)
        ranks = [entry.rank for entry in entries]
        return (bisect_right(ranks, self.rank(above, 0, 0)) if above else 0,
                bisect_left(ranks, self.rank(below, 0, 0)) if below else len(entries))

    def _wanted(self, post, single):
        is_local = post.author.host == self.domain
        if single.get("local") and not is_local or single.get("remote") and is_local:
            return False
        return bool(post.media) or not single.get("only_media")

    def _link(self, request, single, entries):
        if not entries or self.personality == "snac":
            return []
        kept = {name: str(value).lower() for name, value in single.items()
                if name in ("limit", "local", "only_media")}
        base = self.url + request.raw_path
        links = []
        for rel, name, entry in (("next", "max_id", entries[-1]), ("prev", "min_id", entries[0])):
            query = urlencode(sorted({**kept, name: entry.id}.items()))
            links.append('<%s?%s>; rel="%s"' % (base, query, rel))
        return [("Link", ", ".join(links))]


ROUTES = (
    ("GET", r"/api/v1/timelines/tag/(.*)", MastodonFake._timeline),
    ("GET", r"/api/v1/statuses", MastodonFake._statuses),
    ("GET", r"/api/v1/statuses/([^/]+)", MastodonFake._status),
    ("GET", r"/api/v1/statuses/([^/]+)/context", MastodonFake._context),
    ("GET", r"/api/v([12])/instance", MastodonFake._instance),
    ("GET", r"/api/v2/search", MastodonFake._search),
    ("GET", r"/api/v1/accounts/verify_credentials", MastodonFake._verify),
    ("POST", r"/api/v1/apps", MastodonFake._apps),
    ("POST", r"/oauth/token", MastodonFake._token),
    ("GET", r"/users/[^/]+/statuses/[^/]+|/ap/users/[^/]+/statuses/[^/]+|/@[^/]+/[^/]+", MastodonFake._page_of_post),
    ("GET", r"/users/[^/]+|/ap/users/[^/]+|/@[^/]+", MastodonFake._page_of_author),
)

if __name__ == "__main__":
    from .command import main
    main("mastodon")
