"""Numbers to which the house does not listen: by permission, journalled, and taken back."""

from dataclasses import replace
from uuid import uuid4

import pytest

from care_console.base.command import Command
from care_console.calls.rules.listing import Show, Wanted
from care_console.calls.service import Ignored
from care_console.staff.rules import NotAllowed
from tests.calls.telephone import MARIA
from tests.journeys.hands import hire


async def test_an_ignored_number_is_known_at_once_and_kept_with_who_and_why(
    services, act, phone, clock
):
    await services.ignored.add(act(), MARIA, "Sells solar panels")

    assert services.ignored.has(phone.ring("+44 20 7946 0123"))
    assert not services.ignored.has(phone.ring("0113 496 0877"))
    assert not services.ignored.has(phone.withheld())
    [row] = await services.ignored.listing()
    assert (row.pattern, row.why, row.clerk, row.at) == (
        "+442079460123",
        "Sells solar panels",
        "Grace Hopper",
        clock(),
    )


async def test_all_that_begin_alike_are_ignored(services, act, phone):
    await services.ignored.add(act(), "+44 20 7946*")

    assert services.ignored.has(phone.ring("020 7946 0999"))
    assert not services.ignored.has(phone.ring("020 7947 0123"))


async def test_another_desk_reads_it(services, act, phone):
    await services.ignored.add(act(), MARIA)
    other = replace(services.ignored, patterns=set())

    assert not other.has(phone.ring())
    await other.load()
    assert other.has(phone.ring())


async def test_it_is_heard_again_once_it_is_taken_off_the_list(services, act, phone):
    kept = await services.ignored.add(act(), MARIA, "Sells")
    again = await services.ignored.add(act(), MARIA)

    gone = await services.ignored.remove(act(), kept)

    assert (again, gone.pattern, gone.why) == (kept, "+442079460123", "Sells")
    assert not services.ignored.has(phone.ring())
    assert await services.ignored.listing() == []
    assert await services.ignored.remove(act(), kept) is None


async def test_who_may_not_is_refused_and_nothing_is_kept(services, act, clerk, phone):
    temp = await hire(services, act(), "Tom Temp", "receptionist")

    with pytest.raises(NotAllowed):
        await services.ignored.add(Command(uuid4(), temp), MARIA)
    kept = await services.ignored.add(act(), "0113 496 0877")
    with pytest.raises(NotAllowed):
        await services.ignored.remove(Command(uuid4(), temp), kept)

    assert [each.pattern for each in await services.ignored.listing()] == ["+441134960877"]
    assert isinstance(services.ignored, Ignored)


async def test_an_ignored_ring_is_listed_as_ignored_and_is_never_missed(
    services, act, phone, heard
):
    ring = phone.ring()
    await services.log.ignored(act(), ring)
    await heard(phone.end(ring))

    [row] = await services.calls.page(Wanted(show=Show.IGNORED))
    assert (row.state, row.number) == ("ignored", "+442079460123")
    assert row.ended_at is not None
    assert await services.log.missed() == []
