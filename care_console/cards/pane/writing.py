"""What the details send to the records, and what they keep until it is taken."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from care_console.base.command import Command
from care_console.base.words import _
from care_console.cards.pane.keeper import Key
from care_console.cards.pane.kept import KeptField
from care_console.cards.pane.parts import PartRow
from care_console.cards.rules import Card, Change, Group, RelationKind
from care_console.cards.rules.draft import Value
from care_console.cards.rules.parts import Values
from care_console.cards.rules.words import field_words, group_words
from care_console.cards.service import Cards, Edits
from care_console.kit.acts import Act


@dataclass(frozen=True, slots=True)
class Sent:
    """What was typed into one field of one card."""

    card_id: int
    key: Key
    seen: Value
    value: Value


@dataclass(frozen=True, slots=True)
class Writing:
    """Each act is told with the way back. All raise what the service raises."""

    cards: Cards
    edits: Edits
    command: Callable[[], Command]
    tell: Callable[[Act], None]

    async def keep(self, sent: Sent) -> Card:
        """Keep one field; return the card as it is then."""
        key = sent.key
        change = Change(key.field, sent.seen, sent.value, key.part, key.id)
        entry = await self.edits.edit(self.command(), sent.card_id, [change])
        words = _("{field} changed").format(field=field_words(key.field))
        return await self._done(sent.card_id, entry, words)

    async def add(self, card_id: int, part: str, values: Mapping[str, Any]) -> Card:
        """Add a part; return the card as it is then."""
        entry = await self.edits.add_part(self.command(), card_id, part, values)
        group = values.get("group")
        what = group_words(group) if group else field_words(part)
        return await self._done(card_id, entry, _("{what} added").format(what=what))

    async def remove(self, card_id: int, part: str, part_id: int) -> Card:
        """Remove a part or a relation; return the card as it is then."""
        entry = await self.edits.remove_part(self.command(), card_id, part, part_id)
        return await self._done(card_id, entry, _("{what} removed").format(what=field_words(part)))

    async def convert(self, card_id: int, membership_id: int, to: Group) -> Card:
        """Let a group become another; return the card as it is then."""
        entry = await self.edits.convert(self.command(), card_id, membership_id, to)
        return await self._done(card_id, entry, _("Now: {group}").format(group=group_words(to)))

    async def relate(self, card_id: int, kind: RelationKind, forward: bool, other: int) -> Card:
        """Say what the two cards are to each other; return this one as it is then."""
        first, second = (card_id, other) if forward else (other, card_id)
        entry = await self.edits.relate(self.command(), first, kind, second)
        words = _("{what} added").format(what=field_words("relation"))
        return await self._done(card_id, entry, words)

    async def _done(self, card_id: int, entry: int, words: str) -> Card:
        self.tell(Act(words, lambda: self._undo(entry)))
        return await self.cards.card(card_id)

    def _undo(self, entry: int) -> Coroutine[None, None, None]:
        async def undo() -> None:
            await self.edits.undo(self.command(), entry)

        return undo()


class Underway:
    """Counts what is being sent, so that one can wait for its end."""

    def __init__(self) -> None:
        self._count = 0
        self._none = asyncio.Event()
        self._none.set()

    def __enter__(self) -> None:
        self._count += 1
        self._none.clear()

    def __exit__(self, *_trouble: object) -> None:
        self._count -= 1
        if not self._count:
            self._none.set()

    async def over(self) -> None:
        """Return when nothing is being sent."""
        await asyncio.sleep(0)  # what was asked for just now begins
        await self._none.wait()


class Left:
    """What was typed on cards that are no longer shown, until it is kept."""

    def __init__(self) -> None:
        self._fields: dict[int, dict[Key, tuple[Value, Value]]] = {}
        self._new: dict[int, list[tuple[str, Values]]] = {}

    def take(self, card_id: int, fields: Iterable[KeptField], rows: Iterable[PartRow]) -> None:
        """Take what is not kept yet on the card that is left."""
        drafts = {
            each.keeper.key: (each.keeper.draft.seen, each.keeper.draft.typed)
            for each in fields
            if each.keeper.dirty and (each.keeper.key.id or not each.keeper.key.part)
        }
        new = [(row.part, row.values()) for row in rows]
        if drafts:
            self._fields[card_id] = drafts
        if new:
            self._new[card_id] = new

    def forget(self, sent: Sent) -> None:
        """Forget what was kept."""
        drafts = self._fields.get(sent.card_id, {})
        if drafts.get(sent.key, (None, None))[1] == sent.value:
            drafts.pop(sent.key, None)

    def forget_new(self, card_id: int, part: str, values: Values) -> None:
        """Forget a new part that was kept."""
        if (part, values) in (new := self._new.get(card_id, [])):
            new.remove((part, values))

    def give_back(
        self,
        card_id: int,
        field: Callable[[Key], KeptField | None],
        start: Callable[[str, Values], None],
    ) -> None:
        """Put it back where it was typed."""
        for key, (seen, typed) in self._fields.pop(card_id, {}).items():
            if (found := field(key)) is not None:
                found.keeper.take_up(seen, typed)
        for part, values in self._new.pop(card_id, []):
            start(part, values)
