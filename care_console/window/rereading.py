"""After the company's country was changed: reading anew the numbers that name none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.words import _, ngettext
from care_console.kit import Button, Errands, Notice, announce
from care_console.settings.options import Company

if TYPE_CHECKING:
    from care_console.window.furniture import Furniture


class RereadBanner(QWidget):
    """Says how many numbers would be others now, and asks whether to read them anew."""

    def __init__(self) -> None:
        super().__init__()
        self.yes, self.no = Button(_("Read anew"), "primary"), Button(_("Leave as is"), "quiet")
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        for button in (self.yes, self.no):
            row.addWidget(button)
        self.notice = Notice("info", trailing=buttons)
        whole = QVBoxLayout(self)
        whole.addWidget(self.notice)
        self.hide()

    def ask(self, count: int, before: str, after: str) -> None:
        """Ask whether so many numbers are to be read anew."""
        words = ngettext(
            "{count} number was typed without a country and read as one of {before}.",
            "{count} numbers were typed without a country and read as ones of {before}.",
            count,
        ).format(count=count, before=before)
        rest = _("The company is in {after} now.").format(after=after)
        self.no.setText(_("Leave as is"))
        self.yes.show()
        self.notice.tell(words, rest=rest)
        self.show()
        announce(self, f"{words} {rest}")

    def show_progress(self, done: int, count: int) -> None:
        """Tell how far it has come."""
        self.yes.hide()
        self.no.setText(_("Stop"))
        words = _("{done} of {count} numbers are read anew …")
        self.notice.tell(words.format(done=done, count=count), rest="")


class RereadHere(QObject):
    """Watches the country, and reads anew what is wished."""

    def __init__(self, here: Furniture) -> None:
        super().__init__(here)
        self._here = here
        self.errands = Errands(self)
        self.errands.hindered.connect(here.window.hindered)
        self._read_as = here.services.settings.company.country
        self._count, self._going = 0, False
        self.banner = RereadBanner()
        here.window.add_banner(self.banner)
        here.settings.company_changed.connect(self._changed)
        self.banner.yes.clicked.connect(lambda: self.errands.do("reread", self._go()))
        self.banner.no.clicked.connect(self._leave)

    def _changed(self, company: Company) -> None:
        if self._going:
            return
        self.banner.hide()
        if company.country != self._read_as:
            self.errands.look("count", self._ask(company.country))

    async def _ask(self, country: str) -> None:
        self._count = await self._here.services.rereading.count(self._read_as)
        if self._count:
            self.banner.ask(self._count, self._read_as, country)

    async def _go(self) -> None:
        services, self._going = self._here.services, True
        country = services.settings.company.country
        self._told(0)
        try:
            done = await services.rereading.go(
                self._here.around.command(), self._read_as, self._told
            )
        finally:
            whole, self._going = self._going, False
            self.banner.hide()
        if whole:
            self._read_as = country
        else:
            await self._ask(country)
        words = ngettext("{n} number was read anew.", "{n} numbers were read anew.", done)
        self._here.window.told(words.format(n=done))

    def _told(self, done: int) -> bool:
        self.banner.show_progress(done, self._count)
        return self._going

    def _leave(self) -> None:
        """Stop, or leave them as they are."""
        if self._going:
            self._going = False
            return
        self._read_as = self._here.services.settings.company.country
        self.banner.hide()
