"""The registration: that calls come to us, for as long as the telephone system grants."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from care_console.lines.backoff import Backoff
from care_console.lines.sip.deadlines import Deadline, Deadlines
from care_console.lines.sip.message import Response
from care_console.lines.sip.parts import number_of, uri_of
from care_console.lines.sip.station import ALLOW, OURS, Station
from care_console.lines.sip.talk import Answer, Pairs, Talk
from care_console.lines.sip.transactions import ClientTransactions, Peer
from care_console.lines.sip.uri import Uri, read_address

LONGEST_EXPIRES = 86_400
MOST_MOVES = 3  # new public addresses in a row; a NAT that never holds still is left alone
WRONG = frozenset({403, 404, 410, 604})  # the account is not what it should be: no use in hammering
FORBIDDEN = 403
LONGEST_WAIT_S = 3_600.0
LEFT_BEHIND_S = 30.0  # after which an earlier registration of ours has surely ended


class Standing(Enum):
    """How the telephone system takes us."""

    REGISTERED = "registered"
    REFUSED = "refused"  # until somebody sets the line up anew, or ``Outcome.taken`` is over
    FAILED = "failed"  # for now
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one REGISTER; ``said`` is status and phrase as the telephone system sent it."""

    standing: Standing
    status: int = 0
    said: str = ""
    bad_password: bool = False
    taken: bool = False  # perhaps by a registration that was never taken back: asked again later
    strangers: int = 0  # contacts that are not ours
    near: int = 0  # of them, consoles of this computer
    expires: float = 0.0


