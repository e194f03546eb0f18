"""The modem as a kind of line: what it is told, and how it is tried."""

import asyncio
from collections.abc import AsyncIterator

from care_console.base.clock import Clock
from care_console.base.words import N_, _
from care_console.lines.modem.heard import Number, Reader, Ring
from care_console.lines.modem.line import NOT_THERE, UNPLUGGED, CannotUse, ModemLine, opened, waken
from care_console.lines.modem.places import place_of, places
from care_console.lines.modem.waking import further_commands
from care_console.lines.setup import BadSetup, Field, LineKind, Setup, Step

LONGEST_PORT = 200
RING_S = 60  # for which a trial waits to be rung


def make(setup: Setup, clock: Clock) -> ModemLine:
    """Return the line that ``setup`` tells of. Raises BadSetup."""
    port, further = _told(setup)
    return ModemLine(setup.name, clock, port, further)


async def trial(setup: Setup, _clock: Clock) -> AsyncIterator[Step]:
    """Open the port, wake the modem, and wait to be rung. Raises BadSetup."""
    told, further = _told(setup)
    device = place_of(told, await asyncio.to_thread(places))
    if device is None:
        yield Step(_(NOT_THERE), False)
        return
    try:
        port = await asyncio.to_thread(opened, device)
    except CannotUse as trouble:
        yield Step(str(trouble), False)
        return
    with port:
        yield Step(_("{device} is open.").format(device=device), True)
        try:
            took = await asyncio.to_thread(waken, port, device, further)
            yield Step(_("The modem tells who calls."), True, took)
            yield Step(_("Ring this line now from another telephone."))
            yield await _rung(port)
        except CannotUse as trouble:
            yield Step(str(trouble), False)
        except OSError:  # SerialException is one
            yield Step(_(UNPLUGGED), False)


async def _rung(port: object) -> Step:
    """Return what came of waiting for a ring."""
    reader, rang = Reader(), False
    loop = asyncio.get_running_loop()
    ends = loop.time() + RING_S
    while loop.time() < ends:
        data = await asyncio.to_thread(port.read, 64)  # type: ignore[attr-defined]
        for each in reader.feed(data):
            rang = rang or isinstance(each, Ring)
            if isinstance(each, Number):
                return Step(_("It rang, and the number came with it."), True)
    if rang:
        return Step(_("It rang, but no number came: order caller ID for this line."), False)
    return Step(_("It did not ring within {seconds} seconds.").format(seconds=RING_S), False)


def _told(setup: Setup) -> tuple[str, tuple[str, ...]]:
    port = setup.options.get("port", "").strip()
    if len(port) > LONGEST_PORT or not port.isprintable():
        raise BadSetup(N_("This is no port: /dev/ttyACM0, COM3 or 0572:1340."), "port")
    return port, further_commands(setup.options.get("further", ""))


KIND = LineKind(
    name="modem",
    title=N_("Modem"),
    explained=N_(
        "For an analogue telephone line: a voice or fax modem with caller ID on a serial or USB"
        " port. It never answers. The line needs caller ID from the telephone company."
    ),
    fields=(
        Field(
            "port",
            N_("Port"),
            N_("Where it is plugged in, or its USB name; empty: the only modem that there is."),
            example="/dev/ttyACM0, COM3, 0572:1340",
        ),
        Field(
            "further",
            N_("Further settings"),
            N_("What this modem has to be told besides, such as the country; empty: nothing."),
            example="AT+GCI=B4",
        ),
    ),
    make=make,
    trial=trial,
)
