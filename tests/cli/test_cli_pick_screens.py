"""The picker's screens on real terminals of three sizes, as kept in tests/cli/screens, and that no text pushes a column aside."""
import pytest

from made import give, status
from picking import GOLDEN, Picking, open_thread  # noqa: F401 (a fixture)
from terminals import unsafe, width

pytest_plugins = ["evenings"]


def at(line, column):
    """What stands in a column."""
    for n in range(len(line)):
        if width(line[:n]) == column and width(line[n]) > 0:
            return line[n]
    return None


def borders_stand(lines):
    """Is the border of the panes in one column, down to where it ends?"""
    end = next(n for n, line in enumerate(lines) if line.startswith("---"))
    begin = next(n for n, line in enumerate(lines) if line.startswith(" candidates"))
    border = width(lines[end][:lines[end].index("+")])
    return end - begin > 20 and all(at(line, border) == "|" for line in lines[begin:end])


SIZES = [(80, 24), (120, 40), (40, 12)]


def at_work(screen):
    """Three chosen, one dropped, a heading and a note."""
    screen.press("Space", "Space", "x", "Space")
    screen.wait_for("3 chosen")
    screen.press("Tab", "g", "h")
    screen.type("信頼できる情報源 / はな")
    screen.press("Enter")
    screen.wait_for("## 信頼できる情報源")
    screen.press("n")
    screen.type("会場から質問が三つ")
    screen.press("Enter")
    screen.wait_for("-- 会場から質問が三つ")


@pytest.mark.parametrize("columns, lines", SIZES)
def test_the_first_screen(open_thread, columns, lines):  # noqa: F811
    with Picking(open_thread, columns, lines) as screen:
        screen.wait_for("196 left")
        screen.is_golden("first-%dx%d" % (columns, lines))


@pytest.mark.parametrize("columns, lines", SIZES)
def test_the_thread_at_work(open_thread, columns, lines):  # noqa: F811
    with Picking(open_thread, columns, lines) as screen:
        at_work(screen)
        screen.is_golden("thread-%dx%d" % (columns, lines))
        screen.press("Tab")
        screen.is_golden("candidates-%dx%d" % (columns, lines))


def test_the_readme_shows_a_screen_as_it_is(root):
    screen = (GOLDEN / "candidates-80x24.txt").read_text()
    assert "".join(("    " + line).rstrip(" ") + "\n" for line in screen.splitlines()) in (root / "README.md").read_text()


@pytest.mark.parametrize("columns, lines", SIZES)
def test_the_keys(open_thread, columns, lines):  # noqa: F811
    with Picking(open_thread, columns, lines) as screen:
        screen.press("?")
        screen.wait_for("choose the post and step on")
        assert screen.text()[0].startswith(" all keys")
        assert max(map(width, screen.text())) <= columns


def test_a_terminal_that_is_too_small_says_so(open_thread):  # noqa: F811
    with Picking(open_thread, 80, 24) as screen:
        screen.resize(39, 12)
        screen.wait_for("40")
        screen.resize(80, 24)
        screen.wait_for("196 left")


STRANGE = [
    "混ぜた width: ﾊﾝｶｸ ｶﾅ ＦＵＬＬ", "👩‍👩‍👧‍👦 家族 👍🏽 いいね", "🇯🇵🇫🇷 旗", "1️⃣ 2️⃣ 数 ❤️ ☎️", "e\u0301o\u0302\u0323a\u0300\u0301\u0302\u0303 combining",
    "\u0e01\u0e33\u0e49 ไทย", "שלום עולם hebrew", "السلام عليكم arabic", "\u202etsrif-thgir\u202c", "…○△★→α“”± ambiguous", "\x1b[31mred\x1b[0m \x07 \x9b2J",
    "한글 ㄱㄴㄷ ᄀ", "ｱ\uff9e", "\ufeff\u200b\u200d\u2060 invisible", "𠮷野家 𩸽", "\U0001f9d1\u200d\U0001f4bb", "\u3099゛濁点",
]


@pytest.mark.parametrize("wide", [False, True], ids=["narrow", "wide"])
def test_whatever_people_write_the_columns_stay(open_thread, wide):  # noqa: F811
    give(open_thread, *(status(9000 + n, text + " と続く長い文章がここに並んでいて枠の端まで届くようにする #ssmjp", user="u%d" % n,
                               name=text[:14], at="2026-10-30T08:00:%02d.000Z" % n) for n, text in enumerate(STRANGE)))
    with Picking(open_thread, 120, 40, words=("--ambiguous", "wide" if wide else "narrow")) as screen:
        screen.wait_for("213 left")
        screen.press(*["Space"] * 9)
        screen.wait_for("9 chosen")
        lines = screen.wait_until(borders_stand)
        assert unsafe("\n".join(lines)) == []
