"""Asks once more before a person is erased, and says what goes, what stays and why."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.command import Command
from care_console.base.words import _
from care_console.kit import Button, Field, Label, LineEdit, Notice, Pane, Scroll
from care_console.privacy.rules import Erasing, NotErased, WrongName
from care_console.privacy.rules.telling import GOES, NO_WAY_BACK, STAYS, goes, stays
from care_console.privacy.service import Privacy


class ErasePane(Pane):
    """Shows one person; Erase is possible with their name typed and nothing in the way."""

    erased = Signal(int)  # card id
    left = Signal()  # without having done anything

    def __init__(
        self, privacy: Privacy, command: Callable[[], Command], locale: str = "en_GB"
    ) -> None:
        super().__init__()
        self._privacy, self._command, self._locale = privacy, command, locale
        self._of: Erasing | None = None
        self._sent: Command | None = None  # pressed again, it is the same act
        self.title = Label(_("Erase a person"), size=17, weight=600, wrap=True)
        self.hindrance = Notice("warn")
        self.trouble = Notice("bad")
        self.goes, self.stays = Label(wrap=True), Label(wrap=True)
        self.name = Field(_("Type their name to say that you mean it"), LineEdit())
        self.erase = Button(_("Erase for ever"), "danger", "cross")
        self.leave = Button(_("Leave them as they are"), "plain")
        self._lay_out()
        self.erase.clicked.connect(self._press)
        self.leave.clicked.connect(self.left)
        self._edit.textChanged.connect(lambda _text: self._allow())
        self._edit.returnPressed.connect(self._press)
        self.errands.hindered.connect(self._tell_trouble)

    def show_erasing(self, of: Erasing) -> None:
        """Show what erasing somebody would do; nothing is typed yet."""
        self._sent = None
        self._edit.clear()
        self.trouble.hide()
        self._show(of)

    def first(self) -> QWidget:
        """Return what has the keyboard first: never the button that erases."""
        return self._edit if self.name.isEnabled() else self.leave

    def what(self) -> str:
        """Return all that is said, for a reader and for tests."""
        return "\n".join((self.title.text(), self.goes.text(), self.stays.text()))

    @property
    def _edit(self) -> LineEdit:
        edit = self.name.edit
        assert isinstance(edit, LineEdit)
        return edit

    def _show(self, of: Erasing) -> None:
        self._of = of
        self.hindrance.hide()
        self.title.setText(_("Erase {name}").format(name=of.name))
        self.goes.setText(_listed(goes(of)))
        self.stays.setText(_listed(stays(of, self._privacy.copies_until(), self._locale)))
        if of.already:
            self._hinder(_("They were erased before. Nothing is left to go."))
        elif of.hindrances:
            told = [_(each.words).format(count=each.count) for each in of.hindrances]
            self._hinder("\n".join(told))
        self._allow()

    def _hinder(self, words: str) -> None:
        self.hindrance.tell(_("Not yet:"), rest=words)
        self.hindrance.show()

    def _allow(self) -> None:
        of = self._of
        free = of is not None and not (of.hindrances or of.already)
        if not free and self._edit.hasFocus():
            self.leave.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.setEnabled(free)
        self.erase.setEnabled(free and bool(self._edit.text().strip()))
        self.name.fault()

    def _press(self) -> None:
        if self._of is not None and self.erase.isEnabled():
            self.trouble.hide()
            self.errands.do("erase", self._erase(self._of))

    async def _erase(self, of: Erasing) -> None:
        self._sent = self._sent or self._command()
        try:
            await self._privacy.erasure.erase(self._sent, of.card_id, self._edit.text())
        except WrongName as trouble:
            self._sent = None
            self.name.fault(str(trouble))
            self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        except NotErased:
            self._sent = None
            self._show(await self._privacy.erasure.look(self._command(), of.card_id))
            return
        self._of = None
        self._edit.clear()
        self.erased.emit(of.card_id)

    def _tell_trouble(self, sentence: str) -> None:
        self.trouble.tell(sentence)
        self.trouble.show()

    def _lay_out(self) -> None:
        told = QWidget()
        column = QVBoxLayout(told)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        for title, words in ((GOES, self.goes), (STAYS, self.stays)):
            column.addWidget(Label(_(title), weight=600))
            column.addWidget(words)
        column.addStretch()
        buttons = QHBoxLayout()
        buttons.addWidget(self.leave)
        buttons.addStretch()
        buttons.addWidget(self.erase)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 18, 20, 18)
        whole.setSpacing(12)
        for part in (self.title, self.hindrance, self.trouble):
            whole.addWidget(part)
        whole.addWidget(Scroll(told), 1)
        whole.addWidget(Notice("warn", _(NO_WAY_BACK)))
        whole.addWidget(self.name)
        whole.addLayout(buttons)
        self.hindrance.hide()
        self.trouble.hide()


def _listed(sentences: Iterable[str]) -> str:
    return "\n".join(f"•  {each}" for each in sentences)
