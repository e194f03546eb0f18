"""What somebody typed in search of a card, and the values with which the records are asked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations

from care_console.base.fold import asked_words, digits, one_slip_apart, slips, upper_bound
from care_console.cards.rules.search import (
    ALL_KINDS,
    SHORTEST_ENDING,
    SMALL_GROUPS,
    SOUND,
    zipped,
)
from care_console.cards.rules.sound import sound

LONGEST = 200  # characters; what is typed after them is not looked for
MOST_WORDS = 4  # that the records are asked for; the rest is compared with what they found
TELLING = 7  # digits, which few numbers share, wherever in them
SHORTEST_PART = 3  # digits of a number beside a name
NOWHERE = "\x02"  # stands on no card
SLOTS, LIKELY_SLOTS = 8, 2  # words that might have been meant
SLIP_KEYS = 44  # words under which others are looked for at once

Values = dict[str, str]

_NUMBER = re.compile(r"[\d\s+()./\\\-\u2010-\u2015]+")
_ABROAD = re.compile(r"(?:\+|00)\s*(?=[1-9])")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s()./\\-]+(?=\d)")
_ZERO_IN_BRACKETS = re.compile(r"\(\s*0\s*\)")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed. ``abroad`` and ``typed`` are of a part of a number."""

    text: str
    words: tuple[str, ...]  # folded; the longest, which most likely is met least, is first
    kinds: tuple[str, ...]  # of words that are looked at
    typed: str = ""  # the digits, without what is dialled for abroad
    abroad: bool = False  # the number was begun with its country

    @classmethod
    def of(cls, text: str, groups: Sequence[str] = ()) -> "Asked":
        """Return what ``text`` asks for, among the cards of ``groups`` if any are named."""
        text = text[:LONGEST].strip()
        words = tuple(sorted(_words(text), key=lambda word: (_is_part(word), -len(word))))
        small = bool(groups) and all(group in SMALL_GROUPS for group in groups)
        kinds = tuple(sorted(groups)) if small else ALL_KINDS
        if _NUMBER.fullmatch(text) is None or len(digits(text)) < SHORTEST_ENDING:
            return cls(text, words, kinds)
        begun = _ABROAD.match(text)
        typed = digits(_ZERO_IN_BRACKETS.sub("", text[begun.end() :] if begun else text))
        return cls(text, words, kinds, typed, begun is not None)

    @property
    def shape(self) -> tuple[int, tuple[str, ...], bool]:
        """What sort of statement this needs."""
        return self.count, self.kinds, self.with_digits

    @property
    def count(self) -> int:
        """How many words the records are asked for."""
        return min(len(self.words), MOST_WORDS)

    @property
    def with_digits(self) -> bool:
        """Whether one of the words may be a part of a number, as in ``okafor 0123``."""
        return not self.typed and any(_is_part(word) for word in self.words[:MOST_WORDS])

    @property
    def sides(self) -> tuple[bool, bool, bool, bool]:
        """Where the digits may be: from a number's start, inside one, inside it without a zero.

        The last tells that so many numbers have them that there may be no end to it.
        """
        zero = self.typed.startswith("0") and not self.abroad
        inland = zero and len(self.typed) > SHORTEST_ENDING
        return self.abroad or zero, not self.abroad, inland, not self.telling

    @property
    def telling(self) -> bool:
        """Whether there are so many digits that few numbers have them."""
        return len(self.typed) >= TELLING

    def values(self, code: str) -> Values:
        """Return the values by the names that they have in the statements.

        ``code`` is what is dialled for the desk's country, for example "44".
        """
        if self.typed:
            return self._of_number(code)
        words = self.words[:MOST_WORDS]
        begun = {f"w{at}": word for at, word in enumerate(words)}
        for first, second in permutations(range(len(words)), 2):
            begun[f"w{first}_w{second}"] = f"{words[first]} {words[second]}"
            begun[f"zip{first}_{second}"] = zipped(words[first], words[second])
        begun["joined"] = "".join(asked_words(self.text))
        begun["address"] = NOWHERE if " " in self.text else self.text.casefold()
        return _bounds(begun) | _inside(enumerate(words))

    def has_rest(self, key: str) -> bool:
        """Return whether the words that the records were not asked for begin words in ``key``."""
        rest = self.words[MOST_WORDS:]
        return not rest or all(f" {word}" in f" {key}" for word in rest)

    def unsure(self) -> list[str]:
        """Return the words for which others may have been meant."""
        words = self.words[:MOST_WORDS]
        return [word for word in words if word.isalpha() and (slips(word) or sound(word))]

    def in_place_of(self, word: str, meant: Sequence[str]) -> Values:
        """Return the values to ask with if one of ``meant`` was meant by ``word``."""
        others = [other for other in self.words[:MOST_WORDS] if other != word]
        values: Values = {}
        for at in range(SLOTS):
            slot = meant[at] if at < len(meant) else ""
            values |= {f"slot_{at}": slot, f"slot_{at}_up": slot and f"{slot}!"}  # whole words
            for which, other in enumerate(others, 1):
                both = {f"slot_{at}_w{which}": f"{slot} {other}"}
                values |= _bounds(both) if slot else {**both, f"slot_{at}_w{which}_up": ""}
        return values | _inside(enumerate(others, 1))

    def _of_number(self, code: str) -> Values:
        inland = self.typed.removeprefix("0")
        entire = self.typed if self.abroad else code + inland
        if code == "1" and self.typed.startswith("011"):  # what is dialled for abroad there
            entire = self.typed[3:]
        begun = {"part": self.typed, "inland": inland, "whole": f"+{entire}"}
        begun |= {"part_later": self.typed[1:], "inland_later": inland[1:]}
        return _bounds(begun) | {"part_before": self.typed[0], "inland_before": inland[:1]}


