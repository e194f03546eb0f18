"""Who sits at the desk."""

from dataclasses import dataclass

from sqlmodel import Session, col, select, text

from care_console.base.command import Clerk
from care_console.staff.records import ClerkRecord
from care_console.store import Store

FIRST_ROLE = "administrator"  # whoever starts the first console may do everything
NAME = "SELECT name FROM card WHERE id = :card_id"


@dataclass(frozen=True, slots=True)
class Staff:
    """The clerks."""

    store: Store

    async def clerk(self) -> Clerk | None:
        """Return who works at the consoles of this house, or None before the first start.

        Until clerks sign in, it is the one who started first.
        """
        return await self.store.read(self.first)

    def first(self, db: Session) -> Clerk | None:
        """Return the same inside somebody's unit."""
        wanted = select(ClerkRecord).where(ClerkRecord.active).order_by(col(ClerkRecord.card_id))
        found = db.exec(wanted.limit(1)).one_or_none()
        if found is None:
            return None
        name = db.execute(text(NAME), {"card_id": found.card_id}).scalar_one()
        return Clerk(name, found.role, found.card_id)

    def make(self, db: Session, card_id: int, role: str = FIRST_ROLE) -> None:
        """Make an employee a clerk, inside somebody's unit."""
        db.add(ClerkRecord(card_id=card_id, role=role))
