"""Fields to write in, and the sentence under one that needs another look."""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from care_console.base.words import N_
from care_console.kit.canvas import CORNER, KEY_HEIGHT, RING, Canvas, key_width
from care_console.kit.labels import Glyph, Label
from care_console.kit.look import Ink, Themed, current_look
from care_console.kit.scrolling import ScrollBar

MAY_READ = N_("They may read this")  # beside notes on people: all that is held is handed to them
FIELD_HEIGHT = 34
SIDE = 9
ICON_ROOM = 24
NOTE_PAD = 5


@runtime_checkable
class CanBeWrong(Protocol):
    """A field that can show that what is in it will not do."""

    def set_bad(self, bad: bool) -> None:
        """Show the border of something broken, or the usual one."""


def paint_field(canvas: Canvas, *, focus: bool, bad: bool, enabled: bool, corner: float) -> None:
    """Paint the ground and the border of a field."""
    edge = canvas.look.line / 2
    whole = canvas.bounds.adjusted(edge, edge, -edge, -edge)
    line = "bad_line" if bad else "field" if enabled else "line"
    canvas.box(whole, corner, "surface" if enabled else "sunken", line)
    if bad:
        inside = canvas.bounds.adjusted(1, 1, -1, -1)
        canvas.box(inside, corner, line="bad_line", wide=RING)
    elif focus:
        canvas.ring(canvas.bounds, corner)


def clear_ground(widget: QWidget) -> None:
    """Leave the ground of ``widget`` to what is painted behind its text."""
    colours = QPalette()
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        colours.setColor(group, QPalette.ColorRole.Base, QColor(0, 0, 0, 0))
    colours.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Base, QColor(0, 0, 0, 0))
    widget.setPalette(colours)


def leaves_undo(event: QEvent) -> bool:
    """Return whether a field is asked if it wants Ctrl+Z for itself."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and event.matches(QKeySequence.StandardKey.Undo)
    )


class LineEdit(Themed, QLineEdit):
    """One line to write in; ``name`` is what a reader calls it. What is typed stays as typed."""

    def __init__(
        self,
        placeholder: str = "",
        *,
        name: str = "",
        icon: str = "",
        key: str = "",
        size: float = 13,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._key, self._ink = icon, key, Ink(size)
        self._bad = False
        self.setFrame(False)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        clear_ground(self)
        self.restyle()

    def set_bad(self, bad: bool) -> None:
        self._bad = bad
        self.update()

    def restyle(self) -> None:
        look = current_look()
        self.setFont(look.ink(self._ink))
        before = look.px(SIDE + (ICON_ROOM if self._icon else 0))
        after = look.px(SIDE) + key_width(self._key, look)
        if self.isRightToLeft():  # Qt turns the text round, not its margins
            before, after = after, before
        self.setTextMargins(before - 2, 0, after - 2, 0)
        super().restyle()

    def event(self, event: QEvent) -> bool:
        if leaves_undo(event) and not self.isUndoAvailable():
            return False  # then Ctrl+Z means what was done last
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self.restyle()

    def sizeHint(self) -> QSize:
        look = current_look()
        spare = self._ink.size - 13
        return QSize(super().sizeHint().width(), look.px(FIELD_HEIGHT + 3 * max(0, spare)))

    def minimumSizeHint(self) -> QSize:
        return QSize(current_look().px(48), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            canvas = Canvas(painter, self.rect(), self.layoutDirection())
            corner = 8 if self._icon else CORNER
            paint_field(
                canvas,
                focus=self.hasFocus(),
                bad=self._bad,
                enabled=self.isEnabled(),
                corner=corner,
            )
            self._paint_extras(canvas)
        super().paintEvent(event)

    def _paint_extras(self, canvas: Canvas) -> None:
        middle = canvas.bounds.center().y()
        if self._icon:
            canvas.icon(self._icon, "text3", canvas.px(11), middle - canvas.px(8), 16)
        if wide := key_width(self._key, canvas.look):
            right = canvas.bounds.right() - canvas.px(SIDE) - wide
            canvas.key(self._key, right, middle - canvas.px(KEY_HEIGHT) / 2, line="line")


class NoteEdit(Themed, QPlainTextEdit):
    """A note that grows from ``least`` to ``most`` lines; Tab leaves it. It is always plain."""

    def __init__(
        self,
        placeholder: str = "",
        *,
        name: str = "",
        least: int = 3,
        most: int = 12,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self._bad = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBar(ScrollBar(Qt.Orientation.Vertical))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.viewport().setAutoFillBackground(False)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        clear_ground(self)
        self.restyle()

    def set_bad(self, bad: bool) -> None:
        self._bad = bad
        self.update()

    def restyle(self) -> None:
        look = current_look()
        self.setFont(look.font())
        self.document().setDocumentMargin(look.px(4))
        pad = look.px(NOTE_PAD)
        self.setViewportMargins(pad, pad - 1, 3, pad - 1)
        super().restyle()

    def sizeHint(self) -> QSize:
        lines = round(self.document().documentLayout().documentSize().height())
        return QSize(super().sizeHint().width(), self._height(min(lines, self._most)))

    def minimumSizeHint(self) -> QSize:
        return QSize(current_look().px(80), self._height(self._least))

    def event(self, event: QEvent) -> bool:
        """Paint the border behind the text; the text itself is the viewport's."""
        if leaves_undo(event) and not self.document().isUndoAvailable():
            return False  # then Ctrl+Z means what was done last
        done = super().event(event)
        if event.type() == QEvent.Type.Paint:
            with QPainter(self) as painter:
                canvas = Canvas(painter, self.rect(), self.layoutDirection())
                paint_field(
                    canvas,
                    focus=self.hasFocus(),
                    bad=self._bad,
                    enabled=self.isEnabled(),
                    corner=CORNER,
                )
        elif event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return done

    def _height(self, lines: int) -> int:
        look = current_look()
        written = max(lines, self._least) * self.fontMetrics().lineSpacing()
        return written + 2 * (look.px(4) + look.px(NOTE_PAD) - 1) + 1

    def _grow(self, *_size: object) -> None:
        self.updateGeometry()


