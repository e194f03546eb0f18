"""The web hook as a kind of line: what it is told, and how it is tried."""

import asyncio
from collections.abc import AsyncIterator
from ipaddress import ip_address
from secrets import token_urlsafe
from urllib.parse import quote

from care_console.base.clock import Clock
from care_console.base.words import N_, _
from care_console.lines.hook.line import HookLine
from care_console.lines.setup import BadSetup, Field, Kind, LineKind, Setup, Step

ADDRESS, PORT = "127.0.0.1", "8077"
LEAST_TOKEN, MOST_TOKEN = 16, 200  # characters
TOKEN_BYTES = 24  # of chance in one that is made up
RING_S = 60  # for which a trial waits to be told of a call

NO_ADDRESS = N_(
    "{address} is no address of this computer in your own network: 127.0.0.1, or one such as"
    " 192.168.1.20."
)
NO_PORT = N_("A port is a number from 1024 to 65535.")
NO_TOKEN = N_("The token needs {least} signs at least, letters and digits, without blanks.")


def make(setup: Setup, clock: Clock) -> HookLine:
    """Return the line that ``setup`` tells of. Raises BadSetup."""
    address = setup.options.get("address", "").strip() or ADDRESS
    port = setup.options.get("port", "").strip() or PORT
    if not _is_near(address):
        raise BadSetup(NO_ADDRESS, "address", address=address)
    if not (port.isascii() and port.isdecimal() and 1024 <= int(port[:6]) <= 65535):
        raise BadSetup(NO_PORT, "port")
    token = setup.secret
    plain = token.isascii() and token.isprintable() and " " not in token
    if not (plain and LEAST_TOKEN <= len(token) <= MOST_TOKEN):
        raise BadSetup(NO_TOKEN, "token", least=LEAST_TOKEN)
    return HookLine(setup.name, clock, address, int(port), token)


async def trial(setup: Setup, clock: Clock) -> AsyncIterator[Step]:
    """Listen, and wait to be told of a call. Raises BadSetup."""
    line = make(setup, clock)
    try:
        if not await line.open():
            yield Step(line.state.reason, False)
            return
        at = _("It listens at {address}.").format(address=_place(setup, line.port))
        yield Step(at, True)
        yield Step(_("Ring one of your numbers now."))
        yield await _told(line)
    finally:
        await line.close()


async def _told(line: HookLine) -> Step:
    """Return what came of waiting for a call."""
    try:
        async with asyncio.timeout(RING_S):
            async for event in line.events():
                shown = event.number or _("no number was sent")
                return Step(_("A call was told."), True, shown)
    except TimeoutError:
        pass
    return Step(_("Nothing was told within {seconds} seconds.").format(seconds=RING_S), False)


def _place(setup: Setup, port: int | str) -> str:
    address = setup.options.get("address", "").strip() or ADDRESS
    host = f"[{address}]" if ":" in address else address
    return f"http://{host}:{port}/call"


def addresses(setup: Setup) -> str:
    """Return what the telephone system asks for at each event, with the token in it.

    What stands in capitals is for the telephone system to fill in.
    """
    place = _place(setup, setup.options.get("port", "").strip() or PORT)
    told = "number=NUMBER&name=NAME&call_id=ID"
    token = quote(setup.secret, safe="") or "TOKEN"
    return "\n".join(
        f"{place}?event={event}&{told}&token={token}" for event in ("ringing", "answered", "ended")
    )


def _is_near(address: str) -> bool:
    """Return whether an address is of this computer or the house, and of one network alone."""
    try:
        there = ip_address(address)
    except ValueError:
        return False
    return there.is_private and not there.is_unspecified and not there.is_multicast


KIND = LineKind(
    name="hook",
    title=N_("Web hook"),
    explained=N_(
        "For a hosted telephone that can tell a web address who calls. It asks for"
        " http://ADDRESS:PORT/call with event=ringing, answered or ended, number, name, line and"
        " call_id, as a query, a form or JSON, and the token as Authorization: Bearer or token=."
        " The way from outside to this computer is your network's; over it, put HTTPS before it."
    ),
    fields=(
        Field(
            "address",
            N_("Address"),
            N_("At which it listens: this computer alone, or its address in your own network."),
            default=ADDRESS,
            example="127.0.0.1, 192.168.1.20",
        ),
        Field("port", N_("Port"), kind=Kind.NUMBER, default=PORT, example="1024–65535"),
        Field(
            "token",
            N_("Token"),
            N_("Whoever knows it may tell of calls. It has 16 signs or more."),
            kind=Kind.SECRET,
            needed=True,
            make_up=lambda: token_urlsafe(TOKEN_BYTES),
        ),
    ),
    make=make,
    trial=trial,
    other_side=addresses,
)
