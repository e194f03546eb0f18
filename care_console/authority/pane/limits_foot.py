"""Under the limits: what is amiss, the one reason, and the save; and two questions above them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from care_console.authority.pane.boxes import Box
from care_console.base.words import _, ngettext
from care_console.kit import (
    Button,
    DigitChips,
    Field,
    Label,
    LineEdit,
    Notice,
    Rule,
    Themed,
    current_look,
)

MOST_BAD, MOST_SIGN = 3, 2


class LimitsFoot(Themed, QWidget):
    """How many changes there are, why, and what to do with them."""

    save_wanted = Signal()
    discard_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.notices = QWidget()
        self.bad = [Notice("bad") for _each in range(MOST_BAD)]
        self.sign = [Notice("warn", icon="stamp") for _each in range(MOST_SIGN)]
        self.count = Label(weight=600)
        self.why = LineEdit(_("Why? Clerks are told"))
        self.trouble = Label(size=12, weight=500, colour="bad")
        self.discard = Button(_("Discard"), "quiet")
        self.save = Button(_("Save limits"), "primary", key="Ctrl S")
        self._lay_out()
        self.save.clicked.connect(self.save_wanted)
        self.discard.clicked.connect(self.discard_wanted)
        self.why.textEdited.connect(lambda _text: self._fault(""))
        self.why.returnPressed.connect(self.save_wanted)
        self.tell(0, (), ())

    @property
    def reason(self) -> str:
        """Why the limits are changed."""
        return self.why.text().strip()

    def has_reason(self) -> bool:
        """Whether a reason was typed; if not, ask for it."""
        if not self.reason:
            self._fault(_("Say why in a few words: clerks are told."))
            self.why.setFocus()
        return bool(self.reason)

    def clear(self) -> None:
        """Forget the reason."""
        self.why.clear()
        self._fault("")

    def tell(
        self, count: int, bad: Sequence[tuple[str, str]], sign: Sequence[tuple[str, str]]
    ) -> None:
        """Say how many changes there are, what is wrong with them, and what needs a signature."""
        changes = ngettext("{count} change", "{count} changes", count).format(count=count)
        faults = ngettext("{count} to fix", "{count} to fix", len(bad)).format(count=len(bad))
        both = _("{changes}, {faults}").format(changes=changes, faults=faults)
        self.count.setText(both if bad else changes if count else _("Nothing changed"))
        self.save.setEnabled(bool(count) and not bad)
        self.discard.setVisible(bool(count))
        self.why.setVisible(bool(count))
        for notices, told in ((self.bad, bad), (self.sign, sign)):
            for at, notice in enumerate(notices):
                notice.setVisible(at < len(told))
                if at < len(told):
                    notice.tell(told[at][0], sub=told[at][1])
        self.notices.setVisible(bool(bad or sign))

    def restyle(self) -> None:
        px = current_look().px
        self._across.setContentsMargins(px(8), px(8), px(8), px(2))
        self._across.setSpacing(px(8))
        super().restyle()

    def _fault(self, words: str) -> None:
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))
        self.why.set_bad(bool(words))
        self.why.setAccessibleDescription(words)

    def _lay_out(self) -> None:
        told = QVBoxLayout(self.notices)
        told.setContentsMargins(0, 0, 0, 0)
        told.setSpacing(10)
        for notice in (*self.bad, *self.sign):
            told.addWidget(notice)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(Rule())
        self._across = QHBoxLayout()
        self._across.addWidget(self.count)
        self._across.addWidget(self.why, 1)
        self._across.addStretch(0)
        self._across.addWidget(self.discard)
        self._across.addWidget(self.save)
        down.addLayout(self._across)
        down.addWidget(self.trouble)
        self.trouble.hide()
        self.restyle()


class PersonBox(Box):
    """Asks for whom there shall be limits of their own."""

    named = Signal(str)

    def __init__(self) -> None:
        super().__init__("accent")
        self.edit = LineEdit()
        self.field = Field(_("Whose limits shall be others than the role’s?"), self.edit)
        self.add = Button(_("Add a column"), "primary", key=_("Enter"))
        self.title.hide()
        self.down.addWidget(self.field)
        self.add_buttons(self.add)
        self.setFocusProxy(self.edit)
        self.edit.returnPressed.connect(self._enter)
        self.add.clicked.connect(self._enter)
        self.restyle()

    def refuse(self, sentence: str) -> None:
        """Say why nobody was found; what was typed stays."""
        self.field.fault(sentence)

    def _enter(self) -> None:
        if name := self.edit.text().strip():
            self.named.emit(name)
        else:
            self.field.fault(_("Type a part of the name."))


class CopyBox(Box):
    """Asks from which role the limits are copied."""

    chosen = Signal(str)  # a role

    def __init__(self) -> None:
        super().__init__("accent")
        self.roles = DigitChips(_("Copy from"))
        self._values: list[str] = []
        self.down.addWidget(self.roles)
        self.setFocusProxy(self.roles)
        self.roles.chosen.connect(lambda at: self.chosen.emit(self._values[at]))
        self.restyle()

    def ask(self, to: str, roles: Sequence[tuple[str, str]]) -> None:
        """Ask which of ``roles``, each a value and its words, gives ``to`` its limits."""
        self.title.setText(_("{role} gets the limits of:").format(role=to))
        self._values = [value for value, _words in roles]
        self.roles.set_answers([words for _value, words in roles])
