"""Showing and hiding without waking what has not changed."""

from PySide6.QtWidgets import QWidget


def show_if(widget: QWidget, shown: bool) -> None:
    """Show ``widget`` or hide it; where nothing changes, no layout is asked to do its work."""
    if widget.isHidden() == shown:
        widget.setVisible(shown)
