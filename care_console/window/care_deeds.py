"""What can be done for a customer who was let down, and with the desk itself, with its keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from care_console.base.words import N_
from care_console.recovery.rules import Shown
from care_console.window.palette import GLYPH

if TYPE_CHECKING:
    from care_console.window.furniture import Furniture


def bind_care(here: Furniture) -> None:
    """Register what belongs to recoveries and remedies, and to difficult moments."""
    care = here.care
    recovery, wording = N_("Recovery: go to it, or begin one"), N_("Say it in other words")
    remedies, verify = N_("What you can do now"), N_("Verify the caller: ask what they know")
    _bind(here, "recovery", recovery, "F7", care.go_to_recovery, "heart", N_("recovery"))
    _bind(here, "next wording", wording, "Shift+F7", care.next_wording, "quote")
    _bind(here, "remedies", remedies, "F8", care.go_to_remedies, "gift", N_("what you can do"))
    _bind(here, "verify", verify, "Ctrl+Shift+V", care.ask_facts, "shield")
    _bind_others(here)
    _bind_coming(here)
    _bind_words(here)


def _bind_others(here: Furniture) -> None:
    care = here.care
    deliveries = here.window.registry.add(
        "deliveries",
        N_("What is to be delivered"),
        ("Ctrl+Shift+D",),
        lambda: here.others.go_to(here.others.deliveries),
    )
    deliveries.setProperty(GLYPH, "gift")
    difficult = (
        ("abuse", N_("The caller is abusive"), "", care.show_abuse, "shield"),
        (
            "emergency",
            N_("Emergency: what to say and do"),
            "Ctrl+F12",
            care.show_emergency,
            "alert",
        ),
        (
            *("colleague", N_("Call a colleague to the desk, silently"), "Ctrl+F9"),
            *(care.call_colleague, "people"),
        ),
    )
    for id, words, key, run, glyph in difficult:
        _bind(here, id, words, key, run, glyph, always=True)


def _bind_coming(here: Furniture) -> None:
    called = here.care.called
    coming = here.window.registry.add(
        "coming",
        N_("Come to the colleague who calls"),
        ("Ctrl+Shift+F9",),
        called.come,
        enabled=lambda: called.call is not None,
    )
    coming.setProperty(GLYPH, "people")


def _bind_words(here: Furniture) -> None:
    shown = (
        (Shown.ALWAYS, N_("Words to say: always shown")),
        (Shown.KEY, N_("Words to say: on a key")),
        (Shown.NEVER, N_("Words to say: never")),
    )
    for when, words in shown:
        run = partial(here.care.set_words, when)
        _bind(here, f"words {when}", words, "", run, "quote", always=True)


def bind_session(here: Furniture) -> None:
    """Register what belongs to whoever sits at the desk."""
    add = here.window.registry.add
    lock = add(
        "lock",
        N_("Lock this desk"),
        ("Ctrl+Shift+L",),
        here.session.lock,
        sub=N_("leave it for a while"),
    )
    change = add(
        "change clerk",
        N_("Another clerk sits here"),
        ("Ctrl+Shift+K",),
        here.session.change,
        sub=N_("change of clerk, sign in, sign out"),
    )
    for action, glyph in ((lock, "lock"), (change, "swap")):
        action.setProperty(GLYPH, glyph)


def _at_desk(here: Furniture, do: Callable[[], None]) -> None:
    here.window.show_page("desk")
    do()


def _bind(
    here: Furniture,
    id: str,
    words: str,
    key: str,
    run: Callable[[], None],
    glyph: str,
    hint: str = "",
    *,
    always: bool = False,
) -> None:
    action = here.window.registry.add(
        id,
        words,
        (key,) if key else (),
        lambda: _at_desk(here, run),
        enabled=lambda: always or here.shows_card,
        hint=hint,
    )
    action.setProperty(GLYPH, glyph)
