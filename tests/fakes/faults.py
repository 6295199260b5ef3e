"""What goes wrong: plans that say which request meets which fault, and the faults themselves.

    Faults(seed=3, rate=0.2)                            a fifth of all requests, kinds from TRANSIENT
    Faults(seed=3, rate=0.5, kinds=POISON, burst=2)     never more than two one after the other
    Script({2: "429", 5: "cut"})                        request 2 and request 5; a plain dict will do, too

The fault of request n is a function of the seed and n alone. The kinds:

    429                     with the network's reset header, `fake.retry_in` seconds after `fake.clock`
    500-json 500-html 500-text, and so 502 and 503
    close                   the connection ends before any answer
    cut                     in the middle of the body
    length-long             Content-Length says more than comes, then the connection ends
    length-short            Content-Length says less than comes, then the connection ends
    chunk-broken            the second chunk's size is no number
    gzip-cut                a gzip body that ends early, with the length it has
    object null json-cut bad-utf8   the body is {}, is null, ends in mid-JSON, holds bytes that are not UTF-8
    repeat-page             the page before this one is answered once more
    loop-cursor             from now on every page asked for is this page, its cursor included, until fake.mend();
                            a page without posts has no cursor and is left as it is
    surrogate nul           a post's text holds \\ud800, or \\u0000, as JSON escapes
    not-object              the list of posts holds something that is no object
    huge-number             a count has 400 digits
    redirect                302 (307 for a POST) to `fake.redirect_to`, or to `fake.elsewhere`, another port that answers properly
    redirect-loop           302 to a place that answers 302 for ever
    and what a network adds: credits (402) and usage-cap (429) on X.

TRANSIENT passes when one asks again; POISON is a proper page but for one thing in it; LIES make a walk go wrong.
A page is what answers a tag's timeline or a search; faults of pages leave other answers as they are.
"""
import json
import random

TRANSIENT = ("429", "500-json", "500-html", "500-text", "502-json", "502-html", "502-text", "503-json", "503-html",
             "503-text", "close", "cut", "length-long", "length-short", "chunk-broken", "gzip-cut", "json-cut")
POISON = ("surrogate", "nul", "bad-utf8", "not-object", "huge-number")
LIES = ("repeat-page", "loop-cursor", "object", "null", "redirect", "redirect-loop")
NETWORK = ("credits", "usage-cap")
KINDS = frozenset(TRANSIENT + POISON + LIES + NETWORK)
HTML = "<!DOCTYPE html>\n<html><head><title>%d</title></head><body><h1>Something went wrong</h1></body></html>\n"
ODDITIES = (None, 42, "a string", [], True)
MARK = "@here@"


def check(kinds):
    unknown = set(kinds) - KINDS
    if unknown:
        raise ValueError("no such fault: " + ", ".join(sorted(unknown)))
    return tuple(kinds)


class Script:
    """Faults said one by one: {request number: kind}."""

    def __init__(self, plan=()):
        self.plan = dict(plan)
        check(self.plan.values())

    def at(self, number):
        return self.plan.get(number)


class Faults:
    """Faults drawn from a seed; `limit` is the last request that may meet one."""

    def __init__(self, seed, rate, kinds=TRANSIENT, burst=None, limit=None):
        self.seed, self.rate, self.burst, self.limit = seed, rate, burst, limit
        self.kinds = check(kinds)
        self._plan, self._run = [None], 0       # by number; how many faults stand at its end

    def _drawn(self, number):
        dice = random.Random("%s %d" % (self.seed, number))
        kind = dice.choice(self.kinds)
        return kind if dice.random() < self.rate else None

    def at(self, number):
        if self.limit and number > self.limit:
            return None
        while len(self._plan) <= number:
            spared = self.burst and self._run >= self.burst
            self._plan.append(None if spared else self._drawn(len(self._plan)))
            self._run = self._run + 1 if self._plan[-1] else 0
        return self._plan[number]


def to_plan(faults):
    return faults if hasattr(faults, "at") else Script(faults or {})


