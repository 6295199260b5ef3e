"""The script of the evening: people.json and evening.json as Python values.

Knows who posts when, what answers or quotes what, and the id that each network gives. Everything that
looks random is drawn from a hash of a name, so that the same script always makes the same tape.
"""

import datetime
import hashlib
import json
import pathlib

JST = datetime.timezone(datetime.timedelta(hours=9))
X_EPOCH_MS = 1288834974657
FEDERATION = ("mastodon", "misskey")


def draw(name, below):
    """A number in [0, below) that depends on nothing but the name."""
    digest = hashlib.sha256(name.encode()).digest()
    return int.from_bytes(digest[:12], "big") % below


def letters(name, count, alphabet):
    return "".join(alphabet[draw(f"{name}/{i}", len(alphabet))] for i in range(count))


def hexadecimal(name, count):
    return hashlib.sha256(name.encode()).hexdigest()[:count]


def iso(ms):
    moment = datetime.datetime.fromtimestamp(ms // 1000, datetime.timezone.utc)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{ms % 1000:03d}Z"


def mastodon_id(ms, name):
    return str((ms << 16) + draw(name, 1 << 16))


def x_id(ms, name):
    return str(((ms - X_EPOCH_MS) << 22) + draw(name, 1 << 22))


class Account:
    def __init__(self, row):
        self.key = row["key"]
        self.net = row["net"]
        self.host = row.get("host", "x.com")
        self.user = row["user"]
        self.name = row["name"]
        self.bio = row["bio"]
        self.lang = row.get("lang", "ja")
        self.bot = row.get("bot", False)
        self.row = row
        born = datetime.datetime.fromisoformat(row["born"]).replace(tzinfo=datetime.timezone.utc)
        self.born_ms = int(born.timestamp()) * 1000
        make_id = mastodon_id if self.net in FEDERATION else x_id
        self.id = make_id(self.born_ms + draw("hour " + self.key, 86400000), "account " + self.key)

    @property
    def url(self):
        """The page that people see."""
        if self.host == "snac.example":
            return f"https://snac.example/{self.user}"
        return f"https://{self.host}/{'' if self.net == 'x' else '@'}{self.user}"

    @property
    def is_remote(self):
        """Does social.example know them from elsewhere?"""
        return self.net in FEDERATION and self.host != "social.example"


class Post:
    """One post of the script; `id` is that of its newest version on X, of its only one on social.example."""

    def __init__(self, row, date, accounts):
        self.row = row
        self.by = accounts[row["by"]]
        self.key = row.get("key", f"{row['by']} {row['at']}")
        self.first_ms = self.moment(date, row["at"])
        self.edited_ms = self.moment(date, row["edited"]) if "edited" in row else None
        self.text = row["text"]
        self.rich = row.get("rich", False)
        self.lang = row["lang"] if "lang" in row else self.by.lang
        self.gone = row.get("gone", False)
        self.media = row.get("media", [])
        self.poll = row.get("poll")
        self.parent = None
        self.quoted = None
        self.replies = 0
        self.quotes = 0
        self.unlisted = row.get("visibility") == "home"
        self.nets = {self.by.net, *row.get("also", [])} | ({"misskey"} if self.by.host == "misskey.example" else set())
        if self.by.net in FEDERATION:
            self.id = mastodon_id(self.first_ms, "post " + self.key)
            self.versions = [self.id]
        else:
            times = [ms for ms in (self.first_ms, self.edited_ms) if ms is not None]
            self.versions = [x_id(ms, f"post {self.key} {i}") for i, ms in enumerate(times)]
            self.id = self.versions[-1]

    def moment(self, date, clock):
        time = datetime.datetime.fromisoformat(f"{date}T{clock}").replace(tzinfo=JST)
        ms = int(time.timestamp()) * 1000
        # federation carries whole seconds
        return ms if self.by.is_remote else ms + self.fraction(clock)

    def fraction(self, clock):
        return draw(f"ms {self.key} {clock}", 1000)

    @property
    def home_ms(self):
        """When it was written, as the server knows where it was."""
        return self.first_ms + (self.fraction(self.row["at"]) if self.by.is_remote else 0)

    @property
    def likes(self):
        return self.row.get("likes", draw("likes " + self.key, 30))

    @property
    def boosts(self):
        return self.row.get("boosts", self.likes // 4)


class Evening:
    def __init__(self, folder):
        folder = pathlib.Path(folder)
        people = json.loads((folder / "people.json").read_text(encoding="utf-8"))
        script = json.loads((folder / "evening.json").read_text(encoding="utf-8"))
        self.accounts = {row["key"]: Account(row) for row in people["accounts"]}
        self.emojis = people["emojis"]
        self.links = script["links"]
        self.tag = script["tag"]
        self.recorded = datetime.datetime.fromisoformat(script["recorded"].replace("Z", "+00:00"))
        self.posts = [Post(row, script["date"], self.accounts) for row in script["posts"]]
        self.outside = [Post(row, script["date"], self.accounts) for row in script["outside"]]
        self.tie()

    def tie(self):
        """Turns the keys of `re` and `quote` into the posts that they name."""
        known = {post.key: post for post in self.posts + self.outside}
        for post in self.posts:
            if "re" in post.row:
                post.parent = known[post.row["re"]]
                post.parent.replies += 1
            if "quote" in post.row:
                post.quoted = known[post.row["quote"]]
                post.quoted.quotes += 1
            for other in (post.parent, post.quoted):
                if other and (other.first_ms >= post.first_ms or not self.near(post, other)):
                    raise ValueError(f"{post.key}: {other.key} is later or on another network")

    @staticmethod
    def near(post, other):
        return other.by.net == post.by.net or {other.by.net, post.by.net} <= set(FEDERATION)

    def shown(self, net):
        """The posts that one network's server shows under the tag, newest first."""
        return sorted((p for p in self.posts if net in p.nets), key=lambda p: -int(p.id))

    def knows(self, net, post):
        """Has the server of that network heard of it?"""
        return not post.gone and net in post.nets
