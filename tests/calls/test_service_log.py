"""The call log holds each call once, whatever order its events come in."""

import asyncio
from dataclasses import replace

import pytest
from sqlmodel import select

from care_console.calls.records import CallRecord
from care_console.calls.rules.causes import cause_words
from care_console.calls.rules.words import WORDS
from care_console.calls.service import NoCall
from care_console.cards.rules import NewCard, NewPhone
from care_console.lines.line import NOBODY_HERE
from tests.calls.telephone import MARIA, Telephone

OTHER = "0113 496 0877"


async def states(services):
    return [each.state for each in await services.log.recent()]


async def test_a_known_call_is_kept_with_its_card_and_journalled_when_it_is_answered(
    services, add, phone, clock, heard, kinds
):
    maria = await add("Maria", MARIA)
    ring = phone.ring(called_line="sales", name="M OKAFOR")

    call = await heard(ring)
    assert await kinds(maria) == ["card_added"]  # a ring alone is not in the history

    clock.pass_by(seconds=6)
    assert await heard(phone.answer(ring)) == call
    clock.pass_by(minutes=3)
    await heard(phone.end(ring))

    [row] = await services.log.recent()
    assert (row.state, row.match, row.card_id, row.card_name) == (
        "answered",
        "known",
        maria,
        "Maria",
    )
    assert (row.number, row.name, row.called) == ("+442079460123", "M OKAFOR", "sales")
    assert (row.ended_at - row.answered_at).total_seconds() == 180
    assert await kinds(maria) == ["called", "card_added"]
    assert await services.log.missed() == []


async def test_a_call_nobody_took_is_missed_and_in_the_history(services, add, phone, heard, kinds):
    maria = await add("Maria", MARIA)
    ring = phone.ring()

    await heard(ring)
    await heard(phone.end(ring))

    assert await states(services) == ["missed"]
    assert await kinds(maria) == ["missed", "card_added"]


async def test_a_call_at_a_desk_that_was_left_is_listed_but_nobody_claims_that_it_was_not_answered(
    services, add, phone, heard
):
    maria = await add("Maria", MARIA)
    ring = phone.ring()

    await heard(ring)
    await heard(replace(phone.end(ring), cause=NOBODY_HERE))

    assert [each.newest.cause for each in await services.log.missed()] == [NOBODY_HERE]
    assert "colleague may have answered" in cause_words(NOBODY_HERE)
    entry = (await services.cards.history(maria))[0]
    assert WORDS[entry.kind](entry).title == "Called, nobody was at the desk"


async def test_what_a_colleague_took_is_not_missed(services, add, phone, heard, kinds):
    maria = await add("Maria", MARIA)
    ring = phone.ring()

    await heard(ring)
    await heard(phone.elsewhere(ring))
    await heard(phone.end(ring))

    assert await states(services) == ["elsewhere"]
    assert await services.log.missed() == []
    assert await kinds(maria) == ["called", "card_added"]


async def test_seven_copies_of_an_event_are_one_call(services, phone, heard):
    ring = phone.ring()

    calls = await asyncio.gather(*(heard(ring) for _ in range(7)))

    assert len(set(calls)) == 1
    assert await states(services) == ["ringing"]


async def test_two_desks_that_hear_one_call_keep_it_once(services, store, act, phone, where):
    other = await asyncio.to_thread(type(store).open, where)
    try:
        there = replace(services.log, store=other)
        rings = [phone.ring() for _ in range(10)]
        for ring in rings:
            ids = await asyncio.gather(
                *(log.began(act(), ring, None) for log in (services.log, there) * 2)
            )
            assert len(set(ids)) == 1
    finally:
        await other.close()

    assert len(await services.log.recent()) == 10


async def test_a_repeated_command_is_carried_out_once(services, act, add, phone, heard, kinds):
    maria = await add("Maria", MARIA)
    ring = phone.ring()
    await heard(ring)
    command = act()

    ids = {await services.log.answered(command, phone.answer(ring)) for _ in range(2)}

    assert len(ids) == 1
    assert await kinds(maria) == ["called", "card_added"]


async def test_an_end_before_the_ring_is_a_missed_call_with_its_card(
    services, add, phone, heard, kinds
):
    maria = await add("Maria", MARIA)
    ring = phone.ring()

    first = await heard(phone.end(ring))
    then = await heard(ring)

    assert first == then
    [row] = await services.log.recent()
    assert (row.state, row.card_id, row.match) == ("missed", maria, "known")
    assert await kinds(maria) == ["missed", "card_added"]


async def test_an_answer_to_a_call_that_never_rang_makes_the_call(services, phone, heard):
    ring = phone.ring()

    await heard(phone.answer(ring))

    [row] = await services.log.recent()
    assert (row.state, row.number, row.match) == ("answered", "+442079460123", "unknown")


async def test_an_id_that_a_line_uses_again_is_another_call(services, phone, clock, heard):
    for _ in range(2):
        ring = phone.ring(call_id="1")
        await heard(ring)
        await heard(phone.end(ring))
        clock.pass_by(hours=1)

    assert await states(services) == ["missed", "missed"]


async def test_the_same_id_on_two_lines_is_two_calls(services, clock, heard):
    for line in ("line 1", "line 2"):
        await heard(Telephone(clock, line).ring(call_id="1"))

    assert len(await services.log.recent()) == 2


async def test_a_withheld_call_leaves_neither_number_nor_name(services, store, phone, heard):
    for event in (phone.withheld(name="Maria"), phone.ring("Anonymous", name="Maria")):
        await heard(event)
        await heard(phone.end(event))

    def kept(db):
        return [row.model_dump() for row in db.exec(select(CallRecord))]

    for row in await store.read(kept):
        assert (row["e164"], row["raw"], row["name"]) == (None, "", "")
        assert (row["presentation"], row["match"]) == ("withheld", "withheld")
        assert "Maria" not in repr(row)
    assert [each.count for each in await services.log.missed()] == [1, 1]


