"""What becomes of the calls for one desk, out of the events of a whole telephone system."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import IntEnum

from care_console.base.clock import Clock
from care_console.lines.ami.wire import Message
from care_console.lines.line import CallEvent, Event, Presentation

SHOWN_WITHIN_S = 0.15  # in which Asterisk has to say whether the number may be seen
NO_NEWS_S = 180.0  # after which nobody rings any more
MOST = 1_000  # calls at one time
OURS = "care-console-"  # begins the id of each call that we have asked for
ELSEWHERE = "26"  # AST_CAUSE_ANSWERED_ELSEWHERE
RINGING, UP = "5", "6"  # AST_STATE_RINGING, AST_STATE_UP

Heard = Callable[[Message, float], None]


class _Stage(IntEnum):
    CALLED = 0  # a telephone is being called, and does not ring yet
    RINGING = 1
    ANSWERED = 2
    OVER = 3


@dataclass(frozen=True, slots=True)
class Place:
    """Which devices are this desk's, as channels are named: ``PJSIP/201``."""

    phone: str = ""  # the clerk's own
    others: frozenset[str] = frozenset()  # that ring for this desk as well

    def has(self, device: str) -> bool:
        """Return whether ``device`` rings for this desk."""
        return self.is_phone(device) or device.casefold() in map(str.casefold, self.others)

    def is_phone(self, device: str) -> bool:
        """Return whether ``device`` is the clerk's own telephone."""
        return bool(self.phone) and device.casefold() == self.phone.casefold()


@dataclass(slots=True)
class _Call:
    id: str
    linked: str
    number: str
    name: str
    called: str
    heard: float
    diverted: str = ""
    stage: _Stage = _Stage.CALLED
    presentation: Presentation | None = None  # None until Asterisk says
    due: float | None = None  # until when it may
    legs: set[str] = field(default_factory=set)  # unique ids of this desk's channels
    talking: str = ""  # unique id of the channel that took it
    held: list[CallEvent] = field(default_factory=list)


