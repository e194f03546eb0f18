"""A table from any program becomes cards, whatever its titles and dividers are."""

import pytest

from care_console.cards.rules import Group, Kind, NewAddress, NewMembership
from care_console.exchange.rules.headers import Column, column
from care_console.exchange.rules.read import CannotRead
from care_console.exchange.rules.rows import unknown_columns

from .conftest import FILES

CUSTOMER = NewMembership(group=Group.END_USER)


def raws(card):
    return [phone.raw for phone in card.phones]


def labels(card):
    return [phone.label for phone in card.phones]


def test_google_with_its_old_titles(cards):
    maria, fixings, nameless = cards("google-old.csv")

    assert (maria.given, maria.family, maria.language) == ("Maria", "Okafor", "en-GB")
    assert raws(maria) == ["+44 7700 900123", "020 7946 0018", "020 7946 0019"]
    assert labels(maria) == ["mobile", "work", "work"]
    assert [email.address for email in maria.emails] == [
        "maria.okafor@example.com", "mo@example.com",
    ]  # fmt: skip
    assert maria.note == 'Prefers a call\nbefore ten, never "later"'
    assert maria.addresses[0].street == "14 Kiln Lane\nUnit 3\nPO Box 7"
    assert maria.memberships == (NewMembership(group=Group.SUPPLIER),)
    assert (fixings.kind, fixings.family) == (Kind.ORGANISATION, "Northgate Fixings")
    assert fixings.phones[0].shared
    assert nameless.emails[0].address == "noname@example.org"


def test_google_with_its_new_titles(cards):
    severine, hafen = cards("google-new.csv")

    assert (severine.prefix, severine.preferred) == ("Mme", "Sév")
    assert severine.say_it == "seh-veh-REEN doh-bee-NYAY"
    assert labels(severine) == ["mobile", "Atelier"]
    assert severine.addresses[0].street == "3 rue des Lilas\n44000 Nantes\nFrance"
    assert severine.memberships == (NewMembership(group=Group.SUPPLIER), CUSTOMER)
    assert (hafen.kind, hafen.family) == (Kind.ORGANISATION, "Hafen & Cie")


def test_outlook_in_english(cards):
    maria, fixings = cards("outlook-en.csv")

    assert (maria.prefix, maria.title, maria.language) == ("Ms", "Buyer, Purchasing", "en")
    assert dict(zip(labels(maria), raws(maria), strict=True)) == {
        "work": "020 7946 0018",
        "mobile": "07700 900123",
        "main": "020 7946 0000",
        "work fax": "020 7946 0019",
    }
    assert labels(maria)[-1] == "work fax"  # the last that anybody calls
    assert [email.address for email in maria.emails] == ["maria.okafor@example.com"]
    assert [(each.label, each.town) for each in maria.addresses] == [
        ("work", "Leeds"), ("home", "York"),
    ]  # fmt: skip
    assert maria.memberships[0].account_number == "H-2041"
    assert fixings.kind is Kind.ORGANISATION


def test_outlook_in_german(cards):
    (juergen,) = cards("outlook-de.csv")

    assert (juergen.prefix, juergen.given, juergen.family) == ("Herr", "Jürgen", "Weiß")
    assert dict(zip(labels(juergen), raws(juergen), strict=True)) == {
        "work": "030 23125-100",
        "home": "030/23125014",
        "mobile": "0171 39200 17",
        "other": "030 23125-103",
        "main": "030 23125-0",
        "work fax": "030 23125-101",
    }
    assert juergen.addresses == (
        NewAddress(street="Lindenweg 4\nPostfach 12", town="Berlin", postcode="10115",
                   country="Deutschland", label="work"),
    )  # fmt: skip
    assert juergen.note == "Grüße an Frau Größler – „bitte“"
    assert [each.account_number for each in juergen.memberships] == ["70014", ""]


def test_outlook_in_french_has_two_titles_of_one_name(cards):
    (severine,) = cards("outlook-fr.csv")

    assert (severine.prefix, severine.title) == ("Mme", "Gérante, Achats")
    assert labels(severine) == ["work", "mobile", "main", "work fax"]
    assert severine.addresses[0].region == "Pays de la Loire"


def test_hubspot_names_its_records(cards):
    maria, sam = cards("hubspot-contacts.csv")
    (fixings,) = cards("hubspot-companies.csv")

    assert (maria.uid, fixings.uid) == ("hubspot contact 51", "hubspot company 51")
    assert (maria.company, maria.memberships) == ("Halden Instruments Ltd", (CUSTOMER,))
    assert sam.memberships == (NewMembership(group=Group.PROSPECT),)
    assert [email.address for email in sam.emails] == ["sam@example.org", "sam.lee@example.org"]
    assert (fixings.kind, fixings.family) == (Kind.ORGANISATION, "Northgate Fixings")


