"""X's API v2: recent and full-archive search, lookup of posts and users, counts, what is left of the money.

    XFake(posts, token="bearer-token", playground=False, offsets="escaped", fold=True, shuffle=False, short=False,
          credits=None, cap=None, counts_page=None, lost=(), ...)

Bearer only. `playground` answers as X's own simulator does: `data` is [] when nothing was found, a page is in no order,
offsets count UTF-8 bytes. `fold` matches #tag after NFKC, else only regardless of case. `shuffle` mixes each page,
`short` ends pages early though more follow. `credits` (USD) ends in 402 when spent, `cap` (posts read) in the 429 of
the monthly cap. Counts come in pages of `counts_page` steps, newest page first, if that is given. `lost` are usernames
that a lookup of users no longer finds. `pretty` indents the JSON.
The id of an edited post is its newest; its uri, as everywhere, is made from the oldest.

    fake.spent      micro-USD, as X bills: included objects too; a post or user read again on its UTC day is free
    fake.balance    micro-USD that are left of `credits`, None without an end
    fake.billed     {"posts", "users", "counts"}: what was read, included objects too, every time anew
    fake.cost       the same in USD

    python3 -m fakes.x --posts FILE.json --port-file F
"""
import hashlib
import random
import re

from . import ids
from .post import fold
from .server import Answer, Fake, Refusal, dumps
from .x_bill import DAY, Bill
from .x_lookup import PROBLEMS, Lookups
from .x_params import SEARCH, read_id, read_number, read_parameters, read_time, read_wanted, wrong
from .x_query import Query, QueryError
from .x_shape import XShape, in_post_words

