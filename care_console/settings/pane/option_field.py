"""One option on the page: its name, its field, its words, and why it cannot be taken."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from care_console.base.errors import CareError
from care_console.base.words import N_, _
from care_console.kit import (
    Chip,
    Field,
    FlowLayout,
    Label,
    LineEdit,
    NoteEdit,
    Themed,
    current_look,
)
from care_console.settings.pane.readings import CannotRead, Reading, shown

PAUSE_MS = 800  # without a key, after which what was typed is saved


class OptionField(Themed, QWidget):
    """Keeps what is typed until it can be taken. ``settled`` comes when it is time to save it."""

    settled = Signal()

    def __init__(self, declared: "dataclasses.Field[Any]", reading: Reading) -> None:
        super().__init__()
        self._declared, self._reading = declared, reading
        self.edit: LineEdit | NoteEdit = NoteEdit(least=3) if reading.lines else LineEdit()
        self.field = Field(_(declared.metadata["title"]), self.edit)
        self._words = Label(_(declared.metadata["words"]), size=12, colour="text3", wrap=True)
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self.settled)
        self._lay_out()
        self.setFocusProxy(self.edit)
        if isinstance(self.edit, LineEdit):
            self.edit.textEdited.connect(lambda _text: self._pause.start())
            self.edit.returnPressed.connect(self.settle)
        else:
            self.edit.textChanged.connect(self._pause.start)
        self.edit.installEventFilter(self)

    @property
    def name(self) -> str:
        """The option's name."""
        return self._declared.name

    @property
    def title(self) -> str:
        """What the option is called."""
        return _(self._declared.metadata["title"])

    @property
    def waiting(self) -> bool:
        """Whether something was typed that is not settled."""
        return self._pause.isActive()

    def settle(self) -> None:
        """Save now what waits to be saved."""
        if self._pause.isActive():
            self._pause.stop()
            self.settled.emit()

    def show_value(self, value: Any) -> None:
        """Show what is kept, in place of what stands there."""
        self._pause.stop()
        words = self._reading.show(value)
        if isinstance(self.edit, LineEdit):
            if self.edit.text() != words:
                self.edit.setText(words)
        elif self.edit.toPlainText() != words:
            self.edit.blockSignals(True)
            self.edit.setPlainText(words)
            self.edit.blockSignals(False)
        self.field.fault("")

    def value(self) -> Any:
        """Return what was typed as a value of the option. Raises CannotRead."""
        value = self._reading.read(self._typed())
        check = self._declared.metadata["check"]
        if not check(value):
            raise CannotRead(
                N_("“{typed}” cannot be taken. {bounds}"),
                typed=shown(self._typed()),
                bounds=_allowed(self._declared.metadata["bounds"]),
            )
        return value

    def fault(self, trouble: CareError | None) -> None:
        """Say why it cannot be taken, or that it can."""
        self.field.fault("" if trouble is None else str(trouble))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaving the field saves at once, and shows what is kept as it is usually written."""
        if event.type() == QEvent.Type.FocusOut:
            self._pause.stop()
            self.settled.emit()
        return False

    def restyle(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.setSpacing(current_look().px(4))
        super().restyle()

    def _typed(self) -> str:
        edit = self.edit
        return edit.text() if isinstance(edit, LineEdit) else edit.toPlainText()

    def _lay_out(self) -> None:
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.field)
        down.addWidget(self._words)
        self.restyle()


class ChoiceField(Themed, QWidget):
    """An option with a few values, each on a chip."""

    settled = Signal()

    def __init__(self, declared: "dataclasses.Field[Any]", choices: Mapping[str, str]) -> None:
        super().__init__()
        self._declared = declared
        self.title = _(declared.metadata["title"])
        self._chips = {value: Chip(_(words)) for value, words in choices.items()}
        self._group = QButtonGroup(self)
        row = QWidget()
        flow = FlowLayout(row)
        for chip in self._chips.values():
            chip.setAccessibleName(f"{self.title}: {chip.text()}")
            self._group.addButton(chip)
            flow.addWidget(chip)
        self._group.buttonClicked.connect(lambda _chip: self.settled.emit())
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(Label(self.title, size=12, weight=500, colour="text2"))
        down.addWidget(row)
        words = _(declared.metadata["words"])
        self._fault = Label(words, size=12, colour="text3", wrap=True)
        down.addWidget(self._fault)
        self.setFocusProxy(next(iter(self._chips.values())))

    @property
    def name(self) -> str:
        """The option's name."""
        return self._declared.name

    @property
    def waiting(self) -> bool:
        """Nothing waits: a choice is saved at once."""
        return False

    def settle(self) -> None:
        """Nothing waits: a choice is saved at once."""

    def show_value(self, value: Any) -> None:
        """Show what is kept."""
        self._chips[value].setChecked(True)
        self.fault(None)

    def value(self) -> Any:
        """Return what is chosen."""
        return next(value for value, chip in self._chips.items() if chip.isChecked())

    def fault(self, trouble: CareError | None) -> None:
        """Say why it could not be kept, or that it was."""
        self._fault.setText(
            _(self._declared.metadata["words"]) if trouble is None else str(trouble)
        )
        self._fault.set_colour("text3" if trouble is None else "bad")


def _allowed(bounds: str) -> str:
    return _("Possible: {bounds}.").format(bounds=bounds.rstrip(". …")) if bounds else ""
