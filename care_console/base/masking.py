"""Card and bank numbers in what is typed: found by their check digits, and masked."""

import re
from collections.abc import Iterator
from typing import NamedTuple

MASK = "••••"
EXCUSE = "ref. "  # before a number that somebody says is none of these

_BETWEEN = " .\u2009\u00a0-"
_RUN = re.compile(rf"(?<![\w+#•])\d+(?:[{_BETWEEN}]\d+)*(?!\w)")
_GROUPS = {(16,), (15,), (4, 4, 4, 4), (4, 6, 5), (4, 4, 4, 4, 3)}  # as cards are printed
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}(?!\w)", re.IGNORECASE)
_EXCUSED = re.compile(
    r"(?:order|invoice|ref|reference|contract|meter|serial|parcel|tracking|shipment|customer|"
    r"account|ticket|policy|imei)s?\.?(?: (?:no|nr|number|id))?[.:#]* *$",
    re.IGNORECASE,
)
_PAYING = re.compile(
    r"\b(?:card|visa|master|mastercard|amex|maestro|debit|credit|bank|iban|cvc|cvv|pays?|paid)\b",
    re.IGNORECASE,
)
_NEAR = 40  # characters before a number that say what it is

_ISSUERS = (  # first digits from, to, and the lengths in use (ISO/IEC 7812-1)
    ("4", "4", (13, 16, 19)),
    ("51", "55", (16,)),
    ("2221", "2720", (16,)),
    ("34", "34", (15,)),
    ("37", "37", (15,)),
    ("300", "305", (14,)),
    ("36", "36", (14,)),
    ("38", "39", (14,)),
    ("3528", "3589", (16, 17, 18, 19)),
    ("6011", "6011", (16, 19)),
    ("62", "62", (16, 17, 18, 19)),
    ("644", "659", (16, 19)),
    ("5018", "5018", (13, 14, 15, 16, 17, 18, 19)),
    ("5020", "5020", (13, 14, 15, 16, 17, 18, 19)),
    ("5038", "5038", (13, 14, 15, 16, 17, 18, 19)),
    ("6304", "6304", (13, 14, 15, 16, 17, 18, 19)),
    ("6759", "6763", (13, 14, 15, 16, 17, 18, 19)),
)
_LONGEST_PHONE = 15  # digits (E.164)
_IBAN_LENGTHS = {  # ISO 13616, of the countries that have one
    **dict.fromkeys(("NO",), 15),
    **dict.fromkeys(("BE",), 16),
    **dict.fromkeys(("DK", "FI", "FO", "GL", "NL", "SD", "FK"), 18),
    **dict.fromkeys(("MK", "SI"), 19),
    **dict.fromkeys(("AT", "BA", "EE", "KZ", "LT", "LU", "XK", "MN"), 20),
    **dict.fromkeys(("CH", "HR", "LI", "LV"), 21),
    **dict.fromkeys(("BG", "BH", "CR", "DE", "GB", "GE", "IE", "ME", "RS", "VA"), 22),
    **dict.fromkeys(("AE", "GI", "IL", "IQ", "TL", "OM", "SO"), 23),
    **dict.fromkeys(("AD", "CZ", "ES", "MD", "PK", "RO", "SA", "SE", "SK", "TN", "VG"), 24),
    **dict.fromkeys(("LY", "PT", "ST"), 25),
    **dict.fromkeys(("IS", "TR"), 26),
    **dict.fromkeys(("DJ", "FR", "GR", "IT", "MC", "MR", "SM", "BI"), 27),
    **dict.fromkeys(("AL", "AZ", "BY", "CY", "DO", "GT", "HU", "LB", "NI", "PL", "SV"), 28),
    **dict.fromkeys(("BR", "EG", "PS", "QA", "UA"), 29),
    **dict.fromkeys(("JO", "KW", "MU", "YE"), 30),
    **dict.fromkeys(("MT", "SC"), 31),
    **dict.fromkeys(("LC",), 32),
    **dict.fromkeys(("RU",), 33),
}


