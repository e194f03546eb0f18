"""The page of settings on backups and the key."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.errors import CareError
from care_console.base.spell import at_words, day_and_hour
from care_console.base.words import N_, _, ngettext
from care_console.kit import (
    Button,
    CommandDelegate,
    CommandRow,
    Field,
    Label,
    LineEdit,
    ListView,
    Notice,
    Pane,
    Panel,
    Scroll,
    current_look,
)
from care_console.safekeeping.pane.code_form import CodeForm
from care_console.safekeeping.rules import size_words, slot_words, why_words
from care_console.safekeeping.service import Backups, Keys, Ways
from care_console.settings.slots import SlotKind
from care_console.store import Copy

WIDTH, ROWS, ROW = 620, 6, 40
WORDS = N_("Made by themselves and verified. Enter on one brings it back, after a question.")
KEY_WORDS = N_(
    "The records are encrypted. These are the ways to their key; without any of them nobody can "
    "read them again."
)
SERVER_KEY_WORDS = N_(
    "The backups that this desk makes are encrypted. These are the ways to their key; without any "
    "of them nobody can read them again."
)
SERVER_WORDS = N_(
    "Made by themselves and verified, by the desk that was opened first. The server's records are "
    "never replaced from here: “care-console restore” puts a backup into a database that is empty."
)


class BackupsPage(Pane):
    """The backups that there are, bringing one back, and the ways to the key."""

    restore_wanted = Signal(object)  # a Copy, after it was confirmed
    told = Signal(str)

    watches: ClassVar[frozenset[type]] = frozenset()

    def __init__(
        self,
        backups: Backups | None,
        keys: Keys,
        command: Callable[[], Command],
        clock: Clock,
        locale: str,
    ) -> None:
        super().__init__()
        self._backups, self._keys = backups, keys
        self._command, self._clock, self._locale = command, clock, locale
        self._copies: Sequence[Copy] = ()
        self._chosen: Copy | None = None
        self.trouble = Notice("warn")
        self.right = Button(_("It is right that there is less"))
        self.list = ListView(CommandDelegate(flush=True), name=_("Backups"), uniform=True)
        self.list.set_empty(_("There is no backup yet."))
        self.now = Button(_("Back up now"), icon="disk")
        self.bring = Button(_("Bring this one back"))
        self.sure = Notice("warn")
        self.yes, self.no = Button(_("Bring it back"), "primary"), Button(_("No"), "quiet")
        self.ways = Label(wrap=True)
        self.weaker = Notice("warn")
        self.code = CodeForm()
        self.passphrase = Field(_("New passphrase for the key"), LineEdit())
        self.set_passphrase = Button(_("Set passphrase"))
        self._begin()

    def _begin(self) -> None:
        self._lay_out()
        self._connect()
        self._ask(None)
        self.setFocusProxy(self.list if self._backups is not None else self.code.make)

    @property
    def _on_server(self) -> bool:
        """Whether a server keeps the records: there one is brought back without a window."""
        return self._backups is not None and self._backups.server is not None

    def refresh(self) -> None:
        self.errands.look("list", self._load())

    async def _load(self) -> None:
        self._show_ways(await self._keys.ways())
        if self._backups is None:
            return
        self._copies = await self._backups.listed()
        self.list.rows.set_rows([self._row(at, copy) for at, copy in enumerate(self._copies)])
        shown = min(max(len(self._copies), 1), ROWS)
        self.list.setFixedHeight(current_look().px(ROW) * shown + 4)
        if self._copies and self.list.row() is None:
            self.list.go_to_first()
        self.bring.setEnabled(bool(self._copies))
        self._show_trouble()

    def _row(self, at: int, copy: Copy) -> CommandRow:
        cards = ngettext("{count} card", "{count} cards", copy.cards).format(count=copy.cards)
        said = [cards, size_words(copy.size), why_words(copy.why)]
        said.append(_("holds far less") if copy.shrunk else _("verified"))
        when = day_and_hour(copy.at, self._clock(), self._locale)
        return CommandRow(at, "alert" if copy.shrunk else "disk", when, " · ".join(said))

    # bringing one back

    def _choose(self) -> None:
        row = None if self._on_server else self.list.row()
        if isinstance(row, CommandRow) and isinstance(row.id, int):
            self.errands.do("choose", self._confirm(self._copies[row.id]))

    async def _confirm(self, copy: Copy) -> None:
        """Say in one line what would be lost."""
        assert self._backups is not None
        await self._backups.demand(self._command())
        lost = await self._backups.entries_after(copy)
        when = day_and_hour(copy.at, self._clock(), self._locale)
        self._ask(copy)
        self.sure.tell(
            _("{when}: bring this back?").format(when=when),
            rest=_lost_words(lost),
            sub=_("The records as they are now are kept beside, and the console opens anew."),
        )
        self.yes.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self, copy: Copy | None) -> None:
        self._chosen = copy
        for part in (self.sure, self.yes, self.no):
            part.setVisible(copy is not None)
        self.bring.setVisible(copy is None and self._backups is not None and not self._on_server)

    def _bring(self) -> None:
        if self._chosen is not None:
            self.restore_wanted.emit(self._chosen)

    def _give_up(self) -> None:
        self._ask(None)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    async def _back_up(self) -> None:
        assert self._backups is not None
        self.now.setEnabled(False)
        try:
            made = await self._backups.back_up("asked")
        finally:
            self.now.setEnabled(True)
        cards = made.copy.cards
        words = ngettext("Backed up: {count} card.", "Backed up: {count} cards.", cards)
        self.told.emit(words.format(count=cards))
        await self._load()

    async def _accept(self) -> None:
        assert self._backups is not None
        newest = next((copy for copy in self._copies if copy.shrunk), None)
        if newest is not None:
            await self._backups.accept(self._command(), newest)
            await self._load()

    def _show_trouble(self) -> None:
        said = "" if self._backups is None else self._backups.trouble
        self.trouble.tell(said)
        self.trouble.setVisible(bool(said))
        self.right.setVisible(any(copy.shrunk for copy in self._copies))

    # the key

    def _show_ways(self, ways: Ways) -> None:
        lines = [
            _("{way}, since {when}").format(
                way=slot_words(kind), when=at_words(at, self._clock(), self._locale)
            )
            for kind, at in ways.since.items()
        ]
        self.ways.setText("\n".join(lines))
        self.weaker.tell(
            _("The key lies in a file beside the records."),
            rest=_("Whoever can read the folder can read them; this computer has no keyring."),
        )
        self.weaker.setVisible(ways.weaker)
        again = SlotKind.RECOVERY in ways.since
        self.code.make.setText(
            _("Make another recovery code") if again else _("Make a recovery code")
        )

    async def _keep_code(self, typed: tuple[str, ...]) -> None:
        try:
            await self._keys.keep_code(self._command(), self.code.code, typed)
        except CareError as trouble:
            self.code.refused(str(trouble))
            return
        self.code.show_none()
        self.told.emit(_("The recovery code is good from now on. Keep the paper."))
        await self._load()

    async def _keep_passphrase(self) -> None:
        edit = self._edit
        self.passphrase.fault()
        self.set_passphrase.setEnabled(False)
        try:
            await self._keys.set_passphrase(self._command(), edit.text())
        except CareError as trouble:
            self.passphrase.fault(str(trouble))
            return
        finally:
            self.set_passphrase.setEnabled(True)
        edit.clear()
        self.told.emit(_("This passphrase opens the key from now on."))
        await self._load()

    @property
    def _edit(self) -> LineEdit:
        edit = self.passphrase.edit
        assert isinstance(edit, LineEdit)
        return edit

    def _connect(self) -> None:
        do = self.errands.do
        self.now.clicked.connect(lambda: do("back up", self._back_up()))
        self.right.clicked.connect(lambda: do("accept", self._accept()))
        self.bring.clicked.connect(self._choose)
        self.list.chosen.connect(lambda _row: self._choose())
        self.list.moved.connect(lambda _row: self._ask(None))
        self.yes.clicked.connect(self._bring)
        self.no.clicked.connect(self._give_up)
        self.code.wanted.connect(lambda: self.code.show_code(self._keys.new_code()))
        self.code.given_up.connect(self.code.show_none)
        self.code.typed.connect(lambda typed: do("code", self._keep_code(typed)))
        self.set_passphrase.clicked.connect(lambda: do("phrase", self._keep_passphrase()))
        self._edit.returnPressed.connect(lambda: do("phrase", self._keep_passphrase()))
        if self._backups is not None:
            end = self._backups.on_news(self.refresh)
            self.destroyed.connect(lambda: end())

    def _lay_out(self) -> None:
        self._edit.setEchoMode(QLineEdit.EchoMode.Password)
        body = QWidget()
        body.setMaximumWidth(current_look().px(WIDTH))
        down = QVBoxLayout(body)
        down.setSpacing(12)
        if self._backups is not None:
            self._lay_out_backups(down)
        down.addWidget(Label(_("The key of the records"), size=20, weight=600))
        words = _(SERVER_KEY_WORDS if self._on_server else KEY_WORDS)
        down.addWidget(Label(words, colour="text2", wrap=True))
        for part in (self.ways, self.weaker, self.code, self.passphrase, self.set_passphrase):
            left = part is self.set_passphrase
            down.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag(0))
        down.addStretch(1)
        around = QWidget()
        row = QHBoxLayout(around)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(body, 1, Qt.AlignmentFlag.AlignTop)
        row.addStretch(0)
        panel, whole = Panel(), QVBoxLayout(self)
        panel.body.addWidget(Scroll(around))
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(panel)

    def _lay_out_backups(self, down: QVBoxLayout) -> None:
        down.addWidget(Label(_("Backups"), size=20, weight=600))
        down.addWidget(
            Label(_(SERVER_WORDS if self._on_server else WORDS), colour="text2", wrap=True)
        )
        down.addWidget(self.trouble)
        down.addWidget(self.right, 0, Qt.AlignmentFlag.AlignLeft)
        down.addWidget(self.list)
        down.addWidget(self.sure)
        row = QHBoxLayout()
        for button in (self.yes, self.no, self.bring, self.now):
            row.addWidget(button)
        row.addStretch(1)
        down.addLayout(row)


def _lost_words(count: int) -> str:
    if not count:
        return _("Nothing was done since then.")
    words = ngettext(
        "What was done since then, {count} act, will not be there.",
        "What was done since then, {count} acts, will not be there.",
        count,
    )
    return words.format(count=count)
