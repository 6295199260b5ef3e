"""Attacks: what has been used to make a browser run a stranger's words, put into every string of an answer of each network.

What runs would call one of the words that browser.py counts, or ask for an address under evil.example.
"""
import copy

from fakes import NOW, Media, Post
from tricks import START, answers, person

PAYLOADS = [
    # elements and handlers
    "<script>alert(1)</script>",
    "<script src=//evil.example/x.js></script>",
    "<ScRiPt/x>alert(2)</sCrIpT >",
    "<scr<script>ipt>alert(3)</scr</script>ipt>",
    "<img src=x onerror=alert(4)>",
    "<img src=https://evil.example/p.png onload=alert(5)>",
    "<svg onload=alert(6)><svg/onload=alert(6)//",
    "<svg><script>alert(7)</script></svg>",
    "<svg><animate onbegin=alert(8) attributeName=x dur=1s>",
    "<svg><a xlink:href=javascript:alert(9)><text y=20>x</text></a></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img src=1 onerror=alert(10)>",
    "<body onload=alert(11)><details open ontoggle=alert(11)>",
    "<video src=x onerror=alert(12)></video><audio src=x onerror=alert(12)></audio>",
    "<iframe src=javascript:alert(13)></iframe><iframe srcdoc='<script>parent.alert(13)</script>'></iframe>",
    "<object data=javascript:alert(14)><embed src=javascript:alert(14)>",
    "<form action=javascript:alert(15)><input autofocus onfocus=alert(15)><button formaction=javascript:alert(15)>x",
    "<a href=javascript:alert(16)>x</a><a href=' &#14; javascript:alert(16)'>y</a>",
    "<a href=\"java\tscript:alert(17)\">x</a><a href=JaVaScRiPt&colon;alert(17)>y</a>",
    "<a href=data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==>x</a><a href=vbscript:alert(18)>y</a>",
    "<link rel=stylesheet href=//evil.example/x.css><meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<base href=//evil.example/><style>@import '//evil.example/x.css';*{background:url(//evil.example/y)}</style>",
    "<p style=\"background:url(https://evil.example/z);position:fixed;inset:0;behavior:url(x)\">x</p>",
    "<template><script>alert(23)</script></template><noscript><p title=\"</noscript><img src=x onerror=alert(23)>\">",
    "<xmp><script>alert(24)</script></xmp><plaintext><textarea></textarea><title></title><img src=x onerror=alert(24)>",
    # out of an attribute, a comment, an element
    "\" onmouseover=alert(25) x=\"", "' onfocus=alert(26) autofocus x='", "` onclick=alert(27) x=`",
    "\"><script>alert(28)</script>", "'><img src=x onerror=alert(29)>", "--><script>alert(30)</script><!--",
    "]]><script>alert(31)</script><![CDATA[", "</p></section></article><script>alert(32)</script>",
    "</title></style></textarea></script><script>alert(33)</script>", "<!--><img src=x onerror=alert(34)>-->",
    "<![endif]--><img src=x onerror=alert(35)>", "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/hostname\">]>&y;",
    # written otherwise
    "&lt;script&gt;alert(37)&lt;/script&gt;", "&#60;script&#62;alert(38)&#60;/script&#62;", "&amp;lt;img src=x onerror=alert(39)&amp;gt;",
    "\\u003cscript\\u003ealert(40)\\u003c/script\\u003e", "%3Cscript%3Ealert(41)%3C/script%3E", "\uff1cscript\uff1ealert(42)\uff1c/script\uff1e",
    "<\x00script>alert(43)</script><img\x0bsrc=x\x0conerror=alert(43)>", "\u2028<img src=x onerror=alert(44)>\u2029\ufeff",
    "<img src=x:alert(45) onerror=eval(src)>", "<IMG \"\"\"><SCRIPT>alert(46)</SCRIPT>\">",
    # of Markdown, templates and clients
    "[x](javascript:alert(47)) ![y](https://evil.example/q.png) <javascript:alert(47)>",
    "[x]: javascript:alert(48)\n[x]", "[a](https://a.example \"onmouseover=alert(49)\")", "`<script>`alert(50)`</script>`",
    "{{constructor.constructor('alert(51)')()}}", "${alert(52)}", "<%= alert(53) %>", "#{alert(54)}",
    "$[x.y=javascript:alert(55) z]", "?[x](javascript:alert(56))", "<plain><script>alert(57)</script></plain>",
    "https://evil.example/\"onmouseover=\"alert(58)", "http://evil.example/<script>alert(59)</script>",
    "javascript://evil.example/%0aalert(60)", "https://user:pass@evil.example:99999/'><img src=x onerror=alert(61)>",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='alert(62)'/>",
    # a page that names its elements after what scripts look for
    "<a id=document name=cookie href=x>x</a><img name=getElementById><form id=location>",
    "\u202e<script>alert(64)</script>\u202c", "\U0001f600<img src=x onerror=alert(65)>\U0001f600",
]

