"""The page of all calls: narrowed, read a window at a time, and each act with its way back."""

import pytest

from care_console.calls.rules.listing import Period, Show, Wanted
from care_console.calls.service.call_list import Changed
from tests.calls.telephone import MARIA, Telephone

OTHER = "0113 496 0877"


@pytest.fixture
def rang(phone, heard, clock):
    """Let a call ring, and end as said; return its id."""

    async def rang(number=MARIA, *then, **more):
        ring = phone.ring(number, **more)
        call = await heard(ring)
        for what in then:
            clock.pass_by(seconds=5)
            await heard(getattr(phone, what)(ring))
        clock.pass_by(minutes=1)
        return call

    return rang


async def ids(services, **wanted):
    return [each.id for each in await services.calls.page(Wanted(**wanted))]


async def test_calls_are_narrowed_by_what_became_of_them(services, act, rang):
    taken = await rang(MARIA, "answer", "end")
    theirs = await rang(MARIA, "elsewhere", "end")
    lost = await rang(OTHER, "end")
    ours = await services.outgoing.dialled(act(), "+441134960999", "pretend")

    assert await ids(services) == [ours, lost, theirs, taken]
    assert await ids(services, show=Show.ANSWERED) == [taken]
    assert await ids(services, show=Show.ELSEWHERE) == [theirs]
    assert await ids(services, show=Show.MISSED) == [lost]
    assert await ids(services, show=Show.OUT) == [ours]
    assert await ids(services, show=Show.IGNORED) == []


async def test_calls_are_narrowed_by_day_line_number_and_name(
    services, add, rang, clock, act, heard
):
    await add("Maria", MARIA)
    old = await rang(MARIA, "end")
    clock.pass_by(days=1)
    of_maria = await rang(MARIA, "end")
    named = await rang(OTHER, "end", name="J WEBER")
    other_line = await heard(Telephone(clock, "line 9").ring(OTHER))

    assert await ids(services, period=Period.TODAY) == [other_line, named, of_maria]
    assert await ids(services, period=Period.YESTERDAY) == [old]
    assert await ids(services, line="line 9") == [other_line]
    assert await services.calls.lines() == ["line 2", "line 9"]
    assert await ids(services, typed="mar") == [of_maria, old]
    assert await ids(services, typed="weber") == [named]
    assert await ids(services, typed="020 7946 0123") == [of_maria, old]
    assert await ids(services, typed="4960877") == [other_line, named]
    assert await ids(services, typed="100%") == []


async def test_pages_follow_each_other_without_a_gap_or_a_double(services, phone, heard):
    calls = [await heard(phone.ring()) for _ in range(7)]  # all at the same moment
    found, before = [], None
    while page := await services.calls.page(Wanted(), before, most=3):
        found += [each.id for each in page]
        before = page[-1].started_at, page[-1].id

    assert found == calls[::-1]


async def test_two_missed_calls_of_one_number_are_one_row(services, rang):
    await rang(MARIA, "end")
    await rang(OTHER, "end")
    last = await rang(MARIA, "end")

    found = await services.calls.missed(Wanted(show=Show.MISSED))

    assert [(each.newest.number, each.count) for each in found] == [
        ("+442079460123", 2),
        ("+441134960877", 1),
    ]
    assert found[0].newest.id == last


async def test_what_was_missed_is_seen_to_and_that_is_taken_back(services, act, add, rang, kinds):
    maria = await add("Maria", MARIA)
    first, last = await rang(MARIA, "end"), await rang(MARIA, "end")

    seen = await services.calls.see(act(), last)
    assert sorted(seen) == [first, last]
    assert await services.calls.missed(Wanted(show=Show.MISSED)) == []

    await services.calls.unsee(act(), seen)
    assert [each.count for each in await services.calls.missed(Wanted(show=Show.MISSED))] == [2]
    assert (await kinds(maria))[:2] == ["missed_unseen", "missed_seen"]


async def test_a_command_that_is_sent_twice_sees_to_a_call_once(services, act, rang):
    call = await rang(MARIA, "end")
    command = act()

    assert [await services.calls.see(command, call) for _ in range(2)] == [[call]] * 2


async def test_a_call_is_said_to_be_somebodys_and_that_is_taken_back(
    services, act, add, rang, kinds
):
    call = await rang(OTHER, "end")
    jonas = await add("Jonas")

    before = await services.calls.attach(act(), call, jonas)
    [row] = await services.calls.page(Wanted(typed="Jonas"))
    assert (before, row.card_name) == (None, "Jonas")

    await services.calls.detach(act(), call, jonas, before)
    [row] = await services.calls.page(Wanted())
    assert row.card_id is None
    assert set(await kinds(jonas)) == {"call_detached", "call_attached", "card_added"}


async def test_what_somebody_said_since_is_not_taken_back(services, act, add, rang):
    call = await rang(OTHER, "end")
    jonas, ada = await add("Jonas"), await add("Ada")
    before = await services.calls.attach(act(), call, jonas)
    await services.calls.attach(act(), call, ada)

    with pytest.raises(Changed):
        await services.calls.detach(act(), call, jonas, before)

    [row] = await services.calls.page(Wanted())
    assert row.card_id == ada


async def test_who_is_called_back_is_no_longer_missed_and_not_counted_as_a_caller(
    services, act, add, rang, phone, kinds
):
    maria = await add("Maria", MARIA)
    await rang(MARIA, "end")

    ours = await services.outgoing.dialled(act(), "+442079460123", "pretend", maria)
    await services.outgoing.hung_up(ours, services.clock(), "16")

    assert await services.calls.missed(Wanted(show=Show.MISSED)) == []
    [row] = await services.calls.page(Wanted(show=Show.OUT))
    assert (row.direction, row.state, row.cause, row.card_id) == ("out", "outgoing", "16", maria)
    assert row.clerk == "Grace Hopper"
    assert (await kinds(maria))[0] == "call_made"
    caller = await services.rings.caller(phone.ring(MARIA))
    assert caller.times_before == 1


async def test_a_call_that_was_missed_at_two_desks_counts_once(services, phone, heard, clock):
    there = Telephone(clock, "the other desk")
    for each in (phone, there):
        ring = each.ring(MARIA)
        await heard(ring)
        await heard(each.end(ring))

    assert [each.count for each in await services.calls.missed(Wanted(show=Show.MISSED))] == [1]
