"""Starting up, in the order in which it happens."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import TYPE_CHECKING, cast

import qasync
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from care_console.base import words
from care_console.base.clock import utc_now
from care_console.base.command import Clerk
from care_console.base.errors import CareError
from care_console.base.resources import resource
from care_console.base.words import _
from care_console.kit.collecting import Collecting
from care_console.kit.theme import Mode, Theme
from care_console.lines.handin import HandInLine
from care_console.lines.instance import Instance
from care_console.lines.push import push
from care_console.settings.home import Home
from care_console.settings.options import Desk
from care_console.window.crash import Crash, start_again
from care_console.window.crash_told import tell_crashes
from care_console.window.frame import MainWindow

if TYPE_CHECKING:
    from care_console.services import Services
    from care_console.window.furniture import Furniture
    from care_console.window.show import Show

PATIENCE_S = 1.0  # a window that starts minimised is not painted
ELSEWHERE_S = 1.0  # between two looks for what another program wrote
WITNESS_S = 60.0  # between two looks at the other desks' journals


def main(home: Home, show: Show | None = None) -> int:
    """Run the console until its window is closed, and return the exit status.

    Raises what ``run`` raises.
    """
    with _alone(home) as instance:
        if instance is None:
            sys.stderr.write(_("CARE Console is already running for this home.") + "\n")
            return 0
        app = application()
        crash = Crash(home)
        crash.begin()
        try:
            with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
                runner.run(run(app, home, instance, show, crash))
        finally:
            crash.end()
    if crash.again:
        start_again([sys.executable, *sys.orig_argv[1:]])
    return 0


def application() -> QApplication:
    """Return the application, with its name and its icon."""
    there = QApplication.instance()
    app = there if isinstance(there, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("care-console")
    app.setApplicationDisplayName("CARE Console")
    app.setWindowIcon(QIcon(str(resource("icons/care-console.svg"))))
    return app


async def run(
    app: QApplication,
    home: Home,
    instance: Instance,
    show: Show | None = None,
    crash: Crash | None = None,
) -> None:
    """Show the window, furnish it, keep it until it is closed, and leave nothing behind.

    Raises the CareError for which it could not be furnished, after the window has told it.
    """
    QApplication.setQuitOnLastWindowClosed(False)  # the loop must outlive the window
    collecting = Collecting(app)
    try:
        await shown(app, home, instance, show, collecting, crash)
    finally:
        collecting.end()


async def shown(
    app: QApplication,
    home: Home,
    instance: Instance,
    show: Show | None,
    collecting: Collecting,
    crash: Crash | None = None,
) -> None:
    """Show the window, furnish it and keep it, while ``collecting`` looks after the memory."""
    desk = Desk(origin="") if home.new else home.desk()
    words.use([desk.language], resource("translations"))
    window = MainWindow(home.window, Theme(app, cast(Mode, desk.theme), desk.text_size))
    closed = asyncio.Event()
    window.destroyed.connect(closed.set)
    await paint(window)
    if closed.is_set():
        return
    try:
        await furnish(window, home, instance, closed, show, collecting, crash)
    except CareError as trouble:
        window.say(str(trouble))
        await closed.wait()
        raise


async def paint(window: MainWindow) -> None:
    """Put the window on the screen, and return when it can be seen."""
    painted = asyncio.Event()
    window.painted.connect(painted.set)
    window.show()
    with suppress(TimeoutError):
        await asyncio.wait_for(painted.wait(), PATIENCE_S)


async def furnish(
    window: MainWindow,
    home: Home,
    instance: Instance,
    closed: asyncio.Event,
    show: Show | None,
    collecting: Collecting,
    crash: Crash | None = None,
) -> None:
    """Open the records, put the panes into the window, and keep both until it is closed."""
    # not above: what they bring along takes longer than all before the first paint
    from care_console import services as records
    from care_console.window.furniture import Furniture

    async with opened(records.furnish(home, utc_now)) as services:
        settle(crash)
        clerk = await somebody(window, services, closed, show)
        if clerk is None or closed.is_set():
            return
        furniture = Furniture(window, services, home, clerk, show)
        async with heard(furniture, instance, show):
            await furniture.begin()
            collecting.begin()
            tell_crashes(crash, furniture)
            if show is not None:
                show.begin(furniture)
            await kept_open(closed, services)


async def kept_open(closed: asyncio.Event, services: Services) -> None:
    """Look now and then what others do, until the window is closed."""
    looking = (look_elsewhere(services), witness(services))
    tasks = [asyncio.create_task(each) for each in looking]
    await closed.wait()
    for task in tasks:
        task.cancel()


def settle(crash: Crash | None) -> None:
    """Let what breaks be written into the home, which is there now."""
    if crash is not None:
        crash.settle_in(asyncio.get_running_loop())


@asynccontextmanager
async def heard(furniture: Furniture, instance: Instance, show: Show | None) -> AsyncIterator[None]:
    """Hear the lines, and hang them up at the end."""
    handed_in = HandInLine(instance, utc_now, furniture.ask_for_attention)
    lines = (handed_in,) if show is None else (handed_in, show.line)
    for line in lines:
        furniture.flow.listen(line)
    await handed_in.open()
    try:
        yield
    finally:
        for line in lines:
            await line.close()


@asynccontextmanager
async def opened(opening: Awaitable[Services]) -> AsyncIterator[Services]:
    """Give the services, and close the records behind them."""
    services = await opening
    try:
        yield services
    finally:
        await services.store.close()


async def newcomer(
    window: MainWindow, services: Services, closed: asyncio.Event, show: Show | None
) -> Clerk | None:
    """Ask what is asked once; return the first clerk, or None if the window was closed instead."""
    if show is not None:
        return await show.fill(services)
    from care_console.window.first_start import FirstStart

    begun: asyncio.Future[Clerk] = asyncio.get_running_loop().create_future()
    page = FirstStart(services.beginning)
    page.begun.connect(begun.set_result)
    window.show_alone(page)
    leaving = asyncio.create_task(closed.wait())
    await asyncio.wait((begun, leaving), return_when=asyncio.FIRST_COMPLETED)
    leaving.cancel()
    return begun.result() if begun.done() else None


async def somebody(
    window: MainWindow, services: Services, closed: asyncio.Event, show: Show | None
) -> Clerk | None:
    """Return who sits here: somebody new, or whoever signs in where that is asked for."""
    clerk = await services.staff.clerk()
    if clerk is None and not closed.is_set():
        return await newcomer(window, services, closed, show)
    if clerk is not None and show is None:
        return await signed_in(window, services, closed, clerk)
    return clerk


async def signed_in(
    window: MainWindow, services: Services, closed: asyncio.Event, clerk: Clerk
) -> Clerk | None:
    """Return who signs in; None if the window was closed instead."""
    from care_console.window.session import somebody

    return await somebody(window, services, closed, clerk)


async def look_elsewhere(services: Services) -> None:
    """Notice now and then what another program, such as an import, wrote."""
    while True:
        await asyncio.sleep(ELSEWHERE_S)
        with suppress(CareError):
            await services.store.look_elsewhere()


async def witness(services: Services) -> None:
    """See now and then how far the other desks' journals have come, so that a cut is noticed."""
    while True:
        await asyncio.sleep(WITNESS_S)
        with suppress(CareError):
            await services.journal.witness()


@contextmanager
def _alone(home: Home) -> Iterator[Instance | None]:
    """Hold the home's lock; give None if a console has it, which is asked to show itself."""
    instance = Instance.take(home.folder)
    if instance is None:
        push(str(home.folder), {"show": True})
        yield None
        return
    try:
        yield instance
    finally:
        instance.release()
