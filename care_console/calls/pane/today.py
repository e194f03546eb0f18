"""What waits at the left: drafts to finish, missed calls, and the last calls of all."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.names import clean, isolated
from care_console.base.spell import DEFAULT_LOCALE, day, hour
from care_console.base.words import _, ngettext
from care_console.calls.pane.called import ICONS, who_rang
from care_console.calls.records import CallRecord, ContactRecord
from care_console.calls.rules import (
    CallRow,
    CallState,
    Draft,
    Missed,
    channel_words,
)
from care_console.calls.rules.contact import first_words
from care_console.calls.rules.listing import came_to
from care_console.calls.service import CallLog, Contacts
from care_console.cards.records import CardRecord
from care_console.kit import DayDelegate, DayRow, HeadRow, ListView, Pane, Panel, Row

MOST_MISSED, MOST_RECENT = 20, 60  # rows
COUNTED = 500  # missed numbers, at the most


class TodayPane(Pane):
    """A list with three parts. It stays where the clerk is in it while it is told anew."""

    watches: ClassVar[frozenset[type]] = frozenset({CallRecord, ContactRecord, CardRecord})

    contact_chosen = Signal(int)
    call_chosen = Signal(int)
    card_chosen = Signal(int)
    counted = Signal(int)  # numbers that were missed, and that nobody saw to

    def __init__(
        self,
        contacts: Contacts,
        log: CallLog,
        clock: Clock,
        command: Callable[[], Command],
        locale: str = DEFAULT_LOCALE,
    ) -> None:
        super().__init__()
        self._contacts, self._log, self._clock = contacts, log, clock
        self._command, self._locale = command, locale
        self._current: int | None = None
        self._rows: list[Row] = []
        self._drafts: Sequence[Draft] = ()
        self._missed: Sequence[Missed] = ()
        self._recent: Sequence[CallRow] = ()
        self._cards: dict[object, int | None] = {}
        self.list = ListView(DayDelegate(), name=_("Today"))
        self.list.set_empty(_("No call yet, and nothing left to finish. The desk is quiet."))
        self.panel = Panel(_("Calls today"), "phone", flush=True)
        self.panel.body.addWidget(self.list)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.panel)
        self.setFocusProxy(self.list)
        self.list.chosen.connect(self._choose)

    def refresh(self) -> None:
        """Show the records as they are now."""
        self.errands.look("refresh", self._look())

    def set_current(self, card_id: int | None) -> None:
        """Mark what is about the person on the telephone: a ring waits for it, so no more."""
        if card_id != self._current:
            self._current = card_id
            rows = [self._marked(row) for row in self._rows]
            if rows != self._rows:
                self._set_rows(rows)

    async def _look(self) -> None:
        self.panel.busy(True)
        try:
            self._drafts = await self._contacts.unfinished(self._command().clerk)
            self._missed = await self._log.missed(COUNTED)
            self._recent = await self._log.recent(MOST_RECENT)
        finally:
            self.panel.busy(False)
        self._show()

    def _show(self) -> None:
        now = self._clock()
        rows: list[Row] = []
        self._cards = {}
        if self._drafts:
            rows.append(HeadRow(_("Unfinished"), str(len(self._drafts))))
            rows += [self._draft_row(each, now) for each in self._drafts]
        if self._missed:
            rows.append(HeadRow(_("Missed"), str(len(self._missed)), "bad"))
            rows += [self._missed_row(each, now) for each in self._missed[:MOST_MISSED]]
        recent = [each for each in self._recent if each.state != CallState.MISSED or each.seen]
        if recent:
            rows.append(HeadRow(_("Recent calls")))
            rows += [self._call_row(each, now) for each in recent]
        self._set_rows(rows)
        self._count(len(self._drafts) + len(self._missed))
        self.counted.emit(len(self._missed))

    def _set_rows(self, rows: list[Row]) -> None:
        self._rows = rows
        self.list.rows.set_rows(rows)

    def _marked(self, row: Row) -> Row:
        here = self._is_current(self._cards.get(row.id))
        return row if not isinstance(row, DayRow) or row.here == here else replace(row, here=here)

    def _count(self, waiting: int) -> None:
        words = ngettext("{count} to go", "{count} to go", waiting).format(count=waiting)
        self.panel.trail.setText(words if waiting else "")

    def _draft_row(self, draft: Draft, now: datetime) -> DayRow:
        row = ("contact", draft.id)
        self._cards[row] = draft.card_id
        said = (
            draft.reason
            or first_words(draft.notes)
            or channel_words(draft.channel, draft.direction)
        )
        return DayRow(
            id=row,
            icon="note",
            title=clean(draft.card_name) or _("Somebody without a card"),
            sub=clean(said),
            when=self._when(draft.started_at, now),
            groups=(draft.group,) if draft.group else (),
            here=self._is_current(draft.card_id),
        )

    def _missed_row(self, missed: Missed, now: datetime) -> DayRow:
        call = missed.newest
        times = ngettext("rang once", "rang {count} times", missed.count)
        called = _("on {called}").format(called=isolated(clean(call.called)))
        sub = called if missed.count == 1 and call.called else times.format(count=missed.count)
        return self._row(call, "phone-missed", sub, now, late=True)

    def _call_row(self, call: CallRow, now: datetime) -> DayRow:
        return self._row(call, ICONS.get(call.state, "phone"), came_to(call), now)

    def _row(
        self, call: CallRow, icon: str, sub: str, now: datetime, *, late: bool = False
    ) -> DayRow:
        row = ("missed" if late else "call", call.id)
        self._cards[row] = call.card_id
        return DayRow(
            id=row,
            icon=icon,
            title=who_rang(call),
            sub=sub,
            when=self._when(call.started_at, now),
            late=late,
            here=self._is_current(call.card_id),
        )

    def _is_current(self, card_id: int | None) -> bool:
        return card_id is not None and card_id == self._current

    def _when(self, at: datetime, now: datetime) -> str:
        """Return the hour of what was today, and the day of what was before."""
        today = at.astimezone().date() == now.astimezone().date()
        return hour(at, self._locale) if today else day(at, now, self._locale)

    def _choose(self, row: Row) -> None:
        """Take up a draft, or open whose call it was; a call of nobody's is told as such."""
        kind, row_id = row.id if isinstance(row.id, tuple) else ("", 0)
        card_id = self._cards.get(row.id)
        if kind == "contact":
            self.contact_chosen.emit(row_id)
        elif card_id is not None:
            self.card_chosen.emit(card_id)
        if kind in ("call", "missed"):
            self.call_chosen.emit(row_id)
