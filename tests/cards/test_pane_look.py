"""How the cards' panes look: nothing clipped, every size and both directions, either theme."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QVBoxLayout, QWidget

from care_console.cards.pane import NewCardForm, SpellingSheet
from care_console.cards.pane.spellable import Spellable
from care_console.cards.rules import Group
from care_console.cards.rules.shown import Said
from care_console.kit import ElidingLabel, Label, Theme
from care_console.kit.look import PROPERTY
from tests.cards.panes import MARIA, on_screen, pane_of
from tests.conftest import at_rest, until

SIZES = [(562, 616, 100), (622, 500, 100), (720, 640, 120), (780, 700, 150)]


@pytest.fixture
def theme(qapp):
    """A light theme, and afterwards none."""
    font = qapp.font()
    theme = Theme(qapp, "light")
    yield theme
    theme.retire()
    qapp.setProperty(PROPERTY, None)
    qapp.setFont(font)
    qapp.setPalette(QPalette())


@pytest.fixture
def maria(loop, services, act):
    return loop.run_until_complete(services.cards.add(act(), MARIA))


@pytest.fixture(params=[Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def direction(request, qapp):
    qapp.setLayoutDirection(request.param)
    yield request.param
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


async def shown(qtbot, services, act, card_id, width, height):
    """Return a card pane in a window of this size, with its history."""
    holder = QWidget()
    pane = pane_of(services, act)
    pane.holder = holder  # stays as long as the pane
    QVBoxLayout(holder).addWidget(pane)
    on_screen(qtbot, holder, width, height)
    pane.show_card(card_id)
    await until(lambda: pane.history.view.rows.rowCount())
    return pane


@pytest.mark.parametrize(("width", "height", "size"), SIZES)
async def test_no_words_are_clipped(
    qtbot, services, act, theme, direction, maria, width, height, size
):
    theme.set_text_size(size)
    pane = await shown(qtbot, services, act, maria, width, height)
    values = {"group": Group.DISTRIBUTOR, "since": "2030-01-01"}
    await services.edits.add_part(act(), maria, "membership", values)
    pane.refresh()
    await until(lambda: pane.history.view.rows.rowCount() == 2)
    pane.head.set_match("matched by number, only card")
    laid_out(pane.window())
    assert await at_rest(lambda: clipped(pane)) == []

    pane.show_details()
    await until(lambda: pane.details.card_id == maria)
    pane.details.sheet.fields["title"].fault("A sentence that is longer than the field is wide.")
    await until(lambda: pane.details.sheet.groups.rows)
    laid_out(pane.window())

    assert pane.window().width() == width
    assert await at_rest(lambda: clipped(pane)) == []


@pytest.mark.parametrize("size", [90, 100, 120, 150])
async def test_the_form_for_a_new_card_is_not_clipped(qtbot, services, theme, direction, size):
    theme.set_text_size(size)
    form = NewCardForm(services.cards.today)
    on_screen(qtbot, form, 420 * size // 100, 320 * size // 100)
    form.refuse("Type a name, a company, a number or an e-mail address first.")
    laid_out(form)

    assert await at_rest(lambda: clipped(form)) == []


async def test_in_a_short_window_how_they_want_to_be_treated_stays(
    qtbot, services, act, theme, maria
):
    pane = await shown(qtbot, services, act, maria, 562, 480)

    assert "Never ring at work" in pane.head.wishes.text()
    wishes = pane.head.wishes
    assert wishes.isVisible()
    assert wishes.height() >= wishes.heightForWidth(wishes.width())
    assert not pane.head.ties.isVisible()


async def test_a_theme_change_leaves_no_old_colour(qtbot, services, act, theme, maria):
    pane = await shown(qtbot, services, act, maria, 622, 616)
    pane.show_details()
    await until(lambda: pane.details.card_id == maria)
    light = colours(pane.window())
    theme.set_mode("dark")
    laid_out(pane.window())

    dark = colours(pane.window())

    assert "#ffffff" in light
    assert dark & {"#ffffff", "#f3f4f2", "#f8f8f6"} == set()


async def test_everything_is_mirrored_where_one_reads_from_the_right(
    qtbot, services, act, theme, maria, direction
):
    pane = await shown(qtbot, services, act, maria, 622, 616)

    left = pane.head.avatar.geometry().center().x() < pane.head.width() / 2

    assert left == (direction == Qt.LayoutDirection.LeftToRight)


@pytest.mark.parametrize("text", ["", " ", "Zoë O’Brien-Łuczak", "+44 20 7946 0123", "x" * 5_000])
async def test_the_spelling_fits_its_window_and_spells_what_it_can(qtbot, theme, text):
    window = on_screen(qtbot, QWidget(), 500, 400)
    sheet = SpellingSheet(window)

    sheet.spell([Said("name", text), Said("number", "0113 496 0877")])
    laid_out(window)

    assert window.rect().contains(sheet.geometry())
    assert await at_rest(lambda: clipped(sheet)) == []


def laid_out(window) -> None:
    """Let everything in a window find its place."""
    for _turn in range(5):
        QApplication.sendPostedEvents()
    window.grab()


def clipped(top) -> list:
    """Return the words in ``top`` that have less room than they need."""
    labels = [each for each in top.findChildren(Label) if each.isVisible() and each.text()]
    buttons = [each for each in top.findChildren(QAbstractButton) if each.isVisible()]
    return [each.text() for each in labels if _too_small(each)] + [
        each.text()
        for each in buttons
        if not isinstance(each, Spellable)
        and (each.width() < each.sizeHint().width() or each.height() < each.sizeHint().height())
    ]


def _too_small(label) -> bool:
    if label.wordWrap():
        return label.height() < label.heightForWidth(label.width())
    if isinstance(label, ElidingLabel):
        return label.height() < label.minimumSizeHint().height()
    return label.width() < label.sizeHint().width()


def colours(widget) -> set[str]:
    """Return the colours that stand in more than a few places of a picture."""
    image = widget.grab().toImage()
    counted: dict[str, int] = {}
    for x in range(0, image.width(), 2):
        for y in range(0, image.height(), 2):
            name = image.pixelColor(x, y).name()
            counted[name] = counted.get(name, 0) + 1
    return {name for name, count in counted.items() if count > 40}
