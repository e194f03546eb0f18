"""How the entries of imports and exports read in the journal."""

from care_console.base.words import _, ngettext
from care_console.cards.rules.words import group_words
from care_console.journal.rules import Entry, Line, Words


def _imported(entry: Entry) -> Line:
    facts = entry.facts
    words = ngettext("{n} row imported", "{n} rows imported", facts["read"])
    told = [_("{n} new").format(n=facts["new"]), _("{n} updated").format(n=facts["updated"])]
    if facts.get("cancelled"):
        told.append(_("cancelled"))
    return Line(words.format(n=facts["read"]), ", ".join(told), "in", "text2")


def _taken_back(entry: Entry) -> Line:
    facts = entry.facts
    told = (
        _("{n} gone").format(n=facts["gone"]),
        _("{n} as before").format(n=facts["undone"]),
        _("{n} kept, changed since").format(n=facts["kept"]),
    )
    return Line(_("Import taken back"), ", ".join(told), "undo", "text2")


def _exported(entry: Entry) -> Line:
    facts = entry.facts
    words = ngettext("{n} card exported", "{n} cards exported", facts["cards"])
    told = [group_words(facts["group"])] if facts["group"] else []
    told += [_("by some words")] if facts["filtered"] else []
    return Line(words.format(n=facts["cards"]), ", ".join(told), "out", "warn")


WORDS: Words = {
    "imported": _imported,
    "import_taken_back": _taken_back,
    "cards_exported": _exported,
}
