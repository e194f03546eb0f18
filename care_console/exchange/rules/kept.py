"""Lines of a vCard that no field here has a place for, kept so that an export gives them back."""

import re

from care_console.exchange.rules.vcard import OURS, READ
from care_console.exchange.rules.vcard_line import BASE64, Head, Raw, cut, parts, text
from care_console.exchange.rules.vocabulary import group_of

NAME = ("family", "given", "additional", "prefix", "suffix")  # N, RFC 6350, section 6.2.2
SEVERAL = frozenset({"additional", "prefix"})  # with commas between them
STRUCTURED = frozenset({"N", "ORG"})  # kept where a field holds less than they say
HALF_READ = frozenset({"GENDER", "RELATED"})
LABEL = "X-ABLABEL"
BROKEN = re.compile("[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]")
AS_UTF_8 = ("ENCODING", "CHARSET")  # parameters of what is written in UTF-8 from now on
CODINGS = ("QUOTED-PRINTABLE", "BASE64")  # which vCard 2.1 names without their parameter
ESCAPED = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n"})


def kept_lines(sheet: list[str], raw: Raw) -> list[str]:
    """Return those lines of a card that say what no field takes, as vCard 4.0 has them."""
    found = [(line, *cut(line)) for line in sheet]
    kept = [
        (head.group, _kept_line(line, head, value, raw))
        for line, head, value in found
        if _is_kept(head, value)
    ]
    groups = {group for group, _line in kept if group}
    labels = [
        _kept_line(line, head, value, raw)
        for line, head, value in found
        if head.name == LABEL and head.group in groups
    ]
    return [_sound(line) for line in (*(line for _group, line in kept), *labels)]


def _is_kept(head: Head, value: str) -> bool:
    """Tell whether a line says something that no field of a card takes."""
    if head.name in STRUCTURED:
        said = value.replace("\\\\", "").replace("\\,", "").replace("\\;", "")
        more = "," in said if head.name == "N" else ";" in said.strip(";")
        return more or head.more
    if head.name == "CATEGORIES":
        return any(group_of(each) is None for each in value.split(","))
    unread = head.name not in READ or head.name in HALF_READ
    return unread and not head.name.startswith(OURS) and not _is_tie(head)


def _is_tie(head: Head) -> bool:
    return head.name == "RELATED" and bool(head.care)


def _kept_line(line: str, head: Head, value: str, raw: Raw) -> str:
    """Return a whole line as vCard 4.0 has it: in UTF-8, and each parameter with its name."""
    said = line[: len(line) - len(value) - 1].split(";")
    if head.name == "CATEGORIES":
        value = ",".join(each for each in value.split(",") if group_of(each) is None)
    if head.coding == BASE64:
        return f"{';'.join([*_named(said), 'ENCODING=b'])}:{''.join(value.split())}"
    if head.coding or head.charset:
        between = ";" if head.name in STRUCTURED or ";" in value else ""
        pieces = parts(head, value, raw) if between else [text(head, value, raw)]
        value = ";".join(piece.translate(ESCAPED) for piece in pieces)
    return f"{';'.join(_named(said))}:{value}".replace("\r", "").replace("\n", "\\n")


def name_of(line: str) -> str:
    """Return the name of the property that a kept line is of."""
    return line.partition(":")[0].partition(";")[0].rpartition(".")[2].strip().upper()


def name_in(line: str) -> tuple[str, ...]:
    """Return the parts of a name, as an import reads them from the N that was kept."""
    head, value = cut(line)
    found = [*parts(head, value, lambda _text: None), *[""] * len(NAME)]
    return tuple(
        " ".join((part.replace(",", " ") if name in SEVERAL else part).split())
        for name, part in zip(NAME, found, strict=False)
    )


def company_in(line: str) -> str:
    """Return the organisation of an ORG that was kept, without its units."""
    head, value = cut(line)
    return " ".join(parts(head, value, lambda _text: None)[0].split())


def _sound(line: str) -> str:
    return BROKEN.sub("", line)


def _named(said: list[str]) -> list[str]:
    name, *parameters = said
    kept = [name.strip()]
    for each in parameters:
        words = each.strip().upper()
        if words.startswith(AS_UTF_8) or words in CODINGS:
            continue
        kept.append(each if "=" in each or kept[-1].count('"') % 2 else f"TYPE={each.strip()}")
    return kept
