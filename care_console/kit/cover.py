"""A cover over a whole window: all below is hidden, and comes back as it was."""

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from care_console.kit.look import Themed, current_look
from care_console.kit.toasts import Toast


class Cover(Themed, QWidget):
    """Lies over all of ``window`` from ``lay_over`` to ``take_away``.

    Nothing below can be seen, read out, clicked or reached by a key, and other windows go.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._below: list[QWidget] = []
        self._hidden: list[QWidget] = []
        self._before: QWidget | None = None
        self._copied_here = False
        self._lies = False
        self.setAutoFillBackground(True)
        QGuiApplication.clipboard().dataChanged.connect(self._note_copy)
        self.hide()

    def first(self) -> QWidget:
        """Return what has the keyboard while it lies there."""
        return self

    def lay_over(self) -> None:
        """Cover everything."""
        self._lies = True
        self._before = QApplication.focusWidget()
        self._hide_all()
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self._window.installEventFilter(self)
        _application().focusChanged.connect(self._keep_focus)
        self.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def take_away(self, *, give_back: bool = True) -> None:
        """Uncover it; the keyboard goes where it was, unless it is not to be given back."""
        before, self._before = self._before, None
        self._lies = False
        _application().focusChanged.disconnect(self._keep_focus)
        self._window.removeEventFilter(self)
        self._show_all()
        self.hide()
        if give_back and before is not None and isValid(before) and before.isVisible():
            before.activateWindow()  # another one that came back may have taken the keyboard
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay over all of the window, whatever is put into it."""
        if watched is self._window and self._lies:
            if event.type() == QEvent.Type.Resize:
                self.setGeometry(self._window.rect())
            elif event.type() == QEvent.Type.ChildAdded:
                self.raise_()
        elif event.type() == QEvent.Type.Show and self._lies and isinstance(watched, QWidget):
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
        if not self._lies:
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
            each.installEventFilter(self)  # none of them shows itself before it is taken away

    def _show_all(self) -> None:
        for each in self._below:
            if isValid(each):
                each.removeEventFilter(self)
        for each in self._hidden:
            if isValid(each) and not isinstance(each, Toast):
                each.show()
        self._below, self._hidden = [], []

    def _keep_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        """What is typed meanwhile goes to the cover and nowhere else."""
        if now is None or now is self or self.isAncestorOf(now):
            return
        self.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def _note_copy(self) -> None:
        """Tell apart what is copied in this program and in another: that one stays to be pasted."""
        self._copied_here = QGuiApplication.focusWindow() is not None


def _application() -> QApplication:
    return cast(QApplication, QApplication.instance())
