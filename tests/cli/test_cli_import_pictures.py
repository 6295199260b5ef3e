"""archive import: the pictures that lie in one's own archives come along with the posts that show them, and nothing else does."""
import json
import os
import sqlite3
import struct
import zipfile

import pytest

import archives
from archives import FOLLOWERS, PUBLIC, TWEET, create, m_files, note, tweet, x_files
from fakes.pictures import jpeg
from harness import ROOT, megabytes
from kept import png
from made import lines, objects

pytest_plugins = ["evenings"]

X_URL = "https://pbs.twimg.example/media/%s"
M_URL = "https://social.example/system/media_attachments/files/%s"
FACE = png(900, 8)
TAPE = ROOT / "data/example"    # of another evening: whoever asks for a picture finds no answer
WAYS = ["zip", "tar.gz", "tar", "folder", "inside a folder", "a folder inside"]


def pack(archive, way, files, last=()):
    """An archive of these files; those whose names begin so stand behind all others, else before them."""
    behind = sorted(files, key=lambda name: name.startswith(tuple(last)) if last else name.endswith((".jpg", ".png", ".mp4")))
    files = {name: files[name] for name in behind}
    if way.startswith("tar"):
        return archives.tarred(archive.home / ("a." + way), files, "w:gz" if way == "tar.gz" else "w")
    if way == "folder":
        return archives.folder(archive.home / "a", files)
    if "inside" in way:
        files = {"x-2026/" + name: body for name, body in files.items()}
    return archives.zipped(archive.home / "a.zip", files)


def shows(n, text, *files, kind="photo", **more):
    """A tweet with pictures; and those, as the archive names them."""
    made = tweet(n, text, **more)
    media = [{"id_str": str(k), "url": "https://t.co/p", "media_url_https": X_URL % name, "type": kind, "indices": ["0", "0"],
              "display_url": "pic.x.com/p", "expanded_url": "https://twitter.com/hana_x/status/1/photo/1",
              "sizes": {"large": {"w": "16", "h": "16", "resize": "fit"}},
              **({"video_info": {"variants": [{"bitrate": "1", "content_type": "video/mp4", "url": "https://video.twimg.example/%d.mp4" % n}]}}
                 if kind != "photo" else {})} for k, name in enumerate(files)]
    made["tweet"]["extended_entities"] = {"media": media}
    return made


def attached(n, text, *paths, **more):
    return create(note(n, text, attachment=[
        {"type": "Document", "mediaType": "image/png", "url": "/media_attachments/files/" + path, "name": "会場", "width": 16, "height": 16}
        for path in paths], **more))


def x_names(n, *names, folder="data/tweets_media"):
    return ["%s/%d-%s" % (folder, TWEET + n, name) for name in names]


def x_evening(folder="data/tweets_media"):
    files = x_files(shows(1, "一つ目 #ssmjp", "Aa1.jpg", "Bb2.png"), shows(2, "二つ目 #ssmjp", "Cc3.jpg"), tweet(3, "文だけ #ssmjp"))
    first, second, third = x_names(1, "Aa1.jpg", "Bb2.png", folder=folder) + x_names(2, "Cc3.jpg", folder=folder)
    files |= {first: png(1), second: png(2), third: png(3), "data/profile_media/77-a.jpg": FACE,
              "data/direct_messages_media/5-secret.jpg": png(100), folder + "/999-stray.jpg": png(101)}
    return files, {X_URL % "Aa1.jpg": png(1), X_URL % "Bb2.png": png(2), X_URL % "Cc3.jpg": png(3),
                   "https://pbs.twimg.example/profile/a.jpg": FACE}


