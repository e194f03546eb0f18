"""Masking card and bank numbers in every field, as they are typed."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from care_console.base.masking import EXCUSE, Secret, secrets_in
from care_console.base.words import N_, _
from care_console.kit import LineEdit, NoteEdit
from care_console.window.sheet import Sheet

WATCHED = "masks numbers"  # a property of a field that is looked at
MOST = 20_000  # letters that are read with each key; the records read all of them
TOLD = N_("A card or bank number was masked: it is not kept. Ctrl+Z if it is something else.")


class Masking(QObject):
    """Looks at whatever field has the keyboard.

    Undone in the field at once, the number stays, with a word before it that says what it is not.
    """

    masked = Signal(str)  # a sentence, the first time in a field

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._busy = False
        self._last = ""  # digits that were masked last, as they were typed
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is None or now.property(WATCHED) or isinstance(now.parentWidget(), Sheet):
            return
        if isinstance(now, NoteEdit) and not now.isReadOnly():
            now.textChanged.connect(lambda: self._look_soon(now))
        elif isinstance(now, LineEdit) and now.echoMode() == QLineEdit.EchoMode.Normal:
            now.textChanged.connect(lambda _text: self._look_soon(now))
        else:
            return
        now.setProperty(WATCHED, True)

    def _look_soon(self, field: NoteEdit | LineEdit) -> None:
        """Look when the field has done: amid its own undo it must not be written to."""
        if not self._busy:
            QTimer.singleShot(0, field, lambda: self._look(field))

    def _look(self, field: NoteEdit | LineEdit) -> None:
        text = field.toPlainText() if isinstance(field, NoteEdit) else field.text()
        if len(text) > MOST or not (found := secrets_in(text)):
            return
        self._busy = True
        try:
            for each in reversed(found):
                self._settle(field, text, each)
        finally:
            self._busy = False

    def _settle(self, field: NoteEdit | LineEdit, text: str, secret: Secret) -> None:
        """Mask a number, or excuse the one that was just brought back."""
        typed = text[secret.start : secret.end]
        back, self._last = typed == self._last, typed
        instead = f"{EXCUSE}{typed}" if back else secret.instead
        if back:
            self._last = ""
        start, end = (_at(text, each) for each in (secret.start, secret.end))
        if isinstance(field, QPlainTextEdit):
            _replace(field, start, end, instead)
        else:
            field.setSelection(start, end - start)
            field.insert(instead)  # so that the field itself can undo it
        if not back:
            self.masked.emit(_(TOLD))


def _replace(field: QPlainTextEdit, start: int, end: int, instead: str) -> None:
    cursor = QTextCursor(field.document())
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(instead)


def _at(text: str, place: int) -> int:
    """Return where Qt counts a place in a text: a letter beyond 16 bits is two for it."""
    return len(text[:place].encode("utf-16-le", "surrogatepass")) // 2
