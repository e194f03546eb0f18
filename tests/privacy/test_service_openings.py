"""Who opened whose card without a contact stands in the journal."""

import pytest
from sqlmodel import select

from care_console.journal.records import EntryRecord


@pytest.fixture
def told(services):
    async def told():
        def read(db):
            kept = select(EntryRecord).where(EntryRecord.kind == "card_opened")
            return [(each.clerk_card_id, each.facts["card_id"]) for each in db.exec(kept)]

        return await services.store.read(read)

    return told


async def test_an_opening_is_told_with_who_and_whose_once_for_each_command(
    services, act, clerk, add, told
):
    card, command = await add("Maria Okafor"), act()
    assert await services.privacy.openings.opened(command, card)
    assert not await services.privacy.openings.opened(command, card)
    assert await told() == [(clerk.card_id, card)]
    assert [each.kind for each in await services.journal.of(card)][0] == "card_opened"


async def test_a_contact_that_is_open_or_unfinished_explains_it(services, act, add, told):
    card = await add("Maria Okafor")
    talk = await services.contacts.start(act(), channel="telephone", card_id=card)
    assert not await services.privacy.openings.opened(act(), card)
    await services.contacts.keep(talk, notes="word")
    await services.contacts.leave(act(), talk)
    assert not await services.privacy.openings.opened(act(), card)
    await services.contacts.finish(act(), talk, "settled")
    assert await services.privacy.openings.opened(act(), card)
    assert len(await told()) == 1


async def test_ones_own_card_is_nobody_elses_matter(services, act, clerk, told):
    assert not await services.privacy.openings.opened(act(), clerk.card_id)
    assert await told() == []
