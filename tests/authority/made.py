"""The standard limits, as the tests of the rules have them."""

from dataclasses import replace
from datetime import date

from care_console.authority.rules.catalogue import CEILING, STANDARD, standard_limits
from care_console.authority.rules.house import Colleague, House
from care_console.authority.rules.limits import Giver, Limit, Scope
from care_console.staff.rules import Role

TODAY = date(2030, 1, 7)
DANA, ROSA, MEERA = 1, 2, 3  # a supervisor, a CSR, an administrator
BY = Giver(DANA, Role.SUPERVISOR)


def standard(currency="GBP"):
    """Return the remedies by their ids, and the limits with theirs."""
    remedies = {n: replace(each, id=n, position=n) for n, each in enumerate(STANDARD, 1)}
    rows = standard_limits(remedies, currency)
    return remedies, [replace(each, id=n) for n, each in enumerate(rows, 1)]


def house(**more):
    """Return a house in which three people work."""
    people = {DANA: ("Dana Whitfield", Role.SUPERVISOR), ROSA: ("Rosa Lindqvist", Role.CSR)}
    people[MEERA] = ("Meera Shah", Role.ADMINISTRATOR)
    colleagues = {n: Colleague(Giver(n, role), name) for n, (name, role) in people.items()}
    values = {"remedies": standard()[0], "colleagues": colleagues, "departments": {5: "Accounts"}}
    return House(TODAY, "GBP", CEILING, **{**values, **more})


def limit(scope=Scope.RECOVERY, most=0, role=Role.CSR, id=1, **more):
    """Return one limit."""
    return Limit(scope, role=role, most=most, id=id, **more)
