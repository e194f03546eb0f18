"""A field for what nobody else may read, and one that finishes the names of a few people."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from care_console.base.fold import fold
from care_console.kit import LineEdit, announce

LONGEST = 300
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}

Person = tuple[int, str]  # a card's id and its name


class SecretEdit(LineEdit):
    """Shows dots, gives nothing to the clipboard, and is emptied by whoever takes what it holds."""

    def __init__(self, placeholder: str = "", *, name: str = "", digits: int = 0) -> None:
        super().__init__(placeholder, name=name)
        hint = Qt.InputMethodHint
        hints = hint.ImhSensitiveData | hint.ImhNoPredictiveText | hint.ImhNoAutoUppercase
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(hints | (hint.ImhDigitsOnly if digits else hint.ImhNone))
        self.setMaxLength(digits or LONGEST)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setDragEnabled(False)

    def show_typed(self, on: bool) -> None:
        """Show letters, or dots again."""
        mode = QLineEdit.EchoMode
        self.setEchoMode(mode.Normal if on else mode.Password)

    def take(self) -> str:
        """Return what was typed, and forget it: no undo brings it back."""
        typed = self.text()
        self.setText("")
        return typed


class PersonEdit(LineEdit):
    """A name out of a few: letters finish it, ↓ and ↑ go from one to the next."""

    changed = Signal()

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name=name, parent=parent)
        self._people: tuple[Person, ...] = ()
        self.textEdited.connect(self._finish)
        self.textChanged.connect(lambda _text: self.changed.emit())
        self._typed = ""

    def set_people(self, people: Sequence[Person]) -> None:
        """Offer other people; the first stands there unless one of them does already."""
        self._people = tuple(people)
        if self.person() is None:
            self.begin()

    def begin(self) -> None:
        """Show the first of them, whoever was chosen before."""
        self.setText(self._people[0][1] if self._people else "")

    def person(self) -> int | None:
        """Return the card of who stands there, or None."""
        asked = fold(self.text())
        return next((card_id for card_id, name in self._people if fold(name) == asked), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif self._people:
            cards = [card_id for card_id, _name in self._people]
            here = self.person()
            at = cards.index(here) + step if here is not None else 0
            self.setText(self._people[at % len(cards)][1])
            self.selectAll()
            announce(self, self.text())

    def _finish(self, text: str) -> None:
        """Put the rest of the first name that begins so behind the letters, selected."""
        shorter, self._typed = self._typed.startswith(text), text
        if shorter or self.cursorPosition() < len(text):
            return
        for _card_id, name in self._people:
            if name.casefold().startswith(text.casefold()) and len(name) > len(text):
                self.setText(name)
                self.setSelection(len(name), len(text) - len(name))
                return
