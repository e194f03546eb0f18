"""How duties read: in a list, in full, and in a card's history."""

from datetime import datetime, timedelta

from care_console.base.names import clean
from care_console.base.spell import at_words, hour
from care_console.base.words import N_, _, ngettext
from care_console.journal.rules import Entry, Line, Words
from care_console.promises.rules.duty import Duty, DutyKind, DutyState, Part

BEGUN_MINUTE = timedelta(minutes=1) - timedelta(microseconds=1)  # counts as a whole one

PART_WORDS = {
    Part.LATE: N_("Late"),
    Part.WAITING: N_("Waiting for your word"),
    Part.FOLLOW_UPS: N_("Follow-ups"),
    Part.DELIVERIES: N_("To be delivered"),
    Part.OTHERS: N_("Promises and others"),
}
KIND_WORDS = {
    DutyKind.FOLLOW_UP: N_("Follow-up"),
    DutyKind.REQUEST: N_("A colleague asks"),
    DutyKind.DELIVERY: N_("To be delivered"),
    DutyKind.COURTESY: N_("Courtesy contact"),
    DutyKind.CHECK_ON: N_("Check on a colleague"),
    DutyKind.STEP: N_("Step of a recovery"),
    DutyKind.COME: N_("A colleague calls"),
    DutyKind.OTHER: N_("Promise"),
}
ICONS = {
    DutyKind.FOLLOW_UP: "heart",
    DutyKind.REQUEST: "stamp",
    DutyKind.DELIVERY: "gift",
    DutyKind.COURTESY: "phone-out",
    DutyKind.CHECK_ON: "person",
    DutyKind.STEP: "list",
    DutyKind.COME: "people",
    DutyKind.OTHER: "flag",
}


def part_words(part: Part) -> str:
    """Return the head over a part of the day's list."""
    return _(PART_WORDS[part])


def kind_words(kind: DutyKind) -> str:
    """Return what kind of duty it is, as the screen says it."""
    return _(KIND_WORDS[kind])


def span_words(span: timedelta) -> str:
    """Return how long that is, the way one says it: ``18 min``, ``1 h 18 min``, ``3 days``."""
    minutes = max(0, int(span.total_seconds())) // 60
    hours, left = divmod(minutes, 60)
    if hours >= 24:
        days = hours // 24
        return ngettext("{count} day", "{count} days", days).format(count=days)
    if not hours:
        return _("{minutes} min").format(minutes=left)
    if not left:
        return _("{hours} h").format(hours=hours)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=left)


