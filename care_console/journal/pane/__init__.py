"""The face of the journal for those who look after the house."""

from care_console.journal.pane.page import JournalPage

__all__ = ["JournalPage"]
