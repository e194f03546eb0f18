"""An import can be taken back, as far as nobody went on with what it did."""

from datetime import timedelta
from uuid import uuid4

import pytest

from care_console.base.command import Command
from care_console.cards.rules import (
    Change,
    Group,
    NewCard,
    NewEmail,
    NewMembership,
    NewPhone,
    RelationKind,
)
from care_console.cards.service.replaced import NoCard
from care_console.exchange.records import RunRecord
from care_console.exchange.rules.reading import Reading
from care_console.exchange.service import Busy, Format, NotThere, State, Wanted, Watch, Wishes
from care_console.exchange.service.unit import LEFT_OUT, NEW
from care_console.staff.rules import NotAllowed, Role

CSV = """Name,Company,Phone,E-mail
Maria Okafor,Okafor Plumbing,020 7946 0123,maria@example.org
Peter Halden,Halden & Sons,0161 496 0350,
Ingrid Halden,Halden & Sons,0161 496 0351,ingrid@example.org
"""


@pytest.fixture
def book(tmp_path):
    file = tmp_path / "book.csv"
    file.write_text(CSV)
    return file


async def names(services):
    found = [brief.name for brief in await services.search.browse(most=100)]
    return sorted(name for name in found if name != "Grace Hopper")


async def card_named(services, name):
    (hit,) = await services.search.find(name)
    return hit.brief.id


async def run_of(services):
    return (await services.imports.past())[0]


async def test_what_was_made_and_not_touched_goes_and_leaves_nothing(services, act, book):
    await services.imports.take_in([book])
    gone = await card_named(services, "maria")
    run = await run_of(services)
    assert (run.new, run.state, run.can_be_undone, run.clerk) == (
        3,
        State.DONE,
        True,
        "Grace Hopper",
    )

    taken = await services.taking_back.take_back(act(), run.id)

    assert (taken.total, taken.gone, taken.kept, taken.names) == (3, 3, 0, [])
    assert await names(services) == []
    for text in ("maria", "7946 0123", "plumbing", "maria@"):
        assert await services.search.find(text) == []
    with pytest.raises(NoCard):
        await services.cards.card(gone)
    with pytest.raises(NoCard):
        await services.edits.edit(act(), gone, [Change("note", "", "x")])
    run = await run_of(services)
    assert (run.state, run.can_be_undone) == (State.TAKEN_BACK, False)
    assert await services.journal.broken() == []

    report = await services.imports.take_in([book])
    assert report.new == 3  # as if it had never been


async def test_whoever_was_changed_since_stays_and_is_named(services, act, book):
    await services.imports.take_in([book])
    maria, peter = await card_named(services, "maria"), await card_named(services, "peter")
    await services.edits.edit(act(), maria, [Change("note", "", "Rings early")])
    owned = NewMembership(group=Group.END_USER, owner_card_id=peter)
    await services.cards.add(act(), NewCard(given="Bo", memberships=(owned,)))

    taken = await services.taking_back.take_back(act(), (await run_of(services)).id)

    assert (taken.gone, taken.kept) == (1, 2)
    assert sorted(taken.names) == [(maria, "Maria Okafor"), (peter, "Peter Halden")]
    assert await names(services) == ["Bo", "Maria Okafor", "Peter Halden"]
    assert (await services.cards.card(maria)).phones


async def test_updates_are_taken_back_where_nothing_was_changed_since(services, act, book):
    known = NewPhone(raw="020 7946 0123"), NewPhone(raw="0161 496 0350")
    maria = await services.cards.add(
        act(), NewCard(given="Maria", family="Okafor", phones=known[:1])
    )
    peter = await services.cards.add(
        act(), NewCard(given="Peter", family="Halden", phones=known[1:])
    )
    report = await services.imports.take_in([book])
    assert (report.new, report.updated) == (1, 2)
    await services.edits.edit(act(), peter, [Change("company", "Halden & Sons", "Halden Ltd")])

    taken = await services.taking_back.take_back(act(), (await run_of(services)).id)

    assert (taken.gone, taken.undone, taken.names) == (1, 1, [(peter, "Peter Halden")])
    card = await services.cards.card(maria)
    assert (card.fields["company"], card.emails) == ("", ())
    assert (await services.cards.card(peter)).fields["company"] == "Halden Ltd"
    assert (await services.imports.take_in([book])).updated == 1  # maria's, once more


async def test_cards_that_the_import_tied_to_each_other_go_together(services, act, tmp_path):
    ada = await services.cards.add(act(), NewCard(given="Ada"))
    bo = await services.cards.add(act(), NewCard(given="Bo"))
    await services.edits.relate(act(), ada, RelationKind.HOUSEHOLD_OF, bo)
    file = tmp_path / "both.vcf"
    await services.exports.give_out(act(), file, Format.VCARD, Wanted())
    text = file.read_text().replace("urn:uuid:0000", "urn:uuid:1000")  # other people
    file.write_text(text.replace("FN:", "FN:New "))

    report = await services.imports.take_in([file])
    assert report.new == 3  # Grace is one of them
    run = await run_of(services)

    taken = await services.taking_back.take_back(act(), run.id)
    assert (taken.gone, taken.kept) == (3, 0)


