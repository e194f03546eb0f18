"""How remedies, requests and limits read in a history and in the journal."""

from collections.abc import Callable

from care_console.base.money import spell
from care_console.base.spell import DEFAULT_LOCALE
from care_console.base.words import N_, _, ngettext
from care_console.journal.rules import Entry, Line, Words

ABOUT = "remedies"  # by which the history is filtered


def amount_words(minor: int, currency: str, name: str, locale: str = DEFAULT_LOCALE) -> str:
    """Return what was given: ``£35.00: Waive a fee``, or the name of what costs nothing."""
    if not minor:
        return name
    amount = spell(minor, currency, locale)
    return _("{amount}: {name}").format(amount=amount, name=name) if name else amount


def _line(title: str, icon: str, tone: str) -> Callable[[Entry], Line]:
    def line(entry: Entry) -> Line:
        parts = (_what(entry), str(entry.personal.get("why", "")))
        return Line(_(title), " · ".join(part for part in parts if part), icon, tone, ABOUT)

    return line


def _asked(title: str, icon: str, tone: str) -> Callable[[Entry], Line]:
    def line(entry: Entry) -> Line:
        said = str(entry.personal.get("words", "")) or str(entry.personal.get("story", ""))
        parts = (_what(entry), said)
        return Line(_(title), " · ".join(part for part in parts if part), icon, tone, ABOUT)

    return line


def _what(entry: Entry) -> str:
    minor, currency = int(entry.facts.get("minor", 0)), str(entry.facts.get("currency", ""))
    return amount_words(minor, currency, str(entry.personal.get("name", "")))


def _limits_changed(entry: Entry) -> Line:
    count = len(entry.facts.get("changes", ()))
    title = ngettext("{count} limit changed", "{count} limits changed", count)
    return Line(
        title.format(count=count), str(entry.personal.get("why", "")), "gift", "text2", ABOUT
    )


def _exported(entry: Entry) -> Line:
    count = int(entry.facts.get("count", 0))
    title = ngettext("{count} remedy exported", "{count} remedies exported", count)
    return Line(title.format(count=count), "", "box", "text2", ABOUT)


WORDS: Words = {
    "remedy_offered": _line(N_("Remedy offered"), "gift", "accent"),
    "remedy_let_go": _line(N_("Offer let go"), "undo", "text2"),
    "remedy_given": _line(N_("Remedy given"), "gift", "ok"),
    "remedy_withdrawn": _line(N_("Remedy withdrawn"), "undo", "warn"),
    "remedy_reversed": _line(N_("Remedy taken back"), "undo", "warn"),
    "remedy_done": _line(N_("Remedy done"), "check", "ok"),
    "remedy_failed": _line(N_("Remedy not delivered"), "alert", "bad"),
    "remedy_taken_up": _line(N_("Remedy still to be delivered"), "box", "text2"),
    "request_sent": _asked(N_("Asked a colleague for more"), "person", "accent"),
    "request_approved": _asked(N_("More was approved"), "check", "ok"),
    "request_refused": _asked(N_("More was refused"), "alert", "bad"),
    "request_withdrawn": _asked(N_("No longer asked for more"), "undo", "text2"),
    "accounts_exported": _exported,
    "limits_changed": _limits_changed,
    "limit_signed": _line(N_("Limit signed"), "check", "ok"),
    "limit_declined": _line(N_("Limit not signed"), "undo", "text2"),
    "remedies_stopped": _line(N_("All remedies stopped"), "alert", "bad"),
    "remedies_resumed": _line(N_("Remedies go on"), "check", "ok"),
}
