"""How an order or an invoice stands in a list."""

from datetime import datetime

from care_console.base.names import clean
from care_console.cards.rules.dealing_words import ICONS, TONES, day_words, title_words
from care_console.cards.rules.dealings import Dealing
from care_console.kit import EventRow


def dealing_row(of: Dealing, sub: str, now: datetime, locale: str, *, by: str = "") -> EventRow:
    """Return its row, with ``sub`` under its title."""
    return EventRow(
        id=of.id,
        when=day_words(of.dated, now, locale),
        hour="",
        icon=ICONS[of.kind],
        tone=TONES.get(of.state, "text2"),
        title=clean(title_words(of, locale)),
        sub=clean(sub),
        by=by,
    )
