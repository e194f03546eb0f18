"""A card as a vCard 4.0 (RFC 6350), for the person it is about."""

from collections.abc import Iterator

from care_console.cards.rules import Card, Kind

FOLD_AT = 75  # octets of a line without its end (RFC 6350, 3.2)


def vcard(card: Card) -> str:
    """Return the card as one vCard; an empty field has no line."""
    lines = ["BEGIN:VCARD", "VERSION:4.0", *_lines(card), "END:VCARD"]
    return "".join(f"{folded(each)}\r\n" for each in lines)


def escaped(text: str) -> str:
    """Return a value in which no character means something else (RFC 6350, 3.4)."""
    text = text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def folded(line: str) -> str:
    """Return a line cut so that none is longer than FOLD_AT octets, and no letter is split."""
    parts, here, size = [], "", 0
    for letter in line:
        wide = len(letter.encode("utf-8", "replace"))
        if size + wide > FOLD_AT:
            parts.append(here)
            here, size = " ", 1
        here, size = here + letter, size + wide
    return "\r\n".join([*parts, here])


def _lines(card: Card) -> Iterator[str]:
    field = card.fields
    parts = ("family", "given", "additional", "prefix", "suffix")
    yield f"KIND:{'org' if card.kind is Kind.ORGANISATION else 'individual'}"
    yield f"FN:{escaped(card.name)}"
    yield "N:" + ";".join(escaped(field[part]) for part in parts)
    for name, of in PLAIN:
        if field[of]:
            yield f"{name}:{escaped(field[of])}"
    yield from _ways(card)
    for of in NOTES:
        if field[of]:
            yield f"NOTE:{escaped(field[of])}"
    groups = [str(each.group) for each in card.memberships]
    if groups:
        yield "CATEGORIES:" + ",".join(escaped(each) for each in dict.fromkeys(groups))


def _ways(card: Card) -> Iterator[str]:
    for phone in card.phones:
        more = f";ext={phone.extension}" if phone.extension else ""
        if phone.e164:
            yield f"TEL;VALUE=uri:tel:{phone.e164}{more}"
        else:
            yield f"TEL;VALUE=text:{escaped(phone.raw)}"
    for mail in card.emails:
        yield f"EMAIL:{escaped(mail.address)}"
    for place in card.addresses:
        parts = ("", "", place.street, place.town, place.region, place.postcode, place.country)
        yield "ADR:" + ";".join(escaped(part) for part in parts)


PLAIN = (
    ("NICKNAME", "preferred"),
    ("ORG", "company"),
    ("TITLE", "title"),
    ("LANG", "language"),
)
NOTES = ("note", "do", "dont", "accessibility", "may_be_told", "preferred_hours")
