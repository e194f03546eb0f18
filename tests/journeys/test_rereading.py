"""Changing the company's country by the settings, and reading its numbers anew by one key."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from care_console.cards.rules import NewCard, NewPhone
from care_console.window.rereading import RereadHere


async def moved(desk, act, country):
    """Change the country as the page of settings does."""
    here = desk.furniture
    await here.services.settings.change(act(), country=country)
    here.settings.company_changed.emit(here.services.settings.company)


async def test_the_numbers_are_offered_read_anew_and_found(act, desk):
    new = NewCard(given="Marie", family="Curie", phones=(NewPhone(raw="06 12 34 56 78"),))
    card = await desk.services.cards.add(act(), new)
    banner = desk.furniture.findChild(RereadHere).banner
    await moved(desk, act, "FR")
    await desk.until(banner.isVisible)
    assert "1 number was typed without a country" in banner.notice.words.text()

    banner.yes.setFocus()
    QTest.keyClick(banner.yes, Qt.Key.Key_Space)
    await desk.until(lambda: not banner.isVisible())
    await desk.until(lambda: desk.told == "1 number was read anew.")
    assert [hit.brief.id for hit in await desk.services.search.find("+33612345678")] == [card]


async def test_who_leaves_them_or_has_none_is_not_asked_again(act, desk):
    banner = desk.furniture.findChild(RereadHere).banner
    await moved(desk, act, "FR")
    await desk.settle()
    assert not banner.isVisible()
    await moved(desk, act, "GB")
    new = NewCard(given="Marie", family="Curie", phones=(NewPhone(raw="06 12 34 56 78"),))
    await desk.services.cards.add(act(), new)
    await moved(desk, act, "FR")
    await desk.until(banner.isVisible)
    banner.no.click()
    assert not banner.isVisible()
    assert await desk.services.rereading.count("GB") == 1
