"""archive source: which servers are asked, signing in there, and that no secret is seen on the way."""
import json
import os
import re
import signal
import stat
import subprocess
import termios

import pytest

from fakes import NOW, BlueskyFake, MastodonFake, MisskeyFake, XFake, evening
from fakes.bluesky import ACCOUNT
from terminals import Terminal

POSTS = evening(12, 30, "ssmjp")
TOKEN = "sesame-5512aa"
CLOCK = {"ARCHIVE_NOW": str(NOW)}
HAND = "# mine, with a ; in it\n[archive]\ndefault-sources = no\n\n# one day\n[price]\npost = 0.005\n"


def config(archive):
    return archive.home / ".config/archive/config.ini"


def configure(archive, text, mode=0o600):
    path = config(archive)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(mode)
    return path


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def source(archive, *words, status=0, env=None, **more):
    done = archive.run("source", *words, env={**CLOCK, **(env or {})}, **more)
    assert done.returncode == status and "Sanitizer" not in done.stderr, done
    assert TOKEN not in done.stdout + done.stderr
    return done.stdout + done.stderr


def listed(archive, **more):
    return {view["source"]: view for view in json.loads(source(archive, "list", "--json", **more))["sources"]}


def test_without_a_configuration_the_defaults_are_listed(archive):
    views = listed(archive)
    assert {"mastodon:mastodon.social", "mastodon:mstdn.jp", "mastodon:fedibird.com"} <= set(views)
    assert {view["from"] for view in views.values()} == {"default"}
    assert "configuration: %s, which is not there" % config(archive) in source(archive, "list")
    assert not config(archive).exists()


def test_a_list_says_from_where_and_with_what(archive):
    configure(archive, HAND + "[source mastodon:a.example]\ntoken = %s\npace = 90s\noverlap = 1h\n"
              "[source mastodon:b.example]\ntoken-command = echo %s\n"
              "[source mastodon:c.example]\nenabled = no\n[mastodon]\ninstances = d.example\n" % (TOKEN, TOKEN))
    env = {"ARCHIVE_X_TOKEN": TOKEN, "ARCHIVE_MASTODON_TOKEN_D_EXAMPLE": TOKEN}
    text = source(archive, "list", env=env)
    assert "  mastodon:a.example (configuration, line 8): with the token of the configuration; pace 90s; overlap 1h\n" in text
    assert "  mastodon:b.example (configuration, line 12): with the token that a command prints\n" in text
    assert "  mastodon:c.example (configuration, line 14): switched off\n" in text
    assert "  mastodon:d.example (configuration, line 17): with the token in ARCHIVE_MASTODON_TOKEN_D_EXAMPLE\n" in text
    assert "  x (environment): with the token in ARCHIVE_X_TOKEN\n" in text
    views = listed(archive, env=env)
    assert views["mastodon:a.example"]["pace_seconds"] == 90 and views["mastodon:a.example"]["credential"] == "configuration"
    assert views["x"]["variable"] == "ARCHIVE_X_TOKEN"


def test_a_list_runs_no_command(archive):
    configure(archive, "[source mastodon:a.example]\ntoken-command = touch %s/ran\n" % archive.home)
    source(archive, "list")
    assert not (archive.home / "ran").exists()


def test_a_source_is_added_and_the_file_is_ones_own(archive):
    os.umask(0o022)
    assert source(archive, "add", "Mastodon:A.example") == "mastodon:a.example: is asked from now on (%s)\n" % config(archive)
    assert config(archive).read_text() == "[source mastodon:a.example]\n" and mode(config(archive)) == 0o600
    assert "mastodon:a.example" in listed(archive)


def test_adding_and_removing_leaves_a_file_written_by_hand_as_it_was(archive):
    path = configure(archive, HAND, 0o640)
    source(archive, "add", "mastodon:a.example", "--token-command", "pass show a")
    assert path.read_text() == HAND + "\n[source mastodon:a.example]\ntoken-command = pass show a\n"
    source(archive, "add", "mastodon:A.example", "--token-env", "MINE")
    assert path.read_text() == HAND + "\n[source mastodon:a.example]\ntoken-env = MINE\n"
    assert mode(path) == 0o640
    source(archive, "remove", "mastodon:a.example")
    assert path.read_text().rstrip() == HAND.rstrip() and mode(path) == 0o640


