"""Personal archives, made for a test: small, with the shapes of the real ones."""
import io
import json
import tarfile
import zipfile

TWEET = 1057000000000000000


def tweet(n, text, at="Wed Oct 31 11:%02d:24 +0000 2018", *, tags=("ssmjp",), wrapped=True, **more):
    """A post as an X archive has it: numbers are strings."""
    made = {
        "edit_info": {"initial": {"editTweetIds": [str(TWEET + n)], "editableUntil": "2018-10-31T12:00:00.000Z",
                                  "editsRemaining": "5", "isEditEligible": True}},
        "retweeted": False, "source": "<a href=\"https://app.example\" rel=\"nofollow\">App</a>",
        "entities": {"hashtags": [{"text": tag, "indices": [str(text.find("#" + tag)), str(text.find("#" + tag) + len(tag) + 1)]}
                                  for tag in tags if "#" + tag in text],
                     "symbols": [], "user_mentions": [], "urls": []},
        "display_text_range": ["0", str(len(text))], "favorite_count": "3", "id_str": str(TWEET + n),
        "truncated": False, "retweet_count": "1", "id": str(TWEET + n), "created_at": at % n if "%" in at else at,
        "favorited": False, "full_text": text, "lang": "ja", **more,
    }
    return {"tweet": made} if wrapped else made


def ytd(name, values, part=0):
    return "window.YTD.%s.part%d = %s" % (name, part, json.dumps(values, ensure_ascii=False, indent=2))


ACCOUNT = [{"account": {"email": "hana@mail.example", "createdVia": "web", "username": "hana_x", "accountId": "77",
                        "createdAt": "2010-01-01T00:00:00.000Z", "accountDisplayName": "はな"}}]
PROFILE = [{"profile": {"description": {"bio": "運用", "website": "", "location": ""},
                        "avatarMediaUrl": "https://pbs.twimg.example/profile/a.jpg"}}]


OLD_USER = {"name": "はな", "screen_name": "hana_x", "protected": False, "id_str": "77", "id": 77, "verified": False,
            "profile_image_url_https": "https://pbs.twimg.example/profile_images/1/a_normal.jpg"}


def old_tweet(n, text, at="2013-05-01 03:%02d:05 +0000", *, tags=("ssmjp",), media=(), user=OLD_USER, **more):
    """A post as the first archives of X have it: its author inside, no type of a picture, its sizes a list."""
    return {
        "source": "web", "entities": {
            "user_mentions": [], "urls": [],
            "media": [{"expanded_url": "http://twitter.com/hana_x/status/1/photo/1", "indices": [0, 0], "url": "http://t.co/p", "id_str": "5",
                       "media_url": "http://pbs.twimg.example/media/" + name, "media_url_https": "https://pbs.twimg.example/media/" + name, "id": 5,
                       "sizes": [{"h": 480, "resize": "fit", "w": 640}], "display_url": "pic.twitter.com/p"} for name in media],
            "hashtags": [{"text": tag, "indices": [text.find("#" + tag), text.find("#" + tag) + len(tag) + 1]} for tag in tags if "#" + tag in text]},
        "geo": {}, "id_str": str(OLD_TWEET + n), "text": text, "id": OLD_TWEET + n, "created_at": at % n if "%" in at else at,
        **({"user": user} if user else {}), **more}


OLD_TWEET = 329000000000000000


def month(name, *tweets):
    return "Grailbird.data.tweets_%s = \n %s" % (name, json.dumps(list(tweets), indent=1).replace("/", "\\/"))


def old_files(months, bio="運用"):
    """The files of one of the first archives of X: months by their names."""
    details = {"screen_name": "hana_x", "location": "東京", "full_name": "はな", "bio": bio, "id": "77", "created_at": "2010-01-01 00:00:00 +0000"}
    files = {"README.txt": "read me", "index.html": "<html></html>", "tweets.csv": "tweet_id,text\n",
             "data/js/payload_details.js": "var payload_details = " + json.dumps({"tweets": 2, "created_at": "2013-06-01 00:00:00 +0000", "lang": "ja"}),
             "data/js/user_details.js": "var user_details =  " + json.dumps(details),
             "data/js/tweet_index.js": "var tweet_index =  " + json.dumps([{"file_name": "data/js/tweets/%s.js" % name} for name in months])}
    return files | {"data/js/tweets/%s.js" % name: month(name, *tweets) for name, tweets in months.items()}


