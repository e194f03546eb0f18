"""The veil: one key hides every name and number at once, and brings them back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from care_console.base.words import _
from care_console.kit import (
    Button,
    Cover,
    Glyph,
    Label,
    Notice,
    Panel,
    above_the_middle,
    current_look,
)

KEY = "F10"
WIDTH = 420


class Veil(Cover):
    """Lies over the window until its key, Esc or its button. It asks for nothing."""

    turned = Signal(bool)  # whether it lies there now

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAccessibleName(_("Names are hidden"))
        self.call = Notice("info", _("It rings: a call"), icon="phone")
        self.back = Button(_("Bring them back"), "primary", key=KEY)
        self._panel = Panel()
        head = QHBoxLayout()
        head.addWidget(Glyph("eye", "text2", 20))
        head.addWidget(Label(_("Names are hidden. Calls still ring."), size=20, weight=600))
        head.addStretch(1)
        self._panel.body.addLayout(head)
        self._panel.body.addWidget(self.call)
        self._panel.body.addWidget(self.back)
        self.setLayout(above_the_middle(self._panel))
        self.back.clicked.connect(self.lift)
        self.restyle()

    @property
    def lies(self) -> bool:
        """Whether everything is hidden."""
        return self._lies

    def first(self) -> QWidget:
        return self.back

    def turn(self) -> None:
        """Hide everything, or bring it back."""
        if self._lies:
            self.lift()
        else:
            self.lay_over()
            self.turned.emit(True)

    def lift(self) -> None:
        """Bring everything back, if it is hidden."""
        if self._lies:
            self.take_away()
            self.turned.emit(False)

    def show_ring(self, rings: bool) -> None:
        """Tell that it rings, and nothing of who it is."""
        self.call.setVisible(rings)

    def restyle(self) -> None:
        self._panel.setFixedWidth(current_look().px(WIDTH))
        super().restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = QKeySequence(event.keyCombination())
        if pressed in (QKeySequence(KEY), QKeySequence(Qt.Key.Key_Escape)):
            self.lift()
        else:
            super().keyPressEvent(event)
