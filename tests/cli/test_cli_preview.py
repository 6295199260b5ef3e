"""archive preview: the page of a thread in the browser."""
import stat

from made import SLUG

pytest_plugins = ["evenings"]


def browser(archive):
    """One that keeps the address that it was given, at once readable: it writes elsewhere first."""
    script = archive.home / "browser"
    script.write_text('#!/bin/sh\necho "$1" >"$HOME/opened.new" && mv "$HOME/opened.new" "$HOME/opened"\n')
    script.chmod(0o755)
    return {"BROWSER": "w3m-that-is-not-there:" + str(script)}


def opened(archive):
    for _ in range(100000):
        if (archive.home / "opened").exists():
            return (archive.home / "opened").read_text().strip()
    raise AssertionError("no browser was started")


def test_the_page_is_written_where_only_its_owner_looks_and_opened(thread):
    done = thread.run("preview", SLUG, env=browser(thread))
    path = thread.home / ".cache/archive/preview" / (SLUG + ".html")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "%s\n" % path)
    assert opened(thread) == str(path)
    assert path.read_text() == thread.ok("export", SLUG, "--as", "page", "-o", "-")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert thread.run("export", "--all", "--check").stderr == "no thread was written to a file yet\n"


def test_without_a_browser_the_page_is_named(thread):
    done = thread.run("preview", env={"BROWSER": "nothing-of-that-name"})
    assert done.returncode == 1 and done.stderr.startswith("archive: no browser is there: name one in BROWSER for /")
    assert done.stderr.rstrip().endswith("/.cache/archive/preview/%s.html" % SLUG)


def test_a_thread_that_is_not_there(thread):
    done = thread.run("preview", "nope")
    assert done.returncode == 1 and done.stderr == "archive: there is no thread 'nope': there is %s\n" % SLUG


def test_what_is_forgotten_stays_in_no_page_either(thread):
    thread.ok("preview", SLUG, env=browser(thread))
    folder = thread.home / ".cache/archive/preview"
    (folder / "mine.txt").write_text("x")
    name = thread.ok("search", "--limit", "1", "--json", "復元").split('"id":"')[1].split('"')[0]
    thread.ok("forget", "--yes", name)
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]
