"""A process that is watched from its start: a bare window, or with a HOME the console."""

import os
import sys
import time

# Nothing else up here: what is imported is what is measured.

STARTED = float(os.environ["CARE_CONSOLE_STARTED"])  # as ``time.monotonic`` counts
SIZE = (1366, 768)
told: dict[str, object] = {}


def note(what: str) -> None:
    """Keep how many seconds after the start of the process, and of computing, ``what`` was."""
    told.setdefault(what, (time.monotonic() - STARTED, time.process_time()))


def watch(application) -> None:
    """Note the end of the first paint of the first window of ``application``."""
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtWidgets import QWidget

    class Mark(QWidget):
        """Lies on top in a corner: it is painted last."""

        def paintEvent(self, event):
            """Note it."""
            note("painted")

    class Watch(QObject):
        """Puts the mark on the first window that is shown."""

        def eventFilter(self, shown, event):
            """Look for the window."""
            if event.type() == QEvent.Type.Show and shown.isWidgetType() and shown.isWindow():
                application.removeEventFilter(self)
                mark = Mark(shown)
                mark.resize(1, 1)
                mark.show()
            return False

    application.installEventFilter(Watch(application))


def note_memory() -> None:
    """Keep how much memory of this process is resident, in MB."""
    with open("/proc/self/status") as status:
        lines = dict(line.split(":", 1) for line in status)
    told["resident"] = float(lines["VmRSS"].split()[0]) / 1024


def bare() -> None:
    """Show a window with nothing in it, and end."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QWidget

    application = QApplication(sys.argv[:1])
    watch(application)
    window = QWidget()
    window.resize(*SIZE)
    window.show()
    QTimer.singleShot(100, application.quit)
    application.exec()
    note_memory()


def console(home: str, numbers: list[str]) -> None:
    """Open the console of ``home`` as its command does, let ``numbers`` ring, and end."""
    from care_console import commands
    from care_console.settings.home import Home

    asked = commands.parser().parse_args(["--home", home])
    there = Home.at(asked.home, create=True)
    from care_console import app

    watch(app.application())
    from tests.benchmarks.trial import Trial

    trial = Trial(lambda furniture: begun(furniture, trial, numbers), lambda: note("ready"))
    app.main(there, trial)


def begun(furniture, trial, numbers: list[str]) -> None:
    """Let calls come in: the console is whole."""
    import asyncio

    note("whole")
    told["task"] = id(asyncio.get_running_loop().create_task(rung(furniture, trial, numbers)))


async def rung(furniture, trial, numbers: list[str]) -> None:
    """Let ``numbers`` ring one after the other, each until it is painted, and end."""
    import asyncio

    from tests.benchmarks.paints import Paints

    furniture.window.resize(*SIZE)
    paints = Paints(furniture.window)
    for number in numbers:
        paints.begin()
        call_id = trial.line.ring(number)
        await paints.over()
        trial.line.end(call_id)
        await asyncio.sleep(0.005)
    note_memory()
    furniture.window.close()


if __name__ == "__main__":
    if len(sys.argv) == 1:
        bare()
    else:
        console(sys.argv[1], sys.stdin.read().split())
    import json

    sys.stdout.write(json.dumps(told))
