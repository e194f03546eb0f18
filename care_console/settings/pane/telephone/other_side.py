"""What is to be written into the settings of the telephone system, ready to be copied."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from care_console.base.words import _
from care_console.kit import Button, Label, NoteEdit, announce


class OtherSide(QWidget):
    """Shows it as it follows from what is typed, a secret too: it is not to be had again."""

    def __init__(self) -> None:
        super().__init__()
        self.words = NoteEdit(name=_("For the settings of the telephone system"), least=1, most=12)
        self.words.setReadOnly(True)
        self.copy = Button(_("Copy"))
        self.copy.clicked.connect(self._copy)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(4)
        title = _("For the settings of the telephone system")
        down.addWidget(Label(title, size=12, weight=500, colour="text2"))
        down.addWidget(self.words)
        help_words = _(
            "What stands in capitals is for the telephone system to fill in. Copy it before you "
            "save: a secret is not shown again."
        )
        down.addWidget(Label(help_words, size=12, colour="text3", wrap=True))
        down.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def stops(self) -> list[QWidget]:
        """Where Tab stops."""
        return [self.words, self.copy]

    def show_words(self, words: str) -> None:
        """Show something else, or nothing."""
        if words != self.words.toPlainText():
            self.words.setPlainText(words)
        self.setVisible(bool(words))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.words.toPlainText())
        announce(self, _("Copied."))
