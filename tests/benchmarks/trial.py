"""What the console takes for a demonstration: a line that does as a measurement tells it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from care_console.base.clock import utc_now
from care_console.lines.pretend import PretendLine

if TYPE_CHECKING:
    from care_console.base.command import Clerk
    from care_console.services import Services
    from care_console.window.furniture import Furniture

CALLED = "+442079460100"


class Trial:
    """Has a line, and passes on when calls can come in."""

    def __init__(self, begun: Callable[[Furniture], None]) -> None:
        self.line = PretendLine(utc_now, called=CALLED)
        self._begun = begun

    async def fill(self, services: Services) -> Clerk:
        """Refuse: a home without a clerk is none of ours."""
        raise AssertionError(services)

    def begin(self, furniture: Furniture) -> None:
        """Pass it on that calls can come in."""
        self._begun(furniture)

    def ring(self) -> None:
        """Leave it to the measurement."""

    def hang_up(self) -> None:
        """Leave it to the measurement."""
