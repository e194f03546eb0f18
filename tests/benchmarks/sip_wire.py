"""A SIP line of the console and a small telephone system that calls it, by real datagrams."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from care_console.base.clock import utc_now
from care_console.lines.line import Line, State
from care_console.lines.sip.line import SipLine
from care_console.lines.sip.station import Account
from tests.benchmarks.rounds import Took
from tests.conftest import until
from tests.lines.sip.peer import Call, TelephoneSystem, a_call


class Wire:
    """Both ends, and when the last INVITE was read."""

    def __init__(self, pbx: TelephoneSystem, line: SipLine) -> None:
        self.pbx, self.line = pbx, line
        self.read = Took.now()
        self._heard, line.agent.heard = line.agent.heard, self._timed

    def ring(self, number: str, called: str = "202") -> Call:
        """Call the line, and answer nothing that it says."""
        call = a_call(caller=f"<sip:{number}@127.0.0.1>", to=f"<sip:{called}@127.0.0.1>")
        self.pbx.ring(call)
        return call

    async def end(self, call: Call) -> None:
        """Hang up."""
        self.pbx.datagrams.clear()
        self.pbx.cancel(call)
        self.pbx.came.clear()
        while not any(each.startswith(b"SIP/2.0 487") for each in self.pbx.datagrams):
            await self.pbx.came.wait()
            self.pbx.came.clear()
        self.pbx.ack(call)

    def _timed(self, data: bytes, source: tuple[str, int]) -> None:
        if data.startswith(b"INVITE"):
            self.read = Took.now()
        self._heard(data, source)


@asynccontextmanager
async def calling(listen: Callable[[Line], None]) -> AsyncIterator[Wire]:
    """Open a telephone system and a line at it, which ``listen`` hears; close both."""
    pbx = await TelephoneSystem().open()
    line = SipLine("sip", Account("127.0.0.1", "202", port=pbx.port, expires=3_600), utc_now)
    wire = Wire(pbx, line)
    listen(line)
    try:
        await until(lambda: line.state.state is State.UP)
        pbx.deaf = True  # it would compute beside the window
        yield wire
    finally:
        pbx.deaf = False
        await line.close()
        await pbx.close()
