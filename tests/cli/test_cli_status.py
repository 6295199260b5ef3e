"""archive status: what there is, what was read, what is missing."""
import json
import re
import signal
import threading

import pytest

from fakes import MastodonFake, Script, evening
from made import LISTED, give, objects, status
from terminals import shown

BRAILLE = "\u2801-\u28ff"

pytest_plugins = ["evenings"]


def answers(example):
    """How many different bodies the tape holds, but for pictures, which are asked for by another command."""
    bodies = {path.read_bytes().split(b"\r\n\r\n", 1)[1] for path in example.glob("*.http")}
    return len([body for body in bodies if body[:1] in b"[{"])


def test_the_status_of_the_example(night, example):
    size = night.store.stat().st_size
    lines = night.ok("status").splitlines()
    assert lines == [
        "%d posts, 46 authors, %d answers kept, 0 threads, %.1f MB in %s" % (LISTED, answers(example), size / 1e6, night.store),
        "3 posts by people who asked not to be archived: only the address is kept",
        "  #ssmjp, Bluesky: 37 posts by 7 people, 2026-10-30 12:06 to 22:48",
        "  #運用, Bluesky: 1 post by 1 person, 2026-10-30 20:22",
        "  #ssmjp, Mastodon: 76 posts by 16 people, 2026-10-30 12:05 to 22:58",
        "  #テープは裏切らない, Mastodon: 1 post by 1 person, 2026-10-30 19:10",
        "  #ssmjp, Misskey: 36 posts by 9 people, 2026-10-30 17:20 to 22:55",
        "  #ssmjp, X: 51 posts by 13 people, 2026-10-30 12:05 to 22:48",
        "  without hashtag, X: 1 post by 1 person, 2026-10-30 20:27",
        "2026-10-30 12:05 to 22:59:",
        lines[10],
        "  bluesky:https://bsky.example  " + 48 * "=",
        "  mastodon:social.example       " + 48 * "=",
        "  misskey:misskey.example       " + 48 * "=",
        "  x:https://api.x.example       " + 48 * "=",
        lines[15],
        "                                = read",
        "  #ssmjp from bluesky:https://bsky.example, last asked 2026-10-30 23:05: nothing is missing",
        "  #ssmjp from mastodon:social.example, last asked 2026-10-30 23:05: nothing is missing",
        "  #ssmjp from misskey:misskey.example, last asked 2026-10-30 23:05: nothing is missing",
        "  #ssmjp from x:https://api.x.example, last asked 2026-10-30 23:05: "
        "older posts were not read (its search reaches seven days back)",
    ]
    assert re.fullmatch("  posts                         [%s ]{47}[%s]" % (BRAILLE, BRAILLE), lines[10])
    assert lines[15].split() == ["14:00", "16:00", "18:00", "20:00", "22:00"]


def test_the_status_in_json(night, example):
    [report] = objects(night.ok("--json", "status"))
    assert list(report) == ["store", "posts", "opted_out", "authors", "answers", "threads", "bytes", "by_network_and_tag", "ledger", "files"]
    assert (report["store"], report["posts"], report["opted_out"], report["answers"]) == (
        str(night.store), LISTED, 3, answers(example))
    assert report["bytes"] == night.store.stat().st_size
    assert {"network": "mastodon", "tag": "ssmjp", "posts": 76, "authors": 16, "oldest": "2026-10-30T03:05:00.464Z",
            "newest": "2026-10-30T13:58:24.141Z"} in report["by_network_and_tag"]
    assert report["ledger"][1] == {
        "source": "mastodon:social.example", "signed_in": "anonymous", "tag": "ssmjp", "asked": "2026-10-30T14:05:00Z", "why": None,
        "whole": True, "oldest": "2026-10-30T03:05:00.464Z", "newest": "2026-10-30T13:58:24.141Z", "missing_from": None,
        "missing_to": None, "spans": [{"newest": "2026-10-30T13:58:24.141Z", "oldest": "2026-10-30T03:05:00.464Z", "closed": True,
                                       "floor": None, "read": "2026-10-30T14:05:00Z"}]}


