"""archive add: single posts by their addresses, from whatever server they are on, and what hangs on them."""
import http.server
import json
import threading

import pytest

from fakes import NOW, Author, BlueskyFake, MastodonFake, MisskeyFake, Post, XFake
from made import objects

CLOCK = {"ARCHIVE_NOW": str(NOW)}
TOKEN = {**CLOCK, "ARCHIVE_X_TOKEN": "sesame"}
MINUTE = 60_000
HANA, TARO = Author("hana", "はな"), Author("taro", "太郎")


def post(n, key, author=HANA, **more):
    return Post(author, "%s を読む" % key, NOW * 1000 - MINUTE * (100 - n), key=key, **more)


def talk():
    """A question without a hashtag, with two answers below one another."""
    return [post(1, "root"), post(2, "answer", TARO, reply="root"), post(3, "thanks", reply="answer"), post(4, "other")]


def page(fake, key):
    return "%s/@hana/%s" % (fake.url, fake.id_of(key))


def stored(archive):
    return [json.loads(line) for line in archive.ok("--json", "search", env=CLOCK).splitlines()]


def test_a_post_is_found_by_its_page_and_said_with_its_short_id(archive):
    with MastodonFake(talk()) as fake:
        out = archive.ok("add", page(fake, "root"), env=CLOCK)
        [row] = stored(archive)
        assert out == "%s  %s: new\n" % (row["id"], page(fake, "root"))
        assert row["text"] == "root を読む"
        assert fake.requests == 1 and fake.refusals == []


def test_what_is_there_is_not_asked_for_again(archive):
    with MastodonFake(talk()) as fake:
        archive.ok("add", page(fake, "root"), env=CLOCK)
        [row] = stored(archive)
        out = archive.ok("add", row["url"], env=CLOCK)
        assert out == "%s  %s: there already\n" % (row["id"], row["url"])
        assert fake.requests == 1


def test_several_posts_of_a_server_are_one_request(archive):
    with MastodonFake(talk()) as fake:
        out = archive.ok("add", *(page(fake, key) for key in ("root", "answer", "thanks")), env=CLOCK)
        assert out.count(": new\n") == 3 and fake.requests == 1


def test_some_that_are_gone_are_a_part(archive):
    with MastodonFake(talk()) as fake:
        done = archive.run("add", page(fake, "root"), fake.url + "/@hana/1", env=CLOCK)
        assert done.returncode == 3
        assert done.stdout.splitlines()[1] == "-         %s/@hana/1: gone" % fake.url
        done = archive.run("add", fake.url + "/@hana/1", env=CLOCK)
        assert (done.returncode, done.stdout) == (1, "-         %s/@hana/1: gone\n" % fake.url)


def test_addresses_come_from_a_pipe(archive):
    with MastodonFake(talk()) as fake:
        lines = "# the evening\n\n  %s  # the first\n%s\r\n" % (page(fake, "root"), page(fake, "other"))
        out = archive.ok("add", "-", stdin=lines, env=CLOCK)
        assert out.count(": new\n") == 2


def test_a_line_of_a_pipe_that_is_no_address_stops_nothing(archive):
    with MastodonFake(talk()) as fake:
        done = archive.run("add", "-", stdin="no address\n%s\n" % page(fake, "root"), env=CLOCK)
    assert done.returncode == 3
    assert done.stdout.splitlines()[0].startswith("-         no address: not read (")
    assert done.stdout.splitlines()[1].endswith(": new")


@pytest.mark.parametrize("words, sentence", [
    ([], "which posts? Their addresses, or - for a pipe of them: archive add https://social.example/@hana/1"),
    (["hana"], "hana: this is no address: try the address of a post's page, such as https://social.example/@hana/1"),
    (["https://social.example/"],
     "https://social.example/: this is the address of no post: try the address of a post's page, such as "
     "https://social.example/@hana/1"),
    (["https://x.com/hana"], "https://x.com/hana: this page of X shows no single post: try https://x.com/hana/status/1"),
    (["https://x.com/a/status/1", "--budget", "much"], "--budget wants an amount of USD, as in --budget 1.50, not 'much'"),
    (["https://x.com/a/status/1", "--tag", "#"], "'#' names no hashtag: try #ssmjp"),
])
def test_words_that_are_not_understood_are_told(archive, words, sentence):
    done = archive.run("add", *words)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "archive: %s\n" % sentence)


