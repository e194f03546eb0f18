"""How a card is found: every word and every part of a number leads to it."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.base.fold import asked_words, fold
from care_console.cards.rules import Brief, Group, Kind
from care_console.cards.rules.asked import SLIP_KEYS, SLOTS, Asked, meant_by, slip_values
from care_console.cards.rules.search import (
    LONGEST_KEY,
    NAME,
    Sections,
    Told,
    brief,
    endings,
    face,
    sections,
    turned,
    zipped,
)
from care_console.cards.rules.sound import sound

DAY = date(2030, 1, 7)

texts = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=30)
folded = texts.map(lambda text: "".join(fold(text).split())).filter(bool)
numbers = st.text("0123456789", min_size=3, max_size=15)
memberships = st.tuples(
    st.sampled_from([group.value for group in Group]), st.none() | st.dates(), st.none(), texts
)
people = st.builds(
    Told,
    id=st.just(1),
    kind=st.sampled_from(Kind).map(str),
    name=texts,
    prefix=texts,
    given=texts,
    additional=texts,
    family=texts,
    preferred=texts,
    company=texts,
    title=texts,
    created=st.just(DAY),
    numbers=st.lists(st.tuples(numbers.map("+{}".format), st.just("")), max_size=4),
    emails=st.lists(texts, max_size=2),
    towns=st.lists(texts, max_size=2),
    memberships=st.lists(memberships, max_size=3),
)


@given(people)
def test_the_words_of_a_card_are_the_same_when_they_are_read_again(told):
    of = sections(told)

    assert Sections.parse(str(of)) == of


@given(people)
def test_each_word_of_a_name_comes_first_somewhere_and_no_key_is_too_long(told):
    of = sections(told)
    begun = {key.split(" ")[0] for kind, key in turned(of) if kind == NAME}

    assert {*of.given, *of.also, *of.family[:1]} <= begun
    assert all(0 < len(key) <= LONGEST_KEY for _kind, key in turned(of))


@given(folded, folded)
def test_given_and_family_stand_together_in_both_orders(first, last):
    told = Told(id=1, kind="person", name="", given=first, family=last, created=DAY)
    names = [f"{key} " for kind, key in turned(sections(told)) if kind == NAME]

    if first != last:
        assert any(name.startswith(f"{first} {last} ") for name in names)
        assert any(name.startswith(f"{last} {first} ") for name in names)


@given(folded, folded, st.integers(1, 9), st.integers(1, 9))
def test_the_beginnings_of_two_words_zipped_begin_the_two_words_zipped(one, other, most, least):
    assert zipped(one, other).startswith(zipped(one[:most], other[:least]))


@given(numbers, st.data())
def test_every_part_of_a_number_is_found_by_an_ending_or_one_later(number, data):
    told = Told(id=1, kind="person", name="", created=DAY, numbers=[(number, "")])
    kept = endings(sections(told))
    start = data.draw(st.integers(0, len(number)))
    part = number[start : start + data.draw(st.integers(4, 15))]

    if len(part) >= 4:
        assert any(
            ending.startswith(part) or (ending.startswith(part[1:]) and before == part[0])
            for ending, before in kept
        )


@given(people)
def test_a_list_shows_what_is_on_the_card(told):
    at = datetime(2029, 5, 4, tzinfo=UTC)
    shown = brief(7, face(told), DAY.isoformat(), at)
    there = {
        group for group, since, _until, _number in told.memberships if not since or since <= DAY
    }

    assert shown == Brief(
        id=7,
        name=told.name,
        kind=Kind(told.kind),
        groups=tuple(group for group in Group if group in there),
        company=told.company,
        title=told.title,
        town=next(filter(None, told.towns), ""),
        numbers=tuple(number for number, _extension in told.numbers),
        last_at=at,
    )


@pytest.mark.parametrize(
    "alike",
    [
        "meier mayer mayr meyer",
        "stephen steven stefan",
        "catherine kathryn katherine",
        "smith smyth schmidt",
        "john jon",
        "geoffrey jeffrey",
        "thompson tomson",
        "phillips filips",
        "leigh lee",
        "wright right",
        "nielsen nilsson",
        "mcdonald macdonald",
        "sean shaun",
        "reid reed",
    ],
)
def test_names_that_sound_alike_have_one_sound(alike):
    first, *others = alike.split()

    assert sound(first)
    assert {sound(other) for other in others} == {sound(first)}


@pytest.mark.parametrize("apart", ["brown green", "okafor oliver", "li wu"])
def test_names_that_do_not_sound_alike_have_others(apart):
    one, other = apart.split()

    assert sound(one) != sound(other) or sound(one) == ""


@given(texts)
def test_any_word_has_a_sound_or_none(text):
    for word in asked_words(text):
        assert sound(word) == "" or sound(word).isalpha()


def test_of_what_may_have_been_meant_slips_come_before_what_only_sounds_alike():
    known = ["stephan", "steffen", "stevie", "stefanie", "brown", "stefan"]

    meant = meant_by("stefen", known)

    assert meant[:2] == ["stefan", "steffen"]
    assert set(meant[2:]) == {"stephan", "stefanie"}


@given(texts)
def test_whatever_is_typed_can_be_asked(text):
    asked = Asked.of(text)
    values = asked.values("44")

    for word in asked.unsure():
        assert len(slip_values(word)) == SLIP_KEYS + 1
        values |= asked.in_place_of(word, ["smith"] * SLOTS)
    assert all(isinstance(value, str) for value in values.values())


@pytest.mark.parametrize(
    ("text", "typed", "sides"),
    [
        ("+44 (0)20 7946", "44207946", (True, False, False)),
        ("0044 20 7946", "44207946", (True, False, False)),
        ("0113 496", "0113496", (True, True, True)),
        ("0123", "0123", (True, True, False)),
        ("7946", "7946", (False, True, False)),
        ("７９４６", "7946", (False, True, False)),
    ],
)
def test_digits_are_looked_for_where_they_may_be(text, typed, sides):
    asked = Asked.of(text)

    assert (asked.typed, asked.sides[:3]) == (typed, sides)


def test_what_is_dialled_for_abroad_depends_on_the_country():
    asked = Asked.of("011 44 20")

    assert asked.values("1")["whole"] == "+4420"
    assert asked.values("44")["whole"] == "+44114420"
