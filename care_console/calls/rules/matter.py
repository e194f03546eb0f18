"""What a customer wants settled."""

from dataclasses import dataclass
from datetime import datetime

OPEN, CLOSED = "open", "closed"
WITHDRAWN = "withdrawn"  # the contact that opened it was taken back


@dataclass(frozen=True, slots=True)
class Matter:
    """What a customer wants settled; contacts hang on it."""

    id: int
    card_id: int
    title: str
    state: str
    opened_at: datetime
    closed_at: datetime | None
    closed_for: str  # the reason, or empty
    contacts: int  # that are finished
