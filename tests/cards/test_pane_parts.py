"""What a card has several of, by keyboard alone: telephones, groups, relations."""

import pytest

from care_console.cards.rules import Group, NewCard, RelationKind
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


async def test_a_telephone_is_added_as_it_is_typed_and_removed_again(pane, services, maria, acts):
    pane.focus_details("preferred")
    tab_to("Add a telephone")
    press(KEY.Key_Return)
    write("0113 496 0877")
    press(KEY.Key_Tab)
    await until(lambda: acts)
    assert acts[0].words == "Telephone added"
    write("work")
    press(KEY.Key_Tab)
    await until(lambda: len(acts) == 2)

    phones = (await services.cards.card(maria)).phones
    assert [(each.raw, each.label) for each in phones] == [
        ("020 7946 0123", "home"),
        ("0113 496 0877", "work"),
    ]
    assert len(pane.details.sheet.parts["phone"].rows) == 2

    pane.details.sheet.parts["phone"].rows[0].remove.setFocus()
    press(KEY.Key_Return)
    await until(lambda: len(acts) == 3)
    await until(lambda: len(pane.details.sheet.parts["phone"].rows) == 1)
    assert [each.raw for each in (await services.cards.card(maria)).phones] == ["0113 496 0877"]
    assert focus_name() == "Add a telephone"


async def test_an_empty_row_is_never_kept_and_there_is_only_one(pane, acts):
    pane.focus_details("preferred")
    tab_to("Add a telephone")
    press(KEY.Key_Return)
    press(KEY.Key_Tab, KEY.Key_Tab)
    tab_to("Add a telephone")
    press(KEY.Key_Return)

    assert len(pane.details.sheet.parts["phone"].rows) == 2
    assert focus_name() == "Number"
    assert acts == []


async def test_a_prospect_becomes_an_end_user_and_can_be_one_no_more(pane, services, maria, acts):
    pane.focus_details("preferred")
    tab_to("Change Prospect to another group")
    press(KEY.Key_Return)
    assert focus_name() == "End-user"
    press(KEY.Key_Return)
    await until(lambda: acts)

    assert acts[0].words == "Now: End-user"
    card = await services.cards.card(maria)
    assert card.groups(services.cards.today()) == (Group.END_USER,)
    assert [each.account_number for each in card.memberships] == ["A-17", "A-17"]
    await until(lambda: len(pane.details.sheet.groups.rows) == 2)
    await acts[0].undo()
    card = await services.cards.card(maria)
    assert card.groups(services.cards.today()) == (Group.PROSPECT,)


async def test_a_group_begins_today_on_one_key(pane, services, maria, acts):
    pane.focus_details("preferred")
    tab_to("Supplier")
    press(KEY.Key_Return)
    await until(lambda: acts)

    supplier = (await services.cards.card(maria)).memberships[-1]
    assert (supplier.group, supplier.since) == (Group.SUPPLIER, services.cards.today())


async def test_a_relation_is_added_by_a_few_letters(pane, services, act, maria, acts):
    halden = await services.cards.add(act(), NewCard(family="Halden & Sons"))
    await services.cards.add(act(), NewCard(given="Peter", family="Haldane"))
    pane.focus_details("preferred")
    tab_to("What they are to each other")
    press(KEY.Key_Tab)
    write("hald")
    picker = pane.details.sheet.relations.other
    await until(lambda: picker.found.rows.rowCount() == 2)
    while picker.found.row().title != "Halden & Sons":
        press(KEY.Key_Down)
    press(KEY.Key_Return)
    await until(lambda: acts)

    (relation,) = (await services.cards.card(maria)).relations
    assert (relation.kind, relation.forward, relation.other_id) == (
        RelationKind.WORKS_AT,
        True,
        halden,
    )
    wanted = []
    pane.opened.connect(wanted.append)
    await until(lambda: pane.details.sheet.relations.rows)
    tab_to("works at Halden & Sons, open the card")
    press(KEY.Key_Return)
    assert wanted == [halden]
    await acts[0].undo()
    assert (await services.cards.card(maria)).relations == ()


async def test_an_owner_is_chosen_among_the_employees(pane, services, act, clerk, maria, acts):
    await services.cards.add(act(), NewCard(given="Grace", family="Kelly"))
    pane.focus_details("preferred")
    tab_to("Owner")
    write("grace")
    picker = pane.details.sheet.groups.rows[0].fields["owner_card_id"].source
    await until(lambda: picker.found.rows.rowCount())
    assert [picker.found.rows.index(0).data()] == ["Grace Hopper"]
    assert picker.found.rows.rowCount() == 1
    press(KEY.Key_Return)
    press(KEY.Key_Tab)
    await until(lambda: acts)

    assert (await services.cards.card(maria)).memberships[0].owner == "Grace Hopper"
    assert picker.edit.text() == "Grace Hopper"


async def test_a_part_that_goes_while_it_is_edited_is_not_lost(pane, services, act, maria, acts):
    pane.focus_details("preferred")
    tab_to("Number")
    overwrite("020 7946 0999")
    phone = (await services.cards.card(maria)).phones[0]
    await services.edits.remove_part(act(), maria, "phone", phone.id)

    pane.refresh()
    row = pane.details.sheet.parts["phone"].rows[0]
    await until(lambda: row.id == 0)
    assert row.fields["raw"].edit.text() == "020 7946 0999"
    press(KEY.Key_Tab)
    await until(lambda: acts)

    assert [each.raw for each in (await services.cards.card(maria)).phones] == ["020 7946 0999"]


async def test_a_company_with_hundreds_of_people_shows_the_first(pane, services, act, maria):
    def unit(db):
        ids = [services.cards.put(db, NewCard(given=f"P{n}")) for n in range(60)]
        from care_console.cards.records import RelationRecord

        db.add_all(RelationRecord(first_id=n, second_id=maria, kind="works at") for n in ids)

    await services.store.write(unit)
    pane.refresh()
    await until(lambda: pane.details.sheet.relations.rows)

    assert len(pane.details.sheet.relations.rows) == 50
    assert "10 more are not shown here." in texts(pane.details.sheet.relations)


def texts(widget) -> str:
    """Return what the labels in a widget say that are shown."""
    from PySide6.QtWidgets import QLabel

    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())
