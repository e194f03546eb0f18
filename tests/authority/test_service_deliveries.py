"""Given is not yet done: somebody does it by a time, or whoever gave it hears of it."""

import csv
import io
from datetime import timedelta

import pytest

from care_console.authority.records import RemedyRecord
from care_console.authority.service import NotGiven, WhyWanted
from care_console.staff.rules import NotAllowed, Role


@pytest.fixture
def gift(services, act, authority, by, hire, customer, remedy, limits):
    """Give Maria a remedy which the accounts do within a day."""

    async def gift(name="Waive a fee", minor=3_500, who="Maria Okafor"):
        desk = await services.staff.add_department(act(), "Bookkeeping")
        kind = await remedy(name, doer_department_id=desk, done_within_s=86_400)
        rosa, maria = await hire(), await customer(who)
        await limits(Role.CSR)
        offered = await authority.offer(by(rosa), kind, maria, minor=minor, why="Two visits missed")
        return rosa, maria, await authority.give(by(rosa), offered.remedy_id)

    return gift


async def facts(services, card_id):
    return {each.kind: each.count for each in await services.cards.facts(card_id)}


async def duty(rooms, store, about, remedy_id):
    return (await store.read(rooms.duties.of, about, remedy_id))[-1]


async def state(store, remedy_id):
    return await store.read(lambda db: db.get_one(RemedyRecord, remedy_id).state)


async def test_what_was_given_is_owed_by_who_does_it(services, store, rooms, deliveries, gift):
    _rosa, maria, given = await gift()

    owed = await duty(rooms, store, "remedy", given.remedy_id)
    assert (owed.department, owed.owner) == ("Bookkeeping", "")
    assert owed.title == "£35.00: Waive a fee, for Maria Okafor"
    assert owed.due_at == given.due_at == given.given_at + timedelta(days=1)
    assert (await facts(services, maria))["remedies"] == 1
    (listed,) = await deliveries.listing()
    assert (listed.doer, listed.giver, listed.card_name) == (
        "Bookkeeping",
        "Rosa Lindqvist",
        "Maria Okafor",
    )


async def test_done_is_done(services, store, rooms, deliveries, by, gift):
    rosa, maria, given = await gift()

    for _ in range(2):
        await deliveries.done(by(rosa), given.remedy_id)

    assert await state(store, given.remedy_id) == "done"
    assert not (await duty(rooms, store, "remedy", given.remedy_id)).open
    assert await deliveries.listing() == []
    assert len(await deliveries.listing(open_only=False)) == 1
    assert (await facts(services, maria)).get("remedies", 0) == 0


async def test_a_failure_alarms_the_giver_and_gives_the_limits_back(
    store, rooms, authority, deliveries, clock, by, gift
):
    rosa, maria, given = await gift(minor=4_000)
    with pytest.raises(WhyWanted):
        await deliveries.fail(by(rosa), given.remedy_id, " ")

    await deliveries.fail(by(rosa), given.remedy_id, "The florist was closed")

    alarm = await duty(rooms, store, "remedy_failed", given.remedy_id)
    assert (alarm.owner, alarm.open, alarm.late(clock())) == ("Rosa Lindqvist", True, True)
    assert alarm.title == (
        "Not delivered: £40.00: Waive a fee, for Maria Okafor (The florist was closed)"
    )
    assert await state(store, given.remedy_id) == "failed"
    assert [each.outcome for each in await deliveries.listing()] == ["The florist was closed"]
    assert await authority.offer(by(rosa), given.catalogue_id, maria, minor=4_000)


async def test_done_and_failed_can_be_taken_back(store, rooms, deliveries, by, gift):
    rosa, _maria, given = await gift()
    for settle in (
        deliveries.done(by(rosa), given.remedy_id),
        deliveries.fail(by(rosa), given.remedy_id, "The courier came back"),
    ):
        await settle
        await deliveries.undo_done(by(rosa), given.remedy_id)
        assert await state(store, given.remedy_id) == "given"
        assert (await duty(rooms, store, "remedy", given.remedy_id)).open

    assert not (await duty(rooms, store, "remedy_failed", given.remedy_id)).open
    with pytest.raises(NotGiven):
        await deliveries.undo_done(by(rosa), given.remedy_id)


async def test_what_was_taken_back_is_owed_no_longer(
    services, store, rooms, authority, deliveries, by, gift
):
    rosa, maria, given = await gift()

    await authority.withdraw(by(rosa), given.remedy_id)

    assert not (await duty(rooms, store, "remedy", given.remedy_id)).open
    assert (await facts(services, maria)).get("remedies", 0) == 0
    with pytest.raises(NotGiven):
        await deliveries.done(by(rosa), given.remedy_id)


async def test_a_receptionist_does_not_say_what_was_delivered(deliveries, by, hire, gift):
    rosa, _maria, given = await gift()
    ivy = await hire("Ivy Chen", Role.RECEPTIONIST)

    for act in (
        deliveries.done(by(ivy), given.remedy_id),
        deliveries.fail(by(ivy), given.remedy_id, "No"),
        deliveries.undo_done(by(ivy), given.remedy_id),
    ):
        with pytest.raises(NotAllowed):
            await act


async def test_the_accounts_get_a_list_without_formulas(clock, deliveries, by, hire, gift):
    rosa, _maria, given = await gift("=HYPERLINK(1)", who="+Maria -Okafor")
    dana = await hire("Dana Whitfield", Role.SUPERVISOR)
    today = clock().astimezone().date()
    with pytest.raises(NotAllowed):
        await deliveries.accounts_csv(by(rosa), today, today)

    text = await deliveries.accounts_csv(by(dana), today, today)

    (row,) = csv.DictReader(io.StringIO(text))
    assert row["Amount"] == "35.00"
    assert (row["Remedy"], row["Customer"][0]) == ("'=HYPERLINK(1)", "'")
    assert (row["Given by"], row["Done by"], row["State"]) == (
        "Rosa Lindqvist",
        "Bookkeeping",
        "to be done",
    )
    yesterday = today - timedelta(days=1)
    assert len((await deliveries.accounts_csv(by(dana), yesterday, yesterday)).splitlines()) == 1
