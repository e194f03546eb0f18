"""Keeps what is typed into drafts: soon, over and over until it is kept, and never less of it."""

import asyncio
from datetime import datetime
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from care_console.base.clock import Clock
from care_console.base.errors import CareError
from care_console.calls.rules import BadContact
from care_console.calls.service import Contacts
from care_console.kit import Errands

SOON_MS = 400  # after the first key that is not kept: with the writing itself below 500
AGAIN_MS = 5_000  # after the disk did not take it
STILL_TYPING_MS = 3_000  # after the last key

Changes = dict[str, Any]  # as ``Contacts.keep`` takes them, by their names


class Keeper(QObject):
    """Holds what is typed until the records have it, for any number of contacts.

    A failure is told once, and what was typed is tried again: after a while, and after a key.
    """

    kept = Signal(object)  # a datetime
    kept_here = Signal()  # at this desk, because the server is away
    not_kept = Signal(str)  # a sentence

    def __init__(self, contacts: Contacts, clock: Clock, owner: QObject) -> None:
        super().__init__(owner)
        self._contacts, self._clock = contacts, clock
        self._errands = Errands(owner)
        self._unkept: dict[int, Changes] = {}
        self._refused: set[int] = set()  # contacts that take nothing before something else is typed
        self._one_at_a_time = asyncio.Lock()
        self._told = ""
        self._since: datetime | None = None
        self._last_key = QElapsedTimer()
        self._soon = QTimer(self, interval=SOON_MS, singleShot=True)
        self._again = QTimer(self, interval=AGAIN_MS, singleShot=True)
        self._soon.timeout.connect(self.keep_now)
        self._again.timeout.connect(self.keep_now)

    @property
    def unkept(self) -> bool:
        """Whether something is only here."""
        return bool(self._unkept)

    @property
    def since(self) -> datetime | None:
        """Since when the records have taken nothing, or None."""
        return self._since

    @property
    def typing(self) -> bool:
        """Whether somebody types: a key came a moment ago, or something is not kept yet."""
        lately = self._last_key.isValid() and not self._last_key.hasExpired(STILL_TYPING_MS)
        return lately or self.unkept

    def key(self) -> None:
        """Note that a key came."""
        self._last_key.start()

    def changed(self, contact_id: int, **changes: Any) -> None:
        """Take what was typed. Later changes do not put off what the first one has begun."""
        self._unkept.setdefault(contact_id, {}).update(changes)
        self._refused.discard(contact_id)
        if not self._soon.isActive():
            self._soon.start()

    def of(self, contact_id: int) -> Changes:
        """Return what of a contact is only here."""
        return dict(self._unkept.get(contact_id, {}))

    def done(self, contact_id: int) -> None:
        """Let go of a contact, all of which was kept in another way."""
        self._unkept.pop(contact_id, None)
        self._refused.discard(contact_id)

    def rename(self, before: int, now: int) -> None:
        """Go on with a contact that has another id now."""
        if before in self._unkept:
            self._unkept[now] = self._unkept.pop(before) | self._unkept.get(now, {})

    def keep_now(self) -> None:
        """Send what is not kept to the records, without waiting for it."""
        if self._sendable() is not None and _loop_runs():
            self._errands.do("keep", self._keep())

    async def flush(self) -> None:
        """Return when all is kept that can be kept. A failure is told as ever."""
        await self._keep()

    async def _keep(self) -> None:
        async with self._one_at_a_time:
            self._soon.stop()
            self._again.stop()
            while (contact_id := self._sendable()) is not None:
                if not await self._keep_one(contact_id):
                    break
        if self._sendable() is not None:
            self._again.start()

    async def _keep_one(self, contact_id: int) -> bool:
        """Send what is not kept of one contact; return whether to go on with the next."""
        sent = dict(self._unkept[contact_id])
        try:
            stored = await self._contacts.keep(contact_id, **sent)
        except BadContact as trouble:  # to try the same again would not help
            if contact_id in self._unkept:
                self._refused.add(contact_id)
                self._tell(trouble)
            return True
        except CareError as trouble:
            self._tell(trouble)
            return False
        self._let_go(contact_id, sent)
        self._told, self._since = "", None
        if stored:
            self.kept.emit(self._clock())
        else:
            self.kept_here.emit()
        return True

    def _let_go(self, contact_id: int, sent: Changes) -> None:
        """Forget what was kept, but not what was typed over it meanwhile."""
        there = self._unkept.pop(contact_id, {})
        later = {name: value for name, value in there.items() if sent.get(name, self) != value}
        if later:
            self._unkept[contact_id] = later

    def _sendable(self) -> int | None:
        return next((each for each in self._unkept if each not in self._refused), None)

    def _tell(self, trouble: CareError) -> None:
        self._since = self._since or self._clock()
        if str(trouble) != self._told:
            self._told = str(trouble)
            self.not_kept.emit(self._told)


def _loop_runs() -> bool:
    """Return whether coroutines run: Qt closes its last widgets when they no longer do."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
