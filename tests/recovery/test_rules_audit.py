"""What a period's recoveries say together, and in which order a ripple is read."""

from datetime import UTC, date, datetime, timedelta

from care_console.recovery.rules import Answers, Checklist, RippleRow, Step
from care_console.recovery.rules.audit import Answered, Case, audit
from care_console.recovery.rules.ripple import in_order

AT = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)
SINCE, UNTIL = date(2030, 1, 1), date(2030, 1, 31)
ROLES = {1: "csr", 2: "supervisor"}


def minutes(count):
    return AT + timedelta(minutes=count)


def case(checklist, *answered, closed_after=None, contacts=0, left=False):
    closed_at = None if closed_after is None else minutes(closed_after)
    return Case(checklist, AT, closed_at, answered, contacts, left)


def look(*cases):
    return audit(cases, SINCE, UNTIL, ROLES)


def step_of(found, step):
    return next(each for each in found.steps if each.step is step)


def test_an_empty_period_says_nothing():
    found = look()

    assert (found.since, found.until, found.count) == (SINCE, UNTIL, 0)
    assert [each.step for each in found.steps] == list(Step)
    assert {each.median_s for each in found.steps} == {None}
    assert (found.median_close_s, found.reasons) == (None, ())


def test_each_step_is_counted_timed_and_told_by_role():
    late = Checklist().do(Step.APOLOGY, at=minutes(11), by=1)
    again = Checklist().do(Step.APOLOGY, at=minutes(10), by=1)
    again = again.do(Step.APOLOGY, at=minutes(500), by=2)
    skipped = Checklist().skip(Step.APOLOGY, reason="Gone", at=AT, by=2)

    found = look(case(late), case(again), case(skipped), case(Checklist()))

    apology = step_of(found, Step.APOLOGY)
    assert (apology.done, apology.skipped, apology.open) == (2, 1, 1)
    assert (apology.in_time, apology.median_s) == (1, 630)
    assert apology.by == (("csr", 1), ("supervisor", 1))
    assert found.apology_ticked == 2
    assert look(case(late)).apology_ticked == 1
    assert step_of(found, Step.EMPATHY).open == 4


def test_whoever_is_no_clerk_any_more_has_no_role():
    gone, nobody = (Checklist().do(Step.EMPATHY, at=AT, by=each) for each in (9, None))
    found = look(case(gone), case(nobody))

    empathy = step_of(found, Step.EMPATHY)
    assert empathy.by == (("", 2),)
    assert found.apology_ticked == 0
    assert (empathy.in_time, empathy.median_s) == (None, 0)


def test_reasons_for_leaving_out_are_counted_the_most_frequent_first():
    hurry = [case(Checklist().skip(Step.EMPATHY, reason=why, at=AT)) for why in ("b", "a", "a")]

    assert look(*hurry).reasons == ((Step.EMPATHY, "a", 2), (Step.EMPATHY, "b", 1))


def test_answers_are_counted_also_those_before_the_last():
    no = Answered(Answers(False, sorry_said=False, next_call=False), ticked=True)
    yes = Answered(Answers(True, sorry_said=True, sorry_helped=True, next_call=True), ticked=True)
    unasked = Answered(Answers(True), ticked=False)
    unticked = Answered(Answers(True, sorry_said=True, sorry_helped=False), ticked=False)

    found = look(
        case(Checklist(level=1), no, yes),
        case(Checklist(), unasked),
        case(Checklist(), Answered(Answers(True, next_call=True), ticked=False)),
        case(Checklist(), unticked),
        case(Checklist(level=2), no),
        case(Checklist(), yes),
    )

    assert (found.sorry_asked, found.sorry_said, found.sorry_helped) == (5, 3, 2)
    assert found.both_ticked == 4
    assert (found.answered, found.put_right) == (6, 5)
    assert (found.glad, found.glad_asked) == (3, 5)
    assert found.reopened == 2


def test_closing_contacts_and_leaving_are_counted():
    found = look(
        case(Checklist(), closed_after=10, contacts=2),
        case(Checklist(), closed_after=30, contacts=3),
        case(Checklist(), contacts=4, left=True),
    )

    assert (found.count, found.closed, found.median_close_s) == (3, 2, 1_200)
    assert (found.thrice, found.left) == (2, 1)


def test_a_ripple_is_read_from_whom_it_hurts_most():
    def row(name, *matters, recovery=False):
        return RippleRow(1, name, (), "knows", matters, recovery, None)

    rows = [row("b"), row("A"), row("d", "Late"), row("c", "Late"), row("e", recovery=True)]

    assert [each.name for each in in_order(rows)] == ["e", "c", "d", "A", "b"]
