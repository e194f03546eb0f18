"""The ways on where a remedy is beyond what the clerk may give, the quickest first."""

from care_console.authority.pane.choices import ChoiceRow
from care_console.authority.pane.remedy_view import Wanted
from care_console.authority.pane.saying import Saying, count_words
from care_console.authority.rules.limits import Verdict
from care_console.authority.rules.views import Answer, Asked, Panel
from care_console.base.names import clean, isolated
from care_console.base.spell import hour
from care_console.base.words import _, ngettext


def part(panel: Panel, wanted: Wanted) -> tuple[int, int]:
    """Return how much of it may be given now: minor units, and whole pieces if it is counted."""
    if panel.second or panel.stopped:
        return 0, 0
    allowed, offer = wanted.weigh(panel).allowed_minor, wanted.offer
    if offer.unit == "money":
        return allowed, 0
    pieces = allowed // offer.piece_minor if offer.piece_minor else 0
    return pieces * offer.piece_minor, pieces


def ways_on(panel: Panel, wanted: Wanted, asked: Asked | None, say: Saying) -> list[ChoiceRow]:
    """Return what can be done: some of it now, another remedy, a colleague's word."""
    waits = asked is not None and asked.state is Answer.WAITING
    ways = [
        _give(panel, wanted, say),
        _other(panel, wanted),
        None if waits else _send(panel),
        _desk(panel),
        _take_back() if waits else None,
    ]
    return [way for way in ways if way is not None]


def _give(panel: Panel, wanted: Wanted, say: Saying) -> ChoiceRow | None:
    minor, pieces = part(panel, wanted)
    if not minor:
        return None
    amount = say.amount(minor)
    if pieces:
        unit = wanted.offer.unit
        amount = _("{pieces}, {amount},").format(pieces=count_words(pieces, unit), amount=amount)
    words = _("Give {amount} now").format(amount=amount)
    due = panel.rest_due_at
    sub = _("the rest by {hour}").format(hour=hour(due, say.locale)) if due is not None else ""
    return ChoiceRow("give", "check", words, sub, "G")


def _other(panel: Panel, wanted: Wanted) -> ChoiceRow | None:
    free = [
        each.key
        for each in panel.offers
        if each.verdict is Verdict.GIVE and each.catalogue_id != wanted.offer.catalogue_id
    ]
    if not free:
        return None
    keys = [key for key in free if key]
    key = "" if not keys else keys[0] if len(keys) == 1 else f"{keys[0]}–{keys[-1]}"
    return ChoiceRow("other", "gift", _("Another remedy"), _("inside the limits"), key)


def _send(panel: Panel) -> ChoiceRow | None:
    if not panel.approvers:
        return None
    words = _("Send to {name}").format(name=isolated(clean(panel.approvers[0][1])))
    sub = ""
    if panel.answer_s is not None:
        minutes = max(1, round(panel.answer_s / 60))
        said = ngettext("{count} min today", "{count} min today", minutes)
        sub = said.format(count=minutes)
    return ChoiceRow("send", "stamp", words, sub, "Q")


def _desk(panel: Panel) -> ChoiceRow | None:
    if not panel.approvers:
        return None
    words = _("Ask {name} at the desk").format(name=isolated(clean(panel.approvers[0][1])))
    return ChoiceRow("desk", "lock", words, _("PIN"), "A")


def _take_back() -> ChoiceRow:
    return ChoiceRow("take_back", "undo", _("Take the question back"), "", "W")
