"""archive status --check: what is wrong with a store, in a line each, and what helps; damage is made by sqlite3 and by flipped bytes."""
import contextlib
import hashlib
import json
import sqlite3

import pytest

import archives
import pages
from made import SLUG, give, status

pytest_plugins = ["evenings"]


def change(archive, *statements):
    with contextlib.closing(sqlite3.connect(archive.store)) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()


def found(archive):
    done = archive.run("status", "--check", "--json")
    assert done.stderr == ""
    report = json.loads(done.stdout)
    assert done.returncode == (1 if report["found"] else 0)
    return report


def test_a_whole_store_is_said_to_be_whole(thread):
    before = hashlib.sha256(thread.store.read_bytes()).digest()
    assert thread.ok("status", "--check") == "nothing is wrong: 201 posts are what 11 answers tell\n"
    report = found(thread)
    assert report == {"store": str(thread.store), "damage": [], "found": 0, "answers": 11, "posts": 201, "without_evidence": 0}
    assert thread.ok("--quiet", "status", "--check") == ""
    assert hashlib.sha256(thread.store.read_bytes()).digest() == before


FIRST = "(SELECT min(id) FROM post WHERE optout = 0)"
DAMAGE = [
    ("UPDATE post SET text = 'x' WHERE id = " + FIRST, "is not what its evidence tells", "rebuild"),
    ("UPDATE post SET text = 'x' WHERE id = " + FIRST, "is not found by the words that it has", "rebuild"),
    ("INSERT INTO search (rowid, words) VALUES (4711, 'stray words')", "holds 2 words of posts that are not there", "rebuild"),
    ("INSERT INTO search (rowid, words) SELECT id, 'more' FROM post WHERE id = " + FIRST, "is not found by the words", "rebuild"),
    ("DELETE FROM tag WHERE post = (SELECT max(post) FROM tag)", "not listed under this hashtag", "rebuild"),
    ("INSERT INTO tag SELECT 'stray', id FROM post WHERE id = " + FIRST, "#stray: listed for a post that has not this hashtag", "rebuild"),
    ("DELETE FROM media WHERE post = (SELECT max(post) FROM media)", "are not those that it counts", "rebuild"),
    ("UPDATE author SET name = 'x' WHERE id = (SELECT min(id) FROM author WHERE network = 'mastodon')", "people are not what", "rebuild"),
    ("UPDATE post SET short = 'aaaaaaaa' WHERE id = " + FIRST, "its short id is not that of", "backup"),
    ("UPDATE sighting SET answer = 999", "the answer that shows it is not in the store", "backup"),
    ("UPDATE answer SET body = x'00' WHERE id = 2", "answer 2 of", "backup"),
    ("UPDATE answer SET sha256 = zeroblob(32) WHERE id = 2", "is not what its hash says", "backup"),
    ("UPDATE item SET kind = 'note' WHERE id = 5", "%s, item 5: it is neither a post nor words" % SLUG, "backup"),
    ("UPDATE item SET joined = 9999 WHERE id = 5", "joined to nothing", "backup"),
    ("UPDATE thread SET done = 9", "%s: its journal has holes" % SLUG, "backup"),
    ("DELETE FROM step", "its journal has holes", "backup"),
    ("DELETE FROM author WHERE id = 1", "a row refers to a row of author that is not there", "backup"),
    ("INSERT INTO sqlar VALUES ('%s.png', 420, 0, 3, x'010203')" % ("0" * 64), "is not what its name says", "media"),
    ("INSERT INTO sqlar VALUES ('%s.png', 420, 0, 4, x'010203')" % hashlib.sha256(b"\1\2\3").hexdigest(), "its size is not right", "media"),
]


@pytest.mark.parametrize("statement, line, cure", DAMAGE)
def test_damage_is_named_with_what_helps(thread, statement, line, cure):
    change(thread, statement)
    assert [row for row in found(thread)["damage"] if line in row["what"] and row["cure"] == cure]


def test_a_kept_picture_that_is_right_is_right(thread):
    change(thread, "INSERT INTO sqlar VALUES ('%s.png', 420, 0, 3, x'010203')" % hashlib.sha256(b"\1\2\3").hexdigest())
    assert found(thread)["found"] == 0


