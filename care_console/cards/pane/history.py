"""What happened with a customer: the journal read for one card, filtered by kind and group."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from care_console.base.clock import Clock
from care_console.base.spell import day, hour
from care_console.base.words import _
from care_console.cards.pane.showing import show_if
from care_console.cards.rules import Group
from care_console.cards.rules.dealing_words import WHOLE_DAY
from care_console.cards.rules.shown import ALL, KINDS, filters, passes
from care_console.cards.rules.words import AS_GROUP_WORDS
from care_console.cards.service import Cards
from care_console.journal.rules import Entry, Line, Words
from care_console.journal.service import PAGE
from care_console.kit import (
    Chip,
    Errands,
    EventDelegate,
    EventRow,
    FlowLayout,
    Label,
    ListView,
    Panel,
)

LEAST_HEIGHT = 96  # px: two entries can always be seen


class History(Panel):
    """Fetched in pages of 200 as one scrolls. What is shown already stays where it is."""

    chosen = Signal(object)  # Entry

    def __init__(
        self,
        cards: Cards,
        words: Words,
        clock: Clock,
        locale: str = "en_GB",
        *,
        key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("History"), "clock", key, flush=True, parent=parent)
        self.errands = Errands(self)
        self._cards, self._words, self._clock, self._locale = cards, words, clock, locale
        self._card_id: int | None = None
        self._entries: dict[int, Entry] = {}
        self._whole = False
        self._kind, self._group = ALL, ""
        self._groups: tuple[str, ...] = ()
        self.view = ListView(EventDelegate(), name=_("History"), uniform=True, type_ahead=False)
        self.view.setMinimumHeight(LEAST_HEIGHT)
        self.view.chosen.connect(self._choose)
        self._kinds = {kind: Chip(_(words)) for kind, words in KINDS.items()}
        self._of_groups = {group: Chip(_(AS_GROUP_WORDS[group])) for group in Group}
        self._lay_out()
        self._press()

    def show_card(self, card_id: int | None, groups: Sequence[str] = ()) -> None:
        """Show this card's history as soon as it is there, and nobody else's meanwhile."""
        self._card_id, self._groups = card_id, tuple(groups)
        self._entries, self._whole = {}, False
        self._kind, self._group = ALL, ""
        self.whole.hide()
        self.view.set_empty("")
        self.view.rows.set_rows([])
        self._press()
        if card_id is not None:
            self.errands.look("history", self._begin(card_id))

    def show_first(self, entries: Sequence[Entry]) -> None:
        """Show what a ring brought along, until the history itself is there."""
        if not self._entries:
            self.view.rows.set_rows(self._rows(entries))

    @property
    def card_id(self) -> int | None:
        """Whose history is shown."""
        return self._card_id

    def refresh(self) -> None:
        """Fetch what was added since."""
        if self._card_id is not None:
            self.errands.look("history", self._begin(self._card_id))

    def filter_by(self, kind: str = ALL, group: str = "") -> None:
        """Show one kind alone, or what concerns one group alone."""
        changed = (kind, group) != (self._kind, self._group)
        self._kind, self._group = kind, group
        self._press()
        if changed and self._entries:
            self._show()

    async def _begin(self, card_id: int) -> None:
        self.busy(True)
        try:
            newest = await self._cards.history(card_id, most=PAGE)
        finally:
            self.busy(False)
        if not self._entries:
            self._whole = len(newest) < PAGE
        elif not any(entry.id in self._entries for entry in newest):
            self._entries = {}  # all of it is new
        before = list(self._entries.values())
        self._take(newest)
        if before != list(self._entries.values()) or not before:
            self._show()

    def _take(self, entries: Sequence[Entry]) -> None:
        known = {**self._entries, **{entry.id: entry for entry in entries}}
        newest_first = sorted(known.values(), key=_moment, reverse=True)
        self._entries = {entry.id: entry for entry in newest_first}

    def _show(self) -> None:
        bar = self.view.verticalScrollBar()
        place, current = bar.value(), self.view.row()
        rows = self._rows(self._entries.values())
        self.view.rows.set_rows(rows, None if self._whole else self._fetch)
        self.view.set_empty(self._nothing())
        self._press()
        if current is not None:
            self.view.go_to(current.id)
        bar.setValue(place)

    def _fetch(self, start: int, count: int) -> None:
        if self._card_id is not None:
            self.errands.look("more", self._more(self._card_id, count))

    async def _more(self, card_id: int, wanted: int) -> None:
        """Fetch pages until there are as many rows as were asked for, or no more entries."""
        found: list[EventRow] = []
        while len(found) < wanted and not self._whole:
            last = next(reversed(self._entries.values()), None)
            before = None if last is None else _moment(last)
            page = await self._cards.history(card_id, before=before, most=PAGE)
            if card_id != self._card_id:
                return
            self._whole = len(page) < PAGE
            found += self._rows(page)
            self._take(page)
        self.view.rows.append(found)
        self.view.set_empty(self._nothing())

    def _rows(self, entries: Iterable[Entry]) -> list[EventRow]:
        groups = frozenset({self._group} if self._group else ())
        said = ((entry, self._line(entry)) for entry in entries)
        return [
            self._row(entry, line)
            for entry, line in said
            if passes(entry, line, self._kind, groups)
        ]

    def _line(self, entry: Entry) -> Line:
        say = self._words.get(entry.kind)
        return say(entry) if say is not None else Line(_("Done by a newer console"))

    def _row(self, entry: Entry, line: Line) -> EventRow:
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

    def _nothing(self) -> str:
        if not self._entries:
            return _("Nothing has happened yet. The first call or note will stand here.")
        return _("Nothing of this kind has happened.") if self._whole else ""

    def _press(self) -> None:
        """Press what is chosen. The groups come with the entries: not while it rings."""
        for kind, chip in self._kinds.items():
            chip.setChecked(kind == self._kind)
        shown = filters(self._groups, self._entries.values()) if self._entries else []
        for group, chip in self._of_groups.items():
            show_if(chip, group in shown)
            chip.setChecked(group == self._group)

    def _lay_out(self) -> None:
        chips = QWidget()
        flow = FlowLayout(chips)
        for kind, chip in self._kinds.items():
            chip.clicked.connect(lambda _on, kind=kind: self.filter_by(kind, self._group))
            flow.addWidget(chip)
        for group, chip in self._of_groups.items():
            chip.clicked.connect(lambda on, group=group: self._by_group(group if on else ""))
            flow.addWidget(chip)
        self.head.insertWidget(self.head.count() - 1, chips)
        self.whole = Label(wrap=True)
        self.whole.setContentsMargins(16, 8, 16, 10)
        self.whole.hide()
        self.body.addWidget(self.view)
        self.body.addWidget(self.whole)
        self.view.moved.connect(lambda *_row: self.whole.hide())

    def _by_group(self, group: str) -> None:
        self.filter_by(self._kind, group)

    def _choose(self, row: EventRow) -> None:
        entry = self._entries.get(row.id)  # type: ignore[call-overload]
        if entry is None:
            return
        self.chosen.emit(entry)
        line = self._line(entry)
        text = "\n".join(part for part in (line.title, self._all_of(entry, line)) if part)
        again = self.whole.isVisible() and self.whole.text() == text
        self.whole.setText(text)
        self.whole.setVisible(not again)

    def _all_of(self, entry: Entry, line: Line) -> str:
        """Return what was written, of which the list shows only one line."""
        notes = str(entry.personal.get("notes", ""))
        return notes if notes and not line.sub.endswith(notes) else line.sub or notes


def _moment(entry: Entry) -> tuple[datetime, int]:
    return entry.at, entry.id
