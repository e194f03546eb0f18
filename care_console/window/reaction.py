"""What a ring does to the screen, by what the clerk is doing."""

from dataclasses import dataclass
from enum import Enum


class Reaction(Enum):
    """How much of the screen a ring may have. It never has the keyboard."""

    CARD = "card"  # the strip, and the centre of the Desk
    STRIP = "strip"  # the strip alone: what is open stays open
    CHIP = "chip"  # a word in the strip: somebody is being talked to


@dataclass(frozen=True, slots=True)
class Situation:
    """What the clerk is doing when it rings."""

    typing: bool = False  # a key less than three seconds ago, or text that is not saved
    drafting: bool = False  # a contact is open in front
    sheet: bool = False  # the palette or another sheet is open
    elsewhere: bool = False  # another page than the Desk is shown
    talking: bool = False  # on the telephone


def reaction(now: Situation) -> Reaction:
    """Return what a ring may do now."""
    if now.talking:
        return Reaction.CHIP
    busy = now.typing or now.drafting or now.sheet or now.elsewhere
    return Reaction.STRIP if busy else Reaction.CARD
