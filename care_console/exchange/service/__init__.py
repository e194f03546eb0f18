"""Taking address books in, taking that back, and giving them out."""

from care_console.exchange.service.giving import Exports, Format, Given, NotWritten, Wanted
from care_console.exchange.service.mappings import Mappings
from care_console.exchange.service.report import Double, Report, Skipped, as_table
from care_console.exchange.service.runs import Busy, Run, State
from care_console.exchange.service.taking import Imports, Watch, Wishes
from care_console.exchange.service.taking_back import NotThere, TakenBack, TakingBack

__all__ = [
    "Busy",
    "Double",
    "Exports",
    "Format",
    "Given",
    "Imports",
    "Mappings",
    "NotThere",
    "NotWritten",
    "Report",
    "Run",
    "Skipped",
    "State",
    "TakenBack",
    "TakingBack",
    "Wanted",
    "Watch",
    "Wishes",
    "as_table",
]
