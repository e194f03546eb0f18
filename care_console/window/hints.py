"""Which keys the foot of the Desk names, by what there is to do."""

from collections.abc import Sequence

from care_console.base.words import _
from care_console.calls.rules import Match
from care_console.window.around import Around

Hints = Sequence[tuple[str, str]]  # a printed key, and a word


def hints(around: Around) -> Hints:
    """Return the keys that are wanted most right now, the first one first."""
    strip, deck = around.strip.shown, around.deck
    named: list[tuple[str, str]] = []
    if strip == "ringing":
        named += [("F2", _("I have it")), ("⇧ Esc", _("later"))]
    elif strip == "answered":
        named += [("F2", _("it was me")), ("⇧ Esc", _("a colleague"))]
    named += _about_caller(around)
    if deck.front is not None:
        done = (_("Ctrl ↵"), _("save, ready")) if around.contact.wrapping else ("F4", _("wrap up"))
        named.append(done)
    if around.centre.card_id is not None:
        named.append((_("Ctrl D"), _("details")))
    if not named:
        named += [(_("Ctrl K"), _("find")), (_("Ctrl B"), _("at the counter"))]
    return [*named[:5], ("F5", _("my day")), ("F1", _("all keys"))]


def _about_caller(around: Around) -> Hints:
    caller = around.centre.caller
    if caller is None:
        return []
    if caller.match is Match.SHARED:
        return [("1–9", _("who it is")), ("0", _("not known"))]
    if caller.match is Match.MAYBE:
        return [("1–9", _("it is they")), ("0", _("not known"))]
    return [(_("Ctrl 1–6"), _("this card")), (_("Ctrl N"), _("new card"))]
