"""One conversation with Asterisk's manager interface, from the greeting to the end."""

import asyncio
import secrets
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count

from care_console.base.errors import CareError
from care_console.base.words import N_
from care_console.lines.ami.wire import GREETING, Message, Splitter, action, key_for

Hear = Callable[[Message], None]

REFUSED = N_("Nothing listens at {host}, port {port}: is the manager interface on in Asterisk?")
SILENT = N_("{host} does not answer.")
NO_NAME = N_("The network does not know the name {host}.")
UNTRUSTED = N_("{host} cannot prove who it is: its certificate is not one that we trust.")
NO_TLS = N_("{host} does not speak TLS on port {port}.")
AWAY = N_("The network does not lead to {host}.")
NOT_ASTERISK = N_(
    "Something else than Asterisk's manager interface answers at {host}, port {port}."
)
HUNG_UP = N_("Asterisk ended the connection.")
STOPPING = N_("Asterisk is being shut down or started anew.")
WRONG_LOGIN = N_(
    "Asterisk does not let this line in: the name or the secret is wrong, or manager.conf does "
    "not permit this computer's address."
)
NO_RIGHTS = N_("Asterisk's manager.conf does not give this line the right “reporting” to write.")


class Lost(CareError):
    """There is no conversation, at the moment; another may be tried."""


class Denied(CareError):
    """Asterisk will not have us until somebody changes something."""


@dataclass(frozen=True, slots=True)
class Way:
    """How an Asterisk is reached, and as whom."""

    host: str
    port: int
    name: str
    secret: str = field(repr=False)
    tls: ssl.SSLContext | None = None