async def test_records_that_did_not_answer_still_get_their_call(services, act, phone):
    await services.log.began(act(), phone.ring(called_line="sales"), None)

    [row] = await services.log.recent()
    assert (row.number, row.called, row.match) == ("+442079460123", "sales", "unknown")


async def test_missed_calls_of_one_number_are_one_entry_until_somebody_saw_to_it(
    services, act, add, phone, clock, heard, kinds
):
    maria = await add("Maria", MARIA)
    for number in (MARIA, OTHER, MARIA):
        ring = phone.ring(number)
        await heard(ring)
        await heard(phone.end(ring))
        clock.pass_by(minutes=10)

    first, second = await services.log.missed()
    assert (first.newest.card_name, first.count) == ("Maria", 2)
    assert (second.newest.number, second.count) == ("+441134960877", 1)

    command = act()
    for _ in range(2):
        await services.log.seen(command, first.newest.id)

    assert [each.newest.number for each in await services.log.missed()] == ["+441134960877"]
    assert (await kinds(maria))[0] == "missed_seen"


async def test_who_calls_again_and_is_answered_is_no_longer_missed(services, phone, clock, heard):
    missed = phone.ring()
    await heard(missed)
    await heard(phone.end(missed))
    clock.pass_by(minutes=10)
    again = phone.ring()
    await heard(again)
    assert len(await services.log.missed()) == 1

    await heard(phone.answer(again))

    assert await services.log.missed() == []


async def test_a_call_that_a_queue_rings_again_is_one_call_and_missed_once(
    services, act, add, phone, clock, heard, kinds
):
    maria = await add("Maria", MARIA)
    ring = phone.ring(called_line="sales")
    call = await heard(ring)
    for _round in range(3):
        clock.pass_by(seconds=20)
        await heard(replace(phone.end(ring), cause="nobody"))
        assert [each.count for each in await services.log.missed()] == [1]
        clock.pass_by(seconds=5)
        on = phone.ring(call_id=ring.call_id, called_line="sales")
        assert await services.log.rings_on(act(), on, await services.rings.caller(on)) == call
        assert await states(services) == ["ringing"]
        assert await services.log.missed() == []
    await heard(phone.end(ring))

    [row] = await services.log.recent()
    assert (row.state, row.started_at, row.ended_at) == ("missed", ring.at, clock())
    assert row.cause == ""
    assert await kinds(maria) == ["missed", "card_added"]


async def test_a_call_that_rings_again_may_be_answered(services, act, phone, clock, heard):
    ring = phone.ring()
    await heard(ring)
    await heard(phone.end(ring))
    clock.pass_by(seconds=5)
    await services.log.rings_on(act(), phone.ring(call_id=ring.call_id), None)
    await heard(phone.answer(ring))
    await heard(phone.end(ring))

    assert await states(services) == ["answered"]
    assert await services.log.missed() == []


async def test_taking_a_call_ends_its_being_missed(services, act, add, phone, heard, kinds):
    maria = await add("Maria", MARIA)
    ring = phone.ring()
    call = await heard(ring)

    await services.contacts.start(act(), channel="telephone", call_id=call)
    await heard(phone.end(ring))

    assert await states(services) == ["answered"]
    assert await kinds(maria) == ["called", "card_added"]


async def test_a_call_is_attached_to_whom_it_was(services, act, add, phone, heard, kinds):
    call = await heard(phone.ring())
    maria = await add("Maria")
    command = act()

    for _ in range(2):
        await services.log.attach(command, call, maria)

    assert (await services.log.recent())[0].card_id == maria
    assert await kinds(maria) == ["call_attached", "card_added"]
    with pytest.raises(NoCall):
        await services.log.attach(act(), call + 99, maria)


async def test_past_calls_of_a_number_that_is_put_on_a_card_are_linked(
    services, act, add, phone, clock, heard, kinds
):
    for number in (MARIA, MARIA, OTHER):
        await heard(phone.ring(number))
        clock.pass_by(minutes=1)
    unknown = await heard(phone.ring())
    contact = await services.contacts.start(act(), channel="telephone", call_id=unknown)
    await services.contacts.finish(act(), contact, "promised", reason="Visit missed")
    maria = await add("Maria", MARIA)
    command = act()

    assert [await services.log.link(command, maria) for _ in range(2)] == [3, 3]

    assert [each.card_id for each in await services.log.recent()] == [maria, None, maria, maria]
    assert sorted(await kinds(maria)) == ["calls_linked", "card_added"]
    assert [each.reason for each in await services.contacts.last_of(maria)] == ["Visit missed"]
    [linked] = [e for e in await services.cards.history(maria) if e.kind == "calls_linked"]
    assert linked.personal == {"reasons": ["Visit missed"]}
    assert linked.facts["count"] == 3
    assert await services.log.link(act(), maria) == 0


async def test_calls_of_a_number_to_which_others_answer_are_nobodys(
    services, act, add, phone, heard
):
    await heard(phone.ring())
    await heard(phone.ring(OTHER))
    await add("Peter", MARIA)
    shared = NewPhone(raw=OTHER, shared=True)
    ingrid = await services.cards.add(act(), NewCard(given="Ingrid", phones=(shared,)))
    maria = await add("Maria", MARIA)

    assert await services.log.link(act(), maria) == 0
    assert await services.log.link(act(), ingrid) == 0
