"""The details by keyboard alone: saved as typed, taken back, and nothing typed is ever lost."""

import asyncio

import pytest
from PySide6.QtWidgets import QApplication

from care_console.cards.pane import keeper
from care_console.cards.rules import Change, NewCard
from care_console.store import NotKept
from tests.cards.panes import (
    KEY,
    MARIA,
    focus_name,
    on_screen,
    overwrite,
    pane_of,
    press,
    tab_to,
    write,
)
from tests.conftest import until


@pytest.fixture
def maria(loop, services, act):
    return loop.run_until_complete(services.cards.add(act(), MARIA))


@pytest.fixture
def pane(loop, qtbot, services, act, maria):
    pane = on_screen(qtbot, pane_of(services, act), height=900)
    loop.run_until_complete(opened(pane, maria))
    return pane


@pytest.fixture
def acts(pane):
    done = []
    pane.acted.connect(done.append)
    return done


async def opened(pane, card_id):
    """Show the details of a card."""
    pane.show_card(card_id)
    await until(lambda: pane.card_id == card_id)
    pane.show_details()
    await until(lambda: pane.details.card_id == card_id)


async def fields_of(services, card_id):
    return (await services.cards.card(card_id)).fields


async def test_a_field_is_kept_after_a_pause_in_typing(pane, services, maria, acts, monkeypatch):
    monkeypatch.setattr(keeper, "PAUSE_MS", 20)
    pane.focus_details("preferred")

    overwrite("Mimi")
    assert pane.typing
    await until(lambda: acts)

    assert (await fields_of(services, maria))["preferred"] == "Mimi"
    assert focus_name() == "Likes to be called"
    await until(lambda: not pane.typing)


async def test_a_field_is_kept_when_it_is_left_and_the_undo_brings_back_what_was(
    pane, services, maria, acts, monkeypatch
):
    monkeypatch.setattr(keeper, "PAUSE_MS", 1_000_000)
    pane.focus_details("preferred")
    overwrite("  Mimi ")
    press(KEY.Key_Tab)
    await until(lambda: acts)
    assert acts[0].words == "Likes to be called changed"
    await until(lambda: pane.details.sheet.fields["preferred"].edit.text() == "Mimi")

    await acts[0].undo()
    pane.refresh()

    await until(lambda: pane.details.sheet.fields["preferred"].edit.text() == "Maria")
    assert (await fields_of(services, maria))["preferred"] == "Maria"


async def test_who_else_may_be_told_is_kept_with_how_they_want_to_be_treated(
    pane, services, maria, acts
):
    pane.focus_details("may_be_told")
    overwrite("Ada, her daughter")
    press(KEY.Key_Escape)
    await until(lambda: acts)

    assert acts[0].words == "Who else may be told changed"
    assert (await fields_of(services, maria))["may_be_told"] == "Ada, her daughter"


async def test_escape_leaves_the_field_to_the_pane_and_keeps_what_was_typed(
    pane, services, maria, acts
):
    pane.focus_details("title")
    overwrite("Plumber")

    press(KEY.Key_Escape)
    await until(lambda: acts)

    assert QApplication.focusWidget() is pane.details
    assert (await fields_of(services, maria))["title"] == "Plumber"


async def test_what_was_changed_elsewhere_shows_both_and_mine_can_be_kept(
    pane, services, act, maria, acts
):
    pane.focus_details("preferred")
    overwrite("Ria")
    await services.edits.edit(act(), maria, [Change("preferred", "Maria", "Mimi")])

    press(KEY.Key_Tab)
    field = pane.details.sheet.fields["preferred"]
    await until(lambda: field.keeper.draft.clash)

    assert field.edit.text() == "Ria"
    assert "“Mimi”" in texts(field)
    assert (await fields_of(services, maria))["preferred"] == "Mimi"
    field.edit.setFocus()
    tab_to("Keep mine")
    press(KEY.Key_Return)
    await until(lambda: acts)
    assert (await fields_of(services, maria))["preferred"] == "Ria"
    assert "Mimi" not in texts(field)


async def test_what_was_changed_elsewhere_can_be_taken(pane, services, act, maria):
    pane.focus_details("preferred")
    overwrite("Ria")
    await services.edits.edit(act(), maria, [Change("preferred", "Maria", "Mimi")])
    pane.refresh()
    field = pane.details.sheet.fields["preferred"]
    await until(lambda: field.keeper.draft.clash)
    assert field.edit.text() == "Ria"

    tab_to("Take theirs")
    press(KEY.Key_Return)

    assert field.edit.text() == "Mimi"
    assert not pane.typing
    assert focus_name() == "Likes to be called"


async def test_a_field_that_nobody_types_in_follows_what_changes_elsewhere(
    pane, services, act, maria
):
    await services.edits.edit(act(), maria, [Change("title", "Owner", "Plumber")])

    pane.refresh()

    field = pane.details.sheet.fields["title"]
    await until(lambda: field.edit.text() == "Plumber")


async def test_a_refused_value_stays_and_the_sentence_stands_under_it(pane, services, maria):
    pane.focus_details("preferred")
    tab_to("Number")

    overwrite(" ")
    press(KEY.Key_Tab)
    field = pane.details.sheet.parts["phone"].rows[0].fields["raw"]
    await until(lambda: field.faulty)

    assert field.edit.text() == " "
    assert "A telephone number is still to be typed." in texts(field)
    assert (await services.cards.card(maria)).phones[0].raw == "020 7946 0123"


