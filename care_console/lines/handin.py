"""The line of those who cannot speak to us otherwise: calls that a softphone hands in."""

import asyncio
import json
import secrets
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path

from care_console.base.clock import Clock
from care_console.base.errors import CareError
from care_console.base.words import N_, _
from care_console.lines import push
from care_console.lines.door import open_door
from care_console.lines.handed import NOT_UNDERSTOOD, NotTaken, read
from care_console.lines.inbox import Inbox, heard_once_open
from care_console.lines.instance import Instance
from care_console.lines.intake import TOO_MANY, Intake
from care_console.lines.line import CallEvent, Can, LineState, State
from care_console.lines.ours import HAND_IN
from care_console.lines.status import Status, Told

PATIENCE_S, AGAIN_S = 2.0, 10.0
MOST_VISITS = 50  # at one time

SHUT = N_("The console cannot listen for calls that are handed in: {why}")
STRANGER = N_("Only whoever runs the console may hand calls to it.")


class HandInLine:
    """Listens for ``care-console ring``, on this computer and to the same person alone."""

    name = HAND_IN
    can: frozenset[Can] = frozenset()

    def __init__(
        self,
        instance: Instance,
        clock: Clock,
        asked: Callable[[], None] = lambda: None,
        make_door: Callable[[], socket.socket] | None = None,
    ) -> None:
        """Only who holds ``instance`` may listen. ``asked``: a second console was started.

        ``make_door`` makes the bound socket where it is not to be the usual one.
        """
        self._status = Status()
        self._instance = instance
        self._asked = asked
        self._make_door = make_door or (lambda: open_door(instance.home))
        self._token = secrets.token_hex(16)
        self._inbox = Inbox()
        self._intake = Intake(self.name, clock, self._inbox.put)
        self._visits: set[Visit] = set()
        self._server: asyncio.Server | None = None
        self._at: str | int | None = None
        self._closed = asyncio.Event()
        self._turning = asyncio.Lock()  # one opens or closes at a time

    @property
    def state(self) -> LineState:
        """How the line is at this moment."""
        return self._status.now

    def listen(self, told: Told) -> Callable[[], None]:
        """Let ``told`` know of each change of ``state``; return what ends that."""
        return self._status.listen(told)

    async def open(self) -> bool:
        """Begin to listen, and tell whether that went well; if not, ``state`` says why."""
        async with self._turning:
            if self._server is not None or self._closed.is_set():
                return self._server is not None
            try:
                self._server = await self._listen(self._make_door())
            except OSError as trouble:
                why = trouble.strerror or str(trouble)
                self._status.set(State.DOWN, _(SHUT).format(why=why))
                return False
            self._status.set(State.UP)
            return True

    def events(self) -> AsyncIterator[CallEvent]:
        """Yield what is handed in. Begins to listen if ``open`` did not, and tries again."""
        return heard_once_open(self._inbox, self.open, self._closed, AGAIN_S)

    async def close(self) -> None:
        """Stop listening, and remove the way in. What was handed in before is still yielded."""
        self._closed.set()
        self._inbox.close()
        async with self._turning:
            self._status.set(State.DOWN)
            server, self._server = self._server, None
            if server is not None:
                self._remove_door(server)
                for visit in list(self._visits):
                    visit.end()
                await server.wait_closed()

    async def _listen(self, door: socket.socket) -> asyncio.Server:
        loop = asyncio.get_running_loop()
        unix = door.family != socket.AF_INET
        make = loop.create_unix_server if unix else loop.create_server
        try:
            server: asyncio.Server = await make(self._visit, sock=door)
        except OSError:
            door.close()
            raise
        at = door.getsockname()
        self._at = at if unix else at[1]
        try:
            self._instance.publish(self._at, self._token)
        except OSError:
            self._remove_door(server)
            raise
        return server

    def _remove_door(self, server: asyncio.Server) -> None:
        server.close()
        if isinstance(self._at, str):
            Path(self._at).unlink(missing_ok=True)
        with suppress(OSError):  # what is written there is behind a lock that nobody holds
            self._instance.publish(None, "")

    def _visit(self) -> "Visit":
        return Visit(self._hear, self._visits)

    def _hear(self, line: bytes) -> None:
        """Do what one message asks for. Raises NotTaken."""
        try:
            message = json.loads(line)
        except (ValueError, RecursionError):
            raise NotTaken(NOT_UNDERSTOOD) from None
        if not isinstance(message, dict):
            raise NotTaken(NOT_UNDERSTOOD)
        if not secrets.compare_digest(_bytes(message.get("token")), _bytes(self._token)):
            raise NotTaken(STRANGER)
        if message.get("show") is True:
            self._intake.check_allowance()
            self._asked()
        else:
            self._intake.take(read(message))


class Visit(asyncio.Protocol):
    """One message and the answer to it; whoever dawdles is shown out."""

    def __init__(self, hear: Callable[[bytes], None], others: "set[Visit]") -> None:
        """``hear`` takes the line, or raises the CareError to answer with."""
        self._hear = hear
        self._others = others
        self._heard = b""
        self._answered = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Let in who may come in."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._late = asyncio.get_running_loop().call_later(PATIENCE_S, transport.abort)
        if len(self._others) >= MOST_VISITS:
            self._answer(TOO_MANY)
        elif not push.same_user(transport.get_extra_info("socket")):
            self._answer(STRANGER)
        self._others.add(self)

    def data_received(self, data: bytes) -> None:
        """Gather one line of 1 kB at the most."""
        if self._answered:
            return
        self._heard += data
        line, ended, _rest = self._heard.partition(b"\n")
        if len(line) >= push.MOST_BYTES:
            self._answer(push.TOO_LONG)
        elif ended:
            self._reply(line)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget them."""
        self._late.cancel()
        self._others.discard(self)

    def end(self) -> None:
        """Show them out at once."""
        self._transport.abort()

    def _reply(self, line: bytes) -> None:
        try:
            self._hear(line)
        except CareError as hindrance:
            self._answer(str(hindrance))
        else:
            self._answer("")

    def _answer(self, why: str) -> None:
        self._answered = True
        answer = {"ok": False, "why": _(why)} if why else {"ok": True}
        self._transport.write(json.dumps(answer).encode() + b"\n")
        self._transport.close()


def _bytes(token: object) -> bytes:
    return str(token).encode("utf-8", "replace")
