"""The company's options: checked, kept, in force at once, and journalled."""

import pytest
from sqlmodel import select

from care_console.journal.records import EntryRecord
from care_console.settings.declared import BadOptions
from care_console.settings.options import Company
from care_console.settings.service import NotHere, Settings


async def test_what_is_changed_is_in_force_and_found_again(services, store, act):
    await services.settings.change(act(), country="DE", trunk_prefixes=("0", "9"))

    assert services.settings.plan().country == "DE"
    again = await Settings(store, services.journal).load()
    assert (again.country, again.trunk_prefixes) == ("DE", ("0", "9"))
    assert again.name == "Northgate Heating"


@pytest.mark.parametrize(
    "options",
    [{"country": "Britain"}, {"trunk_prefixes": ("nine",)}, {"shortest": 99}, {"name": "x" * 400}],
)
async def test_what_is_out_of_bounds_is_told_and_nothing_of_it_kept(services, act, options):
    before = services.settings.company

    with pytest.raises(BadOptions) as told:
        await services.settings.change(act(), currency="EUR", **options)

    assert told.value.name == next(iter(options))
    assert services.settings.company == before
    assert (await services.settings.load()).currency == Company().currency


async def test_the_first_start_makes_one_clerk_however_often_it_is_sent(services):
    first = await services.beginning.begin({"name": "Northgate"}, "Rosa Lindqvist")
    again = await services.beginning.begin({"name": "Southgate"}, "Somebody Else")

    assert again == first
    assert (first.name, services.settings.company.name) == ("Rosa Lindqvist", "Northgate")
    card = await services.cards.card(first.card_id)
    assert (card.fields["given"], card.fields["family"]) == ("Rosa", "Lindqvist")
    assert await services.staff.clerk() == first


async def test_the_journal_tells_what_an_option_was_and_what_it_is_since(services, store, act):
    await services.settings.change(act(), country="FR", trunk_prefixes=("0", "9"))

    def written(db):
        kind = EntryRecord.kind == "options_changed"
        return db.exec(select(EntryRecord.facts).where(kind)).all()[-1]

    facts = await store.read(written)
    assert facts["before"] == {"country": "GB", "trunk_prefixes": []}
    assert facts["after"] == {"country": "FR", "trunk_prefixes": ["0", "9"]}


@pytest.mark.parametrize("options", [{"ceiling_minor": 10**9}, {"stopped": ""}])
async def test_what_guards_the_remedies_is_not_changed_with_the_settings(services, act, options):
    await services.limits.stop(act(), "Stocktaking")
    before = await services.settings.load()

    with pytest.raises(NotHere, match="is changed with the limits alone"):
        await services.settings.change(act(), vision="More", **options)

    assert await services.settings.load() == before
