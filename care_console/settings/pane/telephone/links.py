"""Telephone links of this computer: whether the console takes them, and the key that turns it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from care_console.base.command import Command
from care_console.base.words import _
from care_console.kit import Button, Errands, Label
from care_console.kit.acts import Act
from care_console.settings.telephone import Telephone


class LinksPart(QWidget):
    """Says who gets ``tel:`` links, and lets them come to the console or go back."""

    acted = Signal(object)  # Act, which can be taken back

    def __init__(
        self, telephone: Telephone, command: Callable[[], Command], errands: Errands
    ) -> None:
        super().__init__()
        self._telephone, self._command, self._errands = telephone, command, errands
        self._here = False
        self.words = Label(colour="text2", wrap=True)
        self.turn = Button("", icon="phone")
        self.turn.clicked.connect(lambda: self._errands.do("links", self._turn()))
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(12)
        down.addWidget(Label(_("Telephone links"), size=15, weight=600))
        down.addWidget(self.words)
        down.addWidget(self.turn, 0, Qt.AlignmentFlag.AlignLeft)
        self._show()

    async def load(self) -> None:
        """Show how it is now."""
        self._here = await self._telephone.has_links()
        self._show()

    async def _turn(self) -> None:
        before = self._here
        await self._set(not before)

        async def undo() -> None:
            await self._set(before)

        said = _("Telephone links given back") if before else _("Telephone links taken")
        self.acted.emit(Act(said, undo))

    async def _set(self, here: bool) -> None:
        if here:
            await self._telephone.take_links(self._command())
        else:
            await self._telephone.leave_links(self._command())
        await self.load()

    def _show(self) -> None:
        if self._here:
            said = _("A tel: link on this computer, in a browser or a letter, comes to this desk.")
        else:
            said = _(
                "A tel: link on this computer, in a browser or a letter, can come to this desk:"
                " the card of its number is shown as if it rang."
            )
        self.words.setText(said)
        self.turn.setText(_("Give them back") if self._here else _("Take telephone links"))
