"""archive merge: a union of what stores hold, the same in any order and however often; from a store that nobody trusts."""
import contextlib
import hashlib
import json
import os
import random
import resource
import shutil
import signal
import sqlite3

import pytest

from archives import tweet as archived_tweet, x_files, zipped
from harness import NOW, Archive, megabytes
from made import status, x_page
from pages import page, tweet, words

pytest_plugins = ["evenings"]

PARTS = {"tag": "tag", "link": "url", "post_emoji": "code, url", "poll": "ends, voters, multiple, closed",
         "poll_option": "n, title, votes", "card": "url, title, description, image, site",
         "media": "n, kind, url, preview, alt, width, height, duration, blurhash", "reply": "tag"}
SEEN = "(author.optout = 1 OR author.id IN (SELECT author FROM post))"     # nobody sees who has no post
SHOWN = """(SELECT url FROM media UNION SELECT preview FROM media UNION SELECT url FROM post_emoji UNION SELECT image FROM card
            UNION SELECT avatar FROM author WHERE id IN (SELECT author FROM post)
            UNION SELECT url FROM author_emoji WHERE author IN (SELECT author FROM post))"""


def rows(db, sql):
    return sorted(map(repr, db.execute(sql)))


def columns(db, table, *without):
    return [row[1] for row in db.execute("PRAGMA table_info(%s)" % table) if row[1] not in ("id", "created", *without)]


