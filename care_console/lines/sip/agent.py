"""The user agent: one account at one telephone system, by whatever wire there is."""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from care_console.base.clock import Clock
from care_console.lines.backoff import Backoff
from care_console.lines.line import CallEvent, Event
from care_console.lines.sip.calls import Call, Calls
from care_console.lines.sip.deadlines import Deadlines, Do, Seconds
from care_console.lines.sip.incoming import Incoming
from care_console.lines.sip.message import Malformed, Request, parse
from care_console.lines.sip.registration import Outcome, Registration
from care_console.lines.sip.station import Account, Mode, Station
from care_console.lines.sip.subscription import Subscription, Watching
from care_console.lines.sip.transactions import ClientTransactions, Peer, ServerTransactions
from care_console.lines.sip.transport import Wire
from care_console.lines.sip.uri import read_uri
from care_console.lines.sip.watch import PhoneWatch

LOGGED_EVERY_S = 60.0
AGAIN_FIRST_S, AGAIN_LONGEST_S, SPREAD = 1.0, 300.0, 0.25  # before we register again


@dataclass(frozen=True, slots=True)
class Wants:
    """What the agent asks of whoever has the wire, and tells them."""

    put: Callable[[CallEvent], None]
    register: Callable[[], None]  # it is time: look where the server is, and register there
    subscribe: Callable[[], None]
    registered: Callable[[Outcome], None]
    watching: Callable[[Watching], None]
    nearer: Callable[[], None] = lambda: None  # the next deadline is earlier than it was
    soon: Callable[[Do], object] = lambda do: do()  # once whoever takes the events had a turn


class Agent:
    """One account at one telephone system. Without I/O: a wire and the time are handed in."""

    def __init__(
        self,
        name: str,
        account: Account,
        clock: Clock,
        seconds: Seconds,
        wants: Wants,
        chance: Random | None = None,
    ) -> None:
        self.deadlines = Deadlines(seconds, wants.nearer)
        self.station = Station(account)
        self.sources: frozenset[str] = frozenset()
        self.servers = ServerTransactions(self.deadlines, self._send)
        self.clients = ClientTransactions(self.deadlines, self._send)
        self.calls = Calls(self.deadlines, self._tell, self._let_go)
        self._name = name
        self._clock = clock
        self._wants = wants
        self._wire: Wire | None = None
        self._logged: dict[str, float] = {}
        self._make_parts(wants, chance or Random(secrets.randbits(64)))

    def _make_parts(self, wants: Wants, chance: Random) -> None:
        """Make what stands on the transactions and the calls."""
        station, deadlines = self.station, self.deadlines
        back, again = (
            Backoff(AGAIN_FIRST_S, AGAIN_LONGEST_S, SPREAD, chance.random) for _part in range(2)
        )
        due, told = wants.register, wants.registered
        self.registration = Registration(station, self.clients, deadlines, back, due, told)
        self.phone = PhoneWatch(self.calls, tells=station.account.mode is Mode.WATCH)
        self.subscription = Subscription(
            station,
            self.clients,
            deadlines,
            again,
            wants.subscribe,
            self._watching,
            self.phone.heard,
        )
        notified = self.subscription.takes
        self.incoming = Incoming(station, self.servers, self.calls, deadlines, notified, self._soon)

    def attach(self, wire: Wire) -> None:
        """Go by ``wire`` from now on; what was under way by another is forgotten."""
        self.detach()
        self._wire = wire
        self.servers.reliable = self.clients.reliable = wire.reliable
        self.station.moved(wire.local)

    def detach(self) -> None:
        """Do without a wire. What rang by it goes on: the telephone system may still call."""
        self._wire = None
        self.clients.clear()

    def heard(self, data: bytes, source: Peer) -> None:
        """Take what came by the wire; nothing that comes makes it raise."""
        if source[0] not in self.sources:
            return
        self._try(lambda: self._take(data, source))

    def _try(self, do: Do) -> None:
        try:
            do()
        except Malformed:
            self._log("A message of the telephone system could not be read.")
        except Exception as trouble:  # a call that we cannot read must not cost us the others
            self._log(f"A message of the telephone system led to {type(trouble).__name__}.")

    def _soon(self, do: Do) -> None:
        self._wants.soon(lambda: self._try(do))

    def _take(self, data: bytes, source: Peer) -> None:
        message = parse(data)
        if not isinstance(message, Request):
            self.clients.heard(message)
            return
        if not self._is_for_us(message.uri):
            return
        served = self.servers.heard(message, source)
        if served is not None:
            self.incoming.take(served)

    def _is_for_us(self, text: str) -> bool:
        """Tell whether a Request-URI is our Contact.

        Some providers put the account in place of what a telephone said; over a stream, which
        we opened and nobody can forge, that is as good.
        """
        if text.startswith(f"sip:{self.station.token}@"):
            return True
        uri = read_uri(text)
        if uri is None or not uri.user:
            return False
        by_stream = self._wire is not None and self._wire.reliable
        account = self.station.account.user if by_stream else ""
        return uri.user in (self.station.token, account)

    def _send(self, data: bytes, to: Peer) -> None:
        if self._wire is not None:
            self._wire.send(data, to)

    def _let_go(self, leg: object) -> None:
        if isinstance(leg, tuple):
            self.incoming.let_go(leg)

    def _watching(self, watching: Watching) -> None:
        self.phone.now(watching)
        self._wants.watching(watching)

    def _tell(self, event: Event, call: Call) -> None:
        who = call.who
        told = CallEvent(
            kind=event,
            call_id=call.id,
            line=self._name,
            at=self._clock(),
            number=who.number,
            presentation=who.presentation,
            name=who.name,
            called_line=who.called_line,
            diverted_from=who.diverted_from,
            cause=call.cause,
        )
        self._wants.put(told)

    def _log(self, what: str) -> None:
        """Log ``what`` once a minute: whoever sends rubbish does so often."""
        now = self.deadlines.seconds()
        if now - self._logged.get(what, now - LOGGED_EVERY_S) >= LOGGED_EVERY_S:
            self._logged[what] = now
            logging.getLogger(__name__).warning(what)
