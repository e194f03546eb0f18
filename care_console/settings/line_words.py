"""How the entries of telephone lines read in the journal."""

from care_console.base.words import _
from care_console.journal.rules import Entry, Line, Words


def _added(entry: Entry) -> Line:
    return Line(_("Line “{name}” added").format(name=entry.facts["line"]), _what(entry), "phone")


def _changed(entry: Entry) -> Line:
    return Line(_("Line “{name}” changed").format(name=entry.facts["line"]), _what(entry), "phone")


def _removed(entry: Entry) -> Line:
    words = _("Line “{name}” removed").format(name=entry.facts["line"])
    return Line(words, _what(entry), "phone", "warn")


def _what(entry: Entry) -> str:
    return ", ".join((entry.facts["kind"], *entry.facts["options"]))


def _links_taken(_entry: Entry) -> Line:
    return Line(_("Telephone links of this computer come to the console"), icon="phone")


def _links_left(_entry: Entry) -> Line:
    return Line(_("Telephone links of this computer given back"), icon="phone")


WORDS: Words = {
    "line_added": _added,
    "line_changed": _changed,
    "line_removed": _removed,
    "links_taken": _links_taken,
    "links_left": _links_left,
}
