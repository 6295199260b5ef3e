"""archive import: one's own archives of X and of Mastodon, as zip, tar.gz or folder."""
import hashlib
import json
import os
import sqlite3

import pytest

import archives
from archives import ACTOR, FOLLOWERS, OLD_TWEET, OLD_USER, PUBLIC, announce, create, m_files, note, old_files, old_tweet, outbox, tweet, x_files, ytd
from made import lines, objects

pytest_plugins = ["evenings"]

PACKINGS = {
    "zip": lambda path, files: archives.zipped(path / "a.zip", files),
    "stored": lambda path, files: archives.zipped(path / "a.zip", files, 0),
    "tar.gz": lambda path, files: archives.tarred(path / "a.tar.gz", files),
    "tar": lambda path, files: archives.tarred(path / "a.tar", files, "w"),
    "folder": lambda path, files: archives.folder(path / "a", files),
    "inside a folder": lambda path, files: archives.zipped(path / "a.zip", {"x-2026/" + k: v for k, v in files.items()}),
}


@pytest.fixture(params=list(PACKINGS))
def packed(request, archive):
    return lambda files: PACKINGS[request.param](archive.home, files)


@pytest.fixture
def zipped(archive):
    return lambda files: archives.zipped(archive.home / "a.zip", files)


def evidence(archive):
    from holes.scene import unpack
    with sqlite3.connect(archive.store) as db:
        return b"".join(unpack(body, size) for body, size in db.execute("SELECT body, size FROM answer"))


def found(archive, *words):
    return objects(archive.ok("--json", "search", "--limit", "1000", *words))


# ---- X ----

X = [tweet(1, "一つ目 #ssmjp"), tweet(2, "二つ目 #ssmjp"), tweet(3, "RT @other: 他人の投稿 #ssmjp")]
X_SAID = "an archive of X: 2 posts new, 0 seen before, 2018-10-31 20:01 to 20:02; 1 repost of other people's posts, left out\n"


def test_an_archive_of_x_in_any_packing(archive, packed):
    assert archive.ok("import", packed(x_files(*X))) == X_SAID
    two, one = found(archive)
    assert (one["text"], one["uri"], one["url"]) == (
        "一つ目 #ssmjp", "https://x.com/i/status/%d" % (archives.TWEET + 1), "https://x.com/hana_x/status/%d" % (archives.TWEET + 1))
    assert (one["author"]["handle"], one["author"]["name"], one["tags"], one["lang"]) == ("@hana_x", "はな", ["ssmjp"], "ja")
    assert two["created_at"] == "2018-10-31T11:02:24Z"


def test_nothing_but_ones_own_public_posts_is_kept(archive, packed):
    archive.ok("import", packed(x_files(*X)))
    kept = evidence(archive)
    for secret in ("消したはずの投稿", "仲間内の投稿", "私信です", "他人の投稿", "hana@mail.example"):
        assert secret.encode() not in kept


@pytest.mark.parametrize("files", [x_files(*X), m_files(create(note(1, "x")))], ids=["X", "Mastodon"])
def test_a_zip_with_a_password_is_refused_with_the_cure(archive, files):
    done = archive.run("import", archives.locked(archive.home / "a.zip", files))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "archive: %s is encrypted: unpack it with its password first, then import the folder\n" % (archive.home / "a.zip")
    assert json.loads(archive.ok("--json", "status"))["files"] == []


@pytest.mark.parametrize("names", [["data/tweet.js"], ["data/tweets.js", "data/tweets-part1.js", "data/tweets-part12.js"]])
def test_every_name_that_the_posts_had(archive, zipped, names):
    files = x_files(**{"data/tweets.js": None})
    for n, name in enumerate(names):
        files[name] = ytd("tweets", [tweet(n + 1, "投稿 %d" % n)], n) + ";\n"
    assert archive.ok("import", zipped(files)).startswith("an archive of X: %s new" % (
        "1 post" if len(names) == 1 else "%d posts" % len(names)))


def test_an_archive_whose_elements_are_not_wrapped(archive, zipped):
    files = x_files(**{"data/tweets.js": ytd("tweet", [tweet(1, "素の投稿", wrapped=False)])})
    assert "1 post new" in archive.ok("import", zipped(files))


