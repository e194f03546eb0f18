"""The panes in the window, and what they tell each other."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from care_console.base.command import Clerk, Command
from care_console.base.words import N_, _
from care_console.calls.pane import (
    CallStrip,
    ContactPane,
    FirstWordsPane,
    TodayPane,
    UnknownPane,
    WhoPane,
)
from care_console.cards.pane import CardPane, NewCardForm, PeoplePane
from care_console.kit import Pane
from care_console.services import Services
from care_console.settings.home import Home
from care_console.settings.options import Desk
from care_console.settings.pane import SettingsPane
from care_console.staff.records import ClerkRecord
from care_console.window.around import Around
from care_console.window.away import Away
from care_console.window.calling import Calling
from care_console.window.care import Care
from care_console.window.centre import Centre
from care_console.window.columns import DeskLayout
from care_console.window.dealing import DealingsHere
from care_console.window.deeds import bind_deeds
from care_console.window.flow import SILENT_MS, Flow
from care_console.window.frame import MainWindow
from care_console.window.hints import hints
from care_console.window.leaving import Leaving
from care_console.window.looks import Looks
from care_console.window.my_day import MyDay
from care_console.window.others import Others
from care_console.window.people import search_with
from care_console.window.phones import Phones
from care_console.window.quiet import Quiet
from care_console.window.reaction import Situation
from care_console.window.safe import Safe
from care_console.window.session import Session
from care_console.window.show import Show
from care_console.window.titles import Titles
from care_console.window.warm import warm
from care_console.window.watching import Watching
from care_console.window.words import WORDS


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
        self.home, self._desk = home, services.desk
        self.session = Session(window, services, clerk, services.desk.lock_minutes)
        self.titles = Titles(window, self.session)
        self._make_panes()
        self.around = self._around()
        self.titles.follow(self.around.deck)
        self.flow = Flow(self.around, self)
        self.phones = Phones(self)
        self._add_pages()
        self._tell_place()
        self._wire()
        self._wire_others()
        self._wire_session()
        self.away, self.safe = Away(window, self.around), Safe(self)
        self.dealings = DealingsHere(self)
        bind_deeds(self)
        end = services.store.listen(self._refresh)
        window.destroyed.connect(lambda: end())

    async def begin(self) -> None:
        """Put back what was open when the console was last closed."""
        self.today.refresh()
        self.day.refresh()
        self.day.column.setFocus()
        self._show_hints()
        await warm(self.around)
        long_ago = self.services.clock() - timedelta(milliseconds=SILENT_MS)
        await self.services.log.give_up(self.session.clerk, long_ago)
        await self.away.begin()
        await self.flow.conversations.restore()
        self.day.arm()
        self.watching.begin()
        self.care.called.refresh()
        self.dealings.begin()
        self.calling.begin()
        self.session.begin()
        self.safe.begin()

    async def keep(self) -> bool:
        """Keep all that is typed; return whether that went well."""
        trouble: list[str] = []
        self.contact.not_kept.connect(trouble.append)
        self.card.errands.hindered.connect(trouble.append)
        self.settings.settle()
        await self.card.finish()
        await asyncio.sleep(0)  # what it asked for is begun
        await self.contact.flush()
        if not self.services.store.away:
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
        self.new_card = NewCardForm(s.cards.today, doubles=s.doubles)
        self.unknown = UnknownPane(s.search, self.new_card)
        self.new_card.opened.connect(self.unknown.attach_wanted)
        self.who = WhoPane(s.clock, locale)
        self.quiet = Quiet(demo=self.show is not None)
        self.centre = Centre(self.card, self.who, self.unknown, self.quiet)
        found = s.cards, s.numbers, s.search, WORDS, command, s.clock
        self.people = PeoplePane(*found, locale=locale, doubles=s.doubles)
        self.day, self.care = MyDay(s, WORDS, self), Care(s, self)
        self.watching = Watching(s, self._command, self)
        self.settings = SettingsPane(self.home, s.settings, self.window.theme, command, s.clock)

    def _around(self) -> Around:
        return Around(
            services=self.services,
            clerk=self.session.clerk,
            strip=self.strip,
            today=self.today,
            centre=self.centre,
            contact=self.contact,
            busy=self._situation,
            come_to_desk=self._come_to_desk,
            go_to_contact=self.go_to_contact,
            title=self.titles.tell,
            told=self.window.told,
            did=self.window.did,
        )

    def _add_pages(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.contact, 1)
        column.addWidget(self.first_words)
        column.addWidget(self.care.remedy, 2)
        self.care.remedy.face.pressed.connect(self.contact.setHidden)
        self.care.stand_around(self.around)
        self.day.stand_around(self.around, self.today)
        self.desk = DeskLayout(self.window.theme, self.day.column, self._middle(), right)
        self.desk.compacted.connect(self.contact.set_compact)
        self.desk.compacted.connect(self.care.set_compact)
        self.others, self.calling = Others(self), Calling(self)
        add = self.window.add_page
        add("desk", N_("Desk"), "desk", "Alt+1", self.desk, walks=False)
        add("day", N_("My day"), "day", "Alt+2", self.others.day)
        add("people", N_("People"), "people", "Alt+3", self.others.people)
        add("calls", N_("Calls"), "phone", "Alt+4", self.calling.page)
        add("recoveries", N_("Recoveries"), "heart", "Alt+5", self.others.recoveries)
        add("settings", N_("Settings"), "gear", "Ctrl+,", self.settings, at_foot=True)
        self.window.set_strip(self.strip)
        s = self.services
        self.window.set_palette_sources(
            search_with(s.search, s.dealings, s.desk.language),
            lambda: self.around.deck.front is not None,
        )

    def _middle(self) -> QWidget:
        """Return the centre, with what is said in difficult moments above it."""
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.care.difficult)
        column.addWidget(self.centre, 1)
        self.care.difficult.opened.connect(lambda: self.card.put_leaves_aside(True))
        self.care.difficult.left.connect(lambda: self.card.put_leaves_aside(False))
        return middle

    def _tell_place(self) -> None:
        desk, company = self._desk, self.services.settings.company
        name = company.name or _("Your company")
        if self.show is not None:
            name = _("{company} · demonstration").format(company=name)
        self.window.set_house(name, desk.desk)
        self.care.place = desk.desk
        self.session.show_clerk()
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
            *self.day.panes,
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
        window.finder.set_places(self.settings.found)
        window.finder.opened_place.connect(self._open_settings)
        window.finder.attached_card.connect(self.flow.conversations.is_card)
        self._leaving = Leaving(window, self.keep, window.hindered)
        window.page_shown.connect(self._page_shown)
        self.looks = Looks(window, self.home)

    def _wire_session(self) -> None:
        session = self.session
        self.care.called.waits.connect(session.show_silent_call)
        self.window.add_banner(self.care.called)
        session.hindered.connect(self.window.hindered)
        session.locking.connect(self.contact.keep_now)
        session.locking.connect(self.card.keep_now)
        session.changed.connect(self._change_clerk)

    def _change_clerk(self, clerk: Clerk) -> None:
        """Put aside what the clerk before has open, and put back what this one had."""
        before, self.around.clerk = self.around.clerk, clerk
        if before.card_id != clerk.card_id:
            self.window.undo.forget()
            self.session.errands.do("change", self.flow.conversations.change_clerk())
            self.window.show_page("desk")
        self.others.allow(clerk)
        self.today.refresh()
        self.day.refresh()
        self.day.arm()
        self.watching.begin()
        self.safe.begin()
        for page in (*self.others.panes, *self.calling.panes):
            page.refresh()

    def _wire_others(self) -> None:
        window = self.window
        self.flow.conversations.changed.connect(self.care.show_contact)
        self.care.acted.connect(window.did)
        self.care.told.connect(window.told)
        self.care.card_chosen.connect(self.open_card)
        self.flow.conversations.cleared.connect(self.care.change_clerk)
        self.watching.told.connect(window.told)
        self.watching.hindered.connect(window.hindered)
        self.care.hindered.connect(window.hindered)
        for pane in (self.day.column, self.day.page):
            pane.acted.connect(window.did)
            pane.card_chosen.connect(self.open_card)
            pane.recovery_wanted.connect(self.care.put_right)
        self.day.about_chosen.connect(self.others.open_about)
        self.day.column.duty_chosen.connect(self.others.open_duty)
        self.day.column.counted.connect(lambda count, _late: window.set_count("day", count))
        window.set_hints(self.day.page.hints(), self.day.page)
        self.card.shown.connect(self.day.column.set_current)
        self.settings.desk_changed.connect(self._obey_desk)
        self.settings.company_changed.connect(lambda _company: self._tell_place())
        self.settings.kept.connect(window.saved)
        self.settings.acted.connect(window.did)
        self.quiet.find_wanted.connect(lambda: window.open_palette())
        self.quiet.counter_wanted.connect(self.flow.conversations.start_at_counter)
        self.quiet.ring_wanted.connect(self.ring)
        self.centre.caller_shown.connect(self.desk.show_centre)
        for turned in (self.flow.turned, self.centre.turned, self.contact.kept):
            turned.connect(self._show_hints)
        self.flow.conversations.refused.connect(self.new_card.refuse)

    def _open_settings(self, page: int) -> None:
        self.window.show_page("settings")
        self.settings.turn_to(page)

    @property
    def shows_card(self) -> bool:
        """Whether somebody's card is in the centre of the Desk."""
        return self.card.card_id is not None and self.centre.currentWidget() is self.card

    def go_to_contact(self) -> None:
        """Give the keyboard to the contact in front."""
        self._come_to_desk()
        self.desk.go_right()
        self.contact.show()
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
            self.others.show_people()
            self.people.start_new()

    def ring(self) -> None:
        """Let the demonstration's telephone ring."""
        if self.show is not None:
            self.show.ring()

    def hang_up(self) -> None:
        """Let the demonstration's caller hang up."""
        if self.show is not None:
            self.show.hang_up()

    def _page_shown(self, page: str) -> None:
        if page == "people" and self.people.isVisible():
            self.people.go_to_search()

    def _come_to_desk(self) -> None:
        self.window.show_page("desk")
        self.desk.close_left()
        self.desk.go_centre()

    def _show_hints(self, *_news: object) -> None:
        self.window.set_hints(hints(self.around), "desk")

    def _obey_desk(self, desk: Desk) -> None:
        self._desk = desk
        self.session.idle.set_minutes(desk.lock_minutes)
        self._tell_place()

    def _command(self) -> Command:
        return self.around.command()

    def _situation(self) -> Situation:
        window = self.window
        return Situation(
            typing=window.typing or self.card.typing or self._asks or self.care.typing,
            sheet=window.sheet_open or self.card.spelling,
            elsewhere=window.current_page != "desk",
        )

    @property
    def _asks(self) -> bool:
        """Whether somebody new is being searched for or written down."""
        return self.centre.currentWidget() is self.unknown and self.unknown.begun

    def _refresh(self, touched: frozenset[type]) -> None:
        """Show anew what watches these records; none named means that anything may differ."""
        panes: tuple[Pane, ...] = (
            *(self.today, self.card, self.people, self.settings),
            *self.day.panes,
            *self.care.panes,
            *self.others.panes,
            *self.dealings.panes,
        )
        for pane in panes:
            if not touched or pane.watches & touched:
                pane.refresh()
        if not touched or self.day.column.watches & touched:
            self.day.arm()
        self.watching.hear(touched)
        self.calling.hear(touched)
        if not touched or ClerkRecord in touched:
            self.session.look_anew()
