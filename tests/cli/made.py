"""Answers of both networks, made for a test: small, with the shapes of the real ones."""
import json

SLUG = "ssmjp-2026-10-30"    # the thread of the example
LISTED = 201                   # posts of the example that a search lists
CHOSEN = 198                   # posts of the example that `thread add --all` takes


def status(n, text="本日の #ssmjp", *, at="2026-10-30T11:00:00.000Z", user="hana", name="はな", tags=("ssmjp",), **more):
    """A Mastodon status; text is plain, content may be given as HTML."""
    content = "<p>%s</p>" % text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br />")
    return {
        "id": str(n), "created_at": at, "uri": "https://social.example/users/%s/statuses/%s" % (user, n),
        "url": "https://social.example/@%s/%s" % (user, n), "content": content, "visibility": "public",
        "language": "ja", "spoiler_text": "", "sensitive": False, "in_reply_to_id": None, "reblog": None,
        "media_attachments": [], "mentions": [], "emojis": [], "poll": None, "card": None, "edited_at": None,
        "tags": [{"name": tag, "url": "https://social.example/tags/" + tag} for tag in tags],
        "account": {
            "id": "1" + str(sum(map(ord, user))), "username": user, "acct": user, "display_name": name,
            "url": "https://social.example/@" + user, "uri": "https://social.example/users/" + user, "note": "",
            "avatar": "https://social.example/avatar.png", "emojis": [], "fields": [], "locked": False, "bot": False,
        },
        **more,
    }


def x_page(*texts):
    """A page of X's recent search by one person."""
    base = 2116003551235765188
    return {
        "data": [{"id": str(base + n), "edit_history_tweet_ids": [str(base + n)], "author_id": "77", "text": text,
                  "created_at": "2026-10-30T10:%02d:00.000Z" % n, "lang": "ja", "conversation_id": str(base + n)}
                 for n, text in enumerate(texts)],
        "includes": {"users": [{"id": "77", "username": "sleepy_operator_x", "name": "当番"}]},
        "meta": {"result_count": len(texts), "newest_id": str(base), "oldest_id": str(base)},
    }


def lines(*values):
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)


def objects(text):
    """What a program printed, one JSON object a line."""
    return [json.loads(line) for line in text.splitlines()]


def give(archive, *statuses):
    """Imports statuses and says what the program printed."""
    return archive.ok("import", "-", stdin=json.dumps(list(statuses)))
