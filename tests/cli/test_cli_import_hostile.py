"""archive import: files that are damaged, made to do harm, or no files at all. One sentence each, and nothing lost."""
import json
import os
import stat
import struct
import tarfile
import zipfile

import pytest

import archives
from archives import create, m_files, note, outbox, tweet, x_files, ytd
from harness import megabytes
from made import lines, objects, status

pytest_plugins = ["evenings"]


def refused(done, code, *said):
    assert (done.returncode, done.stdout) == (code, ""), done.stdout + done.stderr
    assert done.stderr.startswith("archive: ") and done.stderr.count("\n") == 1
    for words in said:
        assert words in done.stderr


def texts(archive):
    return sorted(post["text"] for post in objects(archive.ok("--json", "search", "--limit", "10000")))


def many(count):
    """Posts that do not pack to nothing."""
    return [tweet(n, "投稿 %d %s" % (n, os.urandom(40).hex()), at="Wed Oct 31 11:00:24 +0000 2018") for n in range(count)]


# ---- no files ----

def test_a_named_pipe_is_not_waited_for(archive):
    os.mkfifo(archive.home / "pipe")
    refused(archive.run("import", "pipe", timeout=20), 2, "pipe is no file", "archive import - < pipe")


def test_a_device_is_no_file(archive):
    refused(archive.run("import", "/dev/zero", timeout=20), 2, "/dev/zero is no file")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(archive):
    path = archive.home / "a.json"
    path.write_text("[]")
    path.chmod(0)
    refused(archive.run("import", path), 1, "a.json: Permission denied")


def test_another_store_is_named_as_one(archive):
    archive.ok("import", "-", stdin=json.dumps([status(1)]))
    refused(archive.run("--store", "other.db", "import", archive.store), 2, "archive merge %s takes in" % archive.store)


@pytest.mark.parametrize("name", ["a.json", "a.zip", "a.html", "a"])
def test_the_ending_of_a_name_does_not_count(archive, name):
    archives.zipped(archive.home / "made", x_files(tweet(1, "一")))
    (archive.home / "made").rename(archive.home / name)
    assert archive.ok("import", name).startswith("an archive of X: 1 post new")


def test_answers_that_are_called_an_archive(archive):
    (archive.home / "a.zip").write_text(json.dumps([status(1)]))
    assert archive.ok("import", "a.zip").startswith("1 post new")


# ---- paths and links ----

@pytest.mark.parametrize("name", ["../../%s", "/%s", "x/../%s", "a\\..\\%s"])
@pytest.mark.parametrize("inner", ["outbox.json", "data/tweets.js"])
def test_a_path_that_leads_elsewhere_is_no_part_of_an_archive(archive, name, inner):
    path = archives.zipped(archive.home / "a.zip", {name % inner: outbox(create(note(1, "一"))), "readme.txt": "x"})
    refused(archive.run("import", path), 1, "neither data/tweets.js nor outbox.json")
    assert sorted(os.listdir(archive.home)) in (["a.zip"], [".local", "a.zip"])


def test_a_link_in_a_zip_is_not_followed(archive):
    secret = archives.folder(archive.home / "secret", {"tweets.js": ytd("tweets", [tweet(1, "秘密")])}) / "tweets.js"
    with zipfile.ZipFile(archive.home / "a.zip", "w") as made:
        for name, text in x_files(**{"data/tweets.js": None}).items():
            made.writestr(name, text)
        link = zipfile.ZipInfo("data/tweets.js")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, str(secret))
    refused(archive.run("import", "a.zip"), 1, "neither data/tweets.js")


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_what_is_no_file_in_a_tar_is_passed_over(archive, kind):
    secret = archives.folder(archive.home / "secret", {"outbox.json": outbox(create(note(1, "秘密")))}) / "outbox.json"
    with tarfile.open(archive.home / "a.tar", "w") as made:
        entry = tarfile.TarInfo("outbox.json")
        entry.type, entry.linkname = kind, str(secret)
        made.addfile(entry)
    refused(archive.run("import", "a.tar"), 1, "neither data/tweets.js")


def test_a_link_in_a_folder_is_not_followed(archive):
    secret = archives.folder(archive.home / "secret", {"tweets.js": ytd("tweets", [tweet(1, "秘密")])}) / "tweets.js"
    path = archives.folder(archive.home / "a", x_files(**{"data/tweets.js": None}))
    (path / "data/tweets.js").symlink_to(secret)
    done = archive.run("import", path)
    assert done.returncode == 3 and "0 posts new" in done.stdout and "data/tweets.js" in done.stdout
    folder = archives.folder(archive.home / "b", {"readme.txt": "x"})
    (folder / "data").symlink_to(path / "data")
    refused(archive.run("import", folder), 2, "no archive of X or Mastodon")


# ---- damage ----

