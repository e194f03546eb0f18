"""Cells of a table: what a spreadsheet needs around them, and several things in one."""

import re
from collections.abc import Iterable

AS_FORMULA = re.compile(r'="(.*)"', re.DOTALL)  # by which a spreadsheet keeps the 0 in front
BLANK = " \u00a0\u3000\ufeff"
RECKONED = tuple("=+-@\t\r＝＋－＠")  # with these a formula begins; the wide ones in Asia
PLAIN_NUMBER = re.compile(r"\+\d[\d ]{3,30}")  # a telephone number that no formula can hide in


def bare(cell: str) -> str:
    """Return a cell without what a spreadsheet needs around it: ``="020"``, ``'+44``."""
    if not cell:
        return cell
    if cell[0] == "=" and (match := AS_FORMULA.fullmatch(cell)):
        return match[1].replace('""', '"')
    return cell[1:] if cell[0] == "'" and (cell[1:2] == "'" or is_reckoned(cell[1:])) else cell


def safe(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula, and of which ``bare`` gives it back.

    A number such as ``+44 20 7946 0123`` is left as it is: nothing but digits is in it.
    """
    if PLAIN_NUMBER.fullmatch(cell):
        return cell
    return f"'{cell}" if is_reckoned(cell) or bare(cell) != cell else cell


def is_reckoned(cell: str) -> bool:
    """Tell whether a spreadsheet would take a cell for a formula."""
    return cell.lstrip(BLANK).startswith(RECKONED)


def as_lists(lists: Iterable[Iterable[str]]) -> str:
    """Return several lists of texts as one cell: a line each, with bars between the texts."""
    return "\n".join("|".join(map(_escaped, texts)) for texts in lists)


def lists_in(cell: str) -> list[list[str]]:
    """Return the lists that ``as_lists`` wrote."""
    return [[_opened(text) for text in line.split("|")] for line in cell.split("\n") if line]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\s").replace("|", "\\b").replace("\n", "\\n")


def _opened(text: str) -> str:
    return text.replace("\\n", "\n").replace("\\b", "|").replace("\\s", "\\")
