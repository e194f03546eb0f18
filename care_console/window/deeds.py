"""What can be done at the Desk, with its keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from care_console.base.words import N_, _
from care_console.calls.rules import ON_A_DIGIT, Channel, outcome_words
from care_console.kit.theme import Mode
from care_console.window.care_deeds import bind_care, bind_session
from care_console.window.guarding import bind_privacy
from care_console.window.palette import GLYPH
from care_console.window.rereading import RereadHere

if TYPE_CHECKING:
    from care_console.window.furniture import Furniture


def bind_deeds(here: Furniture) -> None:
    """Register what the Desk can do."""
    _bind_call(here)
    here.calling.bind()
    _bind_contact(here)
    _bind_ends(here)
    _bind_card(here)
    _bind_places(here)
    _bind_exchange(here)
    bind_care(here)
    bind_session(here)
    bind_privacy(here)
    RereadHere(here)
    _bind_colours(here)


def _bind_call(here: Furniture) -> None:
    add, flow, deck = here.window.registry.add, here.flow, here.around.deck
    take = add("take", N_("I have it: take the call"), ("F2",), flow.take, hint=N_("I have it"))
    later = add(
        "later", N_("Later: put the ring off"), ("Shift+Esc",), flow.put_off, hint=N_("later")
    )
    wrap_up = add(
        "wrap up",
        N_("Wrap up the contact"),
        ("F4",),
        lambda: _then_desk(here, here.contact.wrap_up),
        enabled=lambda: deck.front is not None,
        hint=N_("wrap up"),
    )
    for action, glyph in ((take, "phone"), (later, "clock"), (wrap_up, "check")):
        action.setProperty(GLYPH, glyph)
    if here.show is not None:
        ring = add("ring", N_("Let the demonstration's phone ring"), ("Ctrl+R",), here.ring)
        hang = add("hang up", N_("Let the caller hang up"), ("Ctrl+Shift+R",), here.hang_up)
        ring.setProperty(GLYPH, "phone")
        hang.setProperty(GLYPH, "phone")


def _bind_contact(here: Furniture) -> None:
    add, talks = here.window.registry.add, here.flow.conversations
    counter = add(
        "counter",
        N_("Someone at the counter"),
        ("Ctrl+B",),
        talks.start_at_counter,
        hint=N_("at the counter"),
    )
    past = (
        ("past call", N_("Note a call that was"), Channel.TELEPHONE, "phone"),
        ("past letter", N_("Note a letter"), Channel.LETTER, "mail"),
        ("past mail", N_("Note an e-mail"), Channel.EMAIL, "mail"),
    )
    for id, words, channel, glyph in past:
        action = add(id, words, (), partial(talks.start_after_the_fact, channel))
        action.setProperty(GLYPH, glyph)
    counter.setProperty(GLYPH, "door")
    _bind_open_contacts(here)


def _bind_open_contacts(here: Furniture) -> None:
    add, talks = here.window.registry.add, here.flow.conversations
    park = add(
        "put aside",
        N_("Put the contact aside"),
        ("Ctrl+Shift+U",),
        here.contact.leave,
        enabled=lambda: here.around.deck.front is not None,
    )
    for digit in range(1, 10):
        add(
            f"contact {digit}",
            _("Resume open contact {digit}").format(digit=digit),
            (f"Ctrl+Alt+{digit}",),
            partial(talks.bring_by_digit, digit),
            palette=False,
        )
    park.setProperty(GLYPH, "clock")


def _bind_ends(here: Furniture) -> None:
    for digit, outcome in zip((7, 8, 9), ON_A_DIGIT, strict=True):
        here.window.registry.add(
            f"end {outcome}",
            _("End the contact: {how}").format(how=outcome_words(outcome).lower()),
            (f"Ctrl+{digit}",),
            partial(here.contact.end_on, digit),
            page="desk",
            enabled=lambda: here.around.deck.front is not None,
        )


def _bind_card(here: Furniture) -> None:
    new = here.window.registry.add(
        "new card",
        N_("New person or organisation"),
        ("Ctrl+N",),
        here.start_card,
        hint=N_("new card"),
    )
    new.setProperty(GLYPH, "plus")
    doubles = here.window.registry.add(
        "doubles", N_("Likely doubles"), ("Ctrl+Shift+B",), here.others.show_doubles
    )
    doubles.setProperty(GLYPH, "people")
    _bind_shown_card(here)


def _bind_shown_card(here: Furniture) -> None:
    card = here.card
    own = (
        ("history", N_("History of the card"), "F12", card.show_history, "clock"),
        ("details", N_("All of the card"), "Ctrl+D", card.show_details, "person"),
        ("merge", N_("Merge the card with …"), "Ctrl+M", partial(_merge, here), "swap"),
        (
            "unmerge",
            N_("Take the last merge of this card back"),
            "",
            partial(_unmerge, here),
            "undo",
        ),
        ("owner", N_("Who answers for the customer"), "Ctrl+Shift+A", card.focus_owner, "person"),
        ("spell", N_("Spell the name or number"), "Ctrl+Shift+S", card.spell, "quote"),
    )
    for id, words, key, run, glyph in own:
        action = here.window.registry.add(
            id, words, (key,) if key else (), run, page="desk", enabled=lambda: here.shows_card
        )
        action.setProperty(GLYPH, glyph)


def _bind_places(here: Furniture) -> None:
    add, desk = here.window.registry.add, here.desk
    add(
        "today",
        N_("Go to my day"),
        ("F5",),
        lambda: _then_desk(here, desk.go_left),
        hint=N_("my day"),
    )
    add(
        "this contact",
        N_("Go to this contact"),
        ("F6",),
        lambda: _go_to_contact(here),
        page="desk",
        hint=N_("this contact"),
    )


def _bind_exchange(here: Furniture) -> None:
    add, people, others = here.window.registry.add, here.people, here.others
    take_in = add("import", N_("Import an address book"), (), others.open_import)
    give_out = add("export", N_("Export cards"), (), lambda: others.export("", ""))
    these = add(
        "export these",
        N_("Export these people"),
        ("Ctrl+E",),
        lambda: others.export(*people.filter),
        page="people",
        hint=N_("export"),
    )
    lines = add("lines", N_("Telephone lines of this desk"), (), others.open_telephone)
    lines.setProperty(GLYPH, "phone")
    for action, glyph in ((take_in, "in"), (give_out, "out"), (these, "out")):
        action.setProperty(GLYPH, glyph)


def _bind_colours(here: Furniture) -> None:
    modes: tuple[tuple[str, Mode], ...] = (
        (N_("Light colours"), "light"),
        (N_("Dark colours"), "dark"),
        (N_("Colours as on the rest of this computer"), "system"),
    )
    for words, mode in modes:
        action = here.window.registry.add(
            f"colours {mode}", words, (), partial(here.looks.set_colours, mode)
        )
        action.setProperty(GLYPH, "moon")


def _go_to_contact(here: Furniture) -> None:
    """Go to the contact; pressed inside it, go on to the next pane."""
    here.window.show_page("desk")
    if here.contact.isAncestorOf(here.window.focusWidget() or here.window):
        here.window.next_pane()
    elif here.contact.contact_id is not None:
        here.go_to_contact()
    else:
        here.window.next_pane()


def _merge(here: Furniture) -> None:
    if here.card.card_id is not None:
        here.others.merge_with(here.card.card_id)


def _unmerge(here: Furniture) -> None:
    if here.card.card_id is not None:
        here.card.errands.do("unmerge", _take_apart(here, here.card.card_id))


async def _take_apart(here: Furniture, card_id: int) -> None:
    merging = here.services.merging
    entry = await merging.last_of(card_id)
    if entry is None:
        here.window.hindered(_("No other card was merged into this one."))
        return
    await merging.undo(here.around.command(), entry)
    here.window.told(_("Taken apart: there are two cards again."))


def _then_desk(here: Furniture, do: Callable[[], None]) -> None:
    here.window.show_page("desk")
    do()
