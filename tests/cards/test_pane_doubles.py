"""The list of likely doubles and the two side by side, by keyboard alone."""

from uuid import uuid4

import pytest
from PySide6.QtCore import Qt

from care_console.base.command import Clerk, Command
from care_console.cards.pane.doubles import DoublesPage
from care_console.cards.pane.new_card import NewCardForm
from care_console.cards.rules import Change, Group, NewCard, NewEmail, NewMembership, NewPhone
from care_console.cards.rules.merging import Side
from care_console.store import NoAnswer
from tests.cards.panes import KEY, in_focus, on_screen, press, write
from tests.conftest import turned, until

CTRL = Qt.KeyboardModifier.ControlModifier
NUMBER = (NewPhone(raw="020 7946 0123"),)
MARIA = NewCard(given="Maria", family="Okafor", note="Likes mornings.", phones=NUMBER)
TWIN = NewCard(given="Maria", family="Okofor", note="Two steps.", title="Owner", phones=NUMBER)
WORKS_HERE = (NewMembership(group=Group.EMPLOYEE),)


@pytest.fixture
def twins(loop, services, act):
    add = services.cards.add
    return tuple(loop.run_until_complete(add(act(), each)) for each in (MARIA, TWIN))


@pytest.fixture
def page_for(qtbot, services):
    def page_for(command):
        page = DoublesPage(
            *(services.cards, services.merging, services.doubles),
            *(services.staff, services.search, command),
        )
        on_screen(qtbot, page, 1200, 640)
        page.refresh()
        return page

    return page_for


def told(page):
    """Return what the rows side by side say, and which side stays."""
    return [
        (row.name.text(), row.differing.keep, row.differing.other, row.side)
        for row in page.pair.rows
    ]


async def test_a_pair_is_listed_with_why_and_shown_side_by_side(page_for, act, twins):
    page = page_for(act)
    await until(lambda: page.pair.ids == twins)

    [row] = [page.view.rows.row(page.view.rows.index(0))]
    assert (row.name, row.sub) == ("Maria Okafor", "Maria Okofor: same number, similar name")
    assert told(page) == [
        ("Family name", "Okafor", "Okofor", Side.KEEP),
        ("Note", "Likes mornings.", "Two steps.", Side.BOTH),
    ]
    assert page.pair.filled.text() == "Filled from it: What they do"
    assert page.panel.trail.text() == "1 pair"


async def test_two_of_one_name_are_told_apart_by_what_they_are_reached_by(page_for, act, services):
    other = (NewPhone(raw="07700 900123"), *NUMBER)
    mails = (NewEmail(address="maria@okafor.example"),)
    ids = [
        await services.cards.add(act(), NewCard(given="Maria", family="Okafor", **more))
        for more in ({"phones": NUMBER, "emails": mails}, {"phones": other})
    ]
    page = page_for(act)
    await until(lambda: page.pair.ids is not None and set(page.pair.ids) == set(ids))

    said = {page.pair.keep.more.text(), page.pair.other.more.text()}
    assert any("+44 20 7946 0123" in each and "maria@okafor.example" in each for each in said)
    assert any("+44 7700 900123" in each for each in said)


async def test_sides_are_chosen_by_arrows_and_digits_and_ctrl_enter_merges(
    services, page_for, twins, act
):
    page = page_for(act)
    done = []
    page.acted.connect(done.append)
    await until(lambda: page.pair.ids == twins)
    page.view.setFocus()
    press(KEY.Key_Return)
    press(KEY.Key_Right, KEY.Key_Down, KEY.Key_1)
    assert [row.side for row in page.pair.rows] == [Side.OTHER, Side.KEEP]
    press(KEY.Key_Return, modifier=CTRL)
    await until(lambda: done)

    card = await services.cards.card(twins[1])
    assert (card.id, card.name, card.fields["note"]) == (
        twins[0],
        "Maria Okofor",
        "Likes mornings.",
    )
    assert done[0].words == "Maria Okofor is part of Maria Okafor now"
    await done[0].undo()
    assert (await services.cards.card(twins[1])).id == twins[1]


