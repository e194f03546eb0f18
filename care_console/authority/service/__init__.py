"""Offering and giving within the limits, asking for more, delivering, and changing the limits."""

from care_console.authority.rules.refusals import (
    NotGiven,
    NotVerified,
    OverLimit,
    PersonFirst,
    SecondPerson,
    Stopped,
    TooLate,
    WhyWanted,
)
from care_console.authority.service.authority import Authority
from care_console.authority.service.deliveries import Deliveries
from care_console.authority.service.limits import Limits
from care_console.authority.service.offering import Offering
from care_console.authority.service.pleading import Plea
from care_console.authority.service.requests import Requests

__all__ = [
    "Authority",
    "Deliveries",
    "Limits",
    "NotGiven",
    "NotVerified",
    "Offering",
    "OverLimit",
    "PersonFirst",
    "Plea",
    "Requests",
    "SecondPerson",
    "Stopped",
    "TooLate",
    "WhyWanted",
]
