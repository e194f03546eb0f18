"""Pages that are made when they are first seen, so that the first ring does not wait for them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from care_console.base.words import _
from care_console.kit import Chip, Pane, Themed, current_look


class Later(QWidget):
    """Takes the place of a page until it is shown for the first time."""

    made = Signal(object)  # the Pane

    def __init__(self, make: Callable[[], Pane]) -> None:
        super().__init__()
        self._make = make
        self.page: Pane | None = None
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)

    def there(self) -> Pane:
        """Return the page, and make it if nobody has seen it yet."""
        if self.page is None:
            self.page = self._make()
            column = self.layout()
            assert column is not None
            column.addWidget(self.page)
            self.setFocusProxy(self.page)
            self.made.emit(self.page)
            self.page.refresh()
        return self.page

    def showEvent(self, event: QShowEvent) -> None:
        self.there()
        super().showEvent(event)


class Leaves(Themed, QWidget):
    """Several pages under one place of the rail, of which chips choose one."""

    def __init__(self, pages: Sequence[tuple[str, QWidget]]) -> None:
        super().__init__()
        self._stack, self._chips = QStackedWidget(), QButtonGroup(self)
        self._pages = [page for _title, page in pages]
        self._across = QHBoxLayout()
        for at, (title, page) in enumerate(pages):
            chip = Chip(_(title))
            self._chips.addButton(chip, at)
            self._across.addWidget(chip)
            self._stack.addWidget(page)
        self._across.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._across)
        whole.addWidget(self._stack, 1)
        self._chips.idClicked.connect(self._turn)
        self._turn(0)
        self.restyle()

    def show_leaf(self, page: QWidget) -> None:
        """Turn to a page."""
        self._turn(self._stack.indexOf(page))
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def offers(self, page: QWidget) -> bool:
        """Return whether a page is offered."""
        return not self._chips.button(self._stack.indexOf(page)).isHidden()

    def hide_leaf(self, page: QWidget, hidden: bool) -> None:
        """Offer a page, or not."""
        at = self._stack.indexOf(page)
        self._chips.button(at).setHidden(hidden)
        if hidden and self._stack.currentIndex() == at:
            self._turn(0)

    def restyle(self) -> None:
        px = current_look().px
        self._across.setContentsMargins(px(12), px(10), px(12), 0)
        self._across.setSpacing(px(8))
        super().restyle()

    def _turn(self, at: int) -> None:
        page = self._pages[at]
        self._stack.setCurrentWidget(page)
        self._chips.button(at).setChecked(True)
        self.setFocusProxy(page)
