"""The table of the picture, what is to come in it, and what a clerk will see."""

from dataclasses import replace
from datetime import timedelta

import pytest

from care_console.authority.rules.changes import Place, after, steps
from care_console.authority.rules.house import Colleague
from care_console.authority.rules.limits import Giver, Limit, Scope
from care_console.authority.rules.table import coming, copied, preview_of, table_of
from care_console.authority.rules.views import LimitCell
from care_console.staff.rules import Role
from tests.authority.made import ROSA, TODAY, house, limit, standard

REMEDIES, ROWS = standard()
SOON, LATER = TODAY + timedelta(3), TODAY + timedelta(9)


def titles(rows, **more):
    return [each.title for each in table_of(rows, house(**more)).rows]


def cell(rows, row=0, column=1, day=None):
    return table_of(rows, house(), day).cells[row, column]


def test_the_rows_are_what_holds_in_all_then_each_remedy_by_its_digit():
    table = table_of(ROWS, house())
    assert [each.title for each in table.rows][:5] == [
        "One case",
        "One person's day",
        "One customer's year",
        "One department's month",
        "First free slot",
    ]
    months = table.rows[6]
    assert (months.title, months.unit, months.why_wanted) == (
        "Cover free of charge",
        "months",
        True,
    )
    assert (months.scope, months.catalogue_id, table.rows[0].unit) == ("remedy", 3, "money")
    assert (table.day, table.currency, table.ceiling_minor) == (TODAY, "GBP", 25_000)
    assert table_of(ROWS, house(), stopped="Wait.").stopped == "Wait."


def test_every_cell_is_there_and_one_without_a_row_is_nothing():
    table = table_of(ROWS, house())
    assert len(table.cells) == len(table.rows) * len(table.columns)
    assert table.cells[0, 1] == LimitCell(2, 4_000)
    assert table.cells[3, 1] == LimitCell()


def test_a_remedy_that_is_given_no_more_has_no_row_unless_it_has_a_limit():
    gone = {n: replace(each, active=n != 2) for n, each in REMEDIES.items()}
    assert "Waive the call-out fee" not in titles([], remedies=gone)
    assert titles(ROWS, remedies=gone)[-1] == "Waive the call-out fee"


def test_a_department_and_one_remedys_share_have_rows_of_their_own():
    rows = [
        *ROWS,
        Limit(Scope.MONTH, department_id=5, most=9, id=900),
        limit(Scope.DAY, 500, catalogue_id=5, id=901),
        limit(Scope.REMEDY, 500, id=902),
    ]
    found = titles(rows)
    assert found[4] == "A month of Accounts"
    assert found[-2:] == ["Any one remedy", "Credit on the account, one person's day"]
    table = table_of(rows, house())
    assert table.rows[4].department_id == 5
    assert table.cells[4, 5].most == 9
    assert table.cells[len(found) - 1, 1].most == 500


@pytest.mark.parametrize(
    ("days", "title"),
    [((365, 365), "One customer's year"), ((30, 30), "One customer in 30 days")]
    + [
        ((30, 365), "One customer's year"),
        ((), "One customer's year"),
        ((0,), "One customer's year"),
    ],
)
def test_the_customers_row_says_over_how_many_days_if_all_agree(days, title):
    roles = (Role.CSR, Role.SENIOR)
    rows = [
        limit(Scope.CUSTOMER, 5, role, id=n, days=each)
        for n, (each, role) in enumerate(zip(days, roles, strict=False))
    ]
    others = [limit(id=90), limit(Scope.CUSTOMER, 5, catalogue_id=5, id=91, days=7)]
    assert titles([*rows, *others])[2] == title


def test_the_columns_are_the_roles_then_everybody_then_the_exceptions():
    plain = [each for each in ROWS if each.role]
    names = [each.title for each in table_of(plain, house()).columns]
    assert names == ["Receptionist", "CSR", "Senior CSR", "Supervisor", "Administrator"]
    rows = [*ROWS, limit(most=7, role="", clerk_card_id=ROSA, id=900)]
    rows += [limit(most=7, role="", clerk_card_id=99, id=901)]
    last = table_of(rows, house()).columns[-3:]
    assert [each.title for each in last] == ["Everybody", "Rosa Lindqvist", "Somebody who is gone"]
    assert (last[1].role, last[1].clerk_card_id) == ("", ROSA)
    assert cell(rows, 0, 6).most == 7


