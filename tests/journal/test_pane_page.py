"""The page of the journal: who did what, filtered, before and after, checked and taken out."""

import csv
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlmodel import text

from care_console.base.command import Clerk, Command
from care_console.base.errors import CareError
from care_console.cards.records import CardRecord
from care_console.journal.pane import JournalPage
from care_console.journal.rules import Line
from care_console.journal.service import Audit, Journal, Seal
from care_console.kit import Button, Label
from tests.conftest import until
from tests.journal.conftest import KEY

ADA, BOB = 1, 2
NAMES = {ADA: "Ada <b>Poe</b>", BOB: "Bob Crane"}
WORDS = {
    "noted": lambda entry: Line("Note kept", str(entry.facts["n"]), "note", "text2"),
    "card_edited": lambda entry: Line("Card changed", icon="pencil"),
}
SUBJECTS = {"Notes": {"noted"}, "Cards": {"card_edited"}}


class Denied(CareError):
    """Not for you."""


class House:
    """What the page is made of, and a clerk who may be denied."""

    def __init__(self, store, clock, place):
        self.store, self.clock = store, clock
        self.journal = Journal(store, clock, "desk one", Seal.kept(KEY, place))
        self.may, self.denials = True, 0

    def demand(self, db, command):
        if not self.may:
            raise Denied("Only an administrator reads the journal.")

    @asynccontextmanager
    async def guarded(self, command):
        try:
            yield
        except Denied:
            self.denials += 1
            raise

    async def names(self, ids):
        return {each: NAMES[each] for each in ids}

    async def people(self):
        return list(NAMES.items())

    def page(self):
        return JournalPage(
            Audit(self.journal, self.demand, self.guarded),
            WORDS,
            self.names,
            self.people,
            SUBJECTS,
            lambda: Command(uuid4(), Clerk("Ada", "administrator", ADA)),
            self.clock,
        )

    async def write(self, count, who=ADA, kind="noted", **said):
        def unit(db):
            for number in range(count):
                self.clock.now += timedelta(minutes=1)
                command = Command(uuid4(), Clerk("", "csr", who))
                self.journal.write(db, command, kind, {"n": number}, BOB, **said)

        await self.store.write(unit)


@pytest.fixture
def house(loop, store, clock, place):
    def cards(db):
        for name in NAMES.values():
            db.add(CardRecord(kind="person", name=name, created_at=clock()))
            db.flush()

    loop.run_until_complete(store.write(cards))
    return House(store, clock, place)


@pytest.fixture
def page(qtbot, house):
    """The page, on the screen."""
    made = house.page()
    qtbot.addWidget(made)
    made.resize(1200, 700)
    return made


def rows(page):
    model = page.view.rows
    return [model.row(model.index(at)) for at in range(model.rowCount())]


def labels(widget):
    return [each.text() for each in widget.findChildren(Label) if each.isVisibleTo(widget)]


async def test_it_shows_who_did_what_newest_first(page, house):
    await house.write(2)
    await house.write(1, BOB)
    page.show()
    await until(lambda: len(rows(page)) == 3)

    first = rows(page)[0]
    assert (first.title, first.sub, first.by) == ("Note kept", "Bob Crane · 0", "Bob Crane")
    assert rows(page)[1].by == "Ada <b>Poe</b>"


async def test_what_is_written_meanwhile_comes_to_the_top_and_the_place_is_kept(page, house):
    await house.write(3)
    page.show()
    await until(lambda: len(rows(page)) == 3)
    page.view.go_to(rows(page)[1].id)
    chosen = page.view.row()

    await house.write(1, BOB)
    page.refresh()
    await until(lambda: len(rows(page)) == 4)
    assert page.view.row() == chosen


async def test_a_person_a_subject_and_days_narrow_it(page, house):
    await house.write(2)
    await house.write(1, BOB)
    house.clock.pass_by(days=3)
    await house.write(1, BOB, "card_edited")
    page.show()
    await until(lambda: len(rows(page)) == 4)

    page.people.go_to(BOB)
    await until(lambda: len(rows(page)) == 2)
    page.asked.chips["Notes"].click()
    await until(lambda: [each.title for each in rows(page)] == ["Note kept"])
    page.asked.chips[""].click()
    await until(lambda: len(rows(page)) == 2)

    edit = page.asked.since.edit
    edit.setFocus()
    edit.setText("soon")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert "“soon” is no day" in " ".join(labels(page.asked))
    assert len(rows(page)) == 2
    edit.setText("10/1/2030")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    await until(lambda: [each.title for each in rows(page)] == ["Card changed"])

    page.people.go_to(0)
    edit.setText("11/1/2031")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    await until(lambda: page.view.empty.isVisible())
    assert page.view.empty.text() == "Nothing of this kind was done."