def test_a_conversation_is_read_whole(archive):
    with MastodonFake(talk()) as fake:
        out = archive.ok("add", "--conversation", page(fake, "answer"), env=CLOCK)
        assert out.splitlines()[1] == "1 conversation read: 2 new, 0 seen before"
        assert {row["text"].split()[0] for row in stored(archive)} == {"root", "answer", "thanks"}
        assert fake.requests == 2


def test_two_posts_of_one_conversation_are_asked_once(archive):
    with MastodonFake(talk()) as fake:
        archive.ok("add", "--conversation", page(fake, "root"), page(fake, "answer"), page(fake, "thanks"), env=CLOCK)
        assert fake.requests == 2


def test_what_is_not_public_is_not_taken(archive):
    with MastodonFake([post(1, "secret", visibility="private")]) as fake:
        done = archive.run("add", page(fake, "secret"), env=CLOCK)
        assert done.returncode == 1 and stored(archive) == []


def test_who_asked_not_to_be_archived_is_kept_as_an_address(archive):
    with MastodonFake([post(1, "no", Author("no", bio="#noarchive"))]) as fake:
        done = archive.run("add", page(fake, "no"), env=CLOCK)
    assert done.returncode == 1
    assert done.stdout.endswith(": asked not to be archived\n") and stored(archive) == []


def test_an_added_post_becomes_a_candidate_of_a_hashtag(archive):
    with MastodonFake(talk()) as fake:
        archive.ok("add", "--tag", "＃SSMJP", page(fake, "root"), env=CLOCK)
    archive.ok("thread", "new", "evening", "--tag", "ssmjp", env=CLOCK)
    assert archive.ok("thread", "add", "evening", "--all", env=CLOCK).startswith("1 post chosen")


def test_what_became_of_them_as_json(archive):
    with MastodonFake(talk()) as fake:
        done = archive.run("--json", "add", page(fake, "root"), fake.url + "/@hana/1", env=CLOCK)
        [row] = stored(archive)
    [report] = objects(done.stdout)
    assert [(one["state"], one["id"]) for one in report["posts"]] == [("new", row["id"]), ("gone", None)]
    assert report["posts"][0]["uri"] == row["uri"] and report["spent_micro_usd"] == 0


# Bluesky and Misskey

def test_a_handle_on_bluesky_is_resolved_first(archive):
    with BlueskyFake([post(1, "root"), post(2, "answer", TARO, reply="root")], mode="api") as fake:
        key, source = fake.id_of("root"), "bluesky:" + fake.url
        out = archive.ok("add", "https://bsky.app/profile/%s/post/%s" % (HANA.handle, key), "--source", source, env=CLOCK)
        assert out.endswith(": new\n") and fake.requests == 2
        out = archive.ok("add", "https://bsky.app/profile/%s/post/%s" % (HANA.did, key), "--source", source, env=CLOCK)
        assert out.endswith(": there already\n") and fake.requests == 2
        out = archive.ok("add", "at://%s/app.bsky.feed.post/%s" % (HANA.did, key), "--conversation", "--source", source, env=CLOCK)
        assert "1 conversation read: 1 new, 1 seen before" in out
        assert fake.refusals == []


def test_a_handle_that_is_nobodys_is_told(archive):
    with BlueskyFake([post(1, "root")], mode="api") as fake:
        done = archive.run("add", "https://bsky.app/profile/nobody.example/post/3abc", "--source", "bluesky:" + fake.url, env=CLOCK)
    assert done.returncode == 1 and done.stdout.endswith(": gone\n")