WEEK = 7 * 86_400_000
TITLES = {401: "Unauthorized", 500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable"}


class XFake(Lookups, Fake):
    versions = True
    window = 900
    quota = 450
    text_key = "text"

    def __init__(self, posts=(), faults=None, *, token="bearer-token", playground=False, offsets=None, fold=True,
                 shuffle=None, short=False, credits=None, cap=None, counts_page=None, lost=(), pretty=None,
                 **others):
        self.playground = playground
        self.fold_tags = fold
        self.shuffle = playground if shuffle is None else shuffle
        self.short = short
        self.bill = Bill(credits)
        self.cap = cap
        self.counts_page = counts_page
        self.lost = set(lost)
        self.pretty = 2 if pretty or pretty is None and playground else None
        self.tokens = {}
        self._found = {}
        self._rate = []
        super().__init__(posts, faults, token=token, **others)
        self.shape = XShape(self.shelf, offsets or ("bytes" if playground else "escaped"))

    # what the test asks

    def public_uris(self, tag, since=0, until=None):
        """The uris a complete archive of the tag holds, of posts whose newest version is from [since, until) (ms);
        without authors who opted out."""
        return {uri for uri, post in self._tagged(tag, since, until) if not post.author.opted_out}

    def optout_uris(self, tag, since=0, until=None):
        """What an archive may know by uri and time only."""
        return {uri for uri, post in self._tagged(tag, since, until) if post.author.opted_out}

    billed = property(lambda self: self.bill.billed)
    cost = property(lambda self: self.bill.cost)
    spent = property(lambda self: self.bill.spent)
    balance = property(lambda self: self.bill.balance)

    def uri_named(self, name):
        return "https://x.com/i/status/" + self.shelf.find(name).ids[0]

    @property
    def credits(self):
        """USD that were bought; a test may buy more."""
        return self.bill.credits

    @credits.setter
    def credits(self, usd):
        self.bill.credits = usd

    def _tagged(self, tag, since, until):
        key = fold(tag) if self.fold_tags else tag.lstrip("#＃").lower()
        with self.lock:
            return [(self.uri_named(e.id), e.post) for e in self.shelf.entries
                    if key in (e.tags if self.fold_tags else e.spelled) and self.shows(e)
                    and since <= self.time(e) and (until is None or self.time(e) < until)]

    @staticmethod
    def shows(entry):
        return entry.post.visibility == "public" and not entry.post.author.protected

    @staticmethod
    def time(entry):
        return entry.post.edited if len(entry.ids) > 1 else entry.post.created

    # the network

    def make_id(self, ms, key, turn):
        return ids.x(ms, key, turn)

    def rank(self, number, ms, count):
        return int(number)

    def json(self, value, status=200, page=None):
        body = dumps(value, self.pretty).replace(b"&", b"\\u0026").replace(b"<", b"\\u003c").replace(b">", b"\\u003e")
        return Answer(status, body, self._rate, "application/json", page)

    def error(self, status, why):
        if status in (404, 405):
            return self.json({"title": "Not Found" if status == 404 else "Method Not Allowed", "detail": why,
                              "status": status, "type": "about:blank"}, status)
        if status == 400:
            return self.json({"title": "Invalid Request", "detail": why, "type": PROBLEMS + "invalid-request"}, 400)
        return self.json({"detail": TITLES[status], "status": status, "title": TITLES[status], "type": "about:blank"},
                         status)

    def _limits(self, limit, remaining, reset):
        return [("x-rate-limit-limit", limit), ("x-rate-limit-remaining", max(0, remaining)),
                ("x-rate-limit-reset", reset)]

    def too_many(self, seconds):
        self._rate = self._limits(self.quota, 0, self.clock + seconds)
        self.refused_until(self.clock + seconds)
        kind = {"title": "Rate Limit Exceeded", "type": PROBLEMS + "rate-limit-exceeded"}
        return self.json({"detail": "Rate limit exceeded", **kind,
                          "errors": [{"code": 88, "message": "Rate limit exceeded", **kind}]}, 429)

    def refuse_money(self, kind):
        """402 and the monthly cap: waiting does not help, and the rate headers are healthy."""
        self._rate = self._limits(450, 449, self.clock + 900)
        if kind == "credits":
            return self.json({"account_id": 1, "title": "CreditsDepleted", "type": PROBLEMS + "credits",
                              "detail": "The account has no credits left."}, 402)
        return self.json({"account_id": 1, "product_name": "pay-per-use", "period": "Monthly", "scope": "Product",
                          "title": "UsageCapExceeded", "type": PROBLEMS + "usage-capped",
                          "detail": "Usage cap exceeded: Monthly product cap"}, 429)

    def posts_in(self, page):
        return page.get("data") or []

    def count_in(self, page, post, value):
        if "public_metrics" in post:
            post["public_metrics"]["like_count"] = value
        else:
            page["meta"]["result_count"] = value

    def route(self, request):
        self._rate = []
        for pattern, (quota, method) in ROUTES.items():
            if found := re.fullmatch(pattern, request.path):
                if not request.token or self.token not in (None, request.token):
                    return self.error(401, "Unauthorized")
                if broke := self._broke(request):
                    return broke
                limit, remaining, reset = self.spend(quota)
                self._rate = self._limits(limit, remaining, reset)
                return self.too_many(reset - self.clock) if remaining < 0 else method(self, request, *found.groups())
        raise Refusal("unknown path", 404)

    def _broke(self, request):
        """Without money only what is free is answered."""
        if request.path == "/2/usage/credits":
            return None
        if self.bill.depleted:
            return self.refuse_money("credits")
        if self.cap is not None and self.billed["posts"] >= self.cap:
            return self.refuse_money("usage-cap")
        return None

    # search

    def _query(self, params, longest):
        text = params.get("query")
        if text is None or len(text) > longest:
            raise wrong(self, "query is required, and at most %d long" % longest, "query", text or "")
        try:
            return Query(text, self.fold_tags, self.shape.related)
        except QueryError as error:
            raise wrong(self, "There were errors processing your request: %s" % error, "query", text) from None

    def _span(self, params, whole):
        """(since id, until id, start, end): exclusive ids, inclusive start, exclusive end in ms."""
        now, since = self.clock * 1000, read_id(self, params, "since_id")
        start, end = read_time(self, params, "start_time"), read_time(self, params, "end_time")
        if since is not None and (start or end):
            raise wrong(self, "Invalid use of since_id", "since_id", params["since_id"])
        if end is not None and end > now - 10_000:
            raise wrong(self, "end_time must be at least 10 seconds before the request", "end_time",
                        params["end_time"])
        if start is not None and start >= (now if end is None else end):
            raise wrong(self, "start_time must be before end_time", "start_time", params["start_time"])
        if not whole and start is not None and start < now - WEEK:
            raise wrong(self, "start_time must be on or after %s" % ids.iso(now - WEEK), "start_time",
                        params["start_time"])
        start = max(start or 0, 0 if whole else now - WEEK)
        return since, read_id(self, params, "until_id"), start, now - 30_000 if end is None else end

    def _stale(self, since, whole):
        """The 400 for a since_id from before the last seven days, which a correct client may well meet."""
        oldest = self.clock * 1000 - WEEK
        if whole or since is None or since >= ids.x_floor(oldest):
            return None
        message = "'since_id' must be a tweet id created after [%s]. Please use a 'since_id' that is larger than %d"
        message %= (ids.iso(oldest)[:16] + "Z", ids.x_floor(oldest))
        return wrong(self, message, "since_id", str(since)).answer

    def _matches(self, query, text, span):
        """All entries that match, newest first; the query part is remembered until anything changes."""
        key = (text, self.shelf.changes)
        if key not in self._found:
            self._found = {key: [e for e in reversed(self.shelf.entries) if self.shows(e) and query.test(e)]}
        since, until, start, end = span
        return [e for e in self._found[key] if start <= self.time(e) < end
                and (since is None or e.rank > since) and (until is None or e.rank < until)]

    def _search(self, request, kind):
        whole = kind == "all"
        params = read_parameters(self, request, SEARCH)
        query, wanted = self._query(params, 1024 if whole else 512), read_wanted(self, params)
        size, span = read_number(self, params, "max_results", 10, 500 if whole else 100, 10), self._span(params, whole)
        if params.get("sort_order", "recency") not in ("recency", "relevancy"):
            raise wrong(self, "sort_order must be one of: [recency relevancy]", "sort_order", params["sort_order"])
        scope = "\n".join("%s=%s" % (name, params.get(name)) for name in
                          ("query", "start_time", "end_time", "since_id", "until_id", "sort_order")) + kind
        below = self._position(params, scope)
        if stale := self._stale(span[0], whole):
            return stale
        found = [e for e in self._matches(query, params["query"], span) if below is None or e.rank < below]
        if self.short and found:
            size = random.Random(found[0].id).randint(1, size)
        mixed = self.shuffle or params.get("sort_order") == "relevancy"
        return self._page(found[:size], len(found) > size, scope, wanted, mixed)

    def _position(self, params, scope):
        """The rank below which a page begins."""
        names = [name for name in ("next_token", "pagination_token") if name in params]
        if not names:
            return None
        given, below = self.tokens.get(params[names[0]], (None, None))
        if len(names) > 1 or given != scope:
            raise wrong(self, "the token does not belong to this query", names[0], params[names[0]])
        return below

    def _token(self, scope, place, position):
        digest = hashlib.sha256((scope + place).encode()).digest()
        token = "".join(ids.BASE62[byte % 36].lower() for byte in digest[:24])
        self.tokens[token] = (scope, position)
        return token

    def _page(self, entries, more, scope, wanted, mixed):
        if not entries:
            empty = {"data": [], "includes": {}, "meta": {"newest_id": "", "oldest_id": "", "result_count": 0}}
            return self.json(empty if self.playground else {"meta": {"result_count": 0}}, page=[])
        meta = {"newest_id": entries[0].id, "oldest_id": entries[-1].id, "result_count": len(entries)}
        if more:
            meta["next_token"] = self._token(scope, entries[-1].id, entries[-1].rank)
        if mixed:
            random.Random(entries[0].id).shuffle(entries)
        return self._show([(e, None) for e in entries], wanted, {"meta": meta}, page=entries)

    # showing, and what it costs

    def _show(self, chosen, wanted, more, errors=(), page=None):
        """An answer with `data`, `includes` and `errors`, as far as there is anything in them."""
        data = [self._picked(self.shape.tweet(e, number), wanted) for e, number in chosen]
        entries = [e for e, _ in chosen]
        includes, gone = self._includes(entries, wanted)
        answer = {name: value for name, value in (("data", data), ("includes", includes),
                                                  ("errors", [*errors, *gone])) if value}
        self._read("posts", data + includes.get("tweets", []))
        self._read("users", includes.get("users", []))
        answer.update(more)
        return self.json(in_post_words(answer) if wanted.post_words else answer, page=page)

    def _read(self, kind, things):
        self.bill.read(kind, [thing["id"] for thing in things], self.clock // DAY)

    @staticmethod
    def _picked(tweet, wanted):
        return {name: value for name, value in tweet.items() if name in wanted.tweet}

    def _includes(self, entries, wanted):
        expansions, includes = wanted.expansions, {}
        referenced, gone = self._referenced(entries) if any(
            e.startswith("referenced_tweets.id") for e in expansions) else ([], [])
        holders = entries + (referenced if "referenced_tweets.id.attachments.media_keys" in expansions else [])
        if "attachments.media_keys" not in expansions:
            holders = holders[len(entries):]
        media = [m for e in holders for m in self.shape.media(e)]
        authors = entries if "author_id" in expansions else []
        authors = authors + (referenced if "referenced_tweets.id.author_id" in expansions else [])
        users = {e.post.author.number: e.post.author for e in authors}
        includes["media"] = [self._only(one, wanted.media) for one in {m["media_key"]: m for m in media}.values()]
        includes["polls"] = [self._only(self.shape.poll(e, self.clock * 1000), wanted.poll) for e in entries
                             if e.post.poll and "attachments.poll_ids" in expansions]
        includes["tweets"] = [self._picked(self.shape.tweet(e), wanted) for e in referenced]
        includes["users"] = [self._only(self.shape.user(author), wanted.user) for author in users.values()]
        return {name: value for name, value in includes.items() if value}, gone

    @staticmethod
    def _only(thing, names):
        return {name: value for name, value in thing.items() if name in names or name == "media_key"}

    def _referenced(self, entries):
        """(entries referred to, errors for those that are gone or not for us)"""
        found, gone = {}, {}
        for entry in entries:
            related = self.shape.related(entry)
            for kind in ("quoted", "replied_to"):
                if (number := related[kind]) is None:
                    continue
                target = self.shelf.by_id.get(number)
                if target and self.shows(target):
                    found[number] = target
                else:
                    gone[number] = self._missing(number, "referenced_tweets.id", hidden=target is not None)
        return list(found.values()), list(gone.values())


ROUTES = {r"/2/tweets/search/(recent)": (450, XFake._search), r"/2/tweets/search/(all)": (300, XFake._search),
          r"/2/tweets": (3500, XFake._lookup), r"/2/users": (300, XFake._users),
          r"/2/tweets/counts/recent": (300, XFake._counts), r"/2/usage/credits": (300, XFake._credits)}

if __name__ == "__main__":
    from .command import main
    main("x")
