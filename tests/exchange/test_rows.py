"""A bad row is told with its reason, and costs none of the others."""

from dataclasses import replace

import pytest

from care_console.cards.rules import Group, NewCard, NewEmail, NewMembership, NewPhone
from care_console.exchange.rules.identity import key
from care_console.exchange.rules.read import CannotRead
from care_console.exchange.rules.rows import MOST_ROWS

HEAD = "Name,Phone,Note\n"


def line(number):
    return f"Ada Poe{number},01632 96{number:04},Rings early\n"


def table(*lines):
    return HEAD + "".join(lines)


def vcard(number):
    return f"BEGIN:VCARD\nVERSION:3.0\nN:Poe;Ada{number};;;\nTEL:01632 96{number:04}\nEND:VCARD\n"


def told(rows):
    return [(row.row, row.card.phones[0].raw[-4:] if row.card else row.why[:20]) for row in rows]


@pytest.mark.parametrize(
    ("bad", "came"),
    [
        ('Ada Poe2,"01632 960002,Rings early\n', None),
        ('"Ada Poe2,01632 960002,Rings early\n', None),
        ('Ada Poe2,01632 960002,"Rings early\n', None),
        ('Ada Poe2,01632 960002,5" pipe\n', (3, "0002")),
        ('"Ada "Dee" Poe2",01632 960002,"Rings ""early"""\n', (3, "0002")),
        ('"Poe, Ada "Dee" 2",01632 960002,\n', (3, "0002")),
        ('Ada Poe2,01632 960002,"Rings\nearly, or\nnever"\n', (3, "0002")),
        ('Ada Poe2 , "01632 960002" , "early"\n', (3, "0002")),
        ('Ada Poe2, "01632 960002", "early, late"\n', (3, "0002")),
        ("Ada Poe2,01632 960002\n", (3, "0002")),
        ("Ada Poe2,01632 960002,Rings,early\n", (3, "It has 4 cells, but ")),
        ("Ada Poe2,01632 960002,Rings early,,\n", (3, "0002")),
        (" ,,\n", "nothing"),
        ("\n", "nothing"),
        (",,Rings early\n", (3, "It has no name, no c")),
        (HEAD, "nothing"),
        ("x" * 1_500_000 + "\n", (3, "A quotation mark is ")),
        ('Ada Poe2,01632 960002,"' + "x" * 150_000 + '"\n', (3, "A quotation mark is ")),
    ],
)
def test_a_broken_line_costs_at_most_itself(read, bad, came):
    rows = told(read(table(line(1), bad, line(3), line(4))))

    after = 3 + bad.count("\n")
    good = [(2, "0001"), (after, "0003"), (after + 1, "0004")]
    assert [row for row in rows if row in good] == good
    others = [row for row in rows if row not in good]
    if came == "nothing":
        assert others == []
    elif came is not None:
        assert others == [came]
    else:
        assert [row[0] for row in others] == [3]


def test_a_mark_that_swallows_rows_of_quoted_cells_is_found(read):
    quoted = [f'"Ada Poe{n}","01632 96{n:04}","Rings, early"\n' for n in range(1, 6)]
    quoted[1] = quoted[1].replace('"01632', "01632")

    assert [row[1] for row in told(read(table(*quoted)))] == [
        "0001",
        "0002",
        "0003",
        "0004",
        "0005",
    ]


@pytest.mark.parametrize(
    ("second", "third"),
    [
        ('Ada Poe2,01632 960002,"early\n', 'Ada Poe3,01632 960003,early"\n'),
        ('"Ada Poe2,01632 960002,early\n', 'Ada Poe3",01632 960003,early\n'),
    ],
)
def test_rows_between_two_lone_marks_are_rows(read, second, third):
    rows = told(read(table(line(1), second, third, line(4))))

    assert rows == [(2, "0001"), (3, "0002"), (4, "0003"), (5, "0004")]


def test_rows_of_too_many_cells_between_two_lone_marks_are_rows(read):
    second, third = 'Ada Poe2,01632 960002,"early\n', 'Ada Poe3",01632 960003,late\n'
    rows = told(read(table(line(1), second, "Bo\n", third, line(5))))

    assert [row for row in rows if row[0] != 4] == [
        (2, "0001"),
        (3, "0002"),
        (5, "0003"),
        (6, "0005"),
    ]


def test_what_follows_a_lone_mark_is_no_row_until_one_looks_like_it(read):
    rows = read(table(line(1), 'Ada Poe2,01632 960002,"early\n', "Bo\nor late\n", line(5)))

    assert [(row.row, bool(row.card)) for row in rows] == [
        (2, True), (3, True), (4, False), (6, True),
    ]  # fmt: skip
    assert "lines 4 to 5" in rows[2].why


def test_a_line_that_was_cut_is_no_row(read):
    titles = "Name" + ",Note" * 9
    rows = read(f"{titles}\nAda{(',' + 'x' * 125_000) * 9}\nBo{',x' * 9}\n")

    assert [row.card and row.card.given for row in rows] == [None, "Bo"]


def test_lines_that_were_passed_over_are_counted(read):
    (_, lost, last) = read(table(line(1), '"Ada\nx\ny\n', line(5)))

    assert (lost.row, lost.card) == (3, None)
    assert "lines 3 to 5" in lost.why
    assert (last.row, last.card.phones[0].raw) == (6, "01632 960005")


