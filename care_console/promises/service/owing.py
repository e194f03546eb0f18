"""Duties as the rooms above make and settle them, inside their own units."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from care_console.base.clock import Clock
from care_console.base.masking import masked
from care_console.base.names import clean
from care_console.base.words import N_
from care_console.cards.records import FactRecord
from care_console.cards.rules import Fact
from care_console.cards.service import Cards
from care_console.journal.service import Journal
from care_console.promises.records import DutyRecord
from care_console.promises.rules import LONGEST_TITLE, BadDuty, Duty, DutyKind
from care_console.promises.rules.duty import DONE
from care_console.promises.service.listing import duties_of, is_open
from care_console.store import Store, put

KIND, REQUESTS = "duties", "requests"  # of the lines that a card has of them
TOLD_ABOVE = (DutyKind.FOLLOW_UP, DutyKind.DELIVERY, DutyKind.REQUEST, DutyKind.STEP)
"""Kinds that are no duty to the customer, or are told on a line of their own."""


@dataclass(frozen=True, slots=True)
class Owing:
    """What is owed. All of it runs inside somebody's unit, which writes the entry.

    Each holds the card of the customer, if there is one. ``department_of`` says in which
    department the clerk with a card works, if in any.
    """

    store: Store
    journal: Journal
    clock: Clock
    cards: Cards
    department_of: Callable[[Session, int], int | None]

    def make(
        self,
        db: Session,
        kind: DutyKind,
        *,
        title: str,
        due_at: datetime,
        card_id: int | None = None,
        about: str = "",
        about_id: int = 0,
        owner_card_id: int | None = None,
        department_id: int | None = None,
        made_by: int | None = None,
    ) -> int:
        """Make a duty, anybody's where nobody is named, and return its id. Raises BadDuty."""
        record = DutyRecord(
            kind=DutyKind(kind),
            card_id=card_id,
            about=about,
            about_id=about_id,
            owner_card_id=owner_card_id,
            department_id=department_id,
            title=_tidy(title),
            made_at=self.clock(),
            made_by_card_id=made_by,
            first_due_at=due_at,
            due_at=due_at,
        )
        return self._put(db, record)

    def settle(self, db: Session, duty_id: int, by: int | None, outcome: str = DONE) -> bool:
        """Keep that it is done, or withdrawn; return whether it was open till then."""
        record = self.hold(db, duty_id)
        if record.settled_at is not None:
            return False
        record.settled_at, record.settled_by_card_id = self.clock(), by
        record.outcome = outcome
        self.tell(db, record.card_id)
        return True

    def settle_all(
        self, db: Session, about: str, about_id: int, by: int | None, outcome: str
    ) -> None:
        """Keep that whatever is open and hangs on something of a room above is done, or is not."""
        for duty in self.of(db, about, about_id):
            if duty.open:
                self.settle(db, duty.id, by, outcome)

    def unsettle(self, db: Session, duty_id: int) -> bool:
        """Keep that it is owed after all; return whether it was settled till then."""
        record = self.hold(db, duty_id)
        if record.settled_at is None:
            return False
        record.settled_at = record.settled_by_card_id = None
        record.outcome = ""
        self.tell(db, record.card_id)
        return True

    def move_to(self, db: Session, duty_id: int, due_at: datetime) -> bool:
        """Let it be due at another moment, which counts as moved; return whether it is another.

        When it was due at first is kept.
        """
        record = self.hold(db, duty_id)
        if record.due_at == due_at:
            return False
        record.due_at, record.moved = due_at, record.moved + 1
        self.tell(db, record.card_id)
        return True

    def give_to(
        self,
        db: Session,
        duty_id: int,
        *,
        owner_card_id: int | None = None,
        department_id: int | None = None,
    ) -> None:
        """Let it be another clerk's or, without one, a department's; without both anybody's."""
        record = self.hold(db, duty_id)
        record.owner_card_id, record.department_id = owner_card_id, department_id
        self.tell(db, record.card_id)

    def hang_on(self, db: Session, duty_id: int, about: str, about_id: int) -> None:
        """Let it hang on something of a room above, or with "" on nothing any more."""
        record = self.hold(db, duty_id)
        record.about, record.about_id = about, about_id
        db.flush()

    def read(self, db: Session, duty_id: int) -> list[Duty]:
        """Return one duty with the names that stand in it, or nothing."""
        return duties_of(db, self.cards.today(), DutyRecord.id == duty_id)

    def of(self, db: Session, about: str, about_id: int) -> list[Duty]:
        """Return what hangs on something of a room above, settled or not, the first due first."""
        on = DutyRecord.about == about, DutyRecord.about_id == about_id
        return duties_of(db, self.cards.today(), *on)

    def tell(self, db: Session, card_id: int | None) -> None:
        """Count what is owed to a customer; the card is to be held before.

        A check on a colleague is no line on their card; what waits for an approver is its own.
        """
        db.flush()
        if card_id is None:
            return
        wanted = (
            select(DutyRecord.kind, DutyRecord.due_at, DutyRecord.title, DutyRecord.owner_card_id)
            .where(DutyRecord.card_id == card_id, is_open())
            .order_by(col(DutyRecord.due_at), col(DutyRecord.id))
        )
        found: list[Any] = list(db.exec(wanted))
        owed = [row for row in found if row[0] not in (DutyKind.CHECK_ON, *TOLD_ABOVE)]
        asked = [row for row in found if row[0] == DutyKind.REQUEST]
        told = [(KIND, owed)]
        if asked or db.get(FactRecord, (card_id, REQUESTS)) is not None:
            told.append((REQUESTS, asked))
        for kind, some in told:
            _kind, due_at, headline, owner = some[0] if some else ("", None, "", None)
            self.cards.tell(db, card_id, Fact(kind, len(some), due_at, headline, owner))

    def hold(self, db: Session, duty_id: int) -> DutyRecord:
        """Hold a duty and its card, and read what others did to it before that."""
        record = db.get(DutyRecord, duty_id)
        if record is None:
            raise BadDuty(N_("This is no longer there."))
        if record.card_id is not None:
            self.cards.hold(db, record.card_id)
        db.flush()
        db.refresh(record, with_for_update={"key_share": True})
        return record

    def _put(self, db: Session, record: DutyRecord) -> int:
        """Add a duty and count it on its card; return its id."""
        if record.card_id is not None:
            self.cards.hold(db, record.card_id)
        put(db, record)
        self.tell(db, record.card_id)
        return record.id


def _tidy(title: str) -> str:
    """Return what is to be done on one line. Raises BadDuty if nothing is."""
    if not (words := masked(clean(title, LONGEST_TITLE))):
        raise BadDuty(N_("Say in a few words what is to be done."))
    return words
