"""What is done with the steps of a recovery: each in one unit, journalled, and taken back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, select

from care_console.base.command import Command
from care_console.base.words import N_, _
from care_console.cards.records import CardRecord
from care_console.journal.rules import Facts
from care_console.journal.service import Journal
from care_console.promises.rules import DutyKind
from care_console.promises.rules.duty import DONE, RECOVERY, WITHDRAWN
from care_console.promises.service import Duties
from care_console.recovery.records import RecoveryRecord, SaidRecord, StepRecord
from care_console.recovery.rules import BadRecovery, Checklist, Fault, State, Step, step_words
from care_console.recovery.service.kept import Held, Kept, answers_of
from care_console.staff.records import ClerkRecord, DepartmentRecord
from care_console.store import add_once

ABOUT = RECOVERY  # on what its duties hang


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of all recoveries. All of it runs inside somebody's unit."""

    kept: Kept
    journal: Journal
    duties: Duties

    def done(
        self, db: Session, command: Command, recovery_id: int, step: Step, said: dict[str, str]
    ) -> None:
        """Tick a step; ``said`` are the wording, the note and the reason for a remedy."""
        held = self.kept.hold(db, recovery_id)
        if self.journal.first_run(db, command) is not None:
            return
        after = self.tick(db, command, held, step, said)
        note = after.mark(step).note
        self.told(db, command, "recovery_step_done", held, {"step": step}, {"note": note})

    def tick(
        self, db: Session, command: Command, held: Held, step: Step, said: dict[str, str]
    ) -> Checklist:
        """Do a step without an entry; return how far the recovery has come."""
        at, by = self.kept.clock(), command.clerk.card_id
        after = held.checklist.do(step, at=at, by=by, **said)
        self.keep(db, command, held, after, step)
        return after

    def untick(self, db: Session, command: Command, held: Held, step: Step) -> None:
        """Put a step as it was before the last act on it, without an entry."""
        after = held.checklist.undo(step)
        self._unhear(db, held, after, step)
        row = held.steps[step]
        if after.mark(step).state is State.OPEN and step is not Step.FOLLOW_UP:
            for duty_id in (row.duty_id, row.late_duty_id):
                if duty_id is not None:
                    self.duties.unsettle(db, duty_id)
        self._sync(db, command, held, after)
        self.kept.keep(db, held, after)

    def keep(self, db: Session, command: Command, held: Held, after: Checklist, step: Step) -> None:
        """Keep what was done with ``step``, and all that is owed and was heard by it."""
        mark = after.mark(step)
        if mark.wording and mark.at is not None:
            self._hear(db, held, mark.wording, mark.at)
        self._settle(db, command, held, step, WITHDRAWN if mark.state is State.SKIPPED else DONE)
        self._sync(db, command, held, after)
        self.kept.keep(db, held, after)

    def close(self, db: Session, command: Command, held: Held, after: Checklist) -> None:
        """Keep that its circle is closed, and that nothing is owed for it any more."""
        self._sync(db, command, held, after)
        self.kept.keep(db, held, after)

    def _sync(self, db: Session, command: Command, held: Held, after: Checklist) -> None:
        """Owe the follow-up and the first word after a no, or owe them no more."""
        self.sync_follow_up(db, command, held, after)
        self._sync_late_follow_up(db, command, held, after)
        up_duty_id = held.record.up_duty_id
        if up_duty_id is None:
            return
        if after.level == held.checklist.level and owes_word(held.record, after):
            self.duties.unsettle(db, up_duty_id)
        else:
            self.duties.settle(db, up_duty_id, command.clerk.card_id)

    def _sync_late_follow_up(
        self, db: Session, command: Command, held: Held, after: Checklist
    ) -> None:
        """Nobody is late any more with a question that was asked, or that is not dated now."""
        row = held.steps[Step.FOLLOW_UP]
        if row.late_duty_id is None or after.dated:
            return
        asked = after.answers is not None or after.level != held.checklist.level
        outcome = DONE if asked else WITHDRAWN
        self.duties.settle(db, row.late_duty_id, command.clerk.card_id, outcome)
        if not asked:
            row.late_duty_id = None

    def sync_follow_up(self, db: Session, command: Command, held: Held, after: Checklist) -> None:
        """Owe the follow-up, or owe it no more, as ``after`` wants it."""
        duty_id = held.record.follow_up_duty_id
        if duty_id is None or held.checklist.dated == after.dated:
            return
        if after.dated:
            self.duties.unsettle(db, duty_id)
        else:
            asked = after.answers is not None or after.level != held.checklist.level
            outcome = DONE if asked else WITHDRAWN
            self.duties.settle(db, duty_id, command.clerk.card_id, outcome)

    def skipped(
        self, db: Session, command: Command, recovery_id: int, step: Step, reason: str
    ) -> None:
        """Leave a step out."""
        held = self.kept.hold(db, recovery_id)
        if self.journal.first_run(db, command) is not None:
            return
        by = command.clerk.card_id
        after = held.checklist.skip(step, reason=reason, at=self.kept.clock(), by=by)
        self.keep(db, command, held, after, step)
        note = after.mark(step).note
        self.told(db, command, "recovery_step_skipped", held, {"step": step}, {"note": note})

    def undone(self, db: Session, command: Command, recovery_id: int, step: Step) -> None:
        """Put a step as it was before the last act on it."""
        held = self.kept.hold(db, recovery_id)
        if self.journal.first_run(db, command) is not None:
            return
        self.untick(db, command, held, step)
        facts = {"step": step, "now": State(held.steps[step].state)}
        self.told(db, command, "recovery_step_undone", held, facts)

    def handed(
        self,
        db: Session,
        command: Command,
        recovery_id: int,
        step: Step,
        to: tuple[int | None, int | None],
        due_at: datetime,
    ) -> None:
        """Give a step into the hands of a card or of a department."""
        held = self.kept.hold(db, recovery_id)
        if self.journal.first_run(db, command) is not None:
            return
        record = held.steps[step]
        if step is Step.FOLLOW_UP:
            raise BadRecovery(N_("Date the follow-up: it may be anybody's."))
        if held.checklist.closed or record.state != State.OPEN:
            raise BadRecovery(N_("This step is settled: there is nothing to hand over."))
        name = _name_of(db, *to)
        if record.duty_id is not None:
            self.duties.settle(db, record.duty_id, command.clerk.card_id, WITHDRAWN)
        record.owner_card_id, record.department_id = to
        record.due_at = due_at
        record.duty_id = self._owe(db, command, held, step, name)
        self.kept.keep(db, held, held.checklist)
        facts = {"step": step, "owner_card_id": to[0], "department_id": to[1]}
        self.told(db, command, "recovery_step_handed", held, facts, {"to": name})

    def asking(self, db: Session, held: Held) -> list[int]:
        """Return the duties by which the owner asks somebody, who is no clerk, for an open step."""
        return [
            row.duty_id
            for row in held.steps.values()
            if row.state == State.OPEN
            and row.duty_id is not None
            and row.owner_card_id is not None
            and not _is_clerk(db, row.owner_card_id)
        ]

    def fault(self, db: Session, command: Command, recovery_id: int, fault: Fault) -> None:
        """Say whose fault it was."""
        held = self.kept.hold(db, recovery_id)
        if self.journal.first_run(db, command) is not None or held.record.fault == fault:
            return
        facts = {"fault": fault, "before": held.record.fault}
        held.record.fault = fault
        db.flush()
        self.told(db, command, "recovery_fault", held, facts)

    def told(
        self,
        db: Session,
        command: Command,
        kind: str,
        held: Held,
        facts: Facts,
        personal: dict[str, Any] | None = None,
    ) -> None:
        """Write the entry of what was done with a recovery."""
        record = held.record
        said = {name: words for name, words in (personal or {}).items() if words}
        self.journal.write(
            db,
            command,
            kind,
            {"recovery_id": record.id, **facts},
            (record.card_id, record.card_group),
            personal=said,
        )

    def _settle(self, db: Session, command: Command, held: Held, step: Step, outcome: str) -> None:
        """Settle what was owed for a step, by whoever has it in hand and by a supervisor."""
        row = held.steps[step]
        late = None if step is Step.FOLLOW_UP else row.late_duty_id  # that waits for the answer
        for duty_id in (row.duty_id, late):
            if duty_id is not None:
                self.duties.settle(db, duty_id, command.clerk.card_id, outcome)

    def _owe(self, db: Session, command: Command, held: Held, step: Step, name: str) -> int:
        """Make the duty of a step that was handed over; return its id."""
        record, row = held.record, held.steps[step]
        clerk = row.owner_card_id is not None and _is_clerk(db, row.owner_card_id)
        title = f"{step_words(step)}: {record.title}"
        if row.owner_card_id is not None and not clerk:
            title = _("Ask {name}: {step}").format(name=name, step=title)
        owner = row.owner_card_id if clerk else record.owner_card_id
        return self.duties.make(
            db,
            DutyKind.STEP,
            title=title,
            due_at=row.due_at or self.kept.clock(),
            card_id=record.card_id,
            about=ABOUT,
            about_id=record.id,
            owner_card_id=None if row.department_id is not None else owner,
            department_id=row.department_id,
            made_by=command.clerk.card_id,
        )

    def _hear(self, db: Session, held: Held, wording: str, at: datetime) -> None:
        """Keep that the customer has heard these words."""
        if wording:
            record = held.record
            add_once(
                db,
                SaidRecord(card_id=record.card_id, wording=wording, at=at, recovery_id=record.id),
            )

    def _unhear(self, db: Session, held: Held, after: Checklist, step: Step) -> None:
        """Forget that words were heard, if this recovery was all that said them."""
        wording = held.checklist.mark(step).wording
        marks = [mark for each in after.marks for mark in (*each.earlier, each)]
        if wording and all(mark.wording != wording for mark in marks):
            db.exec(
                delete(SaidRecord).where(
                    col(SaidRecord.card_id) == held.record.card_id,
                    col(SaidRecord.wording) == wording,
                    col(SaidRecord.recovery_id) == held.record.id,
                )
            )


