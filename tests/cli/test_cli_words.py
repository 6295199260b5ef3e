"""The words of the command line: help, manual, completion, global options, and what is said of words that are not understood."""
import json
import re
import subprocess

import pytest

COMMANDS = ["fetch", "plan", "add", "import", "search", "thread", "pick", "edit", "recheck", "media", "export", "preview", "forget", "status",
            "rebuild", "merge", "backup", "source", "help"]
SEVERAL = ("thread", "source")     # commands of several
GLOBALS = ["--store", "--config", "--json", "--quiet", "--verbose", "--insecure-http", "--help"]


def synopses(archive, command):
    """A command's lines of use: its own, or those of what stands behind it."""
    text = archive.ok("help", command)
    if command not in SEVERAL:
        return [text.splitlines()[0].removeprefix("archive ")]
    uses = text.split("\n\n")[1].replace("\n      ", " ")
    return [command + " " + line.strip() for line in uses.splitlines()]


def options_of(archive, command):
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", archive.ok("help", command)))


def completions(archive, root, *words, env=None):
    """What bash offers for the last of the words."""
    script = 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); ' \
             '_archive "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"; printf "%s\\n" "${COMPREPLY[@]}"'
    done = subprocess.run(["bash", "--norc", "-c", script, "bash", root / "data/completions/archive.bash", archive.path, *words],
                          capture_output=True, text=True, env={**archive.env, **(env or {})}, cwd=archive.home)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


def test_version_is_a_name_and_a_number(archive):
    assert re.fullmatch(r"archive \d+\.\d+\.\d+\n", archive.ok("--version"))
    assert archive.ok("-V") == archive.ok("--version")


def test_help_names_every_command(archive):
    text = archive.ok("--help")
    assert re.findall(r"^  ([a-z]+)  +\S", text, re.M) == COMMANDS


@pytest.mark.parametrize("words", [(), ("help",), ("-h",)])
def test_the_overview_is_the_same_however_asked_for(archive, words):
    assert archive.ok(*words) == archive.ok("--help")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_behind_before_and_of_a_command_are_one(archive, command):
    text = archive.ok("help", command)
    assert text.startswith("archive " + command)
    assert archive.ok(command, "--help") == archive.ok(command, "-h") == archive.ok("--help", command) == text


@pytest.mark.parametrize("command", COMMANDS)
def test_help_fits_into_eighty_columns(archive, command):
    assert [line for line in archive.ok("help", command).splitlines()[1:] if len(line) > 80] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_the_manual_has_each_command_as_it_is_used(archive, root, command):
    manual = (root / "data/man/archive.1.scd").read_text()
    headings = [line.removeprefix("## ") for line in manual.splitlines() if line.startswith("## ")]
    assert synopses(archive, command)
    for synopsis in synopses(archive, command):
        assert synopsis.rstrip() in headings


def test_the_manual_has_no_command_that_is_not_there(archive, root):
    manual = (root / "data/man/archive.1.scd").read_text()
    commands = manual.split("# COMMANDS")[1].split("\n# ")[0]
    assert set(re.findall(r"^## (\w+)", commands, re.M)) == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_manual_and_completion_have_each_option(archive, root, command):
    manual = (root / "data/man/archive.1.scd").read_text()
    completion = (root / "data/completions/archive.bash").read_text()
    for option in options_of(archive, command) | set(GLOBALS):
        assert option in manual
        assert re.search(re.escape(option) + r"(?![a-z-])", completion)


@pytest.mark.parametrize("command", COMMANDS)
def test_completion_offers_the_options_that_a_command_takes(archive, root, command):
    if command in (*SEVERAL, "help"):
        return
    offered = {word for word in completions(archive, root, command, "--") if word.startswith("--")}
    assert offered == options_of(archive, command) | set(GLOBALS) | ({"--output"} if command in ("export", "edit") else set())


def test_completion_offers_the_commands(archive, root):
    assert set(COMMANDS) < set(completions(archive, root, ""))
    assert set(COMMANDS) - {"help"} == set(completions(archive, root, "help", ""))
    assert completions(archive, root, "sta") == ["status"]
    assert completions(archive, root, "--json", "sea") == ["search"]


def test_completion_offers_what_a_thread_can_do(archive, root):
    assert completions(archive, root, "thread", "") == [
        "new", "list", "show", "add", "drop", "remove", "move", "heading", "note", "link", "edit", "style", "alt", "join", "part", "sort",
        "sections", "set", "log", "undo", "redo"]
    assert {"--after", "--search", "--unlisted"} <= set(completions(archive, root, "thread", "add", "--"))
    assert "--undecided" in completions(archive, root, "thread", "drop", "--un")
    assert completions(archive, root, "thread", "style", "--colour", "gr") == ["green", "grey"]


def test_completion_offers_what_can_be_done_with_sources(archive, root):
    assert completions(archive, root, "source", "") == ["list", "add", "remove", "test", "login"]
    assert "--token-command" in completions(archive, root, "source", "add", "--")
    assert "mastodon:mstdn.jp" in completions(archive, root, "source", "remove", "mast")


def test_completion_offers_the_threads_of_the_store(archive, root):
    for slug in ("夜会-2026", "ssmjp-2026"):
        archive.ok("thread", "new", slug, "--tag", "ssmjp")
    assert set(completions(archive, root, "export", "")) >= {"夜会-2026", "ssmjp-2026"}
    assert completions(archive, root, "thread", "show", "ssm") == ["ssmjp-2026"]


