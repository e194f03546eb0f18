"""The window's frame, which is on the screen before anything else is ready."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TypeVar, cast
from weakref import WeakKeyDictionary

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from care_console.base.clock import Clock
from care_console.base.words import _
from care_console.kit import Actions, Label, Pane, Theme, Toast
from care_console.window import place, walk
from care_console.window.attention import Attention
from care_console.window.bindings import bind, bind_walk
from care_console.window.keys import KeysSheet
from care_console.window.pages import Pages
from care_console.window.palette import GLYPH, Palette, Search
from care_console.window.rail import Rail
from care_console.window.sheet import Hints, Sheet
from care_console.window.status import StatusBar
from care_console.window.topbar import TopBar
from care_console.window.trail import Trail
from care_console.window.undo import Done, Undo

TITLE = "CARE Console"
LOCALE = "en_GB"

Box = TypeVar("Box", QHBoxLayout, QVBoxLayout)


class MainWindow(QMainWindow):
    """One window: head, rail, the strip of the telephone, a page, foot; sheets lie over them.

    It shows one sentence until ``add_page`` brings the first page. ``memory`` is the file in which
    it keeps its place and page; without one it remembers nothing.
    """

    painted = Signal()
    closing = Signal()  # what is typed but not kept must be kept now
    page_shown = Signal(str)
    text_size_changed = Signal(int)  # per cent, by a key: to be kept

    def __init__(self, memory: Path | None = None, theme: Theme | None = None) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(TITLE)
        self.theme = theme or Theme(cast(QApplication, QApplication.instance()))
        """The look of everything; a change shows at once."""
        self.registry = Actions(self)
        """Every action with its keys: the palette, the sheet of keys and the hints read it."""
        self.trail = Trail(self)
        """The cards one was at: ``visit`` each that is shown, and show what it has ``wanted``."""
        self.undo = Undo(self)
        """What can be taken back; ``did`` adds to it."""
        self._memory, self._was = memory, place.recall(memory)
        self._hints: WeakKeyDictionary[QWidget, Hints] = WeakKeyDictionary()
        self._page_hints: dict[str, Hints] = {}
        self._sheets: list[Sheet] = []
        self._locale = LOCALE
        self._attention = Attention(self)
        self._strip: QWidget | None = None
        self._beside_rail = _tight(QVBoxLayout())
        self._lay_out()
        self._wire()
        bind(self)
        self.top.search.set_key(self.registry.key_text("find"))
        self._take_place()
        self.say(_("One moment …"))

    # furnishing

    def add_page(
        self,
        id: str,
        title: str,
        icon: str,
        key: str,
        page: QWidget | Callable[[], QWidget],
        *,
        at_foot: bool = False,
        walks: bool = True,
    ) -> None:
        """Add a page to the rail, with its ``key``, such as "Alt+1".

        ``title`` is marked with ``N_``. ``page`` may be a function that makes it when it is first
        shown. The first page is shown at once: where calls come, wherever the window was closed.
        F6 goes from pane to pane on it, unless it says with ``walks`` that F6 is its own.
        Raises ValueError for a key that is taken.
        """
        made = page
        make = (lambda: made) if isinstance(made, QWidget) else made
        action = self.registry.add(f"page {id}", title, (key,), lambda: self.show_page(id))
        action.setProperty(GLYPH, icon)
        if walks:
            bind_walk(self, id)
        self._pages.add(id, _(title), make)
        self.rail.add(id, _(title), icon, self.registry.key_text(action), at_foot=at_foot)
        if not self.current_page:
            self.show_page(id)

    def set_strip(self, strip: QWidget) -> None:
        """Put the strip of the telephone over every page; it shows and hides itself."""
        self._beside_rail.insertWidget(0, strip)
        self._strip = strip

    def add_line(self, line: QWidget) -> None:
        """Put a line over every page, under the strip; it shows and hides itself."""
        self._beside_rail.insertWidget(self._beside_rail.count() - 1, line)

    def add_banner(self, banner: QWidget) -> None:
        """Put what concerns every page over them; it shows and hides itself."""
        self._beside_rail.insertWidget(self._beside_rail.count() - 1, banner)

    def add_sheet(self, sheet: Sheet) -> None:
        """Take part in a sheet that was made for this window: its place, its hints, Esc."""
        self._sheets.append(sheet)
        sheet.opened.connect(self._show_hints)
        sheet.closed.connect(self._show_hints)

    def set_palette_sources(
        self, search: Search, can_attach: Callable[[], bool] = lambda: False
    ) -> None:
        """Let the palette find people; see ``Palette.set_sources``."""
        self.finder.set_sources(search, can_attach)

    def set_hints(self, hints: Hints, of: QWidget | str | None = None) -> None:
        """Show ``hints`` at the foot, pairs of a printed key and a word, while the focus is there.

        ``of`` is a pane, or the id of a page for wherever no pane has its own; without it, it is
        the page that is shown.
        """
        if isinstance(of, QWidget):
            self._hints[of] = hints
        else:
            self._page_hints[of or self.current_page] = hints
        self._show_hints()

    def set_house(self, company: str, desk: str) -> None:
        """Say in the head whose desk this is, and which."""
        self.top.show_place(company, desk)

    def set_clerk(self, name: str, state: str = "") -> None:
        """Say in the head who sits here, and how they stand: "taking calls"."""
        self.top.show_clerk(name, state)

    def set_clock(self, clock: Clock, locale: str) -> None:
        """Show the time of ``clock`` as ``locale`` writes it, from now on."""
        self._locale = locale
        self.top.set_clock(clock, locale)

    def set_count(self, page: str, count: int) -> None:
        """Show on the rail how much waits on a page."""
        self.rail.set_count(page, count)

    @cached_property
    def finder(self) -> Palette:
        """The palette; it is made when it is first asked for, and not for the first picture."""
        finder = Palette(self, self.registry)
        finder.hindered.connect(self.hindered)
        self.add_sheet(finder)
        return finder

    @cached_property
    def keys(self) -> KeysSheet:
        """The sheet of all keys, likewise."""
        keys = KeysSheet(self, self.registry, lambda: self.current_page, self._pages.title)
        self.add_sheet(keys)
        return keys

    # telling

    def say(self, sentence: str) -> None:
        """Show ``sentence`` in place of everything else."""
        aligned = Qt.AlignmentFlag.AlignCenter
        self.show_alone(Label(sentence, size=15, colour="text2", wrap=True, alignment=aligned))

    def show_alone(self, widget: QWidget) -> None:
        """Show ``widget`` in place of all pages; there is nothing else to go to."""
        self._pages.show_alone(widget)

    def told(self, sentence: str) -> None:
        """Tell good news for a while, over the foot of the page."""
        self._toast.tell(sentence)

    def hindered(self, sentence: str) -> None:
        """Tell what could not be done and why. What was typed is still where it was."""
        self._toast.tell(sentence)

    def toast(self, words: str, action_words: str, run: Callable[[], object]) -> None:
        """Tell ``words`` for eight seconds, with a button that calls ``run`` once."""
        self._toast.tell(words, action_words, run)

    def did(self, done: Done) -> None:
        """Tell what was done, with the way back: a button here, and Ctrl+Z."""
        self.undo.note(done)
        key = self.registry.key_text("undo")
        self._toast.tell(done.words, _("Undo"), lambda: self.undo.take_back(done), key)

    def saved(self, at: datetime) -> None:
        """Show that everything is saved, since ``at``, aware."""
        from care_console.base.spell import hour  # Babel, for which the first picture cannot wait

        self.foot.saved(_("Saved {hour}").format(hour=hour(at, self._locale)))

    def not_saved(self, sentence: str) -> None:
        """Show what is not saved and why, until ``saved``."""
        self.foot.not_saved(sentence)

    def ringing(self, who: str) -> None:
        """Say in the window's title who rings, or with "" that nobody does. Takes no focus."""
        self.setWindowTitle(_("Ringing: {who}").format(who=who[:80]) if who else TITLE)
        if who and not self.isActiveWindow():
            QApplication.alert(self)

    # how it stands

    @property
    def current_page(self) -> str:
        """The id of the page that is shown, "" before there is one."""
        return self._pages.current

    @property
    def sheet_open(self) -> bool:
        """Whether the palette or another sheet lies over the page."""
        return any(sheet.isVisible() for sheet in self._sheets)

    @property
    def typing(self) -> bool:
        """Whether a key was pressed in a field within three seconds."""
        return self._attention.typing

    # doing

    def show_page(self, id: str) -> None:
        """Show a page, with the focus where it was there. Raises KeyError if there is none."""
        self._pages.show_page(id)

    def open_palette(self, text: str = "") -> None:
        """Open the palette, with ``text`` in it."""
        self.registry.refresh()
        self.finder.open()
        if text:
            self.finder.type(text)

    def open_keys(self) -> None:
        """Open the sheet of all keys."""
        self.keys.open()

    def next_pane(self, step: int = 1) -> None:
        """Go on to the next pane, the strip, the rail or the search; with -1 to the one before."""
        page = self._pages.shown()
        panes = walk.panes_in(page) or [page]
        strip = [self._strip] if self._strip is not None else []
        walk.next_stop([*panes, *strip, self.rail, self.top.search], step)

    def set_text_size(self, per_cent: int) -> None:
        """Write everything larger or smaller, within 90 and 150 per cent, and have it kept."""
        before = self.theme.text_size
        self.theme.set_text_size(per_cent)
        if self.theme.text_size != before:
            self.text_size_changed.emit(self.theme.text_size)

    def toggle_full_screen(self) -> None:
        """Use the whole screen, or go back to a window."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    # Qt

    def sizeHint(self) -> QSize:
        return place.USUAL

    def minimumSizeHint(self) -> QSize:
        return place.LEAST

    def event(self, event: QEvent) -> bool:
        """Ask what can be done just before a key is looked up among the actions."""
        if event.type() == QEvent.Type.ShortcutOverride:
            self.registry.refresh()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.painted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.theme.set_width(self.width())
        self.top.set_room(self.theme.room)
        for sheet in filter(Sheet.isVisible, self._sheets):
            sheet.settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self._escape()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        rect, state = self.normalGeometry(), self.windowState()
        here = place.Place(
            x=rect.x(),
            y=rect.y(),
            width=rect.width(),
            height=rect.height(),
            maximised=bool(state & Qt.WindowState.WindowMaximized),
            full_screen=bool(state & Qt.WindowState.WindowFullScreen),
        )
        place.keep(self._memory, here)
        super().closeEvent(event)

    # inside

    def _lay_out(self) -> None:
        self.top, self.rail, self.foot = TopBar(), Rail(), StatusBar()
        self._pages = Pages()
        self._beside_rail.addWidget(self._pages, 1)
        across = _tight(QHBoxLayout())
        across.addWidget(self.rail)
        across.addLayout(self._beside_rail, 1)
        root = QWidget()
        down = _tight(QVBoxLayout())
        down.addWidget(self.top)
        down.addLayout(across, 1)
        down.addWidget(self.foot)
        root.setLayout(down)
        self.setCentralWidget(root)
        self._toast = Toast(self)

    def _wire(self) -> None:
        self.rail.wanted.connect(self.show_page)
        self._pages.turned.connect(self._turn)
        self.top.search.clicked.connect(lambda: self.open_palette())
        self.top.search.typed.connect(self.open_palette)
        self.theme.changed.connect(lambda: self.top.set_room(self.theme.room))
        self.undo.undone.connect(
            lambda words: self.told(_("Taken back: {words}").format(words=words))
        )
        self.undo.hindered.connect(self.hindered)
        application = cast(QApplication, QApplication.instance())
        application.focusChanged.connect(self._show_hints)

    def _take_place(self) -> None:
        self.setMinimumSize(place.LEAST)
        main = QGuiApplication.primaryScreen()
        screens = sorted(QGuiApplication.screens(), key=lambda each: each is not main)
        self.setGeometry(place.on_screen(self._was, [each.availableGeometry() for each in screens]))
        if self._was is not None and self._was.full_screen:
            self.setWindowState(Qt.WindowState.WindowFullScreen)
        elif self._was is not None and self._was.maximised:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _turn(self, page: str) -> None:
        """Take note of which page is shown; "" is none of them."""
        alone = not page
        self.rail.setVisible(not alone)
        self.top.search.setVisible(not alone)
        self.foot.setVisible(not alone)
        self.rail.mark(page)
        self.registry.set_page(page or None)
        self._show_hints()
        if page:
            self.page_shown.emit(page)

    def _escape(self) -> None:
        """Close the sheet that lies on top, or go from a field to its pane."""
        shown = [sheet for sheet in self._sheets if sheet.isVisible()]
        if shown:
            shown[-1].shut()
        else:
            walk.leave_field(self._pages.shown())

    def _show_hints(self, *_news: object) -> None:
        self.foot.show_hints(self._hints_here())

    def _hints_here(self) -> Sequence[tuple[str, str]]:
        for sheet in reversed(self._sheets):
            if sheet.isVisible():
                return sheet.hints
        here: QWidget | None = QApplication.focusWidget()
        while here is not None:
            if here in self._hints:
                return self._hints[here]
            if isinstance(here, Pane) and (own := here.hints()):
                return (*own, ("F1", _("all keys")))
            here = here.parentWidget()
        return self._page_hints.get(self.current_page, ())


def _tight(layout: Box) -> Box:
    """Return ``layout`` without gaps: what is in it has its own."""
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    return layout
