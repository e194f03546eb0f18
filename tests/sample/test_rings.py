"""Numbers, places and the rings of the demo: each case is what it says, and nobody real."""

import re
from collections.abc import Iterator

import phonenumbers
import pytest

from tests.sample.conftest import Sample, e164, read

# Ofcom, "Telephone numbers for use in TV and radio drama programmes"; Arcep, décision 2012-0856;
# Bundesnetzagentur, Mitteilung 148/2021; the North American Numbering Plan, 555-0100 to 0199
RESERVED = re.compile(
    r"\+44(2079460|(113|114|115|116|117|118|121|131|141|151|161)4960|1914980|2920180)\d{3}"
    r"|\+44(1632960|7700900|8081570|3069990)\d{3}"
    r"|\+1[2-9]\d{2}55501\d{2}"
    r"|\+33(19900|26191|35301|46571|53649|63998)\d{4}"
    r"|\+49(3023125|6990009|4066969|2214710|8999998)\d{3}|\+4915228817386"
)
LIKE_A_NUMBER = re.compile(r"\+?\d[\d ()/.-]{8,}\d")
NEVER_ISSUED = re.compile(r"[A-Z]{1,2}\d{1,2}[A-Z]? \d[CIKMOV]{2}")  # no such last two letters
LEVELS = {"known", "shared", "maybe", "unknown", "withheld"}
RINGS = read("rings")["rings"]


def texts(part: object) -> Iterator[str]:
    """Give every string inside a table of the sample."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for value in part.values():
            yield from texts(value)
    elif isinstance(part, list):
        for value in part:
            yield from texts(value)


def phones(sample: Sample) -> Iterator[tuple[str, dict]]:
    """Give each number with the key of its card."""
    for key, card in sample.cards.items():
        for phone in card["phones"]:
            yield key, phone


def is_extension(raw: str) -> bool:
    """Say whether a number is one of the house's own, of three digits."""
    return raw.isdigit() and len(raw) == 3


def in_words(text: str) -> set[str]:
    """Return the numbers that are written somewhere in a text."""
    return {e164(found) for found in LIKE_A_NUMBER.findall(text)}


def found(sample: Sample, ring: dict) -> tuple[str, set[str]]:
    """Return the level of match and the cards, from nothing but the data."""
    if ring.get("withheld"):
        return "withheld", set()
    raw = ring["number"]
    if is_extension(raw):
        return "known", {key for key, phone in phones(sample) if phone["raw"] == raw}
    number = e164(raw)
    outside = [(key, phone) for key, phone in phones(sample) if not is_extension(phone["raw"])]
    hits = [(key, phone) for key, phone in outside if e164(phone["raw"]) == number]
    cards = {key for key, _ in hits}
    if cards:
        alone = len(cards) == 1 and not hits[0][1].get("shared")
        return ("known" if alone else "shared"), cards
    noted = {key for key, card in sample.cards.items() if number in in_words(card.get("note", ""))}
    for key, contact in sample.entries():
        if number in in_words(contact["note"]):
            noted.add(key)
    return ("maybe" if noted else "unknown"), noted


@pytest.mark.parametrize("ring", RINGS, ids=lambda ring: ring["key"])
def test_a_ring_finds_what_the_script_says(sample, ring):
    level, cards = found(sample, ring)

    assert level == ring["match"]
    assert cards == set(ring["cards"])


def test_the_script_has_one_case_for_each_level_an_extension_and_a_foreigner(sample):
    assert {ring["match"] for ring in sample.rings} == LEVELS
    assert any(is_extension(ring.get("number", "")) for ring in sample.rings)
    assert any(ring.get("number", "").startswith("+1") for ring in sample.rings)
    assert sample.rings[0]["cards"] == ["maria-okafor"]
    lines = {line["key"] for line in sample.company["lines"]}
    assert {ring["called"] for ring in sample.rings} == lines


def test_a_withheld_ring_sends_neither_number_nor_name(sample):
    withheld = [ring for ring in sample.rings if ring.get("withheld")]

    assert len(withheld) == 1
    assert "number" not in withheld[0]
    assert withheld[0]["name"] == ""


def test_every_number_is_kept_for_fiction_and_could_be_dialled(sample):
    said = [phone["raw"] for _, phone in phones(sample)]
    said += [line["number"] for line in sample.company["lines"]]
    said += [ring["number"] for ring in sample.rings if "number" in ring]
    outside = [raw for raw in said if not is_extension(raw)]

    assert len(outside) > 80
    for raw in outside:
        assert RESERVED.fullmatch(e164(raw)), raw
        assert phonenumbers.is_possible_number(phonenumbers.parse(raw, "GB")), raw


def test_numbers_inside_notes_are_kept_for_fiction_too(sample):
    everything = [sample.company, sample.cards, sample.contacts, sample.matters, sample.relations]
    words = [text for part in everything for text in texts(part)]
    numbers = set().union(*(in_words(text) for text in words if " " in text))

    assert "+441134960245" in numbers
    for number in numbers:
        assert RESERVED.fullmatch(number), number


def test_the_number_of_the_unknown_caller_is_nowhere(sample):
    everything = [sample.company, sample.cards, sample.contacts, sample.matters]
    digits = [re.sub(r"\D", "", text) for part in everything for text in texts(part)]

    assert not any("1134960877" in text for text in digits)


def test_each_employee_and_nobody_else_has_an_extension(sample):
    inside = [(phone["raw"], key) for key, phone in phones(sample) if is_extension(phone["raw"])]
    employees = {key for key in sample.cards if "employee" in sample.groups(key)}

    assert {key for _, key in inside} == employees
    assert len({raw for raw, _ in inside}) == len(inside)
    assert ("204", "tomas-reed") in inside
    assert ("216", "omar-halim") in inside


def test_a_number_on_two_cards_is_marked_as_shared_on_each(sample):
    cards: dict[str, list[dict]] = {}
    for _, phone in phones(sample):
        if not is_extension(phone["raw"]):
            cards.setdefault(e164(phone["raw"]), []).append(phone)

    for number, said in cards.items():
        if len(said) > 1:
            assert all(phone.get("shared") for phone in said), number


def test_mail_goes_to_example_domains_only(sample):
    addresses = [
        mail["address"] for card in sample.cards.values() for mail in card.get("emails", [])
    ]
    addresses.append(sample.company["company"]["email"])

    assert len(addresses) == len(set(addresses))
    for address in addresses:
        domain = address.partition("@")[2]
        assert domain in {"example.org", "example.com", "example.net"} or domain.endswith(
            ".example"
        ), address


def test_no_british_postcode_is_one_that_the_post_could_have_issued(sample):
    homes = [home for card in sample.cards.values() for home in card.get("addresses", [])]

    assert len(homes) >= 30
    for home in homes:
        if home["country"] == "GB":
            assert NEVER_ISSUED.fullmatch(home["postcode"]), home
