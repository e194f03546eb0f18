"""What is to be done later, by a clock that is handed in."""

import heapq
from collections.abc import Callable
from itertools import count

Seconds = Callable[[], float]
Do = Callable[[], None]

_FEW = 64  # cancelled ones that are not worth a sweep


class Deadline:
    """One thing to be done at ``at``; ``cancel`` lets it be."""

    __slots__ = ("_all", "at", "do")

    def __init__(self, at: float, do: Do, within: "Deadlines") -> None:
        self.at = at
        self.do: Do | None = do
        self._all = within

    def cancel(self) -> None:
        """Let it be. Cancelling twice, or after it was done, does nothing."""
        if self.do is not None:
            self.do = None
            self._all.cancelled()


class Deadlines:
    """Things to be done, in the order of their time.

    A heap of its own and not the loop's timers: thousands of calls have thousands of them, and
    nearly all are cancelled. ``seconds`` is a clock that is never set back.
    """

    def __init__(self, seconds: Seconds, nearer: Do = lambda: None) -> None:
        """``nearer`` is called when ``next`` is earlier than it was."""
        self.seconds = seconds
        self.nearer = nearer
        self._heap: list[tuple[float, int, Deadline]] = []
        self._order = count()
        self._cancelled = 0

    def __len__(self) -> int:
        return len(self._heap) - self._cancelled

    def after(self, seconds: float, do: Do) -> Deadline:
        """Let ``do`` be called ``seconds`` from now."""
        deadline = Deadline(self.seconds() + seconds, do, self)
        first = self._heap[0][0] if self._heap else None
        heapq.heappush(self._heap, (deadline.at, next(self._order), deadline))
        if first is None or deadline.at < first:
            self.nearer()
        return deadline

    def next(self) -> float | None:
        """Return when the next is due, or None where there is none."""
        while self._heap and self._heap[0][2].do is None:
            heapq.heappop(self._heap)
            self._cancelled -= 1
        return self._heap[0][0] if self._heap else None

    def run(self) -> None:
        """Do all that is due; what that puts off again waits for the next time."""
        now, limit = self.seconds(), next(self._order)
        while (at := self.next()) is not None and at <= now and self._heap[0][1] < limit:
            deadline = heapq.heappop(self._heap)[2]
            do, deadline.do = deadline.do, None
            if do is not None:
                do()

    def clear(self) -> None:
        """Let all of them be."""
        for _at, _order, deadline in self._heap:
            deadline.do = None
        self._heap.clear()
        self._cancelled = 0

    def cancelled(self) -> None:
        """Count one that was cancelled, and sweep when most of them are."""
        self._cancelled += 1
        if self._cancelled > max(_FEW, len(self._heap) // 2):
            self._heap = [each for each in self._heap if each[2].do is not None]
            heapq.heapify(self._heap)
            self._cancelled = 0
