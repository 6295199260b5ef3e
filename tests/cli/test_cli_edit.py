"""archive edit: the thread as text, in an editor, into a file and from one."""
import os
import re

import pytest

from fakes import NOW, Author, MastodonFake, Post
from harness import ROOT, Archive
from holes.scene import limited
from made import SLUG, give, objects, status

pytest_plugins = ["evenings"]

HEAD = "# archive thread 1\nslug: night\ntitle: #ssmjp\ntag: ssmjp\nlang: en\nzone: Asia/Tokyo\n\n"


def name(n):
    return "https://social.example/@hana/%d" % n


def line(n, text=None, word="post"):
    return "%s %s  # 20:%02d はな: %s\n" % (word, name(n), n, text or "話%d #ssmjp" % n)


@pytest.fixture
def five(archive):
    """Five posts of the tag, 1 to 4 chosen."""
    give(archive, *(status(n, "話%d #ssmjp" % n, at="2026-10-30T11:%02d:00.000Z" % n) for n in range(1, 6)))
    archive.ok("thread", "new", "night", "--tag", "ssmjp")
    archive.ok("thread", "add", "night", *map(name, range(1, 5)))
    return archive


def editor(archive, script, **more):
    """An editor that runs a shell script over the file $1; what it was given stands in seen.1, seen.2, …"""
    path = archive.home / "editor"
    path.write_text('#!/bin/sh\nn=1\nwhile [ -e seen.$n ]; do n=$((n + 1)); done\ncp "$1" seen.$n\necho "$1" >where\n' + script)
    path.chmod(0o700)
    return {"EDITOR": str(path), **more}


def seen(archive, n=1):
    return (archive.home / ("seen.%d" % n)).read_text()


def dump(archive, *words):
    return archive.ok("edit", *words, "--dump")


def left(archive):
    """What the editor's file left behind, and the folder of what was kept."""
    where = (archive.home / "where").read_text().strip()
    kept = archive.home / ".local/state/archive"
    return os.path.exists(os.path.dirname(where)), sorted(kept.iterdir()) if kept.exists() else []


# into a file and from one

def test_a_dump_is_the_thread_one_item_a_line(five):
    assert dump(five) == HEAD + "".join(map(line, range(1, 5)))


def test_a_dump_goes_into_a_file(five):
    assert five.ok("edit", "night", "--dump", "-o", "night.txt") == ""
    assert (five.home / "night.txt").read_text() == dump(five)


def test_loading_what_was_dumped_changes_nothing(thread):
    text = dump(thread)
    assert text.count("\npost ") == 198
    assert objects(thread.ok("--json", "edit", "--load", "-", stdin=text)) == \
        [{"slug": SLUG, "created": False, "changed": 0, "step": 0, "missing": []}]
    assert dump(thread) == text


def test_what_was_loaded_is_dumped_again(five):
    text = HEAD + ("\n## 前半 {#k1}\nspeaker: 花子\nlink: https://slides.example/deck スライド\nstarts: 2026-10-30T20:00\n" + line(2)[:-1]
                   + "\nnote 一行目\n  \\\n  三行目\nlink https://blog.example/ 記録\n\n## 後半 {#k2}\n" + line(1).replace("  #", " {large red}  #")
                   + "also " + line(4)[5:] + "alt 1 棒グラフ\n\n" + line(3, word="drop") + line(5, word="drop"))
    text = text.replace("\n\n\n", "\n\n")
    assert five.ok("edit", "--load", "-", stdin=text) == "night: 10 changes, step 2\n"
    assert dump(five) == text
    assert five.ok("thread", "undo") and dump(five) == HEAD + "".join(map(line, range(1, 5)))


def test_a_file_makes_the_thread_that_is_not_there(five):
    text = dump(five).replace("slug: night", "slug: second")
    assert five.ok("edit", "--load", "-", stdin=text) == "second is made: 4 changes, step 1\n"
    assert dump(five, "second") == text


def test_a_line_that_is_taken_away_makes_the_post_undecided(five):
    text = dump(five)
    five.ok("edit", "--load", "-", stdin=text.replace(line(2), ""))
    assert dump(five) == text.replace(line(2), "")
    assert five.ok("thread", "add", "night", "--all").startswith("2 posts chosen")


