"""The configuration: what it changes, what it refuses, and that no secret of it is seen anywhere."""
import json
import os
import re

import pytest

from fakes import NOW, MastodonFake, evening
from holes.scene import Scene

POSTS = evening(11, 30, "ssmjp")
TOKEN = "sesame-77aa01"
CLOCK = {"ARCHIVE_NOW": str(NOW)}


class Quiet(MastodonFake):
    """A server for accounts only, which tells nothing of itself."""

    def __init__(self, **more):
        super().__init__(POSTS, access="authenticated", token=TOKEN, **more)

    def route(self, request):
        if request.path == "/api/v2/instance":
            return self.json({})
        return super().route(request)

    @property
    def spec(self):
        return "mastodon:" + self.url

    @property
    def tokens(self):
        return [one.headers.get("authorization", "").removeprefix("Bearer ") for one in self.seen]


def configure(archive, text, mode=0o600):
    path = archive.home / ".config/archive/config.ini"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(mode)
    return path


def fetch(archive, *words, status=0, env=None):
    done = archive.run("--json", "fetch", "#ssmjp", *words, env={**CLOCK, **(env or {})})
    assert done.returncode == status and "Sanitizer" not in done.stderr, done
    return {view["source"]: view for view in json.loads(done.stdout)["sources"]} if done.stdout else done.stderr


def refused(archive, text, *said, mode=0o600):
    path = configure(archive, text, mode)
    done = archive.run("status")
    assert done.returncode == 2 and done.stdout == "", done
    for words in said:
        assert words in done.stderr
    assert done.stderr.startswith("archive: %s, line " % path)
    return done.stderr


ONLY = "[archive]\ndefault-sources = no\n"


def test_a_source_of_the_configuration_is_asked_with_its_token(archive):
    with Quiet() as fake:
        configure(archive, ONLY + "[source %s]\ntoken = %s\n" % (fake.spec, TOKEN))
        assert list(fetch(archive)) == [fake.spec]
        assert set(fake.tokens) == {TOKEN}


def test_a_list_of_instances_is_asked(archive):
    with MastodonFake(POSTS) as one, MastodonFake(POSTS) as two:
        configure(archive, ONLY + "[mastodon]\ninstances = %s, %s\n" % (one.url, two.url), 0o644)
        assert set(fetch(archive)) == {"mastodon:" + one.url, "mastodon:" + two.url}


def test_a_source_of_the_configuration_counts_as_named(archive):
    with Quiet() as fake, MastodonFake(POSTS) as open_one:
        configure(archive, ONLY + "[mastodon]\ninstances = %s, %s\n" % (fake.url, open_one.url))
        views = fetch(archive, status=3)
        assert views[fake.spec]["state"] == "failed"


def test_the_command_line_comes_before_the_configuration_and_keeps_what_it_says_of_a_source(archive):
    with Quiet() as fake, MastodonFake(POSTS) as other:
        configure(archive, "[source %s]\ntoken = %s\nenabled = no\n[source mastodon:%s]\n" % (fake.spec, TOKEN, other.url))
        assert list(fetch(archive, "--source", fake.spec)) == [fake.spec]
        assert set(fake.tokens) == {TOKEN} and other.seen == []


def test_a_source_that_is_switched_off_is_not_asked(archive):
    with Quiet() as fake, MastodonFake(POSTS) as other:
        configure(archive, ONLY + "[source %s]\nenabled = no\n[source mastodon:%s]\n" % (fake.spec, other.url))
        assert list(fetch(archive)) == ["mastodon:" + other.url]


def test_with_everything_switched_off_the_cure_is_named(archive):
    configure(archive, ONLY)
    assert "archive source add" in fetch(archive, status=2)


def test_the_environment_comes_before_the_configuration(archive):
    with Quiet() as fake:
        configure(archive, ONLY + "[source %s]\ntoken = another\n" % fake.spec)
        fetch(archive, env={"ARCHIVE_MASTODON_TOKEN_127_0_0_1_%d" % fake.port: TOKEN})
        assert set(fake.tokens) == {TOKEN}


def test_a_token_comes_from_a_variable(archive):
    with Quiet() as fake:
        configure(archive, ONLY + "[source %s]\ntoken-env = MY_TOKEN\n" % fake.spec, 0o644)
        fetch(archive, env={"MY_TOKEN": TOKEN})
        assert set(fake.tokens) == {TOKEN}
        assert "the environment has no MY_TOKEN" in fetch(archive, status=1)


