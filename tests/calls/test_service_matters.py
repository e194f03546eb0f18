"""What a customer wants settled stays open on the card until it is."""

import asyncio
from dataclasses import replace

import pytest

from care_console.calls.rules.contact import BadContact
from care_console.cards.rules import Fact


@pytest.fixture
def ended(services, act):
    async def ended(card_id, outcome="promised", **more):
        contact = await services.contacts.start(act(), channel="telephone", card_id=card_id)
        await services.contacts.finish(act(), contact, outcome, **more)

    return ended


async def test_a_contact_opens_a_matter_and_the_next_one_joins_it(services, add, ended):
    maria = await add("Maria")

    await ended(maria, matter="No heating")
    await ended(maria, matter="no  HEATING")
    [matter] = await services.matters.open_of(maria)
    await ended(maria, matter_id=matter.id)

    [matter] = await services.matters.open_of(maria)
    assert (matter.title, matter.contacts, matter.state) == ("No heating", 3, "open")


@pytest.mark.parametrize(
    ("outcome", "left"),
    [
        ("settled", 0),
        ("we don't do that", 0),
        ("promised", 1),
        ("passed on", 1),
        ("still not right", 1),
    ],
)
async def test_an_outcome_that_settles_closes_the_matter(services, add, ended, outcome, left):
    maria = await add("Maria")
    await ended(maria, matter="No heating")

    await ended(maria, outcome, matter="No heating")

    assert len(await services.matters.open_of(maria)) == left
    [matter] = await services.matters.all_of(maria)
    assert matter.closed_for == ("" if left else outcome)


async def test_a_ring_is_told_what_is_open(services, act, add, ended):
    maria = await add("Maria")

    await ended(maria, matter="No heating")
    await services.matters.open(act(), maria, "Bill")
    assert await services.cards.facts(maria) == (Fact("matter", 2, None, "No heating"),)

    first, second = await services.matters.open_of(maria)
    await services.matters.close(act(), first.id, "Engineer came")
    assert await services.cards.facts(maria) == (Fact("matter", 1, None, "Bill"),)

    await services.matters.close(act(), second.id, "Paid")
    assert await services.cards.facts(maria) == ()


async def test_a_matter_is_closed_with_a_reason_and_opened_again(services, act, add, clock, kinds):
    maria = await add("Maria")
    matter = await services.matters.open(act(), maria, "No heating")
    close, reopen = act(), act()

    with pytest.raises(BadContact, match="how it was settled"):
        await services.matters.close(act(), matter, "  ")
    clock.pass_by(hours=1)
    for _ in range(2):
        await services.matters.close(close, matter, "Engineer came")
    [closed] = await services.matters.all_of(maria)
    assert (closed.state, closed.closed_for, closed.closed_at) == (
        "closed",
        "Engineer came",
        clock(),
    )

    clock.pass_by(hours=1)
    for _ in range(2):
        await services.matters.reopen(reopen, matter)
    [again] = await services.matters.open_of(maria)
    assert (again.closed_at, again.closed_for) == (None, "")
    entries = await services.cards.history(maria)
    assert [each.kind for each in entries][:2] == ["matter_reopened", "matter_closed"]
    assert entries[1].personal == {"matter": "No heating", "reason": "Engineer came"}
    assert "heating" not in repr([each.facts for each in entries])


async def test_a_matter_without_words_is_refused(services, act, add):
    maria = await add("Maria")

    with pytest.raises(BadContact, match="what the customer wants settled"):
        await services.matters.open(act(), maria, " \n")
    with pytest.raises(BadContact, match="no longer there"):
        await services.matters.close(act(), 99, "x")


async def test_a_command_that_is_repeated_opens_one_matter(services, act, add, kinds):
    maria = await add("Maria")
    command = act()

    ids = {await services.matters.open(command, maria, "Boiler") for _ in range(2)}
    ids.add(await services.matters.open(act(), maria, "boiler"))

    assert len(ids) == 1
    assert (await kinds(maria)).count("matter_opened") == 1


async def test_matters_that_two_desks_open_at_once_are_all_counted(
    services, store, act, add, where
):
    maria = await add("Maria")
    other = await asyncio.to_thread(type(store).open, where)
    try:
        there = replace(services.matters, store=other)
        desks = (services.matters, there) * 6
        await asyncio.gather(
            *(each.open(act(), maria, f"Matter {i}") for i, each in enumerate(desks))
        )
    finally:
        await other.close()

    [fact] = await services.cards.facts(maria)
    assert fact.count == 12
