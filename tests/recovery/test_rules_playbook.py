"""The words are whole, and nobody hears the same ones twice before all were said."""

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.base.resources import resource
from care_console.cards.rules import Group
from care_console.recovery.rules import (
    MOMENTS,
    Fault,
    Mood,
    OpenedFrom,
    Script,
    Shown,
    Step,
    Wording,
)
from care_console.recovery.rules.playbook import (
    PLACEHOLDERS,
    choose,
    fill,
    locale_for,
    placeholders,
)
from care_console.recovery.rules.reading import (
    FEWEST,
    BadPlaybook,
    faults_of,
    key_of,
    playbook_of,
)

FILES = sorted(resource("playbooks").glob("*.toml"))
LANGUAGES = ("en", "fr")
ENGLISH = (resource("playbooks") / "end-user.en.toml").read_text("utf-8")
BOOK = playbook_of(ENGLISH)
WHERE = st.tuples(st.sampled_from(Step), st.sampled_from(Fault), st.sampled_from(Mood))


def sections(book):
    return [*book.sections.values(), *book.moments.values()]


def test_there_are_words_for_all_five_groups_in_english_and_in_french():
    names = {each.name for each in FILES}

    assert names >= {f"{group}.{language}.toml" for group in Group for language in LANGUAGES}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_file_is_complete(file):
    group, language, _ = file.name.split(".")
    text = file.read_text("utf-8")

    assert faults_of(text, group, language) == ()
    book = playbook_of(text)
    for where in product(Step, Fault, Mood):
        assert len(book.wordings(*where)) >= FEWEST
    assert set(book.moments) == set(MOMENTS)
    assert all(len(each) >= FEWEST and each[0].rather_than for each in sections(book))
    assert all(each[0].tail for each in sections(book))
    assert len(book.emergency.there("ZZ").steps) >= 5
    assert any("999 / 112" in each for each in book.emergency.there("GB").steps)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_words_are_met_twice_in_a_file(file):
    book = playbook_of(file.read_text("utf-8"))
    said = [each.say for section in sections(book) for each in section]

    assert len(said) == len(set(said))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_are_met_twice_in_one_language(language):
    said = [
        each.say
        for file in FILES
        if f".{language}." in file.name
        for section in sections(playbook_of(file.read_text("utf-8")))
        for each in section
    ]

    assert sorted(each for each in set(said) if said.count(each) > 1) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_number_to_ring_stands_in_no_playbook_but_comes_with_the_country(file):
    emergency = playbook_of(file.read_text("utf-8")).emergency

    assert not any(re.search(r"\d", each) for each in (*emergency.say, *emergency.steps))
    for country in ("GB", "FR", "US", "ZZ"):
        there = emergency.there(country)
        assert not any("{" in each or "…" in each for each in (*there.say, *there.steps))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_clerk_can_always_say_something_without_a_figure_or_a_date(file):
    book = playbook_of(file.read_text("utf-8"))
    known = {"name", "clerk", "company"}

    for section in book.sections.values():
        assert any(placeholders(each.say) <= known for each in section)


@given(WHERE, st.lists(st.integers(0, 5), max_size=30))
def test_nobody_hears_the_same_words_twice_before_all_were_said(where, turns):
    options = BOOK.wordings(*where)
    said = []
    for turn in turns:
        wording, number = choose(options, frozenset(said), turn, {})
        assert options[number - 1] is wording
        if len(set(said)) < len(options):
            assert wording.key not in said
        said.append(wording.key)


@given(WHERE, st.integers(0, 50))
def test_the_next_wording_is_another_one_and_goes_round(where, turn):
    options = BOOK.wordings(*where)
    values = dict.fromkeys(PLACEHOLDERS, "so")
    here, there = (choose(options, frozenset(), each, values)[0] for each in (turn, turn + 1))

    assert here is not there
    assert here is choose(options, frozenset(), turn + len(options), values)[0]


def test_words_with_a_gap_come_after_those_without_one():
    options = (Wording("a", "By {promise}."), Wording("b", "Soon."), Wording("c", "Now."))

    assert choose(options, frozenset(), 0, {})[0].key == "b"
    assert choose(options, frozenset({"b", "c"}), 0, {})[0].key == "a"
    assert choose(options, frozenset(), 0, {"promise": "noon"}) == (options[0], 1)


