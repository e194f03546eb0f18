"""Merging: all that refers to a card moves, nothing is lost, and it can be taken back."""

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlmodel import SQLModel, col, select, update

from care_console.base.command import Clerk, Command
from care_console.base.phone import read
from care_console.calls.records import CallRecord
from care_console.cards.records import FactRecord, RelationRecord, ReplacedRecord
from care_console.cards.rules import (
    Change,
    Group,
    NewAddress,
    NewCard,
    NewEmail,
    NewMembership,
    NewPhone,
    RelationKind,
)
from care_console.cards.rules.dealing_words import FACT
from care_console.cards.rules.merging import Side, Wish, differing, values_of
from care_console.cards.service import ChangedSince, Replaced
from care_console.cards.service.merging_rows import ANEW, STAYS
from care_console.cards.service.parts import NotTaken
from care_console.promises.rules import DutyKind
from care_console.staff.rules import NotAllowed
from tests.cards.rows import all_tables, everything, put_row, referring

MARIA = NewCard(
    given="Maria",
    family="Okafor",
    note="Likes mornings.",
    phones=(NewPhone(raw="020 7946 0123", label="home"),),
    emails=(NewEmail(address="maria@example.org"),),
    memberships=(NewMembership(group=Group.END_USER, since=date(2029, 3, 1)),),
)
DOUBLE = NewCard(
    given="Mary",
    family="Okofor",
    title="Owner",
    note="Two steps at the door.",
    phones=(NewPhone(raw="+44 20 7946 0123"), NewPhone(raw="07700 900123", label="mobile")),
    emails=(NewEmail(address="Maria@example.org"), NewEmail(address="mary@example.com")),
    addresses=(NewAddress(street="14 Elm Row", town="London", postcode="N16 5KM"),),
    memberships=(
        NewMembership(group=Group.END_USER, since=date(2028, 1, 1)),
        NewMembership(group=Group.SUPPLIER, account_number="S-9"),
    ),
)
WORKS_HERE = NewCard(memberships=(NewMembership(group=Group.EMPLOYEE),))
WRITTEN_ANEW = frozenset(
    {*ANEW, "card_moved", "entry", "entry_card", "entry_personal", "word_slip"}
)


@pytest.fixture
def maria(loop, services, act):
    return loop.run_until_complete(services.cards.add(act(), MARIA))


@pytest.fixture
def double(loop, services, act, maria):
    return loop.run_until_complete(services.cards.add(act(), DOUBLE))


@pytest.fixture
def merge(services, act):
    async def merge(keep: int, other: int, **sides: Side) -> int:
        both = await services.merging.both(keep, other)
        seen = {each.id: values_of(each) for each in (both.first, both.second)}
        wish = Wish(keep_id=keep, other_id=other, sides=sides, seen=seen)
        return await services.merging.merge(act(), wish)

    return merge


async def test_no_table_is_forgotten(services, store, maria, double, merge):
    """A new table with a column that names a card moves by itself, or this test tells of it."""
    clerks = {("clerk", "card_id")}

    def fill(db):
        for table, column in referring():
            if (table, column) not in clerks and table not in {"card_replaced", *ANEW}:
                put_row(db, table, **{column: double})

    await store.write(fill)
    before = await store.read(everything, WRITTEN_ANEW)
    entry = await merge(maria, double)

    left = [
        (name, column)
        for name, column in referring()
        if (name, column) not in STAYS and await _refer(store, name, column, double)
    ]
    assert left == [("entry_card", "card_id")]  # that the merge itself is told of, on both
    assert await services.journal.broken() == [] or await _only_made_up(services)

    await services.merging.undo(_again(services), entry)
    assert await store.read(everything, WRITTEN_ANEW) == before


async def _only_made_up(services) -> bool:
    """The rows that the test made up are no entries that the journal wrote."""
    return all(fault.origin.startswith("x") for fault in await services.journal.broken())


async def _refer(store, name, column, card_id):
    table = SQLModel.metadata.tables[name]
    wanted = select(table.c[column]).where(table.c[column] == card_id)
    return await store.read(lambda db: db.execute(wanted).first() is not None)


def _again(services):
    return Command(uuid4(), Clerk("Grace Hopper", "administrator", 1))


