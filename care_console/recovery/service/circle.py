"""The circle of a recovery: the follow-up is dated, asked, answered, and then it is closed."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from care_console.base.command import Command
from care_console.base.words import N_, _
from care_console.promises.rules import DutyKind
from care_console.promises.rules.duty import WITHDRAWN
from care_console.recovery.records import RecoveryRecord, StepRecord
from care_console.recovery.rules import (
    Answers,
    BadRecovery,
    NothingToUndo,
    ReasonWanted,
    State,
    Step,
)
from care_console.recovery.rules.checklist import tidy
from care_console.recovery.service.kept import Held, checklist_of, folded, keep_mark, unfold
from care_console.recovery.service.one_up import one_up
from care_console.recovery.service.steps import ABOUT, Steps, owes_word
from care_console.staff.rules.roles import Permission
from care_console.staff.service import Staff

UP_WITHIN = timedelta(hours=2)  # the supervisor's first word after a no
NOTHING_DONE = N_("Nothing was done here that could be taken back.")
DONE_SINCE = N_("It has gone on since the answer: ask the customer again if it was otherwise.")


@dataclass(frozen=True, slots=True)
class Circle:
    """Follow-ups, answers and closing. All of it runs inside somebody's unit."""

    steps: Steps
    staff: Staff

    def date(
        self,
        db: Session,
        command: Command,
        recovery_id: int,
        due_at: datetime,
        owner_card_id: int | None,
        wording: str,
    ) -> None:
        """Date the follow-up, which ticks its step."""
        held = self.steps.kept.hold(db, recovery_id)
        if self.steps.journal.first_run(db, command) is not None:
            return
        owner = owner_card_id or command.clerk.card_id
        at, by = self.steps.kept.clock(), command.clerk.card_id
        after = held.checklist.date(at=at, by=by, wording=wording)
        self._owe_follow_up(db, command, held, due_at, owner)
        self.steps.keep(db, command, held, after, Step.FOLLOW_UP)
        facts = {"due_at": due_at.isoformat(), "owner_card_id": owner}
        said = {"owner": self.staff.name_of(db, owner)} if owner is not None else {}
        self.steps.told(db, command, "recovery_follow_up", held, facts, said)

    def answer(
        self,
        db: Session,
        command: Command,
        recovery_id: int,
        answers: Answers,
        wording: str,
        and_close: bool,
    ) -> bool:
        """Keep what was answered; return whether a no opened it again."""
        held = self.steps.kept.hold(db, recovery_id)
        if self.steps.journal.first_run(db, command) is not None:
            return bool(answers.opens)
        at, by = self.steps.kept.clock(), command.clerk.card_id
        after = held.checklist.answer(answers, at=at, by=by, wording=wording)
        if and_close and not answers.opens:
            self.staff.demand(db, command, Permission.CLOSE_RECOVERY)
            after = after.close()
        before = _as_it_stands(held)
        ticked = held.checklist.mark(Step.APOLOGY).first_done_at is not None
        kept = {**asdict(answers), "level": held.record.level, "at": at.isoformat()}
        held.record.answers = [*held.record.answers, {**kept, "ticked": ticked}]
        self.steps.keep(db, command, held, after, Step.FOLLOW_UP)
        held.record.unanswered = before
        if answers.opens:
            self._one_up(db, command, held, answers.opens, at)
        facts = {**asdict(answers), "opened_again": bool(answers.opens), "closed": after.closed}
        self.steps.told(db, command, "recovery_answered", held, facts)
        return bool(answers.opens)

    def unanswer(self, db: Session, command: Command, recovery_id: int) -> None:
        """Take back the last answer."""
        held = self.steps.kept.hold(db, recovery_id)
        if self.steps.journal.first_run(db, command) is not None:
            return
        record, before = held.record, held.record.unanswered
        if before is None:
            raise NothingToUndo(N_(DONE_SINCE if record.answers else NOTHING_DONE))
        if record.up_duty_id not in (None, before["up_duty_id"]):
            by = command.clerk.card_id
            self.steps.duties.settle(db, record.up_duty_id, by, WITHDRAWN)
        _put_back(held, before)
        self._owe_again(db, command, held)
        db.flush()
        self.steps.kept.tell(db, record.card_id)
        self.steps.told(db, command, "recovery_answer_undone", held, {})

    def close(self, db: Session, command: Command, recovery_id: int) -> None:
        """Close the circle."""
        held = self.steps.kept.hold(db, recovery_id)
        if self.steps.journal.first_run(db, command) is not None:
            return
        self.staff.demand(db, command, Permission.CLOSE_RECOVERY)
        after = held.checklist.close()
        self.steps.close(db, command, held, after)
        self.steps.told(db, command, "recovery_closed", held, {"level": held.record.level})

    def reopen(self, db: Session, command: Command, recovery_id: int, why: str) -> None:
        """Open it again, with the follow-up still to be asked."""
        held = self.steps.kept.hold(db, recovery_id)
        if self.steps.journal.first_run(db, command) is not None:
            return
        if not held.checklist.closed:
            raise BadRecovery(N_("This recovery is open."))
        if not tidy(why):
            raise ReasonWanted(N_("Say in a few words why it is opened again."))
        held.record.answers = _without_this_level(held.record)
        held.steps[Step.FOLLOW_UP].late_duty_id = None  # another question, which may be late, too
        self.steps.kept.keep(db, held, held.checklist.reopen())
        self.steps.told(db, command, "recovery_reopened", held, {}, {"note": tidy(why)})

    def hand_over(
        self, db: Session, command: Command, recovery_id: int, owner_card_id: int
    ) -> None:
        """Give the recovery, with what its owner owes for it, to another clerk."""
        held = self.steps.kept.hold(db, recovery_id)
        if self.steps.journal.first_run(db, command) is not None:
            return
        record = held.record
        if self.staff.role_of(db, owner_card_id) is None:
            raise BadRecovery(N_("Only somebody who works at a console can own a recovery."))
        asked = record.follow_up_duty_id if held.checklist.dated else None
        word = record.up_duty_id if owes_word(record, held.checklist) else None
        for duty_id in (asked, word, *self.steps.asking(db, held)):
            if duty_id is not None:
                self.steps.duties.give_to(db, duty_id, owner_card_id=owner_card_id)
        facts = {"owner_card_id": owner_card_id, "before": record.owner_card_id}
        record.owner_card_id = owner_card_id
        record.unanswered = None  # whoever has it now would lose it again with the answer
        self.steps.kept.tell(db, record.card_id)
        db.flush()
        said = {"to": self.staff.name_of(db, owner_card_id)}
        self.steps.told(db, command, "recovery_handed_over", held, facts, said)

    def _one_up(
        self, db: Session, command: Command, held: Held, opened: Iterable[Step], now: datetime
    ) -> None:
        """Give a recovery that a no opened again to a supervisor, who owes a word soon."""
        record = held.record
        record.owner_card_id = one_up(db, self.staff, record.owner_card_id)
        record.level_at = now
        for step in opened:
            row = held.steps[step]
            if row.duty_id is not None:  # else it would be owed for ever: nobody else knows it
                self.steps.duties.settle(db, row.duty_id, command.clerk.card_id, WITHDRAWN)
            row.owner_card_id = row.department_id = row.due_at = row.duty_id = None
            if held.checklist.mark(step).state is not State.OPEN:
                row.late_duty_id = None  # its clock begins anew
        record.up_duty_id = self.steps.duties.make(
            db,
            DutyKind.FOLLOW_UP,
            title=_("Not put right: {title}").format(title=record.title),
            due_at=now + UP_WITHIN,
            card_id=record.card_id,
            about=ABOUT,
            about_id=record.id,
            owner_card_id=record.owner_card_id,
            made_by=command.clerk.card_id,
        )
        db.flush()
        self.steps.kept.tell(db, record.card_id)  # its clocks begin anew

    def _owe_again(self, db: Session, command: Command, held: Held) -> None:
        """Owe again what was owed before the answer that is taken back."""
        record, duties = held.record, self.steps.duties
        checklist = checklist_of(record, held.steps)
        owed = [row.duty_id for row in held.steps.values() if row.state == State.OPEN]
        if checklist.dated:
            owed.append(held.steps[Step.FOLLOW_UP].late_duty_id)
        if owes_word(record, checklist):
            owed.append(record.up_duty_id)
        for duty_id in owed:
            if duty_id is not None:
                duties.unsettle(db, duty_id)
        self.steps.sync_follow_up(db, command, held, checklist)

    def _owe_follow_up(
        self, db: Session, command: Command, held: Held, due_at: datetime, owner: int | None
    ) -> None:
        """Make the duty of asking, or move the one that is open."""
        record, duties = held.record, self.steps.duties
        if held.checklist.dated and record.follow_up_duty_id is not None:
            duties.move_to(db, record.follow_up_duty_id, due_at)
            duties.give_to(db, record.follow_up_duty_id, owner_card_id=owner)
            return
        record.follow_up_duty_id = duties.make(
            db,
            DutyKind.FOLLOW_UP,
            title=_("Ask whether it is put right: {title}").format(title=record.title),
            due_at=due_at,
            card_id=record.card_id,
            about=ABOUT,
            about_id=record.id,
            owner_card_id=owner,
            made_by=command.clerk.card_id,
        )


