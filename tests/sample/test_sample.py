"""What the sample promises to whoever loads it."""

from collections import Counter
from datetime import time

import pytest

from care_console.cards.rules import Group, Kind, NewCard, RelationKind
from tests.sample.conftest import SUBJECTS, day, e164, new_card, read

CHANNELS = {"telephone", "counter", "letter", "e-mail"}
TWO_YEARS = 730
MINIMUM_SPAN = 365
EXTERNAL_TARGET = {"bought from": {"distributor", "supplier"}, "supplied by": {"supplier"}}
CLOSING = {"settled", "we don't do that"}


def test_sixty_cards_have_keys_that_are_slugs_and_occur_once(sample):
    keys = [card["key"] for subject in SUBJECTS for card in read(f"cards/{subject}")["cards"]]

    assert len(keys) == len(set(keys)) == 60
    for key in keys:
        assert key == key.lower()
        assert key.replace("-", "").isascii()
        assert key.replace("-", "").isalnum()


def test_every_card_can_be_started(sample):
    ids = {key: number for number, key in enumerate(sample.cards, start=1)}

    cards = [new_card(said, ids) for said in sample.cards.values()]

    assert len(cards) == 60
    assert all(isinstance(card, NewCard) for card in cards)
    assert all(card.given or card.family for card in cards)
    assert {card.kind for card in cards} == set(Kind)


def test_all_five_groups_are_there_and_some_cards_are_in_several(sample):
    homes = Counter(one["group"] for card in sample.cards.values() for one in card["memberships"])
    several = [key for key in sample.cards if len(sample.groups(key)) > 1]

    assert set(homes) == set(Group)
    assert min(homes.values()) >= 8
    assert homes["employee"] == 14
    assert len(several) >= 6
    assert "maria-okafor" in several


def test_a_membership_ends_after_it_began_and_names_an_employee_as_its_owner(sample):
    for key, card in sample.cards.items():
        for one in card["memberships"]:
            since, until = day(one, "since"), day(one, "until")
            assert until is None or since < until, key
            assert "employee" in sample.groups(one["owner"]), key


def test_an_account_belongs_to_one_person_or_to_one_company_and_its_people(sample):
    works_at = {said["from"]: said["to"] for said in sample.relations if said["kind"] == "works at"}
    holders: dict[str, set[str]] = {}
    for key, card in sample.cards.items():
        for one in card["memberships"]:
            if number := one.get("account_number"):
                holders.setdefault(number, set()).add(works_at.get(key, key))

    shared = {number: names for number, names in holders.items() if len(names) > 1}
    assert shared == {}


def test_the_company_on_a_card_is_the_one_where_they_work(sample):
    for said in sample.relations:
        if said["kind"] == "works at":
            place = sample.cards[said["to"]]
            names = {place["family"], place.get("preferred")}
            assert sample.cards[said["from"]]["company"] in names


def test_names_are_of_every_kind_that_people_have(sample):
    people = [card for card in sample.cards.values() if card.get("kind", "person") == "person"]
    families = " ".join(card["family"] for card in people)

    assert any(not card["family"] for card in people)
    assert any(card.get("prefix") for card in people)
    assert all(mark in families for mark in ("'", "-", "ś", "Å", "í"))
    assert any(card["family"].split()[0] in {"van", "von", "de", "ap", "Ní"} for card in people)
    for card in people:
        if not (card["given"] + card["family"]).isascii():
            assert card.get("say_it"), card["key"]


def test_each_card_has_five_entries_or_more_over_more_than_a_year_of_the_last_two(sample):
    assert set(sample.contacts) == set(sample.cards)
    for key, contacts in sample.contacts.items():
        days = [contact["days_ago"] for contact in contacts]
        assert len(contacts) >= 5, key
        assert min(days) >= 1, key
        assert max(days) <= TWO_YEARS, key
        assert max(days) - min(days) >= MINIMUM_SPAN, key
        assert days == sorted(days), key


def test_an_entry_says_who_how_when_why_and_how_it_ended(sample):
    reasons = set(sample.company["contact"]["reasons"])
    outcomes = set(sample.company["contact"]["outcomes"])
    for key, contact in sample.entries():
        assert contact["channel"] in CHANNELS, key
        assert contact["direction"] in {"in", "out"}, key
        assert contact["reason"] in reasons, key
        assert contact["outcome"] in outcomes, key
        assert 1 <= contact["minutes"] <= 60, key
        assert time.fromisoformat(contact["at"]), key
        assert contact["note"].strip(), key
        assert "employee" in sample.groups(contact["by"]), key
        assert contact["by"] != key, "nobody writes a contact with themselves"

    assert {contact["outcome"] for _, contact in sample.entries()} == outcomes
    assert {contact["channel"] for _, contact in sample.entries()} == CHANNELS
    assert {contact["reason"] for _, contact in sample.entries()} == reasons


