"""How something came about: the last entries in the history of whom it is for."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from care_console.base.clock import Clock
from care_console.base.spell import day, hour
from care_console.base.words import _
from care_console.cards.rules.dealing_words import WHOLE_DAY
from care_console.cards.service import Cards
from care_console.journal.rules import Entry, Line, Words
from care_console.kit import (
    Errands,
    EventDelegate,
    EventRow,
    Label,
    ListView,
    Rule,
    Themed,
    current_look,
)

MOST = 8  # entries


class CameAbout(Themed, QWidget):
    """As high as its entries: what stands around it scrolls."""

    def __init__(self, cards: Cards, words: Words, clock: Clock, locale: str) -> None:
        super().__init__()
        self.errands = Errands(self)
        self._cards, self._words, self._clock, self._locale = cards, words, clock, locale
        self._card_id: int | None = None
        self.list = ListView(
            EventDelegate(flush=True),
            name=_("How it came about"),
            uniform=True,
            type_ahead=False,
        )
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        for part in (Rule(), Label(_("How it came about"), weight=600), self.list):
            self._down.addWidget(part)
        self.hide()

    def show_card(self, card_id: int | None) -> None:
        """Show what happened last with a customer; nothing for nobody."""
        if card_id != self._card_id:
            self.list.rows.set_rows([])
            self.hide()
        self._card_id = card_id
        if card_id is not None:
            self.errands.look("came", self._look(card_id))

    def restyle(self) -> None:
        look = current_look()
        self._down.setSpacing(look.px(8))
        height = look.px(EventDelegate.height) * self.list.rows.rowCount()
        self.list.setFixedHeight(height + 2)
        super().restyle()

    async def _look(self, card_id: int) -> None:
        entries = await self._cards.history(card_id, most=MOST)
        if card_id == self._card_id:
            self.list.rows.set_rows([self._row(each) for each in entries])
            self.setVisible(bool(entries))
            self.restyle()

    def _row(self, entry: Entry) -> EventRow:
        say = self._words.get(entry.kind)
        line = say(entry) if say is not None else Line(_("Done by a newer console"))
        return EventRow(
            id=entry.id,
            when=day(entry.at, self._clock(), self._locale),
            hour="" if entry.facts.get(WHOLE_DAY) else hour(entry.at, self._locale),
            icon=line.icon,
            tone=line.tone,
            title=line.title,
            sub=line.sub,
            by=entry.clerk,
        )