def test_settings_come_from_the_file(five):
    text = dump(five).replace("title: #ssmjp", "title: 夜").replace("zone: Asia/Tokyo", "zone: UTC\nwindow: 2026-10-30T11:00 -\nlag: 2m")
    five.ok("edit", "--load", "-", stdin=text)
    assert dump(five).splitlines()[2:8] == ["title: 夜", "tag: ssmjp", "lang: en", "zone: UTC", "window: 2026-10-30T11:00 -", "lag: 2m"]


def test_a_mistake_names_file_and_line_and_nothing_is_changed(five):
    before = dump(five)
    (five.home / "a.txt").write_text(before.replace(line(1), "").replace("post", "pst", 1))
    done = five.run("edit", "--load", "a.txt")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("archive: a.txt, line 8: 'pst ") and dump(five) == before


def test_a_post_that_stands_there_twice_is_a_mistake(five):
    done = five.run("edit", "--load", "-", stdin=dump(five) + "post https://social.example/users/hana/statuses/1\n")
    assert done.returncode == 1 and "standard input, line 12: this post stands on line 8 already" in done.stderr


@pytest.mark.parametrize("words, sentence", [
    (["--dump", "--load", "a"], "either --dump or --load"), (["-o", "a"], "-o is for --dump"),
    (["--fetch"], "--fetch is for --load"), (["a", "b"], "'b' is a word too many: archive help edit shows how it is used"),
])
def test_words_that_do_not_fit_are_refused(five, words, sentence):
    done = five.run("edit", *words)
    assert (done.returncode, done.stderr) == (2, "archive: %s\n" % sentence)


def test_a_file_of_another_thread_is_refused(five):
    done = five.run("edit", "other", "--load", "-", stdin=dump(five))
    assert (done.returncode, done.stderr) == (2, "archive: the file is the thread night, not other\n")


def test_the_example_of_the_manual_is_read(archive):
    page = (ROOT / "data/man/archive-thread.5.scd").read_text()
    example = re.search(r"# EXAMPLE\n\n```\n(.*?)```", page, re.S)[1]
    done = archive.run("--json", "edit", "--load", "-", stdin=example)
    assert done.returncode == 3, done.stderr
    [report] = objects(done.stdout)
    assert report["created"] and len(report["missing"]) == 4
    assert "## 信頼できる情報源の探し方 {#k3f}\nspeaker: @example\n" in dump(archive)


# on another machine

def test_posts_that_the_store_lacks_are_named(five, tmp_path):
    text = dump(five)
    other = Archive(tmp_path / "other")
    other.home.mkdir()
    give(other, status(1, "話1 #ssmjp", at="2026-10-30T11:01:00.000Z"))
    done = other.run("edit", "--load", "-", stdin=text)
    assert (done.returncode, done.stdout) == (3, "night is made: 1 change, step 1\n")
    assert done.stderr == "".join("missing: %s\n" % name(n) for n in (2, 3, 4)) + \
        "3 posts are not in the store, and not in the thread; the file still names them: --fetch looks for them\n"
    assert dump(other) == HEAD + line(1)


def test_posts_that_the_store_lacks_are_fetched(archive):
    hana = Author("hana", "はな")
    posts = [Post(hana, "話%d" % n, NOW * 1000 - 60_000 * (10 - n), key=str(n)) for n in (1, 2)]
    clock = {"ARCHIVE_NOW": str(NOW)}
    with MastodonFake(posts) as fake:
        names = ["%s/@hana/%s" % (fake.url, fake.id_of(str(n))) for n in (1, 2)]
        text = HEAD + "post %s\nnote 間\npost %s\n" % tuple(names)
        out = archive.ok("edit", "--load", "-", "--fetch", stdin=text, env=clock)
        assert out.count(": new\n") == 2 and out.endswith("night is made: 3 changes, step 1\n")
        text = dump(archive) + "post %s/@hana/1\n" % fake.url
        done = archive.run("--json", "edit", "--load", "-", "--fetch", stdin=text, env=clock)
        assert done.returncode == 3 and objects(done.stdout)[0]["missing"] == [fake.url + "/@hana/1"]
        rows = [re.sub("  #.*", "", row) for row in dump(archive).splitlines()[7:]]
        assert [row.rsplit("/", 1)[-1] for row in rows] == [names[0].rsplit("/", 1)[1], "note 間", names[1].rsplit("/", 1)[1]]


