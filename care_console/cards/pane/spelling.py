"""A name, address or number in large spelling words, over whatever is on the screen."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from care_console.base.spelling import spell_out
from care_console.base.words import N_, _
from care_console.cards.rules.shown import Said
from care_console.kit.canvas import CENTRE, Canvas
from care_console.kit.labels import ElidingLabel, KeyHint, Label
from care_console.kit.look import Ink, Themed, current_look
from care_console.kit.panels import Surface
from care_console.kit.scrolling import Scroll

MOST = 120  # pieces; nobody spells more in one breath
SIGN = Ink(26, 600, "accent", tabular=True)
WORD = Ink(13, 500, "text")
CELL_HEIGHT, GAP, BREAK = 66, 6, 22  # px
WIDE, HIGH = 760, 440  # px
WHAT = {
    "name": N_("Name"),
    "number": N_("Telephone"),
    "internal": N_("Telephone"),
    "email": N_("E-mail"),
    "address": N_("Address"),
    "company": N_("Company"),
}


class Letters(Themed, QWidget):
    """Each letter over the word for it, each group of digits over how it is said."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: tuple[tuple[str, str], ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def spell(self, text: str, language: str) -> None:
        """Show how ``text`` is spelt in ``language``."""
        self._pieces = spell_out(text[:MOST], language)
        said = (word or sign for sign, word in self._pieces if not sign.isspace())
        self.setAccessibleName(", ".join(said))
        self.restyle()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = [place.bottom() for place, _sign, _word in self._laid_out(width)]
        return int(max(rows, default=current_look().px(CELL_HEIGHT)))

    def sizeHint(self) -> QSize:
        width = current_look().px(WIDE)
        return QSize(width, self.heightForWidth(width))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            canvas = Canvas(painter, self.rect(), self.layoutDirection())
            for place, sign, word in self._laid_out(self.width()):
                canvas.box(place, 8, "sunken", "line")
                upper = QRectF(place.x(), place.y() + canvas.px(4), place.width(), canvas.px(36))
                lower = QRectF(place.x(), upper.bottom(), place.width(), canvas.px(20))
                canvas.text(upper, sign, SIGN, CENTRE)
                canvas.text(lower, word, WORD, CENTRE)

    def _laid_out(self, width: float) -> list[tuple[QRectF, str, str]]:
        look = current_look()
        high, gap = look.px(CELL_HEIGHT), look.px(GAP)
        found, across, down = [], 0.0, 0.0
        for sign, word in self._pieces:
            if sign.isspace():
                across += look.px(BREAK)
                continue
            wide = max(look.width(word, WORD), look.width(sign, SIGN), look.px(28)) + look.px(18)
            wide = min(wide, width)
            if across and across + wide > width:
                across, down = 0.0, down + high + gap
            found.append((QRectF(across, down, wide, high), sign, word))
            across += wide + gap
        return found


class SpellingSheet(Surface):
    """Lies over the window until Esc; ← and → go from the name to the number and on.

    It is made when it is wanted and goes when it is closed: so it lies above what is there.
    """

    closed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__("raised", parent=window)
        self._over = window
        self._said: Sequence[Said] = ()
        self._at = 0
        self._language = "en"
        self._before: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.what = Label(size=13, weight=600, colour="text2")
        self.text = ElidingLabel(size=20, weight=600)
        self.letters = Letters()
        self._lay_out()
        window.installEventFilter(self)

    def spell(self, said: Sequence[Said], at: int = 0, language: str = "en") -> None:
        """Show the piece ``at`` of ``said``, of which there must be one, in ``language``."""
        self._before = self.window().focusWidget()
        self._said, self._language = tuple(said), language
        self._turn_to(at)
        self.show()
        self.setFocus()

    def close_sheet(self) -> None:
        """Go, and give the focus back to whom it was taken from."""
        self.hide()
        if self._before is not None and isValid(self._before) and self._before.isVisible():
            self._before.setFocus()
        self.closed.emit()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close_sheet()
        elif step is not None:
            back = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            self._turn_to((self._at + (-step if back else step)) % len(self._said))
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._take_place()
        return super().eventFilter(watched, event)

    def restyle(self) -> None:
        super().restyle()
        if self.isVisible():
            self._take_place()

    def _turn_to(self, at: int) -> None:
        self._at = at
        said = self._said[at]
        self.what.setText(_(WHAT[said.what]))
        self.text.setText(said.text)
        self.letters.spell(said.text, self._language)
        self.setAccessibleName(_("Spelling: {text}").format(text=said.text))
        self._take_place()

    def _take_place(self) -> None:
        look, window = current_look(), self._over
        width = min(look.px(WIDE), window.width() - look.px(24))
        inner = width - look.px(40)
        wanted = self.letters.heightForWidth(inner) + look.px(104)
        height = min(wanted, look.px(HIGH), window.height() - look.px(24))
        top = min(window.height() // 8, window.height() - height)
        self.setGeometry((window.width() - width) // 2, top, width, height)

    def _lay_out(self) -> None:
        scroll = Scroll(self.letters)
        head = QHBoxLayout()
        head.addWidget(self.what)
        head.addStretch()
        for key, words in (("← →", _("name, number, address")), ("Esc", _("close"))):
            head.addWidget(KeyHint(key))
            head.addWidget(Label(words, size=12, colour="text3"))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 16)
        column.addLayout(head)
        column.addWidget(self.text)
        column.addWidget(scroll, 1)
