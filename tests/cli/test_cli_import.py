"""archive import: what is taken in, what is left out, and what is said of it."""
import json
import sqlite3
import subprocess

import pytest

from made import give, lines, objects, status, x_page

pytest_plugins = ["evenings"]

TWO = [status(1, "一つ目 #ssmjp", at="2026-10-30T10:00:00.000Z"), status(2, "二つ目 #ssmjp", at="2026-10-30T11:30:00.000Z")]
SAID = "2 posts new, 0 seen before, 2026-10-30 19:00 to 20:30\n"


def write(archive, name, text):
    path = archive.home / name
    path.write_text(text)
    return path


def evidence(archive):
    """The kept answers as they came."""
    from holes.scene import unpack
    with sqlite3.connect(archive.store) as db:
        return [unpack(body, size) for body, size in db.execute("SELECT body, size FROM answer")]


def uris(archive):
    return [post["uri"] for post in objects(archive.ok("--json", "search", "--limit", "10000"))]


@pytest.mark.parametrize("text", [
    json.dumps(TWO),
    json.dumps(TWO, indent=2),
    lines(*TWO),
    lines(*TWO).replace("\n", "\r\n\r\n"),
    json.dumps(TWO[0]) + json.dumps(TWO[1]),
    lines([TWO[0]], [TWO[1]]),
    json.dumps({"ancestors": [TWO[0]], "descendants": [TWO[1]]}),
    "\ufeff" + json.dumps(TWO),
], ids=["array", "indented", "one a line", "CRLF and empty lines", "without line ends", "arrays a line", "conversation", "BOM"])
def test_the_same_posts_in_any_wrapping(archive, text):
    assert archive.ok("import", write(archive, "answers.json", text)) == SAID
    assert uris(archive) == [TWO[1]["uri"], TWO[0]["uri"]]


def test_one_object_is_one_post(archive):
    assert archive.ok("import", write(archive, "one.json", json.dumps(TWO[0]))) == \
        "1 post new, 0 seen before, 2026-10-30 19:00\n"


def test_a_hyphen_is_standard_input(archive):
    assert archive.ok("import", "-", stdin=json.dumps(TWO)) == SAID


