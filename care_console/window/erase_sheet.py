"""The sheet in which a person is erased."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from care_console.base.words import _
from care_console.kit import current_look
from care_console.privacy.pane import ErasePane
from care_console.window.sheet import Sheet

WIDE, HIGH, EDGE = 620, 620, 24


class EraseSheet(Sheet):
    """Holds the pane, in the middle of the window."""

    def __init__(self, window: QWidget, pane: ErasePane) -> None:
        super().__init__(window, _("Erase a person"))
        self.pane = pane
        self.hints = [(_("Tab"), _("next")), (_("Esc"), _("leave them as they are"))]
        self.body.addWidget(pane)
        pane.left.connect(self.shut)
        pane.erased.connect(lambda _card_id: self.shut())

    def place(self, room: QRect) -> QRect:
        px = current_look().px
        wide = min(px(WIDE), room.width() - 2 * px(EDGE))
        high = min(px(HIGH), room.height() - 2 * px(EDGE))
        return QRect(room.center().x() - wide // 2, room.center().y() - high // 2, wide, high)

    def first(self) -> QWidget:
        return self.pane.first()
