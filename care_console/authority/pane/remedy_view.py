"""What you can do now, as it is shown: the records and the moment turned into rows and words."""

from dataclasses import dataclass

from care_console.authority.pane.countdown import Countdown
from care_console.authority.pane.face import MOST_EARLIER, RemedyFace
from care_console.authority.pane.money import Money
from care_console.authority.pane.offers import OfferRow, Stand
from care_console.authority.pane.saying import Saying, newest
from care_console.authority.rules.limits import Decision
from care_console.authority.rules.views import Answer, Given, Offer, Panel
from care_console.base.clock import Clock
from care_console.base.names import clean
from care_console.base.words import _
from care_console.kit import Pane


@dataclass(frozen=True, slots=True)
class Wanted:
    """A remedy that was chosen, and so much of it; 0 is what is usual."""

    offer: Offer
    minor: int = 0
    pieces: int = 0
    why: str = ""
    first: str = ""  # why it comes before the apology
    rest: int = 0  # what is still owed beside it, in minor units
    request_id: int | None = None  # by which it is allowed
    settled: bool = False  # it is a part that fits, or is allowed: it need not be weighed

    def weigh(self, panel: Panel) -> Decision:
        """Return what the limits say to it."""
        return panel.weigh(self.offer.catalogue_id, pieces=self.pieces, minor=self.minor)

    @property
    def size(self) -> tuple[int, int, str]:
        """Its cost, its pieces, and what they are."""
        offer = self.offer
        pieces = self.pieces or (0 if self.minor and offer.unit == "money" else offer.pieces)
        counted = pieces * offer.piece_minor if offer.unit != "money" else 0
        return self.minor or counted or offer.minor, pieces, offer.unit


class RemedyView(Pane):
    """Shows a panel that was looked up; it changes nothing."""

    def __init__(self, face: RemedyFace, clock: Clock, locale: str) -> None:
        super().__init__()
        self.face = face
        self.panel: Panel | None = None
        self._clock = clock
        self._money = Money(lambda: self.panel.currency if self.panel else "GBP", locale)
        self._say = Saying(self._money)
        self._verified = True
        self._wanted: Wanted | None = None
        self._last: Given | None = None
        self.countdown = Countdown(clock, self)
        self.countdown.ticked.connect(self._tick)
        face.list.moved.connect(lambda _row: self._show_gauges())

    def _show(self) -> None:
        face, panel = self.face, self.panel
        there = panel is not None
        for part in (face.list, face.rule):
            part.setVisible(there)
        if panel is None:
            face.show_block(None)
            face.show_box(None)
            face.show_gauges(())
            face.show_why(_("Open somebody’s card: what you may give them is here."))
            face.show_notice("warn", "")
            face.earlier.tell("", ())
            self.countdown.run_to(None)
            return
        face.earlier.tell(*self._say.earlier(panel, MOST_EARLIER))
        face.show_rows(self._say.rows(panel))
        if not face.list.currentIndex().isValid():
            face.list.go_to_first()
        self._show_block(panel)
        self._show_notice(panel)
        self._show_gauges()
        face.make_room()

    def _show_block(self, panel: Panel) -> None:
        face, last = self.face, self._last
        if panel.offered is not None:
            offered = panel.offered
            amount = self._money.full(offered.minor) if offered.minor else ""
            face.offered.tell(amount, clean(offered.name))
            face.show_block(face.offered if face.box is None else None)
            self.countdown.run_to(offered.lapses_at)
        elif last is not None:
            face.given.tell(*self._say.given(last, self._clock()))
            face.show_block(face.given if face.box is None else None)
            face.given.tell_left(0)
            ends = last.withdraw_until if last.withdraw_until > self._clock() else None
            self.countdown.run_to(ends)
        else:
            verified = _("on your own word, at once")
            words = verified if self._verified else _("once verified for giving")
            minor = panel.now_minor
            face.free.tell(_("Any amount") if minor is None else self._money.full(minor), words)
            face.show_block(face.free if face.box is None else None)
            self.countdown.run_to(None)

    def _show_notice(self, panel: Panel) -> None:
        since = self._last or panel.given
        face, asked = self.face, newest(panel.requests, since)
        if panel.stopped:
            face.show_notice("bad", panel.stopped)
        elif asked is not None:
            kinds = {Answer.APPROVED: "ok", Answer.REFUSED: "bad"}
            face.show_notice(kinds.get(asked.state, "warn"), *self._say.answer(asked, panel))
        else:
            face.show_notice("warn", panel.second)

    def _show_gauges(self) -> None:
        """Show the gauges with what is offered, chosen, or only gone to."""
        face, panel = self.face, self.panel
        if panel is None:
            return
        row = face.list.row()
        face.show_why(row.why if isinstance(row, OfferRow) and face.box is None else "")
        if panel.offered is not None and self._wanted is None:
            face.show_gauges(self._say.reserved(panel, panel.offered.minor))
            return
        decision = self._weighed(panel, row if isinstance(row, OfferRow) else None)
        if decision is None:
            face.show_gauges(self._say.gauges(panel, panel.gauges, panel.binding))
        else:
            face.show_gauges(self._say.gauges(panel, decision.gauges, decision.binding))

    def _weighed(self, panel: Panel, row: OfferRow | None) -> Decision | None:
        """Return what the limits say to what is chosen, else to what would have to be asked."""
        if self._wanted is not None:
            return self._wanted.weigh(panel)
        if row is not None and row.stand is Stand.ASK and self.face.list.hasFocus():
            offer = offer_of(panel, row.id)
            return panel.weigh(offer.catalogue_id) if offer is not None and offer.usual else None
        return None

    def _tick(self, seconds: int) -> None:
        panel = self.panel
        if panel is not None and panel.offered is not None:
            self.face.offered.tell_left(seconds)
        else:
            self.face.given.tell_left(seconds)


def offer_of(panel: Panel, catalogue_id: object) -> Offer | None:
    """Return the remedy of this id as the panel has it, or None."""
    return next((each for each in panel.offers if each.catalogue_id == catalogue_id), None)
