"""What stands in a field of a card: a line, a text, a day, yes or no."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from care_console.base.words import _
from care_console.cards.rules import Kind
from care_console.cards.rules.days import day_words, typed_day
from care_console.cards.rules.draft import Value
from care_console.kit import Chip, LineEdit, NoteEdit

Today = Callable[[], date]


class LineInput(LineEdit):
    """Text on one line."""

    changed = Signal()

    def __init__(self, placeholder: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(placeholder, parent=parent)
        self.textEdited.connect(lambda _text: self.changed.emit())

    def put(self, value: Value) -> None:
        """Show ``value``; where nothing changes, the cursor stays."""
        shown = self.words(value)
        if shown != self.text():
            self.setText(shown)
            self.setCursorPosition(0)

    def value(self) -> Value:
        """Return what stands there."""
        return self.text()

    def words(self, value: Value) -> str:
        """Return ``value`` as it is shown."""
        return "" if value is None else str(value)


class DayInput(LineInput):
    """A day, as people type it."""

    def __init__(self, today: Today, locale: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._today, self._locale = today, locale

    def value(self) -> Value:
        return typed_day(self.text(), self._today(), self._locale)

    def words(self, value: Value) -> str:
        return day_words(None if value is None else str(value), self._locale)


class TextInput(NoteEdit):
    """Text of several lines."""

    changed = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(least=2, most=8, parent=parent)
        self._putting = False
        self.textChanged.connect(self._tell)

    def put(self, value: Value) -> None:
        """Show ``value``."""
        if value != self.toPlainText():
            self._putting = True
            self.setPlainText(self.words(value))
            self._putting = False

    def value(self) -> Value:
        """Return what stands there."""
        return self.toPlainText()

    def words(self, value: Value) -> str:
        """Return ``value`` as it is shown."""
        return "" if value is None else str(value)

    def _tell(self) -> None:
        if not self._putting:
            self.changed.emit()


class YesInput(Chip):
    """Yes or no."""

    changed = Signal()

    def __init__(self, words: str, *, parent: QWidget | None = None) -> None:
        super().__init__(words, parent=parent)
        self.clicked.connect(lambda _on: self.changed.emit())

    def put(self, value: Value) -> None:
        """Show ``value``."""
        self.setChecked(bool(value))

    def value(self) -> Value:
        """Return whether it is on."""
        return self.isChecked()

    def words(self, value: Value) -> str:
        """Return ``value`` as it is told."""
        return _("yes") if value else _("no")


class KindInput(YesInput):
    """Whether the card stands for an organisation, or for a person."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(_("It is an organisation"), parent=parent)

    def put(self, value: Value) -> None:
        self.setChecked(value == Kind.ORGANISATION)

    def value(self) -> Value:
        return Kind.ORGANISATION.value if self.isChecked() else Kind.PERSON.value

    def words(self, value: Value) -> str:
        return _("organisation") if value == Kind.ORGANISATION else _("person")
