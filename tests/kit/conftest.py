"""What the tests of the kit share: a theme that leaves no trace, and one of every part."""

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from care_console.kit import (
    Avatar,
    Badge,
    Button,
    Chip,
    CommandDelegate,
    CommandRow,
    DayDelegate,
    DayRow,
    DigitChips,
    ElidingLabel,
    EventDelegate,
    EventRow,
    Field,
    Glyph,
    GroupShapes,
    HeadRow,
    KeyHint,
    Label,
    LineEdit,
    ListView,
    NoteEdit,
    Notice,
    Panel,
    PersonDelegate,
    PersonRow,
    Rule,
    Surface,
    Tag,
    Theme,
)
from care_console.kit.look import PROPERTY

HOSTILE = (
    "Bob <img src=x> <b>bold</b> &lt;i&gt; Tom & Jerry",
    "\u202eevil\u202c \u2066x",
    "two\nlines\u2028and\tmore",
    "W" * 10_000,
    "<b>" * 3_000,
    "",
)


@pytest.fixture
def theme(qapp):
    """A light theme, and afterwards none."""
    font = qapp.font()
    theme = Theme(qapp, "light")
    yield theme
    theme.retire()
    qapp.setProperty(PROPERTY, None)
    qapp.setFont(font)
    qapp.setPalette(QPalette())


def parts(name: str) -> list[QWidget]:
    """One of each part, all of them saying ``name``."""
    field = Field(name, LineEdit(name, icon="search", key="F2"))
    field.fault(name)
    chip = Chip(name)
    chip.setChecked(True)
    off = Button(name, "primary", key="F4")
    off.setEnabled(False)
    digits = DigitChips(name or "?", [name, name])
    digits.show_choice(1)
    panel = Panel(name, "gift", "F8")
    panel.trail.setText(name)
    panel.body.addWidget(Label(name, wrap=True))
    return [
        *(Button(name, kind, "mail", "F2") for kind in ("plain", "primary", "quiet", "danger")),
        *(Notice(kind, name, rest=name, sub=name) for kind in ("warn", "bad", "ok", "info")),
        *(Surface(tone, edge=True) for tone in ("sunken", "raised", "ok")),
        *(Label(name), Label(name, size=20, weight=600), ElidingLabel(name), KeyHint("F5")),
        *(Badge("supplier", name), Avatar(name), Avatar(), Glyph("phone", "bad")),
        *(Tag(name), Tag(name, settled=True), Rule(), GroupShapes(("supplier", "prospect"))),
        *(off, chip, Chip(group="employee"), digits, field, panel),
        *(NoteEdit(name, name="Notes"), *lists(name)),
    ]


def lists(name: str) -> list[ListView]:
    """A list of each kind, all of them about ``name``."""
    groups = ("end-user", "distributor")
    rows = {
        PersonDelegate: PersonRow("1", 1, name, groups, name, name, name),
        EventDelegate: EventRow(1, "Today", "09:05", "phone", "bad", name, name, name),
        DayDelegate: DayRow(1, "flag", name, name, "12:00", True, groups, True),
        CommandDelegate: CommandRow(1, "box", name, name, "F3", name, groups),
    }
    views = []
    for delegate, row in rows.items():
        view = ListView(delegate(), name="Rows")
        view.rows.set_rows([HeadRow(name, name), row])
        view.setFixedHeight(110)
        view.go_to(1)
        views.append(view)
    return views


@pytest.fixture
def show(qtbot):
    """Show widgets under each other in a window, and hold them."""
    windows = []

    def shown(*widgets: QWidget, width: int = 420) -> QWidget:
        window = QWidget()
        windows.append(window)
        qtbot.addWidget(window)
        column = QVBoxLayout(window)
        for widget in widgets:
            column.addWidget(widget)
        window.resize(width, window.sizeHint().height())
        with qtbot.waitActive(window):
            window.show()
        return window

    return shown
