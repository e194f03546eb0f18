"""A name in one piece is split as its owner would split it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.exchange.rules.people import is_name, is_organisation, split_name
from care_console.exchange.rules.vocabulary import label_of, language_of


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("Maria Okafor", ("", "Maria", "Okafor", "")),
        ("Okafor, Maria", ("", "Maria", "Okafor", "")),
        ("Okafor, Dr Maria Ngozi", ("Dr", "Maria Ngozi", "Okafor", "")),
        ("Prof. Dr. med. Ada von der Heide", ("Prof. Dr. med.", "Ada", "von der Heide", "")),
        ("Mme Séverine d'Aubigné", ("Mme", "Séverine", "d'Aubigné", "")),
        ("Ludwig van den Berg", ("", "Ludwig", "van den Berg", "")),
        ("Ada Poe Jr.", ("", "Ada", "Poe", "Jr.")),
        ("Ada Poe, PhD", ("", "Ada", "Poe", "PhD")),
        ("M. Okafor", ("M.", "", "Okafor", "")),
        ("Maria", ("", "Maria", "", "")),
        ("John & Mary Poe", ("", "John & Mary", "Poe", "")),
        ("Van Morrison", ("", "Van", "Morrison", "")),
    ],
)
def test_a_whole_name_has_parts(whole, parts):
    said = split_name(whole)
    prefix, first, family, suffix = parts

    assert said.get("prefix", "") == prefix
    assert (said.get("given", ""), said.get("family", "")) in ((first, family), (family, first))
    assert said.get("suffix", "") == suffix


@given(st.text())
def test_no_word_of_a_name_is_lost(whole):
    said = split_name(whole)

    words = whole.replace(",", " ").split()
    assert sorted(" ".join(said.values()).replace(",", " ").split()) == sorted(words)


@pytest.mark.parametrize(
    "name",
    [
        "Halden Instruments Ltd", "Halden Instruments Ltd.", "Weiß & Söhne", "Poe GmbH & Co. KG",
        "Société Aubigné SARL", "Poe and Sons", "Aubigné et Fils", "Gebrüder Weiß", "Sparkline AG",
        "Turnverein Nord e.V.", "Poe S.A.R.L.", "Brothers Poe", "Leeds City Council",
    ],
)  # fmt: skip
def test_an_organisation_sounds_like_one(name):
    assert is_organisation(name)


@pytest.mark.parametrize(
    "name",
    ["Maria Okafor", "Ev Williams", "Ag Poe", "Sa Kim", "John & Mary Poe", "Ltd", "Sonia Cohen",
     "Peter Coe", "Bro Poe", "Jo Limitedova", ""],
)  # fmt: skip
def test_a_person_does_not(name):
    assert not is_organisation(name)


def test_a_number_in_a_names_place_is_no_name():
    assert not is_name("+44 7700 900123")
    assert not is_name("ada@example.com")
    assert is_name("Ada")
    assert is_name("4 Poes")


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("* Work", "work"), ("_$!<Mobile>!$_", "mobile"), ("WORK,FAX", "work fax"),
        ("Geschäftlich", "work"), ("Domicile", "home"), ("SMTP", ""), ("* ", ""), ("Reception",
        "Reception"), ("Grandma's flat", "Grandma's flat"), ("cell;work;voice", "work mobile"),
    ],
)  # fmt: skip
def test_a_label_is_ours_or_what_somebody_made_up(said, label):
    assert label_of(said) == label


@pytest.mark.parametrize(
    ("said", "tag"),
    [("Deutsch", "de"), ("anglais", "en"), ("EN_gb", "en-GB"), ("zh-hant-tw", "zh-Hant-TW"),
     ("any", "any"), ("Dothraki tongue", ""), ("", "")],
)  # fmt: skip
def test_a_language_is_a_tag(said, tag):
    assert language_of(said) == tag
