"""The imports that were, and the one that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from sqlmodel import Session, col, select

from care_console.base.clock import Clock
from care_console.base.command import Clerk
from care_console.base.errors import CareError
from care_console.base.names import clean
from care_console.base.words import N_
from care_console.cards.records import CardRecord
from care_console.exchange.records import ActRecord, RunRecord
from care_console.exchange.service.report import Report
from care_console.store import take_turn

SILENT = timedelta(minutes=2)  # after which an import is no longer at work


class Busy(CareError):
    """Another import is at work."""


class State(StrEnum):
    """How an import ended; the values are what the records keep."""

    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    BROKEN = "broken off"  # never kept: it fell silent
    TAKEN_BACK = "taken back"


@dataclass(frozen=True, slots=True)
class Run:
    """An import that was, and whether anything of it can be taken back."""

    id: int
    at: datetime
    file: str
    clerk: str
    state: State
    new: int
    updated: int
    unchanged: int
    left_out: int
    can_be_undone: bool


def begin(db: Session, clock: Clock, clerk: Clerk, file: Path) -> int:
    """Begin an import and return its id. Raises Busy while another one is at work."""
    take_turn(db, "import")
    now = clock()
    others = select(RunRecord).where(
        RunRecord.state == State.RUNNING, col(RunRecord.seen_at) > now - SILENT
    )
    if (other := db.exec(others).first()) is not None:
        raise Busy(
            N_("Another import is at work: {file}. Wait until it is done, or cancel it."),
            file=other.file,
        )
    run = RunRecord(
        begun_at=now,
        seen_at=now,
        clerk_card_id=clerk.card_id,
        file=clean(file.name.encode("utf-8", "replace").decode()),
        state=State.RUNNING,
    )
    db.add(run)
    db.flush()
    return run.id


def note(db: Session, clock: Clock, run_id: int, counts: Report, read: int) -> None:
    """Count what a unit did, so that it is known even if the import ends here."""
    run = db.get_one(RunRecord, run_id)
    run.seen_at, run.read = clock(), read
    run.new += counts.new
    run.updated += counts.updated
    run.unchanged += counts.unchanged
    run.left_out += len(counts.skipped)
    db.add(run)


def past(db: Session, clock: Clock, most: int) -> list[Run]:
    """Return the last imports, the newest first."""
    named = (
        select(RunRecord, CardRecord.name)
        .outerjoin(CardRecord, col(CardRecord.id) == col(RunRecord.clerk_card_id))
        .order_by(col(RunRecord.id).desc())
        .limit(most)
    )
    rows = db.exec(named).all()
    acts = _with_acts(db, [run.id for run, _name in rows])
    return [
        Run(
            id=run.id,
            at=run.begun_at,
            file=run.file,
            clerk=name or "",
            state=state_of(run, clock()),
            new=run.new,
            updated=run.updated,
            unchanged=run.unchanged,
            left_out=run.left_out,
            can_be_undone=run.id in acts and state_of(run, clock()) is not State.RUNNING,
        )
        for run, name in rows
    ]


def state_of(run: RunRecord, now: datetime) -> State:
    """Return how an import stands; one that fell silent was broken off."""
    if run.state == State.RUNNING and run.seen_at <= now - SILENT:
        return State.BROKEN
    return State(run.state)


def _with_acts(db: Session, run_ids: Sequence[int]) -> set[int]:
    return {
        run_id
        for run_id in run_ids
        if db.exec(select(ActRecord.row).where(ActRecord.run_id == run_id).limit(1)).first()
        is not None
    }
