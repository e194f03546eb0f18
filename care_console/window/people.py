"""What search finds, as the palette shows it."""

from care_console.base.names import clean
from care_console.base.phone import show
from care_console.base.spell import DEFAULT_LOCALE
from care_console.base.words import _
from care_console.cards.rules.dealing_words import ICONS, state_words, title_words
from care_console.cards.rules.search import Hit
from care_console.cards.rules.shown import second_line
from care_console.cards.service import Dealings, Search
from care_console.cards.service.dealings import DealingHit
from care_console.window import palette

MOST_DEALINGS = 4

DOT = "  ·  "


def search_with(
    search: Search, dealings: Dealings | None = None, locale: str = DEFAULT_LOCALE
) -> palette.Search:
    """Return how the palette finds people with ``search``, and dealings by their numbers."""

    async def find(text: str) -> list[palette.Finding]:
        people = [finding(hit) for hit in await search.find(text, palette.MOST_PEOPLE)]
        if dealings is None:
            return people
        hits = await dealings.find(text, MOST_DEALINGS)
        return [*people, *(dealing(hit, locale) for hit in hits)]

    return find


def dealing(hit: DealingHit, locale: str) -> palette.Finding:
    """Return a dealing that was found: what it is and comes to, whose it is, how it stands."""
    of, whose = hit.dealing, hit.brief
    name = whose.name if whose is not None else _("nobody knows whose it is")
    stands = state_words(of.state, of.state_words)
    return palette.Finding(
        whose.id if whose is not None else palette.NOBODY,
        clean(title_words(of, locale)),
        sub=DOT.join(each for each in (name, clean(stands)) if each),
        dealing_id=of.id,
        icon=ICONS[of.kind],
        whole=hit.whole,
    )


def finding(hit: Hit) -> palette.Finding:
    """Return a card that was found: who it is, what they do, their number, why it was found."""
    of = hit.brief
    line = second_line(of)
    number = show(of.numbers[0]) if of.numbers else ""
    parts = [line, number if number not in line else "", _(hit.why) if hit.why else ""]
    return palette.Finding(of.id, of.name, of.groups, DOT.join(part for part in parts if part))
