"""The line of a serial modem: a thread reads, and all else happens on the loop."""

import asyncio
import errno
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING

from care_console.base.clock import Clock
from care_console.base.words import N_, _
from care_console.lines.inbox import Inbox
from care_console.lines.line import CallEvent, Can, LineState, State
from care_console.lines.modem.heard import Answer, Reader
from care_console.lines.modem.places import Place, place_of, places, usb_of
from care_console.lines.modem.ringing import Ringing
from care_console.lines.modem.waking import NoCallerId, NotAModem, wake
from care_console.lines.status import Status, Told

if TYPE_CHECKING:
    from serial import Serial

SPEED = 115_200  # bits a second; a USB modem takes any
ANSWER_S = 2.0  # for a command
LOOK_S = 1.0  # between two looks whether the line was closed
AGAIN_S = (1.0, 2.0, 5.0, 10.0, 30.0)  # until an unplugged modem is looked for anew

NOT_THERE = N_("The modem is not plugged in.")
UNPLUGGED = N_("The modem was unplugged.")
FORBIDDEN = N_(
    "{device} may not be opened by this account: on Linux it has to be in the group dialout."
)
IN_USE = N_("{device} is in use by another program: {why}")
NO_MODEM = N_("What is plugged in at {device} does not answer as a modem does.")
NO_CALLER_ID = N_("The modem at {device} cannot tell who calls.")


class CannotUse(Exception):
    """A port cannot be used; says why, and whether it may be otherwise in a moment."""

    def __init__(self, why: str, *, again: bool = True) -> None:
        super().__init__(why)
        self.again = again


