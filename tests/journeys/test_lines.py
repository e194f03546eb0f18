"""Lines in the whole window: added, dropped, back and removed while the desk is open."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from care_console.kit import Label
from care_console.lines.setup import Setup
from care_console.window import phones as phones_module

pytestmark = pytest.mark.usefixtures("clerk")


def wanted(name="Reception", **options):
    return Setup(name, "pretend", {"server": "pbx.example", **options})


def on_banner(desk):
    banner = desk.furniture.phones.banner
    return banner.notice.accessibleName() if banner.isVisible() else ""


def foot(desk):
    return [each.text() for each in desk.window.foot.findChildren(Label) if each.isVisible()]


async def running(desk, pretend_kind, name="Reception"):
    """Return the pretended line that runs under a name."""
    phones = desk.furniture.phones
    await desk.until(lambda: name in phones.running.states)
    await desk.until(lambda: phones.running.states[name].state.value == "up")
    return next(line for setup, line in reversed(pretend_kind.MADE) if setup.name == name)


async def test_a_line_that_is_added_rings_at_once_and_one_that_is_removed_no_more(
    desk, pretend_kind
):
    phones = desk.furniture.phones
    phones.begin()
    await phones.telephone.add(desk.furniture.around.command(), wanted())
    line = await running(desk, pretend_kind)
    before = desk.furniture.flow.rung
    line.ring("+442079460123")
    await desk.until(lambda: desk.furniture.flow.rung > before)
    assert "7946 0123" in desk.window.windowTitle()
    line.end(next(iter(line._rung)))

    await phones.telephone.remove(desk.furniture.around.command(), "Reception")
    await desk.until(lambda: line.closed)
    assert phones.running.states == {}
    await phones.close()


async def test_what_a_command_added_is_heard_by_the_console_that_is_open(desk, pretend_kind):
    phones = desk.furniture.phones
    phones.begin()
    await desk.until(lambda: phones.running._mark is not None)
    other = desk.services.telephone(desk.furniture.home)
    await other.add(desk.furniture.around.command(), wanted())

    await phones.running.look()
    await running(desk, pretend_kind)
    await phones.close()


async def test_a_line_that_drops_is_told_once_with_its_reason_until_it_is_back(
    desk, pretend_kind, monkeypatch
):
    said = []
    monkeypatch.setattr(phones_module, "announce", lambda _widget, words: said.append(words))
    phones = desk.furniture.phones
    phones.begin()
    await phones.telephone.add(desk.furniture.around.command(), wanted())
    line = await running(desk, pretend_kind)
    assert on_banner(desk) == ""

    line.drop("The server does not answer.")
    assert on_banner(desk) == "The line “Reception” is down. The server does not answer."
    assert "Line down: Reception" in foot(desk)
    line._status.set(phones_module.State.CONNECTING)
    line.drop("The server does not answer.")
    assert said == ["The line “Reception” is down. The server does not answer."]
    assert on_banner(desk)

    line.mend()
    assert on_banner(desk) == ""
    assert "Line down: Reception" not in foot(desk)
    assert said[1:] == ["The line “Reception” is up again."]
    await phones.close()


async def test_later_hides_it_though_the_foot_goes_on_telling_and_the_next_drop_is_told(
    desk, pretend_kind
):
    phones = desk.furniture.phones
    phones.begin()
    await phones.telephone.add(desk.furniture.around.command(), wanted())
    line = await running(desk, pretend_kind)
    line.drop("The server does not answer.")

    phones.banner.later.setFocus()
    desk.press(Qt.Key.Key_Space)
    assert on_banner(desk) == ""
    assert "Line down: Reception" in foot(desk)
    line.mend()
    line.drop("The wire is torn.")
    assert "The wire is torn." in on_banner(desk)
    await phones.close()


async def test_the_banner_leads_to_the_page_on_which_the_line_stands(desk, pretend_kind):
    phones = desk.furniture.phones
    phones.begin()
    await phones.telephone.add(desk.furniture.around.command(), wanted())
    line = await running(desk, pretend_kind)
    line.drop("The server does not answer.")

    phones.banner.to_page.setFocus()
    desk.press(Qt.Key.Key_Space)
    page = desk.furniture.others.telephone.there()
    await desk.until(lambda: page.isVisible() and page.list.row() is not None)
    assert "The server does not answer." in page.state.text()
    line.mend()
    assert "calls come through" in page.state.text()
    assert QAccessible.queryAccessibleInterface(page.list).text(QAccessible.Text.Name) == "Lines"
    await phones.close()
