"""A home of its own for a program that runs beside the window."""

from uuid import uuid4

from care_console.base.clock import utc_now
from care_console.base.command import Command
from care_console.cards.rules import NewCard, NewPhone
from care_console.services import furnish
from care_console.settings.home import Home

CSV = """Who,Company,Phone,E-mail,Town
Maria Okafor,Okafor Plumbing,020 7946 0123,maria@example.org,London
Zadie Quill,Quill & Sons,0161 496 0350,,Manchester
Yan Bell,,4.42E+11,yan@example.org,Leeds
,,,,Leeds
"""


async def opened(folder):
    """Return the services of a new home in which Maria has a card, and who sits there."""
    home = Home.at(folder / "home", create=True)
    services = await furnish(home, utc_now)
    clerk = await services.beginning.begin({"name": "Northgate"}, "Grace Hopper")
    maria = NewCard(given="Maria", family="Okafor", phones=(NewPhone(raw="020 7946 0123"),))
    await services.cards.add(Command(uuid4(), clerk), maria)
    return Home.at(folder / "home"), services, clerk


async def names(services):
    """Return the names of all cards but the clerk's."""
    found = [brief.name for brief in await services.search.browse(most=500)]
    return sorted(name for name in found if name != "Grace Hopper")
