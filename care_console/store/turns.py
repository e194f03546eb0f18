"""What stands around a unit: acts that follow its commit, and turns that desks take."""

import hashlib
from collections.abc import Callable

from sqlalchemy import event, text
from sqlalchemy.orm import ORMExecuteState
from sqlmodel import Session

Act = Callable[[], None]

FOLLOWING = "care_console following"
TOUCHED = "care_console touched"


def after_commit(db: Session, act: Act) -> None:
    """Run ``act`` in the writer's thread once this unit is kept; never if it is not."""
    db.info.setdefault(FOLLOWING, []).append(act)


def follow(db: Session) -> None:
    """Run what was to follow the commit."""
    for act in db.info.pop(FOLLOWING, ()):
        act()


def watch(db: Session) -> set[type]:
    """Return a set that gathers the types of the records which ``db`` changes."""
    touched: set[type] = db.info.setdefault(TOUCHED, set())

    @event.listens_for(db, "after_flush")
    def _flushed(_db: Session, _context: object) -> None:
        touched.update(type(record) for record in (*db.new, *db.dirty, *db.deleted))

    @event.listens_for(db, "do_orm_execute")
    def _executed(state: ORMExecuteState) -> None:
        if not state.is_select:
            touched.update(mapper.class_ for mapper in state.all_mappers)

    return touched


def touch(db: Session, record: type) -> None:
    """Have it told that records of this type were changed, past the session."""
    db.info.setdefault(TOUCHED, set()).add(record)


def take_turn(db: Session, what: str) -> None:
    """Let no other desk or program pass here for the same ``what`` before this unit has ended.

    On a file only one writes at a time anyway.
    """
    if db.get_bind().dialect.name != "sqlite":
        db.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": turn_number(what)})


def turn_number(what: str) -> int:
    """Return the 64 bits by which PostgreSQL knows a turn."""
    start = hashlib.sha256(what.encode()).digest()[:8]
    return int.from_bytes(start, "big", signed=True)
