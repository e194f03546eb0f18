"""The pane of settings: what each page shows, and how it is kept and obeyed."""

import asyncio
import dataclasses
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.errors import CareError
from care_console.base.words import N_, _
from care_console.kit import (
    CommandDelegate,
    CommandRow,
    Label,
    ListView,
    Pane,
    Panel,
    Scroll,
    Theme,
    current_look,
)
from care_console.kit.acts import Act
from care_console.kit.theme import Mode
from care_console.settings.desk_options import DeskOptions
from care_console.settings.home import Home, try_folder
from care_console.settings.options import THEMES, Company, Desk
from care_console.settings.pane.option_field import ChoiceField, OptionField
from care_console.settings.pane.readings import LANGUAGE, LINES, NUMBER, TEXT, WORDS, Reading
from care_console.settings.pane.regions import (
    country_code,
    country_words,
    currency_code,
    currency_words,
)
from care_console.settings.pane.subjects import SUBJECTS, Subject
from care_console.settings.records import OptionRecord
from care_console.settings.service import Settings

AnyField = OptionField | ChoiceField
Kept = Callable[[], Desk | Company]
Change = Callable[[str, Any], Coroutine[None, None, None]]
LIST_WIDTH, FIELDS_WIDTH = 248, 620
THEME_WORDS = dict(zip(THEMES, (N_("As this computer"), N_("Light"), N_("Dark")), strict=True))


class ChangedSince(CareError):
    """An option is no longer as it was left."""


