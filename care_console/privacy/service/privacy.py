"""What stands for somebody's privacy, made together over the other services."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from care_console.calls.service.away import KeptHere
from care_console.cards.service import Cards
from care_console.journal.service import Journal
from care_console.privacy.service.erasing import Erasure
from care_console.privacy.service.holding import Holding
from care_console.privacy.service.openings import Openings
from care_console.privacy.service.thinning import Thinning
from care_console.settings.options import Company
from care_console.staff.service import Staff

CopiesUntil = Callable[
    [], date | None
]  # the day on which the last copy with them goes; None: never


@dataclass(frozen=True, slots=True)
class Privacy:
    """Handing out, erasing, thinning out, and who looked at whom."""

    holding: Holding
    erasure: Erasure
    thinning: Thinning
    openings: Openings
    copies_until: CopiesUntil = lambda: None

    @classmethod
    def over(
        cls,
        journal: Journal,
        staff: Staff,
        cards: Cards,
        company: Callable[[], Company],
        locale: str,
        *,
        aside: Path | None = None,
        here: KeptHere | None = None,
        copies_until: CopiesUntil = lambda: None,
    ) -> "Privacy":
        """Make all of it; what each part takes is told there."""
        on, clock = (journal.store, journal), cards.clock
        forget = here.forget if here is not None else _nothing_here
        erasure = Erasure(*on, clock, staff, cards.index, aside, forget)
        return cls(
            holding=Holding(*on, clock, staff, cards, lambda: company().name, locale),
            erasure=erasure,
            thinning=Thinning(*on, clock, lambda: company().call_log_days),
            openings=Openings(*on),
            copies_until=copies_until,
        )

    async def look_after(self) -> None:
        """Do what time asks for: to be called now and then, each time for a little while.

        Whom an older copy brought back is erased again, and old calls go.
        """
        await self.erasure.again()
        await self.thinning.thin()


def _nothing_here(cards: Sequence[int], contacts: Sequence[int]) -> None:
    """Forget nothing: all is in the records."""
