"""Spelling aloud: words for letters, names for signs, and digits in groups."""

import re
import unicodedata
from dataclasses import dataclass

_DIGITS_OR_BLANKS_OR_ONE = re.compile(r"[^\W\D]+|\s+|.", re.S)
_NAME_OF_LETTER = re.compile(r"(?:LETTER|SYLLABLE) (?:SMALL |CAPITAL )?(.+)")
_GROUP = 4  # the most digits that are heard at once


@dataclass(frozen=True, slots=True)
class _Language:
    letters: dict[str, str]  # small letter: what one says for it
    digits: tuple[str, ...]
    signs: dict[str, str]
    accents: dict[str, str]  # the mark: what follows the letter


def _by_initial(words: str, **others: str) -> dict[str, str]:
    return {word[0].lower(): word for word in words.split()} | others


# ICAO Annex 10, volume II, 5.2.1.3
_ENGLISH = _Language(
    _by_initial(
        "Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November"
        " Oscar Papa Quebec Romeo Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu",
        ß="double S, German",
        æ="A and E joined",
        œ="O and E joined",
        ø="O with a stroke",
        ł="L with a stroke",
        đ="D with a stroke",
        ð="eth",
        þ="thorn",
        ı="I without a dot",
    ),
    ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    {
        "@": "at",
        ".": "dot",
        "-": "hyphen",
        "'": "apostrophe",
        "_": "underscore",
        "+": "plus",
        "/": "slash",
        "\\": "backslash",
        "&": "and",
        ",": "comma",
        ":": "colon",
        ";": "semicolon",
        "#": "hash",
        "*": "star",
        "(": "open bracket",
        ")": "close bracket",
        "!": "exclamation mark",
        "?": "question mark",
        '"': "quotation mark",
        "%": "per cent",
        "=": "equals",
        "~": "tilde",
    },
    {
        "\u0301": "acute",
        "\u0300": "grave",
        "\u0302": "circumflex",
        "\u0308": "with two dots",
        "\u0303": "tilde",
        "\u0327": "cedilla",
        "\u030a": "with a ring",
        "\u030c": "caron",
        "\u0304": "macron",
        "\u0306": "breve",
        "\u0307": "with a dot above",
        "\u030b": "double acute",
        "\u0328": "ogonek",
        "\u0326": "with a comma below",
        "\u0323": "with a dot below",
        "\u0309": "with a hook",
        "\u031b": "with a horn",
    },
)
# DIN 5009, 2022: towns
_GERMAN = _Language(
    _by_initial(
        "Aachen Berlin Chemnitz Düsseldorf Essen Frankfurt Goslar Hamburg Ingelheim Jena Köln"
        " Leipzig München Nürnberg Offenbach Potsdam Quickborn Rostock Salzwedel Tübingen Unna"
        " Völklingen Wuppertal Xanten Ypsilon Zwickau",
        ä="Umlaut Aachen",
        ö="Umlaut Offenbach",
        ü="Umlaut Unna",
        ß="Eszett",
        æ="A und E verbunden",
        œ="O und E verbunden",
        ø="O mit Schrägstrich",
        ł="L mit Schrägstrich",
        đ="D mit Querstrich",
        ð="Eth",
        þ="Thorn",
        ı="I ohne Punkt",
    ),
    ("null", "eins", "zwo", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"),
    {
        "@": "at",
        ".": "Punkt",
        "-": "Bindestrich",
        "'": "Apostroph",
        "_": "Unterstrich",
        "+": "plus",
        "/": "Schrägstrich",
        "\\": "umgekehrter Schrägstrich",
        "&": "und",
        ",": "Komma",
        ":": "Doppelpunkt",
        ";": "Strichpunkt",
        "#": "Raute",
        "*": "Stern",
        "(": "Klammer auf",
        ")": "Klammer zu",
        "!": "Ausrufezeichen",
        "?": "Fragezeichen",
        '"': "Anführungszeichen",
        "%": "Prozent",
        "=": "gleich",
        "~": "Tilde",
    },
    {
        "\u0301": "Akut",
        "\u0300": "Gravis",
        "\u0302": "Zirkumflex",
        "\u0308": "Trema",
        "\u0303": "Tilde",
        "\u0327": "Cedille",
        "\u030a": "mit Ring",
        "\u030c": "Hatschek",
        "\u0304": "Makron",
        "\u0306": "Breve",
        "\u0307": "mit Punkt darüber",
        "\u030b": "Doppelakut",
        "\u0328": "Ogonek",
        "\u0326": "mit Komma darunter",
        "\u0323": "mit Punkt darunter",
        "\u0309": "mit Haken",
        "\u031b": "mit Horn",
    },
)
_FRENCH = _Language(
    _by_initial(
        "Anatole Berthe Célestin Désiré Eugène François Gaston Henri Irma Joseph Kléber Louis"
        " Marcel Nicolas Oscar Pierre Quintal Raoul Suzanne Thérèse Ursule Victor William Xavier"
        " Yvonne Zoé",
        ß="S dur allemand",
        æ="A et E liés",
        œ="O et E liés",
        ø="O barré",
        ł="L barré",
        đ="D barré",
        ð="eth",
        þ="thorn",
        ı="I sans point",
    ),
    ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"),
    {
        "@": "arobase",
        ".": "point",
        "-": "trait d’union",
        "'": "apostrophe",
        "_": "tiret bas",
        "+": "plus",
        "/": "barre oblique",
        "\\": "barre oblique inverse",
        "&": "et",
        ",": "virgule",
        ":": "deux-points",
        ";": "point-virgule",
        "#": "dièse",
        "*": "étoile",
        "(": "parenthèse ouvrante",
        ")": "parenthèse fermante",
        "!": "point d’exclamation",
        "?": "point d’interrogation",
        '"': "guillemet",
        "%": "pour cent",
        "=": "égal",
        "~": "tilde",
    },
    {
        "\u0301": "accent aigu",
        "\u0300": "accent grave",
        "\u0302": "accent circonflexe",
        "\u0308": "tréma",
        "\u0303": "tilde",
        "\u0327": "cédille",
        "\u030a": "rond en chef",
        "\u030c": "caron",
        "\u0304": "macron",
        "\u0306": "brève",
        "\u0307": "point en chef",
        "\u030b": "double accent aigu",
        "\u0328": "ogonek",
        "\u0326": "virgule souscrite",
        "\u0323": "point souscrit",
        "\u0309": "crochet en chef",
        "\u031b": "cornu",
    },
)
_LANGUAGES = {"en": _ENGLISH, "de": _GERMAN, "fr": _FRENCH}
_SAME_SIGN = str.maketrans("’‘ʼ`´‐‑–—“”„«»", "'''''----\"\"\"\"\"")


def spell_out(text: str, language: str = "en") -> tuple[tuple[str, str], ...]:
    """Return what stands in ``text``, piece by piece, and what to say for each.

    A letter is said as a word (``("M", "Mike")``), one with an accent as itself (``("é", "E
    acute")``), digits by groups (``("7946", "seven nine four six")``), and a blank (``" "``) as
    nothing. What has no name here is said as nothing too. The words are English, German or French,
    by ``language`` (BCP 47), and English for any other.
    """
    words = _LANGUAGES.get(re.split("[-_]", language.lower())[0], _ENGLISH)
    said: list[tuple[str, str]] = []
    for piece in _pieces(unicodedata.normalize("NFC", text)):
        if piece.isdecimal():
            groups = group_digits(piece).split()
            said += [(group, _digits(group, words)) for group in groups]
        elif piece.isspace():
            said.append((" ", ""))
        else:
            said.append((piece, _letter(piece, words)))
    return tuple(said)


def group_digits(number: str) -> str:
    """Return ``number`` with blanks in each run of more than four digits, for reading it aloud.

    The groups have three digits, the last one two to four: ``2079460123`` is ``207 946 0123``.
    Groups that are there stay as they are.
    """
    return re.sub(rf"[^\W\D]{{{_GROUP + 1},}}", lambda run: _grouped(run[0]), number)


def _grouped(run: str) -> str:
    end = len(run) - 4 if len(run) % 3 == 1 else len(run)
    groups = [run[at : min(at + 3, end)] for at in range(0, end, 3)]
    return " ".join([*groups, run[end:]] if end < len(run) else groups)


def _pieces(text: str) -> list[str]:
    """Split ``text`` into runs of digits, runs of blanks, and letters with the marks on them."""
    pieces: list[str] = []
    for piece in _DIGITS_OR_BLANKS_OR_ONE.findall(text):
        if pieces and unicodedata.category(piece[0])[0] == "M":
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _digits(group: str, words: _Language) -> str:
    return " ".join(words.digits[unicodedata.decimal(digit)] for digit in group)


def _letter(piece: str, words: _Language) -> str:
    if known := words.letters.get(piece.lower()) or words.signs.get(piece.translate(_SAME_SIGN)):
        return known
    base, *marks = list(unicodedata.normalize("NFD", piece))
    if marks and base.lower() in words.letters:
        accents = (words.accents.get(mark, "") for mark in marks)
        letter = base.upper() if base.isascii() else words.letters[base.lower()]
        return " ".join(filter(None, (letter, *accents)))
    name = _NAME_OF_LETTER.search(unicodedata.name(base, ""))
    return name[1].capitalize() if name else ""
