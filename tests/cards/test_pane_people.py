"""All people by keyboard: letters search, arrows walk, Enter opens, Ctrl N starts a new card."""

import pytest
from PySide6.QtWidgets import QApplication

from care_console.cards.pane import NewCardForm, PeoplePane
from care_console.cards.rules import Brief, Group, Kind, NewCard, NewMembership
from tests.cards.panes import ALL_WORDS, KEY, focus_name, on_screen, press, tab_to, write
from tests.conftest import until


@pytest.fixture
def pane(qtbot, services, act):
    people = PeoplePane(
        services.cards, services.numbers, services.search, ALL_WORDS, act, services.clock
    )
    return on_screen(qtbot, people, 1200, 600)


@pytest.fixture
def chosen(pane):
    seen = []
    pane.chosen.connect(seen.append)
    return seen


async def some(services, act, count, group=Group.END_USER):
    """Add that many people of a group; return their ids."""

    def unit(db):
        new = NewMembership(group=group)
        return [
            services.cards.put(db, NewCard(given=f"P{at:05}", family="Poe", memberships=(new,)))
            for at in range(count)
        ]

    return await services.store.write(unit)


def names(pane):
    rows = pane.view.rows
    return [rows.data(rows.index(at)) for at in range(rows.rowCount())]


async def test_all_are_listed_in_order_in_pages(pane, services, act):
    await some(services, act, 450)

    pane.refresh()
    await until(lambda: pane.view.rows.rowCount() >= 200)
    assert pane.view.rows.rowCount() == 200
    pane.view.setFocus()
    while pane.view.rows.rowCount() < 451:
        before = pane.view.rows.rowCount()
        press(KEY.Key_End)
        await until(lambda before=before: pane.view.rows.rowCount() > before)

    assert names(pane)[0] == "Grace Hopper"
    assert names(pane)[1:] == [f"P{at:05} Poe" for at in range(450)]


class Ten:
    """A search over ten thousand people that counts what it was asked for."""

    def __init__(self):
        self.asked = []
        self.people = [Brief(n, f"P{n:05}", Kind.PERSON, (), "") for n in range(1, 10_001)]

    async def browse(self, group, after, most):
        self.asked.append((after, most))
        return self.people[after or 0 :][:most]


async def test_of_ten_thousand_only_those_are_read_that_are_seen(qtbot, services, act):
    search = Ten()
    pane = PeoplePane(services.cards, services.numbers, search, ALL_WORDS, act, services.clock)
    pane.refresh()
    on_screen(qtbot, pane, 1200, 600)
    await until(lambda: pane.view.rows.rowCount())
    assert search.asked == [(None, 200)]
    pane.view.setFocus()

    press(KEY.Key_End)
    await until(lambda: pane.view.rows.rowCount() == 400)

    assert search.asked == [(None, 200), (200, 200)]
    place = pane.view.verticalScrollBar().value()
    pane.refresh()
    await until(lambda: len(search.asked) == 3)
    assert pane.view.rows.rowCount() == 400
    assert pane.view.verticalScrollBar().value() == place


async def test_letters_find_and_enter_opens(pane, services, act, chosen):
    await some(services, act, 20)
    ada = await services.cards.add(act(), NewCard(given="Ada", family="Lovelace"))
    pane.refresh()
    await until(lambda: pane.view.rows.rowCount() == 22)

    pane.go_to_search()
    write("lovelcae")
    await until(lambda: names(pane) == ["Ada Lovelace"])
    await until(lambda: pane.head.name.text() == "Ada Lovelace")
    press(KEY.Key_Return)

    assert chosen == [ada]


async def test_arrows_walk_the_list_and_the_card_follows(pane, services, act, chosen):
    ids = await some(services, act, 3)
    pane.refresh()
    await until(lambda: pane.view.rows.rowCount() == 4)
    pane.go_to_search()

    press(KEY.Key_Down, KEY.Key_Down)
    await until(lambda: pane.head.name.text() == "P00001 Poe")
    press(KEY.Key_Return)

    assert chosen == [ids[1]]
    assert QApplication.focusWidget() is pane.edit


async def test_a_group_is_listed_alone_and_searched_alone(pane, services, act):
    await some(services, act, 5)
    await some(services, act, 2, Group.SUPPLIER)
    pane.refresh()
    await until(lambda: pane.view.rows.rowCount() == 8)
    pane.edit.setFocus()

    tab_to("Supplier")
    press(KEY.Key_Return)
    await until(lambda: pane.view.rows.rowCount() == 2)
    pane.go_to_search()
    write("grace")
    await until(lambda: pane.view.rows.rowCount() == 0)
    tab_to("All")
    press(KEY.Key_Return)

    await until(lambda: names(pane) == ["Grace Hopper"])


async def test_a_new_person_is_started_and_opened(pane, services, chosen):
    pane.start_new()
    assert focus_name() == "Name"

    write("Ada Poe")
    press(KEY.Key_Return)
    await until(lambda: chosen)

    card = await services.cards.card(chosen[0])
    assert (card.fields["given"], card.fields["family"]) == ("Ada", "Poe")
    assert card.groups(services.cards.today()) == (Group.END_USER,)


async def test_a_card_that_names_nobody_is_refused_and_nothing_typed_is_lost(pane, chosen):
    pane.start_new()
    tab_to("Supplier")
    press(KEY.Key_Space)
    tab_to("Create card")
    press(KEY.Key_Return)
    await until(lambda: pane.form.fields["name"].faulty)

    assert chosen == []
    assert focus_name() == "Name"
    assert pane.form.groups[Group.SUPPLIER].isChecked()
    press(KEY.Key_Escape)
    assert QApplication.focusWidget() is pane.edit


async def test_the_form_says_which_card_is_wanted(qtbot, services):
    form = NewCardForm(services.cards.today)
    on_screen(qtbot, form, 600, 300)
    await until(form.isActiveWindow)
    wanted = []
    form.wanted.connect(wanted.append)
    form.begin(phone="+44 113 496 0877")
    form.setFocus()

    write("Poe GmbH")
    press(KEY.Key_Return)

    (new,) = wanted
    assert (new.kind, new.family, new.phones[0].raw) == (
        Kind.ORGANISATION,
        "Poe GmbH",
        "+44 113 496 0877",
    )
    form.refuse("Not today.")
    assert form.edits["name"].text() == "Poe GmbH"
    assert form.typed
