"""After the company's country was changed, numbers that name none can be read anew."""

import asyncio
from uuid import uuid4

import pytest
from sqlmodel import select

from care_console.base.command import Clerk, Command
from care_console.cards.records import PhoneRecord
from care_console.cards.rules import NewCard, NewPhone
from care_console.cards.service import rereading
from care_console.exchange.service.taking import Wishes
from care_console.journal.records import EntryRecord
from care_console.staff.rules import NotAllowed, Role

FRENCH, BRITISH = "06 12 34 56 78", "+44 20 7946 0123"


@pytest.fixture
def numbers(services):
    async def numbers():
        wanted = select(PhoneRecord.raw, PhoneRecord.e164).order_by(PhoneRecord.id)
        return dict(await services.store.read(lambda db: list(db.exec(wanted))))

    return numbers


@pytest.fixture
def entries(services):
    async def entries():
        wanted = select(EntryRecord.facts).where(EntryRecord.kind == "numbers_reread")
        return await services.store.read(lambda db: list(db.exec(wanted)))

    return entries


async def moved(services, act):
    """Numbers of two countries, typed as of Great Britain, of a company that is in France."""
    phones = (NewPhone(raw=FRENCH), NewPhone(raw=BRITISH))
    card = await services.cards.add(act(), NewCard(given="Marie", family="Curie", phones=phones))
    await services.settings.change(act(), country="FR")
    return card


async def test_numbers_that_name_no_country_are_read_anew_and_found(
    services, act, numbers, entries
):
    card = await moved(services, act)
    assert await services.rereading.count("GB") == 1
    assert await services.rereading.go(act(), "GB") == 1

    assert await numbers() == {FRENCH: "+33612345678", BRITISH: "+442079460123"}
    assert [hit.brief.id for hit in await services.search.find("0612345678")] == [card]
    assert await entries() == [{"before": "GB", "after": "FR", "count": 1}]
    assert await services.rereading.count("GB") == 0
    assert await services.rereading.go(act(), "GB") == 0
    assert len(await entries()) == 1
    assert await services.journal.broken() == []


async def test_changing_the_country_back_takes_it_back(services, act, numbers):
    await services.cards.add(act(), NewCard(given="Ada", phones=(NewPhone(raw="020 7946 0999"),)))
    before = await numbers()
    await moved(services, act)
    first = await numbers()
    await services.rereading.go(act(), "GB")
    await services.settings.change(act(), country="GB")
    await services.rereading.go(act(), "FR")

    assert await numbers() == first
    assert before.items() <= first.items()


async def test_what_was_taken_in_as_of_another_country_stays(
    services, act, numbers, tmp_path, clerk
):
    book = tmp_path / "book.csv"
    book.write_text("Name,Phone\nErika Muster,030 901820\n")
    await services.imports.take_in([book], Wishes(country="DE"))
    kept = await numbers()
    await services.settings.change(act(), country="FR")

    assert await services.rereading.count("GB") == 0
    assert await numbers() == kept == {"030 901820": "+4930901820"}


async def test_it_goes_on_over_many_portions_and_stops_when_it_is_told_to(
    services, act, numbers, entries, monkeypatch
):
    monkeypatch.setattr(rereading, "AT_ONCE", 2)
    phones = [f"06 12 34 56 {number}" for number in range(10, 17)]
    for raw in phones:
        await services.cards.add(act(), NewCard(given="Marie", phones=(NewPhone(raw=raw),)))
    await services.settings.change(act(), country="FR")
    told = []

    assert await services.rereading.go(act(), "GB", lambda n: told.append(n) or n < 4) == 4
    assert told == [2, 4]
    assert await services.rereading.count("GB") == 3
    assert await services.rereading.go(act(), "GB") == 3
    assert all(e164.startswith("+336") for e164 in (await numbers()).values())
    assert [each["count"] for each in await entries()] == [4, 3]


async def test_what_was_read_anew_until_it_was_called_off_is_in_the_journal(
    services, act, entries, monkeypatch
):
    monkeypatch.setattr(rereading, "AT_ONCE", 1)
    await moved(services, act)
    reading = asyncio.create_task(
        services.rereading.go(act(), "GB", lambda _count: reading.cancel())
    )
    with pytest.raises(asyncio.CancelledError):
        await reading

    assert [each["count"] for each in await entries()] == [1]


async def test_only_who_may_change_the_settings_reads_anew(services, act, numbers):
    card = await moved(services, act)
    before = await numbers()
    with pytest.raises(NotAllowed):
        await services.rereading.go(Command(uuid4(), Clerk("Ada", Role.CSR, card)), "GB")
    assert await numbers() == before