def owes_word(record: RecoveryRecord, checklist: Checklist) -> bool:
    """Return whether a supervisor still owes the customer the first word after a no."""
    if checklist.closed or checklist.answers is not None or not record.answers:
        return False
    word = answers_of(record.answers[-1]).word
    return word is not None and checklist.mark(word).state is State.OPEN


def lay_steps(db: Session, recovery_id: int) -> None:
    """Keep five open steps for a recovery that begins."""
    db.add_all(StepRecord(recovery_id=recovery_id, step=step) for step in Step)
    db.flush()


def _is_clerk(db: Session, card_id: int) -> bool:
    wanted = select(ClerkRecord.card_id).where(ClerkRecord.card_id == card_id, ClerkRecord.active)
    return db.exec(wanted).one_or_none() is not None


def _name_of(db: Session, card_id: int | None, department_id: int | None) -> str:
    """Return who is to do it. Raises BadRecovery if it is nobody, or no longer there."""
    found: str | None = None
    if card_id is not None and department_id is None:
        found = db.exec(select(CardRecord.name).where(CardRecord.id == card_id)).one_or_none()
    elif department_id is not None and card_id is None:
        wanted = select(DepartmentRecord.name).where(DepartmentRecord.id == department_id)
        found = db.exec(wanted).one_or_none()
    if found is None:
        raise BadRecovery(N_("Say who is to do it: a person or a department."))
    return found
