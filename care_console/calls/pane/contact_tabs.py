"""The open contacts in the strip, each a small tab with its digit."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from care_console.base.names import clean
from care_console.base.spell import hour
from care_console.base.words import _
from care_console.cards.rules.words import group_words
from care_console.kit.buttons import PaintedButton
from care_console.kit.canvas import KEY_HEIGHT, Canvas
from care_console.kit.groups import draw_groups
from care_console.kit.labels import plain_tooltip
from care_console.kit.look import Ink, Themed, current_look

HEIGHT = 42  # px
WIDEST, NARROWEST = 240, 84  # px
TEXT_AT, END = 37, 12  # px
SHAPE = 21
LEAST_NAME = 44  # px; a name comes before the shapes
SUB = Ink(12, 400, "text2", tabular=True)
MOST_DIGITS = 9


class OpenContact(Protocol):
    """What a tab shows of a contact that is open."""

    @property
    def contact_id(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def groups(self) -> tuple[str, ...]: ...
    @property
    def since(self) -> datetime: ...
    @property
    def telephone(self) -> bool: ...
    @property
    def ended(self) -> bool: ...
    @property
    def ours(self) -> bool: ...  # we called


class ContactTab(PaintedButton):
    """One open contact: its digit, who, and where it stands."""

    def __init__(self) -> None:
        self.contact_id = 0
        self._digit = self._sub = ""
        self._groups: tuple[str, ...] = ()
        super().__init__()
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_contact(self, digit: int, contact: OpenContact, *, front: bool, locale: str) -> None:
        """Show a contact; ``front`` says that the clerk works on it."""
        self.contact_id, self._groups = contact.contact_id, contact.groups
        self._digit = str(digit) if digit <= MOST_DIGITS else ""
        self._sub = where_it_stands(contact, front=front, locale=locale)
        self.setChecked(front)
        self.setText(clean(contact.title))
        groups = _(" and ").join(map(group_words, self._groups))
        parts = (self._digit, self.text(), groups, self._sub)
        self.setAccessibleName(", ".join(part for part in parts if part))
        plain_tooltip(self, "\n".join((self.text(), self._sub)))

    def sizeHint(self) -> QSize:
        look = current_look()
        title = look.width(self.text(), self._ink()) + look.px(SHAPE) * len(self._groups)
        width = look.px(TEXT_AT + END) + max(title, look.width(self._sub, SUB)) + 2
        return QSize(min(int(width), look.px(WIDEST)), look.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint().boundedTo(QSize(current_look().px(NARROWEST), 10_000))

    def nextCheckState(self) -> None:
        """It is in front only when the desk says so."""

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            canvas = Canvas(painter, self.rect(), self.layoutDirection())
            px, whole = canvas.px, canvas.bounds.adjusted(0.75, 0.75, -0.75, -0.75)
            fill = "surface" if self.isChecked() else "hover" if self.underMouse() else ""
            wide = 1.5 * canvas.look.line if self.isChecked() else 0
            canvas.box(whole, 7, fill, "ok" if self.isChecked() else "scroll", wide)
            top = canvas.bounds.center().y() - px(KEY_HEIGHT) / 2
            canvas.key(self._digit, px(9), top, "text" if self.isChecked() else "text2")
            self._paint_words(canvas)
            if self.hasFocus():
                canvas.ring(canvas.bounds, 7)

    def _paint_words(self, canvas: Canvas) -> None:
        px = canvas.px
        room = canvas.bounds.width() - px(TEXT_AT + END)
        shapes = px(SHAPE) * len(self._groups)
        groups = self._groups if room - shapes >= px(LEAST_NAME) else ()
        shapes = shapes if groups else 0
        width = min(canvas.width(self.text(), self._ink()), max(0, room - shapes))
        canvas.text(QRectF(px(TEXT_AT), px(3), width, px(20)), self.text(), self._ink())
        draw_groups(canvas, groups, px(TEXT_AT) + width + px(7), px(13), 15)
        canvas.text(QRectF(px(TEXT_AT), px(21), room, px(17)), self._sub, SUB)

    def _ink(self) -> Ink:
        return Ink(13, 600 if self.isChecked() else 500)


class ContactTabs(Themed, QWidget):
    """All open contacts in the order in which they came."""

    chosen = Signal(int)  # a contact's id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs: list[ContactTab] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.restyle()

    def show_contacts(
        self, contacts: Sequence[OpenContact], front: int | None, locale: str
    ) -> None:
        """Show these; ``front`` is the id of the one that the clerk works on."""
        focused = next((tab.contact_id for tab in self.tabs if tab.hasFocus()), None)
        for tab in self.tabs[len(contacts) :]:
            self._row.removeWidget(tab)
            tab.hide()
            tab.deleteLater()
        del self.tabs[len(contacts) :]
        while len(self.tabs) < len(contacts):
            self._add_tab()
        for digit, contact in enumerate(contacts, start=1):
            tab, in_front = self.tabs[digit - 1], contact.contact_id == front
            tab.show_contact(digit, contact, front=in_front, locale=locale)
        if focused is not None:
            self._focus(focused)
        self._fit()

    def choose(self, digit: int) -> bool:
        """Choose the tab with this digit; return whether there is one."""
        if not 0 < digit <= min(len(self.tabs), MOST_DIGITS):
            return False
        self.chosen.emit(self.tabs[digit - 1].contact_id)
        return True

    def restyle(self) -> None:
        self._row.setSpacing(current_look().px(8))
        super().restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def focus_front(self) -> None:
        """Bring the keyboard to the tab in front, or to the first."""
        self._focus(next((tab.contact_id for tab in self.tabs if tab.isChecked()), None))

    def _add_tab(self) -> None:
        tab = ContactTab()
        tab.clicked.connect(lambda: self.chosen.emit(tab.contact_id))
        self._row.insertWidget(len(self.tabs), tab)
        self.tabs.append(tab)
        tab.show()

    def _focus(self, contact_id: int | None) -> None:
        """Bring the keyboard to this contact or, if it is gone, to the first."""
        there = [tab for tab in self.tabs if tab.contact_id == contact_id] or self.tabs
        if there:
            there[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _fit(self) -> None:
        """Make the tabs as wide as they want or, if they are many, all equally narrow."""
        if not self.tabs:
            return
        gaps = self._row.spacing() * (len(self.tabs) - 1)
        share = max(current_look().px(NARROWEST), (self.width() - gaps) // len(self.tabs))
        crowded = sum(tab.sizeHint().width() for tab in self.tabs) + gaps > self.width()
        for tab in self.tabs:
            tab.setMaximumWidth(share if crowded else 16_777_215)


def where_it_stands(contact: OpenContact, *, front: bool, locale: str) -> str:
    """Return in a few words how far a contact is."""
    began = hour(contact.since, locale)
    if not front and contact.telephone and not contact.ended:
        return _("still on the line, since {hour}").format(hour=began)
    if not front:
        return _("parked, since {hour}").format(hour=began)
    if contact.telephone and not contact.ended:
        return _("on the telephone")
    if contact.ended:
        return _("to be wrapped up")
    return _("here since {hour}").format(hour=began)
