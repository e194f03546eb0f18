"""What stands in the way of an erasure: whatever is still on its way with the person."""

from collections.abc import Iterator
from typing import Any

from sqlmodel import Session, col, func, select

from care_console.authority.records import RemedyRecord, RequestRecord
from care_console.authority.rules.views import State as Remedied
from care_console.base.words import N_
from care_console.calls.records import ContactRecord
from care_console.calls.rules import State
from care_console.privacy.rules import Hindrance
from care_console.privacy.service.reach import Reach
from care_console.recovery.records import RecoveryRecord
from care_console.staff.records import ClerkRecord

ON_ITS_WAY = (Remedied.OFFERED, Remedied.GIVEN)
WAITING = "waiting"

AT_WORK = N_("They work at a console. Let them go under Staff and roles first.")
OPEN_RECOVERY = N_("A recovery with them is open. Close it first.")
REMEDY = N_("A remedy is on its way to them. Say first that it was delivered, or take it back.")
REQUEST = N_("Somebody asks to give them more than usual. Answer that first.")
CONTACT = N_("A contact with them is open. Wrap it up first.")


def hindrances(db: Session, found: Reach) -> Iterator[Hindrance]:
    """Give each thing that has to end before the person can be erased."""
    for words, table, conditions in _counted(found):
        asked = select(func.count()).select_from(table).where(*conditions)
        if count := db.exec(asked).one():
            yield Hindrance(words, count)


def _counted(found: Reach) -> Iterator[tuple[str, Any, tuple[Any, ...]]]:
    """Give what each of them says, and which rows of which table it counts."""
    works = (col(ClerkRecord.card_id).in_(found.cards), ClerkRecord.active)
    still_open = (
        col(RecoveryRecord.closed_at).is_(None),
        col(RecoveryRecord.taken_back).is_(False),
    )
    offered = col(RemedyRecord.state).in_(ON_ITS_WAY)
    asked = RequestRecord.state == WAITING
    yield AT_WORK, ClerkRecord, works
    yield OPEN_RECOVERY, RecoveryRecord, (found.belongs("recovery"), *still_open)
    yield REMEDY, RemedyRecord, (found.belongs("remedy"), offered)
    yield REQUEST, RequestRecord, (found.belongs("authority_request"), asked)
    open_now = ContactRecord.state == State.OPEN
    yield CONTACT, ContactRecord, (found.belongs("contact"), open_now)