class Secret(NamedTuple):
    """A number that is not to be kept: where it stands, and what stands there instead."""

    start: int
    end: int
    instead: str


def secrets_in(text: str) -> list[Secret]:
    """Return the card and bank numbers in ``text``, in their order; none overlaps another.

    A card number has 13 to 19 digits, a known issuer and its check digit (ISO/IEC 7812-1, Luhn);
    a bank account the length of its country and its check digits (ISO 13616). What could be dialled
    is a telephone number, and what is called an order or the like is one.
    """
    found = [*_banks(text)]
    taken = [(each.start, each.end) for each in found]
    for each in _cards(text):
        if not any(start < each.end and each.start < end for start, end in taken):
            found.append(each)
    return sorted(found)


def masked(text: str) -> str:
    """Return ``text`` with only the last four digits of each card or bank number."""
    for each in reversed(secrets_in(text) if _may_hold(text) else ()):
        text = text[: each.start] + each.instead + text[each.end :]
    return text


def _may_hold(text: str) -> bool:
    return sum(map(str.isdigit, text)) >= 8


def _cards(text: str) -> Iterator[Secret]:
    for match in _RUN.finditer(text):
        for run in _parts(match[0]):
            digits = "".join(filter(str.isdigit, run))
            if _is_card(digits) and not _excused(text, match.start()):
                yield Secret(match.start(), match.start() + len(run), f"{MASK} {digits[-4:]}")
                break


def _parts(run: str) -> Iterator[str]:
    """Give the whole run of digits, and what of it begins like a printed card: a month follows."""
    yield run
    sizes: list[int] = []
    for group in re.finditer(r"\d+", run):
        sizes.append(len(group[0]))
        if tuple(sizes) in _GROUPS and group.end() < len(run):
            yield run[: group.end()]


def _is_card(digits: str) -> bool:
    likely = digits.isascii() and _issued(digits) and _luhn(digits)
    return likely and not _could_be_dialled(digits)


def _banks(text: str) -> Iterator[Secret]:
    for match in _IBAN.finditer(text):
        whole = _whole_iban(match[0])
        if whole and not _EXCUSED.search(text[max(0, match.start() - _NEAR) : match.start()]):
            last = re.sub(r"[ -]", "", whole)[-4:]
            yield Secret(match.start(), match.start() + len(whole), f"{MASK} {last}")


def _whole_iban(text: str) -> str:
    """Return the beginning of ``text`` that is an account with its check digits, or ""."""
    wanted = _IBAN_LENGTHS.get(text[:2].upper(), 0)
    signs = 0
    for at, sign in enumerate(text):
        signs += sign not in " -"
        if wanted and signs == wanted:
            ends = at + 1 == len(text) or text[at + 1] in " -"
            return text[: at + 1] if ends and _mod_97(text[: at + 1]) else ""
    return ""


def _mod_97(text: str) -> bool:
    plain = re.sub(r"[ -]", "", text).upper()
    if not plain.isascii():
        return False
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1


def _issued(digits: str) -> bool:
    return any(
        first <= digits[: len(first)] <= last and len(digits) in lengths
        for first, last, lengths in _ISSUERS
    )


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        twice = int(digit) * (1 + place % 2)
        total += twice - 9 * (twice > 9)
    return total % 10 == 0


def _excused(text: str, at: int) -> bool:
    before = text[max(0, at - _NEAR) : at]
    return bool(_EXCUSED.search(before)) and not _PAYING.search(before)


def _could_be_dialled(digits: str) -> bool:
    if len(digits) > _LONGEST_PHONE:
        return False
    from phonenumbers import NumberParseException, is_possible_number, is_valid_number, parse

    try:
        number = parse(f"+{digits}")
    except NumberParseException:
        return False
    return is_possible_number(number) and is_valid_number(number)
