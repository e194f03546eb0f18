"""What a card has several of: from values as they are handed in to records, and back."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlmodel import Session, SQLModel

from care_console.base.errors import CareError
from care_console.base.fold import digits, fold
from care_console.base.masking import masked
from care_console.base.names import clean, clean_text
from care_console.base.phone import Plan, read
from care_console.base.words import N_
from care_console.cards.records import (
    AddressRecord,
    AlertRecord,
    EmailRecord,
    MembershipRecord,
    PhoneRecord,
    RelationRecord,
)
from care_console.cards.rules import LONG_FIELDS, Group

LONGEST, LONGEST_TEXT = 200, 20_000  # characters

Values = dict[str, Any]  # of one part, as JSON keeps them

TABLES: dict[str, type[SQLModel]] = {
    "phone": PhoneRecord,
    "email": EmailRecord,
    "address": AddressRecord,
    "membership": MembershipRecord,
    "alert": AlertRecord,
    "relation": RelationRecord,
}
COLUMNS = {("membership", "group"): "card_group"}  # where a column has another name
DAYS = frozenset({"since", "until"})
TEXTS = LONG_FIELDS | {"street", "words"}  # which may have several lines


class NotTaken(CareError):
    """What was typed cannot stand in this field."""


def tidy(field: str, value: Any) -> Any:
    """Return ``value`` as ``field`` keeps it. Raises NotTaken."""
    if field in DAYS:
        return _day(value)
    if field == "group":
        return _group(value)
    if isinstance(value, str):
        return masked(clean_text(value, LONGEST_TEXT)) if field in TEXTS else clean(value, LONGEST)
    return value


def kept(value: Any) -> Any:
    """Return ``value`` as JSON keeps it."""
    return value.isoformat() if isinstance(value, date) else value


def column(part: str, field: str) -> str:
    """Return the name of the column in which ``field`` of ``part`` is kept."""
    return COLUMNS.get((part, field), field)


def make(part: str, card_id: int, values: Mapping[str, Any], plan: Plan) -> SQLModel:
    """Return a new record of ``part``. Raises NotTaken."""
    columns = {column(part, field): tidy(field, value) for field, value in values.items()}
    if part != "relation":
        columns["card_id"] = card_id
    record = TABLES[part](**columns)
    derive(record, plan)
    return record


def derive(record: SQLModel, plan: Plan) -> None:
    """Set what follows from what was typed: how it is compared and found. Raises NotTaken."""
    settle = SETTLE.get(type(record))
    if settle is not None:
        settle(record, plan)


def find(db: Session, part: str, part_id: int) -> SQLModel | None:
    """Return the record of ``part`` with this id, or None if it is gone."""
    return db.get(TABLES[part], part_id)


def _day(value: Any) -> date | None:
    if value in (None, ""):
        return None
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise NotTaken(N_("“{value}” is no day."), value=str(value)[:40]) from error


def _group(value: Any) -> str:
    try:
        return Group(value).value
    except ValueError as error:
        raise NotTaken(N_("“{value}” is no group."), value=str(value)[:40]) from error


def _settle_phone(record: Any, plan: Plan) -> None:
    if not digits(record.raw) and not record.raw:
        raise NotTaken(N_("A telephone number is still to be typed."))
    number = read(record.raw, plan)
    record.e164 = number.e164
    record.extension = number.extension or number.internal


def _settle_email(record: Any, plan: Plan) -> None:
    if not record.address:
        raise NotTaken(N_("An e-mail address is still to be typed."))
    record.address_key = record.address.casefold()


def _settle_membership(record: Any, plan: Plan) -> None:
    record.account_key = "".join(fold(record.account_number).split())


def _settle_alert(record: Any, plan: Plan) -> None:
    if not record.words:
        raise NotTaken(N_("The note is still to be typed."))


SETTLE: dict[type[SQLModel], Callable[[Any, Plan], None]] = {
    PhoneRecord: _settle_phone,
    EmailRecord: _settle_email,
    MembershipRecord: _settle_membership,
    AlertRecord: _settle_alert,
}
