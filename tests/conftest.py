"""What every test may ask for."""

import asyncio
import gc
import inspect
import os
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
import qasync

from care_console.base.command import Clerk, Command
from care_console.settings.options import Company, Desk
from care_console.store import Store
from tests.databases import BEGAN, FIRST_CLERK, HOUSE, MISSING, SEAL, Databases, kinds_for
from tests.peers.absent import ABSENT

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # never this computer's

if TYPE_CHECKING:
    from types import ModuleType

    from care_console.services import Services

NO_MOUNT = "no small disk may be mounted here: a full one is untested"
PATIENCE_S = 60  # what hangs is told; a busy machine is waited for
gc.disable()  # as in the console: see _collect


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what asks for ``where`` on each kind of database that it is for."""
    if "where" in metafunc.fixturenames:
        metafunc.parametrize("where", kinds_for(metafunc.module.__name__), indirect=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what could not be tested for want of a server, a disk or a telephone."""
    reasons = Counter(
        str(skipped.longrepr[-1]).removeprefix("Skipped: ")
        for skipped in terminalreporter.stats.get("skipped", [])
        if isinstance(skipped.longrepr, tuple | list)
    )
    for reason, count in reasons.items():
        if reason.startswith((MISSING, NO_MOUNT, ABSENT)):
            terminalreporter.write_sep("!", f"{count} tests skipped: {reason}", red=True, bold=True)


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Empty records to be copied, in a file and on a private server."""
    made = Databases(tmp_path_factory.mktemp("databases"))
    yield made
    made.stop()


@pytest.fixture
def where(
    request: pytest.FixtureRequest, databases: Databases, tmp_path: Path
) -> Iterator[Path | str]:
    """Where empty records are kept: in a file, or on the private server."""
    made = databases.fresh(request.param, tmp_path, begun="clerk" in request.fixturenames)
    yield made
    databases.drop(made)


class Loop(qasync.QEventLoop):
    """The application's loop, which is the running one also when pytest-qt lets Qt work.

    In the program it always runs. Between the fixtures and the test, what a store's thread told
    would else be carried out in no loop at all.
    """

    def call_later(self, delay, callback, *args, context=None):
        return super().call_later(delay, self._inside, callback, *args, context=context)

    def _inside(self, callback, *args):
        if self.is_running():
            callback(*args)
            return
        asyncio._set_running_loop(self)  # as asyncio has it for who writes a loop
        try:
            callback(*args)
        finally:
            asyncio._set_running_loop(None)


@pytest.fixture
def loop(qapp) -> Iterator[asyncio.AbstractEventLoop]:
    """The loop of the application itself: Qt and asyncio in one thread."""
    qapp.setQuitOnLastWindowClosed(False)  # the loop outlives the windows
    with asyncio.Runner(loop_factory=lambda: Loop(qapp)) as runner:
        yield runner.get_loop()
    _look_plain(qapp)
    _collect()


def _look_plain(qapp) -> None:
    """Let no test measure in the text size or the colours of the one before."""
    from care_console.kit import Theme, current_look
    from care_console.kit.tokens import LIGHT

    look = current_look()
    if look.scale != 1 or look.tokens is not LIGHT:
        Theme(qapp, "light")


def _collect() -> None:
    """Let go of what the test left, in this thread.

    Found by chance in a store's thread, a timer or a widget would be deleted there, which takes
    the process down. What outlives the test is not looked at again: that took most of the time.
    """
    gc.collect()
    gc.freeze()


def pytest_itemcollected(item: pytest.Item) -> None:
    """Give each ``async def test_...`` the loop, whether it asks for it or not."""
    if isinstance(item, pytest.Function) and inspect.iscoroutinefunction(item.obj):
        item.fixturenames.insert(0, "loop")


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run ``async def test_...`` on the loop."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    wanted = inspect.signature(pyfuncitem.obj).parameters
    test = pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in wanted})
    if (desk := pyfuncitem.funcargs.get("desk")) is not None:
        test = desk.while_open(test)
    run = pyfuncitem.funcargs["loop"].run_until_complete
    own = pyfuncitem.get_closest_marker("timeout")
    patience = max(PATIENCE_S, own.args[0] - PATIENCE_S if own else 0)
    run(whole(test, pyfuncitem.funcargs.get("store"), patience))
    return True


async def whole(test: Coroutine[None, None, None], store: Store | None, patience: float) -> None:
    """Run ``test`` for so many seconds at the most, and leave nothing for Qt after the loop."""
    try:
        await asyncio.wait_for(test, patience)
    finally:
        if store is not None:
            await store.write(lambda db: None)  # units sent before it have rung the bell
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        if left:
            _done, stuck = await asyncio.wait(left, timeout=PATIENCE_S)
            assert not stuck, stuck


async def turned() -> None:
    """Let Qt do what it has put off. ``processEvents`` would enter tasks inside of this one."""
    for _turn in range(2):
        await asyncio.sleep(0)


async def until(holds: Callable[[], object]) -> None:
    """Wait until ``holds()``. qtbot's own waits would enter Qt's loop a second time."""
    while not holds():  # noqa: ASYNC110
        await asyncio.sleep(0.005)


async def at_rest(found: Callable[[], list[object]]) -> list[object]:
    """Return what ``found()`` has, but let Qt finish first where it is still at work on it."""
    for _look in range(200):
        if not (left := found()):
            break
        await asyncio.sleep(0.01)
    return left


class SetClock:
    """A clock that stands still until it is told otherwise."""

    def __init__(self) -> None:
        self.now = BEGAN

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: int) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def store(loop: asyncio.AbstractEventLoop, where: Path | str) -> Iterator[Store]:
    """The records; a server that is busy with other tests may take its time."""
    with pytest.MonkeyPatch.context() as patience:
        patience.setattr("care_console.store.store.DEADLINE_S", PATIENCE_S / 2)
        store = Store.open(where)
        yield store
        loop.run_until_complete(store.close())


@pytest.fixture
def services(store: Store, clock: SetClock) -> "Services":
    from care_console.journal.service import Seal
    from care_console.services import Services

    desk, seal = Desk(origin="this desk"), Seal(SEAL)
    return Services.over(store, clock, desk, Company(name=HOUSE), seal=seal)


@pytest.fixture
def clerk(loop: asyncio.AbstractEventLoop, services: "Services") -> Clerk:
    """Grace Hopper, the first clerk, who has the first card."""
    begun = services.beginning.begin({"name": HOUSE}, FIRST_CLERK)  # finds whom ``where`` has
    return loop.run_until_complete(begun)


@pytest.fixture
def act(clerk: Clerk) -> Callable[[], Command]:
    """What the clerk does: each call is another command."""
    return lambda: Command(uuid4(), clerk)


@pytest.fixture
def pretend_kind() -> "Iterator[ModuleType]":
    """Let a desk have lines that pretend, set up like any other, and no others."""
    from care_console.lines.kinds import PLACES
    from tests.lines import pretend_kind as kind

    for each in (kind.MADE, kind.TRIED, kind.BROKEN):
        each.clear()
    others = dict(PLACES)
    PLACES.clear()
    PLACES["pretend"] = kind.__name__
    yield kind
    PLACES.clear()
    PLACES.update(others)
