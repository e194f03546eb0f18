"""The panes in the window, and what they tell each other."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from care_console.base.command import Clerk, Command
from care_console.base.words import N_, _
from care_console.calls import rules as calls
from care_console.calls.pane import (
    CallStrip,
    ContactPane,
    FirstWordsPane,
    TodayPane,
    UnknownPane,
    WhoPane,
)
from care_console.cards.pane import CardPane, NewCardForm, PeoplePane
from care_console.cards.rules import words as cards
from care_console.journal.rules import Words
from care_console.kit import Pane
from care_console.kit.theme import Mode
from care_console.services import Services
from care_console.settings.home import Home
from care_console.settings.options import Desk
from care_console.settings.pane import SettingsPane
from care_console.window.around import Around
from care_console.window.centre import Centre
from care_console.window.columns import DeskLayout
from care_console.window.deeds import bind_deeds
from care_console.window.flow import SILENT_MS, Flow
from care_console.window.frame import MainWindow
from care_console.window.hints import hints
from care_console.window.leaving import Leaving
from care_console.window.people import search_with
from care_console.window.quiet import Quiet
from care_console.window.reaction import Situation
from care_console.window.show import Show
from care_console.window.warm import warm

WORDS: Words = {**cards.WORDS, **calls.WORDS}


class Furniture(QObject):
    """Lays out the panes and wires them. No pane knows another."""

    def __init__(
        self,
        window: MainWindow,
        services: Services,
        home: Home,
        clerk: Clerk,
        demonstration: Show | None = None,
    ) -> None:
        super().__init__(window)
        self.window, self.services, self.show = window, services, demonstration
        self._home, self._clerk, self._desk = home, clerk, services.desk
        self._make_panes()
        self.around = self._around()
        self.flow = Flow(self.around, self)
        self._add_pages()
        self._tell_place()
        self._wire()
        self._wire_others()
        bind_deeds(self)
        end = services.store.listen(self._refresh)
        window.destroyed.connect(lambda: end())

    async def begin(self) -> None:
        """Put back what was open when the console was last closed."""
        self.today.refresh()
        self.today.setFocus()
        self._show_hints()
        await warm(self.around)
        long_ago = self.services.clock() - timedelta(milliseconds=SILENT_MS)
        await self.services.log.give_up(self._clerk, long_ago)
        await self.flow.conversations.restore()

    async def keep(self) -> bool:
        """Keep all that is typed; return whether that went well."""
        trouble: list[str] = []
        self.contact.not_kept.connect(trouble.append)
        self.card.errands.hindered.connect(trouble.append)
        self.settings.settle()
        await self.card.finish()
        await asyncio.sleep(0)  # what it asked for is begun
        await self.contact.flush()
        await self.services.store.write(lambda db: None)  # it waits its turn behind the others
        return not trouble

    def ask_for_attention(self) -> None:
        """Somebody started the console a second time: say where the first one is."""
        self.window.ringing("")
        self.window.told(_("CARE Console is already open here."))

    def _make_panes(self) -> None:
        s, locale = self.services, self.services.desk.language
        command = self._command
        self.strip = CallStrip(s.clock, locale)
        self.today = TodayPane(s.contacts, s.log, s.clock, command, locale)
        self.contact = ContactPane(s.contacts, s.matters, command, locale)
        self.first_words = FirstWordsPane()
        self.first_words.hide()
        self.card = CardPane(
            s.cards, s.edits, s.numbers, s.search, WORDS, command, s.clock, locale=locale
        )
        self.new_card = NewCardForm(s.cards.today)
        self.unknown = UnknownPane(s.search, self.new_card)
        self.who = WhoPane(s.clock, locale)
        self.quiet = Quiet(demo=self.show is not None)
        self.centre = Centre(self.card, self.who, self.unknown, self.quiet)
        self.people = PeoplePane(
            s.cards, s.numbers, s.search, WORDS, command, s.clock, locale=locale
        )
        self.settings = SettingsPane(self._home, s.settings, self.window.theme, command, s.clock)

    def _around(self) -> Around:
        return Around(
            services=self.services,
            clerk=self._clerk,
            strip=self.strip,
            today=self.today,
            centre=self.centre,
            contact=self.contact,
            busy=self._situation,
            come_to_desk=self._come_to_desk,
            go_to_contact=self.go_to_contact,
            title=self.window.ringing,
            told=self.window.told,
            did=self.window.did,
        )

    def _add_pages(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.contact, 1)
        column.addWidget(self.first_words)
        self.desk = DeskLayout(self.window.theme, self.today, self.centre, right)
        self.desk.compacted.connect(self.contact.set_compact)
        add = self.window.add_page
        add("desk", N_("Desk"), "desk", "Alt+1", self.desk, walks=False)
        add("people", N_("People"), "people", "Alt+2", self.people)
        add("settings", N_("Settings"), "gear", "Ctrl+,", self.settings, at_foot=True)
        self.window.set_strip(self.strip)
        self.window.set_palette_sources(
            search_with(self.services.search), lambda: self.around.deck.front is not None
        )

    def _tell_place(self) -> None:
        desk, company = self._desk, self.services.settings.company
        name = company.name or _("Your company")
        if self.show is not None:
            name = _("{company} · demonstration").format(company=name)
        self.window.set_house(name, desk.desk)
        self.window.set_clerk(self._clerk.name, _("taking calls"))
        self.window.set_clock(self.services.clock, desk.language)

    def _wire(self) -> None:
        window = self.window
        for pane in (
            self.strip,
            self.today,
            self.contact,
            self.card,
            self.unknown,
            self.people,
            self.settings,
        ):
            pane.errands.hindered.connect(window.hindered)
        self.flow.hindered.connect(window.hindered)
        self.card.acted.connect(window.did)
        self.card.acted.connect(lambda _act: window.saved(self.services.clock()))
        self.card.shown.connect(self.today.set_current)
        self.contact.acted.connect(window.did)
        self.contact.kept.connect(window.saved)
        self.contact.not_kept.connect(window.not_saved)
        self.centre.left.connect(self.today.setFocus)
        self.centre.turned.connect(
            lambda: self.first_words.setVisible(self.centre.caller is not None)
        )
        self._wire_ways()

    def _wire_ways(self) -> None:
        """Wherever a card is chosen, it is shown at the Desk."""
        window = self.window
        self.card.opened.connect(self.open_card)
        self.card.shown.connect(window.trail.visit)
        window.trail.wanted.connect(self.open_card)
        self.people.chosen.connect(self.open_card)
        window.finder.opened_card.connect(self.open_card)
        window.finder.attached_card.connect(self.flow.conversations.is_card)
        self._leaving = Leaving(window, self.keep, window.hindered)
        window.page_shown.connect(self._page_shown)
        window.text_size_changed.connect(lambda size: self._home.change(text_size=size))

    def _wire_others(self) -> None:
        window = self.window
        self.settings.desk_changed.connect(self._obey_desk)
        self.settings.company_changed.connect(lambda _company: self._tell_place())
        self.settings.kept.connect(window.saved)
        self.settings.acted.connect(window.did)
        self.quiet.find_wanted.connect(lambda: window.open_palette())
        self.quiet.counter_wanted.connect(self.flow.conversations.start_at_counter)
        self.quiet.ring_wanted.connect(self.ring)
        for turned in (self.flow.turned, self.centre.turned, self.contact.kept):
            turned.connect(self._show_hints)
        self.flow.conversations.refused.connect(self.new_card.refuse)

    @property
    def shows_card(self) -> bool:
        """Whether somebody's card is in the centre of the Desk."""
        return self.card.card_id is not None and self.centre.currentWidget() is self.card

    def go_to_contact(self) -> None:
        """Give the keyboard to the contact in front."""
        self._come_to_desk()
        self.desk.go_right()
        self.contact.focus_reason()

    def open_card(self, card_id: int) -> None:
        """Show a card on the Desk, and give it the keyboard."""
        self._come_to_desk()
        self.centre.show_card(card_id)
        self.card.setFocus(Qt.FocusReason.OtherFocusReason)

    def start_card(self) -> None:
        """Start a card: of whoever calls, else of somebody new."""
        if self.centre.currentWidget() is self.unknown and self.window.current_page == "desk":
            self.unknown.start_card()
        else:
            self.window.show_page("people")
            self.people.start_new()

    def set_colours(self, mode: Mode) -> None:
        """Become light or dark, or follow the system, and keep it."""
        self.window.theme.set_mode(mode)
        self._home.change(theme=mode)

    def ring(self) -> None:
        """Let the demonstration's telephone ring."""
        if self.show is not None:
            self.show.ring()

    def hang_up(self) -> None:
        """Let the demonstration's caller hang up."""
        if self.show is not None:
            self.show.hang_up()

    def _page_shown(self, page: str) -> None:
        if page == "people":
            self.people.go_to_search()

    def _come_to_desk(self) -> None:
        self.window.show_page("desk")
        self.desk.close_left()
        self.desk.go_centre()

    def _show_hints(self, *_news: object) -> None:
        self.window.set_hints(hints(self.around), "desk")

    def _obey_desk(self, desk: Desk) -> None:
        self._desk = desk
        self._tell_place()

    def _command(self) -> Command:
        return self.around.command()

    def _situation(self) -> Situation:
        window = self.window
        return Situation(
            typing=window.typing or self.card.typing or self._asks,
            sheet=window.sheet_open or self.card.spelling,
            elsewhere=window.current_page != "desk",
        )

    @property
    def _asks(self) -> bool:
        """Whether somebody new is being searched for or written down."""
        return self.centre.currentWidget() is self.unknown and self.unknown.begun

    def _refresh(self, touched: frozenset[type]) -> None:
        """Show anew what watches these records; none named means that anything may differ."""
        panes: tuple[Pane, ...] = (self.today, self.card, self.people, self.settings)
        for pane in panes:
            if not touched or pane.watches & touched:
                pane.refresh()
