"""How a recovery begins, and how it is taken back if nothing was done on it."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from care_console.base.command import Command
from care_console.base.words import N_
from care_console.calls.records import ContactRecord
from care_console.cards.records import CardRecord
from care_console.cards.rules import Group
from care_console.cards.service.view import groups_of
from care_console.promises.rules.duty import WITHDRAWN
from care_console.recovery.records import RecoveryRecord
from care_console.recovery.rules import BadRecovery, Fault, OpenedFrom
from care_console.recovery.rules.checklist import tidy
from care_console.recovery.service.playbooks import Playbooks
from care_console.recovery.service.steps import ABOUT, Steps, lay_steps


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to begin."""

    card_id: int
    title: str
    group: str
    opened_from: OpenedFrom
    contact_id: int | None
    matter_id: int | None
    fault: Fault


@dataclass(frozen=True, slots=True)
class Opening:
    """Begins recoveries. All of it runs inside somebody's unit."""

    steps: Steps
    playbooks: Playbooks
    language: str  # of the desk

    def open(self, db: Session, command: Command, wanted: Wanted) -> int:
        """Begin a recovery, or join the one that is open on the same matter; return its id."""
        kept = self.steps.kept
        kept.cards.hold(db, wanted.card_id)
        if (first := self.steps.journal.first_run(db, command)) is not None:
            return int(first["recovery_id"])
        contact = _contact(db, wanted)
        matter_id = wanted.matter_id or (contact.matter_id if contact is not None else None)
        if (there := _open_on(db, wanted.card_id, matter_id)) is not None:
            return there
        record = self._record(db, command, wanted, contact, matter_id)
        db.add(record)
        db.flush()
        lay_steps(db, record.id)
        kept.tell(db, record.card_id)
        facts = {
            "recovery_id": record.id,
            "opened_from": record.opened_from,
            "fault": record.fault,
            "matter_id": matter_id,
            "contact_id": record.contact_id,
        }
        about, said = (record.card_id, record.card_group), {"title": record.title}
        self.steps.journal.write(db, command, "recovery_opened", facts, about, personal=said)
        return record.id

    def open_for_promise(self, db: Session, command: Command, duty_id: int) -> int:
        """Begin a recovery for a broken promise, and hang the promise on it; return its id."""
        duties, clock = self.steps.duties, self.steps.kept.clock
        duties.hold(db, duty_id)
        (duty,) = duties.read(db, duty_id)
        if duty.recovery_id is not None:
            return duty.recovery_id
        if duty.card_id is None or not duty.broken(clock()):
            raise BadRecovery(N_("This is no promise to a customer that was broken."))
        about = (OpenedFrom.PROMISE, None, None, Fault.OURS)
        recovery_id = self.open(db, command, Wanted(duty.card_id, duty.title, "", *about))
        duties.hang_on(db, duty_id, ABOUT, recovery_id)
        return recovery_id

    def take_back(self, db: Session, command: Command, recovery_id: int) -> None:
        """Take back that it was begun. Raises BadRecovery once something was done on it."""
        if self.steps.journal.first_run(db, command) is not None:
            return
        held = self.steps.kept.hold(db, recovery_id)
        if not held.checklist.pristine or held.record.level or held.record.answers:
            raise BadRecovery(
                N_("Something was done here already: do or leave out its steps, then close it.")
            )
        held.record.taken_back = True
        duties, by = self.steps.duties, command.clerk.card_id
        for duty in duties.of(db, ABOUT, recovery_id):
            if duty.recovery_id is not None:
                duties.hang_on(db, duty.id, "", 0)
            else:  # a step in other hands, or one that was late: nobody could tick it off any more
                duties.settle(db, duty.id, by, WITHDRAWN)
        db.flush()
        self.steps.kept.tell(db, held.record.card_id)
        self.steps.told(db, command, "recovery_taken_back", held, {})

    def _record(
        self,
        db: Session,
        command: Command,
        wanted: Wanted,
        contact: ContactRecord | None,
        matter_id: int | None,
    ) -> RecoveryRecord:
        owner_id, title = _owner_and_title(command, wanted)
        group = wanted.group or (contact.card_group if contact is not None else "")
        group = group or self._group_of(db, wanted.card_id)
        card = db.get_one(CardRecord, wanted.card_id)
        language = self.playbooks.language_for(group, card.language, self.language)
        now = self.steps.kept.clock()
        return RecoveryRecord(
            card_id=wanted.card_id,
            card_group=group,
            matter_id=matter_id,
            contact_id=contact.id if contact is not None else None,
            opened_from=wanted.opened_from,
            title=title,
            fault=wanted.fault,
            language=language,
            playbook_id=self.playbooks.keep_for(db, group, language),
            owner_card_id=owner_id,
            level_at=now,
            opened_at=now,
            opened_by_card_id=owner_id,
        )

    def _group_of(self, db: Session, card_id: int) -> str:
        groups = groups_of(db, [card_id], self.steps.kept.cards.today())[card_id]
        return groups[0] if groups else Group.END_USER


def _owner_and_title(command: Command, wanted: Wanted) -> tuple[int, str]:
    """Return whose it is and what went wrong. Raises BadRecovery where one is missing."""
    title = tidy(wanted.title)
    if command.clerk.card_id is None:
        raise BadRecovery(N_("Sign in first: a recovery has an owner."))
    if not title:
        raise BadRecovery(N_("Say in a few words what went wrong."))
    return command.clerk.card_id, title


def _contact(db: Session, wanted: Wanted) -> ContactRecord | None:
    """Return the contact, if it is the customer's."""
    if wanted.contact_id is None:
        return None
    contact: Any = db.get(ContactRecord, wanted.contact_id)
    return contact if contact is not None and contact.card_id == wanted.card_id else None


def _open_on(db: Session, card_id: int, matter_id: int | None) -> int | None:
    """Return the recovery that is open on a matter of the card, or None."""
    if matter_id is None:
        return None
    wanted = select(RecoveryRecord.id).where(
        RecoveryRecord.card_id == card_id,
        RecoveryRecord.matter_id == matter_id,
        col(RecoveryRecord.closed_at).is_(None),
        col(RecoveryRecord.taken_back).is_(False),
    )
    return db.exec(wanted.order_by(col(RecoveryRecord.id)).limit(1)).one_or_none()
