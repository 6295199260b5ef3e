"""Refusals are told apart: who wants a token, who does not know the one there is, who wants money or patience. A source
that was named and refuses is a failure; one that was not is a line in the report."""
import socket
import socketserver
import threading

import pytest

from fakes import BlueskyFake, Certificates, MastodonFake, MisskeyFake, XFake, evening
from fakes import tls

from .scene import TAG, TOKEN, Scene

POSTS = evening(21, 30, TAG)
HOSTS = ("mastodon.social", "mstdn.jp", "fedibird.com", "misskey.io", "api.bsky.app")


class Refuser(MastodonFake):
    """Answers everything with one status, in the network's own form or as a web page."""

    def __init__(self, status, web_page=False, **more):
        super().__init__((), **more)
        self.status, self.web_page = status, web_page

    def answer(self, request):
        answer = self.error(self.status, "no")
        if self.web_page:
            answer.body, answer.type = b"<!DOCTYPE html><title>no</title>", "text/html"
        return answer


def failed(scene, *words, env=None):
    """Exit 1 with one sentence, which holds these words; the same sentence for people and for programs."""
    done = scene.fetch(env=env)
    assert done.status == 1 and done.states == {"failed"}, done
    for word in words:
        assert word in done.why
    people = scene.fetch(as_json=False, env=env)
    assert people.status == 1 and words[0] in people.out
    return done


def variable(scene):
    return "ARCHIVE_MASTODON_TOKEN_127_0_0_1_%d" % scene.fake.port


@pytest.mark.parametrize("more", [{"access": "authenticated"}, {"access": "limited"}, {"personality": "gotosocial"},
                                  {"personality": "akkoma", "access": "authenticated"}],
                         ids=["422", "401", "gotosocial", "akkoma"])
def test_a_server_that_wants_an_account(archive, more):
    with Scene(archive, MastodonFake(POSTS, token=TOKEN, **more)) as scene:
        failed(scene, "account", variable(scene))
        assert scene.fake.requests == 2, "a refusal is not asked again"
        scene.token = TOKEN
        scene.whole()
        scene.check()


def test_a_token_that_is_not_known(archive):
    with Scene(archive, MastodonFake(POSTS, token=TOKEN), token="stale-token") as scene:
        failed(scene, "does not accept the token", variable(scene), "read:statuses")
    with Scene(archive, XFake(POSTS, token=TOKEN), token="stale-token") as scene:
        failed(scene, "does not accept the token", "ARCHIVE_X_TOKEN")


def test_a_token_of_an_application_alone(archive):
    with Scene(archive, MastodonFake(POSTS, access="authenticated"), token="app-token") as scene:
        failed(scene, "belongs to an application", variable(scene))


def test_x_without_a_token_is_not_even_asked(archive):
    with Scene(archive, XFake(POSTS, token=TOKEN)) as scene:
        failed(scene, "ARCHIVE_X_TOKEN", env={"ARCHIVE_X_TOKEN": ""})
        assert scene.fake.requests == 0


def test_closed_hashtags_are_an_empty_list(archive):
    with Scene(archive, MastodonFake(POSTS, access="disabled")) as scene:
        done = scene.fetch()
        assert (done.status, done.new, done.states) == (0, 0, {"done"})


def test_a_tag_that_nobody_knows_is_nothing_and_no_failure(archive):
    with Scene(archive, Refuser(404)) as scene:
        done = scene.fetch()
        assert (done.status, done.new, done.states) == (0, 0, {"done"})


@pytest.mark.parametrize("status, web_page, words", [
    (403, False, ["account"]), (403, True, ["account"]), (404, True, ["no Mastodon API"]),
    (500, False, ["500", "later"]), (502, True, ["web page", "502"]), (503, False, ["503", "later"]),
    (400, False, ["refused the request", "400"])])
