"""What you can do now: choosing a remedy, giving it, and the ways on where it is beyond."""

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from care_console.authority.pane.offers import OfferRow, Stand
from care_console.authority.pane.remedy_giving import RemedyGiving
from care_console.authority.pane.remedy_view import Wanted, offer_of
from care_console.authority.pane.saying import request_of
from care_console.authority.pane.ways import part, ways_on
from care_console.authority.records import (
    CatalogueRecord,
    LimitRecord,
    RemedyRecord,
    RequestRecord,
    SpentRecord,
)
from care_console.authority.rules.limits import Verdict
from care_console.authority.rules.typed import read_amount, read_count
from care_console.authority.rules.views import Answer, Panel
from care_console.authority.service.authority import Authority
from care_console.authority.service.requests import Requests
from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.errors import CareError
from care_console.base.names import clean, isolated
from care_console.base.spell import DEFAULT_LOCALE
from care_console.base.words import _
from care_console.kit import announce

ANY_AMOUNT = 10**12  # in minor units: more than any limit


class RemedyPane(RemedyGiving):
    """What the clerk may do for the person in front, before anything is typed.

    A digit or Enter reserves a remedy; only Enter on what is offered, or its button, gives it.
    """

    watches: ClassVar[frozenset[type]] = frozenset(
        {CatalogueRecord, LimitRecord, RemedyRecord, RequestRecord, SpentRecord}
    )

    answered = Signal(str)  # a sentence: somebody decided
    verify_wanted = Signal()  # a remedy was chosen while it is not certain who calls

    def __init__(
        self,
        authority: Authority,
        requests: Requests,
        command: Callable[[], Command],
        make_pin: Callable[[], QWidget],
        clock: Clock,
        locale: str = DEFAULT_LOCALE,
    ) -> None:
        super().__init__(authority, requests, command, make_pin, clock, locale)
        self._how: Callable[[], str] = str
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.face)
        self.setFocusProxy(self.face.list)
        self._connect()
        self._show()

    @property
    def typing(self) -> bool:
        """Whether something is being typed here, a PIN too: then nothing else may come up."""
        return self.face.box not in (None, self.face.beyond)

    def show_for(
        self,
        card_id: int | None,
        recovery_id: int | None = None,
        contact_id: int | None = None,
    ) -> None:
        """Show what may be done for the person of this card, or that nobody is there."""
        before = self._about
        self._stories[before] = self.face.send.typed
        if card_id != self._card_id:
            self._forget()
        self._card_id, self._recovery_id = card_id, recovery_id
        self._contact_id = contact_id
        if self._about != before:
            self.face.send.clear(self._stories.get(self._about, ""))
        self.refresh()

    def set_verified(self, verified: bool, how: Callable[[], str] = str) -> None:
        """Say whether it is certain who calls; before that, no remedy is offered.

        ``how`` says then what is to be done to be certain, to whoever chooses one all the same.
        """
        self._how = how
        if verified != self._verified:
            self._verified = verified
            self._show()

    def set_story(self, story: str) -> None:
        """Say what it is about, for whoever is asked to decide."""
        self._story = clean(story, 400)

    def refresh(self) -> None:
        """Show the records as they are now."""
        if self._card_id is None:
            self.panel = None
            self._show()
        else:
            self.errands.look_now("panel", self._look())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc lets go what is offered, Ctrl+Z withdraws what was given, wherever one is here."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        offered = self.panel is not None and self.panel.offered is not None
        if event.key() == Qt.Key.Key_Escape and not held and offered:
            self._let_go()
        elif event.key() == Qt.Key.Key_Z and held == Qt.KeyboardModifier.ControlModifier:
            self._withdraw()
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        face = self.face
        face.list.chosen.connect(self._choose)
        for wanted in (face.list.give_wanted, face.offered.give_wanted):
            wanted.connect(self._give)
        face.offered.let_go_wanted.connect(self._let_go)
        face.given.withdraw_wanted.connect(self._withdraw)
        face.given.confirm_wanted.connect(self._confirm)
        face.beyond.chosen.connect(self._go_on)
        face.beyond.digit_pressed.connect(self._another)
        face.send.send_wanted.connect(self._send)
        face.details.offer_wanted.connect(self._detailed)
        face.approve.approve_wanted.connect(self._approve)
        face.approve.refuse_wanted.connect(self._refuse)
        for box in face.boxes:
            box.back_wanted.connect(self._back)
        self.countdown.over.connect(self.refresh)

    async def _look(self) -> None:
        card_id = self._card_id
        if card_id is None:
            return
        clerk = self._command().clerk
        panel = await self._authority.panel(clerk, card_id, self._recovery_id)
        if card_id != self._card_id:
            return
        before, self.panel = self.panel, panel
        if panel.offered is not None:
            self._last = None
        elif panel.given is not None:
            self._last = panel.given
        self._show()
        self._tell_answers(before, panel)

    def _tell_answers(self, before: Panel | None, panel: Panel) -> None:
        """Say it when somebody has decided since."""
        if before is None or before.card_id != panel.card_id:
            return
        waited = {each.request_id for each in before.requests if each.state is Answer.WAITING}
        for asked in panel.requests:
            if asked.request_id in waited and asked.state in (Answer.APPROVED, Answer.REFUSED):
                words = " ".join(self._say.answer(asked, panel))
                announce(self, words)
                self.answered.emit(words)

    def forget(self) -> None:
        """Show nothing of what was in hand: somebody else sits here."""
        self._card_id = None
        self._stories.clear()
        self._forget()
        self._show()

    def event(self, event: QEvent) -> bool:
        """While its minute runs, Ctrl+Z here withdraws what was given, and nothing else."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.matches(QKeySequence.StandardKey.Undo)
            and self._last is not None
            and self._last.withdraw_until > self._clock()
        ):
            event.accept()
            return True
        return super().event(event)

    def _forget(self) -> None:
        self.panel, self._wanted, self._last = None, None, None
        self._rest = {}
        self._verified, self._story = True, ""
        self.face.send.clear()
        self._open(None)

    # choosing

    def _choose(self, row: object) -> None:
        """Reserve what was chosen; ask first what has to be known, or show the ways on."""
        panel = self.panel
        if panel is None or not isinstance(row, OfferRow):
            return
        offer = offer_of(panel, row.id)
        if offer is None or row.stand is Stand.OFFERED:
            return
        if not self._verified:
            plain = _("Verify first who is calling: then it can be offered.")
            self.errands.hindered.emit(self._how() or plain)
            self.verify_wanted.emit()
        elif row.stand is Stand.NOT:
            self.errands.hindered.emit(row.why or _("This cannot be given now."))
        elif row.stand is Stand.ALLOWED and self._allows(panel, offer.catalogue_id):
            self._offer_allowed(panel, Wanted(offer))
        else:
            self._wanted = Wanted(offer)
            self._ask_details(panel, self._wanted)

    def _allows(self, panel: Panel, catalogue_id: int) -> bool:
        """Return whether what was approved still holds: the panel may be some minutes old."""
        asked = request_of(panel, catalogue_id)
        until = asked.allowed_until if asked is not None else None
        return until is not None and until > self._clock()

    def _ask_details(self, panel: Panel, wanted: Wanted) -> None:
        """Ask how much, why, and whether the person came first, where that is wanted."""
        offer = wanted.offer
        how_much = "" if offer.usual else self._how_much(panel, wanted)
        why = offer.why_wanted and wanted.weigh(panel).verdict is Verdict.GIVE
        if how_much or why:
            self._ask(wanted, amount=how_much, why=offer.why_wanted)
        else:
            self._weigh(wanted)

    def _how_much(self, panel: Panel, wanted: Wanted) -> str:
        """Ask for an amount, or a number; say what may be given of this remedy alone."""
        if wanted.offer.unit != "money":
            return _("How many?")
        most, _pieces = part(panel, replace(wanted, minor=ANY_AMOUNT))
        if most == ANY_AMOUNT:
            return _("How much?")
        return _("How much? Up to {amount} alone").format(amount=self._money.full(most))

    def _ask_more(self, wanted: Wanted, *, why: bool = False, first: str = "") -> None:
        self._wanted = replace(wanted, settled=True)
        self._ask(wanted, why=why, first=first)

    def _ask(self, wanted: Wanted, *, amount: str = "", why: bool = False, first: str = "") -> None:
        details = self.face.details
        details.ask(clean(wanted.offer.name), amount=amount, why=why, first=first)
        self._open(details)

    def _detailed(self, amount: str, why: str, first: str) -> None:
        panel, wanted = self.panel, self._wanted
        if panel is None or wanted is None:
            return
        minor, pieces = wanted.minor, wanted.pieces
        try:
            if amount and wanted.offer.unit == "money":
                minor = read_amount(amount, panel.currency, self._locale)
            elif amount:
                pieces = read_count(amount)
        except CareError as hindrance:
            self.face.details.refuse(str(hindrance))
            return
        if amount and not (minor or pieces):
            self.face.details.refuse(_("Nothing cannot be offered: type how much."))
            return
        told = replace(
            wanted, minor=minor, pieces=pieces, why=why or wanted.why, first=first or wanted.first
        )
        if told.settled:
            self._offer(told)
        else:
            self._weigh(told)

    def _weigh(self, wanted: Wanted) -> None:
        """Offer it if it is within the limits, else show the ways on."""
        panel = self.panel
        if panel is None:
            return
        self._wanted = wanted
        if wanted.weigh(panel).verdict is Verdict.GIVE and not panel.second:
            self._offer(wanted)
        else:
            self._show_ways(panel, wanted)

    def _show_ways(self, panel: Panel, wanted: Wanted) -> None:
        minor = wanted.size[0]
        over = wanted.weigh(panel).over_minor
        asked = request_of(panel, wanted.offer.catalogue_id)
        said = ""
        near = wanted.offer.why or panel.second
        alone = near or _("This is not yours to give alone.")  # it costs nothing
        sentence = self._say.beyond(minor, over) if over else alone
        if asked is not None and asked.state is not Answer.APPROVED:
            said = " ".join(self._say.answer(asked, panel))
        self.face.beyond.tell(sentence, ways_on(panel, wanted, asked, self._say), said)
        self._open(self.face.beyond)

    def _another(self, digit: str) -> None:
        """Choose another remedy by its digit, from inside the box."""
        self._open(None)
        self.face.list.choose_key(digit)

    def _go_on(self, way: str) -> None:
        panel, wanted = self.panel, self._wanted
        if panel is None or wanted is None:
            return
        if way == "give":
            self._offer_part(panel, wanted)
        elif way == "send":
            name = panel.approvers[0][1] if panel.approvers else ""
            why = self._plea_words(wanted)
            self.face.send.tell(self._asked_for(wanted), _to_whom(name), why)
            self._open(self.face.send)
        elif way == "desk":
            amount = self._say.amount(*wanted.size)
            self.face.approve.tell(panel.approvers, self._told_at_desk(panel, wanted), amount)
            self._open(self.face.approve)
        elif (
            way == "take_back"
            and (asked := request_of(panel, wanted.offer.catalogue_id)) is not None
        ):
            self.errands.do("deed", self._take_back(asked.request_id))
        else:
            self._back()

    def _back(self) -> None:
        """Go from a box to the one before it, or to the list."""
        box, panel, wanted = self.face.box, self.panel, self._wanted
        inner = box in (self.face.send, self.face.approve)
        if inner and panel is not None and wanted is not None:
            self._show_ways(panel, wanted)
        else:
            self._open(None)

    async def _refused(self, panel: Panel, wanted: Wanted, card_id: int, words: str) -> None:
        await super()._refused(panel, wanted, card_id, words)
        await self._look()
        if self.panel is not None and self._wanted is wanted:
            self._show_ways(self.panel, wanted)


def _to_whom(name: str) -> str:
    return _("Send to {name}").format(name=isolated(clean(name))) if name else _("Send it")
