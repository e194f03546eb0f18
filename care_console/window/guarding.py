"""What the window does for privacy: openings told, old calls let go, files handed out, erasure."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog

from care_console.base.words import N_, _, ngettext
from care_console.kit import Errands
from care_console.window.masking import Masking
from care_console.window.palette import GLYPH
from care_console.window.veil import KEY

if TYPE_CHECKING:
    from care_console.privacy.service import Privacy
    from care_console.window.erase_sheet import EraseSheet
    from care_console.window.furniture import Furniture

FIRST_MS, AFTER_MS = 120_000, 3_600_000  # the first hour of a desk belongs to its callers
MOMENT_MS = 1_500  # a card that one only passes by was not read
ONCE = timedelta(minutes=10)  # whoever walks up and down a list reads each card once


class Guarding(QObject):
    """Looks after what is held on people, while the desk is open."""

    def __init__(self, here: Furniture) -> None:
        super().__init__(here)
        self._here = here
        self.errands = Errands(self)
        self.errands.hindered.connect(here.window.hindered)
        self.veil = here.titles.veil
        self.masking = Masking(self)
        self.masking.masked.connect(here.window.told)
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self.look_after)
        self._later.start(FIRST_MS)
        self._reading = QTimer(self, singleShot=True, interval=MOMENT_MS)
        self._reading.timeout.connect(self.note_opening)
        self._told: tuple[int | None, int | None] = (None, None)
        here.card.shown.connect(lambda _card_id: self._reading.start())
        self._walking = QTimer(self, singleShot=True, interval=MOMENT_MS)
        self._walking.timeout.connect(self.note_preview)
        self._noted: dict[tuple[int | None, int], datetime] = {}
        here.people.previewed.connect(lambda _card_id: self._walking.start())
        for timer in (self._reading, self._walking):
            here.window.closing.connect(timer.stop)

    def look_after(self) -> None:
        """Do what time asks for, and again in an hour."""
        self.errands.look("look after", self._look_after())

    def note_opening(self) -> None:
        """Keep that whoever sits here reads the card that is shown, once for each opening."""
        card_id, clerk = self._here.card.card_id, self._here.around.clerk
        if card_id is not None and self._here.shows_card and self._told != (card_id, clerk.card_id):
            self._told = (card_id, clerk.card_id)
            self._note(card_id)

    def note_preview(self) -> None:
        """Keep that they read the card that is shown beside the list of people."""
        card_id, now = self._here.people.card_id, self._here.services.clock()
        by = self._here.around.clerk.card_id
        if card_id is not None and now - self._noted.get((by, card_id), now - ONCE) >= ONCE:
            self._note(card_id)

    def _note(self, card_id: int) -> None:
        now = self._here.services.clock()
        self._noted = {key: at for key, at in self._noted.items() if now - at < ONCE}
        self._noted[self._here.around.clerk.card_id, card_id] = now
        self.errands.do(f"opened {card_id}", self._opened(card_id))

    def take_out(self) -> None:
        """Ask for a file, and write into it all that is held on whoever is shown."""
        card_id = self._here.card.card_id
        if card_id is None:
            return
        dialog = QFileDialog(
            self._here.window, _("All that is held on them"), _("person.zip"), "ZIP (*.zip)"
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("zip")
        dialog.fileSelected.connect(lambda name: self.take_out_to(card_id, Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take_out_to(self, card_id: int, file: Path) -> None:
        """Write all that is held on the person of a card into ``file``."""
        self.errands.do("take out", self._take_out(card_id, file))

    def erase(self) -> None:
        """Show what an erasure of whoever is shown would do, and ask."""
        card_id = self._here.card.card_id
        if card_id is not None:
            self.errands.look("erase", self._ask(card_id))

    @cached_property
    def privacy(self) -> Privacy:
        """The services; they are made when they are first wanted, which no ring waits for."""
        return self._here.services.privacy

    @cached_property
    def sheet(self) -> EraseSheet:
        """Where an erasure is asked for; made when it first is."""
        from care_console.privacy.pane import ErasePane
        from care_console.window.erase_sheet import EraseSheet

        here = self._here
        locale = here.services.desk.language
        sheet = EraseSheet(here.window, ErasePane(self.privacy, here.around.command, locale))
        sheet.pane.erased.connect(self._erased)
        here.window.add_sheet(sheet)
        return sheet

    async def _ask(self, card_id: int) -> None:
        of = await self.privacy.erasure.look(self._here.around.command(), card_id)
        self.sheet.pane.show_erasing(of)
        self.sheet.open()

    async def _look_after(self) -> None:
        try:
            await self.privacy.look_after()
        finally:
            self._later.start(AFTER_MS)

    async def _opened(self, card_id: int) -> None:
        await self.privacy.openings.opened(self._here.around.command(), card_id)

    async def _take_out(self, card_id: int, file: Path) -> None:
        from care_console.privacy.service.writing import write_out

        command = self._here.around.command()
        held, packed = await self.privacy.holding.file_of(command, card_id)
        await asyncio.to_thread(partial(write_out, file, packed, over=True))
        words = ngettext("{n} row about them written", "{n} rows about them written", held.count)
        self._here.window.told(words.format(n=held.count))

    def _erased(self, card_id: int) -> None:
        """Forget here, too, what the records forgot: nothing of it can be taken back."""
        here = self._here
        here.window.undo.forget()
        here.card.clear()
        here.centre.be_quiet()
        here.window.told(_("Erased. Nothing of them is left but sums and dates."))


def bind_privacy(here: Furniture) -> Guarding:
    """Register what concerns privacy, and begin to look after it."""
    guarding = Guarding(here)
    for id, words, run, glyph in (
        ("take out", N_("All that is held on them, as a file …"), guarding.take_out, "out"),
        ("erase", N_("Erase this person …"), guarding.erase, "shield"),
    ):
        action = here.window.registry.add(
            id, words, (), run, page="desk", enabled=lambda: here.shows_card
        )
        action.setProperty(GLYPH, glyph)
    hide = here.window.registry.add(
        "hide names", N_("Hide all names, or bring them back"), (KEY,), guarding.veil.turn
    )
    hide.setProperty(GLYPH, "eye")
    return guarding
