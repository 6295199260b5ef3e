"""A neutral post as X's API v2 writes it, in tweet words; `in_post_words` turns a whole answer into the newer ones.

The text is HTML-escaped, its links are t.co links, and offsets count code points: of the text as it is sent
("escaped", the default), of the text a reader sees ("unescaped"), or its UTF-8 bytes ("bytes", as the playground does).
Longer than 280 (a wide character counts two), the text is cut, and the whole of it is in note_tweet.
"""
import hashlib

from .ids import BASE62, iso
from .post import checksum, tokens

KINDS = {"image": ("photo", 3), "gifv": ("animated_gif", 16), "video": ("video", 7)}
POST_WORDS = {"edit_history_tweet_ids": "edit_history_post_ids", "referenced_tweets": "referenced_posts",
              "note_tweet": "note_post", "tweets": "posts", "retweet_count": "repost_count"}
LONGEST = 280


def in_post_words(value):
    if isinstance(value, list):
        return [in_post_words(one) for one in value]
    if isinstance(value, dict):
        return {POST_WORDS.get(name, name): in_post_words(one) for name, one in value.items()}
    return value


def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


MEASURES = {"escaped": lambda text: len(escape(text)), "unescaped": len,
            "bytes": lambda text: len(escape(text).encode())}


def weight(text):
    return sum(2 if ord(char) >= 0x1100 else 1 for char in text)


def short_link(url):
    digest = hashlib.md5(url.encode()).digest()
    return "https://t.co/" + "".join(BASE62[byte % 62] for byte in digest[:10])


def display(url):
    rest = url.partition("://")[2]
    return rest if len(rest) <= 26 else rest[:25] + "…"


class Segment:
    """A stretch of text, and the entity that it is, if it is one."""

    def __init__(self, text, kind=None, **entity):
        self.text, self.kind, self.entity = text, kind, entity