class ModemLine:
    """Hears an analogue line through a modem. It never answers, and never dials."""

    can: frozenset[Can] = frozenset()

    def __init__(
        self,
        name: str,
        clock: Clock,
        port: str = "",
        further: tuple[str, ...] = (),
        *,
        there: Callable[[], list[Place]] = places,
        waits: Callable[[threading.Event, float], bool] = threading.Event.wait,
    ) -> None:
        """``port`` is a device, a USB name or nothing for the only modem; ``there`` finds ports.

        ``waits`` waits for so many seconds between two tries, or until the event is set.
        """
        self.name = name
        self._port, self._further = port, further
        self._there, self._waits = there, waits
        self._status = Status()
        self._inbox = Inbox()
        self._reader = Reader()
        self._ringing = Ringing(name, clock, self._inbox.put)
        self._timer: asyncio.TimerHandle | None = None
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self._open: Serial | None = None
        self._broke: Exception | None = None
        self._usb = ""

    @property
    def state(self) -> LineState:
        """How the line is at this moment."""
        return self._status.now

    def listen(self, told: Told) -> Callable[[], None]:
        """Let ``told`` know of each change of ``state``; return what ends that."""
        return self._status.listen(told)

    async def events(self) -> AsyncIterator[CallEvent]:
        """Yield what happens. Opens the port first, and again whenever it went away."""
        if self._thread is None and not self._closing.is_set():
            loop = asyncio.get_running_loop()
            self._thread = threading.Thread(
                target=self._run, args=(loop,), name=f"modem {self.name}", daemon=True
            )
            self._thread.start()
        async for event in self._inbox.events():
            yield event
        if self._broke is not None:
            raise self._broke  # a bug, for whoever reports it and tries again

    async def close(self) -> None:
        """Close the port. Closing twice does nothing."""
        self._closing.set()
        with suppress(Exception):  # the port may just have gone; its driver raises what it likes
            if self._open is not None:
                self._open.cancel_read()
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join)
        if self._timer is not None:
            self._timer.cancel()
        self._ringing.end("closed")
        self._inbox.close()
        self._status.set(State.DOWN)

    def _run(self, loop: asyncio.AbstractEventLoop) -> None:
        """Keep the port open until the line is closed. Runs in the thread."""
        try:
            self._keep_open(loop)
        except Exception as error:
            self._broke = error
            self._tell(loop, self._inbox.close)

    def _keep_open(self, loop: asyncio.AbstractEventLoop) -> None:
        tried = 0
        while not self._closing.is_set():
            try:
                self._use(loop)
                tried, why, again = 0, _(UNPLUGGED), True
            except CannotUse as trouble:
                why, again = str(trouble), trouble.again
            if self._closing.is_set():
                return
            self._tell(loop, self._went, why)
            if not again:
                return
            self._waits(self._closing, AGAIN_S[min(tried, len(AGAIN_S) - 1)])
            tried += 1

    def _use(self, loop: asyncio.AbstractEventLoop) -> None:
        """Read until the modem is unplugged or the line closed. Raises CannotUse."""
        there = self._there()
        device = place_of(self._port, there, self._usb)
        if device is None:
            raise CannotUse(_(NOT_THERE))
        with opened(device) as port:
            self._open, self._usb = port, usb_of(device, there) or self._usb
            try:
                waken(port, device, self._further, self._closing.is_set)
                self._tell(loop, self._status.set, State.UP)
                while not self._closing.is_set():
                    if data := port.read(max(1, port.in_waiting)):
                        self._tell(loop, self._heard, data)
            except OSError:  # SerialException is one
                return
            finally:
                self._open = None

    def _tell(
        self, loop: asyncio.AbstractEventLoop, act: Callable[..., None], *what: object
    ) -> None:
        with suppress(RuntimeError):  # the loop was closed without us
            loop.call_soon_threadsafe(act, *what)

    def _went(self, why: str) -> None:
        self._ringing.end("the modem went away")
        self._reader = Reader()
        self._status.set(State.DOWN, why)

    def _heard(self, data: bytes) -> None:
        self._ringing.hear(self._reader.feed(data), monotonic())
        self._wait()

    def _tick(self) -> None:
        self._ringing.tick(monotonic())
        self._wait()

    def _wait(self) -> None:
        """Look again when something is due."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._ringing.due is not None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(max(0.0, self._ringing.due - monotonic()), self._tick)


def _never() -> bool:
    return False


def opened(device: str) -> "Serial":
    """Open a port for us alone. Raises CannotUse."""
    import serial

    try:
        return serial.Serial(device, SPEED, timeout=LOOK_S, write_timeout=ANSWER_S, exclusive=True)
    except OSError as error:  # SerialException is one
        raise _refused(device, error) from error
    except ValueError as error:
        raise CannotUse(_(IN_USE).format(device=device, why=error)) from error


def waken(
    port: "Serial", device: str, further: tuple[str, ...], over: Callable[[], bool] = _never
) -> str:
    """Wake the modem there; return the command that it took.

    Raises CannotUse and OSError, also once it is ``over``.
    """
    try:
        return wake(lambda command: asked(port, command, over), further)
    except NotAModem as error:
        raise CannotUse(_(NO_MODEM).format(device=device)) from error
    except NoCallerId as error:
        raise CannotUse(_(NO_CALLER_ID).format(device=device), again=False) from error


def asked(port: "Serial", command: str, over: Callable[[], bool] = _never) -> Answer | None:
    """Say a command, and return what is answered to it, or None if nothing is.

    Raises OSError, also once it is ``over``.
    """
    if over():
        raise InterruptedError
    reader = Reader()
    port.read(port.in_waiting)  # of what came before; what else clears it raises no OSError
    port.write(command.encode("ascii") + b"\r")
    ends = monotonic() + ANSWER_S
    while monotonic() < ends and not over():
        for each in reader.feed(port.read(max(1, port.in_waiting))):
            if isinstance(each, Answer):
                return each
    return None


def _refused(device: str, error: OSError) -> CannotUse:
    if error.errno in (errno.EACCES, errno.EPERM):
        return CannotUse(_(FORBIDDEN).format(device=device), again=False)
    if error.errno in (errno.ENOENT, errno.ENXIO, errno.ENODEV):
        return CannotUse(_(NOT_THERE))
    return CannotUse(_(IN_USE).format(device=device, why=error.strerror or error))
