"""Calling somebody at a click or a key: through a line that dials, else with a link."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from care_console.base.emergency import is_emergency
from care_console.base.errors import CareError
from care_console.base.phone import read, show
from care_console.base.words import N_, _
from care_console.calls.service import NoCall
from care_console.kit import Errands
from care_console.lines import tel
from care_console.lines.dialled import Dial, Dialled
from care_console.lines.line import CallEvent, Can, DiallingLine, Event, Line, State
from care_console.lines.ours import LINK, line_words
from care_console.window.around import Around
from care_console.window.conversations import Conversations

BY_LINK = LINK  # in the log, in place of a line


class NotDialled(CareError):
    """Nobody was called, and why."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom to call: a number in E.164, and whose it is as far as that is known."""

    e164: str
    card_id: int | None = None
    name: str = ""

    @property
    def title(self) -> str:
        """Who it is, in one line."""
        return self.name or show(self.e164)


class Dialling(QObject):
    """Calls only what our own parser wrote, only when asked to, and one call at a time.

    What the customer sees of our number is the telephone system's to set, in its dial plan: a
    caller ID that is handed over with a call would be shown to the customer in its place.
    """

    hindered = Signal(str)
    changed = Signal()  # whether anybody can be called
    asked = Signal(object)  # Wanted: it must be confirmed, for it is an emergency's number

    def __init__(
        self,
        around: Around,
        conversations: Conversations,
        lines: Callable[[], Iterable[Line]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._around, self._conversations, self._lines = around, conversations, lines
        self.errands = Errands(self)
        self.errands.hindered.connect(self.hindered)
        self.dialled = Dialled(around.services.settings.plan)
        self.links = False
        """Whether a program of this computer takes ``tel:`` links."""
        self.open_link: Callable[[str], bool] = _open_link

    @property
    def can(self) -> bool:
        """Whether anybody can be called from here."""
        return self.links or any(Can.DIAL in line.can for line in self._lines())

    def begin(self) -> None:
        """Find out whether there is a program for links; nothing waits for it."""
        self.errands.look("links", self._look_for_links())

    def call(self, wanted: Wanted, *, sure: bool = False) -> None:
        """Call somebody. An emergency's number is asked about first, unless one is ``sure``."""
        plan = self._around.services.settings.plan()
        if read(wanted.e164, plan).e164 != wanted.e164:
            self.hindered.emit(_("This is no number that can be called."))
        elif is_emergency(wanted.e164, plan) and not sure:
            self.asked.emit(wanted)
        else:
            self.errands.do("dial", self._call(wanted))

    def hear(self, event: CallEvent) -> bool:
        """Return whether an event is of a call that we make; its end is kept."""
        dial = self.dialled.of(event)
        if dial is None:
            return False
        if event.kind is Event.ENDED and event.line == dial.line:
            dial.over = event
            self.errands.do(f"over {event.call_id}", self._over(dial))
        return True

    async def _call(self, wanted: Wanted) -> None:
        line, services = self._line(), self._around.services
        name = BY_LINK if line is None else line.name
        dial = self.dialled.note(wanted.e164, name, services.clock())
        try:
            if line is not None:
                self.dialled.known_as(dial, name, await line.dial(wanted.e164))
            elif not self.open_link(tel.link(wanted.e164)):
                raise NotDialled(N_("No program of this computer took the number."))
        except BaseException:
            self.dialled.forget(dial)
            raise
        command = self._around.command()
        dial.call_id = await services.outgoing.dialled(command, wanted.e164, name, wanted.card_id)
        ring = CallEvent(
            kind=Event.RINGING, call_id=f"out {command.id}", line=name, at=dial.at,
            number=wanted.e164,
        )  # fmt: skip
        dial.contact_id = await self._conversations.start_outgoing(
            dial.call_id, ring, wanted.card_id, wanted.title
        )
        await self._over(dial)

    async def _over(self, dial: Dial) -> None:
        """Keep that a call of ours is over, once it is in the log."""
        if dial.over is None or not dial.call_id:
            return
        if dial.contact_id:
            self._around.deck.end_call(dial.contact_id)
            self._conversations.changed.emit()
        try:
            await self._around.services.outgoing.hung_up(
                dial.call_id, dial.over.at, dial.over.cause
            )
        except NoCall:
            return  # erased meanwhile

    def _line(self) -> DiallingLine | None:
        """Return the line that calls now, or None where a link does. Raises NotDialled."""
        able = [line for line in self._lines() if Can.DIAL in line.can]
        ready = next((line for line in able if line.state.state is State.UP), None)
        if ready is not None:
            return cast(DiallingLine, ready)
        if self.links:
            return None
        if not able:
            raise NotDialled(N_("No line here can call. Dial the number on your telephone."))
        why = able[0].state.reason or _("It is not connected.")
        words = N_("“{line}” cannot call now. {why}")
        raise NotDialled(words, line=line_words(able[0].name), why=why)

    async def _look_for_links(self) -> None:
        self.links = await asyncio.to_thread(tel.is_taken)
        self.changed.emit()


def _open_link(link: str) -> bool:
    return QDesktopServices.openUrl(QUrl(link, QUrl.ParsingMode.StrictMode))
