"""Two cards side by side: which stays, what of both, and what goes along."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.command import Command
from care_console.base.errors import CareError
from care_console.base.words import _
from care_console.cards.pane.badges import Badges
from care_console.cards.pane.side_row import NAME_WIDTH, SideRow
from care_console.cards.rules import Card
from care_console.cards.rules.merging import (
    Side,
    Wish,
    differing,
    filled_words,
    moved_words,
    reached_words,
    values_of,
)
from care_console.cards.service import Cards, Doubles, Merging
from care_console.cards.service.merging import Both
from care_console.kit import (
    Act,
    Avatar,
    Button,
    ElidingLabel,
    FlowLayout,
    Label,
    Notice,
    Pane,
    Panel,
    Rule,
    Scroll,
    current_look,
)
from care_console.staff.rules import Permission, who_may_words
from care_console.staff.service import Staff

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Column(QWidget):
    """Who one of the two is, and what becomes of the card."""

    def __init__(self) -> None:
        super().__init__()
        self.becomes = Label(size=12, weight=600, colour="accent")
        self.name = ElidingLabel("", size=15, weight=600)
        self.groups = Badges()
        self.more = Label(size=12, colour="text2", wrap=True)
        self.avatar = Avatar(size=40)
        words = QVBoxLayout()
        words.setSpacing(2)
        for each in (self.becomes, self.name, self.groups, self.more):
            words.addWidget(each)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(self.avatar, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(words, 1)

    def tell(self, card: Card, groups: tuple[str, ...], becomes: str, more: str) -> None:
        """Show who it is."""
        self.becomes.setText(becomes)
        self.name.setText(card.name)
        self.groups.show_groups(groups)
        self.avatar.show_name(card.name)
        self.more.setText(more)


class SideBySide(Pane):
    """What is the same in both is not shown. The left card stays, the right one becomes part of it.

    Ctrl+Enter merges, Ctrl+Shift+M turns the two round, Ctrl+Shift+N says they are not the same.
    """

    acted = Signal(object)  # Act
    card_chosen = Signal(int)
    settled = Signal()  # these two are no question any more

    def __init__(
        self,
        cards: Cards,
        merging: Merging,
        doubles: Doubles,
        staff: Staff,
        command: Callable[[], Command],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._cards, self._merging, self._doubles = cards, merging, doubles
        self._staff, self._command = staff, command
        self._both: Both | None = None
        self.rows: list[SideRow] = []
        self.keep, self.other = Column(), Column()
        self.same = Label(colour="text2", wrap=True)
        self.filled = Label(colour="text2", wrap=True)
        self.trouble = Notice("warn")
        self.merge = Button(_("Merge"), "primary", "check", "Ctrl Enter")
        self.flip = Button(_("Turn round"), "plain", "swap", "Ctrl Shift M")
        self.apart = Button(_("Not the same"), "plain", "", "Ctrl Shift N")
        self.open = Button(_("Open card"), "quiet", "person")
        self._lay_out()
        self.merge.clicked.connect(self.merge_now)
        self.flip.clicked.connect(self.turn_round)
        self.apart.clicked.connect(self.say_apart)
        self.open.clicked.connect(self._open)
        self.clear()

    @property
    def ids(self) -> tuple[int, int] | None:
        """The card that would stay, and the other one."""
        return None if self._both is None else (self._both.first.id, self._both.second.id)

    def show_pair(self, keep_id: int, other_id: int, *, focus: bool = False) -> None:
        """Show two cards, of which the first stays as long as nobody turns them round."""
        self.errands.look("show", self._show(keep_id, other_id, focus=focus))

    def refresh(self) -> None:
        """Show both as they are now; what was chosen stays where it still differs."""
        if self.ids is not None:
            self.errands.look("show", self._show(*self.ids))

    def clear(self) -> None:
        """Show nobody."""
        self._both = None
        self._content.hide()
        self._foot.hide()
        self._nobody.show()

    def turn_round(self) -> None:
        """Let the other card stay."""
        if self._both is not None:
            self._take(Both(self._both.second, self._both.first, self._both.counts), fresh=True)
            self.focus_first()

    def merge_now(self) -> None:
        """Merge as it is chosen."""
        if self._both is not None and self.merge.isEnabled():
            self.errands.do("merge", self._merge(self._both))

    def say_apart(self) -> None:
        """Remember that they are not the same."""
        if self._both is not None:
            self.errands.do("apart", self._say_apart(self._both))

    def focus_first(self) -> None:
        """Give the keyboard to the first field, or to what comes next."""
        goal = self.rows[0] if self.rows else self.merge if self.merge.isEnabled() else self.flip
        goal.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Qt.Key(event.key())
        if held == CTRL and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.merge_now()
        elif held == CTRL | SHIFT and key is Qt.Key.Key_M:
            self.turn_round()
        elif held == CTRL | SHIFT and key is Qt.Key.Key_N:
            self.say_apart()
        else:
            super().keyPressEvent(event)

    async def _show(self, keep_id: int, other_id: int, *, focus: bool = False) -> None:
        try:
            both = await self._merging.both(keep_id, other_id)
        except CareError:
            self.clear()
            self.settled.emit()
            return
        may = await self._staff.may(self._command().clerk, Permission.MERGE_CARDS)
        self.merge.setEnabled(may)
        who = who_may_words(Permission.MERGE_CARDS)
        self._why_not.setText("" if may else _("Merging is for: {roles}").format(roles=who))
        self._take(both, fresh=self.ids != (keep_id, other_id))
        if focus:
            self.focus_first()

    async def _merge(self, both: Both) -> None:
        keep, other = both.first, both.second
        wish = Wish(
            keep_id=keep.id,
            other_id=other.id,
            sides={row.differing.field: row.side for row in self.rows},
            seen={each.id: values_of(each) for each in (keep, other)},
        )
        try:
            entry = await self._merging.merge(self._command(), wish)
        except CareError as hindrance:
            self._tell(str(hindrance))
            return
        words = _("{other} is part of {name} now").format(other=other.name, name=keep.name)
        self.clear()
        self.acted.emit(Act(words, lambda: self._undo(entry)))
        self.settled.emit()

    async def _undo(self, entry: int) -> None:
        await self._merging.undo(self._command(), entry)

    async def _say_apart(self, both: Both) -> None:
        pair = both.first.id, both.second.id
        await self._doubles.apart(self._command(), *pair)
        words = _("{name} and {other}: not the same").format(
            name=both.first.name, other=both.second.name
        )
        self.clear()
        self.acted.emit(Act(words, lambda: self._doubles.perhaps(self._command(), *pair)))
        self.settled.emit()

    def _take(self, both: Both, *, fresh: bool) -> None:
        chosen = {} if fresh else {row.differing.field: row.side for row in self.rows}
        at = next((n for n, row in enumerate(self.rows) if row.hasFocus()), -1)
        self._both = both
        keep, other = values_of(both.first), values_of(both.second)
        self._drop_rows()
        for each in differing(keep, other):
            self._add_row(SideRow(each), chosen)
        self._tell_who(both)
        self.same.setVisible(not self.rows)
        filled = filled_words(keep, other)
        self.filled.setText(filled)
        self.filled.setVisible(bool(filled))
        self._tell("")
        self._nobody.hide()
        self._content.show()
        self._foot.show()
        if 0 <= at < len(self.rows):
            self.rows[at].setFocus()

    def _tell_who(self, both: Both) -> None:
        today = self._cards.today()
        keep, other, moved = both.first, both.second, moved_words(both.counts[both.second.id])
        along = _("Goes along: {what}").format(what=moved) if moved else ""
        more = "\n".join(each for each in (reached_words(other), along) if each)
        self.keep.tell(keep, keep.groups(today), _("Stays"), reached_words(keep))
        self.other.tell(other, other.groups(today), _("Becomes part of it"), more)
        self.merge.setText(_("Merge into {name}").format(name=both.first.name))

    def _add_row(self, row: SideRow, chosen: dict[str, Side]) -> None:
        side = chosen.get(row.differing.field)
        if side is not None and side in row.values:
            row.choose(side)
        row.stepped.connect(lambda by: self._step(row, by))
        self.rows.append(row)
        self._fields.addWidget(row)
        row.show()

    def _drop_rows(self) -> None:
        for row in self.rows:
            self._fields.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []

    def _step(self, row: SideRow, by: int) -> None:
        at = self.rows.index(row) + by
        if 0 <= at < len(self.rows):
            self.rows[at].setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, sentence: str) -> None:
        self.trouble.tell(sentence)
        self.trouble.setVisible(bool(sentence))

    def _open(self) -> None:
        if self.ids is not None:
            self.card_chosen.emit(self.ids[0])

    def _lay_out(self) -> None:
        px = current_look().px
        self.panel = Panel(_("Side by side"), "swap")
        self._nobody = Label(
            _("Choose two cards on the left, or merge a card with Ctrl M where it is open."),
            colour="text3",
            wrap=True,
        )
        self._content, self._foot = QWidget(), QWidget()
        self._content.setLayout(self._column())
        self._foot.setLayout(self._buttons())
        self.panel.body.addWidget(self._nobody)
        self.panel.body.addWidget(Scroll(self._content), 1)
        self.panel.body.addWidget(self.trouble)
        self.panel.body.addWidget(self._foot)
        self.trouble.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.panel)
        self.same.setText(_("Whatever both say is the same."))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._fields.setSpacing(px(2))

    def _column(self) -> QVBoxLayout:
        px = current_look().px
        column, heads = QVBoxLayout(), QHBoxLayout()
        column.setContentsMargins(0, 0, px(8), 0)
        column.setSpacing(px(10))
        heads.setSpacing(px(12))
        heads.addSpacing(px(NAME_WIDTH + 6))
        heads.addWidget(self.keep, 1)
        heads.addWidget(self.other, 1)
        self._fields = QVBoxLayout()
        column.addLayout(heads)
        column.addWidget(Rule())
        column.addWidget(self.same)
        column.addLayout(self._fields)
        column.addWidget(self.filled)
        both = _("Numbers, e-mail addresses, addresses and groups of both stay, each once.")
        column.addWidget(Label(both, colour="text2", wrap=True))
        column.addStretch(1)
        return column

    def _buttons(self) -> QVBoxLayout:
        down, row = QVBoxLayout(), QWidget()
        across = FlowLayout(row, gap=8)  # a long name takes a line of its own
        down.setContentsMargins(0, 0, 0, 0)
        self._why_not = Label(size=12, colour="text2", wrap=True)
        for each in (self.merge, self.flip, self.apart, self.open):
            across.addWidget(each)
        down.addWidget(row)
        down.addWidget(self._why_not)
        return down
