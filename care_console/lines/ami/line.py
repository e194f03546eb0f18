"""The line to an Asterisk that stays connected by itself, tells its desk's calls and dials."""

import asyncio
import re
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from random import random

from care_console.base.clock import Clock
from care_console.base.errors import CareError
from care_console.base.words import N_, _
from care_console.lines.ami.calls import OURS, SHOWN_WITHIN_S, Calls, Place
from care_console.lines.ami.client import Conversation, Denied, Lost, Way, conversation
from care_console.lines.ami.wire import Message, Refused
from care_console.lines.backoff import Backoff
from care_console.lines.inbox import Inbox
from care_console.lines.line import CallEvent, Can, LineState, State
from care_console.lines.status import Status, Told

NUMBER = re.compile(r"\+?[0-9*#]{2,20}")
READ_S = 0.02
RINGS_MS = "30000"  # the clerk's own telephone, before the number is dialled

STOPPED = N_("The line to Asterisk has stopped.")
NOT_DIALLED = N_("This cannot be dialled: it is not a telephone number.")
NO_DIALLING = N_("This line may not dial. Whoever looks after it can allow that in Settings.")
NOT_CONNECTED = N_("The line to Asterisk is down, so it cannot dial now.")
DIAL_REFUSED = N_("Asterisk does not dial for this line: manager.conf has to give it “originate”.")


class NotDialled(CareError):
    """A number was not dialled."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How long things take; tests are quicker."""

    ping_s: float = 10.0
    patience_s: float = 5.0  # for an answer
    shown_s: float = SHOWN_WITHIN_S  # for one that a ring waits for
    first_s: float = 1.0  # before the connection is tried again
    longest_s: float = 60.0
    chance: Callable[[], float] = random
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


class AmiLine:
    """Asterisk's calls as far as they are this desk's. One conversation at a time."""

    def __init__(
        self,
        name: str,
        way: Way,
        place: Place,
        clock: Clock,
        context: str = "",
        pace: Pace | None = None,
    ) -> None:
        """With a ``context`` of the dialplan the line may dial, from the desk's telephone."""
        self.name = name
        self.can = frozenset({Can.DIAL}) if context else frozenset[Can]()
        self._way, self._place, self._context = way, place, context
        self._pace = pace or Pace()
        self._status, self._inbox = Status(), Inbox()
        self._calls = Calls(name, place, clock, self._inbox.put, self._ask, self._pace.shown_s)
        self._talk: Conversation | None = None
        self._alarm: asyncio.TimerHandle | None = None
        self._running: asyncio.Task[None] | None = None
        self._closed = False

    @property
    def state(self) -> LineState:
        """How the line is at this moment."""
        return self._status.now

    def listen(self, told: Told) -> Callable[[], None]:
        """Let ``told`` know of each change of ``state``; return what ends that."""
        return self._status.listen(told)

    async def events(self) -> AsyncIterator[CallEvent]:
        """Connect, and yield what happens, until closed."""
        if self._running is None and not self._closed:
            self._running = asyncio.create_task(self._stay_connected(), name=f"line {self.name}")
        async for event in self._inbox.events():
            yield event
        if self._running is not None and self._running.done() and not self._running.cancelled():
            self._running.result()  # a bug is for whoever reports it

    async def close(self) -> None:
        """Hang up for good. What was heard before is still yielded."""
        self._closed = True
        if self._running is not None:
            self._running.cancel()
            await asyncio.wait([self._running])
        self._status.set(State.DOWN)
        self._inbox.close()

    async def dial(self, number: str) -> str:
        """Ring the desk's telephone and, when it is picked up, ``number``; return the call's id.

        Raises NotDialled. The caller's number is not set here: it would be shown to whom we call
        as well, and is for the dialplan to choose.
        """
        if not self._context:
            raise NotDialled(NO_DIALLING)
        if not NUMBER.fullmatch(number):
            raise NotDialled(NOT_DIALLED)
        if self._talk is None or self.state.state is not State.UP:
            raise NotDialled(NOT_CONNECTED)
        try:
            asked = self._originate(number)
            self._calls.made(asked["ChannelId"])
            answer = await self._talk.ask("Originate", **asked)
        except Lost:
            raise NotDialled(NOT_CONNECTED) from None
        if answer["Response"] != "Success":
            raise NotDialled(DIAL_REFUSED)
        return asked["ChannelId"]

    def _originate(self, number: str) -> dict[str, str]:
        return {
            "Channel": self._place.phone,
            "Context": self._context,
            "Exten": number,
            "Priority": "1",
            "Timeout": RINGS_MS,
            "Async": "true",
            "ChannelId": OURS + secrets.token_hex(8),
        }

    async def _stay_connected(self) -> None:
        try:
            await self._talk_again_and_again()
        except Denied as why:  # trying again would only get this computer's address banned
            self._status.set(State.DOWN, str(why))
        except Exception:
            self._status.set(State.DOWN, _(STOPPED))
            self._inbox.close()
            raise
        finally:
            if self._alarm is not None:
                self._alarm.cancel()

    async def _talk_again_and_again(self) -> None:
        pace = self._pace
        backoff = Backoff(pace.first_s, pace.longest_s, chance=pace.chance)
        while True:
            try:
                await self._talk_once()
            except Lost as why:
                if self.state.state is State.UP:
                    backoff.reset()
                self._status.set(State.DOWN, str(why))
            await pace.sleep(backoff.next())

    async def _talk_once(self) -> None:
        async with conversation(self._way, self._hear, self._pace.patience_s) as talk:
            self._talk = talk  # events come right behind the answer to the login
            try:
                await talk.log_in(self._way)
                self._calls.resync(await talk.channels(), self._now())
                self._set_alarm()
                self._status.set(State.UP)
                await talk.stay(self._pace.ping_s)
            finally:
                self._talk = None

    def _hear(self, message: Message) -> None:
        self._calls.hear(message, self._now())
        self._set_alarm()

    def _ask(self, call_id: str, channel: str) -> None:
        """Ask who passed a call on, and whether its number may be seen.

        Asterisk answers in order; no answer in time means that the number may not be seen.
        """
        if (talk := self._talk) is None:
            return
        try:
            passed_on, may_be_seen, presented = (
                talk.begin("Getvar", Channel=channel, Variable=each)
                for each in ("REDIRECTING(from-num)", "REDIRECTING(from-pres)", "CALLERID(pres)")
            )
        except Refused:  # a line break in the channel's name: nothing is asked by such a one
            self._calls.presented(call_id, "")
            return

        def answered(_done: asyncio.Future[Message]) -> None:
            if _value(may_be_seen).startswith("allowed"):
                self._calls.diverted(call_id, _value(passed_on))
            self._calls.presented(call_id, _value(presented))
            self._set_alarm()

        presented.add_done_callback(answered)

    def _set_alarm(self) -> None:
        due = self._calls.next_due()
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        if due is not None:
            self._alarm = asyncio.get_running_loop().call_at(due, self._hear_once_more)

    def _hear_once_more(self) -> None:
        """Let what has come while the window was busy be read before it is called late."""
        self._alarm = asyncio.get_running_loop().call_later(READ_S, self._pass_time)

    def _pass_time(self) -> None:
        self._calls.pass_time(self._now())
        self._set_alarm()

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()


def _value(answer: asyncio.Future[Message]) -> str:
    """Return what a variable is, or nothing where Asterisk did not say."""
    heard = answer.done() and not answer.cancelled() and answer.exception() is None
    return answer.result()["Value"] if heard else ""
