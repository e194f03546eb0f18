"""Chips of which one is pressed, to choose among a few."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from care_console.kit.buttons import Chip
from care_console.kit.flow import FlowLayout


class Choices(QWidget):
    """Chips of which at most one is pressed; ``chosen`` gives its value, or ""."""

    chosen = Signal(str)

    def __init__(self, values: dict[str, str], *, name: str, must: bool = False) -> None:
        super().__init__()
        self._name, self._must = name, must
        self.chips: dict[str, Chip] = {}
        self.setAccessibleName(name)
        self._flow = FlowLayout(self)
        self.set_values(values)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_values(self, values: dict[str, str]) -> None:
        """Offer other values, with the words for each; the same ones stay as they are."""
        if {value: chip.text() for value, chip in self.chips.items()} == values:
            return
        for chip in self.chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = {value: Chip(words, parent=self) for value, words in values.items()}
        for value, chip in self.chips.items():
            chip.clicked.connect(lambda on, value=value: self._press(value, on))
            chip.setAccessibleName(f"{self._name} {chip.text()}")
            self._flow.addWidget(chip)
            chip.show()

    @property
    def choice(self) -> str:
        """The value that is pressed, or ""."""
        return next((value for value, chip in self.chips.items() if chip.isChecked()), "")

    def show_choice(self, value: str) -> None:
        """Show ``value`` as pressed, without saying so."""
        for each, chip in self.chips.items():
            chip.setChecked(each == value)

    def _press(self, value: str, on: bool) -> None:
        self.show_choice(value if on or self._must else "")
        self.chosen.emit(self.choice)
