"""Who may be calling: five levels of match, what each is worth, and in which order to choose."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from care_console.base.phone import Number, Plan, is_withheld, read
from care_console.base.words import N_, _
from care_console.cards.rules import Brief, Group, Headline
from care_console.cards.rules.behind import Behind, Found, How
from care_console.lines.line import CallEvent, Presentation

MOST_NOTED = 5  # cards: a number that more of them mention belongs to none of them
FAR = datetime.max.replace(tzinfo=UTC)


class Match(StrEnum):
    """How sure it is who calls. A number never proves it: known is not verified."""

    KNOWN = "known"  # one card: it opens
    SHARED = "shared"  # a switchboard, a family: chosen by a digit, nothing opens by itself
    MAYBE = "maybe"  # only mentioned in a note: a guess, to be confirmed
    UNKNOWN = "unknown"  # a new card, or add the number to a found one
    WITHHELD = "withheld"  # no number and no name: search by what the caller tells


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be calling."""

    headline: Headline
    last_at: datetime | None  # of the last contact, by whichever channel
    times: int  # calls from this number that were theirs
    why: str  # a few words on the screen


@dataclass(frozen=True, slots=True)
class LastContact:
    """A contact that is over, as a ring tells it."""

    at: datetime
    channel: str
    reason: str
    outcome: str
    clerk: str
    first_words: str  # of its notes
    direction: str = "in"


@dataclass(frozen=True, slots=True)
class Caller:
    """What is known of a caller while it rings. ``candidates`` are ranked, the likeliest first."""

    number: Number
    shown: str  # the number, or in words that there is none
    match: Match
    candidates: tuple[Candidate, ...] = ()
    last_contacts: tuple[LastContact, ...] = ()  # of the one card, the newest first
    greeting: str = ""
    called: str = ""  # what the number that was called is called in the house
    times_before: int = 0  # calls from this number, a hundred at the most
    organisation: Brief | None = None  # whose main number it is
    house: str = ""  # what the number is called, if it is one of the house's own
    hidden: bool = False  # by the caller; else, without a number, the network had none
    asked: bool = True  # whether the records answered
    sent: str = ""  # the name that came with the call: whoever calls may have chosen it

    @property
    def card(self) -> Headline | None:
        """The card that opens by itself, if there is one."""
        return self.candidates[0].headline if self.match is Match.KNOWN else None


def is_hidden(event: CallEvent) -> bool:
    """Return whether the caller hides the number; some lines only say so in its place."""
    hidden = event.presentation is Presentation.WITHHELD
    return hidden or (event.number is not None and is_withheld(event.number))


def number_of(event: CallEvent, plan: Plan) -> Number | None:
    """Return the caller's number, or None if the caller hides it or the network had none."""
    return None if event.number is None or is_hidden(event) else read(event.number, plan)


def judge(behind: Behind, *, extension: str = "", own: bool = False) -> tuple[Match, list[Found]]:
    """Return the first level at which somebody is found, and who; the lower ones do not count.

    ``extension`` is what the caller's line told beside the number. ``own`` says that the number
    is one of the house's: only colleagues call from there.
    """
    on_cards = [each for each in behind.found if each.how is not How.NOTED]
    if own:
        on_cards = [each for each in on_cards if Group.EMPLOYEE in each.headline.groups]
    if extension and (exact := [each for each in on_cards if each.exact]):
        return (Match.KNOWN if len(exact) == 1 else Match.SHARED), exact
    if on_cards:
        alone = len(on_cards) == 1 and not on_cards[0].shared
        return (Match.KNOWN if alone else Match.SHARED), on_cards
    noted = [each for each in behind.found if each.how is How.NOTED]
    if not own and 0 < len(noted) <= MOST_NOTED:
        return Match.MAYBE, noted
    return Match.UNKNOWN, []


def ranked(found: Collection[Found], mine: Collection[int] = ()) -> list[Found]:
    """Return the likeliest caller first.

    With whom the clerk has something open (``mine``, ids of cards) comes before any for whom
    something stands open, the one that is due soonest first; then who was last in contact, then
    who belongs to a group now, then by name.
    """
    return sorted(found, key=lambda each: _rank(each, mine))


def _rank(each: Found, mine: Collection[int]) -> tuple[object, ...]:
    head = each.headline
    due = [fact.next_due_at for fact in head.facts if fact.next_due_at is not None]
    return (
        head.id not in mine,
        not any(fact.count for fact in head.facts),
        min(due, default=FAR),
        timedelta.max if each.last_at is None else FAR - each.last_at,
        not head.groups,
        head.name.casefold(),
        head.id,
    )


def why(found: Found, match: Match, place: Brief | None = None) -> str:
    """Return in a few words why this card is shown."""
    if match is Match.KNOWN:
        return _("the only card with this number")
    if found.how is How.NOTED:
        return _("the number is mentioned in a note")
    if found.how is How.PLACE and place is not None:
        return _("works at {organisation}").format(organisation=place.name)
    return _("the number is on this card")


def sentence(caller: Caller) -> str:
    """Return what to tell the clerk about the match, as one or two sentences."""
    words = NO_NUMBER[caller.hidden] if caller.match is Match.WITHHELD else SAYINGS[caller.match]
    if caller.house:
        words = HOUSE
    name = caller.card.name if caller.card is not None else ""
    return _(words).format(number=caller.shown, name=name, house=caller.house)


def no_number(*, hidden: bool) -> str:
    """Return what stands in place of a number: that it was withheld is not that there was none."""
    return _("Number withheld") if hidden else _("No number was sent")


HOUSE = N_("This is one of our own numbers: {house}. A colleague is calling.")

NO_NUMBER = {
    True: N_("The caller hides the number. Ask for a name, postcode or account number."),
    False: N_("The network sent no number. Ask for a name, postcode or account number."),
}

SAYINGS = {
    Match.KNOWN: N_("{number} is on the card of {name} only."),
    Match.SHARED: N_("Several people may call from {number}. Ask, then press the digit."),
    Match.MAYBE: N_(
        "{number} is on no card; it is only mentioned in a note. Ask who is calling first."
    ),
    Match.UNKNOWN: N_(
        "{number} is on no card. "
        "Type a name: known people show first, so that no one is entered twice."
    ),
}
