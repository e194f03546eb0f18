"""What the head of a card says, and how its history is filtered: text alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from care_console.base.fold import fold
from care_console.base.phone import show
from care_console.base.spell import at_words, known_locale
from care_console.base.words import N_, _, ngettext
from care_console.cards.rules.card import Brief, Fact, Headline
from care_console.cards.rules.new import Group, Kind
from care_console.cards.rules.words import group_words
from care_console.journal.rules import Entry, Line

LONGEST_WISH = 90  # characters of one wish in the head; all of it stands in the details
MOST_ALERTS = 3  # in the head
MOST_FACTS = 3

ALL = ""
KINDS = {  # by which a history is filtered
    ALL: N_("All"),
    "calls": N_("Calls"),
    "contacts": N_("Contacts"),
    "changes": N_("Changes"),
}
_NOT = frozenset(  # folded: a "never do" that says so itself, in the languages of the house
    {"never", "no", "not", "nothing", "nobody", "none", "dont", "avoid"}
    | {"kein", "keine", "keinen", "nicht", "nichts", "nie", "niemals", "niemand"}
    | {"jamais", "pas", "ne", "rien", "aucun", "aucune", "eviter"}
)


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of the head that can be spelt: what it is, and how it is written."""

    what: str  # "name", "number", "email", "address", "company", "internal"
    text: str


def wishes(of: Headline, locale: str = "en_GB") -> list[str]:
    """Return how somebody wants to be treated, the most important first; often empty.

    Each is the card's own text on one line, and none is so long that the others go unseen.
    """
    said = (
        _called(of),
        _one_line(of.accessibility),
        _never(of.dont),
        _one_line(of.preferred_channel),
        _one_line(of.preferred_hours),
        _one_line(of.do),
        _speaks(of.language, locale),
    )
    return [each for each in said if each]


def ways(of: Headline) -> list[Said]:
    """Return how to reach somebody: their number, e-mail, address, or their company."""
    number = of.number if not of.number.startswith("+") else show(of.number)
    last = Said("address", of.address) if of.address else Said("company", of.company)
    internal = of.internal and _("extension {number}").format(number=of.internal)
    if internal and of.number == of.internal:
        number = ""
    said = (Said("internal", internal), Said("number", number), Said("email", of.email), last)
    return [each for each in said if each.text]


def ties(of: Headline, match: str = "") -> list[str]:
    """Return how they were recognised, what they do, since when, and who looks after them."""
    works = _joined(of.title, of.company if of.address else "")
    since = of.since and _("since {year}").format(year=of.since.year)
    owner = of.owner and _("looked after by {name}").format(name=of.owner)
    seller = of.seller and of.seller != of.owner and _("sold by {name}").format(name=of.seller)
    return [each for each in (match, works, since, owner, seller) if each]


def alerts(of: Headline) -> list[str]:
    """Return the notes that are on today, the first few of them, and how many more there are."""
    shown = [_one_line(each, 3 * LONGEST_WISH) for each in of.alerts[:MOST_ALERTS]]
    if more := len(of.alerts) - len(shown):
        shown.append(_more(more))
    return shown


def open_facts(
    facts: Sequence[Fact], now: datetime, locale: str = "en_GB"
) -> list[tuple[str, bool]]:
    """Return what stands open, each with whether it is late; the first due come first."""
    due = sorted(facts, key=lambda each: (each.next_due_at is None, each.next_due_at or now))
    said = [
        (_fact(each, now, locale), each.next_due_at is not None and each.next_due_at < now)
        for each in due[:MOST_FACTS]
    ]
    if more := len(due) - len(said):
        said.append((_more(more), False))
    return said


def open_words(count: int) -> str:
    """Return how much is open on a card, as a list tells it, or ""."""
    return ngettext("{count} open", "{count} open", count).format(count=count) if count else ""


def second_line(of: Brief) -> str:
    """Return what stands under the name in a list: what they do and where, or a number."""
    works = _joined(of.title, of.company if of.kind is Kind.PERSON else "")
    number = next(iter(of.numbers), "")
    said = [each for each in (works, of.town) if each] or ([show(number)] if number else [])
    return "  ·  ".join(said)


def filters(card_groups: Iterable[str], entries: Iterable[Entry]) -> list[Group]:
    """Return the groups by which this history can be filtered: none where all is of one."""
    there = {*card_groups, *(entry.group for entry in entries if entry.group)}
    found = [group for group in Group if group in there]
    return found if len(found) > 1 else []


def passes(entry: Entry, line: Line, kind: str, groups: frozenset[str] = frozenset()) -> bool:
    """Return whether an entry stands in a history that is filtered so."""
    return kind in (ALL, line.about) and (not groups or entry.group in groups)


def spoken(of: Headline) -> str:
    """Return what a screen reader says of the head."""
    groups = ", ".join(group_words(each) for each in of.groups)
    return ", ".join(each for each in (of.name, groups, *wishes(of)) if each)


def _called(of: Headline) -> str:
    said = _one_line(of.say_it)
    called = _one_line(of.form_of_address or of.preferred)
    word = _spoken_of(of.name, said)
    if called and said and word and word not in called:
        words = _("Say “{called}”; {word} is {said}")
    elif called and said:
        words = _("Say “{called}” ({said})")
    elif called and called != of.name:
        words = _("Say “{called}”")
    elif said and word:
        words = _("{word} is {said}")
    else:
        words = _("Say it {said}") if said else ""
    called = words.format(called=called, word=word, said=said)
    pronoun = of.pronoun and _("“{pronoun}”").format(pronoun=_one_line(of.pronoun))
    return ", ".join(each for each in (called, pronoun) if each)


def _spoken_of(name: str, said: str) -> str:
    """Return the one word of ``name`` whose sound ``said`` tells, or "" if that is not clear."""
    sounds = fold(said).split()
    heads = [word for word in name.split() if sounds and fold(word)[:1] == sounds[0][:1]]
    return heads[0] if len(heads) == 1 and " " not in said else ""


def _never(text: str) -> str:
    said = _one_line(text)
    first = fold(said).split()[:2]
    if not said or first == ["do", "not"] or _NOT.intersection(first[:1]):
        return said
    return _("Never: {what}").format(what=said)


def _speaks(language: str, locale: str) -> str:
    here, there = (each.replace("_", "-").split("-")[0].lower() for each in (locale, language))
    if not there or there == here:
        return ""
    return _("speaks {language}").format(language=language_words(language, locale))


def language_words(tag: str, locale: str) -> str:
    """Return what a language (BCP 47) is called, or the tag itself if it has no name here."""
    shown = known_locale(locale).languages.get(tag.replace("_", "-").split("-")[0].lower())
    return shown or _one_line(tag)


def _fact(fact: Fact, now: datetime, locale: str) -> str:
    said = _one_line(fact.headline, 2 * LONGEST_WISH)
    if fact.count > 1:
        more = ngettext("and {count} more", "and {count} more", fact.count - 1)
        said = f"{said}, {more.format(count=fact.count - 1)}"
    if fact.owner:
        said = _("{what} ({owner})").format(what=said, owner=_one_line(fact.owner))
    if fact.next_due_at is None:
        return said
    due = at_words(fact.next_due_at, now, locale)
    return _("{what}, due {when}").format(what=said, when=due)


def _more(count: int) -> str:
    return ngettext("{count} more in the details", "{count} more in the details", count).format(
        count=count
    )


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _one_line(text: str, most: int = LONGEST_WISH) -> str:
    line = " ".join(text[: 4 * most].split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
