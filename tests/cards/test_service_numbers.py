"""A number leads to all whom it may mean, within the frame, with all that a ring shows of them."""

from datetime import date, timedelta

import pytest

from care_console.base.phone import Plan, read
from care_console.cards.rules import (
    Fact,
    Group,
    Kind,
    NewAddress,
    NewAlert,
    NewCard,
    NewEmail,
    NewMembership,
    NewPhone,
    RelationKind,
)
from care_console.cards.rules.behind import How

MARIA, HALDEN = "020 7946 0123", "0161 496 0350"
PLAN = Plan("GB")


def number(raw):
    return read(raw, PLAN)


def person(given, *numbers, family="Okafor", **more):
    phones = tuple(NewPhone(raw=each) for each in numbers)
    return NewCard(given=given, family=family, phones=phones, **more)


def names(behind, how=How.OWN):
    return sorted(each.headline.name for each in behind.found if each.how is how)


@pytest.fixture
def today(services):
    return services.cards.today()


@pytest.fixture
def headline(services, act):
    """Start a card and return what a ring shows of it."""

    async def headline(**card):
        card_id = await services.cards.add(act(), NewCard(**{"given": "Maria", **card}))
        return await services.numbers.headline(card_id)

    return headline


async def test_a_ring_shows_how_somebody_wants_to_be_treated(headline):
    wishes = {
        "preferred": "Mia",
        "say_it": "oh-KAH-for",
        "form_of_address": "Ms Okafor",
        "pronoun": "she",
        "language": "en",
        "preferred_channel": "telephone",
        "preferred_hours": "mornings",
        "accessibility": "hard of hearing",
        "do": "Speak slowly.",
        "dont": "Never ring her at work.",
        "company": "Halden & Sons",
        "title": "Buyer",
    }

    head = await headline(**wishes)

    assert {name: getattr(head, name) for name in wishes} == wishes
    assert head.called == "Ms Okafor"


async def test_a_ring_shows_the_groups_of_today_and_who_answers_for_them(headline, today, clerk):
    tomorrow = today + timedelta(days=1)

    head = await headline(
        memberships=(
            NewMembership(group=Group.DISTRIBUTOR, since=today, owner_card_id=clerk.card_id),
            NewMembership(group=Group.END_USER, sold_by_card_id=clerk.card_id),
            NewMembership(group=Group.PROSPECT, since=date(2020, 1, 1), until=today),
            NewMembership(group=Group.SUPPLIER, since=tomorrow),
        )
    )

    assert head.groups == ("end-user", "distributor")
    assert (head.owner, head.seller) == ("Grace Hopper", "Grace Hopper")
    assert head.since == date(2020, 1, 1)


async def test_a_ring_shows_the_notes_of_today(headline, today):
    yesterday, tomorrow = today - timedelta(days=1), today + timedelta(days=1)

    head = await headline(
        alerts=(
            NewAlert(words="Two visits missed"),
            NewAlert(words="Over", until=yesterday),
            NewAlert(words="Last day", until=today),
            NewAlert(words="First day", since=today),
            NewAlert(words="Not yet", since=tomorrow),
        )
    )

    assert head.alerts == ("Two visits missed", "Last day", "First day")


async def test_a_ring_shows_the_first_way_of_each_kind(headline):
    head = await headline(
        phones=(NewPhone(raw=MARIA), NewPhone(raw="07700 900123")),
        emails=(NewEmail(address="maria@example.org"), NewEmail(address="second@example.org")),
        addresses=(
            NewAddress(street="1 Mill Lane", town="Leeds", postcode="LS6 1AA"),
            NewAddress(street="2 Second Street"),
        ),
    )

    assert (head.email, head.address) == ("maria@example.org", "1 Mill Lane, Leeds LS6 1AA")
    assert (head.number, head.internal) == ("+442079460123", "")


async def test_a_ring_shows_what_stands_open(services, store, act):
    maria = await services.cards.add(act(), person("Maria", MARIA))
    open_now = (
        Fact("matter", 2, None, "No heating"),
        Fact("promise", 1, services.clock(), "Visit"),
    )
    for fact in (*open_now[::-1], Fact("recovery", 0, None, "")):
        await store.write(services.cards.tell, maria, fact)

    [found] = (await services.numbers.behind(number(MARIA))).found

    assert found.headline.facts == open_now


async def test_a_bare_card_has_an_empty_headline(services, act):
    card_id = await services.cards.add(act(), NewCard(given="Bo"))

    head = await services.numbers.headline(card_id)

    assert (head.name, head.called, head.groups, head.alerts) == ("Bo", "Bo", (), ())
    assert (head.email, head.address, head.number, head.owner) == ("", "", "", "")
    assert head.since is None


async def test_opening_a_card_shows_the_same_headline_as_its_ring(services, act):
    maria = await services.cards.add(
        act(), person("Maria", MARIA, memberships=(NewMembership(group=Group.END_USER),))
    )

    [found] = (await services.numbers.behind(number(MARIA))).found

    assert await services.numbers.headline(maria) == found.headline
    assert await services.numbers.headline(maria + 1) is None


