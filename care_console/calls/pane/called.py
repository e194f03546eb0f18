"""How a call reads in a list: who it was, what became of it, and when."""

from datetime import datetime

from care_console.base.names import clean, isolated
from care_console.base.phone import show
from care_console.base.spell import day, hour
from care_console.base.words import _, ngettext
from care_console.calls.pane.words import joined
from care_console.calls.rules import CallRow, CallState
from care_console.calls.rules.listing import came_to
from care_console.kit import DayRow

ICONS: dict[str, str] = {
    CallState.RINGING: "phone-in",
    CallState.MISSED: "phone-missed",
    CallState.IGNORED: "minus",
    CallState.OUTGOING: "phone-out",
}


def who_rang(call: CallRow) -> str:
    """Return who called, or whom we called, as far as that is known."""
    return clean(call.card_name) or clean(call.name) or number_words(call)


def number_words(call: CallRow) -> str:
    """Return the number, or that there was none and why."""
    if call.presentation == "withheld":
        return _("Number withheld")
    return show(clean(call.number)) if call.number else _("No number was sent")


def when_words(at: datetime, now: datetime, locale: str) -> str:
    """Return the hour of what was today, and day and hour of what was before."""
    today = at.astimezone().date() == now.astimezone().date()
    return hour(at, locale) if today else joined(day(at, now, locale), hour(at, locale))


def call_row(call: CallRow, now: datetime, locale: str, count: int = 1) -> DayRow:
    """Return a call as a row; ``count`` calls of one number are one."""
    waits = call.state == CallState.MISSED and not call.seen
    became = came_to(call)
    if count > 1:
        times = ngettext("rang once", "rang {count} times", count).format(count=count)
        became = _("{what}, {times}").format(what=became, times=times)
    elif call.state == CallState.MISSED and call.seen:
        became = _("Missed, seen to")
    called = _("on {called}").format(called=isolated(clean(call.called))) if call.called else ""
    number = number_words(call) if call.card_name or call.name else ""
    return DayRow(
        id=call.id,
        icon=ICONS.get(call.state, "phone-out" if call.direction == "out" else "phone"),
        title=who_rang(call),
        sub=joined(became, number, called),
        when=when_words(call.started_at, now, locale),
        late=waits,
    )