class Conversation:
    """Asks, and hears what happens. Every answer is waited for ``patience_s`` at the most."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        hear: Hear,
        patience_s: float,
    ) -> None:
        """Begin to read at once. Events go to ``hear``, unless they answer what was asked."""
        self._reader, self._writer = reader, writer
        self._hear, self._patience_s = hear, patience_s
        self._split = Splitter()
        self._ids = (f"{secrets.token_hex(4)}-{number}" for number in count())
        self._asked: dict[str, asyncio.Future[Message]] = {}
        self._lists: dict[str, list[Message]] = {}
        self._greeted: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._ended: CareError | None = None
        self._reading = asyncio.create_task(self._read(), name="reading from Asterisk")

    @property
    def greeting(self) -> str:
        """What the other side said first, which says what it is; it is text from outside."""
        return self._split.greeting or ""

    async def log_in(self, way: Way) -> None:
        """Prove the secret without sending it, and hear of calls alone. Raises Denied, Lost."""
        where = {"host": way.host, "port": way.port}
        try:
            async with asyncio.timeout(self._patience_s):
                await asyncio.shield(self._greeted)
        except TimeoutError:
            raise Lost(NOT_ASTERISK, **where) from None
        if not self.greeting.startswith(GREETING):
            raise Lost(NOT_ASTERISK, **where)
        asked = await self.ask("Challenge", AuthType="MD5")
        key = key_for(asked["Challenge"], way.secret)
        answer = await self.ask("Login", AuthType="MD5", Username=way.name, Key=key, Events="call")
        if answer["Response"] != "Success":
            raise Denied(WRONG_LOGIN)

    async def channels(self) -> list[Message]:
        """Return every channel there is. Raises Denied, Lost."""
        action_id = next(self._ids)
        self._lists[action_id] = []
        try:
            answer = await self._answer(self._send("CoreShowChannels", action_id, {}))
            if answer["Response"] == "Error":
                raise Denied(NO_RIGHTS)
            return self._lists[action_id]
        finally:
            del self._lists[action_id]

    async def ask(self, name: str, **fields: str) -> Message:
        """Return the response to an action. Raises Lost, and Refused for what may not be sent."""
        return await self._answer(self.begin(name, **fields))

    def begin(self, name: str, **fields: str) -> asyncio.Future[Message]:
        """Ask without waiting; the future holds Lost when the conversation has ended."""
        return self._send(name, next(self._ids), fields)

    async def stay(self, ping_s: float) -> None:
        """Ask every ``ping_s`` whether Asterisk is still there. Raises Lost when it is not."""
        while True:
            await asyncio.wait([self._reading], timeout=ping_s)
            await self.ask("Ping")

    async def end(self) -> None:
        """Hang up."""
        self._reading.cancel()
        self._writer.close()
        await asyncio.wait([self._reading])
        with suppress(OSError, TimeoutError):  # it may have ended already, not politely
            async with asyncio.timeout(self._patience_s):
                await self._writer.wait_closed()

    async def _read(self) -> None:
        try:
            while data := await self._reader.read(2**16):
                for message in self._split.feed(data):
                    self._take(message)
                if self.greeting and not self._greeted.done():
                    self._greeted.set_result(self.greeting)
            self._fail(Lost(HUNG_UP))
        except OSError:
            self._fail(Lost(HUNG_UP))
        except Lost as why:
            self._fail(why)
        finally:
            self._fail(Lost(HUNG_UP))

    def _fail(self, why: Lost) -> None:
        """Tell everybody who waits that there will be no answer; the first reason is the one."""
        self._ended = self._ended or why
        waiting: list[asyncio.Future[str] | asyncio.Future[Message]] = [self._greeted]
        for future in waiting + list(self._asked.values()):
            if not future.done():
                future.set_exception(self._ended)
                future.exception()  # seen, where nobody waits for it

    def _send(self, name: str, action_id: str, fields: dict[str, str]) -> asyncio.Future[Message]:
        said = action(name, action_id, fields)
        future: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        if self._ended is not None:
            future.set_exception(self._ended)
            future.exception()
            return future
        self._asked[action_id] = future
        future.add_done_callback(lambda _done: self._asked.pop(action_id, None))
        self._writer.write(said)
        return future

    async def _answer(self, future: asyncio.Future[Message]) -> Message:
        try:
            async with asyncio.timeout(self._patience_s):
                return await future
        except TimeoutError:
            raise Lost(SILENT, host="Asterisk") from None

    def _take(self, message: Message) -> None:
        action_id = message["ActionID"]
        kept = self._lists.get(action_id)
        if kept is not None and not _is_end(message):
            if message["Event"]:
                kept.append(message)
            return
        future = self._asked.get(action_id)
        if future is not None and not future.done() and (message["Response"] or kept is not None):
            future.set_result(message)
        elif message["Event"] == "Shutdown":
            raise Lost(STOPPING)
        else:
            self._hear(message)


@asynccontextmanager
async def conversation(way: Way, hear: Hear, patience_s: float) -> AsyncIterator[Conversation]:
    """Reach Asterisk, and read what it says for as long as the block lasts. Raises Lost."""
    reader, writer = await _reach(way, patience_s)
    talk = Conversation(reader, writer, hear, patience_s)
    try:
        yield talk
    finally:
        await talk.end()


async def _reach(way: Way, patience_s: float) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    where = {"host": way.host, "port": way.port}
    name = way.host if way.tls is not None else None
    try:
        async with asyncio.timeout(patience_s):
            return await asyncio.open_connection(
                way.host, way.port, ssl=way.tls, server_hostname=name
            )
    except TimeoutError:
        raise Lost(SILENT, **where) from None
    except ConnectionRefusedError:
        raise Lost(REFUSED, **where) from None
    except socket.gaierror:
        raise Lost(NO_NAME, **where) from None
    except ssl.SSLCertVerificationError:
        raise Lost(UNTRUSTED, **where) from None
    except (ssl.SSLError, ConnectionResetError):
        raise Lost(NO_TLS, **where) from None
    except OSError:
        raise Lost(AWAY, **where) from None


def _is_end(message: Message) -> bool:
    complete = message["EventList"].casefold() in ("complete", "cancelled")
    return complete or message["Response"] == "Error"
