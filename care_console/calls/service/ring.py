"""From a ring to the people behind it: the path on which nothing else may lie."""

from dataclasses import dataclass, replace
from typing import Any

from care_console.base.clock import Clock
from care_console.base.command import Clerk
from care_console.base.phone import Number, Plan, show
from care_console.base.words import _
from care_console.calls.rules.contact import first_words
from care_console.calls.rules.greeting import called_lines, greeting, greetings, line_key
from care_console.calls.rules.match import (
    Caller,
    Candidate,
    LastContact,
    Match,
    is_hidden,
    judge,
    no_number,
    number_of,
    ranked,
    why,
)
from care_console.cards.service import Numbers
from care_console.cards.service.numbers import Question, behind_of
from care_console.lines.line import CallEvent
from care_console.settings.service import Settings
from care_console.store import Store, kept_moment, moment

LAST = 3  # contacts that are shown of a card
PAST = 100  # calls that are counted of a number

Rows = list[tuple[Any, ...]]

CONTACTS = """
    SELECT contact.started_at, contact.channel, contact.reason, contact.outcome, clerk.name,
        substr(contact.notes, 1, 600)
    FROM contact LEFT JOIN card AS clerk ON clerk.id = contact.clerk_card_id
    WHERE contact.card_id = {card} AND contact.state = 'finished'
    ORDER BY contact.started_at DESC, contact.id DESC LIMIT {most}
"""
OF_THE_ONE = CONTACTS.format(
    card="(SELECT min(id) FROM own HAVING count(DISTINCT id) = 1)", most=LAST
)
LAST_OF = CONTACTS.format(card=":card_id", most=":most")

EARLIER = f"""
    SELECT card_id, count(*) FROM (
        SELECT card_id FROM call WHERE e164 = :key_0 AND started_at < :at
        ORDER BY started_at DESC LIMIT {PAST}
    ) AS earlier GROUP BY card_id
"""

WITH_ME = """
    SELECT contact.card_id FROM contact
    WHERE contact.state IN ('open', 'unfinished') AND contact.clerk_card_id = :clerk
        AND contact.card_id IS NOT NULL
    UNION
    SELECT found.id FROM found CROSS JOIN matter CROSS JOIN contact
    WHERE matter.card_id = found.id AND matter.state = 'open'
        AND contact.matter_id = matter.id AND contact.clerk_card_id = :clerk
"""


@dataclass(frozen=True, slots=True)
class Rings:
    """Tells who is calling."""

    store: Store
    clock: Clock
    numbers: Numbers
    settings: Settings
    language: str = "en_GB"  # of the house

    async def caller(self, event: CallEvent, clerk: Clerk | None = None) -> Caller:
        """Tell, within the frame, who is behind ``event``, and greet them as ``clerk`` would.

        On a file it never waits. Nothing is written, and no card is made. Raises NoAnswer; then
        ``bare`` still tells the number.
        """
        known = self.bare(event, clerk)
        question = self.numbers.question(known.number)
        if known.match is Match.WITHHELD or question is None:
            return known
        cards, parts, last, earlier = await self._ask(question, event)
        behind = behind_of(cards, parts)
        match, found = judge(behind, extension=known.number.extension, own=bool(known.house))
        mine = await self._with_me(question, clerk) if len(found) > 1 else set()
        times: dict[int | None, int] = dict(earlier)
        caller = replace(
            known,
            match=match,
            candidates=tuple(
                Candidate(
                    headline=each.headline,
                    last_at=each.last_at,
                    times=times.get(each.headline.id, 0),
                    why=why(each, match, behind.organisation),
                )
                for each in ranked(found, mine)
            ),
            times_before=sum(times.values()),
            organisation=behind.organisation if found else None,
        )
        return await self._opened(caller, last, event, clerk)

    def bare(self, event: CallEvent, clerk: Clerk | None = None) -> Caller:
        """Return what the event alone tells: also what is left where the records do not answer."""
        plan, company = self.settings.plan(), self.settings.company
        number, hidden = number_of(event, plan), is_hidden(event)
        names = called_lines(company.called, plan)
        called = event.called_line and names.get(line_key(event.called_line, plan))
        return Caller(
            number=Number("", None) if number is None else number,
            shown=no_number(hidden=hidden) if number is None else _shown(number),
            match=Match.WITHHELD if number is None else Match.UNKNOWN,
            greeting=self._greeting(event, clerk, ""),
            called=called or _as_called(event.called_line, plan),
            house=names.get(number.e164 or "", "") if number is not None else "",
            hidden=hidden,
        )

    async def _ask(self, question: Question, event: CallEvent) -> list[Rows]:
        statements = [*question.statements, question.begin + OF_THE_ONE]
        values = dict(question.values)
        if "key_0" in values:
            statements.append(EARLIER)
            values["at"] = kept_moment(event.at)
        answers = await self.store.look_up_all(statements, **values)
        return answers if "key_0" in values else [*answers, []]

    async def _with_me(self, question: Question, clerk: Clerk | None) -> set[int]:
        """Return the cards with which the clerk has something open: asked where one must choose."""
        if clerk is None or clerk.card_id is None:
            return set()
        asked = question.begin + WITH_ME
        rows = await self.store.look_up(asked, **question.values, clerk=clerk.card_id)
        return {row[0] for row in rows}

    async def _opened(
        self, caller: Caller, last: Rows, event: CallEvent, clerk: Clerk | None
    ) -> Caller:
        """Add what is told only of a card that opens: its last contacts, its language."""
        card = caller.card
        if card is None:
            return caller
        contacts = _contacts(last) or await last_of(self.store, card.id)
        return replace(
            caller,
            last_contacts=tuple(contacts),
            greeting=self._greeting(event, clerk, card.language)
            if card.language
            else caller.greeting,
        )

    def _greeting(self, event: CallEvent, clerk: Clerk | None, language: str) -> str:
        plan, company = self.settings.plan(), self.settings.company
        return greeting(
            greetings(company.greetings, plan),
            company=company.name,
            called=line_key(event.called_line, plan) if event.called_line else "",
            language=language,
            house_language=self.language,
            hour=self.clock().astimezone().hour,
            clerk=clerk.name if clerk is not None else "",
        )


async def last_of(store: Store, card_id: int, most: int = LAST) -> list[LastContact]:
    """Return, within the frame, the last contacts with a card, newest first. Raises NoAnswer."""
    return _contacts(await store.look_up(LAST_OF, card_id=card_id, most=most))


def _shown(number: Number) -> str:
    if number.e164 is None:
        return number.internal or number.uri.partition(":")[2] or number.raw
    shown = show(number.e164)
    if not number.extension:
        return shown
    return _("{number} ext {extension}").format(number=shown, extension=number.extension)


def _as_called(called_line: str, plan: Plan) -> str:
    key = line_key(called_line, plan) if called_line else ""
    return show(key) if key.startswith("+") else called_line


def _contacts(rows: Rows) -> list[LastContact]:
    return [
        LastContact(
            at=moment(at),
            channel=channel,
            reason=reason,
            outcome=outcome,
            clerk=clerk or "",
            first_words=first_words(notes),
        )
        for at, channel, reason, outcome, clerk, notes in rows
    ]
