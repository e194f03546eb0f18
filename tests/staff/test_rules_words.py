"""Each entry of the staff reads as a person would say it, and names nobody."""

from datetime import UTC, datetime

import pytest

from care_console.journal.rules import Entry
from care_console.staff.rules.words import WORDS

SAID = [
    ("clerk_added", {"card_id": 2, "role": "csr"}, "Works at a console now", "CSR"),
    (
        "clerk_changed",
        {"card_id": 2, "field": "role", "before": "csr", "after": "senior"},
        "Another role",
        "CSR → Senior CSR",
    ),
    (
        "clerk_changed",
        {"card_id": 2, "field": "active", "before": True, "after": False},
        "No longer works at a console",
        "",
    ),
    (
        "clerk_changed",
        {"card_id": 2, "field": "active", "before": False, "after": True},
        "Works here again",
        "",
    ),
    (
        "clerk_changed",
        {"card_id": 2, "field": "department", "before": None, "after": 3},
        "Another department",
        "",
    ),
    ("department_added", {"department_id": 3}, "Department changed", "Accounts"),
    ("department_changed", {"department_id": 3}, "Department changed", "Accounts"),
    ("secret_set", {"card_id": 2, "secret": "pin"}, "New PIN", ""),
    ("secret_set", {"card_id": 2, "secret": "passphrase"}, "New passphrase", ""),
    ("signed_in", {"card_id": 2}, "Signed in", ""),
    ("sign_in_refused", {"secret": "pin", "failures": 7}, "Wrong PIN", "7 in a row"),
    ("sign_in_refused", {"secret": "passphrase", "failures": 1}, "Wrong passphrase", "1 in a row"),
    ("unblocked", {"card_id": 2}, "May sign in again", ""),
    ("denied", {"permission": "set_limits"}, "Not allowed", "Change the limits"),
    ("denied", {"permission": "of a later version"}, "Not allowed", "of a later version"),
]


@pytest.mark.parametrize(("kind", "facts", "title", "sub"), SAID)
def test_an_entry_reads_well(kind, facts, title, sub):
    at = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)
    entry = Entry(1, kind, facts, {"name": "Accounts"}, at, 2, "Grace Hopper", "")
    line = WORDS[kind](entry)

    assert (line.title, line.sub) == (title, sub)


def test_every_kind_has_its_words_and_its_test():
    assert {kind for kind, *_rest in SAID} == set(WORDS)
