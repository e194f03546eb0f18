"""What the window's title and its covers tell of a ring: of a covered desk, only that it rings."""

from PySide6.QtCore import QObject

from care_console.base.words import _
from care_console.window.around import who
from care_console.window.deck import Deck
from care_console.window.frame import MainWindow
from care_console.window.session import Session
from care_console.window.veil import Veil


class Titles(QObject):
    """Tells who rings, as far as that may be seen now."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._deck: Deck | None = None
        self.veil = Veil(window)
        """Under which one key hides every name and number."""
        self.veil.turned.connect(lambda _lies: self.anew())
        session.locking.connect(self._cover)
        session.locking.connect(self.veil.lift)

    def follow(self, deck: Deck) -> None:
        """Know from now on what rings."""
        self._deck = deck

    def tell(self, caller: str) -> None:
        """Tell whose ring is next, or with "" that there is none."""
        ring = self._deck.next_ring if self._deck is not None else None
        called = ring.caller.called if ring is not None else ""
        words = _("Ringing: {called}").format(called=called) if called else _("It rings.")
        self._session.show_ring(words if caller else "")
        self.veil.show_ring(bool(caller))
        covered = self._session.locked or self.veil.lies
        self._window.ringing(_("a call") if covered and caller else caller)

    def anew(self) -> None:
        """Tell the same as far as it may be seen since."""
        ring = self._deck.next_ring if self._deck is not None else None
        self.tell("" if ring is None or ring.asked else who(ring.caller))

    def _cover(self) -> None:
        """Name nobody in the title of a desk that is covered while it rings."""
        ring = self._deck.next_ring if self._deck is not None else None
        if ring is not None and not ring.asked:
            self._window.ringing(_("a call"))
