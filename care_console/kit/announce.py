"""What a screen reader says although nobody has gone there."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, sentence: str, *, at_once: bool = False) -> None:
    """Have ``sentence`` read out when the reader pauses, or ``at_once`` for a ring.

    What cannot be seen, as under the cover of a locked desk, is not read out either.
    """
    if not widget.isVisible():
        return
    event = QAccessibleAnnouncementEvent(widget, sentence)
    if at_once:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)
