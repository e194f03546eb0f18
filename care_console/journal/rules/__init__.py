"""What an entry says, how the entries hang together, and how they read."""

from care_console.journal.rules.chain import (
    NO_HEAD,
    Chain,
    Fault,
    Findings,
    Head,
    Trouble,
    Written,
    canonical,
    digest,
    link,
    sealed,
)
from care_console.journal.rules.days import NoDay, begin_of, end_of
from care_console.journal.rules.entry import Entry, Facts, Line, Words
from care_console.journal.rules.told import Act, Told, harmless, line, shown, table, told
from care_console.journal.rules.words import TROUBLE_WORDS

__all__ = [
    "NO_HEAD",
    "TROUBLE_WORDS",
    "Act",
    "Chain",
    "Entry",
    "Facts",
    "Fault",
    "Findings",
    "Head",
    "Line",
    "NoDay",
    "Told",
    "Trouble",
    "Words",
    "Written",
    "begin_of",
    "canonical",
    "digest",
    "end_of",
    "harmless",
    "line",
    "link",
    "sealed",
    "shown",
    "table",
    "told",
]
