"""What was just done, with the way back, for a while."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from care_console.kit.announce import announce
from care_console.kit.buttons import Button
from care_console.kit.labels import Label
from care_console.kit.look import current_look
from care_console.kit.panels import Surface

SHOWN_MS = 8_000
FOOT = 44  # px above the window's foot, so that the status line stays free
WIDEST = 560
LEAST, MOST = 48, 140  # px high


class Toast(Surface):
    """A line over the foot of ``window`` that goes by itself, but not while one is on it.

    It never takes the focus. A newer one takes its place.
    """

    gone = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__("raised", parent=window)
        self._run: Callable[[], object] | None = None
        self._hovered = False
        self.words = Label(wrap=True, alignment=Qt.AlignmentFlag.AlignVCenter)
        self.button = Button("", "soft")
        self._across = QHBoxLayout(self)
        self._across.addWidget(self.words, 1)
        self._across.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._left = QTimer(self, interval=SHOWN_MS, singleShot=True)
        self._left.timeout.connect(self.dismiss)
        self.button.clicked.connect(self._act)
        self.button.installEventFilter(self)
        window.installEventFilter(self)
        self.hide()
        self.restyle()

    def tell(
        self, text: str, action: str = "", run: Callable[[], object] | None = None, key: str = ""
    ) -> None:
        """Show ``text`` for eight seconds; the button ``action``, if any, calls ``run`` once.

        ``key`` is printed on the button: it does the same.
        """
        self._run = run
        self.button.set_key(key)
        self.words.setText(text)
        self.button.setText(action)
        self.button.setVisible(bool(action))
        self.setAccessibleName(text)
        self.show()
        self._settle()
        self._wait()
        announce(self, text)

    def restyle(self) -> None:
        px = current_look().px
        self._across.setContentsMargins(px(16), px(8), px(8), px(8))
        self._across.setSpacing(px(12))
        super().restyle()
        if self.isVisible():
            self._settle()

    def dismiss(self) -> None:
        """Go now."""
        self._left.stop()
        self._run = None
        self.hide()
        self.gone.emit()

    def enterEvent(self, event: QEvent) -> None:
        self._hovered = True
        self._wait()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self._wait()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the window's foot, and stay while the button has the focus."""
        if watched is self.button:
            if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
                self._wait()
        elif event.type() == QEvent.Type.Resize and self.isVisible():
            self._settle()
        return super().eventFilter(watched, event)

    def _wait(self) -> None:
        """Count the time from now, or not at all while one is on it."""
        self._left.stop()
        if self.isVisible() and not self._hovered and not self.button.hasFocus():
            self._left.start()

    def _act(self) -> None:
        run = self._run
        self.dismiss()
        if run is not None:
            run()

    def _settle(self) -> None:
        """Lie in the middle above the window's foot, over what was there before."""
        window = self.parentWidget()
        if window is None:
            return
        px = current_look().px
        widest = min(px(WIDEST), window.width() - px(32))
        width = min(self.sizeHint().width(), widest)
        room = min(px(MOST), window.height() - px(FOOT))
        height = max(px(LEAST), min(self._across.heightForWidth(width), room))
        left = (window.width() - width) // 2
        self.resize(width, height)
        self.move(QPoint(left, window.height() - height - px(FOOT)))
        self.raise_()