def test_an_account_behind_the_posts_is_found(archive):
    files = x_files(*X)
    last = {**{name: files[name] for name in files if name != "data/account.js"}, "data/account.js": files["data/account.js"]}
    for path in (archives.tarred(archive.home / "a.tar.gz", last), archives.zipped(archive.home / "a.zip", last)):
        archive.ok("import", path)
        assert {post["author"]["handle"] for post in found(archive)} == {"@hana_x"}


def test_links_pictures_and_films_of_a_post(archive, zipped):
    text = "資料 https://t.co/abc です @taro https://t.co/pic"
    photo = {"expanded_url": "https://twitter.com/hana_x/status/1/photo/1", "indices": ["28", "44"], "url": "https://t.co/pic",
             "media_url": "http://pbs.twimg.example/media/a.jpg", "id_str": "5", "media_url_https": "https://pbs.twimg.example/media/a.jpg",
             "sizes": {"large": {"w": "1200", "h": "800", "resize": "fit"}}, "type": "photo", "display_url": "pic.x.com/pic"}
    film = {**photo, "type": "video", "media_url_https": "https://pbs.twimg.example/still.jpg", "video_info": {
        "duration_millis": "12000", "variants": [
            {"bitrate": "256000", "content_type": "video/mp4", "url": "https://video.twimg.example/low.mp4"},
            {"bitrate": "2176000", "content_type": "video/mp4", "url": "https://video.twimg.example/high.mp4"},
            {"content_type": "application/x-mpegURL", "url": "https://video.twimg.example/a.m3u8"}]}}
    made = tweet(1, text)
    made["tweet"]["entities"].update(
        urls=[{"url": "https://t.co/abc", "expanded_url": "https://slides.example/deck", "display_url": "slides.example/deck",
               "indices": ["3", "19"]}],
        user_mentions=[{"name": "太郎", "screen_name": "taro", "indices": ["23", "28"], "id_str": "9", "id": "9"}], media=[photo])
    made["tweet"]["extended_entities"] = {"media": [photo, film]}
    archive.ok("import", zipped(x_files(made)))
    [post] = found(archive)
    assert post["text"] == "資料 slides.example/deck です @taro"
    assert 'href="https://slides.example/deck"' in post["html"] and 'href="https://x.com/taro"' in post["html"]
    assert [(m["kind"], m["url"], m["preview"]) for m in post["media"]] == [
        ("image", "https://pbs.twimg.example/media/a.jpg", None),
        ("video", "https://video.twimg.example/high.mp4", "https://pbs.twimg.example/still.jpg")]


def long_post(n, text, second="2018-10-31T11:%02d:24.000Z"):
    return {"noteTweet": {"noteTweetId": "9", "createdAt": second % n, "updatedAt": second % n, "lifecycle": {}, "core": {
        "styletags": [], "urls": [], "text": text, "mentions": [], "cashtags": [],
        "hashtags": [{"text": "ssmjp", "fromIndex": "0", "toIndex": "6"}] if "#ssmjp" in text else []}}}


def test_a_long_post_is_whole_when_it_begins_as_the_cut_one(archive, zipped):
    whole = "#ssmjp とても長い話の始まりは" + "続く" * 200
    files = x_files(tweet(1, "#ssmjp とても長い話の始まりは続く続く… https://t.co/rest"), tweet(2, "同じ秒の別の短い話です"),
                    **{"data/note-tweet.js": ytd("note_tweet", [long_post(1, whole), long_post(2, "まったく違う書き出しの長い話")])})
    archive.ok("import", zipped(files))
    short, long = found(archive)
    assert (long["text"], long["tags"]) == (whole, ["ssmjp"])
    assert short["text"] == "同じ秒の別の短い話です"


@pytest.mark.parametrize("tags", [[], ["infra"], [{"tag": "infra"}]])
def test_a_long_post_has_the_hashtags_of_its_beginning_and_its_own(archive, zipped, tags):
    note = long_post(1, "#ssmjp とても長い話の始まりは" + "続く" * 200 + " #infra")
    note["noteTweet"]["core"]["hashtags"] = tags
    archive.ok("import", zipped(x_files(tweet(1, "#ssmjp とても長い話の始まりは続く続く…"), **{"data/note-tweet.js": ytd("note_tweet", [note])})))
    post, = found(archive)
    assert sorted(post["tags"]) == (["infra", "ssmjp"] if tags else ["ssmjp"])


