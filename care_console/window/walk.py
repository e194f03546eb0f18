"""Going from pane to pane with the keys."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from care_console.kit import Pane

REASON = Qt.FocusReason.OtherFocusReason


def go_into(widget: QWidget) -> bool:
    """Give the focus to ``widget``, or to the first in it that takes one; False if none does."""
    begins = isinstance(widget, Pane) and widget.landing is not None
    if begins or widget.focusProxy() is not None or widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        widget.setFocus(REASON)
        return True
    for each in widget.findChildren(QWidget):
        if takes_tab(each) and each.isVisibleTo(widget):
            each.setFocus(REASON)
            return True
    return False


def takes_tab(widget: QWidget) -> bool:
    """Return whether Tab stops at ``widget`` while it can be seen."""
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isEnabled() and widget.focusProxy() is None


def panes_in(page: QWidget) -> list[QWidget]:
    """Return the panes of ``page`` that can be seen; one inside another belongs to it."""
    seen = [each for each in page.findChildren(Pane) if each.isVisibleTo(page)]
    return [
        each
        for each in seen
        if not any(other is not each and other.isAncestorOf(each) for other in seen)
    ]


def next_stop(stops: Sequence[QWidget], step: int) -> None:
    """Go on to the next of ``stops`` that takes the focus, ``step`` 1, or to the one before, -1."""
    here = QApplication.focusWidget()
    at = next((n for n, each in enumerate(stops) if here is not None and within(each, here)), -1)
    start = at if at >= 0 else -1 if step > 0 else 0
    for far in range(1, len(stops) + 1):
        stop = stops[(start + far * step) % len(stops)]
        if stop.isVisible() and go_into(stop):
            return


def leave_field(page: QWidget) -> bool:
    """Go from a field to the list of its pane, or to the pane itself; False if in no pane."""
    pane = QApplication.focusWidget()
    while pane is not None and not isinstance(pane, Pane):
        pane = pane.parentWidget()
    if pane is None or not page.isAncestorOf(pane):
        return False
    for each in pane.findChildren(QAbstractItemView):
        if each.isVisible() and each.focusPolicy() & Qt.FocusPolicy.TabFocus:
            each.setFocus(REASON)
            return True
    pane.setFocus(REASON)
    return True


def within(widget: QWidget, other: QWidget) -> bool:
    """Return whether ``other`` is ``widget`` or stands in it."""
    return widget is other or widget.isAncestorOf(other)
