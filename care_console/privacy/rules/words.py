"""How the journal tells what was done for somebody's privacy."""

from care_console.base.words import _, ngettext
from care_console.journal.rules import Entry, Line, Words


def _taken_out(entry: Entry) -> Line:
    count = int(entry.facts["rows"])
    rows = ngettext("{count} row", "{count} rows", count).format(count=count)
    return Line(_("All that is held on them taken out"), rows, "out", about="changes")


def _erased(entry: Entry) -> Line:
    return Line(_("Person erased"), icon="shield", tone="warn", about="changes")


def _thinned(entry: Entry) -> Line:
    count, days = int(entry.facts["count"]), int(entry.facts["days"])
    calls = ngettext(
        "{count} call older than {days} days", "{count} calls older than {days} days", count
    )
    return Line(
        _("Call log thinned out"), calls.format(count=count, days=days), "clock", about="changes"
    )


def _opened(entry: Entry) -> Line:
    return Line(_("Card opened without a contact"), icon="eye", about="changes")


WORDS: Words = {
    "person_taken_out": _taken_out,
    "person_erased": _erased,
    "call_log_thinned": _thinned,
    "card_opened": _opened,
}