TEXT = "本文 #ssmjp @someone :blob: https://card.example/page"

# The strings that a reader of the thread must find again, by the last names on the way to them.
TEXTS = {
    "mastodon": {"account.display_name", "spoiler_text", "media_attachments.description", "options.title", "card.title",
                 "card.description", "card.provider_name"},
    "misskey": {"user.name", "cw", "files.comment", "choices.text"},
    "bluesky": {"author.displayName", "record.text", "images.alt", "external.title", "external.description"},
    "x": {"data.text", "users.name", "media.alt_text", "options.label", "urls.title", "urls.description"},
}


def strings(value, way=()):
    """The way to each string of a JSON value."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from strings(inner, (*way, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from strings(inner, (*way, number))
    elif isinstance(value, str):
        yield way


def changed(value, way, text):
    value = copy.deepcopy(value)
    inner = value
    for name in way[:-1]:
        inner = inner[name]
    inner[way[-1]] = text
    return value


def name_of(way):
    return ".".join([name for name in way if isinstance(name, str)][-2:])


def warned(kind, n):
    """A post with pictures, a warning, emojis, tags, by somebody who wrote no other."""
    post = Post(person(f"{kind}{n}", "名", emojis={"blob": "https://f.example/blob.png"}), TEXT, START + n * 1000, key=f"{kind}-{n}",
                spoiler="警告", media=[Media("https://f.example/a.png", alt="絵", preview="https://f.example/s.png")], tags=["tag"],
                emojis={"blob": "https://f.example/blob.png"})
    return answers(kind, [post])[0]


def carded(kind, n):
    """A post with a card and, where networks have them, a poll."""
    card = {"url": "https://card.example/page", "title": "題", "description": "説明", "provider": "所", "image": "https://f.example/c.png"}
    poll = None if kind == "bluesky" else {"options": [["甲", 1], ["乙", 2]], "expires": NOW * 1000}
    return answers(kind, [Post(person(f"{kind}{n}", "名"), TEXT, START + n * 1000, key=f"{kind}-{n}", card=card, poll=poll)])[0]


class Attack:
    """A payload in a string of an answer. In a text it stands between two marks, by which it is found again."""

    def __init__(self, kind, number, payload, base, way):
        self.kind, self.field, self.payload = kind, name_of(way), payload
        self.is_text = self.field in TEXTS[kind]
        self.is_markup = self.field in ("content", "data.text", "note.text") or way == ("text",)
        self.marks = f"K{number}K", f"Z{number}Z"
        put = f"{self.marks[0]} {payload} {self.marks[1]}" if self.is_text or self.is_markup else payload
        self.answer = changed(base(kind, number), way, put)
        if self.field == "data.text":
            self.answer["data"][0].pop("entities", None)    # they were of another text


def attacks():
    """Every string of the networks' answers becomes some payloads in turn, and one that holds text each of them."""
    number = 0
    for kind in TEXTS:
        for base in (warned, carded):
            for way in strings(base(kind, 0)):
                is_text = name_of(way) in (*TEXTS[kind], "content") or way == ("text",)
                for turn in range(len(PAYLOADS) if is_text else 3):
                    number += 1
                    payload = PAYLOADS[turn if is_text else number % len(PAYLOADS)]
                    yield Attack(kind, number + 10_000, payload, base, way)
