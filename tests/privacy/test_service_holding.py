"""Everything that is held on a person, as one file for them."""

import io
import json
import zipfile
from uuid import uuid4

import pytest
import vobject
from sqlmodel import select

from care_console.base.command import Clerk, Command
from care_console.journal.records import EntryRecord
from care_console.privacy.rules import WAYS
from care_console.staff.records import ClerkRecord
from care_console.staff.rules import NotAllowed
from tests.privacy.marks import KEPT_WORDS, NUMBER, mark, personal


def parts(packed):
    with zipfile.ZipFile(io.BytesIO(packed)) as pack:
        return {each: pack.read(each).decode() for each in pack.namelist()}


async def test_every_personal_column_stands_in_the_file(services, act, seeded):
    held, packed = await services.privacy.holding.file_of(act(), seeded.of["card"])
    told = parts(packed)["person.json"]
    missing = [
        (table, column)
        for table, column in personal()
        if KEPT_WORDS.get((table, column), mark(table, column)) not in told
        and (column != "e164" or NUMBER not in told)
    ]
    assert missing == []
    assert set(json.loads(told)["tables"]) == set(WAYS)
    assert held.count == len(WAYS) - 1  # nobody was merged into it


async def test_the_page_is_in_plain_words_and_shows_what_was_said_as_text(services, act, add):
    card = await add("Maria <b>Okafor</b>", note='<script>alert("x")</script>', language="fr")
    _held, packed = await services.privacy.holding.file_of(act(), card)
    page = parts(packed)["person.html"]
    assert "What Northgate Heating holds on you" in page
    assert "Maria &lt;b&gt;Okafor&lt;/b&gt;" in page
    assert "<script>" not in page
    assert 'lang="fr"' in page
    assert "janv." in page  # her moments are told as she reads them


async def test_another_program_reads_the_vcard(services, act, add):
    card = await add("Zoë Ünal", note="One; two, three\nfour" * 20)
    _held, packed = await services.privacy.holding.file_of(act(), card)
    read = vobject.readOne(parts(packed)["person.vcf"])
    assert read.fn.value == "Zoë Ünal"
    assert read.note.value == "One; two, three\nfour" * 20


async def test_secrets_and_the_names_of_others_are_left_out(services, act, clerk, seeded):
    await services.store.write(lambda db: db.get(ClerkRecord, clerk.card_id) and None)
    talk = await services.contacts.start(act(), channel="telephone", card_id=seeded.of["card"])
    await services.contacts.keep(talk, notes="Grace Hopper spoke with her and with Ada Lovelace")
    _held, packed = await services.privacy.holding.file_of(act(), seeded.of["card"])
    for part in parts(packed).values():
        assert "Grace Hopper" not in part
        assert "Ada Lovelace" not in part
        assert mark("clerk", "passphrase") not in part
    assert "Administrator spoke with her and with another person" in parts(packed)["person.json"]


async def test_it_is_journalled_without_a_name(services, act, add):
    card = await add("Maria Okafor")
    command = act()
    await services.privacy.holding.file_of(command, card)
    entry = await services.store.read(
        lambda db: db.exec(select(EntryRecord).where(EntryRecord.command_id == command.id)).one()
    )
    assert entry.kind == "person_taken_out"
    assert "Okafor" not in str(entry.facts)


async def test_a_clerk_of_another_role_may_not(services, store, add):
    card = await add("Sam Small")
    await store.write(lambda db: db.add(ClerkRecord(card_id=card, role="senior")))
    with pytest.raises(NotAllowed, match="Supervisor"):
        await services.privacy.holding.file_of(
            Command(uuid4(), Clerk("Sam Small", "supervisor", card)), card
        )
