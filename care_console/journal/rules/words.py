"""How the journal's own entries read, and what is found wrong with it."""

from care_console.base.words import N_, _, ngettext
from care_console.journal.rules.chain import Trouble
from care_console.journal.rules.entry import Entry, Line, Words

TROUBLE_WORDS = {
    Trouble.CHANGED: N_("The entry is not as it was written."),
    Trouble.MISSING: N_("Entries before this one are gone."),
    Trouble.PERSONAL: N_("What the entry says of a person is not as it was written."),
    Trouble.CUT: N_("Entries at the end are gone, or others stand in their place."),
    Trouble.HEAD: N_("The mark that is kept outside the records is gone or damaged."),
}


def _exported(entry: Entry) -> Line:
    count = int(entry.facts["entries"])
    title = ngettext(
        "{count} entry of the journal exported", "{count} entries of the journal exported", count
    )
    return Line(title.format(count=count), icon="out", about="changes")


def _accepted(entry: Entry) -> Line:
    """Return that somebody took the journal as it is, with what was wrong."""
    count = len(entry.facts["faults"])
    words = ngettext("with {count} fault", "with {count} faults", count)
    return Line(_("Journal taken as it is"), words.format(count=count), "shield", "warn")


def _options(entry: Entry) -> Line:
    """Return that settings of the house were changed; which ones stands beside it."""
    return Line(_("Settings changed"), icon="gear", about="changes")


WORDS: Words = {
    "journal_exported": _exported,
    "journal_accepted": _accepted,
    "options_changed": _options,
}
