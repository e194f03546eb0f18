"""The history on the card: the journal in pages, filtered by kind and by group."""

from datetime import timedelta

import pytest

from care_console.cards.pane.history import History
from care_console.cards.rules import Group, NewCard, NewMembership
from care_console.journal.rules import Line
from care_console.kit import Chip
from tests.cards.panes import ALL_WORDS, KEY, focus_name, on_screen, press, tab_to
from tests.conftest import until

BOTH = tuple(NewMembership(group=group) for group in (Group.END_USER, Group.DISTRIBUTOR))
WORDS = {
    **ALL_WORDS,
    "rang": lambda entry: Line("Rang", str(entry.facts["at"]), "phone", "text2", "calls"),
}


@pytest.fixture
def maria(loop, services, act):
    new = NewCard(given="Maria", memberships=BOTH)
    return loop.run_until_complete(services.cards.add(act(), new))


@pytest.fixture
def history(qtbot, services):
    view = History(services.cards, WORDS, services.clock)
    on_screen(qtbot, view, 600, 400)
    return view


async def ring(services, act, clock, about, times, kind="rang"):
    """Write that many calls into the journal, a minute apart."""

    def unit(db):
        for at in range(times):
            clock.now += timedelta(minutes=1)
            services.journal.write(db, act(), kind, {"at": at}, about)

    await services.store.write(unit)


def titles(history):
    rows = history.view.rows
    return [rows.data(rows.index(at)) for at in range(rows.rowCount())]


async def test_the_newest_stands_first_with_who_did_it(history, services, act, clock, maria):
    await ring(services, act, clock, maria, 2)

    history.show_card(maria)
    await until(lambda: history.view.rows.rowCount() == 3)

    assert titles(history) == ["Rang", "Rang", "Card started"]
    first = history.view.rows.row(history.view.rows.index(0))
    assert (first.sub, first.by) == ("1", "Grace Hopper")
    assert first.when == "Today"


async def test_pages_are_fetched_as_one_scrolls(history, services, act, clock, maria):
    await ring(services, act, clock, maria, 450)

    history.show_card(maria)
    await until(lambda: history.view.rows.rowCount() >= 200)
    assert history.view.rows.rowCount() == 200
    history.view.setFocus()
    while history.view.rows.rowCount() < 451:
        before = history.view.rows.rowCount()
        press(KEY.Key_End)
        await until(lambda before=before: history.view.rows.rowCount() > before)

    subs = [history.view.rows.row(history.view.rows.index(at)).sub for at in range(450)]
    assert subs == [str(at) for at in reversed(range(450))]


async def test_chips_filter_by_kind_also_what_stands_pages_away(
    history, services, act, clock, maria
):
    await ring(services, act, clock, maria, 630)
    history.show_card(maria)
    await until(lambda: history.view.rows.rowCount())

    history.setFocus()
    tab_to("Changes")
    press(KEY.Key_Return)

    await until(lambda: titles(history) == ["Card started"])
    tab_to("Contacts")
    press(KEY.Key_Return)
    await until(lambda: titles(history) == [])
    tab_to("All")
    press(KEY.Key_Space)
    await until(lambda: history.view.rows.rowCount() >= 200)


async def test_chips_filter_by_group_where_there_are_several(history, services, act, clock, maria):
    await ring(services, act, clock, (maria, "distributor"), 1)
    await ring(services, act, clock, (maria, "end-user"), 2)
    history.show_card(maria, ("end-user", "distributor"))
    await until(lambda: history.view.rows.rowCount() == 4)
    shown = [each.text() for each in history.findChildren(Chip) if each.isVisible()]
    assert shown == ["All", "Calls", "Contacts", "Changes", "As end-user", "As distributor"]

    tab_to("As distributor")
    press(KEY.Key_Return)
    assert titles(history) == ["Rang"]
    press(KEY.Key_Return)

    assert history.view.rows.rowCount() == 4


async def test_without_groups_there_is_nothing_to_filter_them_by(history, services, act):
    ada = await services.cards.add(act(), NewCard(given="Ada"))

    history.show_card(ada)
    await until(lambda: history.view.rows.rowCount() == 1)

    shown = [each.text() for each in history.findChildren(Chip) if each.isVisible()]
    assert shown == ["All", "Calls", "Contacts", "Changes"]


async def test_what_is_new_comes_on_top_and_the_row_stays(history, services, act, clock, maria):
    await ring(services, act, clock, maria, 3)
    history.show_card(maria)
    await until(lambda: history.view.rows.rowCount() == 4)
    history.view.setFocus()
    press(KEY.Key_Down)
    current = history.view.row().id

    await ring(services, act, clock, maria, 1)
    history.refresh()
    await until(lambda: history.view.rows.rowCount() == 5)

    assert history.view.row().id == current


async def test_what_was_typed_after_the_fact_stands_where_it_belongs(
    history, services, act, clock, maria
):
    history.show_card(maria)
    await until(lambda: history.view.rows.rowCount() == 1)
    earlier = clock.now - timedelta(days=2)
    await services.store.write(
        lambda db: services.journal.write(db, act(), "rang", {"at": 0}, maria, at=earlier)
    )

    history.refresh()
    await until(lambda: history.view.rows.rowCount() == 2)

    assert titles(history) == ["Card started", "Rang"]


async def test_an_entry_of_a_newer_console_is_shown_all_the_same(
    history, services, act, clock, maria
):
    await ring(services, act, clock, maria, 1, kind="teleported")

    history.show_card(maria)
    await until(lambda: history.view.rows.rowCount() == 2)

    assert titles(history)[0] == "Done by a newer console"


async def test_enter_chooses_an_entry(history, services, act, clock, maria):
    await ring(services, act, clock, maria, 1)
    chosen = []
    history.chosen.connect(chosen.append)
    history.show_card(maria)
    await until(lambda: history.view.rows.rowCount() == 2)
    history.view.setFocus()

    press(KEY.Key_Return)

    assert [each.kind for each in chosen] == ["rang"]
    assert focus_name() == "History"


async def test_nobodys_history_is_empty_and_says_so(history, maria):
    history.show_card(maria)
    await until(lambda: history.view.rows.rowCount() == 1)

    history.show_card(None)

    assert titles(history) == []
