"""No sequence of acts closes a recovery whose circle is not closed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from care_console.recovery.rules import (
    PERSON,
    AlreadyClosed,
    Answers,
    BadRecovery,
    Checklist,
    DateWanted,
    Fault,
    Mark,
    NothingToUndo,
    PersonFirst,
    ReasonWanted,
    State,
    Step,
    StillOpen,
    fault_words,
)
from care_console.recovery.rules.clocks import ALLOWED, Since, deadline, next_deadline, taken_s

AT = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)
SINCE = Since(AT, AT)
YES, NO = Answers(put_right=True), Answers(put_right=False)
PROBLEM = [step for step in Step if step not in (Step.ATONEMENT, Step.FOLLOW_UP)]

steps = st.sampled_from(Step)
no_or = st.sampled_from([True, False, None])
answers = st.builds(Answers, st.booleans(), no_or, no_or, no_or)
acts = st.one_of(
    st.tuples(st.just("do"), steps, st.sampled_from(["", "In a hurry"])),
    st.tuples(st.just("skip"), steps, st.sampled_from(["", " ", "They hung up"])),
    st.tuples(st.just("undo"), steps, st.none()),
    st.tuples(st.just("date"), st.none(), st.none()),
    st.tuples(st.just("answer"), answers, st.none()),
    st.tuples(st.just("close"), st.none(), st.none()),
    st.tuples(st.just("reopen"), st.none(), st.none()),
)


def carry_out(checklist, act, at=AT):
    """Return the checklist after an act, or as it was if the act is refused."""
    what, which, words = act
    try:
        match what:
            case "do":
                return checklist.do(which, at=at, by=7, why=words)
            case "skip":
                return checklist.skip(which, reason=words, at=at, by=7)
            case "undo":
                return checklist.undo(which)
            case "date":
                return checklist.date(at=at, by=7)
            case "answer":
                return checklist.answer(which, at=at, by=7)
            case "close":
                return checklist.close()
            case _:
                return checklist.reopen()
    except BadRecovery:
        return checklist


def settled(**more):
    """Return a checklist of which only the answer is wanted."""
    checklist = Checklist(**more)
    for step in list(Step)[:-1]:
        checklist = checklist.do(step, at=AT)
    return checklist.date(at=AT)


@given(st.lists(acts, max_size=25))
def test_no_sequence_of_acts_closes_an_open_circle(sequence):
    checklist = Checklist()
    for number, act in enumerate(sequence):
        checklist = carry_out(checklist, act, AT + timedelta(minutes=number))
        if checklist.closed:
            states = [checklist.mark(step).state for step in Step]
            assert State.OPEN not in states
            left_out = checklist.mark(Step.FOLLOW_UP)
            assert checklist.answers is not None or left_out.state is State.SKIPPED
            for step in Step:
                mark = checklist.mark(step)
                assert mark.state is State.DONE or mark.note.strip()


@given(st.lists(acts, max_size=15), steps, st.booleans())
def test_undo_restores_the_exact_state(sequence, step, done):
    checklist = Checklist()
    for act in sequence:
        checklist = carry_out(checklist, act)
    try:
        if done and step is Step.FOLLOW_UP:
            after = checklist.date(at=AT)
        elif done:
            after = checklist.do(step, at=AT, why="So", wording="words")
        else:
            after = checklist.skip(step, reason="So", at=AT)
    except BadRecovery:
        return
    if after is not checklist and checklist.answers is None:
        assert after.undo(step) == checklist


@given(st.lists(acts, max_size=15), answers)
def test_a_no_opens_it_again_one_level_up_whatever_came_before(sequence, answer):
    checklist = Checklist()
    for act in sequence:
        checklist = carry_out(checklist, act)
    after = carry_out(checklist, ("answer", answer, None))

    if answer.opens:
        assert after.level == checklist.level + 1
        assert not after.closed
        assert answer.opens <= set(after.waiting)
        with pytest.raises(StillOpen):
            after.close()
    elif not checklist.closed:
        assert after.level == checklist.level
        assert after.answers == answer


@pytest.mark.parametrize(
    ("answer", "opened"),
    [
        (YES, set()),
        (NO, set(Step)),
        (Answers(True, sorry_said=False), PERSON | {Step.FOLLOW_UP}),
        (Answers(True, sorry_said=True, sorry_helped=False), PERSON | {Step.FOLLOW_UP}),
        (Answers(True, sorry_said=True, sorry_helped=True, next_call=False), {Step.FOLLOW_UP}),
        (Answers(True, True, True, True), set()),
        (Answers(False, True, True, True), set(Step)),
    ],
)
def test_which_steps_a_no_opens(answer, opened):
    assert answer.opens == opened
    assert set(settled().answer(answer, at=AT).waiting) == opened


def test_steps_go_in_any_order_but_a_remedy_asks_for_the_person_first():
    checklist = Checklist().do(Step.REINSTATEMENT, at=AT)
    for _ in PERSON:
        with pytest.raises(PersonFirst):
            checklist.do(Step.ATONEMENT, at=AT)
        checklist = checklist.skip(min(checklist.person_waits), reason="They hung up", at=AT)

    assert checklist.do(Step.ATONEMENT, at=AT).mark(Step.ATONEMENT).state is State.DONE


def test_a_remedy_before_the_person_keeps_why():
    mark = Checklist().do(Step.ATONEMENT, at=AT, why=" Gas: \n no time ").mark(Step.ATONEMENT)

    assert (mark.state, mark.note) == (State.DONE, "Gas: no time")
    with pytest.raises(PersonFirst):
        Checklist().do(Step.ATONEMENT, at=AT, why="  ", note="Nothing")


@pytest.mark.parametrize("step", [step for step in Step if step is not Step.FOLLOW_UP])
def test_a_step_is_left_out_only_with_a_reason(step):
    with pytest.raises(ReasonWanted):
        Checklist().skip(step, reason=" ", at=AT)
    kept = Checklist().skip(step, reason="They hung up", at=AT, by=3).mark(step)

    assert kept == Mark(State.SKIPPED, "They hung up", "", AT, 3, (Mark(),))


def test_a_step_keeps_who_did_it_when_and_with_which_words():
    mark = Checklist().do(Step.APOLOGY, at=AT, by=3, note="Calm", wording="w").mark(Step.APOLOGY)

    assert mark == Mark(State.DONE, "Calm", "w", AT, 3, (Mark(),))


def test_a_follow_up_is_dated_and_not_just_ticked():
    with pytest.raises(DateWanted):
        Checklist().do(Step.FOLLOW_UP, at=AT)
    dated = Checklist().date(at=AT, by=3, wording="w")

    assert dated.dated
    assert dated.mark(Step.FOLLOW_UP) == Mark(State.DONE, "", "w", AT, 3, (Mark(),))
    assert dated.date(at=AT) is dated
    with pytest.raises(BadRecovery):
        dated.answer(YES, at=AT).date(at=AT)


def test_closing_says_what_is_missing():
    with pytest.raises(StillOpen, match="Apologise, Quick reinstatement, Empathy, Make it up"):
        Checklist().close()
    with pytest.raises(StillOpen, match="put right"):
        settled().close()

    assert settled().answer(YES, at=AT).close().closed
    with pytest.raises(BadRecovery):
        settled().skip(Step.FOLLOW_UP, reason="Do not ring", at=AT)


def test_what_is_closed_stays_so_until_the_customer_says_no():
    closed = settled().answer(YES, at=AT).close()
    refused = [
        lambda: closed.do(Step.APOLOGY, at=AT),
        lambda: closed.skip(Step.APOLOGY, reason="So", at=AT),
        lambda: closed.undo(Step.APOLOGY),
        lambda: closed.date(at=AT),
        lambda: closed.answer(YES, at=AT),
        closed.close,
    ]
    for act in refused:
        with pytest.raises(AlreadyClosed):
            act()

    assert not closed.answer(NO, at=AT).closed
    again = closed.reopen()
    assert (again.closed, again.level, again.waiting) == (False, 0, (Step.FOLLOW_UP,))


def test_what_was_done_is_remembered_through_all_that_came_after():
    later = AT + timedelta(hours=1)
    checklist = Checklist().do(Step.APOLOGY, at=AT).do(Step.APOLOGY, at=later)

    assert checklist.mark(Step.APOLOGY).first_done_at == AT
    assert Checklist().mark(Step.APOLOGY).first_done_at is None
    again = checklist.skip(Step.APOLOGY, reason="So", at=later)
    assert again.mark(Step.APOLOGY).first_done_at == AT
    assert again.undo(Step.APOLOGY) == checklist


def test_an_open_step_and_an_answered_follow_up_cannot_be_taken_back():
    with pytest.raises(NothingToUndo):
        Checklist().undo(Step.APOLOGY)
    with pytest.raises(NothingToUndo):
        settled().answer(YES, at=AT).undo(Step.FOLLOW_UP)
    with pytest.raises(NothingToUndo):
        settled().answer(NO, at=AT).undo(Step.APOLOGY)


def test_what_leads_and_what_waits():
    checklist = Checklist()
    assert checklist.pristine
    assert (checklist.next, checklist.waiting) == (Step.APOLOGY, tuple(Step))
    assert checklist.person_waits == PERSON
    checklist = checklist.do(Step.APOLOGY, at=AT)
    assert not checklist.pristine
    assert checklist.next is Step.REINSTATEMENT
    assert settled().next is None
    assert settled().unanswered
    assert not settled().answer(YES, at=AT).unanswered


@given(st.sampled_from(sorted(ALLOWED)), st.integers(0, 200_000))
@example(Step.APOLOGY, 600)
def test_a_clock_runs_until_its_step_is_settled(step, seconds):
    done_at = AT + timedelta(seconds=seconds)
    done = Checklist().do(step, at=done_at, why="So")

    assert deadline(Checklist(), step, SINCE) == AT + ALLOWED[step]
    assert taken_s(Checklist(), step, SINCE) is None
    assert deadline(done, step, SINCE) is None
    assert taken_s(done, step, SINCE) == seconds
    assert taken_s(Checklist().skip(step, reason="So", at=done_at), step, SINCE) is None


def test_empathy_and_follow_up_have_no_clock_and_none_runs_backwards():
    empathy = Checklist().do(Step.EMPATHY, at=AT)
    assert deadline(Checklist(), Step.EMPATHY, SINCE) is None
    assert taken_s(empathy, Step.EMPATHY, SINCE) is None
    assert deadline(Checklist(), Step.FOLLOW_UP, SINCE) is None
    early = Checklist().do(Step.APOLOGY, at=AT - timedelta(hours=1))
    assert taken_s(early, Step.APOLOGY, SINCE) == 0


def test_a_no_starts_only_the_clocks_of_what_it_opens_again():
    minute, day = timedelta(minutes=1), timedelta(days=1)
    checklist = Checklist()
    for number, step in enumerate(list(Step)[:-1], 2):
        checklist = checklist.do(step, at=AT + number * minute)
    unsaid = Answers(put_right=True, sorry_said=False)

    again = checklist.date(at=AT).answer(unsaid, at=AT + day)

    since = Since(AT, AT + day)
    assert taken_s(again, Step.REINSTATEMENT, since) == 180
    assert deadline(again, Step.APOLOGY, since) == AT + day + ALLOWED[Step.APOLOGY]
    said = again.do(Step.APOLOGY, at=AT + day + 5 * minute)
    assert taken_s(said, Step.APOLOGY, since) == 300
    assert deadline(said.undo(Step.APOLOGY), Step.APOLOGY, since) == deadline(
        again, Step.APOLOGY, since
    )
    much_later = said.answer(NO, at=AT + 9 * day)
    assert deadline(much_later, Step.APOLOGY, since) == AT + 9 * day + ALLOWED[Step.APOLOGY]


def test_a_step_that_is_open_when_a_no_comes_goes_on_with_its_clock():
    asked = Checklist().do(Step.APOLOGY, at=AT).answer(NO, at=AT + timedelta(hours=3))

    assert deadline(asked, Step.REINSTATEMENT, SINCE) == AT + ALLOWED[Step.REINSTATEMENT]


def test_a_step_that_an_older_console_opened_again_counts_from_its_level():
    level_at = AT + timedelta(days=2)
    opened = Mark(earlier=(Mark(), Mark(State.DONE, at=AT)))
    checklist = Checklist((opened, *(Mark(),) * 4))

    at = deadline(checklist, Step.APOLOGY, Since(AT, level_at))
    assert at == level_at + ALLOWED[Step.APOLOGY]


def test_nothing_runs_once_the_circle_is_closed():
    assert deadline(replace(Checklist(), closed=True), Step.APOLOGY, SINCE) is None


def test_the_first_clock_that_runs_out_is_the_deadline():
    checklist = Checklist()
    assert next_deadline(checklist, SINCE) == AT + timedelta(minutes=10)
    checklist = checklist.do(Step.APOLOGY, at=AT)
    assert next_deadline(checklist, SINCE) == AT + timedelta(hours=4)
    checklist = checklist.skip(Step.REINSTATEMENT, reason="So", at=AT)
    assert next_deadline(checklist, SINCE) == AT + timedelta(days=1)
    checklist = checklist.do(Step.ATONEMENT, at=AT, why="So")
    assert next_deadline(checklist, SINCE) is None


def test_the_first_word_after_a_no_is_the_first_step_that_it_opens():
    assert NO.word is Step.APOLOGY
    assert Answers(put_right=True, sorry_said=False).word is Step.APOLOGY
    assert Answers(put_right=True, next_call=False).word is Step.FOLLOW_UP
    assert YES.word is None


def test_the_names_are_those_that_the_records_keep():
    assert list(Step) == ["apology", "reinstatement", "empathy", "atonement", "follow_up"]
    assert list(State) == ["open", "done", "skipped"]
    assert list(Fault) == ["ours", "theirs", "unknown"]
    assert [fault_words(each) for each in Fault] == ["Our fault", "Not ours", "Not known"]


def test_a_note_is_one_line_of_a_bounded_length():
    mark = Checklist().do(Step.APOLOGY, at=AT, note=" x\n" + "x" * 900).mark(Step.APOLOGY)

    assert (len(mark.note), "\n" in mark.note) == (500, False)


def test_what_was_not_said_is_kept_as_nothing():
    assert (Mark().note, Mark().wording) == ("", "")
    marks = [
        Checklist().do(Step.APOLOGY, at=AT).mark(Step.APOLOGY),
        Checklist().date(at=AT).mark(Step.FOLLOW_UP),
        Checklist().answer(YES, at=AT).mark(Step.FOLLOW_UP),
    ]
    assert {(mark.note, mark.wording) for mark in marks} == {("", "")}


def test_a_step_that_is_open_when_a_no_comes_stays_as_it_is():
    asked = Checklist().do(Step.APOLOGY, at=AT).answer(NO, at=AT)

    assert asked.mark(Step.EMPATHY) == Mark()
    assert asked.mark(Step.APOLOGY) == Mark(at=AT, earlier=(Mark(), Mark(State.DONE, at=AT)))
