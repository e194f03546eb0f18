"""What is asked where the records do not open: their key, or what is to be done about damage."""

import asyncio

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from care_console.base.clock import utc_now
from care_console.base.errors import CareError
from care_console.base.spell import at_words
from care_console.base.words import _, ngettext
from care_console.kit import Button, Field, Label, LineEdit, Notice, Pane
from care_console.safekeeping.pane.alone import stand_alone
from care_console.safekeeping.service import Brought, bring_back, salvage
from care_console.settings.home import Home
from care_console.settings.keys import backup_folders, find_key, keep_again, slots_of, unlock
from care_console.store import Copy, Damage, Damaged, age_of, copies_in, newest_whole


class UnlockPage(Pane):
    """Asks for the passphrase or the recovery code after the key was lost."""

    opened = Signal(object)  # the key, bytes
    left = Signal()

    def __init__(self, home: Home, why: str) -> None:
        super().__init__()
        self._home = home
        self.secret = Field(_("Passphrase or recovery code"), LineEdit())
        edit = self._edit
        edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.show_it = Button(_("Show what I type"), "quiet", "eye")
        self.open = Button(_("Open"), "primary", key=_("Enter"))
        self.leave = Button(_("Leave"))
        self.busy = Label(colour="text2", wrap=True)
        words = _(
            "The records themselves are as they were. Type the passphrase, or the recovery code "
            "from the paper: capitals and dashes do not matter."
        )
        stand_alone(
            self,
            _("The key of the records is not where it was"),
            [Notice("warn", why), Label(words, colour="text2", wrap=True), self.secret, self.busy],
            [self.open, self.show_it, self.leave],
        )
        self.setFocusProxy(edit)
        edit.returnPressed.connect(self._ask)
        self.open.clicked.connect(self._ask)
        self.leave.clicked.connect(self.left)
        self.show_it.clicked.connect(self._show)

    @property
    def _edit(self) -> LineEdit:
        edit = self.secret.edit
        assert isinstance(edit, LineEdit)
        return edit

    def _show(self) -> None:
        hidden = self._edit.echoMode() is QLineEdit.EchoMode.Password
        mode = QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password
        self._edit.setEchoMode(mode)
        self.show_it.setText(_("Hide what I type") if hidden else _("Show what I type"))

    def _ask(self) -> None:
        if not self._edit.text().strip():
            self.secret.fault(_("Type it here; nothing is changed by a wrong one."))
            return
        self.errands.do("unlock", self._unlock(self._edit.text()))

    async def _unlock(self, typed: str) -> None:
        self.secret.fault()
        self.busy.setText(_("One moment …"))
        self.open.setEnabled(False)
        try:
            key = await asyncio.to_thread(self._opened, typed)
        except CareError as trouble:
            self.secret.fault(str(trouble))
            self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        finally:
            self.busy.setText("")
            self.open.setEnabled(True)
        self._edit.clear()
        self.opened.emit(key)

    def _opened(self, typed: str) -> bytes:
        key = unlock(slots_of(self._home), typed)
        keep_again(self._home, key)
        return key


class DamagePage(Pane):
    """Says what is wrong with the file of the records, and offers the ways on."""

    brought = Signal(str)  # a sentence on what was brought back
    left = Signal()

    def __init__(self, home: Home, trouble: Damaged, locale: str, key: bytes | None = None) -> None:
        super().__init__()
        self._home, self._locale, self._key = home, locale, key
        self._copy: Copy | None = None
        self.offer = Label(wrap=True)
        self.state = Label(colour="text2", wrap=True)
        self.restore = Button(_("Bring back this backup"), "primary")
        self.salvage = Button(_("Read what can be read"))
        self.leave = Button(_("Leave everything as it is"))
        words = _(
            "Nothing was changed. Whatever you choose, the file as it is now is kept beside the "
            "records."
        )
        stand_alone(
            self,
            _("The records cannot be opened"),
            [Notice("bad", str(trouble)), Label(words, colour="text2", wrap=True)]
            + [self.offer, self.state],
            [self.restore, self.salvage, self.leave],
        )
        self.restore.setEnabled(False)
        self.salvage.setVisible(trouble.damage in (Damage.CUT, Damage.BROKEN))
        self.setFocusProxy(self.leave)
        self.restore.clicked.connect(self._restore)
        self.salvage.clicked.connect(self._salvage)
        self.leave.clicked.connect(self.left)
        self.offer.setText(_("Looking for the newest whole backup …"))
        self.errands.look("backups", self._look())

    async def _look(self) -> None:
        try:
            self._key, self._copy = await asyncio.to_thread(self._found)
        except CareError as trouble:
            self.offer.setText(str(trouble))
            return
        if self._copy is None:
            self.offer.setText(_("There is no whole backup of these records here."))
            return
        self.offer.setText(_offer_words(self._copy, self._locale))
        self.restore.setEnabled(True)
        self.restore.setFocus(Qt.FocusReason.OtherFocusReason)

    def _found(self) -> tuple[bytes, Copy | None]:
        desk = self._home.desk()
        key = self._key or find_key(self._home, desk)
        copies = [
            copy for folder in backup_folders(self._home, desk) for copy in copies_in(folder, key)
        ]
        return key, newest_whole(sorted(copies, key=age_of, reverse=True))

    def _restore(self) -> None:
        self.errands.do("bring", self._bring(restoring=True))

    def _salvage(self) -> None:
        self.errands.do("bring", self._bring(restoring=False))

    async def _bring(self, *, restoring: bool) -> None:
        key, copy = self._key, self._copy
        if key is None:
            return
        self._may_act(False)
        self.state.setText(_("One moment …"))
        try:
            if restoring and copy is not None:
                brought = await asyncio.to_thread(bring_back, self._home, key, copy)
            else:
                brought = await asyncio.to_thread(salvage, self._home, key)
        except CareError as trouble:
            self.state.setText(str(trouble))
            self._may_act(True)
            return
        self.brought.emit(brought_words(brought, self._locale))

    def _may_act(self, may: bool) -> None:
        self.restore.setEnabled(may and self._copy is not None)
        self.salvage.setEnabled(may)


def brought_words(brought: Brought, locale: str) -> str:
    """Return what came back, for a clerk."""
    if brought.copy is not None:
        when = at_words(brought.copy.at, utc_now(), locale)
        return _("The records are as they were then: {when}.").format(when=when)
    words = ngettext("{count} row was read.", "{count} rows were read.", brought.rows)
    if not brought.lost:
        return words.format(count=brought.rows)
    return _("{read} Some are lost; the journal says so.").format(
        read=words.format(count=brought.rows)
    )


def _offer_words(copy: Copy, locale: str) -> str:
    words = ngettext(
        "The newest whole backup: {when}, {count} card.",
        "The newest whole backup: {when}, {count} cards.",
        copy.cards,
    )
    return words.format(when=at_words(copy.at, utc_now(), locale), count=copy.cards)
