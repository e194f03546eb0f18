"""What the desk does when something broke: it keeps what was typed, and tells it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from care_console.base.faults import Plain
from care_console.base.words import N_
from care_console.window.crash import Crash
from care_console.window.crash_report import Report
from care_console.window.palette import GLYPH

if TYPE_CHECKING:
    from care_console.window.crash_sheet import CrashSheet
    from care_console.window.furniture import Furniture

log = logging.getLogger("care_console.window")


def tell_crashes(crash: Crash | None, here: Furniture) -> CrashTold | None:
    """Tell at this desk what breaks from now on, and once what broke off the last start."""
    if crash is None:  # a test has its own way to notice
        return None
    told = CrashTold(crash, here)
    if crash.left is not None:
        told.show_report(crash.left)
    return told


class CrashTold(QObject):
    """Shows the reports of ``crash`` in a sheet, and does what is chosen there."""

    def __init__(self, crash: Crash, here: Furniture) -> None:
        super().__init__(here)
        self._crash, self._here = crash, here
        self._sheet: CrashSheet | None = None
        self._waiting: Report | None = None
        self._last: Report | None = None
        again = here.window.registry.add(
            "what broke",
            N_("What broke last: the report"),
            run=self._show_last,
            enabled=lambda: self._last is not None,
        )
        again.setProperty(GLYPH, "alert")
        here.session.cover.unlocked.connect(lambda _clerk: self._show_waiting())
        crash.broke.connect(self.take)
        here.window.page_shown.connect(lambda page: log.info("page %s", Plain(page)))
        here.flow.shown.connect(lambda _caller: log.info("a ring is shown"))

    def take(self, report: Report) -> None:
        """Keep what was typed, and tell the report when the loop turns: it may be mid-paint."""
        self._here.contact.keep_now()
        self._here.card.keep_now()
        QTimer.singleShot(0, self, lambda: self.show_report(report))

    def show_report(self, report: Report) -> None:
        """Tell a report in the sheet; a covered desk waits until somebody sits there."""
        self._last = report
        if self._here.session.locked:
            self._waiting = report
            return
        self.sheet.show_report(report)

    @property
    def sheet(self) -> CrashSheet:
        """Where reports are told; made with the first."""
        if self._sheet is None:
            from care_console.window.crash_sheet import CrashSheet

            window = self._here.window
            self._sheet = CrashSheet(window, lambda: window.typing)
            self._sheet.again_wanted.connect(self._start_again)
            self._sheet.told.connect(window.told)
            self._sheet.hindered.connect(window.hindered)
            window.add_sheet(self._sheet)
        return self._sheet

    def _show_last(self) -> None:
        if self._last is not None:
            self.show_report(self._last)

    def _show_waiting(self) -> None:
        report, self._waiting = self._waiting, None
        if report is not None:
            QTimer.singleShot(0, self, lambda: self.show_report(report))

    def _start_again(self) -> None:
        self._crash.again = True
        self._here.window.close()