@pytest.mark.parametrize(
    "bad",
    [
        "BEGIN:VCARD\nVERSION:3.0\nN:Poe;Ada2;;;\nTEL:01632 960002\n",  # no END
        "VERSION:3.0\nN:Poe;Ada2;;;\nTEL:01632 960002\nEND:VCARD\n",  # no BEGIN
        "  begin:vcard \nN:Poe;Ada2;;;\nTEL:01632 960002\nEnd:vCard\n",
        "\ufeffBEGIN:VCARD\nN:Poe;Ada2;;;\nTEL:01632 960002\nEND:VCARD\n",
        vcard(2).replace("\nN:", "\nPHOTO;ENCODING=b:/9j/4AAQ\nN:"),
        vcard(2).replace("\nN:", "\nPHOTO;ENCODING=b:" + "A" * 3_000_000 + "\nN:"),
        vcard(2).replace("\nN:", "\nNOTE;QUOTED-PRINTABLE:broken=\nN:"),
        vcard(2).replace("\nN:", '\nX-A;B="c:\nN:'),
        vcard(2).replace("\nN:", "\njust words\n;;\n:\nN:"),
        vcard(2).replace("TEL", "AGENT:\nBEGIN:VCARD\nFN:Other\nTEL:1\nEND:VCARD\nTEL"),
        vcard(2).replace("TEL", "AGENT:BEGIN:VCARD\\nFN:Other\\nEND:VCARD\nTEL"),
        vcard(2).replace("\nN:", "\n\0N:\0"),
    ],
)
def test_a_broken_card_costs_not_even_itself(read, bad):
    rows = told(read(vcard(1) + bad + vcard(3)))

    assert rows[0] == (1, "0001")
    assert rows[-1] == (3, "0003")
    if "QUOTED" not in bad:  # there the name is a part of the note
        assert rows[1] == (2, "0002")


def test_a_card_of_endless_lines_is_refused_alone(read):
    long = vcard(2).replace("TEL", "NOTE:" + "x" * 2_000_000 + "\nTEL")
    folded = vcard(3).replace("TEL", "NOTE:x" + "\n " + "y" * 70 * 30_000 + "\nTEL")
    many = vcard(4).replace("TEL", "TEL:1\n" * 250_000 + "TEL")
    rows = read(vcard(1) + long + folded + many + vcard(5))

    assert [row.row for row in rows if row.card] == [1, 5]
    assert {row.why for row in rows if not row.card} == {"It is longer than a card can be."}


def test_too_many_numbers_are_refused(read):
    numbers = "".join(f"TEL:01632 {n:06}\n" for n in range(101))
    (row,) = read(vcard(1).replace("TEL", numbers + "TEL"))

    assert row.why == "It has more than 100 numbers or addresses of one kind."


def test_the_same_number_twice_is_one(read):
    (row,) = read(vcard(1).replace("TEL", "TEL;TYPE=work:1 23\nTEL:1 23\nTEL"))

    assert [phone.raw for phone in row.card.phones] == ["1 23", "01632 960001"]


def test_all_become_members_of_the_group_that_is_asked_for(read):
    (row,) = read("Name,Group,Customer number\nAda Poe,Prospect,7\n", Group.DISTRIBUTOR)

    assert row.card.memberships == (
        NewMembership(group=Group.DISTRIBUTOR, account_number="7"),
        NewMembership(group=Group.PROSPECT),
    )


def test_rows_beyond_the_most_are_told(read, monkeypatch):
    monkeypatch.setattr("care_console.exchange.rules.rows.MOST_ROWS", 2)
    rows = read(table(line(1), line(2), line(3), line(4)))

    assert [row.card is None for row in rows] == [False, False, True]
    assert rows[-1].why.startswith("Only the first 2 rows")
    assert MOST_ROWS == 2_000_000


def test_an_empty_file_is_told(read):
    for nothing in ("", "\n \n", "\ufeff"):
        with pytest.raises(CannotRead, match="is empty"):
            read(nothing)


ADA = NewCard(given="Ada", family="Poe", phones=(NewPhone(raw="01632 960001"),))


def test_a_row_is_known_again_while_its_name_and_first_number_stay():
    assert key(ADA) == key(replace(ADA, given="ADA", note="Rings early"))
    assert key(ADA) == key(replace(ADA, phones=(NewPhone(raw="(01632) 960-001", label="work"),)))
    assert key(ADA) == key(replace(ADA, emails=(NewEmail(address="ada@example.com"),)))
    assert key(ADA) != key(replace(ADA, given="Eda"))
    assert key(ADA) != key(replace(ADA, phones=(NewPhone(raw="01632 960002"),)))
    assert key(ADA) != key(replace(ADA, company="Halden"))


def test_a_card_with_a_uid_is_known_by_it_alone():
    ada = replace(ADA, uid="7")

    assert key(ada) == key(replace(ada, given="Eda", phones=()))
    assert key(ada) != key(ADA)


def test_keys_stay_what_they_were():
    assert key(ADA) == "03cf6f4e30adc620f28b2dbd552e4875"
    assert key(replace(ADA, uid="7")) == "e1686c974449e98b80154e6c4dc5cbc9"


def test_a_short_id_is_unique_only_with_the_name(read):
    one, two = (read(f"ID,Name,Phone\n17,{name},01632 960001\n") for name in ("Ada Poe", "Bo Poe"))

    assert key(one[0].card) != key(two[0].card)
