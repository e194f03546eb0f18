"""One request for approval: what is asked, how it came about, and the answer."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from care_console.authority.pane.blocks import MoneyButton
from care_console.authority.pane.boxes import Box
from care_console.authority.pane.face import Earlier
from care_console.authority.pane.gauge import GaugeBar, Reading
from care_console.base.words import _
from care_console.kit import (
    Badge,
    Button,
    Field,
    FlowLayout,
    Label,
    LineEdit,
    Notice,
    Panel,
    Rule,
    Scroll,
    check,
)

MOST_GAUGES = 4
MOST_GROUPS = 5


class AnswerBox(Box):
    """One line to type: a lower amount, or the words of a no."""

    entered = Signal(str)

    def __init__(self) -> None:
        super().__init__("accent")
        self.edit = LineEdit()
        self.field = Field("", self.edit)
        self.send = Button("", "primary", key=_("Enter"))
        self.back = Button(_("Back"), "quiet", key=_("Esc"))
        self._missing = ""
        self.title.hide()
        self.down.addWidget(self.field)
        self.add_buttons(self.send, self.back)
        self.setFocusProxy(self.edit)
        self.edit.returnPressed.connect(self._enter)
        self.send.clicked.connect(self._enter)
        self.back.clicked.connect(self.back_wanted)
        self.restyle()

    def ask(self, question: str, button: str, missing: str) -> None:
        """Ask; ``missing`` is said when nothing was typed."""
        self.field.name.setText(question)
        self.edit.setAccessibleName(question)
        self.send.setText(button)
        self._missing = missing
        self.edit.clear()
        self.field.fault()

    def _enter(self) -> None:
        if check((self.field, lambda: "" if self.edit.text().strip() else self._missing)):
            self.entered.emit(self.edit.text().strip())


class DecisionPanel(Panel):
    """Shows one request. It decides nothing itself: what is wanted comes as a signal."""

    approve_wanted = Signal()
    less_asked = Signal()
    less_wanted = Signal(str)  # as it was typed
    refuse_wanted = Signal(str)  # the words for the customer
    card_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name = Label(size=20, weight=600, wrap=True)
        self.said = Label(colour="text2", wrap=True, tabular=True)
        self.groups = QWidget()
        self._shapes = FlowLayout(self.groups, gap=8)
        self.story = Notice("warn")
        self.gauges = [GaugeBar() for _each in range(MOST_GAUGES)]
        self.approve = MoneyButton("", "primary", "check", "A")
        self.less = Button(_("Less…"), key="L")
        self.no = Button(_("No, because…"), key="N")
        self.open_card = Button(_("Open the card"), "quiet", "person", _("Enter"))
        self.hint = Label(size=12, colour="text3", wrap=True)
        self.answer = AnswerBox()
        self.earlier = Earlier()
        self._asks_less = False
        self._lay_out()
        self._wire()
        self.answer.hide()

    def tell(self, name: str, said: str, hint: str) -> None:
        """Say what is asked, by whom and since when, and what becomes of the answer."""
        self.name.setText(name)
        self.said.setText(said)
        self.hint.setText(hint)
        self.setAccessibleName(name)

    def tell_groups(self, groups: tuple[str, ...]) -> None:
        """Show in which groups the customer is."""
        while (item := self._shapes.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for group in groups[:MOST_GROUPS]:
            self._shapes.addWidget(Badge(group))
        self.groups.setVisible(bool(groups))

    def tell_gauges(self, readings: list[Reading]) -> None:
        """Show the limits of whoever asks."""
        for at, gauge in enumerate(self.gauges):
            gauge.setVisible(at < len(readings))
            if at < len(readings):
                gauge.tell(readings[at])

    def ask_less(self, question: str) -> None:
        """Ask for a lower amount."""
        self._asks_less = True
        self.answer.ask(question, _("Approve that much"), _("Type how much."))
        self._open()

    def ask_why(self) -> None:
        """Ask for the words of a no."""
        self._asks_less = False
        self.answer.ask(
            _("No, because… (told to the customer in these words)"),
            _("Say no"),
            _("Give the words: the customer is told why."),
        )
        self._open()

    def close_answer(self) -> None:
        """Ask nothing any more."""
        self.answer.hide()

    def _open(self) -> None:
        self.answer.show()
        self.answer.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answered(self, typed: str) -> None:
        if self._asks_less:
            self.less_wanted.emit(typed)
        else:
            self.refuse_wanted.emit(typed)

    def _lay_out(self) -> None:
        content, buttons = QWidget(), QWidget()
        down, across = QVBoxLayout(content), FlowLayout(buttons, gap=8)
        down.setContentsMargins(8, 4, 8, 4)
        down.setSpacing(10)
        for button in (self.approve, self.less, self.no, self.open_card):
            across.addWidget(button)
        measures = QVBoxLayout()
        measures.setSpacing(8)
        for gauge in self.gauges:
            measures.addWidget(gauge)
        for part in (self.name, self.said, self.groups, self.story):
            down.addWidget(part)
        down.addLayout(measures)
        for part in (buttons, self.answer, self.hint, Rule(), self.earlier):
            down.addWidget(part)
        down.addStretch(1)
        self.body.addWidget(Scroll(content))

    def _wire(self) -> None:
        self.approve.clicked.connect(self.approve_wanted)
        self.less.clicked.connect(self.less_asked)
        self.no.clicked.connect(self.ask_why)
        self.open_card.clicked.connect(self.card_wanted)
        self.answer.entered.connect(self._answered)
        self.answer.back_wanted.connect(self.close_answer)
