"""Erasing a person: their words are gone from every file, and sums and the chain stay true."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import Session, select

from care_console.authority.records import RemedyRecord
from care_console.base.command import Clerk, Command
from care_console.calls.records import ContactRecord, ReasonRecord
from care_console.calls.service.away import KeptHere
from care_console.cards.records import CardRecord
from care_console.journal.records import EntryRecord
from care_console.privacy.records import ErasedRecord
from care_console.privacy.rules import NotErased, WrongName
from care_console.privacy.service import Privacy
from care_console.promises.records import DutyRecord
from care_console.promises.rules.duty import DutyKind
from care_console.staff.records import ClerkRecord
from care_console.staff.rules import NotAllowed
from care_console.store import Outbox
from tests.privacy.marks import KEPT_WORDS, mark, personal, tables

MARIA = "Maria Quixoticus"


@pytest.fixture
def erasure(services, tmp_path):
    return made(services, tmp_path / "erased.json")


def made(services, aside, here=None):
    return Privacy.over(
        *(services.journal, services.staff, services.cards),
        lambda: services.settings.company,
        "en_GB",
        aside=aside,
        here=here,
    ).erasure


@pytest.fixture
def rows(services):
    """Everything that the records hold, as one text."""

    async def rows():
        def read(db: Session):
            kept = tables()
            return "\n".join(
                str(tuple(row)) for t in kept.values() for row in db.execute(select(t))
            )

        return await services.store.read(read)

    return rows


def in_files(folder):
    """All bytes of the records' files, as they lie there."""
    return b"".join(each.read_bytes() for each in folder.iterdir() if each.is_file())


def words_of_hers():
    kept = [each for each in personal() if each not in KEPT_WORDS and each[1] != "e164"]
    return [mark(*each) for each in kept]


async def test_no_word_of_a_column_is_left_in_the_records_or_their_files(
    services, act, seeded, erasure, rows, tmp_path, where
):
    name = mark("card", "name")
    there = await rows()
    assert [word for word in words_of_hers() if word not in there] == []
    await erasure.erase(act(), seeded.of["card"], name)
    told, left = await rows(), in_files(tmp_path)
    assert [word for word in words_of_hers() if word in told] == []
    assert [word for word in words_of_hers() if word.encode() in left] == []
    assert "+442079460777" not in told
    assert b"442079460777" not in left
    if not isinstance(where, str):
        assert mark("contact", "outcome").encode() in left  # it was looked for in the right file


async def test_what_was_typed_at_the_desk_is_gone_with_all_that_finds_it(
    services, act, erasure, rows, tmp_path
):
    card = await services.cards.add(act(), new_maria())
    talk = await services.contacts.start(act(), channel="telephone", card_id=card)
    await services.contacts.keep(talk, reason="Quixoticus again", notes="Of Xylophonia")
    await services.contacts.finish(act(), talk, "settled")
    assert await services.search.find("Quixoticus")
    await erasure.erase(act(), card, "maria  QUIXOTICUS".replace("  ", " "))
    assert await services.search.find("Quixoticus") == []
    for word in ("uixotic", "quixot", "ylophon", "maria.q"):
        assert word not in (await rows()).casefold()
        assert word.encode() not in in_files(tmp_path).lower()
    assert await services.store.read(lambda db: db.exec(select(ReasonRecord)).all()) == []


def new_maria():
    from care_console.cards.rules import NewCard, NewEmail, NewPhone

    return NewCard(
        given="Maria",
        family="Quixoticus",
        note="Lives in Xylophonia",
        phones=(NewPhone(raw="020 7946 0958"),),
        emails=(NewEmail(address="maria.q@example.com"),),
    )


async def test_sums_dates_and_the_chain_stay_as_they_were(services, act, seeded, erasure):
    def sums(db):
        remedy = db.exec(select(RemedyRecord)).one()
        return remedy.amount_minor, remedy.offered_at, remedy.card_id, remedy.taken

    journal = services.journal
    before = await services.store.read(sums)
    found = (await journal.check()).faults  # of the rows that were put in by hand
    await erasure.erase(act(), seeded.of["card"], mark("card", "name"))
    assert await services.store.read(sums) == before
    assert set((await journal.check()).faults) <= set(found)
    entry = await services.store.read(
        lambda db: db.exec(select(EntryRecord).where(EntryRecord.kind == "person_erased")).one()
    )
    assert entry.facts == {"cards": 1}


