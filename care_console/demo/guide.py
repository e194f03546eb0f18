"""A slim line that leads a newcomer through an angry call, by what really happens in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from care_console.authority.records import RemedyRecord
from care_console.base.words import N_, _
from care_console.calls.records import ContactRecord, VerifiedRecord
from care_console.calls.rules.verified import Level
from care_console.demo.stages import Line, Seen, Stage, line_of, pin_line, place_of
from care_console.kit import (
    Button,
    ElidingLabel,
    Errands,
    KeyHint,
    Label,
    Surface,
    Themed,
    announce,
    current_look,
)
from care_console.recovery.records import RecoveryRecord, StepRecord
from care_console.recovery.rules import State
from care_console.window.palette import GLYPH

if TYPE_CHECKING:
    from care_console.window.furniture import Furniture

HEIGHT, GAP = 28, 7  # px
MOST_KEYS = 4
WATCHED = frozenset({ContactRecord, RecoveryRecord, RemedyRecord, StepRecord, VerifiedRecord})


class GuideLine(Themed, QWidget):
    """One row: the keys, what they do, what no help desk does, and how far along it is.

    It takes the focus only when it is clicked; Esc on it puts it away.
    """

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.ground = Surface("accent", edge=True)
        self.keys = [KeyHint("") for _each in range(MOST_KEYS)]
        self.deed = Label(weight=600)
        self.unlike = ElidingLabel(colour="text2")
        self.place = Label(size=12, colour="text3", tabular=True)
        self.hide_it = Button(_("Hide"), "quiet", key=_("Esc"))
        self.hide_it.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._across = QHBoxLayout(self.ground)
        for part in (*self.keys, self.deed):
            self._across.addWidget(part)
        self._across.addWidget(self.unlike, 1)
        self._across.addWidget(self.place)
        self._across.addWidget(self.hide_it)
        self._down = QVBoxLayout(self)
        self._down.addWidget(self.ground)
        self.hide_it.clicked.connect(self.left)
        self.restyle()

    @property
    def words(self) -> str:
        """All that it says."""
        return f"{self.deed.text()} {self.unlike.text()}"

    def tell(self, line: Line, place: str) -> None:
        """Say where one is now; said aloud, too, if it is another sentence than before."""
        before = self.words
        for at, key in enumerate(self.keys):
            key.setText(line.keys[at] if at < len(line.keys) else "")
            key.setVisible(at < len(line.keys))
        self.deed.setText(line.deed)
        self.unlike.setText(line.unlike)
        self.place.setText(place)
        said = " ".join((*line.keys, self.words))
        self.setAccessibleName(said)
        if self.words != before and self.isVisible():
            announce(self, said)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def restyle(self) -> None:
        px = current_look().px
        self.setFixedHeight(px(HEIGHT + GAP))
        self._down.setContentsMargins(px(10), px(GAP), px(10), 0)
        self._across.setContentsMargins(px(12), 0, px(4), 0)
        self._across.setSpacing(px(6))
        super().restyle()


class Guide(QObject):
    """Watches one call after the other, and says what comes next."""

    turned = Signal(str)  # to another Stage

    def __init__(self, here: Furniture, pins: dict[str, str]) -> None:
        """``pins`` are the PINs of the sample, by the names of those who have one."""
        super().__init__(here)
        self._here, self._pins = here, pins
        self.line = GuideLine()
        self.stage = Stage.WAIT
        self._seen = Seen()
        self._contact_id: int | None = None  # of the call that it leads through
        self._since: datetime | None = None  # when that call was taken
        self._took_s = 0
        self.errands = Errands(self)
        self.errands.hindered.connect(here.window.hindered)
        here.window.add_line(self.line)
        self._listen()
        self._bind()
        self.show()

    def show(self) -> None:
        """Show the guide."""
        self.line.show()
        self._here.desk.set_lost(self.line.height())
        self._show()
        self._look()

    def hide(self) -> None:
        """Put the guide away; the palette brings it back."""
        had = self.line.hasFocus()
        self.line.hide()
        self._here.desk.set_lost(0)
        if had:
            self._here.window.next_pane()

    def _listen(self) -> None:
        here = self._here
        care, talks = here.care, here.flow.conversations
        self.line.left.connect(self.hide)
        here.flow.shown.connect(self._rang)
        here.contact.finished.connect(self._finished)
        here.contact.ended.connect(lambda contact_id, _how: self._finished(contact_id))
        for news in (
            *(here.flow.turned, talks.changed, here.window.page_shown),
            *(care.verify.level_changed, care.recovery.shown, care.recovery.settled),
            care.remedy.given,
        ):
            news.connect(self._look)
        end = here.services.store.listen(self._touched)
        here.window.destroyed.connect(lambda: end())
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_went)

    def _bind(self) -> None:
        add = self._here.window.registry.add
        hide = add(
            "hide guide",
            N_("Hide the guide"),
            run=self.hide,
            enabled=lambda: not self.line.isHidden(),
        )
        show = add(
            "show guide", N_("Show the guide"), run=self.show, enabled=lambda: self.line.isHidden()
        )
        for action in (hide, show):
            action.setProperty(GLYPH, "info")

    # what happens

    def _rang(self, _caller: object) -> None:
        if self._contact_id is None:
            self._seen = Seen()
        self._look()

    def _touched(self, touched: frozenset[type]) -> None:
        if not touched or touched & WATCHED:
            self._look()

    def _focus_went(self, _old: object, _now: object) -> None:
        if self._here.others.deliveries.isVisible() and self._contact_id is not None:
            self._seen = replace(self._seen, delivery=True)
            self._look()
        self._show()

    def _finished(self, contact_id: int) -> None:
        if contact_id != self._contact_id:
            return
        whole = self.stage is Stage.WRAP_UP
        since, now = self._since, self._here.services.clock()
        self._took_s = round((now - since).total_seconds()) if since is not None else 0
        self._contact_id = self._since = None
        self._seen = Seen(finished=whole)
        self._look()

    def _look(self, *_news: object) -> None:
        self.errands.look("look", self._look_on())

    async def _look_on(self) -> None:
        """Read from the records how far the call in front has come."""
        around = self._here.around
        front = around.deck.in_front
        if front is None or front.card_id is None or not front.telephone:
            rings = around.strip.shown == "ringing"
            self._seen = Seen(rings=rings, finished=self._seen.finished and not rings)
        else:
            if front.contact_id != self._contact_id:
                self._contact_id, self._since = front.contact_id, front.since
                self._seen = Seen()
            self._seen = await self._read(front.contact_id, front.card_id)
        self._show()

    async def _read(self, contact_id: int, card_id: int) -> Seen:
        services, clerk = self._here.services, self._here.around.clerk
        standing = await services.verified.standing(contact_id)
        recovery_id = next(iter(await services.recoveries.open_of(card_id, clerk)), None)
        seen = replace(
            self._seen,
            talking=True,
            verified=standing is not None and standing.level is Level.GIVING,
            begun=recovery_id is not None,
        )
        if recovery_id is None:
            return seen
        view = await services.recoveries.panel(recovery_id, clerk)
        panel = await services.authority.panel(clerk, card_id, recovery_id)
        settled = frozenset(each.step for each in view.steps if each.state is not State.OPEN)
        return replace(seen, settled=settled, offered=panel.offered is not None)

    # what is shown

    def _show(self) -> None:
        before, self.stage = self.stage, self._seen.stage
        line = self._pin_line() or line_of(self.stage, self._took_s)
        self.line.tell(line, place_of(self.stage))
        if self.stage is not before:
            self.turned.emit(self.stage.value)

    def _pin_line(self) -> Line | None:
        """Return whose PIN is which, while one is asked for."""
        face = self._here.care.remedy.face
        if face.box is not face.approve:
            return None
        return next((pin_line(name, pin) for name, pin in self._pins.items()), None)