class Field(Themed, QWidget):
    """A field under its name, and below it what is wrong with what was written, if anything."""

    def __init__(self, name: str, edit: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = edit
        self._faulty = False
        self.name = Label(name, size=12, weight=500, colour="text2")
        self.name.setBuddy(edit)
        edit.setAccessibleName(name)
        self.setFocusProxy(edit)
        self._mark = Glyph("alert", "bad", 14)
        self._sentence = Label(size=12, weight=500, colour="bad", wrap=True)
        self._row = QWidget()
        across = QHBoxLayout(self._row)
        across.setContentsMargins(0, 1, 0, 0)
        across.setSpacing(6)
        across.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(self._sentence, 1)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(4)
        for part in (self.name, edit, self._row):
            down.addWidget(part)
        self._row.hide()

    def fault(self, sentence: str = "") -> None:
        """Say what will not do and what to do, or take it back. What was written stays."""
        self._faulty = bool(sentence)
        self._tell(sentence, "bad")
        self._mark.setVisible(self._faulty)
        if isinstance(self.edit, CanBeWrong):
            self.edit.set_bad(self._faulty)

    def say(self, sentence: str) -> None:
        """Say quietly how what was written is understood; it takes the place of a fault."""
        self.fault()
        self._tell(sentence, "text3")

    def _tell(self, sentence: str, colour: str) -> None:
        self._sentence.setText(sentence)
        self._sentence.set_colour(colour)
        self._row.setVisible(bool(sentence))
        self.edit.setAccessibleDescription(sentence)

    @property
    def faulty(self) -> bool:
        """Whether something is wrong."""
        return self._faulty


def check(*checks: tuple[Field, Callable[[], str]]) -> bool:
    """Ask for the fault of each field, show them, and go to the first; True if there is none."""
    first: Field | None = None
    for field, ask in checks:
        field.fault(ask())
        first = first or (field if field.faulty else None)
    if first is not None:
        first.edit.setFocus(Qt.FocusReason.OtherFocusReason)
    return first is None
