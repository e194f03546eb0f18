"""A contact is kept from its first key to its end, once, and whoever ends it first has ended it."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from care_console.base.command import Clerk, Command
from care_console.calls.records import ContactRecord
from care_console.calls.rules import Match
from care_console.calls.rules.contact import REASONS, BadContact, State
from care_console.calls.service import NoCall
from tests.calls.telephone import MARIA


@pytest.fixture
def start(services, act):
    async def start(**more):
        return await services.contacts.start(act(), **{"channel": "telephone", **more})

    return start


async def test_what_was_typed_so_far_is_there_after_a_crash(services, start, add, clerk, clock):
    maria = await add("Maria")
    contact = await start(card_id=maria, group="end-user")
    clock.pass_by(seconds=30)
    await services.contacts.keep(
        contact, reason=" Visit\nmissed ", notes="She  waited.\n\nAll day."
    )
    await services.contacts.keep(contact, matter="No heating", outcome="promised")

    [draft] = await services.contacts.open(clerk)

    assert (draft.id, draft.card_id, draft.card_name, draft.group) == (
        contact,
        maria,
        "Maria",
        "end-user",
    )
    assert (draft.reason, draft.notes) == ("Visit missed", "She  waited.\n\nAll day.")
    assert (draft.matter, draft.outcome, draft.state) == ("No heating", "promised", State.OPEN)
    assert draft.saved_at - draft.started_at == timedelta(seconds=30)
    assert not draft.untouched


async def test_a_draft_is_not_in_the_history(services, start, add, kinds):
    maria = await add("Maria")
    contact = await start(card_id=maria)
    await services.contacts.keep(contact, notes="x")

    assert await kinds(maria) == ["card_added"]


async def test_several_are_open_at_once_in_the_order_they_were_started(services, start, clerk):
    ids = [await start(channel=channel) for channel in ("telephone", "counter", "e-mail")]

    assert [each.id for each in await services.contacts.open(clerk)] == ids

    await services.contacts.keep(ids[1], notes="x")
    assert [each.id for each in await services.contacts.open(clerk)] == ids


async def test_another_clerks_contacts_are_not_mine(services, start, add, clerk):
    await start()
    ada = Clerk("Ada", "front desk", await add("Ada"))

    assert await services.contacts.open(ada) == []
    assert await services.contacts.unfinished(ada) == []


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
    assert entry.clerk == "Grace Hopper"
    assert await services.contacts.open(clerk) == []
    [brief] = await services.cards.briefs([maria])
    assert brief.last_at == started


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


async def test_a_call_that_is_taken_twice_is_one_contact(services, act, start, phone, heard, clerk):
    call = await heard(phone.ring())

    first = await start(call_id=call)
    await services.contacts.keep(first, notes="x")
    await services.contacts.leave(act(), first)

    assert await start(call_id=call) == first
    assert [each.state for each in await services.contacts.open(clerk)] == [State.OPEN]
    with pytest.raises(NoCall):
        await start(call_id=call + 9)


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


async def test_an_untouched_contact_closes_itself(services, act, start, add, clerk, kinds):
    maria = await add("Maria")
    contact = await start(card_id=maria)

    assert await services.contacts.leave(act(), contact) is State.DROPPED

    assert await services.contacts.open(clerk) == await services.contacts.unfinished(clerk) == []
    assert await kinds(maria) == ["card_added"]


@pytest.mark.parametrize("typed", ["reason", "notes", "outcome", "matter"])
async def test_a_touched_contact_that_is_left_is_unfinished(services, act, start, clerk, typed):
    contact = await start()
    await services.contacts.keep(contact, **{typed: "settled"})

    for _ in range(2):
        assert await services.contacts.leave(act(), contact) is State.UNFINISHED

    assert [each.id for each in await services.contacts.unfinished(clerk)] == [contact]


async def test_an_unfinished_contact_is_taken_up_again(services, act, start, clerk, clock):
    ids = []
    for text in ("first", "second"):
        ids.append(await start())
        await services.contacts.keep(ids[-1], notes=text)
        await services.contacts.leave(act(), ids[-1])
        clock.pass_by(minutes=1)
    await services.contacts.keep(ids[0], notes="first, and more")
    assert [each.id for each in await services.contacts.unfinished(clerk)] == ids

    await services.contacts.reopen(act(), ids[0])

    assert [each.notes for each in await services.contacts.open(clerk)] == ["first, and more"]
    assert [each.id for each in await services.contacts.unfinished(clerk)] == [ids[1]]


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


async def test_what_is_typed_into_a_contact_that_was_dropped_is_not_lost(
    services, act, start, clerk
):
    contact = await start()
    await services.contacts.leave(act(), contact)

    await services.contacts.keep(contact, notes="A late key")

    [draft] = await services.contacts.unfinished(clerk)
    assert draft.notes == "A late key"


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
                "NoneType",
            ]
    finally:
        await other.close()

    assert (await kinds(maria)).count("contact_finished") == 5


async def test_a_finished_contact_takes_no_more_typing(services, act, start):
    contact = await start()
    await services.contacts.finish(act(), contact, "settled", notes="Done.")

    with pytest.raises(BadContact, match="finished meanwhile"):
        await services.contacts.keep(contact, notes="More")
    with pytest.raises(BadContact, match="What you typed is still here"):
        await services.contacts.finish(act(), contact, "settled", notes="More")
    with pytest.raises(BadContact):
        await services.contacts.reopen(act(), contact)

    assert await services.contacts.leave(act(), contact) is State.FINISHED
    assert (await services.contacts.draft(contact)).notes == "Done."


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


async def test_a_draft_gets_its_card_and_so_does_its_call(services, act, phone, add, heard):
    call = await heard(phone.ring())
    contact = await services.contacts.start(act(), channel="telephone", call_id=call)
    maria = await add("Maria", MARIA)

    await services.contacts.attach(act(), contact, maria)

    assert (await services.contacts.draft(contact)).card_name == "Maria"
    assert [each.card_id for each in await services.log.recent()] == [maria]


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


async def test_hostile_notes_are_kept_or_refused_but_never_lost(services, act, start, add):
    maria = await add("Maria")
    contact = await start(card_id=maria)

    await services.contacts.keep(contact, notes="a\0b\ud800c <b>", reason="x\0\u202ey")
    with pytest.raises(BadContact, match="too long"):
        await services.contacts.keep(contact, notes="x" * 100_000)

    draft = await services.contacts.draft(contact)
    assert (draft.notes, draft.reason) == ("abc <b>", "xy")
    await services.contacts.finish(act(), contact, "settled")
    [last] = await services.contacts.last_of(maria)
    assert last.first_words == "abc <b>"


async def test_reasons_of_the_desk_come_first_the_most_used_before(services, act, start):
    assert (await services.contacts.reasons("vis")) == ["Visit missed"]
    for reason in ("Visit noisy", "Visit late", "visit LATE", "Radiator"):
        contact = await start()
        await services.contacts.finish(act(), contact, "settled", reason=reason)

    assert await services.contacts.reasons("vis") == ["Visit late", "Visit noisy", "Visit missed"]
    assert await services.contacts.reasons("vis", most=1) == ["Visit late"]
    assert (await services.contacts.reasons())[:2] == ["Visit late", "Radiator"]

    await services.contacts.undo(act(), contact)
    assert await services.contacts.reasons("radia") == []
    assert len(await services.contacts.reasons("", most=99)) == len(REASONS) + 2


async def test_reasons_are_read_before_anything_else_runs(services, store):
    if not store.on_file:
        pytest.skip("a server is asked beside the window")
    with pytest.raises(StopIteration):
        services.contacts.reasons("vis").send(None)


async def test_the_bell_rings_for_what_was_kept(services, store, start):
    contact = await start()
    touched = []
    end = store.listen(touched.append)

    await services.contacts.keep(contact, notes="x")
    await store.write(lambda db: None)
    await asyncio.sleep(0)
    end()

    assert any(ContactRecord in each for each in touched)


async def test_contacts_start_for_whoever_sits_there(services, clerk):
    nobody = Clerk("Temp", "front desk")
    contact = await services.contacts.start(Command(uuid4(), nobody), channel="counter")

    assert [each.id for each in await services.contacts.open(nobody)] == [contact]
    assert await services.contacts.open(clerk) == []
