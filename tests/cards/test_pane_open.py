"""What is open is counted in the list and owned on the card; who answers for it is set by key."""

from datetime import timedelta

import pytest

from care_console.cards.pane import PeoplePane
from care_console.cards.rules import Group, NewCard, NewMembership
from care_console.cards.rules.merging import Wish
from care_console.promises.rules import DutyKind
from tests.cards.panes import ALL_WORDS, KEY, focus_name, on_screen, pane_of, press, write
from tests.conftest import until

ELLA = NewCard(given="Ella", family="Brandt", memberships=(NewMembership(group=Group.END_USER),))


@pytest.fixture
def ella(loop, services, act):
    return loop.run_until_complete(services.cards.add(act(), ELLA))


@pytest.fixture
def owe(services, act, clock, ella):
    async def owe(title):
        due = clock() + timedelta(hours=1)
        await services.duties.add(act(), DutyKind.OTHER, title=title, due_at=due, card_id=ella)

    return owe


async def test_the_list_of_people_counts_what_is_open(qtbot, services, act, ella, owe):
    await owe("Ring back")
    await owe("Send the bill")
    told = (services.search, ALL_WORDS, act, services.clock)
    pane = PeoplePane(services.cards, services.numbers, *told)
    on_screen(qtbot, pane, 1100, 640)

    def open_of(name):
        rows = [pane.view.rows.row(pane.view.rows.index(at)) for at in range(9)]
        return next((row.right2 for row in rows if row is not None and row.name == name), None)

    pane.refresh()
    await until(lambda: open_of("Ella Brandt") == "2 open")
    assert open_of("Grace Hopper") == ""
    pane.go_to_search()
    await until(pane.edit.hasFocus)
    write("ella")
    await until(lambda: pane.view.rows.rowCount() == 1 and open_of("Ella Brandt") == "2 open")


async def test_the_card_says_whose_it_is_that_is_open(services, ella, owe):
    await owe("Ring back")
    [fact] = (await services.numbers.headline(ella)).facts
    assert (fact.count, fact.headline, fact.owner) == (1, "Ring back", "Grace Hopper")


async def test_who_answers_for_a_customer_is_set_by_key_and_taken_back(qtbot, services, act, ella):
    pane = on_screen(qtbot, pane_of(services, act))
    done = []
    pane.acted.connect(done.append)
    pane.show_card(ella)
    await until(lambda: pane.card_id == ella)
    pane.focus_owner()
    await until(lambda: focus_name() == "Owner")
    write("Grace")
    picker = pane.details.sheet.groups.rows[0].fields["owner_card_id"].source
    await until(lambda: picker.found.rows.rowCount() == 1)
    press(KEY.Key_Return)
    await until(lambda: done)
    assert (await services.numbers.headline(ella)).owner == "Grace Hopper"

    await done[0].undo()
    assert (await services.numbers.headline(ella)).owner == ""


async def test_a_contact_kept_on_a_card_that_was_merged_stands_on_the_other(services, act, ella):
    twin = await services.cards.add(act(), ELLA)
    await services.merging.merge(act(), Wish(keep_id=ella, other_id=twin, sides={}, seen={}))
    contact = await services.contacts.start(act(), channel="counter", card_id=twin)
    assert (await services.contacts.draft(contact)).card_id == ella


async def test_a_card_that_is_open_turns_to_the_one_it_was_merged_into(qtbot, services, act, ella):
    twin = await services.cards.add(act(), ELLA)
    pane = on_screen(qtbot, pane_of(services, act))
    pane.show_card(twin)
    await until(lambda: pane.card_id == twin)
    await services.merging.merge(act(), Wish(keep_id=ella, other_id=twin, sides={}, seen={}))
    pane.refresh()
    await until(lambda: pane.card_id == ella)
