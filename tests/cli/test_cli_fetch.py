"""archive fetch: its words, its first line, its report, and how it ends. What faults do to what is stored is tests/holes."""
import json
import os
import signal
import subprocess
import threading

import pytest

from fakes import NOW, Author, MastodonFake, Post, XFake, evening
from made import LISTED, objects

pytest_plugins = ["evenings"]

CLOCK = {"ARCHIVE_NOW": str(NOW)}
HOUR = 3_600_000


def source(fake):
    return "mastodon:" + fake.url


def posts(count, tag="ssmjp", start=NOW * 1000 - 2 * HOUR):
    """One a minute."""
    return [Post(Author("hana", "はな"), "%d #%s" % (n, tag), start + 60_000 * n, key="%s-%d" % (tag, n)) for n in range(count)]


@pytest.mark.parametrize("words, sentence", [
    ([], "which hashtag? Quote it, or the shell takes it for a remark: archive fetch '#ssmjp'"),
    (["#"], "'#' names no hashtag: try #ssmjp"),
    (["#2026"], "'#2026' is no hashtag: it needs a letter"),
    (["two words"], "'two words' is no hashtag: it cannot hold ' '"),
    (["x", "--since", "19:61"], "'19:61' is no time: try 2017-06-30T19:00, 2017-06-30, 19:00, yesterday or -2h"),
    (["x", "--until", "tomorrow night"],
     "'tomorrow night' is no time: try 2017-06-30T19:00, 2017-06-30, 19:00, yesterday or -2h"),
    (["x", "--since", "20:00", "--until", "19:00"], "--since 20:00 is not before --until 19:00"),
    (["x", "--max", "0"], "--max wants a whole number of at least 1, not '0'"),
    (["x", "--max", "ten"], "--max wants a whole number of at least 1, not 'ten'"),
    (["x", "--record", "a", "--replay", "b"],
     "--record and --replay exclude each other: a tape that is played is made already"),
])
def test_words_that_are_not_understood_make_no_store(archive, words, sentence):
    done = archive.run("fetch", *words)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "archive: %s\n" % sentence)
    assert list(archive.home.iterdir()) == []


UNDERSTOOD = ("what is understood: mastodon:HOST, mastodon:URL, misskey:HOST, misskey:URL, bluesky, bluesky:URL, x, "
              "x:URL")


@pytest.mark.parametrize("spec, sentence", [
    ("foo", "foo is not a network that is known here; " + UNDERSTOOD),
    ("foo:bar", "foo is not a network that is known here; " + UNDERSTOOD),
    ("mastodon", "mastodon needs a server: mastodon:social.example"),
    ("mastodon:", "mastodon: that is not the name of a server; right would be mastodon:social.example"),
    ("mastodon:ho st", "a source is one word without blanks; " + UNDERSTOOD),
    ("mastodon:https://a.example/about",
     "mastodon: a source is a server, without a path behind its name; right would be mastodon:social.example"),
])
def test_a_source_that_is_not_understood_is_named_with_what_would_be(archive, spec, sentence):
    done = archive.run("fetch", "ssmjp", "--source", spec)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "archive: %s\n" % sentence)
    assert list(archive.home.iterdir()) == []


def test_a_password_in_a_source_is_refused_and_not_repeated(archive):
    done = archive.run("fetch", "ssmjp", "--source", "mastodon:https://hana:sesame@a.example")
    assert done.returncode == 2 and "no password" in done.stderr and "sesame" not in done.stderr


def test_plain_http_beyond_this_machine_is_refused_with_the_cure(archive):
    done = archive.run("fetch", "ssmjp", "--source", "mastodon:http://social.example")
    assert done.returncode in (1, 2) and "--insecure-http" in done.stdout + done.stderr


@pytest.mark.parametrize("words, window", [
    ([], "all that there is"),
    (["--since", "2026-10-30T18:00"], "since 2026-10-30 18:00 Asia/Tokyo"),
    (["--until", "2026-10-30"], "before 2026-10-31 00:00 Asia/Tokyo"),
    (["--since", "18:00", "--until", "21:00"], "from 2026-10-30 18:00 to before 2026-10-30 21:00 Asia/Tokyo"),
    (["--since", "-2h"], "since 2026-10-30 21:05 Asia/Tokyo"),
    (["--since", "yesterday"], "since 2026-10-29 00:00 Asia/Tokyo"),
    (["--since", "2026-10-30T09:00Z"], "since 2026-10-30 18:00 Asia/Tokyo"),
])
def test_the_first_line_repeats_the_window_as_it_was_understood(archive, example, words, window):
    """It is 23:05 in Tokyo when the tape was made, and so it is when it is played."""
    done = archive.run("fetch", "ssmjp", *words, "--replay", example)
    assert done.stdout.splitlines()[0] == "#ssmjp, %s, from 4 sources" % window


