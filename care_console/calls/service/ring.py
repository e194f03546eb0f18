"""From a ring to the people behind it: the path on which nothing else may lie."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from care_console.base.clock import Clock
from care_console.base.command import Clerk
from care_console.base.phone import Number, Plan, at_its_word, read, show
from care_console.base.words import _
from care_console.calls.rules.contact import first_words
from care_console.calls.rules.greeting import called_lines, greeting, line_key
from care_console.calls.rules.match import (
    Caller,
    Candidate,
    LastContact,
    Match,
    is_hidden,
    judge,
    no_number,
    ranked,
    why,
)
from care_console.cards.rules import Brief
from care_console.cards.rules.behind import Found
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
        substr(contact.notes, 1, 600), contact.direction
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
        SELECT card_id FROM call
        WHERE e164 = :key_0 AND started_at < :at AND direction = 'in'
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


class _Heard(NamedTuple):
    """What an event tells by itself."""

    number: Number | None
    shown: str
    called: str
    house: str
    hidden: bool


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
        heard = self._heard(event, hastily=True)
        caller = await self._tell(heard, event, clerk)
        if caller.match in (Match.UNKNOWN, Match.MAYBE):
            read_well = self._heard(event)
            if read_well.number != heard.number:
                return await self._tell(read_well, event, clerk)
        return caller

    async def _tell(self, heard: _Heard, event: CallEvent, clerk: Clerk | None) -> Caller:
        question = None if heard.number is None else self.numbers.question(heard.number)
        if heard.number is None or question is None:
            return self._caller(heard, event, clerk)
        cards, parts, last, earlier = await self._ask(question, event)
        behind = behind_of(cards, parts)
        match, found = judge(behind, extension=heard.number.extension, own=bool(heard.house))
        if len(found) > 1:
            found = ranked(found, await self._with_me(question, clerk))
        elif len(behind.found) > 1 and found:  # the one of several who has the extension
            last = await self.store.look_up(LAST_OF, card_id=found[0].headline.id, most=LAST)
        times: dict[int | None, int] = dict(earlier)
        place = behind.organisation if found else None
        return self._caller(
            heard,
            event,
            clerk,
            match=match,
            candidates=tuple([_candidate(each, match, place, times) for each in found]),
            last_contacts=tuple(_contacts(last)) if match is Match.KNOWN else (),
            times_before=sum(times.values()),
            organisation=place,
        )

    def bare(self, event: CallEvent, clerk: Clerk | None = None) -> Caller:
        """Return what the event alone tells: also what is left where the records do not answer."""
        return self._caller(self._heard(event), event, clerk, asked=False)

    def _heard(self, event: CallEvent, *, hastily: bool = False) -> _Heard:
        plan, company, hidden = self.settings.plan(), self.settings.company, is_hidden(event)
        names = called_lines(company.called, plan)
        called_line = event.called_line
        called = called_line and (
            names.get(line_key(called_line, plan)) or _as_called(called_line, plan)
        )
        if hidden or event.number is None:
            number, shown, house = None, no_number(hidden=hidden), ""
        else:
            number = (at_its_word(event.number) if hastily else None) or read(event.number, plan)
            shown, house = _shown(number), names.get(number.e164 or "", "")
        return _Heard(number, shown, called, house, hidden)

    def _caller(
        self,
        heard: _Heard,
        event: CallEvent,
        clerk: Clerk | None,
        *,
        match: Match = Match.UNKNOWN,
        candidates: tuple[Candidate, ...] = (),
        **more: Any,
    ) -> Caller:
        language = candidates[0].headline.language if match is Match.KNOWN else ""
        return Caller(
            number=heard.number or Number("", None),
            shown=heard.shown,
            match=match if heard.number is not None else Match.WITHHELD,
            candidates=candidates,
            greeting=self._greeting(event, clerk, language),
            called=heard.called,
            house=heard.house,
            hidden=heard.hidden,
            sent=event.name,
            **more,
        )

    def _greeting(self, event: CallEvent, clerk: Clerk | None, language: str) -> str:
        company = self.settings.company
        return greeting(
            company.greetings,
            self.settings.plan(),
            company=company.name,
            called=event.called_line,
            language=language,
            house_language=self.language,
            hour=self.clock().astimezone().hour,
            clerk=clerk.name if clerk is not None else "",
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


async def last_of(store: Store, card_id: int, most: int = LAST) -> list[LastContact]:
    """Return, within the frame, the last contacts with a card, newest first. Raises NoAnswer."""
    return _contacts(await store.look_up(LAST_OF, card_id=card_id, most=most))


def _candidate(
    each: Found, match: Match, place: Brief | None, times: dict[int | None, int]
) -> Candidate:
    return Candidate(
        headline=each.headline,
        last_at=each.last_at,
        times=times.get(each.headline.id, 0),
        why=why(each, match, place),
    )


def _shown(number: Number) -> str:
    if number.e164 is None:
        return number.internal or number.uri.partition(":")[2] or number.raw
    shown = show(number.e164)
    if not number.extension:
        return shown
    return _("{number} ext {extension}").format(number=shown, extension=number.extension)


def _as_called(called_line: str, plan: Plan) -> str:
    key = line_key(called_line, plan)
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
            direction=direction,
        )
        for at, channel, reason, outcome, clerk, notes, direction in rows
    ]
