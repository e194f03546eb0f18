"""The face of backups and of the key: a page of settings, and what is asked before a desk opens."""

from care_console.safekeeping.pane.page import BackupsPage
from care_console.safekeeping.pane.rescue import DamagePage, UnlockPage, brought_words

__all__ = ["BackupsPage", "DamagePage", "UnlockPage", "brought_words"]
