"""The abusive call: warn, warn again, end it, with the house behind the clerk."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from care_console.base.clock import Clock
from care_console.base.command import Clerk, Command
from care_console.base.spell import DEFAULT_LOCALE
from care_console.base.words import N_, _
from care_console.calls.records import ContactRecord
from care_console.cards.records import CardRecord
from care_console.cards.rules import Group
from care_console.cards.service import Cards
from care_console.cards.service.parts import make
from care_console.cards.service.view import groups_of
from care_console.journal.service import Journal
from care_console.promises.records import DutyRecord
from care_console.promises.rules import DutyKind
from care_console.promises.service import Duties
from care_console.recovery.records import SaidRecord, WarningRecord
from care_console.recovery.rules import (
    AbuseStep,
    AbuseView,
    BadRecovery,
    Fault,
    Script,
    SilentCall,
)
from care_console.recovery.rules.abuse import end, note_until, proposed_note, step_of, warn
from care_console.recovery.rules.checklist import tidy
from care_console.recovery.rules.playbook import locale_for
from care_console.recovery.service.one_up import one_up
from care_console.recovery.service.playbooks import Playbooks, in_force_now
from care_console.recovery.service.reading import House, called, names_of, said_to
from care_console.staff.service import Staff
from care_console.store import Store, add_once

MOMENTS = {AbuseStep.FIRST: "warn", AbuseStep.SECOND: "warn_again", AbuseStep.END: "end"}
COME_QUIETLY = N_("Come to {clerk} now, quietly")
CALLED_SINCE = timedelta(hours=4)  # a silent call that nobody answered is history by then
CHECK_WITHIN = timedelta(minutes=30)  # a supervisor asks how the clerk is


@dataclass(frozen=True, slots=True)
class Abuse:
    """Abusive calls, and a colleague called to the desk without a word."""

    store: Store
    journal: Journal
    clock: Clock
    cards: Cards
    staff: Staff
    duties: Duties
    playbooks: Playbooks
    house: Callable[[], House]
    language: str = DEFAULT_LOCALE  # of the desk

    async def view(self, contact_id: int, clerk: Clerk, turn: int = 0) -> AbuseView:
        """Return how far it has come and what to say now; ``turn`` asks for other words.

        Raises BadRecovery if there is no such contact.
        """
        return await self.store.read(self._view, contact_id, clerk, turn)

    async def warn(self, command: Command, contact_id: int, *, wording: str = "") -> None:
        """Keep that the caller was warned, the first or the second time.

        ``wording`` is the key of the words that were on the screen. Raises BadRecovery after the
        second, and once the call is ended.
        """
        await self.store.write(self._warn, command, contact_id, wording)

    async def end(
        self,
        command: Command,
        contact_id: int,
        *,
        note: str = "",
        until: date | None = None,
        threat: bool = False,
        wording: str = "",
    ) -> None:
        """Keep that the call was ended; ``note`` goes on the card until it expires.

        Without ``note`` none is put there; ``AbuseView.note`` proposes one. A supervisor owes a
        look at the clerk. Raises TooSoon before the second warning, unless it is for a
        ``threat``.
        """
        told = tidy(note), until
        await self.store.write(self._end, command, contact_id, told, threat, wording)

    async def call_colleague(
        self,
        command: Command,
        contact_id: int | None = None,
        colleague_id: int | None = None,
        place: str = "",
    ) -> int:
        """Call somebody to the desk at ``place`` without a sound; return who is called.

        It shows at their console and stands in their day. It is a supervisor unless a colleague
        is named. Raises BadRecovery if nobody can come.
        """
        return await self.store.write(self._call, command, contact_id, colleague_id, place)

    async def calls(self, clerk: Clerk) -> list[SilentCall]:
        """Return the silent calls for this clerk and by them of the last hours, oldest first."""
        return await self.store.read(self._calls, clerk)

    async def coming(self, command: Command, duty_id: int) -> None:
        """Answer a silent call: whoever is signed in comes. Raises BadRecovery if it is none."""
        await self.store.write(self._coming, command, duty_id)

    def _view(self, db: Session, contact_id: int, clerk: Clerk, turn: int) -> AbuseView:
        contact, record = _contact(db, contact_id), db.get(WarningRecord, contact_id)
        warned = 0 if record is None else record.warned
        step = step_of(warned, ended=record is not None and record.ended_at is not None)
        day = self.cards.today()
        script = self._script(db, contact, clerk)
        words = None if step is AbuseStep.ENDED else script.moment(MOMENTS[step], turn)
        locale = locale_for(self.language.partition("_")[0], self.language)
        note = proposed_note(day, warned, threat=False, locale=locale)
        return AbuseView(contact_id, step, words, note, note_until(day))

    def _warn(self, db: Session, command: Command, contact_id: int, wording: str) -> None:
        contact, record = self._hold(db, contact_id)
        if self.journal.first_run(db, command) is not None:
            return
        record.warned = warn(record.warned, ended=record.ended_at is not None)
        if record.warned == 1:
            record.first_at = self.clock()
        else:
            record.second_at = self.clock()
        self._hear(db, contact, wording)
        db.flush()
        facts = {"contact_id": contact_id, "warned": record.warned}
        self.journal.write(db, command, "abuse_warned", facts, *_about(contact))

    def _end(
        self,
        db: Session,
        command: Command,
        contact_id: int,
        told: tuple[str, date | None],
        threat: bool,
        wording: str,
    ) -> None:
        contact, record = self._hold(db, contact_id)
        if self.journal.first_run(db, command) is not None:
            return
        end(record.warned, ended=record.ended_at is not None, threat=threat)
        record.threat, record.ended_at = threat, self.clock()
        note, until = told
        if note and contact.card_id is not None:
            record.alert_id = self._note(db, contact.card_id, note, until)
        self._hear(db, contact, wording)
        record.duty_id = self._look_at(db, command, contact.clerk_card_id)
        db.flush()
        facts = {"contact_id": contact_id, "warned": record.warned, "threat": threat}
        said = {"note": note} if note else {}
        self.journal.write(db, command, "abuse_ended", facts, *_about(contact), personal=said)

    def _call(
        self,
        db: Session,
        command: Command,
        contact_id: int | None,
        colleague_id: int | None,
        place: str,
    ) -> int:
        if (first := self.journal.first_run(db, command)) is not None:
            return int(first["owner_card_id"])
        by = command.clerk.card_id
        owner = colleague_id or (None if by is None else one_up(db, self.staff, by))
        if owner is None or owner == by or self.staff.role_of(db, owner) is None:
            raise BadRecovery(N_("Nobody else is at a console: call out, or ring for help."))
        words = _("Come to {clerk} now, quietly: {place}") if place else _(COME_QUIETLY)
        duty_id = self.duties.make(
            db,
            DutyKind.COME,
            title=words.format(clerk=command.clerk.name, place=place),
            due_at=self.clock(),
            owner_card_id=owner,
            made_by=by,
        )
        facts = {"contact_id": contact_id, "owner_card_id": owner, "duty_id": duty_id}
        self.journal.write(db, command, "colleague_called", facts)
        return owner

    def _calls(self, db: Session, clerk: Clerk) -> list[SilentCall]:
        mine = (
            DutyRecord.kind == DutyKind.COME,
            (col(DutyRecord.owner_card_id) == clerk.card_id)
            | (col(DutyRecord.made_by_card_id) == clerk.card_id),
            col(DutyRecord.made_at) > self.clock() - CALLED_SINCE,
        )
        found = db.exec(select(DutyRecord).where(*mine).order_by(col(DutyRecord.id))).all()
        names = names_of(db, [each.settled_by_card_id for each in found])
        return [
            SilentCall(
                each.id,
                each.title,
                each.made_by_card_id,
                each.owner_card_id,
                names.get(each.settled_by_card_id or 0, ""),
            )
            for each in found
        ]

    def _coming(self, db: Session, command: Command, duty_id: int) -> None:
        if self.journal.first_run(db, command) is not None:
            return
        if self.duties.hold(db, duty_id).kind != DutyKind.COME:
            raise BadRecovery(N_("Nobody calls you just now."))
        if self.duties.settle(db, duty_id, command.clerk.card_id):
            self.journal.write(db, command, "colleague_coming", {"duty_id": duty_id})

    def _hold(self, db: Session, contact_id: int) -> tuple[ContactRecord, WarningRecord]:
        """Hold a contact, and how far it has come."""
        contact = db.get(ContactRecord, contact_id, with_for_update=True)
        if contact is None:
            raise BadRecovery(N_("This contact is no longer there."))
        record = db.get(WarningRecord, contact_id)
        if record is None:
            record = WarningRecord(contact_id=contact_id)
            db.add(record)
        return contact, record

    def _hear(self, db: Session, contact: ContactRecord, wording: str) -> None:
        """Keep that the caller heard these words, if it is known who calls."""
        if wording and contact.card_id is not None:
            said = SaidRecord(card_id=contact.card_id, wording=wording, at=self.clock())
            add_once(db, said)

    def _note(self, db: Session, card_id: int, note: str, until: date | None) -> int:
        """Put a note on the card that expires; return its id."""
        day = self.cards.today()
        last = until or note_until(day)
        values = {"words": note, "since": day, "until": last}
        alert = make("alert", card_id, values, self.cards.plan())
        db.add(alert)
        db.flush()
        return int(alert.id)  # type: ignore[attr-defined]

    def _look_at(self, db: Session, command: Command, clerk_id: int | None) -> int | None:
        """Let a supervisor owe a look at the clerk; return the duty's id."""
        shouted_at = clerk_id or command.clerk.card_id
        if shouted_at is None:
            return None
        return self.duties.make(
            db,
            DutyKind.CHECK_ON,
            title=_("Ask how they are after an abusive call"),
            due_at=self.clock() + CHECK_WITHIN,
            card_id=shouted_at,
            owner_card_id=one_up(db, self.staff, shouted_at),
            made_by=command.clerk.card_id,
        )

    def _script(self, db: Session, contact: ContactRecord, clerk: Clerk) -> Script:
        card = None if contact.card_id is None else db.get(CardRecord, contact.card_id)
        group = contact.card_group or self._group_of(db, contact.card_id)
        wanted = (card.language, self.language) if card is not None else (self.language,)
        playbook = in_force_now(db, group, self.playbooks.language_for(group, *wanted))
        values = {"clerk": clerk.name, "company": self.house().company}
        if card is not None:
            values["name"] = called(card, playbook.language)
        said = said_to(db, card.id) if card is not None else frozenset[str]()
        given = {name: text for name, text in values.items() if text}
        return Script(playbook, Fault.UNKNOWN, said, given)

    def _group_of(self, db: Session, card_id: int | None) -> str:
        if card_id is None:
            return Group.END_USER
        groups = groups_of(db, [card_id], self.cards.today())[card_id]
        return groups[0] if groups else Group.END_USER


def _contact(db: Session, contact_id: int) -> ContactRecord:
    found = db.get(ContactRecord, contact_id)
    if found is None:
        raise BadRecovery(N_("This contact is no longer there."))
    return found


def _about(contact: ContactRecord) -> tuple[tuple[int, str], ...]:
    """Return in whose history the entry stands."""
    return () if contact.card_id is None else ((contact.card_id, contact.card_group),)