def test_a_window_is_in_the_zone_of_whoever_asks(archive, example):
    done = archive.run("fetch", "ssmjp", "--since", "10:00", "--replay", example, env={"TZ": "Europe/Paris"})
    assert done.stdout.splitlines()[0] == "#ssmjp, since 2026-10-30 10:00 Europe/Paris, from 4 sources"


def test_the_first_line_comes_before_the_first_answer(archive):
    free = threading.Event()
    with MastodonFake(posts(1)) as fake:
        fake.at(1, lambda _: free.wait(60))
        process = archive.start("fetch", "ssmjp", "--source", source(fake), env=CLOCK)
        assert process.stdout.readline() == "#ssmjp, all that there is, from 1 source\n"
        free.set()
        process.communicate(timeout=60)


def test_a_tag_without_posts_is_no_failure_and_offers_nothing(archive):
    with MastodonFake(posts(1)) as fake:
        done = archive.run("fetch", "nothing", "--source", source(fake), env=CLOCK)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "#nothing, all that there is, from 1 source\n  %s: 0 new, 0 seen before\n" \
                          "0 posts new, 0 seen before\n" % source(fake)


def test_several_tags_are_one_evening(archive):
    with MastodonFake(posts(3) + posts(2, "ops")) as fake:
        out = archive.ok("fetch", "ssmjp", "#ops", "--source", source(fake), env=CLOCK)
    lines = out.splitlines()
    assert lines[0] == "#ssmjp #ops, all that there is, from 1 source"
    assert [line.split(", ")[0] for line in lines[1:3]] == ["  %s #ssmjp: 3 new" % source(fake), "  %s #ops: 2 new" % source(fake)]
    assert lines[3] == "5 posts new, 0 seen before"
    assert lines[4].startswith("next: archive thread new ssmjp-2026-05-2") and lines[4].endswith(" --tag ssmjp --tag ops")


@pytest.mark.parametrize("tag, slug", [("foo_bar", "foo-bar"), ("勉強会", "勉強会"), ("ながーい" * 7, "event")])
def test_the_thread_that_is_offered_can_be_made(archive, tag, slug):
    with MastodonFake(posts(1, tag)) as fake:
        out = archive.ok("fetch", tag, "--source", source(fake), env=CLOCK)
    [line] = [line for line in out.splitlines() if line.startswith("next: ")]
    made = archive.ok(*line.removeprefix("next: archive ").split())
    assert made.startswith("thread %s-2026-05-" % slug)


def test_verbose_says_how_many_pages_and_what_was_left_out(archive):
    with MastodonFake(posts(3)) as fake:
        out = archive.ok("--verbose", "fetch", "ssmjp", "--source", source(fake), env=CLOCK)
    assert " pages, 0 not public" in out


def test_quiet_says_nothing(archive, example):
    done = archive.run("--quiet", "fetch", "ssmjp", "--replay", example)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_quiet_still_says_what_failed(archive):
    done = archive.run("--quiet", "fetch", "ssmjp", "--source", "mastodon:http://127.0.0.1:9", env=CLOCK)
    assert done.returncode == 1 and done.stdout.startswith("  mastodon:http://127.0.0.1:9: ")


def test_since_reads_no_further_than_asked(archive):
    with MastodonFake(posts(110, start=NOW * 1000 - 4 * HOUR)) as fake:
        archive.ok("fetch", "ssmjp", "--source", source(fake), "--since", "-1h", env=CLOCK)
        assert fake.requests < 4


def test_max_is_kept_to_the_page_and_the_rest_is_told(archive):
    with MastodonFake(posts(110)) as fake:
        done = archive.run("fetch", "ssmjp", "--source", source(fake), "--max", "1", env=CLOCK)
        assert (done.returncode, fake.requests) == (0, 1)
        assert "the same command goes on" in done.stdout
        assert done.stdout.splitlines()[-2].endswith("; something is missing, see above")


def test_two_networks_in_one_run(archive):
    with MastodonFake(posts(3)) as mastodon, XFake(posts(2), token="sesame") as x:
        done = archive.run("fetch", "ssmjp", "--source", source(mastodon), "--source", "x:" + x.url, "--budget", "1",
                           env={**CLOCK, "ARCHIVE_X_TOKEN": "sesame"})
    assert done.returncode == 0
    assert done.stdout.splitlines()[3] == "5 posts new, 0 seen before"
    assert " USD" in done.stdout.splitlines()[2] and "sesame" not in done.stdout


def test_a_source_that_is_named_twice_is_asked_once(archive):
    with MastodonFake(posts(1)) as fake:
        out = archive.ok("fetch", "ssmjp", "--source", source(fake), "--source", source(fake) + "/", env=CLOCK)
    assert out.splitlines()[0].endswith("from 1 source")


