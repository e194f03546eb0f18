"""What the panes show of remedies, requests and limits: plain facts, no records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from care_console.authority.rules.limits import (
    Decision,
    Gauge,
    Terms,
    Used,
    Verdict,
    Wish,
    decide,
)


class State(StrEnum):
    """How a remedy stands."""

    OFFERED = "offered"
    LAPSED = "lapsed"  # the ten minutes were over
    LET_GO = "let_go"
    GIVEN = "given"
    WITHDRAWN = "withdrawn"  # within the minute
    DONE = "done"
    FAILED = "failed"
    REVERSED = "reversed"


COUNTS = (State.OFFERED, State.GIVEN, State.DONE)  # of the limits


class Answer(StrEnum):
    """How a request stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    USED = "used"


@dataclass(frozen=True, slots=True)
class Offer:
    """A remedy of the catalogue, and whether this clerk may give it to this customer now."""

    catalogue_id: int
    key: str  # the digit that chooses it, or empty
    name: str
    kind: str
    unit: str  # "money", or what is counted
    usual: int  # minor units or pieces; 0: the clerk types it
    pieces: int  # that ``minor`` is for
    piece_minor: int
    minor: int  # of what is usual
    verdict: Verdict
    why: str  # it may not be given, in a sentence, or ""
    over_minor: int = 0
    entitlement: bool = False
    why_wanted: bool = False  # the clerk has to say why
    doer: str = ""  # the department that does it
    done_within_s: int = 0