def test_a_default_source_is_removed_by_being_switched_off_and_comes_back(archive):
    source(archive, "remove", "mastodon:mstdn.jp")
    assert config(archive).read_text() == "[source mastodon:mstdn.jp]\nenabled = no\n"
    assert "mastodon:mstdn.jp" not in listed(archive)
    source(archive, "add", "mastodon:mstdn.jp")
    assert listed(archive)["mastodon:mstdn.jp"]["from"] == "configuration"


def test_a_source_is_taken_out_of_a_list_of_instances(archive):
    path = configure(archive, "[mastodon]\ninstances = a.example, b.example # c.example\n".replace(" # c.example", ""))
    source(archive, "remove", "mastodon:a.example")
    assert path.read_text() == "[mastodon]\ninstances = b.example\n"


@pytest.mark.parametrize("words, status, said", [
    (["remove", "mastodon:nowhere.example"], 1, "is not asked anyway: archive source list shows those that are"),
    (["add"], 2, "which source? As in archive source add mastodon:social.example"),
    (["login"], 2, "which source?"),
    (["add", "nonsense"], 2, "not a network"),
    (["add", "mastodon:a.example", "b"], 2, "'b' is a word too many"),
    (["add", "x", "--token-env", "A", "--token-command", "b"], 2, "either --token-env or --token-command"),
    (["add", "x", "--token", "t"], 2, "there is no option '--token'"),
    (["add", "x", "--token-command", "a ;b"], 2, "a remark stands in a line of its own"),
    (["add", "x", "--token-env", "A\n[price]\npost = 9"], 2, "post is told twice"),
    ([], 2, "archive source wants one of list, add, remove, test, login"),
    (["lsit"], 2, "did you mean archive source list?"),
    (["frobnicate"], 2, "there are list, add, remove, test and login"),
])
def test_what_cannot_be_done_changes_nothing(archive, words, status, said):
    path = configure(archive, "[price]\npost = 0.005\n")
    assert said in source(archive, *words, status=status)
    assert path.read_text() == "[price]\npost = 0.005\n"


# testing


def probed(archive, *specs, status=0, env=None):
    words = ["source", "test", *specs, "--tag", "ssmjp", "--json"]
    done = archive.run(*words, env={**CLOCK, **(env or {})})
    assert done.returncode == status and TOKEN not in done.stdout + done.stderr, done
    return json.loads(done.stdout)["sources"]


def test_a_test_says_what_works_and_whose_the_token_is(archive):
    with MastodonFake(POSTS, token=TOKEN) as fake:
        spec = "mastodon:" + fake.url
        configure(archive, "[source %s]\ntoken = %s\n" % (spec, TOKEN))
        view, = probed(archive, spec)
        assert fake.refusals == []
        text = source(archive, "test", spec)
    assert (view["state"], view["token_good"], view["anonymous"]) == ("fine", True, True)
    assert view["account"] and view["account"].startswith("@") and view["requests_left"] is not None
    assert "signed in as @" in text and "it would do without" in text


def test_a_token_that_may_read_posts_alone_is_good(archive):
    with MastodonFake(POSTS, access="authenticated", token=TOKEN) as fake:
        fake.scopes = {"read:statuses"}
        spec = "mastodon:" + fake.url
        configure(archive, "[source %s]\ntoken = %s\n" % (spec, TOKEN))
        view, = probed(archive, spec)
        assert "without it there is nothing" in source(archive, "test", spec)
    assert (view["state"], view["token_good"], view["anonymous"], view["account"]) == ("fine", True, False, None)


def test_a_bad_token_is_told_and_that_it_would_go_without(archive):
    with MastodonFake(POSTS, token="another") as fake:
        spec = "mastodon:" + fake.url
        configure(archive, "[source %s]\ntoken = %s\n" % (spec, TOKEN))
        view, = probed(archive, spec, status=1)
    assert (view["state"], view["token_good"], view["anonymous"]) == ("failed", False, True)


def test_a_test_of_x_spends_nothing(archive):
    with XFake(POSTS, token=TOKEN, credits=3) as fake:
        spec = "x:" + fake.url
        configure(archive, "[source %s]\ntoken = %s\n" % (spec, TOKEN))
        view, = probed(archive, spec)
        assert fake.cost == 0 and fake.refusals == []
    assert view["token_good"] and view["balance_micro_usd"] == 3_000_000


