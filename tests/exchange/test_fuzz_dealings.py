"""Whatever bytes come, only dealings and sentences come out, and all of them can be kept."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from care_console.cards.rules.dealings import (
    MOST_MINOR,
    AskedNumber,
    known_key,
    may_open,
    number_key,
)
from care_console.exchange.rules.dealing_rows import Asked, DealingRow, House, dealing_rows
from care_console.exchange.rules.read import CannotRead

SOME = settings(
    max_examples=int(os.environ.get("CARE_TEST_EXAMPLES", "150")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
LINES = [
    b"Type,Number,Date,Amount,Status,Customer number,E-mail,Sold by,Link",
    b"Rechnungsnummer;Belegdatum;Betrag in EUR;Status;Kundennummer",
    b"N\xb0 de facture\tDate de facture\tMontant TTC\tStatut",
    b'Invoice,INV-10482,2030-01-03,"1,240.00",Overdue,NG-1,a@b.example,P,https://e.example.com/',
    b"RE 2030-118;31.12.2029;1.240,50;bezahlt;K-7",
    b"Order,4711,03/04/2030,1e999,nan,,,,javascript:alert(1)",
    b"Visit,\xd9\xa1\xd9\xa2,\xd9\xa1,1_000,,,,,https://user@evil.example/",
    b"Quote,=1+1,32/13/2030,1.234,=cmd|' /C calc'!A0,,,,",
]
PIECES = st.sampled_from(
    [*LINES, b'"', b",", b";", b"\t", b"|", b"\n", b"\r\n", b"\0", b"=", b"\xff\xfe"]
    + [b"\xef\xbb\xbf", b"\xed\xa0", b"-", b"(", b")", b"\xe2\x82\xac", b"0", b"9" * 30]
)
SOUP = st.lists(PIECES | st.binary(max_size=6), max_size=40).map(b"".join)


def taken(written: bytes) -> list[DealingRow]:
    """What comes of these bytes, which must be fit to be kept."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "invoices.csv")
        path.write_bytes(written)
        with suppress(CannotRead):
            return list(dealing_rows(path, House("GB", "GBP"), Asked()))
    return []


def fit_to_be_kept(row: DealingRow) -> None:
    assert (row.dealing is None) == bool(row.why)
    if row.dealing is None:
        return
    said = row.dealing
    repr(said).encode()  # no half of a surrogate pair
    assert "\\x00" not in repr(said)
    assert known_key(said.number)
    assert len(said.number) <= 100
    assert said.minor is None or (abs(said.minor) <= MOST_MINOR and len(said.currency) == 3)
    assert said.link == "" or may_open(said.link, ["example.com", "e.example.com"])
    assert said.dated is None or 1900 <= said.dated.year <= 2199


@SOME
@given(st.sampled_from(LINES[:3]), SOUP)
def test_whatever_follows_known_titles_is_taken_or_named(titles, written):
    for row in taken(titles + b"\n" + written):
        fit_to_be_kept(row)


@SOME
@given(SOUP | st.binary(max_size=500))
def test_whatever_bytes_come_it_ends_in_rows_or_a_sentence(written):
    for row in taken(written):
        fit_to_be_kept(row)


@pytest.mark.long
@pytest.mark.timeout(3_600)
@settings(SOME, max_examples=50_000)
@given(st.sampled_from(LINES[:3]), SOUP)
def test_fifty_thousand_files_are_taken_or_named(titles, written):
    for row in taken(titles + b"\n" + written):
        fit_to_be_kept(row)


@given(st.text(max_size=80))
def test_a_number_is_found_by_what_stands_on_the_paper(number):
    asked = AskedNumber.of(number)

    if asked is not None:
        assert any(each.isdecimal() for each in asked.key)
        assert len(asked.key) >= 3
        assert asked.key in number_key(number)  # the name of its kind may be left out


@given(st.text(max_size=60))
def test_no_link_leads_elsewhere_than_it_shows(text):
    for link in (text, f"https://{text}", f"https://erp.example.com@{text}", f"http://{text}"):
        if may_open(link, ["example.com"]):
            host = link.removeprefix("https://").split("/")[0].split("?")[0].split("#")[0]
            assert host.split(":")[0].lower().endswith("example.com")
