"""A neutral post as Bluesky shows it: postView, its record with facets in UTF-8 bytes, embeds, labels, threads.

With `odd` some posts have what occurs in life and no client should trip over: facets that end behind the text, begin
inside a character, end before they begin, have unknown features, or overlap; and embeds of a type that nobody knows.
"""
import base64
import hashlib

from . import ids
from .post import checksum, tokens

POST = "app.bsky.feed.post"
EMBED = "app.bsky.embed."
FACET = "app.bsky.richtext.facet#"
FILES = "https://cdn.files.example/"


def cid(text):
    return "bafyrei" + base64.b32encode(hashlib.sha256(text.encode()).digest()).decode().lower().rstrip("=")


def size_of(text):
    return len(text.encode())


def facet(start, end, kind, **feature):
    return {"index": {"byteStart": start, "byteEnd": end}, "features": [{"$type": FACET + kind, **feature}]}


def is_sound(index, text):
    """Does a facet cover whole characters of the text?"""
    data, start, end = text.encode(), index.get("byteStart"), index.get("byteEnd")
    if not (type(start) is int and type(end) is int and 0 <= start < end <= len(data)):
        return False
    try:
        data[:start].decode(), data[start:end].decode()
    except UnicodeDecodeError:
        return False
    return True


def features_of(post, facets, sound):
    """The hashtags of facets, of those alone that cover whole characters or of any."""
    return [feature["tag"] for one in facets if not sound or is_sound(one["index"], post.text)
            for feature in one["features"] if feature["$type"] == FACET + "tag"]


