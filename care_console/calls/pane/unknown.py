"""A caller whom nobody knows: first search, then a new card, and neither is a must."""

from typing import Protocol, cast

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from care_console.base.words import _
from care_console.calls.pane.rule import Rule
from care_console.calls.pane.words import who
from care_console.calls.rules import Caller, Match, sentence
from care_console.cards.rules.search import Hit
from care_console.cards.rules.shown import second_line
from care_console.cards.service import Search
from care_console.kit import (
    Avatar,
    Button,
    Label,
    LineEdit,
    ListView,
    Pane,
    Panel,
    PersonDelegate,
    PersonRow,
    Row,
    Scroll,
    Themed,
    current_look,
)

MOST_FOUND = 6  # each with its digit; Ctrl+7 to 9 end the contact
MOST_SEEN = 3  # rows before the list scrolls
ROW = 58  # px
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 3, Qt.Key.Key_PageUp: -3}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NewCardForm(Protocol):
    """What the form for a new card offers this pane."""

    wanted: SignalInstance
    edits: dict[str, LineEdit]

    def begin(self, *, phone: str = "", name: str = "") -> None:
        """Start over, with what is known already."""

    def submit(self) -> None:
        """Say which card is wanted."""


class UnknownPane(Themed, Pane):
    """Finds the card to which the caller's number is added, or takes a new one."""

    attach_wanted = Signal(int)  # a card's id
    card_wanted = Signal(object)  # what the form gives
    went_without = Signal()

    def __init__(self, search: Search, form: QWidget) -> None:
        super().__init__()
        self._search = search
        self._number = False
        self._wanted = ""
        self._found = ""
        self.title = Label(size=20, weight=600)
        self.said = Label(colour="text2", wrap=True)
        self.field = LineEdit(_("Name, postcode, number or e-mail"), size=15)
        self.list = HitList()
        self.form = cast(NewCardForm, form)
        self.without = Button(_("Go on without a card"), "quiet")
        self._lay_out(form)
        self.list.hide()
        self.field.textEdited.connect(self._look)
        self.field.installEventFilter(self)
        self.list.chosen.connect(self._choose)
        self.form.wanted.connect(self.card_wanted)
        self.without.clicked.connect(self.went_without)

    def show_caller(self, caller: Caller) -> None:
        """Begin anew for this caller; nothing is searched yet, and nobody is chosen."""
        self._number = caller.match is not Match.WITHHELD
        self.title.setText(self._what(caller))
        self.said.setText(sentence(caller))
        self.field.clear()
        self._look("")
        self.form.begin(phone=caller.shown if self._number else "")

    @property
    def begun(self) -> bool:
        """Whether the clerk has written something here that a new caller would wipe out."""
        filled = {name for name, edit in self.form.edits.items() if edit.text().strip()}
        return bool(self.field.text().strip() or filled - {"phone"})

    def show_somebody(self) -> None:
        """Begin anew for somebody who has not called."""
        self._number = False
        self.title.setText(_("Who is it?"))
        self.said.setText(
            _("Type a name: known people show first, so that no one is entered twice.")
        )
        self.field.clear()
        self._look("")
        self.form.begin()

    def focus_search(self) -> None:
        """Bring the keyboard to the search, because the clerk took the call."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def start_card(self) -> None:
        """Start the card that the form describes; a name that was searched for goes into it."""
        name = self.form.edits["name"]
        if not name.text().strip():
            name.setText(self._searched_name())
        if name.text().strip():
            self.form.submit()
        else:
            name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl with a digit chooses a card that was found, wherever in this pane one writes."""
        ctrl = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        digit = event.key() - Qt.Key.Key_0
        held = ctrl == Qt.KeyboardModifier.ControlModifier
        if not (held and 0 < digit <= MOST_FOUND):
            super().keyPressEvent(event)
        elif self._fresh():
            self.list.choose_key(str(digit))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The search field leads the list: arrows walk it, Enter chooses."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if (step := STEPS.get(Qt.Key(event.key()))) is not None:
                self.list.step(step)
                return True
            if event.key() in ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                if self._fresh():
                    self._enter()
                return True
        return super().eventFilter(watched, event)

    def restyle(self) -> None:
        px = current_look().px
        self._inner.setContentsMargins(px(20), px(4), px(20), px(4))
        self._inner.setSpacing(px(10))
        self._head.setSpacing(px(14))
        self._words.setSpacing(px(4))
        super().restyle()

    def _lay_out(self, form: QWidget) -> None:
        content = QWidget()
        self._inner, self._head = QVBoxLayout(content), QHBoxLayout()
        self._words = QVBoxLayout()
        self._words.addWidget(self.title)
        self._words.addWidget(self.said)
        self._head.addWidget(Avatar(), 0, Qt.AlignmentFlag.AlignTop)
        self._head.addLayout(self._words, 1)
        last = QHBoxLayout()
        last.addWidget(self.without)
        last.addStretch(1)
        self._inner.addLayout(self._head)
        new = Label(_("Or start a new card"), weight=600)
        for part in (self.field, self.list, Rule(), new, form):
            self._inner.addWidget(part)
        self._inner.addLayout(last)
        self._inner.addStretch(1)
        panel = Panel(flush=True)
        panel.setAccessibleName(_("New caller"))
        panel.body.addWidget(Scroll(content))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(panel)
        self.setFocusProxy(self.field)
        self.restyle()

    def _what(self, caller: Caller) -> str:
        if caller.match in (Match.WITHHELD, Match.UNKNOWN) and not caller.house:
            return who(caller).title if caller.match is Match.WITHHELD else _("New caller")
        return _("Somebody else")

    def _look(self, text: str) -> None:
        """Search at each key; a newer search takes the place of an older one."""
        self._wanted = text
        if not text.strip():
            self.list.hide()
        self.errands.look("search", self._find(text))

    async def _find(self, text: str) -> None:
        wanted = text.strip()
        hits = await self._search.find(wanted, MOST_FOUND) if wanted else []
        if text != self._wanted:
            return
        self.list.show_hits(hits, add_number=self._number)
        self.list.set_empty(_("Nobody is called that. Enter starts a new card with it."))
        self.list.setVisible(bool(wanted))
        self._found = text

    def _enter(self) -> None:
        """Choose whom the search found; where that is nobody, go on in a new card with the name."""
        if self.list.rows.rowCount():
            self.list.choose()
        elif self.field.text().strip():
            name = self.form.edits["name"]
            if not name.text().strip():
                name.setText(self._searched_name())
            name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _searched_name(self) -> str:
        """Return what was searched for, if it can be a name: those have no digit and no @."""
        text = self.field.text().strip()
        return "" if any(char.isdigit() or char == "@" for char in text) else text

    def _fresh(self) -> bool:
        """Return whether the clerk could see what would be chosen: a key may outrun the search."""
        return self._found == self._wanted

    def _choose(self, row: Row) -> None:
        if isinstance(row, PersonRow) and isinstance(row.id, int):
            self.attach_wanted.emit(row.id)


class HitList(ListView):
    """The cards that were found, each with the digit that chooses it."""

    def __init__(self) -> None:
        super().__init__(PersonDelegate(flush=True), name=_("Matches"), uniform=True, led=True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_hits(self, hits: list[Hit], *, add_number: bool) -> None:
        """Show these; the first is current."""
        does = _("add this number") if add_number else _("this is who calls")
        rows = [
            PersonRow(
                key=_("Ctrl {digit}").format(digit=digit),
                id=hit.brief.id,
                name=hit.brief.name,
                groups=hit.brief.groups,
                sub=second_line(hit.brief),
                right1=does,
                right2=hit.why,
            )
            for digit, hit in enumerate(hits, start=1)
        ]
        self.rows.set_rows(rows)
        if rows:
            self.setCurrentIndex(self.rows.index(0))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        seen = min(max(1, self.rows.rowCount()), MOST_SEEN)
        return QSize(super().sizeHint().width(), current_look().px(ROW) * seen + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def restyle(self) -> None:
        super().restyle()
        self.updateGeometry()
