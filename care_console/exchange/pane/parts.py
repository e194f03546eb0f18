"""Small parts of the pages for import and export."""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from care_console.base.words import _, ngettext
from care_console.kit import Button, Canvas, Chip, FlowLayout, Label, Themed, current_look

HIGH = 6


class Bar(Themed, QWidget):
    """How much of something is done; without a total only that it goes on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_part(self, part: float) -> None:
        """Show a part, from 0 to 1."""
        self._part = min(1.0, max(0.0, part))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(current_look().px(120), current_look().px(HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            canvas = Canvas(painter, self.rect(), self.layoutDirection())
            whole = canvas.bounds
            canvas.box(whole, HIGH / 2, "track")
            done = QRectF(whole.x(), whole.y(), whole.width() * self._part, whole.height())
            if self._part:
                canvas.box(done, HIGH / 2, "accent")


class ProgressRow(QWidget):
    """What is going on, how far, how fast, and a way to stop it."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Label(weight=500)
        self.count = Label(colour="text2", tabular=True)
        self.bar = Bar()
        self.cancel = Button(_("Cancel"), key="Esc")
        self.cancel.clicked.connect(self.cancelled)
        down = QVBoxLayout()
        down.addWidget(self.words)
        down.addWidget(self.bar)
        down.addWidget(self.count)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addLayout(down, 1)
        across.addWidget(self.cancel)

    def begin(self, words: str) -> None:
        """Say what has begun."""
        self.words.setText(words)
        self.count.setText(_("Starting …"))
        self.bar.show_part(0)
        self.cancel.setEnabled(True)

    def stopping(self) -> None:
        """Say that it will stop."""
        self.count.setText(_("Stopping …"))
        self.cancel.setEnabled(False)

    def show_counts(self, told: Mapping[str, int], total: int) -> None:
        """Say how far it is."""
        if not self.cancel.isEnabled():
            return
        done = told.get("read", 0)
        rows = ngettext("{n} row", "{n} rows", done).format(n=_grouped(done))
        rate = _("{n} a second").format(n=_grouped(told.get("rate", 0)))
        of = _("of {n}").format(n=_grouped(total)) if total else ""
        self.count.setText(" · ".join(filter(None, (f"{rows} {of}".strip(), rate))))
        self.bar.show_part(done / total if total else 0)


class Choice(QWidget):
    """Chips of which one is pressed."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.chips: dict[str, Chip] = {}
        self._flow = QWidget()
        self._row = FlowLayout(self._flow)
        self._label = Label(name, size=12, weight=500, colour="text2")
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(current_look().px(4))
        down.addWidget(self._label)
        down.addWidget(self._flow)

    def offer(self, words: Iterable[tuple[str, str]], make: Callable[..., Chip] = Chip) -> None:
        """Offer these values with their words."""
        for chip in self.chips.values():
            chip.hide()
            chip.deleteLater()
        self.chips = {}
        for value, said in words:
            chip = self.chips[value] = make(said)
            chip.setAccessibleName(f"{self._name}: {said}")
            chip.clicked.connect(lambda _on, value=value: self._choose(value))
            self._row.addWidget(chip)
        if self.chips:
            self.setFocusProxy(next(iter(self.chips.values())))

    def press(self, value: str) -> None:
        """Show which one is chosen."""
        for each, chip in self.chips.items():
            chip.setChecked(each == value)

    @property
    def value(self) -> str:
        """What is chosen."""
        return next((each for each, chip in self.chips.items() if chip.isChecked()), "")

    def _choose(self, value: str) -> None:
        self.press(value)
        self.chosen.emit(value)


def _grouped(number: int) -> str:
    return f"{number:,}"
