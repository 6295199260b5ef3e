"""The evening from the fetch to the page, on the bundled example, and what README shows of it."""
import re

import pytest

from made import CHOSEN, LISTED, objects

pytest_plugins = ["evenings"]

REPORT = """\
#ssmjp, all that there is, from 4 sources
  mastodon:social.example: 73 new, 6 seen before, 2026-10-30 12:05 to 22:58
  x:https://api.x.example: 51 new, 0 seen before, 2026-10-30 12:05 to 22:48; its search reaches seven days back
  misskey:misskey.example: 39 new, 3 seen before, 2026-10-30 12:05 to 22:55
  bluesky:https://bsky.example: 37 new, 0 seen before, 2026-10-30 12:06 to 22:48
200 posts new, 9 seen before
next: archive thread new ssmjp-2026-10-30 --tag ssmjp
"""


def test_the_first_fetch_reports_each_source_and_what_to_type_next(archive, example):
    done = archive.run("fetch", "#ssmjp", "--replay", example)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == REPORT


def test_what_is_typed_next_is_understood(archive, example):
    last = archive.ok("fetch", "#ssmjp", "--replay", example).splitlines()[-1]
    out = archive.ok(*last.removeprefix("next: archive ").split())
    assert out == "thread ssmjp-2026-10-30 is there\nnext: archive thread add ssmjp-2026-10-30 --all\n"
    out = archive.ok(*out.splitlines()[-1].removeprefix("next: archive ").split())
    assert out.startswith("%d posts chosen\nnext: archive export ssmjp-2026-10-30 " % CHOSEN)
    archive.ok(*out.splitlines()[-1].removeprefix("next: archive ").split())
    assert (archive.home / "ssmjp-2026-10-30.html").read_text().startswith("<!")


def test_a_second_fetch_finds_nothing_new(night, example):
    done = night.run("fetch", "#ssmjp", "--replay", example)
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "0 posts new, 209 seen before"


@pytest.mark.parametrize("spelling", ["ssmjp", "SSMJP", "＃ＳＳＭＪＰ", "#SsMjP"])
def test_a_tag_is_the_same_in_every_spelling(night, example, spelling):
    done = night.run("fetch", spelling, "--replay", example)
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == "#ssmjp, all that there is, from 4 sources"
    assert done.stdout.splitlines()[-1] == "0 posts new, 209 seen before"


def test_a_tag_given_twice_is_fetched_once(archive, example):
    assert archive.ok("fetch", "#ssmjp", "＃ＳＳＭＪＰ", "--replay", example) == REPORT


def test_a_fetch_in_json_says_the_same(archive, example):
    done = archive.run("--json", "fetch", "#ssmjp", "--replay", example)
    assert (done.returncode, done.stderr) == (0, "")
    [report] = objects(done.stdout)
    assert [(s["source"], s["tag"], s["state"], s["new"], s["seen_before"]) for s in report["sources"]] == [
        ("mastodon:social.example", "ssmjp", "done", 73, 6), ("x:https://api.x.example", "ssmjp", "done", 51, 0),
        ("misskey:misskey.example", "ssmjp", "done", 39, 3), ("bluesky:https://bsky.example", "ssmjp", "done", 37, 0)]
    assert report["cancelled"] is False
    assert report["sources"][0]["newest"] == "2026-10-30T13:58:24.141Z"


def test_who_opted_out_is_not_listed(night, example):
    taped = "".join(path.read_text(errors="replace") for path in sorted(example.glob("*.http")))
    assert "#<span>noarchive</span>" in taped and '"acct":"fumidai"' in taped
    posts = objects(night.ok("--json", "search", "--limit", "1000"))
    assert len(posts) == LISTED
    for name in ("fumidai", "madogiwa", "sasa.bsky"):
        assert name in taped and not [post for post in posts if name in post["uri"] or name in (post["author"]["handle"] or "")]


def test_replaying_asks_for_no_credential(archive, example):
    done = archive.run("fetch", "ssmjp", "--replay", example, env={"ARCHIVE_X_TOKEN": ""})
    assert done.returncode == 0 and "token" not in done.stdout


def test_readme_shows_what_the_demo_prints(archive, example, root):
    (archive.home / "data").symlink_to(root / "data")
    text = (root / "README.md").read_text()
    [session] = re.findall(r"^    \$ archive (fetch [^\n]*)\n((?:    [^\n]*\n)*?)(?=\n|    \$)", text, re.M)
    words, printed = session[0], re.sub(r"^    ", "", session[1], flags=re.M)
    assert words.endswith(" --replay data/example")
    assert printed == archive.ok(*[word.strip("'") for word in words.split()])


def test_the_demo_types_commands_that_work(archive, root):
    """data/demo.sh without its installing and building: the same words, the program of this build."""
    script = (root / "data/demo.sh").read_text()
    slug = re.search(r"^slug=(\S+)$", script, re.M).group(1)
    (archive.home / "data").symlink_to(root / "data")
    shown = re.findall(r"^show (.*)$", script, re.M)
    assert len(shown) >= 5
    for words in shown:
        words = words.replace('"$slug"', slug).replace("$demo/$slug", "page").replace('"', "")
        archive.ok(*[word.strip("'") for word in re.findall(r"'[^']*'|\S+", words)])
    assert (archive.home / "page.html").exists()
