"""Six ways to tamper with the journal, twenty times each, and none of them goes unseen."""

import random
from uuid import uuid4

import pytest
from sqlmodel import Session, col, delete, select, text, update

from care_console.base.command import Command
from care_console.journal.records import EntryRecord, PersonalRecord
from care_console.journal.rules import NO_HEAD, Fault, Head, Trouble, Written, link
from care_console.journal.service import Journal, Seal
from care_console.journal.service.check import look_through
from tests.journal.conftest import GRACE, KEY, Kept

ENTRIES, TRIES = 12, 20


def entry(db, number):
    return db.exec(select(EntryRecord).where(EntryRecord.number == number)).one()


def edit(db, dice):
    """Change one thing that an entry says."""
    changed = entry(db, dice.randint(1, ENTRIES))
    name = dice.choice(["kind", "facts", "at", "visibility", "digest", "chain", "personal"])
    if name == "personal":
        said = update(PersonalRecord).where(col(PersonalRecord.entry_id) == changed.id)
        db.exec(said.values(personal={"words": "Another word"}))
    else:
        others = {"facts": {"n": 1, "amount_minor": 350}, "at": changed.at.replace(year=2029)}
        setattr(changed, name, others.get(name, "other"))


def remove(db, dice):
    """Take an entry out, and let the later ones move up or leave the gap."""
    taken = entry(db, dice.randint(1, ENTRIES - 1))
    number = taken.number
    _delete(db, taken.id)
    if dice.random() < 0.5:
        for later in range(number + 1, ENTRIES + 1):
            entry(db, later).number = later - 1
            db.flush()


def swap(db, dice):
    """Let two entries stand in one another's place."""
    one, two = (entry(db, each) for each in dice.sample(range(1, ENTRIES + 1), 2))
    first, second = one.number, two.number
    for each, number in ((one, -1), (two, first), (one, second)):  # no two are ever the same
        each.number = number
        db.flush()
    if dice.random() < 0.5:
        one.chain, two.chain = two.chain, one.chain


def rehash(db, dice):
    """Change an entry and compute all links from there on, with a key that was guessed."""
    first = dice.randint(1, ENTRIES)
    entry(db, first).facts = {"n": 0, "amount_minor": 1}
    key = dice.choice([b"", bytes(32), b"care-console", dice.randbytes(32)])
    link_anew(db, key, first)


def cut(db, dice):
    """Take the last entries away."""
    for number in range(dice.randint(1, ENTRIES), ENTRIES + 1):
        _delete(db, entry(db, number).id)


def cut_and_rewind(db, dice):
    """Take the last entries away, and every trace in the database that there were more."""
    cut(db, dice)
    last = db.exec(select(EntryRecord.id).order_by(col(EntryRecord.id).desc())).first() or 0
    if db.get_bind().dialect.name == "sqlite":
        db.execute(text("UPDATE sqlite_sequence SET seq = :l WHERE name = 'entry'"), {"l": last})
    else:
        sequence = "SELECT setval(pg_get_serial_sequence('entry', 'id'), :next, false)"
        db.execute(text(sequence), {"next": last + 1})


def _delete(db, entry_id):
    db.exec(delete(PersonalRecord).where(col(PersonalRecord.entry_id) == entry_id))
    db.exec(delete(EntryRecord).where(col(EntryRecord.id) == entry_id))


def link_anew(db, key, first=1):
    """Compute the links from an entry on, as the journal does."""
    before = NO_HEAD if first == 1 else Head(first - 1, entry(db, first - 1).chain)
    for number in range(first, ENTRIES + 1):
        e = entry(db, number)
        said = (e.origin, e.number, e.at, e.clerk_card_id, e.kind, e.facts, e.visibility)
        e.chain = link(key, before.link, Written(*said, str(e.command_id), e.digest))
        before = Head(number, e.chain)


@pytest.mark.parametrize("attack", [edit, remove, swap, rehash, cut, cut_and_rewind])
async def test_every_one_of_twenty_attacks_is_found(store, journal, write, again, attack):
    await write(ENTRIES)
    assert await again().broken() == []
    found = 0
    for attempt in range(TRIES):
        with store._writing.connect() as server, server.begin() as undone:
            found += _is_found(server, attack, random.Random(attempt), again())
            undone.rollback()

    assert found == TRIES
    assert await again().broken() == []


def _is_found(connection, attack, dice, journal):
    with Session(connection, join_transaction_mode="create_savepoint") as db:
        attack(db, dice)
        db.flush()
        return bool(look_through(db, journal.origin, journal.seal).faults)


