"""archive thread sections: a thread cut by its timetable, corrected, and its talks linked to their slides."""
import json
import sqlite3
import subprocess

import pytest

from harness import ROOT
from made import SLUG, give, objects, status
from terminals import Terminal

pytest_plugins = ["evenings"]

TIMETABLE = ROOT / "data/example-src/timetable.txt"
TITLES = ["乾杯", "復元していないバックアップは、まだ願いごと", "午前3時、それは本当にDNSだった", "休憩", "証明書は金曜の夜に切れる",
          "飛び込み：研究室のNASを自分で消して自分で戻した話", "終わってから"]
THREE = "19:00 a / はな\n19:40 b\n20:20 c\n"


def at(hour, minute):
    """A time of the evening in Tokyo, as Mastodon says it."""
    return "2026-10-30T%02d:%02d:00.000Z" % (hour - 9, minute)


def cut(archive, text, *words):
    [report] = objects(archive.ok("--json", "thread", "sections", "night", "-", *words, stdin=text))
    return report


def ask(archive, sql, *values):
    with sqlite3.connect(archive.store) as db:
        return db.execute(sql, values).fetchall()


def shown(archive):
    """Headings and the numbers of posts, in the thread's order."""
    return [row[0] for row in ask(archive, "SELECT coalesce(text, (SELECT network_id FROM post WHERE post.id = item.post)) FROM item "
                                  "WHERE thread = (SELECT id FROM thread WHERE slug = 'night') ORDER BY position")]


@pytest.fixture
def evening(archive):
    """A thread of posts that are named by the time they were written."""
    times = [(18, 30), (18, 59), (19, 0), (19, 30), (19, 40), (20, 19), (20, 20), (21, 30)]
    give(archive, *[status("%02d%02d" % time, "話 #ssmjp", at=at(*time)) for time in times])
    archive.ok("thread", "new", "night", "--tag", "ssmjp", "--zone", "Asia/Tokyo", "--lang", "ja")
    archive.ok("thread", "add", "night", "--all")
    return archive


# the example

def test_the_example_is_cut_by_its_timetable(thread):
    [report] = objects(thread.ok("--json", "thread", "sections", SLUG, TIMETABLE))
    top, *sections = report["sections"]
    assert [section["title"] for section in sections] == TITLES
    assert (top["state"], {section["state"] for section in sections}) == ("top", {"new"})
    assert sum(section["posts"] for section in report["sections"]) == 198
    assert sections[1]["starts"] == "2026-10-30T10:12:00Z" and sections[1]["speaker"] == "はなだ みのり"
    assert len({section["key"] for section in sections}) == 7 and report["border"]
    for title in TITLES:
        assert title in thread.ok("export", SLUG)


def test_the_readme_uses_it(root):
    assert "archive thread sections ssmjp-2026-10-30 data/example-src/timetable.txt" in (root / "README.md").read_text()


# cutting

def test_every_post_stands_under_the_talk_that_was_on(evening):
    out = evening.ok("thread", "sections", "night", "-", stdin=THREE)
    assert shown(evening) == ["1830", "1859", "a", "1900", "1930", "b", "1940", "2019", "c", "2020", "2130"]
    lines = out.splitlines()
    assert lines[:5] == ["3 talks, 2026-10-30 19:00 to 20:20", "    2  above the first talk", "    2  19:00  a / はな  (new)",
                         "    2  19:40  b  (new)", "    2  20:20  c  (new)"]
    assert lines[5] == "5 posts within 3 minutes of a talk's start:"
    assert lines[6] == " above the first talk < > a"
    assert lines[7].split()[1:] == ["18:59", "<", "話", "#ssmjp"] and lines[8].split()[1:3] == ["19:00", ">"]
    assert lines[-2:] == ["3 changes made, 0 posts moved",
                          "next: archive thread show night; archive thread undo night takes it back"]


def test_the_only_thread_needs_no_name(evening):
    (evening.home / "talks.txt").write_text(THREE)
    evening.ok("thread", "sections", "talks.txt")
    assert "b" in shown(evening)


