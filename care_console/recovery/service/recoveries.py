"""Recoveries: begun, led from step to step, asked after, closed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from care_console.authority.records import RemedyRecord
from care_console.authority.rules.views import State as Standing
from care_console.base.clock import Clock
from care_console.base.command import Clerk, Command
from care_console.base.spell import DEFAULT_LOCALE
from care_console.base.words import N_
from care_console.cards.service import Cards
from care_console.journal.service import Journal
from care_console.promises.service import Duties
from care_console.recovery.rules import (
    Answers,
    AuditView,
    BadRecovery,
    Fault,
    Filter,
    OpenedFrom,
    RecoveryRow,
    RecoveryView,
    RippleRow,
    Shown,
    State,
    Step,
)
from care_console.recovery.service.audit import audit_of
from care_console.recovery.service.circle import Circle
from care_console.recovery.service.kept import Kept
from care_console.recovery.service.listing import any_open, list_of, open_ones
from care_console.recovery.service.opening import Opening, Wanted
from care_console.recovery.service.playbooks import Playbooks
from care_console.recovery.service.reading import House, shown_to, view_of
from care_console.recovery.service.ripple import Ripple
from care_console.recovery.service.rising import Rising
from care_console.recovery.service.steps import Steps
from care_console.staff.records import ClerkRecord
from care_console.staff.rules.roles import Permission
from care_console.staff.service import Staff
from care_console.store import Store


@dataclass(frozen=True, slots=True)
class Recoveries:
    """The recoveries of all customers. A command that is repeated changes nothing more."""

    store: Store
    journal: Journal
    clock: Clock
    cards: Cards
    staff: Staff
    duties: Duties
    playbooks: Playbooks
    house: Callable[[], House]  # the company as it is set now
    language: str = DEFAULT_LOCALE  # of the desk; for whoever speaks none that there are words in

    async def open(
        self,
        command: Command,
        card_id: int,
        *,
        title: str,
        group: str = "",
        opened_from: OpenedFrom = OpenedFrom.CARD,
        contact_id: int | None = None,
        matter_id: int | None = None,
        fault: Fault = Fault.UNKNOWN,
    ) -> int:
        """Begin a recovery for the customer, owned by the clerk, and return its id.

        Without ``group`` it is the contact's, else the card's first. One that is open on the same
        matter is joined. Raises BadRecovery without a title.
        """
        wanted = Wanted(card_id, title, group, opened_from, contact_id, matter_id, fault)
        return await self.store.write(self._opening().open, command, wanted)

    async def open_for_promise(self, command: Command, duty_id: int) -> int:
        """Begin a recovery for a promise that was broken, whose words are its title.

        The promise hangs on it from then on and is still owed. Return the recovery's id, also one
        that was begun for it before. Raises BadRecovery for what is no broken promise.
        """
        return await self.store.write(self._opening().open_for_promise, command, duty_id)

    async def take_back(self, command: Command, recovery_id: int) -> None:
        """Take back that it was begun, as long as nothing was done on it. Raises BadRecovery."""
        await self.store.write(self._opening().take_back, command, recovery_id)

    async def step_done(
        self,
        command: Command,
        recovery_id: int,
        step: Step,
        *,
        wording: str = "",
        note: str = "",
        why: str = "",
    ) -> None:
        """Tick ``step``; ``wording`` is the key of the words that were on the screen, if said.

        ``why`` says why a remedy (ATONEMENT) comes before apology and empathy. Raises PersonFirst
        without it, DateWanted for the follow-up (see ``follow_up``), AlreadyClosed.
        """
        said = {"wording": wording, "note": note, "why": why}
        await self.store.write(self._steps().done, command, recovery_id, Step(step), said)

    async def step_skipped(
        self, command: Command, recovery_id: int, step: Step, *, reason: str
    ) -> None:
        """Leave ``step`` out. Raises ReasonWanted and AlreadyClosed."""
        await self.store.write(self._steps().skipped, command, recovery_id, Step(step), reason)

    async def step_undone(self, command: Command, recovery_id: int, step: Step) -> None:
        """Put ``step`` exactly as it was before the last act on it. Raises NothingToUndo."""
        await self.store.write(self._steps().undone, command, recovery_id, Step(step))

    async def hand_step(
        self,
        command: Command,
        recovery_id: int,
        step: Step,
        *,
        due_at: datetime,
        owner_card_id: int | None = None,
        department_id: int | None = None,
    ) -> None:
        """Give ``step`` into the hands of a colleague, a department or, say, a distributor.

        It stays open until ``step_done`` confirms it. Somebody who is no clerk cannot owe a duty:
        then the owner of the recovery owes asking them. Handed again, it moves. Raises
        BadRecovery unless it is exactly one of a person and a department.
        """
        to = owner_card_id, department_id
        await self.store.write(self._steps().handed, command, recovery_id, Step(step), to, due_at)

    async def set_fault(self, command: Command, recovery_id: int, fault: Fault) -> None:
        """Say whose fault it was; the words follow."""
        await self.store.write(self._steps().fault, command, recovery_id, Fault(fault))

    async def hand_over(self, command: Command, recovery_id: int, owner_card_id: int) -> None:
        """Give the recovery, with its follow-up, to another clerk. Raises BadRecovery."""
        await self.store.write(self._circle().hand_over, command, recovery_id, owner_card_id)

    async def follow_up(
        self,
        command: Command,
        recovery_id: int,
        *,
        due_at: datetime,
        owner_card_id: int | None = None,
        wording: str = "",
    ) -> None:
        """Date the follow-up, which ticks its step; it is owed by the clerk or another.

        Dated again, it moves. Raises AlreadyClosed, and BadRecovery after the answer.
        """
        await self.store.write(
            self._circle().date, command, recovery_id, due_at, owner_card_id, wording
        )

    async def answer(
        self,
        command: Command,
        recovery_id: int,
        answers: Answers,
        *,
        wording: str = "",
        and_close: bool = False,
    ) -> bool:
        """Keep what the customer answered, and the clerk; return whether a *no* opened it again.

        Then a supervisor owns it and owes a word within two hours. ``and_close`` closes it where
        all is well. Raises AlreadyClosed and, with ``and_close``, StillOpen and NotAllowed.
        """
        async with self.staff.guarded(command):
            return await self.store.write(
                self._circle().answer, command, recovery_id, answers, wording, and_close
            )

    async def answer_undone(self, command: Command, recovery_id: int) -> None:
        """Take back an answer. Raises NothingToUndo once something was done after it.

        That is any step, a hand-over, and a clock of which a supervisor was told.
        """
        await self.store.write(self._circle().unanswer, command, recovery_id)

    async def close(self, command: Command, recovery_id: int) -> None:
        """Close the circle. Raises StillOpen, AlreadyClosed and NotAllowed."""
        async with self.staff.guarded(command):
            await self.store.write(self._circle().close, command, recovery_id)

    async def reopen(self, command: Command, recovery_id: int, *, why: str) -> None:
        """Open it again, with the follow-up still to be asked. Raises ReasonWanted."""
        await self.store.write(self._circle().reopen, command, recovery_id, why)

    async def panel(self, recovery_id: int, clerk: Clerk) -> RecoveryView:
        """Return one recovery whole, with all the words that ``clerk`` may need for it."""
        house, now = replace(self.house(), language=self.language), self.clock()
        return await self.store.read(view_of, recovery_id, clerk, house, now)

    async def open_of(self, card_id: int, clerk: Clerk | None = None) -> list[int]:
        """Return the open recoveries of a card: what ``clerk``'s call is about, then the newest."""
        return await self.store.read(open_ones, card_id, clerk.card_id if clerk else None)

    async def listing(self, wanted: Filter | None = None) -> list[RecoveryRow]:
        """Return recoveries in the order of need: third contact, late, next due, oldest."""
        return await self.store.read(list_of, wanted or Filter(), self.clock())

    async def next_moment(self) -> datetime | None:
        """Return when the next clock runs out of which no supervisor knows; None: there is none.

        Then ``rise`` is to be called: nothing has to be polled.
        """
        return await self.store.read(self._rising().next_moment)

    async def rise(self, command: Command) -> list[int]:
        """Tell a supervisor of each step that is late, once; return the recoveries."""
        return await self.store.write(self._rising().rise, command)

    async def ripple(self, recovery_id: int) -> list[RippleRow]:
        """Return whom the let-down customer may touch, those with open matters first."""
        return await self.store.read(self._ripple().of, recovery_id)

    async def courtesy(
        self, command: Command, recovery_id: int, card_id: int, *, due_at: datetime | None = None
    ) -> None:
        """Owe somebody of the ripple a courtesy contact, by tomorrow at noon unless told.

        Nothing on their card, in its history or in the duty tells of the recovery or its customer.
        Raises BadRecovery where one is planned already.
        """
        await self.store.write(self._ripple().courtesy, command, recovery_id, card_id, due_at)

    async def audit(
        self, command: Command, since: date, until: date, *, group: str = ""
    ) -> AuditView:
        """Return what was done in recoveries begun from ``since`` to ``until``, both included.

        Raises NotAllowed.
        """
        async with self.staff.guarded(command):
            return await self.store.read(self._audit, command, since, until, group)

    async def shown(self, clerk: Clerk) -> Shown:
        """Return when the clerk sees the words to say."""
        return await self.store.read(shown_to, clerk)

    async def show_words(self, command: Command, shown: Shown) -> None:
        """Choose when the clerk who asks sees the words to say."""
        await self.store.write(self._show_words, command, Shown(shown))

    def person_waits(self, db: Session, recovery_id: int | None, card_id: int) -> bool:
        """Return inside somebody's unit whether a remedy asks for apology or empathy first.

        Raises BadRecovery if the recovery is another customer's, or closed; and where none is
        named although one is open, past whose limit and apology a remedy would be given.
        """
        if recovery_id is None:
            if any_open(db, card_id):
                raise BadRecovery(
                    N_("Something is being put right for this customer: give it there.")
                )
            return False
        held = self._kept().hold(db, recovery_id)
        if held.record.card_id != card_id or held.checklist.closed:
            raise BadRecovery(N_("This recovery is another customer's, or it is closed."))
        return bool(held.checklist.person_waits)

    def remedied(self, db: Session, command: Command, recovery_id: int, why: str = "") -> None:
        """Tick atonement inside the unit in which its remedy is given. Raises PersonFirst.

        It is ticked once however many are given: the last to be taken back opens it again.
        """
        held = self._kept().hold(db, recovery_id)
        done = held.checklist.mark(Step.ATONEMENT).state is State.DONE
        if done and _standing(db, recovery_id) > 1:
            held.checklist.do(Step.ATONEMENT, at=self.clock(), why=why)  # it may be refused still
        else:
            self._steps().tick(db, command, held, Step.ATONEMENT, {"why": why})

    def unremedied(self, db: Session, command: Command, recovery_id: int) -> None:
        """Open atonement again inside the unit in which its last remedy was taken back."""
        held = self._kept().hold(db, recovery_id)
        if held.checklist.closed or held.checklist.mark(Step.ATONEMENT).state is not State.DONE:
            return
        if not _standing(db, recovery_id):
            self._steps().untick(db, command, held, Step.ATONEMENT)

    def _audit(
        self, db: Session, command: Command, since: date, until: date, group: str
    ) -> AuditView:
        self.staff.demand(db, command, Permission.SEE_AUDIT)
        return audit_of(db, since, until, group, self.cards.today())

    def _show_words(self, db: Session, command: Command, shown: Shown) -> None:
        record = db.get_one(ClerkRecord, command.clerk.card_id, with_for_update=True)
        if self.journal.first_run(db, command) is not None:
            return
        facts = {"before": record.words, "shown": shown}
        record.words = shown
        self.journal.write(db, command, "words_shown", facts)

    def tell(self, db: Session, card_id: int) -> None:
        """Count inside somebody's unit what is open; the card is to be held before."""
        self._kept().tell(db, card_id)

    def _kept(self) -> Kept:
        return Kept(self.cards, self.clock)

    def _steps(self) -> Steps:
        return Steps(self._kept(), self.journal, self.duties)

    def _circle(self) -> Circle:
        return Circle(self._steps(), self.staff)

    def _opening(self) -> Opening:
        return Opening(self._steps(), self.playbooks, self.language)

    def _rising(self) -> Rising:
        return Rising(self._steps(), self.staff)

    def _ripple(self) -> Ripple:
        return Ripple(self.journal, self.duties, self.staff)


def _standing(db: Session, recovery_id: int) -> int:
    """Return how many remedies were given in a recovery and not taken back."""
    wanted = select(func.count()).where(
        RemedyRecord.recovery_id == recovery_id,
        col(RemedyRecord.state).in_((Standing.GIVEN, Standing.DONE)),
    )
    return db.exec(wanted).one()
