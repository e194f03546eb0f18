"""An address book is taken in whole, and taking it in again changes nothing."""

import json

import pytest

from care_console.cards.rules import Change, Group, NewCard, NewPhone
from care_console.cli import main
from care_console.exchange.service import Wishes
from care_console.exchange.service.pace import FIRST, MOST, UNIT_S, Pace

CSV = """Name,Company,Phone,E-mail,Town
Maria Okafor,Okafor Plumbing,020 7946 0123,maria@example.org,London
Peter Halden,Halden & Sons,0161 496 0350,,Manchester
,,,,
Ingrid Halden,Halden & Sons,0161 496 0350,ingrid@example.org,Manchester
"""
CARD = """BEGIN:VCARD
VERSION:3.0
FN:Ella Brandt
N:Brandt;Ella;;;
TEL:0113 496 0877
END:VCARD
"""


@pytest.fixture
def book(tmp_path):
    file = tmp_path / "book.csv"
    file.write_text(CSV)
    return file


def counts(report):
    return report.read, report.new, report.updated, report.unchanged, len(report.skipped)


async def names(services):
    return sorted(brief.name for brief in await services.search.browse(most=100))


async def test_each_row_becomes_a_card_that_is_found_by_all_that_it_says(services, clerk, book):
    report = await services.imports.take_in([book], Wishes(group=Group.END_USER))

    assert counts(report) == (3, 3, 0, 0, 0)
    for text in ("okafor maria", "plumbing", "7946 0123", "maria@", "london"):
        hits = await services.search.find(text)
        assert [hit.brief.name for hit in hits] == ["Maria Okafor"], text
    assert hits[0].brief.groups == (Group.END_USER,)


async def test_the_same_file_twice_changes_nothing(services, clerk, book):
    await services.imports.take_in([book])
    before = await names(services)

    report = await services.imports.take_in([book])

    assert counts(report) == (3, 0, 0, 3, 0)
    assert await names(services) == before


async def test_a_changed_row_changes_its_card_and_nothing_that_the_desk_changed(
    services, act, book
):
    await services.imports.take_in([book])
    (hit,) = await services.search.find("okafor")
    await services.edits.edit(
        act(), hit.brief.id, [Change("company", "Okafor Plumbing", "Okafor & Daughter")]
    )
    book.write_text(
        CSV.replace("Okafor Plumbing", "Okafor Ltd").replace("Manchester", "Salford", 1)
    )

    report = await services.imports.take_in([book])

    card = await services.cards.card(hit.brief.id)
    assert card.fields["company"] == "Okafor & Daughter"
    (peter,) = await services.search.find("peter")
    towns = [each.town for each in (await services.cards.card(peter.brief.id)).addresses]
    assert towns == ["Manchester", "Salford"]
    assert report.new == 0


async def test_whoever_is_there_by_another_way_is_not_started_twice(
    services, clerk, book, tmp_path
):
    await services.imports.take_in([book])
    other = tmp_path / "maria.vcf"
    other.write_text(
        CARD.replace("Ella Brandt", "Maria Okafor")
        .replace("Brandt;Ella", "Okafor;Maria")
        .replace("0113 496 0877", "+44 20 7946 0123")
    )

    report = await services.imports.take_in([other])

    assert (report.new, report.unchanged + report.updated) == (0, 1)
    assert (await names(services)).count("Maria Okafor") == 1


async def test_a_row_that_stands_twice_for_somebody_known_is_taken_once(services, act, tmp_path):
    known = NewCard(given="Ann", family="Poe", phones=(NewPhone(raw="020 7946 0123"),))
    await services.cards.add(act(), known)
    file = tmp_path / "twice.csv"
    file.write_text("Name,Company,Phone\n" + "Ann Poe,Poe Ltd,020 7946 0123\n" * 2)

    report = await services.imports.take_in([file])

    assert (report.read, report.new, len(report.skipped)) == (2, 0, 0)
    assert (await names(services)).count("Ann Poe") == 1


async def test_one_bad_row_costs_the_others_nothing(services, clerk, tmp_path):
    file = tmp_path / "book.vcf"
    bad = "BEGIN:VCARD\nVERSION:3.0\nTEL\nEND:VCARD\n"
    file.write_text(CARD + bad + CARD.replace("Ella", "Willow"))

    report = await services.imports.take_in([file])

    assert (report.new, len(report.skipped)) == (2, 1)
    assert (report.skipped[0].row, bool(report.skipped[0].why)) == (2, True)


async def test_a_file_that_cannot_be_read_is_told_and_the_others_are_taken(
    services, clerk, book, tmp_path
):
    report = await services.imports.take_in([tmp_path / "none.csv", tmp_path, book])

    assert report.unreadable
    assert report.new == 3
    assert [each.row for each in report.skipped] == [0, 0]


async def test_a_dry_run_counts_and_keeps_nothing(services, clerk, book):
    report = await services.imports.take_in([book], Wishes(dry_run=True))

    assert counts(report) == (3, 3, 0, 0, 0)
    assert await names(services) == ["Grace Hopper"]


async def test_the_country_of_an_import_may_be_another(services, clerk, tmp_path):
    file = tmp_path / "book.csv"
    file.write_text("Name,Phone\nKarl Roth,030 23125001\n")

    await services.imports.take_in([file], Wishes(country="DE"))

    (hit,) = await services.search.find("karl")
    assert hit.brief.numbers == ("+493023125001",)


async def test_an_import_is_one_entry_of_the_journal_and_the_journal_is_whole(
    services, store, clerk, book
):
    await services.imports.take_in([book])

    assert await services.journal.broken() == []


@pytest.mark.parametrize(
    ("text", "status"), [(CSV, 0), (CARD + "BEGIN:VCARD\nEND:VCARD\n", 1), ("\x00\x01\x02", 2)]
)
def test_the_command_line_tells_by_its_exit_status(loop, tmp_path, capsys, text, status):
    file, home = tmp_path / "book", str(tmp_path / "home")
    file.write_text(text)

    assert main(["import", str(file), "--json", "--home", home]) == status

    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"read", "new", "updated", "unchanged", "skipped"}
    assert all(set(each) == {"file", "row", "why"} for each in told["skipped"])
    assert bool(told["skipped"]) == (status > 0)


def test_what_is_no_group_is_told(tmp_path, capsys):
    assert main(["import", "x.csv", "--group", "friends", "--home", str(tmp_path / "h")]) == 2
    assert "is no group" in capsys.readouterr().err


@pytest.mark.parametrize(("alone", "most"), [(True, MOST), (False, FIRST)])
async def test_more_rows_are_kept_at_once_where_no_console_waits_for_them(alone, most):
    pace = Pace(lambda: alone)

    await pace.rest(took_s=UNIT_S)

    assert pace.size == most
