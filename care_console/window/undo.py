"""The way back: what was done last can be taken back for a while."""

from collections.abc import Callable, Coroutine
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from care_console.kit import Errands

LONGEST = 30


class Done(Protocol):
    """Something that was done and can be taken back."""

    @property
    def words(self) -> str:
        """What was done, in a sentence."""

    @property
    def undo(self) -> Callable[[], Coroutine[None, None, None]]:
        """Take it back. Raises CareError where that cannot be any more."""


class Undo(QObject):
    """Keeps what was done, the newest last. What could not be taken back is gone from it."""

    undone = Signal(str)  # the words of what was taken back
    hindered = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._done: list[Done] = []
        self._errands = Errands(self)
        self._errands.hindered.connect(self.hindered)

    @property
    def possible(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._done)

    def note(self, done: Done) -> None:
        """Remember what was just done."""
        self._done = [*self._done, done][-LONGEST:]

    def forget(self) -> None:
        """Take nothing back of what was done till now: it was somebody else's."""
        self._done = []

    def last(self) -> None:
        """Take back what was done last."""
        if self._done:
            self.take_back(self._done[-1])

    def take_back(self, done: Done) -> None:
        """Take back one act, once."""
        if any(each is done for each in self._done):
            self._done = [each for each in self._done if each is not done]
            self._errands.do("undo", self._take_back(done))

    async def _take_back(self, done: Done) -> None:
        await done.undo()
        self.undone.emit(done.words)
