"""A vCard of any age and from any program becomes the card that its owner sees there."""

import pytest

from care_console.cards.rules import Group, Kind, NewAddress, NewEmail, NewPhone


def labels(card):
    return {phone.raw: phone.label for phone in card.phones}


def groups(card):
    return [membership.group for membership in card.memberships]


def test_apple_writes_its_own_labels_and_how_a_name_is_said(cards):
    maria, fixings = cards("apple.vcf")

    assert (maria.prefix, maria.given, maria.additional, maria.family) == (
        "Dr.", "Maria", "Ngozi", "Okafor",
    )  # fmt: skip
    assert (maria.preferred, maria.say_it) == ("Mo", "muh-REE-uh oh-KAH-for")
    assert (maria.title, maria.company) == ("Head of purchasing", "Halden Instruments Ltd")
    assert labels(maria) == {
        "020 7946 0018": "work",
        "+44 7700 900123": "mobile",
        "+44 113 496 0042": "school",
        "0161 496 0007": "Workshop, bench 3",
    }
    assert maria.addresses[0].street == "14 Kiln Lane\nUnit 3"
    assert maria.note.splitlines()[1] == "Never on Fridays; she is in Leeds then."
    assert groups(maria) == [Group.SUPPLIER]
    assert maria.uid == "3F2A9C10-77B1-4B0E-9A51-0D1A2B3C4D5E"
    assert (fixings.kind, fixings.family) == (Kind.ORGANISATION, "Northgate Fixings & Sons")
    assert fixings.phones == (NewPhone(raw="0121 496 0300", label="main", shared=True),)


def test_the_preferred_number_comes_first(cards):
    assert cards("apple.vcf")[0].phones[0].raw == "020 7946 0018"
    assert cards("nokia.vcf")[0].phones[0].raw == "+441134960099"


def test_google_writes_company_and_title_in_groups(cards):
    severine, nameless = cards("google.vcf")

    assert (severine.given, severine.family) == ("Séverine", "d'Aubigné")
    assert (severine.company, severine.title) == ("Société Aubigné SARL", "Gérante")
    assert labels(severine)["02 61 91 00 11"] == "Atelier"
    assert groups(severine) == [Group.SUPPLIER]
    assert (nameless.given, nameless.family) == ("", "")  # its name is its number
    assert nameless.phones[0].raw == "+44 7700 900456"


def test_thunderbird_escapes_what_divides(cards):
    (asa,) = cards("thunderbird.vcf")

    assert (asa.given, asa.family, asa.preferred) == ("Åsa", "Lindqvist", "Ossi")
    assert asa.note == "One, two; three\nfour"
    assert asa.emails[0] == NewEmail(address="asa@example.org")
    assert asa.title == "Forwarding agent, Freight"
    assert asa.memberships == ()


def test_nextcloud_writes_numbers_as_uris_and_organisations_as_such(cards):
    juergen, firm = cards("nextcloud.vcf")

    assert (juergen.prefix, juergen.additional) == ("Prof. Dr.", "Karl Otto")
    assert juergen.phones[0] == NewPhone(raw="+49-30-23125-100 ext 12", label="work")
    assert labels(juergen)["030 23125 101"] == "work fax"
    assert (juergen.pronoun, juergen.language) == ("er/ihm", "de-CH")
    assert groups(juergen) == [Group.END_USER, Group.SUPPLIER]
    assert juergen.uid == "b2f1c1c2-7e0a-4a34-9a63-5f9f0c1d2e3f"
    assert (firm.kind, firm.family, firm.company) == (Kind.ORGANISATION, "Weiß & Söhne", "")


def test_android_writes_quoted_printable(cards):
    joerg, taxi, chan = cards("android.vcf")

    assert (joerg.given, joerg.family) == ("Jörg", "Müller")
    assert joerg.note == "Stammkunde\nruft früh an"
    assert joerg.addresses == (
        NewAddress(street="Hauptstraße 1", town="Köln", postcode="50667", country="Deutschland",
                   label="home"),
    )  # fmt: skip
    assert labels(joerg)["030 23125 220"] == "empfang"
    assert taxi.given == "Taxi"
    assert (chan.given, chan.family, chan.preferred) == ("Tai Man", "Chan", "Manny")


def test_outlook_writes_in_its_code_page_and_an_assistant_inside(cards):
    (renee,) = cards("outlook.vcf")

    assert (renee.prefix, renee.given, renee.family) == ("Frau", "Renée", "Größler")
    assert renee.company == "Größler Bürobedarf GmbH"
    assert [phone.raw for phone in renee.phones] == [
        "089 99998 120", "0171 39200 42", "089 99998 121",
    ]  # fmt: skip
    assert renee.addresses[0].street == "2. Stock\nTürkenstraße 9"


def test_nokia_writes_small_letters_and_no_blank_line_is_too_much(cards):
    jukka, ada = cards("nokia.vcf")

    assert (jukka.family, jukka.preferred) == ("Mäkinen", "Jukki")
    assert jukka.note == "Soittaa aamulla\nja illalla"
    assert (ada.given, ada.family, ada.phones[0].label) == ("Ada", "Poe", "home")


def test_what_is_no_person_or_empty_is_told(read):
    written = "".join(
        f"BEGIN:VCARD\nVERSION:3.0\n{lines}\nEND:VCARD\n"
        for lines in ("FN:Poe\nKIND:group", "FN:\nN:;;;;\nNOTE:x", "FN:Poe\nX-EVOLUTION-LIST:TRUE")
    )

    assert [(row.row, row.card, row.why) for row in read(written)] == [
        (1, None, "It is a list of people, not a person."),
        (2, None, "It has no name, no company, no telephone number and no e-mail address."),
        (3, None, "It is a list of people, not a person."),
    ]


