"""A customer's card: who it is, what stands open, what has happened, and all of it to edit."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QSizePolicy,
    QSpacerItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.words import _
from care_console.cards.pane.details import Details
from care_console.cards.pane.head import Head
from care_console.cards.pane.history import History
from care_console.cards.pane.kept import KeptField
from care_console.cards.pane.showing import show_if
from care_console.cards.pane.spellable import spelt
from care_console.cards.pane.spelling import SpellingSheet
from care_console.cards.records import CardRecord, FactRecord
from care_console.cards.rules import Headline
from care_console.cards.rules.shown import Said
from care_console.cards.service import Cards, Edits, Numbers, Search
from care_console.journal.records import EntryCardRecord
from care_console.journal.rules import Words
from care_console.kit import Button, Label, Pane, Panel, Scroll, current_look

LEAST_HISTORY = 76  # px: its head, and the top of the newest entry
SHORT = 590  # px; in a window of 740
SPELT = {  # fields of the details that can be spelt: what they are
    **dict.fromkeys(("given", "family", "additional", "preferred", "prefix", "suffix"), "name"),
    **dict.fromkeys(("street", "town", "region", "postcode", "country"), "address"),
    "raw": "number",
    "company": "company",
}


class CardPane(Pane):
    """One card. ``show_headline`` paints at once; everything else is fetched after it."""

    shown = Signal(int)  # card id
    acted = Signal(object)  # Act, which can be taken back
    opened = Signal(int)  # another card is wanted: a relation's
    spelling_ended = Signal()

    watches = frozenset({EntryCardRecord, FactRecord, CardRecord})

    def __init__(
        self,
        cards: Cards,
        edits: Edits,
        numbers: Numbers,
        search: Search,
        words: Words,
        command: Callable[[], Command],
        clock: Clock,
        *,
        locale: str = "en_GB",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._cards, self._numbers, self._clock, self._locale = cards, numbers, clock, locale
        self._card_id: int | None = None
        self._asked_id: int | None = None  # the card that is to be shown, until it is found
        self._sheet: SpellingSheet | None = None
        self._aside = False  # the leaves, while something more urgent stands above
        self.head = Head(locale)
        self.history = History(cards, words, clock, locale, key="F12")
        self.details = Details(cards, edits, search, command, clock, locale)
        self._lay_out()
        self.details.acted.connect(self.acted)
        self.details.opened.connect(self.opened)
        self.head.spelling_wanted.connect(self._spell)
        for part in (self.history, self.details):
            part.errands.hindered.connect(self.errands.hindered)
        self.clear()

    @property
    def card_id(self) -> int | None:
        """The card that is shown, or None."""
        return self._card_id

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups of the customer who is shown."""
        return self.head.of.groups if self.head.of is not None else ()

    @property
    def typing(self) -> bool:
        """Whether something stands in a field that is not kept yet."""
        return self.details.typing

    @property
    def spelling(self) -> bool:
        """Whether the spelling sheet lies over the window."""
        return self._sheet is not None

    def show_headline(self, headline: Headline, match: str = "") -> None:
        """Show at once what a look-up brought, then fetch the history.

        ``match`` says how a caller was recognised. Nothing is waited for: this is on the way of a
        ring.
        """
        other = headline.id != self._card_id
        self._card_id, self._asked_id = headline.id, None
        self.head.set_match(match)
        self.head.show_headline(headline, self._clock())
        if other:
            self._turn_over(headline)
        self._lay_out_now()
        if other:
            self.shown.emit(headline.id)

    def show_card(self, card_id: int) -> None:
        """Show this card. One that is gone is told as a hindrance."""
        self._asked_id = card_id
        self.errands.look("show", self._show(card_id))

    def clear(self) -> None:
        """Show nobody; what was typed is kept."""
        self._card_id = self._asked_id = None
        self.details.leave_card()
        self.history.show_card(None)
        self._stack.setCurrentWidget(self._nobody)
        self.head.hide()
        self._scroll.hide()

    def set_match(self, words: str) -> None:
        """Say how the caller was recognised."""
        self.head.set_match(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._leaves and event.type() == QEvent.Type.LayoutRequest:
            self._share()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._share()
        return super().event(event)

    def put_leaves_aside(self, aside: bool) -> None:
        """Hide what other rooms know, while something more urgent stands above the card."""
        self._aside = aside
        self._show_leaves()

    def add_leaf(self, title: str, pane: QWidget) -> None:
        """Put what another room knows of the customer between the head and the history.

        ``title`` may be empty where the pane has a head of its own; connect it to ``shown``.
        """
        held = pane
        if title:
            panel = Panel(title)
            panel.body.addWidget(pane)
            held = panel
        self._leaf_column.addWidget(held)

    def refresh(self) -> None:
        """Show the records as they are now; what is being typed stays."""
        if self._asked_id is not None:
            self.errands.look("show", self._show(self._asked_id))
        elif self._card_id is not None:
            self.errands.look("refresh", self._refresh(self._card_id))

    def show_history(self) -> None:
        """Turn to the history, and keep what was typed."""
        if self._card_id is not None:
            self.details.keep_now()
            self._turn_to(self.history)
            self.history.view.setFocus()

    def show_details(self) -> None:
        """Turn to all of the card."""
        self.focus_details()

    def focus_details(self, field: str = "") -> None:
        """Turn to all of the card and go to ``field``, one of FIELDS, or to the first."""
        if self._card_id is not None:
            self._turn_to_details(self._card_id)
            self.details.focus_field(field)

    def focus_owner(self) -> None:
        """Turn to all of the card, and go to who answers for the customer."""
        if self._card_id is not None:
            self._turn_to_details(self._card_id)
            self.details.focus_owner()

    def keep_now(self) -> None:
        """Keep what was typed without waiting for a pause."""
        self.details.keep_now()

    async def finish(self) -> None:
        """Keep what was typed, and return when it is kept or cannot be: before the window goes."""
        await self.details.finish()

    def spell(self) -> None:
        """Spell the name, address or number that has the focus, else the name."""
        focus = QApplication.focusWidget()
        self._spell(spelt(focus) or self._typed(focus))

    async def _show(self, card_id: int) -> None:
        headline = await self._numbers.headline(card_id)
        if headline is None:
            self._asked_id = None
            self.errands.hindered.emit(_("This card is no longer there."))
        else:
            self.show_headline(headline)

    async def _refresh(self, card_id: int) -> None:
        headline = await self._numbers.headline(card_id)
        if headline is None or card_id != self._card_id:
            return
        if headline.id != card_id:  # it was merged into another card meanwhile
            self.show_headline(headline)
            return
        self.head.show_headline(headline, self._clock())
        self.history.refresh()
        self.details.refresh()

    def _turn_over(self, headline: Headline) -> None:
        self.details.leave_card()
        self.history.show_card(headline.id, headline.groups)
        self._turn_to(self.history)
        show_if(self.head, True)
        self._show_leaves()

    def _show_leaves(self) -> None:
        shown = self._card_id is not None and not self._aside and self._leaf_column.count() > 0
        show_if(self._scroll, shown)

    def _leaf_height(self, width: int) -> int:
        """Return how high the leaves are, 0 where none has anything to show."""
        if self._scroll.isHidden():
            return 0
        column = self._leaf_column
        if column.hasHeightForWidth():
            return max(0, column.heightForWidth(width))
        return column.sizeHint().height()

    def _share(self) -> None:
        """Share the height: first who it is, then the leaves, which scroll, then the history."""
        look, width, gap = current_look(), self.width(), current_look().px(10)
        room, leaves = self.height(), 0
        self.head.set_short(room < look.px(SHORT))
        if height := self._leaf_height(width):
            leaves = height + gap
        head = 0 if self._card_id is None else self.head.fit_into(width, room - leaves) + gap
        show_if(self.head, 0 < head <= room + gap)  # else what stands above is more urgent
        self._scroll.setFixedHeight(max(0, min(leaves - gap, room - head)))
        wanted = self._stack.isAncestorOf(QApplication.focusWidget() or self)
        self._keep_apart(0 if self.head.isHidden() else gap, gap if leaves else 0)
        show_if(self._stack, wanted or room - head - leaves >= look.px(LEAST_HISTORY))

    def _keep_apart(self, above: int, below: int) -> None:
        """Leave so much room above the leaves and below them; a spacing would do so for none."""
        gaps = ((self._above, above), (self._below, below))
        if changed := [(part, gap) for part, gap in gaps if part.sizeHint().height() != gap]:
            for part, gap in changed:
                part.changeSize(0, gap)
            self._column.invalidate()

    def _turn_to_details(self, card_id: int) -> None:
        if self.details.card_id != card_id:
            self.details.show_card(card_id)
        self._turn_to(self._details)

    def _turn_to(self, page: QWidget) -> None:
        show_if(self._stack, True)
        self._stack.setCurrentWidget(page)
        show_if(self._to_details, page is not self._details)
        show_if(self._to_history, page is self._details)

    def _spell(self, said: Said | None) -> None:
        pieces = self.head.said()
        if said is not None and said not in pieces:
            pieces = [said, *pieces]
        if not pieces or self._card_id is None:
            return
        if self._sheet is not None:
            self._sheet.close_sheet()
        self._sheet = SpellingSheet(self.window())
        self._sheet.closed.connect(self._end_spelling)
        at = pieces.index(said) if said is not None else 0
        self._sheet.spell(pieces, at, self._locale)

    def _typed(self, focus: QWidget | None) -> Said | None:
        """Return what is typed in the field that has the focus, if it can be spelt."""
        field = focus.parent() if focus is not None else None
        if not isinstance(field, KeptField):
            return None
        key = field.keeper.key
        what = "email" if key.part == "email" else SPELT.get(key.field, "")
        text = str(field.keeper.draft.typed or "")
        return Said(what, text) if what and text.strip() else None

    def _end_spelling(self) -> None:
        self._sheet = None
        self.spelling_ended.emit()

    def _lay_out_now(self) -> None:
        """Let the next picture show it as it is, without another turn of the loop."""
        if self.isVisible() and (column := self.layout()) is not None:
            self.head.settle(column)

    def _lay_out(self) -> None:
        self._nobody = Label(
            _("No card is open. Find somebody with Ctrl K."), colour="text3", wrap=True
        )
        self._nobody.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._details = Panel(_("Details"), "pencil", "Ctrl D", flush=True)
        self._details.body.addWidget(self.details)
        self._to_details = Button(_("Details"), "plain", "pencil", "Ctrl D")
        self._to_history = Button(_("History"), "plain", "clock", "F12")
        self._to_details.clicked.connect(self.show_details)
        self._to_history.clicked.connect(self.show_history)
        self.head.add_button(self._to_details)
        self.head.add_button(self._to_history)
        self._stack = _Yielding()
        for page in (self.history, self._details, self._nobody):
            self._stack.addWidget(page)
        self._leaves = QWidget()
        self._leaf_column = QVBoxLayout(self._leaves)
        self._leaf_column.setContentsMargins(0, 0, 0, 0)
        self._leaves.installEventFilter(self)
        self._scroll = Scroll(self._leaves)
        self._stand()

    def _stand(self) -> None:
        """Put who it is above what others know, and that above the history."""
        self._above, self._below = QSpacerItem(0, current_look().px(10)), QSpacerItem(0, 0)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addItem(self._above)
        column.addWidget(self._scroll)
        column.addItem(self._below)
        column.addWidget(self._stack, 1)
        column.addStretch(0)  # nothing above grows where the history is left out


class _Yielding(QStackedWidget):
    """Gives up its height before the head and the leaves do, but for the newest entry."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.setMinimumHeight(LEAST_HISTORY)

    def hasHeightForWidth(self) -> bool:
        """A layout would take the height for a width as the least, whatever the policy says."""
        return False
