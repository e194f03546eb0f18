"""The three columns of the Desk, and how they close up where there is less room."""

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QButtonGroup, QHBoxLayout, QStyle, QWidget
from shiboken6 import isValid

from care_console.base.words import N_, _
from care_console.kit import Canvas, Chip, Theme, Themed, current_look
from care_console.window.sheet import SHADOW, paint_shadow
from care_console.window.walk import go_into, within

GAP = 10
NARROW_LEFT, NARROW_RIGHT = 272, 356
WIDE_LEFT, WIDE_RIGHT = 330, 430
WIDE, FULL, SPLIT = 1600, 1311, 1000  # of the window's width at 100 % text, in px
SHORT = 740  # of the window's height, likewise
TABS = 36  # px


class DeskLayout(Themed, QWidget):
    """Left, centre and right beside each other, by the room that the text size leaves.

    From 1311 px on, all three are there (from 1600 px wider). Below, the left one hides and lies
    over the centre as a sheet while it is asked for with ``go_left``; Esc, or going elsewhere,
    closes it. Below 1000 px, which only large text comes to, the centre and the right one take
    turns under two tabs. A column that is None is not there, and the others close up.
    """

    compacted = Signal(bool)  # whether the window is short: panes drop what they can spare

    def __init__(
        self,
        theme: Theme,
        left: QWidget | None,
        centre: QWidget,
        right: QWidget | None = None,
    ) -> None:
        super().__init__()
        self._theme = theme
        self.centre, self.right = centre, right
        self._short = False
        self._lost = 0
        self._front = False  # whether the right one has its turn
        self._before: QWidget | None = None
        self._tabs = _Tabs(self)
        self._tabs.turned.connect(self._turn)
        if right is not None:
            right.setParent(self)  # the focus goes from what is written to what is read
        centre.setParent(self)
        self._under = _Under(self)
        self.left = left  # the last child lies on top
        if left is not None:
            left.setParent(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    @property
    def short(self) -> bool:
        """Whether the window is too low for everything."""
        return self._short

    @property
    def left_hides(self) -> bool:
        """Whether there is no room for the left column beside the others."""
        return self.left is not None and self._room() < FULL

    @property
    def left_open(self) -> bool:
        """Whether the left column lies over the centre."""
        return self._under.isVisibleTo(self)

    @property
    def takes_turns(self) -> bool:
        """Whether centre and right are under tabs."""
        return self.right is not None and self._room() < SPLIT

    def go_left(self) -> None:
        """Bring the focus to the left column; where it hides, it opens, and closes again."""
        if self.left is None:
            return
        if self.left_open:
            self.close_left()
            return
        if self.left_hides:
            self._before = QApplication.focusWidget()
            self._under.show()
            self.left.show()
            self._lay_out()
        go_into(self.left)

    def close_left(self) -> None:
        """Close the left column where it lies over the centre, and go back where one was."""
        if not self.left_open:
            return
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._under.hide()
        self._lay_out()

    def go_right(self) -> None:
        """Let the right column have its turn; the caller says where in it the focus goes."""
        self._turn(True)

    def go_centre(self) -> None:
        """Let the centre have its turn."""
        self._turn(False)

    def show_centre(self) -> None:
        """Let the centre have its turn, unless somebody is at work in the right column."""
        here = QApplication.focusWidget()
        if self.right is None or here is None or not within(self.right, here):
            self.go_centre()

    def set_lost(self, height: int) -> None:
        """Do with so much less height, in px, as long as a line outside takes it."""
        self._lost = height
        self._lay_out()

    def restyle(self) -> None:
        super().restyle()
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.left_open:
            self.close_left()
        else:
            super().keyPressEvent(event)

    def _room(self) -> float:
        """Return the window's width as it were at a text size of 100 %."""
        return self.window().width() * 100 / self._theme.text_size

    def _turn(self, right: bool) -> None:
        self._front = right
        self._lay_out()

    def _lay_out(self) -> None:
        px = current_look().px
        room = self.rect().adjusted(px(GAP), px(GAP), -px(GAP), -px(GAP))
        wide = self._room() >= WIDE
        if self.left is not None:
            room = self._lay_left(self.left, room, px(WIDE_LEFT if wide else NARROW_LEFT))
        if self.right is not None and not self.takes_turns:
            width = px(WIDE_RIGHT if wide else NARROW_RIGHT)
            self._put(self.right, QRect(room.right() + 1 - width, room.y(), width, room.height()))
            room.setRight(room.right() - width - px(GAP))
        self._lay_turns(room)
        self._put(self.centre, room)
        self._tell_height()

    def _lay_left(self, left: QWidget, room: QRect, width: int) -> QRect:
        """Put the left column where it belongs, and return the room that is left beside it."""
        place = QRect(room.x(), room.y(), width, room.height())
        self._put(left, place)
        if self.left_hides:
            left.setVisible(self.left_open)
            self._put(self._under, place.adjusted(-SHADOW, -SHADOW, SHADOW, SHADOW))
            return room
        self._under.hide()
        left.show()
        return room.adjusted(width + current_look().px(GAP), 0, 0, 0)

    def _lay_turns(self, room: QRect) -> None:
        """Show the tabs and one of the two, where both do not fit."""
        turns = self.takes_turns
        self._tabs.setVisible(turns)
        right = self._front and turns
        self.centre.setVisible(not right)
        if self.right is not None:
            self.right.setVisible(right or not turns)
        if turns and self.right is not None:
            height = current_look().px(TABS)
            self._put(self._tabs, QRect(room.x(), room.y(), room.width(), height))
            self._tabs.show_turn(self._front)
            room.setTop(room.y() + height)
            self._put(self.right, QRect(room))

    def _put(self, widget: QWidget, place: QRect) -> None:
        widget.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), place))

    def _tell_height(self) -> None:
        height = self.window().height() - self._lost
        short = height * 100 / self._theme.text_size < SHORT
        if short != self._short:
            self._short = short
            self.compacted.emit(short)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Close the left column where it lies over the centre when one has gone elsewhere."""
        if now is None or not self.isAncestorOf(now):
            return
        if self.left_open and self.left is not None and not within(self.left, now):
            self._before = None
            self.close_left()


class _Tabs(QWidget):
    """Which of two columns has its turn."""

    turned = Signal(bool)  # whether it is the right one's

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        for place, words in enumerate((N_("Person"), N_("This contact"))):
            chip = Chip(_(words))
            self._group.addButton(chip, place)
            across.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        across.addStretch(1)
        self._group.idClicked.connect(lambda place: self.turned.emit(place == 1))

    def show_turn(self, right: bool) -> None:
        """Show whose turn it is."""
        self._group.button(int(right)).setChecked(True)


class _Under(Themed, QWidget):
    """The ground under a column that lies over another."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        ground = self.rect().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        with QPainter(self) as painter:
            canvas = Canvas(painter, self.rect(), self.layoutDirection())
            paint_shadow(painter, ground)
            canvas.box(QRectF(ground), 10, "raised", "scroll")
