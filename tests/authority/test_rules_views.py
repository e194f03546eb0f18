"""What is looked up for one customer weighs each remedy by itself."""

from datetime import UTC, datetime

from care_console.authority.rules.limits import Limit, Scope, Terms, Verdict
from care_console.authority.rules.views import Offer, Panel

AT = datetime(2030, 1, 7, 9, tzinfo=UTC)
MONEY = {"kind": "credit", "piece_minor": 0, "verdict": Verdict.GIVE, "why": ""}
WAIVER = Offer(1, "1", "Waive a fee", unit="money", usual=3_500, pieces=0, minor=3_500, **MONEY)
GOODS = Offer(
    2, "2", "Replace the goods", unit="money", usual=5_550, pieces=0, minor=5_550, **MONEY
)
TERMS = Terms(
    {
        (Scope.REMEDY, 1): Limit(Scope.REMEDY, 1, most=4_000),
        (Scope.REMEDY, 2): Limit(Scope.REMEDY, 2, most=5_000),
        **{(scope, 0): Limit(scope, unlimited=True) for scope in Scope},
    }
)


def test_each_remedy_is_weighed_by_its_own_limit_and_what_is_usual_of_it():
    panel = Panel(7, "Maria", AT, "GBP", 0, None, (), (WAIVER, GOODS), terms=TERMS)

    assert panel.weigh(1).verdict is Verdict.GIVE
    assert panel.weigh(2).verdict is Verdict.ASK
    assert panel.weigh(2).over_minor == 550
    assert panel.weigh(1, minor=4_100).over_minor == 100