def test_a_second_time_there_is_nothing_to_do(evening):
    first = cut(evening, THREE, "--lag", "2m")
    assert (first["lag_seconds"], first["step"] > 0) == (120, True)
    before = shown(evening)
    again = cut(evening, THREE)
    assert (again["lag_seconds"], again["step"], again["moved"]) == (120, 0, 0)
    assert {section["state"] for section in again["sections"]} == {"top", "same"}
    assert [section["key"] for section in again["sections"]] == [section["key"] for section in first["sections"]]
    assert evening.ok("thread", "sections", "night", "-", stdin=THREE).endswith("all is as it should be: nothing was changed\n")
    assert shown(evening) == before


def test_the_lag_is_kept_and_changed(evening):
    cut(evening, THREE, "--lag", "90s")
    assert ask(evening, "SELECT lag FROM thread") == [(90000,)]
    assert shown(evening)[:4] == ["1830", "1859", "1900", "a"]
    cut(evening, THREE, "--lag", "0")
    assert shown(evening)[:4] == ["1830", "1859", "a", "1900"]


def test_all_of_it_is_one_step(evening):
    steps = ask(evening, "SELECT number FROM step")
    report = cut(evening, THREE, "--lag", "2m")
    assert [row for row in ask(evening, "SELECT number, op FROM step") if row[:1] not in steps] == [(report["step"], "sections")]


def test_a_dry_run_changes_nothing(evening):
    before = shown(evening)
    report = cut(evening, THREE, "--dry-run", "--lag", "2m")
    assert (report["dry_run"], report["step"], [section["posts"] for section in report["sections"]]) == (True, 0, [3, 2, 2, 1])
    out = evening.ok("thread", "sections", "night", "-", "--dry-run", stdin=THREE)
    assert out.endswith("3 changes to make, 0 posts to move; nothing was changed (--dry-run)\n")
    assert shown(evening) == before and ask(evening, "SELECT lag FROM thread") == [(0,)]


def test_a_corrected_timetable_keeps_keys_and_moves_posts(evening):
    before = {section["title"]: section["key"] for section in cut(evening, THREE)["sections"]}
    report = cut(evening, "19:00 A new title / はな\n19:25 b\n20:20 c\n")
    after = {section["title"]: section["key"] for section in report["sections"]}
    assert (after["A new title"], after["b"], after["c"]) == (before["a"], before["b"], before["c"])
    assert shown(evening) == ["1830", "1859", "A new title", "1900", "b", "1930", "1940", "2019", "c", "2020", "2130"]


def test_what_was_moved_by_hand_stays_and_is_told(evening):
    cut(evening, THREE)
    ask(evening, "UPDATE item SET fixed = 1 WHERE post = (SELECT id FROM post WHERE network_id = '1930')")
    report = cut(evening, "19:00 a / はな\n19:25 b\n20:20 c\n")
    assert shown(evening)[2:6] == ["a", "1900", "1930", "b"]
    [post] = report["by_hand"]
    keys = {section["title"]: section["key"] for section in report["sections"]}
    assert (post["created_at"], post["section"], post["other"]) == ("2026-10-30T10:30:00Z", keys["a"], keys["b"])
    out = evening.ok("thread", "sections", "night", "-", stdin="19:00 a\n19:25 b\n20:20 c\n")
    assert "1 post left where they were put by hand:\n" in out and "    in a; by its time in b\n" in out


def test_a_talk_that_was_taken_out_loses_its_heading_or_not(evening):
    cut(evening, THREE)
    ask(evening, "UPDATE item SET url = 'https://slides.example/c' WHERE text = 'c'")
    report = cut(evening, "19:00 a\n")
    assert {section["title"]: section["state"] for section in report["sections"]} == {None: "top", "a": "same", "b": "gone", "c": "kept"}
    assert shown(evening) == ["1830", "1859", "a", "1900", "1930", "1940", "2019", "2020", "2130", "c"]
    out = evening.ok("thread", "sections", "night", "-", stdin="19:00 a\n")
    assert "c  (in the timetable no more: stays for what is its own)\n" in out


