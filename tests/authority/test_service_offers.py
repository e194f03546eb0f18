"""Remedies are offered, given, withdrawn and taken back, and never beyond the limits."""

import pytest
from sqlmodel import func, select

from care_console.authority.records import RemedyRecord, SpentRecord
from care_console.authority.service import (
    NotGiven,
    OverLimit,
    TooLate,
)
from care_console.cards.rules import RelationKind
from care_console.staff.rules import Role


async def used(store, scope):
    def ask(db):
        return db.exec(
            select(func.coalesce(func.sum(SpentRecord.used), 0)).where(SpentRecord.scope == scope)
        ).one()

    return int(await store.read(ask))


async def standing(store, remedy_id):
    return await store.read(lambda db: db.get_one(RemedyRecord, remedy_id).state)


async def test_what_is_offered_is_reserved_and_what_is_given_stays(
    store, authority, by, hire, customer, remedy, limits
):
    rosa, maria, waive = await hire(), await customer(), await remedy(usual=3_500)
    await limits(Role.CSR)

    offered = await authority.offer(by(rosa), waive, maria)
    assert (offered.minor, offered.name) == (3_500, "Waive a fee")
    assert await used(store, "day") == 3_500
    given = await authority.give(by(rosa), offered.remedy_id)

    assert given.minor == 3_500
    assert await used(store, "day") == 3_500
    assert await standing(store, offered.remedy_id) == "given"


async def test_another_offer_to_the_same_customer_moves_the_first(
    store, authority, by, hire, customer, remedy, limits
):
    rosa, maria, waive = await hire(), await customer(), await remedy(usual=3_500)
    await limits(Role.CSR, day=4_000)
    first = await authority.offer(by(rosa), waive, maria)

    second = await authority.offer(by(rosa), waive, maria, minor=4_000)

    assert await standing(store, first.remedy_id) == "let_go"
    assert await used(store, "day") == second.minor == 4_000
    with pytest.raises(TooLate):
        await authority.give(by(rosa), first.remedy_id)


async def test_an_offer_that_does_not_fit_leaves_the_first_as_it_was(
    store, authority, by, hire, customer, remedy, limits
):
    rosa, maria, waive = await hire(), await customer(), await remedy(usual=3_500)
    await limits(Role.CSR)
    first = await authority.offer(by(rosa), waive, maria)

    with pytest.raises(OverLimit, match="£55.50 is £15.50 more than you may give"):
        await authority.offer(by(rosa), waive, maria, minor=5_550)

    assert await standing(store, first.remedy_id) == "offered"
    assert await used(store, "day") == 3_500
    await authority.give(by(rosa), first.remedy_id)


@pytest.mark.parametrize("minor", [-1, -4_000])
async def test_nothing_and_less_is_never_given(
    authority, by, hire, customer, remedy, limits, minor
):
    rosa, maria, waive = await hire(), await customer(), await remedy()
    await limits(Role.CSR)

    with pytest.raises(NotGiven):
        await authority.offer(by(rosa), waive, maria, minor=minor)
    with pytest.raises(NotGiven):
        await authority.offer(by(rosa), waive, maria)


async def test_a_limit_holds_to_the_penny(authority, by, hire, customer, remedy, limits):
    rosa, maria, waive = await hire(), await customer(), await remedy()
    await limits(Role.CSR, customer=3_501)
    await authority.offer(by(rosa), waive, maria, minor=3_500)
    await authority.offer(by(rosa), waive, maria, minor=3_501)

    with pytest.raises(OverLimit):
        await authority.offer(by(rosa), waive, maria, minor=3_502)


async def test_one_remedy_split_into_several_is_caught(
    authority, by, hire, customer, remedy, limits
):
    rosa, maria, waive = await hire(), await customer(), await remedy()
    await limits(Role.CSR, recovery=4_000)
    for minor in (2_000, 1_999):
        offered = await authority.offer(by(rosa), waive, maria, recovery_id=7, minor=minor)
        await authority.give(by(rosa), offered.remedy_id)

    with pytest.raises(OverLimit) as caught:
        await authority.offer(by(rosa), waive, maria, recovery_id=7, minor=2)

    assert caught.value.decision.allowed_minor == 1
    assert await authority.offer(by(rosa), waive, maria, recovery_id=7, minor=1)


async def test_a_household_is_one_customer_whoever_gives(
    services, act, authority, by, hire, customer, remedy, limits
):
    rosa, omar = await hire(), await hire("Omar Haddad")
    maria, ada, waive = await customer(), await customer("Ada Okafor"), await remedy()
    await services.edits.relate(act(), ada, RelationKind.HOUSEHOLD_OF, maria)
    await limits(Role.CSR, customer=4_000)
    offered = await authority.offer(by(rosa), waive, maria, minor=3_000)
    await authority.give(by(rosa), offered.remedy_id)

    with pytest.raises(OverLimit) as caught:
        await authority.offer(by(omar), waive, ada, minor=1_001)

    assert caught.value.decision.allowed_minor == 1_000
    assert await authority.offer(by(omar), waive, ada, minor=1_000)


