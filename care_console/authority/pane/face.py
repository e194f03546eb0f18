"""How *What you can do now* is laid out: a block, the gauges, the list, and a box under it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHBoxLayout, QVBoxLayout, QWidget

from care_console.authority.pane.approve import ApproveBox
from care_console.authority.pane.blocks import ENTER, FreeBlock, GivenBlock, OfferedBlock
from care_console.authority.pane.boxes import BeyondBox, Box, DetailsBox, SendBox
from care_console.authority.pane.confirm import ConfirmBox
from care_console.authority.pane.gauge import GaugeBar, Reading
from care_console.authority.pane.offers import HEIGHT, OfferDelegate, OfferRow, Stand
from care_console.base.words import _
from care_console.kit import (
    ElidingLabel,
    Label,
    ListView,
    Notice,
    Panel,
    Row,
    Rule,
    Themed,
    current_look,
)

MOST_GAUGES = 5
MOST_EARLIER = 4
LEAST_ROWS = 2
MOST_UNDER_BOX = 6
EARLIER_ROWS = 4  # rows that what was given before takes
LEAST_WIDTH = 240


class OfferList(ListView):
    """The remedies. A digit or Enter chooses one; Enter on what is offered asks to give it."""

    give_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(OfferDelegate(), name=_("Remedies"), uniform=True)

    @property
    def row_height(self) -> int:
        """How high one remedy is."""
        return current_look().px(HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.row()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() not in ENTER:
            super().keyPressEvent(event)
        elif not plain or event.isAutoRepeat():
            event.ignore()  # a held key, and Ctrl+Enter, never give money
        elif isinstance(row, OfferRow) and row.stand is Stand.OFFERED:
            self.give_wanted.emit()
        else:
            self.choose()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.row_height * self.rows.rowCount() + 6)

    def minimumSizeHint(self) -> QSize:
        shown = min(LEAST_ROWS, max(1, self.rows.rowCount()))
        return QSize(current_look().px(160), self.row_height * shown + 4)


class Earlier(Themed, QWidget):
    """What this customer was given before: day, what, how much."""

    def __init__(self) -> None:
        super().__init__()
        self.title = Label(size=12, weight=600, colour="text2")
        self._down = QVBoxLayout(self)
        self._down.addWidget(self.title)
        self._lines: list[tuple[QWidget, Label, ElidingLabel, Label]] = []
        for _each in range(MOST_EARLIER):
            line = QWidget()
            day = Label(size=12, weight=500, colour="text3", tabular=True)
            what = ElidingLabel(size=12)
            amount = Label(size=12, weight=500, colour="text2", tabular=True)
            across = QHBoxLayout(line)
            across.setContentsMargins(0, 0, 0, 0)
            across.addWidget(day)
            across.addWidget(what, 1)
            across.addWidget(amount)
            self._down.addWidget(line)
            self._lines.append((line, day, what, amount))
        self.restyle()

    def tell(self, title: str, lines: Sequence[tuple[str, str, str]]) -> None:
        """List some of it, the newest first."""
        self.title.setText(title)
        for at, (line, *labels) in enumerate(self._lines):
            line.setVisible(at < len(lines))
            if at < len(lines):
                for label, words in zip(labels, lines[at], strict=True):
                    label.setText(words)

    def restyle(self) -> None:
        px = current_look().px
        self._down.setContentsMargins(px(16), px(4), px(16), px(6))
        self._down.setSpacing(px(5))
        for _line, day, _what, _amount in self._lines:
            day.setMinimumWidth(px(48))
        super().restyle()


class RemedyFace(Themed, QWidget):
    """Everything that the panel may show, of which only what holds now is visible."""

    pressed = Signal(bool)  # whether a box, or what is offered, has too little height here

    def __init__(self, make_pin: Callable[[], QWidget]) -> None:
        super().__init__()
        self.panel = Panel(_("What you can do now"), "gift", "F8", flush=True)
        self.notice = Notice("warn")
        self.free, self.offered, self.given = FreeBlock(), OfferedBlock(), GivenBlock()
        self.gauges = [GaugeBar() for _each in range(MOST_GAUGES)]
        self.list = OfferList()
        self.why = Label(size=12, colour="text2", wrap=True)
        self.earlier = Earlier()
        self.beyond, self.send = BeyondBox(), SendBox()
        self.approve, self.details = ApproveBox(make_pin), DetailsBox()
        self.confirm = ConfirmBox()
        self._readings: tuple[Reading, ...] = ()
        self.boxes: tuple[Box, ...] = (
            self.beyond,
            self.send,
            self.approve,
            self.details,
            self.confirm,
        )
        self._lay_out()
        self.details.grew.connect(self.make_room)
        self.show_block(None)
        self.show_box(None)
        self.show_gauges(())
        self.restyle()

    def show_block(self, block: QWidget | None) -> None:
        """Show one of the three blocks at the top, or none."""
        for each in (self.free, self.offered, self.given):
            each.setVisible(each is block)

    def show_box(self, box: Box | None) -> None:
        """Open one of the boxes under the list, or none; what was given before makes room."""
        for each in self.boxes:
            each.setVisible(each is box)
        self._foot.setVisible(box is not None)
        self.make_room()

    @property
    def box(self) -> Box | None:
        """The box that is open."""
        return next((each for each in self.boxes if not each.isHidden()), None)

    def show_gauges(self, readings: Sequence[Reading]) -> None:
        """Show these, in their order; in a low window, those that there is room for."""
        self._readings = tuple(readings)
        for gauge, reading in zip(self.gauges, readings, strict=False):
            gauge.tell(reading)
        self.make_room()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """List these remedies."""
        self.list.rows.set_rows(rows)
        self.list.updateGeometry()
        self.make_room()

    def show_why(self, words: str) -> None:
        """Say why the row that is current stands as it does."""
        self.why.setText(words)
        self.why.setVisible(bool(words))

    def show_notice(self, kind: str, words: str, sub: str = "") -> None:
        """Say across the top how things stand, or with no words nothing."""
        self.notice.setVisible(bool(words))
        self._top.setVisible(bool(words))
        if words:
            self.notice.set_tone("bad" if kind == "bad" else "ok" if kind == "ok" else "warn")
            self.notice.tell(words, sub=sub)

    def minimumSizeHint(self) -> QSize:
        return QSize(current_look().px(LEAST_WIDTH), super().minimumSizeHint().height())

    def restyle(self) -> None:
        px = current_look().px
        for layout, side in ((self._blocks, 10), (self._measures, 16), (self._boxes, 12)):
            layout.setContentsMargins(px(side), 0, px(side), 0)
        self._measures.setSpacing(px(4))
        self._notices.setContentsMargins(px(12), 0, px(12), 0)
        self._boxes.setContentsMargins(px(12), px(2), px(12), px(6))
        self.why.setContentsMargins(px(16), 0, px(16), px(4))
        self.make_room()
        super().restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.make_room()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.pressed.emit(False)

    def _ask_for_room(self) -> None:
        """Tell whether what one types in, or gives with one key, has too little height.

        Once it has been given some, it is not given back before that goes.
        """
        focus = QApplication.focusWidget()
        here = focus is not None and self.isAncestorOf(focus)
        rows = 1 if self.box is not None else min(self.list.rows.rowCount(), LEAST_ROWS)
        more = max(0, rows - 1) * self.list.row_height + 2
        needs = self.box is not None or not (self.offered.isHidden() and self.given.isHidden())
        if not needs:
            self.pressed.emit(False)
        elif here and self._height() + more > self.height():
            self.pressed.emit(True)

    def _lay_out(self) -> None:
        self._room, self._foot, self._top = QWidget(), QWidget(), QWidget()
        self._blocks, self._measures = QVBoxLayout(), QVBoxLayout(self._room)
        self._boxes, self._notices = QVBoxLayout(self._foot), QVBoxLayout(self._top)
        self._notices.addWidget(self.notice)
        for block in (self.offered, self.given):
            self._blocks.addWidget(block)
        for gauge in self.gauges:
            self._measures.addWidget(gauge)
        for box in self.boxes:
            self._boxes.addWidget(box)
        body = self.panel.body
        body.addWidget(self._top)
        body.addWidget(self.free)
        body.addLayout(self._blocks)
        body.addWidget(self._room)
        self.rule = Rule()
        body.addWidget(self.rule)
        body.addWidget(self.list, 1)
        body.addWidget(self.why)
        body.addWidget(self.earlier)
        body.addWidget(self._foot)
        body.addStretch(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.panel)

    def make_room(self) -> None:
        """Let the list be as long as it is; under a box, as many whole rows as there is room for.

        The row that the box is about is the last of them. What is typed in must be read: where
        even one row is too much, gauges go, and the one that binds goes last.
        """
        rows = self.list.rows.rowCount()
        boxed = self.box is not None
        self.earlier.hide()
        self.list.setFixedHeight(self.list.row_height)
        self._thin_gauges()
        room = (self.height() - self._height()) // self.list.row_height + 1
        self._ask_for_room()
        if not boxed:
            self.list.setMinimumHeight(self.list.row_height * min(rows, LEAST_ROWS))
            self.list.setMaximumHeight(self.list.sizeHint().height())
            self.earlier.setVisible(bool(self.earlier.title.text()) and room >= rows + EARLIER_ROWS)
            return
        shown = max(1, min(room, rows, MOST_UNDER_BOX))
        self.list.setFixedHeight(shown * self.list.row_height + 2)
        at = self.list.currentIndex()
        self.list.scrollTo(at, QAbstractItemView.ScrollHint.PositionAtBottom)

    def _thin_gauges(self) -> None:
        """Show the gauges, without those that would press the rest together."""
        told = list(zip(self.gauges, self._readings, strict=False))
        for at, gauge in enumerate(self.gauges):
            gauge.setVisible(at < len(told))
        self._room.setVisible(bool(told))
        binding_last = sorted(reversed(told), key=lambda each: each[1].binds)
        for gauge, _reading in binding_last:
            if self._height() <= self.height():
                return
            gauge.hide()
        self._room.hide()

    def _height(self) -> int:
        """Return how high all of it is now; what was shown or hidden just now counts."""
        for part in (*self.boxes, self.offered, self.given, self._top, self._room, self._foot):
            if (inside := part.layout()) is not None:
                inside.activate()
            part.updateGeometry()
        for layout in (self._blocks, self.panel.body):
            layout.invalidate()
        whole = self.panel.layout()
        if whole is None:
            return 0
        broken = whole.hasHeightForWidth()  # without running text it has no other height
        return whole.totalHeightForWidth(self.width()) if broken else whole.totalSizeHint().height()
