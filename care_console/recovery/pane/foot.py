"""The buttons under the words: the next act, leaving out, handing over, and the way back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from care_console.base.words import _
from care_console.kit import Button, ElidingLabel, Themed, current_look


class Foot(Themed, QWidget):
    """One large act, two quiet ones, what was done last, and Undo."""

    main_wanted = Signal()
    skip_wanted = Signal()
    hand_wanted = Signal()
    undo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.main = Button("", "primary", key="Ctrl ↵")
        self.skip = Button(_("Skip…"), "quiet")
        self.hand = Button(_("Hand over…"), "quiet")
        self.status = ElidingLabel(size=12, weight=500, colour="text3", tabular=True)
        self.undo = Button(_("Undo"), "quiet", "undo")
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(0, 0, 0, 0)
        for part in (self.main, self.skip, self.hand):
            self._across.addWidget(part)
        self._across.addStretch(1)
        self._across.addWidget(self.status)
        self._across.addWidget(self.undo)
        self.main.clicked.connect(self.main_wanted)
        self.skip.clicked.connect(self.skip_wanted)
        self.hand.clicked.connect(self.hand_wanted)
        self.undo.clicked.connect(self.undo_wanted)
        self.restyle()

    def restyle(self) -> None:
        self._across.setSpacing(current_look().px(4))
        super().restyle()