def test_the_picture_fits_a_narrow_terminal(night):
    code, text = shown(night, "status", columns=40)
    lines = text.splitlines()
    picture = lines[lines.index("2026-10-30 12:05 to 22:59:"):]
    assert code == 0 and picture[1] == "  posts" and picture[5:7] == ["  mastodon:social.example", "  " + 38 * "="]
    assert re.fullmatch("  [%s ]{37}[%s]" % (BRAILLE, BRAILLE), picture[2])
    assert "18:00" in picture[11] and picture[12] == "  = read"


def test_the_picture_is_of_the_time_that_is_asked_for(night):
    lines = night.ok("status", "--since", "20:00", "--until", "21:00").splitlines()
    at = lines.index("2026-10-30 20:00 to 21:00:")
    assert lines[at + 2].endswith(" " + 30 * "=") and lines[at + 6].split() == ["20:00", "20:30"]


def test_a_time_without_posts_or_reading_is_blank(night):
    lines = night.ok("status", "--since", "2026-10-20T20:00", "--until", "2026-10-20T21:00").splitlines()
    at = lines.index("2026-10-20 20:00 to 21:00:")
    assert lines[at + 1] == "  posts"
    assert lines[at + 3].endswith(" " + 30 * "="), "Mastodon was read to its end"
    assert lines[at + 5].endswith(" " + 30 * "!"), "X does not reach so far back"
    assert lines[at + 7].strip() == "= read   ! cannot be read"


@pytest.mark.parametrize("words", [["--since", "noon"], ["--since", "20:00", "--until", "19:00"]])
def test_a_time_that_is_none_is_refused(night, words):
    assert night.run("status", *words).returncode == 2


def test_an_import_has_no_ledger(archive):
    give(archive, status(1))
    lines = archive.ok("status").splitlines()
    assert lines[0].startswith("1 post, 1 author, 1 answer kept, 0 threads, ")
    assert lines[1:] == ["  #ssmjp, Mastodon: 1 post by 1 person, 2026-10-30 20:00",
                         "  standard input, answers of networks, taken in 2026-10-30 23:00: 1 post"]


def test_times_are_in_the_users_zone(archive):
    give(archive, status(1))
    assert "2026-10-30 11:00" in archive.ok("status", env={"TZ": "UTC"})


def test_what_a_cut_run_has_not_read_is_said(archive):
    """The third page never comes: the run is stopped, and what it has not read is missing."""
    with MastodonFake(evening(1, 120, "ssmjp", strays=0)) as fake:
        begun, box = threading.Event(), []
        fake.at(3, lambda _: begun.wait(60) and box[0].send_signal(signal.SIGINT))
        box.append(archive.start("fetch", "ssmjp", "--source", "mastodon:" + fake.url, env={"ARCHIVE_NOW": str(fake.clock)}))
        begun.set()
        box[0].communicate(timeout=60)
        assert box[0].returncode == 130
        line = archive.ok("status").splitlines()[-1]
        [row] = [row for row in archive.ok("status", env={"TZ": "UTC"}).splitlines() if row.startswith("  mastodon:")]
        marks = row.split()[1]
        assert set(marks) <= {"=", "-", "."} and marks.strip("=-").strip(".") == "", "the later part was read: " + marks
        assert marks[0] == "." and marks[-1] in "=-"
        assert line.endswith(" was not read (stopped: the same command goes on)") and ": what is older than 2026-" in line
        [report] = objects(archive.ok("--json", "status"))
        assert report["ledger"][0]["whole"] is False
        archive.ok("fetch", "ssmjp", "--source", "mastodon:" + fake.url, env={"ARCHIVE_NOW": str(fake.clock)})
    assert archive.ok("status").splitlines()[-1].endswith(": nothing is missing")


def test_what_was_not_asked_for_is_said(archive):
    with MastodonFake(evening(1, 120, "ssmjp", strays=0)) as fake:
        archive.ok("fetch", "ssmjp", "--source", "mastodon:" + fake.url, "--since", "-1h", env={"ARCHIVE_NOW": str(fake.clock)})
    assert archive.ok("status").splitlines()[-1].endswith(": older posts were not read")


