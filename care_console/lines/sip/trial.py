"""A line tried out: can the telephone system be found, reached, registered at, and watched."""

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import replace

from care_console.base.clock import Clock
from care_console.base.words import N_, _
from care_console.lines.line import State
from care_console.lines.setup import Step
from care_console.lines.sip.agent import Agent, Wants
from care_console.lines.sip.deadlines import Seconds
from care_console.lines.sip.line import line_state, watch_state
from care_console.lines.sip.reach import NotReached, Reach, Resolve
from care_console.lines.sip.registration import Outcome, Standing
from care_console.lines.sip.station import Account, Mode
from care_console.lines.sip.subscription import Watch, Watching
from care_console.lines.sip.transactions import Peer
from care_console.lines.sip.transport import resolve

PATIENCE_S = 10.0  # who tries a line out sits before it

LOOKING = N_("Looking for {server}")
FOUND = N_("{server} is found")
REACHING = N_("Reaching {server}")
REACHED = N_("The way to {server} is open")
REGISTERING = N_("Registering as {account}")
REGISTERED = N_("Registered as {account}")
NOTHING = N_("Nothing answers at {server}, port {port}. Look at the address, port and connection.")
ASKING = N_("Asking for the telephone {phone}")
WATCHED = N_("The telephone {phone} is watched")


async def try_account(
    account: Account,
    clock: Clock,
    *,
    seconds: Seconds = time.monotonic,
    look_up: Resolve = resolve,
) -> AsyncIterator[Step]:
    """Try the line out apart from one that is in use; the registration is taken back."""
    trial = _Trial(account, clock, seconds, look_up)
    try:
        async with aclosing(trial.steps()) as steps:
            async for step in steps:
                yield step
    finally:
        await trial.end()


class _Trial:
    def __init__(self, account: Account, clock: Clock, seconds: Seconds, look_up: Resolve) -> None:
        self._account = account
        self._outcomes: asyncio.Queue[Outcome | None] = asyncio.Queue()
        self._watchings: asyncio.Queue[Watching | None] = asyncio.Queue()
        wants = Wants(
            put=lambda _event: None,
            register=lambda: None,
            subscribe=lambda: None,
            registered=self._outcomes.put_nowait,
            watching=self._watchings.put_nowait,
            nearer=lambda: self._reach.arm(),
        )
        self._agent = Agent("", account, clock, seconds, wants)
        self._reach = Reach(self._agent, clock, self._broke, lambda: None, look_up)

    async def steps(self) -> AsyncGenerator[Step, None]:
        """Yield each step, until one fails."""
        try:
            yield self._step(LOOKING)
            peers = await self._reach.find()
            yield self._step(FOUND, True, ", ".join(host for host, _port in peers))
            yield self._step(REACHING)
            peer = await self._reach.open(peers)
        except NotReached as trouble:
            yield Step(str(trouble), False)
            return
        yield self._step(REACHED, True)
        good: bool | None = True
        async with aclosing(self._register(peer)) as steps:
            async for step in steps:
                good = step.good
                yield step
        if self._account.phone and good:
            async with aclosing(self._watch(peer)) as steps:
                async for step in steps:
                    yield step

    async def end(self) -> None:
        """Leave nothing behind."""
        await self._reach.farewell()
        self._reach.end()

    async def _register(self, peer: Peer) -> AsyncGenerator[Step, None]:
        if self._account.mode is Mode.WATCH:
            return
        yield self._step(REGISTERING)
        self._agent.registration.register(peer)
        self._agent.deadlines.after(PATIENCE_S, lambda: self._outcomes.put_nowait(None))
        outcome = await self._outcomes.get() or Outcome(Standing.SILENT)
        others = outcome.strangers - outcome.near  # the line itself may be in use meanwhile
        state, why = line_state(self._account, replace(outcome, strangers=others), None)
        if outcome.standing is Standing.SILENT:
            why = _(NOTHING).format(server=self._account.server, port=peer[1])
        if state is not State.UP:
            yield Step(why, False, outcome.said)
            return
        if why:
            yield Step(why, True)  # it works, and there is something to know
        yield self._step(REGISTERED, True, outcome.said)

    async def _watch(self, peer: Peer) -> AsyncGenerator[Step, None]:
        yield self._step(ASKING)
        self._agent.subscription.subscribe(peer)
        self._agent.deadlines.after(PATIENCE_S, lambda: self._watchings.put_nowait(None))
        watching = await self._watchings.get() or Watching(Watch.TRYING)
        state, why = watch_state(self._account, watching)
        if state is State.UP:
            yield self._step(WATCHED, True, watching.said)
        else:
            yield Step(why, False, watching.said)

    def _broke(self) -> None:
        self._outcomes.put_nowait(Outcome(Standing.SILENT))
        self._watchings.put_nowait(Watching(Watch.TRYING))

    def _step(self, words: str, good: bool | None = None, detail: str = "") -> Step:
        account = self._account
        told = _(words).format(server=account.server, account=account.user, phone=account.phone)
        return Step(told, good, detail)
