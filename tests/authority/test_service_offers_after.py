"""What becomes of an offer: it lapses, is let go, given, withdrawn or taken back."""

from uuid import uuid4

import pytest
from sqlmodel import col, func, select

from care_console.authority.records import RemedyRecord, SpentRecord
from care_console.authority.rules.views import COUNTS
from care_console.authority.service import (
    NotGiven,
    NotVerified,
    OverLimit,
    SecondPerson,
    TooLate,
    WhyWanted,
)
from care_console.base.command import Command
from care_console.cards.rules import RelationKind
from care_console.staff.rules import NotAllowed, Role
from tests.authority.rooms import rooms_over


async def used(store, scope):
    def ask(db):
        return db.exec(
            select(func.coalesce(func.sum(SpentRecord.used), 0)).where(SpentRecord.scope == scope)
        ).one()

    return int(await store.read(ask))


async def standing(store, remedy_id):
    return await store.read(lambda db: db.get_one(RemedyRecord, remedy_id).state)


async def test_an_offer_lapses_after_ten_minutes_and_is_swept(
    store, authority, clock, by, hire, customer, remedy, limits
):
    rosa, omar, maria = await hire(), await hire("Omar Haddad"), await customer()
    waive = await remedy()
    await limits(Role.CSR, customer=4_000)
    offered = await authority.offer(by(rosa), waive, maria, minor=4_000)
    clock.pass_by(seconds=599)
    with pytest.raises(OverLimit):
        await authority.offer(by(omar), waive, maria, minor=4_000)

    clock.pass_by(seconds=1)
    assert await authority.offer(by(omar), waive, maria, minor=4_000)

    assert await standing(store, offered.remedy_id) == "lapsed"
    assert await used(store, "day") == 4_000
    with pytest.raises(TooLate):
        await authority.give(by(rosa), offered.remedy_id)


async def test_what_is_let_go_can_be_given_elsewhere(
    store, authority, by, hire, customer, remedy, limits
):
    rosa, maria, waive = await hire(), await customer(), await remedy()
    await limits(Role.CSR, day=4_000)
    offered = await authority.offer(by(rosa), waive, maria, minor=4_000)

    await authority.let_go(by(rosa), offered.remedy_id)
    await authority.let_go(by(rosa), offered.remedy_id)

    assert await used(store, "day") == 0
    assert await authority.offer(by(rosa), waive, await customer("Jonas Weber"), minor=4_000)


async def test_for_a_minute_it_can_be_withdrawn(
    store, authority, clock, by, hire, customer, remedy, limits
):
    rosa, maria, waive = await hire(), await customer(), await remedy()
    await limits(Role.CSR)
    first = await authority.offer(by(rosa), waive, maria, minor=1_000)
    await authority.give(by(rosa), first.remedy_id)
    second = await authority.offer(by(rosa), waive, maria, minor=2_000)
    await authority.give(by(rosa), second.remedy_id)
    clock.pass_by(seconds=60)
    await authority.withdraw(by(rosa), first.remedy_id)
    clock.pass_by(seconds=1)

    with pytest.raises(TooLate):
        await authority.withdraw(by(rosa), second.remedy_id)

    assert await used(store, "day") == 2_000
    with pytest.raises(NotGiven):
        await authority.withdraw(by(rosa), first.remedy_id)


async def test_a_remedy_is_taken_back_with_a_reason_and_later_by_a_supervisor(
    store, authority, clock, by, hire, customer, remedy, limits
):
    rosa, dana = await hire(), await hire("Dana Whitfield", Role.SUPERVISOR)
    maria, waive = await customer(), await remedy()
    await limits(Role.CSR)
    gifts = []
    for _ in range(3):
        offered = await authority.offer(by(rosa), waive, maria, minor=1_000)
        gifts.append((await authority.give(by(rosa), offered.remedy_id)).remedy_id)

    with pytest.raises(WhyWanted):
        await authority.reverse(by(rosa), gifts[0], "  ")
    await authority.reverse(by(rosa), gifts[0], "Wrong customer")
    with pytest.raises(NotAllowed):
        await authority.reverse(by(await hire("Omar Haddad")), gifts[1], "Mine")
    clock.pass_by(days=1, seconds=1)
    with pytest.raises(NotAllowed):
        await authority.reverse(by(rosa), gifts[1], "Late")
    await authority.reverse(by(dana), gifts[1], "Paid twice")

    assert await used(store, "day") == 1_000
    assert [await standing(store, each) for each in gifts] == ["reversed", "reversed", "given"]


async def test_what_a_colleague_offered_is_theirs(authority, by, hire, customer, remedy, limits):
    rosa, omar, maria = await hire(), await hire("Omar Haddad"), await customer()
    waive = await remedy()
    await limits(Role.CSR)
    offered = await authority.offer(by(rosa), waive, maria, minor=1_000)

    for act in (authority.give, authority.let_go):
        with pytest.raises(NotGiven):
            await act(by(omar), offered.remedy_id)