@pytest.mark.parametrize("order", [1, -1])
def test_of_an_edited_post_the_last_version_stays(archive, zipped, order):
    first, second = tweet(1, "誤字のある文"), tweet(5, "直した文")
    second["tweet"]["edit_info"] = {"edit": {"initialTweetId": str(archives.TWEET + 1), "editControlInitial": {
        "editTweetIds": [str(archives.TWEET + 1), str(archives.TWEET + 5)]}}}
    archive.ok("import", zipped(x_files(*[first, second][::order])))
    assert [post["text"] for post in found(archive)] == ["直した文"]


def test_what_only_followers_could_read_is_left_out(archive, zipped):
    files = x_files(*X[:2], **{"data/protected-history.js": ytd("protected_history", [
        {"protectedHistory": {"protectedAt": "2017-01-01T00:00:00.000Z", "action": "Unprotect"}},
        {"protectedHistory": {"protectedAt": "2018-01-01T00:00:00.000Z", "action": "Protect"}}])})
    assert archive.ok("import", zipped(files)) == "an archive of X: 0 posts new, 0 seen before; 2 not public, left out\n"


def test_an_archive_that_does_not_say_whose_it_is(archive, zipped):
    done = archive.run("import", zipped(x_files(*X, **{"data/account.js": None})))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "archive: %s/a.zip does not say whose posts it holds: data/account.js is missing in it\n" % archive.home


def test_a_single_file_of_an_archive_is_not_enough(archive):
    path = archives.folder(archive.home / "a", x_files(*X)) / "data/tweets.js"
    done = archive.run("import", path)
    assert done.returncode == 2 and "name the whole archive, zip or folder" in done.stderr


def test_what_is_forgotten_goes_out_of_the_evidence_of_an_archive(archive, zipped):
    archive.ok("import", zipped(x_files(*X)))
    archive.ok("forget", "--yes", "https://x.com/hana_x/status/%d" % (archives.TWEET + 1))
    kept = evidence(archive)
    assert "一つ目".encode() not in kept and "二つ目".encode() in kept
    assert archive.ok("import", "--again", archive.home / "a.zip").startswith("an archive of X: 0 posts new, 1 seen before")
    assert [post["text"] for post in found(archive)] == ["二つ目 #ssmjp"]


def test_a_part_of_an_archive(archive, zipped):
    made = zipped(x_files(*X, tweet(4, "別の話 #other", tags=("other",))))
    assert archive.ok("import", "--only-tag", "ssmjp", made).startswith("an archive of X: 2 posts new")
    assert "別の話".encode() not in evidence(archive)


# ---- X, 2012 to 2018 ----

OLD = {"2013_05": [old_tweet(2, "二つ目 #ssmjp &lt;x&gt;"), old_tweet(1, "一つ目 #ssmjp", media=["a.jpg"])],
       "2013_04": [old_tweet(-9, "RT @taro: 他人の投稿 #ssmjp", at="2013-04-01 00:00:00 +0000",
                             retweeted_status=old_tweet(-100, "他人の投稿 #ssmjp", user={**OLD_USER, "id_str": "9", "screen_name": "taro"}))]}
OLD_SAID = "2 posts new, 0 seen before, 2013-05-01 12:01 to 12:02; 1 repost of other people's posts, left out\n"


def test_one_of_the_first_archives_of_x_in_any_packing(archive, packed):
    assert archive.ok("import", packed(old_files(OLD))) == "an archive of X: " + OLD_SAID
    two, one = found(archive)
    assert (one["text"], one["uri"], one["url"], one["created_at"], one["tags"]) == (
        "一つ目 #ssmjp", "https://x.com/i/status/%d" % (OLD_TWEET + 1), "https://x.com/hana_x/status/%d" % (OLD_TWEET + 1), "2013-05-01T03:01:05Z", ["ssmjp"])
    assert (one["author"]["handle"], one["author"]["name"], two["text"]) == ("@hana_x", "はな", "二つ目 #ssmjp <x>")
    assert [(m["kind"], m["url"]) for m in one["media"]] == [("image", "https://pbs.twimg.example/media/a.jpg")]
    assert one["files"][0]["place"].startswith("data/js/tweets/2013_05.js line ") or "x-2026/" in one["files"][0]["place"]
    assert "他人の投稿".encode() not in evidence(archive)
    archive.ok("rebuild")
    assert found(archive) == [two, one]


