"""What the lines are called on screen that nobody sets up."""

from care_console.base.names import clean
from care_console.base.words import N_, _

HAND_IN, PRETEND, LINK = "hand-in", "pretend", "tel"  # as they are kept

OURS = {
    HAND_IN: N_("Other programs"),
    PRETEND: N_("Practice calls"),
    LINK: N_("Telephone link"),
}


def line_words(name: str) -> str:
    """Return a line's name as the screen shows it: its own one, or what ours are called."""
    words = OURS.get(name)
    return clean(name) if words is None else _(words)
