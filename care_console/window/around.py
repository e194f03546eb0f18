"""What both halves of the main flow work with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

from care_console.base.command import Clerk, Command
from care_console.calls.pane import CallStrip, ContactPane, TodayPane
from care_console.calls.rules import Caller
from care_console.kit import Act
from care_console.services import Services
from care_console.window.centre import Centre
from care_console.window.deck import Deck, Live
from care_console.window.reaction import Situation


@dataclass(slots=True)
class Around:
    """The panes of the Desk, the services behind them, and what is asked of the window.

    The ``clerk`` changes when another one signs in.
    """

    services: Services
    clerk: Clerk
    strip: CallStrip
    today: TodayPane
    centre: Centre
    contact: ContactPane
    busy: Callable[[], Situation]  # what the window knows of the clerk
    come_to_desk: Callable[[], None]
    go_to_contact: Callable[[], None]
    title: Callable[[str], None]  # whose ring the window's title tells, or ""
    told: Callable[[str], None]
    did: Callable[[Act], None]
    deck: Deck = field(default_factory=Deck)

    def command(self) -> Command:
        """Return a new command of the clerk."""
        return Command(uuid4(), self.clerk)

    def show_live(self, live: Live) -> None:
        """Show in the centre who calls, or the way to find out."""
        if live.card_id is not None and live.caller.card is None:
            self.centre.show_card(live.card_id)
        else:
            self.centre.show_caller(live.caller)
        self.today.set_current(live.card_id)


def who(caller: Caller) -> str:
    """Return the caller's name where it is sure, else the number."""
    return caller.shown if caller.card is None else caller.card.name
