"""What a table of orders and invoices says, and what of it cannot be taken."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from care_console.base.money import digits, spell
from care_console.cards.rules.dealings import Customer, DealingKind, DealingState
from care_console.exchange.rules.amounts import Amount, amount, mark_of_file
from care_console.exchange.rules.dates import DAY, MONTH, DayOrder, day, order_of_file
from care_console.exchange.rules.dealing_columns import dealing_columns
from care_console.exchange.rules.dealing_rows import Asked, House, dealing_rows
from care_console.exchange.rules.draft import NotTaken
from care_console.exchange.rules.read import CannotRead

BRITISH, GERMAN = House("GB", "GBP"), House("DE", "EUR")
ENGLISH = """Type,Number,Date,Amount,Status,Customer number,E-mail,Sold by,Link
Invoice,INV-10482,2030-01-03,"1,240.00",Overdue,NG-10442,maria@example.org,Peter Halden,https://erp.example.com/i/10482
Order,4711,03/01/2030,99.5,in progress,,,,
Contract,C/7,13/01/2030,,active,,,,
"""
DEUTSCH = """Belegart;Rechnungsnummer;Belegdatum;Betrag in EUR;Status;Kundennummer
Rechnung;RE 2030-118;31.12.2029;1.240,50;bezahlt;K-7
Auftrag;AB-9;05.01.2030;99,00;storniert;
"""
FRENCH = """N° de facture;Date de facture;Montant TTC;Statut;Nom du client
F-2030-9;05/01/2030;1 240,50 €;impayée;Société Dubois
"""


@pytest.fixture
def read(tmp_path):
    """What comes of a file of this text, and what was noted of it."""

    def read(text, house=BRITISH, name="dealings.csv", **asked):
        path, notes = tmp_path / name, []
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return list(dealing_rows(path, house, Asked(**asked), notes.append)), notes

    return read


def test_an_english_table_says_all_of_a_dealing(read):
    (invoice, order, contract), notes = read(ENGLISH)

    said = invoice.dealing
    assert (said.kind, said.number, said.dated) == (
        DealingKind.INVOICE,
        "INV-10482",
        date(2030, 1, 3),
    )
    assert (said.minor, said.currency, said.state) == (124000, "GBP", DealingState.OVERDUE)
    assert (said.seller, said.link) == ("Peter Halden", "https://erp.example.com/i/10482")
    assert said.customer == Customer(account="NG-10442", email="maria@example.org")
    assert (order.dealing.dated, order.dealing.minor) == (date(2030, 1, 3), 9950)
    assert (order.dealing.state, order.dealing.state_words) == (DealingState.OPEN, "in progress")
    assert (contract.dealing.minor, contract.dealing.currency) == (None, "")
    assert notes == []


def test_a_german_table_has_a_comma_before_the_cents_and_the_currency_in_its_title(read):
    (invoice, order), _notes = read(DEUTSCH, BRITISH)

    assert (invoice.dealing.minor, invoice.dealing.currency) == (124050, "EUR")
    assert (invoice.dealing.kind, invoice.dealing.state) == ("invoice", DealingState.PAID)
    assert (order.dealing.kind, order.dealing.state) == ("order", DealingState.CANCELLED)
    assert invoice.dealing.dated == date(2029, 12, 31)


def test_a_french_table_says_by_its_title_that_it_holds_invoices(read):
    ((row,), _notes) = read(FRENCH.encode("cp1252"), House("FR", "EUR"))

    assert (row.dealing.kind, row.dealing.number) == (DealingKind.INVOICE, "F-2030-9")
    assert (row.dealing.minor, row.dealing.currency) == (124050, "EUR")
    assert row.dealing.state is DealingState.OPEN
    assert row.dealing.customer.name == "Société Dubois"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Invoice number", "invoice"),
        ("Rechnungsnummer", "invoice"),
        ("Rechnungs-Nr.", "invoice"),
        ("Bestellnummer", "order"),
        ("Auftragsnummer", "order"),
        ("Numéro de commande", "order"),
        ("Quote No", "quote"),
        ("N° de contrat", "contract"),
        ("Vertragsnummer", "contract"),
        ("Number", None),
    ],
)
def test_the_title_over_the_numbers_may_say_what_they_are(title, kind):
    columns = dealing_columns([title, "Date"])

    assert columns.kind == kind


def test_the_name_of_the_file_may_say_what_it_holds(read):
    ((row,), _notes) = read("Number,Date\n17,2030-01-03\n", name="open quotes 2030.csv")

    assert row.dealing.kind is DealingKind.QUOTE


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Number,Date\n17,2030-01-03\n", "--kind"),
        ("Name,Phone\nMaria,020 7946 0123\n", "titles"),
        ("", "titles"),
        (b"PK\x03\x04", "workbook"),
    ],
)
def test_a_file_that_is_none_of_dealings_is_told(read, text, words):
    with pytest.raises(CannotRead, match=words):
        read(text)


def test_one_bad_row_costs_the_others_nothing(read):
    bad = ["nan", "1e999", "1_000", "١٢", "0x10", "--5", "1,2,3.4", "inf", "12.345", "９"]
    lines = "".join(f"I{n},{cell!s}\n" for n, cell in enumerate(bad))
    rows, _notes = read(
        "Invoice number,Amount\nA1,12.50\n" + lines.replace("1,2,3.4", '"1,2,3.4"') + "A2,7.00\n"
    )

    assert [row.dealing.minor for row in rows if row.dealing] == [1250, 700]
    assert len([row for row in rows if row.why]) == len(bad)
    assert all("amount" in row.why or "finer" in row.why for row in rows if row.why)


def test_an_amount_that_may_be_read_in_two_ways_is_refused_with_the_way_out(read):
    text = 'Invoice number,Amount\nA1,"1.234"\nA2,17\n'

    (unclear, clear), _notes = read(text)
    assert "--decimal" in unclear.why
    assert clear.dealing.minor == 1700
    (comma, _clear), _notes = read(text, mark=",")
    assert comma.dealing.minor == 123400


def test_the_marks_are_decided_for_a_whole_file(read):
    (first, _second), _notes = read('Invoice number,Amount\nA1,1.234\nA2,"9.876,50"\n')

    assert first.dealing.minor == 123400


def test_a_file_that_writes_some_so_and_some_so_loses_only_what_is_unclear(read):
    rows, _notes = read('Invoice number,Amount\nA1,"12,50"\nA2,12.50\nA3,"1,234"\n')

    assert [row.dealing and row.dealing.minor for row in rows] == [1250, 1250, None]


def test_days_that_may_be_read_in_two_ways_are_read_as_at_home_and_it_is_said(read):
    text = "Invoice number,Date\nA1,03/04/2030\n"

    ((british,), notes) = read(text)
    assert (british.dealing.dated, len(notes)) == (date(2030, 4, 3), 1)
    assert "day first" in notes[0]
    ((american,), notes) = read(text, House("US", "USD"))
    assert american.dealing.dated == date(2030, 3, 4)
    ((asked,), notes) = read(text, dates=MONTH)
    assert (asked.dealing.dated, notes) == (date(2030, 3, 4), [])


def test_one_clear_day_decides_for_the_file(read):
    (first, _second), notes = read("Invoice number,Date\nA1,03/04/2030\nA2,03/25/2030\n")

    assert (first.dealing.dated, notes) == (date(2030, 3, 4), [])


def test_where_days_contradict_each_other_the_unclear_ones_are_refused(read):
    rows, _notes = read("Invoice number,Date\nA,03/04/2030\nB,03/25/2030\nC,25/03/2030\n")

    assert [bool(row.why) for row in rows] == [True, False, False]
    assert "--dates" in rows[0].why


@pytest.mark.parametrize("cell", ["2030-13-01", "31/31/2030", "45000", "٠٣/٠٤/٢٠٣٠", "0001-01-01"])
def test_what_is_no_day_is_refused(cell):
    with pytest.raises(NotTaken):
        day(cell, DayOrder(DAY))


def test_a_link_that_is_not_plain_https_is_left_out_and_it_is_said(read):
    text = "Invoice number,Link\nA1,http://erp.example.com/1\nA2,https://erp.example.com/2\n"

    (first, second), notes = read(text)

    assert (first.dealing.link, second.dealing.link) == ("", "https://erp.example.com/2")
    assert len(notes) == 1


def test_a_rounded_number_and_none_are_refused(read):
    rows, _notes = read("Invoice number,Date\n4.42079E+11,2030-01-03\n...,2030-01-03\n")

    assert "spreadsheet" in rows[0].why
    assert "no number" in rows[1].why


@given(
    minor=st.integers(-(10**12), 10**12),
    currency=st.sampled_from(["GBP", "EUR", "JPY", "KWD", "USD", "CHF"]),
    locale=st.sampled_from(["en_GB", "de_DE", "fr_FR", "de_CH", "sv_SE"]),
)
@example(minor=123400, currency="EUR", locale="de_DE")
@settings(deadline=None)
def test_an_amount_as_any_of_our_locales_writes_it_is_read_back(minor, currency, locale):
    cell = spell(minor, currency, locale)
    written = spell(123456 * 10 ** digits(currency) + 1, currency, locale)

    mark = mark_of_file([written, cell], currency)

    if digits(currency) == 3 and mark is None:  # 1,234.001 tells nothing beside 1.234
        return
    if digits(currency):
        assert amount(cell, "", mark, currency) == Amount(minor, currency)


@given(st.text(max_size=30))
def test_whatever_stands_in_a_cell_is_an_amount_and_a_day_or_is_refused(text):
    for taken in (lambda: amount(text, "", None, "GBP"), lambda: day(text, DayOrder(DAY))):
        with suppress(NotTaken):
            taken()


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_day_is_read_back_in_each_way_to_write_it(when):
    day_first, month_first = DayOrder(DAY), DayOrder(MONTH)

    assert day(when.isoformat(), month_first) == when
    assert day(f"{when:%d.%m.%Y}", month_first) == when
    assert day(f"{when:%d/%m/%Y}", day_first) == when
    assert day(f"{when:%m/%d/%Y} 09:15", month_first) == when
    cells = [f"{when:%m/%d/%Y}", "01/31/2030"]
    assert day(cells[0], order_of_file(cells, "GB")) == when
