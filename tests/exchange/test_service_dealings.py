"""Files of orders and invoices are taken in by the command and from a watched folder."""

import asyncio
import json
from uuid import uuid4

import pytest
from sqlmodel import select

from care_console.base.command import Clerk, Command
from care_console.cards.rules import Group, NewCard, NewMembership
from care_console.cli import main
from care_console.journal.records import EntryRecord
from care_console.services import Services
from care_console.settings.options import Company, Desk
from care_console.staff.rules import NotAllowed, Role

MARIA = NewCard(
    given="Maria",
    family="Okafor",
    memberships=(NewMembership(group=Group.END_USER, account_number="NG-10442"),),
)
CSV = """Type,Number,Date,Amount,Status,Customer number
Invoice,10482,2030-01-03,120.50,open,NG-10442
Order,4711,2030-01-05,99.00,done,K-unknown
Invoice,10483,2030-01-05,lots,open,NG-10442
"""


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "orders"
    folder.mkdir()
    return folder


async def test_a_file_is_taken_in_and_what_cannot_be_is_named(services, act, tmp_path):
    maria = await services.cards.add(act(), MARIA)
    file = tmp_path / "book.csv"
    file.write_text(CSV)

    report = await services.dealing_files.take_in([file, tmp_path / "none.csv"])

    assert (report.read, report.new, report.unmatched, len(report.skipped)) == (3, 2, 1, 2)
    assert report.unreadable
    assert [each.number for each in await services.dealings.of(maria)] == ["10482"]
    again = await services.dealing_files.take_in([file])
    assert (again.new, again.updated, again.unchanged) == (0, 0, 2)
    assert await services.journal.broken() == []


async def test_a_dry_run_keeps_nothing(services, act, tmp_path):
    file = tmp_path / "book.csv"
    file.write_text(CSV)

    report = await services.dealing_files.take_in([file], dry_run=True)

    assert (report.new, report.unmatched) == (2, 2)
    assert await services.dealings.unmatched() == []


async def test_many_rows_are_kept_in_units(services, act, tmp_path):
    file, seen = tmp_path / "orders.csv", []
    file.write_text("Number,Date\n" + "".join(f"A{n},2030-01-03\n" for n in range(300)))

    report = await services.dealing_files.take_in([file], progress=lambda so: seen.append(so.new))

    assert report.new == 300
    assert len(seen) > 1
    assert seen == sorted(seen)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (CSV.replace("lots", "1.00"), 0),
        (CSV, 1),
        ("\x00\x01\x02", 2),
        (CSV.replace("Type", "X"), 2),
    ],
)
def test_the_command_tells_by_its_exit_status(loop, tmp_path, capsys, text, status):
    file, home = tmp_path / "book", str(tmp_path / "home")
    file.write_text(text)

    assert main(["dealings", str(file), "--json", "--home", home]) == status

    told = json.loads(capsys.readouterr().out)
    keys = {"read", "new", "updated", "unchanged", "skipped", "unmatched", "notes"}
    assert set(told) == keys
    assert bool(told["skipped"]) == (status > 0)


def test_the_command_takes_what_the_file_leaves_open_from_its_words(loop, tmp_path, capsys):
    file, home = tmp_path / "book.csv", str(tmp_path / "home")
    file.write_text("Number,Date,Amount\nA1,03/04/2030,1.234\n")
    words = ["dealings", str(file), "--home", home]

    assert main([*words, "--kind", "quote"]) == 1
    assert "--decimal" in capsys.readouterr().out
    assert main([*words, "--kind", "quote", "--decimal", "comma", "--dates", "month"]) == 0
    assert "1 new" in capsys.readouterr().out
    assert main([*words, "--dry-run", "--kind", "order", "--home", str(tmp_path / "no")]) == 2
    assert "no home yet" in capsys.readouterr().err


async def test_two_desks_at_one_folder_take_turns(services, act, store, clock, folder):
    await services.cards.add(act(), MARIA)
    company = Company(name="Northgate Heating")
    other = Services.over(store, clock, Desk(origin="other desk"), company)
    desks = [each.watched(lambda: str(folder)) for each in (services, other)]
    for at in range(6):
        (folder / f"orders-{at}.csv").write_text(f"Number,Date\nA{at},2030-01-03\n")
    for desk in desks:
        await desk.look()

    both = await asyncio.gather(*(desk.look() for desk in desks))

    put = [each.path.name for looked in both for each in looked.put]
    assert sorted(put) == [f"orders-{at}.csv" for at in range(6)]
    assert len(await services.dealings.unmatched()) == 6


async def test_only_who_may_take_in_does_and_the_folder_of_the_house_is_nobodys(
    services, act, clerk, folder, tmp_path
):
    ada = await services.cards.add(act(), NewCard(given="Ada", family="Poe"))
    hers = Command(uuid4(), Clerk("Ada", Role.CSR, ada))
    file = folder / "book.csv"
    file.write_text(CSV)
    with pytest.raises(NotAllowed):
        await services.dealing_files.take_in([file], hers)
    for name in ("dealings_folder", "backup_folder"):
        with pytest.raises(NotAllowed):
            await services.settings.demand_here(hers, name)
        await services.settings.demand_here(act(), name)
    await services.settings.demand_here(hers, "text_size")

    watched = services.watched(lambda: str(folder))
    await watched.look()
    await watched.look()
    wanted = select(EntryRecord.clerk_card_id).where(EntryRecord.kind == "dealings_taken")
    assert await services.store.read(lambda db: list(db.exec(wanted))) == [None]
