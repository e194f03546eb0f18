"""A recovery as it is kept: held, read as a checklist, changed, and told to the card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from care_console.base.clock import Clock
from care_console.base.words import N_, _
from care_console.cards.rules import Fact
from care_console.cards.service import Cards
from care_console.recovery.records import RecoveryRecord, StepRecord
from care_console.recovery.rules import Answers, BadRecovery, Checklist, Mark, State, Step
from care_console.recovery.rules.clocks import Since, next_deadline

KIND = "recovery"  # of the line that a card has of them


@dataclass(frozen=True, slots=True)
class Held:
    """One recovery that no other unit changes before this one ends."""

    record: RecoveryRecord
    steps: Mapping[Step, StepRecord]
    checklist: Checklist


@dataclass(frozen=True, slots=True)
class Kept:
    """The recoveries' records. All of it runs inside somebody's unit."""

    cards: Cards
    clock: Clock

    def hold(self, db: Session, recovery_id: int) -> Held:
        """Hold a recovery and its card. Raises BadRecovery if it is not there."""
        card_id = db.exec(
            select(RecoveryRecord.card_id).where(RecoveryRecord.id == recovery_id)
        ).one_or_none()
        if card_id is None:
            raise BadRecovery(N_("This recovery is no longer there."))
        self.cards.hold(db, card_id)
        record = db.get_one(RecoveryRecord, recovery_id, with_for_update=True)
        if record.taken_back:
            raise BadRecovery(N_("This recovery was taken back: it was begun by mistake."))
        steps = steps_of(db, recovery_id)
        return Held(record, steps, checklist_of(record, steps))

    def keep(self, db: Session, held: Held, after: Checklist) -> None:
        """Keep ``after`` in place of what was held."""
        for step in Step:
            if after.mark(step) != held.checklist.mark(step):
                keep_mark(held.steps[step], after.mark(step))
        held.record.level = after.level
        if after.closed != held.checklist.closed:
            held.record.closed_at = self.clock() if after.closed else None
        held.record.unanswered = None  # an answer is taken back only right after it was given
        db.flush()
        self.tell(db, held.record.card_id)

    def tell(self, db: Session, card_id: int) -> None:
        """Count what is open for the card, which is to be held before."""
        wanted = select(RecoveryRecord).where(
            RecoveryRecord.card_id == card_id, col(RecoveryRecord.closed_at).is_(None)
        )
        found = db.exec(
            wanted.where(col(RecoveryRecord.taken_back).is_(False)).order_by(col(RecoveryRecord.id))
        ).all()
        lists = [checklist_of(each, steps_of(db, each.id)) for each in found]
        dues = [
            next_deadline(list_, since_of(each)) for list_, each in zip(lists, found, strict=True)
        ]
        headline = headline_of(found[0].id, lists[0]) if found else ""
        due = min((each for each in dues if each is not None), default=None)
        owner = found[0].owner_card_id if found else None
        self.cards.tell(db, card_id, Fact(KIND, len(found), due, headline, owner))


def steps_of(db: Session, recovery_id: int) -> dict[Step, StepRecord]:
    """Return the five steps of a recovery as they are kept."""
    wanted = select(StepRecord).where(StepRecord.recovery_id == recovery_id)
    return {Step(each.step): each for each in db.exec(wanted)}


def checklist_of(record: RecoveryRecord, steps: Mapping[Step, StepRecord]) -> Checklist:
    """Return how far a recovery has come."""
    return Checklist(
        marks=tuple(mark_of(steps[step]) for step in Step),
        answers=answers_now(record),
        level=record.level,
        closed=record.closed_at is not None,
    )


def answers_now(record: RecoveryRecord) -> Answers | None:
    """Return what was answered at the level at which the recovery is, or None."""
    last = record.answers[-1] if record.answers else None
    return answers_of(last) if last is not None and last["level"] == record.level else None


def answers_of(kept: Mapping[str, Any]) -> Answers:
    """Return answers from what is kept of them."""
    return Answers(kept["put_right"], kept["sorry_said"], kept["sorry_helped"], kept["next_call"])


def mark_of(record: StepRecord) -> Mark:
    """Return how a step stands, with how it stood before."""
    return Mark(
        state=State(record.state),
        note=record.note,
        wording=record.wording,
        at=record.settled_at,
        by=record.clerk_card_id,
        earlier=tuple(_unfolded(each) for each in record.earlier),
    )


def keep_mark(record: StepRecord, mark: Mark) -> None:
    """Keep how a step stands."""
    record.state = mark.state
    record.note = mark.note
    record.wording = mark.wording
    record.settled_at = mark.at
    record.clerk_card_id = mark.by
    record.earlier = [folded(each) for each in mark.earlier]


def folded(mark: Mark) -> dict[str, Any]:
    """Return a mark, without those before it, as JSON keeps it."""
    at = None if mark.at is None else mark.at.isoformat()
    return {
        "state": mark.state,
        "note": mark.note,
        "wording": mark.wording,
        "at": at,
        "by": mark.by,
    }


def unfold(kept: Sequence[Mapping[str, Any]]) -> Mark:
    """Return a mark from what is kept of it and of those before it, the oldest first."""
    *earlier, last = (_unfolded(each) for each in kept)
    return replace(last, earlier=tuple(earlier))


def _unfolded(kept: Mapping[str, Any]) -> Mark:
    at = None if kept["at"] is None else datetime.fromisoformat(kept["at"])
    return Mark(State(kept["state"]), kept["note"], kept["wording"], at, kept["by"])


def since_of(record: RecoveryRecord) -> Since:
    """Return since when its clocks run."""
    return Since(record.opened_at, record.level_at)


def headline_of(recovery_id: int, checklist: Checklist) -> str:
    """Return what the card says of a recovery."""
    if checklist.next is None:
        return _("Recovery R-{id}, ask whether it is put right").format(id=recovery_id)
    number = tuple(Step).index(checklist.next) + 1
    return _("Recovery R-{id}, step {number} of 5").format(id=recovery_id, number=number)
