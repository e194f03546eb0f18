"""A contact ends once, whole, with all that hangs on it, and its end can be taken back."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from care_console.calls.rules import Match
from care_console.calls.rules.contact import BadContact
from tests.calls.telephone import MARIA


async def test_a_finished_contact_is_one_entry_in_the_history(
    services, act, start, add, clock, clerk
):
    maria = await add("Maria", MARIA)
    contact = await start(card_id=maria, group="end-user")
    started = clock()
    clock.pass_by(minutes=7)

    await services.contacts.finish(
        act(), contact, "promised", reason="Visit missed", notes="She waited.", matter="No heating"
    )

    entry, _added = await services.cards.history(maria)
    matter = entry.facts["matter_id"]
    assert (entry.kind, entry.at, entry.group) == ("contact_finished", started, "end-user")
    assert entry.facts == {
        "contact_id": contact,
        "channel": "telephone",
        "direction": "in",
        "outcome": "promised",
        "minutes": 7,
        "matter_id": matter,
        "matter_opened": True,
        "matter_closed": False,
    }
    assert entry.personal == {
        "reason": "Visit missed",
        "notes": "She waited.",
        "matter": "No heating",
    }


async def test_a_finished_contact_leaves_the_desk_and_brings_its_card_to_the_front(
    services, act, start, add, clock, clerk
):
    maria = await add("Maria")
    contact = await start(card_id=maria)

    await services.contacts.finish(act(), contact, "settled")

    assert await services.contacts.open(clerk) == []
    [brief] = await services.cards.briefs([maria])
    assert brief.last_at == clock()
    assert (await services.cards.history(maria))[0].clerk == "Grace Hopper"


async def test_the_facts_of_an_entry_hold_no_word_about_the_person(services, act, start, add):
    maria = await add("Maria")
    contact = await start(card_id=maria)
    await services.contacts.finish(
        act(), contact, "settled", reason="Secret", notes="Secret", matter="Secret"
    )

    [entry, _] = await services.cards.history(maria)
    assert "Secret" not in repr(entry.facts)


async def test_a_contact_on_the_telephone_ends_with_its_call(
    services, act, add, phone, clock, heard
):
    maria = await add("Maria", MARIA)
    ring = phone.ring()
    call = await heard(ring)
    contact = await services.contacts.start(act(), channel="telephone", call_id=call)
    clock.pass_by(minutes=4)
    await heard(phone.end(ring))
    clock.pass_by(minutes=30)  # of writing it up

    await services.contacts.finish(act(), contact, "passed on")

    [finished, _called, _added] = await services.cards.history(maria)
    assert finished.facts["minutes"] == 4
    assert [each.state for each in await services.log.recent()] == ["passed on"]
    assert (await services.rings.caller(phone.ring())).last_contacts[0].outcome == "passed on"


async def test_a_command_that_is_repeated_starts_and_ends_once(services, act, add, clerk, kinds):
    maria = await add("Maria")
    begin, end = act(), act()

    ids = {await services.contacts.start(begin, channel="counter", card_id=maria) for _ in range(2)}
    [contact] = ids
    for _ in range(2):
        await services.contacts.finish(end, contact, "settled")

    assert sorted(await kinds(maria)) == ["card_added", "contact_finished"]
    assert await services.contacts.open(clerk) == []


async def test_what_is_typed_after_the_fact_stands_at_its_own_time(
    services, act, start, add, clock
):
    maria = await add("Maria")
    then = clock() - timedelta(days=3)

    contact = await start(channel="letter", direction="out", card_id=maria, at=then)
    await services.contacts.finish(act(), contact, "settled", notes="Apology sent.")

    entries = await services.cards.history(maria)
    [letter] = [each for each in entries if each.kind == "contact_finished"]
    assert (letter.at, letter.facts["minutes"]) == (then, 0)
    assert (letter.facts["channel"], letter.facts["direction"]) == ("letter", "out")
    [last] = await services.contacts.last_of(maria)
    assert last.at == then


async def test_calling_back_sees_to_a_missed_call_and_does_not_undo_it(
    services, act, add, phone, clock, heard
):
    maria = await add("Maria", MARIA)
    missed = phone.ring()
    call = await heard(missed)
    await heard(phone.end(missed))
    clock.pass_by(hours=1)

    contact = await services.contacts.start(
        act(), channel="telephone", direction="out", call_id=call
    )
    clock.pass_by(minutes=5)
    await services.contacts.finish(act(), contact, "settled")

    assert await services.log.missed() == []
    assert [each.state for each in await services.log.recent()] == ["missed"]
    done = next(e for e in await services.cards.history(maria) if e.kind == "contact_finished")
    assert (done.facts["direction"], done.facts["minutes"]) == ("out", 5)


@pytest.mark.parametrize("kind", ["put through", "wrong number", "cold call"])
async def test_a_digit_ends_a_contact_that_needs_no_words(services, act, phone, heard, clerk, kind):
    call = await heard(phone.ring())
    contact = await services.contacts.start(act(), channel="telephone", call_id=call)

    await services.contacts.end_on_digit(act(), contact, kind)

    assert await services.contacts.open(clerk) == []
    assert (await services.contacts.draft(contact)).outcome == kind
    assert [each.state for each in await services.log.recent()] == [kind]
    with pytest.raises(BadContact):
        await services.contacts.end_on_digit(act(), contact, "settled")


async def test_only_one_of_two_desks_finishes_a_contact(
    services, store, act, add, start, where, kinds
):
    maria = await add("Maria")
    other = await asyncio.to_thread(type(store).open, where)
    mine = services.contacts
    try:
        there = replace(mine, store=other)
        for _ in range(5):
            contact = await start(card_id=maria)
            ends = await asyncio.gather(
                *(
                    each.finish(act(), contact, "settled", matter="Boiler")
                    for each in (mine, there) * 2
                ),
                return_exceptions=True,
            )
            assert sorted(type(each).__name__ for each in ends) == [
                "BadContact",
                "BadContact",
                "BadContact",
                "bool",
            ]
    finally:
        await other.close()

    assert (await kinds(maria)).count("contact_finished") == 5


async def test_an_end_that_nobody_knows_changes_nothing(services, act, start, clerk):
    contact = await start()

    for ends in ("", "won"):
        with pytest.raises(BadContact, match="Say how it ended"):
            await services.contacts.finish(act(), contact, ends, notes="x")

    [draft] = await services.contacts.open(clerk)
    assert draft.untouched
    with pytest.raises(BadContact, match="no longer there"):
        await services.contacts.finish(act(), contact + 9, "settled")
    with pytest.raises(BadContact, match="no longer there"):
        await services.contacts.draft(contact + 9)


async def test_a_contact_is_taken_back_with_all_that_was_written(
    services, act, start, add, clerk, kinds, phone
):
    maria = await add("Maria")
    contact = await start(card_id=maria)
    await services.contacts.finish(
        act(), contact, "promised", reason="Visit missed", notes=f"Ring {MARIA}.", matter="Boiler"
    )
    assert (await services.rings.caller(phone.ring())).match is Match.MAYBE
    command = act()

    for _ in range(2):
        await services.contacts.undo(command, contact)

    [draft] = await services.contacts.unfinished(clerk)
    assert (draft.reason, draft.notes) == ("Visit missed", f"Ring {MARIA}.")
    assert (draft.outcome, draft.matter, draft.matter_id) == ("promised", "Boiler", None)
    assert (await kinds(maria)).count("contact_reopened") == 1
    assert await services.matters.all_of(maria) == []
    assert await services.cards.facts(maria) == ()
    assert await services.contacts.last_of(maria) == []
    assert (await services.rings.caller(phone.ring())).match is Match.UNKNOWN
    with pytest.raises(BadContact, match="nothing to take back"):
        await services.contacts.undo(act(), contact)

    await services.contacts.finish(act(), contact, "promised")
    assert [each.title for each in await services.matters.open_of(maria)] == ["Boiler"]


async def test_taking_back_leaves_a_matter_on_which_others_hang(services, act, start, add):
    maria = await add("Maria")
    first, second = await start(card_id=maria), await start(card_id=maria)
    await services.contacts.finish(act(), first, "promised", matter="Boiler")
    await services.contacts.finish(act(), second, "settled", matter="boiler")
    assert await services.matters.open_of(maria) == []

    await services.contacts.undo(act(), second)

    [boiler] = await services.matters.open_of(maria)
    assert (boiler.title, boiler.contacts) == ("Boiler", 1)

    await services.contacts.undo(act(), first)
    assert [each.title for each in await services.matters.open_of(maria)] == ["Boiler"]


async def test_a_finished_contact_without_a_card_gets_one_later(services, act, start, add, clock):
    then = clock()
    contact = await start(channel="counter")
    await services.contacts.finish(act(), contact, "promised", reason="Parcel", matter="Parcel")
    clock.pass_by(days=1)
    maria, other = await add("Maria"), await add("Other")
    command = act()

    for _ in range(2):
        await services.contacts.attach(command, contact, maria)

    [entry] = [e for e in await services.cards.history(maria) if e.kind != "card_added"]
    assert (entry.kind, entry.at, entry.personal["reason"]) == ("contact_attached", then, "Parcel")
    assert [each.title for each in await services.matters.open_of(maria)] == ["Parcel"]
    with pytest.raises(BadContact, match="stands on another card"):
        await services.contacts.attach(act(), contact, other)


async def test_a_matter_of_somebody_else_is_refused_and_nothing_is_kept(
    services, act, start, add, clerk
):
    maria, other = await add("Maria"), await add("Other")
    matter = await services.matters.open(act(), other, "Boiler")
    contact = await start(card_id=maria)

    with pytest.raises(BadContact, match="another customer's"):
        await services.contacts.finish(act(), contact, "settled", notes="x", matter_id=matter)

    [draft] = await services.contacts.open(clerk)
    assert draft.untouched
