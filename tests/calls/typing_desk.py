"""A desk of its own, in which somebody types a note until it is killed."""

import asyncio
import os
import sys
from pathlib import Path
from uuid import uuid4

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import qasync
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from care_console.base.clock import utc_now
from care_console.base.command import Clerk, Command
from care_console.calls.pane import ContactPane
from care_console.services import Services
from care_console.settings.options import Company, Desk
from care_console.store import Store

FIRST = "Mother in the house. "
KEY_MS = 50  # between two keys, so that there is never half a second without one
LOST_MS = 1_000  # so much may be lost, and no more


async def type_on(records: Path, contact_id: int) -> None:
    """Type the first words, then a letter again and again; say so after a second."""
    store = Store.open(records)
    services = Services.over(store, utc_now, Desk(origin="typing"), Company())
    clerk = Clerk("Rosa", "clerk")
    pane = ContactPane(services.contacts, services.matters, lambda: Command(uuid4(), clerk))
    pane.show()
    pane.show_contact(contact_id)
    while not pane.loaded:  # noqa: ASYNC110
        await asyncio.sleep(0.005)
    pane.form.notes.setFocus()
    QTest.keyClicks(pane.form.notes, FIRST)
    QTimer.singleShot(LOST_MS, pane, lambda: sys.stdout.write("now\n") and sys.stdout.flush())
    keys = QTimer(pane, interval=KEY_MS)
    keys.timeout.connect(lambda: QTest.keyClicks(pane.form.notes, "x"))
    keys.start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    app = QApplication([])
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
        runner.run(type_on(Path(sys.argv[1]), int(sys.argv[2])))
