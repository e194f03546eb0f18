"""Who works here, what they may do, and how they sign in."""

from care_console.staff.service.hashing import Hashing
from care_console.staff.service.reading import Department, OnStaff
from care_console.staff.service.sign_in import SignIn
from care_console.staff.service.staff import LastAdministrator, NoClerk, NotTaken, Staff

__all__ = [
    "Department",
    "Hashing",
    "LastAdministrator",
    "NoClerk",
    "NotTaken",
    "OnStaff",
    "SignIn",
    "Staff",
]
