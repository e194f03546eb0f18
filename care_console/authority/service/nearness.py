"""Whether a customer is so near to a clerk that a second person has to decide."""

from collections.abc import Mapping
from typing import Any

from care_console.authority.service.looking import HOUSEHOLD, Rows
from care_console.base.words import N_
from care_console.cards.rules import Group, RelationKind

NEAR = f"""
    {HOUSEHOLD}
    SELECT
        (SELECT count(*) FROM household WHERE id = :clerk),
        (SELECT count(*) FROM card_membership WHERE card_id = :card
            AND card_group = '{Group.EMPLOYEE.value}' AND (until IS NULL OR until > :today)),
        (SELECT count(*) FROM card_relation WHERE kind = '{RelationKind.WORKS_AT.value}'
            AND first_id = :clerk AND second_id = :card)
"""

OWN = N_("This is your own card.")
HOUSEHOLDS = N_("This is somebody of your own household.")
COLLEAGUE = N_("This is a colleague.")
WORKPLACE = N_("This is the organisation that you work at.")


def nearness(rows: Rows, values: Mapping[str, Any]) -> str:
    """Return why the customer is near, as words of the catalogue, or ""."""
    household, employee, works_at = rows[0]
    if values["card"] == values["clerk"]:
        return OWN
    if household:
        return HOUSEHOLDS
    if works_at:
        return WORKPLACE
    return COLLEAGUE if employee else ""
