"""A fake server, the program beside it, and what may be said of the store between the two.

    with Scene(archive, MastodonFake(posts)) as scene:
        scene.cut(3, signal.SIGKILL)        # a run that is killed at its third request
        scene.whole()                       # runs until nothing is missing
        scene.check()                       # and then nothing is

All time is the fake's: the program's clock stands at the fake's when a run begins, and waiting moves it on.
"""
import ctypes
import ctypes.util
import json
import re
import resource
import signal
import sqlite3
import threading

from fakes import BlueskyFake, MastodonFake, MisskeyFake, XFake

TAG = "ssmjp"
TOKEN = "sesame-5f2a9c81d7"
PASSWORD = "sesame-77c1-e0b4-92fd"      # of Bluesky's account, where a fake was given it
BUDGET = 1.0            # USD of a run, on X
MANY_RUNS = 60          # of X, each of which reads at most so much
CONTENT = (
    "SELECT uri, optout, network, host, network_id, handle, name, url, avatar, bot, emojis FROM author",
    "SELECT p.uri, a.uri, p.created, p.optout, visibility, edited, p.host, p.network_id, p.url, lang, html, text, "
    "spoiler, sensitive, reply_uri, quote_uri, conversation, tags, replies, reposts, likes, quotes, media, p.emojis, "
    "options, card FROM post p LEFT JOIN author a ON a.id = p.author",
    "SELECT uri, kind, m.url, preview, alt, width, height, duration FROM media m JOIN post p ON p.id = m.post",
    "SELECT uri, n, title, votes FROM poll_option o JOIN post p ON p.id = o.post",
    "SELECT uri, c.url, title, description, image, site FROM card c JOIN post p ON p.id = c.post",
    "SELECT uri, tag FROM tag t JOIN post p ON p.id = t.post",
    "SELECT uri, l.url FROM link l JOIN post p ON p.id = l.post",
    "SELECT uri, source, tag FROM sighting s JOIN post p ON p.id = s.post",
    "SELECT source, status, redacted, hex(sha256) FROM answer",
)
EXITS = (0, 1, 3, 130, 143, -signal.SIGKILL, -signal.SIGXFSZ)
ZSTD = ctypes.CDLL(ctypes.util.find_library("zstd"))
ZSTD.ZSTD_decompress.restype = ctypes.c_size_t
ZSTD.ZSTD_decompress.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t]


def unpack(body, size):
    out = ctypes.create_string_buffer(max(1, size))
    assert ZSTD.ZSTD_decompress(out, size, body, len(body)) == size, "an answer that does not unpack"
    return out.raw[:size]


def host_of(fake):
    return re.sub(r"[^A-Z0-9]", "_", fake.url.split("//")[1].upper())


def account_of(fake, token):
    return {"ARCHIVE_BLUESKY_HANDLE": fake.login, "ARCHIVE_BLUESKY_PASSWORD": token} if fake.mode == "pds" else {}


# what a source is called, and where the program looks for the credential
NETWORKS = {
    XFake: ("x", lambda fake, token: {"ARCHIVE_X_TOKEN": token}),
    MastodonFake: ("mastodon", lambda fake, token: {"ARCHIVE_MASTODON_TOKEN_" + host_of(fake): token}),
    MisskeyFake: ("misskey", lambda fake, token: {"ARCHIVE_MISSKEY_TOKEN_" + host_of(fake): token}),
    BlueskyFake: ("bluesky", account_of),
}


def network_of(fake):
    return next(network for kind, network in NETWORKS.items() if isinstance(fake, kind))


def spec_of(fake):
    return "%s:%s" % (network_of(fake)[0], fake.url)


class Done:
    """A run that is over."""

    def __init__(self, status, out, err, as_json, secrets=(TOKEN,)):
        assert "Sanitizer" not in err and "runtime error:" not in err, err
        assert status in EXITS, "exit %d\n%s%s" % (status, out, err)
        assert not [secret for secret in secrets if secret in out + err], out + err
        self.status, self.out, self.err = status, out, err
        self.report = json.loads(out) if as_json and out.startswith("{") else {"sources": []}

    def __repr__(self):
        return "exit %d\n%s%s" % (self.status, self.out, self.err)

    @property
    def new(self):
        return sum(view["new"] for view in self.report["sources"])

    @property
    def views(self):
        return {view["source"]: view for view in self.report["sources"]}

    @property
    def states(self):
        return {view["state"] for view in self.report["sources"]}

    @property
    def why(self):
        return "\n".join(view["why"] or "" for view in self.report["sources"])