def _as_it_stands(held: Held) -> dict[str, Any]:
    """Return all that an answer may change, as JSON keeps it."""
    record = held.record
    return {
        "marks": {
            step: [folded(each) for each in (*mark.earlier, mark)]
            for step in Step
            if (mark := held.checklist.mark(step))
        },
        "level": record.level,
        "level_at": record.level_at.isoformat(),
        "up_duty_id": record.up_duty_id,
        "owner_card_id": record.owner_card_id,
        "answers": record.answers,
        "hands": {step: _hands(held.steps[step]) for step in Step},
        "closed_at": None if record.closed_at is None else record.closed_at.isoformat(),
    }


def _hands(row: StepRecord) -> list[Any]:
    """Return in whose hands a step is, as JSON keeps it."""
    due = None if row.due_at is None else row.due_at.isoformat()
    return [row.owner_card_id, row.department_id, due, row.duty_id, row.late_duty_id]


def _put_back(held: Held, before: Mapping[str, Any]) -> None:
    record = held.record
    for step in Step:
        row = held.steps[step]
        keep_mark(row, unfold(before["marks"][step]))
        row.owner_card_id, row.department_id, due, row.duty_id, late = before["hands"][step]
        row.due_at, row.late_duty_id = _moment(due), late
    record.level, record.answers = before["level"], before["answers"]
    record.level_at = datetime.fromisoformat(before["level_at"])
    record.owner_card_id = before["owner_card_id"]
    record.closed_at = _moment(before["closed_at"])
    record.up_duty_id, record.unanswered = before["up_duty_id"], None


def _moment(kept: str | None) -> datetime | None:
    return None if kept is None else datetime.fromisoformat(kept)


def _without_this_level(record: RecoveryRecord) -> list[Any]:
    """Return the answers as they are kept when the customer is to be asked once more."""
    return [
        {**each, "level": -1} if each["level"] == record.level else each for each in record.answers
    ]
