"""Whatever bytes come, only rows and sentences come out, and no card costs another."""

import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from care_console.cards.rules import NewCard
from care_console.exchange.rules.identity import key
from care_console.exchange.rules.read import CannotRead
from care_console.exchange.rules.rows import Row, rows

from .conftest import FILES

SOME = settings(
    max_examples=int(os.environ.get("CARE_TEST_EXAMPLES", "150")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
WRITTEN = [path.read_bytes() for path in sorted(FILES.iterdir())]
LINES = sorted({line for written in WRITTEN for line in written.splitlines()})
PIECES = st.sampled_from(
    [*LINES, b"BEGIN:VCARD", b"END:VCARD", b'"', b",", b";", b"\n", b"\r\n", b"\0", b"=", b"\\"]
    + [b"\xff\xfe", b"\xef\xbb\xbf", b"AGENT:", b"N:", b"TEL:", b"Name,Phone", b":::", b"\x1f"]
    + [
        b"NOTE;QUOTED-PRINTABLE:=\n",
        b"N;CHARSET=utf-7:+AGE;\xe9",
        b"PHOTO;BASE64:\n AAA",
        b"\xed\xa0",
    ]
)
SOUP = st.lists(PIECES | st.binary(max_size=6), max_size=40).map(b"".join)


def taken(written: bytes) -> list[Row]:
    """What comes of these bytes, which must be fit to be kept."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "addresses")
        path.write_bytes(written)
        try:
            found = list(rows(path, None))
        except CannotRead:
            return []
    for row in found:
        assert (row.card is None) == bool(row.why)
        if row.card is not None:
            fit_to_be_kept(row.card)
    return found


def fit_to_be_kept(card: NewCard) -> None:
    words = repr(card)
    assert "\\x00" not in words
    words.encode()  # no half of a surrogate pair
    assert all(phone.raw.strip() for phone in card.phones)
    assert len(card.given) + len(card.family) <= 400
    assert len(key(card)) == 32


@SOME
@given(st.binary())
@example(b"\xff\xfe")
@example(b"\xff\xfe\0\0\xff")
@example(b"BEGIN:VCARD\nFN:x\nTEL;VALUE=uri:tel:%ff%;=;ext=")
@example(b'Name,Phone\n"a,1\n"b",2\n')
@example(b"BEGIN:VCARD\nN;ENCODING=b:\xe9\nTEL:1")
def test_any_bytes_are_rows_or_a_sentence(written):
    taken(written)


@SOME
@given(SOUP)
def test_pieces_of_real_files_in_any_order_are_too(written):
    taken(written)


@SOME
@given(st.sampled_from(WRITTEN), st.data())
def test_real_files_with_some_bytes_changed_are_too(written, data):
    changed = bytearray(written)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(changed) - 1))
        changed[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    taken(bytes(changed))


def vcard(name: str, note: str = "") -> bytes:
    return f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nTEL:1\r\n{note}END:VCARD\r\n".encode()


@SOME
@given(st.data())
def test_cards_around_a_broken_one_survive(data):
    broken = bytearray(vcard("Ada Poe", "NOTE;TYPE=x:early\r\n late\r\n"))
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(broken) - 1))
        broken[at : at + 1] = data.draw(st.binary(max_size=2))
    found = taken(vcard("Bo First") + bytes(broken) + b"\r\n" + vcard("Bo Last"))

    assert found[0].card.family == "First"
    assert found[-1].card.family == "Last"


@SOME
@given(st.data())
def test_rows_around_a_broken_one_survive(data):
    broken = bytearray(b'Ada,"Poe, or ""Dee""",x')
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(broken) - 1))
        broken[at : at + 1] = data.draw(st.binary(max_size=2))
    around = b"Given name,Family name,Note\r\nBo,First,x\r\n%b\r\nBo,Last,\r\nBo,Very Last,x\r\n"
    found = taken(around % bytes(broken))

    assert [row.card.family for row in found if row.card][:1] == ["First"]
    assert [row.card.family for row in found if row.card][-1:] == ["Very Last"]


@SOME
@given(SOUP)
def test_the_same_file_gives_the_same_keys(written):
    once, again = taken(written), taken(written)

    assert [row.card and key(row.card) for row in once] == [
        row.card and key(row.card) for row in again
    ]
