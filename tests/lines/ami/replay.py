"""What a real Asterisk 16 has told, told again."""

from collections.abc import Iterator
from pathlib import Path

from care_console.lines.ami.calls import Calls, Place
from care_console.lines.ami.wire import Message, Splitter
from care_console.lines.line import CallEvent

RECORDED = Path(__file__).parent / "recorded"
DESK = Place("PJSIP/201")
MAY_BE_SEEN, WITHHELD = "allowed_not_screened", "prohib_not_screened"


def recorded(name: str) -> bytes:
    """Return the bytes as they came, from a session that had logged in."""
    return (RECORDED / f"{name}.txt").read_bytes()


def messages(said: bytes) -> list[Message]:
    splitter = Splitter()
    return list(splitter.feed(b"Asterisk Call Manager/5.0.4\r\n" + said))


class Heard:
    """The calls of one desk, and what was told of them; the time is what a test says it is."""

    def __init__(self, clock, place: Place = DESK, says: str | None = MAY_BE_SEEN) -> None:
        """``says`` is Asterisk's answer when it is asked whether a number may be seen, if any."""
        self.told: list[CallEvent] = []
        self.asked: list[tuple[str, str]] = []
        self.now = 0.0
        self._says = says
        self.calls = Calls("pbx", place, clock, self.told.append, self._ask)

    def hear(self, *said: bytes) -> "Heard":
        for each in said:
            for message in messages(each):
                self.calls.hear(message, self.now)
        return self

    def resync(self, said: bytes) -> None:
        shown = [each for each in messages(said) if each["Event"] == "CoreShowChannel"]
        self.calls.resync(shown, self.now)

    def pass_by(self, seconds: float) -> None:
        self.now += seconds
        self.calls.pass_time(self.now)

    @property
    def kinds(self) -> list[str]:
        return [each.kind.value for each in self.told]

    @property
    def ids(self) -> set[str]:
        return {each.call_id for each in self.told}

    def _ask(self, call_id: str, channel: str) -> None:
        self.asked.append((call_id, channel))
        if self._says is not None:
            self.calls.presented(call_id, self._says)


def without(said: bytes, *names: str) -> bytes:
    """Return ``said`` without the events of these names."""
    return b"".join(
        each + b"\r\n\r\n"
        for each in said.split(b"\r\n\r\n")[:-1]
        if not any(f"Event: {name}\r\n".encode() in each for name in names)
    )


def up_to(said: bytes, name: str) -> Iterator[bytes]:
    """Yield ``said`` before the first event of this name, and from there on."""
    at = said.index(f"Event: {name}\r\n".encode())
    yield said[:at]
    yield said[at:]
