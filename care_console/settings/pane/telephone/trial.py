"""A trial of a line on the screen: each step as it comes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.names import clean
from care_console.base.words import _
from care_console.kit import Button, Glyph, Label, announce
from care_console.lines.setup import Step

MOST_STEPS, LONGEST_DETAIL = 50, 400


class StepRow(QWidget):
    """One step: its icon, its words, and what the other side said."""

    def __init__(self, step: Step) -> None:
        super().__init__()
        self._glyph = Glyph("clock", "text2", 16)
        self.words = Label(wrap=True)
        self.detail = Label(size=12, colour="text2", wrap=True)
        across, down = QHBoxLayout(self), QVBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        down.setSpacing(2)
        down.addWidget(self.words)
        down.addWidget(self.detail)
        across.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(down, 1)
        self.show_step(step)

    def show_step(self, step: Step) -> None:
        """Show a step in this row, in the place of the one before."""
        self.words.setText(step.words)
        self.detail.setText(clean(step.detail, LONGEST_DETAIL))
        self.detail.setVisible(bool(self.detail.text()))
        self.open = step.good is None
        if step.good is not None:
            self.settle(step.good)
        self.setAccessibleName(f"{step.words} {self.detail.text()}".strip())

    def settle(self, good: bool | None) -> None:
        """Show that the step is over; None is for one whose end is told by the next."""
        self.open = False
        icon, tone = {True: ("check", "ok"), False: ("alert", "bad"), None: ("minus", "text2")}[
            good
        ]
        self._glyph.show_icon(icon, tone)
        self.words.set_colour("bad" if good is False else "text")


class TrialView(QWidget):
    """Shows the steps of one trial, the newest last, until another begins or it is put away."""

    cancelled = Signal()
    closed = Signal()  # by whoever read it

    def __init__(self) -> None:
        super().__init__()
        self.title = Label(weight=600, wrap=True)
        self.cancel, self.close_it = Button(_("Stop the test")), Button(_("Close"), "quiet")
        self.rows: list[StepRow] = []
        self._down = QVBoxLayout()
        self._down.setSpacing(6)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(self.title)
        whole.addLayout(self._down)
        for button in (self.cancel, self.close_it):
            whole.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.cancel.clicked.connect(self.cancelled)
        self.close_it.clicked.connect(self._close)
        self.hide()

    def begin(self, name: str) -> None:
        """Begin to show another trial."""
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = []
        self.title.setText(_("Test of “{name}”").format(name=name or _("the new line")))
        self.cancel.show()
        self.close_it.hide()
        self.show()

    def show_step(self, step: Step) -> None:
        """Show a step; one that ends the step under way takes its place, unless it went badly."""
        last = self.rows[-1] if self.rows and self.rows[-1].open else None
        if last is not None and (step.good or step.words == last.words.text()):
            last.show_step(step)
            announce(self, last.accessibleName())
            return
        if last is not None:
            last.settle(None if step.good is False else True)
        if len(self.rows) >= MOST_STEPS:
            oldest = self.rows.pop(0)
            oldest.hide()
            oldest.deleteLater()
        row = StepRow(step)
        self.rows.append(row)
        self._down.addWidget(row)
        announce(self, row.accessibleName())

    def end(self, words: str = "") -> None:
        """Show that the trial is over; ``words`` say why where it did not come to its end."""
        if words:
            self.show_step(Step(words, good=False))
        self.cancel.hide()
        self.close_it.show()

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
