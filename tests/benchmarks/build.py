"""A desk's records with as many cards as are wanted, made in one go."""

from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from care_console.base.fold import fold
from care_console.cards.rules.search import (
    Sections,
    Told,
    endings,
    face,
    kept_slips,
    recent_words,
    sections,
    sort_key,
    with_slips,
    words_of,
)
from care_console.cards.service.index import LATELY
from care_console.store import kept_moment
from care_console.store.engines import look_up_connection
from tests.benchmarks.people import Town

AT_ONCE = 20_000  # cards
CACHE_KIB = 1_500_000  # so that tables in the order of their keys grow in memory
NOW = datetime(2030, 1, 7, 9, tzinfo=UTC)

Row = tuple[Any, ...]
Found = list[tuple[Told, Sections, str]]  # each with its words and its face


class Builder:
    """Fills laid-out, empty records; their indexes are taken away first and made again last."""

    def __init__(self, db: Any, cards: int) -> None:
        self._db = db
        self._cards = cards
        self._slipped: set[str] = set()

    def build(self, seed: int) -> None:
        """Add the cards, the same for the same ``seed``, and all that finds them."""
        indexes = self._db.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        ).fetchall()
        self._db.execute("BEGIN")
        for name, _sql in indexes:
            self._db.execute(f"DROP INDEX {name}")
        cards = self._cards
        town = Town(cards, seed)
        for first in range(1, cards + 1, AT_ONCE):
            told = town.people(first, min(AT_ONCE, cards + 1 - first))
            self._add([(each, sections(each), face(each)) for each in told])
        rows = sorted({(slip, word) for word in self._slipped for slip in kept_slips(word)})
        self._insert("word_slip", "slip word", rows)
        for _name, sql in indexes:
            self._db.execute(sql)
        self._db.execute("COMMIT")

    def _add(self, found: Found) -> None:
        columns = "id kind name given family preferred company title sort_key created_at"
        self._insert("card", columns, [_card(told, of) for told, of, _shown in found])
        when = self._recent(found)
        faces = [(told.id, shown, str(of), when.get(told.id)) for told, of, shown in found]
        self._insert("card_face", "card_id face words at", faces)
        self._parts([told for told, _of, _shown in found])
        rows = sorted(
            (kind, key, told.id, beside)
            for told, of, shown in found
            for kind, key, beside in words_of(of, shown)
        )
        self._insert("card_word", "kind key card_id face", rows)
        ends = sorted((*each, told.id) for told, of, _shown in found for each in endings(of))
        self._insert("number_ending", "ending before card_id", ends)
        for _told, of, _shown in found:
            self._slipped |= with_slips(of)

    def _parts(self, told: list[Told]) -> None:
        phones = [
            (t.id, number, number, extension) for t in told for number, extension in t.numbers
        ]
        self._insert("card_phone", "card_id raw e164 extension", phones)
        emails = [(t.id, address, address.casefold()) for t in told for address in t.emails]
        self._insert("card_email", "card_id address address_key", emails)
        self._insert(
            "card_address", "card_id town", [(t.id, town) for t in told for town in t.towns]
        )
        groups = [
            (t.id, group, since.isoformat(), account, "".join(fold(account).split()))
            for t in told
            for group, since, _until, account in t.memberships
        ]
        columns = "card_id card_group since account_number account_key"
        self._insert("card_membership", columns, groups)

    def _recent(self, found: Found) -> dict[int, str]:
        """Let one card in five have had a contact, of which the last are found first."""
        every = max(self._cards // LATELY, 1)
        lately = {told.id: _at(told.id // every) for told, *_ in found if told.id % every == 0}
        before = {told.id: _at(LATELY + told.id) for told, *_ in found if told.id % 5 == 0}
        when = before | lately
        self._insert("card_recent", "card_id at", list(when.items()))
        rows = [
            (kind, key, told.id, beside, when[told.id])
            for told, of, shown in found
            if told.id in lately
            for kind, key, beside in recent_words(of, shown)
        ]
        self._insert("recent_word", "kind key card_id face at", sorted(rows))
        return when

    def _insert(self, table: str, columns: str, rows: Sequence[Row]) -> None:
        """Insert ``rows`` of these columns; the others are empty."""
        named = columns.split()
        there = self._db.execute(f"PRAGMA table_info({table})").fetchall()
        values = {name: "?" for name in named}
        for _at, name, kind, not_null, _default, in_key in there:
            if name not in values and not_null and not (in_key and kind == "INTEGER"):
                values[name] = "''" if "CHAR" in kind else "0"
        sql = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join(values.values())})"
        self._db.executemany(sql, rows)


def fill(file: Path, key: bytes | None, cards: int, seed: int = 1) -> None:
    """Fill the laid-out, empty records in ``file``, of which ``key`` is the key, with ``cards``."""
    with closing(look_up_connection(file, key)) as db:
        for pragma in (
            "query_only = OFF",
            "foreign_keys = OFF",
            "secure_delete = OFF",
            "journal_mode = OFF",
            "synchronous = OFF",
            f"cache_size = -{CACHE_KIB}",
        ):
            db.execute(f"PRAGMA {pragma}")
        Builder(db, cards).build(seed)
        db.execute("PRAGMA journal_mode = WAL")


def _card(told: Told, of: Sections) -> Row:
    return (
        told.id,
        told.kind,
        told.name,
        "" if told.kind == "organisation" else told.given,
        told.family,
        told.preferred,
        told.company,
        told.title,
        sort_key(of),
        kept_moment(NOW),
    )


def _at(minutes: int) -> str:
    return kept_moment(NOW - timedelta(minutes=minutes))
