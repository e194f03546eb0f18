"""The remedies and the limits with which a house begins; it changes them as it learns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from care_console.authority.rules.limits import MONEY, Limit, Scope
from care_console.base.money import digits
from care_console.base.words import N_
from care_console.cards.rules import Group
from care_console.staff.rules import Role

ANY = -1  # in the lists below alone: kept as a flag of its own
YEAR = 365  # days over which a customer's remedies are added up
CEILING = 25_000  # of one customer and year, for two digits
HOUR, DAY = 3_600, 86_400

ACCOUNTS, DISPATCH, PERSONNEL = N_("Accounts"), N_("Dispatch"), N_("Personnel")


@dataclass(frozen=True, slots=True)
class Remedy:
    """What may be given to the customers of one group, or of all.

    ``usual`` is in minor units, or in pieces of what ``unit`` counts, each of which costs the
    house ``piece_minor``. Where it is 0 the clerk types it.
    """

    kind: str
    name: str
    card_group: str = ""  # empty: of all groups
    unit: str = MONEY
    usual: int = 0
    piece_minor: int = 0
    entitlement: bool = False
    doer: str = ""  # the department that does it
    done_within_s: int = DAY
    why_wanted: bool = False
    id: int = 0
    position: int = 0
    active: bool = True

    @property
    def counted(self) -> bool:
        """Whether it is counted in pieces, and not in money."""
        return self.unit != MONEY


STANDARD = (
    Remedy("expedite", N_("First free slot"), Group.END_USER, "pieces", 1, 0, False, DISPATCH, DAY),
    Remedy("waiver", N_("Waive the call-out fee"), Group.END_USER, usual=3_500, doer=ACCOUNTS),
    Remedy(
        "free months",
        N_("Cover free of charge"),
        Group.END_USER,
        "months",
        1,
        1_850,
        doer=ACCOUNTS,
        why_wanted=True,
    ),
    Remedy(
        "gift",
        N_("Flowers with a card"),
        Group.END_USER,
        usual=1_500,
        doer=DISPATCH,
        done_within_s=2 * DAY,
    ),
    Remedy(
        "credit",
        N_("Credit on the account"),
        Group.END_USER,
        usual=2_000,
        doer=ACCOUNTS,
        why_wanted=True,
    ),
    Remedy(
        "refund",
        N_("Refund of what was paid"),
        Group.END_USER,
        entitlement=True,
        doer=ACCOUNTS,
        done_within_s=3 * DAY,
        why_wanted=True,
    ),
    Remedy(
        "replacement",
        N_("Replace the goods"),
        Group.END_USER,
        usual=4_000,
        doer=DISPATCH,
        done_within_s=3 * DAY,
        why_wanted=True,
    ),
    Remedy("discount", N_("Off the first order"), Group.PROSPECT, usual=2_000, doer=ACCOUNTS),
    Remedy(
        "visit",
        N_("A first visit free of charge"),
        Group.PROSPECT,
        "pieces",
        1,
        3_500,
        doer=DISPATCH,
        done_within_s=5 * DAY,
    ),
    Remedy(
        "expedite",
        N_("Rush the order"),
        Group.DISTRIBUTOR,
        "pieces",
        1,
        doer=DISPATCH,
        done_within_s=4 * HOUR,
    ),
    Remedy("waiver", N_("Waive the carriage"), Group.DISTRIBUTOR, usual=2_500, doer=ACCOUNTS),
    Remedy(
        "refund",
        N_("Credit for what was short"),
        Group.DISTRIBUTOR,
        entitlement=True,
        doer=ACCOUNTS,
        done_within_s=3 * DAY,
        why_wanted=True,
    ),
    Remedy(
        "prompt payment",
        N_("Pay the invoice at once"),
        Group.SUPPLIER,
        "pieces",
        1,
        doer=ACCOUNTS,
        done_within_s=4 * HOUR,
        why_wanted=True,
    ),
    Remedy(
        "time off",
        N_("Time off"),
        Group.EMPLOYEE,
        "hours",
        4,
        1_800,
        doer=PERSONNEL,
        why_wanted=True,
    ),
    Remedy(
        "gift",
        N_("A gift to say thank you"),
        Group.EMPLOYEE,
        usual=1_500,
        doer=PERSONNEL,
        done_within_s=5 * DAY,
    ),
    Remedy("other", N_("Other amount"), doer=ACCOUNTS, why_wanted=True),
)
"""In the order of their digits: a customer of one group sees nine at the most."""

Most = int | None  # for each role, from the receptionist up; None is no row, and so nothing

IN_ALL: Mapping[Scope, tuple[Most, ...]] = {
    Scope.RECOVERY: (1_500, 4_000, 8_000, 25_000, 50_000),
    Scope.DAY: (6_000, 15_000, 30_000, 100_000, 200_000),
    Scope.CUSTOMER: (4_000, 7_500, CEILING, 50_000, 100_000),
}
"""Over all remedies together, for a currency whose minor unit has two digits."""

EACH: Mapping[str, tuple[Most, ...]] = {
    "expedite": (ANY, ANY, ANY, ANY, ANY),
    "waiver": (1_500, 4_000, 8_000, 15_000, 30_000),
    "free months": (None, 1, 3, 6, 12),
    "gift": (1_500, 2_500, 4_000, 7_500, 15_000),
    "credit": (None, 2_000, 6_000, 15_000, 30_000),
    "refund": (None, 15_000, 50_000, ANY, ANY),
    "replacement": (None, 4_000, 8_000, 20_000, 40_000),
    "discount": (None, 2_000, 5_000, 15_000, 30_000),
    "visit": (None, 1, 1, 2, 5),
    "prompt payment": (None, 1, 5, ANY, ANY),
    "time off": (None, None, 4, 8, 24),
    "other": (None, 2_000, 5_000, 15_000, 30_000),
}
"""Of one remedy, by its kind: in money, or in pieces where those are counted."""


def scaled(minor: int, currency: str) -> int:
    """Return an amount for two digits in the minor units of ``currency``.

    Where there are fewer, a unit buys about what a minor unit does elsewhere: it stays the number.
    """
    return int(minor * 10 ** max(0, digits(currency) - 2))


def standard_limits(remedies: Mapping[int, Remedy], currency: str) -> Iterator[Limit]:
    """Yield the limits for these remedies, by their ids."""
    for scope, many in IN_ALL.items():
        days = YEAR if scope is Scope.CUSTOMER else 0
        for role, most in zip(Role, many, strict=True):
            if most is not None:
                yield Limit(scope, role=role, most=scaled(most, currency), days=days)
    yield Limit(Scope.MONTH, unlimited=True)
    for catalogue_id, remedy in remedies.items():
        for role, most in zip(Role, EACH[remedy.kind], strict=True):
            if most is not None:
                yield _of_one(catalogue_id, remedy, role, most, currency)


def _of_one(catalogue_id: int, remedy: Remedy, role: Role, most: int, currency: str) -> Limit:
    if most == ANY:
        return Limit(Scope.REMEDY, catalogue_id, role, unlimited=True)
    most = most if remedy.counted else scaled(most, currency)
    return Limit(Scope.REMEDY, catalogue_id, role, most=most)
