"""archive media: pictures fetched from a server of one's own and kept; what is refused, what could not be had, and what is
asked for again."""
import hashlib
import json
import signal
import sqlite3
import subprocess

import pytest

from fakes import MastodonFake, Media, Post, Author
from fakes.pictures import Answer, PictureServer, jpeg, png, redirect, zipped
from harness import NOW
from made import give, objects, status
from terminals import Terminal


@pytest.fixture
def server():
    with PictureServer() as one:
        yield one


def media(url, kind="image", preview=None):
    return {"id": "1", "type": kind, "url": url, "preview_url": preview, "remote_url": None, "meta": {}, "description": None}


def post(number, *pictures, **more):
    return status(number, media_attachments=list(pictures), **more)


def show(archive, *posts):
    """A thread of posts that show these pictures."""
    give(archive, *posts)
    archive.ok("thread", "new", "evening", "--tag", "ssmjp")
    archive.ok("thread", "add", "evening", "--all")


def fetch(archive, server, *words, env=None):
    return archive.run("media", "--source", "mastodon:" + server.url, *words, env=env)


def kept(archive):
    """{url: bytes} of what the store has."""
    with sqlite3.connect(archive.store) as db:
        rows = db.execute("SELECT k.url, k.name, f.data, f.sz FROM picture k JOIN sqlar f ON f.name = k.name").fetchall()
    for _, name, data, size in rows:
        assert name.partition(".")[0] == hashlib.sha256(data).hexdigest() and size == len(data)
    return {url: data for url, _, data, _ in rows}


def reasons(archive, done):
    """{path: why} of what could not be had."""
    assert done.returncode == 3, done.stdout + done.stderr
    return {one["url"].split("/", 3)[3]: one["why"] for one in json.loads(done.stdout)["missed"]}


def test_pictures_are_kept_and_asked_for_once(archive, server):
    for name, body in (("a.jpg", jpeg(40, 30)), ("b.jpg", png(7, 9)), ("still.png", png())):
        server.put("/" + name, body)
    show(archive, post(1, media(server.url + "/a.jpg"), media(server.url + "/b.jpg")),
         post(2, media(server.url + "/film.mp4", "video", server.url + "/still.png"), media(server.url + "/a.jpg")),
         post(3, media(server.url + "/sound.mp3", "audio", server.url + "/cover.png")))
    done = fetch(archive, server)
    assert (done.returncode, done.stdout, done.stderr) == (0, "3 pictures kept, 1 kB\n", "")
    assert sorted(server.asked) == ["/a.jpg", "/b.jpg", "/still.png"]
    assert kept(archive) == {server.url + "/a.jpg": jpeg(40, 30), server.url + "/b.jpg": png(7, 9),
                             server.url + "/still.png": png()}
    done = fetch(archive, server)
    assert (done.returncode, done.stdout) == (0, "nothing new: 3 pictures are kept, 1 kB\n")
    assert len(server.asked) == 3


def test_sqlite_lists_and_extracts_them(archive, server):
    server.put("/a.jpg", jpeg())
    show(archive, post(1, media(server.url + "/a.jpg")))
    fetch(archive, server)
    name = hashlib.sha256(jpeg()).hexdigest() + ".jpg"
    listed = subprocess.run(["sqlite3", archive.store, "-At"], capture_output=True, text=True, check=True).stdout
    assert listed.split() == [name]
    subprocess.run(["sqlite3", archive.store, "-Ax"], check=True, cwd=archive.home)
    assert (archive.home / name).read_bytes() == jpeg()


