"""Whom a customer who was let down may touch."""

from care_console.recovery.rules.views import RippleRow


def in_order(rows: list[RippleRow]) -> list[RippleRow]:
    """Return those first who have something open themselves, then by name."""
    return sorted(
        rows,
        key=lambda row: (not row.open_recovery, not row.open_matters, row.name.casefold()),
    )