def _words(text: str) -> Iterable[str]:
    """Return the words of ``text``, digits with nothing but blanks between them as one."""
    return asked_words(_BETWEEN_DIGITS.sub("", _ZERO_IN_BRACKETS.sub("", text)))


def _is_part(word: str) -> bool:
    return word.isdecimal() and len(word) >= SHORTEST_PART


def _inside(words: Iterable[tuple[int, str]]) -> Values:
    """Return each word as it stands inside a key, and as a part of a number on the card."""
    values = {}
    for at, word in words:
        values[f"inside_{at}"] = f" {word}"
        part = word.removeprefix("0") if len(word) > SHORTEST_ENDING else word
        values[f"part_{at}"] = part if _is_part(word) else NOWHERE
    return values


def slip_values(word: str) -> Values:
    """Return under what else than ``word`` a word is kept that was meant, for the statements."""
    keys = [word, *sorted(slips(word))]
    values = {f"slip_{at}": keys[min(at, len(keys) - 1)] for at in range(SLIP_KEYS)}
    return values | {"sound": SOUND + sound(word)}


def meant_by(word: str, known: Iterable[str]) -> list[str]:
    """Return which of ``known`` may have been meant by ``word``, the likeliest first.

    Those that are one slip apart come before those that only sound alike.
    """
    slipped = sorted({each for each in known if one_slip_apart(word, each)})
    heard = sound(word)
    alike = {each for each in known if heard and sound(each) == heard} - {word, *slipped}
    return (slipped + sorted(alike, key=lambda each: (_difference(word, each), each)))[:SLOTS]


def _difference(one: str, other: str) -> int:
    """Return roughly how many letters differ."""
    same = sum(a == b for a, b in zip(one, other, strict=False))
    same = max(same, sum(a == b for a, b in zip(one[::-1], other[::-1], strict=False)))
    return max(len(one), len(other)) - same


def _bounds(begun: Values) -> Values:
    """Return also before what all lies that begins with each of ``begun``."""
    return begun | {f"{name}_up": upper_bound(text) for name, text in begun.items()}
