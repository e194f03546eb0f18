"""The boxes that open under the list: beyond the limit, to be sent, to be told first."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from care_console.authority.pane.blocks import ENTER
from care_console.authority.pane.choices import ChoiceList, ChoiceRow
from care_console.base.words import _
from care_console.kit import (
    MAY_READ,
    Button,
    Field,
    FlowLayout,
    Label,
    LineEdit,
    NoteEdit,
    Surface,
    check,
    current_look,
)
from care_console.kit.panels import Tone


class Box(Surface):
    """A coloured ground with a bold sentence, from which Esc leads back."""

    back_wanted = Signal()
    grew = Signal()  # a field says now what will not do: it needs more room

    def __init__(self, tone: Tone = "warn") -> None:
        super().__init__(tone, edge=True)
        self.title = Label(weight=600, wrap=True)
        self.down = QVBoxLayout(self)
        self.down.addWidget(self.title)

    def add_buttons(self, *buttons: QWidget) -> None:
        """Put buttons at the foot, in lines."""
        row = QWidget()
        flow = FlowLayout(row, gap=8)
        for button in buttons:
            flow.addWidget(button)
        self.down.addWidget(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.back_wanted.emit()
        else:
            super().keyPressEvent(event)

    def restyle(self) -> None:
        px = current_look().px
        self.down.setContentsMargins(px(15), px(10), px(12), px(10))
        self.down.setSpacing(px(8))
        super().restyle()


class BeyondBox(Box):
    """More than the clerk may give: what can be done, the quickest for the customer first."""

    chosen = Signal(str)  # the id of a way
    digit_pressed = Signal(str)  # of another remedy

    def __init__(self) -> None:
        super().__init__()
        self.said = Label(size=12, colour="text2", wrap=True)
        self.ways = ChoiceList(_("What now?"))
        self.down.addWidget(self.said)
        self.down.addWidget(self.ways)
        self.setFocusProxy(self.ways)
        self.ways.chosen.connect(lambda row: self.chosen.emit(row.id))
        self.ways.other_pressed.connect(self._other)
        self.restyle()

    def tell(self, sentence: str, ways: list[ChoiceRow], said: str = "") -> None:
        """Say how far beyond it is, what was answered if anything, and what can be done."""
        self.title.setText(sentence)
        self.said.setText(said)
        self.said.setVisible(bool(said))
        self.setAccessibleName(f"{sentence} {said}".strip())
        self.ways.show_ways(ways)

    def _other(self, key: str) -> None:
        if key.isdigit():
            self.digit_pressed.emit(key)


class SendBox(Box):
    """The story for the one who is to decide; it is sent with what is on the card."""

    send_wanted = Signal(str)  # the story

    def __init__(self) -> None:
        super().__init__()
        self.story = NoteEdit(_("What happened, in a sentence or two"), least=2, most=4)
        self.field = Field(_("Why should it be so?"), self.story)
        self.field.say(_(MAY_READ))
        self.send = Button("", "primary", "stamp", "Ctrl ↵")
        self.back = Button(_("Back"), "quiet")
        self.down.addWidget(self.field)
        self.add_buttons(self.send, self.back)
        self.setFocusProxy(self.story)
        self.send.clicked.connect(self._send)
        self.back.clicked.connect(self.back_wanted)
        self.restyle()

    def tell(self, sentence: str, to_whom: str, story: str = "") -> None:
        """Say what is asked for, and of whom; ``story`` stands there if nothing was typed."""
        self.title.setText(sentence)
        self.send.setText(to_whom)
        self.field.say(_(MAY_READ))
        if not self.story.toPlainText().strip():
            self.story.setPlainText(story)
            self.story.moveCursor(QTextCursor.MoveOperation.End)

    @property
    def typed(self) -> str:
        """The story as it stands there."""
        return self.story.toPlainText()

    def clear(self, story: str = "") -> None:
        """Forget the story, which was sent or is about somebody else, and show another."""
        self.story.setPlainText(story)
        self.story.moveCursor(QTextCursor.MoveOperation.End)
        self.field.fault()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._send()
        else:
            super().keyPressEvent(event)

    def _send(self) -> None:
        if check((self.field, self._fault)):
            self.send_wanted.emit(self.story.toPlainText().strip())

    def _fault(self) -> str:
        if self.story.toPlainText().strip():
            return ""
        return _("Say why in a sentence: whoever decides was not on the call.")


class DetailsBox(Box):
    """What must be said before a remedy is offered: how much, why, and why the person waits."""

    offer_wanted = Signal(str, str, str)  # how much, why, person first: as typed

    def __init__(self) -> None:
        super().__init__("accent")
        self.first = Field("", LineEdit())
        self.amount = Field(_("How much?"), LineEdit())
        self.why = Field(_("Why?"), LineEdit())
        for field in (self.first, self.amount, self.why):
            self.down.addWidget(field)
        self.offer = Button(_("Offer it"), "primary", "gift", _("Enter"))
        self.back = Button(_("Back"), "quiet", key=_("Esc"))
        self.add_buttons(self.offer, self.back)
        self.offer.clicked.connect(self._offer)
        self.back.clicked.connect(self.back_wanted)
        self.restyle()

    def ask(self, title: str, *, amount: str, why: bool, first: str) -> None:
        """Ask for what is wanted; "" or False asks not. ``amount`` says what is counted."""
        self.title.setText(title)
        self.first.name.setText(first)
        self.first.edit.setAccessibleName(first)
        self.amount.name.setText(amount)
        self.amount.edit.setAccessibleName(amount)
        for field, wanted in ((self.first, first), (self.amount, amount), (self.why, why)):
            field.setVisible(bool(wanted))
            field.fault()
            _line(field).clear()
        asked = (each for each in (self.first, self.amount, self.why) if not each.isHidden())
        self.setFocusProxy(next(asked, self.offer))

    def refuse(self, sentence: str) -> None:
        """Say what is wrong with the amount; all that was typed stays."""
        self.amount.fault(sentence)
        self.amount.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.grew.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._offer()
        else:
            super().keyPressEvent(event)

    def _offer(self) -> None:
        words = {
            self.first: _("Say in a few words why it has to wait."),
            self.amount: _("Type how much."),
            self.why: _("Say why in a few words: it is wanted for this remedy."),
        }

        def missing(field: Field) -> str:
            return "" if field.isHidden() or _line(field).text().strip() else words[field]

        if check(*((field, lambda field=field: missing(field)) for field in words)):
            typed = (_line(field).text().strip() for field in (self.amount, self.why, self.first))
            self.offer_wanted.emit(*typed)
        else:
            self.grew.emit()


def _line(field: Field) -> LineEdit:
    edit = field.edit
    assert isinstance(edit, LineEdit)
    return edit