def late_words(due_at: datetime, now: datetime) -> str:
    """Return how late something is: ``42 min late``, ``2 h late``, or ``due now``."""
    late = now - due_at
    if late < timedelta(minutes=1):
        return _("due now")
    if late >= timedelta(hours=1):
        late = timedelta(hours=late // timedelta(hours=1))
    return _("{time} late").format(time=span_words(late))


def when_words(duty: Duty, now: datetime, locale: str) -> str:
    """Return what stands at the end of a row: ``42 min late``, ``12:00``, ``by Mon 21 17:00``."""
    stands = duty.state(now)
    if duty.settled_at is not None:
        return hour(duty.settled_at, locale)
    if stands is DutyState.OVERDUE:
        return late_words(duty.due_at, now)
    if stands is not DutyState.LATER:
        return hour(duty.due_at, locale)
    return _("by {when}").format(when=at_words(duty.due_at, now, locale))


def due_words(duty: Duty, now: datetime, locale: str) -> str:
    """Return in a sentence by when it is owed, and how it stands."""
    due = at_words(duty.due_at, now, locale)
    stands = duty.state(now)
    if duty.settled_at is not None:
        return _settled_words(duty, now, locale)
    if stands is DutyState.OVERDUE:
        words = _("It was due {when}: {late}.")
        return words.format(when=due, late=late_words(duty.due_at, now))
    if stands is DutyState.SOON:
        left = span_words(duty.due_at - now + BEGUN_MINUTE)
        return _("Due {when}, in {time}.").format(when=due, time=left)
    return _("Due {when}.").format(when=due)


def came_words(duty: Duty, now: datetime, locale: str) -> str:
    """Return since when it is owed, and whether it was moved."""
    made = at_words(duty.made_at, now, locale)
    by = clean(duty.made_by)
    said = _("Made by {name}, {when}.") if by else _("Made {when}.")
    said = said.format(name=by, when=made)
    if not duty.moved:
        return said
    first = at_words(duty.first_due_at, now, locale)
    times = ngettext("Moved once", "Moved {count} times", duty.moved).format(count=duty.moved)
    return _("{made} {times}; at first it was due {when}.").format(
        made=said, times=times, when=first
    )


def owner_words(duty: Duty) -> str:
    """Return who is to do it."""
    if duty.owner_card_id is not None:
        return clean(duty.owner)
    return clean(duty.department) or _("Nobody has it yet")


def sub_words(duty: Duty, own_card_id: int | None, now: datetime, locale: str) -> str:
    """Return the second line of a row: whom it is for, and whose it is if not one's own."""
    name = clean(duty.card)
    whom = "" if name and name.casefold() in clean(duty.title).casefold() else name
    own = duty.owner_card_id is not None and duty.owner_card_id == own_card_id
    whose = "" if own else owner_words(duty)
    said = (whom, whose, recovery_words(duty))
    return " · ".join(each for each in said if each) or _since_words(duty, now, locale)


def recovery_words(duty: Duty) -> str:
    """Return that a recovery was begun because it was broken, or nothing."""
    if duty.recovery_id is None:
        return ""
    return _("recovery R-{id} begun").format(id=duty.recovery_id)


def _since_words(duty: Duty, now: datetime, locale: str) -> str:
    if duty.kind is DutyKind.REQUEST and (name := clean(duty.made_by)):
        return _("{name} asks").format(name=name)
    if duty.kind is DutyKind.OTHER:
        return _("Promised {when}").format(when=at_words(duty.made_at, now, locale))
    return kind_words(duty.kind)


def _settled_words(duty: Duty, now: datetime, locale: str) -> str:
    at = at_words(duty.settled_at or now, now, locale)
    if duty.state(now) is DutyState.WITHDRAWN:
        return _("Withdrawn {when}.").format(when=at)
    by = clean(duty.settled_by)
    words = _("Done {when} by {name}.") if by else _("Done {when}.")
    return words.format(when=at, name=by)


def _title(entry: Entry) -> str:
    return str(entry.personal.get("duty", ""))


def _with_why(entry: Entry) -> str:
    said = (_title(entry), str(entry.personal.get("why", "")))
    return " · ".join(each for each in said if each)


def _made(entry: Entry) -> Line:
    return Line(_("Promised"), _title(entry), "flag", "accent", "contacts")


def _done(entry: Entry) -> Line:
    late = bool(entry.facts.get("late"))
    title = _("Done, later than promised") if late else _("Done as promised")
    return Line(title, _title(entry), "check", "warn" if late else "ok", "contacts")


def _undone(entry: Entry) -> Line:
    return Line(_("Not done after all"), _title(entry), "undo", "text2", "contacts")


def _moved(entry: Entry) -> Line:
    late = bool(entry.facts.get("late"))
    title = _("Moved after it was due") if late else _("Moved to another time")
    return Line(title, _with_why(entry), "clock", "warn" if late else "text2", "contacts")


def _moved_back(entry: Entry) -> Line:
    return Line(_("Moved back to the time before"), _title(entry), "undo", "text2", "contacts")


def _handed_over(entry: Entry) -> Line:
    to = str(entry.personal.get("to", ""))
    title = _("Handed over to {name}").format(name=clean(to)) if to else _("Handed over")
    return Line(title, _title(entry), "swap", "text2", "contacts")


WORDS: Words = {
    "duty_made": _made,
    "duty_done": _done,
    "duty_undone": _undone,
    "duty_moved": _moved,
    "duty_moved_back": _moved_back,
    "duty_handed_over": _handed_over,
}
