"""A card as vCard 4.0 (RFC 6350), from which the same card can be made again."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from care_console.cards.rules import Kind, NewAddress, NewCard, RelationKind
from care_console.exchange.rules.kept import NAME, company_in, name_in, name_of
from care_console.exchange.rules.person import EXACT, Person, Tie, membership_words
from care_console.exchange.rules.vcard import mark_of
from care_console.exchange.rules.vocabulary import language_of

WIDEST = 75  # octets of a line, RFC 6350, section 3.2
TYPES = {  # of our labels, those that other programs know
    "work": "work",
    "home": "home",
    "mobile": "cell",
    "fax": "fax",
    "pager": "pager",
}
OURS = {  # fields for which a vCard has no property, or none that keeps any text
    "say_it": "X-CARE-SAY-IT",
    "form_of_address": "X-CARE-FORM-OF-ADDRESS",
    "language": "X-CARE-LANGUAGE",
    "preferred_channel": "X-CARE-PREFERRED-CHANNEL",
    "preferred_hours": "X-CARE-PREFERRED-HOURS",
    "accessibility": "X-CARE-ACCESSIBILITY",
    "do": "X-CARE-DO",
    "dont": "X-CARE-DONT",
    "may_be_told": "X-CARE-MAY-BE-TOLD",
}
THEIRS = {  # fields that are a property each
    "preferred": "NICKNAME",
    "title": "TITLE",
    "pronoun": "PRONOUNS",  # RFC 9554
    "note": "NOTE",
}
ESCAPED = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n"})
QUOTED = str.maketrans({"^": "^^", "\n": "^n", '"': "^'"})  # RFC 6868


def as_vcard(person: Person) -> str:
    """Return the card with its line ends, folded."""
    return "".join(f"{folded(line)}\r\n" for line in _lines(person))


def escaped(text: str) -> str:
    """Return a text as it stands in a value, RFC 6350, section 3.4."""
    return text.translate(ESCAPED)


def quoted(text: str) -> str:
    """Return a text as it stands in a parameter (RFC 6868)."""
    return f'"{text.translate(QUOTED)}"'


def folded(line: str) -> str:
    """Return a line cut so that no piece is longer than WIDEST, nor looks like a card's end."""
    if len(line) * 4 <= WIDEST or (line.isascii() and len(line) <= WIDEST):
        return line
    pieces: list[str] = []
    start = 0
    while start < len(line):
        end = start + _room(line, start, WIDEST - bool(pieces))
        while end < len(line) and mark_of(line[end : end + 20]):
            end -= 1
        pieces.append(line[start:end])
        start = end
    return "\r\n ".join(pieces)


def _room(line: str, start: int, octets: int) -> int:
    """Return how many letters from ``start`` on have so many octets at the most."""
    end = min(len(line), start + octets)
    while len(line[start:end].encode()) > octets:
        end -= max(1, (len(line[start:end].encode()) - octets) // 4)
    return end - start


def _lines(person: Person) -> Iterator[str]:
    card = person.card
    yield from ("BEGIN:VCARD", "VERSION:4.0", f"{EXACT}:1")
    yield (
        f"UID:urn:uuid:{card.uid}" if _is_uuid(card.uid) else f"UID;VALUE=text:{escaped(card.uid)}"
    )
    yield f"FN:{escaped(person.name)}"
    yield from _name(person)
    for field, name in (THEIRS | OURS).items():
        if words := getattr(card, field):
            yield f"{name}:{escaped(words)}"
    if tag := language_of(card.language):
        yield f"LANG:{tag}"
    yield from _ways(card)
    yield from _groups(person)
    yield from (_related(each) for each in person.ties if each.relation is not None)
    yield from (line for line in person.kept if name_of(line) not in ("N", "ORG"))
    yield "END:VCARD"


def _name(person: Person) -> Iterator[str]:
    card = person.card
    parts = tuple(getattr(card, part) for part in NAME)
    plain = "N:" + ";".join(map(escaped, parts))
    theirs = [line for line in person.kept if name_of(line) == "N" and name_in(line) == parts]
    yield from (*theirs[:1], f"X-CARE-{plain}") if theirs else (plain,)
    named = card.company or (card.family if card.kind is Kind.ORGANISATION else "")
    units = [line for line in person.kept if name_of(line) == "ORG" and company_in(line) == named]
    if named:
        yield units[0] if units else f"ORG:{escaped(named)}"
    if named != card.company or units:
        yield f"X-CARE-COMPANY:{escaped(card.company)}"
    if card.kind is Kind.ORGANISATION:
        yield "KIND:org"


def _ways(card: NewCard) -> Iterator[str]:
    for phone in card.phones:
        shared = ";X-CARE-SHARED=1" if phone.shared else ""
        yield f"TEL{_label(phone.label)}{shared};VALUE=text:{escaped(phone.raw)}"
    for email in card.emails:
        yield f"EMAIL{_label(email.label)}:{escaped(email.address)}"
    for address in card.addresses:
        yield f"ADR{_label(address.label)}:{_address(address)}"


def _address(each: NewAddress) -> str:
    parts = (each.street, each.town, each.region, each.postcode, each.country)
    return ";;" + ";".join(map(escaped, parts))


def _groups(person: Person) -> Iterator[str]:
    card = person.card
    if card.memberships:
        groups = dict.fromkeys(each.group.value for each in card.memberships)
        yield "CATEGORIES:" + ",".join(groups)
    for at, each in enumerate(card.memberships):
        people = "".join(
            f";X-CARE-{'SELLER' if tie.sold else 'OWNER'}={quoted(tie.uid)}"
            for tie in person.ties
            if tie.relation is None and tie.membership == at
        )
        yield f"X-CARE-MEMBERSHIP{people}:" + ";".join(map(escaped, membership_words(each)))
    for alert in card.alerts:
        days = ("" if day is None else day.isoformat() for day in (alert.since, alert.until))
        yield f"X-CARE-ALERT:{escaped(alert.words)};" + ";".join(days)


def _related(tie: Tie) -> str:
    kind = "co-resident" if tie.relation is RelationKind.HOUSEHOLD_OF else "contact"
    said = [f"X-CARE-KIND={quoted(str(tie.relation))}"]
    said += ["X-CARE-SIDE=first" if tie.forward else "X-CARE-SIDE=second"]
    said += [f"X-CARE-SINCE={tie.since.isoformat()}"] if tie.since else []
    said += [f"X-CARE-UNTIL={tie.until.isoformat()}"] if tie.until else []
    uid = f"VALUE=uri:urn:uuid:{tie.uid}" if _is_uuid(tie.uid) else f"VALUE=text:{escaped(tie.uid)}"
    return f"RELATED;TYPE={kind};{';'.join(said)};{uid}"


def _label(label: str) -> str:
    if not label:
        return ""
    known: Iterable[str] = (TYPES[word] for word in label.split() if word in TYPES)
    types = ",".join(known)
    quotes = '"' if "," in types else ""
    return (f";TYPE={quotes}{types}{quotes}" if types else "") + f";X-CARE-LABEL={quoted(label)}"


def _is_uuid(uid: str) -> bool:
    try:
        return str(UUID(uid)) == uid
    except ValueError:
        return False
