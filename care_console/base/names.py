"""Names as they are shown, and text from outside made safe to show."""

import re
import unicodedata

MOST_MARKS = 4  # on one letter; more would climb over the lines above

_MOST_MARKS_SORTED = 30  # as in UAX 15, 13: putting them in order takes the square of their number
_LOOKED_AT = 20  # times as many characters as are kept; the rest of a hostile text is not read
_JOINERS = "\u200c\u200d"  # Persian and Indian names and emoji need them
_EMPTY_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"  # letters that show nothing
_BIDI = dict.fromkeys((0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_FIRST_MARK = "\u0300"
_MOST_READ = 400  # characters of a name, for its initials
_STRAY_JOINERS = re.compile(rf"(?<![^\s{_JOINERS}])[{_JOINERS}]+|[{_JOINERS}]+(?=\s|$)")
_JOINERS_IN_A_ROW = re.compile(rf"([{_JOINERS}])[{_JOINERS}]+")
_BLANKS_AT_LINE_END = re.compile(r" *\n *")
_EMPTY_LINES = re.compile(r"\n{3,}")

_TITLES = frozenset(
    {"mr", "mrs", "ms", "mx", "miss", "dr", "prof", "professor", "sir", "dame", "lady", "lord"}
    | {"rev", "herr", "frau", "monsieur", "madame", "mme", "mlle", "me", "hr", "fr"}
)
_ENDINGS = frozenset(
    {"jr", "sr", "ii", "iii", "iv", "phd", "md", "mba", "obe", "ltd", "limited", "plc", "llp"}
    | {"llc", "inc", "corp", "co", "gmbh", "ag", "kg", "ug", "ev", "sa", "sarl", "sas", "bv", "nv"}
    | {"srl", "spa", "ab", "as", "oy", "aps"}
)
_HAN_OR_HANGUL = re.compile("[\u3005\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]+")
_HAN_HANGUL_OR_KANA = re.compile(f"(?:{_HAN_OR_HANGUL.pattern}|[\u3040-\u30ff])+")


class _Shown(dict[int, str | None]):
    """What each character from outside becomes on the screen."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        kind = unicodedata.category(char)
        shown: str | None = char
        if kind == "Zs" or char in _EMPTY_LETTERS:
            shown = " "
        elif kind in ("Zl", "Zp") or char in "\r\v\f\x1c\x1d\x1e\x85":
            shown = "\n"
        elif char not in "\n\t" + _JOINERS and kind[0] == "C":
            shown = None
        self[code] = shown
        return shown


_SHOWN = _Shown()


def clean(text: str, most: int = 200) -> str:
    """Return a name that came from outside as one line of at most ``most`` characters.

    It is in NFC, blanks are one blank each, and what cannot be seen is gone: control characters,
    marks of direction, surrogates and private characters, joiners that join nothing, and marks
    beyond four on one letter.
    """
    if not text:
        return ""
    if len(text) <= most and text.isascii() and text.isprintable():
        return " ".join(text.split())
    return _cut(" ".join(_shown(text, most).split()), most)


def clean_text(text: str, most: int) -> str:
    """Return text of several lines as ``clean`` does, with its tabs and line ends (as ``\\n``).

    Of empty lines in a row one is kept.
    """
    if text.isascii() and text.isprintable():
        return clean(text, most)
    shown = _BLANKS_AT_LINE_END.sub("\n", re.sub(" {2,}", " ", _shown(text, most)))
    return _cut(_EMPTY_LINES.sub("\n\n", shown).strip(" \n"), most)


def isolated(text: str) -> str:
    """Return ``text`` so that it cannot turn the words around it (UAX 9: FSI and PDI)."""
    return f"\u2068{text.translate(_BIDI)}\u2069"


def display_name(
    *,
    prefix: str = "",
    given: str = "",
    family: str = "",
    suffix: str = "",
    preferred: str = "",
    organisation: str = "",
) -> str:
    """Return the name by which somebody is found and greeted, or "" if nothing is known.

    What they like to be called stands for prefix and given name (``Pete Halden``), or for all if
    it holds the family name (``Mrs Halden``). Chinese, Japanese and Korean names have the family
    first. An organisation stands for whom no name is known.
    """
    called, own = (part.strip() for part in (preferred, family))
    if own and f" {own} ".casefold() in f" {called} ".casefold():
        return called
    first = called or given.strip()
    if _HAN_HANGUL_OR_KANA.fullmatch(first) and _HAN_OR_HANGUL.fullmatch(own):
        return own + first
    parts = ("" if called else prefix, first, own, suffix if first or own else "")
    name = " ".join(part.strip() for part in parts if part.strip())
    return name if first or own else organisation.strip() or name


def initials(name: str) -> str:
    """Return one or two capitals: ``MO`` for Dr Maria Okafor, ``NH`` for Northgate Heating Ltd.

    "" if it has neither letters nor digits.
    """
    words = _telling_words(name)
    if not words:
        return ""
    ends = (
        words[:1] if len(words) == 1 or _HAN_OR_HANGUL.match(words[0]) else words[:: len(words) - 1]
    )
    return "".join(map(_capital, ends))


def sort_name(*, given: str = "", family: str = "", organisation: str = "") -> str:
    """Return the name as a list is sorted by, family first: ``Okafor, Maria``."""
    own, first = family.strip(), given.strip()
    return f"{own}, {first}" if own and first else own or first or organisation.strip()


def _telling_words(name: str) -> list[str]:
    """Return the words of ``name`` without titles before and endings after it."""
    words = [word for word in name[:_MOST_READ].split() if any(map(str.isalnum, word))]
    while len(words) > 1 and words[0].strip(".").casefold() in _TITLES:
        del words[0]
    while len(words) > 1 and words[-1].strip("(.,)").replace(".", "").casefold() in _ENDINGS:
        del words[-1]
    return words


def _capital(word: str) -> str:
    return next(filter(str.isalnum, unicodedata.normalize("NFC", word))).upper()[:1]


def _shown(text: str, most: int) -> str:
    shown = text[: most * _LOOKED_AT].replace("\r\n", "\n").translate(_SHOWN)
    shown = unicodedata.normalize("NFC", _with_marks(shown, _MOST_MARKS_SORTED))
    shown = _with_marks(shown, MOST_MARKS)
    if "\u200c" in shown or "\u200d" in shown:
        shown = _STRAY_JOINERS.sub("", _JOINERS_IN_A_ROW.sub(r"\1", shown))
    return shown


def _with_marks(text: str, most: int) -> str:
    """Leave out all marks beyond ``most`` on one letter."""
    if max(text, default="") < _FIRST_MARK:
        return text
    kept, in_a_row = [], 0
    for char in text:
        if unicodedata.category(char)[0] == "M":
            in_a_row += 1
        elif char not in _JOINERS:
            in_a_row = 0
        if in_a_row <= most:
            kept.append(char)
    return "".join(kept)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most].rstrip(f" \n\t{_JOINERS}")