def test_a_note_of_misskey_is_found_by_its_page(archive):
    notes = [post(1, "root", Author("hana", host="misskey.example"), counts={"replies": 1}),
             post(2, "answer", Author("taro", host="misskey.example"), reply="root")]
    with MisskeyFake(notes) as fake:
        out = archive.ok("add", "%s/notes/%s" % (fake.url, fake.id_of("root")), "--conversation", env=CLOCK)
        assert ": new\n" in out and "1 conversation read: 1 new, " in out
        assert fake.refusals == []


def test_a_note_of_another_server_is_not_shown_to_strangers(archive):
    with MisskeyFake([post(1, "far", Author("far", host="127.0.0.1:9"))]) as fake:
        done = archive.run("add", "%s/notes/%s" % (fake.url, fake.id_of("far")), env=CLOCK)
    assert done.returncode == 1 and ": not shown without an account" in done.stdout


# X

def test_x_without_a_token_names_the_cure(archive):
    done = archive.run("add", "https://x.com/hana/status/1234567890123", "--budget", "1", env=CLOCK)
    assert done.returncode == 1
    assert done.stdout.endswith(": not read (x never answers without a token: put one in ARCHIVE_X_TOKEN)\n")


def test_x_is_not_asked_where_nobody_said_what_it_may_cost(archive):
    with XFake(talk(), token="sesame") as fake:
        url = "https://x.com/hana/status/%s" % fake.id_of("root")
        done = archive.run("add", url, "--source", "x:" + fake.url, env=TOKEN)
        assert done.returncode == 1 and fake.requests == 0
        assert "--budget USD raises it" in done.stdout


def test_a_post_of_x_is_bought_within_the_budget(archive):
    with XFake(talk(), token="sesame") as fake:
        urls = ["https://twitter.com/hana/status/%s" % fake.id_of(key) for key in ("root", "other")]
        out = archive.ok("add", *urls, "--source", "x:" + fake.url, "--budget", "0.10", env=TOKEN)
        assert out.count(": new\n") == 2 and " USD" in out.splitlines()[-1]
        assert fake.refusals == [] and fake.cost <= 100_000


def test_a_budget_too_small_for_all_buys_what_it_covers(archive):
    posts = [post(n, "post-%d" % n, Author("a%d" % n)) for n in range(20)]
    with XFake(posts, token="sesame") as fake:
        urls = ["https://x.com/i/status/%s" % fake.id_of("post-%d" % n) for n in range(20)]
        done = archive.run("add", *urls, "--source", "x:" + fake.url, "--budget", "0.20", env=TOKEN)
        assert done.returncode == 3 and fake.cost <= 200_000
        assert 0 < done.stdout.count(": new\n") < 20


# any server

class Server:
    """A server of the Fediverse without any API but ActivityPub."""

    def __init__(self):
        self.asked, self.pages = [], {}
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                outer.asked.append((self.path, self.headers.get("Accept", "")))
                status, body = outer.pages.get(self.path, (404, None))
                wanted = "activity+json" in self.headers.get("Accept", "")
                data = json.dumps(body).encode() if wanted else b"<html>for browsers</html>"
                self.send_response(status)
                self.send_header("Content-Type", "application/activity+json" if wanted else "text/html")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = "http://127.0.0.1:%d" % self.server.server_port

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def note(self, path, **more):
        note = {"id": self.url + path, "type": "Note", "attributedTo": self.url + "/hana", "published": "2026-05-28T18:00:00Z",
                "to": ["https://www.w3.org/ns/activitystreams#Public"], "content": "<p>from afar</p>", **more}
        self.pages[path] = (200, note)
        self.pages["/hana"] = (200, {"id": self.url + "/hana", "type": "Person", "preferredUsername": "hana", "name": "はな"})


