"""An Asterisk of our own, which speaks AMI on loopback and does what a test says."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from care_console.lines.ami.wire import Message, Splitter, key_for

CHALLENGE, SECRET = "840415273", "ami-s3cret"
GREETING = b"Asterisk Call Manager/5.0.4\r\n"
RIGHTS = {"Getvar": "call,reporting", "Originate": "originate", "Ping": "none"}


class PretendAsterisk:
    """Answers as a real one does; ``answers`` are changed by a test where it is to be otherwise."""

    def __init__(self) -> None:
        self.greeting = GREETING
        self.port = 0
        self.asked: list[Message] = []
        self.channels = b""
        self.variables = {"CALLERID(pres)": "allowed_not_screened"}
        self.with_login = b""  # told in the same packet as the answer to the login
        self.answers: dict[str, Callable[[Message], bytes | None]] = {
            "Challenge": lambda _: _success(Challenge=CHALLENGE),
            "Login": self._log_in,
            "CoreShowChannels": self._channels,
            "Ping": lambda _: _success(Ping="Pong"),
            "Getvar": lambda asked: _success(Value=self.variables.get(asked["Variable"], "")),
            "ListCommands": lambda _: _success(**RIGHTS),
            "Originate": lambda _: _success(Message="Originate successfully queued"),
        }
        self._wires: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None

    def say(self, said: bytes) -> None:
        """Tell everybody who is connected."""
        for wire in self._wires:
            wire.write(said)

    async def alone(self) -> None:
        """Wait until nobody is connected."""
        while self._wires:  # noqa: ASYNC110
            await asyncio.sleep(0.005)

    def count(self, action: str) -> int:
        """Return how often ``action`` was asked for."""
        return sum(each["Action"] == action for each in self.asked)

    def last(self, action: str) -> Message:
        return next(each for each in reversed(self.asked) if each["Action"] == action)

    def tear(self) -> None:
        """Let every connection be cut."""
        for wire in self._wires:
            wire.transport.abort()

    async def start(self, tls=None) -> None:
        """Listen, on the port of before if there was one."""
        self._server = await asyncio.start_server(self._meet, "127.0.0.1", self.port, ssl=tls)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
            self.tear()
            await self._server.wait_closed()

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._wires.add(writer)
        writer.write(self.greeting)
        splitter = Splitter()
        list(splitter.feed(b"\r\n"))  # who asks does not greet
        try:
            while data := await reader.read(65536):
                for message in splitter.feed(data):
                    self.asked.append(message)
                    writer.write(self._answer(message))
        except OSError:
            pass  # torn
        finally:
            self._wires.discard(writer)
            writer.close()

    def _answer(self, message: Message) -> bytes:
        answer = self.answers.get(message["Action"], lambda _: error("Invalid/unknown command"))
        said = answer(message) or b""
        return said.replace(b"\r\n", f"\r\nActionID: {message['ActionID']}\r\n".encode(), 1)

    def _log_in(self, message: Message) -> bytes:
        if message["Key"] != key_for(CHALLENGE, SECRET):
            return error("Authentication failed")
        return _success(Message="Authentication accepted") + self.with_login

    def _channels(self, message: Message) -> bytes:
        action_id = message["ActionID"].encode()
        told = self.channels.replace(b"ActionID: c3", b"ActionID: " + action_id)
        end = b"Event: CoreShowChannelsComplete\r\nActionID: " + action_id
        return _success(EventList="start") + told + end + b"\r\nEventList: Complete\r\n\r\n"


@asynccontextmanager
async def pretending(tls=None) -> AsyncIterator[PretendAsterisk]:
    """A pretend Asterisk that listens for as long as the block lasts."""
    made = PretendAsterisk()
    await made.start(tls)
    try:
        yield made
    finally:
        await made.stop()


def error(why: str) -> bytes:
    return f"Response: Error\r\nMessage: {why}\r\n\r\n".encode()


def _success(**said: str) -> bytes:
    lines = "".join(f"{key}: {value}\r\n" for key, value in said.items())
    return f"Response: Success\r\n{lines}\r\n".encode()
