"""The import that somebody would write by hand: csv, phonenumbers, executemany, and no more."""

import csv
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import phonenumbers

from care_console.base.fold import fold
from care_console.cards.rules.search import (
    Sections,
    Told,
    endings,
    face,
    kept_slips,
    sections,
    sort_key,
    with_slips,
    words_of,
)

AT_ONCE = 500  # rows in one transaction, as the service has at the most
NOW = datetime.now(UTC)
ORGANISATION = "organisation"

Row = dict[str, Any]
Found = list[tuple[Told, Sections]]


def import_by_hand(db: Any, file: Path) -> int:
    """Take the rows of ``file`` into the tables of ``db`` and return how many they were.

    Nothing is cleaned, compared with what is there, journalled, or told.
    """
    card_id = first = db.execute("SELECT max(id) FROM card").fetchone()[0] + 1
    with file.open(newline="") as opened:
        reader = csv.DictReader(opened)
        while rows := list(islice(reader, AT_ONCE)):
            told = [_told(card_id + at, row) for at, row in enumerate(rows)]
            card_id += len(rows)
            db.execute("BEGIN IMMEDIATE")
            _keep(db, [(each, sections(each)) for each in told], rows)
            db.execute("COMMIT")
    return int(card_id - first)


def _told(card_id: int, row: Row) -> Told:
    numbers = [_e164(row[name]) for name in ("Phone", "Mobile") if row[name]]
    firm = not row["First name"] and not row["Last name"]
    given, family = row["First name"], row["Company"] if firm else row["Last name"]
    return Told(
        id=card_id,
        kind=ORGANISATION if firm else "person",
        name=f"{given} {family}".strip(),
        given=given,
        family=family,
        company="" if firm else row["Company"],
        title=row["Job title"],
        created=NOW.date(),
        numbers=[(number, "") for number in numbers],
        emails=[row["E-mail"]] if row["E-mail"] else [],
        towns=[row["Town"]] if row["Town"] else [],
        memberships=[(row["Group"], None, None, row["Account number"])],
    )


def _e164(raw: str) -> str:
    return phonenumbers.format_number(
        phonenumbers.parse(raw, "GB"), phonenumbers.PhoneNumberFormat.E164
    )


def _keep(db: Any, found: Found, rows: Sequence[Row]) -> None:
    _insert(db, "card", [_card(told, of) for told, of in found])
    phones = [
        {"card_id": told.id, "raw": raw, "label": "", "e164": number, "extension": "", "shared": 0}
        for (told, _), row in zip(found, rows, strict=True)
        for raw, (number, _) in zip(filter(None, (row["Phone"], row["Mobile"])), told.numbers)  # noqa: B905
    ]
    _insert(db, "card_phone", phones)
    _insert(db, "card_email", list(_emails(found)))
    _insert(db, "card_address", list(_addresses(found)))
    _insert(db, "card_membership", list(_memberships(found)))
    keys = [
        {"row_key": f"by hand {told.id}", "card_id": told.id, "said": "{}"} for told, _ in found
    ]
    _insert(db, "imported", keys)
    _index(db, found)


def _index(db: Any, found: Found) -> None:
    faces = [{"card_id": t.id, "face": face(t), "words": str(of)} for t, of in found]
    _insert(db, "card_face", faces)
    keys = sorted(
        (kind, key, told.id, shown)
        for told, of in found
        for kind, key, shown in words_of(of, face(told))
    )
    db.executemany("INSERT INTO card_word VALUES (?, ?, ?, ?)", keys)
    ends = sorted((*each, told.id) for told, of in found for each in endings(of))
    db.executemany("INSERT INTO number_ending VALUES (?, ?, ?)", ends)
    slipped = {word for _, of in found for word in with_slips(of)}
    slips = sorted((slip, word) for word in slipped for slip in kept_slips(word))
    db.executemany("INSERT OR IGNORE INTO word_slip VALUES (?, ?)", slips)


def _card(told: Told, of: Sections) -> Row:
    empty = (
        *("prefix", "additional", "suffix", "preferred", "say_it", "form_of_address", "pronoun"),
        *("language", "preferred_channel", "preferred_hours", "accessibility", "do", "dont"),
        *("may_be_told", "note", "uid"),
    )
    said = {name: getattr(told, name) for name in ("id", "kind", "name", "given", "family")}
    more = {"company": told.company, "title": told.title, "sort_key": sort_key(of)}
    return {**said, **more, **dict.fromkeys(empty, ""), "created_at": f"{NOW:%Y-%m-%d %H:%M:%S.%f}"}


def _emails(found: Found) -> Iterator[Row]:
    for told, _ in found:
        for each in told.emails:
            yield {
                "card_id": told.id,
                "address": each,
                "label": "",
                "address_key": each.casefold(),
            }


def _addresses(found: Found) -> Iterator[Row]:
    empty = dict.fromkeys(("street", "region", "postcode", "country", "label"), "")
    for told, _ in found:
        for town in told.towns:
            yield {"card_id": told.id, "town": town, **empty}


def _memberships(found: Found) -> Iterator[Row]:
    for told, _ in found:
        for group, since, until, account in told.memberships:
            key = "".join(fold(account).split())
            days = {"since": since, "until": until}
            numbers = {"account_number": account, "account_key": key}
            yield {"card_id": told.id, "card_group": group, **days, **numbers}


def _insert(db: Any, table: str, rows: Sequence[Row]) -> None:
    if rows:
        names = list(rows[0])
        values = ", ".join(f":{name}" for name in names)
        quoted = ", ".join(f'"{name}"' for name in names)
        db.executemany(f"INSERT INTO {table} ({quoted}) VALUES ({values})", rows)
