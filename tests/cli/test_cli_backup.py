"""archive backup: one moment of the store in one file, whatever goes on meanwhile; and what it never writes over."""
import contextlib
import json
import os
import signal
import sqlite3
import stat

import pytest

from made import give, status

pytest_plugins = ["evenings"]


def dump(path):
    with contextlib.closing(sqlite3.connect("file:%s?mode=ro" % path, uri=True)) as db:
        names = [name for name, in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY 1")]
        return {name: sorted(map(repr, db.execute('SELECT * FROM "%s"' % name))) for name in names}


def left(archive):
    return sorted(path.name for path in archive.home.iterdir() if path.name != ".local")


def test_a_backup_is_the_store_in_one_file(thread):
    done = thread.run("backup", "copy.db")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "%.1f MB, looked over and found whole, in copy.db\n" % ((thread.home / "copy.db").stat().st_size / 1e6)
    assert left(thread) == ["copy.db"] and dump(thread.home / "copy.db") == dump(thread.store)
    assert thread.ok("--store", "copy.db", "thread", "show") == thread.ok("thread", "show")


def test_it_tells_scripts_and_can_be_quiet(night):
    assert json.loads(night.ok("backup", "copy.db", "--json")) == {
        "store": str(night.store), "file": "copy.db", "bytes": (night.home / "copy.db").stat().st_size}
    assert night.ok("--quiet", "backup", "copy.db") == ""


@pytest.mark.parametrize("mode", [0o600, 0o644])
def test_it_has_the_mode_of_the_store(night, mode):
    night.store.chmod(mode)
    night.ok("backup", "copy.db")
    assert stat.S_IMODE((night.home / "copy.db").stat().st_mode) == mode


def test_what_waits_in_the_wal_is_in_it_and_a_writer_is_not_kept_waiting(night):
    """Another program holds a write open: the backup is the state before it, and its commit goes through."""
    with contextlib.closing(sqlite3.connect(night.store, isolation_level=None)) as db:
        db.execute("INSERT INTO meta VALUES ('waits', '1')")
        db.execute("BEGIN IMMEDIATE")
        db.execute("INSERT INTO meta VALUES ('later', '1')")
        night.ok("backup", "copy.db")
        db.execute("COMMIT")
    with contextlib.closing(sqlite3.connect(night.home / "copy.db")) as db:
        assert [name for name, in db.execute("SELECT name FROM meta WHERE name IN ('waits', 'later')")] == ["waits"]
    night.ok("--store", "copy.db", "search", "ssmjp")


def test_an_older_backup_is_replaced(night):
    night.ok("backup", "copy.db")
    give(night, status(4711, "あとから #ssmjp"))
    night.ok("backup", "copy.db")
    assert "あとから" in night.ok("--store", "copy.db", "search", "あとから")


def refused(archive, *words, code=2):
    done = archive.run("backup", *words)
    assert (done.returncode, done.stdout) == (code, "") and done.stderr.count("\n") == 1
    return done.stderr.removeprefix("archive: ").rstrip("\n")


def test_what_is_no_store_is_not_replaced(night):
    (night.home / "post.md").write_text("# my post\n")
    assert refused(night, "post.md") == "%s is there and is no store, so it is not replaced: name another file" % (night.home / "post.md")
    with contextlib.closing(sqlite3.connect(night.home / "other.db")) as db:
        db.execute("CREATE TABLE mine (x)")
    assert "is no store" in refused(night, "other.db")
    assert (night.home / "post.md").read_text() == "# my post\n" and left(night) == ["other.db", "post.md"]


def test_nor_is_the_store_itself_a_folder_or_a_store_in_use(night):
    (night.home / "link.db").symlink_to(night.store)
    for name in (night.store, "link.db"):
        assert refused(night, name) == "%s is the store itself: name another file" % night.store
    assert "is a folder" in refused(night, ".")
    night.ok("backup", "copy.db")
    with contextlib.closing(sqlite3.connect(night.home / "copy.db", isolation_level=None)) as db:
        db.execute("INSERT INTO meta VALUES ('used', '1')")
        assert "is in use" in refused(night, "copy.db")


def test_words_are_looked_at(night):
    assert refused(night) == "where to? archive backup archive-copy.db"
    assert "two.db" in refused(night, "one.db", "two.db")
    assert refused(night, "none/copy.db", code=1) == "none/copy.db: No such file or directory"
    assert left(night) == []


def test_a_full_disk_leaves_nothing(night):
    """Files may not grow beyond a quarter of a megabyte: that is how a disk is full for one program."""
    import resource
    limit = 1 << 18
    assert night.store.stat().st_size > limit

    def full():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = night.run("backup", "copy.db", preexec_fn=full)
    assert done.returncode == 1 and done.stderr.count("\n") == 1 and "copy.db" in done.stderr
    assert left(night) == []


def test_a_damaged_store_is_no_backup(night):
    night.ok("backup", "copy.db")
    with contextlib.closing(sqlite3.connect(night.store)) as db:
        root, size = db.execute("SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_schema WHERE name = 'post_short'").fetchone()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with open(night.store, "r+b") as file:
        file.seek((root - 1) * size)
        file.write(os.urandom(64))
    before = (night.home / "copy.db").read_bytes()
    assert "archive status --check" in refused(night, "copy.db", code=1)
    assert (night.home / "copy.db").read_bytes() == before and left(night) == ["copy.db"]


def test_a_store_of_an_older_version_is_copied_as_it_is(night):
    with contextlib.closing(sqlite3.connect(night.store)) as db:
        db.execute("PRAGMA user_version = 3")
    night.ok("backup", "copy.db")
    with contextlib.closing(sqlite3.connect(night.home / "copy.db")) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (3,)
