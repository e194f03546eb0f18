"""Card and bank numbers are masked in the field in which they are typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import delete

from care_console.kit import LineEdit, NoteEdit
from care_console.window.masking import Masking

CARD, ALL = "4111 1111 1111 1111", Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def told():
    return []


@pytest.fixture(params=[NoteEdit, LineEdit])
def field(qapp, request, told):
    whole = QWidget()
    column = QVBoxLayout(whole)
    field, other = request.param(name="Notes"), LineEdit(name="Other")
    column.addWidget(field)
    column.addWidget(other)
    masking = Masking(whole)
    masking.masked.connect(told.append)
    whole.show()
    whole.activateWindow()
    other.setFocus()
    field.setFocus()
    yield field
    delete(whole)  # at once: else its masking would take the field of the next test, too


def text(field):
    QApplication.processEvents()  # it is looked at when the key has done its work
    return field.toPlainText() if isinstance(field, NoteEdit) else field.text()


def test_it_is_masked_with_the_last_digit_and_one_types_on(field, told):
    put = field.insertPlainText if isinstance(field, NoteEdit) else field.insert
    put("\N{GRINNING FACE} pays")  # two places for Qt, one letter for us
    QTest.keyClicks(field, f" with {CARD}", delay=1)
    QTest.keyClicks(field, ", she says", delay=1)
    assert text(field) == "\N{GRINNING FACE} pays with •••• 1111, she says"
    assert len(told) == 1
    assert "not kept" in told[0]


def test_pasted_it_is_masked_too(field):
    if isinstance(field, NoteEdit):
        field.insertPlainText(f"{CARD}\nGB29 NWBK 6016 1331 9268 19")
        assert text(field) == "•••• 1111\n•••• 6819"
    else:
        field.insert(f"{CARD}, GB29 NWBK 6016 1331 9268 19")
        assert text(field) == "•••• 1111, •••• 6819"


def test_brought_back_with_undo_it_stays_and_says_that_it_is_something_else(field, told):
    QTest.keyClicks(field, CARD, delay=1)
    assert text(field) == "•••• 1111"
    QTest.keyClick(field, Qt.Key.Key_Z, ALL)
    assert text(field) == f"ref. {CARD}"
    QTest.keyClicks(field, " for the boiler")
    assert text(field) == f"ref. {CARD} for the boiler"
    assert len(told) == 1


def test_a_telephone_number_stays(field, told):
    QTest.keyClicks(field, "+44 20 7946 0123 or 020 7946 0123")
    assert text(field) == "+44 20 7946 0123 or 020 7946 0123"
    assert told == []


async def test_no_way_of_keeping_it_keeps_the_number(services, act, tmp_path):
    """What comes without a field, from an old window or another program, is masked as well."""
    from care_console.cards.rules import NewCard

    card = await services.cards.add(act(), NewCard(given="Maria", note=f"pays by {CARD}"))
    talk = await services.contacts.start(act(), channel="telephone", card_id=card)
    await services.contacts.keep(talk, reason=CARD, notes=f"card {CARD}", matter=f"Pay {CARD}")
    draft = await services.contacts.draft(talk)
    assert (draft.reason, draft.notes, draft.matter) == (
        "•••• 1111",
        "card •••• 1111",
        "Pay •••• 1111",
    )
    assert (await services.cards.card(card)).fields["note"] == "pays by •••• 1111"
    files = b"".join(each.read_bytes() for each in tmp_path.iterdir() if each.is_file())
    assert b"4111 1111" not in files
