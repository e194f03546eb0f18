"""Sitting at the demonstration's desk as somebody else, without a passphrase that nobody has."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from care_console.base.command import Clerk
from care_console.base.words import _
from care_console.demo.script import Put, Sample
from care_console.staff.rules import Permission, may
from care_console.window.palette import GLYPH

if TYPE_CHECKING:
    from care_console.window.furniture import Furniture


def bind_seats(here: Furniture, sample: Sample, put: Put) -> None:
    """Let the palette seat whoever decides requests here, and the clerk from before again."""
    deciding = [each for each in sample.staff if may(each["role"], Permission.APPROVE)]
    seats = [put.clerk]
    for said in deciding:
        card = sample.cards[said["card"]]
        name = f"{card['given']} {card['family']}"
        seats.append(Clerk(name, said["role"], put.cards[said["card"]]))
    for clerk in seats:
        action = here.window.registry.add(
            f"sit as {clerk.card_id}",
            _("Demonstration: be {name} for a while").format(name=clerk.name),
            run=partial(here.session.cover.unlocked.emit, clerk),
            enabled=_elsewhere(here, clerk),
        )
        action.setProperty(GLYPH, "swap")


def _elsewhere(here: Furniture, clerk: Clerk) -> Callable[[], bool]:
    return lambda: here.session.clerk.card_id != clerk.card_id