async def test_a_clerk_who_left_gives_nothing(
    services, act, authority, by, hire, customer, remedy, limits
):
    rosa, maria, waive = await hire(), await customer(), await remedy()
    await limits(Role.CSR)
    offered = await authority.offer(by(rosa), waive, maria, minor=1_000)
    await services.staff.deactivate(act(), rosa.card_id)

    with pytest.raises(NotAllowed):
        await authority.give(by(rosa), offered.remedy_id)
    with pytest.raises(NotAllowed):
        await authority.offer(by(rosa), waive, maria, minor=1_000)


async def test_the_role_in_the_records_counts_and_not_the_one_at_the_desk(
    authority, by, hire, customer, remedy, limits
):
    rosa, maria, waive = await hire(), await customer(), await remedy()
    await limits(Role.SUPERVISOR)
    claims = Command(uuid4(), type(rosa)(rosa.name, Role.SUPERVISOR.value, rosa.card_id))

    with pytest.raises(OverLimit):
        await authority.offer(claims, waive, maria, minor=1)


async def test_the_emergency_stop_is_obeyed_by_offer_and_give(
    services, act, authority, by, hire, customer, remedy, limits
):
    rosa, maria, waive = await hire(), await customer(), await remedy()
    await limits(Role.CSR)
    offered = await authority.offer(by(rosa), waive, maria, minor=1_000)
    await services.limits.stop(act(), "The card terminal was stolen")

    with pytest.raises(NotGiven, match="All remedies are stopped: The card terminal"):
        await authority.offer(by(rosa), waive, maria, minor=1_000)
    with pytest.raises(NotGiven, match="stopped"):
        await authority.give(by(rosa), offered.remedy_id)
    await services.limits.resume(act())

    await authority.give(by(rosa), offered.remedy_id)


async def test_their_own_household_colleagues_and_workplace_need_a_second_person(
    services, act, authority, by, hire, customer, remedy, limits
):
    rosa, omar, waive = await hire(), await hire("Omar Haddad"), await remedy()
    cousin, work = await customer("Iris Lindqvist"), await customer("Northgate Heating")
    await services.edits.relate(act(), cousin, RelationKind.HOUSEHOLD_OF, rosa.card_id)
    await services.edits.relate(act(), rosa.card_id, RelationKind.WORKS_AT, work)
    await limits(Role.CSR)

    for card_id in (rosa.card_id, cousin, omar.card_id, work):
        with pytest.raises(SecondPerson):
            await authority.offer(by(rosa), waive, card_id, minor=1)

    assert await authority.offer(by(omar), waive, cousin, minor=1)


async def test_an_unverified_caller_unlocks_nothing(
    services, act, by, hire, customer, remedy, limits
):
    rosa, maria, waive = await hire(), await customer(), await remedy()
    await limits(Role.CSR)
    contact_id = await services.contacts.start(act(), channel="telephone", card_id=maria)
    refusing = rooms_over(services, may_give=lambda db, contact, card: False).authority

    with pytest.raises(NotVerified):
        await refusing.offer(by(rosa), waive, maria, contact_id=contact_id, minor=1)
    assert await refusing.offer(by(rosa), waive, maria, minor=1)  # nobody is on the line


async def test_a_call_cannot_be_left_out(services, by, hire, customer, remedy, limits):
    rosa, maria, waive = await hire(), await customer(), await remedy()
    await limits(Role.CSR)
    await services.contacts.start(by(rosa), channel="telephone", card_id=maria)
    refusing = rooms_over(services, may_give=lambda db, contact, card: False).authority

    with pytest.raises(NotVerified):
        await refusing.offer(by(rosa), waive, maria, minor=1)


async def test_some_remedies_want_a_reason(authority, by, hire, customer, remedy, limits):
    rosa, maria = await hire(), await customer()
    credit = await remedy("Credit", why_wanted=True)
    await limits(Role.CSR)

    with pytest.raises(WhyWanted):
        await authority.offer(by(rosa), credit, maria, minor=1, why=" ")

    assert await authority.offer(by(rosa), credit, maria, minor=1, why="Two visits missed")


async def test_counters_are_the_sums_of_what_counts(
    store, authority, clock, by, hire, customer, remedy, limits
):
    rosa, maria, waive = await hire(), await customer(), await remedy()
    await limits(Role.CSR)
    for number, minor in enumerate((100, 200, 300, 400)):
        offered = await authority.offer(by(rosa), waive, maria, recovery_id=3, minor=minor)
        if number != 1:
            await authority.give(by(rosa), offered.remedy_id)
        if number == 2:
            await authority.withdraw(by(rosa), offered.remedy_id)

    def counts(db):
        kept = col(RemedyRecord.state).in_(COUNTS)
        return db.exec(select(func.sum(RemedyRecord.amount_minor)).where(kept)).one()

    assert int(await store.read(counts)) == 500
    assert {await used(store, scope) for scope in ("recovery", "day", "month")} == {500}


async def test_what_was_offered_in_another_currency_is_not_given(
    services, act, authority, by, hire, customer, remedy, limits
):
    rosa, maria, waive = await hire(), await customer(), await remedy(usual=3_500)
    await limits(Role.CSR)
    offered = await authority.offer(by(rosa), waive, maria)
    await services.settings.change(act(), currency="KWD")

    with pytest.raises(NotGiven, match="another currency"):
        await authority.give(by(rosa), offered.remedy_id)
