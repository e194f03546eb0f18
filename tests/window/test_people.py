"""What search finds, as the palette shows it."""

import pytest

from care_console.cards.rules import Group, Kind, NewCard, NewMembership, NewPhone
from care_console.window.people import search_with

PETER = NewCard(
    given="Peter",
    family="Halden",
    company="Halden & Sons",
    phones=(NewPhone(raw="0161 496 0350"),),
    memberships=(NewMembership(group=Group.DISTRIBUTOR),),
)
KESTREL = NewCard(kind=Kind.ORGANISATION, family="Kestrel Valves")


@pytest.fixture
def find(services):
    return search_with(services.search)


async def test_a_person_is_shown_with_groups_company_and_number(act, services, find):
    card_id = await services.cards.add(act(), PETER)

    found = (await find("pet"))[0]

    assert (found.card_id, found.name, found.groups) == (card_id, "Peter Halden", ("distributor",))
    assert "Halden & Sons" in found.sub
    assert "+44 161 496 0350" in found.sub


async def test_a_slip_is_found_and_said_to_be_one(act, services, find):
    await services.cards.add(act(), PETER)

    assert "one letter off" in (await find("haldem"))[0].sub


async def test_an_organisation_without_anything_is_shown_by_its_name(act, services, find):
    await services.cards.add(act(), KESTREL)

    assert (await find("kestrel"))[0].name == "Kestrel Valves"
