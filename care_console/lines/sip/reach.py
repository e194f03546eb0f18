"""How an agent gets to its telephone system and stays in touch: addresses, wire and time."""

import asyncio
import logging
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress

from care_console.base.clock import Clock
from care_console.base.errors import CareError
from care_console.base.words import N_
from care_console.lines.sip.agent import Agent
from care_console.lines.sip.deadlines import Deadline
from care_console.lines.sip.transactions import Peer
from care_console.lines.sip.transport import (
    Way,
    Wire,
    interface_to,
    open_wire,
    resolve,
    tls_context,
)

BEAT_S = 5.0  # between two looks at the clock
BEATS_TO_PING = 5  # 25 s: routers forget a way of datagrams after 30 s
JUMP_S = 5.0
FAREWELL_S = 2.0  # for what the telephone system has to know when we go

NOT_FOUND = N_("The telephone system {server} cannot be found: {why}")
NOT_REACHED = N_("The telephone system {server} cannot be reached: {why}")
NOT_TRUSTED = N_("The telephone system {server} cannot prove that it is what it says: {why}")

Resolve = Callable[[str, int | None, str], Awaitable[list[Peer]]]


class NotReached(CareError):
    """There is no way to the telephone system at the moment."""


class Reach:
    """The wire of an agent, and the timer that does what is due.

    ``lost`` is called when a stream broke, ``jumped`` when the computer slept, its clock was set,
    or its address on the network is another.
    """

    def __init__(
        self,
        agent: Agent,
        clock: Clock,
        lost: Callable[[], None],
        jumped: Callable[[], None],
        look_up: Resolve = resolve,
    ) -> None:
        account = agent.station.account
        self.peer: Peer | None = None
        self._agent = agent
        self._account = account
        self._clock = clock
        self._lost = lost
        self._jumped = jumped
        self._look_up = look_up
        self._wire: Wire | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._beat: Deadline | None = None
        self._beats = 0
        self._first = 0  # which address is tried first
        self._way: Way | None = None

    async def find(self) -> list[Peer]:
        """Look up the server's addresses; only these are listened to. Raises NotReached."""
        account = self._account
        try:
            peers = await self._look_up(account.server, account.port, account.transport)
        except (OSError, UnicodeError) as trouble:
            raise _not(NOT_FOUND, account.server, trouble) from trouble
        self._agent.sources = frozenset(host for host, _port in peers)
        return peers

    async def open(self, peers: list[Peer]) -> Peer:
        """See to it that there is a wire to one of ``peers``, which is returned.

        Raises NotReached.
        """
        if self._wire is not None and self.peer in peers and not self._moved():
            return self.peer
        self.shut()
        start = self._first % len(peers) if peers else 0
        trouble: OSError = OSError()
        for peer in peers[start:] + peers[:start]:
            try:
                way = await self._find_way()
                wire = await open_wire(way, peer, self._agent.heard, self._broke)
            except OSError as why:
                trouble = why
                continue
            self._wire, self.peer = wire, peer
            self._agent.attach(wire)
            return peer
        words = NOT_TRUSTED if isinstance(trouble, ssl.SSLError) else NOT_REACHED
        raise _not(words, self._account.server, trouble)

    def shut(self, elsewhere: bool = False) -> None:
        """Give the wire up; ``elsewhere``: try the server's next address first."""
        self._first += elsewhere
        wire, self._wire = self._wire, None
        self._agent.detach()
        if wire is not None:
            wire.close()

    def begin(self) -> None:
        """Let time run."""
        self._mark()
        self._next_beat()
        self.arm()

    def end(self) -> None:
        """Let it stand, and close the wire."""
        self.shut()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._agent.deadlines.clear()

    async def farewell(self) -> None:
        """Let the telephone system know that we go, as far as it listens."""
        agent, peer, gone = self._agent, self.peer, asyncio.Event()
        left = {"registration", "subscription"}

        def done(what: str) -> None:
            left.discard(what)
            if not left:
                gone.set()

        if peer is None or self._wire is None:
            return
        for leg in agent.calls.legs():
            agent.incoming.let_go(leg)
        agent.subscription.unsubscribe(peer, lambda: done("subscription"))
        agent.registration.unregister(peer, lambda: done("registration"))
        with suppress(TimeoutError):
            async with asyncio.timeout(FAREWELL_S):
                await gone.wait()

    def arm(self) -> None:
        """Wake up for what is due next."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        at = self._agent.deadlines.next()
        if at is not None:
            wait = max(0.0, at - self._agent.deadlines.seconds())
            self._loop = self._loop or asyncio.get_running_loop()
            self._timer = self._loop.call_later(wait, self.tick)

    def tick(self) -> None:
        """Do what is due."""
        try:
            self._agent.deadlines.run()
        except Exception as trouble:
            kind = type(trouble).__name__
            logging.getLogger(__name__).warning("What was due on a telephone line led to %s.", kind)
        self.arm()

    async def _find_way(self) -> Way:
        if self._way is None:
            account, tls = self._account, None
            if account.transport == "tls":
                tls = await asyncio.to_thread(tls_context, account.ca_file)
            self._way = Way(account.transport, account.server, tls)
        return self._way

    def _broke(self) -> None:
        self._wire = None
        self._agent.detach()
        self._lost()

    def _next_beat(self) -> None:
        self._beat = self._agent.deadlines.after(BEAT_S, self._look_at_clock)

    def _look_at_clock(self) -> None:
        """Keep the way open, and notice when time or place are not what they were.

        A clock that is never set back does not run while the computer sleeps; the other does.
        """
        self._next_beat()
        passed = self._agent.deadlines.seconds() - self._marked[0]
        passed_outside = self._clock().timestamp() - self._marked[1]
        self._mark()
        self._beats += 1
        if self._wire is not None and self.peer and self._beats % BEATS_TO_PING == 0:
            self._wire.ping(self.peer)
        if abs(passed_outside - passed) > JUMP_S or self._moved():
            self._jumped()

    def _mark(self) -> None:
        self._marked = (self._agent.deadlines.seconds(), self._clock().timestamp())

    def _moved(self) -> bool:
        """Tell whether the way to the server begins at another address of ours now."""
        if self._wire is None or self.peer is None:
            return False
        with suppress(OSError):
            return interface_to(self.peer) != self._wire.local[0]
        return False


def _not(words: str, server: str, trouble: Exception) -> NotReached:
    plain = getattr(trouble, "verify_message", "") or getattr(trouble, "strerror", "")
    why = plain or str(trouble) or type(trouble).__name__
    return NotReached(words, server=server, why=why)
