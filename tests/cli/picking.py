"""What the tests of archive pick share: a thread of the example evening, and the picker on a terminal of a given size."""
import os

import pytest

from harness import TESTS
from made import objects
from screens import Screen

SLUG = "ssmjp-2026-10-30"
GOLDEN = TESTS / "cli" / "screens"


@pytest.fixture
def open_thread(night):
    """The example evening under a thread without any post."""
    night.ok("thread", "new", SLUG, "--tag", "ssmjp", "--title", "運用の夜", "--lang", "ja", "--since", "2026-10-30T17:00",
             "--until", "2026-10-30T23:00")
    return night


class Picking(Screen):
    """`with Picking(archive, 80, 24) as screen:` the picker is there, at the thread."""

    def __init__(self, archive, columns=80, lines=24, env=None, words=()):
        super().__init__(archive, columns, lines, env)
        self.words = words

    def __enter__(self):
        self.run("pick", SLUG, *self.words)
        self.wait_for("運用の夜")
        return self

    def leave(self):
        self.press("q")
        return self.wait_for("ended 0")

    def is_golden(self, name):
        """The screen comes to be what is kept under that name. UPDATE_SCREENS=1 keeps what stands there."""
        path = GOLDEN / (name + ".txt")
        if os.environ.get("UPDATE_SCREENS"):
            self.wait_for("all keys")
            path.write_text("\n".join(line.rstrip() for line in self.text()) + "\n")
        wanted = path.read_text().rstrip("\n").split("\n")
        self.wait_until(lambda lines: [line.rstrip() for line in lines] == wanted)


def chosen(archive):
    """How many posts the thread has."""
    [thread] = objects(archive.ok("--json", "thread", "show", SLUG))
    return sum(item["kind"] == "post" for item in thread["items"])