def test_a_spreadsheet_with_a_heading_and_its_tricks(cards, read):
    maria, dealer = cards("excel-de.csv")
    rows = read((FILES / "excel-de.csv").read_bytes())

    assert (maria.given, maria.family) == ("Maria", "Okafor")
    assert maria.addresses == (NewAddress(postcode="10115", town="Berlin"),)
    assert maria.memberships == (NewMembership(group=Group.END_USER, account_number="10234"),)
    assert raws(dealer) == ["030 23125100"]
    assert dealer.memberships == (NewMembership(group=Group.DISTRIBUTOR, account_number="10235"),)
    assert (rows[-1].row, rows[-1].card) == (7, None)
    assert rows[-1].why.startswith("A spreadsheet has rounded the number 3,02312E+10.")


def test_a_table_in_utf_16_with_tabs(cards):
    lucja, maria = cards("excel-unicode.txt")

    assert (lucja.given, lucja.family, lucja.addresses[0].town) == ("Łucja", "Żak", "Łódź")
    assert maria.family == "Παπά"


@pytest.mark.parametrize(
    "titles",
    [
        "Name,Phone,E-mail,Company,Town,Group,Account number",
        "Full name;Telephone;Mail;Organisation;City;Category;Account no.",
        "Ansprechpartner\tTelefonnummer\tE-Mail-Adresse\tFirma\tOrt\tGruppe\tKd.-Nr.",
        "Nom complet|Tél.|Courriel|Société|Ville|Catégorie|N° client",
    ],
)
def test_plain_titles_in_three_languages(read, titles):
    delimiter = next(each for each in ",;\t|" if each in titles)
    cells = ["Maria Okafor", "01632 960001", "m@example.com", "Halden", "Leeds", "Kunde", "A 7"]
    ((_, _, card, why),) = [
        (row.file, row.row, row.card, row.why)
        for row in read(f"{titles}\r\n{delimiter.join(cells)}\r\n")
    ]

    assert why == ""
    assert (card.given, card.family, card.company) == ("Maria", "Okafor", "Halden")
    assert (raws(card), card.emails[0].address) == (["01632 960001"], "m@example.com")
    assert card.addresses[0].town == "Leeds"
    assert card.memberships == (NewMembership(group=Group.END_USER, account_number="A 7"),)


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Address 2 - City", Column("town", "2")),
        ("Business Street 2", Column("street", "work", "work")),
        ("Address line 2", Column("street")),
        ("Weiteres/r Bundesland/Kanton", Column("region", "other", "other")),
        ("Country/Region", Column("country")),
        ("E-mail 2 Display Name", Column("nothing")),
        ("Work Mobile", Column("phone", "", "work mobile")),
        ("Téléphone de l'assistant(e)", Column("phone", "", "assistant")),
        ("Last phone call", None),
        ("Email domain", None),
        ("020 7946 0000", None),
    ],
)
def test_a_title_is_known_only_by_all_its_words(title, found):
    assert column(title) == found


def test_columns_that_nothing_is_taken_from_are_listed(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Name,Shoe size,Phone,,Initials\nAda Poe,38,01632 960001,x,A\n")

    assert unknown_columns(path) == ("Shoe size",)
    assert unknown_columns(FILES / "apple.vcf") == ()


def test_a_table_without_known_titles_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Maria Okafor,020 7946 0000\nAda Poe,01632 960001\n")

    with pytest.raises(CannotRead, match="no titles above its columns"):
        unknown_columns(path)


def test_a_name_beside_a_given_name_is_the_family_name(read):
    (row,) = read("Name;Vorname;Telefon\nOkafor;Maria;030 23125 014\n")

    assert (row.card.given, row.card.family) == ("Maria", "Okafor")


def test_a_column_of_suppliers_makes_suppliers(read):
    (row,) = read("Supplier,Phone\nHalden,01632 960001\n")

    assert row.card.memberships == (NewMembership(group=Group.SUPPLIER),)


def test_one_column_is_not_divided(read):
    (row,) = read('Name\n"Okafor, Maria; Dr"\n')

    assert row.card.family == "Okafor"


def test_who_else_may_be_told_is_taken_in(read):
    (row,) = read('Name,May be told\nMaria Okafor,"Ada, her daughter"\n')

    assert row.card.may_be_told == "Ada, her daughter"
