"""The ways to the key of the records: which there are, and setting or taking away one."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.errors import CareError
from care_console.base.words import N_
from care_console.journal.service import Journal
from care_console.settings.home import Home
from care_console.settings.keys import keep_slots, slots_of
from care_console.settings.recovery_code import groups_of, letters_of, new_code
from care_console.settings.slots import Slot, SlotKind, Slots, fingerprint
from care_console.settings.wrapping import Cost, Wrapped, strong_enough, wrap
from care_console.staff.rules import Permission
from care_console.staff.service import Staff

ASKED = (1, 4)  # groups of a new code that are typed back: the second and the fifth


class NotTyped(CareError):
    """What was typed back is not what stands on the paper."""


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways to the key, each since when; ``weaker`` says that it lies beside the records."""

    place: SlotKind
    backend: str
    since: dict[SlotKind, datetime]

    @property
    def weaker(self) -> bool:
        """Whether whoever can read the folder can read the records."""
        return self.place is SlotKind.FILE

    @property
    def recoverable(self) -> bool:
        """Whether a person can bring the records back without this computer."""
        return SlotKind.PASSPHRASE in self.since or SlotKind.RECOVERY in self.since


class Keys:
    """Sets and takes away the ways to one key, which itself never changes."""

    def __init__(
        self,
        home: Home,
        key: bytes,
        journal: Journal,
        staff: Staff,
        clock: Clock,
        cost: Cost | None = None,
    ) -> None:
        """Take ``cost``, that of a passphrase; the measured one by default."""
        self._home, self._key, self._cost = home, key, cost or Cost()
        self._journal, self._staff, self._clock = journal, staff, clock
        self._turn = asyncio.Lock()

    async def ways(self) -> Ways:
        """Return the ways that there are."""
        return await asyncio.to_thread(self._ways)

    def new_code(self) -> str:
        """Return a recovery code, which is good for nothing until ``keep_code``."""
        return new_code()

    async def keep_code(self, command: Command, code: str, typed: tuple[str, ...]) -> None:
        """Make ``code`` a way to the key, once parts of it were typed back from the paper.

        The code before it is good no longer. Raises NotTyped and NotAllowed.
        """
        groups = groups_of(code)
        for at, part in zip(ASKED, typed, strict=True):
            if letters_of(part) != groups[at]:
                raise NotTyped(
                    N_("Group {number} is another one. Look at the paper once more."), number=at + 1
                )
        await self._put(command, SlotKind.RECOVERY, lambda: wrap(self._key, code))

    async def set_passphrase(self, command: Command, passphrase: str) -> None:
        """Make a passphrase a way to the key, in place of the one before.

        Raises WeakPassphrase and NotAllowed. The records are not written anew.
        """
        strong = strong_enough(passphrase)
        await self._put(command, SlotKind.PASSPHRASE, lambda: wrap(self._key, strong, self._cost))

    async def take_away(self, command: Command, kind: SlotKind) -> None:
        """Take away the passphrase or the recovery code. Raises NotAllowed."""
        await self._change(command, kind, lambda slots: slots.without(kind), gone=True)

    async def _put(self, command: Command, kind: SlotKind, make: Callable[[], Wrapped]) -> None:
        await self._demand(command)
        wrapped = await asyncio.to_thread(make)
        slot = Slot(kind, self._clock(), "", wrapped)
        await self._change(command, kind, lambda slots: slots.put(slot))

    async def _change(
        self,
        command: Command,
        kind: SlotKind,
        change: Callable[[Slots], Slots],
        *,
        gone: bool = False,
    ) -> None:
        """Change the slots, and journal it first: no way to the key without an entry."""

        def unit(db: Session) -> None:
            self._staff.demand(db, command, Permission.RESTORE)
            if self._journal.first_run(db, command) is None:
                facts: dict[str, Any] = {"slot": str(kind), "gone": gone}
                self._journal.write(db, command, "way_to_key_changed", facts)

        async with self._turn:
            await self._journal.store.write(unit)
            await asyncio.to_thread(self._keep, change)

    async def _demand(self, command: Command) -> None:
        await self._journal.store.read(
            lambda db: self._staff.demand(db, command, Permission.RESTORE)
        )

    def _keep(self, change: Callable[[Slots], Slots]) -> None:
        desk = self._home.desk()
        slots = slots_of(self._home) or Slots(fingerprint(self._key), desk.origin)
        try:
            keep_slots(self._home, desk, change(slots))
        except OSError as error:
            raise NotTyped(
                N_("{file} cannot be written: {why}"),
                file=self._home.slots.name,
                why=error.strerror,
            ) from error

    def _ways(self) -> Ways:
        desk = self._home.desk()
        slots = slots_of(self._home)
        since = {each.kind: each.at for each in slots.slots} if slots is not None else {}
        place = SlotKind(desk.key_in)
        own = slots.of(place) if slots is not None else None
        return Ways(place, own.backend if own is not None else "", since)
