"""The page of settings by keyboard: saved as it is typed, and obeyed at once."""

import asyncio
from dataclasses import fields
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from care_console.base.command import Clerk, Command
from care_console.base.phone import read
from care_console.cards.rules import NewCard
from care_console.kit import Label, Theme
from care_console.kit.look import PROPERTY
from care_console.settings.options import Company, Desk
from care_console.settings.pane import SettingsPane
from care_console.settings.pane.subjects import SUBJECTS
from care_console.staff.rules import Role
from tests.conftest import until

HIDDEN = {"origin", "key_in", "database", "ceiling_minor", "stopped"}  # not changed by hand


@pytest.fixture
def theme(qapp):
    """A light theme, and afterwards none."""
    font = qapp.font()
    theme = Theme(qapp, "light")
    yield theme
    theme.retire()
    qapp.setProperty(PROPERTY, None)
    qapp.setFont(font)
    qapp.setPalette(QPalette())


@pytest.fixture
def pane(qtbot, home, services, clerk, clock, theme):
    """The pane, on the screen."""
    pane = SettingsPane(home, services.settings, theme, lambda: Command(uuid4(), clerk), clock)
    pane.told, pane.acts = [], []
    pane.errands.hindered.connect(pane.told.append)
    pane.acted.connect(pane.acts.append)
    qtbot.addWidget(pane)
    pane.resize(1200, 700)
    pane.show()
    return pane


def go(pane, name):
    """Go to the field of an option."""
    page = next(at for at, subject in enumerate(SUBJECTS) if name in subject.names)
    pane.list.go_to(page)
    field = pane.fields[name]
    field.setFocus()
    return field


def type_over(field, text):
    """Type in place of what stands in a field, and leave it by Enter or Tab."""
    edit = field.edit
    edit.selectAll()
    QTest.keyClick(edit, Qt.Key.Key_Delete)
    QTest.keyClicks(edit, text)


def said(field):
    return " ".join(label.text() for label in field.findChildren(Label) if label.isVisible())


def test_every_option_that_may_be_changed_stands_on_one_page():
    declared = {each.name for kind in (Desk, Company) for each in fields(kind)} - HIDDEN
    shown = [name for subject in SUBJECTS for name in subject.names]

    assert sorted(shown) == sorted(declared)


async def test_what_is_kept_is_shown(pane):
    assert pane.fields["name"].edit.text() == "Northgate Heating"
    assert pane.fields["country"].edit.text() == "United Kingdom (GB)"
    assert pane.fields["text_size"].edit.text() == "100"


async def test_a_page_is_found_by_its_title_or_by_an_option_on_it_and_turned_to(pane):
    hidden = QWidget()
    pane.add_page("Audit", "list", hidden)
    pane.add_page("Backups and key", "disk", QWidget(), "recovery code, restore")
    pane.hide_pages([hidden])

    (company,) = pane.found("currency")
    (greetings,) = pane.found("greet")
    (backups,) = pane.found("code recov")

    assert (company.title, company.sub) == ("Company", "Currency")
    assert (greetings.title, greetings.sub) == ("Greetings", "")
    assert pane.found("audit") == []
    assert backups.title == "Backups and key"

    pane.turn_to(company.id)
    await until(lambda: pane.fields["name"].isVisible())

    assert pane.list.row().title == "Company"
    assert QApplication.focusWidget() is pane.fields["name"].edit


async def test_what_is_typed_is_saved_after_a_pause(pane, services):
    field = go(pane, "vision")
    type_over(field, "Nobody has to ask us twice.")
    await until(lambda: services.settings.company.vision == "Nobody has to ask us twice.")

    assert (await services.settings.load()).vision == "Nobody has to ask us twice."


async def test_leaving_the_field_saves_at_once(pane, services):
    field = go(pane, "name")
    field._pause.setInterval(10_000)
    type_over(field, "Northgate Care")
    QTest.keyClick(field.edit, Qt.Key.Key_Tab)

    await until(lambda: services.settings.company.name == "Northgate Care")


async def test_a_country_is_obeyed_by_the_next_number(pane, services):
    assert read("030 901820", services.settings.plan()).e164 != "+4930901820"
    field = go(pane, "country")
    type_over(field, "Germany")
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    await until(lambda: services.settings.company.country == "DE")

    assert read("030 901820", services.settings.plan()).e164 == "+4930901820"


