"""The theme: one change, and everything on the screen has changed."""

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo
from PySide6.QtWidgets import QWidget

from care_console.kit import Button, Ink, Label, LineEdit, Look, Theme, current_look
from care_console.kit.tokens import DARK, HIGH_DARK, LIGHT
from tests.kit.conftest import parts

ONLY_LIGHT = [LIGHT[name] for name in ("bg", "accent", "accent_soft", "ok", "warn_soft", "field")]


A_FEW = 8  # pixels at the edge of a letter can have any colour


def colours(widget: QWidget) -> set[str]:
    """The colours that more than a few pixels of ``widget`` have."""
    image = widget.grab().toImage()
    seen = Counter(image.pixel(x, y) for x in range(image.width()) for y in range(image.height()))
    return {QColor(pixel).name().upper() for pixel, count in seen.items() if count > A_FEW}


def test_after_a_change_of_theme_nothing_is_left_of_the_old_one(theme, show, qapp):
    window = show(*parts("Maria Okafor"))
    assert colours(window) >= set(ONLY_LIGHT[:2])

    theme.set_mode("dark")
    qapp.processEvents()

    seen = colours(window)
    assert seen & set(ONLY_LIGHT) == set()
    assert seen >= {DARK["bg"], DARK["surface"], DARK["accent"]}


def test_a_window_that_was_changed_looks_as_one_that_was_made_so(theme, show):
    changed = show(*parts("Maria Okafor"))
    theme.set_mode("dark")
    theme.set_text_size(120)

    made = show(*parts("Maria Okafor"))
    for window in (changed, made):
        window.resize(500, 2400)
        window.setFocus()

    assert changed.grab().toImage() == made.grab().toImage()


def test_the_text_size_makes_everything_larger(theme, show):
    label, button, edit = Label("Maria"), Button("Give", icon="gift", key="F2"), LineEdit("Reason")
    show(label, button, edit)
    before = [part.sizeHint().height() for part in (label, button, edit)]

    theme.set_text_size(150)

    after = [part.sizeHint().height() for part in (label, button, edit)]
    assert after == pytest.approx([1.5 * height for height in before], rel=0.1)
    assert edit.font().pixelSize() == 20


@pytest.mark.parametrize(("asked", "given"), [(20, 90), (90, 90), (115, 115), (900, 150)])
def test_the_text_size_stays_within_bounds(theme, asked, given):
    theme.set_text_size(asked)

    assert theme.text_size == given


@pytest.mark.parametrize(
    ("width", "size", "room"),
    [(1920, 100, "wide"), (1920, 125, "full"), (1366, 100, "full"), (1366, 110, "narrow")]
    + [(1310, 100, "narrow"), (1099, 100, "least")],
)
def test_how_many_columns_there_is_room_for_depends_on_the_text_size(theme, width, size, room):
    theme.set_text_size(size)
    theme.set_width(width)

    assert theme.room == room


def test_a_wide_window_is_written_in_fourteen_pixels(theme):
    theme.set_width(1920)

    assert theme.font().pixelSize() == 14


def test_a_change_that_changes_nothing_is_not_told(theme, qtbot):
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_mode("light")
        theme.set_width(1400)
        theme.set_width(1500)


def test_where_the_system_says_nothing_it_is_light(theme):
    theme.set_mode("system")

    assert not theme.dark


def test_high_contrast_has_its_own_colours_and_wider_borders(theme):
    theme.set_mode("dark")
    theme.set_contrast(True)

    assert theme.look.tokens is HIGH_DARK
    assert theme.look.line == 2


def test_without_a_theme_a_part_is_light(qapp, show):
    assert isinstance(current_look(), Look)
    assert current_look().tokens is LIGHT

    assert LIGHT["accent"] in colours(show(Button("Give", "primary")))


def test_a_retired_theme_changes_nothing_any_more(qapp, theme):
    later = Theme(qapp, "dark")
    theme.retire()

    assert current_look() is later.look
    later.retire()


@pytest.mark.parametrize(("weight", "style"), [(400, "Regular"), (500, "Medium"), (700, "Bold")])
def test_our_own_faces_are_used(theme, weight, style):
    face = QFontInfo(theme.font(13, weight))

    assert (face.family(), face.styleName()) == ("Inter", style)


def test_tabular_digits_are_equally_wide(theme):
    ink = Ink(13, 500, "text", True)

    assert theme.look.width("111", ink) == theme.look.width("000", ink)
    assert theme.look.width("111", Ink(13, 500)) < theme.look.width("000", Ink(13, 500))


def test_every_token_is_a_colour(theme):
    for mode in ("light", "dark"):
        theme.set_mode(mode)
        assert all(theme.color(name).isValid() for name in theme.look.tokens)
    with pytest.raises(KeyError):
        theme.color("pink")


def test_the_palette_follows(theme, qapp):
    theme.set_mode("dark")

    assert qapp.palette().window().color() == QColor(DARK["bg"])
    assert qapp.styleSheet() == ""
    assert qapp.style().name() == "fusion"
    assert qapp.layoutDirection() == Qt.LayoutDirection.LeftToRight