def test_a_test_of_all_ends_with_three_when_some_fail(archive):
    with MastodonFake(POSTS) as one, MastodonFake(POSTS, access="limited") as two:
        configure(archive, HAND + "[mastodon]\ninstances = %s, %s\n" % (one.url, two.url))
        assert [view["state"] for view in probed(archive, status=3)] == ["fine", "failed"]


# logging in


class Login:
    """A login on a terminal: what is shown, and what is typed."""

    def __init__(self, archive, spec, env=None):
        self.terminal = Terminal(100)
        self.process = subprocess.Popen([str(archive.path), "source", "login", spec], stdin=self.terminal.theirs,
                                        stdout=self.terminal.theirs, stderr=self.terminal.theirs, cwd=archive.home,
                                        env={**archive.env, **CLOCK, **(env or {})}, start_new_session=True)
        self.shown = ""

    def wait_for(self, text):
        self.shown += self.terminal.read_until(text)
        return self.shown

    def echoes(self):
        return bool(termios.tcgetattr(self.terminal.ours)[3] & termios.ECHO)

    def type(self, line):
        os.write(self.terminal.ours, line.encode() + b"\n")

    def end(self, status):
        assert self.process.wait(60) == status
        echoes = self.echoes()
        self.shown += self.terminal.read()
        assert echoes, "the terminal was left without echo"
        assert "Sanitizer" not in self.shown
        return self.shown.replace("\r\n", "\n")


def test_a_login_at_mastodon_goes_by_a_page_and_a_code(archive):
    with MastodonFake(POSTS, access="authenticated", token=TOKEN) as fake:
        spec = "mastodon:" + fake.url
        login = Login(archive, spec)
        page = re.search(r"http://127\S+", login.wait_for("Code: ").split("copy the code:")[1]).group()
        assert "scope=read%3Astatuses" in page
        login.type(fake.authorize(page))
        shown = login.end(0)
        assert fake.refusals == [] and TOKEN not in shown and "signed in" in shown
        assert config(archive).read_text() == "[source %s]\ntoken = %s\n" % (spec, TOKEN)
        assert mode(config(archive)) == 0o600
        archive.ok("fetch", "#ssmjp", "--source", spec, env=CLOCK)


def test_a_wrong_code_leaves_no_configuration(archive):
    with MastodonFake(POSTS, token=TOKEN) as fake:
        done = archive.run("source", "login", "mastodon:" + fake.url, stdin="nonsense\n", env=CLOCK)
        assert done.returncode == 1 and "does not accept the code" in done.stderr and fake.refusals == []
    assert not config(archive).exists()


@pytest.mark.parametrize("given", ["", "\n", "  \n"])
def test_nothing_given_is_nothing_done(archive, given):
    with XFake(POSTS, token=TOKEN) as fake:
        done = archive.run("source", "login", "x:" + fake.url, stdin=given, env=CLOCK)
        assert done.returncode == 2 and "nothing was given" in done.stderr and fake.seen == []
    assert not config(archive).exists()


def test_a_token_for_x_is_typed_unseen_checked_for_nothing_and_kept(archive):
    path = configure(archive, HAND, 0o644)
    with XFake(POSTS, token=TOKEN, credits=5) as fake:
        spec = "x:" + fake.url
        login = Login(archive, spec)
        login.wait_for(": ")
        assert not login.echoes()
        login.type("  %s " % TOKEN)
        assert TOKEN not in login.end(0)
        assert fake.cost == 0 and [one.path for one in fake.seen] == ["/2/usage/credits"]
    assert path.read_text() == HAND + "\n[source %s]\ntoken = %s\n" % (spec, TOKEN)
    assert mode(path) == 0o600, "a file that holds a secret is nobody else's"


def test_a_token_that_is_not_accepted_is_not_kept(archive):
    with XFake(POSTS, token="another", credits=5) as fake:
        done = archive.run("source", "login", "x:" + fake.url, stdin=TOKEN + "\n", env=CLOCK)
        assert done.returncode == 1 and "does not accept the token" in done.stderr
        assert TOKEN not in done.stdout + done.stderr
    assert not config(archive).exists()


