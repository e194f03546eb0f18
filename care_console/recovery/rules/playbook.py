"""The words of one group in one language, and which of them to say next."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum

from care_console.base.spell import DEFAULT_LOCALE
from care_console.base.words import N_, _
from care_console.recovery.rules.checklist import Fault, Step
from care_console.recovery.rules.emergency import numbers

PLACEHOLDERS = frozenset({"name", "clerk", "company", "amount", "promise"})
BLANK = "…"  # stands where the value of a placeholder is not known yet

_PLACE = re.compile(r"\{(\w+)\}")
_BEGINS = re.compile(r"(?:^|[.!?…] )\Z")  # a sentence


class Mood(StrEnum):
    """How the customer is; the words are swapped in place."""

    CALM = "calm"
    SHOUTING = "shouting"
    IN_TEARS = "in_tears"
    LEAVING = "leaving"
    BOSS = "boss"


MOOD_WORDS = {
    Mood.CALM: N_("calm"),
    Mood.SHOUTING: N_("shouting"),
    Mood.IN_TEARS: N_("in tears"),
    Mood.LEAVING: N_("leaving us"),
    Mood.BOSS: N_("asking for a boss"),
}

MOMENTS = (  # for which there are words outside the five steps
    "beyond",  # the remedy is more than the clerk may give: give what I may, date the rest
    "waiting",  # while a supervisor is asked
    "refused",  # a supervisor said no
    "withdrawn",  # what was offered cannot be given after all
    "warn",  # an abusive call: the first word
    "warn_again",
    "end",
)


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to say it."""

    key: str  # follows from the words, so that the same words are never taken for others
    say: str  # with placeholders
    tail: str = ""  # what to do right after it
    rather_than: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class When:
    """How a moment is said aloud; ``{hour}`` and ``{day}`` stand in it."""

    today: str
    tomorrow: str
    later: str


@dataclass(frozen=True, slots=True)
class Emergency:
    """What to say and do at once when somebody is in danger."""

    title: str
    say: tuple[str, ...]
    steps: tuple[str, ...]

    def there(self, country: str) -> "Emergency":
        """Return it with the numbers of a country; what has no number there is left out."""
        known = numbers(country)

        def told(lines: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(fill(each, known) for each in lines if placeholders(each) <= known.keys())

        return Emergency(fill(self.title, known), told(self.say), told(self.steps))


Section = tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class Playbook:
    """All the words for one group in one language."""

    group: str
    language: str
    sections: Mapping[tuple[Step, Fault | None, Mood], Section]  # None: whosesoever fault
    moments: Mapping[str, Section]  # by the names in MOMENTS
    emergency: Emergency
    when: When

    def wordings(self, step: Step, fault: Fault, mood: Mood) -> Section:
        """Return the ways to say ``step``: those for this fault, else for any.

        Where there are none for a fault of the customer's, those for one that is not known serve:
        they take nothing for granted.
        """
        return next(self._found(step, fault, mood))

    def has(self, step: Step, fault: Fault, mood: Mood) -> bool:
        """Return whether there are words for it."""
        return any(self._found(step, fault, mood))

    def _found(self, step: Step, fault: Fault, mood: Mood) -> Iterator[Section]:
        faults = (Fault.THEIRS, Fault.UNKNOWN, None) if fault is Fault.THEIRS else (fault, None)
        found = (self.sections.get((step, each, mood), ()) for each in faults)
        return filter(None, found)


def choose(
    options: Sequence[Wording], said: Set[str], turn: int, values: Mapping[str, str]
) -> tuple[Wording, int]:
    """Return what to say and its number, from 1, among ``options``.

    What this customer has heard comes back only when they have heard all. Of the others, those
    whose placeholders all have a value come first; ``turn`` goes on to the next, round and round.
    """
    fresh = [each for each in options if each.key not in said] or list(options)
    ready = sorted(fresh, key=lambda each: not placeholders(each.say) <= values.keys())
    chosen = ready[turn % len(ready)]
    return chosen, options.index(chosen) + 1


def placeholders(text: str) -> frozenset[str]:
    """Return the names of the placeholders that stand in ``text``."""
    return frozenset(_PLACE.findall(text))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return ``text`` with the values in place; braces inside a value mean nothing.

    A value that begins a sentence begins with a capital.
    """

    def value(place: re.Match[str]) -> str:
        said = values.get(place[1]) or BLANK
        begins = _BEGINS.search(text, 0, place.start()) is not None
        return said[0].upper() + said[1:] if begins else said

    return _PLACE.sub(value, text)


def locale_for(language: str, desk: str) -> str:
    """Return in which locale days and amounts are said: the desk's, where it has the language."""
    if desk.replace("-", "_").startswith(f"{language}_"):
        return desk
    return DEFAULT_LOCALE if DEFAULT_LOCALE.startswith(f"{language}_") else language


def mood_words(mood: str) -> str:
    """Return how a mood is called after "If Maria is"."""
    return _(MOOD_WORDS[Mood(mood)])
