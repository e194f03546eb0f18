"""Edits: nothing of another's is overwritten, every act can be taken back, and is done once."""

import asyncio
from datetime import date

import pytest

from care_console.base.command import Command
from care_console.cards.rules import (
    Change,
    Group,
    NewCard,
    NewEmail,
    NewMembership,
    NewPhone,
    RelationKind,
)
from care_console.cards.service import ChangedSince, Conflict
from care_console.cards.service.parts import NotTaken
from care_console.cards.service.replaced import NoCard

MARIA = NewCard(
    given="Maria",
    family="Okafor",
    preferred="Mia",
    phones=(NewPhone(raw="020 7946 0123", label="home"),),
    emails=(NewEmail(address="maria@example.org"),),
    memberships=(
        NewMembership(group=Group.PROSPECT, since=date(2029, 3, 1), account_number="A-17"),
    ),
)


@pytest.fixture
def maria(loop, services, act):
    return loop.run_until_complete(services.cards.add(act(), MARIA))


async def test_a_card_is_kept_as_it_was_given(services, maria):
    card = await services.cards.card(maria)

    assert (card.name, card.fields["preferred"]) == ("Maria Okafor", "Mia")
    assert [(each.raw, each.e164) for each in card.phones] == [("020 7946 0123", "+442079460123")]
    assert card.groups(date(2030, 1, 7)) == (Group.PROSPECT,)


async def test_a_card_that_names_nobody_is_refused_in_words(services, act):
    with pytest.raises(NoCard, match="Type a name"):
        await services.cards.add(act(), NewCard(given="   "))


@pytest.mark.parametrize(
    ("new", "name"),
    [
        (NewCard(phones=(NewPhone(raw="0113 496 0877"),)), "0113 496 0877"),
        (NewCard(emails=(NewEmail(address="a@example.org"),)), "a@example.org"),
        (NewCard(company="Halden & Sons"), "Halden & Sons"),
    ],
)
async def test_who_has_no_name_is_shown_by_what_is_known(services, act, new, name):
    assert (await services.cards.card(await services.cards.add(act(), new))).name == name


async def test_the_same_command_starts_one_card(services, act):
    command = act()

    first = await services.cards.add(command, MARIA)

    assert await services.cards.add(command, MARIA) == first


async def test_an_edit_changes_the_name_that_is_shown_and_is_in_the_history(services, act, maria):
    await services.edits.edit(act(), maria, [Change("family", "Okafor", "Okafor-Bell")])

    assert (await services.cards.card(maria)).name == "Maria Okafor-Bell"
    newest = (await services.cards.history(maria))[0]
    assert (newest.kind, newest.facts["fields"]) == ("card_edited", ["family"])
    assert newest.clerk == "Grace Hopper"
    assert "Okafor" not in str(newest.facts)


async def test_the_same_field_changed_elsewhere_shows_both_and_loses_neither(services, act, maria):
    await services.edits.edit(act(), maria, [Change("preferred", "Mia", "Mimi")])

    with pytest.raises(Conflict) as both:
        await services.edits.edit(act(), maria, [Change("preferred", "Mia", "Ria")])

    assert "Mimi" in str(both.value)
    assert "Ria" in str(both.value)
    assert (both.value.now, both.value.change.value) == ("Mimi", "Ria")
    assert (await services.cards.card(maria)).fields["preferred"] == "Mimi"


async def test_other_fields_changed_elsewhere_are_no_conflict(services, act, maria):
    await services.edits.edit(act(), maria, [Change("preferred", "Mia", "Mimi")])
    await services.edits.edit(act(), maria, [Change("title", "", "Plumber")])

    fields = (await services.cards.card(maria)).fields
    assert (fields["preferred"], fields["title"]) == ("Mimi", "Plumber")


async def test_of_several_changes_all_are_made_or_none(services, act, maria):
    changes = [Change("title", "", "Plumber"), Change("preferred", "somebody", "Mimi")]

    with pytest.raises(Conflict):
        await services.edits.edit(act(), maria, changes)

    assert (await services.cards.card(maria)).fields["title"] == ""


async def test_a_corrected_number_is_found_and_the_old_one_is_not(services, act, maria):
    phone = (await services.cards.card(maria)).phones[0]

    await services.edits.edit(
        act(), maria, [Change("raw", phone.raw, "020 7946 0999", "phone", phone.id)]
    )

    assert (await services.cards.card(maria)).phones[0].e164 == "+442079460999"
    assert [hit.brief.id for hit in await services.search.find("79460999")] == [maria]
    assert await services.search.find("79460123") == []


