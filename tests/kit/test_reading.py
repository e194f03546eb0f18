"""The kit for those who listen to it, and for those who read from the right."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtWidgets import QWidget

from care_console.base.resources import resource
from care_console.kit import (
    GROUPS,
    Badge,
    Button,
    Chip,
    DayDelegate,
    DayRow,
    DigitChips,
    FlowLayout,
    KeyHint,
    LineEdit,
    ListView,
    Surface,
    group_word,
    icon,
    icons,
)
from tests.kit.conftest import parts

RIGHT = Qt.LayoutDirection.RightToLeft
LEAST = 24  # px; WCAG 2.2, 2.5.8


def test_every_part_that_can_be_gone_to_has_a_name(theme, show):
    window = show(*parts("Maria Okafor"))

    reached = [
        part
        for part in window.findChildren(QWidget)
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert len(reached) > 10
    assert [part for part in reached if not part.accessibleName()] == []


@pytest.mark.parametrize("make", [lambda: Button("Give"), lambda: Chip("All")])
def test_a_painted_button_is_a_button_to_a_reader(show, make):
    button = make()
    show(button)

    read = QAccessible.queryAccessibleInterface(button)

    assert read.role() in (QAccessible.Role.Button, QAccessible.Role.CheckBox)
    assert read.text(QAccessible.Text.Name) == button.text()


def test_an_answer_tells_a_reader_that_it_is_chosen(show):
    question = DigitChips("How did it end?", ["Settled", "Promised"])
    show(question)
    question.choose(1)

    first, second = (
        QAccessible.queryAccessibleInterface(chip).state().checked for chip in question.chips
    )
    assert (first, second) == (0, 1)


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_is_told_in_words(show, group):
    badge = Badge(group, "since 2020")
    show(badge)

    assert badge.accessibleName() == f"Group: {group_word(group)} · since 2020"


def test_no_two_groups_look_alike():
    marks = {(mark.letter, mark.corners, mark.turn) for mark in GROUPS.values()}
    shapes = {(mark.corners, mark.turn) for mark in GROUPS.values()}

    assert len(marks) == len(shapes) == len(GROUPS)


def test_everything_to_be_pressed_is_large_enough(theme, show):
    theme.set_text_size(90)
    window = show(*parts("X"))

    for part in window.findChildren(QWidget):
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus:
            hint = part.sizeHint()
            assert min(hint.width(), hint.height()) >= LEAST - 1, part


def left_and_right(widget: QWidget, colour: str) -> tuple[bool, bool]:
    """Whether ``colour`` is seen in the left third of ``widget``, and in the right third."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    third = image.width() // 3
    return (
        has(image, QRect(0, 0, third, image.height()), colour),
        has(image, QRect(image.width() - third, 0, third, image.height()), colour),
    )


def has(image: QImage, where: QRect, colour: str) -> bool:
    wanted = QColor(colour)
    return any(
        image.pixelColor(x, y) == wanted
        for x in range(where.left(), where.right() + 1)
        for y in range(where.top(), where.bottom() + 1)
    )


def test_a_row_is_mirrored_where_one_reads_from_the_right(theme, show):
    view = ListView(DayDelegate(), name="My day")
    view.rows.set_rows([DayRow(1, "flag", "Call", here=True)])
    elsewhere = LineEdit("Reason")
    show(elsewhere, view)
    elsewhere.setFocus()
    accent = theme.look.tokens["accent"]
    assert left_and_right(view.viewport(), accent) == (True, False)

    view.setLayoutDirection(RIGHT)

    assert left_and_right(view.viewport(), accent) == (False, True)


def test_an_edge_is_mirrored(theme, show):
    surface = Surface("ok", edge=True)
    surface.setMinimumHeight(60)
    show(surface)
    edge = theme.look.tokens["ok"]
    assert left_and_right(surface, edge) == (True, False)

    surface.setLayoutDirection(RIGHT)

    assert left_and_right(surface, edge) == (False, True)


def test_chips_flow_from_the_right(show):
    holder = QWidget()
    flow = FlowLayout(holder)
    first, second = Chip("First"), Chip("Second")
    for chip in (first, second):
        flow.addWidget(chip)
    show(holder)
    assert first.x() < second.x()

    holder.setLayoutDirection(RIGHT)
    flow.activate()
    holder.resize(holder.width() - 1, holder.height())

    assert first.x() > second.x()


def test_a_key_inside_a_field_never_lies_under_the_text(theme, show):
    edit = LineEdit("Find", icon="search", key="Ctrl K")
    show(edit)
    before, after = edit.textMargins().left(), edit.textMargins().right()

    edit.setLayoutDirection(RIGHT)

    assert (edit.textMargins().right(), edit.textMargins().left()) == (before, after)


def test_every_part_paints_from_the_right(theme, show):
    window = show(*parts("Maria Okafor"))

    window.setLayoutDirection(RIGHT)

    assert not window.grab().isNull()


def test_a_key_is_as_wide_as_what_is_printed_on_it(theme, show):
    short, long = KeyHint("1"), KeyHint("Ctrl ⇧ H")
    show(short, long)

    assert short.width() == 20
    assert long.width() > 50


@pytest.mark.parametrize("file", sorted(resource("icons").glob("*.svg")), ids=lambda f: f.stem)
def test_every_icon_is_drawn(theme, file):
    colour = theme.color("bad")
    if file.stem == "care-console":  # the programme's own, in its own colours
        return

    once = icons.pixmap(file.stem, colour, 24)
    sharp = icons.pixmap(file.stem, colour, 24, 2.0)

    assert once.size().width() == 24
    assert sharp.size().width() == 48
    assert has(sharp.toImage(), sharp.rect(), colour.name())
    assert icons.pixmap(file.stem, colour, 24).cacheKey() == once.cacheKey()


def test_an_icon_that_there_is_not_is_told_to_the_programmer():
    with pytest.raises(FileNotFoundError):
        icon("unicorn")