def test_what_was_forgotten_and_is_there_is_named(night):
    with contextlib.closing(sqlite3.connect(night.store)) as db:
        uri, = db.execute("SELECT uri FROM post WHERE network = 'mastodon' AND optout = 0 LIMIT 1").fetchone()
    change(night, "INSERT INTO forgotten VALUES (x'%s', 'post', 1)" % hashlib.sha256(uri.encode()).hexdigest())
    done = night.run("status", "--check")
    assert done.returncode == 1 and "was forgotten and is in the store" in done.stdout
    assert "still holds something that was forgotten" in done.stdout
    assert done.stdout.endswith("archive forget, by the same names again, takes it out\n")
    night.ok("forget", "--yes", uri)
    assert found(night)["found"] == 0


def test_of_one_kind_five_are_told_and_the_rest_counted(night):
    change(night, "UPDATE post SET likes = 12345 WHERE optout = 0")
    done = night.run("status", "--check")
    lines = [line for line in done.stdout.splitlines() if "evidence tells" in line]
    assert len(lines) == 6 and lines[5] == "and 196 more: posts that are not what their evidence tells"
    assert done.stdout.splitlines()[-1] == "archive rebuild puts it right"


def test_flipped_bytes_are_seen(thread):
    """One in each part of the file; whatever it hits, the check says something and does not fall. Free pages are
    nobody's: the file is written anew without them."""
    change(thread, "VACUUM")
    change(thread, "PRAGMA wal_checkpoint(TRUNCATE)")
    whole = thread.store.read_bytes()
    page = int.from_bytes(whole[16:18], "big")
    seen = 0
    for number in range(1, len(whole) // page, max(1, len(whole) // page // 24)):
        data = bytearray(whole)
        for offset in range(8):
            data[number * page + offset] ^= 0xFF
        thread.store.write_bytes(data)
        done = thread.run("status", "--check")
        assert done.returncode in (0, 1) and "Sanitizer" not in done.stderr, (number, done.stderr)
        seen += done.returncode == 1
    assert seen >= 20


def test_a_file_that_tells_the_same_of_a_post_that_is_gone(archive):
    """It stays gone, and when it was told last is known."""
    give(archive, status(1))
    change(archive, "UPDATE post SET gone = 1793368800000")
    later = {"ARCHIVE_NOW": "1893456000"}
    archive.ok("import", "-", stdin=json.dumps([status(1), status(2)]), env=later)
    assert archive.ok("status", "--check").startswith("nothing is wrong: 2 posts")
    assert [bool(json.loads(line)["gone"]) for line in archive.ok("search", "--json").splitlines()].count(True) == 1


def test_the_check_reads_one_moment_while_others_write(night):
    with contextlib.closing(sqlite3.connect(night.store, isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        db.execute("UPDATE post SET text = 'x'")
        assert found(night)["found"] == 0
        db.execute("ROLLBACK")


def test_posts_of_which_no_answer_is_kept_are_counted(archive):
    give(archive, status(1), status(2, at="2026-10-30T11:01:00.000Z"))
    change(archive, "UPDATE sighting SET answer = NULL", "DELETE FROM answer")
    assert archive.ok("status", "--check") == "nothing is wrong: 0 posts are what 0 answers tell; of 2 no answer is kept\n"


def test_a_page_told_of_somebody_before_the_archive_of_their_own(archive):
    """Whom a page shows is known by the page on X; the network's name for them, and a new handle, change nothing of what the page told."""
    (archive.home / "page.html").write_text(pages.page(pages.tweet(1, "一つ", handle="hana_x"), pages.tweet(2, "二つ", handle="taro_x")))
    archive.ok("import", "page.html")
    archive.ok("import", archives.zipped(archive.home / "a.zip", archives.x_files(archives.tweet(1, "三つ"))))
    assert archive.ok("status", "--check") == "nothing is wrong: 3 posts are what 3 answers tell\n"
    assert archive.ok("rebuild", "--dry-run").startswith("3 posts from 3 answers: 0 posts would change")
    renamed = json.loads(json.dumps(archives.ACCOUNT).replace("hana_x", "hana_new"))
    archive.ok("import", archives.zipped(archive.home / "b.zip", archives.x_files(
        archives.tweet(5, "四つ"), **{"data/account.js": archives.ytd("account", renamed)})), env={"ARCHIVE_NOW": "1893456000"})
    assert archive.ok("status", "--check") == "nothing is wrong: 4 posts are what 4 answers tell\n"
    change(archive, "UPDATE post SET text = 'x' WHERE url LIKE '%/status/1'")
    archive.ok("rebuild")
    assert found(archive)["found"] == 0