def test_completion_of_threads_looks_into_the_store_that_is_named(archive, root):
    archive.ok("--store", "other.db", "thread", "new", "elsewhere", "--tag", "ssmjp")
    assert completions(archive, root, "--store", "other.db", "export", "els") == ["elsewhere"]


def test_completion_without_a_store_offers_no_thread_and_no_complaint(archive, root):
    assert completions(archive, root, "export", "s") == []
    assert not archive.store.exists()


@pytest.mark.parametrize("option, offered", [("--as", ["fragment", "page", "markdown", "text", "json", "feed"]), ("--network", ["x", "mastodon", "misskey"]),
                                             ("--lang", ["ja", "en"]), ("--ambiguous", ["wide", "narrow"]), ("--source", ["mastodon:", "misskey:", "x"])])
def test_completion_offers_the_values_of_an_option(archive, root, option, offered):
    assert completions(archive, root, "export", option, "") == offered


def test_the_completion_script_is_loaded_without_a_word(root):
    done = subprocess.run(["bash", "--norc", "-uc", "source data/completions/archive.bash; complete -p archive"], cwd=root,
                          capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert "_archive" in done.stdout


@pytest.mark.parametrize("words", [("--json", "status"), ("status", "--json"), ("--store", "s.db", "status", "--json"),
                                   ("status", "--store=s.db", "--json")])
def test_global_options_stand_before_or_behind(archive, words):
    archive.ok("--store", "s.db", "import", "-", stdin="[]")
    archive.ok("import", "-", stdin="[]")
    assert json.loads(archive.ok(*words))["posts"] == 0


def test_the_last_store_that_is_named_counts(archive):
    archive.ok("--store", "a.db", "import", "-", "--store", "b.db", stdin="[]")
    assert sorted(path.name for path in archive.home.glob("*.db")) == ["b.db"]


@pytest.mark.parametrize("words, sentence", [
    (["fecth", "#ssmjp"], "there is no command 'fecth': did you mean archive fetch?"),
    (["serach"], "there is no command 'serach': did you mean archive search?"),
    (["exp"], "there is no command 'exp': did you mean archive export?"),
    (["frobnicate"], "there is no command 'frobnicate': archive help shows those that are"),
    (["help", "thraed"], "there is no command 'thraed': did you mean archive thread?"),
    (["fetch", "x", "--sourc", "x"], "there is no option '--sourc': did you mean --source?"),
    (["fetch", "x", "--sourc=x"], "there is no option '--sourc': did you mean --source?"),
    (["fetch", "--souce", "x", "y"], "there is no option '--souce': did you mean --source?"),
    (["fetch", "x", "--tag", "y"], "there is no option '--tag': archive help fetch shows those that are"),
    (["--jsn", "status"], "there is no option '--jsn': did you mean --json?"),
    (["status", "--frobnicate"], "there is no option '--frobnicate': archive help status shows those that are"),
    (["status", "-z"], "there is no option '-z': archive help status shows those that are"),
    (["status", "-qz"], "there is no option '-qz': archive help status shows those that are"),
    (["search", "復旧", "-演出"], "there is no option '-演出': words to leave out stand behind --, as in archive search -- -演出"),
    (["status", "--json=yes"], "--json takes no value"),
    (["fetch", "x", "--source"], "'--source' wants a value behind it"),
    (["export", "-o"], "'-o' wants a value behind it"),
    (["thread", "shwo"], "there is no 'archive thread shwo': did you mean archive thread show?"),
    (["thread", "frobnicate"], "there is no 'archive thread frobnicate': archive help thread shows those that are"),
    (["thread"], "archive thread what? archive help thread shows what can be done"),
    (["thread", "list", "--all"], "archive thread list takes no --all"),
    (["status", "now"], "'now' is a word too many: archive help status shows how it is used"),
    (["export", "a", "b"], "'b' is a word too many: archive help export shows how it is used"),
    (["thread", "style", "x", "--color", "red"], "there is no option '--color': did you mean --colour?"),
    (["thread", "remvoe"], "there is no 'archive thread remvoe': did you mean archive thread remove?"),
    (["thread", "new", "my", "evening", "--tag", "x"], "'evening' is a word too many: archive help thread shows how it is used"),
    (["help", "fetch", "search"], "'search' is a word too many: archive help help shows how it is used"),
])
def test_a_word_that_is_not_understood_is_named_with_what_helps(archive, words, sentence):
    done = archive.run(*words)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "archive: %s\n" % sentence)
    assert list(archive.home.iterdir()) == []


def test_a_mistyped_word_brings_no_control_byte_to_the_terminal(archive):
    done = archive.run("\x1b]0;owned\x07fetch\u202e")
    assert done.returncode == 2
    assert not set("\x1b\x07\u202e") & set(done.stderr)


def test_a_full_disk_at_standard_output_is_a_failure(archive):
    with open("/dev/full", "w") as full:
        done = subprocess.run([archive.path, "--help"], stdout=full, stderr=subprocess.PIPE, text=True, env=archive.env)
    assert (done.returncode, done.stderr) == (1, "archive: standard output: No space left on device\n")


def test_without_home_the_cure_is_named(archive):
    done = archive.run("status", env={"HOME": ""})
    assert (done.returncode, done.stderr) == (2, "archive: HOME is not set: set it, or name the file itself\n")
