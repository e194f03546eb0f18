"""What you can do now, as deeds: offering, giving, taking back, and asking somebody who may."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from care_console.authority.pane.boxes import Box
from care_console.authority.pane.face import RemedyFace
from care_console.authority.pane.remedy_view import RemedyView, Wanted
from care_console.authority.pane.saying import request_of
from care_console.authority.pane.ways import part
from care_console.authority.rules.refusals import PersonFirst, WhyWanted
from care_console.authority.rules.views import Given, Panel
from care_console.authority.service.authority import Authority
from care_console.authority.service.pleading import Plea
from care_console.authority.service.requests import Requests
from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.errors import CareError
from care_console.base.names import clean, isolated
from care_console.base.words import _
from care_console.kit import Act

About = tuple[int | None, int | None]  # a card and a recovery


class RemedyGiving(RemedyView):
    """Sends what the clerk decides to the services, one deed at a time."""

    acted = Signal(object)  # an Act
    given = Signal(object)  # a Given
    moment = Signal(str)  # for which there are words of their own: beyond, or "" when it is over

    def __init__(
        self,
        authority: Authority,
        requests: Requests,
        command: Callable[[], Command],
        make_pin: Callable[[], QWidget],
        clock: Clock,
        locale: str,
    ) -> None:
        super().__init__(RemedyFace(make_pin), clock, locale)
        self._authority, self._requests, self._command = authority, requests, command
        self._locale = locale
        self._recovery_id: int | None = None
        self._contact_id: int | None = None
        self._story = ""
        self._card_id: int | None = None
        self._stories: dict[About, str] = {}  # typed for a colleague, and not sent yet
        self._rest: dict[int, int] = {}  # what is still owed beside a remedy, in minor units
        self._sent_why: dict[int, str] = {}  # what a request was sent with, by its id

    def _open(self, box: Box | None) -> None:
        """Open a box under the list, or close it; the keyboard goes with it if it was here."""
        focus = QApplication.focusWidget()
        here = focus is not None and self.isAncestorOf(focus)
        if box is None:
            self._wanted = None
        self.face.show_box(box)
        self.moment.emit("beyond" if box is self.face.beyond else "")
        if self.panel is not None:
            self._show_block(self.panel)
            self._show_notice(self.panel)
            self._show_gauges()
            self.face.make_room()
        if here:
            (box or self.face.list).setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_more(self, wanted: Wanted, *, why: bool = False, first: str = "") -> None:
        """Ask in one line for a reason, or why a remedy comes before the person."""
        raise NotImplementedError

    # offering and giving

    def _offer(self, wanted: Wanted) -> None:
        self.errands.do("deed", self._offered(wanted))

    def _offer_part(self, panel: Panel, wanted: Wanted) -> None:
        """Offer what may be given now; the rest is dated when it is given."""
        minor, pieces = part(panel, wanted)
        rest, minor_only = wanted.size[0] - minor, 0 if pieces else minor
        self._offer(replace(wanted, minor=minor_only, pieces=pieces, rest=rest, settled=True))

    async def _offered(self, wanted: Wanted) -> None:
        panel = self.panel
        if panel is None:
            return
        try:
            offered = await self._authority.offer(
                self._command(),
                wanted.offer.catalogue_id,
                panel.card_id,
                recovery_id=self._recovery_id,
                contact_id=self._contact_id,
                pieces=wanted.pieces,
                minor=wanted.minor,
                why=wanted.why,
                person_first=wanted.first,
                request_id=wanted.request_id,
            )
        except PersonFirst as hindrance:
            self._ask_more(wanted, first=str(hindrance))
            return
        except WhyWanted:
            self._ask_more(wanted, why=True)
            return
        if wanted.rest:
            self._rest[offered.remedy_id] = wanted.rest
        self._open(None)
        self.refresh()
        self.face.list.go_to(offered.catalogue_id)

    def _give(self) -> None:
        panel = self.panel
        if panel is not None and panel.offered is not None:
            self.errands.do("deed", self._gave(panel, panel.offered.remedy_id))

    async def _gave(self, panel: Panel, remedy_id: int) -> None:
        rest = self._rest.pop(remedy_id, 0)
        due = panel.rest_due_at if rest else None
        given = await self._authority.give(
            self._command(), remedy_id, rest_minor=rest, rest_due_at=due
        )
        if self.panel is panel or (self.panel and self.panel.card_id == panel.card_id):
            self._last = given
        self.acted.emit(Act(self._gave_words(panel, given), lambda: self._taken_back(given)))
        self.given.emit(given)
        self.refresh()

    def _gave_words(self, panel: Panel, given: Given) -> str:
        name = isolated(clean(panel.customer))
        what = self._money.full(given.minor) if given.minor else clean(given.name)
        return _("{what} given to {name}").format(what=what, name=name)

    def _let_go(self) -> None:
        panel = self.panel
        if panel is not None and panel.offered is not None:
            self.errands.do("deed", self._let_it_go(panel.offered.remedy_id))

    async def _let_it_go(self, remedy_id: int) -> None:
        self._rest.pop(remedy_id, None)
        await self._authority.let_go(self._command(), remedy_id)
        self.refresh()

    def _withdraw(self) -> None:
        """Take back what was given last, while its minute runs."""
        if self._last is not None and self._last.withdraw_until > self._clock():
            self.errands.do("deed", self._taken_back(self._last))

    async def _taken_back(self, given: Given) -> None:
        await self._authority.withdraw(self._command(), given.remedy_id)
        if self._last is not None and self._last.remedy_id == given.remedy_id:
            self._last = None
        self.refresh()

    def _confirm(self) -> None:
        if self._last is not None:
            self.errands.do("confirm", self._confirmed(self._last.remedy_id))

    async def _confirmed(self, remedy_id: int) -> None:
        self.face.confirm.tell(await self._authority.confirmation(remedy_id))
        self._open(self.face.confirm)

    # asking

    @property
    def _about(self) -> About:
        return self._card_id, self._recovery_id

    def _send(self, story: str) -> None:
        if self.panel is not None and self._wanted is not None:
            self.errands.do("deed", self._sent(self.panel, self._wanted, story))

    async def _sent(self, panel: Panel, wanted: Wanted, story: str) -> None:
        about = self._about
        request_id = await self._requests.ask(
            self._command(),
            wanted.offer.catalogue_id,
            panel.card_id,
            story=story,
            recovery_id=self._recovery_id,
            contact_id=self._contact_id,
            pieces=wanted.pieces,
            minor=wanted.minor,
            to_card_id=panel.approvers[0][0] if panel.approvers else None,
        )
        self._sent_why[request_id] = wanted.why or story
        words = _("Sent: {what}").format(what=self._asked_for(wanted))
        self.acted.emit(Act(words, lambda: self._take_back(request_id)))
        self._stories.pop(about, None)
        if about == self._about:
            self.face.send.clear()
            self._open(None)
        self.refresh()

    async def _take_back(self, request_id: int) -> None:
        await self._requests.withdraw(self._command(), request_id)
        self._open(None)
        self.refresh()

    def _approve(self, card_id: int, pin: str) -> None:
        if self.panel is not None and self._wanted is not None:
            self.errands.do("deed", self._approved(self.panel, self._wanted, card_id, pin))

    async def _approved(self, panel: Panel, wanted: Wanted, card_id: int, pin: str) -> None:
        """Let somebody with this PIN allow it, and offer it at once; giving is the clerk's."""
        try:
            request_id = await self._requests.approve_at_desk(
                self._command(), card_id, pin, self._plea(panel, wanted)
            )
        except CareError as hindrance:
            self.face.approve.entry.fault(hindrance)
            self.face.approve.pin.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        await self._offered(replace(wanted, request_id=request_id, settled=True))

    def _plea(self, panel: Panel, wanted: Wanted) -> Plea:
        """Return what is asked for at the desk."""
        return Plea(
            wanted.offer.catalogue_id,
            panel.card_id,
            self._plea_words(wanted) or self._asked_for(wanted),
            self._recovery_id,
            self._contact_id,
            wanted.pieces,
            wanted.minor,
        )

    def _refuse(self, card_id: int, words: str) -> None:
        if self.panel is not None and self._wanted is not None:
            self.errands.do("deed", self._refused(self.panel, self._wanted, card_id, words))

    async def _refused(self, panel: Panel, wanted: Wanted, card_id: int, words: str) -> None:
        """Keep the no that was said at this desk, and show what can be given still."""
        await self._requests.refuse_at_desk(
            self._command(), card_id, self._plea(panel, wanted), words=words
        )

    def _offer_allowed(self, panel: Panel, wanted: Wanted) -> None:
        """Offer what a request was granted for, and no more."""
        asked = request_of(panel, wanted.offer.catalogue_id)
        if asked is not None:
            allowed = replace(
                wanted,
                minor=0 if asked.allowed_pieces else asked.allowed_minor,
                pieces=asked.allowed_pieces,
                why=self._sent_why.get(asked.request_id, ""),
                request_id=asked.request_id,
                settled=True,
            )
            self._offer(allowed)

    # words

    def _asked_for(self, wanted: Wanted) -> str:
        amount, name = self._say.amount(*wanted.size), clean(wanted.offer.name)
        return _("{amount}: {name}").format(amount=amount, name=name)

    def _plea_words(self, wanted: Wanted) -> str:
        """Return why it should be so, as it was told already: the contact's story, and the why."""
        told = [each for each in (self._story, wanted.why) if each]
        return " ".join(_sentence(each) for each in told) if len(told) > 1 else "".join(told)

    def _told_at_desk(self, panel: Panel, wanted: Wanted) -> str:
        """Return what it is about, for somebody who comes to the desk: what, why, how far over."""
        told = [self._asked_for(wanted), self._story, wanted.why]
        over = wanted.weigh(panel).over_minor
        if over:
            told.append(_("{amount} over the limit.").format(amount=self._money.full(over)))
        else:
            told.append(panel.second)
        return " ".join(_sentence(part) for part in told if part)


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else _("{what}.").format(what=words)
