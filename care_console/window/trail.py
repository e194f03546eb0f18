"""The cards one has been at, to go back to and forth."""

from PySide6.QtCore import QObject, Signal

LONGEST = 50


class Trail(QObject):
    """Remembers the cards in the order in which they were visited."""

    wanted = Signal(int)  # a card's id: it is to be shown again

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cards: list[int] = []
        self._at = -1

    def visit(self, card_id: int) -> None:
        """Note that a card is shown; what lay ahead of an earlier one is forgotten."""
        if self._at >= 0 and self._cards[self._at] == card_id:
            return
        self._cards = [*self._cards[: self._at + 1], card_id][-LONGEST:]
        self._at = len(self._cards) - 1

    @property
    def can_go_back(self) -> bool:
        """Whether there was a card before this one."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether one has gone back."""
        return self._at + 1 < len(self._cards)

    def back(self) -> None:
        """Ask for the card before."""
        self._go(-1)

    def forward(self) -> None:
        """Ask for the card that one came back from."""
        self._go(1)

    def _go(self, by: int) -> None:
        if 0 <= self._at + by < len(self._cards):
            self._at += by
            self.wanted.emit(self._cards[self._at])