def test_who_does_not_want_to_be_archived_is_missing(five):
    give(five, status(9, at="2026-10-30T11:30:00.000Z", user="no", account={**status(1, user="no")["account"], "note": "<p>#noarchive</p>"}))
    done = five.run("--json", "edit", "--load", "-", stdin=dump(five) + "post https://social.example/users/no/statuses/9\n")
    assert done.returncode == 3 and len(objects(done.stdout)[0]["missing"]) == 1


# in the editor

def test_the_editor_gets_the_thread_and_the_undecided(five):
    env = editor(five, 'stat -c %a "$1" "$(dirname "$1")" >modes\n')
    assert five.ok("edit", "night", env=env) == "nothing was changed\n"
    text = seen(five)
    assert text.startswith(dump(five)) and text.endswith("\n#" + line(5)) and "\n# undecided: " in text
    assert (five.home / "modes").read_text() == "600\n700\n"
    assert left(five) == (False, [])


def test_a_sign_taken_away_chooses_by_time(five):
    five.ok("thread", "remove", "night", name(2))
    assert five.ok("edit", env=editor(five, 'sed -i "s/^#post/post/" "$1"\n')) == "2 changes, step 3\n"
    assert dump(five) == HEAD + "".join(map(line, range(1, 6)))


def test_a_line_that_moved_counts_as_moved_by_hand(five):
    five.ok("edit", env=editor(five, r'sed -i "8{h;d};9{G}" "$1"' "\n"))
    assert dump(five) == HEAD + line(2).replace("  #", " {fixed}  #") + line(1) + line(3) + line(4) or \
        dump(five) == HEAD + line(2) + line(1).replace("  #", " {fixed}  #") + line(3) + line(4)


def test_visual_comes_before_editor(five):
    env = editor(five, "")
    assert five.ok("edit", env={"VISUAL": env["EDITOR"], "EDITOR": "false"}) == "nothing was changed\n"


def test_with_a_mistake_it_opens_again_at_its_line(five):
    script = 'if [ $n = 1 ]; then sed -i "8s/post/pst/" "$1"; else sed -i "s/^pst/drop/" "$1"; fi\n'
    assert five.ok("edit", env=editor(five, script)) == "1 change, step 2\n"
    again = seen(five, 2).splitlines()
    assert again[7].startswith("# ! line 8: 'pst ") and again[8].startswith("pst ")
    assert dump(five) == HEAD + "".join(map(line, (2, 3, 4))) + "\n" + line(1, word="drop")
    assert left(five) == (False, [])


def test_a_post_that_is_not_there_is_a_mistake(five):
    script = 'if [ $n = 1 ]; then echo "post https://social.example/@x/77" >>"$1"; else : >"$1"; fi\n'
    assert five.ok("edit", env=editor(five, script)) == "the text was emptied: nothing was changed\n"
    assert "there is no such post here" in seen(five, 2)


def test_a_mistake_that_nobody_mends_ends_it_and_the_text_is_kept(five):
    before = dump(five)
    out = five.ok("edit", env=editor(five, 'if [ $n = 1 ]; then sed -i "8s/post/pst/" "$1"; fi\n'))
    there, [kept] = left(five)
    assert out.startswith("nothing was changed: line 8: ") and out.endswith("what was typed is kept in %s\n" % kept)
    assert "\npst " in kept.read_text() and kept.stat().st_mode & 0o777 == 0o600 and not there
    assert dump(five) == before


def test_an_editor_that_fails_changes_nothing_and_the_text_is_kept(five):
    before = dump(five)
    done = five.run("edit", env=editor(five, 'sed -i "8d" "$1"\nexit 3\n'))
    there, [kept] = left(five)
    assert done.returncode == 1 and "failed (status 3)" in done.stderr and str(kept) in done.stderr
    assert kept.read_text().startswith(HEAD + line(2)) and not there
    assert dump(five) == before


