"""What is amiss in a playbook is told in one sentence each, at the line where it stands."""

import pytest

from care_console.base.resources import resource
from care_console.recovery.rules import Fault, Mood, Step
from care_console.recovery.rules.playbook import When
from care_console.recovery.rules.reading import BadPlaybook, faults_of, key_of, playbook_of

ENGLISH = (resource("playbooks") / "end-user.en.toml").read_text("utf-8")
BOOK = playbook_of(ENGLISH)
RINGS = "{emergency}, {gas}, {listening}, {power}"
KNOWN = "{amount}, {clerk}, {company}, {name}, {promise}"
SAID = "Are you safe where you are?"
CALM = "[empathy.any.calm]\nsay = ["


def line_of(text, words):
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


@pytest.mark.parametrize(
    ("old", "new", "said", "at"),
    [
        (SAID, "Is {cat} safe?", f"{{cat}} is not known; these are: {RINGS}.", "{cat}"),
        (CALM, CALM + '"Is {cat} so?",', f"{{cat}} is not known; these are: {KNOWN}.", "{cat}"),
        (
            SAID,
            "Safe? " * 60,
            "Too long to be said aloud: 359 characters, of at most 300.",
            "Safe?",
        ),
        (SAID, "Are you {safe?", "A brace is open, or closes nothing.", "{safe?"),
        (SAID, "Are you safe}?", "A brace is open, or closes nothing.", "safe}?"),
        ('title = "Somebody may', 'titel = "Somebody may', "title is missing.", "[emergency]"),
        ('title = "Somebody may', 'titel = "Somebody may', "titel is not known here.", "titel"),
        ('group = "end-user"', 'group = " "', "group is missing.", ""),
        ('group = "end-user"', "group = 7", "group is missing.", ""),
        (
            'tail = "Short sentences',
            'tail = 7 # "Short sentences',
            "tail wants one text.",
            "any.shouting]",
        ),
        (
            "[empathy.any.boss]",
            "[empathy.any]\nboss = 7\n[empathy.ours.boss]",
            "[empathy.any.boss] wants words.",
            "",
        ),
        (
            "[empathy.any.boss]",
            "[empathy.any.bored]",
            "bored is none of these: calm, shouting, in_tears, leaving, boss.",
            "[empathy.any.bored]",
        ),
        (
            "[empathy.any.boss]",
            "[empathy.mine.boss]",
            "mine is none of these: ours, theirs, unknown, any.",
            "[empathy.mine.boss]",
        ),
        (
            "How have you managed since then, {name}?",
            "If it had happened to me I'd be cross too. Tell me how it was for you.",
            "The same words stand in [empathy.any.calm] already.",
            "If it had happened",
        ),
        ('later = "{day} at {hour}"', 'later = "{day}"', "later wants {day}, {hour}.", "[when]"),
        ('later = "{day} at {hour}"', 'later = "{hour}"', "later wants {day}, {hour}.", "[when]"),
        (
            'later = "{day} at {hour}"',
            'later = "{day} at {hour}}"',
            "A brace is open, or closes nothing.",
            "later",
        ),
        (
            '["Calm down."',
            '["Calm down, {cat}."',
            f"{{cat}} is not known; these are: {KNOWN}.",
            "rather_than",
        ),
        ("Somebody may", "Somebody {may", "A brace is open, or closes nothing.", "title"),
        ('later = "{day} at {hour}"', "later = 7", "later is missing.", "[when]"),
        ("[empathy]\ntail", "[empathy]\ntales", "tales is not known here.", "tales"),
        (
            CALM,
            "[empathy.any.calm]\nsay = 7\nmore = [",
            "say wants a list of texts in quotation marks.",
            "[empathy.any.calm]",
        ),
        (
            CALM,
            "[empathy.any.calm]\nsay = 7\nmore = [",
            "At least 3 ways to say it are wanted here.",
            "[empathy.any.calm]",
        ),
        ("[warn]", "[worn]", "[warn] is missing.", ""),
        ("[warn]", "[worn]", "[worn] is not known here.", "[worn]"),
    ],
)
def test_a_fault_is_told_exactly(old, new, said, at):
    assert ENGLISH.count(old) == 1
    text = ENGLISH.replace(old, new)

    found = [line for line, words in faults_of(text, "end-user", "en") if words == said]

    assert found, faults_of(text, "end-user", "en")
    if at:
        assert found[0] in range(1, len(text.splitlines()) + 1)
        assert at in text.splitlines()[found[0] - 1]
    elif "[" not in said:
        assert found == [1]


