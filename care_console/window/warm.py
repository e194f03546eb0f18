"""Before the first ring: what would make it slower than the others is done while nobody waits."""

from dataclasses import replace

from care_console.base.phone import warm as warm_numbers
from care_console.base.spell import hour
from care_console.calls.rules import Candidate, Match
from care_console.lines.line import CallEvent, Event
from care_console.store import NoAnswer
from care_console.window.around import Around


async def warm(around: Around) -> None:
    """Look up one caller, and draw all faces of the Desk once where nobody sees it.

    Number plans, statements, fonts, glyphs and icons are then at hand. Nothing of it is written,
    shown or announced.
    """
    services = around.services
    warm_numbers(services.settings.plan())
    hour(services.clock(), services.desk.language)  # Babel comes along
    card_id = around.clerk.card_id
    try:
        headline = None if card_id is None else await services.numbers.headline(card_id)
        number = headline.number if headline is not None else ""
        event = CallEvent(
            kind=Event.RINGING, call_id="", line="", at=services.clock(), number=number or "0"
        )
        caller = await services.rings.caller(event, around.clerk)
    except NoAnswer:  # a busy server is no reason not to begin
        return
    if headline is not None:
        candidate = Candidate(headline, None, 0, "")
        caller = replace(caller, match=Match.KNOWN, candidates=(candidate,))
        around.centre.card.head.show_headline(headline, services.clock())
    around.strip.ring.show_caller(caller, "", "")
    around.strip.grab()
    around.centre.turn_all()
    around.centre.card.clear()