def contents(path):
    """All that a user can see of a store, without the numbers that are each store's own, its ledger and its journal."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        own = ", ".join("p." + name for name in columns(db, "post", "author", "fingerprint"))
        out = {"post": rows(db, "SELECT p.id >> 20, a.uri, %s FROM post p LEFT JOIN author a ON a.id = p.author" % own),
               "author": rows(db, "SELECT %s FROM author WHERE %s" % (", ".join(columns(db, "author", "fingerprint")), SEEN)),
               "author_emoji": rows(db, "SELECT author.uri, e.code, e.url FROM author_emoji e JOIN author ON author.id = e.author WHERE " + SEEN)}
        for name, what in PARTS.items():
            out[name] = rows(db, "SELECT p.uri, %s FROM %s x JOIN post p ON p.id = x.post WHERE p.optout = 0" % (", ".join("x." + c.strip() for c in what.split(",")), name))
        out["sighting"] = rows(db, "SELECT p.uri, s.source, s.tag, s.first, s.last, s.place, hex(a.sha256) FROM sighting s JOIN post p ON p.id = s.post LEFT JOIN answer a ON a.id = s.answer")
        out["answer"] = rows(db, "SELECT source, status, fetched, redacted, size, hex(sha256) FROM answer")
        out["forgotten"] = rows(db, "SELECT hex(sha256), kind, at FROM forgotten")
        out["file"] = rows(db, "SELECT source, name, form, bytes, began FROM file")
        out["picture"] = rows(db, "SELECT * FROM picture WHERE url IN " + SHOWN)
        out["sqlar"] = rows(db, "SELECT name, mtime, sz, hex(data) FROM sqlar WHERE name IN (SELECT name FROM picture WHERE url IN %s)" % SHOWN)
        out["thread"] = rows(db, "SELECT slug, title, lang, zone, since, until, changed, lag, curator, description, origin FROM thread")
        out["thread_tag"] = rows(db, "SELECT h.slug, t.n, t.tag FROM thread_tag t JOIN thread h ON h.id = t.thread")
        out["verdict"] = rows(db, "SELECT h.slug, p.uri FROM verdict v JOIN thread h ON h.id = v.thread JOIN post p ON p.id = v.post")
        out["item"] = list(map(repr, db.execute(
            "SELECT h.slug, i.kind, p.uri, i.key, i.text, i.url, i.style, i.speaker, i.label, i.starts, i.fixed, q.uri, o.origin, o.part FROM item i "
            "JOIN thread h ON h.id = i.thread LEFT JOIN post p ON p.id = i.post LEFT JOIN item j ON j.id = i.joined LEFT JOIN post q ON q.id = j.post "
            "LEFT JOIN item_origin o ON o.item = i.id ORDER BY h.slug, i.position")))
        return out


def change(path, *statements):
    with contextlib.closing(sqlite3.connect(path)) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()


def ask(path, sql):
    with contextlib.closing(sqlite3.connect(path)) as db:
        return db.execute(sql).fetchall()


class Desk:
    """Stores of several people, and one program."""

    def __init__(self, home):
        self.archive = Archive(home)
        self.home = home

    def run(self, store, *words, at=0, **more):
        return self.archive.run("--store", self.home / store, *words, env={"ARCHIVE_NOW": str(NOW + at)}, **more)

    def ok(self, store, *words, **more):
        done = self.run(store, *words, **more)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        return done.stdout

    def take(self, store, posts, at):
        self.ok(store, "import", "-", stdin=json.dumps(posts), at=at)

    def union(self, first, *others):
        name = "union-%d" % len(list(self.home.glob("union-*")))
        shutil.copy(self.home / first, self.home / name)
        for other in others:
            done = self.run(name, "merge", self.home / other, at=50000)
            assert done.returncode == 0, (done.stdout, done.stderr)
        return name

    def contents(self, store):
        return contents(self.home / store)


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def same(one, other):
    assert {name: ([row for row in one[name] if row not in other[name]], [row for row in other[name] if row not in one[name]])
            for name in one if one[name] != other[name]} == {}


# ---- the properties ----

SHY = 2000     # from then on one of the people asks not to be archived


class Life:
    """A store as somebody may have it, made by what people do: of the same few posts, read at different times in different states."""

    def __init__(self, desk, store, seed):
        self.desk, self.store, self.chance = desk, store, random.Random("%s-%s" % (store, seed))
        self.path, self.at = desk.home / store, "abc".index(store)     # no two read or curate at the very same moment
        for _ in range(self.chance.randrange(8, 16)):
            self.at += self.chance.randrange(1, 4) * 100
            step = self.chance.choice([self.take] * 3 + [self.fetch] * 3 + [self.curate] * 3 + [self.lose, self.look, self.forget, self.saved, self.x, self.reply])
            step()

    def run(self, *words, **more):
        return self.desk.run(self.store, *words, at=self.at, **more)

    def status(self, n):
        chance, person = self.chance, "person%d" % (n % 5)
        looks = random.Random("%s %d" % (person, self.at))
        emojis = [{"shortcode": code, "url": "https://files.social.example/%s.png" % code, "static_url": "https://files.social.example/%s.png" % code} for code in "ba"]
        more = {}
        if chance.random() < 0.3:
            more["media_attachments"] = [{"id": "1", "type": "image", "url": "https://files.social.example/%d.png" % n, "preview_url": None,
                                          "description": chance.choice(["猫", "犬"]), "meta": {}, "blurhash": None}]
        if chance.random() < 0.3:
            more["poll"] = {"id": "1", "expires_at": None, "expired": False, "multiple": False, "votes_count": 3, "voters_count": 3,
                            "options": [{"title": "はい", "votes_count": chance.randrange(3)}, {"title": "いいえ", "votes_count": 1}], "emojis": []}
        if chance.random() < 0.3:
            more["edited_at"] = "2026-10-30T11:%02d:00.000Z" % chance.randrange(50)
        out = status(n, "投稿 %d %s #ssmjp :a: :b:" % (n, chance.choice(["朝", "昼", "夜"])), user=person, name=person + looks.choice("あいう") + " :b:",
                     at="2026-10-30T10:%02d:00.000Z" % (n % 60), favourites_count=chance.randrange(3), **{**more, "emojis": emojis})
        out["account"]["emojis"] = emojis
        out["account"]["avatar"] = "https://files.social.example/%s-%d.png" % (person, looks.randrange(2))
        if person == "person4" and self.at >= SHY:
            out["account"]["note"] = "#noarchive"
        return out

    def statuses(self):
        return [self.status(n) for n in sorted({1100 + self.chance.randrange(1, 16) for _ in range(4)})]

    def take(self):
        self.desk.take(self.store, self.statuses(), self.at)

    def fetch(self):
        """The same as a fetch leaves it: seen at the network, which means that it is there."""
        self.take()
        with contextlib.closing(sqlite3.connect(self.path)) as db:
            for post, last, answer in db.execute("SELECT s.post, s.last, s.answer FROM sighting s WHERE source LIKE 'file:%' AND last = ?", ((NOW + self.at) * 1000,)).fetchall():
                db.execute("INSERT INTO sighting VALUES (?1, 'mastodon:social.example', 'ssmjp', ?2, ?2, ?3, NULL) ON CONFLICT DO UPDATE "
                           "SET first = min(first, ?2), last = max(last, ?2), answer = ?3", (post, last, answer))
                db.execute("DELETE FROM sighting WHERE post = ? AND source LIKE 'file:%' AND last = ?", (post, last))
                db.execute("UPDATE answer SET source = 'mastodon:social.example', url = 'https://social.example/api/v1/timelines/tag/ssmjp' WHERE id = ?", (answer,))
                db.execute("UPDATE post SET gone = 0 WHERE id = ?", (post,))
            db.commit()

    def posts(self):
        return [uri for uri, in ask(self.path, "SELECT uri FROM post WHERE optout = 0 ORDER BY uri")] if self.path.exists() else []

    def some(self, count):
        posts = self.posts()
        return self.chance.sample(posts, min(count, len(posts)))

    def lose(self):
        for uri in self.some(3):
            change(self.path, "UPDATE post SET gone = %d WHERE uri = '%s' AND gone = 0" % ((NOW + self.at) * 1000, uri))

    def look(self):
        """Pictures of some addresses, had or not."""
        shown = sorted(ask(self.path, "SELECT DISTINCT url FROM media UNION SELECT avatar FROM author WHERE avatar IS NOT NULL "
                                      "AND id IN (SELECT author FROM post)")) if self.posts() else []
        for url, in self.chance.sample(shown, min(1, len(shown))):
            data = b"\x89PNG\r\n\x1a\n" + bytes([self.chance.randrange(4)]) * 40
            name = hashlib.sha256(data).hexdigest() + ".png"
            size = self.chance.choice(["small", "large"])
            if self.chance.random() < 0.7:
                change(self.path, "INSERT OR IGNORE INTO sqlar VALUES ('%s', 33188, %d, %d, x'%s')" % (name, NOW + self.at, len(data), data.hex()),
                       "INSERT OR REPLACE INTO picture VALUES ('%s', '%s', 3, 4, '%s', %d, NULL, 0)" % (url, name, size, (NOW + self.at) * 1000),
                       "DELETE FROM sqlar WHERE name NOT IN (SELECT name FROM picture WHERE name IS NOT NULL)")
            else:
                change(self.path, "INSERT INTO picture VALUES ('%s', NULL, 0, 0, '%s', %d, 'not found', 1) ON CONFLICT DO NOTHING" % (url, size, (NOW + self.at) * 1000))

    def forget(self):
        for uri in self.some(1):
            self.run("forget", "--yes", self.chance.choice([uri] * 3 + ["https://social.example/users/person%d" % self.chance.randrange(4)]))

    def saved(self):
        """One of the two pages of a saved thread: its posts are of X, by people of whom the page is all that is known."""
        part = self.chance.randrange(1, 3)
        text = page(words("章%d" % part, heading=True), *[tweet(880000000000000000 + (part * 3 + n) * 5000000000, "まとめ %d #ssmjp" % n, style=self.chance.choice(["", "color:red"]))
                                                          for n in range(3)], number=part, last=2)
        path = self.desk.home / ("page-%s-%d.html" % (self.store, self.at))
        path.write_text(text)
        self.run("import", path)

    def x(self):
        path = self.desk.home / ("x-%s-%d.json" % (self.store, self.at))
        path.write_text(json.dumps(x_page("X の投稿 #ssmjp", self.chance.choice(["いち", "に"]))))
        self.run("import", path)

    def reply(self):
        for uri in self.some(1):
            change(self.path, "INSERT OR IGNORE INTO reply SELECT 'other', id FROM post WHERE uri = '%s'" % uri)

    def curate(self):
        slug = self.chance.choice(["evening", "only-" + self.store])
        self.run("thread", "new", slug, "--tag", "ssmjp", "--zone", "Asia/Tokyo", "--lang", "ja")
        for uri in self.some(4):
            self.run("thread", "add", slug, uri)
        for uri in self.some(2):
            self.run("thread", "drop", slug, uri)
        for uri in self.some(2):
            self.run("thread", self.chance.choice(["join", "remove"]), slug, uri)
        for uri in self.some(1):
            self.run("thread", "style", slug, uri, "--large")
        self.run("thread", *self.chance.choice([["heading", slug, "章%d" % self.at, "--speaker", "@a", "--link", "https://slides.example/1", "--top"],
                                                ["note", slug, "会場から\n質問"], ["set", slug, "--title", "題%d" % self.at], ["undo", slug]]))


def lasting(desk, store):
    """What of three stores is the same however they meet. Where something was forgotten, pictures that no post shows at that moment go, and people who have none."""
    out = desk.contents(store)
    if ask(desk.home / store, "SELECT 1 FROM forgotten UNION SELECT 1 FROM post WHERE optout = 1"):
        for name in ("picture", "sqlar", "author", "author_emoji"):
            del out[name]
    return out


SEEDS = range(int(os.environ.get("MERGE_SEEDS", "3")))


@pytest.mark.parametrize("seed", SEEDS)
def test_stores_come_together_in_any_order_and_as_often_as_one_likes(desk, seed):
    for name in "abc":
        Life(desk, name, seed)
        assert desk.run(name, "status", "--check", at=50000).returncode == 0
    ab, ba = desk.union("a", "b"), desk.union("b", "a")
    same(desk.contents(ab), desk.contents(ba))
    for name in (ab, ba):
        check = desk.run(name, "status", "--check", at=50000)
        assert check.returncode == 0, check.stdout
    same(*[lasting(desk, store) for store in (desk.union(ab, "c"), desk.union("a", desk.union("b", "c")))])
    shutil.copy(desk.home / "a", desk.home / "again")
    same(desk.contents(desk.union("a", "again")), desk.contents("a"))
    same(desk.contents(desk.union(ab, "a", "b", ba)), desk.contents(ab))
    desk.ok(ab, "merge", desk.home / ba, at=50000)     # pictures that no post shows may come
    assert desk.ok(ab, "merge", desk.home / ba, at=50000).startswith("nothing new\n")
    rebuilt = json.loads(desk.ok(ab, "rebuild", "--dry-run", "--json", at=50000))
    assert (rebuilt["changed"], rebuilt["added"], rebuilt["people_changed"]) == (0, 0, 0)


def test_an_empty_store_becomes_the_same_one(desk, evening_store):
    shutil.copy(evening_store, desk.home / "evening")
    zipped(desk.home / "x.zip", x_files(archived_tweet(1, "一 #ssmjp"), archived_tweet(2, "二 #ssmjp")))
    desk.ok("evening", "import", desk.home / "x.zip", at=100)
    desk.ok("evening", "thread", "new", "evening", "--tag", "ssmjp", at=100)
    desk.ok("evening", "thread", "add", "evening", "--all", at=100)
    desk.ok("empty", "merge", desk.home / "evening", at=200)
    same(desk.contents("empty"), desk.contents("evening"))
    assert desk.ok("empty", "export", "evening") == desk.ok("evening", "export", "evening")
    assert desk.run("empty", "status", "--check", at=300).returncode == 0


def test_the_report_says_what_came(desk):
    desk.take("a", [status(1), status(2, at="2026-10-30T11:01:00.000Z")], at=0)
    desk.take("b", [status(2, "直した #ssmjp", at="2026-10-30T11:01:00.000Z"), status(3, at="2026-10-30T11:02:00.000Z")], at=60)
    desk.ok("b", "thread", "new", "evening", "--tag", "ssmjp", at=60)
    assert desk.ok("a", "merge", desk.home / "b", at=100) == "1 post new, 1 newer there, 1 thread new, 1 answer kept\n"
    assert json.loads(desk.ok("a", "merge", "--json", desk.home / "b", at=100)) == {
        "new": 0, "changed": 0, "left_out": 0, "answers": 0, "answers_left_out": 0, "pictures": 0, "forgotten": 0, "clean": True, "threads": 0,
        "threads_changed": [], "threads_kept": []}
    assert desk.ok("a", "merge", desk.home / "b", at=100) == "nothing new\n"
    assert desk.ok("a", "--quiet", "merge", desk.home / "b", at=100) == ""
    assert "直した" in desk.ok("a", "search", "直した")


def test_a_backup_shows_first_what_would_come(desk):
    """As the manual says: to the letter what the merge then reports, and nothing changed by it."""
    desk.take("a", [status(1), status(2, at="2026-10-30T11:01:00.000Z")], at=0)
    desk.take("b", [status(1, "直した #ssmjp"), status(2, at="2026-10-30T11:01:00.000Z"), status(3, at="2026-10-30T11:02:00.000Z")], at=10)
    for n, name in enumerate("ab"):
        desk.ok(name, "thread", "new", "evening", "--tag", "ssmjp", "--title", name, at=20 + n)
    desk.ok("b", "forget", "--yes", "https://social.example/users/hana/statuses/2", at=30)
    before = desk.contents("a")
    desk.ok("a", "backup", desk.home / "try.db", at=50)
    told = desk.ok("try.db", "merge", desk.home / "b", at=100)
    assert "1 post new, 1 newer there, 1 forgotten there and now here" in told and "thread evening" in told
    same(desk.contents("a"), before)
    assert desk.ok("a", "merge", desk.home / "b", at=100) == told


def test_a_thread_that_was_changed_later_takes_the_place_and_undo_brings_ours_back(desk):
    for n, name in enumerate("ab"):
        desk.take(name, [status(1), status(2, at="2026-10-30T11:01:00.000Z")], at=0)
        desk.ok(name, "thread", "new", "evening", "--tag", "ssmjp", "--title", name, at=10 + n)
        desk.ok(name, "thread", "add", "evening", "--all", at=10 + n)
        desk.ok(name, "thread", "heading", "evening", "章 " + name, "--top", at=10 + n)
    before = desk.ok("a", "edit", "evening", "--dump")
    out = desk.ok("a", "merge", desk.home / "b", at=100)
    assert out.endswith("the thread evening was changed later there and is as there now: archive thread undo brings yours back\n")
    assert desk.ok("a", "edit", "evening", "--dump") == desk.ok("b", "edit", "evening", "--dump") != before
    desk.ok("a", "thread", "undo", "evening", at=100)
    assert desk.ok("a", "edit", "evening", "--dump") == before
    out = desk.ok("a", "merge", desk.home / "b", at=200)
    assert out == "nothing new\nthe thread evening was changed later here and stays; archive edit --dump there shows the other\n"
    assert desk.ok("a", "edit", "evening", "--dump") == before
    desk.ok("b", "merge", desk.home / "a", at=200)
    same(desk.contents("a"), desk.contents("b"))


def test_the_next_part_of_a_saved_thread_finds_its_place_in_a_merged_one(desk):
    for part in (1, 2, 3):
        (desk.home / ("%d.html" % part)).write_text(page(words("章%d" % part, heading=True), tweet(880000000000000000 + part, "その%d #ssmjp" % part), number=part, last=3))
    desk.ok("a", "import", desk.home / "1.html", at=0)
    desk.ok("a", "import", desk.home / "3.html", at=10)
    desk.ok("b", "merge", desk.home / "a", at=20)
    same(desk.contents("a"), desk.contents("b"))
    desk.ok("b", "import", desk.home / "2.html", at=30)
    desk.ok("b", "import", desk.home / "1.html", at=40)
    assert [text for text, in ask(desk.home / "b", "SELECT text FROM item WHERE kind = 'heading' ORDER BY position")] == ["章1", "章2", "章3"]
    desk.ok("a", "merge", desk.home / "b", at=50)
    desk.ok("b", "merge", desk.home / "a", at=50)
    same(desk.contents("a"), desk.contents("b"))


def test_a_post_of_a_page_without_an_address_stays_one_of_second_hand(desk):
    (desk.home / "post.md").write_text('<blockquote class="twitter-tweet"><p lang="ja">古い投稿 #ssmjp</p>&mdash; 次郎 (@jiro) '
                                       '<a href="https://twitter.com/jiro/status/1057000000099999999">October 30, 2018</a></blockquote>\n')
    desk.ok("a", "import", desk.home / "post.md", at=0)
    desk.ok("b", "merge", desk.home / "a", at=10)
    assert ask(desk.home / "b", "SELECT taken FROM post") == [("post.md",)]
    same(desk.contents("a"), desk.contents("b"))
    assert desk.ok("b", "merge", desk.home / "a", at=20) == desk.ok("a", "merge", desk.home / "b", at=20) == "nothing new\n"


def test_what_was_forgotten_in_one_goes_from_the_other_and_does_not_come_back(desk):
    desk.take("a", [status(1, "ひみつ #ssmjp"), status(2, at="2026-10-30T11:01:00.000Z")], at=0)
    shutil.copy(desk.home / "a", desk.home / "b")
    desk.ok("b", "forget", "--yes", "https://social.example/users/hana/statuses/1", at=20)
    report = json.loads(desk.ok("a", "merge", "--json", desk.home / "b", at=100))
    assert report["forgotten"] == 1 and report["clean"]
    assert "ひみつ".encode() not in b"".join(path.read_bytes() for path in desk.home.iterdir() if path.name.startswith("a"))
    desk.take("c", [status(1, "ひみつ #ssmjp"), status(3, at="2026-10-30T11:02:00.000Z")], at=30)
    report = json.loads(desk.ok("a", "merge", "--json", desk.home / "c", at=100))
    assert (report["new"], report["left_out"]) == (1, 1)
    assert desk.run("a", "status", "--check", at=100).returncode == 0


def test_the_ledger_stays_each_stores_own(desk, evening_store):
    shutil.copy(evening_store, desk.home / "b")
    desk.take("a", [status(1)], at=0)
    with contextlib.closing(sqlite3.connect(desk.home / "a")) as db:
        before = db.execute("SELECT * FROM run").fetchall()
    desk.ok("a", "merge", desk.home / "b", at=100)
    with contextlib.closing(sqlite3.connect(desk.home / "a")) as db:
        assert db.execute("SELECT * FROM run").fetchall() == before and db.execute("SELECT count(*) FROM span").fetchone() == (0,)
        assert db.execute("SELECT count(*) FROM post").fetchone()[0] > 200


# ---- a store that nobody trusts ----

def refused(desk, *words, code=1):
    done = desk.run("a", "merge", *words, at=100)
    assert (done.returncode, done.stdout) == (code, "") and done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def old(desk):
    shutil.copy(desk.home / "b", desk.home / "old")
    change(desk.home / "old", "PRAGMA user_version = 3")
    return desk.home / "old"


def test_what_is_no_store_like_ours_is_refused_and_never_written(desk):
    for name in "ab":
        desk.take(name, [status(1)], at=0)
    before = desk.contents("a")
    assert "is the store itself" in refused(desk, desk.home / "a", code=2)
    assert refused(desk, desk.home / "none").endswith("none: name the file that the other store is\n")
    (desk.home / "text").write_text("dear diary\n" * 100)
    assert "not an archive store" in refused(desk, desk.home / "text")
    assert refused(desk, code=2) == "archive: which store? archive merge other.db\n"
    assert "is a folder" in refused(desk, desk.home)
    assert refused(desk, old(desk)) == (
        "archive: %s is of an older version (3, this program's is %d): archive --store %s rebuild brings it up to date\n"
        % (desk.home / "old", ask(desk.home / "b", "PRAGMA user_version")[0][0], desk.home / "old"))
    for name, statement in (("view", "CREATE VIEW v AS SELECT 1"), ("trigger", "CREATE TRIGGER t AFTER INSERT ON post BEGIN SELECT 1; END"),
                            ("newer", "PRAGMA user_version = 99"), ("other", "PRAGMA application_id = 7"), ("column", "ALTER TABLE post ADD COLUMN more TEXT")):
        shutil.copy(desk.home / "b", desk.home / name)
        change(desk.home / name, statement)
        bytes_before = (desk.home / name).read_bytes()
        refused(desk, desk.home / name)
        assert (desk.home / name).read_bytes() == bytes_before
    assert desk.contents("a") == before


def test_a_store_that_another_program_writes_is_read_as_it_was(desk):
    for name in "ab":
        desk.take(name, [status(1 + "ab".index(name))], at=0)
    with contextlib.closing(sqlite3.connect(desk.home / "b")) as db:
        db.execute("BEGIN IMMEDIATE")
        db.execute("DELETE FROM sighting")
        assert desk.ok("a", "merge", desk.home / "b", at=100).startswith("1 post new")


# ---- ended in the middle ----

@pytest.fixture
def two(desk, evening_store):
    """One store with a thread and what is to be forgotten, another one with more, and what they come to."""
    desk.take("a", [status(1100), status(1101, at="2026-10-30T11:01:00.000Z")], at=0)
    shutil.copy(evening_store, desk.home / "b")
    desk.take("b", [status(1100)], at=5)
    desk.ok("b", "forget", "--yes", "https://social.example/users/hana/statuses/1100", at=10)
    desk.ok("b", "thread", "new", "evening", "--tag", "ssmjp", at=10)
    desk.ok("b", "thread", "add", "evening", "--all", at=10)
    shutil.copy(desk.home / "a", desk.home / "whole")
    desk.ok("whole", "merge", desk.home / "b", at=100)
    return desk


def little(size, deadly):
    """No file may grow beyond it, as on a full disk; deadly: who tries is killed on the spot."""
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL if deadly else signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    return limit


@pytest.mark.parametrize("deadly", [False, True])
def test_a_full_disk_or_a_sudden_end_harms_nothing_and_the_same_command_goes_on(two, deadly):
    before, whole = two.contents("a"), two.contents("whole")
    ended = 0
    for part in range(1, 10):
        shutil.copy(two.home / "a", two.home / "mine")
        done = two.run("mine", "merge", two.home / "b", at=100, preexec_fn=little(part * 60000, deadly))
        ended += done.returncode != 0
        if done.returncode and not deadly:
            assert done.returncode == 1 and done.stderr.count("\n") == 1 and "disk is full" in done.stderr, done.stderr
        now = two.contents("mine")
        assert now["post"] in (before["post"], [row for row in before["post"] if "/1100'" not in row], whole["post"])
        two.ok("mine", "merge", two.home / "b", at=100)
        same(two.contents("mine"), whole)
        assert two.run("mine", "status", "--check", at=100).returncode == 0
        for path in two.home.glob("mine*"):
            path.unlink()
    assert ended > 2


def test_ctrl_c_ends_it_in_good_order(two):
    process = two.archive.start("--store", two.home / "a", "merge", two.home / "b", env={"ARCHIVE_NOW": str(NOW + 100)})
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=120)
    assert process.returncode in (0, 130, -signal.SIGINT)
    two.ok("a", "merge", two.home / "b", at=100)
    same(two.contents("a"), two.contents("whole"))


def test_memory_does_not_grow_with_the_other_store(desk):
    for name, count in (("few", 300), ("many", 6000)):
        desk.take(name, [status(1000000 + n, "投稿 %d #ssmjp" % n, at="2026-10-30T%02d:%02d:%02d.000Z" % (n // 3600, n // 60 % 60, n % 60)) for n in range(count)], at=0)
    small = megabytes(desk.archive, "--store", desk.home / "a", "merge", desk.home / "few")
    assert megabytes(desk.archive, "--store", desk.home / "b", "merge", desk.home / "many") < small + 16


# ---- hostile ----

HOSTILE = [
    "UPDATE post SET html = '<p onclick=\"x\"><script>alert(1)</script><a href=\"javascript:alert(1)\">hi</a></p>'",
    "UPDATE post SET url = 'javascript:alert(1)', quote_url = 'data:text/html,x'",
    "UPDATE post SET text = 'a' || char(27) || '[31m' || char(8238) || 'b'",
    "UPDATE post SET text = CAST(x'fffe61' AS TEXT), spoiler = CAST(x'c0' AS TEXT)",
    "UPDATE post SET fetched = 9000000000000000, gone = 9000000000000000",
    "UPDATE post SET uri = uri || char(10) || 'x'",
    "UPDATE post SET uri = uri || char(10)",
    "UPDATE post SET lang = hex(zeroblob(3000000))",
    "UPDATE post SET media = 9000000000000000000, options = -1",
    "UPDATE author SET uri = CAST(x'68747470733a2f2f610062' AS TEXT) || id",
    "UPDATE post SET tags = 'ok \"]};'",
    "UPDATE author SET avatar = 'file:///etc/passwd', name = char(27) || 'x', handle = 'nobody'",
    "UPDATE sighting SET source = '../../x', last = 9000000000000000",
    "UPDATE answer SET url = 'javascript:x', source = char(10)",
    "UPDATE answer SET body = x'28b52ffd'",
    "UPDATE thread SET slug = '../x'",
    "UPDATE thread SET title = char(27) || 'x', zone = '../../etc/passwd'",
    "UPDATE item SET url = 'javascript:x', style = 'huge'",
    "UPDATE item SET key = 'same', kind = 'heading', text = 'x', post = NULL",
    "INSERT INTO sqlar VALUES ('../../x.png', 420, 0, 1, x'00')",
    "INSERT INTO sqlar VALUES ('%s.png', 420, 0, 1, x'00')" % ("0" * 64),
    "INSERT INTO picture VALUES ('javascript:x', NULL, 1, 1, 'large', 1, 'why', 0)",
]


@pytest.mark.parametrize("statement", HOSTILE)
def test_nothing_hostile_comes_in(desk, statement):
    desk.take("a", [status(1)], at=0)
    desk.take("b", [status(n, "投稿 %d #ssmjp" % n, at="2026-10-30T11:%02d:00.000Z" % n) for n in range(1, 5)], at=60)
    desk.ok("b", "thread", "new", "evening", "--tag", "ssmjp", at=60)
    desk.ok("b", "thread", "add", "evening", "--all", at=60)
    change(desk.home / "b", statement)
    done = desk.run("a", "merge", desk.home / "b", at=100)
    assert done.returncode in (0, 1) and "Sanitizer" not in done.stderr, done.stderr
    held = repr(desk.contents("a"))
    for word in ("javascript", "script>", "onclick", "data:text", "\\x1b", "\\u202e", "file:///", "../", "9000000000000000", "huge", "'%s.png'" % ("0" * 64)):
        assert word not in held, word
    check = desk.run("a", "status", "--check", "--json", at=100)
    assert [row for row in json.loads(check.stdout)["damage"] if "evidence tells" not in row["what"]] == []


def test_flipped_bytes_break_nothing(desk, evening_store):
    whole = evening_store.read_bytes()
    page = int.from_bytes(whole[16:18], "big")
    for number in range(1, len(whole) // page, max(1, len(whole) // page // 8)):
        data = bytearray(whole)
        for offset in range(16):
            data[number * page + offset] ^= 0xFF
        (desk.home / "b").write_bytes(data)
        desk.take("a%d" % number, [status(1)], at=0)
        done = desk.run("a%d" % number, "merge", desk.home / "b", at=100)
        assert done.returncode in (0, 1, 3) and "Sanitizer" not in done.stderr, done.stderr
        assert desk.run("a%d" % number, "search", "ssmjp").returncode == 0
