"""What the desk shows of calls and contacts."""

from care_console.calls.pane.contact import ContactPane
from care_console.calls.pane.first_words import FirstWordsPane
from care_console.calls.pane.strip import CallStrip
from care_console.calls.pane.today import TodayPane
from care_console.calls.pane.unknown import UnknownPane
from care_console.calls.pane.verify import VerifyPane
from care_console.calls.pane.who import WhoPane

__all__ = [
    "CallStrip",
    "ContactPane",
    "FirstWordsPane",
    "TodayPane",
    "UnknownPane",
    "VerifyPane",
    "WhoPane",
]