class SettingsPane(Pane):
    """Every option that can be changed, saved as it is typed and obeyed at once.

    What cannot be taken stays in its field with a sentence under it; nothing else waits for it.
    """

    desk_changed = Signal(object)  # Desk
    company_changed = Signal(object)  # Company
    kept = Signal(object)  # datetime, aware
    acted = Signal(object)  # Act, which can be taken back

    watches: ClassVar[frozenset[type]] = frozenset({OptionRecord})

    def __init__(
        self,
        home: Home,
        settings: Settings,
        theme: Theme,
        command: Callable[[], Command],
        clock: Clock,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._options, self._settings, self._theme = DeskOptions(home), settings, theme
        self._command, self._clock = command, clock
        self._desk = home.desk()
        self._waiting: dict[str, AnyField] = {}  # company options to be kept, in their order
        self._out: set[str] = set()  # options that are just being kept
        self._others: dict[int, CommandRow] = {}  # pages of other rooms
        self._words: dict[int, str] = {}  # by which these are found
        self._hidden: set[int] = set()  # of these
        self.fields: dict[str, AnyField] = {}
        self.list = ListView(CommandDelegate(), name=_("Pages of settings"), uniform=True)
        self._subjects = QStackedWidget()
        self._lay_out()
        self.list.moved.connect(self._turn)
        self.list.chosen.connect(lambda _row: self._go_in())
        theme.changed.connect(self._follow_theme)
        self.list.go_to_first()
        self._show_all()

    def refresh(self) -> None:
        """Show the company's options as they are kept now."""
        self.errands.look("load", self._load())

    def add_page(self, title: str, icon: str, page: QWidget, words: str = "") -> None:
        """Put a page of another room, with panels of its own, behind those of the options.

        ``words`` are more by which it is found.
        """
        at = self._subjects.addWidget(page)
        self._others[at], self._words[at] = CommandRow(at, icon, title), words
        self._list_pages()

    def hide_pages(self, pages: Sequence[QWidget]) -> None:
        """Offer the pages that were added without these, which are not for this clerk."""
        self._hidden = {self._subjects.indexOf(page) for page in pages}
        here = self._subjects.currentIndex()
        self._list_pages()
        if here in self._hidden:
            self.list.go_to_first()

    def offers(self, page: QWidget) -> bool:
        """Return whether a page that was added is for this clerk."""
        return self._subjects.indexOf(page) not in self._hidden

    def show_page(self, page: QWidget) -> None:
        """Turn to a page that was added."""
        at = self._subjects.indexOf(page)
        self.list.go_to(at)
        self._subjects.setCurrentIndex(at)

    def found(self, text: str) -> list[CommandRow]:
        """Return the pages for this clerk that have all words of ``text`` in a title.

        Where it is that of an option, it stands beside; ``turn_to`` takes a row's id.
        """
        words = text.casefold().split()
        rows: list[CommandRow] = []
        for at, row in self._offered().items():
            options = SUBJECTS[at].names if at < len(SUBJECTS) else ()
            own = (self.fields[name].title for name in options)
            titles = ["", *own, self._words.get(at, "")]
            said = (title for title in titles if _has(f"{row.title} {title}", words))
            if (first := next(said, None)) is not None:
                rows.append(dataclasses.replace(row, sub=first))
        return rows

    def turn_to(self, at: int) -> None:
        """Turn to the page with this number, and into it."""
        self.list.go_to(at)
        self._subjects.setCurrentIndex(at)
        self._go_in()

    def _list_pages(self) -> None:
        self.list.rows.set_rows(list(self._offered().values()))

    def _offered(self) -> dict[int, CommandRow]:
        own = {at: CommandRow(at, each.icon, _(each.title)) for at, each in enumerate(SUBJECTS)}
        return own | {at: row for at, row in self._others.items() if at not in self._hidden}

    def settle(self) -> None:
        """Save now whatever was typed and waits."""
        for field in self.fields.values():
            field.settle()

    async def _load(self) -> None:
        before = self._settings.company
        company = await self._settings.load()
        self._show_all()
        if company != before:
            self.company_changed.emit(company)

    # keeping

    def _settled(self, field: AnyField, of: type) -> None:
        try:
            value = field.value()
        except CareError as trouble:
            field.fault(trouble)
            return
        field.fault(None)
        name, kept = field.name, self._desk if of is Desk else self._settings.company
        if value == getattr(kept, name) and name not in self._out and name not in self._waiting:
            self._show(name, value)
        elif of is Company:
            self._waiting[field.name] = field
            self.errands.do("keep", self._keep_company())
        else:
            keep = self._keep(field, lambda: self._desk, self._change_desk)
            self.errands.do(f"keep {field.name}", keep)

    async def _keep_company(self) -> None:
        """Keep one option after the other; what settles meanwhile is kept, too."""
        hindrance: CareError | None = None
        while self._waiting:
            field = self._waiting.pop(next(iter(self._waiting)))
            try:
                await self._keep(field, lambda: self._settings.company, self._change_company)
            except CareError as trouble:
                hindrance = trouble
        if hindrance is not None:
            raise hindrance

    async def _keep(self, field: AnyField, kept: Kept, change: Change) -> None:
        """Keep what stands in a field, and tell it with the way back."""
        try:
            value, before = field.value(), getattr(kept(), field.name)
            self._out.add(field.name)
            if value != before:
                await change(field.name, value)
        except CareError as trouble:
            field.fault(trouble)
            raise
        finally:
            self._out.discard(field.name)
        if value == before:
            return

        async def undo() -> None:
            if getattr(kept(), field.name) != value:
                raise ChangedSince(
                    N_("{title} was changed again since. It stays as it is."), title=field.title
                )
            await change(field.name, before)
            field.show_value(before)

        words = _("{title} changed").format(title=field.title)
        self.acted.emit(Act(words, undo))

    async def _change_company(self, name: str, value: Any) -> None:
        company = await self._settings.change(self._command(), **{name: value})
        self._show(name, value)
        self.company_changed.emit(company)
        self.kept.emit(self._now())

    async def _change_desk(self, name: str, value: Any) -> None:
        await self._settings.demand_here(self._command(), name)
        if name == "backup_folder" and value:
            await asyncio.to_thread(try_folder, Path(value))
        self._desk = await self._options.change(**{name: value})
        self._obey()
        self._show(name, value)
        self.desk_changed.emit(self._desk)
        self.kept.emit(self._now())

    def _obey(self) -> None:
        """Look as the desk's options say."""
        desk = self._desk  # the theme tells of its first change while the second is to come
        self._theme.set_mode(cast(Mode, desk.theme))
        self._theme.set_text_size(desk.text_size)
        self._desk = desk

    def _follow_theme(self) -> None:
        """Show what was changed elsewhere, by a key; whoever bound the key keeps it."""
        size, mode = self._theme.text_size, self._theme.mode
        if (size, mode) != (self._desk.text_size, self._desk.theme):
            self._desk = dataclasses.replace(self._desk, text_size=size, theme=mode)
            self._show("text_size", size)
            self._show("theme", mode)

    # showing

    def _now(self) -> datetime:
        return self._clock()

    def _show_all(self) -> None:
        for subject in SUBJECTS:
            values = self._desk if subject.of is Desk else self._settings.company
            for name in subject.names:
                self._show(name, getattr(values, name))

    def _show(self, name: str, value: Any) -> None:
        """Show what is kept, but not where one is just typing, or where a fault is to be mended."""
        field = self.fields[name]
        typing = isinstance(field, OptionField) and (
            field.edit.hasFocus() or field.waiting or field.field.faulty
        )
        if not typing:
            field.show_value(value)

    def _lay_out(self) -> None:
        side = Panel(_("Settings"), "gear", flush=True)
        side.body.addWidget(self.list)
        self._list_pages()
        for subject in SUBJECTS:
            page = Panel()
            page.body.addWidget(self._page(subject))
            self._subjects.addWidget(page)
        self._side = side
        self._across = QHBoxLayout(self)
        self._across.addWidget(side)
        self._across.addWidget(self._subjects, 1)
        self._measure()
        self._theme.changed.connect(self._measure)

    def _measure(self) -> None:
        px = current_look().px
        self._across.setContentsMargins(px(12), px(12), px(12), px(12))
        self._across.setSpacing(px(12))
        self._side.setFixedWidth(px(LIST_WIDTH))
        for body in self._subjects.findChildren(QWidget, "fields"):
            body.setMaximumWidth(px(FIELDS_WIDTH))

    def _page(self, subject: Subject) -> QWidget:
        body = QWidget()
        body.setObjectName("fields")
        body.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        down = QVBoxLayout(body)
        down.setSpacing(18)
        down.addWidget(Label(_(subject.title), size=20, weight=600))
        down.addWidget(Label(_(subject.words), colour="text2", wrap=True))
        declared = {each.name: each for each in fields(subject.of)}
        for name in subject.names:
            field = self._field(declared[name])
            field.settled.connect(lambda field=field: self._settled(field, subject.of))
            self.fields[name] = field
            down.addWidget(field)
        down.addStretch(1)
        around = QWidget()
        row = QHBoxLayout(around)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(body, 1, Qt.AlignmentFlag.AlignTop)
        row.addStretch(0)
        return Scroll(around)

    def _field(self, declared: "dataclasses.Field[Any]") -> AnyField:
        if declared.name == "theme":
            return ChoiceField(declared, THEME_WORDS)
        return OptionField(declared, self._reading(declared))

    def _reading(self, declared: "dataclasses.Field[Any]") -> Reading:
        """Return how an option is written: some by what they are, the others by their kind."""
        own = {
            "language": LANGUAGE,
            "trunk_prefixes": WORDS,
            "country": Reading(self._country_words, self._country),
            "currency": Reading(self._currency_words, self._currency),
        }
        by_kind: dict[type, Reading] = {int: NUMBER, tuple: LINES, str: TEXT}
        return own.get(declared.name) or by_kind[type(declared.default)]

    def _country(self, typed: str) -> str:
        return country_code(typed, self._desk.language)

    def _country_words(self, code: str) -> str:
        return country_words(code, self._desk.language)

    def _currency(self, typed: str) -> str:
        return currency_code(typed, self._settings.company.country, self._desk.language)

    def _currency_words(self, code: str) -> str:
        return currency_words(code, self._desk.language)

    def _turn(self, row: object) -> None:
        if isinstance(row, CommandRow) and isinstance(row.id, int):
            self.settle()
            self._subjects.setCurrentIndex(row.id)

    def _go_in(self) -> None:
        """Go from the list to the first field of its page."""
        at = self._subjects.currentIndex()
        own = at < len(SUBJECTS)
        goal = self.fields[SUBJECTS[at].names[0]] if own else self._subjects.currentWidget()
        if goal is not None:
            goal.setFocus(Qt.FocusReason.OtherFocusReason)


def _has(said: str, words: Sequence[str]) -> bool:
    return all(word in said.casefold() for word in words)
