"""A neutral post as a Mastodon-like server writes it: Status, Account, MediaAttachment, Poll, PreviewCard, Quote."""
from html import escape
from urllib.parse import quote as percent

from .ids import iso
from .post import fold, tokens

FLAGS = ("favourited", "reblogged", "muted", "bookmarked", "pinned")
NEWER = {"avatar_description": "", "header_description": "", "hide_collections": None, "show_media": True,
         "show_media_replies": True, "show_featured": True,
         "feature_approval": {"automatic": ["public"], "manual": [], "current_user": "automatic"}}
SNAC_LACKS = ("application", "quotes_count", "quote", "quote_approval", "tagged_collections")
GOTOSOCIAL_LACKS = ("filtered", "quotes_count", "quote", "quote_approval", "tagged_collections")
AKKOMA_LACKS = ("filtered", "quotes_count", "quote_approval", "tagged_collections")


class Shape:
    def __init__(self, fake):
        self.fake = fake

    # text

    def html(self, post):
        """The content: the text as paragraphs, with links, mentions and hashtags as servers mark them."""
        if post.html is not None:
            return post.html
        paragraphs = ("<p>%s</p>" % self._inline(part) for part in post.text.split("\n\n"))
        return self._fallback(post) + "".join(paragraphs)

    def _fallback(self, post):
        quoted = self._quoted(post)
        if quoted is None or self.fake.personality != "mastodon":
            return ""
        url = escape(self.fake.page_of(quoted))
        return '<p class="quote-inline">RE: <a href="%s" rel="nofollow noopener">%s</a></p>' % (url, url)

    def _inline(self, text):
        out, done = [], 0
        for kind, value, start, end in tokens(text):
            out.append(escape(text[done:start], quote=False))
            out.append(getattr(self, "_" + kind)(value))
            done = end
        out.append(escape(text[done:], quote=False))
        return "".join(out).replace("\n", "<br />")

    def _tag(self, tag):
        return '<a href="%s" class="mention hashtag" rel="tag">#<span>%s</span></a>' % (
            self._tag_url(tag), escape(tag))

    def _tag_url(self, tag):
        return "https://%s/tags/%s" % (self.fake.domain, percent(fold(tag)))

    def _mention(self, name):
        author = self._author(name)
        if author is None:
            return "@" + escape(name)
        return '<span class="h-card" translate="no"><a href="%s" class="u-url mention">@<span>%s</span></a></span>' % (
            escape(self.page(author)), escape(name))

    def _url(self, url):
        scheme, _, rest = url.partition("://")
        shown, hidden = rest[:30], rest[30:]
        return ('<a href="%s" target="_blank" rel="nofollow noopener" translate="no">'
                '<span class="invisible">%s://</span><span class="%s">%s</span><span class="invisible">%s</span></a>') % (
            escape(url), scheme, "ellipsis" if hidden else "", escape(shown), escape(hidden))

    def page(self, author):
        return "%s/@%s" % (self.fake.home_of(author), author.username)

    def _author(self, name):
        return self.fake.shelf.authors.get(name)

    # objects

    def status(self, entry, depth=0):
        post, fake = entry.post, self.fake
        replied = fake.shelf.by_key.get(post.reply or "")
        status = {
            "id": entry.id, "created_at": iso(post.created),
            "in_reply_to_id": replied.id if replied else None,
            "in_reply_to_account_id": str(replied.post.author.number) if replied else None,
            "sensitive": post.sensitive or bool(post.spoiler), "spoiler_text": post.spoiler,
            "visibility": post.visibility, "language": post.lang, "uri": fake.uri_of(post), "url": fake.page_of(entry),
            "replies_count": post.counts.get("replies", 0), "reblogs_count": post.counts.get("reposts", 0),
            "favourites_count": post.counts.get("likes", 0), "quotes_count": post.counts.get("quotes", 0),
            "edited_at": iso(post.edited) if post.edited else None, "content": self.html(post), "filtered": [],
            "reblog": None, "application": None, "account": self.account(post.author, post.created),
            "media_attachments": [self.media(entry, n) for n in range(len(post.media))],
            "mentions": self._mentions(post),
            "tags": [{"name": fold(tag), "url": self._tag_url(tag)} for tag in post.hashtags],
            "emojis": self.emojis(post.emojis), "tagged_collections": [], "quote": self.quote(post, depth),
            "card": self.card(post.card), "poll": self.poll(entry),
            "quote_approval": {"automatic": ["public"], "manual": [], "current_user": "automatic"},
            **dict.fromkeys(FLAGS, False),
        }
        return self._adapt(status, entry)

    def _adapt(self, status, entry):
        kind = self.fake.personality
        if kind == "snac":
            status["text"] = entry.post.text
            status["created_at"] = status["created_at"][:-5] + ".000Z"
            status["reactions"] = []
        if kind == "akkoma":
            quoted = self._quoted(entry.post)
            status["quote_id"] = quoted.id if quoted else None
            status["emoji_reactions"] = []
            status["akkoma"] = {"source": {"content": entry.post.text, "mediaType": "text/plain"}}
            status["pleroma"] = {"local": entry.post.author.host == self.fake.domain, "conversation_id": None,
                                 "content": {"text/plain": entry.post.text}, "spoiler_text": {}}
        if kind == "gotosocial":
            status["content_type"] = "text/plain"
            status["interaction_policy"] = {"can_reply": {"always": ["public"], "with_approval": []}}
        lacks = {"snac": SNAC_LACKS, "gotosocial": GOTOSOCIAL_LACKS, "akkoma": AKKOMA_LACKS}.get(kind, ())
        for name in lacks:
            del status[name]
        return status

    def account(self, author, seen):
        is_local = author.host == self.fake.domain and self.fake.personality != "snac"
        avatar = author.avatar or "https://%s/avatars/original/missing.png" % author.host
        account = {
            "id": str(author.number), "username": author.username,
            "acct": author.username if is_local else "%s@%s" % (author.username, author.host),
            "display_name": author.name, "locked": author.locked, "bot": author.bot, "discoverable": True,
            "indexable": False, "group": False, "created_at": "2020-04-01T00:00:00.000Z",
            "note": "<p>%s</p>" % self._inline(author.bio) if author.bio else "", "url": self.page(author),
            "uri": self.fake.actor_of(author), "avatar": avatar, "avatar_static": avatar,
            "header": "", "header_static": "", "followers_count": 21, "following_count": 34, "statuses_count": 55,
            "last_status_at": iso(seen)[:10], "emojis": self.emojis(author.emojis), "fields": [],
        }
        if author.host == self.fake.domain:
            account["noindex"], account["roles"] = author.noindex, []
        if self.fake.personality == "mastodon":
            account.update(NEWER)
        return account

    def media(self, entry, n):
        one = entry.post.media[n]
        original = {"width": one.width, "height": one.height, "size": "%dx%d" % (one.width, one.height),
                    "aspect": one.width / max(1, one.height)}
        if one.duration is not None:
            original.update(duration=one.duration, frame_rate="30/1", bitrate=900_000)
        return {"id": "%s%d" % (entry.id, n), "type": one.kind, "url": one.url, "preview_url": one.preview,
                "remote_url": None, "meta": {"original": original, "focus": {"x": 0.0, "y": 0.0}},
                "description": one.alt, "blurhash": one.blurhash}

    def poll(self, entry):
        poll = entry.post.poll
        if poll is None:
            return None
        votes = sum(votes for _, votes in poll["options"])
        hidden = poll.get("hidden", False)
        expires = poll.get("expires", entry.post.created + 86_400_000)
        return {"id": str(entry.post.origin % 1_000_000), "expires_at": iso(expires),
                "expired": expires <= self.fake.clock * 1000, "multiple": poll.get("multiple", False),
                "votes_count": votes, "voters_count": None if hidden else votes, "emojis": [],
                "options": [{"title": title, "votes_count": None if hidden else count}
                            for title, count in poll["options"]]}

    def card(self, card):
        if card is None:
            return None
        return {"url": card["url"], "title": card["title"], "description": card.get("description", ""),
                "language": None, "type": "link", "authors": [], "author_name": "", "author_url": "",
                "provider_name": card.get("provider", ""), "provider_url": "", "html": "", "width": 0, "height": 0,
                "image": card.get("image"), "image_description": "", "embed_url": "", "blurhash": None,
                "published_at": None}

    def quote(self, post, depth):
        """Mastodon's quote object; one inside a quote holds an id only; Akkoma's is the status itself."""
        if post.quote is None:
            return None
        quoted = self._quoted(post)
        if self.fake.personality == "akkoma":
            return self.status(quoted, depth + 1) if quoted and depth == 0 else None
        if quoted is None:
            return {"state": "deleted", "quoted_status": None}
        state = post.quote_state
        if depth:
            return {"state": state, "quoted_status_id": quoted.id if state == "accepted" else None}
        return {"state": state, "quoted_status": self.status(quoted, 1) if state == "accepted" else None}

    def _quoted(self, post):
        """The entry that a post quotes, if it is there for everybody."""
        quoted = self.fake.shelf.by_key.get(post.quote or "")
        return quoted if quoted and quoted.post.visibility in ("public", "unlisted") else None

    def emojis(self, emojis):
        return [{"shortcode": code, "url": url, "static_url": url, "visible_in_picker": True}
                for code, url in emojis.items()]

    def _mentions(self, post):
        found = {}
        for kind, name, _, _ in tokens(post.text):
            author = self._author(name) if kind == "mention" else None
            if author:
                is_local = author.host == self.fake.domain
                found[name] = {"id": str(author.number), "username": name, "url": self.page(author),
                               "acct": name if is_local else "%s@%s" % (name, author.host)}
        return list(found.values())

    def instance(self, version):
        fake = self.fake
        feed = {"public": ("public", "public"), "local": ("public", "authenticated"),
                "disabled": ("disabled", "disabled")}.get(fake.access, ("authenticated", "authenticated"))
        about = {"title": "A test server", "version": fake.version, "description": "", "languages": ["ja", "en"],
                 "rules": [], "configuration": {"statuses": {"max_characters": 500, "max_media_attachments": 4},
                                                "polls": {"max_options": 4}}}
        if version == "1":
            return {"uri": fake.domain, **about}
        if fake.since(4, 5):
            feeds = dict(zip(("local", "remote"), feed))
            about["configuration"]["timelines_access"] = {"hashtag_feeds": feeds}
        return {"domain": fake.domain, "source_url": "https://code.example/server", **about}
