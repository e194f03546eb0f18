"""Each clock of a recovery that runs out rises to a supervisor once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlmodel import Session, col, select

from care_console.base.command import Command
from care_console.base.words import _
from care_console.promises.rules import DutyKind
from care_console.recovery.records import RecoveryRecord, StepRecord
from care_console.recovery.rules import Step, step_words
from care_console.recovery.rules.clocks import deadline
from care_console.recovery.service.circle import UP_WITHIN
from care_console.recovery.service.kept import Held, checklist_of, since_of
from care_console.recovery.service.listing import dues_of, steps_of_all
from care_console.recovery.service.one_up import one_up
from care_console.recovery.service.steps import ABOUT, Steps
from care_console.staff.service import Staff

ASKED_WITHIN = timedelta(hours=1)  # after the follow-up was due, before it rises


@dataclass(frozen=True, slots=True)
class Rising:
    """What is late, and whom it is told. All of it runs inside somebody's unit."""

    steps: Steps
    staff: Staff

    def next_moment(self, db: Session) -> datetime | None:
        """Return when the next clock runs out of which no supervisor knows."""
        return min((each.due_at for each in _running(db)), default=None)

    def rise(self, db: Session, command: Command) -> list[int]:
        """Tell supervisors of each step that is late; return the recoveries."""
        if (first := self.steps.journal.first_run(db, command)) is not None:
            return list(first["recovery_ids"])
        now, told = self.steps.kept.clock(), []
        for recovery_id in sorted({each.id for each in _running(db) if each.due_at <= now}):
            held = self.steps.kept.hold(db, recovery_id)
            if steps := [each.step for each in _clocks(db, held) if each.due_at <= now]:
                told.append((held.record, steps))
                self._tell(db, held, steps)
        ids = [record.id for record, _steps in told]
        if told:
            about = [(record.card_id, record.card_group) for record, _steps in told]
            facts = {"recovery_ids": ids, "steps": [steps for _record, steps in told]}
            self.steps.journal.write(db, command, "recovery_risen", facts, *about)
        return ids

    def _tell(self, db: Session, held: Held, steps: Sequence[Step]) -> None:
        """Let a supervisor owe that each of these steps is done."""
        record, now = held.record, self.steps.kept.clock()
        for step in steps:
            held.steps[step].late_duty_id = self.steps.duties.make(
                db,
                DutyKind.STEP,
                title=_("Late: {step}: {title}").format(step=step_words(step), title=record.title),
                due_at=now + UP_WITHIN,
                card_id=record.card_id,
                about=ABOUT,
                about_id=record.id,
                owner_card_id=one_up(db, self.staff, record.owner_card_id),
            )
        record.unanswered = None  # the duty would outlive what it is about
        db.flush()


class _Clock(NamedTuple):
    """A clock that runs, and of which no supervisor knows yet."""

    id: int  # the recovery's
    step: Step
    due_at: datetime


def _running(db: Session) -> Iterator[_Clock]:
    """Return the clocks of all open recoveries that no supervisor was told of."""
    wanted = select(RecoveryRecord).where(
        col(RecoveryRecord.closed_at).is_(None), col(RecoveryRecord.taken_back).is_(False)
    )
    found = db.exec(wanted).all()
    steps = steps_of_all(db, [each.id for each in found])
    dated = [each.follow_up_duty_id for each in found]
    asked = dues_of(db, dated)
    for each in found:
        yield from _of_one(each, steps[each.id], asked)


def _clocks(db: Session, held: Held) -> Iterator[_Clock]:
    """Return the clocks of one recovery; of what another desk told meanwhile there is none."""
    return _of_one(held.record, held.steps, dues_of(db, [held.record.follow_up_duty_id]))


def _of_one(
    record: RecoveryRecord, steps: Mapping[Step, StepRecord], asked: Mapping[int, datetime]
) -> Iterator[_Clock]:
    checklist, since = checklist_of(record, steps), since_of(record)
    if checklist.closed:
        return
    for step in Step:
        due_at = deadline(checklist, step, since)
        if step is Step.FOLLOW_UP and checklist.dated:
            due_at = asked.get(record.follow_up_duty_id or 0)
            due_at = None if due_at is None else due_at + ASKED_WITHIN
        if due_at is not None and steps[step].late_duty_id is None:
            yield _Clock(record.id, step, due_at)
