"""The fields of a contact: what it was about, how it ended, and what is worth remembering."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.words import _
from care_console.calls.pane.completing import Completing, Source
from care_console.calls.rules import WRAP_UP, Outcome, outcome_words
from care_console.kit import (
    MAY_READ,
    Button,
    Chip,
    DigitChips,
    Field,
    FlowLayout,
    Ink,
    Label,
    NoteEdit,
    Notice,
    Themed,
    current_look,
)

MOST_CHIPS = 4  # reasons that one click gives
CHIP_SIDES = 30  # px that a chip is wider than its word, with the gap behind it
CHIP_WORD = Ink(12, 500)

Values = dict[str, Any]  # as ``Contacts.keep`` takes them


class ContactForm(Themed, QWidget):
    """Shows a contact while it lasts, or its wrap-up: the same reason and notes in both."""

    changed = Signal(object)  # Values that the clerk changed
    key_pressed = Signal()  # of any that writes
    save_wanted = Signal()
    later_wanted = Signal()

    def __init__(self, reasons: Source, matters: Source) -> None:
        super().__init__()
        self._filling = False
        self._compact = False
        self._titles: list[str] = []
        self.wrapping = False
        self.with_matter = False
        self.reason = Completing(_("Reason: type a few letters"), name=_("Reason"), source=reasons)
        self.matter = Completing(
            _("Optional: goes on with an open one"),
            name=_("What is to be settled?"),
            source=matters,
        )
        self.outcome = DigitChips(_("How did it end?"), [outcome_words(each) for each in WRAP_UP])
        self.notes = NoteEdit(
            _("Notes. They are saved as you type, and the customer may read them."),
            name=_("Notes"),
            least=3,
            most=40,
        )
        self.notes.setAccessibleDescription(_(MAY_READ))
        self.trouble = Notice("bad")
        self.save = Button(_("Save, ready"), "primary", key="Ctrl ↵")
        self.later = Button(_("Finish later"), "quiet")
        self._lay_out()
        self._connect()
        self.show_values({})
        self.set_wrapping(False)

    @property
    def values(self) -> Values:
        """What is written."""
        choice = self.outcome.choice
        return {
            "reason": self.reason.text(),
            "notes": self.notes.toPlainText(),
            "matter": self.matter.text(),
            "outcome": WRAP_UP[choice].value if choice >= 0 else "",
        }

    @property
    def empty(self) -> bool:
        """Whether nothing but blanks is written."""
        return not any(str(value).strip() for value in self.values.values())

    def show_values(self, values: Values) -> None:
        """Show what was written before, without taking it for something new."""
        self._filling = True
        _write(self.reason, str(values.get("reason", "")))
        _write(self.matter, str(values.get("matter", "")))
        if self.notes.toPlainText() != (notes := str(values.get("notes", ""))):
            self.notes.setPlainText(notes)
        outcome = values.get("outcome", "")
        self.outcome.show_choice(next((n for n, o in enumerate(WRAP_UP) if o == outcome), -1))
        self._filling = False
        self.ending.fault()
        self._show_chips()

    def be_about(self, words: str) -> None:
        """Write ``words`` as what is to be settled and, where none is written, as the reason."""
        self.matter.write(words)
        if not self.reason.text().strip():
            self.reason.write(words)

    def show_reasons(self, titles: Sequence[str]) -> None:
        """Offer as chips those that fit on a line, while no reason is written."""
        self._titles = list(titles)
        self._show_chips()

    def set_wrapping(self, on: bool) -> None:
        """Show what a wrap-up asks besides, or not."""
        self.wrapping = on
        self.about.name.setVisible(on)
        self.ending.setVisible(on)
        self.matter_field.setVisible(on and self.with_matter)
        self.slots.setVisible(on and self._slots.count() > 0)
        self.notes_name.setVisible(on)
        self.buttons.setVisible(on)
        self._show_chips()

    def add_slot(self, widget: QWidget) -> None:
        """Put ``widget`` into the wrap-up, above the notes."""
        self._slots.addWidget(widget)
        self.slots.setVisible(self.wrapping)

    def set_compact(self, on: bool) -> None:
        """Do without the chips, where the window is short."""
        self._compact = on
        self._show_chips()

    def set_with_matter(self, on: bool) -> None:
        """Say whether there is a customer to whom a matter could belong."""
        self.with_matter = on
        self.matter_field.setVisible(on and self.wrapping)

    def hold(self, on: bool) -> None:
        """Take no keys while the end is being written, or take them again."""
        for edit in (self.reason, self.matter, self.notes):
            edit.setReadOnly(on)

    def tell_trouble(self, sentence: str = "", sub: str = "") -> None:
        """Say that what is written is not kept, or that it is."""
        if sentence:
            self.trouble.tell(sentence, sub=sub)
        self.trouble.setVisible(bool(sentence))

    def ask_outcome(self) -> Outcome | None:
        """Return how it ended; where nobody said so, ask, and return None."""
        if self.outcome.choice >= 0:
            return WRAP_UP[self.outcome.choice]
        self.ending.fault(_("Press a digit to say how it ended, or finish it later."))
        self.outcome.setFocus(Qt.FocusReason.OtherFocusReason)
        return None

    def restyle(self) -> None:
        px = current_look().px
        self._down.setSpacing(px(8))
        self._slots.setSpacing(px(8))
        self._row.setSpacing(px(8))
        self._noted.setSpacing(4)
        super().restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_chips()

    def _lay_out(self) -> None:
        self.about = Field(_("Reason"), self.reason)
        self.ending = Field(_("How did it end?"), self.outcome)
        self.matter_field = Field(_("What is to be settled?"), self.matter)
        self.notes_name = Label(_notes(), size=12, weight=500, colour="text2")
        self.notes_name.setBuddy(self.notes)
        self.chip_row, self.slots, self.buttons = QWidget(), QWidget(), QWidget()
        flow = FlowLayout(self.chip_row)
        self.chips = [Chip() for _each in range(MOST_CHIPS)]
        for chip in self.chips:
            flow.addWidget(chip)
        self._slots = QVBoxLayout(self.slots)
        self._slots.setContentsMargins(0, 0, 0, 0)
        self._row = QHBoxLayout(self.buttons)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.save)
        self._row.addWidget(self.later)
        self._row.addStretch(1)
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        for part in (self.about, self.chip_row, self.ending, self.matter_field, self.slots):
            self._down.addWidget(part)
        self._noted = QVBoxLayout()
        self._noted.addWidget(self.notes_name)
        self._noted.addWidget(self.notes, 1)
        self._down.addLayout(self._noted, 1)
        self._down.addWidget(self.trouble)
        self._down.addWidget(self.buttons)
        self.trouble.hide()
        self.restyle()

    def _connect(self) -> None:
        self.reason.written.connect(self._reason_written)
        self.matter.written.connect(lambda text: self._tell({"matter": text}))
        self.reason.entered.connect(self._after_reason)
        self.matter.entered.connect(self.notes.setFocus)
        self.notes.textChanged.connect(lambda: self._tell({"notes": self.notes.toPlainText()}))
        self.outcome.chosen.connect(self._ended)
        self.save.clicked.connect(self.save_wanted)
        self.later.clicked.connect(self.later_wanted)
        for chip in self.chips:
            chip.clicked.connect(_giving(self.reason, chip))

    def _tell(self, values: Values) -> None:
        if not self._filling:
            self.key_pressed.emit()
            self.changed.emit(values)

    def _reason_written(self, text: str) -> None:
        self._tell({"reason": text})
        self._show_chips()

    def _ended(self, choice: int) -> None:
        self.ending.fault()
        self._tell({"outcome": WRAP_UP[choice].value})

    def _after_reason(self) -> None:
        (self.outcome if self.wrapping else self.notes).setFocus(Qt.FocusReason.TabFocusReason)

    def _show_chips(self) -> None:
        free = not (self.wrapping or self._compact or self.reason.text())
        titles = self._fitting() if free else []
        if not titles and any(chip.hasFocus() for chip in self.chips):
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        for at, chip in enumerate(self.chips):
            chip.setText(titles[at] if at < len(titles) else "")
            chip.setVisible(at < len(titles))
        self.chip_row.setVisible(bool(titles))

    def _fitting(self) -> list[str]:
        """Return the first titles that have room beside each other; one too long is passed over."""
        room = self.width()
        found: list[str] = []
        for title in self._titles:
            wide = current_look().width(title, CHIP_WORD) + current_look().px(CHIP_SIDES)
            if wide <= room and len(found) < MOST_CHIPS:
                found.append(title)
                room -= int(wide)
        return found


def _write(edit: Completing, text: str) -> None:
    if edit.text() != text:
        edit.setText(text)


def _giving(reason: Completing, chip: Chip) -> Callable[[], None]:
    def give() -> None:
        chip.setChecked(False)
        reason.write(chip.text())

    return give


def _notes() -> str:
    return _("{field} · {words}").format(field=_("Notes"), words=_(MAY_READ))
