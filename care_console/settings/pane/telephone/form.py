"""The form of one line, made from what its kind declares."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.words import _
from care_console.kit import Button, Label, Notice
from care_console.lines.setup import BadSetup, Field, Kind, LineKind, Setup
from care_console.settings.line_tables import NAME, SetUp
from care_console.settings.pane.telephone.help_words import help_words
from care_console.settings.pane.telephone.inputs import (
    AnyInput,
    Choice,
    SecretInput,
    TextInput,
    input_for,
)
from care_console.settings.pane.telephone.other_side import OtherSide


@dataclass(slots=True)
class Draft:
    """What was typed for one line, of whatever kind; nothing of it goes but by a button."""

    was: SetUp | None = None  # the line as it stood, or None for a new one
    kind: str = ""
    said: dict[str, str] = field(default_factory=dict, repr=False)  # by key
    others: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)  # by kind
    touched: bool = False


class LineForm(QWidget):
    """Asks for what one line needs. What will not do keeps its place, with a sentence under it."""

    saved = Signal()  # it is wanted that what stands here is kept
    tested = Signal()  # and that it is tried
    left = Signal()
    discarded = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._kinds: dict[str, LineKind] = {}
        self.draft = Draft()
        self.ahead: Sequence[QWidget] = ()  # where Tab stops before it comes into the form
        self.inputs: dict[str, AnyInput] = {}
        self.title = Label(size=20, weight=600, wrap=True)
        self.kinds = Choice(_("Kind of line"))
        self.explained = Label(colour="text2", wrap=True)
        self.warning = Notice("info")
        self.name = TextInput(
            _("Name of the line"), _("As you call it; it stands in the call log.")
        )
        self.other_side = OtherSide()
        self.trouble = Notice("bad")
        self.save = Button(_("Save"), "primary", "check", key=_("Ctrl S"))
        self.test = Button(_("Test"), icon="phone")
        self.back = Button(_("Back"), "quiet")
        self.more = Button(_("More that can be set"), "quiet", "plus")
        self.discard = Button(_("Forget what I typed"), "quiet")
        self._fields = QVBoxLayout()
        self._lay_out()
        self._connect()

    def offer(self, kinds: Sequence[LineKind]) -> None:
        """Know these kinds of lines."""
        self._kinds = {each.name: each for each in kinds}
        self.kinds.offer([(each.name, _(each.title)) for each in kinds], self.draft.kind)

    def show_draft(self, draft: Draft) -> None:
        """Show what was typed so far, or the line as it is kept."""
        self.draft = draft
        known = list(self._kinds)
        draft.kind = draft.kind or (known[0] if known else "")
        was = draft.was
        self.title.setText(
            _("A new line") if was is None else _("Change “{name}”").format(name=was.name)
        )
        self.kinds.setVisible(was is None)
        self.kinds.hold(draft.kind)
        self.name.show_text(draft.said.get(NAME, ""))
        self._show_kind()
        self.show_fault(None)
        self.discard.setVisible(draft.touched)

    def setup(self) -> Setup:
        """Return what stands here."""
        self._note()
        said = self.draft.said
        kind = self._kinds.get(self.draft.kind)
        fields = kind.fields if kind is not None else ()
        options = {each.key: said.get(each.key, "") for each in fields if not _secret(each)}
        secret = next((said.get(each.key, "") for each in fields if _secret(each)), "")
        return Setup(said.get(NAME, ""), self.draft.kind, options, secret)

    def show_fault(self, trouble: Exception | None) -> None:
        """Say what will not do, under its field where it is one, and go there."""
        every = {NAME: self.name, **self.inputs}
        for each in every.values():
            each.field.fault()
        self.trouble.setVisible(trouble is not None)
        if trouble is None:
            return
        at = every.get(trouble.key) if isinstance(trouble, BadSetup) else None
        if at is not None and not at.isVisibleTo(self):
            self._show_seldom(True)
        self.trouble.tell(str(trouble) if at is None else "")
        self.trouble.setVisible(at is None)
        if at is not None:
            at.field.fault(str(trouble))
            at.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_in(self) -> None:
        """Give the keyboard to the first thing that is asked."""
        first = self.kinds if self.kinds.isVisibleTo(self) and len(self._kinds) > 1 else self.name
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+S saves; Esc goes back to the lines, and what was typed stays."""
        if event.matches(QKeySequence.StandardKey.Save):
            self.saved.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _show_kind(self) -> None:
        """Ask for what this kind wants; what was typed for another is still in the draft."""
        kind = self._kinds.get(self.draft.kind)
        self.explained.setText(_(kind.explained) if kind is not None else "")
        words, rest = help_words(self.draft.kind)
        self.warning.tell(words, rest=rest)
        self.warning.setVisible(bool(words))
        while (item := self._fields.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.inputs = {}
        for each in kind.fields if kind is not None else ():
            made = self.inputs[each.key] = input_for(each)
            if each.key in self.draft.said:
                made.show_text(self.draft.said[each.key])
            if isinstance(made, SecretInput):
                made.show_kept(self.draft.was is not None and bool(self.draft.was.secret_id))
            made.changed.connect(self._touch)
            self._fields.addWidget(made)
        self._tell_other_side()
        self._show_seldom(any(each.text != each.usual for each in self._seldom()))
        self._order()

    def _seldom(self) -> list[AnyInput]:
        """Return the fields that most houses leave as they are."""
        kind = self._kinds.get(self.draft.kind)
        return [self.inputs[each.key] for each in kind.fields if each.seldom] if kind else []

    def _show_seldom(self, on: bool) -> None:
        seldom = self._seldom()
        for each in seldom:
            each.setVisible(on)
        self.more.setVisible(bool(seldom) and not on)

    def _ask_more(self) -> None:
        self._show_seldom(True)
        self._seldom()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _order(self) -> None:
        """Let Tab go down the form, whenever its parts were made."""
        stops: list[QWidget] = [*self.ahead, *self.kinds.chips.values()]
        for each in (self.name, *self.inputs.values()):
            stops += each.stops
        stops += [self.more, *self.other_side.stops, self.save, self.test, self.back, self.discard]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _turn(self, kind: str) -> None:
        self._touch()
        draft = self.draft
        name = draft.said.pop(NAME)
        draft.others[draft.kind] = draft.said  # one key may mean something else there
        draft.kind, draft.said = kind, {**draft.others.pop(kind, {}), NAME: name}
        self._show_kind()

    def _touch(self) -> None:
        self._note()
        self.draft.touched = True
        self.discard.show()
        self._tell_other_side()

    def _tell_other_side(self) -> None:
        kind = self._kinds.get(self.draft.kind)
        tells = kind.other_side if kind is not None else None
        self.other_side.show_words(tells(self.setup()) if tells is not None else "")

    def _note(self) -> None:
        self.draft.said[NAME] = self.name.text
        for key, each in self.inputs.items():
            self.draft.said[key] = each.text

    def _connect(self) -> None:
        self.kinds.chosen.connect(self._turn)
        self.name.changed.connect(self._touch)
        self.more.clicked.connect(self._ask_more)
        self.save.clicked.connect(self.saved)
        self.test.clicked.connect(self.tested)
        self.back.clicked.connect(self.left)
        self.discard.clicked.connect(self.discarded)

    def _lay_out(self) -> None:
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(12)
        for part in (self.title, self.kinds, self.explained, self.warning, self.name):
            down.addWidget(part)
        self._fields.setSpacing(12)
        down.addLayout(self._fields)
        down.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        down.addWidget(self.other_side)
        down.addWidget(self.trouble)
        row = QHBoxLayout()
        for button in (self.save, self.test, self.back, self.discard):
            row.addWidget(button)
        row.addStretch(1)
        down.addLayout(row)
        self.trouble.hide()


def draft_of(line: SetUp) -> Draft:
    """Return a draft of a line as it is kept; its secret stays where it is."""
    return Draft(line, line.kind, {NAME: line.name, **line.options})


def _secret(declared: Field) -> bool:
    return declared.kind is Kind.SECRET
