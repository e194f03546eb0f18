"""The server is away: what the clerk is told of it, and what is sent when it is back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from care_console.base.words import N_, _, ngettext
from care_console.calls.service.away import NotTaken
from care_console.kit import Button, Errands, Notice, announce
from care_console.window.around import Around
from care_console.window.frame import MainWindow

AWAY = N_("The server does not answer.")
MEANWHILE = N_(
    "Calls still ring with their number; what you write is kept at this desk and sent when it is "
    "back."
)
UNREAD = N_("What was kept at this desk while the server was away could not be read.")
UNREAD_IS = N_(
    "Look whether a note of that time is missing, and write it again. The file is kept for whoever "
    "looks after this computer: {file}"
)


class AwayBanner(QWidget):
    """Says that the server is away, and what of the clerk's words the records did not take."""

    copy_wanted = Signal()
    read = Signal()  # what was not taken, and may be let go
    known = Signal()  # that a file could not be read

    def __init__(self) -> None:
        super().__init__()
        self.away = Notice("warn")
        self._copy, self._done = Button(_("Copy")), Button(_("I have read it"))
        self._copy.clicked.connect(self.copy_wanted)
        self._done.clicked.connect(self.read)
        buttons = QWidget()
        column = QVBoxLayout(buttons)
        for button in (self._copy, self._done):
            column.addWidget(button)
        self.refused = Notice("bad", trailing=buttons)
        known = Button(_("I have read it"))
        known.clicked.connect(self.known)
        self.unread = Notice("bad", trailing=known)
        whole = QVBoxLayout(self)
        for notice in (self.away, self.refused, self.unread):
            whole.addWidget(notice)
            notice.hide()
        self.hide()

    def show_away(self, away: bool) -> None:
        """Tell whether the server is away."""
        self.away.tell(_(AWAY) if away else "", rest=_(MEANWHILE) if away else "")
        self.away.setVisible(away)
        self._show()
        if away:
            announce(self, f"{_(AWAY)} {_(MEANWHILE)}")

    def show_refused(self, refused: NotTaken | None) -> None:
        """Tell what the records did not take, and why; None is nothing."""
        if refused is not None:
            said = _("What you wrote was not taken: {why}").format(why=refused.why)
            self.refused.tell(said, sub=refused.written)
        self.refused.setVisible(refused is not None)
        self._show()

    def show_unread(self, file: Path | None) -> None:
        """Tell that what was kept at this desk cannot be read any more; None is nothing."""
        if file is not None:
            self.unread.tell(_(UNREAD), sub=_(UNREAD_IS).format(file=file))
        self.unread.setVisible(file is not None)
        self._show()

    def _show(self) -> None:
        notices = (self.away, self.refused, self.unread)
        self.setVisible(not all(each.isHidden() for each in notices))


class Away(QObject):
    """Watches whether the server is there, and sends what was written when it is back."""

    def __init__(self, window: MainWindow, around: Around) -> None:
        super().__init__(window)
        self._window, self._around = window, around
        self._refused: list[NotTaken] = []
        self.errands = Errands(self)
        self.errands.hindered.connect(window.hindered)
        self.banner = AwayBanner()
        self.banner.copy_wanted.connect(self._copy)
        self.banner.read.connect(self._let_go)
        self.banner.known.connect(self._know)
        window.add_banner(self.banner)
        around.contact.kept_here.connect(window.not_saved)
        for kept in (around.contact.kept_here, around.contact.not_kept):
            kept.connect(self._show_refused)
        end = around.services.store.on_away(self._turned)
        window.destroyed.connect(lambda: end())

    async def begin(self) -> None:
        """Send what is left of the last time; whatever shows contacts waits for it."""
        await self._send()

    def _turned(self, away: bool) -> None:
        self.banner.show_away(away)
        if not away:
            self.errands.do("back", self._back())

    async def _back(self) -> None:
        """Send what was written, and show what could not be shown meanwhile."""
        around = self._around
        await around.contact.flush()
        count = await self._send()
        if around.services.store.away:
            return
        self._window.saved(around.services.clock())
        self._window.told(_back_words(count))
        front = around.deck.in_front
        if front is not None and not around.contact.loaded:
            around.contact.show_contact(front.contact_id, front.title)

    async def _send(self) -> int:
        """Send what waits, and return of how many contacts."""
        sent = await self._around.services.contacts.send_kept()
        for here, now in sent.ids.items():
            self._rename(here, now)
        self._show_refused()
        return sent.contacts

    def _rename(self, before: int, now: int) -> None:
        """Go on with a contact that was begun at this desk, under the id that it has now."""
        deck = self._around.deck
        deck.contacts = [
            replace(each, contact_id=now) if each.contact_id == before else each
            for each in deck.contacts
        ]
        for live in deck.rings:
            if live.contact_id == before:
                live.contact_id = now
        if deck.front == before:
            deck.front = now
        self._around.contact.rename(before, now)

    def _show_refused(self, *_news: object) -> None:
        contacts = self._around.services.contacts
        self._refused = contacts.not_taken()
        self.banner.show_refused(next(iter(self._refused), None))
        here = contacts.here
        self.banner.show_unread(here.outbox.set_aside if here is not None else None)

    def _know(self) -> None:
        here = self._around.services.contacts.here
        if here is not None:
            here.outbox.know_set_aside()
        self._show_refused()

    def _copy(self) -> None:
        if self._refused:
            QApplication.clipboard().setText(self._refused[0].written)

    def _let_go(self) -> None:
        if self._refused:
            self._around.services.contacts.let_go(self._refused[0].id)
            self._show_refused()


def _back_words(count: int) -> str:
    if not count:
        return _("The server is back.")
    words = ngettext(
        "The server is back. {count} note was sent.",
        "The server is back. {count} notes were sent.",
        count,
    )
    return words.format(count=count)
