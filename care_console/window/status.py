"""The window's foot: what the keys do here, and whether everything is saved."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from care_console.base.words import _
from care_console.kit import ElidingLabel, Glyph, KeyHint, Label, Themed, announce, current_look
from care_console.window.sheet import Hints

HEIGHT = 28
MOST_HINTS = 6
ALL_KEYS = "F1"


class StatusBar(Themed, QWidget):
    """Hints at the start, what is saved at the end. Where both do not fit, hints give way."""

    def __init__(self) -> None:
        super().__init__()
        self._hints: Hints = ()
        self._shown: list[tuple[KeyHint, Label]] = []
        self._mark = Glyph("check", "ok", 14)
        self._words = ElidingLabel(size=12, colour="text2", tabular=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._missing = False
        self._line_mark = Glyph("alert", "warn", 14)
        self._line = Label(size=12, weight=500, colour="warn")
        self._across = QHBoxLayout(self)
        for _each in range(MOST_HINTS):
            key, word = KeyHint(""), Label(size=12, colour="text2")
            self._shown.append((key, word))
            self._across.addWidget(key)
            self._across.addWidget(word)
        self._across.addStretch(1)
        self._across.addWidget(self._line_mark)
        self._across.addWidget(self._line)
        self._across.addWidget(self._mark)
        self._across.addWidget(self._words)
        self._mark.hide()
        self._line.hide()
        self._line_mark.hide()
        self.show_hints(())
        self.restyle()

    def show_hints(self, hints: Hints) -> None:
        """Show these keys with their words, and F1 behind them."""
        others = [each for each in hints if each[0] != ALL_KEYS]
        self._hints = [*others[: MOST_HINTS - 1], (ALL_KEYS, _("all keys"))]
        self._fit()

    def saved(self, sentence: str) -> None:
        """Show that everything is saved; said aloud only if it was not before."""
        self._say(sentence, "check", "ok", "text2")
        if self._missing:
            announce(self, sentence)
        self._missing = False

    def not_saved(self, sentence: str) -> None:
        """Show what is not saved and why, until it is."""
        self._say(sentence, "alert", "bad", "bad")
        if not self._missing:
            announce(self, sentence)
        self._missing = True

    def show_line(self, words: str) -> None:
        """Show that a telephone line is down, as long as it is; "" is none."""
        self._line.setText(words)
        self._line.setVisible(bool(words))
        self._line_mark.setVisible(bool(words))
        self._fit()

    @property
    def words(self) -> str:
        """What the end of the line says."""
        return self._words.text()

    def restyle(self) -> None:
        px = current_look().px
        self.setFixedHeight(px(HEIGHT))
        self._across.setContentsMargins(px(16), 1, px(16), 0)
        self._across.setSpacing(px(6))
        for _key, word in self._shown:
            word.setContentsMargins(0, 0, px(8), 0)
        self._fit()
        super().restyle()

    def resizeEvent(self, event: object) -> None:
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            look = current_look()
            painter.fillRect(self.rect(), look.color("surface"))
            painter.fillRect(0, 0, self.width(), 1, look.color("line"))

    def _say(self, sentence: str, icon: str, tone: str, colour: str) -> None:
        self._mark.show_icon(icon, tone)
        self._mark.show()
        self._words.set_colour(colour)
        self._words.setText(sentence)
        self._fit()

    def _fit(self) -> None:
        """Show the hints that fit, the first ones first, and always the last, which is F1."""
        gap = self._across.spacing()
        sides = self._across.contentsMargins()
        spare = self.width() - sides.left() - sides.right() - 3 * gap - self._mark.width()
        spare -= self._words.sizeHint().width()
        if self._line.text():
            spare -= self._line.sizeHint().width() + self._line_mark.width() + 2 * gap
        wide = []
        for (key, word), (keys, words) in zip(self._shown, self._hints, strict=False):
            key.setText(keys)
            word.setText(words)
            wide.append(key.sizeHint().width() + word.sizeHint().width() + 2 * gap)
        spare -= wide[-1]
        for place, (key, word) in enumerate(self._shown):
            last = place == len(wide) - 1
            if place < len(wide) - 1:
                spare -= wide[place]
            shown = last or (place < len(wide) and spare >= 0)
            key.setVisible(shown)
            word.setVisible(shown)
