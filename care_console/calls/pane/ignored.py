"""The numbers to which the house does not listen, each of which can be listened to again."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from care_console.base.names import clean
from care_console.base.spell import DEFAULT_LOCALE, day
from care_console.base.words import _
from care_console.calls.pane.words import joined
from care_console.calls.rules.ignored import IgnoredRow, pattern_words
from care_console.kit import Button, DayDelegate, DayRow, ListView, Panel, current_look

MOST = 4  # that are seen without scrolling
ROW = 48  # px


class _List(ListView):
    gone = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and not event.modifiers():
            self.gone.emit()
        else:
            super().keyPressEvent(event)


class IgnoredPanel(Panel):
    """Whoever may ignore numbers may take them off the list as well."""

    removed = Signal(int)  # the id of what is listened to again

    def __init__(self, clock: Callable[[], datetime], locale: str = DEFAULT_LOCALE) -> None:
        super().__init__(_("Ignored numbers"), "minus", flush=True)
        self._clock, self._locale = clock, locale
        self._may = False
        self.list = _List(DayDelegate(), name=_("Ignored numbers"), uniform=True)
        self.list.set_empty(_("No number is ignored: every call is shown."))
        self.remove = Button(_("Listen again"), "quiet", "undo", _("Del"))
        self.head.insertWidget(self.head.count() - 1, self.remove)
        self.body.addWidget(self.list)
        self.remove.clicked.connect(self._remove)
        self.list.gone.connect(self._remove)
        self.show_numbers([])

    def allow(self, may: bool) -> None:
        """Offer to change the list, or not."""
        self._may = may
        self.remove.setVisible(may and self.list.rows.rowCount() > 0)

    def show_numbers(self, numbers: Sequence[IgnoredRow]) -> None:
        """Show the list."""
        self.list.rows.set_rows([self._row(each) for each in numbers])
        self.trail.setText(str(len(numbers)) if numbers else "")
        self.allow(self._may)
        self._fit()

    def restyle(self) -> None:
        super().restyle()
        if hasattr(self, "list"):
            self._fit()

    def _row(self, each: IgnoredRow) -> DayRow:
        by = _("by {name}").format(name=clean(each.clerk)) if each.clerk else ""
        return DayRow(
            id=each.id,
            icon="minus",
            title=pattern_words(each.pattern),
            sub=joined(clean(each.why), by),
            when=day(each.at, self._clock(), self._locale),
        )

    def _remove(self) -> None:
        row = self.list.row()
        if self._may and row is not None and isinstance(row.id, int):
            self.removed.emit(row.id)

    def _fit(self) -> None:
        rows = max(1, min(MOST, self.list.rows.rowCount()))
        self.list.setFixedHeight(current_look().px(ROW) * rows + 2)
