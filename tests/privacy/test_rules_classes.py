"""Every column of text has a class, so that none is forgotten in a copy or an erasure."""

import pytest
from sqlmodel import SQLModel

import care_console.services  # noqa: F401  (all records that there are)
from care_console.privacy.records import ErasedRecord  # noqa: F401
from care_console.privacy.rules import CLASSES, GOES, WAYS, Class, class_of
from tests.privacy.marks import is_text

TABLES = SQLModel.metadata.tables


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_column_of_text_has_a_class(table):
    texts = {column.name for column in TABLES[table].columns if is_text(column)}
    assert texts == set(CLASSES.get(table, {})), f"Class the columns of {table} in rules/classes.py"


def test_no_class_is_left_of_a_table_that_is_gone():
    assert set(CLASSES) <= set(TABLES)
    assert set(WAYS) <= set(TABLES)
    assert set(GOES) <= set(WAYS)


@pytest.mark.parametrize("table", sorted(TABLES))
def test_a_table_in_which_a_card_stands_as_its_own_has_a_way_to_it(table):
    """A column ``card_id`` says whose the row is; only the list of the erased names no person."""
    if "card_id" in TABLES[table].columns and table != "erased":
        assert table in WAYS


@pytest.mark.parametrize("table", sorted(WAYS))
def test_a_way_leads_over_columns_that_are_there(table):
    for way in WAYS[table]:
        assert way.column in TABLES[table].columns
        assert way.of in TABLES[way.table].columns
        assert way.table == "card" or way.table in WAYS


def test_a_column_that_nobody_classed_counts_as_the_persons():
    assert class_of("contact", "something new") is Class.PERSON
    assert class_of("department", "something new") is Class.HOUSE