REFUSED = {
    "page.jpg": (b"<!DOCTYPE html><title>log in</title>", "is a web page, no picture"),
    "drawing.png": (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "is an SVG drawing"),
    "text.jpg": (b"sorry", "is no picture of a kind that is kept"),
    "empty.jpg": (b"", "is empty"),
    "wide.png": (png(20001, 1), "is 20001 by 1 pixels large"),
    "cut.jpg": (b"\xff\xd8\xff\xe0\0\x10JFIF", "is a damaged JPEG"),
    "heavy.jpg": (jpeg(more=bytes(20 << 20)), "is larger than the 20971520 bytes"),
    "bomb.jpg": (zipped(jpeg(more=bytes(64 << 20))), "is larger than the 20971520 bytes"),
    "endless.jpg": (Answer(jpeg() + bytes(1 << 16), endless=True), "is larger than the 20971520 bytes"),
    "gone.jpg": (Answer(b"", 410), "is not there any more (410)"),
    "missing.jpg": (Answer(jpeg(), 404), "is not there any more (404)"),
    "mine.jpg": (Answer(b"", 403), "may not be seen by everyone (403)"),
    "law.jpg": (Answer(b"", 451), "was withheld for legal reasons (451)"),
    "nothing.jpg": (Answer(b"", 204), "the server refuses (204)"),
}


def test_what_is_no_picture_or_too_large_is_refused_and_left_alone(archive, server):
    for name, (answer, _) in REFUSED.items():
        server.put("/" + name, answer)
    show(archive, *(post(n, media("%s/%s" % (server.url, name))) for n, name in enumerate(REFUSED, 1)))
    told = reasons(archive, fetch(archive, server, "--json"))
    assert set(told) == set(REFUSED)
    assert {name: why for name, why in told.items() if REFUSED[name][1] not in why} == {}
    assert kept(archive) == {}
    asked = len(server.asked)
    done = fetch(archive, server)
    assert (done.returncode, len(server.asked)) == (0, asked)
    assert "%d pictures could not be had before: --again asks" % len(REFUSED) in done.stdout
    fetch(archive, server, "--again")
    assert len(server.asked) == 2 * asked
    fetch(archive, server, env={"ARCHIVE_NOW": str(NOW + 6 * 86400)})
    assert len(server.asked) == 2 * asked
    fetch(archive, server, env={"ARCHIVE_NOW": str(NOW + 8 * 86400)})
    assert len(server.asked) == 3 * asked


def test_the_report_names_post_host_and_reason(archive, server):
    server.put("/a.jpg", jpeg())
    show(archive, post(1, media(server.url + "/a.jpg")), post(2, media(server.url + "/b.jpg")))
    short = {row["url"].rpartition("/")[2]: row["id"] for row in objects(archive.ok("search", "--json"))}
    done = fetch(archive, server)
    assert done.returncode == 3
    lines = done.stdout.splitlines()
    assert lines[0] == "1 picture kept, 1 kB; 1 could not be had:"
    assert lines[1].split("  ")[2:] == [server.host, "is not there any more (404)"]
    assert lines[1].split()[0] in short.values()
    quiet = fetch(archive, server, "--quiet", "--again")
    assert (quiet.returncode, len(quiet.stdout.splitlines())) == (3, 2)
    assert fetch(archive, server, "--quiet").stdout == ""


@pytest.mark.parametrize("answer", [Answer(jpeg(), break_at=10), Answer(b"", 503), Answer(b"", 429),
                                    Answer(b"", 500, {"Retry-After": "2"})], ids=["broken", "503", "429", "retry-after"])
def test_what_failed_for_now_is_asked_for_in_the_next_run(archive, server, answer):
    server.put("/a.jpg", answer)
    show(archive, post(1, media(server.url + "/a.jpg")))
    assert fetch(archive, server).returncode == 3
    server.put("/a.jpg", jpeg())
    assert fetch(archive, server).stdout == "1 picture kept, 1 kB\n"


def test_what_fails_once_is_tried_again_in_the_same_run(archive, server):
    server.put("/a.jpg", lambda turn: Answer(b"", 503) if turn == 1 else Answer(jpeg(), break_at=9) if turn == 2 else jpeg())
    show(archive, post(1, media(server.url + "/a.jpg")))
    assert fetch(archive, server).stdout == "1 picture kept, 1 kB\n"
    assert len(server.asked) == 3


