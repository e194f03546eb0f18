"""To whom something is handed over: a colleague or a department, found by a few letters."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from care_console.base.names import clean
from care_console.base.words import _
from care_console.kit import (
    CommandDelegate,
    CommandRow,
    ElidingLabel,
    LineEdit,
    ListView,
    Surface,
    current_look,
)
from care_console.promises.rules import Duty, Heir, heirs_for

MOST = 5  # shown at once
ROW_HEIGHT = 40
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class HandOverBox(Surface):
    """Letters search, ↓ and Enter choose, Esc leaves all as it was."""

    wanted = Signal(object, object)  # the duty, and the heir
    left = Signal()

    def __init__(self) -> None:
        super().__init__("sunken")
        self._duty: Duty | None = None
        self._heirs: Sequence[Heir] = ()
        self.title = ElidingLabel(weight=600)
        self.edit = LineEdit(
            _("A colleague or a department"), name=_("Hand over to"), icon="search"
        )
        self.found = ListView(CommandDelegate(flush=True), name=_("Found"), led=True)
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._down = QVBoxLayout(self)
        for part in (self.title, self.edit, self.found):
            self._down.addWidget(part)
        self.edit.textEdited.connect(lambda _text: self._show())
        self.edit.installEventFilter(self)
        self.found.chosen.connect(self._choose)
        self.found.clicked.connect(lambda _where: self.found.choose())
        self.restyle()

    def ask(self, duty: Duty, heirs: Sequence[Heir]) -> None:
        """Ask for a duty to which of ``heirs`` it goes, and take the keyboard."""
        self._duty = duty
        self._heirs = (*heirs, Heir(_("Whoever takes it")))
        self.title.setText(_("Hand over: {what}").format(what=clean(duty.title)))
        self.edit.clear()
        self._show()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key = Qt.Key(event.key())
        if key in STEPS:
            self.found.step(STEPS[key])
        elif key in ENTER:
            self.found.choose()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            return super().eventFilter(watched, event)
        return True

    def restyle(self) -> None:
        px = current_look().px
        self._down.setContentsMargins(px(12), px(10), px(12), px(10))
        self._down.setSpacing(px(6))
        rows = max(1, min(MOST, self.found.rows.rowCount()))
        self.found.setFixedHeight(px(ROW_HEIGHT) * rows + 2)
        super().restyle()

    def _show(self) -> None:
        duty = self._duty
        if duty is None:
            return
        owner = Heir("", duty.owner_card_id, None if duty.owner_card_id else duty.department_id)
        found = heirs_for(self.edit.text(), self._heirs, owner)
        self.found.rows.set_rows([_row(each) for each in found])
        self.found.set_empty(_("Nobody who works here is called so."))
        self.found.go_to_first()
        self.edit.setAccessibleDescription(found[0].name if found else self.found.empty.text())
        self.restyle()

    def _choose(self, row: CommandRow) -> None:
        heir = next((each for each in self._heirs if each.whose == row.id), None)
        if heir is not None and self._duty is not None:
            self.wanted.emit(self._duty, heir)


def _row(heir: Heir) -> CommandRow:
    clerk = heir.owner_card_id is not None
    name = clean(heir.name)
    sub = clean(heir.department)
    if heir.department_id is not None:
        sub = _("department")
    return CommandRow(id=heir.whose, icon="people", title=name, sub=sub, name=name if clerk else "")
