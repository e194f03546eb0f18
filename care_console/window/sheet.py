"""A sheet: what lies over the page for a moment, and gives the keyboard back when it goes."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from care_console.kit import Canvas, Themed, current_look
from care_console.window.walk import takes_tab

Hints = Sequence[tuple[str, str]]
"""Pairs of a key as it is printed and a word for what it does."""

SHADOW = 20  # px around the sheet
SHADOW_STEP = 2
SHADOW_INK = 5  # of 255, in each step
CORNER = 12


class Sheet(Themed, QWidget):
    """A raised surface over its window. It is not modal: a ring and its keys go on beside it.

    Esc closes it, and so does going elsewhere. The widget that had the focus before has it again
    when Esc or ``shut`` closes it. What is in a sheet goes into ``body``.
    """

    opened = Signal()
    closed = Signal()
    hints: Hints = ()
    """What the status line shows while the sheet is open."""

    def __init__(self, window: QWidget, name: str) -> None:
        super().__init__(window)
        self._before: QWidget | None = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(SHADOW, SHADOW, SHADOW, SHADOW)
        self.body.setSpacing(0)
        self.hide()

    def place(self, room: QRect) -> QRect:
        """Return where the surface lies in a window that covers ``room``."""
        return room

    def first(self) -> QWidget:
        """Return the widget that has the focus when the sheet opens."""
        return self

    def open(self) -> None:
        """Show the sheet and go there."""
        if not self.isVisible():
            self._before = _under_sheets(QApplication.focusWidget())
            self.settle()
            self.show()
            _application().focusChanged.connect(self._follow)
            self.opened.emit()
        self.first().setFocus(Qt.FocusReason.PopupFocusReason)

    def shut(self, *, give_back: bool = True) -> None:
        """Hide the sheet; the focus goes back where it was unless it is not to be given back."""
        if not self.isVisible():
            return
        _application().focusChanged.disconnect(self._follow)
        before, self._before = self._before, None
        if give_back and before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.hide()
        self.closed.emit()

    def settle(self) -> None:
        """Lie where the sheet belongs in the window as it is now."""
        window = self.parentWidget()
        if window is not None:
            around = (-SHADOW, -SHADOW, SHADOW, SHADOW)
            self.setGeometry(self.place(window.rect()).adjusted(*around))

    def restyle(self) -> None:
        super().restyle()
        if self.isVisible():
            self.settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.shut()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round inside: what lies under a sheet is not the next thing."""
        if not self.isVisible():
            return super().focusNextPrevChild(forward)
        inside = self.findChildren(QWidget)
        stops = [each for each in inside if each.isVisible() and takes_tab(each)]
        if not stops:
            return True
        here = QApplication.focusWidget()
        at = stops.index(here) if here in stops else -1 if forward else 0
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(at + (1 if forward else -1)) % len(stops)].setFocus(reason)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        ground = self.rect().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        with QPainter(self) as painter:
            canvas = Canvas(painter, self.rect(), self.layoutDirection())
            if not ground.adjusted(CORNER, CORNER, -CORNER, -CORNER).contains(event.rect()):
                paint_shadow(painter, ground)
            half = canvas.look.line / 2
            canvas.box(
                QRectF(ground).adjusted(half, half, -half, -half), CORNER, "raised", "scroll"
            )

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Close when the clerk has gone elsewhere in the window; not when to another program."""
        if now is not None and now is not self and not self.isAncestorOf(now):
            self.shut(give_back=False)


def _under_sheets(widget: QWidget | None) -> QWidget | None:
    """Return ``widget``, or what had the focus before it if it stands in another sheet."""
    here = widget
    while here is not None:
        if isinstance(here, Sheet):
            return here._before
        here = here.parentWidget()
    return widget


def paint_shadow(painter: QPainter, ground: QRect) -> None:
    """Darken what lies under the sheet's edge, the less the farther it is."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, SHADOW_INK))
    corner = current_look().px(CORNER)
    for far in range(SHADOW, 0, -SHADOW_STEP):
        around = QRectF(ground).adjusted(-far, 4 - far, far, far)
        painter.drawRoundedRect(around, corner + far, corner + far)


def _application() -> QApplication:
    return cast(QApplication, QApplication.instance())
