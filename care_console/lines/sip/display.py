"""A caller's name as it may be shown, however a telephone system has written it."""

import base64
import quopri
import re

from care_console.base.names import clean
from care_console.lines.handed import UNKNOWN
from care_console.lines.line import LONGEST_NAME

_LONGEST_READ = 1_000  # characters, of what somebody sent
_ENCODED = re.compile(r"=\?([\w\-]{1,20})(?:\*[\w\-]*)?\?([bq])\?([^?\s]*)\?=", re.IGNORECASE)
_BETWEEN = re.compile(r"(\?=)\s+(?==\?[\w\-]{1,20}(?:\*[\w\-]*)?\?[bq]\?)", re.IGNORECASE)
_CHARSETS = frozenset(
    {"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin1", "iso-8859-15", "iso-8859-2"}
    | {"windows-1250", "windows-1251", "windows-1252", "koi8-r"}
)
_ONLY_A_NUMBER = re.compile(r"[+\d*#().\-/ ]+")


def name_of(display: str, number: str | None) -> str:
    """Return a display name of at most 80 characters, plain text; "" if it is only the number, or
    a word such as ``Unknown``.

    RFC 2047 has no place in SIP, but is sent.
    """
    text = display[:_LONGEST_READ]
    if "=?" in text:
        text = _ENCODED.sub(_decoded, _BETWEEN.sub(r"\1", text))
    name = clean(text, LONGEST_NAME)
    no_name = name == number or name.casefold() in UNKNOWN or _ONLY_A_NUMBER.fullmatch(name)
    return "" if no_name else name


def _decoded(word: re.Match[str]) -> str:
    charset, kind, text = word[1].lower(), word[2].lower(), word[3]
    if charset not in _CHARSETS:
        return word[0]
    try:
        raw = text.encode("ascii")
        if kind == "b":
            data = base64.b64decode(raw + b"=" * (-len(raw) % 4))
        else:
            data = quopri.decodestring(raw, header=True)
        return data.decode(charset, "replace")
    except ValueError:  # also of binascii and of Unicode
        return word[0]
