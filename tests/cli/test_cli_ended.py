"""Ctrl-C while a command works for long: it ends in good order, says what is kept, and the same command does the rest."""
import json
import signal

import pytest

from made import lines, status

pytest_plugins = ["evenings"]

MANY = 6000


def ended(archive, *words):
    """(exit status, what was said) of a command that gets Ctrl-C as soon as it looks out for it."""
    process = archive.start(*words)
    while True:
        with open("/proc/%d/status" % process.pid) as known:
            caught = next((int(line.split()[1], 16) for line in known if line.startswith("SigCgt:")), 0)
        if caught >> (signal.SIGINT - 1) & 1:
            break
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=120)
    return process.returncode, out + err


@pytest.fixture(scope="module")
def text():
    return lines(*[status(n, "投稿 %d の話 #ssmjp" % n, at="2026-10-30T10:00:00.000Z") for n in range(MANY)])


@pytest.fixture
def many(archive, text):
    (archive.home / "many.jsonl").write_text(text)
    return archive


def test_an_import_that_is_ended_goes_on(many):
    code, said = ended(many, "import", "many.jsonl")
    assert code == 130 and said.endswith(
        "archive: many.jsonl: ended before all of it was read: what came before is kept, and the same command goes on\n")
    kept = json.loads(many.ok("--json", "import", "many.jsonl"))
    assert 0 < kept["new"] < MANY and kept["new"] + kept["seen_before"] == MANY
    assert many.ok("status", "--check") == "nothing is wrong: %d posts are what 6 answers tell\n" % MANY


@pytest.mark.parametrize("words, sentence", [
    (["status", "--check"], "{}: ended before it was done; nothing of this step was kept"),
    (["rebuild"], "ended before it was done; nothing was changed"),
    (["rebuild", "--dry-run"], "ended before it was done; nothing was changed"),
    (["backup", "copy.db"], "ended before it was done: copy.db is as it was"),
])
def test_what_only_looks_and_what_copies_is_ended_and_leaves_nothing(many, words, sentence):
    many.ok("import", "many.jsonl")
    before = sorted(path.name for path in many.home.iterdir())
    assert ended(many, *words) == (130, "archive: %s\n" % sentence.format(many.store))
    assert sorted(path.name for path in many.home.iterdir()) == before
    assert many.ok("status", "--check").startswith("nothing is wrong: %d posts" % MANY)