def test_statuses_of_a_mastodon_server(archive, status, web_page, words):
    with Scene(archive, Refuser(status, web_page)) as scene:
        failed(scene, *words)
        assert scene.fake.requests <= 12


@pytest.mark.parametrize("kind, words", [("credits", ["no credit", "waiting does not help"]),
                                         ("usage-cap", ["used up", "cap"])])
def test_x_wants_money(archive, kind, words):
    with Scene(archive, XFake(POSTS, faults={1: kind, 2: kind}, token=TOKEN)) as scene:
        failed(scene, *words)
        assert scene.fake.requests == 2, "asking again does not help"
        scene.whole()
        scene.check()


@pytest.mark.parametrize("network", ["mastodon", "x"])
@pytest.mark.parametrize("number", [1, 2])
def test_a_limit_is_waited_for(archive, network, number):
    fake = (MastodonFake(evening(22, 90, TAG), faults={number: "429"}) if network == "mastodon" else
            XFake(evening(22, 40, TAG), faults={number: "429"}, token=TOKEN))
    with Scene(archive, fake) as scene:
        start = fake.clock
        assert scene.fetch().status == 0
        assert fake.clock >= start + 60, "nobody waited until the reset"
        scene.whole()
        scene.check()


def test_a_budget_of_requests_is_kept_to(archive):
    """Four requests in five minutes: the rest waits for the next window, without being refused first."""
    with Scene(archive, MastodonFake(evening(23, 300, TAG), budget=4)) as scene:
        scene.whole()
        assert all(one.number for one in scene.fake.seen)
        scene.check()


def test_a_limit_that_never_ends_is_a_sentence(archive):
    with Scene(archive, MastodonFake(POSTS, faults={n: "429" for n in range(1, 99)})) as scene:
        failed(scene, "too many requests")
        assert scene.fake.requests < 20


def test_a_limit_of_hours_is_not_waited_for(archive):
    fake = MastodonFake(evening(24, 200, TAG), budget=2)
    fake.window = 6 * 3600
    with Scene(archive, fake) as scene:
        start = fake.clock
        done = scene.fetch()
        assert done.status == 0 and done.states == {"stopped"} and "limit" in done.why
        assert fake.clock < start + 3600 and fake.requests == 2
        fake.clock += fake.window
        fake.budget = None
        scene.whole()
        scene.check()


def test_a_server_that_is_not_there(archive):
    with Scene(archive, MastodonFake(POSTS)) as scene:
        words, env = scene.words(), scene.env
    done = archive.run(*words, env=env)
    assert done.returncode == 1 and "no connection" in done.stdout


def test_one_of_two_named_sources_fails(archive):
    with Scene(archive, MastodonFake(POSTS), Refuser(403)) as scene:
        done = scene.fetch()
        assert done.status == 3
        assert [view["state"] for view in done.report["sources"]] == ["done", "failed"]
        assert set(scene.sound()) == scene.shown()


# sources that nobody named: the program's own list, reached through a proxy that leads to the fakes


