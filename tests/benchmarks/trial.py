"""What the console takes for a demonstration: a line that does as a measurement tells it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING

from care_console.base.clock import utc_now
from care_console.lines.pretend import PretendLine

if TYPE_CHECKING:
    from care_console.base.command import Clerk
    from care_console.lines.line import CallEvent
    from care_console.services import Services
    from care_console.window.furniture import Furniture

CALLED = "+442079460100"


class TrialLine(PretendLine):
    """Tells when it is listened to: then calls can come in."""

    def __init__(self, heard: Callable[[], None]) -> None:
        super().__init__(utc_now, called=CALLED)
        self._heard = heard

    def events(self) -> AsyncIterator[CallEvent]:
        """Yield what the line was told to do."""
        self._heard()
        return super().events()


class Trial:
    """Has a line, and passes on when the console is whole."""

    def __init__(
        self, begun: Callable[[Furniture], None], heard: Callable[[], None] = lambda: None
    ) -> None:
        self.line = TrialLine(heard)
        self._begun = begun

    async def fill(self, services: Services) -> Clerk:
        """Refuse: a home without a clerk is none of ours."""
        raise AssertionError(services)

    def begin(self, furniture: Furniture) -> None:
        """Pass it on that the console is whole."""
        self._begun(furniture)

    def ring(self) -> None:
        """Leave it to the measurement."""

    def hang_up(self) -> None:
        """Leave it to the measurement."""
