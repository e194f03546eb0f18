"""One field that is saved as it is typed, and never loses what stands in it."""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from care_console.cards.rules.draft import Draft, Value

PAUSE_MS = 800  # without a key, after which what was typed is kept
AGAIN_MS = 5_000  # after which it is tried again, where the records could not be written


@dataclass(frozen=True, slots=True)
class Key:
    """Which field: of the card itself, or of a part; a part that is not kept yet has no id."""

    field: str
    part: str = ""
    id: int = 0


class Input(Protocol):
    """What can be typed in: it shows a value, and tells what stands in it."""

    def put(self, value: Value) -> None:
        """Show ``value``."""

    def value(self) -> Value:
        """Return what stands there."""


class Keeper(QObject):
    """Watches one input. ``wanted`` says that it is time to keep what stands there."""

    wanted = Signal()
    clashed = Signal()  # both values are to be shown, or no longer
    left = Signal()  # Esc

    def __init__(self, key: Key, edit: QWidget, source: Input, kept: Value) -> None:
        super().__init__(edit)
        self.key = key
        self.edit = edit
        self.draft = Draft.of(kept)
        self.saving = False
        self._source = source
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.ask)
        source.put(kept)
        edit.installEventFilter(self)

    @property
    def dirty(self) -> bool:
        """Whether something stands there that is not kept."""
        return self.draft.dirty

    def typed(self) -> None:
        """Take what was typed; the input calls this at each change."""
        before = self.draft.clash
        self.draft.type(self._source.value())
        if before and not self.draft.clash:
            self.clashed.emit()
        self._timer.start(PAUSE_MS)

    def ask(self) -> None:
        """Ask for what was typed to be kept now, unless there is nothing, or a choice to make."""
        self._timer.stop()
        if self.dirty and not self.draft.clash and not self.saving:
            self.wanted.emit()

    def again(self) -> None:
        """Ask once more in a while."""
        self._timer.start(AGAIN_MS)

    def begin(self, kept: Value) -> None:
        """Show another card's field."""
        self._timer.stop()
        clashed = self.draft.clash
        self.draft = Draft.of(kept)
        self.saving = False
        self._source.put(kept)
        if clashed:
            self.clashed.emit()

    def meet(self, now: Value) -> None:
        """Take what the records say now."""
        if self.saving:
            return
        clash = (self.draft.clash, self.draft.theirs)
        self.draft.meet(now)
        self._show()
        if clash != (self.draft.clash, self.draft.theirs):
            self.clashed.emit()

    def kept(self, sent: Value, now: Value) -> None:
        """Take that ``sent`` is kept and stands there as ``now``."""
        self.saving = False
        self.draft.kept(sent, now)
        self._show()
        if self.dirty:
            self._timer.start(PAUSE_MS)

    def keep_mine(self) -> None:
        """Let what is typed take the place of what another typed."""
        self.draft.keep_mine()
        self.clashed.emit()
        self.ask()

    def take_theirs(self) -> None:
        """Let what another typed stand."""
        self.draft.take_theirs()
        self._source.put(self.draft.typed)
        self.clashed.emit()

    def take_up(self, seen: Value, typed: Value) -> None:
        """Go on with what was typed before another card was shown."""
        now = self.draft.seen
        self.draft = Draft(seen, typed)
        self._source.put(typed)
        self.meet(now)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.ask()
            self._show()
        elif _is_escape(event):
            self.ask()
            self.left.emit()
            return True
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        """Show what is kept, unless somebody is just typing there or has typed something else."""
        if self.dirty or self.draft.clash or (self.edit.hasFocus() and self._means_the_same()):
            return
        if self._source.value() != self.draft.typed or not self.edit.hasFocus():
            self._source.put(self.draft.typed)

    def _means_the_same(self) -> bool:
        return _bare(self._source.value()) == _bare(self.draft.typed)


def _is_escape(event: QEvent) -> bool:
    return (
        isinstance(event, QKeyEvent)
        and event.type() == QEvent.Type.KeyPress
        and event.key() == Qt.Key.Key_Escape
    )


def _bare(value: Value) -> Value:
    return " ".join(value.split()) if isinstance(value, str) else value