async def test_a_country_is_shown_by_its_name_once_one_has_left_it(pane, services):
    field = go(pane, "country")
    type_over(field, "de")
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    await until(lambda: services.settings.company.country == "DE")
    assert field.edit.text() == "de"

    go(pane, "name")
    assert field.edit.text() == "Germany (DE)"


async def test_what_cannot_be_taken_stays_with_a_sentence_and_nothing_is_kept(pane, services):
    field = go(pane, "country")
    type_over(field, "Atlantis")
    QTest.keyClick(field.edit, Qt.Key.Key_Tab)

    assert "“Atlantis” is no country." in said(field)
    assert field.edit.text() == "Atlantis"
    assert services.settings.company.country == "GB"

    await pane._load()
    assert field.edit.text() == "Atlantis"
    type_over(field, "France")
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    await until(lambda: services.settings.company.country == "FR")
    assert "Atlantis" not in said(field)


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("text_size", "300", "Possible: 90–150."),
        ("text_size", "large", "“large” is no whole number."),
        ("currency", "Gold", "“Gold” is no currency."),
        ("shortest", "99", "Possible: 3–10."),
        ("trunk_prefixes", "zero", "cannot be taken"),
        ("language", "klingon", "is no language"),
        ("greetings", "Good morning", "cannot be taken"),
        ("name", "x" * 400, "cannot be taken"),
    ],
)
async def test_each_kind_of_option_tells_what_it_cannot_take(pane, name, typed, sentence):
    field = go(pane, name)
    type_over(field, typed)
    field.settle()

    assert sentence in said(field)


async def test_one_bad_field_holds_nothing_else_up(pane, services):
    bad = go(pane, "country")
    type_over(bad, "Atlantis")
    good = go(pane, "currency")
    type_over(good, "EUR")
    good.settle()

    await until(lambda: services.settings.company.currency == "EUR")


async def test_the_colours_are_obeyed_at_once_and_kept(pane, home, theme):
    pane.list.go_to(0)
    chips = pane.fields["theme"]._chips
    chips["dark"].setFocus()
    QTest.keyClick(chips["dark"], Qt.Key.Key_Space)
    await until(lambda: theme.dark)

    assert home.desk().theme == "dark"


async def test_the_text_size_is_obeyed_at_once_and_kept(pane, home, theme):
    field = go(pane, "text_size")
    type_over(field, "120")
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    await until(lambda: theme.text_size == 120)

    assert home.desk().text_size == 120


async def test_two_options_of_the_desk_are_both_kept(pane, home, theme):
    field = go(pane, "text_size")
    type_over(field, "130")
    field.settle()
    pane.fields["theme"]._chips["dark"].click()
    await until(lambda: theme.dark and theme.text_size == 130)

    assert (home.desk().theme, home.desk().text_size) == ("dark", 130)


async def test_the_window_goes_on_while_another_program_changes_the_options(pane, home, theme):
    field = go(pane, "text_size")
    with home.turn():
        type_over(field, "120")
        QTest.keyClick(field.edit, Qt.Key.Key_Return)
        for _turn in range(20):
            await asyncio.sleep(0.005)
        assert not pane.told
    await until(lambda: theme.text_size == 120)

    assert home.desk().text_size == 120


async def test_a_text_size_that_was_changed_by_a_key_is_shown(pane, theme):
    theme.set_text_size(140)

    assert pane.fields["text_size"].edit.text() == "140"


async def test_lines_and_words_are_kept_as_they_are_meant(pane, services):
    prefixes = go(pane, "trunk_prefixes")
    type_over(prefixes, "0, 9")
    prefixes.settle()
    called = go(pane, "called")
    type_over(called, "+442079460100 = the main number")
    called.settle()
    await until(lambda: services.settings.company.called)

    company = await services.settings.load()
    assert company.trunk_prefixes == ("0", "9")
    assert company.called == ("+442079460100 = the main number",)


async def test_many_options_at_once_are_all_kept(pane, services):
    wanted = {"name": "Northgate", "vision": "Warm houses.", "currency": "CHF", "country": "CH"}
    for name, text in wanted.items():
        type_over(pane.fields[name], text)
    pane.settle()
    await until(lambda: services.settings.company.currency == "CHF")

    company = await services.settings.load()
    assert {name: getattr(company, name) for name in wanted} == wanted


