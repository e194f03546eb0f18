"""What vobject can read, it reads as we do."""

import warnings

import pytest

from care_console.cards.rules import Kind
from care_console.exchange.rules.rows import rows

from .conftest import FILES

READABLE = ["apple.vcf", "google.vcf", "thunderbird.vcf", "nextcloud.vcf"]


@pytest.fixture
def vobject():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip("vobject")


def theirs(vobject, name):
    with warnings.catch_warnings(), (FILES / name).open(encoding="utf-8", newline="") as file:
        warnings.simplefilter("ignore")
        return list(vobject.readComponents(file, allowQP=False))


def flat(words):
    return " ".join(words if isinstance(words, list) else [words]).strip()


def texts(card, name):
    return [flat(line.value) for line in card.contents.get(name, ())]


@pytest.mark.parametrize("name", READABLE)
def test_vobject_reads_the_same(vobject, name):
    ours = list(rows(FILES / name, None))
    known = theirs(vobject, name)

    assert len(ours) == len(known)
    for row, card in zip(ours, known, strict=True):
        if row.card is None:
            continue
        if row.card.kind is Kind.PERSON and "n" in card.contents:
            said = card.n.value
            assert (row.card.given, row.card.family) == (flat(said.given), flat(said.family))
            assert row.card.additional == flat(said.additional)
            assert row.card.prefix == flat(said.prefix)
        assert row.card.note == "\n".join(texts(card, "note"))
        assert {each.address for each in row.card.emails} == set(texts(card, "email"))
        numbers = {number for number in texts(card, "tel") if not number.startswith("tel:")}
        assert numbers <= {each.raw for each in row.card.phones}
        assert [each.town for each in row.card.addresses] == [
            flat(each.value.city) for each in card.contents.get("adr", ())
        ]
        if row.card.kind is Kind.PERSON and "org" in card.contents:
            assert row.card.company == card.org.value[0]
