"""Every pair of colours that meet on the screen can be told apart."""

import pytest

from care_console.kit import tokens
from care_console.kit.groups import GROUPS
from care_console.kit.tokens import DARK, HIGH_DARK, HIGH_LIGHT, LIGHT, PART, TEXT, ratio

WRITTEN = [
    *((ink, on) for ink in ("text", "text2") for on in ("surface", "bg", "accent_soft", "raised")),
    *(("text3", on) for on in ("surface", "bg", "hover", "accent_soft", "sunken")),
    *((ink, on) for ink in ("text", "text2") for on in ("ok_soft", "warn_soft", "hover")),
    *(("text", on) for on in ("bad_soft", "sunken")),
    *(("accent", on) for on in ("surface", "bg", "accent_soft")),
    *(("on_accent", on) for on in ("accent", "accent_hover")),
    *((ink, "surface") for ink in ("ok", "warn", "bad", *GROUPS)),
    *((ink, "accent_soft") for ink in ("ok", "warn")),
    *((ink, f"{ink}_soft") for ink in ("ok", "warn", "bad", *GROUPS)),
]
DRAWN = [
    *((line, on) for line in ("focus", "field") for on in ("surface", "bg")),
    *((line, "surface") for line in ("warn_line", "bad_line", "used")),
    *((line, "track") for line in ("accent", "bad_line")),
]
BESIDE_ITS_AMOUNT = 2.4  # the used part of a gauge; the text beside it says how much


@pytest.mark.parametrize("theme", [LIGHT, DARK, HIGH_LIGHT, HIGH_DARK])
@pytest.mark.parametrize(("one", "other"), WRITTEN)
def test_text_can_be_read(theme, one, other):
    assert ratio(theme[one], theme[other]) >= TEXT


@pytest.mark.parametrize("theme", [LIGHT, DARK, HIGH_LIGHT, HIGH_DARK])
@pytest.mark.parametrize(("one", "other"), DRAWN)
def test_what_marks_a_control_can_be_seen(theme, one, other):
    assert ratio(theme[one], theme[other]) >= PART


@pytest.mark.parametrize("theme", [LIGHT, DARK, HIGH_LIGHT, HIGH_DARK])
def test_what_is_used_up_stands_out_from_what_is_left(theme):
    assert ratio(theme["used"], theme["track"]) >= BESIDE_ITS_AMOUNT


@pytest.mark.parametrize("theme", [HIGH_LIGHT, HIGH_DARK])
@pytest.mark.parametrize("ink", ["text", "text2", "text3", "accent", "ok", "warn", "bad", *GROUPS])
def test_high_contrast_is_high(theme, ink):
    assert ratio(theme[ink], theme["surface"]) >= 7  # WCAG 2.2, 1.4.6, level AAA


def test_black_on_white_is_the_most_and_a_colour_on_itself_the_least():
    assert ratio("#000000", "#FFFFFF") == pytest.approx(21)
    assert ratio("#123456", "#123456") == 1


def test_every_theme_has_the_same_colours():
    assert tokens.LIGHT.keys() == DARK.keys() == HIGH_LIGHT.keys() == HIGH_DARK.keys()
