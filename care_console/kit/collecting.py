"""Python's search for what is held only in a circle, kept in the thread of the window."""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500


class Collecting(QObject):
    """Searches now and then, and only here, from its making until it is destroyed.

    Python would search in whatever thread happens to allocate. A widget or a timer that it finds
    in the thread of the store is deleted there, and that takes the whole program down.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Search from now on, and no more among what was made until now: it stays to the end."""
        gc.collect()
        gc.freeze()
        self._timer.start()

    def end(self) -> None:
        """Leave it to Python again, but for what was frozen: the program is about to go."""
        self._timer.stop()
        if self._was_on:
            gc.enable()

    def look(self) -> None:
        """Search as far back as Python would, by how much was made since."""
        made, most = gc.get_count(), gc.get_threshold()
        for age in (2, 1, 0):
            if most[age] and made[age] > most[age]:
                gc.collect(age)
                return
