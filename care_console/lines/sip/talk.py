"""One series of our own requests, which answers whatever challenge it meets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from care_console.lines.sip.digest import (
    Challenge,
    Credentials,
    NonceCounts,
    answer_to,
    authorization,
)
from care_console.lines.sip.headers import Headers
from care_console.lines.sip.message import Request, Response
from care_console.lines.sip.parts import cseq_of, tag_of
from care_console.lines.sip.station import Station
from care_console.lines.sip.transactions import ClientTransactions, Peer

MOST_ROUNDS = 5  # answers to challenges for one request
MOST_REJECTED = 2  # of the same credentials: the first may have met a nonce that was too old

_KINDS = {
    401: ("www-authenticate", "authorization"),
    407: ("proxy-authenticate", "proxy-authorization"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request; ``response`` is None where nobody answered in 32 s."""

    response: Response | None
    bad_password: bool = False

    @property
    def status(self) -> int:
        """The status of the response, or 0."""
        return self.response.status if self.response else 0


Done = Callable[[Answer], None]
Pairs = Sequence[tuple[str, str]]


class Talk:
    """Requests of one method with one Call-ID, each with a higher CSeq (RFC 3261, 8.1.1, 10.2, 22).

    ``target`` is the Request-URI; ``to`` the address in To; ``remote_tag`` and ``routes`` are
    there once it is a dialog (12.2.1.1).
    """

    def __init__(
        self, station: Station, clients: ClientTransactions, method: str, target: str, to: str
    ) -> None:
        self.station = station
        self.method = method
        self.target = target
        self.to = to
        self.call_id = station.hex(16)
        self.tag = station.hex(6)
        self.remote_tag = ""
        self.routes: tuple[str, ...] = ()
        account = station.account
        self._credentials = Credentials(account.auth_user or account.user, account.password)
        self._clients = clients
        self._cseq = 0
        self._nonces = NonceCounts()
        self._challenges: dict[int, Challenge] = {}

    def ask(self, peer: Peer, extra: Pairs, done: Done) -> None:
        """Send a request with the headers ``extra``; ``done`` takes what came of it, once."""
        _Round(self, peer, extra, done).send()

    def send(self, peer: Peer, extra: Pairs, done: Callable[[Response | None], None]) -> None:
        """Send once, with an answer to each challenge that is known."""
        credentials = [self._answer(status) for status in self._challenges]
        self._cseq += 1
        self._clients.ask(self._request([*extra, *credentials]), peer, done)

    def challenged(self, response: Response) -> Challenge | None:
        """Keep what a 401 or 407 asks with; return it, or None if it cannot be answered."""
        name = _KINDS[response.status][0]
        values = response.headers.all(name)
        found = authorization(
            values,
            method=self.method,
            uri=self.target,
            credentials=self._credentials,
            nonces=NonceCounts(),
            cnonce=self.station.hex(8),
        )
        if found is None:
            return None
        self._challenges[response.status] = found[1]
        return found[1]

    def asked(self, status: int) -> bool:
        """Tell whether a challenge of this status was met before."""
        return status in self._challenges

    def _answer(self, status: int) -> tuple[str, str]:
        value = answer_to(
            self._challenges[status],
            method=self.method,
            uri=self.target,
            credentials=self._credentials,
            nonces=self._nonces,
            cnonce=self.station.hex(8),
        )
        return _KINDS[status][1], value

    def _request(self, extra: Pairs) -> Request:
        account = self.station.account
        own = f"<{account.address(account.user)}>;tag={self.tag}"
        to = f"<{self.to}>" + (f";tag={self.remote_tag}" if self.remote_tag else "")
        pairs = [
            *self.station.head(),
            *(("route", route) for route in self.routes),
            ("from", own),
            ("to", to),
            ("call-id", self.call_id),
            ("cseq", f"{self._cseq} {self.method}"),
            *extra,
        ]
        return Request(self.method, self.target, Headers(pairs))


class _Round:
    """One request with all its challenges."""

    def __init__(self, talk: Talk, peer: Peer, extra: Pairs, done: Done) -> None:
        self._talk = talk
        self._peer = peer
        self._extra = extra
        self._done = done
        self._rounds = 0
        self._rejected: dict[int, int] = {}
        self._shown: set[int] = set()

    def send(self) -> None:
        """Send it with what is known."""
        self._shown = {status for status in _KINDS if self._talk.asked(status)}
        self._talk.send(self._peer, self._extra, self._heard)

    def _heard(self, response: Response | None) -> None:
        if response is None or response.status not in _KINDS:
            self._done(Answer(response))
            return
        self._rounds += 1
        challenge = self._talk.challenged(response)
        if challenge is None or self._rounds > MOST_ROUNDS:
            self._done(Answer(response))
        elif self._is_rejected(response.status, challenge.stale):
            self._done(Answer(response, bad_password=True))
        else:
            self.send()

    def _is_rejected(self, status: int, stale: bool) -> bool:
        """Count what was shown and not taken; a nonce that is too old is no failure."""
        if status in self._shown and not stale:
            self._rejected[status] = self._rejected.get(status, 0) + 1
        return self._rejected.get(status, 0) >= MOST_REJECTED


def answers(request: Request, talk: Talk) -> bool:
    """Tell whether a request from outside is of the dialog of ``talk`` (RFC 3261, 12.2.2)."""
    said = request.headers.first
    theirs = tag_of(request, "from")
    ours = tag_of(request, "to")
    known = not talk.remote_tag or talk.remote_tag == theirs
    return said("call-id") == talk.call_id and ours == talk.tag and known


def newer(request: Request, last: int) -> int | None:
    """Return the CSeq of ``request`` if it is above ``last``, else None (RFC 3261, 12.2.2)."""
    number = cseq_of(request)
    return number[0] if number and number[0] > last else None
