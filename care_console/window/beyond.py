"""What may be given at once of a remedy that is beyond the limit, and by when the rest is told."""

from datetime import datetime

from care_console.authority.pane import RemedyPane
from care_console.authority.pane.remedy import ANY_AMOUNT
from care_console.authority.pane.remedy_view import Wanted, offer_of
from care_console.authority.pane.ways import part
from care_console.base.names import clean
from care_console.recovery.pane.looking import Amount


def part_now(remedy: RemedyPane) -> tuple[Amount, datetime | None] | None:
    """Return how much the clerk may give now of the remedy in front, and by when the rest is told.

    None where it is nothing.
    """
    panel, row = remedy.panel, remedy.face.list.row()
    offer = offer_of(panel, row.id) if panel is not None and row is not None else None
    if panel is None or offer is None:
        return None
    money = offer.unit == "money"
    minor, pieces = part(panel, Wanted(offer, minor=ANY_AMOUNT if money else 0))
    if not minor and not pieces:
        return None
    return ((minor, panel.currency) if money else clean(offer.name)), panel.rest_due_at
