"""Transactions: what is asked again until it is answered, and answered again as before."""

from collections.abc import Callable
from dataclasses import dataclass, field

from care_console.lines.sip.answers import Answers, Pairs
from care_console.lines.sip.deadlines import Deadline, Deadlines
from care_console.lines.sip.message import Request, Response, render
from care_console.lines.sip.parts import cseq_of, tag_of, via_of

T1, T2, T4 = 0.5, 4.0, 5.0  # seconds; RFC 3261, 17.1.1.1
GIVE_UP_S = 64 * T1  # timers B, F, H and J
MAGIC = "z9hG4bK"  # RFC 3261, 8.1.1.7
MOST_DONE = 4_000  # answered requests that are remembered
MOST_ASKED = 100  # requests of ours without an answer

Peer = tuple[str, int]  # numeric address and port
Send = Callable[[bytes, Peer], None]
Key = tuple[str, ...]


def server_key(request: Request, method: str | None = None) -> Key:
    """Return what tells a request's transaction (RFC 3261, 17.2.3); an ACK's is its INVITE's.

    Peers as old as RFC 2543 have no magic cookie: there it is Call-ID, CSeq, From tag and
    Request-URI, and the Via as it stands. ``method`` asks for another's, as a CANCEL does.
    """
    method = method or request.method
    method = "INVITE" if method == "ACK" else method
    via = via_of(request)
    branch = via.params.get("branch", "") if via else ""
    if via is not None and branch.startswith(MAGIC):
        return (branch.casefold(), f"{via.host}:{via.port or ''}", method)
    said = request.headers.first
    number = said("cseq").partition(" ")[0]
    return (said("call-id"), number, tag_of(request, "from"), request.uri, said("via"), method)


@dataclass(slots=True, eq=False)
class Served:
    """One request from outside, and what it was answered."""

    key: Key
    request: Request | None
    source: Peer
    answers: Answers | None
    reply: bytes = b""
    final: bool = False
    acked: bool = False
    again: Deadline | None = None
    gone: Deadline | None = None
    wait: float = T1


class ServerTransactions:
    """Requests from outside; whoever asks again gets the last reply again (RFC 3261, 17.2)."""

    def __init__(self, deadlines: Deadlines, send: Send, most_done: int = MOST_DONE) -> None:
        self.reliable = False  # over a stream nothing is sent again
        self._deadlines = deadlines
        self._send = send
        self._most_done = most_done
        self._all: dict[Key, Served] = {}
        self._done: dict[Key, None] = {}

    def __len__(self) -> int:
        return len(self._all)

    def heard(self, request: Request, source: Peer) -> Served | None:
        """Return the transaction of a new request; None for one that was served before."""
        key = server_key(request)
        known = self._all.get(key)
        if request.method == "ACK":
            if known is not None and known.final:
                self._acked(known)
            return None
        if known is not None:
            if known.reply:
                self._send(known.reply, source)
            return None
        served = self._all[key] = Served(key, request, source, Answers(request, source))
        return served

    def find(self, key: Key) -> Served | None:
        """Return the transaction of this key, also one that is answered."""
        return self._all.get(key)

    def reply(
        self, served: Served, status: int, reason: str, tag: str = "", extra: Pairs = ()
    ) -> None:
        """Answer. Nothing is said after a final answer."""
        if served.answers is None:
            return
        served.reply = served.answers.say(status, reason, tag, extra)
        self._send(served.reply, served.source)
        if status < 200:
            return
        served.final = True
        served.request = served.answers = None
        self._done[served.key] = None
        if served.key[-1] == "INVITE":
            self._until_acked(served)
        else:
            self._forget_after(served, 0.0 if self.reliable else GIVE_UP_S)
        while len(self._done) > self._most_done:
            self._forget(self._all[next(iter(self._done))])

    def clear(self) -> None:
        """Forget all: the wire that they came by is gone."""
        for served in list(self._all.values()):
            self._forget(served)

    def _until_acked(self, served: Served) -> None:
        """Say it again until it was heard: timers G and H (RFC 3261, 17.2.1)."""
        self._forget_after(served, GIVE_UP_S)
        if not self.reliable:
            served.again = self._deadlines.after(served.wait, lambda: self._say_again(served))

    def _say_again(self, served: Served) -> None:
        self._send(served.reply, served.source)
        served.wait = min(2 * served.wait, T2)
        served.again = self._deadlines.after(served.wait, lambda: self._say_again(served))

    def _acked(self, served: Served) -> None:
        """Take in ACKs that come again for a while: timer I."""
        if served.acked:
            return
        served.acked = True
        self._cancel(served)
        self._forget_after(served, 0.0 if self.reliable else T4)

    def _forget_after(self, served: Served, seconds: float) -> None:
        if seconds:
            served.gone = self._deadlines.after(seconds, lambda: self._forget(served))
        else:
            self._forget(served)

    def _forget(self, served: Served) -> None:
        self._cancel(served)
        self._all.pop(served.key, None)
        self._done.pop(served.key, None)

    def _cancel(self, served: Served) -> None:
        for deadline in (served.again, served.gone):
            if deadline is not None:
                deadline.cancel()
        served.again = served.gone = None


