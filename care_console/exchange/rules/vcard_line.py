"""One line of a vCard: its name, what is said about it, and its value as plain text."""

import binascii
import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from care_console.exchange.rules.vocabulary import LABEL_OF, label_of

Raw = Callable[[str], bytes | None]  # Text.raw

QUOTED, BASE64 = "quoted", "base64"
CARE = "x-care-"
CARETS = re.compile(r"\^([n^'])")
CARET_MEANS = {"n": "\n", "^": "^", "'": '"'}
CODINGS = {"quoted-printable": QUOTED, "q": QUOTED, "base64": BASE64, "b": BASE64}
NOT_PREFERRED = 101  # RFC 6350, section 5.3: 1 is the most preferred of 100
LONGEST_KNOWN = 200  # a longer head is rare, and not worth keeping

HEAD = re.compile(r'(?:[^":]++|"[^"]*+")*+:')
PARAMETER = re.compile(r';\s*([^=;"]*)(?:=((?:"[^"]*"?|[^";])*))?')
CHARSET = re.compile(  # encodings of letters; Python knows some of other things too
    r"utf-?(8|16|32)([bl]e)?|us-ascii|ascii|(iso-?)?8859-\d+|latin-?\d|(windows-|cp)\d+|koi8-[ru]"
    r"|(x-)?mac-?roman|macintosh|shift-?jis|sjis|euc-(jp|kr)|iso-2022-(jp|kr)|gb-?(2312|k|18030)"
    r"|big5(-hkscs)?"
)


class Head(NamedTuple):
    """What stands before the colon, for example ``item1.TEL;TYPE=work,pref``."""

    group: str = ""  # item1
    name: str = ""  # TEL
    label: str = ""  # in our words: work
    coding: str = ""  # QUOTED, BASE64 or nothing
    charset: str = ""
    pref: int = NOT_PREFERRED
    full_label: str = ""  # LABEL, RFC 6350, section 6.3.1
    care: tuple[tuple[str, str], ...] = ()  # what only this program writes, for example the label
    more: bool = False  # it has parameters that nobody reads


def cut(line: str) -> tuple[Head, str]:
    """Cut a whole line at the colon that ends its head."""
    head, _colon, value = line.partition(":")
    if head.count('"') % 2 and (match := HEAD.match(line)):
        head, value = line[: match.end() - 1], line[match.end() :]
    return (_known(head) if len(head) < LONGEST_KNOWN else _head(head)), value


def text(head: Head, value: str, raw: Raw) -> str:
    """Return a value that is one text."""
    return _open(_decoded(head, _protected(_recoded(head, value, raw))))


def parts(head: Head, value: str, raw: Raw, between: str = ";") -> list[str]:
    """Return the texts of a value that has several."""
    value = _recoded(head, value, raw)
    if head.coding and between not in value:  # some telephones encode these too
        value = _decoded(head, value)
        head = head._replace(coding="")
    if "\\" not in value and not head.coding:
        return value.split(between)
    return [_open(_decoded(head, part)) for part in _protected(value).split(between)]


def _head(whole: str) -> Head:
    match = PARAMETER.search(whole)
    group, _dot, name = whole[: match.start() if match else None].rpartition(".")
    found = {"name": name.strip().upper(), "group": group.strip().upper()}
    types: list[str] = []
    care: list[tuple[str, str]] = []
    more = False
    for parameter in PARAMETER.finditer(whole):
        said = parameter[1].strip().lower()
        if said.startswith(CARE):
            care.append((said.removeprefix(CARE), _unquoted(parameter[2] or "")))
        else:
            more |= not _note(found, types, said, parameter[2])
    pref = found.pop("pref", "1" if "pref" in types else "")
    return Head(
        **found,
        care=tuple(care),
        more=more,
        label=_label(types),
        pref=int(pref) if pref.isascii() and pref.isdigit() and len(pref) < 4 else NOT_PREFERRED,
    )


_known = lru_cache(maxsize=4096)(_head)


def _note(found: dict[str, str], types: list[str], name: str, value: str | None) -> bool:
    """Note what a parameter says, and tell whether anybody knows it.

    vCard 2.1 has types and codings without a name: ``TEL;WORK``, ``NOTE;QUOTED-PRINTABLE``.
    """
    said = (name if value is None else value).replace('"', "").strip()
    plain = said.lower()
    if name == "encoding" or (value is None and plain in CODINGS):
        found["coding"] = CODINGS.get(plain, "")
    elif name == "charset":
        found["charset"] = (
            plain.replace("_", "-") if CHARSET.fullmatch(plain.replace("_", "-")) else ""
        )
    elif name == "pref" and value is not None:
        found["pref"] = plain
    elif name == "label":
        found["full_label"] = said.replace("^n", "\n").replace("\\n", "\n")  # RFC 6868
    elif name == "type" or value is None:
        types += [each.strip() for each in plain.split(",")]
    else:
        return name in ("value", "language", "altid", "pid")
    return True


def _unquoted(value: str) -> str:
    """Return the text of a parameter as it was before RFC 6868."""
    return CARETS.sub(lambda caret: CARET_MEANS[caret[1]], value.replace('"', ""))


def _label(types: list[str]) -> str:
    if known := [each for each in types if each in LABEL_OF]:
        return label_of(" ".join(known))
    made_up = [each[2:] for each in types if each.startswith("x-")]
    return label_of(made_up[0]) if made_up else ""


def _recoded(head: Head, value: str, raw: Raw) -> str:
    """Letters of an encoding that only this line has were read as if they were the file's."""
    if head.charset and not head.coding and not value.isascii():
        data = raw(value)
        return value if data is None else _letters(data, head.charset)
    return value


def _decoded(head: Head, value: str) -> str:
    if not head.coding:
        return value
    try:
        data = value.encode()
        data = binascii.a2b_qp(data) if head.coding == QUOTED else binascii.a2b_base64(data)
    except binascii.Error:
        return ""
    return _letters(data, head.charset).replace("\r\n", "\n").replace("\r", "\n")


def _letters(data: bytes, charset: str) -> str:
    try:
        return data.decode(charset or "utf-8", "replace" if charset else "strict")
    except (UnicodeDecodeError, LookupError):
        return data.decode("cp1252", "replace")


def _protected(value: str) -> str:
    """Escaped letters become NUL and a letter; no NUL comes from a file (see ``Text.lines``)."""
    if "\\" not in value:
        return value
    value = value.replace("\\\\", "\0b").replace("\\;", "\0s").replace("\\,", "\0c")
    return value.replace("\\:", ":").replace("\\n", "\n").replace("\\N", "\n")


def _open(value: str) -> str:
    if "\0" not in value:
        return value
    return value.replace("\0s", ";").replace("\0c", ",").replace("\0b", "\\")
