"""A field that is finished by a few letters, with what fits in a list under it."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any, ClassVar

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from care_console.base.words import _, ngettext
from care_console.kit import (
    CommandRow,
    Errands,
    LineEdit,
    ListView,
    Row,
    RowDelegate,
    Surface,
    announce,
    current_look,
)

Source = Callable[[str], Coroutine[Any, Any, Sequence[str]]]

MOST_OFFERED = 7
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class OfferDelegate(RowDelegate):
    """One line."""

    height: ClassVar[int] = 31
    inset: ClassVar[int] = 4


class Offers(Surface):
    """The list under the field. The field leads it, and has the focus all the time."""

    def __init__(self, name: str, host: QWidget) -> None:
        super().__init__("raised", parent=host)
        self.list = ListView(OfferDelegate(), name=name, uniform=True, led=True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        down = QVBoxLayout(self)
        down.setContentsMargins(1, 4, 1, 4)
        down.addWidget(self.list)
        self.hide()

    def show_under(self, field: QWidget, rows: Sequence[str]) -> None:
        """Show ``rows`` right under ``field``, none of them chosen yet."""
        self.list.rows.set_rows([CommandRow(id=title, icon="", title=title) for title in rows])
        self.list.setCurrentIndex(QModelIndex())
        host = self.parentWidget()
        if not rows or host is None:
            self.hide()
            return
        corner = field.mapTo(host, QPoint(0, field.height() + 2))
        height = len(rows) * current_look().px(OfferDelegate.height) + 10
        self.setGeometry(corner.x(), corner.y(), field.width(), height)
        self.show()


class Completing(LineEdit):
    """What is typed counts as it stands; a row of the list is taken by arrow and Enter, or Tab.

    ``source`` gives what fits the letters; a newer question takes the place of an older one. The
    list lies over the widget that ``lie_over`` names.
    """

    written = Signal(str)  # at each key, and when a row is taken
    entered = Signal()  # Enter was pressed with no row to take

    def __init__(self, placeholder: str, *, name: str, source: Source) -> None:
        super().__init__(placeholder, name=name)
        self.offers = Offers(_("What fits {field}").format(field=name), self)
        self._source = source
        self._errands = Errands(self)
        self.textEdited.connect(self._typed)
        self.offers.list.clicked.connect(lambda _index: self._take())

    def lie_over(self, host: QWidget) -> None:
        """Show the list on ``host``, over all that it has at this moment."""
        self.offers.setParent(host)

    def write(self, text: str) -> None:
        """Put in ``text`` as if it had been typed."""
        self.setText(text)
        self.offers.hide()
        self.written.emit(text)

    def event(self, event: QEvent) -> bool:
        """Tab takes a row that the arrows went to, and then goes on."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Tab
            and self._at() is not None
        ):
            self._take()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and (step := STEPS.get(Qt.Key(event.key()))) is not None:
            self._step(step)
        elif plain and event.key() in ENTER:
            if self._at() is not None:
                self._take()
            else:
                self.offers.hide()
                self.entered.emit()
        elif plain and event.key() == Qt.Key.Key_Escape and self.offers.isVisible():
            self.offers.hide()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.offers.hide()

    def _typed(self, text: str) -> None:
        self.offers.list.setCurrentIndex(QModelIndex())  # it was meant for other letters
        self.written.emit(text)
        self._ask(text)

    def _ask(self, text: str) -> None:
        self._errands.look("offers", self._offer(text))

    async def _offer(self, text: str) -> None:
        found = list(await self._source(text))[:MOST_OFFERED]
        if text != self.text() or not self.hasFocus():
            return
        if found == [text]:
            found = []
        fresh = bool(found) and not self.offers.isVisible()
        self.offers.show_under(self, found)
        if fresh:
            words = ngettext("{count} suggestion", "{count} suggestions", len(found))
            announce(self, words.format(count=len(found)))

    def _step(self, by: int) -> None:
        if not self.offers.isVisible():
            self._ask(self.text())
            return
        self.offers.list.step(by)
        if (row := self._at()) is not None:
            announce(self, row.title)

    def _at(self) -> Row | None:
        return self.offers.list.row() if self.offers.isVisible() else None

    def _take(self) -> None:
        if (row := self._at()) is not None:
            self.write(row.title)