async def test_each_change_can_be_taken_back(pane, services):
    field = go(pane, "name")
    type_over(field, "Northgate Care")
    field.settle()
    await until(lambda: pane.acts)
    assert pane.acts[0].words == "Company changed"

    await pane.acts[0].undo()

    assert services.settings.company.name == "Northgate Heating"
    assert field.edit.text() == "Northgate Heating"


async def test_a_change_that_was_changed_again_is_not_taken_back(pane, services):
    field = go(pane, "name")
    for text in ("One", "Two"):
        type_over(field, text)
        field.settle()
        await until(lambda text=text: services.settings.company.name == text)

    with pytest.raises(Exception, match="changed again since"):
        await pane.acts[0].undo()

    assert services.settings.company.name == "Two"


async def test_a_file_that_cannot_be_written_is_told_and_the_text_stays(pane, home):
    home.desk_file.with_name("desk.toml.new").mkdir()
    field = go(pane, "desk")
    type_over(field, "Workshop desk")
    field.settle()
    await until(lambda: pane.told)

    assert "desk.toml cannot be written" in pane.told[0]
    assert field.edit.text() == "Workshop desk"
    assert "desk.toml cannot be written" in said(field)

    home.desk_file.with_name("desk.toml.new").rmdir()  # and leaving it tries again
    QTest.keyClick(field.edit, Qt.Key.Key_Tab)
    await until(lambda: home.desk().desk == "Workshop desk")
    assert "cannot be written" not in said(field)


async def test_what_was_changed_at_another_desk_is_shown_but_not_under_the_hands(
    pane, services, act
):
    field = go(pane, "vision")
    type_over(field, "Warm")
    await services.settings.change(act(), name="Northgate Care", vision="Cool houses.")
    pane.refresh()
    await until(lambda: pane.fields["name"].edit.text() == "Northgate Care")

    assert field.edit.text() == "Warm"
    field.settle()
    await until(lambda: services.settings.company.vision == "Warm")


async def test_the_pages_are_walked_by_the_arrows_and_enter_goes_in(pane):
    pane.list.setFocus()
    QTest.keyClick(pane.list, Qt.Key.Key_Down)
    QTest.keyClick(pane.list, Qt.Key.Key_Return)

    assert QApplication.focusWidget() is pane.fields["name"].edit


async def test_everything_on_every_page_has_a_name(pane):
    for page in range(len(SUBJECTS)):
        pane.list.go_to(page)
        for each in pane.findChildren(QWidget):
            if each.isVisible() and each.focusPolicy() & Qt.FocusPolicy.TabFocus:
                assert each.accessibleName(), each


async def test_each_page_in_the_list_shows_itself(pane, qtbot):
    pages = [QWidget(), QWidget()]
    for number, page in enumerate(pages):
        pane.add_page(f"Page {number}", "key", page)

    for at, page in enumerate(pages, start=len(SUBJECTS)):
        pane.list.go_to(at)
        assert pane.list.row().title == f"Page {at - len(SUBJECTS)}"
        assert page.isVisible()


async def test_a_second_place_that_cannot_be_written_is_told_under_its_field(pane, home, tmp_path):
    field = go(pane, "backup_folder")
    type_over(field, str(tmp_path / "nowhere"))
    field.settle()
    await until(lambda: field.field.faulty)
    assert home.desk().backup_folder == ""

    (tmp_path / "stick").mkdir()
    type_over(field, str(tmp_path / "stick"))
    field.settle()
    await until(lambda: home.desk().backup_folder == str(tmp_path / "stick"))
    assert list((tmp_path / "stick").iterdir()) == []


async def test_a_folder_that_lets_data_in_is_not_for_every_role(pane, home, services, tmp_path):
    new = NewCard(given="Ada", family="Poe")
    first = await services.staff.clerk()
    ada = await services.cards.add(Command(uuid4(), first), new)
    pane._command = lambda: Command(uuid4(), Clerk("Ada", Role.CSR, ada))
    field = go(pane, "dealings_folder")
    type_over(field, str(tmp_path))
    field.settle()
    await until(lambda: field.field.faulty)
    assert home.desk().dealings_folder == ""
    field.show_value("")  # what is left in it would be tried again
