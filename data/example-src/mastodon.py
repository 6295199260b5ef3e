"""The evening as social.example, a Mastodon 4.6 server, shows it: statuses, accounts, pages, headers."""

import hashlib
import json
import math
import uuid

import markup
from story import FEDERATION, Account, draw, hexadecimal, iso, letters

HOST = "social.example"
FILES = "https://files.social.example"

BASE83 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~"
BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"
ANYONE = {"automatic": ["public"], "manual": [], "current_user": "denied"}


def blurhash(name):
    """A hash of 4 by 3 components; the first digit says so and the length agrees."""
    average = 0x505050 + (draw("r" + name, 96) << 16) + (draw("g" + name, 96) << 8) + draw("b" + name, 96)
    digits = [(4 - 1) + (3 - 1) * 9, draw("max" + name, 60)]
    digits += [average // 83 ** i % 83 for i in (3, 2, 1, 0)]
    for i in range(4 * 3 - 1):
        colour = draw(f"ac{i}{name}", 19 ** 3)
        digits += [colour // 83, colour % 83]
    return "".join(BASE83[digit] for digit in digits)


def folders(number):
    """116543210987654321 as Mastodon names its folders: 116/543/210/987/654/321."""
    padded = number.zfill(18)
    return "/".join(padded[i:i + 3] for i in range(0, 18, 3))


def base36(number, width):
    out = ""
    for _ in range(width):
        out, number = BASE36[number % 36] + out, number // 36
    return out


def misskey_id(ms, name):
    return base36(ms - 946684800000, 8) + letters("node" + name, 8, BASE36)


def small(width, height):
    scale = math.sqrt(640 * 360 / (width * height))
    return size(round(width * scale), round(height * scale))


def size(width, height):
    return {"width": width, "height": height, "size": f"{width}x{height}", "aspect": width / height}


class Server:
    source = "mastodon:" + HOST
    host = HOST
    base = "https://" + HOST

    def __init__(self, evening):
        self.evening = evening
        self.dialects = {a.host: markup.Dialect(a.host, evening.accounts)
                         for a in evening.accounts.values() if a.net in FEDERATION}

    def actor(self, account):
        if account.host == "snac.example":
            return f"https://snac.example/{account.user}"
        if account.host == "misskey.example":
            return "https://misskey.example/users/" + misskey_id(account.born_ms, account.key)
        if not account.is_remote and account.row["born"] >= "2025-10":
            return f"https://{HOST}/ap/users/{account.id}"
        return f"https://{account.host}/users/{account.user}"

    def addresses(self, post):
        """The uri and the url of a post, each in the manner of its own server."""
        account = post.by
        if account.host == "snac.example":
            page = f"{account.url}/p/{post.first_ms // 1000}.{draw('micro' + post.key, 10 ** 6):06d}"
            return page, page
        if account.host == "misskey.example":
            page = "https://misskey.example/notes/" + misskey_id(post.home_ms, post.key)
            return page, page
        own = post.id if not account.is_remote else str(int(post.id) & ~0xffff | draw("own" + post.key, 1 << 16))
        return f"{self.actor(account)}/statuses/{own}", f"{account.url}/{own}"

    def emoji_list(self, text):
        out = []
        for code in dict.fromkeys(markup.EMOJI.findall(text)):
            emoji = self.evening.emojis.get(code)
            if not emoji:
                continue
            cache = "" if emoji["host"] == HOST else "/cache"
            number = str(draw("emoji" + code, 900000) + 1000).zfill(9)
            place = f"{FILES}{cache}/custom_emojis/images/{number[:3]}/{number[3:6]}/{number[6:]}"
            name = hexadecimal(code, 16) + ".png"
            row = {"shortcode": code, "url": f"{place}/original/{name}",
                   "static_url": f"{place}/static/{name}", "visible_in_picker": True}
            if emoji["category"]:
                row["category"] = emoji["category"]
            out.append(row)
        return out

    def account(self, account):
        cache = "/cache" if account.is_remote else ""
        avatar = f"{FILES}{cache}/accounts/avatars/{folders(account.id)}/original/{hexadecimal(account.key, 16)}.png"
        header = f"https://{HOST}/headers/original/missing.png"
        row = {
            "id": account.id, "username": account.user,
            "acct": account.user + (f"@{account.host}" if account.is_remote else ""),
            "display_name": account.name, "locked": False, "bot": account.bot,
            "discoverable": account.key != "noarc", "indexable": account.key in ("mikan", "staff", "hanada"),
            "group": False, "created_at": iso(account.born_ms),
            "note": self.dialects[account.host].page(account.bio),
            "url": account.url, "uri": self.actor(account),
            "avatar": avatar, "avatar_static": avatar, "avatar_description": "",
            "header": header, "header_static": header, "header_description": "",
            "followers_count": account.row["followers"], "following_count": account.row["following"],
            "statuses_count": account.row["posts"], "last_status_at": "2026-10-30",
            "hide_collections": False, "show_media": True, "show_media_replies": True, "show_featured": True,
        }
        if not account.is_remote:
            row["noindex"] = False
        row["feature_approval"] = ANYONE if not account.is_remote else \
            {"automatic": [], "manual": [], "current_user": "unknown"}
        row["emojis"] = self.emoji_list(account.name)
        if not account.is_remote:
            row["roles"] = []
        row["fields"] = []
        return row

    def content(self, post):
        dialect = self.dialects[post.by.host]
        made = dialect.page(self.spoken(post), post.rich)
        if post.quoted:
            url = self.addresses(post.quoted)[1]
            made = f'<p class="quote-inline">RE: {dialect.url(url)}</p>' + made
        return made

    @staticmethod
    def spoken(post):
        """The text with the mention that a reply to someone else begins with."""
        return f"@{{{post.parent.by.key}}} {post.text}" if post.parent and post.parent.by is not post.by else post.text

    def mentions(self, post):
        found = dict.fromkeys(m["who"] for m in markup.TOKEN.finditer(self.spoken(post)) if m["who"])
        people: list[Account] = [self.evening.accounts[who] for who in found]
        return [{"id": p.id, "username": p.user, "url": p.url,
                 "acct": p.user + (f"@{p.host}" if p.is_remote else "")} for p in people]

    def media(self, post, item, number):
        name = f"{post.key} {number}"
        ident = str(int(post.id) - 7000000 - draw("media" + name, 1000000))
        cache = "/cache" if post.by.is_remote else ""
        place = f"{FILES}{cache}/media_attachments/files/{folders(ident)}"
        leaf = hexadecimal("media" + name, 16)
        gifv = item["kind"] == "gifv"
        width, height = item["w"], item["h"]
        meta = {"original": size(width, height), "small": small(width, height)}
        if gifv:
            seconds = item["seconds"]
            meta["original"] = {"width": width, "height": height, "frame_rate": "25/1",
                                "duration": seconds, "bitrate": 412318}
            meta |= {"length": f"0:00:{seconds:05.2f}", "duration": seconds, "fps": 25} | size(width, height)
        else:
            meta["focus"] = {"x": 0.0, "y": 0.0}
        return {
            "id": ident, "type": item["kind"],
            "url": f"{place}/original/{leaf}.{'mp4' if gifv else 'jpg'}",
            "preview_url": f"{place}/small/{leaf}.{'png' if gifv else 'jpg'}",
            "remote_url": f"https://{post.by.host}/files/{leaf}.gif" if post.by.is_remote else None,
            "preview_remote_url": None, "text_url": None,
            "meta": meta, "description": item.get("alt"), "blurhash": blurhash(name),
        }

    def card(self, post):
        known = [url for url in markup.urls(post.text) if url in self.evening.links]
        if not known or post.media:
            return None
        url = known[0]
        link = self.evening.links[url]
        width, height = link.get("image", (0, 0))
        number = str(draw("card" + url, 9000000) + 1000000).zfill(9)
        image = f"{FILES}/cache/preview_cards/images/{number[:3]}/{number[3:6]}/{number[6:]}/original/" \
                f"{hexadecimal(url, 16)}.jpg"
        author = link.get("author", "")
        return {
            "url": url, "title": link["title"], "description": link["description"], "language": "ja",
            "type": "link", "author_name": author, "author_url": "", "provider_name": link["provider"],
            "provider_url": "", "html": "", "width": width, "height": height,
            "image": image if width else None, "image_description": "", "embed_url": "",
            "blurhash": blurhash(url) if width else None, "published_at": None,
            "authors": [{"name": author, "url": "", "account": None}] if author else [],
        }

    def poll(self, post):
        if not post.poll:
            return None
        ends = post.first_ms + post.poll["minutes"] * 60000
        return {
            "id": str(draw("poll" + post.key, 900000) + 100000), "expires_at": iso(ends),
            "expired": ends <= self.evening.recorded.timestamp() * 1000, "multiple": False,
            "votes_count": sum(votes for _, votes in post.poll["options"]), "voters_count": post.poll["voters"],
            "options": [{"title": title, "votes_count": votes} for title, votes in post.poll["options"]],
            "emojis": [],
        }

    def quote(self, post, depth):
        if not post.quoted:
            return None
        if depth:
            return {"state": "accepted", "quoted_status_id": post.quoted.id}
        return {"state": "accepted", "quoted_status": self.status(post.quoted, depth + 1)}

    def status(self, post, depth=0):
        uri, url = self.addresses(post)
        cw = post.row.get("cw", "")
        parent = post.parent if post.parent and self.evening.knows("mastodon", post.parent) else None
        row = {
            "id": post.id, "created_at": iso(post.first_ms),
            "in_reply_to_id": parent.id if parent else None,
            "in_reply_to_account_id": parent.by.id if parent else None,
            "sensitive": bool(cw), "spoiler_text": cw, "visibility": "public", "language": post.lang,
            "uri": uri, "url": url,
            "replies_count": post.replies, "reblogs_count": post.boosts, "favourites_count": post.likes,
            "quotes_count": post.quotes, "edited_at": iso(post.edited_ms) if post.edited_ms else None,
            "favourited": False, "reblogged": False, "muted": False, "bookmarked": False, "pinned": False,
            "content": self.content(post), "filtered": [], "reblog": None,
        }
        if not post.by.is_remote:
            app = ("Hato", "https://hato.example") if draw("app" + post.by.key, 3) == 0 else ("Web", None)
            row["application"] = dict(zip(("name", "website"), app))
        row |= {
            "account": self.account(post.by),
            "media_attachments": [self.media(post, item, i) for i, item in enumerate(post.media)],
            "mentions": self.mentions(post),
            "tags": [{"name": tag, "url": f"https://{HOST}/tags/{markup.urllib.parse.quote(tag)}"}
                     for tag in markup.tags(post.text)],
            "emojis": self.emoji_list(post.text + cw), "tagged_collections": [],
            "quote": self.quote(post, depth), "card": self.card(post), "poll": self.poll(post),
            "quote_approval": ANYONE if not post.by.is_remote else
            {"automatic": [], "manual": [], "current_user": "unknown"},
        }
        return row

    def page_url(self, limit, **cursor):
        query = "".join(f"&{name}={value}" for name, value in cursor.items())
        return f"https://{HOST}/api/v1/timelines/tag/{self.evening.tag}?limit={limit}{query}"

    def answer(self, request):
        """The timeline of the tag, to whoever asks for it: headers and body."""
        if (request.method, request.path) != ("GET", f"/api/v1/timelines/tag/{self.evening.tag}"):
            raise KeyError(request.path)
        query = dict(request.query)
        limit = min(int(query.pop("limit", 20)), 40)
        below, above = int(query.pop("max_id", 1 << 63)), int(query.pop("min_id", 0))
        if query:
            raise KeyError(sorted(query))
        posts = [post for post in self.evening.shown("mastodon") if above < int(post.id) < below]
        return self.page(posts[-limit:] if above else posts[:limit], limit, request.number)

    def page(self, posts, limit, number):
        body = json.dumps([self.status(post) for post in posts], ensure_ascii=False, separators=(",", ":")).encode()
        date = self.evening.recorded
        next_window = f"{date.replace(minute=date.minute + 5):%Y-%m-%dT%H:%M:%S}.{draw('reset', 10 ** 6):06d}Z"
        links = []
        if posts:
            links = [("link", f'<{self.page_url(limit, max_id=posts[-1].id)}>; rel="next", '
                              f'<{self.page_url(limit, min_id=posts[0].id)}>; rel="prev"')]
        headers = [
            ("Server", "Mastodon"), ("Date", f"{date:%a, %d %b %Y %H:%M}:{number:02d} GMT"),
            ("cache-control", "private, no-store"),
            ("content-security-policy", "default-src 'none'; frame-ancestors 'none'; form-action 'none'"),
            ("content-type", "application/json; charset=utf-8"),
            ("etag", f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'), *links,
            ("referrer-policy", "strict-origin-when-cross-origin"), ("vary", "Authorization, Origin"),
            ("x-content-type-options", "nosniff"), ("x-frame-options", "SAMEORIGIN"),
            ("x-ratelimit-limit", "300"), ("x-ratelimit-remaining", str(300 - number)),
            ("x-ratelimit-reset", next_window),
            ("x-request-id", str(uuid.UUID(hexadecimal(f"request{number}", 32), version=4))),
            ("x-runtime", f"0.{draw(f'runtime{number}', 90000) + 10000:06d}"), ("x-xss-protection", "0"),
        ]
        return headers, body
