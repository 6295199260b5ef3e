"""Runs that are killed, interrupted, starved of disk or kept out: the store opens, and the next run goes on."""
import signal
import sqlite3

import pytest

from fakes import TRANSIENT, BlueskyFake, Faults, MastodonFake, MisskeyFake, XFake, evening

from harness import Archive

from .scene import PASSWORD, TAG, TOKEN, Scene, limited

POSTS = evening(1, 150, TAG, secrets=True)
FEW = evening(2, 50, TAG, secrets=True)
MANY = evening(4, 330, TAG, secrets=True)


def mastodon(posts=None, **more):
    return MastodonFake(POSTS if posts is None else posts, **more)


def x(posts=None, **more):
    return XFake(FEW if posts is None else posts, token=TOKEN, **more)


def misskey():
    return MisskeyFake(MANY)


def bluesky():
    return BlueskyFake(POSTS, most=40, password=PASSWORD)


FOUR = pytest.mark.parametrize("make", [mastodon, x, misskey, bluesky], ids=lambda make: make.__name__)
# answers before a page is kept: X's page waits for its authors, Bluesky's for a session
AT_FIRST = {mastodon: 1, x: 2, misskey: 1, bluesky: 2}


@FOUR
@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_run_that_is_killed_is_continued(archive, make, number):
    with Scene(archive, make()) as scene:
        done = scene.cut(number, signal.SIGKILL)
        assert done.status in (-signal.SIGKILL, 0)
        if number > AT_FIRST[make]:
            assert len(scene.sound()) > 0, "what came before the kill is kept"
        scene.whole()
        scene.check()


@FOUR
@pytest.mark.parametrize("by, status", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_that_is_interrupted_says_what_it_stored(archive, make, by, status):
    with Scene(archive, make()) as scene:
        done = scene.cut(AT_FIRST[make] + 1, by)
        assert done.status == status and done.report["cancelled"] is True
        assert done.states == {"stopped"} and "goes on" in done.why
        assert 0 < done.new == scene.found()
        scene.whole()
        scene.check()


def test_the_report_of_an_interrupted_run_is_for_people_too(archive):
    with Scene(archive, mastodon()) as scene:
        box = []
        scene.fake.at(2, lambda fake: box[0].send_signal(signal.SIGINT))
        with scene.fake.lock:
            box.append(archive.start(*scene.words(as_json=False), env=scene.env))
        out, err = box[0].communicate(timeout=60)
        assert box[0].returncode == 130 and err == ""
        assert "%d new, 0 seen before" % scene.found() in out and "stopped: the same command goes on" in out


@FOUR
def test_many_runs_that_are_cut_one_after_the_other(archive, make):
    with Scene(archive, make()) as scene:
        for number in (2, 1, 2, 3, 2):
            scene.cut(number, signal.SIGKILL)
        scene.whole()
        scene.check()


def test_every_run_of_a_long_row_gets_one_page_further(archive):
    """Killed at its second request each time: each run keeps one page, and comes to the end."""
    with Scene(archive, mastodon(evening(3, 200, TAG))) as scene:
        counts = []
        for _ in range(6):
            scene.cut(3, signal.SIGKILL)
            counts.append(len(scene.sound()))
        assert counts == sorted(counts) and counts[-1] > counts[0]
        scene.whole()
        scene.check()


@pytest.mark.parametrize("make, size", [(mastodon, 7), (mastodon, 45), (x, 12)], ids=["page", "two-pages", "x"])
def test_runs_of_so_many_posts_come_to_the_end(archive, make, size):
    with Scene(archive, make()) as scene:
        for _ in range(12):
            done = scene.fetch("--max", str(size))
            assert done.status == 0
            scene.sound()
            if done.states == {"done"}:
                break
            assert done.states == {"stopped"} and "goes on" in done.why
        assert done.states == {"done"}
        scene.check()


def test_two_runs_at_once_on_one_store(archive):
    with Scene(archive, mastodon(faults=Faults(5, 0.2, TRANSIENT, burst=2))) as scene:
        both = [scene.start(), scene.start()]
        for done in map(scene.end, both):
            assert done.status == 0 and done.states == {"done"}
        scene.mend()
        scene.check()


def test_one_of_two_runs_is_killed(archive):
    with Scene(archive, mastodon()) as scene:
        other = scene.start()
        scene.cut(3, signal.SIGKILL)
        assert scene.end(other).status == 0
        scene.whole()
        scene.check()


@pytest.mark.parametrize("kilobytes", [4, 100, 300])
@pytest.mark.parametrize("ends", [False, True], ids=["full", "killed-while-writing"])
def test_a_disk_that_is_full(archive, kilobytes, ends):
    with Scene(archive, mastodon()) as scene:
        done = scene.fetch(preexec_fn=limited(kilobytes * 1024, ends))
        if ends:
            assert done.status == -signal.SIGXFSZ
        else:
            assert done.status == 1 and "disk" in done.err and done.err.count("\n") == 1
        if archive.store.exists() and archive.store.stat().st_size:
            archive.run("status")
        scene.whole()
        scene.check()


def test_what_is_there_outlives_a_full_disk(archive):
    with Scene(archive, mastodon()) as scene:
        scene.fetch("--max", "1")
        before = scene.sound()
        done = scene.fetch(preexec_fn=limited(archive.store.stat().st_size // 2, False))
        assert done.status == 1 and set(before) <= set(scene.sound())
        scene.whole()
        scene.check()


def test_a_store_that_another_program_keeps_locked(archive, tmp_path):
    """One from the beginning, one from the second page on; both at once, for each waits its ten seconds."""
    (tmp_path / "other").mkdir()
    with Scene(archive, mastodon()) as kept_out, Scene(Archive(tmp_path / "other"), mastodon()) as cut:
        for scene in (kept_out, cut):
            scene.fetch("--max", "1")
        locks = [sqlite3.connect(scene.archive.store, isolation_level=None, check_same_thread=False)
                 for scene in (kept_out, cut)]
        locks[0].execute("BEGIN IMMEDIATE")
        cut.fake.at(cut.fake.requests + 2, lambda fake: locks[1].execute("BEGIN IMMEDIATE"))
        before, asked = kept_out.sound(), kept_out.fake.requests
        processes = [scene.start() for scene in (kept_out, cut)]
        for scene, process, lock in zip((kept_out, cut), processes, locks):
            done = scene.end(process)
            assert done.status == 1 and "locked" in done.err and done.err.count("\n") == 1
            assert scene.sound(), "what is there can be read meanwhile"
            lock.execute("ROLLBACK")
            lock.close()
        assert kept_out.fake.requests == asked, "nothing is asked that cannot be kept"
        assert kept_out.sound() == before
        for scene in (kept_out, cut):
            scene.whole()
            scene.check()
