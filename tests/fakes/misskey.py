"""A Misskey server: notes by hashtag, one note, and what hangs on it. All calls are POST with a JSON body.

    MisskeyFake(posts, personality="misskey", domain="misskey.example", token="user-token", access="public",
                visitors="local", leak=False, says_nothing=False, ...)

Personalities: misskey; sharkey (tells its limits, waits are relative decimals, edited notes have `updatedAt`). Access:
public; authenticated (401 for strangers). `visitors` is the server's ugcVisibilityForVisitor: what strangers may be
shown one by one: all, local, none; a search does not ask for it. With `leak` a search shows followers-only and
specified notes, too. With `says_nothing` an empty list is a 204. `bad_token` is the status that answers a token which
is not known. `domain` is the server's own name: authors of it are local.

    fake.hidden_uris(tag)   notes of authors who want readers to sign in: strangers get them blanked

    python3 -m fakes.misskey --posts FILE.json --port-file F
"""
import re
import unicodedata

from . import ids
from .misskey_body import ABOVE, AROUND, NOTE, SEARCH, SHOW_URI, need, problem, read_body
from .misskey_shape import MisskeyShape
from .server import Answer, Fake, Refusal, dumps

BROKEN = re.compile(r"[\"'\\%\x00-\x1f\x7f]")
HEADERS = [("access-control-allow-origin", "*"), ("cache-control", "private, max-age=0, must-revalidate")]
CODES = {400: "INVALID_PARAM", 401: "AUTHENTICATION_FAILED", 403: "PERMISSION_DENIED", 404: "UNKNOWN_API_ENDPOINT"}
LOOKED_UP_AN_HOUR = 30


def spelled(tag):
    """The form in which Misskey compares hashtags."""
    return unicodedata.normalize("NFKC", tag).lower()


