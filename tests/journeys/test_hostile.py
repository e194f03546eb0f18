"""Sixty hostile names on every screen: always text, and never in the way."""

import asyncio
import time

import pytest
from PySide6 import QtGui
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QMessageBox,
    QTextEdit,
    QToolTip,
    QWidget,
)

from care_console.calls.rules import Outcome
from care_console.cards.rules import NewAlert, NewCard, NewPhone
from care_console.promises.rules.duty import DutyKind
from care_console.window.guarding import Guarding
from tests.journeys.hostile import HOSTILE

CTRL = Qt.KeyboardModifier.ControlModifier
PAGES = ("desk", "day", "people", "recoveries", "settings")
MOST_ROWS = 80  # of a list that are looked at
STALL_S = 0.1


def test_there_are_sixty_and_each_is_another():
    assert len(set(HOSTILE)) == len(HOSTILE) == 60


OWN_S = [0.0]  # that the test itself took


def rich(desk):
    """What in any widget of any window would be read as HTML, whoever wrote it."""
    began = time.perf_counter()
    try:
        return _rich()
    finally:
        OWN_S[0] += time.perf_counter() - began


def _rich():
    found = []
    for each in QApplication.allWidgets():
        if isinstance(each, QLabel) and each.textFormat() is not Qt.TextFormat.PlainText:
            found.append((type(each).__name__, each.text()[:40]))
        if isinstance(each, QTextEdit | QMessageBox):
            found.append((type(each).__name__, ""))
        if not harmless(each.toolTip()):
            found.append((type(each).__name__, each.toolTip()[:40]))
        if isinstance(each, QAbstractItemView) and each.model() is not None:
            found += tips(each.model())
    return found


def harmless(tip):
    """A tip that Qt reads as text, or in which every sign of HTML is escaped."""
    inside = tip.removeprefix("<qt>").removesuffix("</qt>").replace("<br>", "")
    return not QtGui.Qt.mightBeRichText(tip) or not any(sign in inside for sign in "<>")


def tips(model: QAbstractItemModel):
    rows = range(min(model.rowCount(), MOST_ROWS))
    said = [model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole) for row in rows]
    return [("row", tip[:40]) for tip in said if tip and not harmless(tip)]


def fits(desk, size):
    return desk.window.size() == size and desk.window.minimumSizeHint().width() <= 1024


async def put(desk, act, name, at):
    """Let somebody of this name have everything that a screen may show."""
    s = desk.services
    number = f"020 7946 0{at:03}"
    new = NewCard(
        given=f"Hostile {name}",
        preferred=name,
        company=name,
        title=name,
        do=name,
        note=name,
        phones=(NewPhone(raw=number, label=name),),
        alerts=(NewAlert(words=f"! {name}"),),
    )
    card = await s.cards.add(act(), new)
    talk = await s.contacts.start(act(), channel="telephone", card_id=card)
    said = {"reason": f"r {name}", "notes": name, "matter": f"m {name}"}
    await s.contacts.finish(act(), talk, Outcome.SETTLED, **said)
    due = s.clock().replace(hour=20)
    await s.duties.add(act(), DutyKind.OTHER, title=f"t {name}", due_at=due, card_id=card)
    return card, number


async def look_everywhere(desk, size):
    """Go to every page and every page in it, and look at what stands there."""
    for page in PAGES:
        desk.window.show_page(page)
        for _turn in range(2):
            await desk.settle()
        desk.window.grab()
        assert rich(desk) == []
        assert fits(desk, size), page
    others = desk.furniture.others
    for later in (others.approvals, others.deliveries):
        desk.furniture.others.go_to(later)
        await desk.settle()
        assert rich(desk) == []
    for later in [each.page for each in others._in_settings]:
        later.there()
        await desk.settle()
        assert rich(desk) == []


async def look_at(desk, act, name, card, number):
    """Let one of them ring, be opened, searched for, told of and asked about."""
    call = await desk.ring(number, name=name)
    desk.press(Qt.Key.Key_F2)
    await desk.until(lambda: desk.furniture.contact.contact_id is not None)
    desk.window.show_page("desk")
    desk.furniture.card.show_details()
    await desk.settle()
    desk.furniture.card.show_history()
    desk.window.told(name)
    desk.window.hindered(name)
    desk.window.open_palette(name[:40])
    await desk.settle()
    assert rich(desk) == []
    guarding = desk.furniture.findChild(Guarding)
    desk.window.finder.shut()
    guarding.sheet.pane.show_erasing(await guarding.privacy.erasure.look(act(), card))
    guarding.sheet.open()
    await desk.settle()
    desk.window.grab()
    assert rich(desk) == []
    guarding.sheet.shut()
    desk.furniture.contact.leave()
    await desk.until(lambda: desk.furniture.contact.contact_id is None)
    desk.line.end(call)
    await desk.settle()


SOME = [HOSTILE[at] for at in (2, 17, 18, 35, 42, 48)]


@pytest.mark.timeout(300)
async def test_a_few_of_them_on_every_screen_are_text(act, desk):
    await walk(desk, act, SOME, SOME[:2])


@pytest.mark.long
@pytest.mark.parametrize("name", HOSTILE, ids=range(60))
async def test_each_on_every_screen_is_text_and_stalls_nothing(act, desk, name):
    """A harmless name goes first: what is made once is not the other's fault."""
    worst = []
    for each in ("Bob Marley", name):
        lags = []
        watching = asyncio.get_running_loop().create_task(watch(lags))
        await walk(desk, act, [each], [each])
        watching.cancel()
        worst.append(max(lags))
    assert worst[1] <= max(STALL_S, 1.5 * worst[0]), worst


async def walk(desk, act, names, each_of):
    size = desk.window.size()
    first = desk.furniture.flow.rung + 1
    there = [(name, *await put(desk, act, name, at)) for at, name in enumerate(names, first)]
    await look_everywhere(desk, size)
    for name, card, number in there:
        if name in each_of:
            await look_at(desk, act, name, card, number)
    await look_everywhere(desk, size)
    assert not QToolTip.isVisible()


async def watch(worst):
    """Measure for how long the loop did not turn."""
    while True:
        began, own = time.perf_counter(), OWN_S[0]
        await asyncio.sleep(0.005)
        worst.append(time.perf_counter() - began - 0.005 - (OWN_S[0] - own))


def test_the_look_finds_what_is_rich(qtbot):
    """The control: without our own label the same name is read as HTML."""
    bad = QLabel("<b>Bob</b>")
    qtbot.addWidget(bad)
    tip = QWidget()
    tip.setToolTip("<b>Bob</b>")
    qtbot.addWidget(tip)
    assert ("QLabel", "<b>Bob</b>") in rich(None)
    assert ("QWidget", "<b>Bob</b>") in rich(None)
    bad.setTextFormat(Qt.TextFormat.PlainText)
    tip.setToolTip("&lt;b&gt;Bob")
    assert rich(None) == []
