"""What a caller knew is kept with the contact, for this customer and for no other."""

import pytest

from care_console.calls.records import VerifiedRecord
from care_console.calls.rules import BadContact
from care_console.calls.rules.verified import Level, NotAsked
from care_console.calls.service import Verified
from care_console.cards.rules import NewAddress, NewEmail
from tests.calls.telephone import MARIA


@pytest.fixture
def verified(services):
    return Verified(services.store, services.journal, services.clock, services.settings)


@pytest.fixture
def maria(loop, add):
    more = {
        "addresses": (NewAddress(postcode="N16 5KM"),),
        "emails": (NewEmail(address="maria@example.org"),),
        "may_be_told": "Ada, her daughter",
    }
    return loop.run_until_complete(add("Maria", MARIA, "07700 900123", **more))


async def given(services, verified, contact_id, card_id):
    return await services.store.read(verified.may_give, contact_id, card_id)


async def ticked(verified, contact_id):
    return [each.known for each in (await verified.standing(contact_id)).facts if each.ticked]


async def test_a_matched_number_alone_verifies_nothing(
    services, verified, maria, phone, heard, act
):
    call_id = await heard(phone.ring())
    contact = await services.contacts.start(act(), channel="telephone", call_id=call_id)

    standing = await verified.standing(contact)

    assert (standing.card_id, standing.level) == (maria, Level.NONE)
    [other] = [each.answer for each in standing.facts if each.known == "telephone"]
    assert "7700 900123" in other
    assert not await given(services, verified, contact, maria)


async def test_two_facts_verify_for_giving(services, verified, maria, start, act):
    contact = await start(card_id=maria)

    await verified.tick(act(), contact, "postcode")
    assert (await verified.standing(contact)).level is Level.TALKING
    assert not await given(services, verified, contact, maria)
    await verified.tick(act(), contact, "e-mail")

    assert (await verified.standing(contact)).level is Level.GIVING
    assert await given(services, verified, contact, maria)


async def test_a_fact_is_unticked_and_counts_no_more(services, verified, maria, start, act):
    contact = await start(card_id=maria)
    for known in ("postcode", "e-mail"):
        await verified.tick(act(), contact, known)

    await verified.untick(act(), contact, "e-mail")

    assert await ticked(verified, contact) == ["postcode"]
    assert not await given(services, verified, contact, maria)


async def test_ticked_twice_it_counts_once(services, verified, maria, start, act):
    contact, once = await start(card_id=maria), act()

    await verified.tick(once, contact, "postcode")
    await verified.tick(once, contact, "postcode")
    await verified.tick(act(), contact, "postcode")

    assert (await verified.standing(contact)).level is Level.TALKING


async def test_a_repeated_command_does_not_tick_what_was_unticked_since(
    verified, maria, start, act
):
    contact, once = await start(card_id=maria), act()
    await verified.tick(once, contact, "postcode")
    await verified.untick(act(), contact, "postcode")

    await verified.tick(once, contact, "postcode")

    assert await ticked(verified, contact) == []


async def test_one_contact_unlocks_nothing_for_somebody_else(
    services, verified, maria, add, start, act
):
    jonas, contact = await add("Jonas"), await start(card_id=maria)
    for known in ("postcode", "e-mail"):
        await verified.tick(act(), contact, known)

    assert not await given(services, verified, contact, jonas)
    assert not await given(services, verified, None, maria)
    assert not await given(services, verified, 999, maria)


async def test_a_contact_that_turns_out_to_be_somebody_elses_starts_anew(
    services, verified, maria, add, start, act
):
    jonas, contact = await add("Jonas"), await start(card_id=maria)
    for known in ("postcode", "e-mail"):
        await verified.tick(act(), contact, known)

    await services.contacts.attach(act(), contact, jonas)

    assert not await given(services, verified, contact, jonas)
    await services.contacts.attach(act(), contact, maria)
    assert await ticked(verified, contact) == []


async def test_what_the_card_does_not_say_cannot_be_ticked(verified, maria, start, act):
    contact = await start(card_id=maria)

    for known in ("account number", "document", "rang back"):
        with pytest.raises(NotAsked):
            await verified.tick(act(), contact, known)
    with pytest.raises(NotAsked):
        await verified.tick(act(), await start(), "postcode")
    with pytest.raises(NotAsked):
        await verified.tick(act(), contact, "shoe size")


async def test_a_finished_contact_stays_as_it_is(services, verified, maria, start, act):
    contact = await start(card_id=maria)
    await verified.tick(act(), contact, "postcode")
    await services.contacts.finish(act(), contact, "settled")

    for change in (verified.tick, verified.untick):
        with pytest.raises(BadContact, match="finished"):
            await change(act(), contact, "postcode")
    assert await ticked(verified, contact) == ["postcode"]


async def test_the_house_says_how_many_facts_it_wants(services, verified, maria, start, act):
    contact = await start(card_id=maria)
    for known in ("postcode", "e-mail"):
        await verified.tick(act(), contact, known)

    await services.settings.change(act(), verified_giving=3)

    assert (await verified.standing(contact)).level is Level.READING
    await verified.tick(act(), contact, "telephone")
    assert (await verified.standing(contact)).level is Level.GIVING


async def test_the_last_contact_is_the_one_before_this(
    services, verified, maria, start, act, clock
):
    first = await start(card_id=maria)
    assert "last contact" not in [e.known for e in (await verified.standing(first)).facts]
    await services.contacts.finish(act(), first, "settled")
    clock.pass_by(days=3)

    second = await start(card_id=maria)

    facts = {each.known: each.answer for each in (await verified.standing(second)).facts}
    assert facts["last contact"] == "Mon 7"


async def test_the_journal_keeps_who_ticked_what_and_never_the_answer(
    services, verified, maria, start, act, kinds
):
    contact, before = await start(card_id=maria), await kinds(maria)
    command = act()
    await verified.tick(command, contact, "postcode")

    facts = await services.store.read(services.journal.first_run, command)
    assert facts == {"contact_id": contact, "fact": "postcode"}
    assert await kinds(maria) == before


async def test_who_else_may_be_told_stands_beside_it(verified, maria, start):
    standing = await verified.standing(await start(card_id=maria))

    assert standing.may_be_told == "Ada, her daughter"


async def test_nobody_stands_anywhere_before_it_is_known_whose_contact_it_is(verified, start):
    assert await verified.standing(await start()) is None
    with pytest.raises(BadContact):
        await verified.standing(999)


def test_only_the_kind_of_a_fact_is_kept():
    assert set(VerifiedRecord.model_fields) == {"contact_id", "fact", "at", "clerk_card_id"}
