"""What a few typed fields make of a new card."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.cards.rules import Group, Kind
from care_console.cards.rules.typed import name_parts, new_card

TODAY = date(2030, 1, 7)


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("Maria Okafor", {"given": "Maria", "family": "Okafor"}),
        ("Okafor, Maria", {"given": "Maria", "family": "Okafor"}),
        ("Dr Maria van den Berg", {"prefix": "Dr", "given": "Maria", "family": "van den Berg"}),
        ("Maria Luisa Okafor", {"given": "Maria Luisa", "family": "Okafor"}),
        ("Okafor", {"given": "Okafor"}),
        ("Van Morrison", {"given": "Van", "family": "Morrison"}),
        ("", {}),
    ],
)
def test_one_field_is_enough_for_a_name(typed, parts):
    assert name_parts(typed) == parts


@given(st.lists(st.text("abcäé,'-", min_size=1), max_size=6).map(" ".join))
def test_no_word_of_a_name_is_lost(typed):
    words = " ".join(name_parts(typed).values()).replace(",", " ").split()

    assert sorted(words) == sorted(typed.replace(",", " ").split())


def test_what_was_typed_is_all_on_the_card():
    card = new_card(
        name=" Maria  Okafor ",
        phone="020 7946 0123 ",
        email=" m@example.org",
        company="Okafor Plumbing",
        groups=["prospect", "distributor"],
        today=TODAY,
    )

    assert (card.kind, card.given, card.family) == (Kind.PERSON, "Maria", "Okafor")
    assert (card.phones[0].raw, card.emails[0].address) == ("020 7946 0123", "m@example.org")
    assert card.company == "Okafor Plumbing"
    assert [(each.group, each.since) for each in card.memberships] == [
        (Group.PROSPECT, TODAY),
        (Group.DISTRIBUTOR, TODAY),
    ]


@pytest.mark.parametrize("typed", [{"name": "Poe GmbH"}, {"name": "Okafor & Sons"}])
def test_a_firms_name_makes_an_organisation(typed):
    card = new_card(**typed)

    assert (card.kind, card.family) == (Kind.ORGANISATION, typed["name"])


def test_a_company_without_a_name_is_the_card_itself():
    card = new_card(company="Halden & Sons")

    assert (card.kind, card.family, card.company) == (Kind.ORGANISATION, "Halden & Sons", "")
