"""The order of the house: who may include whom, where each library is met, one way to write, lengths, banned words."""
import re
import subprocess

import pytest

from harness import ROOT

ROOMS = {
    "base": set(),
    "text": {"base"},
    "model": {"base", "text"},
    "json": {"base"},
    "markup": {"base", "text", "model"},
    "http": {"base"},
    "source": {"base", "text", "model", "json", "markup", "http/message.h"},
    "import": {"base", "text", "model", "json", "markup", "source"},
    "curate": {"base", "text", "model"},
    "store": {"base", "text", "model", "curate"},
    "collect": {"base", "text", "model", "json", "markup", "http", "source", "import", "store"},
    "export": {"base", "text", "model", "json", "markup"},
    "picker": {"base", "text", "model", "curate", "store"},
    "cli": {"base", "text", "model", "json", "markup", "http", "source", "import", "curate", "store", "collect", "export", "picker"},
}

LIBRARIES = {
    "curl/": {"http"},
    "jansson.h": {"json"},
    "sqlite3.h": {"store"},
    "zstd.h": {"store"},
    "libxml/": {"markup", "import"},
    "utf8proc.h": {"text"},
    "openssl/": {"base"},
    "ini.h": {"cli"},
    "curses.h": {"picker"},
    "ncursesw/": {"picker"},
    "libical/": {"curate"},
    "archive.h": {"import"},
    "archive_entry.h": {"import"},
}

TOP = {"meson.build", "src", "include", "export", "tests", "data", "README.md", "COPYING"}


def tracked(*patterns):
    names = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", *patterns], cwd=ROOT, check=True,
                           capture_output=True, text=True).stdout.split("\n")
    return [ROOT / name for name in names if name and (ROOT / name).exists()]


def sources():
    return tracked("src/*.c", "export/*.c", "include/*.h", "src/*.h", "export/*.h")


def room_of(path):
    parts = path.relative_to(ROOT).parts
    if parts[0] == "export":
        return "export"
    return parts[2] if parts[0] == "include" else parts[1]


def includes(path):
    return re.findall(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]', path.read_text(), re.M)


def code(path):
    """The text without comments and string literals."""
    text = re.sub(r"/\*.*?\*/", " ", path.read_text(), flags=re.S)
    return re.sub(r'"(?:\\.|[^"\\\n])*"', '""', text)


def test_there_is_something_to_look_at():
    assert len(sources()) > 50
    assert {room_of(path) for path in sources()} == set(ROOMS)


def test_a_room_includes_only_what_it_may_use():
    wrong = []
    for path in sources():
        own = room_of(path)
        for name in includes(path):
            if not name.startswith("archive/"):
                continue
            inner = name.removeprefix("archive/")
            room = inner.split("/")[0]
            if room != own and room not in ROOMS[own] and inner not in ROOMS[own]:
                wrong.append(f"{path.relative_to(ROOT)} includes {name}")
    assert not wrong


def test_a_library_is_met_in_one_room_and_never_in_a_header():
    wrong = []
    for path in sources():
        for name in includes(path):
            for library, rooms in LIBRARIES.items():
                private = path.suffix == ".c" or path.relative_to(ROOT).parts[0] == "src"
                if name.startswith(library) and (room_of(path) not in rooms or not private):
                    wrong.append(f"{path.relative_to(ROOT)} includes {name}")
    assert not wrong


def test_only_the_store_writes_sql():
    wrong = [str(path.relative_to(ROOT)) for path in sources() if room_of(path) != "store"
             and re.search(r'"\s*(INSERT|UPDATE|DELETE|REPLACE)\b', path.read_text())]
    assert not wrong


def test_no_word_that_is_banned():
    banned = r"\b(alloca|atoi|atol|atof|strcpy|strcat|sprintf|vsprintf|strtok|gets)\s*\(|\bgoto (?!out\b)"
    wrong = []
    for path in sources():
        for number, line in enumerate(code(path).split("\n"), 1):
            if re.search(banned, line):
                wrong.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()}")
            if re.search(r"^\s*#\s*if(n?def)?\b", line) and path.suffix == ".c":
                wrong.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()}")
    assert not wrong


def test_no_line_comment_and_no_long_line():
    wrong = []
    for path in sources() + tracked("tests/*.c", "data/*.c"):
        for number, line in enumerate(path.read_text().split("\n"), 1):
            if len(line.expandtabs(8)) > 100 or re.match(r"^\s*//", line):
                wrong.append(f"{path.relative_to(ROOT)}:{number}")
    assert not wrong


def test_only_main_ends_the_program():
    wrong = [str(path.relative_to(ROOT)) for path in sources()
             if re.search(r"\b_?[eE]xit\s*\(", code(path)) and path.name not in ("main.c", "mem.c")]
    assert not wrong


def test_no_file_is_too_long_to_be_read_at_once():
    assert not [str(path.relative_to(ROOT)) for path in sources() if path.read_text().count("\n") > 400]


def test_no_function_is_too_long_to_be_seen_at_once():
    wrong = []
    for path in sources():
        start = None
        for number, line in enumerate(path.read_text().split("\n"), 1):
            if line == "{":
                start = number
            elif line == "}" and start:
                if number - start > 60:
                    wrong.append(f"{path.relative_to(ROOT)}:{start}")
                start = None
    assert not wrong


def test_the_top_level_is_what_was_agreed():
    names = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert {name for name in names if not name.startswith(".")} == TOP


@pytest.mark.parametrize("path", tracked("src/*.c", "export/*.c"), ids=lambda path: path.name)
def test_a_file_begins_with_its_own_header_or_a_private_one(path):
    own = [name for name in includes(path) if name.startswith("archive/") or "/" not in name]
    assert own, "includes nothing of this house"


def test_every_source_file_is_built():
    listed = "".join(path.read_text() for path in tracked("src/*/meson.build", "export/meson.build", "data/meson.build"))
    assert not [path.name for path in tracked("src/*.c", "export/*.c", "data/*.c") if f"'{path.name}'" not in listed]
