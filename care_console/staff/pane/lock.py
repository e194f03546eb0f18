"""The cover over a desk that nobody sits at: it hides all, and loses nothing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from care_console.base.command import Clerk
from care_console.base.errors import CareError
from care_console.base.words import _
from care_console.kit import (
    Button,
    Cover,
    Errands,
    Glyph,
    Label,
    Notice,
    Panel,
    above_the_middle,
    current_look,
)
from care_console.staff.pane.asking import Asking
from care_console.staff.pane.sign_in import SignInSheet
from care_console.staff.service import SignIn, Staff

WIDTH = 420


class LockCover(Cover):
    """Lies over all of ``window``, which is hidden below, from ``lock`` to ``unlocked``.

    Nothing below can be seen, read out, clicked or reached by a key, and other windows go; all of
    it comes back as it was. ``unlocked`` gives whoever unlocked it: the same clerk, or another one.
    """

    locked = Signal()
    unlocked = Signal(object)  # Clerk

    def __init__(self, window: QWidget, sign_in: SignIn, staff: Staff) -> None:
        super().__init__(window)
        self._sign_in, self._staff = sign_in, staff
        self._clerk: Clerk | None = None
        self.errands = Errands(self)
        self.who = Label(colour="text2", wrap=True)
        self.call = Notice("info", icon="phone")
        self.word = Notice("warn", icon="people")
        self.asking = Asking(_("Unlock"))
        self.open = Button(_("Go on"), "primary")
        self.another = Button(_("Another clerk …"), "quiet", "swap")
        self.other = SignInSheet(sign_in, staff, may_leave=True)
        self.setAccessibleName(_("Locked"))
        self._lay_out()
        self._connect()

    @property
    def is_locked(self) -> bool:
        """Whether the desk is covered."""
        return self._clerk is not None

    def lock(self, clerk: Clerk) -> None:
        """Cover everything, until ``clerk`` or another one signs in."""
        if self.is_locked:
            return
        self._clerk = clerk
        self.who.setText(_("{name} is signed in here.").format(name=clerk.name))
        self._show_call("")
        self.show_word("")
        self._ask()
        self.lay_over()
        self.errands.look("open", self._look_whether_open())
        self.locked.emit()

    def show_call(self, words: str, sub: str = "") -> None:
        """Say that it rings, in words that name nobody, or with "" that it does not."""
        self._show_call(words, sub)

    def first(self) -> QWidget:
        return self.other if self._parts.currentWidget() is self.other else self.asking

    def show_word(self, words: str) -> None:
        """Say what a colleague wants, in words that name nobody, or with "" nothing."""
        self.word.tell(words)
        self.word.setVisible(bool(words))

    def restyle(self) -> None:
        self._panel.setFixedWidth(current_look().px(WIDTH))
        super().restyle()

    # unlocking

    async def _look_whether_open(self) -> None:
        is_open = await self._sign_in.needs_passphrase()
        self.open.setVisible(is_open)
        self.asking.setVisible(not is_open)
        if is_open:
            self.open.setFocus(Qt.FocusReason.OtherFocusReason)

    def _entered(self, passphrase: str, new: str) -> None:
        self.errands.do("unlock", self._unlock(passphrase, new))

    async def _unlock(self, passphrase: str, new: str) -> None:
        if self._clerk is None or self._clerk.card_id is None:
            return
        try:
            clerk = await self._sign_in.sign_in(self._clerk.card_id, passphrase, new=new)
        except CareError as trouble:
            self.asking.refused(trouble)
            return
        self._uncover(clerk)

    def _go_on(self) -> None:
        """Uncover a desk for which nobody has set a passphrase."""
        self.errands.do("unlock", self._uncover_if_open())

    async def _uncover_if_open(self) -> None:
        if await self._sign_in.needs_passphrase() and self._clerk is not None:
            self._uncover(self._clerk)
        else:
            await self._look_whether_open()

    def _uncover(self, clerk: Clerk) -> None:
        same = self._clerk is not None and clerk.card_id == self._clerk.card_id
        self._clerk = None
        self.asking.cleared()
        self.take_away(give_back=same)
        self.unlocked.emit(clerk)

    def _ask(self) -> None:
        self.asking.cleared()
        self.open.hide()
        self.asking.show()
        self._parts.setCurrentWidget(self._first)

    def _ask_another(self) -> None:
        self._parts.setCurrentWidget(self.other)
        self.other.begin()

    def _back(self) -> None:
        self._parts.setCurrentWidget(self._first)
        self.asking.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_call(self, words: str, sub: str = "") -> None:
        self.call.tell(words, sub=sub)
        self.call.setVisible(bool(words))

    def _connect(self) -> None:
        self.asking.entered.connect(self._entered)
        self.open.clicked.connect(self._go_on)
        self.another.clicked.connect(self._ask_another)
        self.other.signed_in.connect(self._uncover)
        self.other.left.connect(self._back)
        self.errands.hindered.connect(lambda words: self.asking.field.fault(words))

    def _lay_out(self) -> None:
        self._panel = Panel()
        body = self._panel.body
        head = QHBoxLayout()
        head.addWidget(Glyph("lock", "text2", 20))
        head.addWidget(Label(_("Locked. Calls still ring."), size=20, weight=600))
        head.addStretch(1)
        body.addLayout(head)
        for each in (self.who, self.call, self.word, self.asking, self.open):
            body.addWidget(each)
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(self.another)
        body.addLayout(last)
        self._first = QWidget()
        self._first.setLayout(above_the_middle(self._panel))
        self._parts = QStackedLayout(self)
        self._parts.addWidget(self._first)
        self._parts.addWidget(self.other)
        self.restyle()