def test_standard_input_may_be_a_pipe_that_comes_in_pieces(archive):
    process = subprocess.Popen([archive.path, "import", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=archive.env)
    for piece in lines(*TWO).encode():
        process.stdin.write(bytes([piece]))
        process.stdin.flush()
    out, _ = process.communicate()
    assert (process.returncode, out.decode()) == (0, SAID)


def test_a_page_of_x_is_told_by_what_it_holds(archive):
    out = archive.ok("import", write(archive, "x.json", json.dumps(x_page("一 #ssmjp", "二 #ssmjp"))))
    assert out == "2 posts new, 0 seen before, 2026-10-30 19:00 to 19:01\n"
    assert {post["network"] for post in objects(archive.ok("--json", "search"))} == {"x"}


def test_both_networks_in_one_file(archive):
    out = archive.ok("import", write(archive, "both.json", lines(TWO[0], x_page("三 #ssmjp"), TWO[1])))
    assert out.startswith("3 posts new, ")


def nameless_x(posts):
    """What a post is, wherever it came from; X's without their authors."""
    return [{**post, "files": None, **({"author": None} if post["network"] == "x" else {})} for post in posts]


def test_the_answers_of_the_example_are_files_too(archive, example, night):
    for path in sorted(example.glob("*.http")):
        if "/2/users?" in path.with_suffix(".request").read_text():
            continue        # X's authors are no posts, and its posts come without them
        body = path.read_bytes().split(b"\r\n\r\n", 1)[1]
        if body[:1] in b"[{":    # the others are pictures
            archive.ok("--store", "imported.db", "import", "-", stdin=body.decode())
    imported = objects(archive.ok("--json", "--store", "imported.db", "search", "--limit", "1000"))
    # an import asks for no hashtag, so it takes the one that forgot it, too
    assert [post["text"] for post in imported if not post["tags"] and post["network"] == "bluesky"] == [
        "ハッシュタグを忘れた投稿は議事録に残りません（これ） ssmjp"]
    kept = [post for post in imported if post["tags"] or post["network"] != "bluesky"]
    assert nameless_x(kept) == nameless_x(objects(night.ok("--json", "search", "--limit", "1000")))
    assert all(post["author"]["handle"] is None for post in kept if post["network"] == "x")


def test_the_same_file_twice_is_nothing_new(archive):
    path = write(archive, "answers.json", json.dumps(TWO))
    archive.ok("import", path)
    assert archive.ok("import", "--again", path) == "0 posts new, 2 seen before, 2026-10-30 19:00 to 20:30\n"


def test_a_file_that_was_taken_in_as_a_whole_is_not_read_again(archive):
    path = write(archive, "answers.json", json.dumps(TWO))
    archive.ok("import", path)
    assert archive.ok("import", path) == \
        f"{path} was taken in as a whole on 2026-10-30 23:00: nothing to do; --again reads it once more\n"


def test_a_part_of_a_file_does_not_stand_for_the_whole(archive):
    path = write(archive, "answers.json", json.dumps(TWO))
    assert archive.ok("import", "--until", "2026-10-30T20:00", path) == \
        "1 post new, 0 seen before, 2026-10-30 19:00; 1 not asked for, left out\n"
    assert archive.ok("import", path) == "1 post new, 1 seen before, 2026-10-30 19:00 to 20:30\n"
    assert archive.ok("import", path).endswith("--again reads it once more\n")


def test_what_was_not_asked_for_is_not_in_the_evidence_either(archive):
    path = write(archive, "answers.json", lines(status(1, "残す #ssmjp"), status(2, "秘密の別件 #other", tags=("other",))))
    assert archive.ok("import", "--only-tag", "SSMJP", path) == \
        "1 post new, 0 seen before, 2026-10-30 20:00; 1 not asked for, left out\n"
    kept = b"".join(evidence(archive))
    assert "残す".encode() in kept and "秘密の別件".encode() not in kept


def test_only_what_an_author_wrote(archive):
    path = write(archive, "a.json", json.dumps([status(1, "一"), status(2, "二", user="taro", name="太郎")]))
    assert archive.ok("import", "--author", "@Taro@social.example", path).startswith("1 post new, 0 seen before")
    assert [post["text"] for post in objects(archive.ok("--json", "search"))] == ["二"]


def test_a_dry_run_tells_and_changes_nothing(archive):
    path = write(archive, "answers.json", json.dumps(TWO))
    said = "2 posts would be new, 0 are there already, 2026-10-30 19:00 to 20:30\n"
    assert archive.ok("import", "--dry-run", path) == said
    assert not archive.store.exists()
    give(archive, TWO[0])
    assert archive.ok("import", "--dry-run", path) == "1 post would be new, 1 is there already, 2026-10-30 19:00 to 20:30\n"
    assert archive.ok("import", path).startswith("1 post new, 1 seen before")


def test_several_files_are_a_report_each_and_a_sum(archive):
    first, second = write(archive, "1.json", json.dumps(TWO[0])), write(archive, "2.json", json.dumps(TWO[1]))
    assert archive.ok("import", first, second) == (
        f"{first}, answers of networks: 1 post new, 0 seen before, 2026-10-30 19:00\n"
        f"{second}, answers of networks: 1 post new, 0 seen before, 2026-10-30 20:30\n"
        "together: " + SAID)


def test_posts_that_are_not_public_are_left_out_and_counted(archive):
    path = write(archive, "a.json", lines(TWO[0], status(7, "内緒話", visibility="private"), status(8, "密談", visibility="direct")))
    assert archive.ok("import", path) == "1 post new, 0 seen before, 2026-10-30 19:00; 2 not public, left out\n"
    assert "内緒話".encode() not in archive.store.read_bytes() and "密談".encode() not in archive.store.read_bytes()


def test_only_posts_that_are_not_public_is_no_failure(archive):
    assert archive.ok("import", "-", stdin=json.dumps([status(7, "内緒話", visibility="private")])) == \
        "0 posts new, 0 seen before; 1 not public, left out\n"


def test_who_opted_out_is_kept_as_an_address_alone(archive):
    post = status(9, "残さないで")
    post["account"]["note"] = "<p>#noarchive</p>"
    archive.ok("import", "-", stdin=json.dumps(post))
    assert uris(archive) == [] and "残さないで".encode() not in archive.store.read_bytes()


def test_who_opts_out_later_leaves_no_name_with_the_last_post(archive):
    post = status(9, "残さないで", user="shy", name="断る人")
    archive.ok("import", "-", stdin=json.dumps(post))
    post["account"]["note"] = "<p>#noarchive</p>"
    archive.ok("import", "-", stdin=json.dumps(post))
    with sqlite3.connect(archive.store) as db:
        assert db.execute("SELECT handle, name FROM author WHERE NOT optout").fetchall() == []
        assert db.execute("SELECT uri, text FROM post").fetchall() == [(post["uri"], None)]


@pytest.mark.parametrize("bad", ['{"id": 1}', "garbage", '{"content": "cut', "[1, 2]", "null", '"text"', "]", "}", "\0", "[\0]"])
def test_what_is_not_understood_among_posts_is_left_out_counted_and_told_by_the_status(archive, bad):
    done = archive.run("import", "-", stdin=lines(TWO[0]) + bad + "\n" + lines(TWO[1]))
    assert done.returncode == 3 and done.stderr == ""
    assert done.stdout.startswith("2 posts new, 0 seen before, 2026-10-30 19:00 to 20:30; ")
    assert done.stdout.endswith(" not understood, left out (from line 2 on)\n")


@pytest.mark.parametrize("text, line", [("garbage\n", 1), ("\n\n{}\n", 3), ('{"id": 5}\n{"id": 6}\n', 1), ('{"cut": "of', 1)])
def test_a_file_of_which_nothing_can_be_read_is_refused_with_the_line(archive, text, line):
    done = archive.run("import", write(archive, "bad.json", text))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "archive: %s/bad.json: line %d is not an answer of a network known here, and nothing else in it is\n" % (
        archive.home, line)


def test_a_page_without_a_post_is_refused(archive):
    done = archive.run("import", write(archive, "bad.html", "<html></html>"))
    assert (done.returncode, done.stdout, done.stderr) == (
        1, "", "archive: %s/bad.html: there is no post in it, nor an address of one\n" % archive.home)


def test_an_empty_file_is_refused(archive):
    done = archive.run("import", write(archive, "empty.json", " \n"))
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "archive: %s/empty.json is empty\n" % archive.home)


