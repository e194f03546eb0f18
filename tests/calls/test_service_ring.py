"""A ring is answered within the frame: by a card, by some to choose from, or by its number."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import func, select

from care_console.base.command import Clerk, Command
from care_console.calls.records import CallRecord, ContactRecord
from care_console.calls.rules import Match, sentence
from care_console.cards.rules import (
    Fact,
    Group,
    Kind,
    NewCard,
    NewMembership,
    NewPhone,
    RelationKind,
)
from care_console.lines.line import Presentation
from care_console.store import NoAnswer
from tests.calls.telephone import MARIA
from tests.conftest import PATIENCE_S

HALDEN = "0161 496 0350"


def who(caller):
    return [each.headline.name for each in caller.candidates]


async def ended(services, act, card_id, **more):
    contact = await services.contacts.start(act(), channel="telephone", card_id=card_id)
    await services.contacts.finish(act(), contact, "settled", **more)
    return contact


async def test_a_file_is_read_before_anything_else_runs(services, store, add, phone, clerk):
    if not store.on_file:
        pytest.skip("a server is asked beside the window")
    await add("Maria", MARIA)
    await add("Peter", HALDEN)
    await add("Ingrid", HALDEN)

    for number, match in ((MARIA, Match.KNOWN), (HALDEN, Match.SHARED)):
        asked = services.rings.caller(phone.ring(number), clerk)
        with pytest.raises(StopIteration) as answered:
            asked.send(None)  # one step, in which it would otherwise have to wait
        assert answered.value.value.match is match


async def test_a_known_caller_comes_with_the_card_and_its_last_contacts(
    services, act, add, phone, clock, clerk
):
    maria = await add("Maria", MARIA)
    for reason in ("First", "Second", "Third", "Fourth"):
        clock.pass_by(days=1)
        await ended(services, act, maria, reason=reason, notes=f"{reason}: she waited.")

    caller = await services.rings.caller(phone.ring(), clerk)

    assert (caller.match, caller.card.name) == (Match.KNOWN, "Maria")
    assert caller.shown == "+44 20 7946 0123"
    assert sentence(caller) == "+44 20 7946 0123 is on the card of Maria only."
    assert [each.reason for each in caller.last_contacts] == ["Fourth", "Third", "Second"]
    last = caller.last_contacts[0]
    assert (last.channel, last.outcome, last.clerk) == ("telephone", "settled", "Grace Hopper")
    assert (last.first_words, last.at) == ("Fourth: she waited.", clock())
    assert caller.candidates[0].last_at == clock()
    assert caller.candidates[0].why == "the only card with this number"


async def test_a_ring_writes_nothing_and_makes_no_card(services, store, add, phone):
    await add("Maria", MARIA)

    def count(db):
        tables = (CallRecord, ContactRecord)
        return [db.exec(select(func.count()).select_from(each)).one() for each in tables]

    for number in (MARIA, "0113 496 0877"):
        await services.rings.caller(phone.ring(number))

    assert await store.read(count) == [0, 0]
    assert (await services.rings.caller(phone.ring("0113 496 0877"))).match is Match.UNKNOWN


async def test_a_shared_number_is_ranked_and_opens_nothing(
    services, store, act, add, phone, clock, clerk
):
    place = await services.cards.add(
        act(),
        NewCard(kind=Kind.ORGANISATION, family="Halden & Sons", phones=(NewPhone(raw=HALDEN),)),
    )
    names = ("Ann", "Lately", "Open", "Due", "Mine")
    staff = {name: await add(name) for name in names}
    for card_id in staff.values():
        await services.edits.relate(act(), card_id, RelationKind.WORKS_AT, place)
    tomorrow = clock() + timedelta(days=1)
    await store.write(services.cards.tell, staff["Open"], Fact("recovery", 1, None, "Angry"))
    await store.write(services.cards.tell, staff["Due"], Fact("promise", 1, tomorrow, "Call"))
    await ended(services, act, staff["Lately"])
    await services.contacts.start(act(), channel="counter", card_id=staff["Mine"])

    caller = await services.rings.caller(phone.ring(HALDEN), clerk)

    assert caller.match is Match.SHARED
    assert caller.card is None
    assert who(caller) == ["Mine", "Due", "Open", "Lately", "Ann", "Halden & Sons"]
    assert caller.organisation.name == "Halden & Sons"
    assert {each.why for each in caller.candidates} == {
        "works at Halden & Sons",
        "the number is on this card",
    }
    assert caller.last_contacts == ()


async def test_an_open_matter_that_the_clerk_worked_on_is_open_with_them(
    services, act, add, phone, clock, clerk
):
    ada = Clerk("Ada", "front desk", await add("Ada"))
    for name, by in (("Zoe", clerk), ("Ann", ada)):
        card_id = await add(name, HALDEN)
        contact = await services.contacts.start(
            Command(uuid4(), by), channel="telephone", card_id=card_id
        )
        await services.contacts.finish(Command(uuid4(), by), contact, "promised", matter="Boiler")
        clock.pass_by(days=1)

    assert who(await services.rings.caller(phone.ring(HALDEN), clerk)) == ["Zoe", "Ann"]
    assert who(await services.rings.caller(phone.ring(HALDEN), ada)) == ["Ann", "Zoe"]


async def test_a_number_in_a_contacts_notes_is_only_a_guess(services, act, add, phone):
    ella = await add("Ella")
    await ended(services, act, ella, notes=f"Her sister can be reached on {MARIA} too.")

    caller = await services.rings.caller(phone.ring())

    assert (caller.match, caller.card, who(caller)) == (Match.MAYBE, None, ["Ella"])


async def test_a_number_in_the_notes_of_six_cards_is_no_guess(services, add, phone):
    for i in range(6):
        await add(f"P{i}", note=f"The taxi is {MARIA}.")

    caller = await services.rings.caller(phone.ring())

    assert (caller.match, who(caller)) == (Match.UNKNOWN, [])


async def test_withheld_and_unavailable_find_nobody_and_say_different_things(services, add, phone):
    await add("Maria", MARIA)

    withheld = await services.rings.caller(phone.withheld(name="Maria Okafor"))
    none = await services.rings.caller(phone.ring(presentation=Presentation.UNAVAILABLE))

    assert withheld.match is none.match is Match.WITHHELD
    assert (withheld.shown, none.shown) == ("Number withheld", "No number was sent")
    assert sentence(withheld).startswith("The caller hides the number.")
    assert sentence(none).startswith("The network sent no number.")
    for caller in (withheld, none):
        assert caller.candidates == ()
        assert "Maria" not in repr(caller)
        assert "7946" not in repr(caller)


async def test_the_name_that_came_with_the_call_is_told_unless_it_is_hidden(services, phone):
    for hidden, sent in ((Presentation.ALLOWED, "Rosa"), (Presentation.WITHHELD, "")):
        caller = await services.rings.caller(
            phone.ring("0113 496 0877", name="Rosa", presentation=hidden)
        )
        assert caller.sent == sent


async def test_an_extension_of_the_house_is_the_colleague(services, add, phone):
    work = (NewMembership(group=Group.EMPLOYEE),)
    await add("Tomas", "204", memberships=work)

    caller = await services.rings.caller(phone.ring("204"))

    assert (caller.match, caller.card.name, caller.shown) == (Match.KNOWN, "Tomas", "204")


async def test_a_number_of_the_house_is_no_customers(services, act, add, phone):
    await services.settings.change(act(), called=("020 7946 0100 = the main number",))
    await add("Wrongly", "020 7946 0100")
    work = (NewMembership(group=Group.EMPLOYEE),)

    first = await services.rings.caller(phone.ring("020 7946 0100"))
    await add("Tomas", "020 7946 0100 ext 204", memberships=work)
    then = await services.rings.caller(phone.ring("020 7946 0100"))

    assert (first.match, who(first), first.house) == (Match.UNKNOWN, [], "the main number")
    assert "one of our own numbers" in sentence(first)
    assert (then.match, who(then)) == (Match.SHARED, ["Tomas"])


async def test_calls_before_are_counted(services, act, add, phone, clock, heard):
    for _ in range(3):
        await heard(phone.ring())
        clock.pass_by(minutes=5)
    maria = await add("Maria", MARIA)
    await services.log.link(act(), maria)
    await add("Peter", MARIA)
    await heard(phone.ring())
    clock.pass_by(minutes=5)
    ring = phone.ring()
    await heard(ring)

    caller = await services.rings.caller(ring)  # which is itself in the log by now

    assert caller.times_before == 4
    assert {each.headline.name: each.times for each in caller.candidates} == {
        "Maria": 3,
        "Peter": 0,
    }


async def test_the_greeting_is_for_the_called_number_and_the_cards_language(
    services, act, add, phone, clerk
):
    await services.settings.change(
        act(),
        called=("+442079460110 = the sales number",),
        greetings=(
            "020 7946 0110 = {hello}, {company} sales, {clerk} speaking.",
            "fr = {company}, {hello}.",
        ),
    )
    await add("Colette", MARIA, language="fr")
    sales = phone.ring("0113 496 0877", called_line="02079460110")
    rings = services.rings

    unknown = await rings.caller(sales, clerk)
    assert unknown.greeting == "Good morning, Northgate Heating sales, Grace Hopper speaking."
    assert unknown.called == "the sales number"
    assert (await rings.caller(phone.ring(), clerk)).greeting == "Northgate Heating, Bonjour."
    assert (await rings.caller(phone.ring(called_line="020 7946 0111"))).called == (
        "+44 20 7946 0111"
    )


async def test_records_that_do_not_answer_leave_the_number(services, store, phone, monkeypatch):
    go = threading.Event()
    monkeypatch.setattr(store, "_kept", None)
    monkeypatch.setattr("care_console.store.store.DEADLINE_S", 0.2)
    monkeypatch.setattr("care_console.store.store.ask", lambda *asked: go.wait(PATIENCE_S))

    with pytest.raises(NoAnswer, match="The records do not answer"):
        await services.rings.caller(phone.ring())
    go.set()

    bare = services.rings.bare(phone.ring(called_line="sales"))
    assert (bare.shown, bare.match, bare.called) == ("+44 20 7946 0123", Match.UNKNOWN, "sales")
    assert bare.greeting.startswith("Good morning, Northgate Heating")
