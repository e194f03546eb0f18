"""Whom a let-down customer may touch, each with one key for a courtesy contact."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.names import clean, isolated
from care_console.base.spell import at_words
from care_console.base.words import _, ngettext
from care_console.kit import Button, ElidingLabel, GroupShapes, Rule, Themed, current_look
from care_console.recovery.rules import RippleRow

MOST = 6  # people; more are on their cards


class RippleLine(QWidget):
    """One person: what ties them, who, what they have open, and the courtesy contact."""

    card_chosen = Signal(int)
    courtesy_wanted = Signal(int)

    def __init__(self, row: RippleRow, called: str, now: datetime, locale: str) -> None:
        super().__init__()
        self.row = row
        name = isolated(clean(row.name))
        tie = _("{customer} {tie}").format(customer=isolated(clean(called)), tie=clean(row.tie))
        self.tie = ElidingLabel(tie, size=12, colour="text2")
        self.open = Button(clean(row.name), "quiet")
        self.open.setAccessibleName(_("Open the card of {name}").format(name=name))
        self.shapes = GroupShapes(row.groups, 15)
        self.about = ElidingLabel(about(row), size=12, colour="text2")
        self.courtesy = Button(_("Courtesy call"), "quiet", "phone-out")
        self.courtesy.setAccessibleName(_("Courtesy call to {name}").format(name=name))
        self.owed = ElidingLabel(size=12, colour="ok")
        if row.courtesy_due_at is not None:
            when = at_words(row.courtesy_due_at, now, locale)
            self.owed.setText(_("courtesy call {when}").format(when=when))
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(4)
        for part in (self.tie, self.open, self.shapes):
            across.addWidget(part)
        across.addWidget(self.about, 1)
        across.addWidget(self.owed)
        across.addWidget(self.courtesy)
        self.courtesy.setVisible(row.courtesy_due_at is None)
        self.owed.setVisible(row.courtesy_due_at is not None)
        self.open.clicked.connect(lambda: self.card_chosen.emit(row.card_id))
        self.courtesy.clicked.connect(lambda: self.courtesy_wanted.emit(row.card_id))


class Ripple(Themed, QWidget):
    """One line, and the others behind a button; nothing at all where nobody is touched."""

    card_chosen = Signal(int)
    courtesy_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[RippleLine] = []
        self._shown: tuple[object, ...] = ()
        self._whole = False
        self.setAccessibleName(_("Whom it may touch"))
        self.more = Button("", "quiet", "down")
        self.more.clicked.connect(self._open_up)
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.addWidget(Rule())
        self._down.addWidget(self.more)
        self.hide()
        self.restyle()

    def show_rows(self, rows: Sequence[RippleRow], called: str, now: datetime, locale: str) -> None:
        """Show whom it may touch; what is the same stays as it is."""
        shown = (tuple(rows), called)
        if shown != self._shown:
            self._shown = shown
            self._make([RippleLine(row, called, now, locale) for row in rows[:MOST]])
        self.setVisible(bool(rows))

    def close_up(self) -> None:
        """Show the first line alone, as at the beginning."""
        self._whole = False
        self._settle()

    def restyle(self) -> None:
        self._down.setSpacing(current_look().px(2))
        super().restyle()

    def _open_up(self) -> None:
        self._whole = True
        self._settle()
        if len(self.lines) > 1:
            self.lines[1].open.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make(self, lines: list[RippleLine]) -> None:
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self.lines = lines
        for place, line in enumerate(lines):
            line.card_chosen.connect(self.card_chosen)
            line.courtesy_wanted.connect(self.courtesy_wanted)
            self._down.insertWidget(place + 1, line)
        self._settle()

    def _settle(self) -> None:
        others = len(self.lines) - 1
        for line in self.lines[1:]:
            line.setVisible(self._whole)
        words = ngettext("{count} more it may touch", "{count} more it may touch", others)
        self.more.setText(words.format(count=others))
        self.more.setVisible(others > 0 and not self._whole)


def about(row: RippleRow) -> str:
    """Return what somebody has open themselves."""
    said = []
    count = len(row.open_matters)
    if count == 1:
        said.append(_("open: {matter}").format(matter=isolated(clean(row.open_matters[0]))))
    elif count:
        words = ngettext("{count} open matter", "{count} open matters", count)
        said.append(words.format(count=count))
    if row.open_recovery:
        said.append(_("let down themselves"))
    return "  ·  ".join(part for part in said if part)
