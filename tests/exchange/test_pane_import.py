"""Importing by keyboard, with a program beside the window that does the work."""

import asyncio
import csv
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from care_console.base.command import Command
from care_console.exchange.pane import ExportPage, ImportPage, Place
from care_console.exchange.service import Mappings
from care_console.kit import Label
from tests.conftest import until

from .homes import CSV, names, opened

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


PATIENCE_S = 100  # a program starts several times, on whatever else the machine is doing


def patiently(loop, journey):
    """Run what takes longer than other tests may."""
    loop.run_until_complete(asyncio.wait_for(journey, PATIENCE_S))


class AtPage:
    """The page on the screen, and what one does there."""

    def __init__(self, services, page):
        self.services, self.page = services, page

    def type(self, text):
        QTest.keyClicks(QApplication.focusWidget(), text)

    def press(self, *keys, modifier=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            QTest.keyClick(QApplication.focusWidget(), key, modifier)

    def go_on(self):
        self.press(Qt.Key.Key_Return, modifier=CTRL)

    async def step(self, step, *, idle=True):
        await until(lambda: self.page.steps.currentWidget() is step)
        await until(lambda: not (idle and self.page.program.running))

    def said(self):
        labels = self.page.findChildren(Label)
        return " ".join(each.text() for each in labels if each.isVisibleTo(self.page))


@pytest.fixture
def at(loop, qtbot, tmp_path):
    home, services, clerk = loop.run_until_complete(opened(tmp_path))
    place = Place(home.folder, services.key, "en")
    mappings = Mappings(services.store, services.staff)
    page = ImportPage(
        services.imports,
        mappings,
        services.cards,
        place,
        lambda: Command(uuid4(), clerk),
        services.clock,
    )
    qtbot.addWidget(page)
    page.resize(980, 640)
    page.show()
    qtbot.waitExposed(page)
    page.begin.edit.setFocus()
    yield AtPage(services, page)
    page.program.cancel()

    async def ended():
        await until(lambda: not page.program.running)
        await services.store.close()

    loop.run_until_complete(ended())


@pytest.fixture
def book(tmp_path):
    file = tmp_path / "book.csv"
    file.write_text(CSV)
    return file


def test_a_file_is_mapped_mended_checked_imported_and_taken_back(loop, at, book, tmp_path):
    patiently(loop, whole_journey(at, book, tmp_path))


async def whole_journey(at, book, tmp_path):
    page = at.page
    await mapped(at, book)
    await mended_and_decided(at)

    at.go_on()
    await at.step(page.result)
    assert "Imported. 3 new, 0 updated, 0 unchanged, 1 left out." in at.said()
    both = ["Maria Okafor", "Maria Okafor"]
    assert await names(at.services) == [*both, "Yan Bell", "Zadie Quill"]
    page.save_report(tmp_path / "report.csv")
    await until(lambda: (tmp_path / "report.csv").exists())
    wanted = []
    page.people_wanted.connect(lambda: wanted.append("people"))
    page.doubles_wanted.connect(lambda: wanted.append("doubles"))
    page.result.people.click()
    page.result.doubles.click()
    assert wanted == ["people", "doubles"]
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as report:
        assert [row[1] for row in csv.reader(report)] == ["Row", "5"]

    page.result.undo.click()
    await at.step(page.result)
    assert "Import taken back. 3 gone, 0 as they were before, 0 kept." in at.said()
    assert await names(at.services) == ["Maria Okafor"]

    page.open_file(book)  # what was said of the columns is remembered
    await at.step(page.columns)
    assert page.columns.chosen == {0: "full"}


async def mapped(at, book):
    page = at.page
    at.type(str(book))
    at.press(Qt.Key.Key_Return)
    await at.step(page.columns)
    assert page.columns.columns.row().title == "Who"
    assert "Leave out" in page.columns.columns.row().sub
    assert "left out: \u2068Who\u2069" in page.columns.told.text()

    at.press(Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Return)  # "Name, in one piece"
    assert page.columns.chosen == {0: "full"}
    assert page.columns.columns.row().title == "Company"
    at.go_on()
    await at.step(page.check)


async def mended_and_decided(at):
    page = at.page
    assert "4 rows. 1 new, 1 updated, 0 unchanged, 2 left out." in at.said()

    page.check.problems.setFocus()
    at.press(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return)
    at.press(Qt.Key.Key_A, modifier=CTRL)
    at.type("020 7946 0199")
    at.press(Qt.Key.Key_Return)
    await until(lambda: page.check.mended)
    page.check.list.setFocus()
    await until(lambda: page.check.beside.cells.rowCount())
    at.press(Qt.Key.Key_2)
    assert list(page.check.doubles.values()) == [0]
    page.check.again.click()
    await at.step(page.check)
    assert "4 rows. 3 new, 0 updated, 0 unchanged, 1 left out." in at.said()


def test_what_is_in_stays_when_it_is_cancelled_and_can_be_taken_back_later(loop, at, tmp_path):
    patiently(loop, cancelling(at, tmp_path))


async def cancelling(at, tmp_path):
    page, file = at.page, tmp_path / "many.csv"
    rows = "".join(f"Ada Poe{n},01632 96{n:04},Leeds {n}\n" for n in range(4000))
    file.write_text("Name,Phone,Town\n" + rows)
    page.open_file(file)
    await at.step(page.columns)
    at.go_on()
    await at.step(page.check)
    assert page.check.progress.isHidden()

    at.go_on()
    await at.step(page.result, idle=False)
    await until(lambda: "a second" in page.result.progress.count.text())
    at.press(Qt.Key.Key_Escape)
    await at.step(page.result)

    assert "Cancelled." in at.said()
    there = len(await names(at.services)) - 1
    assert 0 < there < 4000
    assert f"{there} new" in at.said()
    at.press(Qt.Key.Key_Return)
    await at.step(page.begin)
    await until(lambda: page.begin.past.rows.rowCount())
    page.begin.past.setFocus()
    at.press(Qt.Key.Key_Home)
    assert page.begin.undo.isEnabled()
    page.begin.undo.setFocus()
    at.press(Qt.Key.Key_Return)
    await at.step(page.result)
    assert await names(at.services) == ["Maria Okafor"]


def test_what_cannot_be_read_is_told_and_one_is_still_where_one_was(loop, at, tmp_path):
    patiently(loop, hindrances(at, tmp_path))


async def hindrances(at, tmp_path):
    page = at.page
    at.press(Qt.Key.Key_Return)
    assert "Name a file first." in at.said()
    at.type(str(tmp_path / "none.csv"))
    at.press(Qt.Key.Key_Return)
    await until(lambda: "none.csv is not there." in at.said())
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"\xff\xd8\xff" + bytes(100))
    page.open_file(photo)
    await until(lambda: "is not a text file" in at.said())
    assert page.steps.currentWidget() is page.begin

    gone = tmp_path / "gone.csv"
    gone.write_text(CSV.replace("Who", "Name"))
    page.open_file(gone)
    await at.step(page.columns)
    gone.unlink()
    at.go_on()
    await at.step(page.begin)
    assert "gone.csv is not there." in at.said()


