"""Who is calling: several may, one possibly does, and the clerk asks before choosing."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from care_console.base.clock import Clock, utc_now
from care_console.base.names import isolated
from care_console.base.spell import DEFAULT_LOCALE, day
from care_console.base.words import _, ngettext
from care_console.calls.pane.rule import Rule
from care_console.calls.pane.words import joined, place, waits
from care_console.calls.rules import Caller, Candidate, Match, sentence
from care_console.cards.rules import Headline
from care_console.kit import (
    Button,
    ElidingLabel,
    FlowLayout,
    Label,
    ListView,
    Notice,
    Pane,
    Panel,
    PersonDelegate,
    PersonRow,
    Row,
    Scroll,
    Themed,
    current_look,
)

MOST_DIGITS = 8  # so that a digit is left for somebody else
MOST_SEEN = 6  # rows before the list scrolls
MOST_WAITING = 3
ROW = 58  # px


class WhoPane(Themed, Pane):
    """Asks who calls. Nobody is chosen by itself; 0 is always *not known*."""

    chosen = Signal(int)  # a card's id
    confirmed = Signal(int)  # of a card that may be theirs, to which the number is added
    someone_else = Signal()
    not_known = Signal()

    def __init__(self, clock: Clock = utc_now, locale: str = DEFAULT_LOCALE) -> None:
        super().__init__()
        self._clock, self._locale = clock, locale
        self._maybe = False
        self.title = Label(size=20, weight=600)
        self.said = Label(colour="text2", wrap=True)
        self.list = CallerList()
        self.other = Button("", "plain", "plus")
        self.nobody = Button(_("Not known"), "quiet", key="0")
        self.waiting = ElidingLabel(weight=600)
        self.notices = [Notice("info", icon="flag") for _each in range(MOST_WAITING)]
        self._lay_out()
        self.list.chosen.connect(self._choose)
        self.other.clicked.connect(self.someone_else)
        self.nobody.clicked.connect(self.not_known)

    def show_caller(self, caller: Caller) -> None:
        """Show all who may be calling, the likeliest first."""
        self._maybe = caller.match is Match.MAYBE
        self.title.setText(self._question(caller))
        self.said.setText(sentence(caller))
        rows = [self._row(n, each) for n, each in enumerate(caller.candidates, start=1)]
        self.list.rows.set_rows(rows)
        self.list.setCurrentIndex(self.list.rows.index(0))
        self.list.seen = min(len(rows), MOST_SEEN)
        self.list.updateGeometry()
        self._offer_others(caller, len(rows))
        self._show_waiting(caller)

    def focus_list(self) -> None:
        """Bring the keyboard to the list, because the clerk took the call."""
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose wherever in this pane the keyboard is: there is nothing to write."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() == Qt.Key.Key_0:
            self.not_known.emit()
        elif plain and event.text() == self._other_digit:
            self.someone_else.emit()
        elif not (plain and event.text().isdigit() and self.list.choose_key(event.text())):
            super().keyPressEvent(event)

    def restyle(self) -> None:
        px = current_look().px
        self._head.setContentsMargins(px(20), px(4), px(20), px(8))
        self._head.setSpacing(px(4))
        self._choices.setContentsMargins(px(20), px(12), px(20), px(12))
        self._open.setContentsMargins(px(20), 0, px(20), 0)
        self._open.setSpacing(px(8))
        super().restyle()

    def _lay_out(self) -> None:
        content, choices = QWidget(), QWidget()
        down = QVBoxLayout(content)
        down.setContentsMargins(0, 0, 0, 0)
        self._head, self._open = QVBoxLayout(), QVBoxLayout()
        self._head.addWidget(self.title)
        self._head.addWidget(self.said)
        self._choices = FlowLayout(choices, gap=8)
        self._choices.addWidget(self.other)
        self._choices.addWidget(self.nobody)
        self._open.addWidget(self.waiting)
        for notice in self.notices:
            self._open.addWidget(notice)
        down.addLayout(self._head)
        for part in (self.list, Rule(), choices):
            down.addWidget(part)
        down.addLayout(self._open)
        down.addStretch(1)
        panel = Panel(flush=True)
        panel.setAccessibleName(_("Who is calling?"))
        panel.body.addWidget(Scroll(content))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(panel)
        self.setFocusProxy(self.list)
        self.restyle()

    def _question(self, caller: Caller) -> str:
        if not self._maybe or len(caller.candidates) != 1:
            return _("Who is calling?")
        name = isolated(caller.candidates[0].headline.name)
        return _("Possibly {name}").format(name=name)

    def _row(self, number: int, each: Candidate) -> PersonRow:
        head = each.headline
        right1 = _("add this number") if self._maybe else _called(each.times)
        last = each.last_at and day(each.last_at, self._clock(), self._locale)
        return PersonRow(
            key=str(number) if number <= MOST_DIGITS else "",
            id=head.id,
            name=head.name,
            groups=head.groups,
            sub=joined(_place(head) or each.why, *(fact.headline for fact in head.facts)),
            right1=right1,
            right2=_("last: {day}").format(day=last) if last else "",
        )

    def _offer_others(self, caller: Caller, known: int) -> None:
        there = place(caller)
        words = _("Someone else at {organisation}").format(organisation=isolated(there))
        self.other.setText(words if there else _("Someone else"))
        self._other_digit = str(min(known, MOST_DIGITS) + 1)
        self.other.set_key(self._other_digit)

    def _show_waiting(self, caller: Caller) -> None:
        """Show what stands open for any of them: it often tells who calls."""
        found = waits(caller, self._clock(), self._locale)[:MOST_WAITING]
        there = place(caller)
        words = _("What waits at {organisation}").format(organisation=isolated(there))
        self.waiting.setText(words if there else _("What waits"))
        self.waiting.setVisible(bool(found))
        for at, notice in enumerate(self.notices):
            notice.setVisible(at < len(found))
            if at < len(found):
                what, whose, late = found[at]
                notice.tell(what, sub=whose)
                notice.set_tone("warn" if late else "accent")

    def _choose(self, row: Row) -> None:
        if isinstance(row, PersonRow) and isinstance(row.id, int):
            (self.confirmed if self._maybe else self.chosen).emit(row.id)


class CallerList(ListView):
    """As high as those who may be calling, up to a few."""

    def __init__(self) -> None:
        super().__init__(PersonDelegate(), name=_("Possible callers"), uniform=True)
        self.seen = 1
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), current_look().px(ROW) * self.seen + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def restyle(self) -> None:
        super().restyle()
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit that no row has is left to the pane, which may have a choice for it."""
        if event.text().isdigit() and not self.rows.with_key(event.text()).isValid():
            event.ignore()
        else:
            super().keyPressEvent(event)


def _place(head: Headline) -> str:
    return ", ".join(part for part in (head.company, head.title) if part)


def _called(times: int) -> str:
    if not times:
        return ""
    return ngettext("called once", "called {count} times", times).format(count=times)
