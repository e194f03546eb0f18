"""The calls that we made ourselves, which are no customer's when they come back to us."""

from care_console.lines.sip.calls import alike
from care_console.lines.sip.deadlines import Seconds

OURS_S = 30.0  # a telephone system rings back at once, or not at all
MOST = 50


class Outbound:
    """The numbers that were dialled a moment ago, on this line or on another of this desk."""

    def __init__(self, seconds: Seconds) -> None:
        self._seconds = seconds
        self._dialled: dict[str, float] = {}

    def dialled(self, number: str) -> None:
        """Remember that we call ``number``."""
        self._dialled.pop(number, None)
        self._dialled[number] = self._seconds()
        while len(self._dialled) > MOST:
            del self._dialled[next(iter(self._dialled))]

    def is_ours(self, *numbers: str | None) -> bool:
        """Tell whether one of ``numbers`` is one that we call."""
        if not self._dialled:
            return False
        since = self._seconds() - OURS_S
        recent = [number for number, at in self._dialled.items() if at >= since]
        return any(alike(one, number) for one in recent for number in numbers if number)