def test_the_console_knows_each_table_from_its_start():
    """A room that is imported late would have its rows left behind."""
    known = subprocess.run(
        [
            *(sys.executable, "-c"),
            "import care_console.services\n"
            "from care_console.cards.service.merging_rows import places\n"
            "print(*(place.name for place in places()))",
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    wanted = {table for table, column in referring() if (table, column) not in STAYS} - ANEW
    assert set(known.stdout.split()) == wanted
    assert len(all_tables()) > len(wanted)


async def test_both_ways_to_reach_somebody_stay_and_none_stands_twice(
    services, maria, double, merge
):
    await merge(maria, double)

    card = await services.cards.card(maria)
    assert [each.e164 for each in card.phones] == ["+442079460123", "+447700900123"]
    assert [each.address for each in card.emails] == ["maria@example.org", "mary@example.com"]
    assert [each.line for each in card.addresses] == ["14 Elm Row, London N16 5KM"]
    assert [(each.group, each.since) for each in card.memberships] == [
        (Group.END_USER, date(2028, 1, 1)),
        (Group.SUPPLIER, None),
    ]


async def test_what_differs_is_chosen_and_what_is_empty_is_filled(services, maria, double, merge):
    await merge(maria, double, given=Side.OTHER, note=Side.BOTH)

    fields = (await services.cards.card(maria)).fields
    assert (fields["given"], fields["family"], fields["title"]) == ("Mary", "Okafor", "Owner")
    assert fields["note"] == "Likes mornings.\n\nTwo steps at the door."


async def test_the_other_cards_id_numbers_and_names_lead_to_the_one_that_stays(
    services, maria, double, merge
):
    await merge(maria, double)

    assert (await services.cards.card(double)).id == maria
    assert (await services.numbers.headline(double)).id == maria
    behind = await services.numbers.behind(read("07700 900123", services.cards.plan()))
    assert [each.headline.id for each in behind.found] == [maria]
    for typed in ("Okofor", "mary oko", "Maria Okafor", "mary@example"):
        assert [hit.brief.id for hit in await services.search.find(typed)] == [maria]
    assert double not in [each.id for each in await services.search.browse()]


async def test_a_chain_of_merges_is_followed_to_its_end(services, act, maria, double, merge):
    third = await services.cards.add(act(), NewCard(given="Mia", family="Okafor"))
    await merge(double, third)
    await merge(maria, double)

    assert (await services.cards.card(third)).id == maria
    assert (await services.numbers.headline(third)).id == maria
    assert [hit.brief.id for hit in await services.search.find("Mia Okafor")] == [maria]


async def test_nothing_is_merged_in_a_circle(services, maria, double, merge):
    await merge(maria, double)

    with pytest.raises(NotTaken, match="into itself"):
        await services.merging.merge(_again(services), _wish(maria, maria))
    with pytest.raises(Replaced, match="part of Maria Okafor’s"):
        await services.merging.merge(_again(services), _wish(double, maria))


async def test_a_circle_in_the_records_is_not_followed_for_ever(services, store, maria, double):
    def tie(db):
        entry = put_row(db, "entry")["id"]
        db.add(ReplacedRecord(card_id=maria, by_card_id=double, entry_id=entry))
        db.add(ReplacedRecord(card_id=double, by_card_id=maria, entry_id=entry))

    await store.write(tie)
    assert (await services.cards.card(maria)).id == maria


def _wish(keep, other):
    return Wish(keep_id=keep, other_id=other, sides={}, seen={})


async def test_it_is_journalled_once_and_the_chain_holds(services, act, maria, double):
    command, wish = act(), _wish(maria, double)
    first = await services.merging.merge(command, wish)
    assert await services.merging.merge(command, wish) == first

    told = [entry.kind for entry in await services.cards.history(maria)]
    assert told.count("card_merged") == 1
    assert told.count("card_added") == 2  # the other's history came along
    assert await services.journal.broken() == []
    await services.merging.undo(act(), first)
    assert await services.journal.broken() == []


async def test_only_who_leads_may_merge(services, act, maria, double):
    ivo = await services.cards.add(act(), replace(WORKS_HERE, given="Ivo", family="Kranz"))
    await services.staff.add_clerk(act(), ivo, "csr")
    command = Command(uuid4(), Clerk("Ivo Kranz", "csr", ivo))

    with pytest.raises(NotAllowed, match="Supervisor"):
        await services.merging.merge(command, _wish(maria, double))


async def test_whoever_signs_in_keeps_their_card(services, clerk, maria, merge):
    with pytest.raises(NotTaken, match="Grace Hopper signs in with this card"):
        await merge(maria, clerk.card_id)
    await merge(clerk.card_id, maria)
    assert (await services.cards.card(maria)).id == clerk.card_id


async def test_two_who_sign_in_both_keep_theirs(services, act, clerk, merge):
    ivo = await services.cards.add(act(), replace(WORKS_HERE, given="Ivo"))
    await services.staff.add_clerk(act(), ivo, "csr")
    with pytest.raises(NotTaken, match="both sign in"):
        await merge(ivo, clerk.card_id)


async def test_what_changed_since_it_was_seen_is_looked_at_again(services, act, maria, double):
    seen = {maria: values_of(await services.cards.card(maria))}
    await services.edits.edit(act(), maria, [Change("title", "", "Director")])

    with pytest.raises(ChangedSince, match="Maria Okafor was changed meanwhile"):
        await services.merging.merge(act(), replace(_wish(maria, double), seen=seen))


async def test_a_relation_between_the_two_goes_and_one_that_both_have_stays_once(
    services, store, act, maria, double, merge
):
    firm = await services.cards.add(act(), NewCard(given="Firm"))
    await services.edits.relate(act(), maria, RelationKind.HOUSEHOLD_OF, double)
    for each in (maria, double):
        await services.edits.relate(act(), each, RelationKind.WORKS_AT, firm)

    entry = await merge(maria, double)
    [relation] = (await services.cards.card(maria)).relations
    assert (relation.kind, relation.other_id) == (RelationKind.WORKS_AT, firm)

    await services.merging.undo(act(), entry)
    assert len(await store.read(lambda db: db.exec(select(RelationRecord)).all())) == 3


async def test_what_is_open_is_counted_anew(services, act, clock, maria, double, merge):
    for card_id in (maria, double):
        await services.matters.open(act(), card_id, f"Boiler {card_id}")
        due = clock() + timedelta(hours=1)
        await services.duties.add(
            act(), DutyKind.OTHER, title="Ring back", due_at=due, card_id=card_id
        )

    entry = await merge(maria, double)
    assert {each.kind: each.count for each in await services.cards.facts(maria)} == {
        "duties": 2,
        "matter": 2,
    }
    await services.merging.undo(act(), entry)
    for card_id in (maria, double):
        facts = await services.cards.facts(card_id)
        assert [each.count for each in facts] == [1, 1]


async def test_every_room_that_tells_of_a_card_counts_anew(services, store, maria, double, merge):
    """A kind of line that no teller of a merge writes would stay on the card that went."""
    for name in ("duties", "requests", "matter", "recovery", "remedies", FACT):
        fact = FactRecord(card_id=maria, kind=name, count=7, headline="", next_due_at=None)
        await store.write(lambda db, fact=fact: db.add(fact))
    kinds = set(await store.read(lambda db: list(db.exec(select(FactRecord.kind)))))
    await merge(maria, double)
    after = await store.read(lambda db: list(db.exec(select(FactRecord).order_by(FactRecord.kind))))
    assert {each.kind for each in after} == kinds
    assert [(each.kind, each.count) for each in after if each.count] == []


async def test_a_merge_is_taken_back_as_long_as_nothing_changed(
    services, store, act, maria, double, merge
):
    before = await store.read(everything, WRITTEN_ANEW)
    faces = await store.read(everything, _but_faces())
    entry = await merge(maria, double, given=Side.OTHER)

    await services.merging.undo(act(), entry)

    assert await store.read(everything, WRITTEN_ANEW) == before
    assert await store.read(everything, _but_faces()) == faces
    assert [hit.brief.id for hit in await services.search.find("Okofor")][0] == double
    with pytest.raises(ChangedSince, match="taken back already"):
        await services.merging.undo(act(), entry)


def _but_faces():
    kept = {"card_face", "card_word", "number_ending", "recent_word", "card_recent", "word_slip"}
    return frozenset({table.name for table in all_tables()} - kept)


async def test_what_was_changed_since_is_named_and_the_merge_stands(
    services, store, act, maria, double, merge
):
    await store.write(lambda db: put_row(db, "call", card_id=double) and None)
    entry = await merge(maria, double)
    await store.write(
        lambda db: (
            db.exec(update(CallRecord).where(col(CallRecord.card_id) == maria).values(seen=True))
            and None
        )
    )
    mobile = (await services.cards.card(maria)).phones[-1]
    await services.edits.remove_part(act(), maria, "phone", mobile.id)

    with pytest.raises(ChangedSince, match="a call, a number"):
        await services.merging.undo(act(), entry)
    assert (await services.cards.card(double)).id == maria


async def test_what_came_since_stays_with_the_card_that_stayed(
    services, act, clock, maria, double, merge
):
    entry = await merge(maria, double)
    clock.pass_by(hours=1)
    await services.matters.open(act(), maria, "New")

    await services.merging.undo(act(), entry)
    assert [each.headline for each in await services.cards.facts(maria)] == ["New"]
    assert await services.cards.facts(double) == ()


async def test_a_later_merge_is_taken_back_first(services, act, maria, double, merge):
    third = await services.cards.add(act(), NewCard(given="Mia", family="Okafor"))
    first = await merge(double, third)
    await merge(maria, double)

    with pytest.raises(Replaced):
        await services.merging.undo(act(), first)


async def test_nobody_writes_on_a_card_that_was_merged_away(services, act, maria, double, merge):
    await merge(maria, double)

    with pytest.raises(Replaced, match="Open that one"):
        await services.edits.edit(act(), double, [Change("title", "Owner", "Boss")])
    with pytest.raises(Replaced):
        await services.matters.open(act(), double, "Boiler")


def test_fields_that_say_the_same_are_not_asked_about():
    one = {"kind": "person", **dict.fromkeys(("given", "family", "note"), "x")}
    fields = {**dict.fromkeys(_fields(), ""), **one}
    assert differing(fields, {**fields, "family": "y", "title": "z"})[0].field == "family"
    assert len(differing(fields, {**fields, "family": "y", "title": "z"})) == 1


def _fields():
    from care_console.cards.rules import FIELDS

    return FIELDS