def test_a_cell_shows_what_holds_on_the_day_and_what_waits_only_where_nothing_does():
    waits = limit(most=9_000, id=900, signed=False)
    assert cell([*ROWS, waits]).most == 4_000
    assert (cell([waits]).most, cell([waits]).signed) == (9_000, False)
    assert cell([replace(waits, until=TODAY)]) == LimitCell()
    soon = limit(most=9_000, id=900, since=SOON)
    assert [cell([*ROWS, soon], day=day).most for day in (None, SOON)] == [4_000, 9_000]


def test_what_changes_by_itself_is_told_the_next_first_and_what_stays_the_same_is_not():
    rows = [
        *ROWS,
        limit(most=6_000, id=900, until=LATER),
        limit(Scope.DAY, 20_000, id=901, since=SOON),
        limit(Scope.CUSTOMER, 7_500, id=902, since=SOON, days=365),
    ]
    found = coming(rows, house())
    assert [(each.day, each.title, each.before.most, each.after.most) for each in found] == [
        (SOON, "One person's day", 15_000, 20_000),
        (LATER, "One case", 6_000, 4_000),
    ]
    assert (found[0].column, found[0].unit) == ("CSR", "money")
    assert coming(ROWS, house()) == []


def test_a_copied_role_has_what_the_other_has_and_no_more():
    changes = copied(ROWS, Role.RECEPTIONIST, Role.CSR, TODAY)
    rows = after(ROWS, steps(ROWS, changes, TODAY))

    def of(role):
        return {
            (each.scope, each.catalogue_id): (each.most, each.unlimited, each.days)
            for each in rows
            if each.role == role
        }

    assert of(Role.CSR) == of(Role.RECEPTIONIST)
    assert {each.role for each in changes} == {Role.CSR}
    assert copied(rows, Role.RECEPTIONIST, Role.CSR, TODAY) == []
    assert any(each.most is None for each in changes)


def test_a_copy_leaves_exceptions_alone_and_takes_all_of_a_limit():
    own = limit(most=1, role=Role.CSR, clerk_card_id=ROSA, id=1)
    theirs = limit(
        Scope.MONTH, 5, Role.SENIOR, id=2, until=LATER, since=TODAY, floor=3, days=4, training="gas"
    )
    [change] = copied([own, replace(theirs, department_id=5)], Role.SENIOR, Role.CSR, TODAY)
    [step] = steps([], [change], TODAY)
    assert replace(step.comes, id=2) == replace(theirs, department_id=5, role=Role.CSR)


def test_a_clerk_is_shown_the_least_of_what_a_case_and_the_day_leave():
    rosa = Colleague(Giver(ROSA, Role.CSR), "Rosa Lindqvist")
    seen = preview_of(ROWS, rosa, TODAY, 8_800)
    assert (seen.clerk_card_id, seen.name, seen.now_minor) == (ROSA, "Rosa Lindqvist", 4_000)
    assert [(gauge.left, gauge.most) for gauge in seen.gauges] == [(4_000, 4_000), (6_200, 15_000)]
    assert preview_of(ROWS, rosa, TODAY, 14_000).now_minor == 1_000
    assert [gauge.wish for gauge in seen.gauges] == [0, 0]
    assert preview_of([], rosa, TODAY, 0).now_minor == 0
    free = [limit(unlimited=True), limit(Scope.DAY, unlimited=True, id=2)]
    assert preview_of(free, rosa, TODAY, 0).now_minor is None
    assert preview_of([free[0], limit(Scope.DAY, 70, id=2)], rosa, TODAY, 0).now_minor == 70


def test_rows_columns_and_amounts_are_called_as_people_say_them():
    of = house()
    assert of.title(Place("remedy", 5, Role.CSR)) == "Credit on the account, CSR"
    assert of.title(Place("customer", clerk_card_id=ROSA), 30) == (
        "One customer in 30 days, Rosa Lindqvist"
    )
    assert of.row_title(Place("remedy", 99)) == "A remedy"
    assert of.row_title(Place("recovery", 5)) == "Credit on the account, one case"
    assert of.row_title(Place("customer", 5)) == "Credit on the account, one customer's year"
    assert of.row_title(Place("month", 5)) == "Credit on the account, one department's month"
    assert of.row_title(Place("day", department_id=5)) == "One person's day"
    assert of.most(4_000) == "£40.00"
    assert [of.most(3, unit) for unit in ("months", "hours", "pieces", "trees")] == [
        "3 months",
        "3 hours",
        "3 pieces",
        "3",
    ]
    assert (of.name(ROSA), of.name(None), of.name(99)) == ("Rosa Lindqvist", "", "")
    assert of.giver(Place("day", role="csr", department_id=5)) == Giver(0, "csr", 5)
    assert of.giver(Place("day", clerk_card_id=99)) == Giver(99, "")
    assert of.unit(Place("remedy", 3)) == "months"