def test_months_of_it_alone(archive):
    base = archives.folder(archive.home / "a", old_files(OLD)) / "data/js/tweets"
    done = archive.ok("import", base / "2013_05.js", base / "2013_04.js").splitlines()
    assert done[-1] + "\n" == "together: " + OLD_SAID
    assert [post["author"]["handle"] for post in found(archive)] == ["@hana_x"] * 2


def test_a_month_without_its_author_is_not_understood(archive, zipped):
    done = archive.run("import", zipped(old_files({"2013_05": [old_tweet(1, "誰の"), old_tweet(2, "誰か", user=None)]})))
    assert done.returncode == 3 and "1 post new" in done.stdout and "1 not understood, left out (from data/js/tweets/2013_05.js line " in done.stdout


def test_who_said_no_in_those_days_is_not_archived(archive, zipped):
    archive.ok("import", zipped(old_files(OLD, bio="運用 \"x\" #noarchive")))
    assert found(archive) == [] and "一つ目".encode() not in evidence(archive)


def test_a_protected_account_of_those_days(archive, zipped):
    made = zipped(old_files({"2013_05": [old_tweet(1, "内緒", user={**OLD_USER, "protected": True})]}))
    assert archive.ok("import", made) == "an archive of X: 0 posts new, 0 seen before; 1 not public, left out\n"


@pytest.mark.parametrize("details", ["", "var user_details = [", 'var user_details = {"bio": {"x": 1}}', "var user_details = {\"bio\": \"\\u0000\"}"])
def test_a_damaged_description_of_the_owner_costs_nothing_else(archive, zipped, details):
    assert "2 posts new" in archive.ok("import", zipped({**old_files(OLD), "data/js/user_details.js": details}))


# ---- X, API v1.1 ----

def test_answers_of_the_older_api(archive):
    user = {"id": 77, "id_str": "77", "name": "はな", "screen_name": "hana_x", "protected": False,
            "profile_image_url_https": "https://pbs.twimg.example/a.jpg"}
    other = {**user, "id": 78, "id_str": "78", "screen_name": "taro", "name": "太郎"}
    old = {"created_at": "Wed Oct 31 11:01:24 +0000 2018", "id": 1057000000000000001, "id_str": "1057000000000000001",
           "full_text": "引用します #ssmjp", "entities": {"hashtags": [{"text": "ssmjp", "indices": [6, 12]}]}, "user": user,
           "is_quote_status": True, "quoted_status_id_str": "1056000000000000002", "retweet_count": 2, "favorite_count": 5,
           "quoted_status": {"created_at": "Wed Oct 31 10:01:24 +0000 2018", "id_str": "1056000000000000002",
                             "full_text": "元の話", "entities": {}, "user": other}}
    again = {"created_at": "Wed Oct 31 11:05:24 +0000 2018", "id_str": "1057000000000000009", "full_text": "RT @taro: 元の話",
             "entities": {}, "user": user, "retweeted_status": old["quoted_status"]}
    locked = {**old, "id": 3, "id_str": "1057000000000000003", "full_text": "鍵の話", "user": {**user, "id": 5, "id_str": "5", "protected": True}}
    said = "1 post new, 0 seen before, 2018-10-31 20:01; 1 not public, left out; 1 repost of other people's posts, left out\n"
    for n, text in enumerate([json.dumps([old, again, locked]), lines(old, again, locked),
                              json.dumps({"statuses": [old, again, locked], "search_metadata": {"count": 3}})]):
        store = ["--store", "%d.db" % n]
        assert archive.ok(*store, "import", "-", stdin=text) == said
        two, one = objects(archive.ok(*store, "--json", "search"))
        assert (two["text"], two["author"]["handle"], two["quote_of"]["uri"] if isinstance(two["quote_of"], dict) else two["quote_of"]) == (
            "引用します #ssmjp", "@hana_x", "https://x.com/i/status/1056000000000000002")
        assert (one["text"], one["author"]["handle"]) == ("元の話", "@taro")


