"""What is written here can be read here again, word for word."""

import csv
import io
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from care_console.cards.rules import NewCard, NewPhone, RelationKind
from care_console.exchange.rules.person import Person, Tie, own_id, own_uid
from care_console.exchange.rules.rows import rows
from care_console.exchange.rules.table_cells import bare, is_reckoned, safe
from care_console.exchange.rules.table_write import Width, as_row, line, titles
from care_console.exchange.rules.vcard_write import as_vcard

from .people import CARDS, DAYS

MANY = settings(
    max_examples=int(os.environ.get("CARE_TEST_EXAMPLES", "40")),
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TIES = st.lists(
    st.builds(
        Tie,
        uid=st.uuids().map(str),
        relation=st.sampled_from(RelationKind),
        forward=st.booleans(),
        since=DAYS,
        until=DAYS,
    ),
    max_size=2,
).map(tuple)


def read_again(text):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "written")
        path.write_bytes(text.encode())
        return list(rows(path, None))


@MANY
@given(st.lists(CARDS, min_size=1, max_size=3), TIES)
def test_a_vcard_gives_back_each_card_whole(cards, ties):
    written = "".join(as_vcard(Person(card, "Somebody", ties)) for card in cards)

    read = read_again(written)
    assert [row.card for row in read] == cards
    assert {row.ties for row in read} == {ties}
    assert all(len(each.encode()) <= 75 for each in written.split("\r\n"))


@MANY
@given(st.lists(CARDS, min_size=1, max_size=3))
def test_a_table_gives_back_each_card_whole(cards):
    width = Width(
        max(len(card.phones) for card in cards),
        max(len(card.emails) for card in cards),
        max(len(card.addresses) for card in cards),
    )
    table = [titles(width), *(as_row(Person(card, ""), width) for card in cards)]

    written = "".join(map(line, table))
    assert [row.card for row in read_again("\ufeff" + written)] == cards
    for cell in (cell for row in csv.reader(io.StringIO(written)) for cell in row):
        digits = cell.replace(" ", "")[1:].isdecimal()
        assert digits or not is_reckoned(cell), cell


@pytest.mark.parametrize("cell", ["=1+1", "'=1+1", "''x", "+44 20 7946", "-", "\t=x", " ＝x", ""])
def test_a_cell_that_was_made_safe_is_read_as_it_was(cell):
    assert bare(safe(cell)) == cell


def test_a_number_with_nothing_but_digits_is_left_as_it_is_and_nothing_else_is():
    assert safe("+44 20 7946 0123") == "+44 20 7946 0123"
    assert safe("+44-20-7946") == "'+44-20-7946"
    assert safe("+1+cmd|x") == "'+1+cmd|x"


def test_what_nobody_here_reads_is_given_back_as_it_was(read):
    theirs = [
        'N;SORT-AS="Okafor,Maria":Okafor;Maria;Ann,Beth;Dr.,Prof.;PhD',
        "ORG:Okafor Ltd;Purchasing",
        "BDAY:19800203",
        "X-SOCIALPROFILE;TYPE=matrix:@maria:example.org",
        "GENDER:F;she/her",
        "CATEGORIES:Golf",
        "item1.X-ABDATE:20010203",
        "item1.X-ABLabel:Anniversary",
    ]
    (row,) = read("BEGIN:VCARD\nVERSION:3.0\nTEL:1\n" + "\n".join(theirs) + "\nEND:VCARD\n")

    written = as_vcard(Person(row.card, "Maria", kept=row.kept)).replace("\r\n ", "")
    for each in theirs:
        assert f"\r\n{each}\r\n" in written, each
    (again,) = read(written)
    assert again.kept == row.kept
    assert again.card == row.card


def test_an_old_line_is_kept_in_todays_letters(read):
    (row,) = read(
        b"BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Ada\r\nTEL:1\r\n"
        b"X-HOBBY;HOME;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Caf=E9\r\nEND:VCARD\r\n"
    )

    assert row.kept == ("X-HOBBY;TYPE=HOME:Café",)


def test_a_large_photograph_is_not_kept_and_a_small_one_is(read):
    photo = "PHOTO;ENCODING=b;TYPE=JPEG:" + "A" * 300
    large = "PHOTO;ENCODING=b:AAAA\n" + (" " + "A" * 75 + "\n") * 400
    (row,) = read(f"BEGIN:VCARD\nVERSION:3.0\nFN:Ada\nTEL:1\n{photo}\n{large}X-A:b\nEND:VCARD\n")

    assert row.kept == ("PHOTO;TYPE=JPEG;ENCODING=b:" + "A" * 300, "X-A:b")


def test_a_card_without_a_uid_gets_one_in_which_only_its_home_finds_the_id():
    at = datetime(2030, 1, 7, 9, tzinfo=UTC)
    uid = own_uid(123, at)

    assert own_id(uid) == 123
    assert uid == own_uid(123, at)
    assert uid != own_uid(123, at.replace(minute=1))
    assert own_id("6ba7b810-9dad-11d1-80b4-00c04fd430c8") is None
    assert own_id("Maria") is None


def test_another_program_finds_a_name_a_number_and_the_groups(read):
    card = NewCard(given="Ada", phones=(NewPhone(raw="020 7946 0123", label="work mobile"),))

    written = as_vcard(Person(card, "Ada"))
    assert 'TEL;TYPE="work,cell";X-CARE-LABEL="work mobile";VALUE=text:020 7946 0123' in (
        written.replace("\r\n ", "")
    )
    assert "\r\nFN:Ada\r\n" in written
