"""The guide leads through an angry call by the keyboard alone, in the real window."""

import asyncio

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from care_console.demo.desk import Demonstration
from care_console.demo.script import read_sample
from care_console.demo.stages import COUNTED, Stage, line_of, place_of
from care_console.kit import Theme
from care_console.recovery.rules import Step
from care_console.settings.home import Home
from care_console.window.frame import MainWindow
from care_console.window.furniture import Furniture
from tests.conftest import until
from tests.journeys.conftest import AtDesk

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


class AtDemo(AtDesk):
    """The same, with the sample and its telephone; it rings when Ctrl+R is pressed."""

    async def while_open(self, test):
        self.show = Demonstration(read_sample())
        self.clerk = await self.show.fill(self.services)
        self.window = MainWindow(self._home.window, Theme(self._qapp, "light"))
        self.window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self._qtbot.addWidget(self.window)
        self.furniture = Furniture(self.window, self.services, self._home, self.clerk, self.show)
        self.window.resize(1366, 768)
        self.window.show()
        self.furniture.flow.listen(self.show.line)
        await self.furniture.begin()
        self.show.lead(self.furniture)
        self.guide = self.show.guide
        await until(lambda: self.show.whole)
        try:
            await test
        finally:
            self.window.close()
            await until(lambda: not self.window.isVisible())
            await self.show.line.close()

    async def stage(self, stage):
        """Wait until the guide is there, and see that its words are on the screen."""
        await until(lambda: self.guide.stage is stage)
        if stage is not Stage.DONE:
            said = line_of(stage)
            assert self.guide.line.deed.text() == said.deed
            assert self.guide.line.unlike.text() == said.unlike
            keys = [each.text() for each in self.guide.line.keys if each.isVisible()]
            assert keys == list(said.keys)
        assert self.guide.line.isVisible()
        assert not self.guide.line.isAncestorOf(self.focus)
        assert self.focus is not self.guide.line

    def goes(self):
        """The titles that the palette offers now."""
        self.window.registry.refresh()
        return [each.text for each in self.window.registry.find("")]


@pytest.fixture
def desk(qtbot, qapp, services, clock, tmp_path):
    """The desk of the demonstration, in place of an empty one."""
    home = Home.at(tmp_path / "home", create=True)
    made = home.begin()
    home.unfinished_records.touch()
    home.finish(made)
    return AtDemo(qtbot, qapp, services, clock, Home.at(home.folder))


async def call(desk):
    """Let Maria ring, and have the call."""
    desk.press(Key.Key_R, CTRL)
    await desk.stage(Stage.RING)
    desk.press(Key.Key_F2)
    await desk.stage(Stage.VERIFY)


async def verify(desk):
    """Tick two facts."""
    desk.press(Key.Key_V, CTRL | SHIFT)
    chips = desk.furniture.care.verify.facts.chips
    await until(lambda: desk.focus in chips)
    desk.press(Key.Key_Space)
    desk.press(Key.Key_Right)
    desk.press(Key.Key_Space)
    await desk.stage(Stage.BEGIN)


async def begin(desk):
    """Begin the recovery."""
    ask = desk.furniture.care.ask
    desk.press(Key.Key_F7)
    await until(lambda: ask.isAncestorOf(desk.focus))
    desk.type("Two missed visits")
    desk.press(Key.Key_Return)
    await desk.stage(Stage.APOLOGY)
    await until(lambda: desk.furniture.care.recovery.isAncestorOf(desk.focus))
    await desk.settle()


async def treat_the_person(desk):
    """Say sorry, say what happens now, and listen."""
    for stage in (Stage.REINSTATEMENT, Stage.EMPATHY, Stage.OFFER):
        step = desk.furniture.care.recovery.step
        desk.press(Key.Key_Return, CTRL)
        await desk.stage(stage)
        await until(lambda step=step: desk.furniture.care.recovery.step is not step)
        await desk.settle()


