"""From a ring to a contact and its end."""

from care_console.calls.service.call_list import CallList
from care_console.calls.service.contacts import Contacts
from care_console.calls.service.ignored import Ignored
from care_console.calls.service.log import CallLog, NoCall
from care_console.calls.service.matters import Matters
from care_console.calls.service.outgoing import Outgoing
from care_console.calls.service.ring import Rings
from care_console.calls.service.verified import Verified

__all__ = [
    "CallList",
    "CallLog",
    "Contacts",
    "Ignored",
    "Matters",
    "NoCall",
    "Outgoing",
    "Rings",
    "Verified",
]
