"""What a duty is, how it stands at a moment, and how it reads."""

from care_console.promises.rules.duty import (
    LONGEST_TITLE,
    LONGEST_WHY,
    SOON,
    Act,
    AskedElsewhere,
    BadDuty,
    Duty,
    DutyKind,
    DutyState,
    Part,
    changes_at,
    check_here,
    in_order,
    part,
    parts,
    state,
    to_go,
)
from care_console.promises.rules.heirs import Heir, heirs_for
from care_console.promises.rules.when import NotAMoment, read_when
from care_console.promises.rules.words import WORDS

__all__ = [
    "LONGEST_TITLE",
    "LONGEST_WHY",
    "SOON",
    "WORDS",
    "Act",
    "AskedElsewhere",
    "BadDuty",
    "Duty",
    "DutyKind",
    "DutyState",
    "Heir",
    "NotAMoment",
    "Part",
    "changes_at",
    "heirs_for",
    "check_here",
    "in_order",
    "part",
    "parts",
    "read_when",
    "state",
    "to_go",
]
