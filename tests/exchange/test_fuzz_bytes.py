"""Thousands of files that something has damaged: rows, or a sentence, and nothing else."""

import random
import resource
from pathlib import Path
from time import perf_counter

import pytest

from care_console.cards.rules import Group, Kind, NewCard, NewMembership, NewPhone
from care_console.exchange.rules.look import look
from care_console.exchange.rules.person import Person
from care_console.exchange.rules.read import CannotRead
from care_console.exchange.rules.reading import Reading
from care_console.exchange.rules.rows import rows
from care_console.exchange.rules.table_write import Width, as_row, line, titles
from care_console.exchange.rules.vcard_write import as_vcard

from .conftest import FILES
from .test_fuzz import fit_to_be_kept

SEED = 11
WORDS = (b"BEGIN:VCARD\n", b"END:VCARD\n", b'"', b",", b";", b"\n", b"\0", b"=", b"\\", b"\xff\xfe")
WORDS += (
    b"=\n",
    b"X-CARE-CARD:1\n",
    b"X-CARE-MEMBERSHIP:x;2020\n",
    b"X-CARE-ALERT:\n",
    b"\xed\xa0",
)
LONGEST_S, MOST_MEMORY = 5, 200_000  # of one file; KiB that all of them may add


def ours() -> list[bytes]:
    """Return what this program itself writes."""
    card = NewCard(
        kind=Kind.PERSON,
        given="Maria",
        do="Speak\nslowly",
        phones=(NewPhone(raw="020 7946 0123", label="work", shared=True),),
        memberships=(NewMembership(group=Group.SUPPLIER, account_number="S 1"),),
        uid="x",
    )
    person = Person(card, "Maria")
    table = line(titles(Width())) + line(as_row(person, Width()))
    return [as_vcard(person).encode(), table.encode()]


def damaged(written: bytes, chance: random.Random) -> bytes:
    """Return it with some bytes changed, doubled, cut out or put in."""
    changed = bytearray(written)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(changed) + 1)
        until = min(len(changed), at + chance.choice((0, 1, 2, 40)))
        put = (chance.randbytes(chance.randint(0, 3)), chance.choice(WORDS), changed[at:until] * 2)
        changed[at:until] = chance.choice(put)
    return bytes(changed)


def fuzz(count: int, file: Path) -> float:
    """Read ``count`` damaged files; return how long the slowest took, in seconds."""
    chance, slowest = random.Random(SEED), 0.0
    written = [path.read_bytes() for path in sorted(FILES.iterdir())] + ours()
    for at in range(count):
        file.write_bytes(damaged(written[at % len(written)], chance))
        began = perf_counter()
        try:
            look(file, Reading())
            for row in rows(file, None):
                assert (row.card is None) == bool(row.why)
                if row.card is not None:
                    fit_to_be_kept(row.card)
        except CannotRead:
            pass
        slowest = max(slowest, perf_counter() - began)
    return slowest


def test_some_damaged_files_are_rows_or_a_sentence(tmp_path):
    fuzz(400, tmp_path / "damaged")


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_fifty_thousand_damaged_files_are_rows_or_a_sentence(tmp_path):
    fuzz(500, tmp_path / "damaged")  # whatever is made once is there
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    slowest = fuzz(50_000, tmp_path / "damaged")
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before

    assert slowest < LONGEST_S
    assert grown < MOST_MEMORY
