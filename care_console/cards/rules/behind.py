"""Who is behind a number, as the cards tell it."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from care_console.cards.rules.card import Brief, Headline


class How(IntEnum):
    """How a number leads to a card, the surest first."""

    OWN = 0  # it stands on the card
    PLACE = 1  # it stands on the organisation where they work
    NOTED = 2  # it is mentioned in a note


@dataclass(frozen=True, slots=True)
class Found:
    """A card to which a number leads."""

    headline: Headline
    how: How
    shared: bool = False  # others than they answer to it: a switchboard's, a family's
    exact: bool = False  # the number's extension is theirs too
    last_at: datetime | None = None  # of the last contact


@dataclass(frozen=True, slots=True)
class Behind:
    """All to whom a number leads, and the organisation whose number it is."""

    found: tuple[Found, ...] = ()
    organisation: Brief | None = None
