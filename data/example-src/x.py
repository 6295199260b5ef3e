"""The evening as the search of X API v2 answers it: posts with entities, includes, pages, headers."""

import json
import re

import markup
from story import draw, iso, letters

API = "https://api.x.example"
PAGE = 20       # posts at most, however many are asked for: X shows fewer when it likes

# What a post, a user, a picture and a poll show though nobody asked.
ALWAYS = {"tweet": {"id", "text", "edit_history_tweet_ids"}, "user": {"id", "name", "username"},
          "media": {"media_key", "type"}, "poll": {"id", "options"}}
SEARCH = {"query", "max_results", "next_token", "expansions", "start_time", "tweet.fields", "user.fields", "media.fields",
          "poll.fields"}
EXPANSIONS = {"author_id", "attachments.media_keys", "attachments.poll_ids", "referenced_tweets.id",
              "referenced_tweets.id.author_id", "referenced_tweets.id.attachments.media_keys"}

ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
TOKEN = re.compile(markup.TOKEN.pattern + r"|(?<!\S)\$(?P<cash>[A-Za-z]{1,6})(?!\w)")
LIGHT = ((0, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
LONGEST = 280


def known(given, names):
    if set(given) - names:
        raise KeyError(sorted(set(given) - names))
    return given


class Wanted:
    """What a request asks to be shown."""

    def __init__(self, query):
        self.expansions = known(set(filter(None, query.get("expansions", "").split(","))), EXPANSIONS)
        self.fields = {kind: always | set(query.get(kind + ".fields", "").split(","))
                       for kind, always in ALWAYS.items()}

    def cut(self, kind, row):
        return {name: value for name, value in row.items() if name in self.fields[kind]}


def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def short(name):
    """A t.co address two letters longer than X makes them, so that it leads nowhere."""
    return "https://t.co/" + letters("t.co" + name, 12, ALPHANUMERIC)


def display(url, longest=26):
    bare = url.split("://", 1)[1]
    return bare if len(bare) <= longest else bare[:longest] + "…"


def weight(text):
    """Its length as X counts it: twice for what is not Latin, 23 for a link."""
    shorter = TOKEN.sub(lambda m: "u" * 23 if m["url"] else m[0], text)
    return sum(1 if any(low <= ord(c) <= high for low, high in LIGHT) else 2 for c in shorter)


def seconds(ms):
    return ms // 1000 * 1000


class Text:
    """A text as delivered, with the entities that point into it by code points of the escaped text."""

    def __init__(self, api):
        self.api = api
        self.text = ""
        self.entities = {}

    def add(self, text):
        self.text += escape(text)

    def mark(self, kind, shown, **facts):
        start = len(self.text)
        self.add(shown)
        self.entities.setdefault(kind, []).append({"start": start, "end": len(self.text), **facts})

    def annotate(self, shown, kind, probability):
        """What X believes to be a name; unlike all others its end is inclusive."""
        start = self.text.index(shown)
        self.entities.setdefault("annotations", []).append({
            "start": start, "end": start + len(shown) - 1, "probability": probability, "type": kind,
            "normalized_text": shown})

    def say(self, text):
        at = 0
        for match in TOKEN.finditer(text):
            self.add(text[at:match.start()])
            at = match.end()
            self.mark_token(match)
        self.add(text[at:])
        return self

    def mark_token(self, match):
        if match["url"]:
            url = match["url"]
            self.mark("urls", short(url), url=short(url), expanded_url=url, display_url=display(url),
                      **self.api.preview(url))
        elif match["tag"]:
            self.mark("hashtags", match[0], tag=match["tag"])
        elif match["cash"]:
            self.mark("cashtags", match[0], tag=match["cash"])
        else:
            account = self.api.evening.accounts[match["who"]]
            self.mark("mentions", "@" + account.user, username=account.user, id=account.id)

    def tail(self, name, url, shown, **facts):
        """A link that X itself puts at the end: to a picture, a quoted post, the rest of a long one."""
        self.add(" ")
        self.mark("urls", short(name), url=short(name), expanded_url=url, display_url=shown, **facts)
        return self


class Api:
    source = "x:" + API
    host = "api.x.example"
    base = API

    def __init__(self, evening):
        self.evening = evening
        self.tokens = ["b26v89c19zqg8o3f" + letters(f"token{place}", 29, ALPHANUMERIC[26:])
                       for place in range(len(evening.shown("x")))]

    def preview(self, url):
        link = self.evening.links.get(url)
        if not link:
            return {}
        out = {}
        if "image" in link:
            width, height = link["image"]
            place = f"https://pbs.example/news_img/{draw('news' + url, 10 ** 18) + 10 ** 18}/" \
                    f"{letters('news' + url, 8, ALPHANUMERIC)}?format=jpg&name="
            out["images"] = [{"url": place + "orig", "width": width, "height": height},
                             {"url": place + "150x150", "width": 150, "height": 150}]
        return out | {"status": 200, "title": link["title"], "description": link["description"], "unwound_url": url}

    @staticmethod
    def url(post):
        return f"{post.by.url}/status/{post.id}"

    def spoken(self, post):
        return f"@{{{post.parent.by.key}}} {post.text}" if post.parent and post.parent.by is not post.by else post.text

    def delivered(self, post):
        """The short text, and the whole one if it is too long for it."""
        text = self.spoken(post)
        if weight(text) <= LONGEST:
            made, note = Text(self).say(text), None
        else:
            made = Text(self).say(self.head(text) + "…")
            made.tail("long" + post.key, self.url(post), display(self.url(post)))
            note = Text(self).say(text)
        for key, item in zip(self.media_keys(post), post.media):
            kind = "video" if item["kind"] == "video" else "photo"
            made.tail("media" + post.key, f"{self.url(post)}/{kind}/1",
                      "pic.x.com/" + letters("pic" + post.key, 12, ALPHANUMERIC), media_key=key)
        if post.quoted:
            made.tail("quote" + post.key, self.url(post.quoted), display(self.url(post.quoted)))
        return made, note

    @staticmethod
    def head(text):
        cut = len(text)
        while weight(text[:cut]) > LONGEST - 26:
            cut -= 1
        return text[:cut]

    @staticmethod
    def media_keys(post):
        return [f"{'7' if item['kind'] == 'video' else '3'}_{int(post.versions[0]) - 4194304 * 9000 - i}"
                for i, item in enumerate(post.media)]

    @staticmethod
    def poll_id(post):
        return str(int(post.versions[0]) - 4194304 * 11)

    def root(self, post):
        return self.root(post.parent) if post.parent else post.versions[0]

    def referenced(self, post):
        pairs = (("quoted", post.quoted), ("replied_to", post.parent))
        return [{"type": kind, "id": other.id} for kind, other in pairs if other]

    def post(self, post):
        text, note = self.delivered(post)
        row = {}
        if post.media or post.poll:
            row["attachments"] = {"media_keys": self.media_keys(post)} if post.media \
                else {"poll_ids": [self.poll_id(post)]}
        row |= {
            "author_id": post.by.id, "conversation_id": self.root(post),
            "created_at": iso(seconds(post.edited_ms or post.first_ms)),
            "edit_controls": {
                "edits_remaining": 5 - len(post.versions) + 1,
                "is_edit_eligible": not (post.parent or post.poll),
                "editable_until": iso(seconds(post.first_ms) + 30 * 60000),
            },
            "edit_history_tweet_ids": post.versions,
        }
        for shown, kind, probability in post.row.get("annotations", []):
            text.annotate(shown, kind, probability)
        if text.entities:
            row["entities"] = text.entities
        row["id"] = post.id
        if post.parent:
            row["in_reply_to_user_id"] = post.parent.by.id
        row["lang"] = post.lang
        if note:
            row["note_tweet"] = {"text": note.text, "entities": note.entities}
        row |= {"possibly_sensitive": False, "public_metrics": self.metrics(post)}
        if post.parent or post.quoted:
            row["referenced_tweets"] = self.referenced(post)
        return row | {"text": text.text}

    @staticmethod
    def metrics(post):
        return {
            "retweet_count": post.boosts, "like_count": post.likes, "reply_count": post.replies,
            "quote_count": post.quotes, "bookmark_count": post.likes // 9,
            "impression_count": post.likes * 23 + 190 + draw("seen" + post.key, 400),
        }

    @staticmethod
    def user(account):
        picture = f"https://pbs.example/profile_images/{int(account.id) + 77}/" \
                  f"{letters('face' + account.key, 8, ALPHANUMERIC)}_normal.jpg"
        return {"description": account.bio, "id": account.id, "name": account.name,
                "profile_image_url": picture, "protected": False, "username": account.user}

    def media(self, post):
        for key, item in zip(self.media_keys(post), post.media):
            leaf = letters("file" + key, 15, ALPHANUMERIC)
            row = {"alt_text": item["alt"]} if "alt" in item else {}
            row |= {"height": item["h"], "media_key": key, "type": item["kind"], "width": item["w"]}
            if item["kind"] == "video":
                place = f"https://video.example/ext_tw_video/{key[2:]}/pu"
                row |= {"duration_ms": item["ms"], "variants": self.variants(place, leaf),
                        "preview_image_url": f"https://pbs.example/ext_tw_video_thumb/{key[2:]}/pu/img/{leaf}.jpg"}
            else:
                row["url"] = f"https://pbs.example/media/{leaf}.jpg"
            yield dict(sorted(row.items()))

    @staticmethod
    def variants(place, leaf):
        sizes = ((256000, "480x270"), (832000, "640x360"), (2176000, "1280x720"))
        return [{"content_type": "application/x-mpegURL", "url": f"{place}/pl/{leaf}.m3u8?tag=12"}] + \
            [{"bit_rate": rate, "content_type": "video/mp4", "url": f"{place}/vid/avc1/{size}/{leaf}.mp4?tag=12"}
             for rate, size in sizes]

    def poll(self, post):
        ends = seconds(post.first_ms) + post.poll["minutes"] * 60000
        closed = ends <= self.evening.recorded.timestamp() * 1000
        return {
            "duration_minutes": post.poll["minutes"], "end_datetime": iso(ends), "id": self.poll_id(post),
            "options": [{"position": i, "label": label, "votes": votes}
                        for i, (label, votes) in enumerate(post.poll["options"], 1)],
            "voting_status": "closed" if closed else "open",
        }

    def includes(self, posts, wanted):
        others = dict.fromkeys(o for p in posts for o in (p.quoted, p.parent) if o and not o.gone)
        asked = wanted.expansions
        authors = [p.by for p in posts if "author_id" in asked]
        authors += [p.by for p in others if "referenced_tweets.id.author_id" in asked]
        holders = [p for p in posts if "attachments.media_keys" in asked]
        holders += [p for p in others if "referenced_tweets.id.attachments.media_keys" in asked]
        lists = {
            "media": [wanted.cut("media", row) for p in dict.fromkeys(holders) for row in self.media(p)],
            "polls": [wanted.cut("poll", self.poll(p)) for p in posts if p.poll and "attachments.poll_ids" in asked],
            "tweets": [wanted.cut("tweet", self.post(p)) for p in others if "referenced_tweets.id" in asked],
            "users": [wanted.cut("user", self.user(account)) for account in dict.fromkeys(authors)],
        }
        return {name: rows for name, rows in lists.items() if rows}

    @staticmethod
    def missing(posts):
        return [{
            "value": p.parent.id, "detail": f"Could not find tweet with referenced_tweets.id: [{p.parent.id}].",
            "title": "Not Found Error", "resource_type": "tweet", "parameter": "referenced_tweets.id",
            "resource_id": p.parent.id, "type": API + "/2/problems/resource-not-found",
        } for p in posts if p.parent and p.parent.gone]

    def page(self, posts, wanted, token):
        page = {"data": [wanted.cut("tweet", self.post(p)) for p in posts]}
        if "referenced_tweets.id" in wanted.expansions and self.missing(posts):
            page["errors"] = self.missing(posts)
        meta = {"newest_id": posts[0].id, "oldest_id": posts[-1].id, "result_count": len(posts)}
        if token:
            meta["next_token"] = token
        includes = self.includes(posts, wanted)
        return page | ({"includes": includes} if includes else {}) | {"meta": dict(sorted(meta.items()))}

    def search(self, query):
        """A page of the search; a token stands for the posts that were shown before."""
        if known(query, SEARCH)["query"].lower() != "#" + self.evening.tag:
            raise ValueError(query["query"])
        since = query.get("start_time", "")
        posts = [p for p in self.evening.shown("x") if iso(p.edited_ms or p.first_ms) >= since]
        start = self.tokens.index(query.get("next_token", "")) if "next_token" in query else 0
        size = int(query.get("max_results", 10))
        if not 10 <= size <= 100:
            raise ValueError(size)
        size = min(size, PAGE)
        rest = posts[start + size:]
        return self.page(posts[start:start + size], Wanted(query), self.tokens[start + size] if rest else "")

    def users(self, query):
        """The accounts with these ids."""
        known(query, {"ids", "user.fields"})
        accounts = {account.id: account for account in self.evening.accounts.values() if account.net == "x"}
        return {"data": [Wanted(query).cut("user", self.user(accounts[number])) for number in query["ids"].split(",")]}

    def answer(self, request):
        """The headers and the body."""
        call = {"/2/tweets/search/recent": self.search, "/2/users": self.users}[request.path]
        return self.wrap(call(request.query), request.number)

    def wrap(self, page, number):
        body = json.dumps(page, ensure_ascii=False, indent=2)
        for sign in "&<>":
            body = body.replace(sign, f"\\u{ord(sign):04x}")
        date = self.evening.recorded
        headers = [
            ("Content-Type", "application/json; charset=utf-8"), ("Strict-Transport-Security", "max-age=631138519"),
            ("X-Access-Level", "read"), ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "SAMEORIGIN"),
            ("X-Rate-Limit-Limit", "450"), ("X-Rate-Limit-Remaining", str(450 - number)),
            ("X-Rate-Limit-Reset", str(int(date.timestamp()) + 900)),
            ("X-Response-Time", str(80 + draw(f"time{number}", 90))), ("X-Xss-Protection", "0"),
            ("Date", f"{date:%a, %d %b %Y %H:%M}:{number:02d} GMT"),
        ]
        return headers, body.encode()
