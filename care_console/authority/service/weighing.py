"""What the limits say to a wish, asked inside a unit."""

from dataclasses import dataclass

from sqlmodel import Session

from care_console.authority.records import CatalogueRecord
from care_console.authority.rules.limits import ALL, Decision, Terms, Wish, decide
from care_console.authority.rules.refusals import NotGiven
from care_console.authority.service.counters import Key
from care_console.authority.service.looking import (
    LIMITS,
    MEMBERS,
    SPENT,
    Place,
    Rows,
    got_for,
    spans,
    terms_of,
    used_of,
)
from care_console.base.words import N_
from care_console.store import ask, kept_moment


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the limits say to a wish, and of whom."""

    members: tuple[int, ...]  # the cards that are one customer
    terms: Terms
    decision: Decision


def wish_of(
    db: Session, catalogue_id: int, pieces: int, minor: int
) -> tuple[CatalogueRecord, Wish]:
    """Return so much of a remedy, without both what is usual. Raises NotGiven."""
    kind = db.get(CatalogueRecord, catalogue_id)
    if kind is None or not kind.active:
        raise NotGiven(N_("This remedy is no longer in the catalogue."))
    counted = kind.unit != "money"
    pieces = (pieces or kind.usual) if counted else 0
    minor = pieces * kind.piece_minor if counted else (minor or kind.usual)
    if (pieces if counted else minor) <= 0:
        raise NotGiven(N_("Type an amount above zero."))
    return kind, Wish(kind.id, minor, pieces, counted, kind.entitlement)


def weigh(db: Session, place: Place, wish: Wish, back: dict[Key, int] | None = None) -> Weighed:
    """Return what the limits say, when what is held as ``back`` will have been given back."""
    values = place.values
    members = tuple(row[0] for row in ask(db, MEMBERS, values)) or (place.card_id,)
    terms = terms_of(ask(db, LIMITS, values), place)
    wanted = [each for each in spans(terms) if each[0] in (ALL, wish.catalogue_id)]
    got: dict[int, Rows] = {
        days: ask(db, sql, {**values, "since": kept_moment(place.since(days))})
        for days, sql in got_for(wanted).items()
    }
    counted = {wish.catalogue_id} if wish.counted else set()
    held = [[([*key, amount],)] for key, amount in (back or {}).items()]
    lapsed: Rows = [([row[0][0] for row in held],)] if held else ()
    used = used_of(place, ask(db, SPENT, values), lapsed, got, wanted, counted)
    in_recovery = place.recovery_id is not None
    return Weighed(members, terms, decide(wish, terms, used, in_recovery=in_recovery))
