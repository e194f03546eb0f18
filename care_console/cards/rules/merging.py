"""What two cards that are merged become, and what of them differs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from care_console.base.names import isolated
from care_console.base.phone import show
from care_console.base.words import N_, _, ngettext
from care_console.cards.rules.card import FIELDS, LONG_FIELDS, Card
from care_console.cards.rules.words import field_words

BETWEEN = "\n\n"  # two texts of which both are kept


class Side(StrEnum):
    """Whose value a field has afterwards."""

    KEEP = "keep"  # of the card that stays
    OTHER = "other"  # of the one that is merged into it
    BOTH = "both"  # one after the other, where there is room for it


@dataclass(frozen=True, slots=True)
class Differing:
    """A field in which both cards say something, and not the same."""

    field: str
    keep: str
    other: str

    @property
    def sides(self) -> tuple[Side, ...]:
        """What can be chosen, the usual first."""
        if self.field in LONG_FIELDS:
            return (Side.BOTH, Side.KEEP, Side.OTHER)
        return (Side.KEEP, Side.OTHER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which card is merged into which, and what of them stays.

    ``seen`` are the fields of each card by its id, as whoever chose saw them.
    """

    keep_id: int
    other_id: int
    sides: Mapping[str, Side]
    seen: Mapping[int, Mapping[str, str]]


def values_of(card: Card) -> dict[str, str]:
    """Return what is compared when two cards are merged: their fields, and what they stand for."""
    return {**card.fields, "kind": card.kind.value}


def differing(keep: Mapping[str, str], other: Mapping[str, str]) -> list[Differing]:
    """Return the fields in which both say something, and not the same."""
    return [
        Differing(field, keep[field], other[field])
        for field in ("kind", *FIELDS)
        if keep[field] and other[field] and keep[field] != other[field]
    ]


def merged(
    keep: Mapping[str, str], other: Mapping[str, str], sides: Mapping[str, Side]
) -> dict[str, str]:
    """Return what the fields say afterwards; an empty one is filled from the other card."""
    fields = dict(keep)
    for field, theirs in other.items():
        if not keep[field]:
            fields[field] = theirs
    for each in differing(keep, other):
        fields[each.field] = _chosen(each, sides.get(each.field, each.sides[0]))
    return fields


def _chosen(each: Differing, side: Side) -> str:
    if side is Side.OTHER:
        return each.other
    if side is Side.BOTH and each.field in LONG_FIELDS:
        return each.keep if each.other in each.keep else f"{each.keep}{BETWEEN}{each.other}"
    return each.keep


def filled_words(keep: Mapping[str, str], other: Mapping[str, str]) -> str:
    """Return which empty fields are filled from the other card, or ""."""
    fields = [field_words(field) for field in FIELDS if not keep[field] and other[field]]
    return _("Filled from it: {fields}").format(fields=", ".join(fields)) if fields else ""


def moved_words(counts: Mapping[str, int]) -> str:
    """Return how much goes along, by the names of tables: "3 calls, 1 duty"."""
    said = []
    for place, (one, many) in PLACE_WORDS.items():
        if count := counts.get(place, 0):
            said.append(ngettext(one, many, count).format(count=count))
    return ", ".join(said)


def reached_words(card: Card) -> str:
    """Return by what a card is reached, so that two of one name are told apart."""
    numbers = (show(each.e164) if each.e164 else each.raw for each in card.phones)
    mails = (each.address for each in card.emails)
    places = (each.line for each in card.addresses)
    said = (isolated(each.strip()) for each in (*numbers, *mails, *places) if each.strip())
    return "  ·  ".join(dict.fromkeys(said))


def changed_words(places: Iterable[str]) -> str:
    """Return what was changed since a merge, by the names of tables: "a call, a duty"."""
    known = [_(CHANGED_WORDS.get(place, N_("something that was moved"))) for place in places]
    return ", ".join(dict.fromkeys(known))


PLACE_WORDS = {  # in the order in which they are told
    "contact": (N_("{count} contact"), N_("{count} contacts")),
    "call": (N_("{count} call"), N_("{count} calls")),
    "matter": (N_("{count} matter"), N_("{count} matters")),
    "recovery": (N_("{count} recovery"), N_("{count} recoveries")),
    "duty": (N_("{count} duty"), N_("{count} duties")),
    "remedy": (N_("{count} remedy"), N_("{count} remedies")),
    "authority_request": (N_("{count} request"), N_("{count} requests")),
    "card_phone": (N_("{count} number"), N_("{count} numbers")),
    "card_email": (N_("{count} e-mail address"), N_("{count} e-mail addresses")),
    "card_address": (N_("{count} address"), N_("{count} addresses")),
    "card_membership": (N_("{count} group"), N_("{count} groups")),
    "card_alert": (N_("{count} alert note"), N_("{count} alert notes")),
    "card_relation": (N_("{count} relation"), N_("{count} relations")),
    "entry_card": (N_("{count} line of history"), N_("{count} lines of history")),
}

CHANGED_WORDS = {
    "card": N_("the card itself"),
    "contact": N_("a contact"),
    "call": N_("a call"),
    "matter": N_("a matter"),
    "recovery": N_("a recovery"),
    "recovery_step": N_("a recovery"),
    "duty": N_("a duty"),
    "remedy": N_("a remedy"),
    "authority_request": N_("a request"),
    "card_phone": N_("a number"),
    "card_email": N_("an e-mail address"),
    "card_address": N_("an address"),
    "card_membership": N_("a group"),
    "card_alert": N_("an alert note"),
    "card_relation": N_("a relation"),
    "card_replaced": N_("a later merge"),
    "entry_card": N_("the history"),
}
