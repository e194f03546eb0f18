"""Chips of which one is pressed, to choose among a few."""

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from care_console.kit.buttons import Chip
from care_console.kit.flow import FlowLayout
from care_console.kit.labels import plain


class Choices(QWidget):
    """Chips of which at most one is pressed; ``chosen`` gives its value, or ""."""

    chosen = Signal(str)

    def __init__(
        self,
        values: dict[str, str],
        *,
        name: str,
        must: bool = False,
        bare: bool = False,
        brief: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """``bare`` ones are groups and show their shapes alone; ``brief`` is what others show."""
        super().__init__()
        self._name, self._must, self._bare, self._brief = name, must, bare, brief
        self.chips: dict[str, Chip] = {}
        self._values: dict[str, str] = {}
        self.setAccessibleName(name)
        self._flow = FlowLayout(self)
        self.set_values(values)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_values(self, values: dict[str, str]) -> None:
        """Offer other values, with the words for each; the same ones stay as they are."""
        if self._values == values:
            return
        self._values = dict(values)
        for chip in self.chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = {value: self._chip(value, words) for value, words in values.items()}
        for value, chip in self.chips.items():
            chip.clicked.connect(lambda on, value=value: self._press(value, on))
            chip.setAccessibleName(f"{self._name} {values[value]}")
            self._flow.addWidget(chip)
            chip.show()

    def _chip(self, value: str, words: str) -> Chip:
        if self._bare:
            return Chip(words, value, self, bare=True)
        chip = Chip(self._brief.get(value, words), parent=self)
        if value in self._brief:
            chip.setToolTip(plain(words))
        return chip

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
