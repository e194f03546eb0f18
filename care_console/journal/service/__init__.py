"""Writing the journal, reading it, and looking whether it is what was written."""

from care_console.journal.service.audit import Audit
from care_console.journal.service.check import ends
from care_console.journal.service.heads import Heads, Place, Seal
from care_console.journal.service.journal import PAGE, About, Journal, PastAct
from care_console.journal.service.listing import Filter

__all__ = [
    "PAGE",
    "About",
    "Audit",
    "Filter",
    "Heads",
    "Journal",
    "PastAct",
    "Place",
    "Seal",
    "ends",
]
