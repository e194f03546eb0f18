"""How a softphone hands its calls in: what to write into its settings, ready to be copied."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.words import _
from care_console.kit import Button, Label, NoteEdit
from care_console.settings.pane.telephone.help_words import SOFTPHONES, filled
from care_console.settings.pane.telephone.inputs import Choice


class SoftphoneHelp(QWidget):
    """One of the softphones that one knows, and its few lines."""

    told = Signal(str)

    def __init__(self, command: Sequence[str]) -> None:
        """``command`` is what tells this console of a call, as it is started on this computer."""
        super().__init__()
        self._command = command
        self.choice = Choice(_("Softphone"))
        self.choice.offer([(each.name, each.name) for each in SOFTPHONES], SOFTPHONES[0].name)
        self.words = Label(colour="text2", wrap=True)
        self.template = NoteEdit(name=_("What to write into its settings"), least=1, most=8)
        self.copy = Button(_("Copy"))
        self.template.setReadOnly(True)
        self._lay_out()
        self.choice.chosen.connect(self._show)
        self.copy.clicked.connect(self._copy)
        self._show(SOFTPHONES[0].name)

    def _show(self, name: str) -> None:
        each = next(each for each in SOFTPHONES if each.name == name)
        self.words.setText(_(each.words))
        self.template.setPlainText(filled(each.template, self._command))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.template.toPlainText())
        self.told.emit(_("Copied."))

    def _lay_out(self) -> None:
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(12)
        down.addWidget(Label(_("Calls from a softphone"), size=15, weight=600))
        words = _(
            "A softphone on this computer needs no line: it runs a command at each call, and the "
            "console is told. A number that is withheld stays withheld."
        )
        down.addWidget(Label(words, colour="text2", wrap=True))
        for part in (self.choice, self.words, self.template):
            down.addWidget(part)
        row = QHBoxLayout()
        row.addWidget(self.copy)
        row.addStretch(1)
        down.addLayout(row)
