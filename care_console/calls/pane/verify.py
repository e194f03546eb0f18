"""How far the caller is verified: one line under the card's head, and the facts to ask."""

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.command import Command
from care_console.base.spell import DEFAULT_LOCALE
from care_console.base.words import _
from care_console.calls.records import ContactRecord, VerifiedRecord
from care_console.calls.rules.verified import (
    Asked,
    Known,
    Level,
    Standing,
    known_words,
    level_words,
    question,
    ticked_words,
    told_words,
)
from care_console.calls.service import Verified
from care_console.cards.records import CardRecord
from care_console.kit import (
    Button,
    Canvas,
    ElidingLabel,
    FlowLayout,
    Label,
    PaintedButton,
    Pane,
    Themed,
    announce,
    current_look,
    draw_tag,
    tag_width,
)
from care_console.settings.records import OptionRecord

HIDDEN = "● ● ● ●"
OPEN = frozenset({Known.EMAIL})  # stands on the card's head anyway: to hide it here hides nothing
STEPS = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
}
HEIGHT = 24  # px, the least that is easily hit


class TagButton(PaintedButton):
    """A tag that can be pressed; checked is settled."""

    def __init__(self, words: str = "", *, settles: bool = True) -> None:
        super().__init__(words)
        self.setCheckable(settles)
        self._settled = False

    @property
    def settled(self) -> bool:
        """Whether the tick is filled."""
        return self.isChecked() if self.isCheckable() else self._settled

    def tell(self, words: str, settled: bool) -> None:
        """Say something else."""
        self._settled = settled
        self.setChecked(settled)
        self.setText(words)

    def sizeHint(self) -> QSize:
        return QSize(tag_width(self.text()), current_look().px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            canvas = Canvas(painter, self.rect(), self.layoutDirection())
            draw_tag(canvas, self.text(), self.settled, "hover" if self.underMouse() else "")
            if self.hasFocus():
                canvas.ring(canvas.bounds, HEIGHT / 2)


class Facts(Themed, QWidget):
    """The facts as ticks; the arrows walk them, Space ticks, A shows the answer, Esc leaves."""

    ticked = Signal(str, bool)  # Known, and whether the caller knew it
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.chips: list[TagButton] = []
        self._facts: tuple[Asked, ...] = ()
        self._shown: Known | None = None  # whose answer is on the screen
        self._at = 0
        self.setAccessibleName(_("What the caller knows"))
        row = QWidget()
        self._flow = FlowLayout(row)
        self.question = Label(weight=500, wrap=True)
        self.answer = ElidingLabel(tabular=True, colour="text2")
        self.reveal = Button(_("Show the answer"), "quiet", "eye", "A")
        self._across = QHBoxLayout()
        self._across.addWidget(self.answer)
        self._across.addWidget(self.reveal)
        self._across.addStretch(1)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 4, 0, 0)
        down.setSpacing(4)
        down.addWidget(row)
        down.addWidget(self.question)
        down.addLayout(self._across)
        self.reveal.clicked.connect(self.show_answer)

    @property
    def here(self) -> Asked | None:
        """The fact that is asked for now."""
        return self._facts[self._at] if self._at < len(self._facts) else None

    def show_facts(self, facts: tuple[Asked, ...]) -> None:
        """Show ``facts``; the one that is asked for stays."""
        if [each.known for each in facts] != [each.known for each in self._facts]:
            self._make(facts)
        self._facts = facts
        self._at = min(self._at, max(0, len(facts) - 1))
        for chip, each in zip(self.chips, facts, strict=True):
            chip.tell(known_words(each.known), each.ticked)
        self._show()

    def go_to(self, known: Known | None) -> None:
        """Ask for this fact, with the keyboard; None is the first."""
        places = [at for at, each in enumerate(self._facts) if each.known is known]
        self._go(places[0] if places else 0)

    def show_answer(self) -> None:
        """Show what the card says, or hide it again."""
        here = self.here
        self._shown = None if here is None or self._shown is here.known else here.known
        self._show()

    def forget(self) -> None:
        """Hide the answer."""
        self._shown, self._at = None, 0
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, TagButton) and event.type() == QEvent.Type.FocusIn:
            self._go(self.chips.index(watched))
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._pressed(event)
        return super().eventFilter(watched, event)

    def _pressed(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if (step := STEPS.get(Qt.Key(event.key()))) is not None and self.chips:
            self._go((self._at + step) % len(self.chips))
        elif event.key() == Qt.Key.Key_A:
            self.show_answer()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            return False
        return True

    def _make(self, facts: tuple[Asked, ...]) -> None:
        for chip in self.chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = [TagButton(known_words(each.known)) for each in facts]
        for chip, each in zip(self.chips, facts, strict=True):
            chip.clicked.connect(lambda on, known=each.known: self.ticked.emit(known.value, on))
            chip.installEventFilter(self)
            self._flow.addWidget(chip)
            chip.show()

    def _go(self, place: int) -> None:
        if place >= len(self.chips):
            return
        if place != self._at:
            self._at, self._shown = place, None
            self._show()
        if not self.chips[place].hasFocus():
            self.chips[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        here = self.here
        stands = here is not None and here.known in OPEN
        open_now = here is not None and (stands or self._shown is here.known)
        self.question.setText("" if here is None else question(here.known))
        asks = here is not None and bool(here.answer)
        self.answer.setText(here.answer if here is not None and open_now else HIDDEN)
        self.answer.setAccessibleName(self.answer.text() if open_now else _("The answer is hidden"))
        self.reveal.setText(_("Hide the answer") if open_now else _("Show the answer"))
        self.answer.setVisible(asks)
        self.reveal.setVisible(asks and not stands)


class VerifyPane(Pane):
    """One line that says how far; pressed, or with ``ask``, it shows the facts to ask."""

    level_changed = Signal(str)  # a Level
    left = Signal()  # Esc in the facts

    watches: ClassVar[frozenset[type]] = frozenset(
        {VerifiedRecord, ContactRecord, CardRecord, OptionRecord}
    )

    def __init__(
        self,
        verified: Verified,
        command: Callable[[], Command],
        locale: str = DEFAULT_LOCALE,
    ) -> None:
        super().__init__()
        self._verified, self._command, self._locale = verified, command, locale
        self._contact_id: int | None = None
        self._wanted = False  # to be asked, once it is read
        self.standing: Standing | None = None
        """What is known of the contact, once it is read and known whose it is."""
        self.tag = TagButton(level_words(None), settles=False)
        self.known = ElidingLabel(size=12, colour="text3")
        self.told = ElidingLabel(size=12, colour="text2")
        self.facts = Facts()
        self._lay_out()
        self.tag.clicked.connect(self._press)
        self.facts.ticked.connect(self._tick)
        self.facts.left.connect(self.close_facts)
        self.show_contact(None)

    @property
    def level(self) -> Level:
        """How far the caller is verified."""
        return self.standing.level if self.standing is not None else Level.NONE

    def show_contact(self, contact_id: int | None) -> None:
        """Show how far the person of a contact is verified; without one, nothing is shown."""
        if contact_id != self._contact_id:
            self._contact_id, self.standing, self._wanted = contact_id, None, False
            self.facts.hide()
            self.facts.forget()
            self._show()
        self.refresh()

    def refresh(self) -> None:
        """Show the records as they are now."""
        if self._contact_id is not None:
            self.errands.look("standing", self._look(self._contact_id))

    def ask(self) -> None:
        """Show the facts, as soon as they are read, and go to the one to ask next."""
        self._wanted = self.standing is None
        if self.standing is not None and self.standing.facts:
            self.facts.show()
            wanted = self.standing.next
            self.facts.go_to(wanted.known if wanted is not None else None)

    def close_facts(self) -> None:
        """Hide the facts and the answers again."""
        self.facts.forget()
        had = self.facts.isVisible()
        self.facts.hide()
        if had:
            self.tag.setFocus(Qt.FocusReason.OtherFocusReason)
            self.left.emit()

    def _press(self) -> None:
        if self.facts.isVisible():
            self.close_facts()
        else:
            self.ask()

    async def _look(self, contact_id: int) -> None:
        standing = await self._verified.standing(contact_id, self._locale)
        if contact_id != self._contact_id:
            return
        before, self.standing = self.level, standing
        self._show()
        if self._wanted:
            self.ask()
        if self.level is not before:
            self.level_changed.emit(self.level.value)
            announce(self, level_words(standing))

    def _tick(self, known: str, on: bool) -> None:
        if self._contact_id is not None:
            self.errands.do(f"tick {known}", self._keep(self._contact_id, known, on))

    async def _keep(self, contact_id: int, known: str, on: bool) -> None:
        change = self._verified.tick if on else self._verified.untick
        try:
            await change(self._command(), contact_id, known)
        finally:
            self.refresh()

    def _show(self) -> None:
        standing = self.standing
        self.setVisible(self._contact_id is not None)
        self.tag.tell(level_words(standing), self.level is not Level.NONE)
        self.known.setText("" if standing is None else ticked_words(standing))
        self.told.setText("" if standing is None else told_words(standing))
        self.facts.show_facts(() if standing is None else standing.facts)
        if standing is None or not standing.facts:
            self.facts.hide()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(current_look().px(10))
        line.addWidget(self.tag)
        line.addWidget(self.known)
        line.addWidget(self.told, 1)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 2, 0, 0)
        down.setSpacing(2)
        down.addLayout(line)
        down.addWidget(self.facts)
        self.facts.hide()
