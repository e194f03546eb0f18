"""The calls of one line: legs that are one call, and what the clerk's own telephone makes of it."""

import secrets
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field

from care_console.lines.line import Event, Presentation
from care_console.lines.sip.caller import CallerIdentity
from care_console.lines.sip.deadlines import Deadline, Deadlines

MOST_DIALOGS = 50  # of one telephone
MOST = 5_000  # calls at one time; of more, the oldest is given up
MOST_LEGS = 50  # of one call; more is a telephone system that calls itself
NO_NEWS_S = 180.0  # of ringing, and whoever called us is not there any more
NO_PHONE_S = 60.0  # of ringing that we do not take part in, with no telephone that tells of it
LONGEST_TALK_S = 12 * 3600.0
WEIGHED_S = 1.0  # our leg's end and the telephone's answer come in either order
SHORTEST_ALIKE = 7  # digits by which two spellings of one number are known as one

UNKNOWN, GIVEN_UP = "unknown", "given up"

CallKey = tuple[str, str]  # Call-ID and From tag: all forks of a call share them


NOBODY = CallerIdentity(None, "", Presentation.UNAVAILABLE, "", "")


@dataclass(slots=True, eq=False)
class Call:
    """One call, however many legs of it ring here."""

    who: CallerIdentity
    key: CallKey | None = None
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    legs: set[Hashable] = field(default_factory=set)
    elsewhere: bool = False
    cause: str = ""
    talks: bool = False
    verdict: Deadline | None = None
    limit: Deadline | None = None


@dataclass(slots=True)
class Dialog:
    """What the clerk's own telephone does, as far as it was told."""

    who: CallerIdentity
    answered_at: float | None = None
    ringing: Call | None = None
    talking: Call | None = None


Tell = Callable[[Event, Call], None]


