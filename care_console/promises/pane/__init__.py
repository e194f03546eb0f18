"""What a clerk owes today, as a column of the Desk and as a page."""

from care_console.promises.pane.day import MyDayPane
from care_console.promises.pane.page import MyDayPage

__all__ = ["MyDayPage", "MyDayPane"]