def test_an_answer_without_posts_is_no_failure(archive):
    assert archive.ok("import", "-", stdin="[]") == "0 posts new, 0 seen before\n"
    assert archive.ok("import", "-", stdin='{"meta": {"result_count": 0}}') == "0 posts new, 0 seen before\n"


def test_a_file_that_is_not_there_changes_nothing(archive):
    good = write(archive, "good.json", json.dumps(TWO))
    done = archive.run("import", good, "missing.json")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "archive: missing.json: No such file or directory\n")
    assert not archive.store.exists()


def test_a_folder_is_no_file(archive):
    (archive.home / "folder").mkdir()
    done = archive.run("import", "folder")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "archive: folder is a folder, but no archive of X or Mastodon: name the files in it (folder/*)\n"


def test_without_a_file_the_cure_is_named(archive):
    done = archive.run("import")
    assert (done.returncode, done.stderr) == (2, "archive: which file? archive import answers.json, or - for standard input\n")


def test_a_bad_file_behind_a_good_one_is_done_in_part(archive):
    done = archive.run("import", write(archive, "good.json", json.dumps(TWO)), write(archive, "bad.json", "garbage"))
    assert done.returncode == 3 and "bad.json: line 1 " in done.stderr
    assert done.stdout.endswith("\ntogether: 2 posts new, 0 seen before, 2026-10-30 19:00 to 20:30; 1 not understood, left out\n")


def test_the_report_in_json(archive):
    done = archive.run("--json", "import", "-", stdin=lines(*TWO) + "garbage\n" + lines(status(7, visibility="private")))
    assert done.returncode == 3
    assert objects(done.stdout) == [{"new": 2, "seen_before": 0, "not_public": 1, "unreadable": 1,
                                     "file": "-", "form": "answers", "dry_run": False, "reposts": 0, "not_asked_for": 0,
                                     "bad_place": "line 3", "pictures": 0, "pictures_seen_before": 0, "pictures_not_kept": 0, "bad_picture": None,
                                     "taken_before": None, "addresses_known": 0, "addresses_unknown": 0, "thread": None,
                                     "oldest": "2026-10-30T10:00:00Z", "newest": "2026-10-30T11:30:00Z"}]


def test_quiet_is_silent(archive):
    assert archive.ok("--quiet", "import", "-", stdin=json.dumps(TWO)) == ""


def test_a_later_reading_replaces_the_text_and_the_words_that_find_it(archive):
    give(archive, status(1, "誤字のある文"))
    give(archive, status(1, "直した文", edited_at="2026-10-30T12:00:00.000Z"))
    assert [post["text"] for post in objects(archive.ok("--json", "search"))] == ["直した文"]
    assert archive.run("search", "誤字").stderr == "nothing found\n"
    assert "直した文" in archive.ok("search", "直した")


def test_a_full_disk_is_said_and_leaves_a_store_that_opens(archive, tmp_path):
    from holes.scene import limited
    give(archive, *TWO)
    many = json.dumps([status(n, "長い投稿" * 200) for n in range(10, 600)])
    done = archive.run("import", "-", stdin=many, preexec_fn=limited(600_000, ends=False), env={"TMPDIR": str(tmp_path)})
    assert done.returncode == 1 and done.stderr.startswith("archive: ") and done.stderr.count("\n") == 1
    assert set(uris(archive)) >= {TWO[0]["uri"], TWO[1]["uri"]}
    assert archive.ok("import", "-", stdin=many).startswith(("590 posts new", "0 posts new"))


@pytest.mark.parametrize("size", [100_000, 900_000])
def test_what_a_full_disk_took_back_is_not_reported(archive, size):
    from holes.scene import limited
    give(archive, *TWO)
    many = write(archive, "many.json", lines(*[status(n, f"投稿 {n} #ssmjp") for n in range(10, 2500)]))
    done = archive.run("--json", "import", many, preexec_fn=limited(size, ends=False))
    assert done.returncode in (1, 3) and "disk" in done.stderr
    assert json.loads(done.stdout)["new"] == len(uris(archive)) - len(TWO)
