"""The list for the accounts, as a table that no spreadsheet takes for formulas."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")  # with which a cell would be worked out


def harmless(cell: str) -> str:
    """Return a cell that is read as text: an apostrophe stands before what would be a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) or cell.startswith(FORMULA) else cell


def decimal(minor: int, places: int) -> str:
    """Return an amount in minor units with a point, as accounts read it: ``3550`` is ``35.50``."""
    return str(Decimal(minor).scaleb(-places).quantize(Decimal(1).scaleb(-places)))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return CSV (RFC 4180) in which every cell is harmless."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in (head, *rows))
    return text.getvalue()
