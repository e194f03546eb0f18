"""A number that is known is not yet the customer."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.calls.rules.verified import (
    ENOUGH,
    Asked,
    Counts,
    Known,
    Level,
    NotAsked,
    Standing,
    answers,
    facts,
    known_of,
    level,
    level_words,
    question,
    ticked_words,
    told_words,
)
from care_console.cards.rules import Address, Card, Email, Group, Kind, Membership, Phone

NOW = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)
LAST = datetime(2030, 1, 3, 12, 0, tzinfo=UTC)
HOME, MOBILE = "+442079460123", "+447700900123"
MARIA = Card(
    id=7,
    kind=Kind.PERSON,
    name="Maria Okafor",
    fields={"may_be_told": "Ada, her daughter"},
    created_at=NOW,
    phones=(
        Phone(1, "020 7946 0123", "home", HOME, "", False),
        Phone(2, "07700 900123", "mobile", MOBILE, "", False),
    ),
    emails=(Email(1, "maria@example.org", ""),),
    addresses=(Address(1, "14 Elm Row", "London", "", "N16 5KM", "", ""),),
    memberships=(
        Membership(1, Group.END_USER, date(2029, 1, 1), None, "A-17", None, "", 3, "Halden & Sons"),
    ),
    alerts=(),
    relations=(),
)
BARE = Card(9, Kind.PERSON, "Bo", {"may_be_told": ""}, NOW, (), (), (), (), (), ())
RANK = list(Level)

knowing = st.frozensets(st.sampled_from(Known))
counting = st.builds(Counts, *[st.integers(1, 6)] * 3)


def asked_of(card=MARIA, channel="telephone", direction="in", calling=HOME, last=LAST):
    return answers(
        card,
        channel=channel,
        direction=direction,
        calling=calling,
        last_at=last,
        now=NOW,
        locale="en_GB",
    )


def standing(ticked=(), card=MARIA, counts=Counts(), **more):  # noqa: B008
    return Standing(
        contact_id=1,
        card_id=card.id,
        level=level(ticked, counts),
        facts=facts(asked_of(card, **more), ticked),
        may_be_told=card.fields["may_be_told"],
    )


def test_a_caller_is_asked_for_what_the_card_knows():
    said = {known: words.translate({0x2068: "", 0x2069: ""}) for known, words in asked_of().items()}

    assert said == {
        "postcode": "N16 5KM",
        "last contact": "Thu 3",
        "account number": "A-17",
        "e-mail": "maria@example.org",
        "telephone": "+44 7700 900123",
        "seller": "Halden & Sons",
    }


def test_nobody_is_asked_for_the_number_from_which_they_call():
    assert "0123" not in asked_of(calling=HOME)[Known.TELEPHONE].replace("900123", "")
    assert "7946" in asked_of(calling=MOBILE)[Known.TELEPHONE]
    assert "7946" in asked_of(calling="")[Known.TELEPHONE]
    assert "900123" in asked_of(calling="")[Known.TELEPHONE]


def test_a_card_that_says_nothing_asks_nothing():
    assert asked_of(BARE, last=None) == {}
    assert level_words(standing(card=BARE, last=None)) == "Not yet verified: ring them back"


def test_what_the_clerk_sees_for_themselves_depends_on_the_way_they_came():
    assert Known.RANG_BACK in asked_of(direction="out")
    assert Known.RANG_BACK not in asked_of(BARE, direction="out")
    assert Known.DOCUMENT in asked_of(channel="counter")
    assert Known.WRITTEN in asked_of(channel="letter")
    assert Known.EMAIL not in asked_of(channel="e-mail")
    assert not {Known.RANG_BACK, Known.DOCUMENT, Known.WRITTEN} & set(asked_of())


@pytest.mark.parametrize(
    ("known", "reached"),
    [
        ((), "none"),
        (("postcode",), "talking"),
        (("postcode", "seller"), "giving"),
        (("document",), "giving"),
        (("rang back",), "giving"),
        (("written",), "talking"),
    ],
)
def test_facts_add_up_to_levels(known, reached):
    assert level(known, Counts()) == reached


def test_reading_out_comes_before_giving_where_the_house_wants_it_so():
    counts = Counts(1, 2, 3)
    known = ["postcode", "seller", "e-mail"]

    assert [level(known[:many], counts) for many in range(4)] == RANK


@given(counting)
def test_who_knows_nothing_is_never_verified(counts):
    assert level((), counts) is Level.NONE


@given(knowing, st.sampled_from(Known), counting)
def test_one_fact_more_never_lowers_the_level(known, more, counts):
    before, after = level(known, counts), level(known | {more}, counts)

    assert RANK.index(after) >= RANK.index(before)


@given(knowing, counting)
def test_giving_needs_as_many_facts_as_the_house_says(known, counts):
    if level(known, counts) is Level.GIVING and not ENOUGH & known:
        assert len(known) >= max(counts.giving, counts.reading, counts.talking)


def test_the_row_says_what_to_ask_and_what_was_known():
    assert level_words(standing()) == "Not yet verified: ask postcode"
    assert level_words(standing(["postcode"])) == "Verified for talking"
    assert level_words(standing(["postcode", "last contact"])) == "Verified for giving"
    assert ticked_words(standing(["postcode", "last contact"])) == "postcode  ·  last contact"
    assert level_words(None) == "Not yet verified"


def test_the_next_question_is_one_that_was_not_answered_yet():
    assert standing().next.known is Known.POSTCODE
    assert standing(["postcode"]).next.known is Known.LAST_CONTACT
    assert standing(["postcode", "seller"]).next is None


def test_what_was_ticked_stays_though_the_card_says_no_more_of_it():
    assert facts({}, ["postcode"]) == (Asked(Known.POSTCODE, "", True),)


def test_who_else_may_be_told_is_said():
    assert told_words(standing()) == "May also be told: \u2068Ada, her daughter\u2069"
    assert told_words(standing(card=BARE)) == ""


@pytest.mark.parametrize("known", Known)
def test_each_fact_has_its_question(known):
    assert question(known).endswith((".", "”"))
    assert known_of(known.value) is known


def test_nothing_else_is_asked():
    with pytest.raises(NotAsked, match="nothing that one asks for"):
        known_of("mother's maiden name")
