"""The page of backups and of the key, by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from care_console.kit import Label, Theme
from care_console.kit.look import PROPERTY
from care_console.safekeeping.pane import BackupsPage
from care_console.safekeeping.service import Keys
from care_console.settings.keys import slots_of, unlock
from care_console.settings.recovery_code import groups_of
from care_console.settings.slots import SlotKind
from care_console.settings.wrapping import Cost
from tests.conftest import until


@pytest.fixture
def theme(qapp):
    """A light theme, and afterwards none."""
    theme = Theme(qapp, "light")
    yield theme
    theme.retire()
    qapp.setProperty(PROPERTY, None)


@pytest.fixture
def page(qtbot, loop, place, acts, theme, home):
    """The page, on the screen, with a passphrase that is quickly tried."""
    keys = Keys(home, place.backups.key, place.journal, place.staff, place.clock, Cost(64, 1, 1))
    page = BackupsPage(place.backups, keys, acts, place.clock, "en_GB")
    page.said, page.wanted, page.hindered = [], [], []
    page.told.connect(page.said.append)
    page.restore_wanted.connect(page.wanted.append)
    page.errands.hindered.connect(page.hindered.append)
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    loop.run_until_complete(page._load())
    return page


def texts(page):
    return [each.text() for each in page.findChildren(Label) if each.isVisible()]


async def test_a_backup_is_made_and_brought_back_in_two_steps(page, add):
    page.now.click()
    await until(lambda: page.said == ["Backed up: 1 card."])
    await add(2)
    await until(lambda: page.list.row() is not None)
    assert "1 card · " in page.list.row().sub
    assert page.list.row().sub.endswith("asked for · verified")

    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    await until(lambda: page.sure.isVisible())
    assert "What was done since then, 2 acts, will not be there." in page.sure.words.text()
    await until(lambda: QApplication.focusWidget() is page.yes or not page.isActiveWindow())
    page.yes.click()
    assert [copy.cards for copy in page.wanted] == [1]


async def test_no_brings_nothing_back(page):
    page.now.click()
    await until(lambda: page.list.row() is not None)
    page.bring.click()
    await until(lambda: page.sure.isVisible())
    page.no.click()

    assert not page.sure.isVisible()
    assert page.wanted == []


async def test_a_code_is_shown_once_and_good_only_when_typed_back(page, home, place):
    page.code.make.click()
    code = page.code.code
    assert all(group in texts(page) for group in groups_of(code))
    assert slots_of(home).of(SlotKind.RECOVERY) is None

    page.code.on.click()
    assert not any(group in texts(page) for group in groups_of(code))
    first, second = (field.edit for field in page.code.parts)
    QTest.keyClicks(first, groups_of(code)[1].lower())
    QTest.keyClicks(second, "0000")
    QTest.keyClick(second, Qt.Key.Key_Return)
    await until(lambda: page.code.parts[0].faulty)
    second.setText(groups_of(code)[4])
    QTest.keyClick(second, Qt.Key.Key_Return)
    await until(lambda: page.said)

    assert unlock(slots_of(home), code) == place.backups.key
    assert page.code.code == ""


async def test_nothing_of_the_code_can_be_copied(page):
    page.code.make.click()
    QApplication.clipboard().setText("something else")
    for label in page.code.findChildren(Label):
        QTest.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert not label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse

    assert QApplication.clipboard().text() == "something else"


async def test_a_passphrase_is_set_or_told_to_be_too_short(page, home, place):
    QTest.keyClicks(page.passphrase.edit, "short")
    QTest.keyClick(page.passphrase.edit, Qt.Key.Key_Return)
    await until(lambda: page.passphrase.faulty)

    page.passphrase.edit.setText("seven grey geese over Northgate")
    QTest.keyClick(page.passphrase.edit, Qt.Key.Key_Return)
    await until(lambda: page.said)
    assert unlock(slots_of(home), "seven grey geese over Northgate") == place.backups.key
    assert page.passphrase.edit.text() == ""
    await until(lambda: "Passphrase, since" in page.ways.text())


async def test_the_weaker_place_is_called_weaker(page):
    await until(lambda: page.weaker.isVisible())
    assert "Whoever can read the folder can read them" in page.weaker.words.text()


async def test_what_is_wrong_with_the_backups_is_told_here_too(page, home):
    home.backups.write_text("in the way")
    page.now.click()

    await until(lambda: page.hindered)
    await until(lambda: page.trouble.isVisible())
    assert "No backup could be written" in page.trouble.words.text()
