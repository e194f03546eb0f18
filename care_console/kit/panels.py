"""Surfaces with a head, and rows that tell how things stand."""

from typing import Literal

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from care_console.kit.canvas import CORNER, Canvas
from care_console.kit.labels import ElidingLabel, Glyph, KeyHint, Label
from care_console.kit.look import Themed, current_look

Tone = Literal["surface", "sunken", "raised", "accent", "ok", "warn", "bad"]
NoticeKind = Literal["warn", "bad", "ok", "info"]

NOTICED_MS = 150  # what is quicker needs no bar
FRAME_MS = 40
ROUND_MS = 1_200  # once across
BAR = 2
CORNERS = {"surface": 10, "raised": 12, "sunken": 8}
ICONS = {"warn": "alert", "bad": "alert", "ok": "check", "info": "info"}


class Surface(Themed, QFrame):
    """A rounded ground. A coloured one with ``edge`` has a bar where one starts to read."""

    def __init__(
        self, tone: Tone = "surface", *, edge: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tone: Tone = tone
        self._edge = edge

    def set_tone(self, tone: Tone) -> None:
        """Mean something else."""
        self._tone = tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._paint(Canvas(painter, self.rect(), self.layoutDirection()))

    def _paint(self, canvas: Canvas) -> None:
        half = canvas.look.line / 2
        whole = canvas.bounds.adjusted(half, half, -half, -half)
        if self._tone in CORNERS:
            line = "scroll" if self._tone == "raised" else "line"
            canvas.box(whole, CORNERS[self._tone], self._tone, line)
            return
        colour = "warn_line" if self._tone == "warn" else self._tone
        line = colour if canvas.look.line > 1 else ""
        canvas.box(whole if line else canvas.bounds, CORNER, f"{self._tone}_soft", line)
        if self._edge:
            canvas.painter.setClipRect(canvas.place(QRectF(0, 0, 3, self.height())))
            canvas.box(canvas.bounds, CORNER, colour)
            canvas.painter.setClipping(False)


class Panel(Surface):
    """A surface with a head (icon, title, key, ``trail``) and a ``body``.

    A ``flush`` panel lets its body, a list, reach both edges. Where nothing in the body grows, end
    it with ``body.addStretch()``, or its running text is spread out.
    """

    def __init__(
        self,
        title: str = "",
        icon: str = "",
        key: str = "",
        *,
        flush: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("surface", parent=parent)
        self._flush = flush
        self._since = -1  # ms that the bar has moved, or -1
        self.setAccessibleName(title)
        self.title = ElidingLabel(title, weight=600)
        self.trail = ElidingLabel(size=12, weight=500, colour="text3", tabular=True)
        self.head = QHBoxLayout()
        self.body = QVBoxLayout()
        self._column = QVBoxLayout(self)
        if title:
            self._furnish_head(icon, key)
        self._column.addLayout(self.body, 1)
        self._patience = QTimer(self, interval=NOTICED_MS, singleShot=True)
        self._patience.timeout.connect(self._show_bar)
        self._frames = QTimer(self, interval=FRAME_MS)
        self._frames.timeout.connect(self._move_bar)
        self.restyle()

    def busy(self, on: bool) -> None:
        """Show that something is being fetched, if it takes long enough to be noticed.

        What was called off because the panel goes may say so after it has gone.
        """
        if not isValid(self):
            return
        if not on:
            self._patience.stop()
            self._frames.stop()
            self._since = -1
            self.update()
        elif not self._patience.isActive() and self._since < 0:
            self._patience.start()

    def restyle(self) -> None:
        px = current_look().px
        side = 0 if self._flush else 16
        self._column.setContentsMargins(px(side), px(12), px(side), px(6 if self._flush else 12))
        self._column.setSpacing(px(4 if self._flush else 8))
        self.head.setContentsMargins(px(16 - side), 0, px(16 - side), 0)
        self.head.setSpacing(px(8))
        self.body.setSpacing(px(4 if self._flush else 8))
        super().restyle()

    def _furnish_head(self, icon: str, key: str) -> None:
        if icon:
            self.head.addWidget(Glyph(icon))
        self.head.addWidget(self.title)
        if key:
            self.head.addWidget(KeyHint(key))
        self.head.addStretch(1)
        self.head.addWidget(self.trail)
        self._column.addLayout(self.head)

    def _show_bar(self) -> None:
        self._since = 0
        if not current_look().still:
            self._frames.start()
        self.update()

    def _move_bar(self) -> None:
        self._since = (self._since + FRAME_MS) % ROUND_MS
        self.update(0, self._bar_top(), self.width(), BAR + 1)

    def _bar_top(self) -> int:
        return self.head.geometry().bottom() + 2 if self.title.text() else 1

    def _paint(self, canvas: Canvas) -> None:
        super()._paint(canvas)
        if self._since < 0:
            return
        inside = QRectF(1, self._bar_top(), self.width() - 2, BAR)
        canvas.painter.fillRect(inside, canvas.look.color("track"))
        wide = inside.width() * 0.3
        start = (inside.width() + wide) * self._since / ROUND_MS - wide
        moving = QRectF(inside.x() + start, inside.y(), wide, BAR)
        part = inside if canvas.look.still else moving.intersected(inside)
        canvas.painter.fillRect(canvas.place(part), canvas.look.color("accent"))


class Notice(Surface):
    """A row that says how something stands: ``text`` in bold, ``rest`` after it, ``sub`` below."""

    def __init__(
        self,
        kind: NoticeKind = "info",
        text: str = "",
        *,
        rest: str = "",
        sub: str = "",
        icon: str = "",
        trailing: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("accent" if kind == "info" else kind, parent=parent)
        self._icon = icon
        self._glyph = Glyph(icon or ICONS[kind], "accent" if kind == "info" else kind, 18)
        self.words = Label(wrap=True)
        self.sub = Label(size=12, colour="text2", wrap=True)
        self._across = QHBoxLayout(self)
        self._lay_out(trailing)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.tell(text, rest=rest, sub=sub)
        self.restyle()

    def _lay_out(self, trailing: QWidget | None) -> None:
        down = QVBoxLayout()
        down.setSpacing(2)
        down.addStretch(1)  # one line stands in the middle of what is higher beside it
        down.addWidget(self.words)
        down.addWidget(self.sub)
        down.addStretch(1)
        side = Qt.AlignmentFlag.AlignTop if trailing is None else Qt.AlignmentFlag.AlignVCenter
        self._across.addWidget(self._glyph, 0, side)
        self._across.addLayout(down, 1)
        if trailing is not None:
            self._across.addWidget(trailing, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_tone(self, tone: Tone) -> None:
        """Mean something else, with its icon unless this row has one of its own."""
        super().set_tone(tone)
        colour = tone if tone in ICONS else "accent"
        self._glyph.show_icon(self._icon or ICONS.get(tone, ICONS["info"]), colour)

    def tell(self, text: str, *, rest: str = "", sub: str = "") -> None:
        """Say something else in the same tone."""
        self.words.setText(f"{text} {rest}" if rest else text)
        self.words.set_strong(len(text))
        self.sub.setText(sub)
        self.sub.setVisible(bool(sub))
        self.setAccessibleName(" ".join(part for part in (text, rest, sub) if part))

    def restyle(self) -> None:
        px = current_look().px
        self._across.setContentsMargins(px(12), px(8), px(12), px(8))
        self._across.setSpacing(px(10))
        super().restyle()