async def give(desk):
    """Put the fee aside, and give it."""
    remedy = desk.furniture.care.remedy
    desk.press(Key.Key_F8)
    await until(lambda: remedy.isAncestorOf(desk.focus))
    desk.press(Key.Key_2)
    await desk.stage(Stage.GIVE)
    await until(lambda: remedy.panel.offered is not None)
    await desk.settle()
    desk.press(Key.Key_Return)
    await desk.stage(Stage.DELIVERY)


async def date(desk):
    """Look at what is to be delivered, then say when they are asked."""
    recovery = desk.furniture.care.recovery
    desk.press(Key.Key_D, CTRL | SHIFT)
    await desk.stage(Stage.FOLLOW_UP)
    assert desk.furniture.others.deliveries.isVisible()
    desk.press(Key.Key_F7)
    await until(lambda: recovery.isAncestorOf(desk.focus) and recovery.step is Step.FOLLOW_UP)
    await desk.settle()
    desk.press(Key.Key_Return, CTRL)
    await until(lambda: recovery.face.ask.isAncestorOf(desk.focus))
    desk.type("tomorrow 10am")
    desk.press(Key.Key_Return)
    await desk.stage(Stage.WRAP_UP)


async def test_it_leads_from_the_ring_to_the_wrap_up_in_88_seconds_by_keys_alone(desk, clock):
    await desk.stage(Stage.WAIT)
    await call(desk)
    maria = desk.furniture.card.card_id
    await verify(desk)
    await begin(desk)
    await treat_the_person(desk)
    await give(desk)
    await date(desk)

    clock.pass_by(seconds=88)
    desk.press(Key.Key_F4)
    desk.press(Key.Key_1)
    desk.press(Key.Key_Return, CTRL)
    await desk.stage(Stage.DONE)

    assert desk.guide.line.deed.text() == "That was 88 seconds."
    assert desk.guide.line.place.text() == ""
    assert await desk.services.recoveries.open_of(maria)
    given = [each for each in await desk.services.deliveries.listing() if each.card_id == maria]
    assert [(each.minor, each.doer) for each in given] == [(3_500, "Accounts")]
    mine = await desk.services.duties.mine(desk.clerk)
    assert any(each.kind == "follow_up" and each.card_id == maria for each in mine)

    desk.press(Key.Key_R, CTRL)  # the next caller
    await desk.stage(Stage.RING)


async def test_it_costs_one_row_at_1366_by_768_cuts_nothing_off_and_takes_no_focus(desk):
    line = desk.guide.line
    await desk.stage(Stage.WAIT)

    assert desk.window.size().toTuple() == (1366, 768)
    assert line.height() <= 40
    page = desk.furniture.desk
    assert (
        line.mapTo(desk.window, QPoint(0, line.height())).y()
        <= page.mapTo(desk.window, QPoint()).y()
    )
    assert page.short, "the panes are not told that there is less room"
    for stage in COUNTED:
        line.tell(line_of(stage), place_of(stage))
        await asyncio.sleep(0)  # it lays itself out
        assert line.deed.width() >= line.deed.sizeHint().width(), stage
        assert line.unlike.width() >= line.unlike.sizeHint().width(), stage

    before = desk.focus
    desk.press(Key.Key_R, CTRL)
    await desk.stage(Stage.RING)
    assert desk.focus is before


def squeezed(desk):
    """Return what of the card's middle is seen lower than its words are."""
    care, card = desk.furniture.care, desk.furniture.card
    script, head = care.recovery.face.script, card.head
    parts = (script.say, script.tail, head.wishes, care.recovery.face.ask, *head._notices)
    seen = [each for each in parts if each.isVisible()]
    low = [each for each in seen if each.height() < each.heightForWidth(each.width())]
    return [*low, *(each for each in parts[:1] if not each.isVisible())]


