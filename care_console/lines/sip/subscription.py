"""The watch on the clerk's own telephone: its dialog events."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from care_console.lines.backoff import Backoff
from care_console.lines.sip.deadlines import Deadline, Deadlines
from care_console.lines.sip.dialog_info import CONTENT_TYPE, DialogInfo, read_dialog_info
from care_console.lines.sip.message import Malformed, Request, Response
from care_console.lines.sip.parts import number_of, tag_of
from care_console.lines.sip.pieces import parameters
from care_console.lines.sip.registration import refresh_after
from care_console.lines.sip.station import ALLOW, Station
from care_console.lines.sip.talk import Answer, Pairs, Talk, answers, newer
from care_console.lines.sip.transactions import ClientTransactions, Peer
from care_console.lines.sip.uri import read_address, read_uri

LONGEST_WAIT_S = 3_600.0
LONGEST_EXPIRES = 86_400
SOON_S = 5.0  # ended sooner than that, it is not begun again at once
WRONG = frozenset({403, 404, 405, 410, 489, 501, 604})  # RFC 6665, 8.3.2: 489 is Bad Event
FOR_GOOD = frozenset({"rejected", "noresource", "invariant"})  # RFC 6665, 4.1.3


class Watch(Enum):
    """How the watch is."""

    ON = "on"
    TRYING = "trying"
    REFUSED = "refused"  # for good


@dataclass(frozen=True, slots=True)
class Watching:
    """How the watch is, and what the telephone system said: nothing at all, if that is ""."""

    watch: Watch
    said: str = ""
    bad_password: bool = False
    status: int = 0


class Subscription:
    """Asks for the dialog events of one telephone, and goes on asking (RFC 4235, RFC 6665).

    ``due`` is called when it is time to subscribe; ``told`` takes how the watch is; ``heard`` a
    document that is newer than the last.
    """

    def __init__(
        self,
        station: Station,
        clients: ClientTransactions,
        deadlines: Deadlines,
        backoff: Backoff,
        due: Callable[[], None],
        told: Callable[[Watching], None],
        heard: Callable[[DialogInfo], None],
    ) -> None:
        self._station = station
        self._clients = clients
        self._deadlines = deadlines
        self._backoff = backoff
        self._due = due
        self._told = told
        self._heard_info = heard
        self._expires = station.account.expires
        self._next: Deadline | None = None
        self._peer: Peer | None = None
        self._version: int | None = None
        self._remote_cseq = -1
        self._turn = 0
        self._begin_anew()

    def subscribe(self, peer: Peer) -> None:
        """Ask the server at ``peer``, anew or for longer."""
        self._cancel()
        self._peer = peer
        talk, turn = self._talk, self._next_turn()
        extra: Pairs = [
            ("contact", self._station.contact()),
            ("event", "dialog"),
            ("accept", CONTENT_TYPE),
            ("expires", str(self._expires)),
            ("allow", ALLOW),
        ]

        def done(answer: Answer) -> None:
            if turn == self._turn and talk is self._talk:
                self._answered(answer, peer)

        talk.ask(peer, extra, done)

    def unsubscribe(self, peer: Peer, done: Callable[[], None]) -> None:
        """Ask for no more (RFC 6665, 4.1.2.3)."""
        self._cancel()
        self._next_turn()
        if not self._talk.remote_tag:
            done()
            return
        extra: Pairs = [
            ("contact", self._station.contact()),
            ("event", "dialog"),
            ("expires", "0"),
        ]
        self._talk.ask(peer, extra, lambda _answer: done())

    def renew(self) -> None:
        """Begin anew at once: the wire is another."""
        self._begin_anew()
        self._due()

    def later(self) -> float:
        """Try again after a while, which is returned: the server could not be reached."""
        wait = self._backoff.next()
        self._begin_anew()
        self._wait(wait)
        return wait

    def stop(self) -> None:
        """Do nothing more."""
        self._next_turn()
        self._cancel()

    def takes(self, request: Request) -> bool:
        """Take a NOTIFY, and tell whether it is of this subscription.

        The first may come before the answer to SUBSCRIBE (RFC 6665, 4.1.2.4).
        """
        if not answers(request, self._talk):
            return False
        cseq = newer(request, self._remote_cseq)
        if cseq is None:
            return True  # it was overtaken by a later one
        self._remote_cseq = cseq
        self._talk.remote_tag = tag_of(request, "from")
        self._follow(request)
        self._read(request)
        self._state(request)
        return True

    def _begin_anew(self) -> None:
        """Let the next SUBSCRIBE be the first of a dialog."""
        target = self._station.account.address(self._station.account.phone)
        self._talk = Talk(self._station, self._clients, "SUBSCRIBE", target, target)
        self._remote_cseq = -1
        self._version = None
        self._began = self._deadlines.seconds()
        self._turn = 0

    def _next_turn(self) -> int:
        self._turn += 1
        return self._turn

    def _answered(self, answer: Answer, peer: Peer) -> None:
        response = answer.response
        if response is None:
            self._again_later("")
        elif 200 <= response.status < 300:
            self._granted(response)
        elif response.status == 423 and self._longer(response):
            self.subscribe(peer)
        elif answer.bad_password or response.status in WRONG:
            self._refused(_said(response), answer.bad_password, response.status)
        elif response.status == 481 and self._talk.remote_tag:
            self._again_at_once(_said(response))
        else:
            asked = number_of(response.headers.first("retry-after")) or 0
            self._again_later(_said(response), min(asked, LONGEST_WAIT_S))

    def _granted(self, response: Response) -> None:
        self._talk.remote_tag = tag_of(response, "to")
        self._follow(response)
        if self._station.learn(response) and self._peer is not None:
            self.subscribe(self._peer)
            return
        self._backoff.reset()
        granted = number_of(response.headers.first("expires"))
        self._wait(refresh_after(self._expires if granted is None else granted))
        self._told(Watching(Watch.ON, _said(response)))

    def _follow(self, message: Request | Response) -> None:
        """Take from what makes a dialog where it goes to, once (RFC 3261, 12.1.2 and 12.2.1.2)."""
        contact = read_address(message.headers.first("contact"))
        uri = read_uri(contact.uri) if contact else None
        if contact is not None and uri is not None and uri.scheme in ("sip", "sips"):
            self._talk.target = contact.uri
        if not self._talk.routes:
            routes = message.headers.all("record-route")
            forward = isinstance(message, Request)
            self._talk.routes = routes if forward else tuple(reversed(routes))

    def _read(self, request: Request) -> None:
        """Hand on a document that is newer (RFC 4235, 4.3); ask anew where one is missing."""
        if not request.body:
            return
        try:
            info = read_dialog_info(request.body)
        except Malformed:
            return
        last, missing = self._version, False
        if last is not None:
            if info.version <= last:
                return
            missing = not info.full and info.version != last + 1
        elif not info.full:
            missing = True
        self._version = info.version
        self._heard_info(info)
        if missing and self._peer is not None:
            self.subscribe(self._peer)

    def _state(self, request: Request) -> None:
        """Do what Subscription-State asks for (RFC 6665, 4.1.3)."""
        value = request.headers.first("subscription-state")
        state, _, rest = value.partition(";")
        told = parameters(rest)
        if state.strip().lower() != "terminated":
            self._shorter(number_of(told.get("expires", "")))
            return
        reason = told.get("reason", "").lower()
        if reason in FOR_GOOD:
            self._refused(reason)
        elif reason in ("probation", "giveup"):
            asked = number_of(told.get("retry-after", "")) or 0
            self._again_later(reason, min(asked, LONGEST_WAIT_S))
        else:
            self._again_at_once(reason or "terminated")

    def _shorter(self, expires: int | None) -> None:
        """Refresh earlier where a NOTIFY leaves less time than the answer did."""
        if expires is None or self._next is None:
            return
        wait = refresh_after(expires)
        if self._deadlines.seconds() + wait < self._next.at:
            self._wait(wait)

    def _longer(self, response: Response) -> bool:
        least = number_of(response.headers.first("min-expires")) or 0
        if not self._expires < least <= LONGEST_EXPIRES:
            return False
        self._expires = least
        return True

    def _again_at_once(self, said: str) -> None:
        soon = self._deadlines.seconds() - self._began < SOON_S
        self._begin_anew()
        if soon:
            self._again_later(said)
        else:
            self._due()

    def _again_later(self, said: str, at_least: float = 0.0) -> None:
        self._begin_anew()
        self._wait(self._backoff.next(at_least))
        self._told(Watching(Watch.TRYING, said))

    def _refused(self, said: str, bad_password: bool = False, status: int = 0) -> None:
        self.stop()
        self._begin_anew()
        self._told(Watching(Watch.REFUSED, said, bad_password, status))

    def _wait(self, seconds: float) -> None:
        self._cancel()
        self._next = self._deadlines.after(seconds, self._due)

    def _cancel(self) -> None:
        if self._next is not None:
            self._next.cancel()
            self._next = None


def _said(response: Response) -> str:
    return f"{response.status} {response.reason}".strip()
