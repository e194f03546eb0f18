"""The text that confirms a remedy to the customer, to be copied or printed."""

from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from care_console.authority.pane.boxes import Box
from care_console.base.words import _
from care_console.kit import Button, NoteEdit, announce


class ConfirmBox(Box):
    """Shows the text; it may be changed before it is copied, and nothing is sent by itself."""

    def __init__(self) -> None:
        super().__init__("ok")
        self.text = NoteEdit(name=_("Confirmation for the customer"), least=4, most=9)
        self.copy = Button(_("Copy"), "primary")
        self.print = Button(_("Print"), icon="printer")
        self.back = Button(_("Back"), "quiet", key=_("Esc"))
        self.title.setText(_("Confirmation for the customer"))
        self.down.addWidget(self.text)
        self.add_buttons(self.copy, self.print, self.back)
        self.setFocusProxy(self.copy)
        self.copy.clicked.connect(self._copy)
        self.print.clicked.connect(self._print)
        self.back.clicked.connect(self.back_wanted)
        self.restyle()

    def tell(self, text: str) -> None:
        """Show the text."""
        self.text.setPlainText(text)
        self.copy.setText(_("Copy"))
        self.print.setVisible(not QPrinterInfo.defaultPrinter().isNull())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copy.setText(_("Copied"))
        announce(self, _("Copied"))

    def _print(self) -> None:
        page = QTextDocument(self)
        page.setPlainText(self.text.toPlainText())
        page.print_(QPrinter(QPrinterInfo.defaultPrinter()))
