"""How a line is, and who is told when that changes."""

from collections.abc import Callable

from care_console.lines.line import LineState, State

Told = Callable[[LineState], None]


class Status:
    """The state of one line; each change is told once."""

    def __init__(self, state: State = State.CONNECTING) -> None:
        self.now = LineState(state)
        self._told: list[Told] = []

    def set(self, state: State, reason: str = "") -> None:
        """Change the state; ``reason`` is a whole sentence for the clerk, where it is not up."""
        now = LineState(state, reason)
        if now == self.now:
            return
        self.now = now
        for told in list(self._told):
            told(now)

    def listen(self, told: Told) -> Callable[[], None]:
        """Let ``told`` know of each change from now on; return what ends that."""
        self._told.append(told)

        def end() -> None:
            if told in self._told:
                self._told.remove(told)

        return end
