"""Why a call that rang here rings no longer."""

import re
from dataclasses import dataclass
from enum import Enum

from care_console.lines.sip.headers import Headers
from care_console.lines.sip.pieces import parameters

_DECLINED = frozenset({"600", "603", "607"})  # RFC 3261, 21.6; RFC 8197
_ELSEWHERE = re.compile(r"\b(?:completed|answered|picked up) elsewhere\b", re.IGNORECASE)
_NON_SELECTED_USER = "26"  # ITU-T Q.850


class How(Enum):
    """In which way a call ended for us."""

    ELSEWHERE = "answered elsewhere"
    DECLINED_ELSEWHERE = "declined elsewhere"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Ending:
    """How a call ended, and the reason in the words of the other side, or ""."""

    how: How
    cause: str


def ending_of(headers: Headers) -> Ending:
    """Return what the Reason headers of a CANCEL or BYE say (RFC 3326, 2).

    Without one of them that tells of another telephone, the call was missed.
    """
    reasons = [_read(value) for value in headers.all("reason")]
    for how in (How.ELSEWHERE, How.DECLINED_ELSEWHERE):
        for found, cause in reasons:
            if found is how:
                return Ending(how, cause)
    return Ending(How.MISSED, next((cause for _, cause in reasons if cause), ""))


def _read(reason: str) -> tuple[How, str]:
    protocol, _, rest = reason.partition(";")
    told = parameters(rest)
    kind, code, text = protocol.strip().upper(), told.get("cause", ""), told.get("text", "")
    cause = text or f"{protocol.strip()} {code}".strip()
    if (kind, code) in (("SIP", "200"), ("Q.850", _NON_SELECTED_USER)) or _ELSEWHERE.search(text):
        return How.ELSEWHERE, cause
    if kind == "SIP" and code in _DECLINED:
        return How.DECLINED_ELSEWHERE, cause
    return How.MISSED, cause
