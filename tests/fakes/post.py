"""The neutral post: what a fake server holds before a network's shape is put on it.

A post is named by its `key`; `reply` and `quote` are keys of other posts, which need not be there. Times are UTC
milliseconds. Hashtags, links and mentions are found in the text; `tags` adds more, as some clients do. `appears` and
`vanishes` are request numbers: the post comes into being, or is deleted, just before that request is answered.
"""
import base64
import functools
import hashlib
import html
import json
import re
import unicodedata
import zlib
from dataclasses import dataclass, field, fields

NOW = 1_780_000_000     # the default clock of every fake: 2026-05-28T20:26:40Z

TOKEN = re.compile(
    r"(?P<url>https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+)"
    r"|(?<![\w&])[#＃](?P<tag>\w*[^\W\d]\w*)"
    r"|(?<![\w@])@(?P<mention>[A-Za-z0-9_]+)")
OPT_OUT = re.compile(r"#(noarchive|nobot)\b", re.IGNORECASE)


@functools.lru_cache(maxsize=None)
def fold(tag):
    """The form in which two hashtags are compared: NFKC, lower case, no accents on Latin letters."""
    plain = unicodedata.normalize("NFKC", tag.lstrip("#＃")).lower()
    out = []
    for char in plain:
        base = unicodedata.normalize("NFD", char)[0]
        out.append(base if base.isascii() else char)
    return "".join(c for c in out if c.isalnum() or c == "_" or unicodedata.category(c)[0] == "M")


def tokens(text):
    """Yield (kind, value, start, end) for each url, tag and mention; offsets are code points."""
    for found in TOKEN.finditer(text):
        kind = found.lastgroup
        yield kind, found.group(kind), found.start(), found.end()


def checksum(key):
    return zlib.crc32(key.encode())


@dataclass
class Author:
    username: str
    name: str = ""
    host: str = "social.example"
    bio: str = ""
    avatar: str = ""
    noindex: bool = False
    bot: bool = False
    locked: bool = False
    protected: bool = False         # X: never shown in a search
    verified: bool = False
    signin: bool = False            # Misskey: only those who are signed in may read
    labels: list = field(default_factory=list)      # Bluesky: what is said of the account, "!no-unauthenticated"
    emojis: dict = field(default_factory=dict)      # shortcode: url

    @property
    def number(self):
        """A number that is the author's own, the same on every server."""
        return 10_000_000 + checksum("%s@%s" % (self.username, self.host)) % 80_000_000

    @property
    def url(self):
        return "https://%s/@%s" % (self.host, self.username)

    @property
    def did(self):
        """Who this is on Bluesky, whatever the handle."""
        digest = hashlib.sha256(("%s@%s" % (self.username, self.host)).encode()).digest()
        return "did:plc:" + base64.b32encode(digest).decode().lower()[:24]

    @property
    def handle(self):
        return "%s.%s" % (self.username.replace("_", "-"), self.host)

    @property
    def opted_out(self):
        return bool(OPT_OUT.search(self.bio))


@dataclass
class Media:
    url: str | None
    kind: str = "image"             # image, gifv, video, audio, unknown
    alt: str | None = None
    width: int = 1200
    height: int = 800
    preview: str | None = None
    blurhash: str | None = "UBL_:rOpGG-;~qRjWBay-;WBM{xu%MRjRjj["
    duration: float | None = None


@dataclass
class Post:
    author: Author
    text: str = ""
    created: int = NOW * 1000 - 3_600_000
    key: str = ""
    id: str | None = None           # a network id, when the test wants a certain one
    html: str | None = None         # Mastodon only: instead of what is made from the text
    tags: list = field(default_factory=list)
    visibility: str = "public"      # public, unlisted, private, direct
    lang: str | None = "ja"
    spoiler: str = ""
    sensitive: bool = False
    media: list = field(default_factory=list)
    poll: dict | None = None        # {"options": [[title, votes]...], "multiple", "expires", "hidden"}
    card: dict | None = None        # {"url", "title", "description", "image"}
    emojis: dict = field(default_factory=dict)
    reply: str | None = None
    quote: str | None = None
    quote_state: str = "accepted"
    edited: int | None = None
    before: list = field(default_factory=list)      # [text, created] of earlier versions, oldest first
    counts: dict = field(default_factory=dict)      # replies, reposts, likes, quotes, bookmarks, views
    known_as: str | None = None     # the uri, when the test wants a certain one
    indexed: int | None = None      # Bluesky: when it came to the index; else when it was written, or put there
    facets: list | None = None      # Bluesky: instead of those that are found in the text
    embed: dict | None = None       # Bluesky: instead of what is made from media, card and quote
    appears: int | None = None
    vanishes: int | None = None

    def __post_init__(self):
        if not self.key:
            self.key = "%08x" % checksum("%d %s %s" % (self.created, self.author.username, self.text))

    @property
    def hashtags(self):
        """All hashtags as written, each folded form once."""
        source = html.unescape(re.sub(r"<[^>]*>", "", self.html)) if self.html else self.text
        found = {}
        for tag in [value for kind, value, _, _ in tokens(source) if kind == "tag"] + self.tags:
            found.setdefault(fold(tag), tag)
        return list(found.values())

    @property
    def folded(self):
        return {fold(tag) for tag in self.hashtags}

    @property
    def links(self):
        return [value for kind, value, _, _ in tokens(self.text) if kind == "url"]

    @property
    def origin(self):
        """The id which the post has on the server where it was written."""
        return (self.created << 16) | checksum(self.key) & 0xffff

    @property
    def uri(self):
        """The global identity in the federation; the newer of Mastodon's two spellings for some authors."""
        author = self.author
        if self.known_as:
            return self.known_as
        if author.number % 4 == 0:
            return "https://%s/ap/users/%d/statuses/%d" % (author.host, author.number, self.origin)
        return "https://%s/users/%s/statuses/%d" % (author.host, author.username, self.origin)

    @property
    def url(self):
        return "%s/%d" % (self.author.url, self.origin)


def _known(kind, values):
    names = {f.name for f in fields(kind)}
    unknown = set(values) - names
    if unknown:
        raise ValueError("%s: unknown %s" % (kind.__name__.lower(), ", ".join(sorted(unknown))))
    return values


def posts_from(rows):
    """Posts from plain dicts; an author is a dict, or the username of one that came before."""
    authors, posts = {}, []
    for row in rows:
        row = dict(row)
        if isinstance(row["author"], dict):
            author = Author(**_known(Author, row["author"]))
            authors[author.username] = author
        row["author"] = author if isinstance(row["author"], dict) else authors[row["author"]]
        row["media"] = [Media(**_known(Media, m)) for m in row.get("media", [])]
        posts.append(Post(**_known(Post, row)))
    return posts


def load_posts(path):
    with open(path, encoding="utf-8") as file:
        return posts_from(json.load(file))
