"""A kind of line that pretends, to be set up like any other."""

import asyncio
import threading
from collections.abc import AsyncIterator

from care_console.lines.line import Line
from care_console.lines.pretend import PretendLine
from care_console.lines.setup import BadSetup, Field, Kind, LineKind, Setup, Step

MADE: list[tuple[Setup, PretendLine]] = []  # by the kind, the newest last
TRIED: list[str] = []  # what became of trials
BROKEN: list[str] = []  # names of lines whose own code breaks
WHERE: list[threading.Thread] = []  # lines were made
SILENCE = asyncio.Event()  # of a server that never answers


class Telling(PretendLine):
    """A line that may break in its own code."""

    closed = False
    attended = True
    registered = 1

    def attend(self, attended):
        self.attended = attended

    def register_again(self):
        self.registered += 1

    async def events(self):
        if self.name in BROKEN:
            raise ZeroDivisionError("a bug of this line")
        async for event in super().events():
            yield event

    async def close(self):
        self.closed = True
        await super().close()


def make(setup: Setup, clock) -> Line:
    WHERE.append(threading.current_thread())
    if setup.options["server"] == "nowhere":
        raise BadSetup("No server of this name can be found.", "server")
    line = Telling(clock, setup.name)
    MADE.append((setup, line))
    return line


async def trial(setup: Setup, clock) -> AsyncIterator[Step]:
    make(setup, clock)
    try:
        yield Step("Speaking to the server")
        if setup.options["server"] == "silent":
            await SILENCE.wait()
        if setup.options["server"] == "buggy":
            raise ZeroDivisionError("a bug of the trial")
        if setup.secret != "s3cret":
            yield Step("The server does not take the password.", False, "403 <b>Forbidden</b>")
            return
        yield Step("The line works.", True, "200 OK")
    finally:
        TRIED.append("over")


KIND = LineKind(
    name="pretend",
    title="Pretend telephone",
    explained="For tests: it does what it is told.",
    fields=(
        Field("server", "Server", "Where it is.", needed=True, example="pbx.example"),
        Field("port", "Port", kind=Kind.NUMBER, default="5060"),
        Field(
            "way", "Way", kind=Kind.CHOICE, default="udp", choices=(("udp", "UDP"), ("tcp", "TCP"))
        ),
        Field("phone", "Your own telephone"),
        Field("password", "Password", kind=Kind.SECRET),
    ),
    make=make,
    trial=trial,
)