def test_a_pronoun_is_only_what_is_stated(card):
    assert card("FN:Ada Poe", "GENDER:F").pronoun == ""
    assert card("FN:Ada Poe", "GENDER:;Fellow").pronoun == ""
    assert card("FN:Ada Poe", "GENDER:O;they/them").pronoun == "they/them"
    assert card("FN:Ada Poe", "PRONOUNS;LANGUAGE=en:xe/xir", version="4.0").pronoun == "xe/xir"


@pytest.mark.parametrize(
    "head",
    [
        "TEL;TYPE=home,fax", "TEL;TYPE=home;TYPE=fax", "TEL;HOME;FAX", 'TEL;TYPE="voice,home,fax"',
        "tel;type=HOME,FAX", "item1.TEL;TYPE=FAX;type=Home;PREF=1", "TEL;HOME;FAX;VOICE;PREF",
        'TEL;X-NOTE="a:b;c";TYPE=home,fax',
    ],
)  # fmt: skip
def test_a_label_is_the_same_however_it_is_written(card, head):
    assert card("FN:Ada Poe", f"{head}:01632 960001").phones == (
        NewPhone(raw="01632 960001", label="home fax"),
    )


@pytest.mark.parametrize(
    ("uri", "raw"),
    [
        ("tel:+44-1632-960001", "+44-1632-960001"),
        ("TEL:+44%201632%20960001", "+44 1632 960001"),
        ("tel:+441632960001;ext=12", "+441632960001 ext 12"),
        ("tel:960001;phone-context=+441632", "+441632 960001"),
        ("tel:7042;phone-context=example.com", "7042"),
    ],
)
def test_a_number_as_uri_is_written_as_a_person_would(card, uri, raw):
    assert card("FN:Ada Poe", f"TEL;VALUE=uri:{uri}", version="4.0").phones[0].raw == raw


def test_folds_are_undone_as_each_version_makes_them(card):
    assert card("NOTE:Never on Fri", " days", "FN:Ada Poe").note == "Never on Fridays"
    assert card("NOTE:Never on", " Fridays", "FN:Ada Poe", version="2.1").note == "Never on Fridays"
    assert card("NOTE;QUOTED-PRINTABLE:Fri=", "days", "FN:Ada Poe").note == "Fridays"
    at_nine = card("NOTE;QUOTED-PRINTABLE:At 9=", "TEL: 9", "FN:Ada Poe", version="2.1")
    assert (at_nine.note, at_nine.phones) == ("At 9TEL: 9", ())
    assert card("NOTE:One", "two", "FN:Ada Poe").note == "One\ntwo"  # nobody folded it


def test_a_category_is_a_group_in_three_languages(card):
    said = "CATEGORIES:Employees,HÄNDLER,fournisseur,Prospects,Endkunde,Chess club"

    assert groups(card("FN:Ada Poe", said)) == [
        Group.EMPLOYEE, Group.DISTRIBUTOR, Group.SUPPLIER, Group.PROSPECT, Group.END_USER,
    ]  # fmt: skip


def test_an_organisation_is_one_however_it_is_said(card):
    for said in (
        ["ORG:Halden Ltd"],
        ["FN:Halden Ltd"],
        ["FN:Halden Ltd", "N:Halden Ltd;;;;"],
        ["FN:Halden Ltd", "ORG:Halden Ltd", "N:;Halden Ltd;;;"],
        ["FN:Halden Ltd", "X-ABShowAs:COMPANY", "N:;;;;"],
        ["KIND:org", "FN:Halden Ltd", "ORG:Halden Ltd"],
    ):
        made = card(*said)
        assert (made.kind, made.family, made.given, made.company) == (
            Kind.ORGANISATION, "Halden Ltd", "", "",
        ), said  # fmt: skip


def test_a_person_whose_name_only_sounds_like_one_is_none(card):
    for said in (["N:College;Jo;;;"], ["N:Poe;Ada;;;", "ORG:Ada Poe"]):
        assert card(*said).kind is Kind.PERSON


def test_the_person_in_an_organisations_card_is_kept_in_its_note(card):
    made = card("N:Okafor;Maria;;;", "ORG:Halden", "X-ABShowAs:COMPANY", "NOTE:Rings early")

    assert (made.kind, made.family) == (Kind.ORGANISATION, "Halden")
    assert made.note == "Maria Okafor\nRings early"


def test_letters_of_a_named_encoding_are_read_in_it(read):
    written = (
        "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=SHIFT_JIS:山ソ田;太郎\nTEL:07700 900123\nEND:VCARD\n"
    )
    (row,) = read(written.encode("shift_jis"))

    assert (row.card.family, row.card.given) == ("山ソ田", "太郎")


def test_an_encoding_that_is_none_of_letters_is_not_used(card):
    for charset in ("hex", "zlib", "unicode_escape", "idna", "undefined", "nonsense"):
        name = f"N;CHARSET={charset};ENCODING=QUOTED-PRINTABLE:Poe;=41da"
        assert card(name, version="2.1").given == "Ada"


def test_the_letter_form_of_an_address_is_used_where_there_is_no_other(card):
    label = "LABEL;TYPE=work:Kiln Lane 14\\nLeeds"

    assert card("FN:Ada Poe", label).addresses == (
        NewAddress(street="Kiln Lane 14\nLeeds", label="work"),
    )
    adr = 'ADR;LABEL="Kiln Lane 14\\nLeeds":;;;;;;'
    assert card("FN:Ada Poe", adr, version="4.0").addresses[0].street == "Kiln Lane 14\nLeeds"
