"""What is written while the server is away is kept at the desk, and sent once when it is back."""

import asyncio
from uuid import uuid4

import pytest
from sqlmodel import select

from care_console.base.command import Command
from care_console.calls.records import ContactRecord
from care_console.calls.rules.contact import BadContact, State
from care_console.calls.service.away import BEGUN, FINISHED, KEPT, Sent
from care_console.services import Services
from care_console.settings.options import Company, Desk
from care_console.store import NoAnswer, Outbox, ServerAway, Store
from tests.away import Shared
from tests.conftest import until

KEY = bytes(32)


@pytest.fixture
def server(databases, tmp_path):
    return Shared(databases, tmp_path)


@pytest.fixture
def outbox(tmp_path):
    made = Outbox(tmp_path / "outbox.sqlite", KEY)
    yield made
    made.close()


@pytest.fixture
def store(loop, server):
    store = Store.open(server.url)
    yield store
    loop.run_until_complete(store.close())


@pytest.fixture
def services(store, clock, outbox):
    desk, company = Desk(origin="this desk"), Company(name="Northgate Heating")
    return Services.over(store, clock, desk, company, outbox=outbox)


@pytest.fixture
def contacts(services):
    return services.contacts


@pytest.fixture
def colleague(loop, server, clock):
    """What another desk does, when the server is there."""
    store = Store.open(server.url)
    yield Services.over(store, clock, Desk(origin="another desk")).contacts
    loop.run_until_complete(store.close())


@pytest.fixture
def maria(loop, add):
    return loop.run_until_complete(add("Maria"))


async def restarted(services, outbox):
    """The services of the same desk after a crash."""
    return Services.over(services.store, services.clock, services.desk, outbox=outbox).contacts


async def test_what_is_typed_is_kept_here_shown_and_sent(contacts, start, maria, server):
    contact = await start(card_id=maria)
    assert await contacts.keep(contact, reason="Boiler")
    await contacts.draft(contact)
    server.go()

    assert not await contacts.keep(contact, notes="It is cold", matter="No heating")
    assert not await contacts.keep(contact, notes="It is cold.\nThe baby")
    draft = await contacts.draft(contact)
    assert (draft.reason, draft.notes, draft.matter) == (
        "Boiler",
        "It is cold.\nThe baby",
        "No heating",
    )
    assert await contacts.send_kept() == Sent(0, {})

    server.come()
    assert await contacts.send_kept() == Sent(1, {})
    assert await contacts.send_kept() == Sent(0, {})
    sent = await contacts.draft(contact)
    assert (sent.reason, sent.notes, sent.matter) == (draft.reason, draft.notes, draft.matter)
    assert contacts.here.outbox.waiting() == []


async def test_a_draft_that_nobody_has_seen_here_cannot_be_shown(contacts, start, server):
    contact = await start()
    server.go()

    with pytest.raises(NoAnswer):
        await contacts.draft(contact)
    server.come()


async def test_what_waits_never_overtakes_what_is_typed_later(contacts, start, server):
    contact = await start()
    server.go()
    await contacts.keep(contact, notes="Old", reason="Boiler")
    server.come()

    assert await contacts.keep(contact, notes="New")
    assert await contacts.send_kept() == Sent(0, {})
    draft = await contacts.draft(contact)
    assert (draft.notes, draft.reason) == ("New", "Boiler")


async def test_what_waits_is_shown_before_it_is_sent(contacts, start, server):
    contact = await start()
    server.go()
    await contacts.keep(contact, notes="It is cold")
    server.come()

    assert (await contacts.draft(contact)).notes == "It is cold"


