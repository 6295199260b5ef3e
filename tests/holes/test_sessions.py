"""Bluesky gives sessions: one is opened, kept in a file that nobody else may read, and renewed when it has ended;
without an account there is one page, and a sentence that says what to do. What is secret stands nowhere."""
import os
import signal
import stat

import pytest

from fakes import NOW, TRANSIENT, Author, BlueskyFake, Faults, MastodonFake, MisskeyFake, Post, XFake, evening

from .scene import PASSWORD, TAG, TOKEN, Scene

POSTS = evening(51, 90, TAG)
HANA = Author("meetup_hana_at_home", "はな")


def bluesky(posts=POSTS, faults=None, **more):
    return BlueskyFake(posts, faults, password=PASSWORD, **{"most": 30, **more})


def kept(archive):
    """The files of the state folder."""
    return [path for path in (archive.home / ".local/state/archive").rglob("*") if path.is_file()]


def asked(fake):
    """The calls that were made, by name."""
    return [one.path.rpartition(".")[2] for one in fake.seen]


def test_a_session_is_kept_for_the_next_runs_and_renewed_when_it_has_ended(archive):
    with Scene(archive, bluesky()) as scene:
        sessions = scene.fake.sessions
        for _ in range(3):
            scene.whole()
            scene.fake.clock += 600
        assert len(sessions.made) == 1 and sessions.renewed == 0
        files = kept(archive)
        assert len(files) == 1 and stat.S_IMODE(files[0].stat().st_mode) == 0o600
        assert PASSWORD.encode() not in files[0].read_bytes()
        for _ in range(3):
            scene.fake.clock += 3 * 3600
            scene.whole()
        assert len(sessions.made) == 1 and sessions.renewed == 3
        scene.check(again=True)


def test_the_state_folder_is_where_the_environment_says(archive):
    elsewhere = archive.home / "elsewhere"
    with Scene(archive, bluesky()) as scene:
        scene.fetch(env={"XDG_STATE_HOME": str(elsewhere)})
        assert [path.parent for path in elsewhere.rglob("*") if path.is_file()] and not kept(archive)
        assert (elsewhere / "archive").is_dir()


@pytest.mark.parametrize("number", [2, 3, 4])
def test_a_session_that_ends_in_the_middle_of_a_walk_is_renewed_there(archive, number):
    with Scene(archive, bluesky()) as scene:
        scene.fake.at(number, lambda fake: fake.sessions.expire())
        scene.whole()
        assert len(scene.fake.sessions.made) == 1 and scene.fake.sessions.renewed == 1
        scene.check()


def test_what_cannot_be_renewed_is_opened_anew(archive):
    with Scene(archive, bluesky()) as scene:
        scene.whole()
        scene.fake.sessions.forget()
        scene.whole()
        assert len(scene.fake.sessions.made) == 2
        scene.fake.clock += 100 * 86_400
        scene.whole()
        assert len(scene.fake.sessions.made) == 3
        scene.check()


def test_many_runs_open_no_more_sessions_than_they_need(archive):
    """Killed at any place, two at once, with a file that is lost once and spoiled once."""
    with Scene(archive, bluesky(faults=Faults(8, 0.2, TRANSIENT, burst=2))) as scene:
        for number in (1, 2, 3, 4):
            scene.cut(number, signal.SIGKILL)
            scene.fake.clock += 3600
        for done in map(scene.end, [scene.start(), scene.start()]):
            assert done.status == 0, done
        before = len(scene.fake.sessions.made)
        assert before <= 6
        scene.mend()
        for spoil in (lambda path: path.unlink(), lambda path: path.write_bytes(b'{"access":"'),
                      lambda path: path.write_bytes(b"")):
            for path in kept(archive):
                spoil(path)
            scene.whole()
        assert len(scene.fake.sessions.made) <= before + 3
        scene.check()


WRONG = {"password": {"ARCHIVE_BLUESKY_PASSWORD": "wrong-one"}, "handle": {"ARCHIVE_BLUESKY_HANDLE": "nobody.example"}}


@pytest.mark.parametrize("env", WRONG.values(), ids=WRONG)
def test_a_password_that_is_wrong_is_said_and_not_tried_again(archive, env):
    with Scene(archive, bluesky()) as scene:
        done = scene.fetch(env=env)
        assert done.status == 1 and done.states == {"failed"} and "password" in done.why
        assert len(scene.fake.sessions.made) == 1 and scene.fake.requests == 1 and not scene.fake.refusals


def test_a_session_that_others_could_read_is_not_trusted(archive):
    """The file is made private again, or the session is opened anew; it is never left as it is."""
    with Scene(archive, bluesky()) as scene:
        scene.whole()
        for path in kept(archive):
            path.chmod(0o644)
        scene.fake.clock += 3 * 3600
        scene.whole()
        assert [stat.S_IMODE(path.stat().st_mode) for path in kept(archive)] == [0o600]


# without an account


def test_strangers_get_the_first_page_and_the_cure(archive):
    with Scene(archive, bluesky(mode="api")) as scene:
        done = scene.fetch()
        assert done.status == 1 and done.states == {"failed"}, "it was named"
        assert "ARCHIVE_BLUESKY_HANDLE" in done.why and "ARCHIVE_BLUESKY_PASSWORD" in done.why
        assert len(scene.sound()) + len(scene.rows("SELECT 1 FROM post WHERE optout = 1")) == 30
        assert asked(scene.fake) == ["searchPosts"] * 2 and not scene.fake.refusals
        people = scene.fetch(as_json=False)
        assert people.status == 1 and "ARCHIVE_BLUESKY_PASSWORD" in people.out


