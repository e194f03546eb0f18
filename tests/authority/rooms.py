"""The services of authority, asking contacts and recoveries by functions of the test."""

from dataclasses import dataclass, replace

from care_console.authority.service import Authority, Deliveries, Requests
from care_console.promises.service import Duties
from care_console.staff.service import Hashing, SignIn
from care_console.staff.service.hashing import Cost

PIN, PASSPHRASE = "472913", "a quiet kettle hums at noon"


@dataclass(frozen=True)
class Rooms:
    duties: Duties
    requests: Requests
    deliveries: Deliveries
    authority: Authority


def rooms_over(
    services,
    *,
    may_give=lambda db, contact_id, card_id: True,
    person_waits=lambda db, recovery_id, card_id: False,
    remedied=lambda db, command, recovery_id, why: None,
):
    """Return them as the application makes them, but for these questions."""
    authority = services.authority
    offering = replace(authority.offering, may_give=may_give, person_waits=person_waits)
    asked = {"remedied": remedied, "unremedied": lambda db, command, recovery_id: None}
    return Rooms(
        services.duties,
        replace(services.requests, sign_in=sign_in_over(services)),
        services.deliveries,
        replace(authority, offering=offering, **asked),
    )


def sign_in_over(services):
    """Return signing in with hashing that is quick."""
    hashing = Hashing(b"p" * 32, Cost(1, 8, 1))
    return SignIn(services.store, services.journal, services.clock, services.staff, hashing)
