"""A neutral post as an object of the federation (ActivityPub): Note or Question, and its author as an actor.

This is what a server gives at a post's own uri, and at its page, to whoever accepts application/activity+json.
"""
from .ids import iso
from .post import fold, tokens

TYPE = "application/activity+json; charset=utf-8"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
CONTEXT = ["https://www.w3.org/ns/activitystreams",
           {"sensitive": "as:sensitive", "Hashtag": "as:Hashtag", "toot": "http://joinmastodon.org/ns#",
            "Emoji": "toot:Emoji", "blurhash": "toot:blurhash", "votersCount": "toot:votersCount"}]
MEDIA_TYPES = {"image": "image/png", "gifv": "video/mp4", "video": "video/mp4", "audio": "audio/mpeg"}


def accepts(request):
    accept = request.headers.get("accept", "")
    return "application/activity+json" in accept or "application/ld+json" in accept


def seconds(ms):
    return iso(ms)[:-5] + "Z"


class Objects:
    def __init__(self, fake):
        self.fake = fake

    def actor(self, author):
        home = self.fake.home_of(author)
        icon = {"icon": {"type": "Image", "mediaType": "image/png", "url": author.avatar}} if author.avatar else {}
        return {"@context": CONTEXT, "id": self.fake.actor_of(author), "type": "Service" if author.bot else "Person",
                "preferredUsername": author.username, "name": author.name, "url": "%s/@%s" % (home, author.username),
                "summary": "<p>%s</p>" % author.bio if author.bio else "", "discoverable": True,
                "indexable": not author.noindex, "manuallyApprovesFollowers": author.locked,
                "tag": self._emojis(author.emojis), **icon}

    def note(self, entry):
        post, fake = entry.post, self.fake
        followers = fake.actor_of(post.author) + "/followers"
        public = post.visibility == "public"
        replied, content = fake.shelf.by_key.get(post.reply or ""), fake.shape.html(post)
        note = {"@context": CONTEXT, "id": fake.uri_of(post), "type": "Question" if post.poll else "Note",
                "summary": post.spoiler or None, "inReplyTo": fake.uri_of(replied.post) if replied else None,
                "published": seconds(post.created), "url": fake.page_of(entry),
                "attributedTo": fake.actor_of(post.author), "to": [PUBLIC if public else followers],
                "cc": [followers if public else PUBLIC], "sensitive": post.sensitive or bool(post.spoiler),
                "content": content, "attachment": [self._attachment(one) for one in post.media],
                "tag": [*self._tags(post), *self._emojis(post.emojis)]}
        if post.lang:
            note["contentMap"] = {post.lang: content}
        if post.edited:
            note["updated"] = seconds(post.edited)
        return {**note, **self._quote(post), **self._poll(post)}

    def _quote(self, post):
        quoted = self.fake.shelf.by_key.get(post.quote or "")
        return dict.fromkeys(("quote", "quoteUri", "_misskey_quote"), self.fake.uri_of(quoted.post)) if quoted else {}

    def _poll(self, post):
        if not post.poll:
            return {}
        options = [{"type": "Note", "name": title, "replies": {"type": "Collection", "totalItems": votes}}
                   for title, votes in post.poll["options"]]
        return {"anyOf" if post.poll.get("multiple") else "oneOf": options,
                "endTime": seconds(post.poll.get("expires", post.created + 86_400_000)),
                "votersCount": sum(votes for _, votes in post.poll["options"])}

    @staticmethod
    def _attachment(one):
        return {"type": "Document", "mediaType": MEDIA_TYPES.get(one.kind, "application/octet-stream"), "url": one.url,
                "name": one.alt, "blurhash": one.blurhash, "width": one.width, "height": one.height}

    def _tags(self, post):
        for tag in post.hashtags:
            name = fold(tag)
            yield {"type": "Hashtag", "name": "#" + name, "href": "https://%s/tags/%s" % (self.fake.domain, name)}
        for kind, name, _, _ in tokens(post.text):
            author = self.fake.shelf.authors.get(name) if kind == "mention" else None
            if author:
                yield {"type": "Mention", "name": "@%s@%s" % (name, author.host), "href": self.fake.actor_of(author)}

    @staticmethod
    def _emojis(emojis):
        return [{"type": "Emoji", "name": ":%s:" % code, "id": url,
                 "icon": {"type": "Image", "mediaType": "image/png", "url": url}} for code, url in emojis.items()]
