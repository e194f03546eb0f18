"""What the contact's panel says of it."""

from datetime import datetime

from care_console.base.names import isolated
from care_console.base.words import _, ngettext
from care_console.calls.rules import Outcome, outcome_words

LONGEST_MINUTES = 240  # what took longer was put aside meanwhile


def saved_words(name: str, outcome: Outcome, *, stored: bool) -> str:
    """Return that a contact, with ``name`` if it is known, is ``stored`` or waits at this desk."""
    if not name:
        said = _("Saved: {outcome}") if stored else _("Kept at this desk: {outcome}")
        return said.format(outcome=outcome_words(outcome))
    said = _("Saved: {name}, {outcome}") if stored else _("Kept at this desk: {name}, {outcome}")
    return said.format(name=isolated(name), outcome=outcome_words(outcome).lower())


def minutes_words(began: datetime, now: datetime) -> str:
    """Return how long a contact has taken, or "" where it was put aside meanwhile."""
    count = round((now - began).total_seconds() / 60)
    if not 0 <= count <= LONGEST_MINUTES:
        return ""
    return ngettext("{count} min", "{count} min", count).format(count=count)
