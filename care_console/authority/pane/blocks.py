"""What stands above the gauges: an amount that is free, offered or given."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.spell import length
from care_console.base.words import _
from care_console.kit import (
    Button,
    ElidingLabel,
    FlowLayout,
    Glyph,
    Label,
    Surface,
    Themed,
    current_look,
)

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MoneyButton(Button):
    """A button that gives money: Enter or Space presses it, Ctrl+Enter and a held key never do."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in ENTER and (held or event.isAutoRepeat()):
            event.ignore()
            return
        super().keyPressEvent(event)


class FreeBlock(Themed, QWidget):
    """The one big number: what may be given now, and on what condition."""

    def __init__(self) -> None:
        super().__init__()
        self.amount = Label(size=24, weight=600, tabular=True)
        self.words = Label(colour="text2", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignBottom)
        self._across = QHBoxLayout(self)
        self._across.addWidget(self.amount, 0, Qt.AlignmentFlag.AlignBottom)
        self._across.addWidget(self.words, 1, Qt.AlignmentFlag.AlignBottom)
        self.restyle()

    def tell(self, amount: str, words: str) -> None:
        """Show how much, and in which way."""
        self.amount.setText(amount)
        self.words.setText(words)
        self.setAccessibleName(f"{amount} {words}")

    def restyle(self) -> None:
        px = current_look().px
        self._across.setContentsMargins(px(16), 0, px(16), 0)
        self._across.setSpacing(px(8))
        super().restyle()


class Block(Surface):
    """A coloured ground with room inside."""

    def restyle(self) -> None:
        px = current_look().px
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(px(15), px(6), px(12), px(10))
            layout.setSpacing(px(6))
        super().restyle()


class OfferedBlock(Block):
    """What is reserved: give it, or let it go, before its time is over."""

    give_wanted = Signal()
    let_go_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("accent", edge=True)
        self.amount = ElidingLabel(size=24, weight=600, tabular=True)
        self.words = Label(weight=500, colour="accent", tabular=True)
        self.give = MoneyButton("", "primary", "gift", _("Enter"))
        self.let_go = Button(_("Let it go"), "quiet", key=_("Esc"))
        down, line, buttons = QVBoxLayout(self), QHBoxLayout(), QWidget()
        line.addWidget(self.amount, 0, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(self.words, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        flow = FlowLayout(buttons, gap=8)
        flow.addWidget(self.give)
        flow.addWidget(self.let_go)
        down.addLayout(line)
        down.addWidget(buttons)
        self.give.clicked.connect(self.give_wanted)
        self.let_go.clicked.connect(self.let_go_wanted)
        self.restyle()

    def tell(self, amount: str, name: str) -> None:
        """Show what is offered; what costs nothing has no ``amount``."""
        self.amount.setText(amount or name)
        self.give.setText(_("Give {amount}").format(amount=amount) if amount else _("Give it"))
        said = _("{amount} offered: {name}").format(amount=amount, name=name)
        self.setAccessibleName(said if amount else _("Offered: {name}").format(name=name))

    def tell_left(self, seconds: int) -> None:
        """Show how long it stays reserved."""
        self.words.setText(_("offered, {time} left").format(time=length(seconds)))


class GivenBlock(Block):
    """What was given, who does it by when, and for a minute the way back."""

    withdraw_wanted = Signal()
    confirm_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("ok", edge=True)
        self.words, self.about = Label(weight=600), ElidingLabel(size=12, colour="text2")
        self.doer = ElidingLabel(weight=500, tabular=True)
        self.state = ElidingLabel(size=12, colour="text2")
        self.withdraw = Button(_("Withdraw"), key="Ctrl Z")
        self.left = Label(size=12, weight=500, colour="text2", tabular=True)
        self.confirm = Button(_("Confirm"))
        down = QVBoxLayout(self)
        down.addLayout(_line(Glyph("check", "ok"), self.words, self.about))
        self._doing = QWidget()
        doing = _line(Glyph("box", "text2"), self.doer, self.state)
        doing.setContentsMargins(0, 0, 0, 0)
        self._doing.setLayout(doing)
        down.addWidget(self._doing)
        foot = QHBoxLayout()
        for part in (self.withdraw, self.left):
            foot.addWidget(part)
        foot.addStretch(1)
        foot.addWidget(self.confirm)
        down.addLayout(foot)
        self.withdraw.clicked.connect(self.withdraw_wanted)
        self.confirm.clicked.connect(self.confirm_wanted)
        self.restyle()

    def tell(self, words: str, about: str, doer: str, state: str) -> None:
        """Show what was given; ``doer`` says who does it by when, ``state`` how far it is."""
        self.words.setText(words)
        self.about.setText(about)
        self.doer.setText(doer)
        self.state.setText(state)
        self._doing.setVisible(bool(doer))
        self.setAccessibleName(", ".join(part for part in (words, about, doer, state) if part))

    def tell_left(self, seconds: int) -> None:
        """Show how long it may be withdrawn; at 0 that is over."""
        self.withdraw.setVisible(seconds > 0)
        self.left.setVisible(seconds > 0)
        self.left.setText(_("{time} left").format(time=length(seconds)))


def _line(*parts: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    for part in parts[:-1]:
        line.addWidget(part)
    line.addWidget(parts[-1], 1)
    return line