async def test_what_is_changed_with_the_key_in_hand_is_not_found_so_the_key_is_what_protects(
    store, journal, write, again, place
):
    await write(ENTRIES)

    def with_the_key(db):
        entry(db, 3).facts = {"n": 0, "amount_minor": 1}
        db.flush()
        link_anew(db, KEY, 3)

    await store.write(with_the_key)
    found = await again().broken()
    assert found == [Fault("desk one", ENTRIES, Trouble.CUT)]  # by the mark outside alone

    place.text = None
    assert {each.trouble for each in await again().broken()} == {Trouble.HEAD}


async def test_without_a_mark_outside_a_cut_tail_would_go_unseen(store, clock, write):
    bare = Journal(store, clock, "desk one", Seal(KEY))
    await write(ENTRIES, bare)
    await store.write(cut_and_rewind, random.Random(1))

    assert await Journal(store, clock, "desk one", Seal(KEY)).broken() == []
    assert await bare.broken() != []


async def test_a_cut_is_still_told_after_work_has_gone_on(store, journal, write, again):
    await write(ENTRIES)
    await store.write(cut_and_rewind, random.Random(2))

    await write(ENTRIES + 3, again())
    assert Fault("desk one", ENTRIES, Trouble.CUT) in await again().broken()


async def test_who_has_looked_at_it_may_take_the_journal_as_it_is(store, journal, write, again):
    await write(ENTRIES)
    await store.write(cut_and_rewind, random.Random(2))
    assert await again().broken() != []

    looked = again()
    await looked.accept(await looked.check())
    assert await again().broken() == []
    told = (await store.read(entries_of))[-1]
    assert (told.kind, len(told.facts["faults"])) == ("journal_accepted", 1)
    await write(1, again())
    assert await again().broken() == []


@pytest.mark.parametrize("text", ["", "a b", "0" * 64 + ' {"seen":{},"doubts":[]}'])
async def test_a_mark_that_somebody_else_wrote_is_told(journal, write, again, place, text):
    await write(3)
    place.text = text

    assert Fault("", 0, Trouble.HEAD) in await again().broken()


async def test_an_erased_person_leaves_the_journal_whole(store, journal, write, again):
    await write(ENTRIES)
    await store.write(lambda db: db.exec(delete(PersonalRecord)) and None)

    assert await again().broken() == []


async def test_another_key_fits_no_entry(journal, write, again):
    await write(ENTRIES)

    faults = await again(bytes(32)).broken()
    assert sum(each.trouble == Trouble.CHANGED for each in faults) == ENTRIES


async def test_a_unit_that_is_not_kept_moves_no_mark(store, journal, write, again):
    await write(3)

    def fails(db):
        journal.write(db, Command(uuid4(), GRACE), "noted", {})
        raise LookupError

    with pytest.raises(LookupError):
        await store.write(fails)
    journal.seal.heads.keep()
    assert journal.seal.heads.of("desk one").number == 3
    assert await again().broken() == []


async def test_another_desk_sees_a_cut_it_has_no_key_for(store, clock, journal, write):
    other = Journal(store, clock, "desk two", Seal.kept(bytes(32), Kept()))
    await write(ENTRIES)
    await write(2, other)
    await other.witness()
    chains = {each.origin: each for each in (await other.check()).chains}
    assert (chains["desk one"].keyed, chains["desk one"].witnessed) == (False, ENTRIES)
    assert (chains["desk two"].keyed, chains["desk two"].witnessed) == (True, 2)

    await store.write(lambda db: _delete(db, entry_of(db, "desk one", ENTRIES).id))
    assert await other.broken() == [Fault("desk one", ENTRIES, Trouble.CUT)]

    await other.witness()
    await write(ENTRIES, journal)
    await other.witness()
    assert Fault("desk one", ENTRIES, Trouble.CUT) in await other.broken()


def entry_of(db, origin, number):
    wanted = select(EntryRecord).where(EntryRecord.origin == origin)
    return db.exec(wanted.where(EntryRecord.number == number)).one()


async def test_two_programs_of_one_desk_share_a_chain_and_its_mark(journal, write, again):
    console, importing = again(), again()
    for count, program in ((2, console), (5, importing), (1, console), (3, importing)):
        await write(count, program)

    assert await again().broken() == []
    assert again().seal.heads.of("desk one").number == 11


def entries_of(db):
    wanted = select(EntryRecord).order_by(col(EntryRecord.id))
    found = db.exec(wanted).all()
    db.expunge_all()
    return found