async def test_a_day_that_is_none_stays_as_it_was_typed(pane, services, maria, acts):
    pane.focus_details("preferred")
    tab_to("Since")
    write("soon")
    press(KEY.Key_Tab)
    field = pane.details.sheet.parts["alert"].rows[0].fields["since"]
    await until(lambda: field.faulty)

    assert field.edit.text() == "soon"
    assert "“soon” is no day." in texts(field)
    field.edit.setFocus()
    overwrite("tomorrow")
    press(KEY.Key_Tab)
    await until(lambda: acts)
    assert (await services.cards.card(maria)).alerts[0].since.isoformat() == "2030-01-08"
    await until(lambda: field.edit.text() == "8 Jan 2030")


async def test_a_full_disk_is_told_and_what_was_typed_is_tried_again(
    pane, services, maria, acts, monkeypatch
):
    monkeypatch.setattr(keeper, "AGAIN_MS", 20)
    whole, told = services.edits.edit, []
    pane.errands.hindered.connect(told.append)

    async def full(*_args):
        raise NotKept("The disk is full.")

    object.__setattr__(pane.details._writing, "edits", Stand(full))
    pane.focus_details("title")
    overwrite("Plumber")
    press(KEY.Key_Tab)
    await until(lambda: told)
    assert told[0] == "The disk is full."
    assert pane.details.sheet.fields["title"].edit.text() == "Plumber"

    object.__setattr__(pane.details._writing, "edits", Stand(whole))
    await until(lambda: acts)

    assert (await fields_of(services, maria))["title"] == "Plumber"


class Stand:
    """Edits of which one use case does something else."""

    def __init__(self, edit):
        self.edit = edit


async def test_what_is_typed_is_kept_when_another_card_is_shown(pane, services, act, maria, acts):
    ada = await services.cards.add(act(), NewCard(given="Ada", family="Poe"))
    pane.focus_details("title")
    overwrite("Plumber")

    pane.show_headline(await services.numbers.headline(ada))
    await until(lambda: acts)

    assert (await fields_of(services, maria))["title"] == "Plumber"
    assert (await fields_of(services, ada))["title"] == ""


async def test_what_could_not_be_kept_waits_on_its_card(pane, services, act, maria):
    ada = await services.cards.add(act(), NewCard(given="Ada", family="Poe"))
    pane.focus_details("preferred")
    overwrite("Ria")
    await services.edits.edit(act(), maria, [Change("preferred", "Maria", "Mimi")])
    told = []
    pane.errands.hindered.connect(told.append)

    await opened(pane, ada)
    await until(lambda: told)
    assert "Likes to be called" in told[0]
    assert "Ria" in told[0]
    assert pane.details.sheet.fields["preferred"].edit.text() == ""
    await opened(pane, maria)

    field = pane.details.sheet.fields["preferred"]
    assert field.edit.text() == "Ria"
    assert "“Mimi”" in texts(field)


async def test_too_long_a_text_says_how_much_is_kept(pane, services, maria, acts):
    pane.focus_details("title")
    overwrite("x" * 300)
    press(KEY.Key_Tab)
    await until(lambda: acts)

    field = pane.details.sheet.fields["title"]
    await until(lambda: field.faulty)
    assert "Only the first 200 characters are kept." in texts(field)


async def test_tab_walks_the_details_as_they_are_read_and_comes_back(pane, services, act, maria):
    await services.edits.add_part(act(), maria, "phone", {"raw": "0113 496 0877"})
    pane.refresh()
    await until(lambda: len(pane.details.sheet.parts["phone"].rows) == 2)
    pane.focus_details("preferred")
    first, met = QApplication.focusWidget(), []

    for _press in range(200):
        press(KEY.Key_Tab)
        if QApplication.focusWidget() is first:
            break
        met.append(QApplication.focusWidget())

    assert len(met) == len(set(met))
    inside = [each for each in met if pane.details.sheet.isAncestorOf(each)]
    tops = [each.mapTo(pane.details.sheet, each.rect().topLeft()).y() for each in inside]
    rests = [y for at, y in enumerate(tops) if at and y < tops[at - 1] - 60]
    assert len(rests) <= 1  # once from the foot to the head


async def test_what_tab_comes_to_is_brought_into_sight(pane):
    pane.focus_details("preferred")

    tab_to("The other card")

    edit = QApplication.focusWidget()
    top = edit.mapTo(pane.details.area.viewport(), edit.rect().topLeft()).y()
    assert 0 <= top < pane.details.area.viewport().height() - edit.height() + 1


async def test_before_the_window_goes_everything_is_kept(pane, services, maria):
    pane.focus_details("title")
    overwrite("Plumber")
    tab_to("Add a telephone")
    press(KEY.Key_Return)
    write("0113 496 0877")

    await pane.finish()

    card = await services.cards.card(maria)
    assert card.fields["title"] == "Plumber"
    assert [each.raw for each in card.phones][1:] == ["0113 496 0877"]


async def test_switching_to_and_fro_keeps_the_history_where_it_was(pane):
    pane.show_history()
    assert QApplication.focusWidget() is pane.history.view
    pane.show_details()
    await asyncio.sleep(0)
    assert pane.details.isVisible()


def texts(widget) -> str:
    """Return what the labels in a widget say that are shown."""
    from PySide6.QtWidgets import QLabel

    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())