async def test_an_import_that_is_stopped_keeps_what_is_in_and_can_be_taken_back(
    services, act, tmp_path
):
    file = tmp_path / "many.csv"
    file.write_text("Name,Phone\n" + "".join(f"Ada Poe{n},01632 96{n:04}\n" for n in range(120)))
    seen = []
    watch = Watch(progress=lambda report: seen.append(report.new), stop=lambda: bool(seen))

    report = await services.imports.take_in([file], watch=watch, command=act())

    assert report.cancelled
    assert report.new == seen[-1] == len(await names(services)) < 120
    run = await run_of(services)
    assert (run.state, run.new, run.can_be_undone) == (State.CANCELLED, report.new, True)
    stopped = await services.taking_back.take_back(act(), run.id, stop=lambda: True)
    assert (stopped.gone, stopped.cancelled) == (0, True)
    taken = await services.taking_back.take_back(act(), run.id)
    assert taken.gone == report.new
    assert await names(services) == []


async def test_a_second_import_at_once_is_refused_until_the_first_has_fallen_silent(
    services, act, book, clock
):
    await services.imports.take_in([book], command=act())
    (run,) = await services.imports.past()

    def revive(db):
        record = db.get_one(RunRecord, run.id)
        record.state = "running"
        db.add(record)

    await services.store.write(revive)
    with pytest.raises(Busy, match="book.csv"):
        await services.imports.take_in([book], command=act())
    with pytest.raises(NotThere):
        await services.taking_back.take_back(act(), run.id)
    clock.now += timedelta(minutes=3)
    assert (await run_of(services)).state is State.BROKEN
    assert (await services.imports.take_in([book], command=act())).unchanged == 3
    assert (await services.taking_back.take_back(act(), run.id)).gone == 3


async def test_a_dry_run_names_doubles_and_what_was_decided_of_them_is_done(services, act, book):
    known = NewCard(given="Maria", family="Okafor", phones=(NewPhone(raw="020 7946 0123"),))
    maria = await services.cards.add(act(), known)
    found = []
    await services.imports.take_in(
        [book], Wishes(dry_run=True), Watch(double=found.append), command=act()
    )
    assert [(each.row, each.card_id, each.name) for each in found] == [(2, maria, "Maria Okafor")]
    assert found[0].said["company"] == "Okafor Plumbing"

    left = await services.imports.take_in([book], Wishes(doubles={2: LEFT_OUT}), command=act())
    assert (left.new, left.updated, left.skipped[0].why) == (2, 0, "You left it out.")

    new = await services.imports.take_in([book], Wishes(doubles={2: NEW}), command=act())
    assert (new.new, new.unchanged) == (1, 2)
    assert (await names(services)).count("Maria Okafor") == 2


async def test_a_row_that_was_mended_is_taken(services, act, tmp_path):
    file = tmp_path / "bad.csv"
    file.write_text("Name,Phone,Note\nAda Poe,4.42E+11,x\n,,early\nBo,1,2,3\n")
    skipped = []
    await services.imports.take_in([file], Wishes(dry_run=True), Watch(skipped=skipped.append))
    assert [(each.row, each.cells) for each in skipped] == [
        (2, ("Ada Poe", "4.42E+11", "x")),
        (3, ("", "", "early")),
        (4, ("Bo", "1", "2")),
    ]

    mended = {2: ["Ada Poe", "020 7946 0123", "x"], 3: ["Eve", "", "early"]}
    report = await services.imports.take_in([file], Wishes(reading=Reading(mended=mended)))

    assert (report.new, [each.row for each in report.skipped]) == (2, [4])
    assert await names(services) == ["Ada Poe", "Eve"]


async def test_columns_without_a_known_title_are_taken_as_somebody_said(services, act, tmp_path):
    file = tmp_path / "odd.csv"
    file.write_text("Wer;Wo;Ruf\nAda Poe;Leeds;020 7946 0123\n")
    unknown = await services.imports.take_in([file], Wishes(dry_run=True))
    assert unknown.unreadable

    columns = {0: "full", 1: "town", 2: "phone mobile"}
    await services.imports.take_in([file], Wishes(reading=Reading(columns=columns)))

    card = await services.cards.card(await card_named(services, "ada"))
    assert [each.label for each in card.phones] == ["mobile"]
    assert [each.town for each in card.addresses] == ["Leeds"]


async def test_who_may_not_imports_nothing_and_takes_nothing_back(services, act, clerk, book):
    ada = NewCard(given="Ada", memberships=(NewMembership(group=Group.EMPLOYEE),))
    ada_id = await services.cards.add(act(), ada)
    await services.staff.add_clerk(act(), ada_id, Role.SENIOR)
    hers = Command(uuid4(), type(clerk)("Ada", Role.SENIOR, ada_id))
    with pytest.raises(NotAllowed):
        await services.imports.take_in([book], command=hers)
    await services.imports.take_in([book])

    with pytest.raises(NotAllowed):
        await services.taking_back.take_back(hers, (await run_of(services)).id)

    assert len(await names(services)) == 4


async def test_an_email_that_was_there_already_is_nobodys_to_take_back(services, act, book):
    there = (NewEmail(address="maria@example.org"),)
    maria = await services.cards.add(
        act(), NewCard(given="Maria", family="Okafor", company="Okafor Plumbing", emails=there)
    )
    await services.imports.take_in([book])

    await services.taking_back.take_back(act(), (await run_of(services)).id)

    card = await services.cards.card(maria)
    assert [each.address for each in card.emails] == ["maria@example.org"]
    assert card.phones == ()
