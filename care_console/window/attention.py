"""Whether the clerk is typing, so that nothing moves under their hands."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

IDLE_S = 3.0
TEXTS = (QLineEdit, QPlainTextEdit, QTextEdit)


class Attention(QObject):
    """Notes when a key was last pressed in a field; it listens at the one that has the focus."""

    def __init__(self, parent: QObject, now_s: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._now_s = now_s
        self._pressed_s = now_s() - IDLE_S
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    @property
    def typing(self) -> bool:
        """Whether a key was pressed in a field within three seconds."""
        return self._now_s() - self._pressed_s < IDLE_S

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress:
            self._pressed_s = self._now_s()
        return False

    def _follow(self, old: QWidget | None, now: QWidget | None) -> None:
        if isinstance(old, TEXTS):
            old.removeEventFilter(self)
        if isinstance(now, TEXTS):
            now.installEventFilter(self)
