"""A new recovery code: shown once, printed or written down, and typed back in part."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.words import _
from care_console.kit import Button, Field, Label, LineEdit
from care_console.safekeeping.service import ASKED
from care_console.settings.recovery_code import groups_of, printed

ACROSS = 4  # groups in a row


class CodeForm(QWidget):
    """Shows a code that is good for nothing yet, then asks for two of its groups.

    Nothing of it can be marked and copied: a clipboard is read by others and kept by some.
    """

    wanted = Signal()  # a new code
    typed = Signal(tuple)  # the groups that were asked for
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code = ""
        self.make = Button(_("Make a recovery code"), "primary", "key")
        self._groups = [Label("", size=20, weight=600, tabular=True) for _each in range(7)]
        self.words = Label(
            _(
                "Print it or write it down, and keep the paper away from this computer. Whoever "
                "has it and a backup can read the records. It is not shown again."
            ),
            colour="text2",
            wrap=True,
        )
        self.print_it = Button(_("Print"), icon="printer")
        self.on = Button(_("I have it on paper"), "primary")
        self.parts = [Field("", LineEdit()) for _each in ASKED]
        self.keep = Button(_("Keep this code"), "primary")
        self.back = Button(_("Show it once more"), "quiet")
        self.stop = Button(_("Not now"), "quiet")
        self._lay_out()
        self._connect()
        self.show_none()

    def show_none(self) -> None:
        """Forget the code that was shown."""
        self.code = ""
        for label in self._groups:
            label.setText("")
        for field in self.parts:
            _edit(field).clear()
            field.fault()
        self._show(begin=True)

    def show_code(self, code: str) -> None:
        """Show a new code."""
        self.code = code
        for at, (label, group) in enumerate(zip(self._groups, groups_of(code), strict=True)):
            label.setText(group)
            label.setAccessibleName(
                _("Group {number}: {letters}").format(number=at + 1, letters=" ".join(group))
            )
        self._show(code=True)
        self.on.setFocus(Qt.FocusReason.OtherFocusReason)

    def refused(self, sentence: str) -> None:
        """Say what is not as it stands on the paper."""
        self.parts[0].fault(sentence)
        _edit(self.parts[0]).setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        """Hide the code, and ask for parts of it."""
        self._show(asking=True)
        _edit(self.parts[0]).setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self) -> None:
        self.parts[0].fault()
        self.typed.emit(tuple(_edit(field).text() for field in self.parts))

    def _show(self, *, begin: bool = False, code: bool = False, asking: bool = False) -> None:
        self.make.setVisible(begin)
        self._paper.setVisible(code)
        on_paper: tuple[QWidget, ...] = (self.words, self.print_it, self.on)
        for part in on_paper:
            part.setVisible(code)
        typed: tuple[QWidget, ...] = (*self.parts, self.keep, self.back)
        for part in typed:
            part.setVisible(asking)
        self.stop.setVisible(code or asking)

    def _print(self) -> None:
        """Let the code be printed on whatever printer is chosen; the desk does not wait for it."""
        dialog = QPrintDialog(QPrinter(), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: print_code(dialog.printer(), self.code))
        dialog.setModal(True)
        dialog.show()

    def _connect(self) -> None:
        self.make.clicked.connect(self.wanted)
        self.on.clicked.connect(self._ask)
        self.print_it.clicked.connect(self._print)
        self.keep.clicked.connect(self._give)
        self.back.clicked.connect(lambda: self.show_code(self.code))
        self.stop.clicked.connect(self.given_up)
        for field in self.parts:
            _edit(field).returnPressed.connect(self._give)

    def _lay_out(self) -> None:
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(12)
        self._paper = QWidget()
        grid = QGridLayout(self._paper)
        grid.setContentsMargins(0, 0, 0, 0)
        for at, label in enumerate(self._groups):
            grid.addWidget(label, at // ACROSS, at % ACROSS)
        for field, at in zip(self.parts, ASKED, strict=True):
            field.name.setText(_("Group {number}, from the paper").format(number=at + 1))
            field.edit.setAccessibleName(field.name.text())
        for part in (self.make, self._paper, self.words, *self.parts):
            down.addWidget(part)
        last = QHBoxLayout()
        for button in (self.on, self.print_it, self.keep, self.back, self.stop):
            last.addWidget(button)
        last.addStretch(1)
        down.addLayout(last)


def print_code(printer: QPrinter, code: str) -> None:
    """Print a code with what it is for."""
    lines: Sequence[tuple[str, int]] = (
        (_("CARE Console: recovery code"), 18),
        (printed(code), 20),
        (_("It opens the records where the computer's keyring is lost. Keep it locked away."), 11),
    )
    with QPainter(printer) as painter:
        page = QRectF(painter.viewport())
        top = page.height() / 10
        for words, size in lines:
            painter.setFont(QFont("sans-serif", size))
            space = QRectF(page.width() / 12, top, page.width() * 10 / 12, page.height() / 8)
            painter.drawText(space, Qt.TextFlag.TextWordWrap, words)
            top += page.height() / 10


def _edit(field: Field) -> LineEdit:
    edit = field.edit
    assert isinstance(edit, LineEdit)
    return edit
