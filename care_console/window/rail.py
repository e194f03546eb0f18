"""The rail: the pages there are, at the window's edge."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from care_console.base.words import _
from care_console.kit import CENTRE, Canvas, Ink, Themed, current_look
from care_console.kit.buttons import PaintedButton

WIDTH = 76
HEIGHT, GAP, TOP = 54, 3, 8  # of a button, between two, over the first
LEAST = 36  # px; below that the words would not stand under the icon
KEY_LINE = 14
BADGE = 16
MOST_COUNTED = 99
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class RailButton(PaintedButton):
    """A page: its icon, its name and, at the foot, its key; what waits there as a number."""

    def __init__(self, title: str, icon: str, key: str, *, show_key: bool) -> None:
        self._icon, self._key, self._show_key = icon, key, show_key
        self._count = 0
        super().__init__(title)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleDescription(key)

    def set_count(self, count: int) -> None:
        """Show how much waits there."""
        self._count = count
        self._name()
        self.update()

    def nextCheckState(self) -> None:
        """Leave the mark to the rail: the page that is shown is marked, not the one pressed."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrows to the rail."""
        if event.key() in STEPS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        px = current_look().px
        return QSize(px(WIDTH) - 1, px(HEIGHT + (KEY_LINE if self._show_key else 0)))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            canvas = Canvas(painter, self.rect(), self.layoutDirection())
            px, on = canvas.px, self.isChecked()
            inside = canvas.bounds.adjusted(px(6), 0, -px(6), 0)
            fill = "accent_soft" if on else "hover" if self.underMouse() else ""
            canvas.box(inside, 8, fill)
            if on:
                canvas.box(QRectF(0, px(12), 3, self.height() - 2 * px(12)), 1.5, "accent")
            self._paint_face(canvas, "accent" if on else "text2")
            if self.hasFocus():
                canvas.ring(inside, 8)

    def _paint_face(self, canvas: Canvas, colour: str) -> None:
        px, wide = canvas.px, canvas.bounds.width()
        low = self.height() < px(HEIGHT)
        size = 16 if low else 22
        foot = px(KEY_LINE) if self._show_key and not low else 0
        name = QRectF(0, self.height() - foot - px(15 if low else 22), wide, px(15 if low else 16))
        top = max(1.0, (name.y() - px(size)) / 2 + px(1 if low else 2))
        canvas.icon(self._icon, colour, (wide - px(size)) / 2, top, size)
        weight = 600 if self.isChecked() else 500
        canvas.text(name, self.text(), Ink(11, weight, colour), CENTRE)
        if foot:
            under = QRectF(0, name.bottom(), wide, px(KEY_LINE))
            canvas.text(under, self._key, Ink(11, 400, "text3"), CENTRE)
        if self._count:
            self._paint_count(canvas, (wide + px(size)) / 2 - px(6), top - px(4))

    def _paint_count(self, canvas: Canvas, x: float, y: float) -> None:
        said = str(self._count) if self._count <= MOST_COUNTED else f"{MOST_COUNTED}+"
        ink = Ink(11, 700, "surface", True)
        wide = max(float(canvas.px(BADGE)), canvas.width(said, ink) + canvas.px(6))
        place = QRectF(x, y, wide, canvas.px(BADGE))
        canvas.box(place, BADGE / 2, "bad")
        canvas.text(place, said, ink, CENTRE)

    def _name(self) -> None:
        said = _("{page}: {count} waiting").format(page=self.text(), count=self._count)
        self.setAccessibleName(said if self._count else self.text())


class Rail(Themed, QWidget):
    """The pages from above, and at the foot those that are seldom gone to.

    Tab stops once, at the page that is shown; the arrows go on from there.
    """

    wanted = Signal(str)  # the id of a page

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Pages"))
        self._buttons: dict[str, RailButton] = {}
        self._down = QVBoxLayout(self)
        self._down.addStretch(1)
        self.restyle()

    def add(self, page: str, title: str, icon: str, key: str, *, at_foot: bool) -> None:
        """Add a page; one at the foot shows its ``key``."""
        button = RailButton(title, icon, key, show_key=at_foot)
        button.clicked.connect(lambda: self.wanted.emit(page))
        above = [each for each in self._buttons.values() if not each._show_key]
        self._down.insertWidget(self._down.count() if at_foot else len(above), button)
        self._buttons[page] = button
        self.mark(next((id for id, each in self._buttons.items() if each.isChecked()), page))
        self._fit()

    def mark(self, page: str) -> None:
        """Show that this page is shown."""
        for id, button in self._buttons.items():
            shown = id == page
            button.setChecked(shown)
            policy = Qt.FocusPolicy.StrongFocus if shown else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)

    def set_count(self, page: str, count: int) -> None:
        """Show how much waits on a page."""
        self._buttons[page].set_count(count)

    def go_in(self) -> None:
        """Take the focus to the page that is shown."""
        for button in self._buttons.values():
            if button.isChecked():
                button.setFocus(Qt.FocusReason.OtherFocusReason)

    def restyle(self) -> None:
        px = current_look().px
        self.setFixedWidth(px(WIDTH))
        self._down.setContentsMargins(0, px(TOP), 1, px(5))
        self._down.setSpacing(px(GAP))
        self._fit()
        super().restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()))
        buttons = sorted(self._buttons.values(), key=lambda each: each.y())
        here = next((at for at, each in enumerate(buttons) if each.hasFocus()), None)
        if step is None or here is None:
            super().keyPressEvent(event)
            return
        buttons[(here + step) % len(buttons)].setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            canvas = Canvas(painter, self.rect(), self.layoutDirection())
            painter.fillRect(self.rect(), canvas.look.color("sunken"))
            edge = canvas.place(QRectF(self.width() - 1, 0, 1, self.height()))
            painter.fillRect(edge, canvas.look.color("line"))
            foot = [each for each in self._buttons.values() if each._show_key]
            if foot:
                over = min(each.y() for each in foot) - canvas.px(7)
                rule = QRectF(canvas.px(18), over, self.width() - canvas.px(37), 1)
                painter.fillRect(rule, canvas.look.color("line"))

    def _fit(self) -> None:
        """Make the buttons as high as they should be, or as all of them have room for."""
        if not self._buttons:
            return
        px = current_look().px
        around = px(TOP) + px(5) + px(GAP) * (len(self._buttons) + 1) + px(7)
        wanted = sum(each.sizeHint().height() for each in self._buttons.values())
        spare = self.height() - around
        for button in self._buttons.values():
            height = button.sizeHint().height()
            if wanted > spare:
                height = min(height, max(px(LEAST), spare // len(self._buttons)))
            button.setFixedSize(px(WIDTH) - 1, height)