async def test_an_edit_is_undone_and_the_undo_too(services, act, maria):
    edited = await services.edits.edit(act(), maria, [Change("preferred", "Mia", "Mimi")])

    undone = await services.edits.undo(act(), edited)
    assert (await services.cards.card(maria)).fields["preferred"] == "Mia"
    await services.edits.undo(act(), undone)
    assert (await services.cards.card(maria)).fields["preferred"] == "Mimi"
    kinds = [entry.kind for entry in await services.cards.history(maria)]
    assert kinds == ["card_undone", "card_undone", "card_edited", "card_added"]


async def test_what_was_changed_since_is_not_undone(services, act, maria):
    edited = await services.edits.edit(act(), maria, [Change("preferred", "Mia", "Mimi")])
    await services.edits.edit(act(), maria, [Change("preferred", "Mimi", "Ria")])

    with pytest.raises(ChangedSince):
        await services.edits.undo(act(), edited)

    assert (await services.cards.card(maria)).fields["preferred"] == "Ria"


async def test_parts_come_and_go_and_come_back(services, act, maria):
    added = await services.edits.add_part(act(), maria, "email", {"address": "m@example.com"})
    mails = (await services.cards.card(maria)).emails
    assert [each.address for each in mails] == ["maria@example.org", "m@example.com"]

    removed = await services.edits.remove_part(act(), maria, "email", mails[0].id)
    await services.edits.undo(act(), removed)
    await services.edits.undo(act(), added)

    mails = (await services.cards.card(maria)).emails
    assert [each.address for each in mails] == ["maria@example.org"]


async def test_a_part_of_another_card_is_not_touched(services, act, maria):
    other = await services.cards.add(act(), MARIA)
    phone = (await services.cards.card(other)).phones[0]

    with pytest.raises(ChangedSince):
        await services.edits.remove_part(act(), maria, "phone", phone.id)


async def test_a_prospect_becomes_an_end_user_and_everything_stays(services, act, maria):
    prospect = (await services.cards.card(maria)).memberships[0]

    entry = await services.edits.convert(act(), maria, prospect.id, Group.END_USER)

    card = await services.cards.card(maria)
    assert card.groups(date(2030, 1, 7)) == (Group.END_USER,)
    assert [(each.group, each.account_number) for each in card.memberships] == [
        (Group.PROSPECT, "A-17"),
        (Group.END_USER, "A-17"),
    ]
    await services.edits.undo(act(), entry)
    assert (await services.cards.card(maria)).groups(date(2030, 1, 7)) == (Group.PROSPECT,)


async def test_a_relation_is_one_row_read_from_both_sides(services, act, maria):
    firm = await services.cards.add(act(), NewCard(family="Halden & Sons"))
    await services.edits.relate(act(), maria, RelationKind.WORKS_AT, firm)
    await services.edits.relate(act(), maria, RelationKind.WORKS_AT, firm)

    (here,) = (await services.cards.card(maria)).relations
    (there,) = (await services.cards.card(firm)).relations
    assert (here.other, here.forward) == ("Halden & Sons", True)
    assert (there.other, there.forward) == ("Maria Okafor", False)
    with pytest.raises(NotTaken):
        await services.edits.relate(act(), maria, RelationKind.WORKS_AT, maria)


@pytest.mark.parametrize(
    ("part", "values"),
    [
        ("phone", {"raw": " "}),
        ("email", {"address": ""}),
        ("membership", {"group": "friend"}),
        ("alert", {"words": "Mind the dog", "since": "tomorrow"}),
    ],
)
async def test_what_cannot_stand_in_a_field_is_told_and_not_kept(
    services, act, maria, part, values
):
    before = await services.cards.card(maria)

    with pytest.raises(NotTaken):
        await services.edits.add_part(act(), maria, part, values)

    assert await services.cards.card(maria) == before


async def test_markup_and_control_characters_do_not_get_into_names(services, act):
    new = NewCard(given="<b>Ada\x00\u202e", family="Poe\n" + "x" * 500)

    card = await services.cards.card(await services.cards.add(act(), new))

    assert card.fields["given"] == "<b>Ada"
    assert "\n" not in card.name
    assert len(card.fields["family"]) <= 200


async def test_desks_that_edit_one_field_at_once_all_but_one_are_told(services, act, maria):
    wanted = [
        services.edits.edit(act(), maria, [Change("preferred", "Mia", f"M{n}")]) for n in range(6)
    ]

    told = await asyncio.gather(*wanted, return_exceptions=True)

    assert sum(isinstance(each, Conflict) for each in told) == 5


async def test_an_edit_sent_twice_is_made_once(services, clerk, act, maria):
    command: Command = act()
    change = [Change("preferred", "Mia", "Mimi")]

    first = await services.edits.edit(command, maria, change)

    assert await services.edits.edit(command, maria, change) == first
    assert len(await services.cards.history(maria)) == 2
