"""The whole window, with a line that pretends, driven as at a desk."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from care_console.kit import Errands, Theme
from care_console.lines.pretend import PretendLine
from care_console.services import Services
from care_console.settings.home import Home
from care_console.staff.service import Hashing, SignIn
from care_console.staff.service.hashing import Cost
from care_console.window.frame import MainWindow
from care_console.window.furniture import Furniture
from tests.conftest import SetClock, until

NONE = Qt.KeyboardModifier.NoModifier
WAITS = ("rise", "listen ")  # for what comes from outside, or much later


def quick(services: Services) -> Services:
    """Return the services with hashing that takes no time."""
    there = services
    hashing = Hashing(b"p" * 32, Cost(rounds=1, memory_kib=8, lanes=1))
    sign_in = SignIn(there.store, there.journal, there.clock, there.staff, hashing)
    requests = replace(there.requests, sign_in=sign_in)
    return replace(services, sign_in=sign_in, requests=requests)


class AtDesk:
    """What a test does as a clerk would, and what it then sees."""

    window: MainWindow
    furniture: Furniture

    def __init__(
        self, qtbot, qapp: QApplication, services: Services, clock: SetClock, home: Home
    ) -> None:
        self._qtbot, self._qapp, self._home = qtbot, qapp, home
        self.services = quick(services)
        self.line = PretendLine(clock)

    async def while_open(self, test: Coroutine[None, None, None]) -> None:
        """Run ``test`` between the opening of the window and its closing."""
        clerk = await self.services.staff.clerk()
        assert clerk is not None
        self.window = MainWindow(self._home.window, Theme(self._qapp, "light"))
        self.window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self._qtbot.addWidget(self.window)
        self.furniture = Furniture(self.window, self.services, self._home, clerk)
        self.window.resize(1366, 768)
        self.window.show()
        self.furniture.flow.listen(self.line)
        try:
            await self.furniture.begin()
            await test
        finally:
            self.window.close()
            await until(lambda: not self.window.isVisible())
            await self.line.close()

    @property
    def focus(self) -> QWidget:
        """What has the keyboard."""
        focus = QApplication.focusWidget()
        assert focus is not None
        return focus

    def type(self, text: str) -> None:
        """Type into whatever has the keyboard."""
        QTest.keyClicks(self.focus, text)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press one key."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    async def ring(self, number: str | None, **said: object) -> str:
        """Let it ring, and wait until the strip tells it."""
        before = self.furniture.flow.rung
        call = self.line.ring(number, **said)
        await until(lambda: self.furniture.flow.rung > before)
        return call

    async def settle(self) -> None:
        """Wait until what was begun is kept."""
        for _turn in range(3):
            await asyncio.sleep(0)
            await self.services.store.write(lambda db: None)

    @property
    def told(self) -> str:
        """What the window said last at its foot."""
        return self.window._toast.words.text()

    @property
    def calm(self) -> bool:
        """Whether nothing is under way in the window, so that the next key is heard."""
        errands = self.window.findChildren(Errands)
        return all(name.startswith(WAITS) for each in errands for name in each._out)

    async def until(self, holds: Callable[[], object]) -> None:
        await until(holds)

    async def see(self, holds: Callable[[], object]) -> None:
        """Wait until it is to be seen and nothing is under way any more."""
        await until(lambda: holds() and self.calm)


@pytest.fixture
def desk(qtbot, qapp: QApplication, services: Services, clock: SetClock, tmp_path: Path) -> AtDesk:
    """A desk that is open while the test runs: Qt must not turn the loop before or after it."""
    home = Home.at(tmp_path / "home", create=True)
    made = home.begin()
    home.unfinished_records.touch()
    home.finish(made)
    return AtDesk(qtbot, qapp, services, clock, Home.at(home.folder))