def m_evening():
    files = m_files(attached(1, "一つ目 #ssmjp", "001/original/a.png", "002/original/b.png"), attached(2, "二つ目 #ssmjp", "003/original/c.png"),
                    attached(3, "内緒話", "004/original/d.png", to=(FOLLOWERS,), cc=()))
    files |= {"media_attachments/files/00%d/original/%s.png" % (n, "abcd"[n - 1]): png(n) for n in range(1, 5)}
    files |= {"avatar.png": FACE, "header.jpg": png(102)}
    kept = {M_URL % "00%d/original/%s.png" % (n, "abc"[n - 1]): png(n) for n in range(1, 4)}
    return files, kept | {"https://social.example/users/hana/avatar.png": FACE}


def kept(archive, store=None):
    """Addresses and their bytes."""
    with sqlite3.connect(store or archive.store) as db:
        return dict(db.execute("SELECT k.url, f.data FROM picture k JOIN sqlar f ON f.name = k.name"))


def bytes_in(archive):
    with sqlite3.connect(archive.store) as db:
        return {row[0] for row in db.execute("SELECT data FROM sqlar")}


def whole_file(archive):
    with sqlite3.connect(archive.store) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return b"".join(path.read_bytes() for path in archive.store.parent.iterdir())


# ---- what comes along ----

@pytest.mark.parametrize("last", [(), ("data/acc", "data/tweets.js", "actor", "outbox")], ids=["posts first", "pictures first"])
@pytest.mark.parametrize("way", WAYS[:5])
@pytest.mark.parametrize("evening", [x_evening, m_evening])
def test_pictures_come_along_in_any_packing_and_order(archive, evening, way, last):
    files, wanted = evening()
    done = archive.ok("import", pack(archive, way, files, last))
    assert "; 4 pictures kept" in done
    assert kept(archive) == wanted and bytes_in(archive) == set(wanted.values())


@pytest.mark.parametrize("folder", ["data/tweet_media", "tweet_media", "tweets_media"])
@pytest.mark.parametrize("way", ["zip", "folder"])
def test_every_folder_that_pictures_lay_in(archive, folder, way):
    files, wanted = x_evening(folder)
    archive.ok("import", pack(archive, way, files))
    assert kept(archive) == wanted


def test_a_rescued_evening_shows_its_pictures_without_a_request(archive):
    files, wanted = m_evening()
    archive.ok("import", "--only-tag", "ssmjp", "--into-thread", "evening", pack(archive, "tar.gz", files))
    done = archive.run("media", "evening", "--avatars", "--replay", TAPE)
    assert done.returncode == 0, done.stderr
    page = archive.ok("export", "evening", "--as", "page", "--avatars")
    assert page.count('src="data:image/png;base64,') >= 4 and "会場" in page
    archive.ok("export", "evening", "--media", "files", "-o", "out.html")
    assert {path.read_bytes() for path in (archive.home / "evening.media").iterdir()} == set(wanted.values()) - {FACE}
    archive.ok("export", "evening", "--media", "files", "--avatars", "--media-dir", "bilder", "-o", "out.html")
    assert {path.read_bytes() for path in (archive.home / "bilder").iterdir()} == set(wanted.values())


def test_media_asks_for_nothing_that_an_archive_of_x_held(archive):
    files, _ = x_evening()
    archive.ok("import", "--into-thread", "evening", pack(archive, "zip", files))
    done = json.loads(archive.ok("--json", "media", "evening", "--avatars", "--replay", TAPE))
    assert (done["kept"], done["kept_in_all"], done["missed"]) == (0, 4, [])


# ---- what stays away ----

def test_of_what_is_private_or_not_asked_for_nothing_is_kept(archive):
    files = m_files(attached(1, "公開 #ssmjp", "001/original/a.png"), attached(2, "内緒話", "002/original/b.png", to=(FOLLOWERS,), cc=()),
                    attached(3, "密談", "003/original/c.png", to=("https://other.example/users/taro",), cc=()),
                    attached(4, "別の話", "004/original/d.png", tags=("other",)))
    secrets = [b"\x89PNG secret %d " % n + os.urandom(32) for n in range(2, 5)]
    bodies = [png(1)] + [png(n) + secret for n, secret in zip(range(2, 5), secrets)]
    files |= {"media_attachments/files/00%d/original/%s.png" % (n, "abcd"[n - 1]): body for n, body in enumerate(bodies, 1)}
    assert "; 1 picture kept" in archive.ok("import", "--only-tag", "ssmjp", pack(archive, "zip", files))
    assert list(kept(archive)) == [M_URL % "001/original/a.png"]
    whole = whole_file(archive)
    assert png(1) in whole and not [secret for secret in secrets if secret in whole]