def test_what_cannot_be_read_is_drawn_and_said(archive):
    """The second page never can be read: what is older than the first is out of reach."""
    with MastodonFake(evening(1, 120, "ssmjp", strays=0), faults=Script({n: "object" for n in range(2, 99)})) as fake:
        archive.run("fetch", "ssmjp", "--source", "mastodon:" + fake.url, env={"ARCHIVE_NOW": str(fake.clock)})
    lines = archive.ok("status", env={"TZ": "UTC"}).splitlines()
    [row] = [row for row in lines if row.startswith("  mastodon:")]
    assert set(row.split()[1]) <= {"=", "-", "!"} and "!" in row
    assert any(line.endswith("! cannot be read") for line in lines)
    [report] = objects(archive.ok("--json", "status"))
    [span] = report["ledger"][0]["spans"]
    assert not span["closed"] and span["oldest"] < span["newest"] < span["read"]


def test_quiet_still_answers_what_was_asked(night):
    assert night.ok("--quiet", "status") == night.ok("status")


def test_json_is_json_whatever_the_path_is_called(archive):
    name = 'a "b" \\ c\t夜.db'
    archive.ok("--store", name, "import", "-", stdin="[]")
    assert json.loads(archive.ok("--json", "--store", name, "status"))["store"] == name


def test_of_many_hashtags_the_ones_with_most_posts_are_listed(archive):
    give(archive, *[status(n, tags=("ssmjp", "tag%d" % n)) for n in range(30)])
    lines = archive.ok("status").splitlines()
    assert len(lines) == 23 and lines[1].startswith("  #ssmjp, Mastodon: 30 posts by ")
    assert lines[-2] == "  and 11 more hashtags: --verbose lists them"
    assert len(archive.ok("--verbose", "status").splitlines()) == 33


def test_the_files_that_posts_were_taken_in_from(archive):
    for n in range(12):
        path = archive.home / ("%02d.json" % n)
        path.write_text(json.dumps([status(n, at="2026-10-30T11:%02d:00.000Z" % n)]) + " " * n)
        archive.ok("import", path, env={"ARCHIVE_NOW": str(1793368800 + 60 * n)})
        if n == 10:
            assert archive.ok("status").endswith("  and 1 more file: --verbose lists it\n")
    lines = archive.ok("status").splitlines()
    assert "  11.json, answers of networks, taken in 2026-10-30 23:11: 1 post" in lines
    assert lines[-1] == "  and 2 more files: --verbose lists them" and "  00.json" not in "".join(lines)
    assert "  00.json, answers of networks, taken in 2026-10-30 23:00: 1 post" in archive.ok("--verbose", "status").splitlines()
    [report] = objects(archive.ok("--json", "status"))
    assert [file["name"] for file in report["files"]] == ["%02d.json" % n for n in reversed(range(12))]
    assert report["files"][0]["whole"] and report["files"][0]["source"].startswith("file:")


def test_a_file_that_was_refused_is_not_listed_as_taken_in(archive):
    broken = archive.home / "broken.json"
    broken.write_text("[{]")
    done = archive.run("import", broken)
    assert done.returncode == 1
    give(archive, status(1))
    last = archive.ok("status").splitlines()[-2:]
    assert sorted(last) == ["  broken.json, answers of networks, not taken in 2026-10-30 23:00: " + done.stderr.removeprefix("archive: ").strip(),
                            "  standard input, answers of networks, taken in 2026-10-30 23:00: 1 post"]
    [report] = objects(archive.ok("--json", "status"))
    files = {file["name"]: file for file in report["files"]}
    refused, taken = files["broken.json"], files["standard input"]
    assert (refused["tried"], refused["taken_in"], refused["whole"]) == ("2026-10-30T14:00:00Z", None, False)
    assert taken["tried"] == taken["taken_in"] == "2026-10-30T14:00:00Z" and taken["why"] is None


def test_a_file_of_which_a_part_was_read_is_taken_in_and_its_damage_told(archive):
    path = archive.home / "part.json"
    path.write_text(json.dumps(status(1)) + "\n{broken\n")
    assert archive.run("import", path).returncode == 3
    assert archive.ok("status").splitlines()[-1] == "  part.json, answers of networks, taken in 2026-10-30 23:00: 1 post (line 2)"
