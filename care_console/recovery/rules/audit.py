"""What a period's recoveries say together."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from care_console.recovery.rules.checklist import Answers, Checklist, State, Step
from care_console.recovery.rules.clocks import ALLOWED
from care_console.recovery.rules.views import AuditStep, AuditView

THRICE = 3  # contacts about one open matter: a reason of its own


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer, and whether the apology was ticked when it was given."""

    answers: Answers
    ticked: bool


@dataclass(frozen=True, slots=True)
class Case:
    """One recovery, as the audit looks at it."""

    checklist: Checklist
    opened_at: datetime
    closed_at: datetime | None
    answered: tuple[Answered, ...]  # all of them, also those that a no was among
    contacts: int  # about its matter
    left: bool  # the customer is gone from the group


def audit(cases: Sequence[Case], since: date, until: date, who: Mapping[int, str]) -> AuditView:
    """Return what the recoveries begun from ``since`` to ``until`` say.

    ``who`` says by which role each card's clerk works; no single person is named.
    """
    return AuditView(
        since=since,
        until=until,
        count=len(cases),
        closed=sum(case.closed_at is not None for case in cases),
        reopened=sum(case.checklist.level > 0 for case in cases),
        steps=tuple(_step(step, cases, who) for step in Step),
        apology_ticked=sum(_first_done(case, Step.APOLOGY) is not None for case in cases),
        median_close_s=_median(
            case.closed_at - case.opened_at for case in cases if case.closed_at is not None
        ),
        thrice=sum(case.contacts >= THRICE for case in cases),
        left=sum(case.left for case in cases),
        reasons=_reasons(cases),
        **_answers(cases),
    )


def _answers(cases: Sequence[Case]) -> dict[str, int]:
    """Return what customers and clerks answered; also before a no was mended, but for the last."""
    all_of_them = [each for case in cases for each in case.answered]
    asked = [each for each in all_of_them if each.answers.sorry_said is not None]
    last = [case.answered[-1].answers for case in cases if case.answered]
    glad = [each.answers.next_call for each in all_of_them]
    return {
        "sorry_asked": len(asked),
        "sorry_said": sum(each.answers.sorry_said is True for each in asked),
        "sorry_helped": sum(each.answers.sorry_helped is True for each in asked),
        "both_ticked": sum(each.ticked for each in asked),
        "answered": len(last),
        "put_right": sum(each.put_right for each in last),
        "glad": glad.count(True),
        "glad_asked": len(glad) - glad.count(None),
    }


def _step(step: Step, cases: Sequence[Case], who: Mapping[int, str]) -> AuditStep:
    states = Counter(case.checklist.mark(step).state for case in cases)
    took = [
        done - case.opened_at for case in cases if (done := _first_done(case, step)) is not None
    ]
    roles = Counter(
        who.get(mark.by or 0, "")
        for case in cases
        if (mark := case.checklist.mark(step)).state is State.DONE
    )
    return AuditStep(
        step=step,
        done=states[State.DONE],
        skipped=states[State.SKIPPED],
        open=states[State.OPEN],
        in_time=sum(each <= ALLOWED[step] for each in took) if step in ALLOWED else None,
        median_s=_median(took),
        by=tuple(roles.most_common()),
    )


def _first_done(case: Case, step: Step) -> datetime | None:
    return case.checklist.mark(step).first_done_at


def _reasons(cases: Sequence[Case]) -> tuple[tuple[Step, str, int], ...]:
    told = Counter(
        (step, mark.note)
        for case in cases
        for step in Step
        if (mark := case.checklist.mark(step)).state is State.SKIPPED
    )
    return tuple((step, words, count) for (step, words), count in told.most_common())


def _median(lengths: Iterable[object]) -> int | None:
    seconds = [int(each.total_seconds()) for each in lengths]  # type: ignore[attr-defined]
    return int(median(seconds)) if seconds else None
