"""How the entries of calls, contacts and matters read in a card's history."""

from care_console.base.words import _, ngettext
from care_console.calls.rules.contact import (
    Channel,
    Outcome,
    channel_words,
    first_words,
    outcome_words,
)
from care_console.calls.rules.ignored import pattern_words
from care_console.calls.rules.verified import known_words
from care_console.journal.rules import Entry, Line, Words

ICONS: dict[str, str] = {
    Channel.TELEPHONE: "phone",
    Channel.COUNTER: "person",
    Channel.LETTER: "mail",
    Channel.EMAIL: "mail",
}
TONES: dict[str, str] = {
    Outcome.SETTLED: "ok",
    Outcome.PROMISED: "accent",
    Outcome.PASSED_ON: "accent",
    Outcome.NOT_RIGHT: "bad",
    Outcome.NOT_OURS: "text2",
}


def _called(entry: Entry) -> Line:
    title = _("Called, a colleague answered") if entry.facts.get("elsewhere") else _("Called")
    return Line(title, _called_on(entry), "phone", "text2", "calls")


def _missed(entry: Entry) -> Line:
    left = entry.facts.get("left")  # whether a colleague answered is not known then
    title = _("Called, nobody was at the desk") if left else _("Called, nobody answered")
    return Line(title, _called_on(entry), "phone", "warn", "calls")


def _called_on(entry: Entry) -> str:
    called = str(entry.facts.get("called", ""))
    return _("on {called}").format(called=called) if called else ""


def _attached(entry: Entry) -> Line:
    return Line(_("This call was theirs"), _called_on(entry), "phone", "text2", "calls")


def _linked(entry: Entry) -> Line:
    count = int(entry.facts.get("count", 0))
    words = ngettext(
        "{count} earlier call from a number of theirs",
        "{count} earlier calls from a number of theirs",
        count,
    )
    about = " · ".join(map(str, entry.personal.get("reasons", ())))
    return Line(words.format(count=count), about, "phone", "text2", "calls")


def _seen(entry: Entry) -> Line:
    return Line(_("Missed call dealt with"), "", "check", "text2", "calls")


def _detached(entry: Entry) -> Line:
    return Line(
        _("This call was not theirs after all"), _called_on(entry), "undo", "text2", "calls"
    )


def _unseen(entry: Entry) -> Line:
    return Line(_("Missed call still to be dealt with"), "", "undo", "text2", "calls")


def _made(entry: Entry) -> Line:
    return Line(_("We called"), "", "phone-out", "text2", "calls")


def _number_ignored(entry: Entry) -> Line:
    return Line(_("Number ignored"), _pattern(entry), "minus", "text2", "calls")


def _number_heard(entry: Entry) -> Line:
    return Line(_("Number no longer ignored"), _pattern(entry), "undo", "text2", "calls")


def _pattern(entry: Entry) -> str:
    said = entry.personal
    number = pattern_words(str(said.get("pattern", "")))
    return " · ".join(each for each in (number, str(said.get("why", ""))) if each)


def _contact(entry: Entry) -> Line:
    facts, said = entry.facts, entry.personal
    channel, direction = str(facts.get("channel", "")), str(facts.get("direction", ""))
    outcome = str(facts.get("outcome", ""))
    way, end = channel_words(channel, direction), outcome_words(outcome)
    title = str(said.get("reason", "")) or str(said.get("matter", "")) or way or _("Contact")
    shown = way if title != way else ""
    parts = (shown, end, first_words(str(said.get("notes", ""))))
    tone = TONES.get(outcome, "text2")
    icon = ICONS.get(channel, "note")
    return Line(title, " · ".join(part for part in parts if part), icon, tone, "contacts")


def _reopened(entry: Entry) -> Line:
    return Line(_("Contact taken up again"), "", "undo", "text2", "contacts")


def _matter_opened(entry: Entry) -> Line:
    return Line(_("Matter opened"), _matter(entry), "flag", "accent", "contacts")


def _matter_closed(entry: Entry) -> Line:
    reason = str(entry.personal.get("reason", ""))
    parts = (_matter(entry), reason)
    return Line(
        _("Matter closed"), " · ".join(part for part in parts if part), "check", "ok", "contacts"
    )


def _matter_reopened(entry: Entry) -> Line:
    return Line(_("Matter opened again"), _matter(entry), "flag", "warn", "contacts")


def _matter(entry: Entry) -> str:
    return str(entry.personal.get("matter", ""))


def _verified(entry: Entry) -> Line:
    known = known_words(str(entry.facts.get("fact", "")))
    return Line(_("Knew: {what}").format(what=known), "", "shield", "ok", "contacts")


def _not_verified(entry: Entry) -> Line:
    known = known_words(str(entry.facts.get("fact", "")))
    return Line(_("Did not know: {what}").format(what=known), "", "undo", "text2", "contacts")


def _listed(entry: Entry) -> Line:
    return Line(_("Call log given out as a list"), icon="out", tone="warn", about="calls")


WORDS: Words = {
    "called": _called,
    "missed": _missed,
    "call_attached": _attached,
    "calls_linked": _linked,
    "missed_seen": _seen,
    "missed_unseen": _unseen,
    "call_detached": _detached,
    "call_made": _made,
    "number_ignored": _number_ignored,
    "number_heard": _number_heard,
    "calls_listed": _listed,
    "contact_finished": _contact,
    "contact_attached": _contact,
    "contact_reopened": _reopened,
    "matter_opened": _matter_opened,
    "matter_closed": _matter_closed,
    "matter_reopened": _matter_reopened,
    "verified": _verified,
    "not_verified": _not_verified,
}