def test_a_calendar_is_told_by_what_it_holds(evening):
    calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + "".join(
        "BEGIN:VEVENT\r\nDTSTART;TZID=Asia/Tokyo:%s\r\nSUMMARY:%s\r\nEND:VEVENT\r\n" % event
        for event in [("20261030T194000", "b / 古賀"), ("20261030T190000", "a"), ("20261127T190000", "next month")]
    ) + "END:VCALENDAR\r\n"
    report = cut(evening, calendar)
    assert [(section["title"], section["speaker"]) for section in report["sections"][1:]] == [("a", None), ("b", "古賀")]
    assert report["passed_over"] == 1


def test_the_first_day_is_the_windows(evening):
    evening.ok("thread", "new", "other", "--since", "2026-12-01T18:00", "--zone", "Asia/Tokyo")
    [report] = objects(evening.ok("--json", "thread", "sections", "other", "-", stdin="19:00 a\n24:30 b\n"))
    assert [section["starts"] for section in report["sections"][1:]] == ["2026-12-01T10:00:00Z", "2026-12-01T15:30:00Z"]


def test_quiet_says_nothing(evening):
    assert evening.ok("--quiet", "thread", "sections", "night", "-", stdin=THREE) == ""
    assert "a" in shown(evening)


# what is not understood

def test_a_mistake_names_file_line_and_cure_and_changes_nothing(evening):
    (evening.home / "talks.txt").write_text("19:00 a\nbreak\n")
    done = evening.run("thread", "sections", "night", "talks.txt")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "archive: talks.txt: line 2: 'break' does not begin with a time: write 19:00 title / speaker, or # " \
        "before a remark\n"
    assert "a" not in shown(evening)


@pytest.mark.parametrize("text", ["\x00", "BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\n" * 1000, "19:00 " + "a" * 5000, "9" * 100000])
def test_what_is_no_timetable_is_refused(evening, text):
    done = evening.run("thread", "sections", "night", "-", stdin=text)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith("archive: the pipe: ")


@pytest.mark.parametrize("words, sentence", [
    ([], "which timetable? A thread's name, then a file (- is a pipe) with lines such as 19:00 title / speaker"),
    (["night", "-", "--lag", "soon"], "'soon' is no lag: 90s and 2m are such"),
    (["night", "-", "--yes"], "--yes is for --slides: say both"),
    (["night", "--slides", "--lag", "2m"], "--lag is for a timetable: name its file"),
])
def test_misused(evening, words, sentence):
    done = evening.run("thread", "sections", *words, stdin=THREE)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "archive: %s\n" % sentence)


@pytest.mark.parametrize("others", [[], ["other"]])
def test_a_threads_name_alone_is_no_file(evening, others):
    for slug in others:
        evening.ok("thread", "new", slug, "--tag", "ssmjp")
    done = evening.run("thread", "sections", "night")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("archive: which timetable? A thread's name, then a file")


def test_a_file_that_is_named_as_the_thread_is(evening):
    (evening.home / "night").write_text("19:00 a\n")
    assert "19:00  a  (new)" in evening.ok("thread", "sections", "night")


def test_a_file_that_is_not_there(evening):
    done = evening.run("thread", "sections", "night", "nowhere.txt")
    assert done.returncode == 1 and "nowhere.txt" in done.stderr


# slides

@pytest.fixture
def talks(archive):
    """Two talks; each speaker links to the slides, one of them before the talk, and somebody to both."""
    give(archive,
         status(1, "まもなく。資料 https://speakerdeck.com/hana/restore #ssmjp", at=at(18, 55), name="はな 🌸"),
         status(2, "これ https://speakerdeck.com/hana/restore?slide=2 #ssmjp", at=at(19, 5), user="mikan", name="みかん"),
         status(3, "関係ない https://www.docswell.com/s/mikan/X #ssmjp", at=at(19, 6), user="mikan", name="みかん"),
         status(4, "資料です https://ssmjp.example/dns.pdf #ssmjp", at=at(19, 45), user="koga", name="古賀"),
         status(5, "はなさんのはこれ https://speakerdeck.com/hana/restore #ssmjp", at=at(19, 50), user="mikan", name="みかん"))
    archive.ok("thread", "new", "night", "--tag", "ssmjp", "--zone", "Asia/Tokyo", "--lang", "ja")
    archive.ok("thread", "add", "night", "--all")
    archive.ok("thread", "sections", "night", "-", stdin="19:00 a / はな\n19:40 b / 古賀\n20:20 c\n")
    return archive


