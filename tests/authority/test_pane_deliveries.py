"""To be delivered: done, failed with a reason that alarms the giver, and the list as CSV."""

import pytest

from care_console.authority.pane.deliveries import DeliveriesPane
from care_console.authority.rules.views import State
from care_console.kit import DayRow, HeadRow
from care_console.staff.rules import Role
from tests.authority.panes import KEY, on_screen, press, rows_of, settled, shown
from tests.calls.callers import clipped, nameless
from tests.conftest import at_rest


@pytest.fixture
def given(loop, hire, customer, remedy, limits, rooms, by, services):
    """What Rosa gave Maria, and Dana who sees the list."""

    async def made():
        await limits()
        rosa = await hire("Rosa Lindqvist", Role.CSR)
        dana = await hire("Dana Whitfield", Role.SUPERVISOR)
        maria = await customer("Maria Okafor", "end-user")
        fee = await remedy("Waive the call-out fee", usual=3_500)
        offered = await rooms.authority.offer(by(rosa), fee, maria)
        given = await rooms.authority.give(by(rosa), offered.remedy_id)
        return rosa, dana, maria, given.remedy_id

    return loop.run_until_complete(made())


@pytest.fixture
def pane(qtbot, rooms, services, given, by):
    told = (lambda: by(given[1]), lambda: "GBP", services.clock)
    pane = DeliveriesPane(rooms.deliveries, rooms.authority.reverse, *told)
    on_screen(qtbot, pane, 700, 600)
    pane.told, pane.acts = [], []
    pane.errands.hindered.connect(pane.told.append)
    pane.acted.connect(pane.acts.append)
    return pane


async def opened(pane):
    pane.refresh()
    await settled(pane)
    pane.activateWindow()
    pane.setFocus()


def days(pane):
    return [row for row in rows_of(pane.list) if isinstance(row, DayRow)]


def heads(pane):
    return [row.title for row in rows_of(pane.list) if isinstance(row, HeadRow)]


async def test_what_was_given_waits_to_be_done(pane):
    await opened(pane)

    assert days(pane)[0].title == "Waive the call-out fee for \u2068Maria Okafor\u2069"
    assert heads(pane) == ["To be done"]
    assert not days(pane)[0].late


async def test_what_is_due_is_late(pane, clock):
    clock.pass_by(days=3)
    await opened(pane)

    assert days(pane)[0].late


async def test_space_says_it_is_done_and_it_can_be_taken_back(pane):
    await opened(pane)
    press(KEY.Key_Space)
    await settled(pane)
    assert days(pane) == []
    assert pane.acts[-1].words.startswith("Done: Waive the call-out fee")
    await pane.acts[-1].undo()
    await settled(pane)

    assert heads(pane) == ["To be done"]


async def test_a_failure_needs_words_and_alarms_whoever_gave_it(pane, services, given):
    await opened(pane)
    press("f")
    press(KEY.Key_Return)
    assert pane.why.field.faulty
    press("The account is closed.")
    press(KEY.Key_Return)
    await settled(pane)

    assert heads(pane) == ["Failed"]
    assert "The account is closed." in days(pane)[0].sub
    titles = [each.title for each in await services.duties.mine(given[0])]
    assert any("The account is closed." in title for title in titles)


async def test_all_shows_what_is_settled_too(pane):
    await opened(pane)
    press(KEY.Key_Space)
    await settled(pane)
    pane.all.setFocus()
    press(KEY.Key_Return)
    await settled(pane)

    assert heads(pane) == ["Settled"]
    assert pane.done.text() == "Not done after all"


async def test_enter_opens_the_card(pane, given):
    cards = []
    pane.card_chosen.connect(cards.append)
    await opened(pane)
    press(KEY.Key_Return)

    assert cards == [given[2]]


async def test_the_list_for_the_accounts_is_written(pane, tmp_path):
    saved = []
    pane.saved.connect(saved.append)
    await opened(pane)
    pane.save.setFocus()
    press(KEY.Key_Return)
    pane.saving.since.edit.setText("sometime")
    pane.saving.file.edit.setText(str(tmp_path / "list.csv"))
    press(KEY.Key_Return)
    assert pane.saving.since.faulty
    pane.saving.since.edit.setText("1 Jan 2030")
    press(KEY.Key_Return)
    await settled(pane)

    written = (tmp_path / "list.csv").read_text("utf-8-sig")
    assert "Waive the call-out fee" in written
    assert saved == ["The list is in list.csv."]


async def test_a_file_that_cannot_be_written_is_said_so(pane, tmp_path):
    await opened(pane)
    pane.save.setFocus()
    press(KEY.Key_Return)
    pane.saving.file.edit.setText(str(tmp_path / "nowhere" / "list.csv"))
    press(KEY.Key_Return)
    await settled(pane)

    assert pane.saving.file.faulty
    assert shown(pane.saving)


async def test_everything_has_a_name_and_room(pane):
    await opened(pane)
    press("f")
    pane.grab()

    assert nameless(pane) == []
    assert await at_rest(lambda: clipped(pane)) == []


async def test_what_was_given_is_taken_back_with_a_reason(pane, given, rooms):
    await opened(pane)
    press("r")
    press("Paid twice.")
    press(KEY.Key_Return)
    await settled(pane)

    [delivery] = await rooms.deliveries.listing(open_only=False)
    assert (delivery.state, delivery.outcome) == (State.REVERSED, "Paid twice.")


async def test_the_foot_names_the_keys_of_the_list_while_nothing_is_asked(pane, given):
    await opened(pane)
    assert [key for key, _ in pane.hints()] == ["Enter", "Space", "F", "R"]
    press("f")

    assert pane.hints() == ()
