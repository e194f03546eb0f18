"""A telephone line by SIP."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from random import Random

from care_console.base.clock import Clock
from care_console.base.words import N_, _, ngettext
from care_console.lines.inbox import Inbox
from care_console.lines.line import CallEvent, Can, LineState, State
from care_console.lines.sip.agent import Agent, Wants
from care_console.lines.sip.deadlines import Do, Seconds
from care_console.lines.sip.reach import NotReached, Reach, Resolve
from care_console.lines.sip.registration import Outcome, Standing
from care_console.lines.sip.station import Account, Mode
from care_console.lines.sip.subscription import Watch, Watching
from care_console.lines.sip.transport import resolve
from care_console.lines.status import Status, Told

MOST_WAITING = 1_000

BROKE = N_("The connection to the telephone system broke; it is made again.")
SILENT = N_("The telephone system {server} does not answer; it is asked again.")
FAILED = N_("The telephone system turned this line away for now, and is asked again: {said}")
UNKNOWN = N_("The telephone system does not take {account} as a telephone: {said}")
TAKEN = N_(
    "The telephone system does not let {account} register now: {said}. Perhaps it still keeps"
    " another registration of {account}."
)
BAD_PASSWORD = N_("The telephone system does not accept the password of {account}.")
NOT_WATCHED = N_("The telephone {phone} cannot be watched: {said}")


class SipLine:
    """Rings along with the desk, or watches its telephone, at one telephone system (RFC 3261)."""

    can: frozenset[Can] = frozenset()

    def __init__(
        self,
        name: str,
        account: Account,
        clock: Clock,
        *,
        seconds: Seconds = time.monotonic,
        chance: Random | None = None,
        look_up: Resolve = resolve,
    ) -> None:
        """``seconds`` is a clock that is never set back; it and ``chance`` are there for tests."""
        self.name = name
        self.account = account
        self._status = Status()
        self._inbox = Inbox(MOST_WAITING)
        self._wanted: set[str] = set()
        self._woken = asyncio.Event()
        self._closed = False
        self._done = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._outcome: Outcome | None = None
        self._watch: Watching | None = None
        self.agent = Agent(name, account, clock, seconds, self._wants(), chance)
        self._reach = Reach(self.agent, clock, self._broke, self._jumped, look_up)

    @property
    def state(self) -> LineState:
        """How the line is; where it is up, the reason may be a warning."""
        return self._status.now

    def listen(self, told: Told) -> Callable[[], None]:
        """Let ``told`` know of each change of ``state``; return what ends that."""
        return self._status.listen(told)

    async def events(self) -> AsyncIterator[CallEvent]:
        """Yield what happens, and see to it that calls come here, until closed."""
        self._begin()
        async for event in self._inbox.events():
            yield event

    def attend(self, attended: bool) -> None:
        """Let somebody be at the desk, or nobody: then calls are told of, but ring no more here."""
        self.agent.incoming.attend(attended)

    def register_again(self) -> None:
        """Register at once, unless the telephone system has turned the account away."""
        if self._task is not None and not self._closed:
            self._jumped()

    def tick(self) -> None:
        """Do what is due: for tests, whose time passes when they say so."""
        self._reach.tick()

    async def close(self) -> None:
        """Take back our registration, and close the wire."""
        if self._closed:
            await self._done.wait()
            return
        self._closed = True
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            await self._reach.farewell()
        self._reach.end()
        self._inbox.close()
        self._status.set(State.DOWN)
        self._done.set()

    def _wants(self) -> Wants:
        return Wants(
            put=self._inbox.put,
            register=lambda: self._want("register"),
            subscribe=lambda: self._want("subscribe"),
            registered=self._registered,
            watching=self._watching,
            nearer=self._nearer,
            soon=self._soon,
        )

    def _begin(self) -> None:
        if self._task is None and not self._closed:
            self._reach.begin()
            self._want(self._first_want())
            self._task = asyncio.create_task(self._run())

    def _first_want(self) -> str:
        return "subscribe" if self.account.mode is Mode.WATCH else "register"

    def _nearer(self) -> None:
        if self._task is not None and not self._closed:
            self._reach.arm()

    @staticmethod
    def _soon(do: Do) -> None:
        asyncio.get_running_loop().call_soon(do)

    def _want(self, what: str) -> None:
        self._wanted.add(what)
        self._woken.set()

    async def _run(self) -> None:
        while True:
            await self._woken.wait()
            self._woken.clear()
            wanted, self._wanted = self._wanted, set()
            try:
                await self._turn(wanted)
            except Exception as trouble:
                kind = type(trouble).__name__
                logging.getLogger(__name__).warning("A telephone line met %s.", kind)
                self._again_later()

    async def _turn(self, wanted: set[str]) -> None:
        """Register or subscribe where the server is now."""
        try:
            peers = await self._reach.find()
            before = self.agent.station.local
            peer = await self._reach.open(peers)
        except NotReached as trouble:
            self._status.set(State.DOWN, str(trouble))
            self._again_later()
            return
        if self.agent.station.local != before and self.account.mode is not Mode.WATCH:
            wanted = {"register"}  # the telephone is watched anew once that is done
            self._outcome = None
        if "register" in wanted:
            self.agent.registration.register(peer)
        if "subscribe" in wanted:
            self.agent.subscription.subscribe(peer)

    def _again_later(self) -> None:
        if self.account.mode is Mode.WATCH:
            self.agent.subscription.later()
        else:
            self.agent.registration.later()

    def _registered(self, outcome: Outcome) -> None:
        first = self._outcome is None or self._outcome.standing is not Standing.REGISTERED
        self._outcome = outcome
        if outcome.standing is Standing.REGISTERED and first and self.account.phone:
            self.agent.subscription.renew()
        if outcome.standing is Standing.SILENT:
            self._reach.shut(elsewhere=True)
        if outcome.standing is Standing.REFUSED:
            self.agent.subscription.stop()
        self._tell_state()

    def _watching(self, watching: Watching) -> None:
        self._watch = watching
        if self.account.mode is Mode.WATCH and watching.watch is Watch.TRYING and not watching.said:
            self._reach.shut(elsewhere=True)
        self._tell_state()

    def _broke(self) -> None:
        if self._refused():
            return  # nobody is to be asked any more
        self._outcome = None
        self._status.set(State.DOWN, _(BROKE))
        self._again_later()

    def _jumped(self) -> None:
        """Register at once; the wire is looked at before that."""
        if self._refused():
            return
        self._want(self._first_want())

    def _refused(self) -> bool:
        outcome, watch = self._outcome, self._watch
        if self.account.mode is Mode.WATCH:
            return watch is not None and watch.watch is Watch.REFUSED
        return outcome is not None and outcome.standing is Standing.REFUSED

    def _tell_state(self) -> None:
        if self.account.mode is Mode.WATCH:
            self._status.set(*watch_state(self.account, self._watch))
        else:
            self._status.set(*line_state(self.account, self._outcome, self._watch))


def line_state(
    account: Account, outcome: Outcome | None, watch: Watching | None
) -> tuple[State, str]:
    """Return how a registered line is, and why."""
    if outcome is None:
        return State.CONNECTING, ""
    if outcome.standing is Standing.REGISTERED:
        return State.UP, warning(account, outcome, watch)
    if outcome.standing is Standing.SILENT:
        return State.DOWN, _(SILENT).format(server=account.server)
    if outcome.standing is Standing.FAILED:
        return State.DOWN, _(FAILED).format(said=outcome.said)
    words = BAD_PASSWORD if outcome.bad_password else TAKEN if outcome.taken else UNKNOWN
    return State.DOWN, _(words).format(account=account.user, said=outcome.said)


def watch_state(account: Account, watch: Watching | None) -> tuple[State, str]:
    """Return how a line is on which nothing rings, and why."""
    if watch is None:
        return State.CONNECTING, ""
    if watch.watch is Watch.ON:
        return State.UP, ""
    if watch.bad_password:
        return State.DOWN, _(BAD_PASSWORD).format(account=account.user)
    if not watch.said:
        return State.DOWN, _(SILENT).format(server=account.server)
    return State.DOWN, _(NOT_WATCHED).format(phone=account.phone, said=watch.said)


def warning(account: Account, outcome: Outcome, watch: Watching | None) -> str:
    """Return what the clerk should know of a line that is up, or ""."""
    if outcome.strangers:
        return ngettext(
            "{count} other telephone is registered as {account}: the telephone system may ring"
            " only one of them. Give the console an extension of its own.",
            "{count} other telephones are registered as {account}: the telephone system may ring"
            " only one of them. Give the console an extension of its own.",
            outcome.strangers,
        ).format(count=outcome.strangers, account=account.user)
    if watch is not None and watch.watch is Watch.REFUSED:
        return _(NOT_WATCHED).format(phone=account.phone, said=watch.said)
    return ""