def test_what_twarc2_keeps_as_pages_and_flattened(archive):
    user = {"id": "77", "username": "hana_x", "name": "はな", "profile_image_url": "https://pbs.twimg.example/a_normal.jpg"}
    media = {"media_key": "3_1", "type": "photo", "url": "https://pbs.twimg.example/m.jpg", "alt_text": "会場"}
    twarc = {"url": "https://api.x.example/2/tweets/search/all", "version": "2.14.1", "retrieved_at": "2026-01-01T00:00:00+00:00"}

    def post(n):
        return {"id": str(2116003551235765188 + n), "text": "投稿 %d #ssmjp" % n, "author_id": "77", "created_at": "2026-10-30T10:%02d:00.000Z" % n,
                "conversation_id": str(2116003551235765188 + n), "attachments": {"media_keys": ["3_1"]}}

    page = {"data": [post(1)], "includes": {"users": [user], "media": [media]}, "meta": {"result_count": 1}, "__twarc": twarc}
    flat = {**post(2), "author": user, "attachments": {"media_keys": ["3_1"], "media": [media]}, "__twarc": twarc,
            "referenced_tweets": [{"type": "replied_to", **post(1), "author": user}]}
    errors = {"errors": [{"type": "https://api.twitter.com/2/problems/resource-not-found", "title": "Not Found Error"}], "__twarc": twarc}
    assert archive.ok("import", "-", stdin=lines(page, errors, flat)) == "2 posts new, 0 seen before, 2026-10-30 19:01 to 19:02\n"
    for made in found(archive):
        assert made["author"]["handle"] == "@hana_x" and [m["alt"] for m in made["media"]] == ["会場"]


# ---- Mastodon ----

M = [create(note(1, "一つ目 #ssmjp")), announce(5), create(note(2, "未収載", to=(FOLLOWERS,), cc=(PUBLIC,))),
     create(note(3, "内緒話", to=(FOLLOWERS,), cc=())), create(note(4, "密談", to=("https://other.example/users/taro",), cc=()))]
M_SAID = ("an archive of Mastodon: 2 posts new, 0 seen before, 2018-10-31 20:01 to 20:02; 2 not public, left out; "
          "1 repost of other people's posts, left out\n")


def test_an_archive_of_mastodon_in_any_packing(archive, packed):
    assert archive.ok("import", packed(m_files(*M))) == M_SAID
    unlisted, one = found(archive)
    assert (one["text"], one["uri"], one["url"], one["visibility"], one["lang"], one["tags"]) == (
        "一つ目 #ssmjp", "https://social.example/users/hana/statuses/1001", "https://social.example/@hana/1001", "public", "ja", ["ssmjp"])
    assert (one["author"]["handle"], one["author"]["name"]) == ("@hana@social.example", "はな")
    assert unlisted["visibility"] == "unlisted"
    for secret in ("内緒話", "密談", "BEGIN PUBLIC KEY"):
        assert secret.encode() not in evidence(archive)


def test_a_question_a_warning_and_a_picture(archive, zipped):
    asked = note(1, "どれ？", type="Question", oneOf=[
        {"type": "Note", "name": "甲", "replies": {"type": "Collection", "totalItems": 3}},
        {"type": "Note", "name": "乙", "replies": {"type": "Collection", "totalItems": 1}}], votersCount=4, endTime="2018-11-01T00:00:00Z")
    shown = note(2, "写真", summary="注意", sensitive=True, attachment=[
        {"type": "Document", "mediaType": "image/png", "url": "/media_attachments/files/001/original/a.png", "name": "会場", "width": 640, "height": 480}])
    archive.ok("import", zipped(m_files(create(asked), create(shown))))
    picture, poll = found(archive)
    assert (picture["spoiler"], picture["sensitive"] if "sensitive" in picture else True) == ("注意", True)
    assert [(m["url"], m["alt"]) for m in picture["media"]] == [
        ("https://social.example/system/media_attachments/files/001/original/a.png", "会場")]
    assert poll["text"] == "どれ？"


def test_an_actor_behind_the_outbox_is_found(archive):
    files = {"outbox.json": outbox(*M), "actor.json": json.dumps(ACTOR)}
    assert archive.ok("import", archives.tarred(archive.home / "a.tar.gz", files)) == M_SAID


def test_what_is_forgotten_goes_out_of_the_evidence_of_an_outbox(archive, zipped):
    archive.ok("import", zipped(m_files(*M)))
    archive.ok("forget", "--yes", "https://social.example/users/hana/statuses/1001")
    kept = evidence(archive)
    assert "一つ目".encode() not in kept and "未収載".encode() in kept


def test_who_forgets_the_author_finds_nothing_left(archive, zipped):
    archive.ok("import", zipped(m_files(*M)))
    archive.ok("forget", "--yes", "@hana@social.example")
    assert "一つ目".encode() not in evidence(archive) and found(archive) == []


