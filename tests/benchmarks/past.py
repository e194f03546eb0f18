"""What happened before: calls, contacts and open matters of some of the people."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from care_console.store import kept_moment

EVERY = 5  # has called: those whom the builder gave a contact lately
LAST = datetime(2025, 1, 7, 9, tzinfo=UTC)  # before the cards' own clock, and this computer's
CONTACTS = 3  # of each, as many as a ring shows
REASONS = ("Boiler does not start", "Invoice", "Appointment", "Spare part", "Noise", "Thanks")
NOTES = "Wants it before the weekend; asked to be called back on the other number after six. " * 3

Row = tuple[Any, ...]


def add_past(db: Any, cards: int, clerk: int) -> None:
    """Let every fifth of ``cards`` have called, spoken with ``clerk`` and left a matter open."""
    numbers = dict(db.execute("SELECT card_id, min(e164) FROM card_phone GROUP BY card_id"))
    db.execute("BEGIN")
    db.executemany(
        "INSERT INTO call (line, call_id, turn, e164, raw, name, presentation, called,"
        " diverted_from, match, started_at, outcome, cause, card_id, clerk_card_id, seen)"
        " VALUES ('main', ?, 0, ?, ?, '', 'allowed', '', '', 'known', ?, 'settled', '', ?, ?, 1)",
        _calls(cards, clerk, numbers),
    )
    db.executemany(
        "INSERT INTO contact (card_id, clerk_card_id, channel, direction, card_group, state,"
        " reason, notes, matter_title, outcome, started_at, ended_at, saved_at)"
        " VALUES (?, ?, 'telephone', 'in', '', 'finished', ?, ?, '', 'settled', ?, ?, ?)",
        _contacts(cards, clerk),
    )
    facts = [(card_id, 1, REASONS[card_id % 6]) for card_id in range(EVERY, cards + 1, 4 * EVERY)]
    db.executemany(
        "INSERT INTO card_facts (card_id, kind, count, headline) VALUES (?, 'matter', ?, ?)", facts
    )
    db.execute("COMMIT")


def _calls(cards: int, clerk: int, numbers: dict[int, str]) -> Iterator[Row]:
    for card_id in range(EVERY, cards + 1, EVERY):
        if number := numbers.get(card_id):
            for nth in range(CONTACTS):
                at = _at(card_id, nth)
                yield f"{card_id}-{nth}", number, number, at, card_id, clerk


def _contacts(cards: int, clerk: int) -> Iterator[Row]:
    for card_id in range(EVERY, cards + 1, EVERY):
        for nth in range(CONTACTS):
            at, reason = _at(card_id, nth), REASONS[(card_id + nth) % len(REASONS)]
            yield card_id, clerk, reason, NOTES[: 40 + card_id % 200], at, at, at


def _at(card_id: int, nth: int) -> str:
    at = LAST - timedelta(minutes=card_id, days=30 * nth)
    return kept_moment(at)