class Calls:
    """Which calls there are; each change is told once.

    ``tell`` takes what is told of a call. ``let_go`` takes a leg that is to be answered because
    its call was given up. ``watched``: the clerk's own telephone tells what it does.
    """

    def __init__(
        self, deadlines: Deadlines, tell: Tell, let_go: Callable[[Hashable], None], most: int = MOST
    ) -> None:
        self.watched = False
        self._deadlines = deadlines
        self._tell = tell
        self._let_go = let_go
        self._most = most
        self._open: dict[str, Call] = {}
        self._by_key: dict[CallKey, Call] = {}
        self._by_leg: dict[Hashable, Call] = {}
        self._dialogs: dict[str, Dialog] = {}

    def __len__(self) -> int:
        return len(self._open)

    def ring(self, key: CallKey, leg: Hashable, who: CallerIdentity) -> bool:
        """Let ``leg`` ring, and tell whether that is a new call.

        A further branch of the same Call-ID and From tag is a leg of the same call (RFC 3261,
        section 8.2.2.2); so is one that comes while it is weighed how the call has ended. One
        too many is let go.
        """
        call = self._by_key.get(key)
        new = call is None
        if call is None:
            call = self._begin(who, key)
        elif len(call.legs) >= MOST_LEGS:
            self._let_go(leg)
            return False
        self._join(call, leg)
        if new:
            self._link(call)
        return new

    def join(self, known: str, leg: Hashable) -> bool:
        """Let ``leg`` be of the call with this Call-ID, as Replaces says; tell if one is known."""
        for (call_id, _tag), call in self._by_key.items():
            if call_id == known:
                self._join(call, leg)
                return True
        return False

    def leave(self, leg: Hashable, elsewhere: bool = False, cause: str = "") -> None:
        """Let ``leg`` have ended from the other side; with the last one ends the call."""
        call = self._by_leg.pop(leg, None)
        if call is None:
            return
        call.legs.discard(leg)
        if call.talks:
            return  # that our leg ended is no end of the call
        call.elsewhere |= elsewhere
        call.cause = cause or call.cause
        if call.legs:
            return
        if not self.watched:
            self._decide(call)
        elif not self._just_answered(call):
            call.verdict = self._deadlines.after(WEIGHED_S, lambda: self._decide(call))

    def step_aside(self, leg: Hashable, cause: str = UNKNOWN) -> None:
        """Let ``leg`` have been declined by us: the call goes on without it.

        What becomes of it the clerk's own telephone tells; without one, nobody can know, and it
        ends here with ``cause``.
        """
        call = self._by_leg.pop(leg, None)
        if call is None:
            return
        call.legs.discard(leg)
        if call.legs or call.talks:
            return
        if not self.watched:
            call.cause = cause
            self._end(call)
        elif call not in [dialog.ringing for dialog in self._dialogs.values()]:
            self._limit(call, NO_PHONE_S)

    def phone_rings(self, dialog_id: str, who: CallerIdentity, tells: bool = False) -> None:
        """Let the clerk's own telephone ring; it ``tells`` of calls that do not ring here."""
        dialog = self._dialog(dialog_id)
        if dialog.ringing and not may_be(dialog.ringing.who, who):
            self._stops(dialog)
        dialog.who = who
        dialog.answered_at = None
        if dialog.ringing is None:
            dialog.ringing = self._find_aside(who) or (self._begin(who, None) if tells else None)
            if dialog.ringing is not None:
                self._limit(dialog.ringing, NO_NEWS_S)

    def phone_answers(self, dialog_id: str, who: CallerIdentity | None = None) -> None:
        """Let the clerk's own telephone be in a call; ``who`` where that says with whom."""
        dialog = self._dialog(dialog_id)
        dialog.who = who or dialog.who
        if dialog.talking is not None:
            if dialog.ringing is not None:  # of one of two, and nothing says of which
                self._finish(dialog.ringing, Event.ANSWERED_SOMEWHERE)
                dialog.ringing = None
            return
        if dialog.answered_at is not None:
            return  # told again
        dialog.answered_at = self._deadlines.seconds()
        call = self._meant(dialog)
        if call is not None:
            self._take(call, dialog)

    def phone_ends(self, dialog_id: str, cause: str = "") -> None:
        """Let the clerk's own telephone have hung up, or have stopped ringing."""
        dialog = self._dialogs.pop(dialog_id, None)
        if dialog is None:
            return
        for call in (dialog.talking, dialog.ringing):
            if call is not None and not call.legs and call.verdict is None:
                call.cause = cause or call.cause
                self._end(call)

    def phone_has(self, dialog_ids: Iterable[str]) -> None:
        """Let the clerk's own telephone have no calls but these (RFC 4235: state is full)."""
        for dialog_id in set(self._dialogs) - set(dialog_ids):
            self.phone_ends(dialog_id)

    def legs(self) -> list[Hashable]:
        """Return what rings here."""
        return list(self._by_leg)

    def legs_of(self, key: CallKey) -> list[Hashable]:
        """Return what rings here of one call."""
        call = self._by_key.get(key)
        return list(call.legs) if call else []

    def _dialog(self, dialog_id: str) -> Dialog:
        if dialog_id not in self._dialogs:
            while len(self._dialogs) >= MOST_DIALOGS:
                self.phone_ends(next(iter(self._dialogs)), UNKNOWN)
            self._dialogs[dialog_id] = Dialog(NOBODY)
        return self._dialogs[dialog_id]

    def _begin(self, who: CallerIdentity, key: CallKey | None) -> Call:
        while len(self._open) >= self._most:
            self._give_up(next(iter(self._open.values())), GIVEN_UP)
        call = Call(who, key)
        self._open[call.id] = call
        if key is not None:
            self._by_key[key] = call
        self._limit(call, NO_NEWS_S)
        self._tell(Event.RINGING, call)
        return call

    def _join(self, call: Call, leg: Hashable) -> None:
        if call.verdict is not None:
            call.verdict.cancel()
            call.verdict = None
        call.legs.add(leg)
        self._by_leg[leg] = call

    def _limit(self, call: Call, seconds: float) -> None:
        if call.limit is not None:
            call.limit.cancel()
        call.limit = self._deadlines.after(seconds, lambda: self._give_up(call, UNKNOWN))

    def _give_up(self, call: Call, cause: str) -> None:
        for leg in list(call.legs):
            self._let_go(leg)
        call.cause = cause
        self._end(call)

    def _decide(self, call: Call) -> None:
        if not call.elsewhere:
            self._end(call)
        elif self.watched:
            self._finish(call, Event.ANSWERED_ELSEWHERE)
        else:
            self._finish(call, Event.ANSWERED_SOMEWHERE)

    def _end(self, call: Call) -> None:
        self._finish(call, Event.ENDED)

    def _finish(self, call: Call, event: Event) -> None:
        """Forget ``call``, and tell ``event`` as its last."""
        if self._open.pop(call.id, None) is None:
            return
        for deadline in (call.verdict, call.limit):
            if deadline is not None:
                deadline.cancel()
        call.verdict = call.limit = None
        if call.key is not None:
            self._by_key.pop(call.key, None)
        for leg in call.legs:
            self._by_leg.pop(leg, None)
        call.legs.clear()
        for dialog in self._dialogs.values():
            dialog.ringing = None if dialog.ringing is call else dialog.ringing
            dialog.talking = None if dialog.talking is call else dialog.talking
        self._tell(event, call)

    def _take(self, call: Call, dialog: Dialog) -> None:
        """Let the clerk's own telephone have answered ``call``."""
        if call.verdict is not None:
            call.verdict.cancel()
            call.verdict = None
        dialog.talking, dialog.ringing = call, None
        dialog.answered_at = self._deadlines.seconds() - 2 * WEIGHED_S  # it is spoken for
        call.talks, call.cause = True, ""
        self._limit(call, LONGEST_TALK_S)
        self._tell(Event.ANSWERED, call)

    def _meant(self, dialog: Dialog) -> Call | None:
        """Return the call that the telephone answered, if that is sure already.

        One whose legs have just ended; else the one that the telephone rang for; else the only
        one that has its number. Where the number is not told, our leg's end has to agree.
        """
        mine = [call for call in self._open.values() if not call.talks]
        mine = [call for call in mine if may_be(call.who, dialog.who)]
        for call in mine:
            if call.verdict is not None:
                return call
        rung = dialog.ringing
        if rung in mine and rung is not None and (not rung.legs or same(rung.who, dialog.who)):
            return rung
        alone = [call for call in mine if same(call.who, dialog.who)]
        return alone[0] if len(alone) == 1 else None

    def _just_answered(self, call: Call) -> bool:
        """Let the telephone that was picked up a moment ago have taken ``call``; tell whether."""
        since = self._deadlines.seconds() - WEIGHED_S
        for dialog in self._dialogs.values():
            at = dialog.answered_at
            if at is not None and at >= since and may_be(call.who, dialog.who):
                self._take(call, dialog)
                return True
        return False

    def _link(self, call: Call) -> None:
        """Let ``call`` be the one that the clerk's own telephone began to ring for before."""
        for dialog in self._dialogs.values():
            free = dialog.ringing is None and dialog.talking is None and dialog.answered_at is None
            if free and may_be(call.who, dialog.who):
                dialog.ringing = call
                return

    def _find_aside(self, who: CallerIdentity) -> Call | None:
        """Return the first call that no telephone is known to ring for, and that may be ``who``."""
        linked = [dialog.ringing for dialog in self._dialogs.values()]
        for call in self._open.values():
            if not call.talks and call not in linked and may_be(call.who, who):
                return call
        return None

    def _stops(self, dialog: Dialog) -> None:
        """Let the telephone have stopped ringing for the call that it rang for."""
        call, dialog.ringing = dialog.ringing, None
        if call is not None and not call.legs and call.verdict is None:
            self._end(call)


def may_be(one: CallerIdentity, other: CallerIdentity) -> bool:
    """Tell whether both may be one caller; whoever hides may be anybody."""
    return not one.number or not other.number or alike(one.number, other.number)


def same(one: CallerIdentity, other: CallerIdentity) -> bool:
    """Tell whether both are of one number."""
    return bool(one.number and other.number) and may_be(one, other)


def alike(one: str, other: str) -> bool:
    """Tell whether two spellings may be one number: ``+44 20 7946 0000`` and ``02079460000``."""
    first, second = _digits(one), _digits(other)
    if not first or not second:
        return one.casefold() == other.casefold()
    short, long = sorted((first.lstrip("0"), second.lstrip("0")), key=len)
    return short == long or (len(short) >= SHORTEST_ALIKE and long.endswith(short))


def _digits(number: str) -> str:
    return "".join(filter(str.isdecimal, number))