def test_words_for_a_fault_that_is_not_theirs_are_never_said_of_theirs():
    unknown = BOOK.wordings(Step.APOLOGY, Fault.UNKNOWN, Mood.SHOUTING)

    assert BOOK.wordings(Step.APOLOGY, Fault.THEIRS, Mood.SHOUTING) == unknown
    assert BOOK.wordings(Step.APOLOGY, Fault.OURS, Mood.SHOUTING) != unknown
    assert BOOK.wordings(Step.EMPATHY, Fault.OURS, Mood.CALM) == BOOK.wordings(
        Step.EMPATHY, Fault.UNKNOWN, Mood.CALM
    )


@given(st.dictionaries(st.sampled_from(sorted(PLACEHOLDERS)), st.text(max_size=20)))
def test_a_value_is_plain_text_whatever_stands_in_it(values):
    filled = fill("<{name}|{clerk}|{company}|{amount}|{promise}>", values)

    names = ("name", "clerk", "company", "amount", "promise")
    assert filled == f"<{'|'.join(values.get(each) or '…' for each in names)}>"


def test_a_sentence_begins_with_a_capital():
    values = {"amount": "a morning off", "name": "de Vries"}

    assert fill("{amount}, {name}.", values) == "A morning off, de Vries."
    assert fill("Yes. {amount}: {amount}", values) == "Yes. A morning off: a morning off"


def test_a_script_says_what_fits_and_counts_it():
    script = Script(BOOK, Fault.OURS, frozenset(), {"name": "Maria"})
    first, second = (script.words(Step.APOLOGY, Mood.CALM, turn) for turn in (0, 1))
    heard = Script(BOOK, Fault.OURS, frozenset({first.key}), {"name": "Maria"})

    assert (first.number, first.count, first.said_before) == (1, 4, False)
    assert "Maria" in first.say
    assert "Calm down." in script.words(Step.EMPATHY, Mood.CALM).rather_than
    assert second.number == 2
    assert heard.words(Step.APOLOGY) == second
    assert "£35" in script.saying(amount="£35", promise="11:15").moment("beyond").say
    assert "11:15" in script.saying(promise="11:15").moment("beyond").tail


def test_what_had_better_not_be_said_has_the_name_in_it_too():
    text = FILES[0].read_text("utf-8")
    book = playbook_of(text.replace("rather_than = [", 'rather_than = ["Not now, {name}.",'))
    script = Script(book, Fault.OURS, frozenset(), {"name": "Maria"})

    assert script.words(Step.EMPATHY).rather_than[0] == "Not now, Maria."


def test_all_said_says_so():
    keys = frozenset(each.key for each in BOOK.wordings(Step.EMPATHY, Fault.OURS, Mood.CALM))
    words = Script(BOOK, Fault.OURS, keys, {}).words(Step.EMPATHY)

    assert words.said_before


def test_the_key_follows_from_the_words():
    assert key_of("apology", "I'm sorry.") == key_of("apology", "I'm sorry.")
    assert key_of("apology", "I'm sorry.") != key_of("apology", "I am sorry.")
    assert key_of("apology", "I'm sorry.").startswith("apology.")


def line_of(text, words):
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


