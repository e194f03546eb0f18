"""Whatever somebody is called, it is shown as it is, and nothing else moves."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel

from care_console.kit import (
    Button,
    ElidingLabel,
    Label,
    NoteEdit,
    PersonRow,
    RowsModel,
    plain_tooltip,
)
from care_console.kit.groups import initials
from care_console.kit.labels import plain
from care_console.kit.look import left_to_right, one_line
from care_console.kit.rows import ROW
from tests.kit.conftest import HOSTILE, parts

WIDTH = 380


@pytest.mark.parametrize("name", HOSTILE)
def test_no_part_claims_width_for_a_name(theme, show, name):
    for part in parts(name):
        assert part.minimumSizeHint().width() <= WIDTH, type(part)


@pytest.mark.parametrize("name", HOSTILE)
def test_every_part_can_be_painted(theme, show, name):
    window = show(*parts(name), width=WIDTH)

    assert not window.grab().isNull()
    assert window.width() <= WIDTH + 40


@pytest.mark.parametrize("name", HOSTILE)
def test_no_label_reads_html(show, name):
    window = show(*parts(name))

    labels = window.findChildren(QLabel)
    assert labels
    for label in labels:
        assert label.textFormat() == Qt.TextFormat.PlainText or not label.text()


def test_a_label_shows_the_letters_of_a_tag(theme, show):
    marked, bare = Label("<b>Bob</b>"), Label("Bob")
    show(marked, bare)

    assert marked.sizeHint().width() > bare.sizeHint().width()
    assert marked.text() == "<b>Bob</b>"


@pytest.mark.parametrize("name", [name for name in HOSTILE if name and "\n" not in name][:2])
def test_a_tooltip_shows_what_was_written(show, name):
    label = Label("x")
    show(label)

    plain_tooltip(label, name)

    document = QTextDocument()
    document.setHtml(label.toolTip())
    assert document.toPlainText() == name


def test_a_tooltip_of_nothing_is_none():
    assert plain("") == ""


def test_what_does_not_fit_is_in_the_tooltip(theme, show):
    short, long = ElidingLabel("Maria"), ElidingLabel("Maria <b>Okafor</b> " * 20)
    show(short, long)

    assert short.toolTip() == ""
    assert "&lt;b&gt;" in long.toolTip()
    assert long.text().endswith("</b> ")


def test_a_row_is_told_in_plain_text(qtmodeltester):
    model = RowsModel([PersonRow("1", 7, "<img src=x>", ("supplier",), "owner")])
    index = model.index(0)

    assert "<img" not in index.data(Qt.ItemDataRole.ToolTipRole)
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "1, <img src=x>, Supplier, owner"
    assert index.data(ROW).name == "<img src=x>"


def test_an_ampersand_in_a_button_takes_no_key(show):
    button = Button("Write to Tom & Jerry")
    show(button)

    assert button.shortcut().isEmpty()
    assert button.text() == button.accessibleName() == "Write to Tom & Jerry"


def test_a_note_takes_what_is_pasted_as_it_is(show):
    note = NoteEdit()
    show(note)

    note.insertPlainText("<b>Bob</b> \u202ex")

    assert note.toPlainText() == "<b>Bob</b> \u202ex"


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Maria Okafor", "MO"), ("maria", "M"), ("<b>Bob", "B"), ("Ludwig van B", "LV"), ("?!", "")]
    + [("", ""), ("ßu", "S"), ("李 明", "李明")],
)
def test_initials(name, letters):
    assert initials(name) == letters


def test_one_line_is_one_line():
    assert one_line("a\nb\u2028c\td") == "a b c d"
    assert len(one_line("x" * 10_000)) == 401


def test_a_number_is_kept_from_turning_round():
    assert left_to_right("+44 20") == "\u2066+44 20\u2069"
