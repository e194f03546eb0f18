"""What search finds, as the palette shows it."""

from care_console.base.phone import show
from care_console.base.words import _
from care_console.cards.rules.search import Hit
from care_console.cards.rules.shown import second_line
from care_console.cards.service import Search
from care_console.window import palette

DOT = "  ·  "


def search_with(search: Search) -> palette.Search:
    """Return how the palette finds people with ``search``."""

    async def find(text: str) -> list[palette.Finding]:
        return [finding(hit) for hit in await search.find(text, palette.MOST_PEOPLE)]

    return find


def finding(hit: Hit) -> palette.Finding:
    """Return a card that was found: who it is, what they do, their number, why it was found."""
    of = hit.brief
    line = second_line(of)
    number = show(of.numbers[0]) if of.numbers else ""
    parts = [line, number if number not in line else "", _(hit.why) if hit.why else ""]
    return palette.Finding(of.id, of.name, of.groups, DOT.join(part for part in parts if part))
