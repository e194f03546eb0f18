"""What roles may do, and what signing in asks for."""

from care_console.staff.rules.roles import (
    MAY,
    NotAllowed,
    Permission,
    Role,
    known_role,
    may,
    permission_words,
    role_words,
    who_may_words,
)
from care_console.staff.rules.secrets import (
    BadSecret,
    Blocked,
    NewOneWanted,
    NotSignedIn,
    TryLater,
    Wrong,
    least_letters,
    wait_words,
)

__all__ = [
    "MAY",
    "BadSecret",
    "Blocked",
    "NewOneWanted",
    "NotAllowed",
    "NotSignedIn",
    "Permission",
    "Role",
    "TryLater",
    "Wrong",
    "known_role",
    "least_letters",
    "may",
    "permission_words",
    "role_words",
    "wait_words",
    "who_may_words",
]
