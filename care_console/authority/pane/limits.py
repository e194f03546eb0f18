"""Settings, authority limits: who may give how much on their own word."""

from collections.abc import Callable, Coroutine, Sequence
from datetime import date, datetime
from typing import ClassVar

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHBoxLayout, QVBoxLayout, QWidget

from care_console.authority.pane.boxes import Box
from care_console.authority.pane.limits_cells import (
    ColumnKey,
    Holds,
    Most,
    cell_key,
    column_key,
    most_of,
)
from care_console.authority.pane.limits_foot import CopyBox, LimitsFoot, PersonBox
from care_console.authority.pane.limits_model import LimitsModel, Ways
from care_console.authority.pane.limits_side import LimitsSide
from care_console.authority.pane.limits_table import LimitsTable
from care_console.authority.pane.money import Money
from care_console.authority.pane.saying import Saying
from care_console.authority.records import CatalogueRecord, LimitRecord
from care_console.authority.rules.faults import BadLimits
from care_console.authority.rules.typed import read_holds, read_limit
from care_console.authority.rules.views import Fault, LimitCell, LimitChange, LimitColumn
from care_console.authority.service.limits import Limits
from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.fold import fold
from care_console.base.spell import DEFAULT_LOCALE, on_words
from care_console.base.words import _, ngettext
from care_console.kit import Button, Label, Pane, Panel, Themed, announce, current_look
from care_console.settings.records import OptionRecord
from care_console.staff.rules import Permission, Role, role_words
from care_console.staff.service import Staff