def test_a_token_comes_from_the_first_line_of_a_command(archive):
    with Quiet() as fake:
        configure(archive, ONLY + "[source %s]\ntoken-command = printf '%%s\\nmore\\n' %s\n" % (fake.spec, TOKEN))
        fetch(archive)
        assert set(fake.tokens) == {TOKEN}


@pytest.mark.parametrize("command, words", [
    ("echo %s; exit 3" % TOKEN, "failed (status 3): run it by hand"), ("kill -9 $$", "failed (signal 9)"),
    ("true", "printed nothing in its first line"), ("echo; echo %s" % TOKEN, "printed nothing"),
    ("no-such-program-here 2>&-", "failed (status 127)"),
    ("head -c 20000 /dev/zero | tr '\\000' a", "printed more than a secret is long")])
def test_a_command_that_fails_is_a_sentence_without_what_it_said(archive, command, words):
    with Quiet() as fake:
        configure(archive, ONLY + "[source %s]\ntoken-command = %s\n" % (fake.spec, command))
        said = fetch(archive, status=1)
        assert words in said and fake.spec in said and TOKEN not in said
        assert fake.seen == []


def test_a_command_is_not_given_the_credentials_of_the_environment(archive):
    with Quiet() as fake:
        seen = archive.home / "seen"
        configure(archive, ONLY + "[source %s]\ntoken-command = env > %s; echo %s\n" % (fake.spec, seen, TOKEN))
        archive.run("fetch", "#ssmjp", "--source", fake.spec, env={
            **CLOCK, "ARCHIVE_X_TOKEN": "sesame-x", "ARCHIVE_BLUESKY_PASSWORD": "sesame-b", "MARK": "kept"})
        text = seen.read_text()
        assert "MARK=kept" in text and "sesame" not in text


def test_a_token_with_a_line_break_is_no_token(archive):
    with Quiet() as fake:
        configure(archive, ONLY + "[source %s]\ntoken-command = printf 'a b'\n" % fake.spec)
        view = fetch(archive, status=1)[fake.spec]
        assert "blanks or control characters" in view["why"] and fake.seen == []


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o644, 0o666])
def test_a_secret_that_others_can_see_or_change_is_refused(archive, mode):
    said = refused(archive, "[source x]\ntoken = %s\n" % TOKEN, "line 2", "chmod 600 ", mode=mode)
    assert TOKEN not in said


@pytest.mark.parametrize("mode", [0o600, 0o400, 0o700])
def test_a_secret_that_is_ones_own_is_not(archive, mode):
    configure(archive, "[source x]\ntoken = %s\n" % TOKEN, mode)
    archive.run("import", "-", stdin="[]")
    archive.ok("status")


def test_without_a_secret_any_mode_is_fine(archive):
    configure(archive, "[source x]\ntoken-env = MINE\n", 0o666)
    archive.ok("import", "-", stdin="[]")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_secret_in_somebody_elses_file_is_refused(archive):
    path = configure(archive, "[source x]\ntoken = %s\n" % TOKEN)
    os.chown(path, 12345, 12345)
    done = archive.run("status")
    assert done.returncode == 2 and "belongs to somebody else" in done.stderr and TOKEN not in done.stderr


@pytest.mark.parametrize("text, said", [
    ("[archive]\nstor = /a\n", "line 2: there is no key 'stor' in [archive]: did you mean store?"),
    ("\n[souce x]\n", "line 2: there is no section [souce x]"),
    ("[source x]\ntokn = %s\n" % TOKEN, "did you mean token?"),
    ("[source x]\ntoken = %s ; mine\n" % TOKEN, "a remark stands in a line of its own"),
    ("[source x]\ntoken = %s\n" % (TOKEN * 200), "line 2: a line has room for"),
    ("[source x]\n%s\n" % TOKEN, "neither [section]"),
])
def test_what_is_not_understood_is_refused_and_nothing_is_done(archive, text, said):
    assert TOKEN not in refused(archive, text, said)
    assert not archive.store.exists()


def test_help_is_given_whatever_the_configuration_says(archive):
    configure(archive, "nonsense")
    assert archive.ok("fetch", "--help") and archive.ok("--help") and archive.ok("--version")


