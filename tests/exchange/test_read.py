"""A file of any encoding, size or brokenness is read, or a sentence says why not."""

import os
import tracemalloc

import pytest

from care_console.exchange.rules.read import LONGEST, CannotRead, open_text
from care_console.exchange.rules.rows import rows

WORDS = "Größe, naïve, „Zitat“, Œuvre, 5 €"
MUCH, MUCH_IN_LINES = 100_000_000, 20_000_000
ROOM = 25_000_000
LINE = b"a long note is made of words " * 40 + b"\n"
FOLDED = b"QUFB" * 18 + b"\n "


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""), ("utf-8-sig", b""), ("utf-16", b""), ("utf-16-le", b""), ("utf-16-be", b""),
        ("utf-16-be", b"\xfe\xff"), ("utf-32", b""), ("utf-32-be", b"\0\0\xfe\xff"),
        ("cp1252", b""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end_is_found(tmp_path, encoding, mark, end):
    path = tmp_path / "a"
    path.write_bytes(mark + f"Name{end}{WORDS}{end}last".encode(encoding))

    assert list(open_text(path).lines()) == ["Name", WORDS, "last"]


def test_one_broken_byte_does_not_spoil_the_others(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(f"{WORDS}\nM".encode() + b"\xfcller \x81 \0x")

    assert list(open_text(path).lines()) == [WORDS, "Müller \x81 x"]


def test_letters_far_into_the_file_decide_too(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"x\n" * 200_000 + "Müller".encode())
    assert list(open_text(path).lines())[-1] == "Müller"

    path.write_bytes(b"x\n" * 200_000 + "Müller".encode("cp1252"))
    assert list(open_text(path).lines())[-1] == "Müller"


def test_an_endless_line_is_cut_and_what_follows_is_whole(tmp_path):
    path = tmp_path / "a"
    path.write_text("before\n" + "x" * (LONGEST * 3) + "\nafter\n\nend")

    before, long, *others = open_text(path).lines()

    assert (before, others) == ("before", ["after", "", "end"])
    assert LONGEST < len(long) < LONGEST * 1.1


def huge(path, start, middle, end):
    block = middle * (1_000_000 // len(middle))
    with path.open("wb") as file:
        file.write(start)
        for _ in range((MUCH_IN_LINES if b"\n" in middle else MUCH) // len(block)):
            file.write(block)
        file.write(end)


@pytest.mark.parametrize(
    ("start", "middle", "end", "taken"),
    [
        (b'Name,Note\nAda,"', b"x", b'"\nBo,last\n', ["Bo"]),
        (b'Name,Note\nAda,"', LINE, b'"\nBo,last\n', ["Ada", "Bo"]),
        (b"Name,Note\nAda,", b",", b"\nBo,last\n", ["Bo"]),
        (b"Name,Note\nAda,", b"\0", b"x\nBo,last\n", ["Ada", "Bo"]),
        (b"BEGIN:VCARD\nFN:Ada\nPHOTO:", b"A", b"\nEND:VCARD\nBEGIN:VCARD\nFN:Bo\n", ["Ada", "Bo"]),
        (b"BEGIN:VCARD\nFN:Ada\nPHOTO:", FOLDED, b"\nEND:VCARD\nBEGIN:VCARD\nFN:Bo", ["Ada", "Bo"]),
        (b"BEGIN:VCARD\nFN:Ada\nNOTE:", FOLDED, b"\nEND:VCARD\nBEGIN:VCARD\nFN:Bo\nTEL:1", ["Bo"]),
        (
            b"BEGIN:VCARD\nFN:Ada\nNOTE;QUOTED-PRINTABLE:",
            b"=41" * 24 + b"=\n",
            b"\nEND:VCARD\n",
            [],
        ),
    ],
)
def test_a_field_of_100_megabytes_needs_little_room(tmp_path, start, middle, end, taken):
    path = tmp_path / "a"
    huge(path, start, middle, end)
    tracemalloc.start()
    try:
        found = [row.card.given for row in rows(path, None) if row.card][-2:]
        assert tracemalloc.get_traced_memory()[1] < ROOM
    finally:
        tracemalloc.stop()
    assert found == taken


@pytest.mark.parametrize(
    ("start", "sentence"),
    [
        (b"PK\x03\x04\x14\0", "save it as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as CSV"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "not a text file"),
        (b"%PDF-1.7\n", "not a text file"),
        (bytes(range(32)) * 100, "not a text file"),
    ],
)
def test_what_is_no_text_is_refused_with_advice(tmp_path, start, sentence):
    path = tmp_path / "contacts.csv"
    path.write_bytes(start)

    with pytest.raises(CannotRead, match=sentence):
        list(rows(path, None))


def test_what_is_no_file_is_refused(tmp_path):
    for path, sentence in (
        (tmp_path / "none.csv", "is not there"),
        (tmp_path, "is a folder"),
        (tmp_path / "a\0b", "cannot be read"),
        (tmp_path / ("x" * 300), "cannot be read"),
    ):
        with pytest.raises(CannotRead, match=sentence):
            list(rows(path, None))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes in the file system are POSIX")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(CannotRead, match="is a device"):
        list(rows(tmp_path / "pipe", None))


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything"
)
def test_what_may_not_be_read_is_told(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Name\nAda")
    path.chmod(0)

    with pytest.raises(CannotRead, match="may not be read"):
        list(rows(path, None))


def test_a_files_name_that_is_no_sound_text_can_be_shown(tmp_path):
    path = tmp_path / os.fsdecode(b"caf\xe9.csv")
    path.write_text("Name\nAda")

    (row,) = rows(path, None)

    assert row.file.encode().endswith(b"caf?.csv")