@pytest.mark.parametrize(
    ("old", "new", "said", "at"),
    [
        ('group = "end-user"', "group = end-user", "TOML", "group = end-user"),
        (
            "How have you managed since then, {name}?",
            "How are you, {nam}?",
            "{nam} is not known",
            "How are you",
        ),
        (
            "How have you managed since then, {name}?",
            "How are you, {name?",
            "brace",
            "How are you",
        ),
        ("[empathy.any.boss]", "[empathy.any.bored]", "bored is none", "empathy.any.bored"),
        ("[empathy.any.boss]", "[empathy.mine.boss]", "mine is none", "empathy.mine.boss"),
        (
            "Of course you're upset. It was one thing too many.",
            "Go on, I want to hear all of it. I'm writing it down as you say it.",
            "same words",
            "",
        ),
        (
            '  "How have you managed since then, {name}?",',
            f'  "{"Ever so long. " * 30}",',
            "Too long",
            "Ever so long",
        ),
        ("[waiting]", "[wating]", "[wating] is not known", "[wating]"),
        ("[waiting]", "[wating]", "[waiting] is missing", ""),
        ("[emergency]  #", "[emergencies]  #", "[emergency] is missing", ""),
        ('today = "{hour}"', 'today = "{our}"', "today wants {hour}", "[when]"),
        ('today = "{hour}"', 'to_day = "{hour}"', "to_day is not known", "to_day"),
        (
            'tail = "Let them finish. You needn\'t fill the pause."',
            'tale = "Let them finish."',
            "tale is not known",
            "tale =",
        ),
        (
            'rather_than = ["Calm down.", "It is our policy.", "I know exactly how you feel."]',
            "",
            "rather_than is missing",
            "[empathy",
        ),
        (
            'rather_than = ["Calm down.", "It is our policy.", "I know exactly how you feel."]',
            'rather_than = "Calm down."',
            "rather_than wants a list",
            "[empathy",
        ),
        ('language = "en"', 'language = "de"', "in de", ""),
    ],
)
def test_a_fault_is_told_by_its_line(old, new, said, at):
    assert ENGLISH.count(old) == 1
    text = ENGLISH.replace(old, new)

    found = faults_of(text, "end-user", "en")

    lines = [line for line, words in found if said in words]
    assert lines, found
    if at:
        assert lines[0] == line_of(text, at)


def test_too_few_ways_to_say_it_are_told():
    text = re.sub(r'  "You\'ve had to fight for this.*\n', "", ENGLISH)

    (line, words), *rest = faults_of(text, "end-user", "en")

    assert (line, rest) == (line_of(text, "[empathy.any.shouting]"), [])
    assert "At least 3" in words


def test_a_step_without_words_for_a_mood_is_told():
    at = ENGLISH.index("[empathy.any.boss]")
    text = ENGLISH[:at] + ENGLISH[ENGLISH.index("# 4 Make it up") :]

    found = faults_of(text, "end-user", "en")

    assert [words for _, words in found] == [
        f"No words for: Empathy, {fault}, asking for a boss."
        for fault in ("Our fault", "Not ours", "Not known")
    ]


@given(st.text(max_size=200))
def test_whatever_is_typed_is_told_and_never_breaks(text):
    assert faults_of(text, "end-user", "en")
    with pytest.raises(BadPlaybook):
        playbook_of(text)


@given(st.integers(0, len(ENGLISH)), st.integers(0, 60), st.text(max_size=10))
def test_a_piece_that_is_cut_or_put_in_is_read_or_told(at, length, more):
    text = ENGLISH[:at] + more + ENGLISH[at + length :]

    for line, words in faults_of(text, "end-user", "en"):
        assert 1 <= line <= len(text.splitlines()) + 1
        assert words


@pytest.mark.parametrize(
    ("language", "desk", "locale"),
    [
        ("en", "en_GB", "en_GB"),
        ("en", "en_IE", "en_IE"),
        ("en", "en-IE", "en-IE"),
        ("en", "en", "en_GB"),
        ("en", "fr_FR", "en_GB"),
        ("fr", "en_GB", "fr"),
        ("fr", "fr_CA", "fr_CA"),
    ],
)
def test_days_and_amounts_are_said_as_the_desk_says_them(language, desk, locale):
    assert locale_for(language, desk) == locale


def test_the_known_values_are_these_five():
    assert {"name", "clerk", "company", "amount", "promise"} == PLACEHOLDERS
    assert Wording("key", "Say it.").tail == ""


def test_the_first_words_of_a_moment_come_first():
    script = Script(BOOK, Fault.OURS, frozenset(), dict.fromkeys(PLACEHOLDERS, "so"))

    assert script.moment("warn").number == 1
    assert script.moment("warn", 1).number == 2
    assert list(Shown) == ["always", "key", "never"]
    assert list(OpenedFrom) == ["call", "card", "promise", "abuse"]
