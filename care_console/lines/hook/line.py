"""The line of a hosted telephone, which tells by HTTP who calls."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable

import h11

from care_console.base.clock import Clock
from care_console.base.words import N_, _
from care_console.lines.handed import NotTaken
from care_console.lines.hook.asked import WRONG_TOKEN, Asked, Refused, call_of
from care_console.lines.inbox import Inbox, heard_once_open
from care_console.lines.intake import TOO_MANY, Allowance, Intake
from care_console.lines.line import CallEvent, Can, LineState, State
from care_console.lines.status import Status, Told

MOST_BYTES = 8_192  # of a request's head, and of its body
MOST_VISITS = 20  # at one time
PATIENCE_S, AGAIN_S = 5.0, 10.0
WRONG_AT_ONCE, WRONG_EACH_SECOND = 10, 0.2  # tokens, after which strangers are told to wait

SHUT = N_("The web hook cannot listen at {address}, port {port}: {why}")
TOO_LONG = N_("This is too long for a call.")


class HookLine:
    """Listens at one address of this computer for whoever knows the token."""

    can: frozenset[Can] = frozenset()

    def __init__(self, name: str, clock: Clock, address: str, port: int, token: str) -> None:
        """``port`` 0 takes one that is free; ``port`` then tells which."""
        self.name, self.port = name, port
        self._clock, self._address, self._token = clock, address, token
        self._status = Status()
        self._inbox = Inbox()
        self._intake = Intake(name, clock, self._inbox.put)
        self._wrong = Allowance(WRONG_AT_ONCE, WRONG_EACH_SECOND)
        self._visits: dict[asyncio.Task[None], None] = {}  # the oldest first
        self._server: asyncio.Server | None = None
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
                self._server = await asyncio.start_server(self._visit, self._address, self.port)
            except OSError as trouble:
                # asyncio words it for programmers, and keeps what the system said in the number
                why = os.strerror(trouble.errno) if trouble.errno else str(trouble)
                said = _(SHUT).format(address=self._address, port=self.port, why=why)
                self._status.set(State.DOWN, said)
                return False
            self.port = self._server.sockets[0].getsockname()[1]
            self._status.set(State.UP)
            return True

    def events(self) -> AsyncIterator[CallEvent]:
        """Yield what is told. Begins to listen if ``open`` did not, and tries again."""
        return heard_once_open(self._inbox, self.open, self._closed, AGAIN_S)

    async def close(self) -> None:
        """Stop listening. What was told before is still yielded."""
        self._closed.set()
        self._inbox.close()
        async with self._turning:
            self._status.set(State.DOWN)
            server, self._server = self._server, None
            if server is not None:
                server.close()
                for visit in list(self._visits):
                    visit.cancel()
                await server.wait_closed()

    async def _visit(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take one request, answer it, and close: who tells of a call has no more to say."""
        task = asyncio.current_task()
        assert task is not None
        self._visits[task] = None
        if len(self._visits) > MOST_VISITS:  # whoever dawdles makes room for who speaks
            oldest = next(iter(self._visits))
            del self._visits[oldest]
            oldest.cancel()
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self._serve(reader, writer)
        except (TimeoutError, OSError, h11.ProtocolError, asyncio.CancelledError):
            pass  # whoever dawdles, leaves or cannot be answered is shown out
        finally:
            self._visits.pop(task, None)
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk, asked = h11.Connection(h11.SERVER, max_incomplete_event_size=MOST_BYTES), None
        try:
            asked = await _asked(talk, reader)
            status, words = self._answer(asked)
        except Refused as refused:
            status, words = refused.status, _(refused.why)
        except h11.RemoteProtocolError as broken:
            status, words = broken.error_status_hint, ""
        if asked is not None and asked.method == "HEAD":
            words = ""  # RFC 9110, section 9.3.2
        for part in _response(talk, status, words):
            writer.write(part)
        await writer.drain()

    def _answer(self, asked: Asked) -> tuple[int, str]:
        """Tell what was asked, and return the status and the words of the answer.

        Whoever knows the token is always heard: else a stranger who guesses would cost calls.
        """
        try:
            self._intake.take(call_of(asked, self._token))
        except Refused as refused:
            if refused.why == WRONG_TOKEN and not self._wrong.grants(self._clock()):
                return 429, _(TOO_MANY)
            raise
        except NotTaken as hindrance:
            return (429 if hindrance.words == TOO_MANY else 400), str(hindrance)
        return 204, ""


async def _asked(talk: h11.Connection, reader: asyncio.StreamReader) -> Asked:
    """Return the one request. Raises Refused, RemoteProtocolError, and OSError for who leaves."""
    request, body = None, bytearray()
    while True:
        event = talk.next_event()
        if event is h11.NEED_DATA:
            talk.receive_data(await reader.read(MOST_BYTES))
        elif isinstance(event, h11.Request):
            request = event
        elif isinstance(event, h11.Data):
            body += event.data
            if len(body) > MOST_BYTES:
                raise Refused(413, TOO_LONG)
        elif isinstance(event, h11.EndOfMessage) and request is not None:
            break
        else:
            raise ConnectionResetError
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in request.headers}
    method, target = request.method.decode("latin-1"), request.target.decode("latin-1")
    return Asked(method, target, headers, bytes(body))


def _response(talk: h11.Connection, status: int, words: str) -> list[bytes]:
    """Return the bytes of an answer in plain text."""
    said = words.encode()
    headers = [("connection", "close"), ("content-type", "text/plain; charset=utf-8")]
    if status != 204:
        headers.append(("content-length", str(len(said))))
    events: list[h11.Event] = [h11.Response(status_code=status, headers=headers)]
    if said and status != 204:
        events.append(h11.Data(data=said))
    return [talk.send(event) or b"" for event in (*events, h11.EndOfMessage())]
