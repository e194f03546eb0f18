"""The page of the journal: who did what, before and after, for those who look after the house."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.errors import CareError
from care_console.base.spell import at_words, day, hour
from care_console.base.words import N_, _, ngettext
from care_console.journal.pane.asked import Asked
from care_console.journal.pane.detail import Detail
from care_console.journal.records import EntryRecord
from care_console.journal.rules import TROUBLE_WORDS, Act, Findings, Line, Words, line, table
from care_console.journal.service import PAGE, Audit, Filter
from care_console.kit import (
    Button,
    CommandDelegate,
    CommandRow,
    EventDelegate,
    EventRow,
    ListView,
    Notice,
    Pane,
    Panel,
    Row,
    current_look,
)

PEOPLE_WIDTH, DETAIL_WIDTH = 190, 290
EVERYBODY = 0
MOST_FAULTS = 5  # told at once
CSV = "journal.csv"

Names = Callable[[Sequence[int]], Awaitable[Mapping[int, str]]]
People = Callable[[], Awaitable[Sequence[tuple[int, str]]]]


class NotWritten(CareError):
    """The file could not be written."""


class JournalPage(Pane):
    """Filtered by person, subject and day; taken out as a table that holds no formula.

    ``names`` gives the names of cards, ``people`` the clerks with their names, and ``subjects``
    the kinds of entries under a title each.
    """

    card_chosen = Signal(int)
    told = Signal(str)

    watches: ClassVar[frozenset[type]] = frozenset({EntryRecord})

    def __init__(
        self,
        audit: Audit,
        words: Words,
        names: Names,
        people: People,
        subjects: Mapping[str, Collection[str]],
        command: Callable[[], Command],
        clock: Clock,
        locale: str = "en_GB",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._audit, self._words, self._command = audit, words, command
        self._ask_names, self._people = names, people
        self._clock, self._locale = clock, locale
        self._clerk: int | None = None
        self._acts: dict[int, Act] = {}
        self._names: dict[int, str] = {}
        self._whole = self._denied = False
        self.people = ListView(CommandDelegate(), name=_("Who"), uniform=True)
        self.view = ListView(EventDelegate(), name=_("Journal"), uniform=True, type_ahead=False)
        self.asked, self.detail = Asked(subjects, locale), Detail()
        self.check = Button(_("Check"), "plain", "shield")
        self.export = Button(_("Export…"), "plain", "out")
        self.found = Notice("ok")
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Fetch the people, and what was written since; not after a denial, which is written."""
        if not self._denied:
            self.errands.look("journal", self._load())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._denied = False
        self.refresh()

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that the window's foot names while the page is shown."""
        return [("↑↓", _("choose")), (_("Tab"), _("next"))]

    def export_to(self, file: Path) -> None:
        """Write what is asked for into ``file``."""
        self.errands.do("export", self._export(file))

    @property
    def filter(self) -> Filter:
        """What is asked for now."""
        return replace(self.asked.filter, clerk_card_id=self._clerk)

    async def _load(self) -> None:
        self._list.busy(True)
        try:
            newest = await self._audit.acts(self._command(), self.filter)
            await self._learn(newest)
            people = await self._people()
        except CareError:
            self._denied = True
            raise
        finally:
            self._list.busy(False)
        if not any(act.entry.id in self._acts for act in newest):
            self._acts = {}  # what lies between is not known
            self._whole = len(newest) < PAGE
        self._take(newest)
        everybody = CommandRow(EVERYBODY, "people", _("Everybody"))
        clerks = [CommandRow(card_id, "", name, name=name) for card_id, name in people]
        self.people.rows.set_rows([everybody, *clerks])
        self._show()

    def _ask_anew(self) -> None:
        self._acts, self._whole = {}, False
        self.view.set_empty("")
        self.view.rows.set_rows([])
        self.refresh()

    def _take(self, acts: Sequence[Act]) -> None:
        known = {**self._acts, **{act.entry.id: act for act in acts}}
        newest_first = sorted(known.values(), key=_moment, reverse=True)
        self._acts = {act.entry.id: act for act in newest_first}

    async def _learn(self, acts: Iterable[Act]) -> None:
        """Ask for the names that are not known yet."""
        ids = {card_id for act in acts for card_id in (act.entry.clerk_card_id, *act.card_ids)}
        if new := sorted(each for each in ids if each is not None and each not in self._names):
            self._names.update(await self._ask_names(new))

    def _show(self) -> None:
        current = self.view.row()
        fetch = None if self._whole else self._fetch
        self.view.rows.set_rows(self._rows(self._acts.values()), fetch)
        self.view.set_empty(_("Nothing of this kind was done.") if self._whole else "")
        if current is None or not self.view.go_to(current.id):
            self._show_detail(None)

    def _fetch(self, start: int, count: int) -> Sequence[Row] | None:
        self.errands.look("more", self._more())
        return None

    async def _more(self) -> None:
        before = None if not self._acts else _moment(next(reversed(self._acts.values())))
        asked = self.filter
        page = await self._audit.acts(self._command(), asked, before=before)
        await self._learn(page)
        if asked == self.filter:
            self._whole = len(page) < PAGE
            self._take(page)
            self.view.rows.append(self._rows(page))

    def _rows(self, acts: Iterable[Act]) -> list[EventRow]:
        return [self._row(act, line(act.entry, self._words)) for act in acts]

    def _row(self, act: Act, said: Line) -> EventRow:
        about = ", ".join(self._names.get(each, "") for each in act.card_ids[:2])
        return EventRow(
            id=act.entry.id,
            when=day(act.entry.at, self._clock(), self._locale),
            hour=hour(act.entry.at, self._locale),
            icon=said.icon,
            tone=said.tone,
            title=said.title,
            sub=" · ".join(part for part in (about, said.sub) if part),
            by=self._names.get(act.entry.clerk_card_id or 0, ""),
        )

    def _show_detail(self, row: Row | None) -> None:
        act = None if row is None else self._acts.get(row.id)  # type: ignore[call-overload]
        if act is None:
            self.detail.show_act(None, Line(""), "", {})
            return
        at = act.entry.at
        when = at_words(at, self._clock(), self._locale)
        self.detail.show_act(act, line(act.entry, self._words), when, self._names)

    def _turn(self, row: Row | None) -> None:
        clerk = row.id if row is not None and isinstance(row.id, int) else EVERYBODY
        if (clerk or None) != self._clerk:
            self._clerk = clerk or None
            self._ask_anew()

    # checking and taking out

    async def _check(self) -> None:
        self.found.hide()
        found = await self._audit.check(self._command())
        self._tell(found)

    def _tell(self, found: Findings) -> None:
        entries = sum(each.entries for each in found.chains)
        whole = ngettext("{n} entry is", "{n} entries are", entries).format(n=entries)
        if not found.faults:
            self._notice("ok", _("{entries} what was written.").format(entries=whole), "")
            return
        told = [
            _("Entry {number}: {words}").format(
                number=each.number, words=_(TROUBLE_WORDS[each.trouble])
            )
            for each in found.faults[:MOST_FAULTS]
        ]
        words = _("The journal is not what was written.")
        self._notice("bad", words, "\n".join(told))

    def _notice(self, tone: str, text: str, sub: str) -> None:
        self._list.body.removeWidget(self.found)
        self.found.deleteLater()
        self.found = Notice("ok" if tone == "ok" else "bad", text, sub=sub)
        self._list.body.insertWidget(1, self.found)

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, _("Export the journal"), CSV, "CSV (*.csv)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.fileSelected.connect(lambda name: self.export_to(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    async def _export(self, file: Path) -> None:
        acts = await self._audit.export(self._command(), self.filter)
        await self._learn(acts)
        text = table(acts, self._words, self._names)
        try:
            await asyncio.to_thread(_write, file, text)
        except OSError as error:
            raise NotWritten(
                N_("{file} cannot be written: {why}"), file=file.name, why=error.strerror
            ) from error
        words = ngettext("{n} entry exported", "{n} entries exported", len(acts))
        self.told.emit(words.format(n=len(acts)))

    # laying out

    def _connect(self) -> None:
        self.people.moved.connect(self._turn)
        self.view.moved.connect(self._show_detail)
        self.asked.changed.connect(lambda _filter: self._ask_anew())
        self.detail.card_chosen.connect(self.card_chosen)
        self.check.clicked.connect(lambda: self.errands.do("check", self._check()))
        self.export.clicked.connect(self._choose_file)
        self.errands.hindered.connect(self._hindered)

    def _hindered(self, sentence: str) -> None:
        self._notice("bad", sentence, "")

    def _lay_out(self) -> None:
        side = Panel(_("Who"), "people", flush=True)
        side.body.addWidget(self.people)
        self._list = Panel(_("Journal"), "list", flush=True)
        for button in (self.check, self.export):
            self._list.head.addWidget(button)
        for part in (self.asked, self.found, self.view):
            self._list.body.addWidget(part)
        self._list.body.setStretchFactor(self.view, 1)
        self.found.hide()
        px = current_look().px
        side.setFixedWidth(px(PEOPLE_WIDTH))
        self.detail.setFixedWidth(px(DETAIL_WIDTH))
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(px(12))
        across.addWidget(side)
        across.addWidget(self._list, 1)
        across.addWidget(self.detail)
        self.landing = self.view


def _moment(act: Act) -> tuple[datetime, int]:
    return act.entry.at, act.entry.id


def _write(file: Path, text: str) -> None:
    """Write what speaks of people for its owner alone, as spreadsheets know its letters."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(text.encode("utf-8-sig"))
