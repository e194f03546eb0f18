"""How words are compared in a search: without case, accents, apostrophes, and with one slip."""

import re
import unicodedata

SHORTEST_WITH_SLIP = 5  # letters; in shorter words one slip makes another word
LONGEST_WITH_SLIP = 40  # letters

_LETTERS = {  # what Unicode does not take apart
    "æ": "ae",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
    "ĸ": "k",
    "ł": "l",
    "ŋ": "n",
    "ø": "o",
    "œ": "oe",
    "ŧ": "t",
    "þ": "th",
    "ə": "e",
    "ɓ": "b",
    "ɗ": "d",
    "ƒ": "f",
    "ɣ": "g",
    "ƙ": "k",
    "ɲ": "n",
    "ƴ": "y",
}
_INSIDE_WORDS = frozenset("'’‘‛`´′ʼʻʹʽʾʿˈ＇՚׳·‧")  # o’brien, col·legi: left out, no break
_AFTER_APOSTROPHE = re.compile(r"[^\W\d_]['’‘`´ʼ＇]([^\W\d_]{3,})")
_PARTS_OF_LETTERS = (7, 8, 9)  # combining classes: nukta, kana voicing and virama are no accents
_DEEPEST = 8  # how often a character is taken apart; ends by itself far before


class _Folded(dict[int, str]):
    """Each character as it is compared; a blank for what stands between words."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = self._folded(chr(code))
        return folded

    def _folded(self, char: str) -> str:
        if char in _INSIDE_WORDS:
            return ""
        for _ in range(_DEEPEST):
            before = char
            char = unicodedata.normalize("NFKD", char).casefold()
            char = "".join(map(self._part, char))
            if char == before:
                break
        return char

    def _part(self, char: str) -> str:
        kind = unicodedata.category(char)
        if kind == "Nd":
            return str(unicodedata.decimal(char))
        if kind[0] == "M":
            is_letter = kind != "Me" and unicodedata.combining(char) in (0, *_PARTS_OF_LETTERS)
            return char if is_letter and not _is_selector(char) else ""
        if kind == "Cf" or char in _INSIDE_WORDS:
            return ""
        return _LETTERS.get(char, char) if kind[0] in "LN" else " "


def _is_selector(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef" or char == "\u034f"


_FOLDED = _Folded()


def fold(text: str) -> str:
    """Return ``text`` as it is compared: words of small letters and digits, one blank between.

    ``O’Brien-Łódź`` is ``obrien lodz``. Greek, Cyrillic and other letters stay what they are.
    Folding it once more changes nothing.
    """
    if text.isascii():
        return " ".join(text.translate(_FOLDED).split())
    before = None
    while text != before:  # what was kept apart by a dropped character may join now
        before = text
        text = unicodedata.normalize("NFC", " ".join(text.translate(_FOLDED).split()))
    return text


def words(text: str) -> tuple[str, ...]:
    """Return, each once, the words under which ``text`` is kept for the search.

    Words with no blank between are kept joined as well: ``Smith-Jones`` is ``smith``, ``jones``
    and ``smithjones``; ``J.P.`` is ``j``, ``p`` and ``jp``. A name after an apostrophe is kept
    alone as well: ``O'Brien`` is ``obrien`` and ``brien``, so that ``o brien`` finds it.
    """
    found: dict[str, None] = {}
    for chunk in text.split():
        parts = fold(chunk).split()
        found.update(dict.fromkeys(parts))
        if len(parts) > 1 and "@" not in chunk:
            found["".join(parts)] = None
        if after := _AFTER_APOSTROPHE.search(chunk):
            found.update(dict.fromkeys(fold(after[1]).split()))
    return tuple(found)


def asked_words(text: str) -> tuple[str, ...]:
    """Return, each once, the words that somebody typed; a card has to have all of them."""
    return tuple(dict.fromkeys(fold(text).split()))


def upper_bound(prefix: str) -> str:
    """Return the first string after all that begin with ``prefix``, in code point order.

    For "" it is one that comes after everything that ``fold`` returns.
    """
    head = prefix.rstrip("\U0010ffff")
    if not head:
        return "\U0010ffff"
    after = ord(head[-1]) + 1
    return head[:-1] + chr(0xE000 if 0xD800 <= after <= 0xDFFF else after)


def slips(word: str) -> set[str]:
    """Return ``word`` with each of its letters left out in turn; empty for a short word.

    Two words that are one slip apart share one of these, or one of them is among the other's.
    Not all that share one are: see ``one_slip_apart``.
    """
    if not SHORTEST_WITH_SLIP <= len(word) <= LONGEST_WITH_SLIP:
        return set()
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def one_slip_apart(a: str, b: str) -> bool:
    """Tell whether one letter more, less or other, or two neighbours swapped, makes a into b."""
    if len(a) > len(b):
        a, b = b, a
    if a == b or len(b) - len(a) > 1:
        return False
    at = next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) < len(b):
        return a[at:] == b[at + 1 :]
    swapped = a[at : at + 2] == b[at : at + 2][::-1] and a[at + 2 :] == b[at + 2 :]
    return swapped or a[at + 1 :] == b[at + 1 :]


def digits(text: str) -> str:
    """Return the digits of ``text``, of whatever script, as 0-9."""
    if text.isascii():
        return "".join(filter(str.isdigit, text))
    return "".join(str(unicodedata.decimal(char)) for char in text if char.isdecimal())
