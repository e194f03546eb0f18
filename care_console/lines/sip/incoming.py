"""What we answer to what comes from the telephone system."""

from collections.abc import Callable, Hashable
from dataclasses import replace

from care_console.lines.line import NOBODY_HERE
from care_console.lines.sip.answers import Pairs
from care_console.lines.sip.caller import ORDER, CallerIdentity, caller_of
from care_console.lines.sip.calls import UNKNOWN, Calls
from care_console.lines.sip.deadlines import Deadline, Deadlines, Do
from care_console.lines.sip.dialog_info import CONTENT_TYPE
from care_console.lines.sip.ending import Ending, How, ending_of
from care_console.lines.sip.message import Request
from care_console.lines.sip.parts import tag_of
from care_console.lines.sip.station import AGENT, ALLOW, Mode, Station
from care_console.lines.sip.transactions import Key, Served, ServerTransactions, server_key

EVERY_S = 60.0  # RFC 3261, 13.3.1.1: say that it still rings, or a proxy gives up
PHRASES = {
    100: "Trying",
    180: "Ringing",
    200: "OK",
    405: "Method Not Allowed",
    420: "Bad Extension",
    480: "Temporarily Unavailable",
    481: "Call/Transaction Does Not Exist",
    487: "Request Terminated",
    501: "Not Implemented",
}
# What these ask for matters only to who picks up, which we never do (RFC 4028, 3891, 4538 ...)
HARMLESS = frozenset(
    {"timer", "replaces", "tdialog", "histinfo", "path", "gruu", "outbound", "privacy", "join"}
    | {
        "norefersub",
        "from-change",
        "answermode",
        "resource-priority",
        "uui",
        "ice",
        "multiple-refer",
    }
)
KNOWN = frozenset({"REGISTER", "SUBSCRIBE", "MESSAGE", "REFER", "PUBLISH"})  # not for us
IN_DIALOG = frozenset({"UPDATE", "INFO", "PRACK"})
ACCEPT = f"application/sdp, {CONTENT_TYPE}, application/simple-message-summary"