def links(archive):
    return ask(archive, "SELECT text, url, label FROM item WHERE kind = 'heading' ORDER BY position")


def test_a_pipe_prints_the_slides_that_were_found(talks):
    assert talks.ok("thread", "sections", "night", "--slides") == (
        "## a\n"
        "  1  https://speakerdeck.com/hana/restore  (Speaker Deck, 2 posts, by the speaker)\n"
        "  2  https://www.docswell.com/s/mikan/X  (Docswell, 1 post)\n"
        "## b\n"
        "  1  https://ssmjp.example/dns.pdf  (PDF, 1 post, by the speaker)\n"
        "next: the same with --yes links each heading to its first\n")
    assert {url for _, url, _ in links(talks)} == {None}


def test_yes_takes_the_best_of_each_once(talks):
    assert talks.ok("thread", "sections", "night", "--slides", "--yes").endswith("2 of 2 headings linked to their slides\n")
    assert links(talks) == [("a", "https://speakerdeck.com/hana/restore", "スライド"),
                            ("b", "https://ssmjp.example/dns.pdf", "スライド (PDF)"), ("c", None, None)]
    assert talks.ok("thread", "sections", "night", "--slides", "--yes") == "no slides found for a heading that has no link yet\n"


def test_a_heading_that_has_a_link_keeps_it(talks):
    ask(talks, "UPDATE item SET url = 'https://a.example/mine' WHERE text = 'a'")
    talks.ok("thread", "sections", "night", "--slides", "--yes")
    assert links(talks)[0][:2] == ("a", "https://a.example/mine")


def test_slides_with_a_timetable_and_in_json(talks):
    report = cut(talks, "19:00 a / はな\n19:40 b / 古賀\n20:20 c\n", "--slides", "--yes")
    assert [(one["title"], [(link["url"], link["taken"]) for link in one["links"]]) for one in report["slides"]] == [
        ("a", [("https://speakerdeck.com/hana/restore", True), ("https://www.docswell.com/s/mikan/X", False)]),
        ("b", [("https://ssmjp.example/dns.pdf", True)])]
    assert links(talks)[1][1] == "https://ssmjp.example/dns.pdf"


def test_a_dry_run_links_nothing(talks):
    [report] = objects(talks.ok("--json", "thread", "sections", "night", "--slides", "--yes", "--dry-run"))
    assert len(report["slides"]) == 2 and {url for _, url, _ in links(talks)} == {None}


@pytest.mark.parametrize("answers, urls", [
    (["y\n", "n\n"], ["https://speakerdeck.com/hana/restore", None]),
    (["2\n", "\n"], ["https://www.docswell.com/s/mikan/X", "https://ssmjp.example/dns.pdf"]),
    (["9\n", "whatever\n"], [None, None]),
])
def test_a_terminal_is_asked_for_each_talk(talks, answers, urls):
    terminal = Terminal(100)
    process = subprocess.Popen([str(talks.path), "thread", "sections", "night", "--slides"], stdin=terminal.theirs,
                               stdout=subprocess.DEVNULL, stderr=terminal.theirs, env=talks.env, cwd=talks.home)
    for answer in answers:
        terminal.read_until("[Y/n/number] ")
        terminal.write(answer)
    assert process.wait(60) == 0
    terminal.read()
    assert [url for _, url, _ in links(talks)][:2] == urls


def test_the_examples_slides_are_found(thread):
    [report] = objects(thread.ok("--json", "thread", "sections", SLUG, TIMETABLE, "--lag", "30s", "--slides", "--yes"))
    assert json.dumps(report["slides"]).count('"taken": true') == 3
    assert [one["links"][0]["url"] for one in report["slides"]] == [
        "https://slides.example/hanada/restore-day", "https://slides.example/koga/it-was-dns", "https://slides.example/mizuno/boring-certs"]