def x_files(*tweets, **more):
    """The files of an X archive; more: "tweets_part1": a list."""
    files = {"data/manifest.js": "window.__THAR_CONFIG = {}", "data/account.js": ytd("account", ACCOUNT),
             "data/profile.js": ytd("profile", PROFILE), "data/tweets.js": ytd("tweets", list(tweets)),
             "data/deleted-tweets.js": ytd("deleted_tweets", [tweet(900, "消したはずの投稿")]),
             "data/twitter-circle-tweet.js": ytd("twitter_circle_tweet", [tweet(901, "仲間内の投稿")]),
             "data/direct-messages.js": ytd("direct_messages", [{"dmConversation": {"text": "私信です"}}])}
    files.update(more)
    return {name: text for name, text in files.items() if text is not None}


ACTOR = {
    "@context": "https://www.w3.org/ns/activitystreams", "id": "https://social.example/users/hana", "type": "Person",
    "preferredUsername": "hana", "name": "はな", "url": "https://social.example/@hana", "summary": "<p>運用</p>",
    "icon": {"type": "Image", "mediaType": "image/png", "url": "avatar.png"}, "inbox": "https://social.example/users/hana/inbox",
    "publicKey": {"id": "x", "publicKeyPem": "-----BEGIN PUBLIC KEY-----"}, "tag": [],
}
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
FOLLOWERS = "https://social.example/users/hana/followers"


def note(n, text, *, to=(PUBLIC,), cc=(FOLLOWERS,), tags=("ssmjp",), at="2018-10-31T11:%02d:24Z", **more):
    uri = "https://social.example/users/hana/statuses/%d" % (1000 + n)
    return {
        "id": uri, "type": "Note", "summary": None, "inReplyTo": None, "published": at % n if "%" in at else at,
        "url": "https://social.example/@hana/%d" % (1000 + n), "attributedTo": ACTOR["id"], "to": list(to), "cc": list(cc),
        "sensitive": False, "content": "<p>%s</p>" % text, "contentMap": {"ja": "<p>%s</p>" % text}, "attachment": [],
        "tag": [{"type": "Hashtag", "href": "https://social.example/tags/" + tag, "name": "#" + tag} for tag in tags], **more,
    }


def create(made):
    return {"id": made["id"] + "/activity", "type": "Create", "actor": ACTOR["id"], "published": made["published"],
            "to": made["to"], "cc": made["cc"], "object": made}


def announce(n):
    return {"id": "https://social.example/users/hana/statuses/%d/activity" % n, "type": "Announce", "actor": ACTOR["id"],
            "published": "2018-10-31T10:00:00Z", "to": [PUBLIC], "cc": [], "object": "https://other.example/notes/%d" % n}


def outbox(*items):
    return json.dumps({"@context": "https://www.w3.org/ns/activitystreams", "id": "outbox.json", "type": "OrderedCollection",
                       "totalItems": len(items), "orderedItems": list(items)}, ensure_ascii=False)


def m_files(*items, **more):
    files = {"outbox.json": outbox(*items), "likes.json": "{}", "actor.json": json.dumps(ACTOR, ensure_ascii=False)}
    files.update(more)
    return {name: text for name, text in files.items() if text is not None}


def as_bytes(text):
    return text if isinstance(text, bytes) else text.encode()


def folder(path, files):
    for name, text in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(as_bytes(text))
    return path


def zipped(path, files, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", method) as made:
        for name, text in files.items():
            made.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), as_bytes(text), method)
    return path


def locked(path, files):
    """A zip all of whose files say that they take a password: bit 0 of their flags (APPNOTE 4.4.4)."""
    zipped(path, files)
    bytes_ = bytearray(path.read_bytes())
    for magic, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = -1
        while (at := bytes_.find(magic, at + 1)) >= 0:
            bytes_[at + flags] |= 1
    path.write_bytes(bytes_)
    return path


def tarred(path, files, mode="w:gz"):
    with tarfile.open(path, mode) as made:
        for name, text in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(as_bytes(text))
            made.addfile(entry, io.BytesIO(as_bytes(text)))
    return path
