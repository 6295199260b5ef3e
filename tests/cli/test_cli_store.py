"""The store as a file: where it is made, what is no store, and that reading never writes."""
import hashlib
import os
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile

import pytest

from made import SLUG

pytest_plugins = ["evenings"]

READING = [["search", "x"], ["status"], ["thread", "list"], ["thread", "show"], ["export"], ["--json", "status"]]
WRITING = [["import", "-"], ["thread", "new", "x", "--tag", "x"]]


def refused(archive, *words, status=1):
    """The one sentence of a refusal."""
    done = archive.run(*words, stdin="[]")
    assert (done.returncode, done.stdout) == (status, "")
    assert done.stderr.startswith("archive: ") and done.stderr.count("\n") == 1
    return done.stderr.removeprefix("archive: ").rstrip("\n")


def unprivileged():
    """For preexec_fn: root may do everything, and a user may not."""
    if os.getuid() == 0:
        os.setgid(65534)
        os.setuid(65534)


def test_the_store_is_made_with_its_folders_where_xdg_says(archive):
    archive.ok("import", "-", stdin="[]", env={"XDG_DATA_HOME": str(archive.home / "a/b")})
    assert (archive.home / "a/b/archive/archive.db").exists()


def test_without_xdg_it_is_in_the_home(archive):
    archive.ok("import", "-", stdin="[]")
    assert archive.store.exists()


def test_the_environment_names_a_store(archive):
    archive.ok("import", "-", stdin="[]", env={"ARCHIVE_STORE": "here.db"})
    assert (archive.home / "here.db").exists() and not archive.store.exists()


def test_the_option_outweighs_the_environment(archive):
    archive.ok("--store", "there.db", "import", "-", stdin="[]", env={"ARCHIVE_STORE": "here.db"})
    assert sorted(path.name for path in archive.home.glob("*.db")) == ["there.db"]


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_reading_without_a_store_says_what_makes_one_and_makes_none(archive, words):
    assert refused(archive, *words) == "no store at %s: archive fetch makes it" % archive.store
    assert list(archive.home.iterdir()) == []


@pytest.mark.parametrize("words", [["search", "復旧"], ["search"], ["status"], ["thread", "list"], ["thread", "show"],
                                   ["thread", "show", "--json"], ["export"]], ids=" ".join)
def test_reading_leaves_every_byte_of_the_store(thread, words):
    before = hashlib.sha256(thread.store.read_bytes()).digest()
    thread.ok(*words)
    assert hashlib.sha256(thread.store.read_bytes()).digest() == before
    beside = [path for path in thread.store.parent.iterdir() if path != thread.store]
    assert all(path.name.endswith("-shm") or path.stat().st_size == 0 for path in beside)     # SQLite's own, of its readers


@pytest.mark.parametrize("words", READING + WRITING, ids=" ".join)
def test_a_text_file_is_no_store_and_stays_as_it_is(archive, words):
    path = archive.home / "notes.txt"
    path.write_text("dear diary\n" * 1000)
    assert refused(archive, "--store", path, *words) == \
        "%s: not an archive store, nor any SQLite file: name another file" % path
    assert path.read_text() == "dear diary\n" * 1000


@pytest.mark.parametrize("words", READING + WRITING, ids=" ".join)
def test_another_programs_database_is_left_alone(archive, words):
    path = archive.home / "bookmarks.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE bookmark(url)")
    db.close()
    before = path.read_bytes()
    assert refused(archive, "--store", path, *words) == \
        "%s belongs to another program, it is not an archive store: name another file" % path
    assert path.read_bytes() == before


@pytest.mark.parametrize("words", READING + WRITING, ids=" ".join)
def test_a_newer_store_is_refused_unchanged(night, words):
    with sqlite3.connect(night.store) as db:
        db.execute("PRAGMA user_version = 9999")
    db.close()
    before = night.store.read_bytes()
    assert "was made by a newer archive (store version 9999, this program knows " in refused(night, *words)
    assert night.store.read_bytes() == before