async def test_the_journal_is_whole_after_an_erasure(services, act, add, erasure):
    card = await add(MARIA)
    talk = await services.contacts.start(act(), channel="telephone", card_id=card)
    await services.contacts.finish(act(), talk, "settled", notes="word")
    await erasure.erase(act(), card, MARIA)
    assert await services.journal.broken() == []


async def test_another_name_erases_nothing(services, act, add, erasure):
    card = await add(MARIA)
    for typed in ("", "Maria", "Ada Lovelace"):
        with pytest.raises(WrongName, match="Maria Quixoticus"):
            await erasure.erase(act(), card, typed)
    assert await services.search.find("Quixoticus")


async def test_only_an_administrator_may(services, store, add, erasure):
    card = await add("Sam Small")
    await store.write(lambda db: db.add(ClerkRecord(card_id=card, role="supervisor")))
    sam = Command(uuid4(), Clerk("Sam Small", "administrator", card))
    with pytest.raises(NotAllowed):
        await erasure.look(sam, card)
    with pytest.raises(NotAllowed):
        await erasure.erase(sam, card, "Sam Small")


async def test_what_is_still_on_its_way_is_said_and_comes_first(services, act, add, erasure):
    card = await add(MARIA)
    recovery = await services.recoveries.open(act(), card, title="Engineer did not come")
    talk = await services.contacts.start(act(), channel="telephone", card_id=card)
    told = await erasure.look(act(), card)
    assert [each.words for each in told.hindrances] == [
        "A recovery with them is open. Close it first.",
        "A contact with them is open. Wrap it up first.",
    ]
    with pytest.raises(NotErased, match="recovery"):
        await erasure.erase(act(), card, MARIA)
    await services.recoveries.take_back(act(), recovery)
    await services.contacts.finish(act(), talk, "settled")
    assert (await erasure.look(act(), card)).hindrances == ()


async def test_whoever_works_at_a_console_is_not_erased(services, clerk, act, erasure):
    with pytest.raises(NotErased, match="console"):
        await erasure.erase(act(), clerk.card_id, clerk.name)


async def test_a_draft_and_a_promise_end_with_them(services, act, add, erasure, clock):
    card = await add(MARIA)
    talk = await services.contacts.start(act(), channel="telephone", card_id=card)
    await services.contacts.keep(talk, notes="half a word")
    await services.contacts.leave(act(), talk)
    await services.duties.add(
        act(),
        DutyKind.OTHER,
        title="Ring Maria",
        due_at=clock() + timedelta(hours=2),
        card_id=card,
    )
    await erasure.erase(act(), card, MARIA)

    def read(db):
        contact = db.get(ContactRecord, talk)
        duty = db.exec(select(DutyRecord)).one()
        return contact.notes, contact.state, duty.title, duty.outcome

    assert await services.store.read(read) == ("", "dropped", "", "withdrawn")


async def test_erased_twice_with_one_command_it_is_done_once(services, act, add, erasure):
    card, command = await add(MARIA), act()
    await erasure.erase(command, card, MARIA)
    await erasure.erase(command, card, MARIA)
    kinds = await services.store.read(lambda db: db.exec(select(EntryRecord.kind)).all())
    assert list(kinds).count("person_erased") == 1


async def test_a_copy_that_is_put_back_forgets_them_again(services, act, add, erasure, tmp_path):
    card, other = await add(MARIA), await add("Ada Lovelace")
    before = await services.store.read(lambda db: db.get(CardRecord, card).model_dump())
    await erasure.erase(act(), card, MARIA)
    assert await erasure.again() == 0
    assert "Maria" not in (tmp_path / "erased.json").read_text()
    assert (tmp_path / "erased.json").stat().st_mode & 0o777 == 0o600

    def put_back(db):
        db.delete(db.get(ErasedRecord, card))
        db.flush()
        db.merge(CardRecord(**before))
        services.index.index(db, [card])

    await services.store.write(put_back)
    assert await services.search.find("Quixoticus")
    assert await erasure.again() == 1
    assert await services.search.find("Quixoticus") == []
    assert (await services.search.find("Lovelace"))[0].brief.id == other


