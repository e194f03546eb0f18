"""Who sits at the desk: signing in at the start, another clerk meanwhile, and the lock."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QObject, Signal

from care_console.base.command import Clerk
from care_console.base.words import _
from care_console.kit import Errands
from care_console.services import Services
from care_console.staff.pane import IdleLock, LockCover, SignInSheet
from care_console.staff.rules import role_words
from care_console.window.frame import MainWindow


class Session(QObject):
    """Knows the clerk who is signed in, and covers the desk when nobody sits at it."""

    changed = Signal(object)  # another Clerk sits here now
    locking = Signal()  # what is typed is to be kept before the desk is covered
    hindered = Signal(str)

    def __init__(self, window: MainWindow, services: Services, clerk: Clerk, minutes: int) -> None:
        super().__init__(window)
        self._window, self._services = window, services
        self.clerk = clerk
        self.open = True
        """Whether nobody here has a passphrase yet, so that whoever comes is the first clerk."""
        self._ring, self._silent = "", False
        self.errands = Errands(self)
        self.errands.hindered.connect(self.hindered)
        self.cover = LockCover(window, services.sign_in, services.staff)
        self.idle = IdleLock(self, minutes)
        self.idle.locked.connect(self.lock)
        self.cover.unlocked.connect(self._unlocked)

    @property
    def locked(self) -> bool:
        """Whether the desk is covered."""
        return self.cover.is_locked

    def begin(self) -> None:
        """Watch from now on whether somebody sits here."""
        self.errands.look("open", self._look())

    def passphrase_set(self) -> None:
        """Somebody has a passphrase now, so that the desk can be locked."""
        self.begin()

    def lock(self) -> None:
        """Cover the desk. What is typed is kept, and calls still ring."""
        if not self.locked:
            self.locking.emit()
            self.cover.lock(self.clerk)
            self.show_ring(self._ring)
            self.show_silent_call(self._silent)

    def show_silent_call(self, waits: bool) -> None:
        """Tell on the cover that a colleague calls, not who nor where to; False: no more."""
        self._silent = waits
        if self.locked:
            self.cover.show_word(_("A colleague asks you to come. Unlock to see.") if waits else "")

    def change(self) -> None:
        """Let another clerk sign in."""
        self.lock()
        self.cover.another.click()

    def show_ring(self, called: str) -> None:
        """Tell on the cover that it rings, by what was called and not by who calls; "" is over."""
        self._ring = called
        if self.locked:
            self.cover.show_call(called)

    def state_words(self) -> str:
        """Return what stands beside the clerk's name."""
        role = role_words(self.clerk.role)
        return _("{role} · no passphrase").format(role=role) if self.open else role

    def look_anew(self) -> None:
        """The staff was changed: be what the clerk is now; cover the desk of one who is gone."""
        self.errands.look("known", self._look_anew())

    async def _look_anew(self) -> None:
        asked = self.clerk
        now = await self._services.staff.known(asked)
        if self.clerk is not asked:  # somebody else sits here meanwhile
            return
        if now is None:
            self.lock()
        elif now != self.clerk:
            self.clerk = now
            self.changed.emit(now)
            self.show_clerk()

    def show_clerk(self) -> None:
        """Tell at the top who sits here."""
        self._window.set_clerk(self.clerk.name, self.state_words())

    async def _look(self) -> None:
        self.open = await self._services.sign_in.needs_passphrase()
        if self.open:
            self.idle.end()
        elif not self.locked:
            self.idle.begin()
        self.show_clerk()

    def _unlocked(self, clerk: Clerk) -> None:
        self.idle.begin()
        if clerk.card_id != self.clerk.card_id:
            self.clerk = clerk
            self.changed.emit(clerk)
        self.clerk = clerk  # the role may be another one
        self.begin()


async def somebody(
    window: MainWindow, services: Services, closed: asyncio.Event, clerk: Clerk
) -> Clerk | None:
    """Return who signs in, ``clerk`` where nobody has to; None if the window was closed instead."""
    if await services.sign_in.needs_passphrase():
        return clerk
    entered: asyncio.Future[Clerk] = asyncio.get_running_loop().create_future()
    sheet = SignInSheet(services.sign_in, services.staff)
    sheet.signed_in.connect(entered.set_result)
    window.show_alone(sheet)
    sheet.begin()
    leaving = asyncio.create_task(closed.wait())
    await asyncio.wait((entered, leaving), return_when=asyncio.FIRST_COMPLETED)
    leaving.cancel()
    return entered.result() if entered.done() else None