async def test_an_end_is_journalled_once_as_of_when_it_was(
    contacts, services, act, start, maria, server, outbox, clock, clerk
):
    contact = await start(card_id=maria)
    server.go()
    await contacts.keep(contact, notes="It is cold")
    clock.pass_by(minutes=5)
    assert not await contacts.finish(act(), contact, "settled", reason="Boiler")
    waiting = outbox.waiting()
    assert [each.kind for each in waiting] == [KEPT, FINISHED]
    clock.pass_by(minutes=55)
    server.come()
    assert await contacts.send_kept() == Sent(1, {})
    again = waiting[1]
    outbox.put(again.kind, again.id, again.body)  # the answer was lost: nobody knows if it came

    assert await contacts.send_kept() == Sent(1, {})
    assert contacts.not_taken() == []
    [told] = [
        each for each in await services.cards.history(maria) if each.kind == "contact_finished"
    ]
    assert (told.facts["minutes"], told.personal["notes"]) == (5, "It is cold")
    assert told.clerk_card_id == clerk.card_id
    assert await contacts.open(clerk) == []


async def test_a_contact_begun_meanwhile_is_a_contact_like_any_other(
    contacts, act, maria, server, clock, clerk
):
    server.go()
    began = clock.now
    here = await contacts.start(act(), channel="telephone", card_id=maria)
    assert here < 0
    assert (await contacts.draft(here)).started_at == began
    assert not await contacts.keep(here, notes="It is cold")
    assert (await contacts.draft(here)).notes == "It is cold"
    clock.pass_by(minutes=30)
    server.come()

    sent = await contacts.send_kept()
    now = sent.ids[here]
    assert (sent.contacts, now > 0) == (1, True)
    [draft] = await contacts.open(clerk)
    assert (draft.id, draft.card_id, draft.notes) == (now, maria, "It is cold")
    assert draft.started_at == began
    assert await contacts.keep(here, notes="Still cold")  # a key that was on its way
    assert (await contacts.draft(here)).notes == "Still cold"
    assert await contacts.leave(act(), here) is State.UNFINISHED


async def test_a_contact_begun_and_ended_meanwhile_outlives_a_crash_at_any_moment(
    contacts, services, act, maria, server, outbox, clerk
):
    server.go()
    here = await contacts.start(act(), channel="counter", card_id=maria)
    await contacts.keep(here, notes="It is cold")
    await contacts.finish(act(), here, "settled", reason="Boiler")
    server.come()
    await outbox.send({BEGUN: contacts._send_begun})  # and then the console is killed

    again = await restarted(services, outbox)
    assert (await again.send_kept()).contacts == 1
    [told] = [
        each for each in await services.cards.history(maria) if each.kind == "contact_finished"
    ]
    assert told.personal == {"reason": "Boiler", "notes": "It is cold"}
    assert await again.open(clerk) == []


async def test_what_another_desk_has_finished_is_told_with_all_that_was_written(
    contacts, colleague, act, start, server
):
    contact = await start()
    server.go()
    await contacts.keep(contact, notes="It is cold", reason="Boiler")
    server.come()
    await colleague.finish(act(), contact, "settled")

    assert await contacts.send_kept() == Sent(0, {})
    [refused] = contacts.not_taken()
    assert "finished meanwhile" in refused.why
    assert refused.written == "Boiler\nIt is cold"
    with pytest.raises(BadContact, match="finished meanwhile"):
        await contacts.keep(contact, notes="More")
    contacts.let_go(refused.id)
    assert contacts.not_taken() == []


async def test_an_end_that_is_taken_back_before_it_was_sent_leaves_all_that_was_written(
    contacts, services, act, start, maria, server, clerk
):
    contact = await start(card_id=maria)
    server.go()
    await contacts.finish(act(), contact, "settled", notes="It is cold")
    await contacts.undo(act(), contact)
    server.come()

    assert await contacts.send_kept() == Sent(1, {})
    [draft] = await contacts.unfinished(clerk)
    assert (draft.id, draft.notes) == (contact, "It is cold")
    assert [each.kind for each in await services.cards.history(maria)] == ["card_added"]