def test_who_opted_out_is_not_shown_either(archive):
    files, _ = m_evening()
    actor = json.loads(files["actor.json"])
    files["actor.json"] = json.dumps({**actor, "summary": "<p>#noarchive</p>"})
    assert "picture" not in archive.ok("import", pack(archive, "zip", files))
    assert bytes_in(archive) == set()


def test_what_is_forgotten_takes_its_pictures_along_and_does_not_come_back(archive):
    files, wanted = x_evening()
    path = pack(archive, "zip", files)
    archive.ok("import", path)
    archive.ok("forget", "--yes", "https://x.com/hana_x/status/%d" % (TWEET + 1))
    left = {url: body for url, body in wanted.items() if body not in (png(1), png(2))}
    assert kept(archive) == left
    archive.ok("import", "--again", path)
    assert kept(archive) == left and png(1) not in whole_file(archive)


def test_a_post_that_is_gone_gets_no_picture(archive):
    files, wanted = x_evening()
    names = [name for name in files if name.endswith((".jpg", ".png"))]
    archive.ok("import", pack(archive, "zip", {name: body for name, body in files.items() if name not in names}))
    with sqlite3.connect(archive.store) as db:
        db.execute("UPDATE post SET gone = 1793368800000 WHERE text LIKE '一つ目%'")
    archive.ok("import", pack(archive, "zip", files))
    assert set(kept(archive).values()) == {png(3), FACE}
    with sqlite3.connect(archive.store) as db:
        db.execute("UPDATE post SET gone = 1793368800000")
        db.execute("DELETE FROM picture")
        db.execute("DELETE FROM sqlar")
    archive.ok("import", "--again", archive.home / "a.zip")
    assert kept(archive) == {}, "nobody is left who would be shown"


def test_films_and_sounds_are_never_kept_but_a_still_is(archive):
    films = [shows(1, "動画 #ssmjp", "still.jpg", kind="video"), shows(2, "動く絵 #ssmjp", "other.jpg", kind="animated_gif")]
    film = b"\0\0\0\x18ftypmp42" + os.urandom(4000)
    files = x_files(*films) | {"data/tweets_media/%d-1.mp4" % (TWEET + 1): film, "data/tweets_media/%d-2.mp4" % (TWEET + 2): film,
                               x_names(1, "still.jpg")[0]: jpeg(16, 9)}
    archive.ok("import", pack(archive, "zip", files))
    assert kept(archive) == {X_URL % "still.jpg": jpeg(16, 9)}
    posts = m_files(create(note(1, "音", attachment=[{"type": "Document", "mediaType": "audio/mpeg", "url": "/media_attachments/files/1/original/a.mp3"},
                                                    {"type": "Document", "mediaType": "video/mp4", "url": "/media_attachments/files/1/original/a.mp4"}])))
    posts |= {"media_attachments/files/1/original/a.mp3": b"ID3" + film, "media_attachments/files/1/original/a.mp4": film}
    assert "picture" not in archive.ok("import", pack(archive, "tar.gz", posts))


# ---- again, cut off, only looked at ----

@pytest.mark.parametrize("evening", [x_evening, m_evening])
def test_a_dry_run_says_how_many_and_keeps_none(archive, evening):
    files, wanted = evening()
    path = pack(archive, "zip", files)
    assert "; 4 pictures would be kept" in archive.ok("import", "--dry-run", path) and not archive.store.exists()
    archive.ok("import", path)
    assert "picture" not in archive.ok("import", "--dry-run", "--again", path)
    with sqlite3.connect(archive.store) as db:
        db.execute("DELETE FROM picture WHERE url LIKE '%Aa1.jpg' OR url LIKE '%/a.png'")
    assert "; 1 picture would be kept" in archive.ok("import", "--dry-run", "--again", path)


