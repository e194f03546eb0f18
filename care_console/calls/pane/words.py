"""What the panes of calls say, composed from what is known: text alone."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from care_console.base.names import clean, isolated
from care_console.base.spell import at_words
from care_console.base.words import _, ngettext
from care_console.calls.rules import Caller, Candidate, Match
from care_console.cards.rules import Group, Kind
from care_console.cards.rules.words import group_words

LONGEST = 200  # characters of a piece from outside; more stand on no line
DOT = "  ·  "


class Who(NamedTuple):
    """Who rings, in two lines."""

    title: str
    groups: tuple[str, ...]
    sub: str


def who(caller: Caller) -> Who:
    """Return who rings, as far as the number tells."""
    shown = clean(caller.shown, LONGEST)
    if caller.match is Match.WITHHELD:
        ask = _("Ask for a name, postcode or account number")
        return Who(shown, (), joined(ask, _as_sent(caller)))
    if caller.match is Match.UNKNOWN:
        if caller.house:
            return Who(_("One of our own numbers"), (), joined(shown, caller.house))
        if not caller.asked:
            return Who(shown, (), _("nobody knows yet whose number it is"))
        sub = joined(shown, before(caller.times_before), _as_sent(caller))
        return Who(_("New number"), (), sub)
    first = caller.candidates[0]
    if caller.match is Match.KNOWN:
        return Who(clean(first.headline.name), first.headline.groups, joined(shown, first.why))
    groups = _groups(caller.candidates)
    if caller.match is Match.MAYBE:
        return Who(_maybe(caller), groups, joined(shown, first.why))
    return Who(_shared(caller), groups, joined(shown, place(caller)))


def _as_sent(caller: Caller) -> str:
    """Return the name that came with the call, as what it is: nobody vouches for it."""
    name = clean(caller.sent, LONGEST)
    return _("comes as “{name}”").format(name=isolated(name)) if name else ""


def place(caller: Caller) -> str:
    """Return the name of the organisation whose number it is, or ""."""
    return clean(caller.organisation.name) if caller.organisation is not None else ""


def before(times: int) -> str:
    """Return how often the number called before."""
    if not times:
        return _("first call")
    return ngettext("called once before", "called {count} times before", times).format(count=times)


def say_first(caller: Caller) -> str:
    """Return what the greeting is, and which number it is for."""
    if not caller.called:
        return _("say first")
    return joined(_("say first"), _("called: {called}").format(called=isolated(caller.called)))


def announcement(caller: Caller, alert: str = "") -> str:
    """Return what a screen reader says when it rings."""
    shown = who(caller)
    groups = _(" and ").join(group_words(each).lower() for each in shown.groups)
    parts = (_("Ringing"), caller.called, shown.title, groups, alert or shown.sub)
    return ", ".join(clean(part, LONGEST) for part in parts if part)


def waits(caller: Caller, now: datetime, locale: str) -> list[tuple[str, str, bool]]:
    """Return what stands open for those who may be calling: what, for whom, and if it is late."""
    return [
        (
            fact.headline,
            _for_whom(each, fact.next_due_at, now, locale),
            fact.next_due_at is not None and fact.next_due_at < now,
        )
        for each in caller.candidates
        for fact in each.headline.facts
        if fact.count
    ]


def joined(*parts: str) -> str:
    """Return the parts that say something, on one line; none of them turns the others round."""
    return DOT.join(isolated(part) for part in parts if part)


def _for_whom(each: Candidate, due: datetime | None, now: datetime, locale: str) -> str:
    name = clean(each.headline.name)
    return joined(name, _("due {when}").format(when=at_words(due, now, locale)) if due else "")


def _maybe(caller: Caller) -> str:
    if len(caller.candidates) == 1:
        return _("Possibly {name}").format(name=isolated(clean(caller.candidates[0].headline.name)))
    words = ngettext("Possibly one of {count}", "Possibly one of {count}", len(caller.candidates))
    return words.format(count=len(caller.candidates))


def _shared(caller: Caller) -> str:
    people = [each for each in caller.candidates if each.headline.kind is Kind.PERSON]
    count = len(people)
    if count > 1:
        words = ngettext(
            "{count} person shares this number", "{count} people share this number", count
        )
        return words.format(count=count)
    if there := place(caller):
        return _("Somebody at {organisation}").format(organisation=isolated(there))
    return _("A shared number")


def _groups(candidates: Iterable[Candidate]) -> tuple[str, ...]:
    found = {group for each in candidates for group in each.headline.groups}
    return tuple(group.value for group in Group if group in found)