class Scene:
    def __init__(self, archive, fake, *others, token=None, tag=TAG, leaks=False):
        self.archive, self.fake, self.fakes, self.tag = archive, fake, (fake, *others), tag
        self.token = token or (TOKEN if isinstance(fake, XFake) else None)
        self.skew = 0               # seconds by which the program's clock is wrong
        self.leaks = leaks          # are looked for? It takes as long as a whole run
        self.ever = set()           # what the servers showed once, though it may be deleted by now

    def __enter__(self):
        for fake in self.fakes:
            fake.start()
        return self

    def __exit__(self, *unused):
        for fake in self.fakes:
            fake.stop()

    # running

    @property
    def specs(self):
        return [spec_of(fake) for fake in self.fakes]

    def words(self, *more, as_json=True):
        words = ["--json"] if as_json else []
        words += ["fetch", "#" + self.tag]
        for spec in self.specs:
            words += ["--source", spec]
        if any(isinstance(fake, XFake) for fake in self.fakes):
            words += ["--budget", str(BUDGET)]
        return words + list(more)

    @property
    def env(self):
        env = {"ARCHIVE_NOW": str(max(fake.clock for fake in self.fakes) + self.skew)}
        if not self.leaks:
            env["ASAN_OPTIONS"] = "detect_leaks=0"
        for fake in self.fakes:
            if token := self.token_of(fake):
                env.update(network_of(fake)[1](fake, token))
        return env

    def token_of(self, fake):
        """The credential that the program is given for a server; an account of Bluesky has its own."""
        if isinstance(fake, BlueskyFake):
            return fake.sessions.password
        return self.token or (TOKEN if isinstance(fake, XFake) else None)

    @property
    def secrets(self):
        """What must stand nowhere; grows with each session that is given."""
        found = {TOKEN, PASSWORD, self.token} - {None}
        return sorted(found.union(*(fake.sessions.secrets for fake in self.fakes if isinstance(fake, BlueskyFake))))

    def fetch(self, *more, as_json=True, env=None, **how):
        self.note()
        done = self.archive.run(*self.words(*more, as_json=as_json), env={**self.env, **(env or {})}, **how)
        self.note()
        return Done(done.returncode, done.stdout, done.stderr, as_json, self.secrets)

    def start(self, *more):
        """A run that is under way: end() ends it."""
        self.note()
        return self.archive.start(*self.words(*more), env=self.env)

    def end(self, process):
        out, err = process.communicate(timeout=120)
        self.note()
        return Done(process.returncode, out, err, True, self.secrets)

    def cut(self, number, by, *more, of=None):
        """A run to which a signal is sent when it asks a server (the first, or of) for its number-th answer (from 1),
        before it gets it."""
        fake = of or self.fake
        begun, box = threading.Event(), []

        def hit(_):
            begun.wait(60)
            box[0].send_signal(by)

        at = fake.requests + number
        fake.at(at, hit)
        box.append(self.start(*more))
        begun.set()
        done = self.end(box[0])
        with fake.lock:
            if hit in fake.scheduled.get(at, ()):
                fake.scheduled[at].remove(hit)
        return done

    def mend(self):
        for fake in self.fakes:
            fake.mend()

    def whole(self):
        """Runs without a fault until one says that nothing is missing: the first; on X a few, for each costs."""
        paid = any(isinstance(fake, XFake) for fake in self.fakes)
        self.mend()
        for _ in range(MANY_RUNS if paid else 1):
            before = self.spent()
            done = self.fetch()
            assert done.status == 0, done
            assert self.spent() - before <= BUDGET, "a run cost %s" % (self.spent() - before)
            if done.states == {"done"}:
                return done
        raise AssertionError("not whole: %r" % done)

    def spent(self):
        return sum(fake.cost for fake in self.fakes if isinstance(fake, XFake))

    # what must hold

    def shown(self):
        """What a complete archive holds; who opted out at one server has done so at all."""
        return set().union(*(fake.public_uris(self.tag) for fake in self.fakes)) - self.opted_out()

    def opted_out(self):
        return set().union(*(fake.optout_uris(self.tag) for fake in self.fakes))

    def note(self):
        """Remembers what the servers show, for what is deleted later may be in the store; unlisted posts, too: the
        tag's timeline does not show them, but a post may quote one; and what may be taken for one of the tag."""
        self.ever |= self.shown() | self.opted_out()
        for fake in self.fakes:
            with fake.lock:
                self.ever |= {fake.uri_named(entry.id) for entry in fake.shelf.tagged(self.tag)
                              if entry.post.visibility == "unlisted"}
                self.ever |= getattr(fake, "maybe_uris", lambda _: set())(self.tag)

    def listed(self):
        """The uris that the program lists under the tag, as often as it does."""
        out = self.archive.ok("--json", "search", "--tag", self.tag, "--limit", "100000")
        return [json.loads(line)["uri"] for line in out.splitlines()]

    def stored(self):
        """The same, out of the file: a program less to start."""
        return [uri for uri, in self.rows("SELECT uri FROM tag JOIN post ON id = post WHERE tag = '%s' AND optout = 0"
                                          % self.tag)]

    def rows(self, sql):
        with sqlite3.connect(self.archive.store) as store:
            rows = store.execute(sql).fetchall()
        store.close()
        return rows

    def found(self):
        """How many posts a tag's timeline or search gave; what only came along with them is not counted."""
        return self.rows("SELECT count(DISTINCT post) FROM sighting WHERE tag <> ''")[0][0]

    def everything(self):
        """All that the store holds, as one text: every column, answers unpacked, and the file's own bytes."""
        parts = [self.archive.store.read_bytes()]
        for name, in self.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%'"):
            for row in self.rows("SELECT * FROM %s" % name):
                parts += [str(value).encode() for value in row if not isinstance(value, bytes)]
        parts += [unpack(body, size) for body, size in self.rows("SELECT body, size FROM answer")]
        return b"\n".join(parts)

    def sound(self):
        """The store opens, is whole as a file, and holds nothing that was never shown."""
        assert self.rows("PRAGMA integrity_check") == [("ok",)]
        assert self.rows("PRAGMA foreign_key_check") == []
        uris = self.stored()
        assert len(uris) == len(set(uris))
        assert set(uris) <= self.ever, set(uris) - self.ever
        return uris

    def check(self, again=False):
        """After a whole run: all that is public is there, once, and nothing else; and again: another run finds
        nothing new."""
        uris = set(self.sound())
        kept = len(self.rows("SELECT uri FROM post WHERE optout = 0"))
        missing = self.shown() - uris
        assert not missing, "%d are missing: %s" % (len(missing), sorted(missing)[:5])
        optouts = {uri for uri, in self.rows("SELECT uri FROM post WHERE optout = 1")}
        assert self.opted_out() <= optouts <= self.ever
        assert not uris & optouts
        self.check_secrets()
        if again:
            assert sorted(self.listed()) == sorted(uris)
            done = self.fetch()
            assert (done.status, done.new, done.states) == (0, 0, {"done"}), done
            assert len(self.rows("SELECT uri FROM post WHERE optout = 0")) == kept
        for fake in self.fakes:
            assert fake.refusals == []

    def check_secrets(self):
        text = self.everything()
        assert not [secret for secret in self.secrets if secret.encode() in text]
        for fake in self.fakes:
            for uri in getattr(fake, "secret_uris", lambda _: ())(self.tag):
                assert uri.encode() not in text, "kept what is not public: " + uri

    def content(self):
        """What was kept, without when and under which of the store's own numbers."""
        return [sorted(map(repr, self.rows(sql))) for sql in CONTENT]


def limited(bytes_, ends):
    """For preexec_fn: no file grows beyond so many bytes; the write fails, or the program ends by SIGXFSZ."""
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL if ends else signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_, bytes_))
    return limit