class BlueskyShape:
    def __init__(self, fake, odd):
        self.fake, self.odd = fake, odd

    @staticmethod
    def uri(entry):
        return "at://%s/%s/%s" % (entry.post.author.did, POST, entry.id)

    # the record

    def facets(self, post):
        if post.facets is not None:
            return post.facets
        made = []
        for kind, value, start, end in tokens(post.text):
            span = size_of(post.text[:start]), size_of(post.text[:end])
            author = self.fake.shelf.authors.get(value) if kind == "mention" else None
            if kind == "tag":
                made.append(facet(*span, "tag", tag=value))
            elif kind == "url":
                made.append(facet(*span, "link", uri=value))
            elif author:
                made.append(facet(*span, "mention", did=author.did))
        return made + (self._odd_facets(post) if self.odd else [])

    @staticmethod
    def _odd_facets(post):
        whole = size_of(post.text)
        link = {"uri": "https://odd.example/"}
        wide = next((n for n, char in enumerate(post.text) if ord(char) > 0x7ff), None)
        inside = size_of(post.text[:wide]) + 1 if wide is not None else 0
        kinds = [facet(max(0, whole - 3), whole + 40, "link", **link), facet(inside, inside + 1, "link", **link),
                 facet(5, 2, "link", **link), facet(0, whole, "sparkle", colour="red"),
                 facet(-4, 4, "link", **link), facet(1 << 40, 1 << 50, "tag", tag="faraway")]
        return [kinds[checksum(post.key) % len(kinds)]]

    def _ref(self, key):
        """{uri, cid} of the post with this key, or of one that was once."""
        entry = self.fake.shelf.by_key.get(key)
        if entry:
            return {"uri": self.uri(entry), "cid": cid(entry.post.text)}
        did = "did:plc:" + base64.b32encode(hashlib.sha256(key.encode()).digest()).decode().lower()[:24]
        return {"uri": "at://%s/%s/%s" % (did, POST, ids.tid(1_700_000_000_000, key)), "cid": cid(key)}

    def _root(self, key):
        seen = set()
        while key not in seen and (entry := self.fake.shelf.by_key.get(key)) and entry.post.reply:
            seen.add(key)
            key = entry.post.reply
        return key

    def record(self, post):
        record = {"text": post.text, "$type": POST, "createdAt": ids.iso(post.created)}
        if post.lang:
            record["langs"] = [post.lang]
        if facets := self.facets(post):
            record["facets"] = facets
        if post.tags:
            record["tags"] = post.tags[:8]
        if post.reply:
            record["reply"] = {"root": self._ref(self._root(post.reply)), "parent": self._ref(post.reply)}
        if post.quote:
            record["embed"] = {"$type": EMBED + "record", "record": self._ref(post.quote)}
        if post.sensitive:
            record["labels"] = {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": "graphic-media"}]}
        return record

    # the view

    def author(self, author):
        view = {"did": author.did, "handle": author.handle,
                "associated": {"activitySubscription": {"allowSubscriptions": "followers"}},
                "labels": [self.label(author.did, "at://%s/app.bsky.actor.profile/self" % author.did, value)
                           for value in author.labels], "createdAt": "2023-07-01T00:00:00.000Z"}
        if author.name:
            view["displayName"] = author.name
        if author.avatar:
            view["avatar"] = author.avatar
        return view

    @staticmethod
    def label(src, uri, value):
        return {"src": src, "uri": uri, "val": value, "cts": "2024-01-01T00:00:00.000Z"}

    def view(self, entry):
        post, uri = entry.post, self.uri(entry)
        view = {"uri": uri, "cid": cid(post.text), "author": self.author(post.author), "record": self.record(post),
                "bookmarkCount": post.counts.get("bookmarks", 0), **self._counts(post),
                "indexedAt": ids.iso(post.indexed), "labels": self._labels(post, uri)}
        if embed := self.embed(post):
            view["embed"] = embed
        return view

    def _labels(self, post, uri):
        return [self.label(post.author.did, uri, "graphic-media")] if post.sensitive else []

    @staticmethod
    def _counts(post):
        counts = post.counts
        return {"replyCount": counts.get("replies", 0), "repostCount": counts.get("reposts", 0),
                "likeCount": counts.get("likes", 0), "quoteCount": counts.get("quotes", 0)}

    # embeds

    def embed(self, post, inner=False):
        if post.embed is not None:
            return post.embed
        media = self._media(post)
        quoted = {"$type": EMBED + "record#view", "record": self._quoted(post)} if post.quote and not inner else None
        if media and quoted:
            return {"$type": EMBED + "recordWithMedia#view", "record": {"record": quoted["record"]}, "media": media}
        if self.odd and not (media or quoted) and checksum(post.key) % 5 == 0:
            return {"$type": EMBED + "hologram#view", "hologram": {"depth": 3}}
        return media or quoted

    def _media(self, post):
        if not post.media:
            return self._card(post.card)
        first = post.media[0]
        if first.kind in ("video", "gifv"):
            return self._with({"$type": EMBED + "video#view", "cid": cid(first.url or post.key),
                               "playlist": FILES + "%s/playlist.m3u8" % post.key,
                               "thumbnail": first.preview or FILES + post.key + "/thumbnail.jpg",
                               "presentation": "gif" if first.kind == "gifv" else "default"}, first)
        if len(post.media) > 4:
            return {"$type": EMBED + "gallery#view", "items": [self._picture(one, "thumbnail") for one in post.media]}
        return {"$type": EMBED + "images#view", "images": [self._picture(one, "thumb") for one in post.media]}

    def _picture(self, one, small):
        return self._with({small: one.preview or one.url, "fullsize": one.url}, one)

    @staticmethod
    def _with(view, one):
        return {**view, "alt": one.alt or "", "aspectRatio": {"width": one.width, "height": one.height}}

    @staticmethod
    def _card(card):
        if card is None:
            return None
        view = {"uri": card["url"], "title": card["title"], "description": card.get("description", "")}
        if card.get("image"):
            view["thumb"] = card["image"]
        return {"$type": EMBED + "external#view", "external": view}

    def _quoted(self, post):
        entry, ref = self.fake.shelf.by_key.get(post.quote), self._ref(post.quote)
        gone = entry is None or not self.fake.shows(entry)
        for state, name, mark in (("revoked", "viewDetached", "detached"), ("blocked", "viewBlocked", "blocked"),
                                  (None, "viewNotFound", "notFound")):
            if gone if state is None else post.quote_state == state:
                view = {"$type": EMBED + "record#" + name, "uri": ref["uri"], mark: True}
                if mark == "blocked":
                    view["author"] = {"did": ref["uri"].split("/")[2], "viewer": {"blockedBy": True}}
                return view
        other = entry.post
        inner = self.embed(other, inner=True)
        return {"$type": EMBED + "record#viewRecord", **ref, "author": self.author(other.author),
                "value": self.record(other), "labels": [], **self._counts(other), "indexedAt": ids.iso(other.indexed),
                "embeds": [inner] if inner else []}

    # threads

    def thread(self, entry, depth, height):
        defs, shelf = "app.bsky.feed.defs#", self.fake.shelf
        node = {"$type": defs + "threadViewPost", "post": self.view(entry), "threadContext": {}}
        if depth > 0:
            node["replies"] = [self.thread(e, depth - 1, -1) for e in reversed(shelf.entries)
                               if e.post.reply == entry.post.key and self.fake.shows(e)]
        if entry.post.reply and height > 0:
            parent = shelf.by_key.get(entry.post.reply)
            if parent and self.fake.shows(parent):
                node["parent"] = self.thread(parent, 0, height - 1)
                node["parent"].pop("replies", None)
            else:
                node["parent"] = {"$type": defs + "notFoundPost", "uri": self._ref(entry.post.reply)["uri"],
                                  "notFound": True}
        return node
