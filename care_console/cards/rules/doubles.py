"""Whether two cards are likely the same person or organisation, weighed and told in words."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from care_console.base.fold import digits, fold, one_slip_apart
from care_console.base.words import N_, _
from care_console.cards.rules.new import Kind, NewCard
from care_console.cards.rules.search import LEGAL_FORMS

SHORTEST_SLIP = 4  # letters of a word in which one slip is looked over
SHORTEST_BEGUN = 3  # letters of a word that is still being typed
SHORTEST_STREET = 4  # letters and digits; "1a" alone is nobody's street
MOST_WORDS = 8  # of a name that are compared
EXTENSION = ";"  # stands between a number and its extension

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What two cards are compared by, all of it folded."""

    organisation: bool = False
    given: Words = ()  # and what they like to be called, and further names
    family: Words = ()  # or an organisation's name
    company: str = ""
    numbers: frozenset[str] = frozenset()  # E.164, with an extension after it
    shared: frozenset[str] = frozenset()  # those of ``numbers`` to which others answer, too
    emails: frozenset[str] = frozenset()
    places: frozenset[tuple[str, str]] = frozenset()  # street and postcode
    accounts: frozenset[str] = frozenset()
    begun: bool = False  # it is still being typed: a word may go on

    @property
    def name(self) -> Words:
        """All words of the name."""
        return (*self.given, *self.family)[:MOST_WORDS]


class Sign(StrEnum):
    """What two cards have in common, or what tells them apart."""

    NAME = "name"
    LIKE_NAME = "like name"
    NUMBER = "number"
    SHARED_NUMBER = "shared number"
    EMAIL = "email"
    PLACE = "place"
    POSTCODE = "postcode"
    COMPANY = "company"
    ACCOUNT = "account"
    OTHER_NAME = "other name"