class LimitsPage(Themed, Pane):
    """The table, what is amiss with what was typed, one reason for the save; a clerk's view."""

    watches: ClassVar[frozenset[type]] = frozenset({CatalogueRecord, LimitRecord, OptionRecord})

    saved = Signal(str)  # a sentence

    def __init__(
        self,
        limits: Limits,
        staff: Staff,
        command: Callable[[], Command],
        currency: Callable[[], str],
        clock: Clock,
        locale: str = DEFAULT_LOCALE,
    ) -> None:
        super().__init__()
        self._limits, self._staff, self._command = limits, staff, command
        self._currency, self._clock, self._locale = currency, clock, locale
        self._money = Money(currency, locale)
        self._more: list[LimitColumn] = []  # people who get limits of their own
        self._found: list[Fault] = []
        self._may = dict.fromkeys(Permission, False)
        ways = Ways(self._read, self._write, self._read_holds, self._write_holds)
        self.model = LimitsModel(ways, self)
        self.table = LimitsTable(self.model)
        self.side = LimitsSide(Saying(self._money), self._cell)
        self.foot = LimitsFoot()
        self.person, self.copy = PersonBox(), CopyBox()
        self.one_person = Button(_("One person…"), "quiet", "person")
        self.copy_role = Button(_("Copy a role…"), "quiet", "swap")
        self._lay_out()
        self._wire()
        self.restyle()

    @property
    def typing(self) -> bool:
        """Whether something was typed that is not saved yet."""
        return self.model.count > 0

    def refresh(self) -> None:
        """Show the records as they are now; what was typed stays."""
        self.errands.look("refresh", self._look())

    def save(self) -> None:
        """Save all that was typed, with its reason; or go to what has to be put right first."""
        if not self.model.count:
            return
        if (bad := self._first_bad()) is not None:
            self.table.setCurrentIndex(bad)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.foot.has_reason():
            self.errands.do("save", self._saved())

    def discard(self) -> None:
        """Forget all that was typed."""
        if self.foot.isAncestorOf(QApplication.focusWidget() or self):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)  # what it leaves goes
        self._more = []
        self.model.discard()
        self.foot.clear()
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+S saves, Ctrl+Z takes back what was typed last."""
        held = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if held and event.key() == Qt.Key.Key_S:
            self.save()
        elif not (held and event.key() == Qt.Key.Key_Z and self.model.undo()):
            super().keyPressEvent(event)

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that the window's foot names while the focus is here."""
        return [
            (_("Enter"), _("type a limit")),
            (_("Ctrl S"), _("save")),
            (_("Ctrl Z"), _("undo")),
        ]

    def restyle(self) -> None:
        px = current_look().px
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(px(12))
        self._down.setContentsMargins(0, px(6), 0, 0)
        self._down.setSpacing(px(10))
        super().restyle()

    def _lay_out(self) -> None:
        panel, content = Panel(), QWidget()
        self._down = QVBoxLayout(content)
        head, words = QHBoxLayout(), QVBoxLayout()
        words.addWidget(Label(_("Authority limits"), size=20, weight=600))
        said = _(
            "What each role may give on the spot, so that most problems end with the first "
            "person who answers."
        )
        words.addWidget(Label(said, colour="text2", wrap=True))
        head.addLayout(words, 1)
        for button in (self.one_person, self.copy_role):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._down.addLayout(head)
        for part in (self.person, self.copy):
            self._down.addWidget(part)
        self._down.addWidget(self.table, 1)
        self._down.addWidget(self.foot.notices)
        self._down.addStretch(0)
        panel.body.addWidget(content, 1)
        panel.body.addWidget(self.foot)
        self._across = QHBoxLayout(self)
        self._across.addWidget(panel, 1)
        self._across.addWidget(self.side)
        self.setFocusProxy(self.table)
        for box in (self.person, self.copy):
            box.hide()

    def _wire(self) -> None:
        self.model.changed.connect(self._changed)
        self.table.selectionModel().currentChanged.connect(self._moved)
        self.foot.save_wanted.connect(self.save)
        self.foot.discard_wanted.connect(self.discard)
        self.one_person.clicked.connect(lambda: self._open(self.person))
        self.copy_role.clicked.connect(self._ask_copy)
        self.person.named.connect(lambda name: self.errands.do("person", self._add(name)))
        self.copy.chosen.connect(lambda role: self.errands.do("copy", self._copied(role)))
        for box in (self.person, self.copy):
            box.back_wanted.connect(lambda: self._open(None))
        deeds = self._limits
        self.side.stop_wanted.connect(
            lambda why: self._do(lambda: deeds.stop(self._command(), why))
        )
        self.side.resume_wanted.connect(lambda: self._do(lambda: deeds.resume(self._command())))
        self.side.sign_wanted.connect(
            lambda limit_id: self._do(lambda: deeds.sign(self._command(), limit_id))
        )
        self.side.decline_wanted.connect(
            lambda limit_id: self._do(lambda: deeds.decline(self._command(), limit_id))
        )

    # what is shown

    async def _look(self) -> None:
        limits, clerk, now = self._limits, self._command().clerk, self._clock()
        for each in (Permission.SET_LIMITS, Permission.SIGN_LIMITS, Permission.STOP_REMEDIES):
            self._may[each] = await self._staff.may(clerk, each)
        table = await limits.table()
        self.model.show_table(table, self._more)
        self._show_rights()
        if not self.table.currentIndex().isValid():
            self.table.go_to(ColumnKey(Role.CSR.value))
        signers = await limits.signers(clerk)
        self.side.tell_signers([name for _id, name in signers], table.ceiling_minor)
        may_sign = self._may[Permission.SIGN_LIMITS]
        self.side.tell_waiting(await limits.waiting_signature(), clerk.card_id, may_sign)
        self.side.tell_coming(await limits.coming(), now)
        self.side.tell_history(await limits.history(), now)
        self.side.tell_stopped(table.stopped, self._may[Permission.STOP_REMEDIES])
        await self._weigh()

    def _show_rights(self) -> None:
        """Let only those change something who may; the others read."""
        may, triggers = self._may[Permission.SET_LIMITS], QAbstractItemView.EditTrigger
        self.table.setEditTriggers(
            triggers.AnyKeyPressed | triggers.DoubleClicked if may else triggers.NoEditTriggers
        )
        self.table.locked = not may
        for part in (self.foot, self.one_person, self.copy_role):
            part.setVisible(may)

    def _changed(self) -> None:
        self.errands.look("weigh", self._weigh())

    async def _weigh(self) -> None:
        """Say what is amiss with what was typed, and what it would have come to."""
        changes = self.model.changes()
        self._found = await self._limits.faults(changes, self._command().clerk) if changes else []
        self._mark()
        rehearsed = await self._limits.rehearse(changes)
        self.side.tell_rehearsal(rehearsed, bool(changes))
        await self._look_as(self._column(), changes)

    async def _look_as(self, column: ColumnKey, changes: Sequence[LimitChange]) -> None:
        preview = await self._limits.preview(
            changes, role=column.role, clerk_card_id=column.clerk_card_id
        )
        self.side.tell_preview(preview, self.model.column_title(column), self._clock())

    def _mark(self) -> None:
        bad = {cell_key(each.change): each.words for each in self._found if not each.stamp}
        signs = {cell_key(each.change): each.words for each in self._found if each.stamp}
        self.model.mark(bad, signs)
        typed = [
            (_("{where}: {words}").format(where=where, words=words), "")
            for where, words in self.model.typed_faults.items()
        ]
        hard = [(each.words, each.what_to_do) for each in self._found if not each.stamp]
        soft = [(each.words, each.what_to_do) for each in self._found if each.stamp]
        self.foot.tell(self.model.count, typed + hard, soft)

    def _moved(self, now: QModelIndex, before: QModelIndex) -> None:
        """Show what somebody of the column would see into which the clerk has gone."""
        if now.column() != before.column():
            look = self._look_as(self._column(), self.model.changes())
            self.errands.look("preview", look)

    def _column(self) -> ColumnKey:
        """Return whose column the keyboard is in; the CSR's at first."""
        at = self.table.currentIndex().column() - 1
        if 0 <= at < len(self.model.columns):
            return column_key(self.model.columns[at])
        return ColumnKey(Role.CSR.value)

    def _first_bad(self) -> QModelIndex | None:
        for row in range(self.model.rowCount()):
            for column in range(self.model.columnCount()):
                if self.model.face(index := self.model.index(row, column)).mark == "bad":
                    return index
        return None

    # deeds

    async def _saved(self) -> None:
        changes, count = self.model.changes(), self.model.count
        try:
            waiting = await self._limits.change(
                self._command(), changes, self.foot.reason, say_why=self.model.whys()
            )
        except BadLimits as hindrance:
            if not hindrance.faults:
                raise
            self._found = list(hindrance.faults)
            self._mark()
            return
        words = ngettext(
            "{count} change saved: clerks are told.",
            "{count} changes saved: clerks are told.",
            count,
        )
        if waiting:
            words = ngettext(
                "Saved; {count} limit waits for a second signature.",
                "Saved; {count} limits wait for a second signature.",
                len(waiting),
            )
            count = len(waiting)
        self.discard()
        self.saved.emit(words.format(count=count))
        announce(self, words.format(count=count))

    def _do(self, deed: Callable[[], Coroutine[None, None, None]]) -> None:
        self.errands.do("deed", self._done(deed))

    async def _done(self, deed: Callable[[], Coroutine[None, None, None]]) -> None:
        await deed()
        self.refresh()

    def _open(self, box: Box | None) -> None:
        for each in (self.person, self.copy):
            each.setVisible(each is box)
        (box or self.table).setFocus(Qt.FocusReason.OtherFocusReason)

    async def _add(self, name: str) -> None:
        """Give one person a column of their own."""
        there = await self._staff.clerks(active_only=True)
        named = [each for each in there if fold(name) in fold(each.name)]
        if len(named) != 1:
            words = (
                _("Nobody of this name works here.")
                if not named
                else _("Several do: type more of the name.")
            )
            self.person.refuse(words)
            return
        one = named[0]
        column = LimitColumn(clerk_card_id=one.card_id, title=one.name, clerks_role=one.role)
        self._more.append(column)
        self.model.show_table(await self._limits.table(), self._more)
        self._open(None)
        at = next(
            n
            for n, each in enumerate(self.model.columns)
            if each.clerk_card_id == column.clerk_card_id
        )
        self.table.setCurrentIndex(self.model.index(1, at + 1))

    def _ask_copy(self) -> None:
        column = self._column()
        if column.clerk_card_id is None and column.role:
            others = [(role.value, role_words(role)) for role in Role if role != column.role]
            self.copy.ask(self.model.column_title(column), others)
            self._open(self.copy)
        else:
            self.errands.hindered.emit(_("Go to the column of a role first."))

    async def _copied(self, role: str) -> None:
        changes = await self._limits.copy(role, self._column().role)
        self.model.take(changes)
        self._open(None)

    # words

    def _read(self, text: str, unit: str) -> Most:
        if not text.strip():
            return Most(own=False)
        return Most(*read_limit(text, unit, self._currency(), self._locale))

    def _write(self, value: Most, unit: str) -> str:
        if value.unlimited:
            return _("any")
        if not value.most:
            return "—"
        if unit != "money":
            return str(value.most)
        return self._money.short(value.most)

    def _cell(self, cell: LimitCell, unit: str) -> str:
        return self._write(most_of(cell), unit)

    def _read_holds(self, text: str) -> Holds:
        return Holds(*read_holds(text, self._clock(), self._locale))

    def _write_holds(self, holds: Holds) -> str:
        since = self._day(holds.since) if holds.since is not None else ""
        until = self._day(holds.until) if holds.until is not None else ""
        if since and until:
            return _("{since} – {until}").format(since=since, until=until)
        if since:
            return _("from {since}").format(since=since)
        return _("until {until}").format(until=until) if until else ""

    def _day(self, on: date) -> str:
        noon = datetime(on.year, on.month, on.day, 12).astimezone()
        return on_words(noon, self._clock(), self._locale)