def test_a_second_time_nothing_changes(archive):
    files, wanted = x_evening()
    path = pack(archive, "zip", files)
    first = objects(archive.ok("--json", "import", path))[0]
    before = kept(archive)
    again = objects(archive.ok("--json", "import", "--again", path))[0]
    assert (first["pictures"], first["pictures_seen_before"], first["pictures_not_kept"], first["bad_picture"]) == (4, 0, 0, None)
    assert (again["pictures"], again["pictures_seen_before"]) == (0, 4) and kept(archive) == before == wanted


def test_what_is_kept_in_a_larger_size_stays(archive):
    files, wanted = x_evening()
    path = pack(archive, "zip", files)
    archive.ok("import", path)
    with sqlite3.connect(archive.store) as db:
        assert {row[0] for row in db.execute("SELECT size FROM picture")} == {"large"}
        db.execute("UPDATE picture SET size = 'small' WHERE url LIKE '%Aa1.jpg'")
        db.execute("UPDATE picture SET size = 'original' WHERE url LIKE '%Bb2.png'")
    assert "; 1 picture kept" in archive.ok("import", "--again", path)
    with sqlite3.connect(archive.store) as db:
        assert dict(db.execute("SELECT substr(url, -7), size FROM picture WHERE url LIKE '%/media/%'")) == {
            "Aa1.jpg": "large", "Bb2.png": "original", "Cc3.jpg": "large"}


def test_an_import_that_is_killed_among_its_pictures_is_gone_on_with(archive):
    import time
    files = x_files(*[shows(n, "投稿 %d" % n, "p%d.png" % n, at="Wed Oct 31 11:00:24 +0000 2018") for n in range(300)])
    files |= {x_names(n, "p%d.png" % n)[0]: png(n, 40) + os.urandom(20000) for n in range(300)}
    path = pack(archive, "zip", files)
    for n in (1, 60):
        process = archive.start("import", path)
        while process.poll() is None and pictures(archive) < n:
            time.sleep(0)
        process.kill()
        process.communicate()
    done = objects(archive.ok("--json", "import", path))[0]
    assert done["pictures_seen_before"] >= 1 and done["pictures"] + done["pictures_seen_before"] == 300
    assert len(kept(archive)) == 300 == len(bytes_in(archive))


def pictures(archive):
    try:
        with sqlite3.connect("file:%s?mode=ro" % archive.store, uri=True) as db:
            return db.execute("SELECT count(*) FROM picture").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


# ---- what is damaged, or made to do harm ----

@pytest.mark.parametrize("body, why", [
    (b"<!DOCTYPE html><title>x</title>", "is a web page, no picture"), (b"", "is empty"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "is an SVG drawing, which may hold scripts: it is not kept"),
    (jpeg(30000, 10), "is 30000 by 10 pixels large, more than the 20000 a side that are kept"),
    (png(1) + bytes(20 << 20), "is larger than the 20 MB that are kept")])
def test_what_is_no_picture_costs_itself_alone(archive, body, why):
    files, wanted = x_evening()
    name = x_names(1, "Aa1.jpg")[0]
    files[name] = body
    done = archive.run("import", pack(archive, "zip", files))
    assert (done.returncode, done.stderr) == (3, "")
    assert done.stdout.endswith("; 3 pictures kept; 1 picture not kept: %s %s\n" % (name, why))
    assert kept(archive) == {url: data for url, data in wanted.items() if data != png(1)}
    assert "was taken in as a whole" in archive.ok("import", archive.home / "a.zip"), "told once"


