"""A contact is kept from its first key to its end, once, and whoever ends it first has ended it."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from care_console.base.command import Clerk, Command
from care_console.calls.records import ContactRecord
from care_console.calls.rules.contact import REASONS, BadContact, State
from care_console.calls.service import NoCall
from tests.calls.telephone import MARIA


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


async def test_a_call_that_is_taken_twice_is_one_contact(services, act, start, phone, heard, clerk):
    call = await heard(phone.ring())

    first = await start(call_id=call)
    await services.contacts.keep(first, notes="x")
    await services.contacts.leave(act(), first)

    assert await start(call_id=call) == first
    assert [each.state for each in await services.contacts.open(clerk)] == [State.OPEN]
    with pytest.raises(NoCall):
        await start(call_id=call + 9)


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


async def test_what_is_typed_into_a_contact_that_was_dropped_is_not_lost(
    services, act, start, clerk
):
    contact = await start()
    await services.contacts.leave(act(), contact)

    await services.contacts.keep(contact, notes="A late key")

    [draft] = await services.contacts.unfinished(clerk)
    assert draft.notes == "A late key"


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


async def test_a_draft_gets_its_card_and_so_does_its_call(services, act, phone, add, heard):
    call = await heard(phone.ring())
    contact = await services.contacts.start(act(), channel="telephone", call_id=call)
    maria = await add("Maria", MARIA)

    await services.contacts.attach(act(), contact, maria)

    assert (await services.contacts.draft(contact)).card_name == "Maria"
    assert [each.card_id for each in await services.log.recent()] == [maria]


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
