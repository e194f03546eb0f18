"""Which backups are kept, when one is due, and how their acts read in the journal."""

from care_console.safekeeping.rules.thinning import Kept, Span, has_shrunk, is_due, to_drop
from care_console.safekeeping.rules.words import WHY_WORDS, WORDS, size_words, slot_words, why_words

__all__ = [
    "WHY_WORDS",
    "WORDS",
    "Kept",
    "Span",
    "has_shrunk",
    "is_due",
    "size_words",
    "slot_words",
    "to_drop",
    "why_words",
]