def test_several_that_are_no_pictures_are_told_by_the_first(archive):
    files, _ = m_evening()
    files |= {name: b"x" for name in files if name.endswith(("a.png", "b.png"))}
    done = archive.run("import", pack(archive, "tar", files))
    assert done.returncode == 3
    assert "; 2 pictures kept; 2 pictures not kept, the first: media_attachments/files/001/original/a.png is no picture of a kind" in done.stdout


def test_an_entry_that_does_not_unpack_costs_itself_alone(archive):
    files, wanted = x_evening()
    path = pack(archive, "zip", files)
    with zipfile.ZipFile(path) as made:
        info = made.getinfo(x_names(1, "Bb2.png")[0])
    raw = bytearray(path.read_bytes())
    head = info.header_offset
    start = head + 30 + sum(struct.unpack("<HH", raw[head + 26:head + 30]))
    for i in range(start + 2, start + info.compress_size - 2):
        raw[i] ^= 0xFF
    path.write_bytes(raw)
    done = archive.run("import", path)
    assert done.returncode == 3 and "1 picture not kept: %s cannot be unpacked: " % info.filename in done.stdout
    assert kept(archive) == {url: data for url, data in wanted.items() if data != png(2)}


def test_an_archive_that_breaks_off_among_its_pictures_keeps_those_before(archive):
    files, _ = x_evening()
    files |= {x_names(2, "Cc3.jpg")[0]: png(3, 16) + os.urandom(200000)}
    path = pack(archive, "tar.gz", files)
    path.write_bytes(path.read_bytes()[:-100000])
    done = archive.run("import", path)
    assert done.returncode == 3 and "2 pictures kept" in done.stdout, done.stdout
    assert {png(1), png(2)} <= bytes_in(archive) and len(bytes_in(archive)) == 2


@pytest.mark.parametrize("way", ["folder", "link to a folder"])
def test_no_link_is_followed(archive, way):
    files, wanted = m_evening()
    (archive.home / "private.png").write_bytes(png(50))
    if way == "folder":
        base = archives.folder(archive.home / "a", files)
        victim = base / "media_attachments/files/001/original/a.png"
        victim.unlink()
        victim.symlink_to(archive.home / "private.png")
    else:
        base = archives.folder(archive.home / "a", {name: body for name, body in files.items() if not name.startswith("media_att")})
        elsewhere = archives.folder(archive.home / "b", {name: body for name, body in files.items() if name.startswith("media_att")})
        (base / "media_attachments").symlink_to(elsewhere / "media_attachments")
    archive.ok("import", base)
    assert png(50) not in bytes_in(archive) and len(kept(archive)) == (3 if way == "folder" else 1)


def test_links_in_a_tar_are_no_pictures(archive):
    import io
    import tarfile
    files, _ = m_evening()
    first = "media_attachments/files/001/original/a.png"
    (archive.home / "private.png").write_bytes(png(50))
    path = archive.home / "a.tar"
    with tarfile.open(path, "w") as made:
        for name, text in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(archives.as_bytes(text)) if name != first else 0
            if name == first:
                entry.type, entry.linkname = tarfile.SYMTYPE, os.fspath(archive.home / "private.png")
            made.addfile(entry, io.BytesIO(archives.as_bytes(text)) if name != first else None)
    archive.ok("import", path)
    assert len(kept(archive)) == 3 and png(50) not in bytes_in(archive)


@pytest.mark.parametrize("way", ["zip", "tar", "folder"])
def test_no_path_leads_out_of_the_archive(archive, way):
    files = m_files(create(note(1, "一つ目", attachment=[{"type": "Document", "mediaType": "image/png", "url": url} for url in (
        "../private.png", "media_attachments/../../private.png", "media_attachments/./a.png", "/media_attachments//a.png", "media_attachments/",
        "media_attachments/files", "media_attachments/..%2f..%2fprivate.png")])))
    files |= {"media_attachments/a.png": png(50), "media_attachments/files/b.png": png(51)}
    (archive.home / "private.png").write_bytes(png(52))
    archive.ok("import", pack(archive, way, files))
    assert kept(archive) == {}


