"""A neutral post as a Misskey server writes it: Note, UserLite, DriveFile, and the poll of a note."""
import re

from . import ids
from .post import checksum, tokens

VISIBILITIES = {"public": "public", "unlisted": "home", "private": "followers", "direct": "specified"}
MIME = {"image": "image/png", "gifv": "image/gif", "video": "video/mp4", "audio": "audio/mpeg",
        "unknown": "application/octet-stream"}
BORN = 1_585_699_200_000        # when all accounts were made: 2020-04-01


class MisskeyShape:
    def __init__(self, fake):
        self.fake = fake

    def is_local(self, post):
        return post.author.host == self.fake.domain

    def is_renote(self, post):
        """Somebody else's post shown once more, without a word."""
        return bool(post.quote and not (post.text or post.spoiler or post.reply or post.media or post.poll))

    def note(self, entry, signed, depth=0):
        post, shelf = entry.post, self.fake.shelf
        replied, quoted = shelf.by_key.get(post.reply or ""), shelf.by_key.get(post.quote or "")
        note = {
            "id": entry.id, "createdAt": ids.iso(post.created), "userId": self.user_id(post.author),
            "user": self.user(post.author), "text": post.text or None, "cw": post.spoiler or None,
            "visibility": VISIBILITIES[post.visibility], "localOnly": False, "reactionAcceptance": None,
            "renoteCount": post.counts.get("reposts", 0), "repliesCount": post.counts.get("replies", 0),
            "reactionCount": post.counts.get("likes", 0), "reactions": self._reactions(post), "reactionEmojis": {},
            "fileIds": [self._file_id(entry, n) for n in range(len(post.media))],
            "files": [self.file(entry, n) for n in range(len(post.media))],
            "replyId": replied.id if replied else None, "renoteId": quoted.id if quoted else None, "clippedCount": 0}
        if tags := sorted(self.fake.tags_of(post)):
            note["tags"] = tags
        if mentions := self._mentions(post):
            note["mentions"] = mentions
        if post.poll:
            note["poll"], note["hasPoll"] = self.poll(post), True
        self._remote(note, post)
        if self.fake.personality == "sharkey" and post.edited:
            note["updatedAt"] = ids.iso(post.edited)
        if depth == 0:
            for name, other in (("reply", replied), ("renote", quoted)):
                if other and self.fake.may_see(other, signed):
                    note[name] = self.note(other, signed, 1)
        return note if signed or not post.author.signin else self._hide(note)

    @staticmethod
    def _hide(note):
        """What a stranger gets of somebody who wants readers to sign in."""
        note.update(text=None, cw=None, files=[], fileIds=[], isHidden=True)
        for name in ("poll", "hasPoll", "reply", "renote"):
            note.pop(name, None)
        return note

    def _remote(self, note, post):
        """A note of another server brings its addresses and its emojis; one of here has neither."""
        if not self.is_local(post):
            note.update(uri=post.uri, url=post.url, emojis=dict(post.emojis))

    @staticmethod
    def _reactions(post):
        likes = post.counts.get("likes", 0)
        return {"👍": likes} if likes else {}

    def _mentions(self, post):
        authors = (self.fake.shelf.authors.get(name) for kind, name, _, _ in tokens(post.text) if kind == "mention")
        return list(dict.fromkeys(self.user_id(author) for author in authors if author))

    @staticmethod
    def user_id(author):
        return ids.aidx(BORN, "%s@%s" % (author.username, author.host))

    def user(self, author):
        here = author.host == self.fake.domain
        user = {"id": self.user_id(author), "name": author.name or None, "username": author.username,
                "host": None if here else author.host,
                "avatarUrl": author.avatar or "%s/identicon/%s@%s" % (self.fake.url, author.username, author.host),
                "avatarBlurhash": None, "avatarDecorations": [], "isBot": author.bot, "isCat": False,
                "emojis": {} if here else dict(author.emojis), "onlineStatus": "unknown"}
        if author.signin:
            user["requireSigninToViewContents"] = True
        if here:
            user["badgeRoles"] = []
        else:
            user["instance"] = {"name": author.host, "softwareName": "misskey", "softwareVersion": "2026.9.0",
                                "iconUrl": None, "faviconUrl": None, "themeColor": None}
        return user

    @staticmethod
    def _file_id(entry, n):
        return ids.aidx(entry.post.created, "%s file %d" % (entry.post.key, n))

    def file(self, entry, n):
        one = entry.post.media[n]
        url = one.url or "%s/files/%d" % (self.fake.url, checksum(entry.post.key) + n)
        return {"id": self._file_id(entry, n), "createdAt": ids.iso(entry.post.created),
                "name": re.sub(r".*/", "", url), "type": MIME[one.kind], "md5": "%032x" % checksum(url), "size": 70_000,
                "isSensitive": entry.post.sensitive, "blurhash": one.blurhash,
                "properties": {"width": one.width, "height": one.height}, "url": url, "thumbnailUrl": one.preview,
                "comment": one.alt, "folderId": None, "folder": None, "userId": None, "user": None}

    @staticmethod
    def poll(post):
        poll = post.poll
        expires = poll.get("expires")
        return {"multiple": poll.get("multiple", False), "expiresAt": ids.iso(expires) if expires else None,
                "choices": [{"text": title, "votes": votes, "isVoted": False} for title, votes in poll["options"]]}
