"""The evening as the search of a Bluesky AppView shows it to whoever asks: post views with facets in UTF-8 bytes, embeds.

Handles and identifiers are nobody's: the handles lie under .example, and an identifier begins with "example0", in which
the 0 is a digit that no real one has.
"""

import base64
import hashlib
import json
import re

import markup
from story import draw, iso, letters

HOST = "bsky.example"
CDN = "https://cdn.bsky.example"
POST = "app.bsky.feed.post"
EMBED = "app.bsky.embed."
SORTABLE = "234567abcdefghijklmnopqrstuvwxyz"
BASE32 = "abcdefghijklmnopqrstuvwxyz234567"


def cid(name, kind="bafyrei"):
    return kind + base64.b32encode(hashlib.sha256(name.encode()).digest()).decode().lower().rstrip("=")


def tid(ms, name):
    """A record's key: microseconds and ten bits more, thirteen letters that sort as they count."""
    number, out = ((ms * 1000 + draw("us" + name, 1000)) << 10) + draw("clock" + name, 1024), ""
    for _ in range(13):
        out, number = SORTABLE[number % 32] + out, number // 32
    return out


def short(url):
    """An address as the app shows it."""
    host, _, path = url.partition("://")[2].partition("/")
    path = "/" + path if path else ""
    return host + (path[:13] + "..." if len(path) > 15 else path)


def did(account):
    return "did:plc:example0" + letters("did" + account.key, 16, BASE32)


class Text:
    """A text as it is sent, and the facets that point into its bytes."""

    def __init__(self, post, accounts):
        self.accounts, self.text, self.facets, self.links = accounts, "", [], []
        at = 0
        for match in markup.TOKEN.finditer(post.text):
            self.text += post.text[at:match.start()]
            at = match.end()
            self.token(match)
        self.text += post.text[at:]

    def token(self, match):
        if match["url"]:
            self.links.append(match["url"])
            self.mark(short(match["url"]), "link", uri=match["url"])
        elif match["tag"]:
            self.mark(match[0], "tag", tag=match["tag"])
        else:
            person = self.accounts[match["who"]]
            self.mark("@" + person.user, "mention", did=did(person))

    def mark(self, shown, kind, **feature):
        start = len(self.text.encode())
        self.text += shown
        self.facets.append({"index": {"byteEnd": len(self.text.encode()), "byteStart": start},
                            "features": [{**feature, "$type": "app.bsky.richtext.facet#" + kind}]})