def spoil(kind, fake, request):
    """Answer a request under a fault, or None: the bytes to send, and whether the connection ends with them."""
    from .server import plain, redirect

    if kind == "close":
        return b"", True
    if kind == "redirect":
        return plain(fake, request, redirect(request, (fake.redirect_to or fake.elsewhere.url) + request.target))
    if kind == "redirect-loop":
        return plain(fake, request, redirect(request, fake.url + "/redirect-loop/1"))
    if kind and (kind[0].isdigit() or kind in NETWORK):
        return plain(fake, request, _status(kind, fake))
    answer = fake.answer(request)
    if answer.page is not None and answer.status == 200:
        answer = _page(kind, fake, answer, request.number)
    wire = WIRES.get(kind)
    return wire(fake, request, answer) if wire else plain(fake, request, answer)


def _status(kind, fake):
    from .server import Answer

    if kind in NETWORK:
        return fake.refuse_money(kind)
    status, _, form = kind.partition("-")
    if form == "html":
        return Answer(int(status), (HTML % int(status)).encode(), type="text/html; charset=utf-8")
    if form == "text":
        return Answer(int(status), b"upstream connect error or disconnect/reset before headers",
                      type="text/plain")
    if status == "429":
        return fake.too_many(fake.retry_in)
    return fake.error(int(status), "something is broken")


def _page(kind, fake, answer, number):
    """The faults that concern what a page says, not how it travels."""
    former, fake.last_page = fake.last_page, answer
    if kind == "loop-cursor" and not fake.loop_page and fake.posts_in(json.loads(answer.body)):
        fake.loop_page = answer
    fake.lied = fake.lied or bool(fake.loop_page or kind == "repeat-page")
    if fake.loop_page:
        return fake.loop_page
    if kind == "repeat-page" and former:
        fake.last_page = former
        return former
    if kind in BODIES:
        return _with_body(answer, BODIES[kind](answer.body))
    if kind in POISON:
        return _with_body(answer, _poison(kind, fake, answer.body, number))
    return answer


def _with_body(answer, body):
    from dataclasses import replace
    return replace(answer, body=body)


BODIES = {"object": lambda body: b"{}", "null": lambda body: b"null",
          "json-cut": lambda body: body[:len(body) * 2 // 3]}


def _poison(kind, fake, body, number):
    page = json.loads(body)
    posts = fake.posts_in(page)
    if not posts:
        return body
    victim = posts[number % len(posts)]
    if kind == "not-object":
        posts.insert(len(posts) // 2, ODDITIES[number % len(ODDITIES)])
        return json.dumps(page).encode()
    if kind == "huge-number":
        fake.count_in(page, victim, MARK)
        return json.dumps(page).encode().replace(b'"%s"' % MARK.encode(), b"1" + b"0" * 399, 1)
    fake.spoil_text(victim, MARK)
    spoiled = {"surrogate": b"\\ud800", "nul": b"\\u0000", "bad-utf8": b"\xe3\x81\xff\xc0"}[kind]
    return json.dumps(page, ensure_ascii=False).encode().replace(MARK.encode(), spoiled, 1)


def _encoded(fake, request, answer):
    return answer.encode(fake.gzip and request.takes_gzip, fake.clock)


def _cut(fake, request, answer):
    head, body = _encoded(fake, request, answer)
    return head + b"Content-Length: %d\r\n\r\n" % len(body) + body[:len(body) // 2], True


def _length_long(fake, request, answer):
    head, body = _encoded(fake, request, answer)
    return head + b"Content-Length: %d\r\n\r\n" % (len(body) + 1000) + body, True


def _length_short(fake, request, answer):
    head, body = _encoded(fake, request, answer)
    return head + b"Content-Length: %d\r\n\r\n" % (len(body) // 2) + body, True


def _chunk_broken(fake, request, answer):
    head, body = _encoded(fake, request, answer)
    half = len(body) // 2 + 1
    chunks = b"%x\r\n%s\r\nzz\r\n%s\r\n0\r\n\r\n" % (half, body[:half], body[half:])
    return head + b"Transfer-Encoding: chunked\r\n\r\n" + chunks, True


def _gzip_cut(fake, request, answer):
    if not (fake.gzip and request.takes_gzip):
        return _cut(fake, request, answer)
    head, body = answer.encode(True, fake.clock)
    body = body[:len(body) // 2]
    return head + b"Content-Length: %d\r\n\r\n" % len(body) + body, False


WIRES = {"cut": _cut, "length-long": _length_long, "length-short": _length_short, "chunk-broken": _chunk_broken,
         "gzip-cut": _gzip_cut}
