"""The pages of the window: made when they are first shown, and left as they were."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from shiboken6 import isValid

from care_console.window import walk


@dataclass(slots=True)
class Page:
    """A page, which may not be made yet."""

    title: str
    make: Callable[[], QWidget]
    widget: QWidget | None = None
    last: QWidget | None = None  # that had the focus when it was left


class Pages(QStackedWidget):
    """Shows one page, or something alone in place of all pages."""

    turned = Signal(str)  # the id of the page that is shown now

    def __init__(self) -> None:
        super().__init__()
        self._pages: dict[str, Page] = {}
        self.current = ""
        """The id of the page that is shown; "" while something is shown alone."""

    def add(self, id: str, title: str, make: Callable[[], QWidget]) -> None:
        """Add a page, which ``make`` makes."""
        self._pages[id] = Page(title, make)

    def title(self, id: str) -> str:
        """Return what a page is called. Raises KeyError if there is none."""
        return self._pages[id].title

    def show_page(self, id: str) -> None:
        """Show a page, with the focus where it was there. Raises KeyError if there is none."""
        page = self._pages[id]
        if id == self.current:
            return
        if self.current:
            self._pages[self.current].last = self._focus_inside()
        if page.widget is None:
            page.widget = page.make()
        self.current = id
        self._bring(page.widget)
        if page.last is not None and isValid(page.last) and page.last.isVisible():
            page.last.setFocus(walk.REASON)
        else:
            walk.go_into(page.widget)
        self.turned.emit(id)

    def show_alone(self, widget: QWidget) -> None:
        """Show ``widget`` until a page is shown; then it is gone."""
        self.current = ""
        self._bring(widget)
        walk.go_into(widget)
        self.turned.emit("")

    def shown(self) -> QWidget:
        """Return what is shown."""
        return self.currentWidget() or self

    def _bring(self, widget: QWidget) -> None:
        before = self.currentWidget()
        if self.indexOf(widget) < 0:
            self.addWidget(widget)
        self.setCurrentWidget(widget)
        ours = [page.widget for page in self._pages.values()]
        if before is not None and before is not widget and before not in ours:
            self.removeWidget(before)
            before.deleteLater()

    def _focus_inside(self) -> QWidget | None:
        here = QApplication.focusWidget()
        return here if here is not None and self.shown().isAncestorOf(here) else None
