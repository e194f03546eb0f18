"""What a line has heard is taken in order, and a flood loses no end."""

import asyncio
from datetime import UTC, datetime

from care_console.lines.inbox import Inbox
from care_console.lines.line import CallEvent, Event

AT = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)


def event(kind, call_id):
    return CallEvent(kind=kind, call_id=call_id, line="x", at=AT)


async def taken(inbox):
    inbox.close()
    return [told.call_id async for told in inbox.events()]


async def test_events_are_taken_in_order():
    inbox = Inbox()
    for call_id in "abc":
        inbox.put(event(Event.RINGING, call_id))

    assert await taken(inbox) == ["a", "b", "c"]


async def test_who_waits_gets_the_next_event_and_the_end():
    inbox = Inbox()

    async def take():
        return [told.call_id async for told in inbox.events()]

    waiting = asyncio.create_task(take())
    for call_id in "ab":
        await asyncio.sleep(0)
        inbox.put(event(Event.ENDED, call_id))
    inbox.close()
    inbox.put(event(Event.ENDED, "too late"))

    assert await waiting == ["a", "b"]


async def test_a_flood_costs_the_oldest_rings_and_never_an_end():
    inbox = Inbox(most=3)
    for kind, call_id in (
        (Event.ENDED, "1"),
        (Event.RINGING, "2"),
        (Event.RINGING, "3"),
        (Event.RINGING, "4"),
        (Event.ENDED, "3"),
        (Event.ENDED, "5"),
        (Event.ENDED, "6"),
    ):
        inbox.put(event(kind, call_id))

    assert await taken(inbox) == ["1", "3", "5", "6"]