def test_a_variable_that_comes_before_the_kept_token_is_named(archive):
    with XFake(POSTS, token=TOKEN, credits=5) as fake:
        done = archive.run("source", "login", "x:" + fake.url, stdin=TOKEN + "\n",
                           env={**CLOCK, "ARCHIVE_X_TOKEN": "another"})
        assert done.returncode == 0 and "but ARCHIVE_X_TOKEN is set, and comes before it" in done.stdout


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_a_signal_at_the_prompt_gives_the_terminal_its_echo_back(archive, number):
    with XFake(POSTS, token=TOKEN) as fake:
        login = Login(archive, "x:" + fake.url)
        login.wait_for(": ")
        assert not login.echoes()
        login.process.send_signal(number)
        login.end(-number)
    assert not config(archive).exists()


def test_control_bytes_are_no_token(archive):
    with XFake(POSTS, token=TOKEN) as fake:
        done = archive.run("source", "login", "x:" + fake.url, stdin="a\x1bb\n", env=CLOCK)
        assert done.returncode == 2 and "control characters" in done.stderr and fake.seen == []


def test_a_login_is_seen_nowhere(archive):
    """Neither on the terminal nor in the list of processes, nor in any file but the configuration."""
    lists = []

    def look(_):
        for name in os.listdir("/proc"):
            try:
                with open("/proc/%s/cmdline" % name, "rb") as file:
                    lists.append(file.read())
            except OSError:
                pass

    with XFake(POSTS, token=TOKEN, credits=5) as fake:
        fake.at(1, look)
        archive.run("source", "login", "x:" + fake.url, stdin=TOKEN + "\n", env=CLOCK)
    assert len(lists) > 2 and not [line for line in lists if TOKEN.encode() in line]
    holders = [path for path in archive.home.rglob("*") if path.is_file() and TOKEN.encode() in path.read_bytes()]
    assert holders == [config(archive)]


def test_a_login_at_bluesky_takes_an_app_password_unseen(archive):
    with BlueskyFake(POSTS, password=TOKEN) as fake:
        spec = "bluesky:" + fake.url
        login = Login(archive, spec)
        login.wait_for("Handle: ")
        assert login.echoes()
        login.type(ACCOUNT.handle)
        login.wait_for("own): ")
        assert not login.echoes()
        login.type(TOKEN)
        shown = login.end(0)
        assert TOKEN not in shown and "signed in as " + ACCOUNT.handle in shown and fake.refusals == []
        assert len(fake.sessions.made) == 1
        assert config(archive).read_text() == "[source %s]\nhandle = %s\npassword = %s\n" % (spec, ACCOUNT.handle, TOKEN)
        for _ in range(3):
            view, = probed(archive, spec)
            assert view["state"] == "fine" and view["token_good"] and fake.refusals == []
        assert len(fake.sessions.made) == 2, "a session is kept for the next time"
        fake.sessions.expire()
        assert probed(archive, spec)[0]["state"] == "fine"
        assert (len(fake.sessions.made), fake.sessions.renewed) == (2, 1)
        kept, = archive.home.glob(".local/state/archive/*")
        assert mode(kept) == 0o600


def test_a_wrong_app_password_is_not_kept(archive):
    with BlueskyFake(POSTS, password="another") as fake:
        done = archive.run("source", "login", "bluesky:" + fake.url, stdin="%s\n%s\n" % (ACCOUNT.handle, TOKEN), env=CLOCK)
        assert done.returncode == 1 and TOKEN not in done.stdout + done.stderr and fake.refusals == []
    assert not config(archive).exists()


def test_a_token_for_misskey_is_typed_unseen_and_checked(archive):
    with MisskeyFake(POSTS, token=TOKEN) as fake:
        spec = "misskey:" + fake.url
        login = Login(archive, spec)
        login.wait_for(": ")
        assert not login.echoes()
        login.type(TOKEN)
        assert "signed in" in login.end(0) and fake.refusals == []
        assert config(archive).read_text() == "[source %s]\ntoken = %s\n" % (spec, TOKEN)
        fake.token = "another"
        view, = probed(archive, spec, status=1)
        assert view["token_good"] is False
