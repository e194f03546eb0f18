"""What somebody said that columns hold, remembered for the next file with the same titles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from care_console.base.command import Command
from care_console.exchange.records import MappingRecord
from care_console.exchange.rules.mapping import titles_key
from care_console.staff.rules import Permission
from care_console.staff.service import Staff
from care_console.store import Store


@dataclass(frozen=True, slots=True)
class Mappings:
    """One for each set of titles."""

    store: Store
    staff: Staff

    async def remembered(self, titles: Sequence[str]) -> dict[int, str]:
        """Return what was chosen for the places of these titles, or nothing."""
        return await self.store.read(self._remembered, titles_key(titles))

    async def remember(
        self, command: Command, titles: Sequence[str], columns: Mapping[int, str]
    ) -> None:
        """Keep what was chosen. It speaks of nobody, and is written in no journal.

        Raises NotAllowed.
        """
        async with self.staff.guarded(command):
            await self.store.write(self._remember, command, titles_key(titles), columns)

    @staticmethod
    def _remembered(db: Session, key: str) -> dict[int, str]:
        kept = db.get(MappingRecord, key)
        return {} if kept is None else {int(at): choice for at, choice in kept.columns.items()}

    def _remember(
        self, db: Session, command: Command, key: str, columns: Mapping[int, str]
    ) -> None:
        self.staff.demand(db, command, Permission.IMPORT)
        kept = {str(at): choice for at, choice in columns.items()}
        db.merge(MappingRecord(titles_key=key, columns=kept))
