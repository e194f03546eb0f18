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
        self._back: dict[str, str] = {}  # the Call-ID under which a number came back

    def dialled(self, number: str) -> None:
        """Remember that we call ``number``."""
        self._dialled.pop(number, None)
        self._back.pop(number, None)
        self._dialled[number] = self._seconds()
        while len(self._dialled) > MOST:
            oldest = next(iter(self._dialled))
            del self._dialled[oldest]
            self._back.pop(oldest, None)

    def is_ours(self, call_id: str, *numbers: str | None) -> bool:
        """Tell whether one of ``numbers`` is one that we call, and ``call_id`` that call.

        It comes back once: whoever calls back while we call them still rings.
        """
        if not self._dialled:
            return False
        since = self._seconds() - OURS_S
        recent = [number for number, at in self._dialled.items() if at >= since]
        for one in recent:
            if any(alike(one, number) for number in numbers if number):
                return self._back.setdefault(one, call_id) == call_id
        return False