def test_an_entry_about_another_group_falls_into_its_membership(sample):
    said = [(key, contact) for key, contact in sample.entries() if "group" in contact]

    assert len({key for key, _ in said}) >= 6
    for key, contact in said:
        memberships = sample.cards[key]["memberships"]
        (one,) = (one for one in memberships if one["group"] == contact["group"])
        since, until = one["since_days_ago"], one.get("until_days_ago", 0)
        assert until <= contact["days_ago"] <= since, key


def test_nobody_answers_before_they_joined_the_house(sample):
    joined = {
        key: one["since_days_ago"]
        for key, card in sample.cards.items()
        for one in card["memberships"]
        if one["group"] == "employee"
    }
    for key, contact in sample.entries():
        assert contact["days_ago"] <= joined[contact["by"]], key
        if key in joined:
            assert contact["days_ago"] <= joined[key], key


def test_a_matter_is_of_the_card_whose_contacts_are_about_it(sample):
    about: dict[str, list[dict]] = {}
    for key, contact in sample.entries():
        if slug := contact.get("matter"):
            assert sample.matters[slug]["card"] == key, slug
            about.setdefault(slug, []).append(contact)

    assert set(about) == set(sample.matters)
    for slug, contacts in about.items():
        matter, last, first = sample.matters[slug], contacts[0], contacts[-1]
        closed = matter["state"] == "closed"
        assert (last["outcome"] in CLOSING) == closed, slug
        assert (matter["opened_days_ago"], matter["opened_at"]) == (first["days_ago"], first["at"])
        if closed:
            assert matter["closed_days_ago"] == last["days_ago"], slug
        assert ("closed_days_ago" in matter) == closed, slug

    assert {matter["state"] for matter in sample.matters.values()} == {"open", "closed"}


def test_relations_join_two_cards_and_none_is_told_twice(sample):
    told = [(one["from"], one["kind"], one["to"]) for one in sample.relations]

    assert len(told) == len(set(told)) == 81
    assert {kind for _, kind, _ in told} == set(RelationKind)
    for one, kind, other in told:
        assert one in sample.cards
        assert other in sample.cards
        assert one != other
        assert (other, kind, one) not in told


def test_a_relation_reads_rightly_from_either_side(sample):
    for said in sample.relations:
        told = (said["from"], said["kind"], said["to"])
        from_kind = sample.cards[said["from"]].get("kind", "person")
        to_kind = sample.cards[said["to"]].get("kind", "person")
        if said["kind"] == "works at":
            assert (from_kind, to_kind) == ("person", "organisation"), told
        if said["kind"] == "household of":
            assert (from_kind, to_kind) == ("person", "person"), told
        if said["kind"] in {"sold by", "served by"}:
            assert sample.groups(said["to"]) & {"employee", "distributor"}, told
        if wanted := EXTERNAL_TARGET.get(said["kind"]):
            assert sample.groups(said["to"]) & wanted, told


def test_the_company_answers_each_line_at_each_hour_in_three_languages(sample):
    company = sample.company
    assert company["company"]["country"] == "GB"
    assert company["company"]["currency"] == "GBP"
    assert "employee" in sample.groups(company["clerk"]["card"])
    assert [line["key"] for line in company["lines"]] == ["main", "sales", "repairs"]
    assert time.fromisoformat(company["day"]["morning"]) < time.fromisoformat("12:00")
    for line in company["lines"]:
        assert set(line["greetings"]) == {"en", "fr", "de"}
        for greetings in line["greetings"].values():
            assert set(greetings) == {"morning", "afternoon", "evening"}
            for words in greetings.values():
                assert "Rosa" in words.format(name="Rosa")
                assert company["company"]["name"] in words


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_contacts_of_a_file_are_those_of_the_cards_of_the_same_name(subject):
    keys = {card["key"] for card in read(f"cards/{subject}")["cards"]}

    assert set(read(f"contacts/{subject}")) == keys


def test_no_line_of_the_house_is_a_number_of_a_card(sample):
    own = {e164(line["number"]) for line in sample.company["lines"]}
    theirs = {
        e164(phone["raw"])
        for card in sample.cards.values()
        for phone in card["phones"]
        if len(phone["raw"]) > 5
    }

    assert not own & theirs