class MisskeyFake(Fake):
    methods = ("POST",)
    text_key = "text"

    def __init__(self, posts=(), faults=None, *, personality="misskey", domain="misskey.example", token="user-token",
                 access="public", visitors="local", leak=False, says_nothing=False, bad_token=401, **others):
        self.personality = personality
        self.domain = domain
        self.access, self.visitors, self.leak = access, visitors, leak
        self.says_nothing, self.bad_token = says_nothing, bad_token
        self.shape = MisskeyShape(self)
        self._rate, self._looked_up = [], []
        super().__init__(posts, faults, token=token, **others)
        if personality == "sharkey":
            self.window, self.quota = 1, 10

    # what the test asks

    def public_uris(self, tag):
        """The uris that a complete archive of the tag holds: notes that are public or home, without renotes and
        without what strangers get blanked."""
        return {self.uri_named(e.id) for e in self._listed(tag)
                if e.post.visibility in ("public", "unlisted") and not e.post.author.signin}

    def optout_uris(self, tag):
        """Nobody: a note does not tell what its author wants of archives."""
        return set()

    def hidden_uris(self, tag):
        return {self.uri_named(e.id) for e in self._listed(tag) if e.post.author.signin}

    maybe_uris = hidden_uris

    def secret_uris(self, tag):
        """Notes for some eyes only, shown or not: nothing of them may be kept."""
        with self.lock:
            return {self.uri_named(e.id) for e in self._tagged(tag) if e.post.visibility in ("private", "direct")}

    def uri_named(self, name):
        entry = self.shelf.find(name)
        if self.shape.is_local(entry.post):
            return "https://%s/notes/%s" % (self.url.partition("://")[2], entry.id)
        return entry.post.uri

    def _listed(self, tag):
        with self.lock:
            return [e for e in self._tagged(tag) if self._searched(e) and not self.shape.is_renote(e.post)]

    @staticmethod
    def tags_of(post):
        return {spelled(tag) for tag in post.hashtags}

    def _tagged(self, tag):
        """All entries with just this tag, oldest first."""
        return [e for e in self.shelf.tagged(tag) if spelled(tag.lstrip("#＃")) in self.tags_of(e.post)]

    def _searched(self, entry):
        return self.leak or entry.post.visibility in ("public", "unlisted")

    @staticmethod
    def may_see(entry, signed):
        return entry.post.visibility in ("public", "unlisted")

    # the network

    def make_id(self, ms, key, turn):
        return ids.aidx(ms, key, turn)

    def rank(self, number, ms, count):
        return number

    def json(self, value, status=200, headers=(), page=None):
        if self.says_nothing and value == []:
            return Answer(204, b"", HEADERS + self._rate, page=page)
        return Answer(status, dumps(value), HEADERS + self._rate + list(headers), page=page)

    def problem(self, code, info=None, status=None, headers=()):
        told, body, challenge = problem(code, info)
        challenge = [("www-authenticate", challenge)] if challenge else []
        return self.json(body, status or told, challenge + list(headers))

    def error(self, status, why):
        if status == 405:
            return Answer(405, b"", HEADERS)
        return self.problem(CODES.get(status, "INTERNAL_ERROR"), status=status)

    def too_many(self, seconds):
        self.refused_until(self.clock + seconds)
        self._rate = self._limits(0, seconds)
        more = [("X-RateLimit-Reset", "%.3f" % seconds)] if self.personality == "sharkey" else []
        return self.problem("RATE_LIMIT_EXCEEDED", headers=[("Retry-After", seconds), *more])

    def _limits(self, remaining, seconds):
        if self.personality != "sharkey":
            return []
        return [("X-RateLimit-Remaining", max(0, remaining)), ("X-RateLimit-Clear", "%.3f" % seconds)]

    def posts_in(self, page):
        return page

    def count_in(self, page, post, value):
        post["reactionCount"] = value

    def route(self, request):
        if request.path not in CALLS:
            raise Refusal("unknown path", 404)
        if request.query:
            raise Refusal("parameters in the address")
        known, method = CALLS[request.path]
        self._rate = []
        _, remaining, reset = self.spend()
        self._rate = self._limits(remaining, reset - self.clock)
        if remaining < 0:
            return self.too_many(reset - self.clock)
        body = read_body(self, request, known)
        if "i" in body and request.token is not None:
            raise Refusal("two tokens")
        return self._door(request, body) or method(self, body, self._given(request, body) is not None)

    @staticmethod
    def _given(request, body):
        return body.get("i", request.token)

    def _door(self, request, body):
        given = self._given(request, body)
        if given is not None and given != self.token:
            return self.problem("AUTHENTICATION_FAILED", status=self.bad_token)
        if given is None and self.access == "authenticated":
            return self.problem("CREDENTIAL_REQUIRED")
        return None

    # notes by hashtag

    def _by_tag(self, body, signed):
        need(self, body, "tag", "query")
        rows = body.get("query") or [[body["tag"]]]
        if any(BROKEN.search(tag) for row in rows for tag in row):
            return self.problem("INTERNAL_ERROR")
        found = [self._tagged(row[0]) for row in rows]
        wanted = [{spelled(tag) for tag in row} for row in rows]
        entries = {e.id: e for row in found for e in row if any(tags <= self.tags_of(e.post) for tags in wanted)}
        chosen = [e for e in sorted(entries.values()) if self._searched(e) and self._has(e.post, body)]
        return self._page(chosen, body, signed)

    @staticmethod
    def _has(post, body):
        """Is the post a reply, a renote, a poll, as was asked?"""
        facts = {"reply": post.reply, "renote": post.quote, "poll": post.poll}
        if any(body.get(name) is not None and bool(fact) != body[name] for name, fact in facts.items()):
            return False
        return bool(post.media) or not body.get("withFiles")

    def _page(self, entries, body, signed):
        """Newest first, unless there is but a lower bound."""
        has_dates = {"sinceDate", "untilDate"} & body.keys()
        if has_dates and ({"sinceId", "untilId"} & body.keys() or has_dates == {"sinceDate"}):
            raise Refusal("dates beside ids, or without an end")
        since, until = body.get("sinceId", ""), body.get("untilId", "~")
        chosen = [e for e in entries if since < e.id < until
                  and body.get("sinceDate", 0) <= e.post.created < body.get("untilDate", 1 << 53)]
        limit = body.get("limit", 10)
        climbs = "sinceId" in body and "untilId" not in body
        chosen = chosen[:limit] if climbs else chosen[-limit:][::-1]
        return self.json([self.shape.note(e, signed) for e in chosen], page=chosen)

    # one note, and those around it

    def _found(self, body):
        need(self, body, "noteId")
        entry = self.shelf.by_id.get(body["noteId"])
        return entry if entry and self.may_see(entry, False) else None

    def _show(self, body, signed):
        entry = self._found(body)
        if entry is None:
            return self.problem("NO_SUCH_NOTE")
        if not signed and entry.post.author.signin:
            return self.problem("CONTENT_RESTRICTED_BY_USER")
        closed = self.visitors == "none" or self.visitors == "local" and not self.shape.is_local(entry.post)
        if not signed and closed:
            return self.problem("CONTENT_RESTRICTED_BY_SERVER")
        return self.json(self.shape.note(entry, signed))

    def _hanging(self, body, signed, names):
        """Notes that name this one in a field; a page like those of a tag, but no page of a tag."""
        need(self, body, "noteId")
        root = self.shelf.by_id.get(body["noteId"])
        key = root.post.key if root else None
        chosen = [e for e in self.shelf.entries if self.may_see(e, signed)
                  and key and key in [getattr(e.post, name) for name in names]
                  and not ("reply" in names and self.shape.is_renote(e.post))]
        answer = self._page(chosen, body, signed)
        answer.page = None
        return answer

    def _children(self, body, signed):
        """Replies and quotes; what says nothing of its own is neither."""
        return self._hanging(body, signed, ("reply", "quote"))

    def _replies(self, body, signed):
        return self._hanging(body, signed, ("reply",))

    def _renotes(self, body, signed):
        return self._hanging(body, signed, ("quote",))

    def _conversation(self, body, signed):
        """What was answered, nearest first."""
        entry, chain = self._found(body), []
        if entry is None:
            return self.problem("NO_SUCH_NOTE")
        while (entry := self.shelf.by_key.get(entry.post.reply or "")) and entry not in chain:
            if self.may_see(entry, signed):
                chain.append(entry)
        return self.json([self.shape.note(e, signed) for e in chain[:body.get("limit", 10)]])

    def _by_uri(self, body, signed):
        need(self, body, "uri")
        if not signed:
            return self.problem("CREDENTIAL_REQUIRED")
        self._looked_up = [at for at in self._looked_up if at > self.clock - 3600] + [self.clock]
        if len(self._looked_up) > LOOKED_UP_AN_HOUR:
            self.refusals.append("ap/show more than %d times an hour" % LOOKED_UP_AN_HOUR)
            return self.too_many(3600)
        for entry in self.shelf.entries:
            if body["uri"] in (self.uri_named(entry.id), entry.post.url) and self.may_see(entry, signed):
                return self.json({"type": "Note", "object": self.shape.note(entry, signed)})
        return self.problem("NO_SUCH_NOTE")


CALLS = {
    "/api/notes/search-by-tag": (SEARCH, MisskeyFake._by_tag),
    "/api/notes/show": (NOTE, MisskeyFake._show),
    "/api/notes/children": (AROUND, MisskeyFake._children),
    "/api/notes/replies": (AROUND, MisskeyFake._replies),
    "/api/notes/renotes": (AROUND, MisskeyFake._renotes),
    "/api/notes/conversation": (ABOVE, MisskeyFake._conversation),
    "/api/ap/show": (SHOW_URI, MisskeyFake._by_uri),
}

if __name__ == "__main__":
    from .command import main
    main("misskey")