async def test_the_words_and_how_they_want_to_be_treated_are_never_squeezed(desk):
    await call(desk)
    await verify(desk)
    await begin(desk)
    recovery, difficult = desk.furniture.care.recovery, desk.furniture.care.difficult

    for _step in range(5):
        await until(lambda: squeezed(desk) == [])
        desk.press(Key.Key_Right)
    recovery.skip()
    await until(recovery.face.ask.isVisible)
    await until(lambda: squeezed(desk) == [])
    recovery.face.ask.left.emit()
    desk.furniture.care.show_emergency()
    await until(difficult.isVisible)
    await asyncio.sleep(0)
    assert not recovery.isVisible()
    assert difficult.tail.height() >= difficult.tail.heightForWidth(difficult.tail.width())
    difficult.shut()
    assert recovery.isVisible()


async def test_esc_on_it_puts_it_away_and_the_palette_brings_it_back(desk):
    await desk.stage(Stage.WAIT)
    assert "Hide the guide" in desk.goes()
    assert "Show the guide" not in desk.goes()

    QTest.mouseClick(desk.guide.line, Qt.MouseButton.LeftButton)
    desk.press(Key.Key_Escape)

    assert desk.guide.line.isHidden()
    assert not desk.furniture.desk.short
    assert "Show the guide" in desk.goes()
    desk.window.registry.act("show guide").run()
    await desk.stage(Stage.WAIT)
    desk.window.registry.act("hide guide").run()
    assert desk.guide.line.isHidden()


async def test_in_another_order_nothing_is_asked_for_twice_and_half_a_call_is_not_praised(desk):
    await call(desk)
    ask = desk.furniture.care.ask
    desk.press(Key.Key_F7)
    await until(lambda: ask.isAncestorOf(desk.focus))
    desk.type("Two missed visits")
    desk.press(Key.Key_Return)
    recovery = desk.furniture.care.recovery
    await until(lambda: recovery.view is not None and recovery.isAncestorOf(desk.focus))
    assert desk.guide.stage is Stage.VERIFY

    desk.press(Key.Key_V, CTRL | SHIFT)
    chips = desk.furniture.care.verify.facts.chips
    await until(lambda: desk.focus in chips)
    desk.press(Key.Key_Space)
    desk.press(Key.Key_Right)
    desk.press(Key.Key_Space)

    await desk.stage(Stage.APOLOGY)
    desk.press(Key.Key_F4)
    desk.press(Key.Key_1)
    desk.press(Key.Key_Return, CTRL)
    await desk.stage(Stage.WAIT)  # wrapped up early: no praise


async def test_where_a_pin_is_asked_for_it_tells_dana_s(desk):
    face = desk.furniture.care.remedy.face
    await call(desk)
    desk.press(Key.Key_F8)
    await until(lambda: desk.furniture.care.remedy.isAncestorOf(desk.focus))
    assert "271828" not in [each.text() for each in desk.guide.line.keys]

    desk.furniture.care.remedy._open(face.approve)
    await until(lambda: face.approve.isAncestorOf(desk.focus))

    assert desk.guide.line.keys[0].text() == "271828"
    assert desk.guide.line.deed.text() == "is Dana Whitfield's PIN in this house."


async def test_dana_can_be_played_and_has_a_request_to_decide(desk):
    assert not any("be Rosa" in each for each in desk.goes())
    titles = [each for each in desk.goes() if each.startswith("Demonstration: be Dana")]
    assert titles == ["Demonstration: be Dana Whitfield for a while"]

    dana = desk.show._put.cards["dana-whitfield"]
    desk.window.registry.act(f"sit as {dana}").run()

    await until(lambda: desk.furniture.around.clerk.card_id == dana)
    assert [
        each.card_name for each in await desk.services.requests.waiting(desk.furniture.around.clerk)
    ] == ["Hollis Court Care Home"]
    assert any("be Rosa" in each for each in desk.goes())
