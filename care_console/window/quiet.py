"""A quiet desk, and the next useful thing to do at it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from care_console.base.words import _
from care_console.kit import Button, Label, Panel


class Quiet(Panel):
    """Says that nobody is here, and offers the ways on."""

    find_wanted = Signal()
    counter_wanted = Signal()
    ring_wanted = Signal()

    def __init__(self, *, demo: bool = False) -> None:
        super().__init__()
        title = Label(_("The desk is quiet."), size=20, weight=600)
        words = Label(_("When the phone rings, the caller's card opens here."), colour="text2")
        find = Button(_("Find someone"), icon="search", key="Ctrl K")
        counter = Button(_("Someone at the counter"), icon="door", key="Ctrl B")
        find.clicked.connect(self.find_wanted)
        counter.clicked.connect(self.counter_wanted)
        buttons = [find, counter]
        if demo:
            ring = Button(_("Let the phone ring"), kind="primary", icon="phone", key="Ctrl R")
            ring.clicked.connect(self.ring_wanted)
            buttons.insert(0, ring)
        column = QVBoxLayout()
        column.addStretch()
        for label in (title, words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        for button in buttons:
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        inside = QWidget()
        inside.setLayout(column)
        self.body.addWidget(inside)
