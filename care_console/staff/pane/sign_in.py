"""Who sits here: a name, chosen or typed, and the passphrase."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from care_console.base.errors import CareError
from care_console.base.fold import fold
from care_console.base.words import _
from care_console.kit import (
    Button,
    CommandDelegate,
    CommandRow,
    Field,
    Label,
    LineEdit,
    ListView,
    Pane,
    Panel,
    Themed,
    above_the_middle,
    current_look,
)
from care_console.staff.pane.asking import Asking
from care_console.staff.rules import role_words
from care_console.staff.service import OnStaff, SignIn, Staff

WIDTH = 420
MOST_SEEN = 6
ROW = 40
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class SignInSheet(Themed, Pane):
    """Lets somebody in. It stands alone at the start, or lies over the page to change clerks.

    ``left`` comes on Esc, where one may leave without signing in.
    """

    signed_in = Signal(object)  # Clerk
    left = Signal()

    def __init__(
        self,
        sign_in: SignIn,
        staff: Staff,
        *,
        may_leave: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._sign_in, self._staff, self._may_leave = sign_in, staff, may_leave
        self._people: list[OnStaff] = []
        self._chosen: int | None = None
        self.who = Field(_("Your name"), LineEdit(icon="search"))
        self.list = ListView(CommandDelegate(flush=True), name=_("Who works here"), led=True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.asking = Asking(_("Sign in"))
        self.back = Button(_("Back"), "quiet", key=_("Esc"))
        if not may_leave:
            self.back.hide()
        self._lay_out()
        self.setFocusProxy(self.who.edit)
        self._connect()

    def begin(self, card_id: int | None = None) -> None:
        """Ask anew; the clerk of this card is chosen already."""
        self.asking.cleared()
        self.who.fault()
        self._edit.clear()
        self._chosen = card_id
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.errands.look("people", self._load())

    def refresh(self) -> None:
        self.errands.look("people", self._load())

    async def _load(self) -> None:
        self._people = await self._staff.clerks(active_only=True)
        chosen = next((each for each in self._people if each.card_id == self._chosen), None)
        if chosen is not None:
            self._choose(chosen.card_id, chosen.name)
        self._show_people()

    @property
    def _edit(self) -> LineEdit:
        edit = self.who.edit
        assert isinstance(edit, LineEdit)
        return edit

    def _typed(self, _text: str) -> None:
        self._chosen = None
        self.who.fault()
        self._show_people()

    def _show_people(self) -> None:
        asked = fold(self._edit.text()).split()
        found = [each for each in self._people if _fits(each.name, asked)]
        if self._chosen is not None:
            found = self._people
        self.list.rows.set_rows(
            [
                CommandRow(each.card_id, "", each.name, role_words(each.role), name=each.name)
                for each in found
            ]
        )
        if self._chosen is not None:
            self.list.go_to(self._chosen)
        elif asked:
            self.list.go_to_first()
        px = current_look().px
        self.list.setFixedHeight(px(ROW) * min(max(len(found), 1), MOST_SEEN) + 2)
        self.list.setVisible(bool(found))

    def _choose(self, card_id: int, name: str) -> None:
        self._chosen = card_id
        self._edit.setText(name)
        self.list.go_to(card_id)
        self.asking.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_row(self, row: object) -> None:
        if isinstance(row, CommandRow) and isinstance(row.id, int):
            self._choose(row.id, row.title)

    def _go_on(self) -> None:
        """Take the row that the letters led to, or the name as it was typed."""
        row = self.list.row() if self.list.isVisible() else None
        if self._chosen is None and row is not None:
            self._choose_row(row)
        elif self._edit.text().strip():
            self.asking.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.who.fault(_("Type your name, or choose it below."))

    def _entered(self, passphrase: str, new: str) -> None:
        who = self._chosen if self._chosen is not None else self._edit.text()
        if who == "":
            self.asking.cleared()
            self._go_on()
            self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.errands.do("sign in", self._enter(who, passphrase, new))

    async def _enter(self, who: str | int, passphrase: str, new: str) -> None:
        try:
            clerk = await self._sign_in.sign_in(who, passphrase, new=new)
        except CareError as trouble:
            self.asking.refused(trouble)
            return
        self.asking.cleared()
        self.signed_in.emit(clerk)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The name's field leads the list under it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if (step := STEPS.get(key)) is not None:
                self.list.step(step)
                self._chosen = None
                return True
            if key in ENTER:
                self._go_on()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._may_leave:
            self.asking.cleared()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def restyle(self) -> None:
        px = current_look().px
        self._panel.setFixedWidth(px(WIDTH))
        self._panel.body.setSpacing(px(12))
        super().restyle()

    def _connect(self) -> None:
        self._edit.textEdited.connect(self._typed)
        self._edit.installEventFilter(self)
        self.list.clicked.connect(lambda _index: self._choose_row(self.list.row()))
        self.asking.entered.connect(self._entered)
        self.back.clicked.connect(self.left)

    def _lay_out(self) -> None:
        self._panel = Panel()
        body = self._panel.body
        body.addWidget(Label(_("Who sits here?"), size=20, weight=600))
        body.addWidget(self.who)
        body.addWidget(self.list)
        body.addWidget(self.asking)
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(self.back)
        body.addLayout(last)
        self.setLayout(above_the_middle(self._panel))
        self.restyle()


def _fits(name: str, asked: list[str]) -> bool:
    words = fold(name).split()
    return all(any(word.startswith(part) for word in words) for part in asked)
