"""Calls in the window beside the strip: their page, who rings where, and calling somebody."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from care_console.base.names import clean
from care_console.base.phone import show
from care_console.base.words import N_, _
from care_console.calls.records import IgnoredRecord
from care_console.kit import Button, CommandRow, Errands, HeadRow, Pane, Row, current_look, key_text
from care_console.lines.ours import line_words
from care_console.staff.rules import Permission
from care_console.window.around import who
from care_console.window.dialling import Wanted
from care_console.window.finder import Finder
from care_console.window.later import Later
from care_console.window.palette import GLYPH

if TYPE_CHECKING:
    from care_console.calls.pane.calls import CallsPage
    from care_console.calls.rules import CallRow
    from care_console.window.furniture import Furniture

KEY = "Ctrl+Shift+C"
HEAD, ROW = 70, 42  # px of the sheet: over its rows, and of each


class CallSheet(Finder):
    """The numbers that can be called: shown before, and called with Enter.

    An emergency's number takes Ctrl+Enter: nobody calls it by a slip.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, _("Call"), _("Which number?"))
        self._numbers: list[Wanted] = []
        self._hard = False

    def ask(self, numbers: list[Wanted], *, hard: bool = False) -> None:
        """Offer these numbers; ``hard`` asks for more than Enter."""
        self._numbers, self._hard = numbers, hard
        word = _("Ctrl ↵") if hard else _("Enter")
        self.hints = [("↑↓", _("choose")), (word, _("call")), (_("Esc"), _("close"))]
        self.open()

    def place(self, room: QRect) -> QRect:
        whole, px = super().place(room), current_look().px
        rows = len(self._numbers) + self._hard
        return whole.adjusted(0, 0, 0, min(0, px(HEAD + ROW * max(2, rows)) - whole.height()))

    def look_for(self, text: str) -> None:
        rows: list[Row] = []
        if self._hard:
            rows.append(
                HeadRow(_("This is an emergency’s number. Ctrl+Enter calls it."), tone="bad")
            )
        key = _("Ctrl ↵") if self._hard else _("Enter")
        for at, each in enumerate(self._numbers):
            number = show(each.e164)
            if text.casefold() in f"{number} {each.e164} {each.name}".casefold():
                rows.append(CommandRow(at, "phone-out", number, clean(each.name), key=key))
        self.offer(rows, _("There is no number here that can be called."))

    def chosen(self, row: object, held: bool) -> Wanted | None:
        """Return what was chosen, if it was with the key that it takes."""
        if not isinstance(row, CommandRow) or not isinstance(row.id, int):
            return None
        return self._numbers[row.id] if held or not self._hard else None


