"""The greeting is that of the called number, the caller's language and the hour."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.base.phone import Plan
from care_console.calls.rules.greeting import called_lines, greeting, greetings, line_key

PLAN = Plan("GB")
HOUSE = (
    "+44 20 7946 0110 fr = Northgate, service commercial, {hello}, {clerk} à votre écoute.",
    "020 7946 0110 = {hello}, Northgate sales, {clerk} speaking.",
    "fr = {company}, {hello}.",
    "repairs = Repairs: is everybody safe and warm?",
    "= {hello}, {company}.",
)
SALES, MAIN = "+442079460110", "+442079460100"


def said(lines=HOUSE, called=MAIN, language="", hour=9, clerk="Rosa", house_language="en_GB"):
    return greeting(
        lines,
        PLAN,
        company="Northgate",
        called=called,
        language=language,
        house_language=house_language,
        hour=hour,
        clerk=clerk,
    )


@pytest.mark.parametrize(
    ("called", "language", "words"),
    [
        (SALES, "fr", "Northgate, service commercial, Bonjour, Rosa à votre écoute."),
        (SALES, "fr-CA", "Northgate, service commercial, Bonjour, Rosa à votre écoute."),
        (SALES, "", "Good morning, Northgate sales, Rosa speaking."),
        (MAIN, "fr", "Northgate, Bonjour."),
        (MAIN, "", "Good morning, Northgate."),
        ("", "", "Good morning, Northgate."),
        ("Repairs", "", "Repairs: is everybody safe and warm?"),
    ],
)
def test_the_number_and_the_language_count_before_the_number_and_that_before_the_language(
    called, language, words
):
    assert said(called=called, language=language) == words


@pytest.mark.parametrize(
    ("language", "hour", "hello"),
    [
        ("en", 0, "Good morning"),
        ("en", 11, "Good morning"),
        ("en", 12, "Good afternoon"),
        ("en", 18, "Good evening"),
        ("en", 23, "Good evening"),
        ("fr", 9, "Bonjour"),
        ("fr", 18, "Bonsoir"),
        ("de", 9, "Guten Morgen"),
        ("de", 14, "Guten Tag"),
        ("de", 19, "Guten Abend"),
        ("tlh", 9, "Good morning"),
    ],
)
def test_hello_is_said_by_the_hour_in_the_callers_language(language, hour, hello):
    assert said(("= {hello}!",), language=language, hour=hour) == f"{hello}!"


def test_without_a_word_of_the_house_there_is_a_usual_greeting():
    assert said(()) == "Good morning, Northgate, Rosa speaking."
    assert said((), language="fr") == "Northgate, Bonjour, Rosa à votre écoute."
    assert said((), language="de") == "Northgate, Guten Morgen, Sie sprechen mit Rosa."
    assert said((), house_language="de_DE") == "Northgate, Guten Morgen, Sie sprechen mit Rosa."
    assert said((), clerk="") == "Good morning, Northgate."


def test_the_houses_language_stands_in_where_the_callers_is_not_spoken():
    lines = ("fr = {hello}, Northgate.",)

    assert said(lines, language="fi", house_language="fr_FR") == "Bonjour, Northgate."


def test_an_empty_value_leaves_no_stray_comma():
    assert said(("= {hello}, {company}, {clerk}.",), clerk="") == "Good morning, Northgate."
    assert said(("= {clerk}, {company}",), clerk="") == "Northgate"


@pytest.mark.parametrize(
    "line",
    [
        "",
        "=",
        "no equals sign",
        "en =",
        "= {nothing}",
        "= {hello",
        "= hello}",
        "= {}",
        "= {hello!r}",
    ],
)
def test_a_line_that_cannot_be_understood_is_left_out(line):
    assert greetings((line,), PLAN) == ()
    assert said((line, *HOUSE)) == "Good morning, Northgate."


lines = st.lists(st.text(alphabet=" =+0123enfr{}helocmpaykr\n\0", max_size=40), max_size=4)


@given(lines, st.text(max_size=20), st.text(max_size=8), st.integers(0, 23), st.text(max_size=9))
def test_no_text_in_the_options_or_from_the_line_stops_a_greeting(
    house, called, language, hour, clerk
):
    assert isinstance(said(tuple(house), called, language, hour, clerk), str)
    called_lines(tuple(house), PLAN)


def test_a_called_number_has_a_name_however_it_is_written():
    names = called_lines(("+442079460100 = the main number", "sales=the sales number", "="), PLAN)

    assert names[line_key("020 7946 0100", PLAN)] == "the main number"
    assert names[line_key("Sales", PLAN)] == "the sales number"
    assert len(names) == 2
