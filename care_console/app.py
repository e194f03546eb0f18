"""Starting up, in the order in which it happens."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import TYPE_CHECKING, cast

import qasync
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

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
    from care_console.safekeeping.service import Backups
    from care_console.services import Services
    from care_console.store import Store
    from care_console.window.furniture import Furniture
    from care_console.window.rescue import Restoring
    from care_console.window.show import Show

PATIENCE_S = 1.0  # a window that starts minimised is not painted
ELSEWHERE_S = 1.0  # between two looks for what another program wrote
SETTLED_S = 5.0  # after the start, for which the disk is not kept busy
BACKUPS_S = 60.0  # between two looks whether a backup is due
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
    told: list[str] = []  # to be told once the desk is there
    try:
        while (act := await shown(app, home, instance, show, collecting, told, crash)) is not None:
            told.append(await asyncio.to_thread(act))
    finally:
        collecting.end()


async def shown(
    app: QApplication,
    home: Home,
    instance: Instance,
    show: Show | None,
    collecting: Collecting,
    told: list[str],
    crash: Crash | None = None,
) -> Restoring | None:
    """Show the window, furnish it and keep it, while ``collecting`` looks after the memory.

    Return what is to be done before the next window, or None if there is to be none.
    """
    desk = Desk(origin="") if home.new else home.desk()
    words.use([desk.language], resource("translations"))
    window = MainWindow(home.window, Theme(app, cast(Mode, desk.theme), desk.text_size))
    closed = asyncio.Event()
    window.destroyed.connect(closed.set)
    with ended_by_system(window):
        await paint(window)
        if closed.is_set():
            return None
        try:
            return await furnish(window, home, instance, closed, show, collecting, told, crash)
        except CareError as trouble:
            if not closed.is_set():
                window.say(str(trouble))
                await closed.wait()
            raise


@contextmanager
def ended_by_system(window: MainWindow) -> Iterator[None]:
    """Close ``window`` as a person would where the system asks the program to end (SIGTERM).

    So what was typed is kept, and the last backup made, when a computer is shut down.
    """
    loop = asyncio.get_running_loop()

    def close() -> None:
        if isValid(window):
            window.close()

    before = signal.signal(signal.SIGTERM, lambda *_asked: loop.call_soon_threadsafe(close))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


async def paint(window: MainWindow) -> None:
    """Put the window on the screen, and return when it can be seen."""
    painted = asyncio.Event()
    window.painted.connect(painted.set)
    window.show()
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE_S):
            await painted.wait()


async def furnish(
    window: MainWindow,
    home: Home,
    instance: Instance,
    closed: asyncio.Event,
    show: Show | None,
    collecting: Collecting,
    told: list[str],
    crash: Crash | None = None,
) -> Restoring | None:
    """Open the records and furnish the window until it is closed; return what is to follow."""
    from care_console.window.furniture import Furniture  # not above: it takes longer than all else
    from care_console.window.rescue import opened_records

    async with opened(opened_records(window, home, closed, told)) as services:
        settle(crash)
        clerk = await somebody(window, services, closed, show)
        if clerk is None or closed.is_set():
            return None
        furniture = Furniture(window, services, home, clerk, show)
        async with heard(furniture, instance, show):
            await furniture.begin()
            collecting.begin()
            tell_crashes(crash, furniture)
            if show is not None:
                show.begin(furniture)
            elif told and not closed.is_set():
                window.told(told.pop())
            await keep(services, home, closed, furniture, safe=show is None)
        return None if show is not None else await leave(services, home)


async def leave(services: Services, home: Home) -> Restoring | None:
    """Make a last backup; return how the one that was chosen meanwhile is brought back, if any."""
    from care_console.window.rescue import restoring

    backups = services.backups
    if backups is None:
        return None
    await backups.leave()
    return None if backups.wanted is None else restoring(home, backups.key, backups.wanted)


async def keep(
    services: Services, home: Home, closed: asyncio.Event, furniture: Furniture, *, safe: bool
) -> None:
    """Look after everything that comes by itself until the window is closed."""
    looking: list[Coroutine[None, None, None]] = [look_elsewhere(services), witness(services)]
    looking.append(look_at_lines(furniture))
    if safe and services.backups is not None:
        looking.append(back_up(services.backups, services.store, home))
    tasks = [asyncio.create_task(each) for each in looking]
    await closed.wait()
    for task in tasks:
        task.cancel()


async def back_up(backups: Backups, store: Store, home: Home) -> None:
    """Lay the ballast, look whether the records are whole, and make backups now and then."""
    await asyncio.sleep(SETTLED_S)
    await store.lay_ballast(home.ballast)
    with suppress(CareError):
        await backups.look_through()
    while True:
        with suppress(CareError):
            await backups.keep_on()
        await asyncio.sleep(BACKUPS_S)


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
    furniture.phones.begin(handed_in)
    try:
        yield
    finally:
        await furniture.phones.close()
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
    page = FirstStart(services.beginning, weaker=services.desk.key_in == "file")
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


async def look_at_lines(furniture: Furniture) -> None:
    """Notice now and then what a command, or a hand, changed of the telephone lines."""
    while True:
        await asyncio.sleep(ELSEWHERE_S)
        await furniture.phones.running.look()


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