def test_an_empty_file_becomes_a_store_when_something_is_put_in(archive):
    path = archive.home / "empty.db"
    path.touch()
    archive.ok("--store", path, "import", "-", stdin="[]")
    assert path.stat().st_size > 0


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_an_empty_file_is_no_store_for_reading(archive, words):
    path = archive.home / "empty.db"
    path.touch()
    assert refused(archive, "--store", path, *words) == "no store at %s yet, the file is empty: archive fetch makes it" % path
    assert path.stat().st_size == 0


@pytest.mark.parametrize("words", READING + WRITING, ids=" ".join)
def test_a_folder_is_no_store(archive, words):
    (archive.home / "folder").mkdir()
    assert "folder: " in refused(archive, "--store", archive.home / "folder", *words)
    assert list((archive.home / "folder").iterdir()) == []


@pytest.mark.parametrize("words", WRITING, ids=" ".join)
def test_a_folder_that_cannot_be_made_is_named(archive, words):
    (archive.home / "file").write_text("")
    assert refused(archive, "--store", archive.home / "file/sub/archive.db", *words) == \
        "%s/file/sub: Not a directory" % archive.home


@pytest.fixture
def public():
    """A folder that everyone may read, as pytest's own are not."""
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o755)
        yield pathlib.Path(name)


def test_a_store_that_may_not_be_written_is_said_and_still_read(night, public):
    store = public / "archive.db"
    shutil.copy(night.store, store)
    store.chmod(0o444)
    program = shutil.copy(night.path, public)       # its folder may be closed to others, as root's is
    how = {"env": {**night.env, "HOME": str(public)}, "cwd": "/", "capture_output": True, "text": True, "preexec_fn": unprivileged}
    done = subprocess.run([program, "--store", store, "thread", "new", "x", "--tag", "x"], **how)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("archive: %s: may not be written: change its permissions" % store)
    done = subprocess.run([program, "--store", store, "search", "復旧"], **how)
    assert (done.returncode, done.stderr) == (0, "") and "復旧" in done.stdout


def test_a_damaged_store_is_refused_with_what_helps(night):
    bytes_ = bytearray(night.store.read_bytes())
    for at in range(4096, len(bytes_), 4096):
        bytes_[at:at + 200] = b"\xa5" * 200
    night.store.write_bytes(bytes_)
    done = night.run("search", "--limit", "1000")
    assert done.returncode == 1
    assert "damaged" in done.stderr and "Sanitizer" not in done.stderr


def test_a_cut_store_crashes_nothing(night):
    whole = night.store.read_bytes()
    for keep in (100, 4096, 5000, len(whole) // 2, len(whole) - 4096):
        night.store.write_bytes(whole[:keep])
        for words in (["status"], ["search", "復旧"], ["thread", "list"]):
            done = night.run(*words)
            assert done.returncode in (0, 1) and "Sanitizer" not in done.stderr, done.stderr


def test_a_relative_name_of_sqlites_own_is_a_file(archive):
    archive.ok("--store", ":memory:", "import", "-", stdin="[]")
    assert (archive.home / ":memory:").exists()


@pytest.mark.parametrize("damage", [
    "UPDATE thread SET title = NULL",
    "UPDATE thread SET zone = NULL",
    "UPDATE thread SET zone = 'Mars/Olympus', lang = NULL",
    "UPDATE item SET kind = 'heading', post = NULL WHERE id = 1",
    "UPDATE item SET kind = 'link', post = NULL WHERE id = 2",
    "UPDATE item SET kind = 'no such thing' WHERE id = 3",
    "UPDATE item SET position = 9223372036854775807 - id",
    "UPDATE item SET position = id - 9223372036854775807",
])
def test_what_a_store_has_lost_ends_no_command(thread, damage):
    post = sqlite3.connect(thread.store).execute("SELECT short FROM post JOIN item ON post = post.id LIMIT 1").fetchone()[0]
    with sqlite3.connect(thread.store) as db:
        db.execute(damage)
    for words in (["thread", "list"], ["thread", "show"], ["--json", "thread", "show"], ["export"], ["search"],
                  ["thread", "remove", SLUG, post], ["thread", "add", SLUG, post]):
        done = thread.run(*words)
        assert done.returncode in (0, 1) and "Sanitizer" not in done.stderr and "runtime" not in done.stderr
