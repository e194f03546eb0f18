"""Search as it is typed: each key finds the likeliest cards before the next picture."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from sqlmodel import Session, text

from care_console.base.clock import Clock
from care_console.base.fold import one_slip_apart
from care_console.base.phone import Plan
from care_console.base.words import N_, _
from care_console.cards.rules import Brief
from care_console.cards.rules.asked import Asked, meant_by, slip_values
from care_console.cards.rules.search import (
    ADDRESS,
    COMPANY,
    CONTACT,
    NAME,
    NUMBER,
    Hit,
    Sections,
    brief,
)
from care_console.cards.service.statements import (
    COUNT_OF_GROUP,
    FOUND,
    LAST_CONTACTS,
    MEANT,
    PAGE,
    PAGE_OF_LARGE_GROUP,
    PAGE_OF_SMALL_GROUP,
    PLACE,
    SCANNED,
    SMALL_GROUP,
    for_address,
    for_meant,
    for_number,
    for_one_word,
    for_scattered,
    for_words,
)
from care_console.store import Store, moment

__all__ = ["Hit", "Search"]

PAGE_LENGTH = 200
NEVER = datetime.min.replace(tzinfo=UTC)

Rows = Sequence[tuple[Any, ...]]

WHY = {  # for the kinds of words, and the sections of those that are not so likely
    NAME: N_("name"),
    COMPANY: N_("company"),
    NUMBER: N_("number"),
    ADDRESS: N_("e-mail"),
    CONTACT: N_("contact lately"),
    "company": N_("company"),
    "town": N_("town"),
    "account": N_("account number"),
    "extension": N_("extension"),
    "email": N_("e-mail"),
}


@dataclass(frozen=True, slots=True)
class Search:
    """Finds cards by a few letters or digits of nearly anything on them."""

    store: Store
    clock: Clock
    plan: Callable[[], Plan]

    async def find(self, typed: str, most: int = FOUND, groups: Sequence[str] = ()) -> list[Hit]:
        """Return the cards, at most ``most``, on which all words of ``typed`` begin some word.

        Of a number any part will do that has four digits. Cards with a contact lately come first,
        then whole words before begun ones. If ``groups`` are named, only their cards are found.
        Without words it is those that were in contact last. Raises NoAnswer.
        """
        asked = Asked.of(typed, groups)
        found = _Hits(asked, most, frozenset(groups), self.today())
        await self._find(asked, found)
        for word in () if asked.typed else asked.unsure():
            if found.enough:
                break
            await self._guess(asked, word, found)
        return found.hits()

    async def browse(
        self, group: str = "", after: int | None = None, most: int = PAGE_LENGTH
    ) -> list[Brief]:
        """Return a page of all cards, or of a group's, in the order of their names.

        ``after`` is the id of the last card of the page before it.
        """
        return await self.store.read(_page, group, after or 0, most, self.today().isoformat())

    def today(self) -> date:
        """Return the day on which memberships hold or not, where the desk is."""
        return self.clock().astimezone().date()

    async def _find(self, asked: Asked, found: "_Hits") -> None:
        """Look for the words as they were typed."""
        values = asked.values(_code(self.plan().country) if asked.typed else "")
        for sql in _ways(asked):
            found.take(await self.store.look_up(sql, **values))
            if found.enough:
                return
        for at in range(asked.count if asked.count > 1 and not asked.typed else 0):
            statements = for_scattered(at, *asked.shape)
            rows, keys = await self.store.look_up_all(statements, **values)
            found.take(rows)
            if found.enough or keys[0][0] < SCANNED:
                return

    async def _guess(self, asked: Asked, word: str, found: "_Hits") -> None:
        """Look for words one slip apart from ``word``, and for those that sound like it."""
        known = await self.store.look_up(MEANT, **slip_values(word))
        if meant := meant_by(word, [each for (each,) in known]):
            sql = for_meant(*asked.shape)
            found.take(await self.store.look_up(sql, **asked.in_place_of(word, meant)), word)


@cache
def _code(country: str) -> str:
    from phonenumbers import country_code_for_region  # only here: it costs 40 ms

    return str(country_code_for_region(country))


def _ways(asked: Asked) -> tuple[str, ...]:
    """Return what to ask, one after the other until enough is found."""
    if asked.typed:
        return for_number(*asked.sides)
    if not asked.words:
        return (LAST_CONTACTS,)
    address = (for_address(),) if "@" in asked.text else ()
    words = for_one_word(asked.kinds) if asked.count == 1 else for_words(*asked.shape)
    return address + words


def _page(db: Session, group: str, after: int, most: int, today: str) -> list[Brief]:
    """Return the briefs of the cards that come after the card ``after``."""
    place = db.execute(text(PLACE), {"after": after}).first() or ("", 0)
    values = {"key": place[0], "after": place[1], "most": most, "group": group, "today": today}
    sql = PAGE
    if group:
        count = db.execute(text(COUNT_OF_GROUP), {"group": group}).scalar_one()
        sql = PAGE_OF_SMALL_GROUP if count < SMALL_GROUP else PAGE_OF_LARGE_GROUP
    rows = db.execute(text(sql), values)
    return [brief(each, face, today, at and moment(at)) for each, face, at in rows]


class _Hits:
    """Gathers what was found, each card once, until there is enough."""

    def __init__(self, asked: Asked, most: int, groups: frozenset[str], today: date) -> None:
        self._asked, self._most, self._groups = asked, most, groups
        self._today = today.isoformat()
        self._found: dict[int, Hit] = {}

    @property
    def enough(self) -> bool:
        """Whether there are as many as are wanted."""
        return len(self._found) >= self._most

    def hits(self) -> list[Hit]:
        """Return them in the order in which they were found, or the last contact first."""
        found = list(self._found.values())
        if self._asked.telling:
            found.sort(key=lambda hit: hit.brief.last_at or NEVER, reverse=True)
        return found

    def take(self, rows: Rows, unsure: str = "") -> None:
        """Add what a statement found, up to as many as are wanted.

        ``unsure`` is the word in whose place others were looked for.
        """
        for kind, key, card_id, face, words, at in rows:
            if card_id in self._found or face is None or not self._asked.has_rest(key):
                continue
            shown = brief(card_id, face, self._today, None if at is None else moment(at))
            if self._groups and not self._groups.intersection(shown.groups):
                continue
            self._found[card_id] = Hit(shown, self._why(kind, key, words, unsure))
            if self.enough:
                return

    def _why(self, kind: str, key: str, words: str | None, unsure: str) -> str:
        if unsure:
            slipped = one_slip_apart(unsure, key.partition(" ")[0])
            return _("one letter off") if slipped else _("sounds alike")
        if words and kind not in WHY:
            kind = next(
                filter(None, map(Sections.parse(words).section_of, self._asked.words)), NAME
            )
        return _(WHY.get(kind, WHY[NAME]))