async def test_many_contacts_are_each_sent_once_while_somebody_goes_on_typing(
    contacts, act, start, server, clerk
):
    ids = [await start(channel="counter") for _ in range(5)]
    server.go()
    for number, contact in enumerate(ids):
        await contacts.keep(contact, notes=f"Note {number}")
    server.come()

    await asyncio.gather(
        contacts.send_kept(), contacts.send_kept(), contacts.keep(ids[4], notes="Last")
    )
    drafts = await contacts.open(clerk)
    assert [each.notes for each in drafts] == ["Note 0", "Note 1", "Note 2", "Note 3", "Last"]


async def test_a_desk_that_keeps_nothing_here_says_that_it_is_not_saved(
    services, act, start, server
):
    alone = Services.over(services.store, services.clock, services.desk).contacts
    contact = await start()
    server.go()

    for sent in (
        alone.keep(contact, notes="x"),
        alone.finish(act(), contact, "settled"),
        alone.start(act(), channel="counter"),
    ):
        with pytest.raises(ServerAway, match="Not saved"):
            await sent
    assert await alone.send_kept() == Sent(0, {})
    server.come()


@pytest.fixture
def elsewhere(loop, server, clock):
    """All of another desk, when the server is there."""
    store = Store.open(server.url)
    yield Services.over(store, clock, Desk(origin="another desk"))
    loop.run_until_complete(store.close())


async def erased(elsewhere, clerk, card):
    """Erase somebody at the other desk."""
    shown = await elsewhere.cards.card(card)
    await elsewhere.privacy.erasure.erase(Command(uuid4(), clerk), card, shown.name)


async def come_back(server, services):
    server.come()
    await services.store.look_elsewhere()
    await until(lambda: not services.store.away)


def words_in(folder):
    return b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())


async def test_nothing_that_waits_about_somebody_erased_elsewhere_comes_to_the_records(
    services, contacts, start, maria, add, server, elsewhere, clerk, outbox, tmp_path
):
    other = await add("Ada")
    before = await start(card_id=maria)
    theirs = await start(card_id=other)
    await contacts.leave(Command(uuid4(), clerk), before)
    await services.store.look_elsewhere()
    server.go()
    await until(lambda: services.store.away)
    assert not await contacts.keep(before, notes="xylophone of before")
    begun = await start(card_id=maria)
    assert not await contacts.keep(begun, notes="xylophone of now")
    assert not await contacts.finish(Command(uuid4(), clerk), begun, "settled")
    assert not await contacts.keep(theirs, notes="of somebody else")

    server.come()
    await erased(elsewhere, clerk, maria)
    await come_back(server, services)
    sent = await contacts.send_kept()

    assert (sent.contacts, contacts.not_taken(), outbox.waiting()) == (1, [], [])
    kept = await elsewhere.store.read(lambda db: list(db.exec(select(ContactRecord))))
    assert [each.notes for each in kept if each.notes] == ["of somebody else"]
    assert len(kept) == 2


async def test_what_waited_is_forgotten_after_a_restart_of_the_desk_too(
    services, contacts, start, maria, server, elsewhere, clerk, outbox
):
    await services.store.look_elsewhere()
    server.go()
    await until(lambda: services.store.away)
    begun = await start(card_id=maria)
    await contacts.keep(begun, notes="xylophone")
    again = await restarted(services, outbox)
    server.come()
    await erased(elsewhere, clerk, maria)
    await come_back(server, services)

    await again.send_kept()
    assert (again.not_taken(), outbox.waiting()) == ([], [])
    assert await elsewhere.store.read(lambda db: list(db.exec(select(ContactRecord)))) == []


async def test_what_is_still_typed_about_somebody_erased_is_told_and_not_kept(
    contacts, start, maria, elsewhere, clerk
):
    talk = await start(card_id=maria)
    await contacts.keep(talk, notes="before")
    await contacts.leave(Command(uuid4(), clerk), talk)
    await erased(elsewhere, clerk, maria)

    for act in (contacts.keep(talk, notes="after"), start(card_id=maria)):
        with pytest.raises(BadContact, match="erased"):
            await act
    kept = await elsewhere.store.read(lambda db: db.exec(select(ContactRecord)).one())
    assert kept.notes == ""