class Registration:
    """Registers, and again before that ends (RFC 3261, 10.2).

    ``due`` is called when it is time for the next REGISTER: whoever knows where the server is
    calls ``register``. ``told`` takes the outcome of each.
    """

    def __init__(
        self,
        station: Station,
        clients: ClientTransactions,
        deadlines: Deadlines,
        backoff: Backoff,
        due: Callable[[], None],
        told: Callable[[Outcome], None],
    ) -> None:
        account = station.account
        server = f"sip:{account.domain}"
        self._station = station
        self._deadlines = deadlines
        self._backoff = backoff
        self._due = due
        self._told = told
        self._talk = Talk(station, clients, "REGISTER", server, account.address(account.user))
        self._expires = account.expires
        self._next: Deadline | None = None
        self._bound = ""  # the Contact that the registrar has
        self._moves = 0
        self._turn = 0  # what is heard of an earlier one does not count

    def register(self, peer: Peer) -> None:
        """Ask the server at ``peer`` to let our calls come here."""
        self._cancel()
        self._turn += 1
        turn, contact = self._turn, self._station.contact()
        extra = [("contact", f"{contact};expires={self._expires}"), *self._old(contact)]
        extra += [("expires", str(self._expires)), ("allow", ALLOW)]

        def done(answer: Answer) -> None:
            if turn == self._turn:
                self._heard(answer, peer, contact)

        self._talk.ask(peer, extra, done)

    def unregister(self, peer: Peer, done: Callable[[], None]) -> None:
        """Take back our own contact and no other (RFC 3261, 10.2.2)."""
        self._cancel()
        self._turn += 1
        bound, self._bound = self._bound, ""
        if not bound:
            done()
            return
        extra: Pairs = [("contact", f"{bound};expires=0"), ("expires", "0")]
        self._talk.ask(peer, extra, lambda _answer: done())

    def now(self) -> None:
        """Register at once: the computer slept, its clock jumped, or it is elsewhere."""
        self._cancel()
        self._backoff.reset()
        self._due()

    def later(self) -> float:
        """Try again after a while, which is returned: the server could not be reached."""
        return self._wait(self._backoff.next())

    def stop(self) -> None:
        """Do nothing more."""
        self._turn += 1
        self._cancel()

    def _old(self, contact: str) -> list[tuple[str, str]]:
        """Return what takes back the contact at which we are no more."""
        if not self._bound or self._bound == contact:
            return []
        return [("contact", f"{self._bound};expires=0")]

    def _heard(self, answer: Answer, peer: Peer, contact: str) -> None:
        response = answer.response
        if response is None:
            self._wait(self._backoff.next())
            self._told(Outcome(Standing.SILENT))
        elif 200 <= response.status < 300:
            self._bound = contact
            self._granted(response, peer)
        elif response.status == 423 and self._longer(response):
            self.register(peer)
        elif answer.bad_password or response.status in WRONG:
            self._refused(response, answer.bad_password)
        else:
            asked = number_of(response.headers.first("retry-after")) or 0
            self._wait(self._backoff.next(min(asked, LONGEST_WAIT_S)))
            self._told(Outcome(Standing.FAILED, response.status, _said(response)))

    def _refused(self, response: Response, bad_password: bool) -> None:
        """Ask no more, but of one that knew its password: for it there may only be no room.

        So says Asterisk where max_contacts is reached, as by a console whose power was cut.
        """
        self._cancel()
        known = self._talk.asked(401) or self._talk.asked(407)
        taken = known and not bad_password and response.status == FORBIDDEN
        if taken:
            self._wait(self._expires + LEFT_BEHIND_S)
        said = _said(response)
        self._told(Outcome(Standing.REFUSED, response.status, said, bad_password, taken))

    def _longer(self, response: Response) -> bool:
        """Ask for as long as a 423 wants; tell whether that is longer (RFC 3261, 10.2.8)."""
        least = number_of(response.headers.first("min-expires")) or 0
        if not self._expires < least <= LONGEST_EXPIRES:
            return False
        self._expires = least
        return True

    def _granted(self, response: Response, peer: Peer) -> None:
        if self._station.learn(response) and self._moves < MOST_MOVES:
            self._moves += 1
            self.register(peer)
            return
        self._moves = 0
        granted, others = self._contacts(response)
        said = _said(response)
        if not granted:  # no calls come, whatever the status says
            self._wait(self._backoff.next())
            self._told(Outcome(Standing.FAILED, response.status, said))
            return
        self._backoff.reset()
        self._wait(refresh_after(granted))
        self._told(
            Outcome(
                Standing.REGISTERED,
                response.status,
                said,
                strangers=len(others),
                near=sum(each is not None and self._is_near(each) for each in others),
                expires=granted,
            )
        )

    def _is_near(self, uri: Uri) -> bool:
        return uri.user.startswith(OURS) and uri.host == self._station.public[0]

    def _contacts(self, response: Response) -> tuple[int, list[Uri | None]]:
        """Return for how long OUR contact is granted, and which others there are.

        RFC 3261, 10.2.4: a 200 lists all of them, each with its own time.
        """
        said = number_of(response.headers.first("expires"))
        granted: int | None = None
        others: list[Uri | None] = []
        for value in response.headers.all("contact"):
            uri = uri_of(value)
            address = read_address(value)
            own = number_of(address.params.get("expires", "")) if address else None
            if uri is not None and uri.user == self._station.token:
                granted = max(granted or 0, own if own is not None else said or self._expires)
            elif own != 0:
                others.append(uri)
        if granted is None:
            granted = said if said is not None else self._expires
        return granted, others

    def _wait(self, seconds: float) -> float:
        self._cancel()
        self._next = self._deadlines.after(seconds, self._due)
        return seconds

    def _cancel(self) -> None:
        if self._next is not None:
            self._next.cancel()
            self._next = None


def refresh_after(granted: float) -> float:
    """Return when to register again: at 90 % of what was granted, or 30 s before its end.

    Whichever comes first; of less than a minute, at its half.
    """
    return max(1.0, granted / 2, min(0.9 * granted, granted - 30))


def _said(response: Response) -> str:
    return f"{response.status} {response.reason}".strip()
