"""Buttons and chips that say which key does the same."""

from typing import Literal, NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from care_console.kit.canvas import CENTRE, CORNER, KEY_HEIGHT, Canvas, key_width
from care_console.kit.groups import draw_badge, group_word
from care_console.kit.labels import NEVER_FORCED, plain
from care_console.kit.look import Ink, Themed, current_look

Kind = Literal["plain", "primary", "quiet", "danger", "soft"]

BUTTON_HEIGHT = 32
BARE_WIDTH = 28  # px, of a chip with a shape alone
CHIP_HEIGHT = 26
SIDE = 12
ICON_ROOM = 22
CHIP_WORD = Ink(12, 500, "text2")


class Paint(NamedTuple):
    """The tokens of one kind of button; "" is none."""

    fill: str
    hover: str
    words: str
    line: str
    key: str
    key_line: str


PAINTS: dict[str, Paint] = {
    "plain": Paint("surface", "hover", "text", "field", "text3", "line"),
    "primary": Paint("accent", "accent_hover", "on_accent", "", "on_accent", "on_accent"),
    "quiet": Paint("", "hover", "text2", "", "text3", "line"),
    "danger": Paint("surface", "bad_soft", "bad", "bad_line", "bad", "bad_line"),
    "soft": Paint("accent_soft", "hover", "accent", "", "accent", "accent"),
}
OFF = Paint("sunken", "sunken", "text3", "line", "text3", "line")


class PaintedButton(Themed, QAbstractButton):
    """A button that shows its words as they are: an ampersand makes no shortcut of a letter."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:
        self._words = text
        self.setAccessibleName(text)
        self.restyle()

    def text(self) -> str:
        return self._words

    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        return whole.boundedTo(QSize(current_look().px(NEVER_FORCED), whole.height()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses what has the focus, as Space does; Ctrl+Enter is the pane's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()
            else:
                self.click()
            return
        super().keyPressEvent(event)


class Button(PaintedButton):
    """Words, an icon if it helps, and quietly the key that does the same."""

    def __init__(
        self,
        text: str,
        kind: Kind = "plain",
        icon: str = "",
        key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self._kind: Kind = kind
        self._icon, self._key = icon, key
        super().__init__(text, parent)
        self.setAccessibleDescription(key)

    def set_key(self, key: str) -> None:
        """Show another key."""
        self._key = key
        self.setAccessibleDescription(key)
        self.restyle()

    def set_icon(self, icon: str) -> None:
        """Show another icon, or none."""
        self._icon = icon
        self.restyle()

    def set_kind(self, kind: Kind) -> None:
        """Weigh more or less."""
        self._kind = kind
        self.restyle()

    def sizeHint(self) -> QSize:
        look = current_look()
        key = key_width(self._key, look)
        width = 2 * look.px(SIDE) + look.width(self.text(), self._ink()) + 2
        width += (look.px(ICON_ROOM) if self._icon else 0) + (key + look.px(8) if key else 0)
        return QSize(int(width), look.px(BUTTON_HEIGHT))

    def _ink(self) -> Ink:
        return Ink(13, 600 if self._kind == "primary" else 500)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint = PAINTS[self._kind] if self.isEnabled() else OFF
        with QPainter(self) as painter:
            canvas = Canvas(painter, self.rect(), self.layoutDirection())
            self._paint_ground(canvas, paint)
            self._paint_words(canvas, paint)

    def _paint_ground(self, canvas: Canvas, paint: Paint) -> None:
        edge = canvas.look.line / 2
        whole = canvas.bounds.adjusted(edge, edge, -edge, -edge)
        lit = self.underMouse() or self.isDown()
        thick = paint.words if canvas.look.line > 1 and self._kind != "quiet" else ""
        canvas.box(
            whole,
            CORNER,
            paint.hover if lit else paint.fill,
            paint.line or thick,
            dashed=thick != "" and not self.isEnabled(),
        )
        if self.hasFocus():
            canvas.box(canvas.bounds.adjusted(2.5, 2.5, -2.5, -2.5), 4, line="surface", wide=1)
            canvas.ring(canvas.bounds)

    def _paint_words(self, canvas: Canvas, paint: Paint) -> None:
        px, middle = canvas.px, canvas.bounds.center().y()
        left = canvas.bounds.adjusted(px(SIDE), 0, -px(SIDE), 0)
        if self._icon:
            canvas.icon(self._icon, paint.words, left.x(), middle - px(8), 16)
            left.setLeft(left.left() + px(ICON_ROOM))
        if key := key_width(self._key, canvas.look):
            top = middle - px(KEY_HEIGHT) / 2
            canvas.key(self._key, left.right() - key, top, paint.key, paint.key_line)
            left.setRight(left.right() - key - px(8))
        canvas.text(left, self.text(), self._ink()._replace(colour=paint.words))


class Chip(PaintedButton):
    """A filter or a quick choice that stays pressed; with a group it wears the group's shape.

    A ``bare`` one has the shape with its letter alone, and the word for readers and the mouse.
    """

    def __init__(
        self,
        text: str = "",
        group: str = "",
        parent: QWidget | None = None,
        *,
        bare: bool = False,
    ) -> None:
        self._group, self._bare = group, bare and bool(group)
        super().__init__(text or (group_word(group) if group else ""), parent)
        self.setCheckable(True)
        if self._bare:
            self.setToolTip(plain(self.text()))

    def sizeHint(self) -> QSize:
        look = current_look()
        if self._bare:
            return QSize(look.px(BARE_WIDTH), look.px(CHIP_HEIGHT))
        sides = look.px(38 if self._group else 22)
        width = look.width(self.text(), CHIP_WORD) + sides + 1
        return QSize(max(look.px(CHIP_HEIGHT), int(width)), look.px(CHIP_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            canvas = Canvas(painter, self.rect(), self.layoutDirection())
            if self._group:
                line = self._group if self.isChecked() else "line"
                words = "" if self._bare else self.text()
                draw_badge(canvas, self._group, words, self.isChecked(), line)
            else:
                self._paint_plain(canvas)
            if self.hasFocus():
                canvas.ring(canvas.bounds, CHIP_HEIGHT / 2)

    def _paint_plain(self, canvas: Canvas) -> None:
        edge = canvas.look.line / 2
        whole = canvas.bounds.adjusted(edge, edge, -edge, -edge)
        fill = "accent_soft" if self.isChecked() else "hover" if self.underMouse() else ""
        line, words = ("accent", "accent") if self.isChecked() else ("line", "text2")
        if not self.isEnabled():
            fill, line, words = "sunken", "line", "text3"
        canvas.box(whole, CHIP_HEIGHT / 2, fill, line)
        inside = canvas.bounds.adjusted(canvas.px(6), 0, -canvas.px(6), 0)
        canvas.text(inside, self.text(), CHIP_WORD._replace(colour=words), CENTRE)