Answered = Callable[[Response | None], None]


@dataclass(slots=True, eq=False)
class Asked:
    """One request of ours."""

    data: bytes
    to: Peer
    done: Answered
    wait: float = T1
    proceeding: bool = False
    again: Deadline | None = None
    limit: Deadline | None = field(default=None)


class ClientTransactions:
    """Our own requests, none of which is an INVITE (RFC 3261, 17.1.2).

    On datagrams each is sent again after 500 ms, doubling to 4 s; after 32 s it is given up.
    """

    def __init__(self, deadlines: Deadlines, send: Send) -> None:
        self.reliable = False
        self._deadlines = deadlines
        self._send = send
        self._all: dict[Key, Asked] = {}

    def __len__(self) -> int:
        return len(self._all)

    def ask(self, request: Request, to: Peer, done: Answered) -> None:
        """Send ``request``; ``done`` takes the final answer once, or None if there is none."""
        while len(self._all) >= MOST_ASKED:
            self._finish(next(iter(self._all)), None)
        key = _client_key(request, request.method)
        asked = self._all[key] = Asked(render(request), to, done)
        asked.limit = self._deadlines.after(GIVE_UP_S, lambda: self._finish(key, None))
        if not self.reliable:
            asked.again = self._deadlines.after(T1, lambda: self._ask_again(asked))
        self._send(asked.data, to)

    def heard(self, response: Response) -> bool:
        """Take an answer, and tell whether it was asked for (RFC 3261, 17.1.3)."""
        number = cseq_of(response)
        key = _client_key(response, number[1] if number else "")
        asked = self._all.get(key)
        if asked is None:
            return False
        if response.status < 200:
            asked.proceeding = True
        else:
            self._finish(key, response)
        return True

    def clear(self) -> None:
        """Forget all, and tell nobody: the wire is gone, and whoever asked begins anew."""
        for key in list(self._all):
            self._let_be(self._all.pop(key))

    def _ask_again(self, asked: Asked) -> None:
        self._send(asked.data, asked.to)
        asked.wait = T2 if asked.proceeding else min(2 * asked.wait, T2)
        asked.again = self._deadlines.after(asked.wait, lambda: self._ask_again(asked))

    def _finish(self, key: Key, response: Response | None) -> None:
        asked = self._all.pop(key)
        self._let_be(asked)
        asked.done(response)

    def _let_be(self, asked: Asked) -> None:
        for deadline in (asked.again, asked.limit):
            if deadline is not None:
                deadline.cancel()


def _client_key(message: Request | Response, method: str) -> Key:
    via = via_of(message)
    return (via.params.get("branch", "") if via else "", method)
