"""How a card is found: by its words, each of them put first in turn, and by how its numbers end."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter

from care_console.base.fold import digits, fold, slips, words
from care_console.cards.rules.card import Brief
from care_console.cards.rules.new import Group, Kind
from care_console.cards.rules.sound import SHORTEST, sound

NAME, COMPANY, OTHER, NUMBER = "n", "c", "w", "d"  # the kinds of words, the likeliest first
PAIR, ADDRESS, CONTACT = "p", "@", "r"  # and what is found in other ways
ALL_KINDS = (NAME, COMPANY, OTHER)
SMALL_GROUPS = (Group.DISTRIBUTOR, Group.SUPPLIER, Group.EMPLOYEE)  # have their words apart, too

SOUND = "~"  # what stands before a sound among the words

LONGEST_KEY = 200  # characters; an index has its limits
LONGEST_WORD = 60
MOST_WORDS = 12  # in one section
MOST_NUMBERS = 50
MOST_ZIPPED = 4  # letters of each of two names
SHORTEST_ENDING = 4  # digits of a number that are looked for
ACCOUNT = "#"  # stands before what is an account's number, and sorts before all digits

_CUT = itemgetter(slice(LONGEST_WORD))
_SECTION, _NEXT = "\x1f", "\x1e"
_CODES = {Group.END_USER: "u", Group.PROSPECT: "p", Group.DISTRIBUTOR: "d"} | {
    Group.SUPPLIER: "s",
    Group.EMPLOYEE: "e",
}
_GROUPS = {code: group.value for group, code in _CODES.items()}

LEGAL_FORMS = frozenset(
    {"ltd", "limited", "plc", "llp", "llc", "inc", "corp", "co", "company", "gmbh", "mbh", "ag"}
    | {"kg", "ohg", "ug", "ev", "se", "sa", "sarl", "sas", "sasu", "snc", "srl", "spa", "bv", "nv"}
    | {"ab", "as", "oy", "aps", "and", "und", "et", "the", "of", "de", "la", "der", "die", "das"}
)
_ANYBODYS_DOMAINS = frozenset(
    {"gmail", "googlemail", "outlook", "hotmail", "yahoo", "icloud", "gmx", "web", "aol", "mail"}
    | {"live", "msn", "me", "protonmail", "posteo", "free", "orange", "laposte", "wanadoo"}
    | {"freenet", "online", "btinternet", "co", "com", "org", "net", "www"}
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A card that search found, and why, in a few words."""

    brief: Brief
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What search and lists know of a card."""

    id: int
    kind: str
    name: str  # as it is shown
    prefix: str = ""
    given: str = ""
    additional: str = ""
    family: str = ""
    preferred: str = ""
    company: str = ""
    title: str = ""
    created: date
    numbers: Sequence[tuple[str, str]] = ()  # E.164, or as typed where that cannot be; extension
    emails: Sequence[str] = ()
    towns: Sequence[str] = ()
    memberships: Sequence[tuple[str, date | None, date | None, str]] = ()
    # group, since, until, account number
    formerly: Sequence[str] = ()  # names of cards that were merged into it


@dataclass(frozen=True, slots=True)
class Sections:
    """The words of a card, each sort in a section of its own. As one text: ``str(sections)``."""

    family: tuple[str, ...]  # or an organisation's name
    given: tuple[str, ...]
    also: tuple[str, ...]  # further names, and what they like to be called
    joined: tuple[str, ...]  # smith-jones is smithjones, too
    prefix: tuple[str, ...]
    company: tuple[str, ...]
    town: tuple[str, ...]
    account: tuple[str, ...]
    extension: tuple[str, ...]
    email: tuple[str, ...]
    groups: tuple[str, ...]  # of the small ones
    numbers: tuple[str, ...]  # their digits

    def __str__(self) -> str:
        return "|".join(" ".join(getattr(self, name)) for name in self.__slots__)

    @classmethod
    def parse(cls, text: str) -> "Sections":
        """Return what ``str`` gave."""
        return cls(*(tuple(section.split()) for section in text.split("|")))

    def section_of(self, begun: str) -> str:
        """Return the section of the first word that begins with ``begun``, or ""."""
        for name in self.__slots__[:-2]:
            if any(word.startswith(begun) for word in getattr(self, name)):
                return name
        return ""


def sections(told: Told) -> Sections:
    """Return the words by which a card is found."""
    family, given = _plain(told.family), _plain(told.given)
    further = [each for each in (told.additional, told.preferred, *told.formerly) if each]
    also = [word for each in further for word in _plain(each)]
    kept = {*family, *given, *also}
    joined = [word for each in (told.family, told.given, *further) for word in _joined(each)]
    if len(family) > 1:  # of an organisation's name, the first two
        joined.append("".join(family if told.kind == Kind.PERSON else family[:2]))
    groups = (each[0] for each in told.memberships)
    accounts = (word for each in told.memberships if each[3] for word in _account_words(each[3]))
    return Sections(
        family=family,
        given=given,
        also=_first(word for word in also if word not in (*family, *given)),
        joined=_first(word for word in joined if word not in kept),
        prefix=_plain(told.prefix),
        company=_first((*_plain(told.company), *_joined(told.company))),
        town=_first(word for town in told.towns for word in (*_plain(town), *_joined(town))),
        account=_first(accounts),
        extension=_first(digits(each[1]) for each in told.numbers if each[1]),
        email=_first(word for each in told.emails for word in _email_words(each)),
        groups=_first(_CODES[Group(group)] for group in groups if group in SMALL_GROUPS),
        numbers=_first((digits(each[0]) for each in told.numbers), MOST_NUMBERS),
    )


def sort_key(of: Sections) -> str:
    """Return what lists of cards are sorted by: family first, folded."""
    return " ".join((*of.family, *of.given, *of.also) or of.company)[:LONGEST_KEY]


def turned(of: Sections) -> list[tuple[str, str]]:
    """Return (kind, key) for each word of a card: the word, then others, the likeliest first.

    ``smith john acme leeds`` and ``john smith acme leeds``: so one range of an ordered index finds
    a name in both orders, begun anywhere, and tells what else is on the card.
    """
    rows = dict.fromkeys(_turned(of))
    for code in of.groups:
        apart = _GROUPS[code]
        rows |= dict.fromkeys([(apart, key) for kind, key in rows if kind in ALL_KINDS])
    return list(rows)


def _turned(of: Sections) -> Iterator[tuple[str, str]]:
    other = (*of.town, *of.account, *of.extension, *of.email)
    rest = (*of.family, *of.given, *of.also, *of.prefix, *of.company, *other)
    for begun in _names(of):
        yield NAME, _key((*begun, *rest))
    for word in _telling(of.company):
        yield COMPANY, _key((word, *of.company, *rest))
    there = {*of.family, *of.given, *of.also, *of.joined, *of.company}
    for begun in _others(of, there):
        yield OTHER, _key((*begun, *rest))
    for word in (*of.given[:1], *of.also[:1]):
        for family in of.family[:1]:
            yield PAIR, f"{zipped(word, family)} {word} {family}"


def _names(of: Sections) -> Iterator[tuple[str, ...]]:
    """Yield what stands first in a key, before all the words in their order."""
    if of.family or of.company:
        yield of.family[:1]
    for word in (*_telling(of.family)[1:], *of.joined):
        yield word, *of.given
    for word in (*of.given, *of.also):
        yield (word,)


def _others(of: Sections, there: Container[str]) -> Iterator[tuple[str, ...]]:
    """Yield the same for the words that are no name, and that are not ``there`` as one."""
    for word in (*of.town, *of.account, *of.extension, *of.email):
        if word not in there and not _is_number(word):
            yield (word,)
    for word in of.town:  # so many live there that a given name is looked for, too
        if word not in there and of.given:
            yield word, *of.given


def _telling(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a name, of those that many have only the first."""
    return (*words[:1], *(word for word in words[1:] if word not in LEGAL_FORMS))


