"""The cover over a desk that nobody sits at: it hides all, and loses nothing."""

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from care_console.base.command import Clerk
from care_console.base.errors import CareError
from care_console.base.words import _
from care_console.kit import (
    Button,
    Errands,
    Glyph,
    Label,
    Notice,
    Panel,
    Themed,
    Toast,
    current_look,
)
from care_console.staff.pane.asking import Asking
from care_console.staff.pane.sign_in import SignInSheet
from care_console.staff.service import SignIn, Staff

WIDTH = 420


class LockCover(Themed, QWidget):
    """Lies over all of ``window``, which is hidden below, from ``lock`` to ``unlocked``.

    Nothing below can be seen, read out, clicked or reached by a key, and other windows go; all of
    it comes back as it was. ``unlocked`` gives whoever unlocked it: the same clerk, or another one.
    """

    locked = Signal()
    unlocked = Signal(object)  # Clerk

    def __init__(self, window: QWidget, sign_in: SignIn, staff: Staff) -> None:
        super().__init__(window)
        self._window, self._sign_in, self._staff = window, sign_in, staff
        self._clerk: Clerk | None = None
        self._below: list[QWidget] = []
        self._hidden: list[QWidget] = []
        self._before: QWidget | None = None
        self._copied_here = False
        self.errands = Errands(self)
        self.who = Label(colour="text2", wrap=True)
        self.call = Notice("info", icon="phone")
        self.word = Notice("warn", icon="people")
        self.asking = Asking(_("Unlock"))
        self.open = Button(_("Go on"), "primary")
        self.another = Button(_("Another clerk …"), "quiet", "swap")
        self.other = SignInSheet(sign_in, staff, may_leave=True)
        self.setAccessibleName(_("Locked"))
        self.setAutoFillBackground(True)
        self._lay_out()
        self._connect()
        self.hide()

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
        self._before = QApplication.focusWidget()
        self._hide_all()
        self._show_call("")
        self.show_word("")
        self._ask()
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self._window.installEventFilter(self)
        _application().focusChanged.connect(self._keep_focus)
        self.asking.setFocus(Qt.FocusReason.OtherFocusReason)
        self.errands.look("open", self._look_whether_open())
        self.locked.emit()

    def show_call(self, words: str, sub: str = "") -> None:
        """Say that it rings, in words that name nobody, or with "" that it does not."""
        self._show_call(words, sub)

    def show_word(self, words: str) -> None:
        """Say what a colleague wants, in words that name nobody, or with "" nothing."""
        self.word.tell(words)
        self.word.setVisible(bool(words))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay over all of the window, whatever is put into it."""
        if watched is self._window and self.is_locked:
            if event.type() == QEvent.Type.Resize:
                self.setGeometry(self._window.rect())
            elif event.type() == QEvent.Type.ChildAdded:
                self.raise_()
        elif event.type() == QEvent.Type.Show and self.is_locked and isinstance(watched, QWidget):
            watched.hide()
        return False

    def event(self, event: QEvent) -> bool:
        """No key of the window works through the cover."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round on the cover."""
        if not self.is_locked:
            return super().focusNextPrevChild(forward)
        stops = [
            each
            for each in self.findChildren(QWidget)
            if each.isVisible()
            and each.isEnabled()
            and each.focusPolicy() & Qt.FocusPolicy.TabFocus
            and each.focusProxy() is None
        ]
        here = QApplication.focusWidget()
        at = stops.index(here) if here in stops else -1 if forward else 0
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        if stops:
            stops[(at + (1 if forward else -1)) % len(stops)].setFocus(reason)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), current_look().color("bg"))

    def restyle(self) -> None:
        self._panel.setFixedWidth(current_look().px(WIDTH))
        super().restyle()

    # what lies below

    def _hide_all(self) -> None:
        """Hide what lies in the window and every other window, and remember what it was."""
        popup = QApplication.activePopupWidget()
        while popup is not None:
            popup.close()
            popup = QApplication.activePopupWidget()
        if self._copied_here:
            QGuiApplication.clipboard().clear()
        own = [each for each in self._window.children() if isinstance(each, QWidget)]
        windows = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
        self._below = [each for each in (*own, *windows) if each not in (self, self._window)]
        self._hidden = [each for each in self._below if each.isVisible()]
        for each in self._hidden:
            if isinstance(each, Toast):
                each.dismiss()
            each.hide()
        for each in self._below:
            each.installEventFilter(self)  # none of them shows itself before it is unlocked

    def _show_all(self) -> None:
        for each in self._below:
            if isValid(each):
                each.removeEventFilter(self)
        for each in self._hidden:
            if isValid(each) and not isinstance(each, Toast):
                each.show()
        self._below, self._hidden = [], []

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
        before, self._before = self._before, None
        self._clerk = None
        _application().focusChanged.disconnect(self._keep_focus)
        self._window.removeEventFilter(self)
        self.asking.cleared()
        self._show_all()
        self.hide()
        if same and before is not None and isValid(before) and before.isVisible():
            before.activateWindow()  # another one that came back may have taken the keyboard
            before.setFocus(Qt.FocusReason.OtherFocusReason)
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

    def _keep_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        """What is typed while it is locked goes to the cover and nowhere else."""
        if now is None or now is self or self.isAncestorOf(now):
            return
        shown = self.other if self._parts.currentWidget() is self.other else self.asking
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_call(self, words: str, sub: str = "") -> None:
        self.call.tell(words, sub=sub)
        self.call.setVisible(bool(words))

    def _note_copy(self) -> None:
        """Tell apart what is copied in this program and in another: that one stays to be pasted."""
        self._copied_here = QGuiApplication.focusWindow() is not None

    def _connect(self) -> None:
        QGuiApplication.clipboard().dataChanged.connect(self._note_copy)
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
        down = QVBoxLayout(self._first)
        down.addStretch(1)
        down.addWidget(self._panel, 0, Qt.AlignmentFlag.AlignHCenter)
        down.addStretch(2)
        self._parts = QStackedLayout(self)
        self._parts.addWidget(self._first)
        self._parts.addWidget(self.other)
        self.restyle()


def _application() -> QApplication:
    return cast(QApplication, QApplication.instance())