async def test_turned_round_the_other_card_stays(page_for, act, twins):
    page = page_for(act)
    await until(lambda: page.pair.ids == twins)
    page.pair.focus_first()
    press(KEY.Key_M, modifier=CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert page.pair.ids == twins[::-1]
    assert told(page)[0] == ("Family name", "Okofor", "Okafor", Side.KEEP)
    assert isinstance(in_focus(), type(page.pair.rows[0]))


async def test_who_may_not_merge_is_told_whose_it_is(services, act, page_for, twins):
    ivo = await services.cards.add(act(), NewCard(given="Ivo", memberships=WORKS_HERE))
    await services.staff.add_clerk(act(), ivo, "csr")
    page = page_for(lambda: Command(uuid4(), Clerk("Ivo", "csr", ivo)))
    await until(lambda: page.pair.ids == twins)

    assert not page.pair.merge.isEnabled()
    assert "Supervisor" in page.pair._why_not.text()


async def test_what_is_refused_is_told_beside_the_two(services, act, page_for, twins):
    page = page_for(act)
    await until(lambda: page.pair.ids == twins)
    await services.edits.edit(act(), twins[0], [Change("title", "", "Boss")])
    page.pair.merge_now()
    await until(lambda: page.pair.trouble.isVisible())
    assert "changed meanwhile" in page.pair.trouble.words.text()


async def test_looking_can_be_stopped_and_begun_again(page_for, act, twins):
    page = page_for(act)
    page.button.click()
    await until(lambda: page.button.text() == "Look again")
    page.button.click()
    await until(lambda: page.view.rows.rowCount() == 1)


async def test_each_part_has_a_name_for_a_reader(page_for, act, twins):
    page = page_for(act)
    await until(lambda: page.pair.ids == twins)
    row = page.pair.rows[1]
    assert (row.accessibleName(), row.accessibleDescription()) == ("Note", "stays: Both")
    row.choose(Side.OTHER)
    assert row.accessibleDescription() == "stays: Two steps."


async def test_all_values_of_a_row_are_seen(page_for, act, twins):
    page = page_for(act)
    await until(lambda: page.pair.ids == twins)
    await turned()
    for row in page.pair.rows:
        assert all(row.rect().contains(each.geometry()) for each in row.values.values())


async def test_the_key_that_merges_names_whole_who_stays(page_for, act, services):
    names = {"given": "Bartholomew Maximilian", "family": "Featherstonehaugh"}
    for note in ("Likes mornings.", "Two steps."):
        await services.cards.add(act(), NewCard(**names, note=note, phones=NUMBER))
    page = page_for(act)
    await until(lambda: page.pair.ids is not None and "Barth" in page.pair.merge.text())
    await turned()

    pair = page.pair
    for each in (pair.merge, pair.flip, pair.apart, pair.open):
        assert each.width() >= each.sizeHint().width(), each.text()


async def test_a_form_shows_who_is_there_with_each_key(qtbot, services, twins):
    form = NewCardForm(services.cards.today, doubles=services.doubles)
    on_screen(qtbot, form)
    wanted = []
    form.wanted.connect(wanted.append)
    form.edits["name"].setFocus()
    await until(form.edits["name"].hasFocus)
    write("Maria Oka")
    assert form.beside.isVisible()
    assert form.button.text() == "Create a new card anyway"
    write("x")
    assert not form.beside.isVisible() or form.beside.list.rows.rowCount() < 2
    form.edits["name"].clear()
    write("Ivo Kranz")
    assert not form.beside.isVisible()
    assert form.button.text() == "Create card"
    press(KEY.Key_Return)
    assert wanted[0].despite == ()


async def test_a_card_can_be_started_while_the_records_do_not_answer(qtbot, services, monkeypatch):
    async def away(self, sql, **values):
        raise NoAnswer("The records do not answer.")

    form = NewCardForm(services.cards.today, doubles=services.doubles)
    on_screen(qtbot, form)
    monkeypatch.setattr(type(services.store), "look_up", away)
    form.edits["name"].setFocus()
    await until(form.edits["name"].hasFocus)
    write("Maria Okafor")
    assert not form.beside.isVisible()
