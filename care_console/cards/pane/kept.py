"""A field of a card on the screen: its name, what stands in it, and what is amiss with it."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.words import _
from care_console.cards.pane.inputs import YesInput
from care_console.cards.pane.keeper import Keeper, Key
from care_console.cards.rules.card import LONG_FIELDS
from care_console.cards.rules.draft import Value
from care_console.cards.rules.words import field_words
from care_console.kit import MAY_READ, Button, Field, Label, Surface

READ = LONG_FIELDS | {"words"}  # of an alert: whoever it is about may ask what is held on them
LONGEST_THEIRS = 200  # characters of the other's text that are shown


class KeptField(Field):
    """Saved as it is typed. Where another typed something else, both are shown, and a choice."""

    left = Signal()  # Esc

    def __init__(self, key: Key, source: Any, kept: Value, parent: QWidget | None = None) -> None:
        super().__init__(field_words(key.field), source, parent)
        edit = getattr(source, "edit", source)
        edit.setAccessibleName(field_words(key.field))
        if isinstance(source, YesInput):
            self.name.hide()  # it says itself what it is
        self.source = source
        self.keeper = Keeper(key, edit, source, kept)
        self._choice: QWidget | None = None
        self._quiet = _(MAY_READ) if key.field in READ else ""
        self.say(self._quiet)
        source.changed.connect(self._typed)
        self.keeper.clashed.connect(self._show_clash)
        self.keeper.left.connect(self.left)

    def _typed(self) -> None:
        self.say(self._quiet)
        self.keeper.typed()

    def _show_clash(self) -> None:
        if self._choice is not None:
            self._choice.hide()
            self._choice.deleteLater()
            self._choice = None
        if self.keeper.draft.clash:
            self._choice = self._both(self.source.words(self.keeper.draft.theirs))
            if (column := self.layout()) is not None:
                column.addWidget(self._choice)

    def _both(self, theirs: str) -> QWidget:
        row = Surface("warn")
        shown = theirs if len(theirs) <= LONGEST_THEIRS else f"{theirs[:LONGEST_THEIRS]}…"
        words = _("Changed elsewhere meanwhile: “{theirs}”") if shown else _("Emptied elsewhere.")
        mine, other = Button(_("Keep mine"), "plain"), Button(_("Take theirs"), "plain")
        mine.clicked.connect(self._keep_mine)
        other.clicked.connect(self._take_theirs)
        buttons = QHBoxLayout()
        buttons.addWidget(mine)
        buttons.addWidget(other)
        buttons.addStretch(1)
        down = QVBoxLayout(row)
        down.setContentsMargins(10, 6, 6, 6)
        down.addWidget(Label(words.format(theirs=shown), size=12, weight=500, wrap=True))
        down.addLayout(buttons)
        return row

    def _keep_mine(self) -> None:
        self.keeper.edit.setFocus()
        self.keeper.keep_mine()

    def _take_theirs(self) -> None:
        self.keeper.edit.setFocus()
        self.keeper.take_theirs()
