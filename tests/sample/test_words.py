"""How the sample reads: as if people had written it, on whatever day it is opened."""

import re
from collections import Counter

MOVES_WITH_THE_DAY = re.compile(
    r"\b(mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"\b(january|february|march|april|june|july|august|september|october|november|december)\b|"
    r"\b(spring|summer|autumn|winter|christmas|easter)\b|\b(19|20)\d\d\b(?! ?mm)",
    re.IGNORECASE,
)
NOT_ON_SCREEN = re.compile(r"\b(errors?|invalid|successfully|tickets?|(?<!end-)users?)\b", re.I)


def notes(sample) -> list[str]:
    return [contact["note"] for _, contact in sample.entries()]


def all_words(sample) -> list[str]:
    said = notes(sample)
    said += [matter["title"] for matter in sample.matters.values()]
    said += [ring["shows"] for ring in sample.rings]
    said += [act.get(part, "") for act in sample.care for part in ("title", "why", "note", "story")]
    for card in sample.cards.values():
        said += [card.get(part, "") for part in ("note", "do", "dont", "accessibility")]
        said += [alert["words"] for alert in card.get("alerts", [])]
    return said


def test_no_two_notes_say_the_same(sample):
    assert len(notes(sample)) >= 300
    assert len(set(notes(sample))) == len(notes(sample))


def test_notes_do_not_open_alike(sample):
    for words, most in ((2, 4), (3, 2)):
        openings = Counter(" ".join(note.lower().split()[:words]) for note in notes(sample))
        assert [opening for opening, times in openings.items() if times > most] == []


def test_no_turn_of_phrase_is_worn_out(sample):
    turns: Counter[str] = Counter()
    for note in notes(sample):
        words = re.findall(r"[\w'’-]+", note.lower())
        turns.update({" ".join(words[at : at + 4]) for at in range(len(words) - 3)})

    assert [words for words, times in turns.items() if times > 3] == []


def test_notes_are_of_different_lengths(sample):
    lengths = [len(note.split()) for note in notes(sample)]

    assert min(lengths) <= 8
    assert max(lengths) >= 28
    assert len(set(lengths)) >= 20


def test_entries_name_no_day_month_or_season_since_today_moves(sample):
    said = notes(sample) + [matter["title"] for matter in sample.matters.values()]
    said += [act.get(part, "") for act in sample.care for part in ("title", "why", "note", "story")]

    assert [text for text in said if MOVES_WITH_THE_DAY.search(text)] == []


def test_words_that_are_never_on_screen_are_not_in_the_sample_either(sample):
    assert [text for text in all_words(sample) if NOT_ON_SCREEN.search(text)] == []


def test_reasons_and_hours_differ_from_entry_to_entry(sample):
    reasons = Counter(contact["reason"] for _, contact in sample.entries())
    hours = Counter(contact["at"] for _, contact in sample.entries())

    assert reasons.most_common(1)[0][1] <= len(notes(sample)) / 10
    assert hours.most_common(1)[0][1] <= len(notes(sample)) / 30