def test_strangers_get_all_of_a_small_evening(archive):
    with Scene(archive, bluesky(evening(52, 20, TAG), mode="api")) as scene:
        scene.whole()
        scene.check(again=True)


def test_a_closed_search_is_a_sentence_with_the_cure(archive):
    with Scene(archive, bluesky(mode="public")) as scene:
        done = scene.fetch()
        assert done.status == 1 and done.states == {"failed"} and "ARCHIVE_BLUESKY_PASSWORD" in done.why
        assert scene.fake.requests == 1


def test_one_of_two_sources_wants_an_account(archive):
    with Scene(archive, MastodonFake(POSTS), bluesky(mode="public")) as scene:
        done = scene.fetch()
        assert done.status == 3 and sorted(view["state"] for view in done.report["sources"]) == ["done", "failed"]


def test_with_an_account_all_is_read_that_a_stranger_did_not_get(archive):
    with Scene(archive, bluesky(mode="api")) as scene:
        scene.fetch()
        scene.fake.mode = "pds"
        scene.whole()
        scene.check()


# secrets


def everywhere(process):
    """What anybody on the machine sees of a process."""
    with open("/proc/%d/cmdline" % process.pid, "rb") as file:
        return file.read()


def test_credentials_of_four_networks_stand_nowhere(archive):
    """In no file but the session's, in nothing that is printed (Scene looks), and not in the list of processes."""
    tape = archive.home / "tape"
    fakes = [bluesky(faults=Faults(6, 0.2, TRANSIENT, burst=1)), MisskeyFake(POSTS, token=TOKEN),
             MastodonFake(POSTS, token=TOKEN), XFake(evening(53, 20, TAG), token=TOKEN)]
    with Scene(archive, *fakes, token=TOKEN) as scene:
        seen, box = [], []
        scene.fake.at(3, lambda fake: seen.append(everywhere(box[0])))
        with scene.fake.lock:
            box.append(scene.start("--record", str(tape)))
        assert scene.end(box[0]).status == 0
        scene.fake.clock += 3 * 3600
        for more in ([], ["--verbose"]):
            scene.fetch("--record", str(tape), *more)
            scene.fetch(*more, as_json=False)
        assert seen and not [secret for secret in scene.secrets if secret.encode() in seen[0]]
        assert scene.fake.sessions.renewed and len(scene.secrets) > 4
        text = scene.everything()
        assert not [secret for secret in scene.secrets if secret.encode() in text]
        sessions = kept(archive)
        written = [path for path in archive.home.rglob("*") if path.is_file() and path not in sessions]
        assert len(written) > 3 and len(sessions) == 1
        for path in written:
            data = path.read_bytes()
            assert not [secret for secret in scene.secrets if secret.encode() in data], path
            assert os.path.basename(path).endswith(".http") or b"Bearer " not in data, path


@pytest.mark.parametrize("make", [MisskeyFake, bluesky], ids=["misskey", "bluesky"])
def test_a_redirect_to_another_host_gets_no_credential(archive, make):
    with Scene(archive, make(POSTS, {n: "redirect" for n in range(1, 5)}), token=TOKEN) as scene:
        scene.fake.token = TOKEN
        scene.fetch()
        for one in scene.fake.elsewhere.seen:
            told = one.body + repr(sorted(one.headers.items())).encode()
            assert not [secret for secret in scene.secrets if secret.encode() in told], one


@pytest.mark.parametrize("make", [MisskeyFake, bluesky], ids=["misskey", "bluesky"])
def test_only_what_was_agreed_is_told_of_us(archive, make):
    with Scene(archive, make(POSTS), token=TOKEN) as scene:
        scene.fake.token = TOKEN
        scene.whole()
        for one in scene.fake.seen:
            assert set(one.headers) <= {"host", "user-agent", "accept", "accept-encoding", "authorization",
                                        "content-type", "content-length"}


# what is odd in life


def test_what_bluesky_finds_without_the_tag_is_left_out(archive):
    """A text that holds the letters and no facet, or one that covers half a character."""
    end = len("話 2 #ssmjp".encode())
    posts = [Post(HANA, "話 %d #ssmjp" % n, (NOW - 3600 + n) * 1000, "k%d" % n) for n in range(4)]
    posts[1].facets = []
    posts[2].facets = [{"index": {"byteStart": 6, "byteEnd": end + 40},
                        "features": [{"$type": "app.bsky.richtext.facet#tag", "tag": "other"}]}]
    with Scene(archive, bluesky(posts)) as scene:
        scene.whole()
        scene.check()
        assert set(scene.stored()) == scene.shown() and len(scene.shown()) == 2


def test_notes_that_are_blank_to_strangers_are_not_kept_as_empty_ones(archive):
    shy = Author("meetup_shy_person", "内気", "misskey.example", signin=True)
    posts = POSTS[:20] + [Post(shy, "内緒 %d #ssmjp" % n, (NOW - 1800 + n) * 1000, "shy%d" % n) for n in range(3)]
    with Scene(archive, MisskeyFake(posts)) as scene:
        scene.whole()
        scene.check()
        assert not set(scene.stored()) & scene.fake.hidden_uris(TAG)


def test_cursors_that_end_in_the_middle_of_a_walk(archive):
    """The index is made anew: no cursor given so far is taken any more."""
    with Scene(archive, bluesky(most=20)) as scene:
        scene.fake.at(4, lambda fake: fake.forget_cursors())
        scene.fetch()
        scene.whole()
        scene.check()
