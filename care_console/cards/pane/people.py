"""All people and organisations, by group or by a few letters, with the card beside them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.errors import CareError
from care_console.base.spell import ago_days
from care_console.base.words import _
from care_console.cards.pane.head import Head
from care_console.cards.pane.history import History
from care_console.cards.pane.new_card import NewCardForm
from care_console.cards.records import CardRecord
from care_console.cards.rules import Brief, Group, NewCard
from care_console.cards.rules.search import Hit
from care_console.cards.rules.shown import open_words, second_line
from care_console.cards.service import Cards, Doubles, Numbers, Search
from care_console.journal.records import EntryCardRecord
from care_console.journal.rules import Words
from care_console.kit import (
    Button,
    Chip,
    FlowLayout,
    Label,
    LineEdit,
    ListView,
    Pane,
    Panel,
    PersonDelegate,
    PersonRow,
    current_look,
)

PAGE, MOST_AGAIN = 200, 2_000  # rows read at once, and after something was changed
FOUND = 50  # by a few letters
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class PeoplePane(Pane):
    """Letters search, the arrows walk the list, Enter opens the card."""

    chosen = Signal(int)  # card id
    previewed = Signal(int)  # a card that is shown beside the list

    watches = frozenset({EntryCardRecord, CardRecord})

    def __init__(
        self,
        cards: Cards,
        numbers: Numbers,
        search: Search,
        words: Words,
        command: Callable[[], Command],
        clock: Clock,
        *,
        locale: str = "en_GB",
        doubles: Doubles | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._cards, self._numbers, self._search = cards, numbers, search
        self._command, self._clock = command, clock
        self._group, self._stale = "", False
        self._last: int | None = None  # card id of the last row that is shown
        self._preview: int | None = None
        self.edit = LineEdit(_("Name, number, e-mail, company or town"), icon="search")
        self.view = ListView(PersonDelegate(), name=_("People"), uniform=True, led=True)
        self.groups: dict[str, Chip] = {"": Chip(_("All"))}
        self.groups |= {group.value: Chip(group=group) for group in Group}
        self.head = Head(locale)
        self.history = History(cards, words, clock, locale)
        self.form = NewCardForm(cards.today, doubles=doubles)
        self.new = Button(_("New person"), "plain", "plus", "Ctrl N")
        self._lay_out()
        self._connect()
        self._press()

    def refresh(self) -> None:
        """Show the records as they are now, once the page is seen; one stays where one is."""
        self._stale = not self.isVisible()
        if self._stale:
            return
        self._look(again=True)
        if self._preview is not None:
            self.errands.look("preview", self._show(self._preview))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    @property
    def card_id(self) -> int | None:
        """Whose card is to be seen beside the list, if any is."""
        return self._preview if self.isVisible() and self._card.isVisible() else None

    @property
    def filter(self) -> tuple[str, str]:
        """The group and the words by which people are shown now."""
        return self._group, self.edit.text().strip()

    def start_new(self) -> None:
        """Ask for a new person; asked again, make the card of what was typed."""
        if self._side.currentWidget() is self._new and self.form.typed:
            self.form.submit()
            return
        self._side.setCurrentWidget(self._new)
        self.form.edits["name"].setFocus()

    def go_to_search(self) -> None:
        """Go to where one types."""
        self.edit.setFocus()
        self.edit.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.edit:
                return self._pressed(Qt.Key(event.key()))
            if event.key() == Qt.Key.Key_Escape:
                self._end_new()
                return True
        return super().eventFilter(watched, event)

    def _pressed(self, key: Qt.Key) -> bool:
        if key in STEPS:
            by = STEPS[key]
            for _step in range(abs(by)):
                self.view.step(1 if by > 0 else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.view.choose()
        else:
            return False
        return True

    def _look(self, *, again: bool = False) -> None:
        """Ask anew; what was asked before is no longer wanted."""
        shown = self.view.rows.rowCount() if again else 0
        self.errands.look("people", self._find(self.edit.text(), self._group, shown))

    async def _find(self, text: str, group: str, shown: int) -> None:
        place = self.view.verticalScrollBar().value() if shown else 0
        if text.strip():
            groups = (group,) if group else ()
            hits = await self._search.find(text, FOUND, groups)
            self.view.rows.set_rows([self._row(hit.brief, hit.why) for hit in hits])
            self.errands.look("counts", self._count(hits))
        else:
            most = min(max(shown, PAGE), MOST_AGAIN)
            page = await self._search.browse(group, None, most)
            self._last = page[-1].id if page else None
            more = self._fetch if len(page) == most else None
            counts = await self._cards.open_counts([each.id for each in page])
            self.view.rows.set_rows(
                [self._row(each, open_words(counts.get(each.id, 0))) for each in page], more
            )
        self.view.set_empty(_("Nobody is found by this.") if text else _("Nobody is here yet."))
        if not self.view.currentIndex().isValid():
            self.view.go_to_first()
        self.view.verticalScrollBar().setValue(place)

    def _fetch(self, start: int, count: int) -> None:
        self.errands.look("people", self._more(self._group, count))

    async def _more(self, group: str, count: int) -> None:
        page = await self._search.browse(group, self._last, count)
        self._last = page[-1].id if page else self._last
        counts = await self._cards.open_counts([each.id for each in page])
        self.view.rows.append(
            [self._row(each, open_words(counts.get(each.id, 0))) for each in page]
        )

    async def _count(self, hits: Sequence[Hit]) -> None:
        """Tell what is open beside those that were found, once they are seen."""
        counts = await self._cards.open_counts([hit.brief.id for hit in hits])
        shown = [self.view.rows.row(self.view.rows.index(at)) for at in range(len(hits))]
        if counts and [row and row.id for row in shown] == [hit.brief.id for hit in hits]:
            told = {each: open_words(count) for each, count in counts.items()}
            self.view.rows.set_rows(
                [self._row(hit.brief, told.get(hit.brief.id, hit.why)) for hit in hits]
            )

    def _row(self, brief: Brief, why: str = "") -> PersonRow:
        last = "" if brief.last_at is None else ago_days(brief.last_at, self._clock())
        return PersonRow(
            key="",
            id=brief.id,
            name=brief.name,
            groups=brief.groups,
            sub=second_line(brief),
            right1=last,
            right2=why,
        )

    def _by_group(self, group: str) -> None:
        self._group = group
        self._press()
        self._look()

    def _press(self) -> None:
        for group, chip in self.groups.items():
            chip.setChecked(group == self._group)

    def _walked(self, row: PersonRow | None) -> None:
        self._preview = row.id if row is not None and isinstance(row.id, int) else None
        if self._preview is None:
            self._side.setCurrentWidget(self._nobody)
        else:
            self.errands.look("preview", self._show(self._preview))

    async def _show(self, card_id: int) -> None:
        headline = await self._numbers.headline(card_id)
        if headline is None or card_id != self._preview:
            return
        self.head.show_headline(headline, self._clock())
        self.previewed.emit(card_id)
        if self._side.currentWidget() is not self._new:
            self._side.setCurrentWidget(self._card)
        if self.history.card_id == card_id:
            self.history.refresh()
        else:
            self.history.show_card(card_id, headline.groups)

    def _create(self, new: NewCard) -> None:
        self.errands.do("create", self._add(new))

    async def _add(self, new: NewCard) -> None:
        try:
            card_id = await self._cards.add(self._command(), new)
        except CareError as hindrance:
            self.form.refuse(str(hindrance))
            return
        self._end_new()
        self.chosen.emit(card_id)

    def _end_new(self) -> None:
        self.form.begin()
        self._side.setCurrentWidget(self._nobody if self._preview is None else self._card)
        self.edit.setFocus()

    def _open_there(self, card_id: int) -> None:
        """Open who is there already; what was typed is not wanted any more."""
        self._end_new()
        self.chosen.emit(card_id)

    def _open(self, row: PersonRow) -> None:
        if isinstance(row.id, int):
            self.chosen.emit(row.id)

    def _connect(self) -> None:
        self.edit.textEdited.connect(lambda _text: self._look())
        self.edit.installEventFilter(self)
        self.form.wanted.connect(self._create)
        self.form.opened.connect(self._open_there)
        beside = self.form.beside
        for edit in (*self.form.edits.values(), *((beside.list, beside.why) if beside else ())):
            edit.installEventFilter(self)
        self.view.moved.connect(self._walked)
        self.view.chosen.connect(self._open)
        self.new.clicked.connect(self.start_new)
        self.open.clicked.connect(self.view.choose)
        self.history.errands.hindered.connect(self.errands.hindered)
        for group, chip in self.groups.items():
            chip.clicked.connect(lambda _on, group=group: self._by_group(group))

    def _lay_out(self) -> None:
        px = current_look().px
        left = Panel(_("People"), "people", flush=True)
        left.head.addWidget(self.new)
        chips = QWidget()
        flow = FlowLayout(chips)
        for chip in self.groups.values():
            flow.addWidget(chip)
        top = QVBoxLayout()
        top.setContentsMargins(px(16), 0, px(16), 0)
        top.addWidget(self.edit)
        top.addWidget(chips)
        left.body.addLayout(top)
        left.body.addWidget(self.view, 1)
        across = QHBoxLayout(self)
        across.setContentsMargins(px(10), px(10), px(10), px(10))
        across.setSpacing(px(10))
        across.addWidget(left, 2)
        across.addWidget(self._right(), 3)

    def _right(self) -> QWidget:
        self._side = QStackedWidget()
        self._card, self._new = QWidget(), Panel(_("New person"), "plus")
        self.open = Button(_("Open card"), "plain", key="Enter")
        self.head.add_button(self.open)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_look().px(10))
        column.addWidget(self.head)
        column.addWidget(self.history, 1)
        self._new.body.addWidget(self.form)
        self._new.body.addStretch(1)
        self._nobody = Label("", colour="text3", wrap=True)
        for each in (self._nobody, self._card, self._new):
            self._side.addWidget(each)
        return self._side
