"""The call log goes after its time, in pieces, and contacts stay."""

from datetime import timedelta

import pytest
from sqlmodel import select

from care_console.calls.records import CallRecord, ContactRecord
from care_console.journal.records import EntryRecord
from care_console.privacy.service import thinning


@pytest.fixture
def call(services, clock):
    """Put a call into the log, so many days ago."""

    async def call(days_ago, outcome="missed", **more):
        def put(db):
            record = CallRecord(
                line="one",
                call_id=str(days_ago),
                presentation="allowed",
                match="unknown",
                raw="020 7946 0111",
                e164="+442079460111",
                name="M OKAFOR",
                started_at=clock() - timedelta(days=days_ago),
                outcome=outcome,
                **more,
            )
            db.add(record)
            db.flush()
            return record.id

        return await services.store.write(put)

    return call


@pytest.fixture
def days(services, act):
    async def days(count):
        await services.settings.change(act(), call_log_days=count)

    return days


async def entries(services):
    def read(db):
        kept = select(EntryRecord.facts).where(EntryRecord.kind == "call_log_thinned")
        return list(db.exec(kept))

    return await services.store.read(read)


async def calls(services):
    def read(db):
        kept = db.exec(select(CallRecord).order_by(CallRecord.id)).all()
        return [(each.id, each.raw, each.name) for each in kept]

    return await services.store.read(read)


async def test_calls_older_than_the_house_wants_go_and_one_entry_tells_it(services, call, days):
    await days(30)
    new = await call(29)
    for old in (31, 400, 401):
        await call(old)
    assert await services.privacy.thinning.thin() == 3
    assert await calls(services) == [(new, "020 7946 0111", "M OKAFOR")]
    assert await entries(services) == [{"count": 3, "days": 30}]
    assert await services.privacy.thinning.thin() == 0
    assert len(await entries(services)) == 1


async def test_a_call_that_became_a_contact_keeps_its_times_and_loses_who_it_was(
    services, act, call, days, add
):
    await days(30)
    card = await add("Maria Okafor")
    old = await call(40, "answered", card_id=card)
    talk = await services.contacts.start(act(), channel="telephone", call_id=old, card_id=card)
    await services.contacts.finish(act(), talk, "settled", notes="word")
    assert await services.privacy.thinning.thin() == 1
    assert await calls(services) == [(old, "", "")]
    kept = await services.store.read(lambda db: db.exec(select(ContactRecord.notes)).one())
    assert kept == "word"
    assert await services.privacy.thinning.thin() == 0


async def test_none_is_for_ever(services, call, days):
    await days(0)
    await call(4_000)
    assert await services.privacy.thinning.thin() == 0
    assert len(await calls(services)) == 1


async def test_a_call_that_still_rings_stays(services, call, days):
    await days(30)
    await call(31, "ringing")
    assert await services.privacy.thinning.thin() == 0


async def test_each_unit_takes_a_few_only(services, call, days, monkeypatch):
    monkeypatch.setattr(thinning, "AT_ONCE", 2)
    await days(30)
    for old in range(31, 36):
        await call(old)
    assert [await services.privacy.thinning.thin() for _ in range(4)] == [2, 2, 1, 0]
    assert [each["count"] for each in await entries(services)] == [2, 2, 1]
