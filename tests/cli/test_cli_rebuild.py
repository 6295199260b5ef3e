"""archive rebuild: every post again from the kept answers, and nothing else; whatever order the answers were read in."""
import contextlib
import json
import sqlite3

import pytest

from harness import NOW
from made import SLUG, give, status, x_page

pytest_plugins = ["evenings"]


def dump(archive):
    """Every table but the search index's own."""
    with contextlib.closing(sqlite3.connect(archive.store)) as db:
        names = [name for name, in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%' ORDER BY 1")]
        return {name: sorted(map(repr, db.execute('SELECT * FROM "%s"' % name))) for name in names}


def change(archive, *statements):
    with contextlib.closing(sqlite3.connect(archive.store)) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()


def differing(before, after):
    return sorted(name for name in before if before[name] != after[name])


def later(seconds):
    return {"ARCHIVE_NOW": str(NOW + seconds)}


@pytest.fixture
def lived_in(thread):
    """A store that has seen things: edits that came in the wrong order, quotes, an opt-out, something gone and something forgotten."""
    quoted = status(71, "引用される #ssmjp", user="jiro", name="じろう")
    thread.ok("import", "-", stdin=json.dumps([
        status(70, "はじめの文 #ssmjp"), status(72, "引用する #ssmjp", quote={"state": "accepted", "quoted_status": quoted}),
        status(73, "後で消える #ssmjp", user="saburo"), status(74, "忘れられる #ssmjp", user="shiro", name="しろう")]))
    thread.ok("import", "-", stdin=json.dumps([status(70, "直した文 #ssmjp", edited_at="2026-10-30T12:00:00.000Z")]), env=later(60))
    thread.ok("import", "-", stdin=json.dumps([status(70, "はじめの文 #ssmjp")]), env=later(30))
    thread.ok("import", "-", stdin=json.dumps(x_page("ひとつ #ssmjp", "ふたつ #ssmjp")), env=later(40))
    shy = status(75, "保存しないで #ssmjp", user="goro")
    thread.ok("import", "-", stdin=json.dumps([shy]), env=later(50))
    shy["account"]["note"] = "#noarchive"
    thread.ok("import", "-", stdin=json.dumps([dict(shy, id="76", uri=shy["uri"] + "1")]), env=later(55))
    thread.ok("forget", "--yes", "https://social.example/users/shiro/statuses/74")
    change(thread, "UPDATE post SET gone = 1793370000000 WHERE uri LIKE '%/73'")
    thread.ok("thread", "heading", SLUG, "はじめに", "--top")
    thread.ok("thread", "drop", SLUG, "https://social.example/users/saburo/statuses/73")
    return thread


def test_what_the_fetches_made_is_what_the_answers_tell(lived_in):
    before = dump(lived_in)
    report = json.loads(lived_in.ok("--json", "rebuild"))
    assert {name: report[name] for name in ("changed", "people_changed", "added", "without_evidence", "damaged_answers", "index")} == {
        "changed": 0, "people_changed": 0, "added": 0, "without_evidence": 0, "damaged_answers": 0, "index": False}
    assert report["posts"] > 200 and differing(before, dump(lived_in)) == []


DAMAGE = [
    "UPDATE post SET text = 'verfälscht', html = '<p>x</p>'",
    "UPDATE post SET likes = 4711, lang = 'xx', reply_uri = 'at://nowhere'",
    "UPDATE post SET fingerprint = 7",
    "UPDATE post SET network = 'martian'",
    "UPDATE post SET media = 0, emojis = 0, options = 0, card = 0",
    "DELETE FROM media",
    "UPDATE media SET alt = 'something else'",
    "DELETE FROM link",
    "UPDATE post SET tags = NULL",
    "UPDATE post SET url = 'javascript:alert(1)'",
]


@pytest.mark.parametrize("statement", DAMAGE)
def test_damaged_posts_are_made_again_under_their_numbers(lived_in, statement):
    before, shown = dump(lived_in), lived_in.ok("--json", "search", "--limit", "1000")
    words = lived_in.ok("search", "直した")
    change(lived_in, statement + ("" if "post SET" not in statement else " WHERE optout = 0"))
    done = lived_in.run("rebuild")
    assert done.returncode == 0, done.stderr
    after = dump(lived_in)
    if "DELETE FROM link" in statement:    # nothing of a post's own tells that they are gone
        before["link"] = after["link"]
    assert differing(before, after) == []
    assert lived_in.ok("--json", "search", "--limit", "1000") == shown and lived_in.ok("search", "直した") == words
    assert lived_in.run("status", "--check").returncode == 0


def test_damaged_people_are_made_again(lived_in):
    before = dump(lived_in)
    change(lived_in, "UPDATE author SET name = 'nobody', avatar = NULL WHERE network != 'x' AND optout = 0")
    report = json.loads(lived_in.ok("rebuild", "--json"))
    assert report["people_changed"] > 5 and differing(before, dump(lived_in)) == []


def test_a_lost_post_comes_back_with_its_hashtag(lived_in):
    """Under another number when somebody was faster in that millisecond; with all that its answers tell."""
    before = dump(lived_in)
    with contextlib.closing(sqlite3.connect(lived_in.store)) as db:
        number, = db.execute("SELECT id FROM post WHERE uri LIKE '%/70'").fetchone()
        for table in ("sighting", "tag"):
            db.execute("DELETE FROM %s WHERE post = ?" % table, (number,))
        db.execute("DELETE FROM post WHERE id = ?", (number,))
        db.commit()
    report = json.loads(lived_in.ok("rebuild", "--json"))
    assert report["added"] == 1 and report["index"]
    with contextlib.closing(sqlite3.connect(lived_in.store)) as db:
        back, = db.execute("SELECT id FROM post WHERE uri LIKE '%/70'").fetchone()
    after = {name: sorted(row.replace(str(back), str(number)) for row in rows) for name, rows in dump(lived_in).items()}
    assert differing(before, after) == [] and "直した文" in lived_in.ok("search", "直した")


def test_a_dry_run_says_it_and_changes_nothing(lived_in):
    change(lived_in, "UPDATE post SET text = 'x' WHERE uri LIKE '%/70'")
    before = lived_in.store.read_bytes()
    assert "1 post would change; the search index would be made anew\n" in lived_in.ok("rebuild", "--dry-run")
    assert lived_in.store.read_bytes() == before


def test_posts_without_evidence_stay_and_are_counted(lived_in):
    change(lived_in, "UPDATE sighting SET answer = NULL WHERE post = (SELECT id FROM post WHERE uri LIKE '%/73')",
           "UPDATE post SET likes = 99 WHERE uri LIKE '%/73'")
    before = dump(lived_in)
    assert "1 post, of which no answer is kept, stays as it is\n" in lived_in.ok("rebuild")
    assert differing(before, dump(lived_in)) == []


def test_a_damaged_answer_is_passed_over_and_said(lived_in):
    change(lived_in, "UPDATE answer SET body = x'00112233' WHERE id = 1")
    before = dump(lived_in)
    done = lived_in.run("rebuild")
    assert done.returncode == 3 and "1 answer could not be used: archive status --check says more\n" in done.stdout
    assert differing(before, dump(lived_in)) == []


def test_what_was_forgotten_does_not_come_back(lived_in):
    """Even out of an answer that holds it still, as one of an older version may."""
    uri = "https://social.example/users/hana/statuses/70"
    import hashlib
    change(lived_in, "INSERT INTO forgotten VALUES (x'%s', 'post', 1)" % hashlib.sha256(uri.encode()).hexdigest())
    change(lived_in, "DELETE FROM sighting WHERE post = (SELECT id FROM post WHERE uri = '%s')" % uri,
           "DELETE FROM tag WHERE post = (SELECT id FROM post WHERE uri = '%s')" % uri, "DELETE FROM post WHERE uri = '%s'" % uri)
    lived_in.run("rebuild")
    assert "直した文" not in lived_in.run("search", "直した").stdout


def test_words_are_looked_at(archive):
    assert archive.run("rebuild", "now").returncode == 2
    done = archive.run("rebuild", "--dry-run")
    assert done.returncode == 1 and "no store at" in done.stderr
    give(archive, status(1))
    assert archive.ok("rebuild", "--quiet") == ""
    assert archive.ok("rebuild") == "1 post from 1 answer: 0 posts changed; nothing else did\n"