class AppView:
    source = "bluesky:https://" + HOST
    host = HOST
    base = "https://" + HOST

    def __init__(self, evening):
        self.evening = evening

    # names

    @staticmethod
    def uri(post):
        return f"at://{did(post.by)}/{POST}/{tid(post.first_ms, post.key)}"

    def ref(self, post):
        return {"cid": cid("post " + post.key), "uri": self.uri(post)}

    @staticmethod
    def indexed(post):
        return post.first_ms + 180 + draw("index" + post.key, 1900)

    def author(self, account):
        name = did(account)
        labels = [{"src": name, "uri": f"at://{name}/app.bsky.actor.profile/self", "val": value,
                   "cts": iso(account.born_ms)} for value in account.row.get("labels", [])]
        return {"did": name, "handle": account.user, "displayName": account.name,
                "avatar": f"{CDN}/img/avatar/plain/{name}/{cid('face ' + account.key, 'bafkrei')}",
                "associated": {"activitySubscription": {"allowSubscriptions": "followers"}}, "labels": labels,
                "createdAt": iso(account.born_ms + draw("hour " + account.key, 86400000))}

    # embeds: each as the record has it and as it is shown

    @staticmethod
    def blob(name, mime="image/jpeg"):
        return {"$type": "blob", "ref": {"$link": cid(name, "bafkrei")}, "mimeType": mime,
                "size": 60000 + draw("size" + name, 800000)}

    def place(self, post, name, size):
        return f"{CDN}/img/{size}/plain/{did(post.by)}/{cid(name, 'bafkrei')}"

    def pictures(self, post):
        """Up to four are images, more are a gallery."""
        many = len(post.media) > 4
        kind, entries, small = ("gallery", "items", "thumbnail") if many else ("images", "images", "thumb")
        stored, shown = [], []
        for number, item in enumerate(post.media):
            name = f"picture {post.key} {number}"
            more = {"alt": item.get("alt", ""), "aspectRatio": {"height": item["h"], "width": item["w"]}}
            stored.append({**more, "image": self.blob(name)} | ({"$type": EMBED + "gallery#image"} if many else {}))
            shown.append({small: self.place(post, name, "feed_thumbnail"),
                          "fullsize": self.place(post, name, "feed_fullsize"), **more})
        return {"$type": EMBED + kind, entries: stored}, {"$type": EMBED + kind + "#view", entries: shown}

    def video(self, post):
        item, name = post.media[0], "video " + post.key
        more = {"alt": item["alt"], "aspectRatio": {"height": item["h"], "width": item["w"]}}
        number = cid(name, "bafkrei")
        place = f"https://video.bsky.example/watch/{did(post.by).replace(':', '%3A')}/{number}"
        return {"$type": EMBED + "video", "video": self.blob(name, "video/mp4"), **more}, {
            "$type": EMBED + "video#view", "cid": number, "playlist": place + "/playlist.m3u8",
            "thumbnail": place + "/thumbnail.jpg", "presentation": "default", **more}

    def external(self, post, url):
        link = self.evening.links[url]
        about = {"uri": url, "title": link["title"], "description": link["description"]}
        stored, shown = {"external": about}, {"external": about}
        if "image" in link:
            stored = {"external": {**about, "thumb": self.blob("card " + url)}}
            shown = {"external": {**about, "thumb": self.place(post, "card " + url, "feed_thumbnail")}}
        return {"$type": EMBED + "external", **stored}, {"$type": EMBED + "external#view", **shown}

    def quoted(self, other):
        if other.gone:
            return {"$type": EMBED + "record#viewNotFound", "uri": self.uri(other), "notFound": True}
        embed = self.embed(other)[1]
        return {"$type": EMBED + "record#viewRecord", **self.ref(other), "author": self.author(other.by),
                "value": self.record(other), "labels": [], **self.counts(other), "indexedAt": iso(self.indexed(other)),
                "embeds": [embed] if embed else []}

    def attached(self, post):
        if post.media:
            return self.video(post) if post.media[0]["kind"] == "video" else self.pictures(post)
        cards = [url for url in Text(post, self.evening.accounts).links if url in self.evening.links]
        return self.external(post, cards[0]) if cards else (None, None)

    def embed(self, post):
        """(in the record, as shown); None and None without."""
        stored, shown = self.attached(post)
        if not post.quoted:
            return stored, shown
        record = {"$type": EMBED + "record", "record": self.ref(post.quoted)}
        view = {"$type": EMBED + "record#view", "record": self.quoted(post.quoted)}
        if not stored:
            return record, view
        return {"$type": EMBED + "recordWithMedia", "record": record, "media": stored}, {
            "$type": EMBED + "recordWithMedia#view", "record": view, "media": shown}

    # posts

    def root(self, post):
        return self.root(post.parent) if post.parent else post

    def record(self, post):
        text = Text(post, self.evening.accounts)
        row = {"$type": POST, "createdAt": iso(post.first_ms)}
        if stored := self.embed(post)[0]:
            row["embed"] = stored
        if text.facets:
            row["facets"] = text.facets
        row["langs"] = [post.lang]
        if post.parent:
            row["reply"] = {"parent": self.ref(post.parent), "root": self.ref(self.root(post))}
        return row | {"text": text.text}

    @staticmethod
    def counts(post):
        return {"replyCount": post.replies, "repostCount": post.boosts, "likeCount": post.likes,
                "quoteCount": post.quotes}

    def view(self, post):
        row = {**dict(reversed(self.ref(post).items())), "author": self.author(post.by), "record": self.record(post)}
        if shown := self.embed(post)[1]:
            row["embed"] = shown
        return row | {"bookmarkCount": post.likes // 11, **self.counts(post), "indexedAt": iso(self.indexed(post)),
                      "labels": []}

    # the search

    def answer(self, request):
        """searchPosts: newest first; it finds the word, with or without its number sign."""
        if (request.method, request.path) != ("GET", "/xrpc/app.bsky.feed.searchPosts"):
            raise KeyError(request.path)
        query = dict(request.query)
        if query.pop("q").lower() != "#" + self.evening.tag or query.pop("sort", "latest") != "latest":
            raise ValueError(request.query)
        limit = int(query.pop("limit", 25))
        since, until = self.time(query.pop("since", "")), self.time(query.pop("until", "9"))
        if query or not 1 <= limit <= 100:
            raise KeyError(sorted(query))
        posts = [p for p in self.evening.shown("bluesky") if since <= iso(p.first_ms) < until]
        if len(posts) > limit:
            raise ValueError("more posts than a stranger's one page holds")
        return self.wrap({"posts": [self.view(post) for post in posts]}, request.number)

    @staticmethod
    def time(text):
        """A time with or without fractions, so that it compares as a string."""
        return re.sub(r"(:\d\d)Z$", r"\1.000Z", text)

    def wrap(self, page, number):
        body = json.dumps(page, ensure_ascii=False, separators=(",", ":")).encode()
        date = self.evening.recorded
        return [
            ("Date", f"{date:%a, %d %b %Y %H:%M}:{number:02d} GMT"), ("Content-Type", "application/json; charset=utf-8"),
            ("X-Powered-By", "Express"), ("Access-Control-Allow-Origin", "*"),
            ("Atproto-Content-Labelers", "did:plc:example0" + letters("labeler", 16, BASE32) + ";redact"),
            ("ETag", f'W/"{len(body):x}-{hashlib.sha1(body).hexdigest()[:27]}"'), ("Vary", "Accept-Encoding"),
        ], body
