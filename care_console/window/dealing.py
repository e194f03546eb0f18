"""Dealings in the window: on the card, from the palette, of nobody, and from the watched folder."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from care_console.base.words import N_, _
from care_console.cards.pane import DealingsLeaf, UnmatchedPane
from care_console.kit import Errands, Notice, Pane, announce
from care_console.settings.options import Desk
from care_console.window.later import Later
from care_console.window.palette import GLYPH

if TYPE_CHECKING:
    from care_console.window.furniture import Furniture

LOOK_S = 5.0  # between two looks into the folder


class DealingsHere(QObject):
    """Puts them where they belong, and takes in what another program puts into the folder."""

    def __init__(self, here: Furniture) -> None:
        super().__init__(here)
        self._here = here
        services, window = here.services, here.window
        self.folder = services.desk.dealings_folder
        self.watched = services.watched(lambda: self.folder)
        self.errands = Errands(self)
        self.errands.hindered.connect(window.hindered)
        self.leaf = DealingsLeaf(
            services.dealings,
            services.clock,
            lambda: services.settings.company.link_hosts,
            services.desk.language,
        )
        self.unmatched = Later(self._make_unmatched)
        self.banner = FolderBanner()
        self._wire()

    @property
    def panes(self) -> tuple[Pane, ...]:
        """Those that were made, to be told what changes."""
        made = self.unmatched.page
        return (self.leaf,) if made is None else (self.leaf, made)

    def begin(self) -> None:
        """Look into the folder from now on, if there is one."""
        if self.folder:
            self.errands.do("watch", self._watch())

    def open_dealing(self, card_id: int, dealing_id: int) -> None:
        """Show a dealing on its card or, where nobody knows whose it is, among the others."""
        if card_id:
            self._here.open_card(card_id)
            self.leaf.show_dealing(dealing_id)
            return
        self.go_to_unmatched()
        page = self.unmatched.there()
        page.show_dealing(dealing_id)  # type: ignore[attr-defined]

    def go_to_unmatched(self) -> None:
        """Show those that nobody has."""
        self._here.window.show_page("settings")
        self._here.settings.show_page(self.unmatched)
        self.unmatched.there().setFocus()

    def _wire(self) -> None:
        here, window = self._here, self._here.window
        here.card.add_leaf("", self.leaf)
        here.card.shown.connect(self.leaf.show_card)
        here.settings.add_page(_("Dealings of nobody"), "box", self.unmatched)
        here.settings.desk_changed.connect(self._obey)
        self.leaf.errands.hindered.connect(window.hindered)
        self.leaf.card_chosen.connect(here.open_card)
        self.leaf.about_wanted.connect(self._be_about)
        window.finder.opened_dealing.connect(self.open_dealing)
        window.add_banner(self.banner)
        window.set_hints(self.leaf.hints(), self.leaf)
        go = window.registry.add(
            "dealings",
            N_("Dealings of the card: orders and invoices"),
            ("Ctrl+O",),
            self.leaf.go_in,
            page="desk",
            enabled=lambda: here.shows_card,
        )
        nobody = window.registry.add(
            "dealings of nobody",
            N_("Dealings of nobody: put them to a card"),
            (),
            self.go_to_unmatched,
        )
        for action in (go, nobody):
            action.setProperty(GLYPH, "box")

    def _make_unmatched(self) -> Pane:
        s = self._here.services
        page = UnmatchedPane(
            s.dealings, s.search, self._here.around.command, s.clock, s.desk.language
        )
        page.acted.connect(self._here.window.did)
        page.errands.hindered.connect(self._here.window.hindered)
        return page

    def _be_about(self, words: str) -> None:
        """Let the contact in front be about a dealing of the customer who is shown."""
        here = self._here
        front = here.around.deck.in_front
        if front is None or front.card_id != here.card.card_id:
            here.window.hindered(_("No contact with this customer is open."))
            return
        here.contact.form.be_about(words)
        here.window.told(_("This contact is about {dealing}.").format(dealing=words))

    def _obey(self, desk: Desk) -> None:
        self.folder = desk.dealings_folder
        self.begin()

    async def _watch(self) -> None:
        """Look into the folder again and again, as long as there is one."""
        while self.folder:
            looked = await self.watched.look()
            self.banner.show_trouble(looked.trouble)
            for put in looked.put:
                self._here.window.told(put.words)
            await asyncio.sleep(LOOK_S)
        self.banner.show_trouble("")


class FolderBanner(QWidget):
    """Says why the watched folder cannot be worked with."""

    def __init__(self) -> None:
        super().__init__()
        self.notice = Notice("warn")
        whole = QVBoxLayout(self)
        whole.addWidget(self.notice)
        self.hide()

    def show_trouble(self, sentence: str) -> None:
        """Tell ``sentence``, or with "" that all is well."""
        if sentence and self.notice.words.text() != sentence:
            announce(self, sentence)
        self.notice.tell(sentence)
        self.setVisible(bool(sentence))
