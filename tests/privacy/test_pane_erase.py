"""What is asked before a person is erased."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from care_console.privacy.pane import ErasePane
from tests.conftest import until


@pytest.fixture
def pane(qtbot, services, act):
    pane = ErasePane(services.privacy, act)
    qtbot.addWidget(pane)
    pane.resize(620, 620)
    pane.show()
    return pane


async def shown(pane, card):
    pane.show_erasing(await pane._privacy.erasure.look(pane._command(), card))


async def test_it_says_what_goes_what_stays_and_when_the_copies_end(pane, act, services, add):
    card = await add("Maria Okafor")
    talk = await services.contacts.start(act(), channel="telephone", card_id=card)
    await services.contacts.finish(act(), talk, "settled", notes="word")
    await shown(pane, card)
    told = pane.what()
    assert "Erase Maria Okafor" in told
    assert "What was noted in 1 contact." in told
    assert "the journal proves that nothing was changed in secret" in told
    assert "Copies of the records hold them until 1 April 2030" in told
    assert not pane.erase.isEnabled()


async def test_with_the_name_typed_enter_erases(pane, services, add):
    card, gone = await add("Maria Okafor"), []
    pane.erased.connect(gone.append)
    await shown(pane, card)
    QTest.keyClicks(pane.first(), "maria okafor")
    assert pane.erase.isEnabled()
    QTest.keyClick(pane.first(), Qt.Key.Key_Return)
    await until(lambda: gone)
    assert gone == [card]
    assert await services.search.find("Okafor") == []


async def test_another_name_is_told_under_the_field_and_erases_nothing(pane, services, add):
    await shown(pane, await add("Maria Okafor"))
    QTest.keyClicks(pane.first(), "Maria")
    pane.erase.click()
    await until(lambda: pane.name.faulty)
    assert "Type “Maria Okafor” to erase." in pane.first().accessibleDescription()
    assert await services.search.find("Okafor")


async def test_what_is_in_the_way_is_told_and_nothing_can_be_typed(pane, services, act, add):
    card = await add("Maria Okafor")
    await services.recoveries.open(act(), card, title="Engineer did not come")
    await shown(pane, card)
    assert pane.hindrance.isVisible()
    assert "A recovery with them is open." in pane.hindrance.words.text()
    assert pane.first() is pane.leave
    assert not pane.erase.isEnabled()


async def test_a_hostile_name_is_text(pane, add):
    await shown(pane, await add("Bob <img src=x>"))
    assert "Bob <img src=x>" in pane.title.text()
    assert pane.title.textFormat() is Qt.TextFormat.PlainText