class Incoming:
    """Answers every request, and lets ``calls`` know of those that ring.

    ``notified`` takes a NOTIFY and tells whether it was asked for; ``soon`` does what may wait
    until a ring was taken.
    """

    def __init__(
        self,
        station: Station,
        servers: ServerTransactions,
        calls: Calls,
        deadlines: Deadlines,
        notified: Callable[[Request], bool],
        soon: Callable[[Do], None] = lambda do: do(),
    ) -> None:
        self.attended = True
        self._station = station
        self._servers = servers
        self._calls = calls
        self._deadlines = deadlines
        self._notified = notified
        self._soon = soon
        self._tag = station.hex(6)
        self._ringing: dict[Key, Deadline] = {}
        self._order = station.account.order or ORDER

    def take(self, served: Served) -> None:
        """Answer a new request."""
        assert served.request is not None
        request = served.request
        method = request.method
        act = {
            "INVITE": self._invite,
            "CANCEL": self._cancel,
            "BYE": self._bye,
            "OPTIONS": self._options,
            "NOTIFY": self._notify,
        }.get(method)
        if act is not None:
            act(served, request)
        elif method in IN_DIALOG:
            self._reply(served, 481)
        else:
            self._reply(served, 405 if method in KNOWN else 501, [("allow", ALLOW)])

    def let_go(self, leg: Hashable) -> None:
        """Decline what rings: it is not known any more whether somebody calls."""
        served = self._served(leg)
        if served is not None:
            self._reply(served, 480)

    def attend(self, attended: bool) -> None:
        """Let somebody be at the desk, or nobody: then what rings here is declined.

        A device that rings where nobody sits would keep callers from what the telephone system
        does for them: busy, the next in line, voicemail.
        """
        self.attended = attended
        if attended or self._station.account.mode is not Mode.HOLD:
            return
        for leg in self._calls.legs():
            self.let_go(leg)
            self._calls.step_aside(leg, NOBODY_HERE)

    def _invite(self, served: Served, request: Request) -> None:
        said = request.headers
        if tag_of(request, "to"):
            self._reply(served, 481)
            return
        missing = [tag for tag in said.all("require") if tag.lower() not in HARMLESS]
        if missing:
            self._reply(served, 420, [("unsupported", ", ".join(missing))])
            return
        if self._station.account.mode is Mode.WATCH:
            self._reply(served, 480)
            return
        self._reply(served, 100)
        who = self._who(request)
        aside = not self.attended or self._station.account.mode is not Mode.HOLD
        self._tell(served, request, who)
        if aside:
            self._reply(served, 480)
            self._calls.step_aside(served.key, UNKNOWN if self.attended else NOBODY_HERE)
        elif not self._station.account.quiet:
            self._soon(lambda: self._ring(served))

    def _who(self, request: Request) -> CallerIdentity:
        """Return who calls; where the dialled number is lost, our extension was called."""
        account = self._station.account
        who = caller_of(request, order=self._order, called_header=account.called_header)
        if self._station.token in who.called_line:
            return replace(who, called_line=account.user)
        return who

    def _tell(self, served: Served, request: Request, who: CallerIdentity) -> None:
        """Let the call be known, unless it takes the place of one that is."""
        said = request.headers.first
        replaced = said("replaces").partition(";")[0].strip()
        if replaced and self._calls.join(replaced, served.key):
            return
        self._calls.ring((said("call-id"), tag_of(request, "from")), served.key, who)

    def _ring(self, served: Served) -> None:
        """Say that it rings, and again each minute."""
        if served.final:
            return
        self._reply(served, 180, [("contact", self._station.contact())])
        again = self._deadlines.after(EVERY_S, lambda: self._ring(served))
        self._ringing[served.key] = again

    def _cancel(self, served: Served, request: Request) -> None:
        """End what rings (RFC 3261, 9.2); what was answered before stays as it is."""
        invite = self._servers.find(server_key(request, "INVITE"))
        if invite is None:
            self._reply(served, 481)
            return
        self._reply(served, 200)
        self._end(invite, ending_of(request.headers))

    def _bye(self, served: Served, request: Request) -> None:
        """End what rings by a BYE in its early dialog (RFC 3261, 15); there is no other dialog."""
        said = request.headers.first
        if tag_of(request, "to") != self._tag:
            self._reply(served, 481)
            return
        caller = (said("call-id"), tag_of(request, "from"))
        legs = [leg for leg in self._calls.legs_of(caller) if self._served(leg)]
        self._reply(served, 200 if legs else 481)
        for leg in legs:
            invite = self._served(leg)
            if invite is not None:
                self._end(invite, ending_of(request.headers))

    def _options(self, served: Served, _request: Request) -> None:
        """Say that we are there: without, Asterisk takes us for gone (RFC 3261, 11.2)."""
        self._reply(served, 200, [("allow", ALLOW), ("accept", ACCEPT), ("user-agent", AGENT)])

    def _notify(self, served: Served, request: Request) -> None:
        """Take news of the desk's telephone; of waiting messages, which nobody asked for, too."""
        event = request.headers.first("event").partition(";")[0].strip().lower()
        if event == "message-summary" or self._notified(request):
            self._reply(served, 200)
        else:
            self._reply(served, 481)

    def _end(self, invite: Served, ending: Ending) -> None:
        if invite.final:
            return
        self._reply(invite, 487)
        self._calls.leave(invite.key, ending.how is not How.MISSED, ending.cause)

    def _served(self, leg: Hashable) -> Served | None:
        return self._servers.find(leg) if isinstance(leg, tuple) else None

    def _reply(self, served: Served, status: int, extra: Pairs = ()) -> None:
        if status >= 200 and (again := self._ringing.pop(served.key, None)):
            again.cancel()
        self._servers.reply(served, status, PHRASES[status], self._tag, extra)
