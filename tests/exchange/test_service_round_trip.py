"""What is given out and taken into an empty home are the same people."""

import os
import tempfile
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from care_console.base.command import Command
from care_console.cards.rules import (
    Group,
    Kind,
    NewCard,
    NewEmail,
    NewMembership,
    NewPhone,
    RelationKind,
)
from care_console.exchange.rules.person import own_uid
from care_console.exchange.service import Format, NotWritten, Wanted
from care_console.exchange.service.whole import persons
from care_console.journal.records import EntryRecord
from care_console.services import Services
from care_console.settings.options import Company, Desk
from care_console.staff.rules import NotAllowed, Role
from care_console.store import Store

from .people import CARDS

FEW = settings(
    max_examples=int(os.environ.get("CARE_TEST_EXAMPLES", "4")),
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),  # the loop may serve them all
)


def now():
    return datetime(2030, 1, 7, 9, tzinfo=UTC)


@asynccontextmanager
async def empty_home():
    with tempfile.TemporaryDirectory() as folder:
        store = Store.create(Path(folder, "care.sqlite"))
        services = Services.over(store, now, Desk(origin="d"), Company(name="Northgate"))
        await services.beginning.begin({"name": "Northgate"}, "Grace Hopper")
        try:
            yield services
        finally:
            await store.close()


async def everybody(services):
    """Return each card that is no clerk's, as it goes out, by uid."""
    ids = [each.id for each in await services.search.browse(most=1000)]
    people = await services.store.read(persons, ids)
    return {each.card.uid: each for each in people if each.name != "Grace Hopper"}


async def command(services):
    return Command(uuid4(), await services.staff.clerk())


async def moved(services, file, format=Format.VCARD):
    """Give everybody out and take them into an empty home; return both sides."""
    before = await everybody(services)
    await services.exports.give_out(await command(services), file, format, Wanted())
    async with empty_home() as other:
        report = await other.imports.take_in([file])
        assert not report.skipped, report.as_words()
        return before, await everybody(other)


def comparable(people, *, ties=True):
    return {
        uid: (each.card, each.name, set(each.ties) if ties else None, each.kept)
        for uid, each in people.items()
    }


@FEW
@given(st.lists(CARDS, min_size=1, max_size=3, unique_by=lambda card: card.uid), st.data())
def test_any_people_are_the_same_after_a_vcard(loop, cards, data):
    kinds = st.lists(st.sampled_from(RelationKind), max_size=2, unique=True)
    relations = data.draw(kinds) if len(cards) > 1 else []

    async def journey():
        async with empty_home() as services:
            ids = [await services.cards.add(await command(services), card) for card in cards]
            for kind in relations:
                await services.edits.relate(await command(services), ids[0], kind, ids[1])
            with tempfile.TemporaryDirectory() as folder:
                before, after = await moved(services, Path(folder, "all.vcf"))
        assert len(before) == len(cards)
        assert comparable(after) == comparable(before)

    loop.run_until_complete(journey())


@FEW
@given(st.lists(CARDS, min_size=1, max_size=3, unique_by=lambda card: card.uid))
def test_any_people_are_the_same_after_a_table(loop, cards):
    async def journey():
        async with empty_home() as services:
            for card in cards:
                await services.cards.add(await command(services), card)
            with tempfile.TemporaryDirectory() as folder:
                before, after = await moved(services, Path(folder, "all.csv"), Format.CSV)
        assert comparable(after, ties=False) == comparable(before, ties=False)

    loop.run_until_complete(journey())


async def house_of(services, act):
    """A firm, who works there, and who answers for both."""
    add = services.cards.add
    ben = NewCard(given="Ben", memberships=(NewMembership(group=Group.EMPLOYEE),))
    ben_id = await add(act(), ben)
    firm = NewMembership(group=Group.DISTRIBUTOR, account_number="D 7", owner_card_id=ben_id)
    firm_id = await add(
        act(), NewCard(kind=Kind.ORGANISATION, family="Okafor Ltd", memberships=(firm,))
    )
    both = (
        NewMembership(group=Group.END_USER, since=date(2020, 1, 2), sold_by_card_id=ben_id),
        NewMembership(group=Group.SUPPLIER, until=date(2029, 1, 1), account_number="S 1"),
    )
    maria = NewCard(
        given="Maria",
        family="Okafor",
        do="Speak slowly.\nAlways.",
        phones=(NewPhone(raw="020 7946 0123", label="work", shared=True),),
        emails=(NewEmail(address="maria@example.org"),),
        memberships=both,
    )
    maria_id = await add(act(), maria)
    await services.edits.relate(act(), maria_id, RelationKind.WORKS_AT, firm_id)
    return ben_id, firm_id, maria_id