# ---- what was only made smaller ----

def test_answers_that_gzip_made_smaller(archive):
    import gzip
    from made import status
    path = archive.home / "answers.jsonl.gz"
    path.write_bytes(gzip.compress(lines(status(1, "一"), status(2, "二")).encode()))
    assert archive.ok("import", path).startswith("2 posts new")


def test_a_file_does_not_bring_back_what_was_found_deleted(archive, zipped):
    made = zipped(x_files(*X))
    archive.ok("import", made)
    with sqlite3.connect(archive.store) as db:
        db.execute("UPDATE post SET gone = 1793368800000 WHERE text LIKE '一つ目%'")
    archive.ok("import", "--again", made)
    assert [bool(post["gone"]) for post in found(archive)] == [False, True]


def test_each_post_tells_the_file_and_the_place_where_it_stood(archive, zipped):
    archive.ok("import", zipped(x_files(*X)))
    path = archive.home / "again.jsonl"
    path.write_text("\n\n" + lines({**X[0]["tweet"], "user": {"id_str": "77", "screen_name": "hana_x", "name": "はな"}}))
    archive.ok("import", path)
    two, one = found(archive)
    assert sorted((file["name"], file["place"]) for file in one["files"]) == [("a.zip", "data/tweets.js line 2"), ("again.jsonl", "line 3")]
    assert len(two["files"]) == 1 and two["files"][0]["source"].startswith("file:")


def test_an_archive_becomes_a_thread(archive, zipped):
    archive.ok("import", "--only-tag", "ssmjp", "--into-thread", "evening", zipped(x_files(*X, tweet(4, "別の話"))))
    [show] = objects(archive.ok("--json", "thread", "show", "evening"))[:1]
    assert [item["post"]["text"] for item in show["items"]] == ["一つ目 #ssmjp", "二つ目 #ssmjp"]


@pytest.mark.parametrize("way", ["zip", "stored", "tar.gz", "tar"])
def test_an_archive_is_known_by_all_of_its_bytes(archive, way):
    """Another archive is another file, whatever its first posts are."""
    for n in (1, 2):
        path = PACKINGS[way](archive.home, {**x_files(*X[:n]), "data/z%d.js" % n: os.urandom(200000)})
        assert archive.ok("import", path).startswith("an archive of X: 1 post new, %d seen before" % (n - 1))
        with sqlite3.connect(archive.store) as db:
            kept = db.execute("SELECT bytes FROM file WHERE source = ?", ("file:" + hashlib.sha256(path.read_bytes()).hexdigest(),)).fetchall()
        assert kept == [(path.stat().st_size,)]


def test_an_import_that_is_killed_is_gone_on_with(archive):
    """Killed at any moment: nothing that was told is lost, and the same command makes the same store as one whole run."""
    import time
    made = archives.zipped(archive.home / "a.zip", x_files(*[
        tweet(n, "投稿 %d" % n, at="Wed Oct 31 11:00:24 +0000 2018") for n in range(4000)]))
    archive.ok("--store", "whole.db", "import", made)
    for n in range(1, 4):
        process = archive.start("import", made)
        while not archive.store.exists() or (posts(archive) < 1000 * n and process.poll() is None):
            time.sleep(0)
        process.kill()
        process.communicate()
    archive.ok("import", made)
    rows = []
    for path in (archive.store, archive.home / "whole.db"):
        with sqlite3.connect(path) as db:
            rows.append([db.execute(sql).fetchall() for sql in (
                "SELECT id, uri, text, html FROM post ORDER BY uri", "SELECT source, tag, place FROM sighting ORDER BY post, source",
                "SELECT hex(sha256) FROM answer ORDER BY 1", "SELECT source, name, form, bytes, done FROM file")])
    assert len(rows[0][0]) == 4000 and sorted(rows[0][0][0][1:]) == sorted(rows[1][0][0][1:])
    assert [[row[1:] for row in rows[0][0]], sorted(rows[0][1]), rows[0][2:]] == [[row[1:] for row in rows[1][0]], sorted(rows[1][1]), rows[1][2:]]


def posts(archive):
    try:
        with sqlite3.connect("file:%s?mode=ro" % archive.store, uri=True) as db:
            return db.execute("SELECT count(*) FROM post").fetchone()[0]
    except sqlite3.OperationalError:
        return 0