def test_a_fifo_in_the_place_of_a_picture_is_not_waited_for(archive):
    files, _ = m_evening()
    base = archives.folder(archive.home / "a", files)
    victim = base / "media_attachments/files/001/original/a.png"
    victim.unlink()
    os.mkfifo(victim)
    assert "; 3 pictures kept" in archive.run("import", base, timeout=20).stdout


def test_names_that_no_archive_has(archive):
    """Each is passed over: absolute, climbing, with control bytes, too long, many times the same."""
    files, wanted = x_evening()
    path = archive.home / "a.zip"
    with zipfile.ZipFile(path, "w") as made:
        for name in ("/data/tweets_media/%d-Aa1.jpg", "../data/tweets_media/%d-Aa1.jpg", "data/tweets_media/../tweets_media/%d-Aa1.jpg",
                     "data/mytweets_media/%d-Aa1.jpg", "data/tweets_media/x/%d-Aa1.jpg",
                     "data/tweets_media/\x1b[31m%d-Aa1.jpg", "d" * 300 + "/tweets_media/%d-Aa1.jpg"):
            made.writestr(name % (TWEET + 1), png(60))
        for name, text in files.items():
            made.writestr(name, text)
            if name.endswith("Aa1.jpg"):
                for _ in range(3):
                    with pytest.warns(UserWarning):
                        made.writestr(name, png(61))
    done = archive.ok("import", path)
    assert "; 4 pictures kept" in done and png(60) not in bytes_in(archive)
    assert kept(archive) in (wanted, wanted | {X_URL % "Aa1.jpg": png(61)})    # of equal names either is the one


def test_a_picture_that_unpacks_to_too_much_is_a_picture_less(archive):
    files, wanted = x_evening()
    name = x_names(1, "Aa1.jpg")[0]
    with zipfile.ZipFile(archive.home / "a.zip", "w", zipfile.ZIP_DEFLATED) as made:
        for entry, text in files.items():
            with made.open(entry, "w") as out:
                out.write(archives.as_bytes(text))
                for _ in range(300 if entry == name else 0):
                    out.write(bytes(1 << 20))
    done = archive.run("import", "a.zip")
    assert done.returncode == 3 and "not kept: %s is larger than the 20 MB that are kept\n" % name in done.stdout
    assert len(kept(archive)) == 3


def test_memory_is_that_of_one_picture(archive):
    count, size = 60, 3 << 20
    posts = [shows(n, "投稿 %d" % n, "p%d.png" % n, at="Wed Oct 31 11:00:24 +0000 2018") for n in range(count)]
    with zipfile.ZipFile(archive.home / "lot.zip", "w", zipfile.ZIP_STORED) as made:
        for n in range(count):
            made.writestr(x_names(n, "p%d.png" % n)[0], png(n) + os.urandom(size))
        for name, text in x_files(*posts).items():
            made.writestr(name, text)
    small = megabytes(archive, "--store", "a.db", "import", archives.zipped(archive.home / "few.zip", x_files(*posts)))
    assert megabytes(archive, "--store", "b.db", "import", "lot.zip") < small + 24
    assert len(kept(archive, archive.home / "b.db")) == count


def test_evidence_alone_makes_the_same_posts_again_and_pictures_stay(archive):
    files, wanted = m_evening()
    archive.ok("import", pack(archive, "zip", files))
    archive.ok("rebuild")
    assert kept(archive) == wanted


def test_answers_in_files_bring_no_pictures(archive):
    path = archive.home / "a.jsonl"
    made = shows(1, "一つ目", "Aa1.jpg")["tweet"]
    path.write_text(lines({**made, "user": {"id_str": "77", "screen_name": "hana_x", "name": "はな"}}))
    assert "picture" not in archive.ok("import", path)
    assert PUBLIC and kept(archive) == {}
