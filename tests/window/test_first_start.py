"""The first start: Enter passes with what is there, and what was typed is never lost."""

import pytest
from PySide6.QtCore import Qt

from care_console.base.errors import CareError
from care_console.kit import Label
from care_console.window.first_start import FirstStart
from care_console.window.guess import Guess, account_name, guess
from tests.conftest import until
from tests.window.conftest import HOSTILE, focus, press, write

NONE = Qt.KeyboardModifier.NoModifier
KNOWN = Guess("Our company", "Whoever turns to us is glad.", "GB", "Rosa Lindqvist")


@pytest.fixture
def first(bare, services):
    """The page of the first start, alone in the window."""
    page = FirstStart(services.beginning, KNOWN)
    page.clerks = []
    page.begun.connect(page.clerks.append)
    bare.show_alone(page)
    return page


async def test_enter_passes_with_what_is_there(first, services):
    assert focus() is first.edits["name"]
    press(Qt.Key.Key_Return)
    await until(lambda: first.clerks)

    assert first.clerks[0].name == "Rosa Lindqvist"
    company = await services.settings.load()
    assert (company.name, company.vision) == ("Our company", "Whoever turns to us is glad.")
    assert (company.country, company.currency) == ("GB", "GBP")


async def test_no_sheet_comes_over_what_stands_alone(first, bare):
    for key, held in ((Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier), (Qt.Key.Key_F1, NONE)):
        press(key, held)
        assert not bare.sheet_open
        assert focus() is first.edits["name"]


async def test_what_is_typed_takes_the_place_of_what_is_there(first, services):
    write("Northgate Heating")  # the first answer is selected
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Tab)
    write("France")
    press(Qt.Key.Key_Return)
    await until(lambda: first.clerks)

    company = await services.settings.load()
    assert company.name == "Northgate Heating"
    assert (company.country, company.currency) == ("FR", "EUR")


async def test_the_currency_follows_the_country_unless_it_was_typed(first):
    first.edits["country"].setText("CH")
    first.edits["country"].editingFinished.emit()
    assert first.edits["currency"].text() == "Swiss Franc (CHF)"

    first.edits["currency"].setText("eur")
    first.edits["country"].setText("Japan")
    first.edits["country"].editingFinished.emit()
    assert first.edits["currency"].text() == "eur"


async def test_a_country_that_is_none_is_told_and_what_was_typed_stays(first):
    first.edits["name"].setText("Northgate")
    first.edits["country"].setText("Atlantis")
    press(Qt.Key.Key_Return)

    said = " ".join(label.text() for label in first.fields["country"].findChildren(Label))
    assert "“Atlantis” is no country." in said
    assert focus() is first.edits["country"]
    assert (first.edits["name"].text(), first.edits["country"].text()) == ("Northgate", "Atlantis")
    assert not first.clerks

    first.edits["country"].setText("Germany")
    press(Qt.Key.Key_Return)
    await until(lambda: first.clerks)


async def test_all_that_is_amiss_is_told_at_once_and_the_first_has_the_focus(first):
    for name in ("name", "currency", "clerk"):
        first.edits[name].setText("  ")
    first.begin()

    faulty = [name for name, field in first.fields.items() if field.faulty]
    assert faulty == ["name", "currency", "clerk"]
    assert focus() is first.edits["name"]


async def test_a_vision_may_be_left_out(first, services):
    first.edits["vision"].clear()
    first.begin()
    await until(lambda: first.clerks)

    assert (await services.settings.load()).vision == ""


async def test_enter_twice_begins_once(first, services):
    first.begin()
    first.begin()
    await until(lambda: first.clerks)

    assert len(first.clerks) == 1


async def test_what_cannot_be_kept_is_told_and_can_be_tried_again(first):
    class Full:
        async def begin(self, options, name):
            raise CareError("The disk is full.")

    working, first._beginning = first._beginning, Full()
    first.begin()
    await until(first.trouble.isVisible)
    assert first.trouble.words.text() == "The disk is full."

    first._beginning = working
    first.begin()
    await until(lambda: first.clerks)
    assert not first.trouble.isVisible()


async def test_hostile_answers_are_kept_as_text_or_told(first):
    for name in ("name", "vision", "clerk"):
        first.edits[name].setText(HOSTILE)
    first.edits["country"].setText(HOSTILE)
    first.begin()

    assert first.fields["country"].faulty
    assert first.edits["name"].text() == HOSTILE[:300]
    first.grab()


@pytest.mark.parametrize(
    ("full", "login", "name"),
    [
        ("Rosa Lindqvist", "rosa", "Rosa Lindqvist"),
        ("", "rosa.lindqvist", "Rosa Lindqvist"),
        ("root", "root", "Root"),
        ("Ludwig van Beethoven", "", "Ludwig van Beethoven"),
        ("", "RLindqvist", "RLindqvist"),
        ("", "", ""),
    ],
)
def test_the_account_gives_a_name(monkeypatch, full, login, name):
    monkeypatch.setattr("care_console.window.guess._full_name", lambda: full)
    monkeypatch.setattr("getpass.getuser", lambda: login)

    assert account_name() == name


def test_an_account_without_a_name_is_no_hindrance(monkeypatch):
    def nobody():
        raise OSError

    monkeypatch.setattr("care_console.window.guess._full_name", lambda: "")
    monkeypatch.setattr("getpass.getuser", nobody)

    assert guess().clerk == "Front desk"


def test_every_guess_can_be_taken(bare):
    known = guess()

    assert known.company
    assert known.vision
    assert len(known.country) == 2
    assert known.clerk