class XShape:
    def __init__(self, shelf, offsets):
        self.shelf = shelf
        self.measure = MEASURES[offsets]
        self._made, self._changes = {}, -1

    # text

    def _link(self, url, **more):
        return Segment(short_link(url), "urls", url=short_link(url), expanded_url=url, display_url=display(url), **more)

    def _segments(self, text, post):
        done = 0
        for kind, value, start, end in tokens(text):
            yield Segment(text[done:start])
            done = end
            if kind == "url":
                yield self._link(value, **self._card(post, value))
            elif kind == "tag":
                yield Segment(text[start:end], "hashtags", tag=value)
            else:
                author = self.shelf.authors.get(value)
                known = {"id": str(author.number)} if author else {}
                yield Segment(text[start:end], "mentions", username=value, **known)
        yield Segment(text[done:])

    def _card(self, post, url):
        if not post.card or post.card["url"] != url:
            return {}
        card = {"title": post.card["title"], "description": post.card.get("description", ""), "status": 200,
                "unwound_url": url}
        if post.card.get("image"):
            card["images"] = [{"url": post.card["image"], "width": 1200, "height": 630}]
        return card

    def _tail(self, entry):
        """The links that stand at the end of the text for what is quoted and for media."""
        quoted = self.shelf.by_key.get(entry.post.quote or "")
        if quoted:
            yield Segment(" ")
            yield self._link("https://x.com/%s/status/%s" % (quoted.post.author.username, quoted.id))
        for n, key in enumerate(self.media_keys(entry)):
            if n == 0:
                yield Segment(" ")
            page = "https://x.com/%s/status/%s/photo/1" % (entry.post.author.username, entry.id)
            media = self._link(page, media_key=key)
            media.text = media.text if n == 0 else ""       # one link stands for all of them
            yield media

    def _cut(self, segments, entry):
        kept, room = [], LONGEST - 25
        for segment in segments:
            if weight(segment.text) > room:
                if segment.kind is None:
                    kept.append(Segment(self._fitting(segment.text, room)))
                break
            room -= weight(segment.text)
            kept.append(segment)
        return kept + [Segment("… "), self._link("https://x.com/i/web/status/" + entry.id)]

    @staticmethod
    def _fitting(text, room):
        end = 0
        while end < len(text) and (room := room - weight(text[end])) >= 0:
            end += 1
        return text[:end]

    def _written(self, segments):
        """(escaped text, entities)"""
        at, last, out, entities = 0, 0, [], {}
        for segment in segments:
            length = self.measure(segment.text)
            start, at = at, at + length
            if segment.kind:
                start, end = (start, at) if length else (last, start)
                last = start
                entities.setdefault(segment.kind, []).append({"start": start, "end": end, **segment.entity})
            out.append(escape(segment.text))
        return "".join(out), entities

    def text(self, entry, text):
        """{text, entities, note_tweet} of one version."""
        segments = list(self._segments(text, entry.post))
        fields = {}
        if sum(weight(s.text) for s in segments) > LONGEST:
            whole, entities = self._written(segments)
            fields["note_tweet"] = {"text": whole, **({"entities": entities} if entities else {})}
            segments = self._cut(segments, entry)
        fields["text"], entities = self._written(segments + list(self._tail(entry)))
        if entities:
            fields["entities"] = entities
        return fields

    # objects

    def related(self, entry):
        """The ids of the conversation and of what the post answers and quotes; None without."""
        root, seen = entry, set()
        while root.post.key not in seen and (parent := self.shelf.by_key.get(root.post.reply or "")):
            seen.add(root.post.key)
            root = parent
        return {"conversation": root.ids[0], "replied_to": self._id(entry.post.reply),
                "quoted": self._id(entry.post.quote)}

    def _id(self, key):
        """The id under a key; a post that is gone had one, too."""
        if key is None:
            return None
        entry = self.shelf.by_key.get(key)
        return entry.id if entry else str(10**17 + checksum(key))

    def tweet(self, entry, number=None):
        """Everything of a version (the newest without a number), in tweet words; kept until anything changes."""
        if self._changes != self.shelf.changes:
            self._made, self._changes = {}, self.shelf.changes
        number = number or entry.id
        if number not in self._made:
            self._made[number] = self._tweet(entry, number)
        return self._made[number]

    def _tweet(self, entry, number):
        post = entry.post
        version = entry.ids.index(number)
        versions = [*post.before, [post.text, post.edited or post.created]][-len(entry.ids):]
        text, created = versions[version]
        related = self.related(entry)
        parent = self.shelf.by_key.get(post.reply or "")
        tweet = {
            "id": entry.ids[version], "edit_history_tweet_ids": entry.ids, "author_id": str(post.author.number),
            "username": post.author.username, "created_at": iso(created), "lang": post.lang or "und",
            "conversation_id": related["conversation"], "possibly_sensitive": post.sensitive,
            "reply_settings": "everyone", "public_metrics": self._metrics(post),
            "edit_controls": {"edits_remaining": 6 - len(entry.ids), "is_edit_eligible": not post.reply,
                              "editable_until": iso(post.created + 1_800_000)}, **self.text(entry, text)}
        if parent:
            tweet["in_reply_to_user_id"] = str(parent.post.author.number)
        references = [{"type": kind, "id": related[kind]} for kind in ("quoted", "replied_to") if related[kind]]
        if references:
            tweet["referenced_tweets"] = references
        keys, polls = self.media_keys(entry), [self.poll_id(entry)] if post.poll else []
        attached = {name: value for name, value in (("media_keys", keys), ("poll_ids", polls)) if value}
        if attached:
            tweet["attachments"] = attached
        return tweet

    @staticmethod
    def _metrics(post):
        return {"retweet_count": post.counts.get("reposts", 0), "reply_count": post.counts.get("replies", 0),
                "like_count": post.counts.get("likes", 0), "quote_count": post.counts.get("quotes", 0),
                "bookmark_count": post.counts.get("bookmarks", 0), "impression_count": post.counts.get("views", 0)}

    @staticmethod
    def user(author):
        return {"id": str(author.number), "name": author.name, "username": author.username,
                "description": escape(author.bio), "protected": author.protected, "verified": author.verified,
                "verified_type": "blue" if author.verified else "none", "created_at": "2015-03-14T09:26:53.000Z",
                "profile_image_url": author.avatar or "https://images.example/%d_normal.png" % author.number,
                "public_metrics": {"followers_count": 21, "following_count": 34, "tweet_count": 55,
                                   "listed_count": 1, "like_count": 89, "media_count": 3}}

    @staticmethod
    def media_keys(entry):
        return ["%d_%d" % (KINDS[one.kind][1], int(entry.ids[0]) + n)
                for n, one in enumerate(entry.post.media) if one.kind in KINDS]

    def media(self, entry):
        """The media objects of a post, in the order of media_keys; a video has variants and no url."""
        shown = [one for one in entry.post.media if one.kind in KINDS]
        for key, one in zip(self.media_keys(entry), shown):
            media = {"media_key": key, "type": KINDS[one.kind][0], "width": one.width, "height": one.height}
            if one.alt is not None:
                media["alt_text"] = one.alt
            if one.kind == "image":
                media["url"] = one.url
            else:
                media["preview_image_url"] = one.preview or "https://images.example/%s.jpg" % key
                media["variants"] = [{"content_type": "application/x-mpegURL", "url": one.url + ".m3u8"},
                                     {"bit_rate": 832_000, "content_type": "video/mp4", "url": one.url}]
            if one.kind == "video":
                media["duration_ms"] = int((one.duration or 1) * 1000)
            yield media

    @staticmethod
    def poll_id(entry):
        return str(int(entry.ids[0]) + 7)

    def poll(self, entry, now):
        poll = entry.post.poll
        ends = poll.get("expires", entry.post.created + 86_400_000)
        return {"id": self.poll_id(entry), "voting_status": "closed" if ends <= now else "open",
                "duration_minutes": (ends - entry.post.created) // 60_000, "end_datetime": iso(ends),
                "options": [{"position": n, "label": title, "votes": votes}
                            for n, (title, votes) in enumerate(poll["options"], 1)]}
