"""The evening as misskey.example, a Misskey server, shows it: its own notes, and what has come to it from social.example.

Text is MFM as people wrote it. Notes of its own bring no addresses and no emoji list; those from elsewhere bring both.
"""

import hashlib
import json

import markup
from mastodon import HOST as FARAWAY
from mastodon import Server, blurhash, misskey_id
from story import draw, hexadecimal, iso

HOST = "misskey.example"
FILES = "https://files.misskey.example"
MIME = {"image": ("image/webp", "webp"), "gif": ("image/gif", "gif"), "gifv": ("image/gif", "gif")}
CHEERS = ("👏", "🔔", "❤", ":blob_clap@.:", ":blob_scream@.:", ":blobcat_nod@social.example:")


class Misskey:
    source = "misskey:" + HOST
    host = HOST
    base = "https://" + HOST

    def __init__(self, evening):
        self.evening = evening
        self.elsewhere = Server(evening)

    # people

    @staticmethod
    def user_id(account):
        return misskey_id(account.born_ms, account.key)

    def user(self, account):
        here = account.host == HOST
        name = hexadecimal("face" + account.key, 32)
        row = {
            "id": self.user_id(account), "name": account.name, "username": account.user,
            "host": None if here else account.host, "avatarUrl": f"{self.base}/proxy/avatar.webp?avatar=1&name={name}",
            "avatarBlurhash": blurhash("face" + account.key), "avatarDecorations": [], "isBot": account.bot,
            "isCat": account.row.get("cat", False), "requireSigninToViewContents": account.row.get("signin", False),
            "makeNotesFollowersOnlyBefore": None, "makeNotesHiddenBefore": None,
        }
        if not here:
            row["instance"] = {"name": "social", "softwareName": "mastodon", "softwareVersion": "4.6.4",
                               "iconUrl": f"https://{FARAWAY}/icon.png", "faviconUrl": f"https://{FARAWAY}/favicon.ico",
                               "themeColor": "#181820"}
        row |= {"emojis": {} if here else self.emojis(account.name), "onlineStatus": "unknown"}
        return row | ({"badgeRoles": []} if here else {})

    def emojis(self, text):
        return {emoji["shortcode"]: emoji["url"] for emoji in self.elsewhere.emoji_list(text)}

    # notes

    @staticmethod
    def id(post):
        return misskey_id(post.home_ms, post.key)

    def text(self, post):
        def spoken(match):
            if not match["who"]:
                return match[0]
            person = self.evening.accounts[match["who"]]
            return f"@{person.user}" + ("" if person.host == HOST else f"@{person.host}")
        return markup.TOKEN.sub(spoken, post.text)

    def mentions(self, post):
        return [self.user_id(self.evening.accounts[m["who"]]) for m in markup.TOKEN.finditer(post.text) if m["who"]]

    def files(self, post):
        for number, item in enumerate(post.media):
            name = f"file {post.key} {number}"
            mime, ending = MIME[item["kind"]]
            leaf = hexadecimal(name, 32)
            yield {
                "id": misskey_id(post.home_ms - 20000, name), "createdAt": iso(post.home_ms - 20000),
                "name": f"{post.by.user}-{number + 1}.{ending}", "type": mime, "md5": hexadecimal("md5" + name, 32),
                "size": 90000 + draw("size" + name, 900000), "isSensitive": False, "blurhash": blurhash(name),
                "properties": {"width": item["w"], "height": item["h"]}, "url": f"{FILES}/{leaf}.{ending}",
                "thumbnailUrl": f"{FILES}/thumbnail-{leaf}.webp", "comment": item.get("alt"), "folderId": None,
                "folder": None, "userId": None, "user": None,
            }

    def poll(self, post):
        return {"multiple": False, "expiresAt": iso(post.home_ms + post.poll["minutes"] * 60000),
                "choices": [{"text": label, "votes": votes, "isVoted": False} for label, votes in post.poll["options"]]}

    def reactions(self, post):
        """The likes, dealt out to a few of the cheers."""
        left, out = post.likes, {}
        for cheer in CHEERS[draw("first" + post.key, 3):]:
            share = left // 2 + left % 2
            left -= share
            out[cheer] = share
            if not left:
                break
        shown = {name.strip(":"): self.emojis(f":{name.strip(':').partition('@')[0]}:").popitem()[1]
                 for name in out if name.endswith(f"@{FARAWAY}:")}
        return {"reactionCount": sum(out.values()), "reactions": out, "reactionEmojis": shown}

    def note(self, post, depth=0):
        known = [other if other and self.evening.knows("misskey", other) else None for other in (post.parent, post.quoted)]
        files, tags = list(self.files(post)), markup.tags(post.text)
        row = {
            "id": self.id(post), "createdAt": iso(post.home_ms), "userId": self.user_id(post.by),
            "user": self.user(post.by), "text": self.text(post), "cw": post.row.get("cw"),
            "visibility": "home" if post.unlisted else "public", "localOnly": False, "reactionAcceptance": None,
            "renoteCount": post.boosts, "repliesCount": post.replies, **self.reactions(post),
            "tags": tags, "fileIds": [file["id"] for file in files], "files": files,
            "replyId": self.id(known[0]) if known[0] else None, "renoteId": self.id(known[1]) if known[1] else None,
            "clippedCount": 0,
        }
        if post.by.host != HOST:
            uri, url = self.elsewhere.addresses(post)
            row |= {"emojis": self.emojis(post.text), "uri": uri, "url": url}
        if self.mentions(post):
            row["mentions"] = self.mentions(post)
        if post.poll:
            row |= {"hasPoll": True, "poll": self.poll(post)}
        for name, other in zip(("reply", "renote"), known):
            if other and depth == 0:
                row[name] = self.note(other, 1)
        return self.hidden(row) if post.by.row.get("signin") else row

    @staticmethod
    def hidden(row):
        """What strangers are shown of somebody who wants readers to sign in."""
        return row | {"text": None, "cw": None, "files": [], "fileIds": [], "isHidden": True}

    # the search

    def answer(self, request):
        """notes/search-by-tag: newest first, but oldest first above an id."""
        if (request.method, request.path) != ("POST", "/api/notes/search-by-tag") or request.query:
            raise KeyError(request.path)
        body = json.loads(request.body)
        tag, limit = body.pop("tag"), body.pop("limit", 10)
        below, above = body.pop("untilId", "~"), body.pop("sinceId", "")
        since, until = body.pop("sinceDate", 0), body.pop("untilDate", 1 << 60)
        if body or markup.fold(tag) != self.evening.tag or not 1 <= limit <= 100:
            raise KeyError(request.body)
        posts = sorted((p for p in self.evening.shown("misskey") if above < self.id(p) < below
                        and since < p.home_ms < until), key=self.id, reverse=not above or below != "~")
        return self.wrap([self.note(post) for post in posts[:limit]], request.number)

    def wrap(self, notes, number):
        body = json.dumps(notes, ensure_ascii=False, separators=(",", ":")).encode()
        date = self.evening.recorded
        return [
            ("access-control-allow-origin", "*"), ("cache-control", "private, max-age=0, must-revalidate"),
            ("content-type", "application/json; charset=utf-8"),
            ("etag", f'W/"{len(body):x}-{hashlib.sha1(body).hexdigest()[:27]}"'),
            ("strict-transport-security", "max-age=15552000; preload"), ("vary", "Origin"),
            ("date", f"{date:%a, %d %b %Y %H:%M}:{number:02d} GMT"),
        ], body
