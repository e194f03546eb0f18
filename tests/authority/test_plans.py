"""What the panel asks is found by index, however many customers and remedies there are."""

import pytest

from care_console.authority.service import looking, nearness, panel
from care_console.store.engines import connect

HARMLESS = (  # a few rows each, whatever the house has
    "remedy_catalogue",
    "kind",
    "household",
    "last",
    "CONSTANT ROW",
    "clerk",
)
VALUES = ("card", "clerk", "today", "now", "since", "lately", "minute_ago", "day_ago", "role")
VALUES = dict.fromkeys((*VALUES, "told_since", "recovery", "department", "day", "month"), 1)


@pytest.mark.parametrize(
    "sql",
    [
        *panel.STATEMENTS,
        looking.LIMITS,
        looking.GOT,
        looking.GOT_IN_ALL,
        looking.HELD,
        looking.HELD_IN_ALL,
        looking.MEMBERS,
        nearness.NEAR,
    ],
)
def test_no_table_that_grows_is_gone_through(where, sql):
    file = connect(where, None)
    plan = [row[3] for row in file.execute(f"EXPLAIN QUERY PLAN {sql}", VALUES)]
    file.close()

    assert not any("AUTOMATIC" in step for step in plan), plan
    scans = [step.removeprefix("SCAN ") for step in plan if step.startswith("SCAN")]
    assert not [step for step in scans if not step.startswith(HARMLESS)], plan


@pytest.mark.parametrize(
    "sql",
    [looking.GOT, looking.GOT_IN_ALL, looking.HELD, looking.HELD_IN_ALL, panel.EARLIER],
)
def test_a_customers_remedies_are_found_by_the_customer(where, sql):
    file = connect(where, None)
    plan = [row[3] for row in file.execute(f"EXPLAIN QUERY PLAN {sql}", VALUES)]
    file.close()

    assert any("COVERING INDEX remedy_of_card" in step for step in plan), plan