def test_another_way_to_read_a_file_shows_it_anew(loop, at, tmp_path):
    patiently(loop, reading_anew(at, tmp_path))


async def reading_anew(at, tmp_path):
    page, file = at.page, tmp_path / "odd.csv"
    file.write_bytes("Name;Town\nJosé,x;Köln\n".encode("cp850"))
    page.open_file(file)
    await at.step(page.columns)
    assert "Köln" not in page.columns.preview.cells.cells(0)

    page.columns.encoding.chips["cp850"].click()
    await until(lambda: page.columns.preview.cells.cells(0) == ["José,x", "Köln"])
    page.columns.separator.chips[","].click()
    await until(lambda: page.columns.preview.cells.columnCount() == 1)


def test_cards_go_out_by_keyboard_and_a_hindrance_is_told(loop, qtbot, tmp_path):
    patiently(loop, giving_out(qtbot, tmp_path))


async def giving_out(qtbot, tmp_path):
    home, services, clerk = await opened(tmp_path)
    page = ExportPage(Place(home.folder, services.key, "en"), lambda: Command(uuid4(), clerk))
    qtbot.addWidget(page)
    page.show()
    try:
        page.show_filter("", "okafor")
        QTest.keyClicks(page.edit, str(tmp_path / "out"))
        QTest.keyClick(page.edit, Qt.Key.Key_Return)
        await until(lambda: "1 card exported." in page.notice.accessibleName())
        assert "FN:Maria Okafor" in (tmp_path / "out.vcf").read_text()

        await until(lambda: not page.program.running)
        page.format.chips["csv"].click()
        page.edit.setText(str(tmp_path / "none" / "x.csv"))
        page.submit()
        await until(lambda: "x.csv cannot be written" in page.notice.accessibleName())
    finally:
        await until(lambda: not page.program.running)
        await services.store.close()
