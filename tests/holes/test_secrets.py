"""Credentials stand nowhere but in the request; a tape is as good as the server; plain http stays on this machine."""
import pytest

from harness import Archive
from fakes import NOW, TRANSIENT, Author, Faults, MastodonFake, Post, XFake, evening

from .scene import TAG, TOKEN, Scene

POSTS = evening(31, 120, TAG, secrets=True)
FEW = evening(32, 40, TAG, secrets=True)

GUEST = Author("meetup_guest_afar", "遠方", "far.example")
AFAR = [Post(GUEST, "遠くから %d #ssmjp" % n, (NOW - 9000 + n) * 1000, "afar%d" % n) for n in range(50)]


def gotosocial(faults=None):
    return MastodonFake(POSTS, faults, personality="gotosocial", token=TOKEN)


def x(faults=None):
    return XFake(FEW, faults, token=TOKEN)


BOTH = pytest.mark.parametrize("make", [gotosocial, x], ids=lambda make: make.__name__)
FAULTS = pytest.mark.parametrize("faults", [None, Faults(3, 0.4, TRANSIENT, burst=2)], ids=["", "faults"])


def files_under(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


@BOTH
@pytest.mark.parametrize("known", [True, False], ids=["accepted", "refused"])
def test_a_credential_stands_nowhere(archive, make, known):
    """Scene looks at what the program prints; here are all files that it leaves, and the store unpacked."""
    tape = archive.home / "tape"
    with Scene(archive, make(Faults(4, 0.2, TRANSIENT, burst=1)), token=TOKEN) as scene:
        if not known:
            scene.fake.token = "another"
        for more in ([], ["--verbose"]):
            scene.fetch("--record", str(tape), *more)
            scene.fetch(*more, as_json=False)
        assert any("Bearer " + TOKEN == one.headers.get("authorization") for one in scene.fake.seen)
        assert TOKEN.encode() not in scene.everything()
    written = files_under(archive.home)
    assert len(written) > 3
    assert not [path for path in written if TOKEN.encode() in path.read_bytes()]
    assert not [path for path in files_under(tape) if b"uthorization" in path.read_bytes()]


@BOTH
def test_a_token_that_would_be_a_header_is_not_sent(archive, make):
    with Scene(archive, make(), token=TOKEN + "\r\nX-More: 1") as scene:
        done = archive.run(*scene.words(), env=scene.env)
        assert done.returncode == 1 and "token" in done.stdout and TOKEN not in done.stdout + done.stderr
        assert scene.fake.seen == []


def same(one, other):
    for left, right in zip(one.content(), other.content()):
        assert set(left) ^ set(right) == set() and left == right


def replayed(tmp_path, tape, *more):
    home = tmp_path / "replayed"
    home.mkdir()
    other = Archive(home)
    done = other.run("--json", "fetch", "#" + TAG, "--replay", tape, *more)
    assert done.returncode == 0 and "Sanitizer" not in done.stderr, done
    return Scene(other, MastodonFake(()))


@BOTH
@FAULTS
def test_a_tape_replays_to_the_same_store(archive, tmp_path, make, faults):
    """No server, no credential; what failed for a moment when it was recorded fails for a moment again."""
    tape = tmp_path / "tape"
    with Scene(archive, make(faults), token=TOKEN) as scene:
        done = scene.fetch("--record", str(tape))
        assert done.status == 0, done
    again = replayed(tmp_path, tape)
    same(again, scene)


def test_a_tape_of_two_runs_and_two_servers(archive, tmp_path):
    tape = tmp_path / "tape"
    with Scene(archive, gotosocial(), MastodonFake(AFAR, token=TOKEN), token=TOKEN) as scene:
        assert scene.fetch("--record", str(tape)).status == 0
        assert scene.fetch("--record", str(tape)).status == 0
    again = replayed(tmp_path, tape)
    same(again, scene)


def test_a_tape_that_is_cut_off_is_an_error_that_names_the_request(archive, tmp_path):
    tape = tmp_path / "tape"
    with Scene(archive, gotosocial(), token=TOKEN) as scene:
        scene.fetch("--record", str(tape))
    for path in sorted(tape.glob("*.request"))[1:]:
        path.unlink()
    home = tmp_path / "replayed"
    home.mkdir()
    other = Archive(home)
    done = other.run("--json", "fetch", "#" + TAG, "--replay", tape)
    assert done.returncode == 1 and "holds no answer to GET" in done.stdout and "max_id" in done.stdout


def test_plain_http_goes_nowhere_but_to_this_machine(archive):
    """The proxy is the fake: what would go out would come there."""
    with Scene(archive, MastodonFake(FEW)) as scene:
        env = {**scene.env, "http_proxy": scene.fake.url}
        words = ["fetch", "#" + TAG, "--source", "mastodon:http://social.example"]
        done = archive.run(*words, env=env)
        assert done.returncode in (1, 2) and "--insecure-http" in done.stdout + done.stderr
        assert scene.fake.seen == []
        done = archive.run("--insecure-http", *words, env=env)
        assert done.returncode == 0 and scene.fake.seen
        assert set(scene.stored()) == scene.shown()


def test_a_server_on_this_machine_is_not_asked_through_a_proxy(archive):
    with Scene(archive, MastodonFake(FEW)) as scene, MastodonFake(()) as proxy:
        scene.fetch(env={"http_proxy": proxy.url, "HTTP_PROXY": proxy.url, "all_proxy": proxy.url})
        assert proxy.requests == 0 and set(scene.sound()) == scene.shown()


def test_only_what_was_agreed_is_told_of_us(archive):
    """No cookie comes back, no language, no referrer; the name of the program and nothing of the machine."""
    with Scene(archive, gotosocial(), token=TOKEN) as scene:
        scene.fetch()
        for one in scene.fake.seen:
            assert set(one.headers) == {"host", "user-agent", "accept", "accept-encoding", "authorization"}
            assert one.headers["user-agent"].startswith("archive/")