def test_the_file_is_named_by_an_option_or_the_environment(archive):
    for name in "ab":
        (archive.home / (name + ".ini")).write_text("[archive]\nstore = %s/%s.db\n" % (archive.home, name))
    archive.ok("import", "-", "--config", "a.ini", stdin="[]", env={"ARCHIVE_CONFIG": "b.ini"})
    assert [path.name for path in archive.home.glob("*.db")] == ["a.db"]
    archive.ok("import", "-", stdin="[]", env={"ARCHIVE_CONFIG": "b.ini"})
    assert (archive.home / "b.db").exists()
    archive.ok("--store", "c.db", "import", "-", stdin="[]", env={"ARCHIVE_CONFIG": "b.ini", "ARCHIVE_STORE": "d.db"})
    archive.ok("import", "-", stdin="[]", env={"ARCHIVE_CONFIG": "b.ini", "ARCHIVE_STORE": "d.db"})
    assert (archive.home / "c.db").exists() and (archive.home / "d.db").exists()


@pytest.mark.parametrize("words, env", [(("--config", "none.ini"), {}), ((), {"ARCHIVE_CONFIG": "none.ini"})])
def test_a_file_that_was_named_and_is_not_there_is_an_error(archive, words, env):
    done = archive.run("status", *words, env=env)
    assert (done.returncode, done.stderr) == (
        1, "archive: none.ini: there is no such configuration: archive source add begins one\n")


def test_a_folder_is_no_configuration(archive):
    done = archive.run("status", "--config", ".")
    assert done.returncode == 1 and done.stderr.startswith("archive: .: ")


def test_the_zone_is_the_users(archive):
    configure(archive, ONLY + "[archive]\nzone = America/New_York\n")
    with MastodonFake(POSTS) as fake:
        for zone, word in (("", "America/New_York"), ("Asia/Tokyo", "Asia/Tokyo")):
            done = archive.run("fetch", "#ssmjp", "--since", "-2h", "--source", "mastodon:" + fake.url,
                               env={**CLOCK, "TZ": zone})
            assert word in done.stdout.splitlines()[0]


def test_the_sample_is_read_as_it_is_and_with_all_its_lines(archive, root):
    sample = (root / "data/config.ini").read_text()
    assert len(sample.splitlines()) > 30
    configure(archive, sample, 0o644)
    archive.ok("import", "-", stdin="[]")
    whole = re.sub(r"^#(?=\[|[a-z-]+ = )", "", sample, flags=re.M)
    whole = re.sub(r"^(store|ca-file) = .*\n", "", whole, flags=re.M)
    assert whole.count(" = ") > 12
    configure(archive, whole, 0o644)
    archive.ok("status")


def test_the_manual_has_each_key(root):
    """The keys are those of the table."""
    table = (root / "src/cli/config-keys.c").read_text()
    keys = set(re.findall(r'\{ (?:"[a-z]+"|SOURCE_SECTION), "([a-z-]+)"', table))
    manual = (root / "data/man/archive-config.5.scd").read_text()
    sample = (root / "data/config.ini").read_text()
    assert len(keys) > 15
    assert [key for key in keys if "*%s*" % key not in manual] == []
    assert [key for key in keys - {"token", "password", "password-env"} if not re.search("^#?%s = " % key, sample, re.M)] == []


def hidden(archive, *more):
    """No secret in any file of the home, but the configuration itself, and in the store unpacked."""
    for path in archive.home.rglob("*"):
        if path.is_file() and path.name != "config.ini":
            assert TOKEN.encode() not in path.read_bytes(), path
    assert TOKEN.encode() not in Scene(archive, MastodonFake(())).everything()
    for text in more:
        assert TOKEN not in text


def command_lines():
    """Of all processes that can be seen."""
    found = []
    for name in os.listdir("/proc"):
        try:
            with open("/proc/%s/cmdline" % name, "rb") as file:
                found.append(file.read())
        except OSError:
            pass
    return b"\n".join(found)


@pytest.mark.parametrize("line", ["token = %s" % TOKEN, "token-env = MINE", "token-command = cat token"])
@pytest.mark.parametrize("good", [True, False])
def test_a_secret_appears_nowhere(archive, line, good):
    """Neither in the store, the tape, the output nor, while the request is under way, in the list of processes."""
    with Quiet() as fake:
        if not good:
            fake.token = "another"
        configure(archive, ONLY + "[source %s]\n%s\n" % (fake.spec, line))
        (archive.home / "token").write_text(TOKEN + "\n")
        lists = []
        fake.at(1, lambda _: lists.append(command_lines()))
        done = archive.run("fetch", "#ssmjp", "--verbose", "--record", "tape", env={**CLOCK, "MINE": TOKEN})
        (archive.home / "token").unlink()
        assert set(fake.tokens) == {TOKEN} and done.returncode == (0 if good else 1)
        assert str(archive.path).encode() in lists[0] and TOKEN.encode() not in lists[0]
        hidden(archive, done.stdout, done.stderr)
        assert any((archive.home / "tape").iterdir())