class Calling(QObject):
    """Makes the page when it is first seen, and keeps what concerns every call up to date."""

    def __init__(self, here: Furniture) -> None:
        super().__init__(here)
        self._here, self._dialling = here, here.flow.dialling
        self.errands = Errands(self)
        self.errands.hindered.connect(here.window.hindered)
        self.page = Later(self._make)
        self.sheet = CallSheet(here.window)
        here.window.add_sheet(self.sheet)
        self.sheet.took.connect(self._took)
        self.button = Button(_("Call"), "plain", "phone-out")
        self.button.setAccessibleDescription(key_text(QKeySequence(KEY)))
        self.button.clicked.connect(self.call_card)
        self.button.hide()
        here.card.head.add_button(self.button)
        here.card.shown.connect(lambda _card_id: self._show_button())
        self._dialling.asked.connect(lambda wanted: self.sheet.ask([wanted], hard=True))
        self._dialling.changed.connect(self._show_lines)
        here.window.page_shown.connect(here.flow.page_shown)
        for turned in (here.flow.turned, here.flow.lines_turned, here.flow.conversations.changed):
            turned.connect(self._show_lines)
        here.today.counted.connect(partial(here.window.set_count, "calls"))

    @property
    def panes(self) -> tuple[Pane, ...]:
        """The page, once it was made."""
        return () if self.page.page is None else (self.page.page,)

    def begin(self) -> None:
        """Read what no ring may wait for."""
        self._dialling.begin()
        self.hear(frozenset())

    def hear(self, touched: frozenset[type]) -> None:
        """Read anew what is shown, and to which numbers nobody listens, where that changed."""
        if not touched or IgnoredRecord in touched:
            self.errands.look("ignored", self._here.services.ignored.load())
        for page in self.panes:
            if not touched or page.watches & touched:
                page.refresh()

    def bind(self) -> None:
        """Register what can be done."""
        add = self._here.window.registry.add
        call = add(
            "call",
            N_("Call this person"),
            (KEY,),
            self.call_card,
            page="desk",
            hint=N_("call"),
            enabled=lambda: self._here.shows_card and self._dialling.can,
        )
        again = add(
            "call again",
            N_("Call the number of this call"),
            (KEY,),
            lambda: self._there().call(),
            page="calls",
            hint=N_("call"),
            enabled=lambda: self._dialling.can,
        )
        missed = add("missed", N_("Missed calls"), (), self.show_missed)
        for action, glyph in ((call, "phone-out"), (again, "phone-out"), (missed, "phone-missed")):
            action.setProperty(GLYPH, glyph)

    def call_card(self) -> None:
        """Offer the numbers of the card that is shown."""
        if self._here.card.card_id is not None:
            self.errands.look("numbers", self._offer(self._here.card.card_id))

    def show_missed(self) -> None:
        """Go to the calls that were missed."""
        self._here.window.show_page("calls")
        self._there().show_missed()

    async def _offer(self, card_id: int) -> None:
        card = await self._here.services.cards.card(card_id)
        numbers = [each.e164 for each in card.phones if each.e164]
        self.sheet.ask([Wanted(each, card_id, card.name) for each in dict.fromkeys(numbers)])

    def _took(self, row: object, held: bool) -> None:
        wanted = self.sheet.chosen(row, held)
        if wanted is not None:
            self.sheet.shut()
            self._dialling.call(wanted, sure=held)

    def _call(self, call: CallRow) -> None:
        self._dialling.call(Wanted(call.number, call.card_id, call.card_name))

    def _there(self) -> CallsPage:
        return cast("CallsPage", self.page.there())

    def _show_button(self) -> None:
        """Offer to call, on the card, where somebody can and there is a number."""
        of = self._here.card.head.of
        there = self._dialling.can and of is not None and of.number.startswith("+")
        if there == self.button.isHidden():
            self.button.setVisible(there)

    def _show_lines(self) -> None:
        self._show_button()
        if self.page.page is None:
            return
        from care_console.calls.pane.lines import LineNow

        page, flow = self._there(), self._here.flow
        rings = [each for each in self._here.around.deck.rings if not each.over]
        page.set_can_call(self._dialling.can)
        page.show_lines(
            [
                LineNow(
                    line_words(line.name),
                    line.state,
                    tuple(who(each.caller) for each in rings if each.event.line == line.name),
                )
                for line in flow.lines
            ]
        )

    def _make(self) -> Pane:
        from care_console.calls.pane.calls import CallsPage
        from care_console.cards.pane.picker import CardPicker

        here, s = self._here, self._here.services
        picker = CardPicker(s.search)
        picker.errands.hindered.connect(here.window.hindered)
        page = CallsPage(
            s.calls,
            s.ignored,
            lambda clerk: s.staff.may(clerk, Permission.IGNORE_NUMBERS),
            picker,
            here.around.command,
            s.clock,
            s.desk.language,
        )
        page.errands.hindered.connect(here.window.hindered)
        page.acted.connect(here.window.did)
        page.told.connect(here.window.told)
        page.card_chosen.connect(here.open_card)
        page.call_wanted.connect(self._call)
        here.window.set_hints(page.hints(), page)
        self.page.made.connect(lambda _page: self._show_lines())
        return page
