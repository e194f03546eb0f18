"""The card on the screen: at once for a ring, then its history, its leaves and its spelling."""

import asyncio
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from care_console.cards.rules import Group, NewCard
from tests.cards.panes import KEY, MARIA, on_screen, pane_of, press
from tests.conftest import until


@pytest.fixture
def maria(loop, services, act):
    return loop.run_until_complete(services.cards.add(act(), MARIA))


@pytest.fixture
def pane(qtbot, services, act):
    return on_screen(qtbot, pane_of(services, act))


def differing(one, other) -> int:
    """Return how many pixels of two pictures differ, of every third."""
    if one.size() != other.size():
        return 1_000_000
    return sum(
        one.pixel(x, y) != other.pixel(x, y)
        for x in range(0, one.width(), 3)
        for y in range(0, one.height(), 3)
    )


async def test_a_headline_is_painted_before_the_loop_turns(pane, services, maria):
    headline = await services.numbers.headline(maria)
    before = pane.grab().toImage()

    pane.show_headline(headline, "matched by number")
    at_once = pane.head.grab().toImage()

    assert differing(before, pane.grab().toImage()) > 500
    await until(lambda: pane.history.view.rows.rowCount())
    for _turn in range(20):
        await asyncio.sleep(0)
    assert differing(at_once, pane.head.grab().toImage()) == 0


async def test_the_head_says_who_and_how_they_want_to_be_treated(pane, services, maria):
    pane.show_card(maria)
    await until(lambda: pane.card_id == maria)

    assert pane.head.name.text() == "Maria Okafor"
    assert pane.head.groups.accessibleName() == "Groups: Prospect"
    wishes = pane.head.wishes.text()
    assert wishes.startswith("Say “Maria”; Okafor is oh-KAH-for  ·  Never ring at work")
    assert [each.said.text for each in pane.head.ways if each.said.text] == [
        "+44 20 7946 0123",
        "maria.okafor@example.org",
        "14 Elm Row, London N16 5KM",
    ]
    assert "Two visits missed." in all_text(pane)


async def test_another_card_takes_the_place_at_once_and_never_shows_the_others_history(
    pane, services, act, maria
):
    ada = await services.cards.add(act(), NewCard(given="Ada", family="Poe"))
    pane.show_card(maria)
    await until(lambda: pane.history.view.rows.rowCount())

    pane.show_headline(await services.numbers.headline(ada))

    assert pane.head.name.text() == "Ada Poe"
    assert pane.history.view.rows.rowCount() == 0
    assert "Two visits missed." not in all_text(pane)
    await until(lambda: pane.history.view.rows.rowCount() == 1)


async def test_who_is_shown_is_told_and_leaves_are_put_between(qtbot, pane, maria):
    seen = []
    leaf = QLabel("What another room knows")
    pane.add_leaf("Recoveries", leaf)
    pane.shown.connect(seen.append)

    pane.show_card(maria)
    await until(lambda: seen)

    assert seen == [maria]
    assert leaf.isVisible()
    place = leaf.mapTo(pane, leaf.rect().topLeft()).y()
    assert pane.head.geometry().bottom() < place < pane.history.view.mapTo(pane, place_0()).y()


async def test_a_leaf_with_nothing_to_show_leaves_no_gap(qtbot, pane, maria):
    leaf = QLabel("What another room knows")
    pane.add_leaf("", leaf)
    leaf.hide()
    pane.show_card(maria)
    await until(lambda: pane.history.isVisible())

    def gap():
        return pane.history.mapTo(pane, place_0()).y() - pane.head.geometry().bottom() - 1

    await until(lambda: gap() == 10)
    leaf.show()
    await until(lambda: gap() == 20 + leaf.height())


async def test_a_card_that_is_gone_is_told(pane):
    told = []
    pane.errands.hindered.connect(told.append)

    pane.show_card(4711)
    await until(lambda: told)

    assert told == ["This card is no longer there."]


async def test_without_a_card_it_says_what_to_do(pane, maria):
    assert "No card is open" in all_text(pane)
    pane.show_card(maria)
    await until(lambda: pane.card_id)

    pane.clear()

    assert "No card is open" in all_text(pane)
    assert not pane.head.isVisible()


async def test_what_changed_elsewhere_is_shown(pane, services, act, maria):
    pane.show_card(maria)
    await until(lambda: pane.history.view.rows.rowCount() == 1)
    phone = (await services.cards.card(maria)).phones[0]
    await services.edits.remove_part(act(), maria, "phone", phone.id)

    pane.refresh()

    await until(lambda: pane.history.view.rows.rowCount() == 2)
    assert "+44 20 7946 0123" not in [each.said.text for each in pane.head.ways]


async def test_the_name_is_spelt_and_the_arrows_go_to_the_number(pane, maria):
    pane.show_card(maria)
    await until(lambda: pane.card_id)
    pane.head.name.setFocus()

    press(KEY.Key_Return)

    assert pane.spelling
    sheet = QApplication.focusWidget()
    assert "Mike, Alfa, Romeo, India, Alfa" in sheet.letters.accessibleName()
    press(KEY.Key_Right)
    assert "seven nine four six" in sheet.letters.accessibleName()
    press(KEY.Key_Left, KEY.Key_Left)
    assert sheet.text.text().startswith("14 Elm Row")
    press(KEY.Key_Escape)
    assert not pane.spelling
    assert QApplication.focusWidget() is pane.head.name


async def test_a_key_spells_what_has_the_focus(pane, maria):
    pane.show_card(maria)
    await until(lambda: pane.card_id)
    pane.head.ways[1].setFocus()

    pane.spell()

    assert QApplication.focusWidget().text.text() == "maria.okafor@example.org"


@pytest.mark.parametrize(
    "name", ["<b>Ada</b> <img src=x>", "\u202eadA", "A" * 10_000, "نزار قباني", "王小明"]
)
async def test_a_hostile_name_is_plain_and_forces_no_width(pane, services, maria, name):
    headline = await services.numbers.headline(maria)
    hostile = replace(
        headline, name=name, dont=name, do=name * 3, email=name, address=name, alerts=(name,) * 9
    )
    width = pane.minimumSizeHint().width()

    pane.show_headline(hostile)
    pane.head.set_match(name)
    pane.grab()
    pane.spell()
    pane.grab()

    assert pane.head.name.text() == name
    assert pane.minimumSizeHint().width() <= max(width, 620)
    assert pane.width() == 620
    for label in pane.findChildren(QLabel):
        assert not label.text() or label.textFormat() == Qt.TextFormat.PlainText
        assert "<img" not in label.toolTip()


async def test_everything_that_can_have_the_focus_has_a_name(pane, services, act, maria):
    pane.show_card(maria)
    await until(lambda: pane.history.view.rows.rowCount())
    for group in (Group.DISTRIBUTOR, Group.SUPPLIER):
        values = {"group": group, "since": "2030-01-01"}
        await services.edits.add_part(act(), maria, "membership", values)
    pane.show_details()
    await until(lambda: pane.details.sheet.groups.rows)

    nameless = [
        each
        for each in pane.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.isVisibleTo(pane)
        and not each.accessibleName()
        and each.focusProxy() is None
    ]

    assert nameless == []


def all_text(pane) -> str:
    """Return what the labels of a pane say that are shown."""
    labels = pane.findChildren(QLabel)
    return "\n".join(each.text() for each in labels if each.isVisible())


def place_0():
    """Return the corner of a widget, in itself."""
    return QWidget().rect().topLeft()
