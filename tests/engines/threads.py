"""The threads that are put through the programs, each in a store of its own."""
import functools
import json

import tricks
from harness import ROOT, Archive
from kept import addresses, keep

MANY = 10_000


class Thread:
    """A store with one thread in it."""

    def __init__(self, home, slug):
        home.mkdir(parents=True)
        self.archive, self.slug, self.folder = Archive(home), slug, home
        # memory is looked after by the other tests: here it would cost minutes
        self.archive.env["ASAN_OPTIONS"] = "detect_leaks=0:quarantine_size_mb=8"
        self.pictures = {}      # names to bytes of those that are kept: then they are shown

    @functools.cached_property
    def posts(self):
        """The posts as JSON, in order."""
        items = json.loads(self.archive.ok("export", self.slug, "--as", "json", timeout=300))["items"]
        return [item["post"] for item in items if item["kind"] == "post"]

    @functools.lru_cache
    def export(self, *words):
        more = () if not self.pictures else ("--avatars",) if "--as" in words else ("--avatars", "--media-url", "files/")
        return self.archive.ok("export", self.slug, *words, *more, timeout=300)


def example(home):
    """The evening of the example, with headings, notes, links and styles."""
    thread = Thread(home, "ssmjp-2026-10-30")
    archive = thread.archive
    archive.ok("fetch", "#ssmjp", "--replay", ROOT / "data/example")
    archive.ok("thread", "new", thread.slug, "--title", "2026年10月の #ssmjp", "--tag", "ssmjp", "--zone", "Asia/Tokyo", "--lang", "ja")
    archive.ok("thread", "add", thread.slug, "--all")
    between = {5: "## 夜の手順書\nspeaker: はなだ\nlink: https://slides.example/night スライド\n",
               20: "note 会場から質問が三つ。\n  録画は https://video.example/42 に。\nlink https://video.example/42 配信の録画\n",
               60: "## 静かな監視\nspeaker: みどり\n", 90: "note {small blue} 休憩\n"}
    styles = {7: "large red", 9: "small", 11: "green", 13: "large", 15: "purple", 17: "orange", 19: "grey", 21: "blue"}
    number, lines = 0, []
    for line in archive.ok("edit", thread.slug, "--dump").splitlines(keepends=True):
        if line.startswith("post "):
            number += 1
            lines.append(between.get(number, ""))
            if number in styles:
                words = line.split(" ")
                line = " ".join([words[0], words[1].rstrip("\n"), "{" + styles[number] + "}", *words[2:]]).rstrip("\n") + "\n"
        lines.append(line)
    archive.ok("edit", thread.slug, "--load", "-", stdin="".join(lines))
    return thread


def pictures(home):
    """The same with all its pictures and portraits."""
    thread = example(home)
    wanted = [*addresses(thread.archive, "posts"), *addresses(thread.archive, "avatars")]
    thread.pictures = keep(thread.archive, wanted)
    return thread


def imported(home, slug, answers, curation=None, status=(0,)):
    """A thread of all that these answers hold."""
    thread = Thread(home, slug)
    archive = thread.archive
    done = archive.run("import", "-", stdin=tricks.lines(answers), timeout=300)
    assert done.returncode in status, done.stderr
    archive.ok("thread", "new", slug, "--title", slug, "--since", "2000-01-01", "--zone", "Asia/Tokyo", "--lang", "ja")
    archive.ok("thread", "add", slug, "--all", "--unlisted", timeout=300)
    if curation:
        uris = [line.split()[1] for line in archive.ok("edit", slug, "--dump").splitlines() if line.startswith("post ")]
        archive.ok("edit", slug, "--load", "-", stdin="".join(curation(slug, uris)))
    return thread


MAKERS = {
    "example": example,
    "pictures": pictures,
    "tricky": lambda home: imported(home, "tricky", tricks.tricky(), tricks.curation),
    "many": lambda home: imported(home, "many", tricks.many(MANY)),
}
