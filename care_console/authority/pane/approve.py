"""Somebody who may decides at this desk, by a PIN, and nobody is signed out for it."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from care_console.authority.pane.blocks import MoneyButton
from care_console.authority.pane.boxes import Box
from care_console.base.errors import CareError
from care_console.base.names import isolated
from care_console.base.words import _
from care_console.kit import Button, Field, Label, LineEdit, check

Person = tuple[int, str]  # a clerk's card, and their name


class PinEntry(Protocol):
    """What the staff room's field for a name and a PIN offers. It is a widget."""

    given: SignalInstance  # a card and a PIN, on Enter

    def person(self) -> int | None:
        """Return the card of who decides, or None while nobody is chosen."""

    def offer(self, people: Sequence[Person]) -> None:
        """Say who may decide, the likeliest first."""

    def submit(self) -> None:
        """Give what was typed, or say what is missing."""

    def fault(self, sentence: str | CareError) -> None:
        """Say why it was not taken."""

    def clear(self) -> None:
        """Forget what was typed."""


class ApproveBox(Box):
    """Asks a supervisor at the desk: what, why, how much beyond; then the PIN, or a no."""

    approve_wanted = Signal(int, str)  # a card and a PIN
    refuse_wanted = Signal(int, str)  # a card, and the words for the customer

    def __init__(self, make_pin: Callable[[], QWidget]) -> None:
        super().__init__()
        self.said = Label(size=12, colour="text2", wrap=True)
        self.pin = make_pin()
        self.approve = MoneyButton("", "primary", key=_("Enter"))
        self.no = Button(_("No…"))
        self.back = Button(_("Back"), "quiet")
        self.because = Field(_("No, because… (to be told to the customer)"), LineEdit())
        self.send_no = Button(_("Say no"), "danger")
        for part in (self.said, self.pin, self.because):
            self.down.addWidget(part)
        self.add_buttons(self.approve, self.send_no, self.no, self.back)
        self._wire()
        self.setFocusProxy(self.pin)
        self.show_no(False)
        self.restyle()

    @property
    def entry(self) -> PinEntry:
        """The field for the PIN, as what it offers."""
        return self.pin  # type: ignore[return-value]

    def tell(self, people: Sequence[Person], story: str, amount: str) -> None:
        """Ask the first of ``people``, or another of them, to decide on ``amount``."""
        name = people[0][1] if people else ""
        who = _("{name}, please decide").format(name=isolated(name)) if name else _("Who decides?")
        self.title.setText(who)
        self.said.setText(story)
        self.approve.setText(_("Approve {amount}").format(amount=amount))
        self.setAccessibleName(f"{who}. {story}")
        self.entry.clear()
        self.entry.offer(people)
        self.show_no(False)

    def show_no(self, on: bool) -> None:
        """Ask for the words of a no, or for the PIN again."""
        self.because.setVisible(on)
        self.because.fault()
        self.send_no.setVisible(on)
        self.no.setVisible(not on)
        self.approve.setVisible(not on)
        if on:
            self.because.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _wire(self) -> None:
        self.entry.given.connect(self._given)
        self.approve.clicked.connect(self.entry.submit)
        self.no.clicked.connect(lambda: self.show_no(True))
        self.send_no.clicked.connect(self._refuse)
        self.back.clicked.connect(self.back_wanted)
        edit = self.because.edit
        if isinstance(edit, LineEdit):
            edit.returnPressed.connect(self._refuse)

    def _given(self, card_id: int, pin: str) -> None:
        if self.because.isHidden():
            self.approve_wanted.emit(card_id, pin)

    def _refuse(self) -> None:
        edit = self.because.edit
        words = edit.text().strip() if isinstance(edit, LineEdit) else ""
        card_id = self.entry.person()
        if card_id is None:
            self.entry.fault(_("Choose a colleague who may decide this."))
        elif check((self.because, lambda: "" if words else _("Give the words for the customer."))):
            self.refuse_wanted.emit(card_id, words)
