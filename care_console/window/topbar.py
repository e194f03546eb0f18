"""The window's head: whose desk it is, the way to everything, the hour and who sits here."""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from care_console.base.clock import Clock, utc_now
from care_console.base.words import _
from care_console.kit import Canvas, ElidingLabel, Ink, Label, Themed, current_look
from care_console.kit.buttons import PaintedButton
from care_console.kit.canvas import KEY_HEIGHT, key_width
from care_console.kit.theme import Room

HEIGHT = 48
LONGEST_NAME = 180  # px: a longer one is cut all the same
SEARCH_HEIGHT = 34
WIDTHS: dict[Room, int] = {"wide": 460, "full": 380, "narrow": 320, "least": 260}
LEAST_SEARCH = 140
MINUTE_MS = 60_000
NAME = "CARE"


class SearchButton(PaintedButton):
    """Looks like a field and opens the palette, also with the first letter that is typed."""

    typed = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("Find a person, number, order or command"))
        self._key = ""
        self._room: Room = "full"
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_key(self, key: str) -> None:
        """Show the key that does the same."""
        self._key = key
        self.setAccessibleDescription(key)
        self.update()

    def set_room(self, room: Room) -> None:
        """Be as long as the window allows."""
        self._room = room
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        px = current_look().px
        return QSize(px(WIDTHS[self._room]), px(SEARCH_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        px = current_look().px
        return QSize(px(LEAST_SEARCH), px(SEARCH_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letters = event.text()
        if letters.isprintable() and letters.strip():
            self.typed.emit(letters)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            canvas = Canvas(painter, self.rect(), self.layoutDirection())
            px, edge = canvas.px, canvas.look.line / 2
            whole = canvas.bounds.adjusted(edge, edge, -edge, -edge)
            canvas.box(whole, 8, "hover" if self.underMouse() else "sunken", "field")
            middle = canvas.bounds.center().y()
            canvas.icon("search", "text3", px(11), middle - px(8), 16)
            wide = key_width(self._key, canvas.look)
            right = self.width() - px(15) - wide
            canvas.key(self._key, right, middle - px(KEY_HEIGHT) / 2, "text2", "field")
            words = QRectF(px(36), 0, right - px(44), self.height())
            ink = Ink(13, 400, "text3")
            fits = canvas.width(self.text(), ink) <= words.width()
            canvas.text(words, self.text() if fits else _("Find a person"), ink)
            if self.hasFocus():
                canvas.ring(canvas.bounds, 8)


class _Dot(Themed, QWidget):
    """A thin line and a dot, before the name of who sits here."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(current_look().px(21), current_look().px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            canvas = Canvas(painter, self.rect(), self.layoutDirection())
            canvas.painter.fillRect(
                canvas.place(QRectF(0, 0, 1, self.height())), canvas.look.color("line")
            )
            canvas.disc(self.width() - canvas.px(4), self.height() / 2, 4, "ok")


class TopBar(Themed, QWidget):
    """The head of the window. What does not fit gives way in this order: day, state, company."""

    def __init__(self) -> None:
        super().__init__()
        self._room: Room = "full"
        self._hour = self._day = ""
        self._clock: Clock = utc_now
        self._locale = ""
        self._minute = QTimer(self, singleShot=True)
        self._minute.timeout.connect(self._tick)
        self.name = Label(NAME, size=15, weight=700, colour="accent")
        self.company = ElidingLabel(colour="text2")
        self.search = SearchButton()
        self.clock = Label(colour="text2", tabular=True)
        self.dot = _Dot()
        self.clerk = ElidingLabel(weight=500)
        self.state = ElidingLabel(colour="text3")
        self._left, self._right, self._across = QHBoxLayout(), QHBoxLayout(), QHBoxLayout(self)
        self._left.addWidget(self.name)
        self._left.addWidget(self.company, 1)
        self._right.addStretch(1)
        self._shown_last: tuple[QWidget, ...] = (self.clock, self.dot, self.clerk, self.state)
        for part in self._shown_last:
            self._right.addWidget(part)
        self._across.addLayout(self._left, 1)
        self._across.addWidget(self.search)
        self._across.addLayout(self._right, 1)
        self.show_clerk("", "")
        self.restyle()

    def show_place(self, company: str, desk: str) -> None:
        """Say whose desk it is, and which."""
        self.company.setText(" · ".join(each for each in (company, desk) if each))

    def show_clerk(self, name: str, state: str) -> None:
        """Say who sits here, and what they do."""
        self.clerk.setText(name)
        self.state.setText(state)
        self._fit()

    def show_time(self, day: str, hour: str) -> None:
        """Say the day and the hour."""
        self._day, self._hour = day, hour
        self._fit()

    def set_clock(self, clock: Clock, locale: str) -> None:
        """Show the time of ``clock`` as ``locale`` writes it, from now on."""
        self._clock, self._locale = clock, locale
        self._tick()

    def set_room(self, room: Room) -> None:
        """Take note of how wide the window is."""
        self._room = room
        self.search.set_room(room)
        self._fit()

    def restyle(self) -> None:
        px = current_look().px
        self.setFixedHeight(px(HEIGHT))
        self._across.setContentsMargins(px(16), 0, px(16), 1)
        for row in (self._across, self._left, self._right):
            row.setSpacing(px(12))
        super().restyle()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            look = current_look()
            painter.fillRect(self.rect(), look.color("surface"))
            painter.fillRect(0, self.height() - 1, self.width(), 1, look.color("line"))

    def _tick(self) -> None:
        """Show the time, now and at each full minute."""
        from babel.dates import format_skeleton  # for which the first picture cannot wait

        from care_console.base.spell import hour, known_locale

        now = self._clock().astimezone()
        day = format_skeleton("MMMEd", now, locale=known_locale(self._locale))
        self.show_time(day, hour(now, self._locale))
        self._minute.start(MINUTE_MS - now.second * 1000 - now.microsecond // 1000 + 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _short_of_room(self) -> bool:
        """Return whether day, name and state are wider together than what they share."""
        parts = [each for each in self._shown_last if not each.isHidden()]
        gap = current_look().px(12)
        wanted = sum(each.sizeHint().width() + gap for each in parts)
        margins = self._across.contentsMargins()
        sides = margins.left() + margins.right() + 2 * gap
        return wanted > (self.width() - self.search.sizeHint().width() - sides) / 2

    def _fit(self) -> None:
        short = self._room in ("narrow", "least")
        self.dot.setVisible(bool(self.clerk.text()))
        self.clerk.setVisible(bool(self.clerk.text()))
        self.state.setVisible(bool(self.state.text()) and not short)
        both = _("{day}, {hour}").format(day=self._day, hour=self._hour)
        self.clock.setText(both if self._day and self._room != "least" else self._hour)
        if not short and self._short_of_room():
            self.clock.setText(self._hour)
        name = min(self.clerk.sizeHint().width(), current_look().px(LONGEST_NAME))
        self.clerk.setMinimumWidth(0 if short else name)  # the state gives way before it does