async def test_a_file_is_read_before_anything_else_runs(services, store, act):
    if not store.on_file:
        pytest.skip("a server is asked beside the window")
    maria = await services.cards.add(act(), person("Maria", MARIA))

    for asked in (services.numbers.behind(number(MARIA)), services.numbers.headline(maria)):
        with pytest.raises(StopIteration):
            asked.send(None)  # one step, in which it would otherwise have to wait


@pytest.mark.parametrize(
    "spelling",
    ["020 7946 0123", "+44 20 7946 0123", "0044 20 7946 0123", "tel:+44-20-7946-0123"],
)
async def test_every_spelling_leads_to_the_card(services, act, spelling):
    await services.cards.add(act(), person("Maria", "(020) 7946/0123"))

    assert names(await services.numbers.behind(number(spelling))) == ["Maria Okafor"]


async def test_two_cards_and_a_shared_number_are_told(services, act):
    shared = NewPhone(raw=HALDEN, shared=True)
    await services.cards.add(act(), NewCard(given="Peter", phones=(shared, shared)))
    await services.cards.add(act(), person("Ingrid", HALDEN))

    behind = await services.numbers.behind(number(HALDEN))

    assert names(behind) == ["Ingrid Okafor", "Peter"]
    assert {each.headline.name: each.shared for each in behind.found} == {
        "Ingrid Okafor": False,
        "Peter": True,
    }


async def test_an_organisations_number_leads_to_those_who_work_there(services, act, today):
    place = await services.cards.add(
        act(),
        NewCard(kind=Kind.ORGANISATION, family="Halden & Sons", phones=(NewPhone(raw=HALDEN),)),
    )
    peter = await services.cards.add(act(), person("Peter"))
    other = await services.cards.add(act(), person("Other"))
    await services.edits.relate(act(), peter, RelationKind.WORKS_AT, place)
    await services.edits.relate(act(), other, RelationKind.SUPPLIED_BY, place)

    behind = await services.numbers.behind(number(HALDEN))

    assert names(behind) == ["Halden & Sons"]
    assert names(behind, How.PLACE) == ["Peter Okafor"]
    assert behind.organisation.name == "Halden & Sons"
    assert behind.organisation.id == place


async def test_a_number_in_a_note_is_told_where_it_is_on_no_card(services, act):
    await services.cards.add(act(), NewCard(given="Ella", note=f"Her sister is on {MARIA}."))

    assert names(await services.numbers.behind(number(MARIA)), How.NOTED) == ["Ella"]

    await services.cards.add(act(), person("Maria", MARIA))

    behind = await services.numbers.behind(number(MARIA))
    assert (names(behind), names(behind, How.NOTED)) == (["Maria Okafor"], [])


async def test_an_extension_of_the_house_finds_the_employee(services, act, today):
    work = NewMembership(group=Group.EMPLOYEE)
    left = NewMembership(group=Group.EMPLOYEE, until=today)
    await services.cards.add(act(), person("Tomas", "204", family="Reed", memberships=(work,)))
    await services.cards.add(act(), person("Left", "204", memberships=(left,)))
    await services.cards.add(act(), person("Customer", f"{HALDEN} ext 204"))

    behind = await services.numbers.behind(number("204"))

    assert names(behind) == ["Tomas Reed"]
    assert behind.found[0].headline.internal == "204"


async def test_the_extension_of_a_switchboard_is_compared(services, act):
    await services.cards.add(act(), person("Peter", f"{HALDEN} ext 12"))
    await services.cards.add(act(), person("Ingrid", f"{HALDEN} ext 13"))

    behind = await services.numbers.behind(number(f"{HALDEN} ext 13"))

    assert {each.headline.name: each.exact for each in behind.found} == {
        "Peter Okafor": False,
        "Ingrid Okafor": True,
    }
    assert all(each.shared for each in behind.found)


async def test_a_number_that_is_on_hundreds_of_cards_brings_the_latest_fifty(services, store, act):
    ids = await store.write(
        lambda db: [services.cards.put(db, person(f"P{i}", HALDEN)) for i in range(60)]
    )
    at = services.clock() - timedelta(days=1)
    await store.write(lambda db: [services.index.touch(db, each, at) for each in ids[10:]])

    behind = await services.numbers.behind(number(HALDEN))

    assert sorted(each.headline.id for each in behind.found) == ids[10:]
    assert {each.last_at for each in behind.found} == {at}


@pytest.mark.parametrize("raw", ["", "anonymous", "Bob", "sip:rosa@example.org", "1" * 400, "999"])
async def test_what_is_no_number_leads_to_nobody(services, act, raw):
    await services.cards.add(act(), person("Maria", MARIA))

    assert (await services.numbers.behind(number(raw))).found == ()


async def test_an_argentine_number_is_found_with_and_without_its_nine(services, act):
    await services.cards.add(act(), person("Ana", "+54 9 11 2345 6789"))

    assert names(await services.numbers.behind(number("+54 11 2345 6789"))) == ["Ana Okafor"]