async def test_a_customers_remedies_count_for_so_many_days(
    authority, clock, by, hire, customer, remedy, limits
):
    rosa, maria, waive = await hire(), await customer(), await remedy()
    await limits(Role.CSR, customer=4_000)
    offered = await authority.offer(by(rosa), waive, maria, minor=4_000)
    await authority.give(by(rosa), offered.remedy_id)

    clock.pass_by(days=364)
    with pytest.raises(OverLimit):
        await authority.offer(by(rosa), waive, maria, minor=1)
    clock.pass_by(days=1)

    assert await authority.offer(by(rosa), waive, maria, minor=4_000)


async def test_the_day_is_the_clerks_and_the_month_the_departments(
    services, act, authority, clock, by, hire, customer, remedy, limits
):
    desk = await services.staff.add_department(act(), "Front desk")
    rosa, omar = await hire(department_id=desk), await hire("Omar Haddad", department_id=desk)
    waive = await remedy()
    await limits(Role.CSR, day=4_000, month=6_000)

    async def give(clerk, minor):
        offered = await authority.offer(by(clerk), waive, await customer(), minor=minor)
        await authority.give(by(clerk), offered.remedy_id)

    await give(rosa, 4_000)
    with pytest.raises(OverLimit):
        await give(rosa, 1)
    await give(omar, 2_000)
    with pytest.raises(OverLimit):
        await give(omar, 1)
    clock.pass_by(days=1)
    with pytest.raises(OverLimit):
        await give(rosa, 1)
    clock.pass_by(days=31)
    await give(rosa, 4_000)


async def test_a_month_that_is_spent_leaves_its_floor_to_each_remedy(
    authority, by, hire, customer, remedy, limits, limit
):
    rosa, waive = await hire(), await remedy()
    await limits(Role.CSR)
    await limit("month", 4_000, role=Role.CSR, floor=500)
    first = await authority.offer(by(rosa), waive, await customer(), minor=4_000)
    await authority.give(by(rosa), first.remedy_id)

    with pytest.raises(OverLimit):
        await authority.offer(by(rosa), waive, await customer(), minor=501)
    for _ in range(2):
        given = await authority.offer(by(rosa), waive, await customer(), minor=500)
        await authority.give(by(rosa), given.remedy_id)


async def test_a_refund_of_a_right_never_eats_goodwill(
    store, authority, by, hire, customer, remedy, limits, limit
):
    rosa, maria = await hire(), await customer()
    waive, refund = await remedy(), await remedy("Refund", kind="refund", entitlement=True)
    await limits(Role.CSR)
    await limit("remedy", role=Role.CSR, catalogue_id=refund, unlimited=True)
    offered = await authority.offer(by(rosa), refund, maria, recovery_id=1, minor=100_000)
    await authority.give(by(rosa), offered.remedy_id)

    assert {await used(store, scope) for scope in ("recovery", "day", "month")} == {0}
    assert await authority.offer(by(rosa), waive, maria, recovery_id=1, minor=4_000)


async def test_what_is_counted_counts_in_pieces_and_costs_money(
    authority, by, hire, customer, remedy, limits, limit
):
    rosa, maria = await hire(), await customer()
    months = await remedy("Free cover", unit="months", usual=1, piece_minor=1_850)
    await limits(Role.CSR, customer=3_000)
    await limit("remedy", 2, role=Role.CSR, catalogue_id=months)

    with pytest.raises(OverLimit):
        await authority.offer(by(rosa), months, maria, pieces=3)
    with pytest.raises(OverLimit) as caught:
        await authority.offer(by(rosa), months, maria, pieces=2)
    offered = await authority.offer(by(rosa), months, maria, pieces=1, minor=1)

    assert caught.value.decision.allowed_minor == 1_850
    assert (offered.pieces, offered.minor) == (1, 1_850)


async def test_without_a_row_there_is_nothing_and_a_clerk_beats_the_role(
    authority, by, hire, customer, remedy, limits, limit
):
    rosa, omar, maria = await hire(), await hire("Omar Haddad"), await customer()
    waive = await remedy()

    with pytest.raises(OverLimit):
        await authority.offer(by(rosa), waive, maria, minor=1)
    await limits(Role.CSR)
    await limit("remedy", 100, clerk_card_id=rosa.card_id)
    with pytest.raises(OverLimit):
        await authority.offer(by(rosa), waive, maria, minor=101)

    assert await authority.offer(by(omar), waive, maria, minor=4_000)


async def test_a_command_sent_again_finds_its_first_run(
    store, authority, by, hire, customer, remedy, limits
):
    rosa, maria, waive = await hire(), await customer(), await remedy()
    await limits(Role.CSR)
    offer, give = by(rosa), by(rosa)

    offers = [await authority.offer(offer, waive, maria, minor=1_000) for _ in range(3)]
    gifts = [await authority.give(give, offers[0].remedy_id) for _ in range(3)]

    assert len({each.remedy_id for each in (*offers, *gifts)}) == 1
    assert await used(store, "day") == 1_000
