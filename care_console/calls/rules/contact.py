"""What a contact is, from its draft to its end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from care_console.base.errors import CareError
from care_console.base.fold import fold
from care_console.base.names import clean
from care_console.base.words import N_, _

LONGEST_REASON, LONGEST_TITLE, LONGEST_NOTES = 200, 200, 50_000  # characters
FIRST_WORDS = 140  # characters of the notes that a list shows
OWN_REASONS = 25  # from so many of the desk's own reasons on, the first ones are no longer offered


class Channel(StrEnum):
    """By which way a contact came."""

    TELEPHONE = "telephone"
    COUNTER = "counter"
    LETTER = "letter"
    EMAIL = "e-mail"


class Direction(StrEnum):
    """Who began it."""

    IN = "in"  # the customer
    OUT = "out"  # we


class State(StrEnum):
    """How far a contact is."""

    OPEN = "open"  # somebody is with us, or on the line
    UNFINISHED = "unfinished"  # put aside with something in it
    FINISHED = "finished"
    DROPPED = "dropped"  # put aside with nothing in it


class Outcome(StrEnum):
    """How a contact ended. The first five are chosen by 1 to 5, the others end it on a digit."""

    SETTLED = "settled"
    PROMISED = "promised"
    PASSED_ON = "passed on"
    NOT_RIGHT = "still not right"
    NOT_OURS = "we don't do that"
    PUT_THROUGH = "put through"
    WRONG_NUMBER = "wrong number"
    COLD_CALL = "cold call"


WRAP_UP = (
    Outcome.SETTLED,
    Outcome.PROMISED,
    Outcome.PASSED_ON,
    Outcome.NOT_RIGHT,
    Outcome.NOT_OURS,
)
ON_A_DIGIT = (Outcome.PUT_THROUGH, Outcome.WRONG_NUMBER, Outcome.COLD_CALL)
CLOSES_MATTER = frozenset({Outcome.SETTLED, Outcome.NOT_OURS})

OUTCOME_WORDS = {
    Outcome.SETTLED: N_("Settled"),
    Outcome.PROMISED: N_("Promised"),
    Outcome.PASSED_ON: N_("Passed on"),
    Outcome.NOT_RIGHT: N_("Still not right"),
    Outcome.NOT_OURS: N_("We don't do that"),
    Outcome.PUT_THROUGH: N_("Put through"),
    Outcome.WRONG_NUMBER: N_("Wrong number"),
    Outcome.COLD_CALL: N_("Cold call"),
}

CHANNEL_WORDS = {
    Channel.TELEPHONE: (N_("Called us"), N_("We called")),
    Channel.COUNTER: (N_("At the counter"), N_("We went to see them")),
    Channel.LETTER: (N_("Letter from them"), N_("Letter to them")),
    Channel.EMAIL: (N_("E-mail from them"), N_("E-mail to them")),
}

REASONS = (  # until the desk has its own
    N_("Appointment: make one"),
    N_("Appointment: move or cancel"),
    N_("Visit missed"),
    N_("Bill: question"),
    N_("Bill: wrong amount"),
    N_("Payment"),
    N_("Order: new"),
    N_("Order: where is it?"),
    N_("Order: change or cancel"),
    N_("Delivery late"),
    N_("Delivery wrong or damaged"),
    N_("Does not work"),
    N_("Repair: how far is it?"),
    N_("Return or exchange"),
    N_("Guarantee"),
    N_("Quote wanted"),
    N_("Price or stock"),
    N_("Advice"),
    N_("Contract: change"),
    N_("Contract: leaving us"),
    N_("Change of address or name"),
    N_("Complaint about how they were treated"),
    N_("Praise"),
    N_("For a colleague"),
    N_("Opening hours or the way here"),
    N_("Holiday, pay or rota"),
)


class BadContact(CareError):
    """What was asked cannot be done with this contact; nothing of it was changed."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A contact as the desk works on it."""

    id: int
    state: State
    channel: Channel
    direction: Direction
    card_id: int | None
    card_name: str
    call_id: int | None
    matter_id: int | None
    matter: str  # its title, or what it will be
    group: str
    reason: str
    notes: str
    outcome: str
    started_at: datetime
    saved_at: datetime

    @property
    def untouched(self) -> bool:
        """Whether nobody has written anything into it."""
        return is_untouched(self.reason, self.notes, self.outcome, self.matter)


def is_untouched(*texts: str) -> bool:
    """Return whether nothing but blanks was written."""
    return not any(text.strip() for text in texts)


def outcome_of(name: str) -> Outcome:
    """Return the outcome of this name. Raises BadContact."""
    try:
        return Outcome(name)
    except ValueError as error:
        raise BadContact(N_("Say how it ended: choose one of the digits.")) from error


def outcome_words(outcome: str) -> str:
    """Return how it ended, as the screen says it."""
    return _(OUTCOME_WORDS[Outcome(outcome)]) if outcome in tuple(Outcome) else outcome


def channel_words(channel: str, direction: str) -> str:
    """Return which way a contact came, as a title."""
    if channel not in tuple(Channel):
        return channel
    return _(CHANNEL_WORDS[Channel(channel)][direction == Direction.OUT])


def typed(notes: str) -> str:
    """Return notes as they are kept: as typed, without what no database takes.

    Raises BadContact rather than cut what was written.
    """
    if len(notes) > LONGEST_NOTES:
        raise BadContact(
            N_("These notes are too long to keep: {count} characters, of at most {most}."),
            count=len(notes),
            most=LONGEST_NOTES,
        )
    return notes.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")


def one_line(text: str, most: int = LONGEST_REASON) -> str:
    """Return a reason or a title as it is kept."""
    return clean(text, most)


def first_words(notes: str) -> str:
    """Return the beginning of the notes on one line, for a list."""
    line = " ".join(notes[: 4 * FIRST_WORDS].split())
    if len(line) <= FIRST_WORDS:
        return line
    return line[: FIRST_WORDS - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def minutes(started_at: datetime, ended_at: datetime) -> int:
    """Return how long it took, rounded to whole minutes, none of them below nought."""
    return max(0, round((ended_at - started_at).total_seconds() / 60))


def reasons(typed_so_far: str, own: Iterable[tuple[str, int]], most: int) -> list[str]:
    """Return reasons in which each of the typed words begins a word, the most used first.

    ``own`` are the desk's reasons and how often each was used. Until they are many, the first
    ones follow.
    """
    wanted = fold(typed_so_far).split()
    used = sorted(own, key=lambda each: (-each[1], fold(each[0])))
    first = [_(words) for words in REASONS] if len(used) < OWN_REASONS else []
    titles: dict[str, str] = {}
    for title in (*(title for title, _uses in used), *first):
        titles.setdefault(fold(title), title)
    return [title for key, title in titles.items() if _fits(key, wanted)][:most]


def _fits(key: str, wanted: list[str]) -> bool:
    words = key.split()
    return all(any(word.startswith(part) for word in words) for part in wanted)
