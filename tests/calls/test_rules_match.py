"""Who may be calling is judged by the surest way first, and ranked by what is open."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.base.phone import Plan
from care_console.calls.rules.match import (
    Caller,
    Match,
    is_hidden,
    judge,
    no_number,
    number_of,
    ranked,
    sentence,
    why,
)
from care_console.cards.rules import Brief, Fact, Headline, Kind
from care_console.cards.rules.behind import Behind, Found, How
from care_console.lines.line import CallEvent, Event, Presentation

NOW = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)
NUMBER = "020 7946 0123"
EMPTY = (
    *("company", "title", "preferred", "say_it", "form_of_address", "pronoun", "language"),
    *("preferred_channel", "preferred_hours", "accessibility", "do", "dont"),
)


def found(card_id=1, name="Maria Okafor", how=How.OWN, groups=("end-user",), facts=(), **more):
    headline = Headline(
        id=card_id,
        name=name,
        kind=Kind.PERSON,
        groups=groups,
        facts=facts,
        since=date(2020, 1, 1),
        **dict.fromkeys(EMPTY, ""),
    )
    return Found(headline, how, **more)


def ringing(number=NUMBER, presentation=Presentation.ALLOWED, name=""):
    return CallEvent(
        kind=Event.RINGING,
        call_id="1",
        line="line 2",
        at=NOW,
        number=number,
        presentation=presentation,
        name=name,
    )


def level(*all_of_them, **more):
    match, who = judge(Behind(all_of_them), **more)
    return match, [each.headline.id for each in who]


def test_one_card_with_the_number_is_known():
    assert level(found()) == (Match.KNOWN, [1])


def test_a_number_on_two_cards_is_shared():
    assert level(found(1), found(2)) == (Match.SHARED, [1, 2])


def test_a_number_that_is_flagged_as_shared_opens_nothing_even_on_one_card():
    assert level(found(shared=True)) == (Match.SHARED, [1])


def test_those_who_work_at_an_organisation_may_call_from_its_number():
    assert level(found(1), found(2, how=How.PLACE, shared=True)) == (Match.SHARED, [1, 2])


def test_a_number_in_notes_is_a_guess_and_only_where_it_is_on_no_card():
    assert level(found(3, how=How.NOTED)) == (Match.MAYBE, [3])
    assert level(found(1), found(3, how=How.NOTED)) == (Match.KNOWN, [1])


@pytest.mark.parametrize(("cards", "match"), [(5, Match.MAYBE), (6, Match.UNKNOWN)])
def test_a_number_that_many_notes_mention_says_nothing(cards, match):
    assert level(*(found(i, how=How.NOTED) for i in range(cards)))[0] is match


def test_nobody_is_behind_a_number_on_no_card():
    assert level() == (Match.UNKNOWN, [])


def test_an_extension_tells_those_of_one_switchboard_apart():
    reed, halim = found(1, shared=True, exact=True), found(2, shared=True)

    assert level(reed, halim, extension="204") == (Match.KNOWN, [1])
    assert level(reed, halim) == (Match.SHARED, [1, 2])


def test_a_number_of_the_house_is_no_customers():
    colleague = found(2, groups=("employee",))

    assert level(found(1), own=True) == (Match.UNKNOWN, [])
    assert level(found(1), colleague, own=True) == (Match.KNOWN, [2])
    assert level(found(1, how=How.NOTED), own=True) == (Match.UNKNOWN, [])


def fact(due_in_hours=None):
    due = None if due_in_hours is None else NOW + timedelta(hours=due_in_hours)
    return (Fact("matter", 1, due, "Boiler"),)


def test_the_likeliest_caller_comes_first():
    lately, long_ago = NOW - timedelta(days=1), NOW - timedelta(days=400)
    expected = [
        found(9, "Zoe, with me", last_at=long_ago),
        found(8, "Yves, due at noon", facts=fact(3)),
        found(7, "Xenia, due at five", facts=fact(8), last_at=lately),
        found(6, "Will, open", facts=fact(), last_at=lately),
        found(5, "Vera, lately", last_at=lately, groups=()),
        found(4, "Uma, long ago", last_at=long_ago),
        found(3, "Tom, of a group"),
        found(1, "alf, of none", groups=()),
        found(2, "Bea, of none", groups=()),
    ]

    assert ranked(expected[::-1], mine={9}) == expected


cards = st.lists(
    st.builds(
        found,
        card_id=st.integers(1, 50),
        name=st.sampled_from(["Ann", "ann", "Élodie", ""]),
        groups=st.sampled_from([(), ("end-user",)]),
        facts=st.sampled_from([(), fact(), fact(2), fact(-2)]),
        last_at=st.none() | st.just(NOW) | st.just(NOW - timedelta(days=9)),
    ),
    unique_by=lambda each: each.headline.id,
)


@given(cards, st.sets(st.integers(1, 50)))
def test_a_ranking_loses_nobody_and_does_not_hang_on_the_order_before(who, mine):
    order = ranked(who, mine)

    assert sorted(order, key=id) == sorted(who, key=id)
    assert ranked(who[::-1], mine) == order
    with_me = [each.headline.id in mine for each in order]
    assert with_me == sorted(with_me, reverse=True)


@given(cards)
def test_a_card_opens_by_itself_only_if_nobody_else_can_be_meant(who):
    match, chosen = judge(Behind(tuple(who)))

    assert (match is Match.KNOWN) == (len(who) == 1)
    assert len(chosen) == len(who)


@pytest.mark.parametrize("said", ["Anonymous", "Private number", "%CallerNumber%", "P"])
def test_a_line_may_say_in_words_that_the_number_is_hidden(said):
    event = ringing(said, name="Maria Okafor")

    assert is_hidden(event)
    assert number_of(event, Plan()) is None


def test_withheld_and_unavailable_are_told_apart():
    withheld, none = ringing(presentation=Presentation.WITHHELD), ringing(number=None)

    assert (is_hidden(withheld), is_hidden(none)) == (True, False)
    assert number_of(withheld, Plan()) is number_of(none, Plan()) is None
    assert no_number(hidden=True) == "Number withheld"
    assert no_number(hidden=False) == "No number was sent"


def caller(match, **more):
    number = number_of(ringing(), Plan())
    return Caller(number=number, shown="+44 20 7946 0123", match=match, **more)


def test_each_level_says_what_to_do():
    assert sentence(caller(Match.UNKNOWN)) == (
        "+44 20 7946 0123 is on no card. "
        "Type a name: known people show first, so that no one is entered twice."
    )
    assert sentence(caller(Match.WITHHELD, hidden=True)) == (
        "The caller hides the number. Ask for a name, postcode or account number."
    )
    assert sentence(caller(Match.WITHHELD)).startswith("The network sent no number.")
    assert "Ask, then press the digit." in sentence(caller(Match.SHARED))
    assert "mentioned in a note" in sentence(caller(Match.MAYBE))
    assert "one of our own" in sentence(caller(Match.UNKNOWN, house="the main number"))


def test_a_candidate_says_why_it_is_there():
    place = Brief(1, "Halden & Sons", Kind.ORGANISATION, (), "")

    assert why(found(), Match.KNOWN) == "the only card with this number"
    assert why(found(how=How.PLACE), Match.SHARED, place) == "works at Halden & Sons"
    assert why(found(), Match.SHARED, place) == "the number is on this card"
    assert why(found(how=How.NOTED), Match.MAYBE) == "the number is mentioned in a note"
