"""One field of a line's form: what is typed, chosen from chips, or kept secret."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QVBoxLayout, QWidget

from care_console.base.words import _
from care_console.kit import Button, Chip, Field, FlowLayout, Label, LineEdit
from care_console.lines import setup

LONGEST = 500


class Choice(QWidget):
    """A few values, each on a chip; one of them always holds."""

    chosen = Signal(str)

    def __init__(self, question: str) -> None:
        super().__init__()
        self.chips: dict[str, Chip] = {}
        self._question = question
        self._group = QButtonGroup(self)
        self._flow = FlowLayout(self)
        self.setAccessibleName(question)

    def offer(self, choices: Sequence[tuple[str, str]], holds: str) -> None:
        """Offer ``choices``, pairs of a value and its title, of which one ``holds``."""
        for value, title in choices:
            if value not in self.chips:
                self._add(value, title)
        self.hold(holds)

    def hold(self, value: str) -> None:
        """Let another value hold; one that is not offered changes nothing."""
        if value in self.chips:
            self.chips[value].setChecked(True)
            self.setFocusProxy(self.chips[value])

    @property
    def value(self) -> str:
        """The value that holds."""
        return next((str(value) for value, chip in self.chips.items() if chip.isChecked()), "")

    def _add(self, value: str, title: str) -> None:
        chip = self.chips[value] = Chip(title)
        chip.setAccessibleName(f"{self._question}: {title}")
        chip.clicked.connect(lambda: self._choose(value))
        self._group.addButton(chip)
        self._flow.addWidget(chip)

    def _choose(self, value: str) -> None:
        self.setFocusProxy(self.chips[value])
        self.chosen.emit(value)


class _Base(QWidget):
    """A field with its help under it."""

    changed = Signal()
    usual = ""  # what stands there where nothing was chosen

    def __init__(self, title: str, edit: QWidget, words: str) -> None:
        super().__init__()
        self.field = Field(title, edit)
        self.words = Label(words, size=12, colour="text3", wrap=True)
        self.down = QVBoxLayout(self)
        self.down.setContentsMargins(0, 0, 0, 0)
        self.down.setSpacing(4)
        self.down.addWidget(self.field)
        self.down.addWidget(self.words)
        self.words.setVisible(bool(words))  # not before it has its place: it would be a window
        self.setFocusProxy(edit)


class TextInput(_Base):
    """A line of text or a number."""

    def __init__(self, title: str, words: str = "", example: str = "") -> None:
        self.edit = LineEdit(example)
        super().__init__(title, self.edit, words)
        self.edit.setMaxLength(LONGEST)
        self.edit.textEdited.connect(lambda _text: self.changed.emit())

    @property
    def text(self) -> str:
        """What stands there, as it is kept."""
        return self.edit.text()

    @property
    def stops(self) -> list[QWidget]:
        """Where Tab stops."""
        return [self.edit]

    def show_text(self, text: str) -> None:
        """Let something else stand there."""
        self.edit.setText(text)


class SecretInput(TextInput):
    """A secret: typed as dots, never shown, and kept as it was where nothing is typed."""

    def __init__(
        self, title: str, words: str = "", make_up: Callable[[], str] | None = None
    ) -> None:
        super().__init__(title, words)
        self._make_up = make_up
        self.made = Button(_("Make one up"), "quiet", "key")
        self.down.addWidget(self.made, 0, Qt.AlignmentFlag.AlignLeft)
        self.made.setVisible(make_up is not None)
        self.made.clicked.connect(self._fill)
        hint = Qt.InputMethodHint
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setInputMethodHints(hint.ImhSensitiveData | hint.ImhNoPredictiveText)
        self.edit.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    @property
    def stops(self) -> list[QWidget]:
        return [self.edit, self.made]

    def _fill(self) -> None:
        if self._make_up is not None:
            self.show_text(self._make_up())
            self.changed.emit()

    def show_kept(self, kept: bool) -> None:
        """Say whether one is kept already."""
        self.edit.setPlaceholderText(_("Kept. Type another to replace it.") if kept else "")


class ChoiceInput(_Base):
    """A few values on chips."""

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], words: str = "") -> None:
        self.choice = Choice(title)
        super().__init__(title, self.choice, words)
        self.choice.offer(choices, choices[0][0] if choices else "")
        self.choice.chosen.connect(lambda _value: self.changed.emit())

    @property
    def text(self) -> str:
        """The value that holds."""
        return self.choice.value

    @property
    def stops(self) -> list[QWidget]:
        """Where Tab stops."""
        return [*self.choice.chips.values()]

    def show_text(self, text: str) -> None:
        """Let another value hold."""
        self.choice.hold(text)


AnyInput = TextInput | ChoiceInput


def input_for(declared: setup.Field) -> AnyInput:
    """Return the field on the screen for one that a kind of line declares."""
    title, words = _(declared.title), _(declared.help) if declared.help else ""
    if declared.kind is setup.Kind.SECRET:
        made: AnyInput = SecretInput(title, words, declared.make_up)
    elif declared.kind is setup.Kind.CHOICE:
        made = ChoiceInput(title, [(value, _(each)) for value, each in declared.choices], words)
    else:
        made = TextInput(title, words, _(declared.example) if declared.example else "")
    made.show_text(declared.default)
    made.usual = made.text
    return made