async def test_an_entry_is_told_before_and_after_and_leads_to_its_card(page, house):
    op = {"op": "set", "part": "", "id": 0, "field": "family", "before": "Poe", "after": "<b>x</b>"}
    await house.write(1, ADA, "card_edited", personal={"card_id": BOB, "ops": [op]})
    page.show()
    await until(lambda: rows(page))
    page.view.setFocus()
    page.view.go_to_first()

    await until(lambda: "Card changed" in labels(page.detail))
    told = labels(page.detail)
    for words in ("Card changed", "family", "Poe", "<b>x</b>", "Before", "After"):
        assert words in told
    assert any("Ada <b>Poe</b>, today" in each for each in told)
    chosen = []
    page.card_chosen.connect(chosen.append)
    next(each for each in page.detail.findChildren(Button) if each.text() == "Bob Crane").click()
    assert chosen == [BOB]
    assert page.detail._shown.height() > page.detail.height() * 0.8  # not half of it


async def test_pages_are_fetched_as_one_scrolls(page, house):
    await house.write(450)
    page.show()
    await until(lambda: len(rows(page)) == 200)
    page.view.setFocus()
    while len(rows(page)) < 450:
        before = len(rows(page))
        QTest.keyClick(page.view, Qt.Key.Key_End)
        await until(lambda before=before: len(rows(page)) > before)

    assert len({each.id for each in rows(page)}) == 450


async def test_a_check_says_that_all_is_as_it_was_written_or_where_not(page, house, store):
    await house.write(3)
    page.show()
    await until(lambda: rows(page))
    page.check.click()
    await until(lambda: "3 entries are what was written." in " ".join(labels(page)))

    changed = text("UPDATE entry SET kind = 'card_edited' WHERE number = 2")
    await store.write(lambda db: db.execute(changed) and None)
    page.check.click()
    await until(lambda: "The journal is not what was written." in " ".join(labels(page)))
    assert "Entry 2: The entry is not as it was written." in " ".join(labels(page))


async def test_an_export_is_private_holds_what_is_asked_for_and_is_in_the_journal(
    page, house, tmp_path
):
    await house.write(2)
    await house.write(1, BOB, personal={"words": "=cmd()"})
    page.show()
    await until(lambda: len(rows(page)) == 3)
    page.people.go_to(BOB)
    page.asked.chips["Notes"].click()
    await until(lambda: len(rows(page)) == 1)
    told = []
    page.told.connect(told.append)
    page.export_to(tmp_path / "journal.csv")
    await until(lambda: told)

    assert told == ["1 entry exported"]
    file = tmp_path / "journal.csv"
    assert file.stat().st_mode & 0o777 == 0o600
    table = list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))
    assert [each["Who"] for each in table] == ["Bob Crane"] * 2
    assert [each["After"] for each in table] == ["0", "'=cmd()"]
    page.asked.chips[""].click()
    page.people.go_to(0)
    await until(lambda: len(rows(page)) == 4)
    assert rows(page)[0].title == "journal exported"


async def test_a_file_that_cannot_be_written_is_told(page, house, tmp_path):
    await house.write(1)
    page.show()
    await until(lambda: rows(page))
    page.export_to(tmp_path / "missing" / "journal.csv")

    await until(lambda: "journal.csv cannot be written" in " ".join(labels(page)))


async def test_a_clerk_who_may_not_read_it_sees_why_and_is_denied_once(page, house):
    await house.write(2)
    house.may = False
    page.show()
    await until(lambda: "Only an administrator" in " ".join(labels(page)))
    for _ in range(3):
        page.refresh()

    assert rows(page) == []
    assert house.denials == 1


async def test_everything_on_the_page_has_a_name_and_is_reached_by_tab(page, house):
    await house.write(1)
    page.show()
    await until(lambda: rows(page))
    page.people.setFocus()
    met = set()
    for _ in range(30):
        focus = page.window().focusWidget()
        assert focus.accessibleName()
        met.add(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)

    assert {page.view, page.people, page.check, page.export, page.asked.since.edit} <= met


async def test_the_foot_names_the_keys_of_the_page(page):
    assert [key for key, _ in page.hints()] == ["↑↓", "Tab"]