def zipped(one: str, other: str) -> str:
    """Return the first letters of two words in turn: ``moakra`` for ``maria`` and ``okafor``.

    What ``mar`` and ``oka`` give begins what ``maria`` and ``okafor`` give.
    """
    both = min(len(one), len(other), MOST_ZIPPED)
    return "".join(a + b for a, b in zip(one[:both], other[:both], strict=True))


def _is_number(word: str) -> bool:
    """Return whether a word is looked for as a part of a number."""
    return word.isdecimal() and len(word) >= SHORTEST_ENDING


def endings(of: Sections) -> set[tuple[str, str]]:
    """Return (ending, digit before it) of the card's numbers, every second ending of each.

    The endings between are found by the shorter one and the digit before it: half the rows. An
    account's number is an ending, too, after ACCOUNT.
    """
    found = {(word, ACCOUNT) for word in of.account if _is_number(word)}
    for number in of.numbers:
        for length in range(SHORTEST_ENDING, len(number) + 1, 2):
            found.add((number[-length:], number[-length - 1 : -length]))
    return found


def all_endings(of: Sections) -> set[str]:
    """Return every ending that is looked for of the card's numbers, and each after a plus."""
    ends = (number[at:] for number in of.numbers for at in range(len(number) - SHORTEST_ENDING + 1))
    return {*ends, *(f"+{number}" for number in of.numbers)}


