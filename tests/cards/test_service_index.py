"""The index: in step with the cards after whatever was done to them, and gone with them."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import Session, SQLModel, col, delete, select

from care_console.cards.records import (
    CardRecord,
    EndingRecord,
    FaceRecord,
    NotedNumberRecord,
    RecentRecord,
    RecentWordRecord,
    SlipRecord,
    WordRecord,
)
from care_console.cards.rules import (
    Change,
    Group,
    NewAddress,
    NewCard,
    NewEmail,
    NewMembership,
    NewPhone,
)
from care_console.cards.service import index as indexing
from care_console.store import Store

DERIVED = (FaceRecord, WordRecord, EndingRecord, SlipRecord, RecentWordRecord, NotedNumberRecord)

MARIA = NewCard(
    given="Maria",
    family="Okafor",
    company="Brightwater Ltd",
    note="Her sister has 020 7946 0777, she herself 020 7946 0123.",
    phones=(NewPhone(raw="020 7946 0123"),),
    emails=(NewEmail(address="maria@brightwater.example"),),
    addresses=(NewAddress(town="Leeds"),),
    memberships=(NewMembership(group=Group.EMPLOYEE, account_number="NG-10442"),),
)


def kept(db: Session, tables: tuple[type[SQLModel], ...] = DERIVED) -> dict[str, set[str]]:
    """All rows of the tables, as texts."""
    return {
        table.__tablename__: {
            repr(sorted(row.model_dump().items())) for row in db.exec(select(table))
        }
        for table in tables
    }


def rebuilt(db: Session, index: indexing.Index) -> dict[str, set[str]]:
    """What the tables hold when they are emptied and written anew."""
    lately = set(db.exec(select(RecentWordRecord.card_id)))
    for table in DERIVED:
        db.exec(delete(table))
    ids = list(db.exec(select(CardRecord.id)))
    index.index(db, ids)
    for recent in db.exec(select(RecentRecord).where(col(RecentRecord.card_id).in_(lately))).all():
        db.delete(recent)
        db.flush()
        index.touch(db, recent.card_id, recent.at)
    return kept(db)


async def test_after_any_edit_the_index_is_as_if_it_were_written_anew(services, store, clock, act):
    maria = await services.cards.add(act(), MARIA)
    await services.cards.add(act(), NewCard(given="Mario", family="Okafor"))
    await store.write(services.index.touch, maria, clock())
    card = await services.cards.card(maria)
    phone, email, address = card.phones[0], card.emails[0], card.addresses[0]
    membership = card.memberships[0]
    changes = (
        Change("family", "Okafor", "O'Brien-Jones"),
        Change("given", "Maria", ""),
        Change("company", "Brightwater Ltd", "Halden & Sons"),
        Change("note", card.fields["note"], "Nothing"),
        Change("raw", phone.raw, "07700 900123 ext 7", "phone", phone.id),
        Change("address", email.address, "j@example.org", "email", email.id),
        Change("town", "Leeds", "Stoke-on-Trent", "address", address.id),
        Change("account_number", "NG-10442", "77", "membership", membership.id),
        Change("group", "employee", "supplier", "membership", membership.id),
    )
    for change in changes:
        await services.edits.edit(act(), maria, [change])
        now = await store.read(kept)
        assert now == await store.write(rebuilt, services.index), change.field

    await services.edits.remove_part(act(), maria, "phone", phone.id)
    await services.edits.add_part(act(), maria, "phone", {"raw": "0113 496 0877"})

    now = await store.read(kept)
    assert now == await store.write(rebuilt, services.index)


async def test_what_is_no_longer_on_a_card_finds_it_no_longer(services, act):
    maria = await services.cards.add(act(), MARIA)

    await services.edits.edit(act(), maria, [Change("family", "Okafor", "Bell")])

    assert [hit.brief.name for hit in await services.search.find("maria bell")] == ["Maria Bell"]
    assert await services.search.find("okafor leeds") == []


async def test_who_is_forgotten_leaves_no_word_behind(services, store, clock, act):
    before = await store.read(kept)
    maria = await services.cards.add(act(), MARIA)
    await store.write(services.index.touch, maria, clock())

    await store.write(services.index.forget, [maria])

    assert await store.read(kept) == before
    assert await services.search.find("okafor") == []


async def test_a_word_that_others_have_stays_when_one_is_forgotten(services, store, act):
    maria = await services.cards.add(act(), MARIA)
    ada = await services.cards.add(act(), NewCard(given="Ada", family="Okafor"))

    await store.write(services.index.forget, [maria])

    assert [hit.brief.id for hit in await services.search.find("okafro")] == [ada]
    assert await services.search.find("brihgtwater") == []


async def test_many_are_indexed_in_one_go_as_each_by_itself(
    services, store, act, clerk, monkeypatch
):
    def put(db: Session, names: list[str]) -> list[int]:
        news = [NewCard(given=name, family="Okafor", note="020 7946 0777") for name in names]
        return [services.cards.put_bare(db, new) for new in news]

    ids = await store.write(put, ["Ada", "Bea", "Cem", "Dov", "Eva"])
    monkeypatch.setattr(indexing, "AT_ONCE", 2)
    await store.write(services.index.index, [*ids, ids[0]])
    at_once = await store.read(kept)

    await store.write(services.index.forget, ids)
    for card_id in ids:
        await store.write(services.index.index, [card_id])

    assert await store.read(kept) == at_once
    assert len(await services.search.find("okafor")) == 5


async def test_only_the_cards_of_the_last_contacts_have_their_words_apart(
    services, store, clock, act, monkeypatch
):
    monkeypatch.setattr(indexing, "LATELY", 2)
    ids = []
    for name in ("Ada", "Bea", "Cem"):
        ids.append(await services.cards.add(act(), NewCard(given=name, family="Okafor")))
        await store.write(services.index.touch, ids[-1], clock())
        clock.pass_by(minutes=1)
    await store.write(services.index.touch, ids[0], clock() - timedelta(days=1))

    def lately(db: Session) -> set[int]:
        return set(db.exec(select(RecentWordRecord.card_id)))

    assert await store.read(lately) == set(ids[1:])
    await store.write(services.index.touch, ids[0], clock())
    assert await store.read(lately) == {ids[0], ids[2]}
    hits = await services.search.find("okafor")
    assert [hit.brief.id for hit in hits] == [ids[0], ids[2], ids[1]]


async def test_two_desks_that_change_one_card_at_once_leave_it_whole(
    services, store, where, clock, act
):
    maria = await services.cards.add(act(), MARIA)
    moments = [clock() + timedelta(minutes=number) for number in range(20)]

    def unit(db: Session, number: int) -> None:
        services.index.touch(db, maria, moments[number])
        db.get_one(CardRecord, maria).preferred = f"Mia{number}"
        services.index.index(db, [maria])

    stores = [store, Store.open(where)]
    await asyncio.gather(*(stores[number % 2].write(unit, number) for number in range(20)))
    await stores[1].close()

    now = await store.read(kept)
    assert now == await store.write(rebuilt, services.index)
    assert (await services.search.find("okafor"))[0].brief.last_at == moments[-1]


@pytest.fixture
def noted(store):
    """The numbers that are noted, with their sources."""

    async def noted() -> set[tuple[str, str]]:
        def query(db: Session) -> set[tuple[str, str]]:
            return {(each.e164, each.source) for each in db.exec(select(NotedNumberRecord))}

        return await store.read(query)

    return noted


async def test_numbers_in_notes_are_known_but_not_those_that_stand_on_the_card(
    services, store, act, noted
):
    maria = await services.cards.add(act(), MARIA)
    assert await noted() == {("+442079460777", "card")}

    await store.write(services.index.noted, maria, "contact 1", "Call +49 30 23125 007 or 12345")
    assert await noted() == {("+442079460777", "card"), ("+493023125007", "contact 1")}

    await store.write(services.index.noted, maria, "contact 1", "")
    await services.edits.edit(
        act(), maria, [Change("note", MARIA.note, "Her mother: 0113 496 0877")]
    )
    assert await noted() == {("+441134960877", "card")}

    await services.edits.edit(
        act(), maria, [Change("note", "Her mother: 0113 496 0877", "Nothing")]
    )
    assert await noted() == set()


async def test_a_number_that_comes_on_the_card_is_no_longer_only_noted(services, store, act, noted):
    maria = await services.cards.add(act(), MARIA)
    await store.write(services.index.noted, maria, "contact 1", "Call 020 7946 0777")

    await services.edits.add_part(act(), maria, "phone", {"raw": "020 7946 0777"})

    assert await noted() == set()
