"""Signing in, the cover over a desk that nobody sits at, and who works here."""

from care_console.staff.pane.idle import IdleLock
from care_console.staff.pane.lock import LockCover
from care_console.staff.pane.pin import PinField
from care_console.staff.pane.sign_in import SignInSheet
from care_console.staff.pane.staff_page import StaffPage

__all__ = ["IdleLock", "LockCover", "PinField", "SignInSheet", "StaffPage"]
