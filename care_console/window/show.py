"""What a demonstration brings to the desk, which is nobody's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from care_console.base.command import Clerk
from care_console.lines.line import Line
from care_console.services import Services

if TYPE_CHECKING:
    from care_console.window.furniture import Furniture


class Show(Protocol):
    """Fills the desk, and lets its telephone ring."""

    @property
    def line(self) -> Line:
        """A line that is heard beside the hand-in."""
        ...

    async def fill(self, services: Services) -> Clerk:
        """Fill empty records, in place of the first start."""
        ...

    def begin(self, furniture: Furniture) -> None:
        """Begin, now that calls can come in."""
        ...

    def ring(self) -> None:
        """Let the next caller ring."""
        ...

    def hang_up(self) -> None:
        """Let the caller who rings hang up."""
        ...
