"""How the fields of a card are called, and how its own entries read."""

from collections.abc import Iterable, Mapping
from typing import Any

from care_console.base.words import N_, _, ngettext
from care_console.cards.rules.acts import Op
from care_console.cards.rules.new import Group, Kind, RelationKind
from care_console.journal.rules import Entry, Line, Words

FIELD_WORDS = {
    "kind": N_("Person or organisation"),
    "prefix": N_("Title before the name"),
    "given": N_("Given name"),
    "additional": N_("Further names"),
    "family": N_("Family name"),
    "suffix": N_("After the name"),
    "preferred": N_("Likes to be called"),
    "say_it": N_("How to say it"),
    "title": N_("What they do"),
    "company": N_("Company"),
    "form_of_address": N_("Form of address"),
    "pronoun": N_("Pronoun"),
    "language": N_("Language"),
    "preferred_channel": N_("Preferred channel"),
    "preferred_hours": N_("Preferred hours"),
    "accessibility": N_("Accessibility"),
    "do": N_("Do"),
    "dont": N_("Never do"),
    "may_be_told": N_("Who else may be told"),
    "note": N_("Note"),
    "phone": N_("Telephone"),
    "email": N_("E-mail"),
    "address": N_("Address"),
    "membership": N_("Group"),
    "alert": N_("Alert note"),
    "relation": N_("Relation"),
    "raw": N_("Number"),
    "label": N_("Label"),
    "shared": N_("Shared by several people"),
    "street": N_("Street"),
    "town": N_("Town"),
    "region": N_("Region"),
    "postcode": N_("Postcode"),
    "country": N_("Country"),
    "group": N_("Group"),
    "since": N_("Since"),
    "until": N_("Until"),
    "account_number": N_("Account number"),
    "owner_card_id": N_("Owner"),
    "sold_by_card_id": N_("Sold by"),
    "words": N_("Note"),
}

GROUP_WORDS = {
    Group.END_USER: N_("End-user"),
    Group.PROSPECT: N_("Prospect"),
    Group.DISTRIBUTOR: N_("Distributor"),
    Group.SUPPLIER: N_("Supplier"),
    Group.EMPLOYEE: N_("Employee"),
}

AS_GROUP_WORDS = {  # by which a history is filtered
    Group.END_USER: N_("As end-user"),
    Group.PROSPECT: N_("As prospect"),
    Group.DISTRIBUTOR: N_("As distributor"),
    Group.SUPPLIER: N_("As supplier"),
    Group.EMPLOYEE: N_("As employee"),
}

KIND_WORDS = {Kind.PERSON: N_("Person"), Kind.ORGANISATION: N_("Organisation")}

RELATION_WORDS = {  # from the first card's side, and from the second's
    RelationKind.WORKS_AT: (N_("works at"), N_("employs")),
    RelationKind.BOUGHT_FROM: (N_("bought from"), N_("sold to")),
    RelationKind.SOLD_BY: (N_("was sold to by"), N_("made the sale to")),
    RelationKind.SUPPLIED_BY: (N_("is supplied by"), N_("supplies")),
    RelationKind.SERVED_BY: (N_("is served by"), N_("serves")),
    RelationKind.HOUSEHOLD_OF: (N_("lives with"), N_("lives with")),
    RelationKind.REFERRED_BY: (N_("was referred by"), N_("referred")),
}


def field_words(field: str) -> str:
    """Return what a field or a part is called on the screen."""
    return _(FIELD_WORDS.get(field, field))


def group_words(group: str) -> str:
    """Return what one of the five groups is called on the screen."""
    return _(GROUP_WORDS[Group(group)])


def kind_words(kind: str) -> str:
    """Return what a card stands for, as it is called on the screen."""
    return _(KIND_WORDS[Kind(kind)])


def relation_words(kind: RelationKind, *, forward: bool) -> str:
    """Return how a relation reads from one side; the other card's name follows it."""
    return _(RELATION_WORDS[kind][0 if forward else 1])


def _added(entry: Entry) -> Line:
    said = [", ".join(group_words(each) for each in entry.facts.get("groups", ()))]
    if entry.facts.get("despite"):
        said.append(_("though a card like it was shown"))
        said.append(str(entry.personal.get("why", "")))
    sub = "; ".join(each for each in said if each)
    return Line(_("Card started"), sub, "plus", "text2", "changes")


def _edited(entry: Entry) -> Line:
    fields = _listed(entry.facts.get("fields", ()))
    sub = "; ".join(_said(op) for op in entry.personal.get("ops", ()))
    return Line(_("Changed: {fields}").format(fields=fields), sub, "note", "text2", "changes")


def _undone(entry: Entry) -> Line:
    fields = _listed(entry.facts.get("fields", ()))
    sub = "; ".join(_said(op) for op in entry.personal.get("ops", ()))
    return Line(_("Taken back: {fields}").format(fields=fields), sub, "undo", "text2", "changes")


def _converted(entry: Entry) -> Line:
    sets = [op for op in entry.personal.get("ops", ()) if op["op"] == "add"]
    to = group_words(sets[-1]["values"]["group"]) if sets else ""
    return Line(_("Now: {group}").format(group=to), "", "swap", "accent", "changes")


def _reread(entry: Entry) -> Line:
    facts = entry.facts
    words = ngettext("{n} number was read anew", "{n} numbers were read anew", int(facts["count"]))
    sub = _("{before} → {after}").format(before=facts["before"], after=facts["after"])
    return Line(words.format(n=facts["count"]), sub, "phone", "text2")


def _listed(fields: Iterable[str]) -> str:
    return ", ".join(field_words(each) for each in fields)


def _said(op: Op) -> str:
    if op["op"] == "set":
        return _("{before} → {after}").format(
            before=_value(op["before"]) or "–", after=_value(op["after"]) or "–"
        )
    shown = _part(op["part"], op["values"])
    if op["op"] == "add":
        return _("added: {value}").format(value=shown)
    return _("removed: {value}").format(value=shown)


def _part(part: str, values: Mapping[str, Any]) -> str:
    if part == "membership":
        return group_words(values["group"])
    if part == "relation":
        return relation_words(RelationKind(values["kind"]), forward=True)
    return next((_value(each) for each in values.values() if isinstance(each, str)), "")


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    text = "" if value is None else str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"


def _merged(entry: Entry) -> Line:
    fields = _listed(entry.facts.get("fields", ()))
    sub = _("Taken from it: {fields}").format(fields=fields) if fields else ""
    name = entry.personal.get("name", "")
    words = _("Merged with another card: {name}").format(name=name) if name else _("Merged")
    return Line(words, sub, "swap", "accent", "changes")


def _unmerged(entry: Entry) -> Line:
    return Line(_("Merge taken back"), "", "undo", "text2", "changes")


def _apart(entry: Entry) -> Line:
    return Line(_("Looked at: not the same as another card"), "", "info", "text2", "changes")


def _perhaps(entry: Entry) -> Line:
    return Line(_("Taken back: not the same"), "", "undo", "text2", "changes")


WORDS: Words = {
    "card_merged": _merged,
    "card_unmerged": _unmerged,
    "cards_apart": _apart,
    "cards_perhaps": _perhaps,
    "card_added": _added,
    "card_edited": _edited,
    "card_undone": _undone,
    "card_converted": _converted,
    "numbers_reread": _reread,
}
