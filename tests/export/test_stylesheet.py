"""The style sheet: everything under the root, small, nothing loaded, text that can be read in light and dark."""
import re

import pytest
from fragments import run, THREAD

SHEET = run("stylesheet", THREAD, []).stdout.decode()
BARE = re.sub(r"/\*.*?\*/", "", SHEET, flags=re.S)


def test_every_rule_is_under_the_root():
    selectors = [part.strip() for rule in re.findall(r"([^{}]+)\{", BARE) for part in re.split(r",(?![^(]*\))", rule)]
    assert len(selectors) > 50
    for selector in selectors:
        assert re.match(r"\.archive($|[ :])|@media", selector), selector


def test_it_is_small_and_asks_nobody():
    assert len(SHEET) < 13_000
    assert "url(" not in SHEET and "@import" not in SHEET and "!important" not in SHEET


def colours(block):
    return dict(re.findall(r"--a-(\w+): (?:var\(--archive-\w+, )?(#[0-9a-f]{3,6})", block))


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour, ground, share):
    return "#" + "".join(f"{round(int(colour[i:i + 2], 16) * share + int(ground[i:i + 2], 16) * (1 - share)):02x}" for i in (1, 3, 5))


SCHEMES = {name: {**colours(BARE.split("@media")[0]), **(colours(BARE.split("@media")[1]) if name == "dark" else {})}
           for name in ("light", "dark")}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_can_be_read_on_every_ground(scheme):
    has = SCHEMES[scheme]
    tints = [mixed(has[name], has["surface"], 0.10) for name in ("red", "orange", "green", "blue", "purple", "grey")]
    for ground in [has["surface"], has["tint"], has["bar"], *tints]:
        for ink in ("text", "muted", "link"):
            if ink != "muted" or ground != has["bar"]:  # what is said aside never stands on a bar
                assert contrast(has[ink], ground) >= 4.5, (ink, ground)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_bars_and_lines_of_focus_stand_out(scheme):
    has = SCHEMES[scheme]
    for name in ("accent", "focus", "red", "orange", "green", "blue", "purple", "grey"):
        assert contrast(has[name], has["surface"]) >= 3, name