class Calls:
    """Turns events into those of calls; ``now`` is in seconds, of a clock that is never set back.

    Channels are joined to a call by ``Linkedid`` when they are dialled, and known by ``Uniqueid``
    from then on: a transfer changes the former. Local channels only lead to others, and are
    passed over. A number is not told before Asterisk says that it may be seen: ``DialBegin`` and
    ``Newchannel`` have it in clear even where the caller withholds it. Where the answer is late,
    number and name are told as unavailable.
    """

    def __init__(
        self,
        line: str,
        place: Place,
        clock: Clock,
        tell: Callable[[CallEvent], None],
        ask: Callable[[str, str], None],
        within_s: float = SHOWN_WITHIN_S,
    ) -> None:
        """``ask`` gets a call's id and the channel whose presentation is to be ``presented``.

        That is waited for ``within_s`` from the first thing that there is to tell.
        """
        self._line, self._place, self._clock = line, place, clock
        self._tell_on, self._ask, self._within_s = tell, ask, within_s
        self._calls: dict[str, _Call] = {}
        self._by_leg: dict[str, _Call] = {}
        self._by_link: dict[str, _Call] = {}
        self._rung: dict[str, str] = {}  # the latest linked ids that a call was named after
        self._made: dict[str, str] = {}  # by the ids of the calls that this line has asked for
        self._exten: dict[str, str] = {}  # what the latest callers dialled, by linked id
        self._heard: dict[str, Heard] = {
            "Newchannel": self._began,
            "DialBegin": self._dialled,
            "DialState": self._dial_state,
            "DialEnd": self._dial_end,
            "Newstate": self._state,
            "Hangup": self._hung_up,
        }

    def hear(self, message: Message, now: float) -> None:
        """Take an event; most of them mean nothing to this desk."""
        heard = self._heard.get(message["Event"])
        if heard is not None:
            heard(message, now)

    def presented(self, call_id: str, value: str) -> None:
        """Take what ``CALLERID(pres)`` of a call is; nothing where Asterisk would not say."""
        call = self._calls.get(call_id)
        if call is None or call.presentation is not None:
            return
        if value.startswith("allowed"):
            call.presentation = Presentation.ALLOWED
        elif value.startswith("prohib"):
            call.presentation = Presentation.WITHHELD
        else:
            call.presentation = Presentation.UNAVAILABLE
            call.name = call.name if value == "unavailable" else ""
        self._release(call)

    def diverted(self, call_id: str, number: str) -> None:
        """Take who passed a call on; wanted before ``presented``, and nobody who withholds it."""
        if (call := self._calls.get(call_id)) is not None:
            call.diverted = number

    def next_due(self) -> float | None:
        """Return when ``pass_time`` is wanted at the latest, or None."""
        return min((due for call in self._calls.values() for due in _dues(call)), default=None)

    def pass_time(self, now: float) -> None:
        """Tell what has waited long enough, and end what nothing more is heard of."""
        for call in list(self._calls.values()):
            if call.due is not None and call.due <= now:
                self.presented(call.id, "")
            if _ages(call) and call.heard + NO_NEWS_S <= now:
                self._end(call, "no news")

    def resync(self, channels: Iterable[Message], now: float) -> None:
        """Compare what is known with all ``channels`` (CoreShowChannel) after a time unheard."""
        alive = {each["Uniqueid"]: each for each in channels}
        for leg in [leg for leg in self._made if leg not in alive]:
            del self._made[leg]
            self._tell_on(self._end_of_ours(leg, "unheard"))
        for call in list(self._calls.values()):
            self._compare(call, alive, now)
        for each in alive.values():
            rings = each["ChannelState"] == RINGING and self._place.has(device(each["Channel"]))
            if rings and each["Uniqueid"] not in self._by_leg:
                self._found(each, alive.get(each["Linkedid"]), now)

    def made(self, dialled: str) -> None:
        """Tell of this call that it is over when it is; others' consoles make calls as well."""
        _keep(self._made, dialled, "")

    def _began(self, message: Message, _now: float) -> None:
        """Keep what was dialled: behind a ring group it is only known as the group's part."""
        number, linked = _number(message["Exten"]), message["Linkedid"]
        if number and message["Uniqueid"] == linked:
            _keep(self._exten, linked, number)

    def _dialled(self, message: Message, now: float) -> None:
        called = device(message["DestChannel"])
        if not message["Channel"] or not self._place.has(called):
            return  # without a caller it is dialled by the telephone system, as we make it do
        if self._is_ours(message["Linkedid"], message["Channel"]):
            return
        number, name = message.known("CallerIDNum"), message.known("CallerIDName")
        call = self._call(message["Linkedid"], message["DestUniqueid"], number, name, now)
        if not call.legs:
            linked = message["Linkedid"]
            call.called = self._exten.get(linked) or _number(message["Exten"])
            self._ask(call.id, message["Channel"])
        self._join(call, message["DestUniqueid"])

    def _is_ours(self, linked: str, caller: str) -> bool:
        """Our own dialling never pops as a customer."""
        return linked.startswith(OURS) or self._place.is_phone(device(caller))

    def _dial_state(self, message: Message, now: float) -> None:
        if message["DialStatus"] in ("RINGING", "PROGRESS"):
            self._ring(self._by_leg.get(message["DestUniqueid"]), now)

    def _state(self, message: Message, now: float) -> None:
        call = self._by_leg.get(message["Uniqueid"])
        if call is None:
            return
        if message["ChannelState"] == RINGING:
            self._ring(call, now)
        elif message["ChannelState"] == UP:
            self._up(call, message["Uniqueid"], message["Channel"], now)

    def _dial_end(self, message: Message, now: float) -> None:
        """Who else took it is told here alone; ours has its Newstate before."""
        linked = self._by_link.get(message["DestLinkedid"]) or self._by_link.get(
            message["Linkedid"]
        )
        call = self._by_leg.get(message["DestUniqueid"]) or linked
        took = message["DestChannel"]
        if call is None or message["DialStatus"] != "ANSWER" or took.startswith("Local/"):
            return
        self._up(call, message["DestUniqueid"], took, now)

    def _hung_up(self, message: Message, now: float) -> None:
        if self._made.pop(message["Uniqueid"], None) is not None:
            self._tell_on(self._end_of_ours(message["Uniqueid"], message["Cause-txt"]))
        self._gone(message["Uniqueid"], message["Cause"], message["Cause-txt"], now)

    def _gone(self, leg: str, cause: str, words: str, now: float) -> None:
        call = self._by_leg.pop(leg, None)
        if call is None:
            return
        call.heard = now
        call.legs.discard(leg)
        if call.talking == leg:
            self._end(call, words)
        elif call.stage is _Stage.RINGING and not call.legs:
            if cause == ELSEWHERE:
                call.stage = _Stage.ANSWERED
                self._tell(call, Event.ANSWERED_ELSEWHERE, now)
            else:
                self._end(call, words)
        elif call.stage is _Stage.CALLED and not call.legs:
            self._forget(call)  # it never rang: the telephone was engaged, or switched off

    def _ring(self, call: _Call | None, now: float) -> None:
        if call is None or call.stage is not _Stage.CALLED:
            return
        call.stage = _Stage.RINGING
        call.heard = now
        self._tell(call, Event.RINGING, now)

    def _up(self, call: _Call, leg: str, channel: str, now: float) -> None:
        taken = device(channel)
        if call.talking or (call.stage is _Stage.CALLED and not self._place.has(taken)):
            return
        self._ring(call, now)  # a telephone that answers by itself never rang
        told, whose = call.stage is _Stage.ANSWERED, self._whose(taken)
        call.stage, call.talking, call.heard = _Stage.ANSWERED, leg, now
        self._by_leg[leg] = call
        if not told or whose is Event.ANSWERED:  # picked up for another: its own leg went first
            self._tell(call, whose, now)

    def _whose(self, taken: str) -> Event:
        if self._place.is_phone(taken):
            return Event.ANSWERED
        if not self._place.phone and self._place.has(taken):
            return Event.ANSWERED_SOMEWHERE
        return Event.ANSWERED_ELSEWHERE

    def _call(self, linked: str, leg: str, number: str, name: str, now: float) -> _Call:
        """Return the call that is rung for, or a new one: one is rung again after a transfer."""
        known = self._by_link.get(linked)
        if known is not None and known.stage <= _Stage.RINGING:
            return known
        while len(self._calls) >= MOST:
            oldest = next(iter(self._calls.values()))
            self.presented(oldest.id, "")
            self._end(oldest, "too many calls")
        call = _Call(self._new_id(linked, leg), linked, number, name, "", now)
        self._calls[call.id] = self._by_link[linked] = call
        return call

    def _new_id(self, linked: str, leg: str) -> str:
        if linked in self._rung:
            return f"{linked}/{leg}"
        _keep(self._rung, linked, "")
        return linked

    def _join(self, call: _Call, leg: str) -> None:
        call.legs.add(leg)
        self._by_leg[leg] = call

    def _found(self, ringing: Message, caller: Message | None, now: float) -> None:
        """Begin a call that rings already; what its telephone shows is who calls."""
        leg, linked = ringing["Uniqueid"], ringing["Linkedid"]
        if leg == linked or self._is_ours(linked, caller["Channel"] if caller else ""):
            return
        number, name = ringing.known("ConnectedLineNum"), ringing.known("ConnectedLineName")
        call = self._call(linked, leg, number, name, now)
        first = not call.legs
        self._join(call, leg)
        if first and caller is not None:
            call.called = _number(caller["Exten"])
            self._ask(call.id, caller["Channel"])
        elif first:
            self.presented(call.id, "")
        self._ring(call, now)

    def _compare(self, call: _Call, alive: dict[str, Message], now: float) -> None:
        for leg in [leg for leg in call.legs if leg in alive]:
            self._state(alive[leg], now)
        for each in alive.values():
            elsewhere = each["Linkedid"] == call.linked and each["ChannelState"] == UP
            caller = each["Uniqueid"] == call.linked or each["Channel"].startswith("Local/")
            if elsewhere and not caller and call.stage is _Stage.RINGING:
                self._up(call, each["Uniqueid"], each["Channel"], now)
        for leg in [*call.legs, call.talking]:
            if leg and leg not in alive:
                self._gone(leg, "", "unheard", now)

    def _end(self, call: _Call, cause: str) -> None:
        if call.stage in (_Stage.RINGING, _Stage.ANSWERED):
            call.stage = _Stage.OVER
            self._tell(call, Event.ENDED, call.heard, cause)
        if call.held:
            call.stage = _Stage.OVER  # it waits for Asterisk's answer, to be told whole
        else:
            self._forget(call)

    def _forget(self, call: _Call) -> None:
        self._calls.pop(call.id, None)
        for index in (self._by_leg, self._by_link):
            for key in [key for key, each in index.items() if each is call]:
                del index[key]

    def _end_of_ours(self, dialled: str, cause: str) -> CallEvent:
        return CallEvent(
            kind=Event.ENDED, call_id=dialled, line=self._line, at=self._clock(), cause=cause
        )

    def _tell(self, call: _Call, kind: Event, now: float, cause: str = "") -> None:
        event = CallEvent(
            kind=kind,
            call_id=call.id,
            line=self._line,
            at=self._clock(),
            presentation=Presentation.WITHHELD,
            called_line=call.called,
            cause=cause,
        )
        call.held.append(event)
        if call.presentation is not None:
            self._release(call)
        elif call.due is None:
            call.due = now + self._within_s

    def _release(self, call: _Call) -> None:
        """Tell what was held back, now that it is known what may be seen."""
        call.due = None
        held, call.held = call.held, []
        for event in held:
            self._tell_on(_as_presented(event, call))
        if call.stage is _Stage.OVER:
            self._forget(call)


def device(channel: str) -> str:
    """Return whose channel it is: ``PJSIP/201-0000002a`` is of ``PJSIP/201``."""
    return channel.rpartition("-")[0] or channel


def _as_presented(event: CallEvent, call: _Call) -> CallEvent:
    return CallEvent(
        kind=event.kind,
        call_id=event.call_id,
        line=event.line,
        at=event.at,
        number=call.number,
        presentation=call.presentation or Presentation.UNAVAILABLE,
        name=call.name,
        called_line=event.called_line,
        diverted_from=call.diverted,
        cause=event.cause,
    )


def _keep(latest: dict[str, str], key: str, value: str) -> None:
    while len(latest) >= MOST:
        del latest[next(iter(latest))]
    latest[key] = value


def _number(extension: str) -> str:
    """Return the extension where it is a number, and not ``s`` or a name of the dialplan."""
    return extension if extension.lstrip("+").isdigit() else ""


def _ages(call: _Call) -> bool:
    """A call under way may last; all else ends at some time, or is forgotten."""
    return call.stage is not _Stage.ANSWERED or not call.talking


def _dues(call: _Call) -> Iterable[float]:
    if call.due is not None:
        yield call.due
    if _ages(call):
        yield call.heard + NO_NEWS_S