# ending

def stopped(archive, number, *words):
    """A run that gets a signal while the fake holds its second answer."""
    begun, box = threading.Event(), []
    with MastodonFake(evening(3, 120, "ssmjp", strays=0)) as fake:
        fake.at(2, lambda _: begun.wait(60) and box[0].send_signal(number))
        box.append(archive.start(*words, "fetch", "ssmjp", "--source", source(fake), env=CLOCK))
        begun.set()
        out, err = box[0].communicate(timeout=60)
    return box[0].returncode, out, err


@pytest.mark.parametrize("number, code", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_that_is_stopped_reports_and_tells_so(archive, number, code):
    status, out, err = stopped(archive, number)
    assert (status, err) == (code, "")
    lines = out.splitlines()
    assert lines[1].endswith("; stopped: the same command goes on")
    assert lines[2].endswith("; something is missing, see above")
    new = int(lines[2].split()[0])
    assert new >= 30 and len(archive.ok("--json", "search", "--limit", "1000").splitlines()) >= new


def test_a_run_that_is_stopped_says_so_in_json(archive):
    status, out, err = stopped(archive, signal.SIGINT, "--json")
    assert (status, err) == (130, "")
    [report] = objects(out)
    assert report["cancelled"] is True and report["sources"][0]["state"] == "stopped"


def test_a_full_disk_at_standard_output_is_a_failure_of_a_fetch_that_is_stored(archive, example):
    with open("/dev/full", "w") as full:
        done = subprocess.run([archive.path, "fetch", "ssmjp", "--replay", example], stdout=full, stderr=subprocess.PIPE, text=True,
                              env=archive.env)
    assert (done.returncode, done.stderr) == (1, "archive: standard output: No space left on device\n")
    assert len(archive.ok("--json", "search", "--limit", "1000").splitlines()) == LISTED


def test_a_reader_that_goes_away_does_not_end_the_fetch_in_the_middle(archive, example):
    ours, theirs = os.pipe()
    os.close(ours)
    process = subprocess.run([archive.path, "fetch", "ssmjp", "--replay", example], stdout=theirs, stderr=subprocess.PIPE, text=True,
                             env=archive.env)
    os.close(theirs)
    assert (process.returncode, process.stderr) == (1, "archive: standard output: Broken pipe\n")
    assert len(archive.ok("--json", "search", "--limit", "1000").splitlines()) == LISTED


# tapes

def test_what_is_recorded_is_replayed_without_a_network_or_a_token(archive):
    with XFake(posts(2), token="sesame") as fake:
        archive.ok("fetch", "ssmjp", "--source", "x:" + fake.url, "--budget", "1", "--record", "tape",
                   env={**CLOCK, "ARCHIVE_X_TOKEN": "sesame"})
    assert "sesame" not in "".join(path.read_text() for path in (archive.home / "tape").iterdir())
    out = archive.ok("--store", "again.db", "fetch", "ssmjp", "--replay", "tape")
    assert "2 posts new, 0 seen before" in out
    first, again = (archive.ok("--json", "--store", name, "search") for name in (archive.store, "again.db"))
    assert first == again


def test_a_tape_that_is_not_there_is_named(archive):
    done = archive.run("fetch", "ssmjp", "--replay", "no-tape")
    assert done.returncode in (1, 2) and "no-tape" in done.stderr and done.stdout == ""
    assert not archive.store.exists()


def test_a_tape_of_another_tag_says_what_it_lacks(archive, example):
    done = archive.run("fetch", "other", "--replay", example)
    assert done.returncode == 1
    assert "holds no answer to GET https://social.example/api/v1/timelines/tag/other" in done.stdout


def test_a_folder_that_holds_files_is_not_recorded_over(archive):
    (archive.home / "tape").mkdir()
    (archive.home / "tape/index").write_text("mine")
    with MastodonFake(posts(1)) as fake:
        done = archive.run("fetch", "ssmjp", "--source", source(fake), "--record", "tape", env=CLOCK)
    assert done.returncode in (1, 2) and "tape" in done.stderr
    assert (archive.home / "tape/index").read_text() == "mine"


def test_the_report_in_json_has_these_fields(archive):
    with MastodonFake(posts(2)) as fake:
        [report] = objects(archive.ok("--json", "fetch", "ssmjp", "--source", source(fake), "--since", "-3h", env=CLOCK))
    assert list(report) == ["since", "until", "cancelled", "sources"]
    assert list(report["sources"][0]) == ["source", "tag", "state", "new", "seen_before", "pages", "not_public", "oldest", "newest",
                                          "spent_micro_usd", "budget_micro_usd", "near_budget", "why"]
    assert json.dumps(report["since"]) == '"2026-05-28T17:26:40Z"' and report["until"] is None
