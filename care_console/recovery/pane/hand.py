"""Who else does a step, and by when, or who has the whole recovery from now on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.clock import Clock
from care_console.base.errors import CareError
from care_console.base.fold import fold
from care_console.base.spell import day_and_hour
from care_console.base.words import N_, _
from care_console.cards.rules.shown import second_line
from care_console.cards.service import Search
from care_console.kit import (
    Button,
    CommandDelegate,
    CommandRow,
    Errands,
    Field,
    LineEdit,
    ListView,
    Themed,
    current_look,
)
from care_console.promises.rules import Heir, heirs_for, read_when
from care_console.staff.rules import role_words
from care_console.staff.service import Staff

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
MOST = 4  # rows
ANYBODY = N_("A department, a colleague, a distributor …")
WHO_WANTED = N_("Say who is to do it: a person or a department.")


@dataclass(frozen=True, slots=True)
class Hand:
    """Into whose hands a step is given: a department's or a card's, and by when."""

    name: str
    due_at: datetime
    department_id: int | None = None
    card_id: int | None = None


class Found(ListView):
    """As high as what was found."""

    def sizeHint(self) -> QSize:
        rows = max(1, self.rows.rowCount())
        return QSize(100, current_look().px(CommandDelegate.height) * rows + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())


class HandBox(Themed, QWidget):
    """Letters find departments, colleagues and cards; then a moment; Enter hands it over.

    A whole recovery goes to a colleague alone, and at once.
    """

    wanted = Signal(object)  # a Hand
    whole_wanted = Signal(int, str)  # the card and the name of a colleague
    left = Signal()

    def __init__(self, staff: Staff, search: Search, clock: Clock, locale: str) -> None:
        super().__init__()
        self._staff, self._search, self._clock, self._locale = staff, search, clock, locale
        self._chosen: CommandRow | None = None
        self._owner: Heir | None = None  # of the whole recovery that goes to somebody else
        self.errands = Errands(self)
        self.who = LineEdit(_(ANYBODY))
        self.when = LineEdit(_("tomorrow 10:00, Fri, +2h"))
        self.who_field = Field(_("Who does it?"), self.who)
        self.when_field = Field(_("By when?"), self.when)
        self.found = Found(CommandDelegate(), name=_("Found"), uniform=True, led=True)
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.ok = Button(_("Hand it over"), "primary", key="Enter")
        self.back = Button(_("Back"), "quiet", key="Esc")
        self._lay_out()
        self._connect()
        self.hide()

    def ask(self) -> None:
        """Ask, with the keyboard, who does a step."""
        self._ask(None)

    def ask_colleague(self, owner_card_id: int) -> None:
        """Ask who has the whole recovery from now on, in place of its owner."""
        self._ask(Heir("", owner_card_id))

    def _ask(self, owner: Heir | None) -> None:
        self._owner, whole = owner, owner is not None
        words = _("Who has it from now on?") if whole else _("Who does it?")
        self.who_field.name.setText(words)
        self.who.setAccessibleName(words)
        self.who.setPlaceholderText(_("A colleague") if whole else _(ANYBODY))
        self.when_field.setVisible(not whole)
        for edit, field in ((self.who, self.who_field), (self.when, self.when_field)):
            edit.clear()
            field.fault()
        self._take(None)
        self.show()
        self.who.setFocus(Qt.FocusReason.OtherFocusReason)
        self.errands.look("find", self._find(""))

    def refuse(self, sentence: str) -> None:
        """Say why it cannot be; what was typed stays."""
        (self.who_field if self._owner else self.when_field).fault(sentence)

    def submit(self) -> None:
        """Hand on what was chosen, or go to what is missing."""
        if self._chosen is None:
            wanted = N_("Choose a colleague.") if self._owner else N_(WHO_WANTED)
            self.who_field.fault(_(wanted))
            self.who.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self._owner is not None:
            self.whole_wanted.emit(self._chosen.id, self._chosen.title)
            return
        try:
            due_at = read_when(self.when.text(), self._clock(), self._locale)
        except CareError as hindrance:
            self.when_field.fault(str(hindrance))
            self.when.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        kind, row_id = self._chosen.id if isinstance(self._chosen.id, tuple) else ("", 0)
        department = row_id if kind == "department" else None
        card = row_id if kind == "card" else None
        self.wanted.emit(Hand(self._chosen.title, due_at, department, card))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
            if watched is self.who and (step := STEPS.get(Qt.Key(event.key()))) is not None:
                self.found.step(step)
                return True
            if event.key() in ENTER:
                self._entered(watched)
                return True
        return super().eventFilter(watched, event)

    def restyle(self) -> None:
        self._down.setSpacing(current_look().px(6))
        super().restyle()

    def _entered(self, watched: QObject) -> None:
        if watched is self.who and self._chosen is None and self.found.row() is not None:
            self.found.choose()
        elif watched is self.who and self._owner is None:
            self.when.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.submit()

    def _typed(self, text: str) -> None:
        self._take(None)
        self.who_field.fault()
        self.errands.look("find", self._find(text))

    async def _find(self, text: str) -> None:
        """Show the departments that begin so, then people: colleagues and whoever has a card."""
        if self._owner is not None:
            self._show_found(await self._colleagues(text, self._owner))
            return
        rows = [
            CommandRow(("department", each.id), "house", each.name, _("department"))
            for each in await self._staff.departments(active_only=True)
            if fold(each.name).startswith(fold(text))
        ]
        if text.strip():
            for hit in await self._search.find(text, MOST):
                brief = hit.brief
                sub, groups = second_line(brief), brief.groups
                rows.append(
                    CommandRow(
                        ("card", brief.id), "", brief.name, sub, name=brief.name, groups=groups
                    )
                )
        self._show_found(rows[:MOST])

    async def _colleagues(self, text: str, owner: Heir) -> list[CommandRow]:
        clerks = await self._staff.clerks(active_only=True)
        roles = {each.card_id: role_words(each.role) for each in clerks}
        found = heirs_for(text, [Heir(each.name, each.card_id) for each in clerks], owner)
        return [
            CommandRow(each.owner_card_id, "", each.name, roles[each.owner_card_id], name=each.name)
            for each in found[:MOST]
            if each.owner_card_id is not None
        ]

    def _show_found(self, rows: Sequence[CommandRow]) -> None:
        self.found.rows.set_rows(rows)
        self.found.setVisible(bool(rows) and self._chosen is None)
        self.found.updateGeometry()
        if rows:
            self.found.go_to_first()

    def _choose(self, row: object) -> None:
        if isinstance(row, CommandRow):
            self._take(row)
            goal = self.ok if self._owner else self.when
            goal.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, row: CommandRow | None) -> None:
        self._chosen = row
        if row is not None:
            self.who.setText(row.title)
            self.who_field.fault()
            self.found.hide()

    def _understood(self, text: str) -> None:
        self.when_field.say(understood(text, self._clock, self._locale))

    def _connect(self) -> None:
        self.who.textEdited.connect(self._typed)
        self.when.textEdited.connect(self._understood)
        self.found.chosen.connect(self._choose)
        self.found.clicked.connect(lambda index: self._choose(self.found.rows.row(index)))
        self.ok.clicked.connect(self.submit)
        self.back.clicked.connect(self.left)
        for each in (self.who, self.when, self.ok):
            each.installEventFilter(self)

    def _lay_out(self) -> None:
        across, buttons = QHBoxLayout(), QHBoxLayout()
        across.setSpacing(12)
        across.addWidget(self.who_field, 3)
        across.addWidget(self.when_field, 2)
        buttons.addWidget(self.ok)
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.addLayout(across)
        self._down.addWidget(self.found)
        self._down.addLayout(buttons)
        self.restyle()


def understood(text: str, clock: Clock, locale: str) -> str:
    """Return which moment ``text`` means, in words, or nothing while it means none."""
    now: Callable[[], datetime] = clock
    try:
        return day_and_hour(read_when(text, now(), locale), now(), locale)
    except CareError:
        return ""