SIGN_WORDS = {
    Sign.NAME: N_("same name"),
    Sign.LIKE_NAME: N_("similar name"),
    Sign.NUMBER: N_("same number"),
    Sign.SHARED_NUMBER: N_("same shared number"),
    Sign.EMAIL: N_("same e-mail"),
    Sign.PLACE: N_("same address"),
    Sign.POSTCODE: N_("same postcode"),
    Sign.COMPANY: N_("same company"),
    Sign.ACCOUNT: N_("same account number"),
    Sign.OTHER_NAME: N_("another name"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One sign, how much it weighs, and how many characters of it are compared (0: all)."""

    sign: Sign
    weight: int
    length: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """What is weighed, and from which weight on two cards are likely the same."""

    fields: tuple[Field, ...]
    threshold: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much speaks for two cards being the same, and what."""

    weight: int
    signs: tuple[Sign, ...]
    likely: bool

    @property
    def words(self) -> str:
        """Why they are likely the same: "same number, similar name"."""
        return ", ".join(_(SIGN_WORDS[each]) for each in self.signs)


BROAD = Rule(
    (
        Field(Sign.ACCOUNT, 50),
        Field(Sign.EMAIL, 50),
        Field(Sign.NUMBER, 45),
        Field(Sign.NAME, 40, 12),
        Field(Sign.LIKE_NAME, 30, 12),
        Field(Sign.PLACE, 25, 12),
        Field(Sign.COMPANY, 10, 12),
        Field(Sign.POSTCODE, 8),
        Field(Sign.SHARED_NUMBER, 8),
        Field(Sign.OTHER_NAME, -45),
    ),
    threshold=30,
)
"""For people who look for themselves, while they type: a similar name is enough."""

LISTED = Rule(BROAD.fields, threshold=45)
"""For the list of all: a name alone, which many have, is not enough."""

NARROW = Rule(
    (
        Field(Sign.ACCOUNT, 50),
        Field(Sign.EMAIL, 50),
        Field(Sign.NUMBER, 45),
        Field(Sign.NAME, 40),
        Field(Sign.LIKE_NAME, 10),
        Field(Sign.PLACE, 20),
        Field(Sign.OTHER_NAME, -200),
    ),
    threshold=80,
)
"""For an import that nobody watches: the same name and a way to reach them, or more."""


def compare(rule: Rule, one: Traits, other: Traits) -> Likeness:
    """Return how much speaks for ``one`` and ``other`` being the same; the order is all one."""
    there = [each for each in rule.fields if SHOWS[each.sign](one, other, each.length)]
    weight = sum(each.weight for each in there)
    signs = tuple(each.sign for each in there if each.weight > 0)
    return Likeness(weight, signs, bool(signs) and weight >= rule.threshold)


def traits_of(new: NewCard, number: Callable[[str], str], *, begun: bool = False) -> Traits:
    """Return what a card that is to be started is compared by.

    ``number`` returns a number as it is compared, or "". With ``begun`` it is still being typed.
    """
    numbers = {each.raw: number(each.raw) for each in new.phones}
    return Traits(
        organisation=new.kind is Kind.ORGANISATION,
        given=words_of(new.given, new.additional, new.preferred),
        family=name_words(new.family, organisation=new.kind is Kind.ORGANISATION),
        company=company_key(new.company),
        numbers=frozenset(each for each in numbers.values() if each),
        shared=frozenset(numbers[each.raw] for each in new.phones if each.shared),
        emails=frozenset(each.address.strip().casefold() for each in new.emails),
        places=frozenset(place_key(each.street, each.postcode) for each in new.addresses),
        accounts=frozenset(account_key(each.account_number) for each in new.memberships) - {""},
        begun=begun,
    )


def words_of(*names: str) -> Words:
    """Return the folded words of names, each once."""
    return tuple(dict.fromkeys(word for name in names if name for word in fold(name).split()))


def name_words(name: str, *, organisation: bool = False) -> Words:
    """Return the words of a family's name, or an organisation's without its legal form."""
    words = words_of(name)
    if not organisation:
        return words
    return tuple(word for word in words if word not in LEGAL_FORMS) or words


def company_key(name: str) -> str:
    """Return how the name of a company is compared: ``Poe GmbH & Co`` is ``poe``."""
    return " ".join(name_words(name, organisation=True))


def place_key(street: str, postcode: str) -> tuple[str, str]:
    """Return how an address is compared."""
    return "".join(fold(street).split()), "".join(fold(postcode).split())


def number_key(e164: str, extension: str) -> str:
    """Return how a number is compared: two extensions of a house are two numbers."""
    return f"{e164}{EXTENSION}{extension}" if extension else e164


def account_key(number: str) -> str:
    """Return how an account number is compared."""
    return "".join(fold(number).split())


def _same_name(one: Traits, other: Traits, length: int) -> bool:
    """The same words in any order; one word alone is too little for a person."""
    mine, theirs = set(_cut(one.name, length)), set(_cut(other.name, length))
    both_one_kind = one.organisation == other.organisation
    return mine == theirs and len(mine) > (0 if one.organisation else 1) and both_one_kind


def _like_name(one: Traits, other: Traits, length: int) -> bool:
    """A slip in a word, an initial, a further name, or a word that is only begun."""
    if not one.name or not other.name:
        return False
    begun = one.begun or other.begun
    if one.organisation or other.organisation:
        return _all_met(_cut(one.name, length), _cut(other.name, length), begun)
    if not one.family or not other.family:
        return begun and _all_met(_cut(one.name, length), _cut(other.name, length), begun)
    straight = _met(one.family, other.family, begun) and _given_met(one, other, begun)
    turned = _met(one.family, other.given, False) and _met(one.given, other.family, False)
    return straight or turned


def _other_name(one: Traits, other: Traits, _length: int) -> bool:
    """Both have a given name, and they differ; or an organisation is called otherwise."""
    if _like_name(one, other, 0) or _same_name(one, other, 0):
        return False
    if one.organisation or other.organisation:
        return bool(one.name and other.name)
    return bool(one.given and other.given) and not _given_met(one, other, True)


def _given_met(one: Traits, other: Traits, begun: bool) -> bool:
    return any(
        _alike(mine, theirs, begun) or _initial(mine, theirs)
        for mine in one.given
        for theirs in other.given
    )


def _met(some: Words, others: Words, begun: bool) -> bool:
    return any(_alike(mine, theirs, begun) for mine in some for theirs in others)


def _all_met(some: Words, others: Words, begun: bool) -> bool:
    """Return whether each word of the shorter name is in the longer one; of two as long, of each.

    One word alone says too little of a long name.
    """
    few, many = sorted((set(some), set(others)), key=len)
    if len(few) == 1 and len(many) > 2 and not begun:
        return False
    ways = [(few, many), (many, few)] if len(few) == len(many) else [(few, many)]
    return all(_within(these, those, begun) for these, those in ways)


def _within(these: set[str], those: set[str], begun: bool) -> bool:
    return all(any(_alike(one, each, begun) for each in those) for one in these)


def _alike(one: str, other: str, begun: bool) -> bool:
    if one == other:
        return True
    shorter = min(len(one), len(other))
    if begun and shorter >= SHORTEST_BEGUN and (one.startswith(other) or other.startswith(one)):
        return True
    return shorter >= SHORTEST_SLIP and one_slip_apart(one, other)


def _initial(one: str, other: str) -> bool:
    return min(len(one), len(other)) == 1 and one[:1] == other[:1]


def _same_number(one: Traits, other: Traits, _length: int) -> bool:
    return bool((one.numbers & other.numbers) - one.shared - other.shared)


def _same_shared_number(one: Traits, other: Traits, _length: int) -> bool:
    return bool(one.numbers & other.numbers)


def _same_email(one: Traits, other: Traits, _length: int) -> bool:
    return bool(one.emails & other.emails - {""})


def _same_place(one: Traits, other: Traits, length: int) -> bool:
    """The same postcode, and a street that begins alike."""
    return any(
        street[: length or None] == there[: length or None] and code == theirs
        for street, code in one.places
        for there, theirs in other.places
        if len(street) >= SHORTEST_STREET and digits(street) == digits(there)
    )


def _same_postcode(one: Traits, other: Traits, _length: int) -> bool:
    codes = ({code for _street, code in each.places if code} for each in (one, other))
    return bool(set.intersection(*codes))


def _same_company(one: Traits, other: Traits, length: int) -> bool:
    return bool(one.company) and one.company[: length or None] == other.company[: length or None]


def _same_account(one: Traits, other: Traits, _length: int) -> bool:
    return bool(one.accounts & other.accounts)


def _cut(words: Iterable[str], length: int) -> Words:
    return tuple(word[: length or None] for word in words)


Shows = Callable[[Traits, Traits, int], bool]
SHOWS: dict[Sign, Shows] = {
    Sign.NAME: _same_name,
    Sign.LIKE_NAME: lambda one, other, length: (
        not _same_name(one, other, length) and _like_name(one, other, length)
    ),
    Sign.NUMBER: _same_number,
    Sign.SHARED_NUMBER: lambda one, other, length: (
        not _same_number(one, other, length) and _same_shared_number(one, other, length)
    ),
    Sign.EMAIL: _same_email,
    Sign.PLACE: _same_place,
    Sign.POSTCODE: lambda one, other, length: (
        not _same_place(one, other, 12) and _same_postcode(one, other, length)
    ),
    Sign.COMPANY: _same_company,
    Sign.ACCOUNT: _same_account,
    Sign.OTHER_NAME: _other_name,
}
"""When each sign shows; each of them is the same whichever of the two is the first."""


@dataclass(frozen=True, slots=True)
class Found:
    """A card that was met while looking for doubles, and what it is compared by."""

    id: int
    traits: Traits


@dataclass(slots=True)
class Pairs:
    """Gathers the likeliest pairs of cards, each once, ``most`` of them."""

    rule: Rule
    most: int
    apart: frozenset[tuple[int, int]] = frozenset()  # known not to be the same
    found: dict[tuple[int, int], Likeness] = field(default_factory=dict)

    def take(self, block: Sequence[Found]) -> None:
        """Compare each card of ``block`` with each other one of it."""
        for at, one in enumerate(block):
            for other in block[at + 1 :]:
                self._weigh(one, other)
        if len(self.found) > 2 * self.most:
            self.found = dict(self.best())

    def best(self) -> list[tuple[tuple[int, int], Likeness]]:
        """Return the pairs, the likeliest first."""
        by_weight = sorted(self.found.items(), key=lambda each: (-each[1].weight, each[0]))
        return by_weight[: self.most]

    def _weigh(self, one: Found, other: Found) -> None:
        pair = min(one.id, other.id), max(one.id, other.id)
        if one.id == other.id or pair in self.apart or pair in self.found:
            return
        likeness = compare(self.rule, one.traits, other.traits)
        if likeness.likely:
            self.found[pair] = likeness