def test_an_editor_that_is_not_there_is_named(five):
    done = five.run("edit", env={"EDITOR": "nosuch"})
    assert done.returncode == 1 and "the editor 'nosuch' is not there: name another in VISUAL or EDITOR" in done.stderr
    assert not (five.home / ".local/state").exists()


def test_what_another_program_did_meanwhile_stays(five):
    script = '"%s" thread add night %s >/dev/null\n"%s" thread remove night %s >/dev/null\nsed -i "10s/$/ x/;9s/  #/ {red}  #/;11d" "$1"\n'
    five.ok("edit", env=editor(five, script % (five.path, name(5), five.path, name(1))))
    assert dump(five) == HEAD + line(2).replace("  #", " {red}  #") + line(3) + line(5)


def test_where_both_changed_the_text_wins_and_it_is_said(five):
    script = '"%s" thread remove night %s >/dev/null\nsed -i "8s/  #/ {red}  #/" "$1"\n' % (five.path, name(1))
    assert five.ok("edit", env=editor(five, script)).endswith("; 1 place that was changed elsewhere meanwhile is as in the text\n")
    assert line(1).replace("  #", " {red}  #") in dump(five)


def test_a_slug_that_is_taken_is_a_mistake_of_the_text(five):
    five.ok("thread", "new", "second", "--tag", "ssmjp")
    script = 'if [ $n = 1 ]; then sed -i "s/^slug: .*/slug: second/" "$1"; else sed -i "s/^slug: .*/slug: third/" "$1"; fi\n'
    five.ok("edit", "night", env=editor(five, script))
    assert "there is a thread 'second' already" in seen(five, 2)
    assert dump(five, "third").startswith("# archive thread 1\nslug: third\n")


def test_an_interrupt_in_the_editor_is_the_editors(five):
    """Ctrl-C goes to the whole group of processes; the editor goes on, and so do we."""
    env = editor(five, "trap : INT\nkill -INT 0\nsed -i 8d \"$1\"\n")
    process = five.start("edit", "night", env=env, start_new_session=True)
    out, err = process.communicate(timeout=120)
    assert (process.returncode, out, err) == (0, "1 change, step 2\n", "")


def test_in_json_one_object_says_what_came_of_it(five):
    assert objects(five.ok("--json", "edit", env=editor(five, 'sed -i 8d "$1"\n'))) == [{"said": "1 change, step 2"}]


def test_a_disk_that_is_full_is_a_sentence(five):
    """Files that may not grow stand for it."""
    full = {"preexec_fn": limited(65536, ends=False)}
    five.ok("thread", "note", "night", "word " * 20000)
    before = dump(five)
    done = five.run("edit", "--dump", "-o", "night.txt", **full)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "archive: night.txt: File too large\n")
    assert not (five.home / "night.txt").exists()
    done = five.run("edit", "--load", "-", stdin=before + "note more\n" * 20000, **full)
    assert (done.returncode, done.stdout) == (1, "") and "look whether the disk is full" in done.stderr
    assert dump(five) == before


def test_a_thread_of_which_the_store_has_nothing_is_made_and_empty(five, tmp_path):
    other = Archive(tmp_path / "other")
    other.home.mkdir()
    done = other.run("edit", "--load", "-", stdin=dump(five))
    assert (done.returncode, done.stdout) == (3, "night is made, with nothing in it\n")


def test_an_editor_that_makes_it_worse_each_time_comes_to_an_end(five):
    before = dump(five)
    done = five.run("edit", env=editor(five, 'echo "oops" >>"$1"\n'))
    assert (done.returncode, done.stdout, dump(five)) == (1, "", before)
    assert done.stderr.startswith("archive: the text came back with a mistake 100 times: line 16: 'oops' is nothing that is known here")
    assert "what was typed is kept in " in done.stderr


def test_a_styled_post_is_dropped_by_the_word_alone(five):
    five.ok("thread", "style", "night", name(2), "--large", "--colour", "red")
    text = dump(five)
    assert "post %s {large red}  #" % name(2) in text
    assert five.ok("edit", "--load", "-", stdin=text.replace("post " + name(2), "drop " + name(2))) == "night: 1 change, step 3\n"
    assert dump(five) == HEAD + "".join(map(line, (1, 3, 4))) + "\n" + line(2, word="drop")