def test_a_server_that_fails_again_and_again_is_left_alone(archive, server):
    show(archive, *(post(n, media("%s/%d.jpg" % (server.url, n))) for n in range(1, 41)))
    for n in range(1, 41):
        server.put("/%d.jpg" % n, Answer(b"", 503))
    told = reasons(archive, fetch(archive, server, "--json"))
    assert len(told) == 40
    assert len(server.asked) < 30
    assert "not asked any more in this run: the server failed (503)" in told.values()


def test_a_redirect_is_followed_on_the_named_server_and_nowhere_else(archive, server):
    with PictureServer() as other:
        other.put("/secret.jpg", jpeg())
        server.put("/a.jpg", jpeg())
        server.put("/moved.jpg", redirect("/a.jpg", 301))
        server.put("/away.jpg", redirect(other.url + "/secret.jpg"))
        server.put("/name.jpg", redirect("http://localhost:%s/secret.jpg" % other.host.split(":")[1]))
        server.put("/file.jpg", redirect("file:///etc/passwd"))
        server.put("/round.jpg", redirect("/round.jpg"))
        show(archive, *(post(n, media("%s/%s.jpg" % (server.url, name)))
                        for n, name in enumerate(("moved", "away", "name", "file", "round"), 1)))
        told = reasons(archive, fetch(archive, server, "--json"))
        assert other.asked == []
    assert set(told) == {"away.jpg", "name.jpg", "file.jpg", "round.jpg"}
    assert "only https:// is asked for what a post names" in told["away.jpg"]
    assert "more than 5 times" in told["round.jpg"]
    assert kept(archive) == {server.url + "/moved.jpg": jpeg()}


def test_a_private_network_is_never_asked_unless_the_user_named_it(archive, server):
    server.put("/a.jpg", jpeg())
    port = server.host.split(":")[1]
    urls = [server.url + "/a.jpg", "https://%s/a.jpg" % server.host, "https://localhost:%s/a.jpg" % port,
            "https://[::ffff:127.0.0.1]:%s/a.jpg" % port, "https://10.0.0.1/a.jpg", "https://169.254.169.254/a.jpg",
            "https://printer.local/a.jpg"]
    show(archive, *(post(n, media(url)) for n, url in enumerate(urls, 1)))
    done = archive.run("media", "--json")
    why = [one["why"] for one in json.loads(done.stdout)["missed"]]
    assert (done.returncode, len(why), server.asked) == (3, len(urls), [])
    assert all("is of a private network" in one or "only https://" in one for one in why)


def test_sizes_are_those_that_the_network_serves(archive, server):
    server.put("/large.png", png(8, 8))
    server.put("/small.png", png(2, 2))
    show(archive, post(1, media(server.url + "/large.png", preview=server.url + "/small.png")))
    assert fetch(archive, server, "--size", "small").stdout == "1 picture kept, 1 kB\n"
    assert kept(archive) == {server.url + "/large.png": png(2, 2)}
    fetch(archive, server, "--size", "original")
    assert kept(archive) == {server.url + "/large.png": png(8, 8)}
    assert fetch(archive, server, "--size", "small").stdout.startswith("nothing new")
    assert server.asked == ["/small.png", "/large.png"]
    done = fetch(archive, server, "--size", "huge")
    assert (done.returncode, done.stderr) == (2, "archive: --size wants small, large or original, not 'huge'\n")


def test_what_was_forgotten_leaves_no_picture(archive, server):
    server.put("/mine.jpg", jpeg(more=b"only mine"))
    server.put("/ours.jpg", jpeg(more=b"of both"))
    show(archive, post(1, media(server.url + "/mine.jpg"), media(server.url + "/ours.jpg")), post(2, media(server.url + "/ours.jpg")))
    fetch(archive, server)
    [first] = [row["id"] for row in objects(archive.ok("search", "--json")) if row["url"].endswith("1")]
    archive.ok("forget", first, "--yes")
    assert kept(archive) == {server.url + "/ours.jpg": jpeg(more=b"of both")}
    assert b"only mine" not in archive.store.read_bytes()