class Proxy(socketserver.ThreadingTCPServer):
    """CONNECT alone: HOST:443 leads to the port of the fake that stands for it."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, ports):
        self.ports = ports
        super().__init__(("127.0.0.1", 0), Tunnel)
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self):
        return "http://127.0.0.1:%d" % self.server_address[1]


class Tunnel(socketserver.StreamRequestHandler):
    def handle(self):
        host = self.rfile.readline().decode().split()[1].split(":")[0]
        while self.rfile.readline().strip():
            pass
        with socket.create_connection(("127.0.0.1", self.server.ports[host])) as far:
            self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=self.copy, args=(far, self.connection), daemon=True)
            back.start()
            self.copy(self.connection, far)
            back.join(10)

    @staticmethod
    def copy(source, target):
        try:
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass


@pytest.fixture(scope="module")
def certificates():
    tls.NAMES["defaults"] = ", ".join("DNS:" + host for host in HOSTS)
    with Certificates() as made:
        kinds, tls.KINDS = tls.KINDS, tls.KINDS + ("defaults",)
        made.context("defaults")
        yield made
        tls.KINDS = kinds


def fetch_unnamed(archive, certificates, fakes, *more, env=None):
    scene = Scene(archive, *fakes)
    with scene, Proxy(dict(zip(HOSTS, (fake.port for fake in fakes)))) as proxy:
        where = {"https_proxy": proxy.url, "ARCHIVE_CA_FILE": certificates.ca, **scene.env, **(env or {})}
        done = archive.run("fetch", "#" + TAG, *more, env=where)
        proxy.shutdown()
    assert "Sanitizer" not in done.stderr
    return done


def make(certificates, *kinds):
    context = certificates.context("defaults")
    fakes = [MastodonFake(POSTS, access=kind, tls=context) if kind != "broken" else
             MastodonFake(POSTS, tls=context, faults={n: "500-html" for n in range(1, 30)}) for kind in kinds]
    return fakes + [Refuser(401, tls=context), Refuser(401, tls=context)]


def test_a_refusal_of_a_source_that_nobody_named_is_a_line(archive, certificates):
    done = fetch_unnamed(archive, certificates, make(certificates, "public", "authenticated", "limited"))
    assert done.returncode == 0, done
    assert "ARCHIVE_MASTODON_TOKEN_MSTDN_JP" in done.stdout and "ARCHIVE_MASTODON_TOKEN_FEDIBIRD_COM" in done.stdout
    assert "ARCHIVE_MISSKEY_TOKEN_MISSKEY_IO" in done.stdout
    assert "something is missing" not in done.stdout


def test_a_failure_of_a_source_that_nobody_named_is_one_all_the_same(archive, certificates):
    done = fetch_unnamed(archive, certificates, make(certificates, "public", "authenticated", "broken"))
    assert done.returncode == 3 and "fedibird.com" in done.stdout


def test_a_source_that_worked_before_and_refuses_now_is_a_failure(archive, certificates):
    assert fetch_unnamed(archive, certificates, make(certificates, "public", "public", "public")).returncode == 0
    done = fetch_unnamed(archive, certificates, make(certificates, "public", "authenticated", "public"))
    assert done.returncode == 3


@pytest.mark.parametrize("mode", ["api", "public"])
def test_bluesky_without_an_account_is_a_line_and_no_failure(archive, certificates, mode):
    """All the usual servers answer; Bluesky gives a page or none, as it does to every stranger. A page is gone on below
    by the next run."""
    context, many = certificates.context("defaults"), evening(25, 260, TAG)
    for _ in range(2):
        fakes = [MastodonFake(POSTS, tls=context) for _ in range(3)]
        fakes += [MisskeyFake(POSTS, tls=context), BlueskyFake(many, mode=mode, tls=context)]
        done = fetch_unnamed(archive, certificates, fakes)
        assert done.returncode == 0, done
        assert "ARCHIVE_BLUESKY_HANDLE" in done.stdout and "something is missing" not in done.stdout
        assert all(fake.requests and not fake.refusals for fake in fakes)


@pytest.mark.parametrize("kind, words", [("wrong-name", "another name"), ("expired", "expired"),
                                         ("self-signed", "self-signed")])
def test_a_certificate_that_proves_nothing(archive, certificates, kind, words):
    with Scene(archive, MastodonFake(POSTS, tls=certificates.context(kind))) as scene:
        failed(scene, words, env={"ARCHIVE_CA_FILE": certificates.ca})
        assert scene.fake.seen == []


def test_a_certificate_of_an_authority_that_was_named(archive, certificates):
    with Scene(archive, MastodonFake(POSTS, tls=certificates.context("right"))) as scene:
        done = scene.fetch(env={"ARCHIVE_CA_FILE": certificates.ca})
        assert done.status == 0 and set(scene.sound()) == scene.shown()