def test_a_server_that_speaks_only_activitypub_is_asked_in_that(archive):
    with Server() as server:
        server.note("/hana/p/17")
        out = archive.ok("add", server.url + "/hana/p/17", env=CLOCK)
        assert out.endswith(": new\n")
        [row] = stored(archive)
        assert (row["text"], row["author"]["name"]) == ("from afar", "はな")
        assert [path for path, _ in server.asked] == ["/hana/p/17", "/hana"]


def test_the_api_is_tried_before(archive):
    with Server() as server:
        server.note("/@hana/17")
        archive.ok("add", server.url + "/@hana/17", env=CLOCK)
        assert [path for path, _ in server.asked] == ["/api/v1/statuses/17", "/@hana/17", "/hana"]


def test_a_server_that_closes_its_api_may_still_show_the_post(archive):
    with MastodonFake(talk(), personality="gotosocial", home=True) as fake:
        out = archive.ok("add", page(fake, "root"), env=CLOCK)
        assert out.endswith(": new\n")


def test_a_server_that_shows_it_to_nobody_says_so(archive):
    with MastodonFake(talk(), personality="gotosocial", home=True, authorized_fetch=True) as fake:
        done = archive.run("add", page(fake, "root"), env=CLOCK)
        assert done.returncode == 1 and "not shown without an account" in done.stdout


def test_a_post_that_is_not_for_all_is_not_taken_and_leaves_no_evidence(archive):
    with Server() as server:
        server.note("/hana/p/17", to=[server.url + "/followers"])
        done = archive.run("add", server.url + "/hana/p/17", env=CLOCK)
    assert (done.returncode, stored(archive)) == (1, [])
    assert done.stdout.endswith(": not public\n")
    assert b"from afar" not in archive.store.read_bytes()


def test_a_post_whose_author_cannot_be_asked_is_not_taken(archive):
    """Nobody knows whether they want it."""
    with Server() as server:
        server.note("/hana/p/17")
        server.pages["/hana"] = (500, None)
        done = archive.run("add", server.url + "/hana/p/17", env=CLOCK)
    assert done.returncode == 1 and done.stdout.endswith(": not read (its author could not be asked)\n")
    assert stored(archive) == []


def test_what_another_server_would_say_is_asked_there(archive):
    with Server() as near, Server() as far:
        far.note("/hana/p/17")
        near.pages["/copy/17"] = (200, {**far.pages["/hana/p/17"][1], "content": "<p>forged</p>"})
        archive.ok("add", near.url + "/copy/17", env=CLOCK)
        [row] = stored(archive)
        assert row["text"] == "from afar" and row["uri"] == far.url + "/hana/p/17"


def test_servers_that_point_at_each_other_are_left(archive):
    with Server() as near, Server() as far:
        far.note("/1")
        near.note("/1")
        near.pages["/1"], far.pages["/1"] = far.pages["/1"], near.pages["/1"]
        done = archive.run("add", near.url + "/1", env=CLOCK)
    assert done.returncode == 1 and "leads in circles" in done.stdout


def test_a_server_that_is_not_there_is_told(archive):
    done = archive.run("add", "http://127.0.0.1:9/@hana/17", env=CLOCK)
    assert done.returncode == 1 and ": not read (" in done.stdout


def test_a_host_that_is_not_this_machine_is_not_asked_in_plain_http(archive):
    done = archive.run("add", "http://social.example:8080/@hana/17", env=CLOCK)
    assert done.returncode == 1 and "--insecure-http" in done.stdout


def test_what_was_forgotten_is_not_taken_again(archive):
    with MastodonFake(talk()) as fake:
        archive.ok("add", "--tag", "ssmjp", page(fake, "root"), env=CLOCK)
        [row] = stored(archive)
        archive.ok("forget", row["id"], "--yes", env=CLOCK)
        done = archive.run("add", page(fake, "root"), env=CLOCK)
    assert (done.returncode, stored(archive)) == (1, [])
    assert done.stdout == "-         %s: was forgotten, is not taken again\n" % page(fake, "root")
