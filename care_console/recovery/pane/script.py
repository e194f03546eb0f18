"""What to say now, what had better not be said, and how the customer is."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from care_console.base.words import _
from care_console.kit import (
    Choices,
    KeyHint,
    Label,
    Surface,
    current_look,
)
from care_console.recovery.pane.words import quoted
from care_console.recovery.rules import (
    Fault,
    Mood,
    WordingView,
    fault_words,
    mood_words,
)

NEXT_KEY = "⇧ F7"
MOST_RATHER = 1  # lines of what had better not be said
RIGHT = 208  # px, two chips of moods beside each other
MOODS = tuple(mood for mood in Mood if mood is not Mood.CALM)


class Upright(QFrame):
    """A hairline between two columns."""

    def sizeHint(self) -> QSize:
        return QSize(current_look().line, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), current_look().color("line"))


class ScriptBox(Surface):
    """The words, their number and the key for the next ones; beside them the moods."""

    mood_chosen = Signal(str)  # a Mood
    fault_chosen = Signal(str)  # a Fault

    def __init__(self) -> None:
        super().__init__("sunken")
        self._compact = self._brief = False
        self._shown = True
        self.head = Label(_("Say it in your words"), size=12, weight=600, colour="text2")
        self.count = Label(size=12, weight=500, colour="text3", tabular=True)
        self.key = KeyHint(NEXT_KEY)
        self.say = Label(size=15, weight=500, wrap=True)
        self.tail = Label(size=12, colour="text2", wrap=True)
        self.rather_head = Label(_("Rather than"), size=12, weight=600, colour="text2")
        self.rather = Label(size=12, colour="text", wrap=True)
        self.if_head = Label(size=12, weight=600, colour="text2")
        moods = {mood.value: mood_words(mood) for mood in MOODS}
        self.moods = Choices(moods, name=_("The customer is"))
        faults = {fault.value: fault_words(fault) for fault in Fault}
        self.faults = Choices(faults, name=_("Whose fault:"), must=True)
        self._lay_out()
        self.moods.chosen.connect(lambda mood: self.mood_chosen.emit(mood or Mood.CALM))
        self.faults.chosen.connect(self.fault_chosen)

    def show_words(self, words: WordingView, count: str = "") -> None:
        """Show what to say; ``count`` stands in place of "1 of 3"."""
        numbers = _("{number} of {count}").format(number=words.number, count=words.count)
        if words.said_before:
            numbers = _("{numbers}, heard before").format(numbers=numbers)
        self.count.setText(count or numbers)
        self.say.setText(quoted(words.say))
        self.tail.setText(words.tail)
        self._show_words()
        self.rather.setText("\n".join(quoted(each) for each in words.rather_than[:MOST_RATHER]))
        self._settle()

    def show_person(self, if_words: str, mood: Mood, fault: Fault) -> None:
        """Show how the customer is, and whose fault it was."""
        self.if_head.setText(if_words)
        self.moods.show_choice("" if mood is Mood.CALM else mood)
        self.faults.show_choice(fault)

    def set_words_shown(self, shown: bool, *, on_key: bool) -> None:
        """Show the words, or only the key that brings them, or not even that."""
        self._shown = shown
        self.head.setText(_("Say it in your words") if shown else _("Words to say"))
        heads: tuple[QWidget, ...] = (self.head, self.key)
        for part in heads:
            part.setVisible(shown or on_key)
        self._show_words()

    def _show_words(self) -> None:
        whole = self._shown and not self._brief
        self.count.setVisible(self._shown)
        self.say.setVisible(self._shown)
        self._upright.setVisible(whole)
        self._right.setVisible(whole)
        self.tail.setVisible(whole and bool(self.tail.text()))

    def set_compact(self, on: bool) -> None:
        """Do without *Rather than*."""
        self._compact = on
        self._settle()

    def set_asked(self, asked: bool) -> None:
        """Show the words alone while something is asked below them, where there is little room."""
        self._brief = asked and self._compact
        self.faults.setVisible(not self._brief)
        self._show_words()

    def restyle(self) -> None:
        px = current_look().px
        self._across.setContentsMargins(px(14), px(10), px(14), px(10))
        self._across.setSpacing(px(16))
        for column in (self._down, self._beside):
            column.setSpacing(px(4))
        self._right.setFixedWidth(px(RIGHT))
        super().restyle()

    def _settle(self) -> None:
        rather = bool(self.rather.text()) and not self._compact
        self.rather_head.setVisible(rather)
        self.rather.setVisible(rather)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.head)
        top.addStretch(1)
        top.addWidget(self.count)
        top.addWidget(self.key)
        self._down = QVBoxLayout()
        for part in (self.say, self.tail):
            self._down.addWidget(part)
        self._down.insertLayout(0, top)
        self._down.addStretch(1)
        self._down.addWidget(self.faults)
        self._right, self._upright = QWidget(), Upright()
        self._upright.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._beside = QVBoxLayout(self._right)
        self._beside.setContentsMargins(0, 0, 0, 0)
        beside: tuple[QWidget, ...] = (self.rather_head, self.rather, self.if_head, self.moods)
        for each in beside:
            self._beside.addWidget(each)
        self._beside.addStretch(1)
        self._across = QHBoxLayout(self)
        self._across.addLayout(self._down, 1)
        self._across.addWidget(self._upright)
        self._across.addWidget(self._right)
        self.restyle()