async def test_groups_who_answers_and_relations_come_along(services, act, tmp_path):
    await house_of(services, act)

    before, after = await moved(services, tmp_path / "all.vcf")

    assert comparable(after) == comparable(before)
    maria = next(each for each in after.values() if each.card.given == "Maria")
    assert {(tie.relation, tie.sold) for tie in maria.ties} == {
        (RelationKind.WORKS_AT, False),
        (None, True),
    }


async def test_into_the_same_home_it_changes_nothing(services, act, tmp_path):
    await house_of(services, act)
    before = await everybody(services)
    for file, format in (("all.vcf", Format.VCARD), ("all.csv", Format.CSV)):
        await services.exports.give_out(act(), tmp_path / file, format, Wanted())

        report = await services.imports.take_in([tmp_path / file])

        assert (report.new, report.updated) == (0, 0), file
    assert comparable(await everybody(services)) == comparable(before)


async def test_only_a_group_or_only_who_has_the_words_go_out(services, act, tmp_path):
    await house_of(services, act)
    file = tmp_path / "some.vcf"

    async def out(**wanted):
        given = await services.exports.give_out(act(), file, Format.VCARD, Wanted(**wanted))
        names = [line[3:] for line in file.read_text().splitlines() if line.startswith("FN:")]
        assert given.count == len(names)
        return sorted(names)

    assert await out(group=Group.END_USER) == ["Maria Okafor"]
    assert await out(group=Group.SUPPLIER) == []  # it ended
    assert await out(words="okaf") == ["Maria Okafor", "Okafor Ltd"]
    assert await out(words="okafor maria") == ["Maria Okafor"]
    assert await out(words="020 7946") == ["Maria Okafor"]
    assert await out(words="okafor", group=Group.DISTRIBUTOR) == ["Okafor Ltd"]


async def test_an_export_is_journalled_with_its_filter_and_no_name(services, act, tmp_path):
    await house_of(services, act)

    wanted = Wanted(Group.END_USER, "okafor")
    await services.exports.give_out(act(), tmp_path / "x.csv", Format.CSV, wanted)

    entries = await services.store.read(lambda db: _entries(db, "cards_exported"))
    assert entries == [{"cards": 1, "format": "csv", "group": "end-user", "filtered": True}]


def _entries(db, kind):
    return list(db.exec(select(EntryRecord.facts).where(EntryRecord.kind == kind)))


async def test_who_may_not_gets_nothing_and_it_is_journalled(services, act, clerk, tmp_path):
    ada = NewCard(given="Ada", memberships=(NewMembership(group=Group.EMPLOYEE),))
    ada_id = await services.cards.add(act(), ada)
    await services.staff.add_clerk(act(), ada_id, Role.CSR)
    hers = Command(uuid4(), type(clerk)("Ada", Role.CSR, ada_id))

    with pytest.raises(NotAllowed):
        await services.exports.give_out(hers, tmp_path / "x.vcf", Format.VCARD, Wanted())

    assert list(tmp_path.glob("x*")) == []
    denied = await services.store.read(lambda db: _entries(db, "denied"))
    assert denied == [{"permission": "export"}]


async def test_what_cannot_be_finished_leaves_what_was_there(services, act, tmp_path):
    file = tmp_path / "all.vcf"
    file.write_text("mine")

    given = await services.exports.give_out(act(), file, Format.VCARD, Wanted(), stop=lambda: True)

    assert given.cancelled
    assert file.read_text() == "mine"
    assert [each.name for each in tmp_path.glob("all*")] == ["all.vcf"]
    with pytest.raises(NotWritten, match="cannot be written"):
        await services.exports.give_out(
            act(), tmp_path / "none" / "all.vcf", Format.VCARD, Wanted()
        )


async def test_a_uid_that_was_given_here_is_the_same_each_time(services, act, tmp_path):
    ada_id = await services.cards.add(act(), NewCard(given="Ada"))
    (one,) = (await everybody(services)).values()

    assert one.card.uid == own_uid(ada_id, services.clock())