def words_of(of: Sections, shown: str) -> list[tuple[str, str, str | None]]:
    """Return (kind, key, face) for each word; the face stands beside those that are met most."""
    return [(kind, key, shown if kind in (NAME, COMPANY) else None) for kind, key in turned(of)]


def recent_words(of: Sections, shown: str) -> list[tuple[str, str, str | None]]:
    """Return (kind, key, face) for each word and each ending of a number."""
    ends = sorted(all_endings(of))
    return [*words_of(of, shown), *((NUMBER, ending, None) for ending in ends)]


def with_slips(of: Sections) -> set[str]:
    """Return the words that are found by others, with a slip or as they sound."""
    names = (*of.family, *of.given, *of.also, *of.joined)
    return {
        word
        for word in (*names, *of.company, *of.town, *of.email)
        if len(word) >= SHORTEST and word.isalpha() and word not in LEGAL_FORMS
    }


def kept_slips(word: str) -> set[str]:
    """Return under what a word is kept: itself, with any one letter left out, and its sound."""
    heard = sound(word)
    return {word, *slips(word), *([SOUND + heard] if heard else ())}


def face(told: Told) -> str:
    """Return what a list shows of a card as one text, which stands beside its words."""
    groups = " ".join(_membership(*each[:3], told.created) for each in told.memberships[:10])
    numbers = _NEXT.join(each[0].replace(_NEXT, " ") for each in told.numbers[:5])
    town = next((town for town in told.towns if town), "")
    parts = (told.name, told.kind[:1], groups, told.company, told.title, town)
    return _SECTION.join((*(part.replace(_SECTION, " ") for part in parts), numbers))


def brief(card_id: int, shown: str, today: str, last_at: datetime | None) -> Brief:
    """Return what a ``face`` tells, on the day ``today`` in ISO 8601."""
    name, kind, groups, company, title, town, numbers = shown.split(_SECTION)
    return Brief(
        card_id,
        name,
        Kind.ORGANISATION if kind == "o" else Kind.PERSON,
        _groups(groups, today),
        company,
        title,
        town,
        tuple(numbers.split(_NEXT)) if numbers else (),
        last_at,
    )


def _membership(group: str, since: date | None, until: date | None, created: date) -> str:
    """``since`` is left out where it was past when the card was made: it stays past."""
    begins = since.isoformat() if since is not None and since > created else ""
    ends = until.isoformat() if until is not None else ""
    return _CODES[Group(group)] + (f"{begins},{ends}" if begins or ends else "")


def _groups(text: str, today: str) -> tuple[str, ...]:
    if len(text) == 1:
        return (_GROUPS[text],)
    there = set()
    for each in text.split():
        since, _, until = each[1:].partition(",")
        if since <= today and (not until or today < until):
            there.add(_GROUPS[each[0]])
    return tuple(group.value for group in Group if group in there)


def _key(found: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(found))[:LONGEST_KEY].rstrip()


def _plain(text: str) -> tuple[str, ...]:
    return _first(fold(text).split()) if text else ()


def _joined(text: str) -> Sequence[str]:
    """Return what is kept beside the plain words: ``Smith-Jones`` is ``smithjones``, too."""
    return () if text.replace(" ", "").isalnum() else words(text)


def _first(found: Iterable[str], most: int = MOST_WORDS) -> tuple[str, ...]:
    """Return the first words, each once, none of them endless."""
    return tuple(dict.fromkeys(map(_CUT, found)))[:most]


def _account_words(number: str) -> Iterator[str]:
    """``NG-10442`` is ``ng10442`` and ``10442``; everybody's is an ``ng``."""
    parts = fold(number).split()
    if parts:
        yield "".join(parts)
    yield from (part for part in parts if not part.isalpha())


def _email_words(address: str) -> Iterator[str]:
    """``maria.okafor2@acme.example`` is ``maria``, ``okafor`` and ``acme``."""
    local, _, domain = address.partition("@")
    yield from (word.rstrip("0123456789") or word for word in fold(local).split())
    labels = fold(domain).split()[:-1]
    yield from (label for label in labels if label not in _ANYBODYS_DOMAINS)
