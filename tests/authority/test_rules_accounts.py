"""The list for the accounts is a table in which nothing is worked out."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.authority.rules.accounts import decimal, table

FORMULA = tuple("=+-@\t\r＝＋－＠")
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)


@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_no_cell_is_a_formula_and_all_are_read_back(rows):
    read = list(csv.reader(io.StringIO(table(("one", "two"), rows), newline="")))

    assert read[0] == ["one", "two"]
    for found, row in zip(read[1:], rows, strict=True):
        assert [cell.removeprefix("'") for cell in found] == [
            cell.removeprefix("'") for cell in row
        ]
        assert not any(cell.lstrip(" \u00a0\u3000\ufeff").startswith(FORMULA) for cell in found)


@pytest.mark.parametrize(
    "cell", ["=1+1", "+44 20", "-2", "@SUM(A1)", "\t=1", "  =1", "＝1+1", "\u00a0=1"]
)
def test_what_a_spreadsheet_would_work_out_is_text(cell):
    assert table([cell], []) == f"'{cell}\r\n"


@pytest.mark.parametrize("cell", ["", "35.50", "Flowers = a gift", "'quoted'", "Zoë"])
def test_other_cells_stay_as_they_are(cell):
    assert table(["one", cell], []) == f"one,{cell}\r\n"


@pytest.mark.parametrize(
    ("minor", "places", "words"),
    [(3_550, 2, "35.50"), (5, 2, "0.05"), (1_205, 0, "1205"), (1_205, 3, "1.205"), (0, 2, "0.00")],
)
def test_amounts_have_a_point(minor, places, words):
    assert decimal(minor, places) == words
