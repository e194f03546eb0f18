"""The list for the accounts, as a table that no spreadsheet takes for formulas."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from care_console.journal.rules import harmless


def decimal(minor: int, places: int) -> str:
    """Return an amount in minor units with a point, as accounts read it: ``3550`` is ``35.50``."""
    return str(Decimal(minor).scaleb(-places).quantize(Decimal(1).scaleb(-places)))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return CSV (RFC 4180) in which every cell is harmless."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in (head, *rows))
    return text.getvalue()