def test_a_number_of_thousands_of_digits_is_a_fault_and_a_sentence():
    ((_line, said),) = faults_of(f"{ENGLISH}\nx = {'1' * 5_000}", "end-user", "en")

    assert said == "Something is not written as TOML wants it."


def test_the_last_line_can_be_at_fault():
    text = ENGLISH.replace("The five steps can wait.", "The {cat} can wait.")

    ((line, _),) = faults_of(text, "end-user", "en")

    assert "{cat}" in text.splitlines()[line - 1]


def test_one_wrong_sign_is_one_fault_and_a_sentence():
    with pytest.raises(BadPlaybook) as bad:
        playbook_of('group = "a"\n\nlanguage = b\n')

    assert bad.value.faults == ((3, "Something is not written as TOML wants it."),)
    assert str(bad.value) == "Line 3: Something is not written as TOML wants it."


def test_words_that_are_broken_by_depth_are_told_too():
    assert faults_of("a = " + "[" * 100_000, "end-user", "en")


def test_faults_are_told_in_the_order_of_their_lines():
    text = ENGLISH.replace("[warn]", "[worn]").replace(SAID, "Is {cat} safe?")

    lines = [line for line, _ in faults_of(text, "end-user", "en")]

    assert len(lines) > 2
    assert lines == sorted(lines)


def test_whole_words_are_not_asked_for_until_the_rest_is_right():
    text = ENGLISH.replace("[empathy.any.boss]", "[empathy.any.bored]")

    assert not [words for _, words in faults_of(text, "end-user", "en") if "No words" in words]


def test_words_for_others_are_told():
    assert faults_of(ENGLISH, "supplier", "en") == ((1, "These words are for end-user in en."),)
    assert faults_of(ENGLISH, "end-user", "fr") == ((1, "These words are for end-user in en."),)


def test_what_is_written_is_read():
    assert BOOK.when == When("{hour}", "tomorrow at {hour}", "{day} at {hour}")
    assert BOOK.emergency.title == "Somebody may be in danger"
    assert BOOK.emergency.say[0] == SAID
    assert BOOK.emergency.steps[0].startswith("Ask where they are")
    shouting = BOOK.wordings(Step.EMPATHY, Fault.OURS, Mood.SHOUTING)[0]
    assert shouting.tail == "Let them finish. You needn't fill the pause."
    assert shouting.rather_than[0] == "Calm down."
    calm = BOOK.wordings(Step.EMPATHY, Fault.OURS, Mood.CALM)[0]
    assert calm.tail == "Then listen. Explain only if they ask."
    assert BOOK.moments["warn"][0].tail.startswith("Say it once")


def test_a_section_may_have_its_own_rather_than_lines_and_no_tail_at_all():
    text = ENGLISH.replace(CALM, '[empathy.any.calm]\nrather_than = ["Well."]\nsay = [')
    text = text.replace('tail = "Then listen. Explain only if they ask."\n', "")

    words = playbook_of(text).wordings(Step.EMPATHY, Fault.OURS, Mood.CALM)[0]

    assert (words.rather_than, words.tail) == (("Well.",), "")


def test_blank_lines_are_no_words_and_blanks_around_them_are_gone():
    text = ENGLISH.replace(CALM, f'{CALM}\n  " ",\n  "  Well now.  ",')

    words = playbook_of(text).wordings(Step.EMPATHY, Fault.OURS, Mood.CALM)

    assert words[0].say == "Well now."
    assert len(words) == 5


def test_a_head_may_have_blanks_and_a_remark():
    text = ENGLISH.replace("[empathy.any.boss]", "[ empathy . any . boss ]  # a remark")
    text = text.replace("You want somebody who can really decide.", "You want {somebody}.")

    ((line, _),) = faults_of(text, "end-user", "en")

    assert line == line_of(text, "{somebody}")


def test_a_key_is_short_and_stays_what_it_is():
    assert key_of("warn", "Stop.") == key_of("warn", "stop.")
    assert len(key_of("warn", "Stop.")) == len("warn.") + 12
