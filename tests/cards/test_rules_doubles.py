"""Doubles are weighed alike from both sides, and the more two cards share the likelier they are."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from care_console.cards.rules import (
    Kind,
    NewAddress,
    NewCard,
    NewEmail,
    NewMembership,
    NewPhone,
)
from care_console.cards.rules.doubles import (
    BROAD,
    LISTED,
    NARROW,
    Found,
    Pairs,
    Sign,
    Traits,
    compare,
    traits_of,
)

NAMES = st.lists(st.sampled_from(["maria", "okafor", "okofor", "m", "jones", "acme"]), max_size=3)
RULES = st.sampled_from([BROAD, LISTED, NARROW])
TRAITS = st.builds(
    Traits,
    organisation=st.booleans(),
    given=NAMES.map(tuple),
    family=NAMES.map(tuple),
    company=st.sampled_from(["", "acme", "poe"]),
    numbers=st.frozensets(st.sampled_from(["+441", "+442", "+443;12"])),
    shared=st.frozensets(st.sampled_from(["+441"])),
    emails=st.frozensets(st.sampled_from(["a@example.org", "b@example.org"])),
    places=st.frozensets(st.sampled_from([("14elmrow", "n165km"), ("", "n165km"), ("1a", "")])),
    accounts=st.frozensets(st.sampled_from(["a17", "a18"])),
)
ANYTHING = st.builds(
    NewCard,
    kind=st.sampled_from(Kind),
    given=st.text(max_size=20),
    family=st.text(max_size=20),
    preferred=st.text(max_size=9),
    company=st.text(max_size=20),
    phones=st.lists(st.builds(NewPhone, raw=st.text(max_size=16), shared=st.booleans())).map(tuple),
    emails=st.lists(st.builds(NewEmail, address=st.text(max_size=16))).map(tuple),
    addresses=st.lists(st.builds(NewAddress, street=st.text(), postcode=st.text())).map(tuple),
    memberships=st.lists(
        st.builds(NewMembership, group=st.just("prospect"), account_number=st.text(max_size=9))
    ).map(tuple),
)


def plain(raw: str) -> str:
    return raw.strip()


def traits(given="", family="", number="", email="", place=(), account="", **more) -> Traits:
    new = NewCard(
        given=given,
        family=family,
        phones=(NewPhone(raw=number, shared=more.pop("shared", False)),) if number else (),
        emails=(NewEmail(address=email),) if email else (),
        addresses=(NewAddress(street=place[0], postcode=place[1]),) if place else (),
        memberships=(NewMembership(group="prospect", account_number=account),) if account else (),
        **more,
    )
    return traits_of(new, plain)


MARIA = traits("Maria", "Okafor", "+442079460123")


@given(TRAITS, TRAITS, RULES)
def test_it_is_all_one_which_card_is_the_first(one, other, rule):
    assert compare(rule, one, other) == compare(rule, other, one)


@given(TRAITS, TRAITS, RULES)
def test_nobody_is_more_like_a_card_than_itself(one, other, rule):
    # Among people one word says nothing; an organisation may have been kept as a person, though.
    assume(one.organisation == other.organisation)
    assert compare(rule, one, one).weight >= compare(rule, one, other).weight
    assert Sign.OTHER_NAME not in compare(rule, one, one).signs


@given(TRAITS, TRAITS, RULES, st.sampled_from(["numbers", "emails", "accounts"]))
def test_what_both_have_in_common_as_well_never_speaks_against_it(one, other, rule, which):
    more = [
        Traits(**{**_fields(each), which: getattr(each, which) | {"both"}}) for each in (one, other)
    ]
    assert compare(rule, *more).weight >= compare(rule, one, other).weight


@given(ANYTHING, ANYTHING, RULES, st.booleans())
def test_any_text_can_be_compared(one, other, rule, begun):
    likeness = compare(rule, traits_of(one, plain, begun=begun), traits_of(other, plain))
    assert likeness.likely <= bool(likeness.words)


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (traits("Maria", "Okafor", "+442079460123"), "same number, same name"),
        (traits("Okafor", "Maria", "+442079460123"), "same number, same name"),
        (traits("Maria", "Okofor", "+442079460123"), "same number, similar name"),
        (traits("M.", "Okafor", "+442079460123"), "same number, similar name"),
        (traits("Mária", "OKAFOR", "+442079460123"), "same number, same name"),
    ],
)
def test_it_says_in_words_why_two_are_likely_the_same(other, words):
    likeness = compare(LISTED, MARIA, other)
    assert likeness.likely
    assert likeness.words == words


@pytest.mark.parametrize(
    "other",
    [
        traits("Ben", "Okafor", "+442079460123"),  # who lives with her
        traits("Maria", "Okafor", "+441134960877"),  # a name alone, which many have
        traits("Maria", "Okafor"),
        traits("Ivo", "Kranz", "+442079460123", shared=True),
        traits("", "Northgate Ltd", "+442079460123", kind=Kind.ORGANISATION),
    ],
)
def test_what_may_well_be_somebody_else_is_not_listed(other):
    assert not compare(LISTED, MARIA, other).likely


def test_a_shared_number_weighs_little():
    shared = traits("Maria", "Okafor", "+442079460123", shared=True)
    own = compare(BROAD, MARIA, MARIA).weight
    assert compare(BROAD, MARIA, shared).weight < own
    assert compare(BROAD, MARIA, shared).words == "same name, same shared number"


def test_two_extensions_of_one_house_are_two_numbers():
    one = Traits(numbers=frozenset({"+442079460123;12"}))
    other = Traits(numbers=frozenset({"+442079460123;14"}))
    assert not compare(BROAD, one, other).signs


@pytest.mark.parametrize(
    ("one", "other", "sure"),
    [
        (MARIA, traits("Maria", "Okafor", "+442079460123"), True),
        (MARIA, traits("Maria", "Okofor", "+442079460123"), False),  # somebody has to look
        (MARIA, traits("Ben", "Okafor", "+442079460123", "maria@example.org"), False),
        (traits("A", "B", email="x@y.z"), traits("A", "B", email="X@y.z"), True),
        (
            traits("A", "B", place=("1 Elm Row", "N1")),
            traits("A", "B", place=("1 Elm Row", "N1")),
            False,
        ),  # a father and his son
        (traits("A", "B", account="A 17"), traits("A", "B", account="a17"), True),
    ],
)
def test_an_import_that_nobody_watches_takes_only_what_is_sure(one, other, sure):
    assert compare(NARROW, one, other).likely is sure


def test_while_a_name_is_typed_its_beginning_is_enough():
    typed = traits_of(NewCard(given="Maria", family="Oka"), plain, begun=True)
    assert compare(BROAD, typed, MARIA).likely
    assert not compare(BROAD, traits_of(NewCard(given="Maria", family="Oka"), plain), MARIA).likely


def test_an_organisation_is_the_same_with_and_without_its_legal_form():
    firm = [
        traits("", name, "+441134960000", kind=Kind.ORGANISATION)
        for name in ("Poe GmbH", "Poe", "Hall Ltd")
    ]
    assert compare(NARROW, firm[0], firm[1]).likely
    assert not compare(BROAD, firm[0], firm[2]).likely


def test_pairs_that_are_known_to_be_apart_are_not_proposed_again():
    block = [Found(1, MARIA), Found(2, MARIA), Found(3, MARIA)]
    pairs = Pairs(LISTED, 10, frozenset({(1, 2)}))
    pairs.take(block)
    pairs.take(block)
    assert [pair for pair, _likeness in pairs.best()] == [(1, 3), (2, 3)]


def _fields(of: Traits) -> dict[str, object]:
    return {name: getattr(of, name) for name in Traits.__slots__}


def test_an_organisation_that_was_kept_as_a_person_is_asked_about():
    organisation = traits(family="Acme Ltd", kind=Kind.ORGANISATION)

    assert Sign.LIKE_NAME in compare(BROAD, traits(family="Acme"), organisation).signs
    assert Sign.LIKE_NAME not in compare(BROAD, traits(family="Acme"), traits(family="Acme")).signs
