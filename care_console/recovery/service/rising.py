"""Recoveries whose clock ran out rise to a supervisor, once a level."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from care_console.base.command import Command
from care_console.base.words import _
from care_console.promises.rules import DutyKind
from care_console.recovery.records import RecoveryRecord
from care_console.recovery.rules import Step, step_words
from care_console.recovery.service.circle import UP_WITHIN
from care_console.recovery.service.kept import Held, checklist_of, due_of
from care_console.recovery.service.listing import steps_of_all
from care_console.recovery.service.one_up import one_up
from care_console.recovery.service.steps import ABOUT, Steps
from care_console.staff.service import Staff


@dataclass(frozen=True, slots=True)
class Rising:
    """What is late, and whom it is told. All of it runs inside somebody's unit."""

    steps: Steps
    staff: Staff

    def next_moment(self, db: Session) -> datetime | None:
        """Return when the next clock runs out of which no supervisor knows."""
        return min((due_at for _, due_at in _running(db)), default=None)

    def rise(self, db: Session, command: Command) -> list[int]:
        """Tell supervisors of what is late; return the recoveries."""
        if (first := self.steps.journal.first_run(db, command)) is not None:
            return list(first["recovery_ids"])
        now = self.steps.kept.clock()
        late = sorted(recovery_id for recovery_id, due_at in _running(db) if due_at <= now)
        told = [held for each in late if self._tell(db, held := self.steps.kept.hold(db, each))]
        ids = [held.record.id for held in told]
        if told:
            about = [(held.record.card_id, held.record.card_group) for held in told]
            self.steps.journal.write(db, command, "recovery_risen", {"recovery_ids": ids}, *about)
        return ids

    def _tell(self, db: Session, held: Held) -> bool:
        """Let a supervisor owe a word about a recovery; return whether none did till then."""
        record, now = held.record, self.steps.kept.clock()
        if record.risen_at is not None or held.checklist.closed:
            return False  # another desk was quicker
        record.risen_at = now
        if record.up_duty_id is None:
            step = held.checklist.next or Step.FOLLOW_UP
            record.up_duty_id = self.steps.duties.make(
                db,
                DutyKind.STEP,
                title=_("Late: {step}: {title}").format(step=step_words(step), title=record.title),
                due_at=now + UP_WITHIN,
                card_id=record.card_id,
                about=ABOUT,
                about_id=record.id,
                owner_card_id=one_up(db, self.staff, record.owner_card_id),
            )
        db.flush()
        return True


def _running(db: Session) -> Iterator[tuple[int, datetime]]:
    """Return the open recoveries of which no supervisor was told, and when they become late."""
    wanted = select(RecoveryRecord).where(
        col(RecoveryRecord.closed_at).is_(None),
        col(RecoveryRecord.risen_at).is_(None),
        col(RecoveryRecord.taken_back).is_(False),
    )
    found = db.exec(wanted).all()
    steps = steps_of_all(db, [each.id for each in found])
    for each in found:
        due_at = due_of(checklist_of(each, steps[each.id]), each.level_at)
        if due_at is not None:
            yield each.id, due_at
