"""Asking a colleague for more than one may give oneself: in a queue, or at the desk."""

from contextlib import suppress
from dataclasses import dataclass, field, replace

from sqlmodel import Session

from care_console.authority.records import CatalogueRecord, RequestRecord
from care_console.authority.rules.asking import (
    LONGEST_STORY,
    PUT_AWAY,
    falls_to,
    lessened,
)
from care_console.authority.rules.refusals import (
    NotGiven,
    TooLate,
    WhyWanted,
)
from care_console.authority.rules.views import Answer, Waiting
from care_console.authority.service.pleading import ABOUT, ANSWER, LONGEST_WORDS, Plea, Pleading
from care_console.authority.service.waiting import over, waiting_of
from care_console.base.command import Clerk, Command
from care_console.base.masking import masked
from care_console.base.names import clean, clean_text
from care_console.base.spell import hour
from care_console.base.words import N_
from care_console.promises.rules import DutyKind
from care_console.promises.rules.duty import DONE, WITHDRAWN
from care_console.staff.rules import Permission, Role
from care_console.staff.service import SignIn
from care_console.store import NotKept


@dataclass(frozen=True, slots=True)
class Requests(Pleading):
    """Requests for more than a clerk may give alone."""

    sign_in: SignIn = field(kw_only=True)

    async def ask(
        self,
        command: Command,
        catalogue_id: int,
        card_id: int,
        *,
        story: str,
        recovery_id: int | None = None,
        contact_id: int | None = None,
        pieces: int = 0,
        minor: int = 0,
        to_card_id: int | None = None,
    ) -> int:
        """Send a request with its ``story`` to a colleague who may approve, and return its id.

        Where nobody is named, it goes to who is nearest. After a quarter of an hour any approver
        may decide it, after half an hour nobody. Raises WhyWanted, Stopped, NotGiven, NotAllowed.
        """
        plea = _told(Plea(catalogue_id, card_id, story, recovery_id, contact_id, pieces, minor))
        async with self.staff.guarded(command):
            return await self.store.write(self._ask, command, plea, to_card_id)

    async def waiting(self, clerk: Clerk) -> list[Waiting]:
        """Return what waits for an approver's word, the oldest first; else nothing.

        What nobody answered in time is put away.
        """
        for request_id in await self.store.read(over, self.clock() - PUT_AWAY):
            with suppress(NotKept):  # it is looked at all the same
                await self.store.write(self._put_away, request_id)
        return await self.store.read(
            waiting_of, clerk, self.staff, self.clock(), self.cards.today()
        )

    async def decide(
        self,
        command: Command,
        request_id: int,
        *,
        yes: bool,
        minor: int | None = None,
        pieces: int | None = None,
        words: str = "",
    ) -> None:
        """Approve a request, or less of it, or refuse it with ``words`` for the customer.

        An approval can be used for five minutes. Nobody decides their own, nor more than their
        own limits. Raises OverLimit, SecondPerson, WhyWanted, TooLate, NotGiven and NotAllowed.
        """
        less = (minor, pieces)
        async with self.staff.guarded(command):
            await self.store.write(
                self._decide, command, request_id, yes, less, masked(clean(words, LONGEST_WORDS))
            )

    async def withdraw(self, command: Command, request_id: int) -> None:
        """Ask no longer. Raises NotGiven if it is somebody else's."""
        await self.store.write(self._withdraw, command, request_id)

    async def approve_at_desk(
        self, command: Command, approver_card_id: int, pin: str, plea: Plea
    ) -> int:
        """Approve what the clerk of ``command`` asks for, and return the request's id.

        The approver stands at the same desk and types their ``pin``. Raises what ``decide`` and
        ``SignIn.check_pin`` raise.
        """
        async with self.staff.guarded(command):
            approver = await self.sign_in.check_pin(command, approver_card_id, pin)
            return await self.store.write(self._approve_at_desk, command, approver, _told(plea))

    async def refuse_at_desk(
        self, command: Command, approver_card_id: int, plea: Plea, *, words: str
    ) -> int:
        """Keep the no, with its ``words``, that an approver said at this desk; return its id.

        A no gives nothing away, so it needs no PIN: the journal has it as told by the clerk of
        ``command``. Raises WhyWanted, Stopped, NotGiven and NotAllowed.
        """
        said = masked(clean(words, LONGEST_WORDS))
        async with self.staff.guarded(command):
            return await self.store.write(
                self._refuse_at_desk, command, approver_card_id, _told(plea), said
            )

    # units

    def _put_away(self, db: Session, request_id: int) -> None:
        """Owe nobody a decision that nobody may make any more."""
        request = self.hold(db, request_id)
        if request.state == Answer.WAITING and self.standing(request) is Answer.EXPIRED:
            request.state = Answer.EXPIRED
            self.duties.settle_all(db, ABOUT, request_id, None, WITHDRAWN)

    def _ask(self, db: Session, command: Command, plea: Plea, to_card_id: int | None) -> int:
        if (first := self.journal.first_run(db, command)) is not None:
            return int(first["request_id"])
        if not plea.story:
            raise WhyWanted(N_("Say in a sentence what happened: who decides knows only that."))
        to_card_id = self._addressee(db, command, to_card_id)
        request, kind = self.plead(db, command, plea, to_card_id)
        self._owe(db, request, kind, to_card_id)
        self.told(db, command, "request_sent", request, kind, story=plea.story)
        return request.id

    def _owe(
        self, db: Session, request: RequestRecord, kind: CatalogueRecord, to_card_id: int | None
    ) -> None:
        """Owe the clerk a decision, and the customer the answer."""
        self.duties.make(
            db,
            DutyKind.REQUEST,
            title=self.title(db, request, kind),
            due_at=request.falls_to_others_at,
            card_id=request.card_id,
            about=ABOUT,
            about_id=request.id,
            owner_card_id=to_card_id,
            made_by=request.clerk_card_id,
        )
        self.duties.make(
            db,
            DutyKind.OTHER,
            title=self.answer_title(db, request, kind),
            due_at=request.expires_at,
            card_id=request.card_id,
            about=ANSWER,
            about_id=request.id,
            owner_card_id=request.clerk_card_id,
            made_by=request.clerk_card_id,
        )

    def _approve_at_desk(self, db: Session, command: Command, approver: Clerk, plea: Plea) -> int:
        if (first := self.journal.first_run(db, command)) is not None:
            return int(first["request_id"])
        request, kind = self.plead(db, command, plea, approver.card_id)
        allowed = request.amount_minor, request.pieces
        theirs = Command(command.id, approver)  # whose PIN it is decides, and is told of it
        self.approve(db, theirs, request, kind, allowed)
        self.told(db, theirs, "request_approved", request, kind, story=plea.story)
        return request.id

    def _refuse_at_desk(
        self, db: Session, command: Command, approver_id: int, plea: Plea, words: str
    ) -> int:
        if (first := self.journal.first_run(db, command)) is not None:
            return int(first["request_id"])
        approver_id = self._addressee(db, command, approver_id)
        request, kind = self.plead(db, command, plea, approver_id)
        self._refuse(approver_id, request, words)
        self.told(db, command, "request_refused", request, kind, story=plea.story, words=words)
        return request.id

    def _decide(
        self,
        db: Session,
        command: Command,
        request_id: int,
        yes: bool,
        less: tuple[int | None, int | None],
        words: str,
    ) -> None:
        if self.journal.first_run(db, command) is not None:
            return
        self.staff.demand(db, command, Permission.APPROVE)
        request = self.hold(db, request_id)
        kind = db.get_one(CatalogueRecord, request.catalogue_id)
        self._check_open(db, command, request)
        if yes:
            self.check_currency(db, request)
            allowed = lessened(request.amount_minor, request.pieces, *less)
            if allowed is None:
                raise NotGiven(N_("Type what was asked for, or less; but above zero."))
            self.approve(db, command, request, kind, allowed)
        else:
            self._refuse(command.clerk.card_id, request, words)
        request.words = words
        self.duties.settle_all(db, ABOUT, request_id, command.clerk.card_id, DONE)
        entry = "request_approved" if yes else "request_refused"
        self.told(db, command, entry, request, kind, words=words)

    def _withdraw(self, db: Session, command: Command, request_id: int) -> None:
        if self.journal.first_run(db, command) is not None:
            return
        request = self.hold(db, request_id)
        if request.clerk_card_id != command.clerk.card_id:
            raise NotGiven(N_("A colleague asked for this."))
        if self.standing(request) not in (Answer.WAITING, Answer.APPROVED):
            return  # nobody waits for it any more, which comes to the same
        request.state = Answer.WITHDRAWN
        for about in (ABOUT, ANSWER):
            self.duties.settle_all(db, about, request_id, command.clerk.card_id, WITHDRAWN)
        kind = db.get_one(CatalogueRecord, request.catalogue_id)
        self.told(db, command, "request_withdrawn", request, kind)

    def _refuse(self, approver_id: int | None, request: RequestRecord, words: str) -> None:
        if not words:
            raise WhyWanted(N_("Say what the customer can be told."))
        if approver_id == request.clerk_card_id:
            raise NotGiven(N_("Nobody decides their own request."))
        request.state, request.decided_at = Answer.REFUSED, self.clock()
        request.decided_by_card_id, request.words = approver_id, words

    def _check_open(self, db: Session, command: Command, request: RequestRecord) -> None:
        """See that it waits for a decision, and for this approver's."""
        match self.standing(request):
            case Answer.WAITING:
                pass
            case Answer.EXPIRED:
                raise TooLate(N_("This request is over: it waited for half an hour."))
            case Answer.WITHDRAWN:
                raise TooLate(N_("It is no longer asked for."))
            case _:
                raise TooLate(N_("A colleague decided this meanwhile."))
        approver_id, at = command.clerk.card_id, request.falls_to_others_at
        if not falls_to(approver_id or 0, request.to_card_id, at, self.clock()):
            raise NotGiven(
                N_("This was sent to {name}; from {time} on you may decide it."),
                name=self.staff.name_of(db, request.to_card_id or 0),
                time=hour(at, self.locale),
            )

    def _addressee(self, db: Session, command: Command, to_card_id: int | None) -> int:
        """Return who is asked: who was named, else one of the department, else the first.

        Raises NotGiven if nobody may decide it.
        """
        me = command.clerk.card_id
        able = [each for each in self.staff.able(db, Permission.APPROVE) if each != me]
        if to_card_id is not None:
            if to_card_id in able:
                return to_card_id
            raise NotGiven(
                N_("{name} may not approve this: choose somebody else."),
                name=self.staff.name_of(db, to_card_id),
            )
        if not able or me is None:
            raise NotGiven(N_("Nobody else here may approve this."))
        mine = self.staff.department_of(db, me)

        def distance(card_id: int) -> tuple[bool, bool]:
            leads = self.staff.role_of(db, card_id) is Role.SUPERVISOR
            return not leads, self.staff.department_of(db, card_id) != mine

        return min(able, key=distance)


def _told(plea: Plea) -> Plea:
    """Return what is asked for with its story as it may be kept."""
    return replace(plea, story=masked(clean_text(plea.story, LONGEST_STORY)))