async def test_a_later_card_of_the_same_number_is_left_alone(
    services, add, erasure, clock, tmp_path
):
    card = await add(MARIA)
    listed = [
        {
            "card": card,
            "created": "2020-01-01T00:00:00+00:00",
            "erased": "2020-02-01T00:00:00+00:00",
        }
    ]
    (tmp_path / "erased.json").write_text(json.dumps([*listed, "noise", {"card": "x"}]))
    assert await erasure.again() == 0
    assert await services.search.find("Quixoticus")


async def test_what_waits_at_this_desk_is_dropped(services, act, add, tmp_path):
    here = KeptHere(Outbox(tmp_path / "outbox.sqlite", bytes(32)))
    erasure = made(services, None, here)
    card, other = await add(MARIA), await add("Ada Lovelace")
    talks = [
        await services.contacts.start(act(), channel="telephone", card_id=each)
        for each in (card, other)
    ]
    for talk in talks:
        here.keep(talk, {"notes": "word"})
        await services.contacts.finish(act(), talk, "settled")
    await erasure.erase(act(), card, MARIA)
    assert here.contacts() == {talks[1]}
    here.outbox.close()


async def test_the_cards_that_were_merged_into_it_go_with_it(
    services, act, add, erasure, monkeypatch
):
    """The column comes from another room; any that is called so is followed."""
    card, merged, twice = [await add(each) for each in (MARIA, "Mary Quixoticus", "M Quixoticus")]
    links = {merged: card, twice: merged}
    from care_console.privacy.service import reach

    def step(db, _links, cards, *, up):
        if up:
            return [links[each] for each in cards if each in links]
        return [loser for loser, survivor in links.items() if survivor in cards]

    monkeypatch.setattr(reach, "_links", lambda: iter([(None, None)]))
    monkeypatch.setattr(reach, "_step", step)
    assert (await erasure.look(act(), twice)).cards == 3
    await erasure.erase(act(), merged, MARIA)
    assert await services.search.find("Quixoticus") == []


async def test_an_erased_card_says_so_and_stands_in_no_list(services, act, add, erasure):
    card = await add(MARIA)
    await erasure.erase(act(), card, MARIA)
    shown = await services.cards.card(card)
    assert shown.name == "Erased person"
    assert card not in [each.id for each in await services.search.browse()]
    assert (await erasure.look(act(), card)).already


async def test_what_was_erased_is_not_in_the_pages_of_a_ciphered_file(tmp_path, loop, clock):
    """Deciphered page by page, as whoever has the key and the disk would."""
    from care_console.services import Services
    from care_console.settings.options import Company, Desk
    from care_console.store import Store

    key, file = bytes(range(32)), tmp_path / "care.sqlite"
    store = Store.create(file, key)
    services = Services.over(store, clock, Desk(origin="this desk"), Company())
    try:
        clerk = await services.beginning.begin({"name": "Northgate"}, "Grace Hopper")
        cards = [await services.cards.add(Command(uuid4(), clerk), new_maria())]
        assert b"Quixoticus" in pages(file, key) + pages(tmp_path / "care.sqlite-wal", key, 32)
        await services.privacy.erasure.erase(Command(uuid4(), clerk), cards[0], MARIA)
        left = pages(file, key)
        assert b"Grace" in left
        assert b"uixotic" not in left.lower()
        assert (tmp_path / "care.sqlite-wal").stat().st_size == 0
    finally:
        await store.close()


PAGE, RESERVE, FRAME_HEAD = 4096, 48, 24  # SQLCipher with an HMAC of SHA-256


def pages(file, key, head=0):
    """Return all pages of a ciphered file, or of its log after a ``head``, in the clear."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    raw, clear = file.read_bytes(), b""
    step = PAGE + (FRAME_HEAD if head else 0)
    for start in range(head, len(raw), step):
        page = raw[start + (FRAME_HEAD if head else 0) : start + step]
        if len(page) < PAGE:
            break
        salt = 16 if start == 0 and not head else 0
        body, iv = page[salt : PAGE - RESERVE], page[PAGE - RESERVE : PAGE - RESERVE + 16]
        opened = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
        body = body[: len(body) // 16 * 16]
        clear += opened.update(body)
    return clear