def test_a_zip_that_breaks_off_gives_what_could_be_read(archive):
    path = archives.zipped(archive.home / "a.zip", x_files(*many(600)))
    path.write_bytes(path.read_bytes()[:path.stat().st_size // 2])
    done = archive.run("import", path)
    assert done.returncode == 3 and done.stderr == ""
    assert 100 < len(texts(archive)) < 600
    assert "data/tweets.js line " in done.stdout


def test_a_tar_gz_that_breaks_off_gives_what_could_be_read(archive):
    path = archives.tarred(archive.home / "a.tar.gz", x_files(*many(600)))
    path.write_bytes(path.read_bytes()[:path.stat().st_size // 2])
    done = archive.run("import", path)
    assert done.returncode == 3 and done.stderr == ""
    assert 100 < len(texts(archive)) < 600


@pytest.mark.parametrize("pack", [archives.zipped, archives.tarred])
def test_damage_in_the_middle_is_told_with_its_place(archive, pack):
    path = pack(archive.home / "a", x_files(*many(600)))
    bytes_ = bytearray(path.read_bytes())
    middle = len(bytes_) // 2
    bytes_[middle:middle + 64] = os.urandom(64)
    path.write_bytes(bytes_)
    done = archive.run("import", path)
    assert done.returncode == 3 and done.stderr == "" and "data/tweets.js" in done.stdout
    assert len(texts(archive)) > 100


def test_an_element_that_is_broken_costs_itself_alone(archive):
    text = ytd("tweets", [tweet(1, "一"), tweet(2, "二")]).replace('"full_text": "一"', '"full_text": "一\x01')
    path = archives.zipped(archive.home / "a.zip", x_files(**{"data/tweets.js": text + "\n;"}, **{"data/tweets-part1.js": ytd("tweets", [tweet(3, "三")], 1)}))
    done = archive.run("import", path)
    assert done.returncode == 3 and "data/tweets.js line " in done.stdout and "三" in texts(archive)


def test_a_zip_with_a_password_names_the_cure(archive):
    path = archives.zipped(archive.home / "a.zip", x_files(tweet(1, "一")))
    made = bytearray(path.read_bytes())
    for magic, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = made.find(magic)
        while at >= 0:
            made[at + flags] |= 1
            at = made.find(magic, at + 4)
    path.write_bytes(made)
    refused(archive.run("import", path), 1, "password")


def test_an_empty_zip(archive):
    refused(archive.run("import", archives.zipped(archive.home / "a.zip", {})), 1, "neither data/tweets.js")


@pytest.mark.parametrize("size", [1, 4, 30, 300])
@pytest.mark.parametrize("magic", [b"PK\3\4", b"\x1f\x8b\x08\0"])
def test_rubbish_that_begins_as_an_archive(archive, magic, size):
    (archive.home / "a").write_bytes(magic + os.urandom(size))
    done = archive.run("import", "a")
    assert done.returncode in (1, 2) and done.stdout == "" and done.stderr.count("\n") == 1


# ---- size ----

def test_a_bomb_is_given_up(archive):
    files = x_files(**{"data/tweets.js": "window.YTD.tweets.part0 = [" + " " * (150 << 20)})
    done = archive.run("import", archives.zipped(archive.home / "a.zip", files))
    assert done.returncode == 3 and "it can only be a trap" in done.stdout


def test_a_large_archive_takes_no_more_memory_than_a_small_one(archive):
    few, lot = x_files(*many(2000)), x_files(*many(2000))
    lot["data/tweets.js"] = ytd("tweets", [tweet(n, "投稿 %d" % n) for n in range(20)]) + ";" + " " * (5 << 20)
    filler = os.urandom(1 << 20)
    with zipfile.ZipFile(archive.home / "lot.zip", "w", zipfile.ZIP_STORED) as made:
        for n in range(200):
            made.writestr("data/tweets_media/%d.jpg" % n, filler)
        for name, text in few.items():
            made.writestr(name, text, zipfile.ZIP_DEFLATED)
    small = megabytes(archive, "--store", "a.db", "import", "--dry-run", archives.zipped(archive.home / "few.zip", x_files(*many(1500))))
    assert megabytes(archive, "--store", "a.db", "import", "--dry-run", "lot.zip") < small + 16


def test_a_line_of_hundreds_of_megabytes_costs_itself_alone(archive):
    path = archive.home / "a.jsonl"
    with open(path, "wb") as out:
        out.write(lines(status(1, "一")).encode())
        out.write(b'{"content": "')
        out.truncate(300 << 20)
        out.seek(300 << 20)
        out.write(b'"}\n' + lines(status(2, "二")).encode())
    small = archive.home / "small.jsonl"
    small.write_text(lines(status(1, "一")))
    assert megabytes(archive, "--store", "a.db", "import", "--dry-run", path) < megabytes(archive, "--store", "a.db", "import", "--dry-run", small) + 48
    done = archive.run("import", path)
    assert (done.returncode, texts(archive)) == (3, ["一", "二"])
    assert done.stdout.endswith("; 1 not understood, left out (from line 2, which is longer than 16 MB, on)\n")


# ---- bytes ----

@pytest.mark.parametrize("bad", [b"\xff\xfe", b"\x00", b"\xed\xa0\x80", b"\xc0\xaf", "\u202e".encode()])
def test_bytes_that_are_no_text_are_mended_in_an_archive(archive, bad):
    files = x_files(**{"data/tweets.js": ytd("tweets", [tweet(1, "始XX終")]).encode().replace(b"XX", bad)})
    archive.ok("import", archives.zipped(archive.home / "a.zip", files))
    [text] = texts(archive)
    assert text.startswith("始") and text.endswith("終") and "\u202e" not in text


def test_an_actor_of_another_server_signs_nothing(archive):
    made = m_files(create(note(1, "一")), **{"actor.json": json.dumps({**archives.ACTOR, "id": "https://other.example/users/taro"})})
    done = archive.run("import", archives.zipped(archive.home / "a.zip", made))
    assert done.returncode == 3 and texts(archive) == []