@dataclass(frozen=True, slots=True)
class Offered:
    """What is reserved, till it lapses."""

    remedy_id: int
    catalogue_id: int
    name: str
    minor: int
    pieces: int
    unit: str
    lapses_at: datetime
    gauges: tuple[Gauge, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """What was given, and till when it can be withdrawn."""

    remedy_id: int
    catalogue_id: int
    name: str
    minor: int
    pieces: int
    unit: str
    given_at: datetime
    withdraw_until: datetime
    doer: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Earlier:
    """What this customer, or their household, got before."""

    remedy_id: int
    name: str
    minor: int
    pieces: int
    unit: str
    state: State
    at: datetime
    clerk: str
    why: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of this clerk about this customer that is not used up."""

    request_id: int
    catalogue_id: int
    name: str
    minor: int
    pieces: int
    unit: str
    state: Answer
    to_name: str  # of who was asked, or of who answered
    allowed_minor: int
    allowed_pieces: int
    words: str
    asked_at: datetime
    falls_to_others_at: datetime
    expires_at: datetime
    allowed_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """All of *What you can do now*, as it was looked up at ``at``."""

    card_id: int
    customer: str  # as they like to be called
    at: datetime
    currency: str
    now_minor: int | None  # what may be given now, of all remedies in money; None: any amount
    binding: Gauge | None
    gauges: tuple[Gauge, ...]
    offers: tuple[Offer, ...]
    earlier: tuple[Earlier, ...] = ()
    offered: Offered | None = None
    given: Given | None = None  # still in its minute
    requests: tuple[Asked, ...] = ()
    approvers: tuple[tuple[int, str], ...] = ()  # card ids and names, never the clerk's own
    answer_s: int | None = None  # how long an answer took today, at the median, in seconds
    stopped: str = ""  # why there are no remedies now, or ""
    second: str = ""  # why a second person is needed, or ""
    rest_due_at: datetime | None = None  # by when the rest can be told
    in_recovery: bool = False
    terms: Terms = field(default_factory=Terms)
    used: Used = field(default_factory=dict)

    def weigh(self, catalogue_id: int, *, pieces: int = 0, minor: int = 0) -> Decision:
        """Return what the limits say to so much of a remedy, before anything is reserved.

        Of what is counted ``pieces`` count, else ``minor`` units; without both, what is usual.
        """
        offer = next(each for each in self.offers if each.catalogue_id == catalogue_id)
        wish = wish_for(offer, pieces=pieces, minor=minor)
        return decide(wish, self.terms, self.used, in_recovery=self.in_recovery)


def wish_for(offer: Offer, *, pieces: int = 0, minor: int = 0) -> Wish:
    """Return so much of a remedy as something that can be weighed."""
    counted = offer.unit != "money"
    if counted:
        pieces = pieces or offer.pieces
        minor = minor or pieces * offer.piece_minor
    return Wish(
        catalogue_id=offer.catalogue_id,
        minor=minor or offer.minor,
        pieces=pieces,
        counted=counted,
        entitlement=offer.entitlement,
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request as whoever may decide it sees it."""

    request_id: int
    card_id: int
    card_name: str
    groups: tuple[str, ...]
    clerk_card_id: int
    clerk: str
    name: str
    unit: str
    minor: int
    pieces: int
    over_minor: int
    story: str
    recovery_id: int | None
    asked_at: datetime
    falls_to_others_at: datetime
    expires_at: datetime
    to_name: str
    mine: bool  # sent to this approver, or fallen to all
    gauges: tuple[Gauge, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    may_minor: int = 0  # the most that this approver may allow
    near: bool = False  # the customer, to who asks


@dataclass(frozen=True, slots=True)
class Delivery:
    """A remedy that was given: who does it by when, and how it went."""

    remedy_id: int
    name: str
    card_id: int
    card_name: str
    groups: tuple[str, ...]
    minor: int
    pieces: int
    unit: str
    currency: str
    giver: str
    doer: str
    given_at: datetime
    due_at: datetime | None
    state: State
    settled_at: datetime | None
    outcome: str


@dataclass(frozen=True, slots=True)
class LimitCell:
    """What one column may give of one row, or that there is no row (``id`` 0): nothing."""

    id: int = 0
    most: int = 0
    unlimited: bool = False
    since: date | None = None
    until: date | None = None
    signed: bool = True
    training: str = ""
    days: int = 0
    floor: int = 0


@dataclass(frozen=True, slots=True)
class LimitRow:
    """One row of the table: a scope over all remedies, or one remedy."""

    scope: str
    catalogue_id: int
    title: str
    unit: str = "money"
    why_wanted: bool = False
    department_id: int | None = None  # of a month


@dataclass(frozen=True, slots=True)
class LimitColumn:
    """Whose limits a column has: a role's or one clerk's. Without both, everybody's.

    ``clerks_role`` is the clerk's: its limits hold where a clerk has none of their own.
    """

    role: str = ""
    clerk_card_id: int | None = None
    title: str = ""
    clerks_role: str = ""


@dataclass(frozen=True, slots=True)
class LimitsTable:
    """All limits that hold on a day, or wait for a signature."""

    day: date
    currency: str
    ceiling_minor: int  # of one customer and year; above it a second person signs
    rows: tuple[LimitRow, ...]
    columns: tuple[LimitColumn, ...]
    cells: Mapping[tuple[int, int], LimitCell]  # by the places of row and column
    stopped: str = ""


@dataclass(frozen=True, slots=True)
class LimitChange:
    """What one cell shall be.

    ``most`` None takes the row away: then the role's holds, or everybody's, and without them it is
    nothing. That nothing is given whatever others may, is a ``most`` of 0.
    """

    scope: str
    catalogue_id: int = 0
    role: str = ""
    clerk_card_id: int | None = None
    most: int | None = 0
    unlimited: bool = False
    since: date | None = None
    until: date | None = None
    days: int = 0
    floor: int = 0
    training: str = ""
    department_id: int | None = None  # of a month


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a change cannot be kept, and what to do. ``stamp``: it only needs a second person."""

    change: LimitChange
    words: str
    what_to_do: str = ""
    stamp: bool = False


@dataclass(frozen=True, slots=True)
class Differs:
    """A remedy or request of the past that would end otherwise under other limits."""

    card_id: int
    name: str
    clerk: str
    at: datetime
    minor: int
    asked_then: bool
    asks_now: bool


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The last days under other limits."""

    days: int
    sent_up: int  # requests there were
    settled: int  # of them that would have been settled on the spot
    cost_minor: int  # more than was given then; less than 0 if less
    differing: tuple[Differs, ...] = ()


@dataclass(frozen=True, slots=True)
class LimitChanged:
    """One change of the limits in the past."""

    at: datetime
    by: str
    title: str
    column: str
    before: LimitCell
    after: LimitCell
    unit: str
    why: str


@dataclass(frozen=True, slots=True)
class Odd:
    """A pattern that a supervisor should look at: never a judgement."""

    words: str
    clerk_card_id: int
    card_id: int | None
    remedy_ids: tuple[int, ...]