def test_fetch_media_has_the_pictures_of_the_hashtag(archive, server):
    server.put("/a.png", png())
    posts = [Post(Author("hana", "はな"), "絵 #ssmjp", NOW * 1000 - 60_000, key="one", media=[Media(server.url + "/a.png")])]
    with MastodonFake(posts) as fake:
        words = ("fetch", "ssmjp", "--media", "--source", "mastodon:" + fake.url, "--source", "misskey:" + server.url)
        done = archive.run(*words)
        assert done.stdout.endswith("1 picture kept, 1 kB\n"), done.stdout + done.stderr
        assert kept(archive) == {server.url + "/a.png": png()}
        asked = server.asked.count("/a.png")
        archive.run(*words)
        assert server.asked.count("/a.png") == asked == 1


def test_a_recorded_run_is_played_without_a_network(archive, server):
    server.put("/a.png", png())
    show(archive, post(1, media(server.url + "/a.png")), post(2, media(server.url + "/b.png")))
    assert fetch(archive, server, "--record", "tape").returncode == 3
    asked = len(server.asked)
    with sqlite3.connect(archive.store) as db:
        db.executescript("DELETE FROM picture; DELETE FROM sqlar;")
    done = archive.run("media", "--replay", "tape")
    assert (done.returncode, len(server.asked)) == (3, asked)
    assert kept(archive) == {server.url + "/a.png": png()}


@pytest.mark.parametrize("words, says", [
    (("--all", "--tag", "x"), "exclude each other"),
    (("a", "b"), "'b' is a word too many"),
    (("--max", "0"), "--max wants a whole number"),
    (("--record", "a", "--replay", "b"), "exclude each other"),
])
def test_words_that_make_no_sense_are_misuse(archive, words, says):
    done = archive.run("media", *words)
    assert done.returncode == 2 and says in done.stderr


def test_a_run_asks_for_as_many_as_it_is_told(archive, server):
    for n in range(5):
        server.put("/%d.jpg" % n, jpeg(more=b"%d" % n))
    show(archive, post(1, *(media("%s/%d.jpg" % (server.url, n)) for n in range(5))))
    out = fetch(archive, server, "--max", "2").stdout
    assert out.splitlines() == ["2 pictures kept, 1 kB",
                                "more are wanted than a run asks for: the same command goes on with them"]
    assert fetch(archive, server, "--all").stdout == "3 pictures kept, 1 kB\n"
    assert len(kept(archive)) == len(server.asked) == 5


def test_ctrl_c_keeps_what_was_had(archive, server):
    def stay(_):
        process.send_signal(signal.SIGINT)
        return Answer(jpeg() + bytes(1 << 10), headers={"Retry-After": "600"}, status=503)
    server.put("/a.jpg", jpeg())
    show(archive, post(1, media(server.url + "/a.jpg")))
    fetch(archive, server)
    server.put("/b.jpg", stay)
    give(archive, post(2, media(server.url + "/b.jpg")))
    env = {name: value for name, value in archive.env.items() if name != "ARCHIVE_NOW"}
    process = subprocess.Popen([str(archive.path), "media", "--all", "--source", "mastodon:" + server.url], env=env,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=archive.home)
    out, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (130, "")
    assert out.endswith("ended: the same command goes on with the rest\n")
    assert len(kept(archive)) == 1


def test_a_terminal_is_told_how_far_it_is(archive, server):
    terminal = Terminal(80)
    seen = []

    def second(_):
        seen.append(terminal.read_until("1 of 2 pictures"))
        return jpeg(more=b"2")
    server.put("/1.jpg", jpeg())
    server.put("/2.jpg", second)
    show(archive, post(1, media(server.url + "/1.jpg"), media(server.url + "/2.jpg")))
    env = {name: value for name, value in archive.env.items() if name != "ARCHIVE_NOW"}
    process = subprocess.Popen([str(archive.path), "media", "--source", "mastodon:" + server.url], stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=terminal.theirs, text=True, env=env, cwd=archive.home)
    out, _ = process.communicate(timeout=60)
    assert (process.returncode, out, len(seen)) == (0, "2 pictures kept, 1 kB\n", 1)
    terminal.read()
