"""Making backups by themselves, bringing one back, and keeping the ways to the key."""

from care_console.safekeeping.service.backups import Backups, Made, NotShrunk
from care_console.safekeeping.service.bringing import Brought, bring_back, bring_elsewhere, salvage
from care_console.safekeeping.service.keys import ASKED, Keys, NotTyped, Ways
from care_console.safekeeping.service.looking import Safety, look

__all__ = [
    "ASKED",
    "Backups",
    "Brought",
    "Keys",
    "Made",
    "NotShrunk",
    "NotTyped",
    "Safety",
    "Ways",
    "bring_back",
    "bring_elsewhere",
    "look",
    "salvage",
]
