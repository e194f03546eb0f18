"""What is owed is kept, told on the card, and done once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from care_console.cards.rules import Fact
from care_console.promises.rules import AskedElsewhere, BadDuty, DutyKind, Heir


def titles(several):
    return [each.title for each in several]


@pytest.fixture
def entries(services):
    """Return the entries in a card's history, the newest first."""

    async def entries(card_id):
        return [each for each in await services.cards.history(card_id) if "duty" in each.kind]

    return entries


async def test_what_a_clerk_promises_is_their_own(duties, act, clerk, clock, add, entries):
    ella, due_at = await add("Ella Brandt"), clock() + timedelta(hours=3)
    command = act()

    ids = {
        await duties.add(
            command, DutyKind.OTHER, title=" New\nvisit  date ", due_at=due_at, card_id=ella
        )
        for _ in range(2)
    }

    [duty] = await duties.mine(clerk)
    assert ids == {duty.id}
    assert (duty.title, duty.card, duty.due_at) == ("New visit date", "Ella Brandt", due_at)
    assert (duty.owner, duty.made_by, duty.first_due_at) == (clerk.name, clerk.name, due_at)
    [entry] = await entries(ella)
    assert entry.personal == {"duty": "New visit date"}
    assert "visit" not in repr(entry.facts)


async def test_a_duty_needs_words_and_a_moment_to_come(duties, act, clock, clerk):
    with pytest.raises(BadDuty, match="what is to be done"):
        await duties.add(act(), DutyKind.OTHER, title=" ", due_at=clock() + timedelta(hours=1))
    with pytest.raises(BadDuty, match="still to come"):
        await duties.add(act(), DutyKind.OTHER, title="Ring", due_at=clock())

    assert await duties.mine(clerk) == []


async def test_the_first_due_comes_first_whoever_made_it(duties, owe, clerk):
    await owe("third", minutes=90)
    await owe("first", minutes=-5)
    await owe("second", minutes=30)

    assert titles(await duties.mine(clerk)) == ["first", "second", "third"]


async def test_done_and_taken_back_are_each_done_once(duties, act, owe, clerk, clock, add, entries):
    ella = await add("Ella Brandt")
    duty_id = await owe(card_id=ella)
    done, back = act(), act()

    for _ in range(2):
        await duties.done(done, duty_id)
    duty = await duties.duty(duty_id)
    assert (duty.settled_at, duty.settled_by, duty.outcome) == (clock(), clerk.name, "done")
    assert await duties.mine(clerk) == []
    assert titles(await duties.done_today(clerk)) == ["Ring back"]

    for _ in range(2):
        await duties.undo(back, duty_id)
    await duties.done(done, duty_id)  # its first run is over
    assert titles(await duties.mine(clerk)) == ["Ring back"]
    assert await duties.done_today(clerk) == []
    assert [each.kind for each in await entries(ella)] == ["duty_undone", "duty_done"]


async def test_what_a_colleague_did_meanwhile_is_told(duties, act, owe, clock):
    duty_id = await owe()
    await duties.done(act(), duty_id)

    with pytest.raises(BadDuty, match="done meanwhile"):
        await duties.done(act(), duty_id)
    with pytest.raises(BadDuty, match="done meanwhile"):
        await duties.move(act(), duty_id, clock() + timedelta(hours=2))
    with pytest.raises(BadDuty, match="done meanwhile"):
        await duties.hand_over(act(), duty_id)
    with pytest.raises(BadDuty, match="no longer there"):
        await duties.done(act(), 99)


async def test_done_in_the_minute_it_was_due_is_in_time(duties, act, owe, clock, add, entries):
    ella = await add("Ella Brandt")
    one, other = await owe(card_id=ella, minutes=10), await owe(card_id=ella, minutes=10)
    clock.pass_by(minutes=10, seconds=59)
    await duties.done(act(), one)
    clock.pass_by(seconds=1)
    await duties.done(act(), other)

    assert [each.facts["late"] for each in await entries(ella)] == [True, False]


async def test_a_move_keeps_when_it_was_due_at_first(duties, act, owe, clock, add, entries):
    duty_id = await owe(card_id=await add("Ella Brandt"))
    first = clock() + timedelta(minutes=60)
    once, twice = first + timedelta(hours=1), first + timedelta(hours=2)
    command = act()

    for _ in range(2):
        assert await duties.move(command, duty_id, once, "She is out until noon") == first
    await duties.move(act(), duty_id, twice, "Sam is late")

    duty = await duties.duty(duty_id)
    assert (duty.first_due_at, duty.due_at, duty.moved) == (first, twice, 2)
    newest, before = await entries(duty.card_id)
    assert newest.personal == {"duty": "Ring back", "why": "Sam is late"}
    assert (before.facts["late"], before.facts["before"]) == (False, first.isoformat())


async def test_a_move_is_taken_back_unless_it_was_moved_again(duties, act, owe, clock, add):
    duty_id = await owe(card_id=await add("Ella Brandt"))
    first, back = clock() + timedelta(minutes=60), act()
    once = first + timedelta(hours=1)
    await duties.move(act(), duty_id, once, "Noon")

    for _ in range(2):
        await duties.move_back(back, duty_id, once, first)
    duty = await duties.duty(duty_id)
    assert (duty.due_at, duty.moved) == (first, 0)

    with pytest.raises(BadDuty, match="moved again"):
        await duties.move_back(act(), duty_id, once, first)


async def test_a_customer_who_waits_is_owed_a_reason(duties, act, owe, clock, add):
    later = clock() + timedelta(hours=5)
    theirs, ours = await owe(card_id=await add("Ella Brandt")), await owe()

    with pytest.raises(BadDuty, match="why it is moved"):
        await duties.move(act(), theirs, later, "  ")
    await duties.move(act(), ours, later)
    with pytest.raises(BadDuty, match="still to come"):
        await duties.move(act(), ours, clock())

    assert (await duties.duty(theirs)).moved == 0


async def test_it_is_handed_over_and_given_back(duties, act, owe, clerk, hire, department):
    workshop = await department("Boiler room")
    tomas = await hire("Tomas Reed", workshop)
    duty_id, command = await owe(), act()

    for _ in range(2):
        before = await duties.hand_over(command, duty_id, owner_card_id=tomas.card_id)
        assert before == Heir("", clerk.card_id)
    assert await duties.mine(clerk) == []
    assert titles(await duties.mine(tomas)) == ["Ring back"]

    assert (await duties.hand_over(act(), duty_id, department_id=workshop)).owner_card_id
    assert titles(await duties.mine(tomas)) == ["Ring back"]
    assert (await duties.duty(duty_id)).department == "Boiler room"

    await duties.hand_over(act(), duty_id)
    assert titles(await duties.mine(clerk)) == ["Ring back"]


async def test_nobody_is_given_what_they_cannot_do(duties, act, owe, hire, add):
    gone, duty_id = await hire("Tomas Reed", active=False), await owe()

    for left in (gone.card_id, await add("Ella Brandt")):
        with pytest.raises(BadDuty, match="no longer work here"):
            await duties.hand_over(act(), duty_id, owner_card_id=left)
    with pytest.raises(BadDuty, match="no longer work here"):
        await duties.hand_over(act(), duty_id, department_id=99)
    clerks = [each.name for each in await duties.heirs() if each.owner_card_id is not None]
    assert clerks == ["Grace Hopper"]


async def test_a_day_has_ones_own_ones_departments_and_what_nobody_has(
    duties, owe, clerk, hire, department
):
    workshop, office = await department("Boiler room"), await department("Attic")
    tomas = await hire("Tomas Reed", workshop)
    await owe("Grace's", minutes=1)
    await owe("Tomas's", minutes=2, owner_card_id=tomas.card_id, department_id=office)
    await owe("Workshop's", minutes=3, owner_card_id=None, department_id=workshop)
    await owe("Office's", minutes=4, owner_card_id=None, department_id=office)
    await owe("Nobody's", minutes=5, owner_card_id=None)
    await owe("Between two", DutyKind.CHECK_ON, minutes=6, owner_card_id=tomas.card_id)

    assert titles(await duties.mine(clerk)) == ["Grace's", "Nobody's"]
    assert titles(await duties.mine(tomas)) == ["Tomas's", "Workshop's", "Nobody's", "Between two"]
    assert "Between two" not in titles(await duties.everyones(clerk))
    assert len(await duties.everyones(tomas)) == 6


async def test_whoever_asks_for_an_approval_is_not_asked_for_it(duties, owe, clerk, hire):
    dana = await hire("Dana Cole")
    await owe("£55.50", DutyKind.REQUEST, owner_card_id=None, made_by=clerk.card_id)

    assert await duties.mine(clerk) == []
    assert titles(await duties.mine(dana)) == ["£55.50"]


async def test_what_a_room_above_keeps_is_not_ticked_off_here(duties, act, owe, clock, store):
    follow_up = await owe(kind=DutyKind.FOLLOW_UP, about="recovery", about_id=12)
    request = await owe(kind=DutyKind.REQUEST, about="request", about_id=3)
    later = clock() + timedelta(days=1)

    with pytest.raises(AskedElsewhere, match="Open the recovery"):
        await duties.done(act(), follow_up)
    with pytest.raises(AskedElsewhere, match="Open the recovery"):
        await duties.undo(act(), follow_up)
    for change in (duties.done(act(), request), duties.move(act(), request, later)):
        with pytest.raises(AskedElsewhere, match="yes or a no"):
            await change
    await duties.move(act(), follow_up, later)

    assert await store.write(duties.settle, follow_up, None)
    [settled] = await store.read(duties.of, "recovery", 12)
    assert (settled.id, settled.outcome, settled.due_at) == (follow_up, "done", later)


async def test_rooms_above_settle_move_and_take_back_in_their_own_unit(
    duties, store, services, owe, clock, add
):
    ella = await add("Ella Brandt")
    duty_id, due_at = await owe(card_id=ella), clock() + timedelta(days=2)

    def unit(db):
        duties.settle(db, duty_id, None, "withdrawn")
        assert not duties.settle(db, duty_id, None)
        duties.unsettle(db, duty_id)
        duties.give_to(db, duty_id)
        return duties.unsettle(db, duty_id), duties.move_to(db, duty_id, due_at)

    assert await store.write(unit) == (False, True)
    duty = await duties.duty(duty_id)
    assert (duty.open, duty.moved, duty.due_at, duty.owner) == (True, 1, due_at, "")
    assert await services.cards.facts(ella) == (Fact("duties", 1, due_at, "Ring back"),)


async def test_the_card_tells_what_is_owed_and_what_comes_first(
    duties, act, services, owe, clock, add
):
    ella = await add("Ella Brandt")
    await owe("Later", minutes=90, card_id=ella)
    first = await owe("First", minutes=10, card_id=ella)
    await owe("How are you?", DutyKind.CHECK_ON, minutes=5, card_id=ella)
    in_minutes = {m: clock() + timedelta(minutes=m) for m in (10, 90, 120)}
    grace = act().clerk.card_id, "Grace Hopper"

    [told] = await services.cards.facts(ella)
    assert told == Fact("duties", 2, in_minutes[10], "First", *grace)
    await duties.move(act(), first, in_minutes[120], "Sam is late")
    [told] = await services.cards.facts(ella)
    assert told == Fact("duties", 2, in_minutes[90], "Later", *grace)
    for each in await duties.everyones(act().clerk):
        await duties.done(act(), each.id)
    assert await services.cards.facts(ella) == ()


async def test_what_is_between_two_colleagues_is_not_in_the_history(duties, act, owe, add, entries):
    ella = await add("Ella Brandt")
    await duties.done(act(), await owe(kind=DutyKind.CHECK_ON, card_id=ella))

    assert await entries(ella) == []


async def test_what_several_desks_do_at_once_is_counted_right(
    duties, act, services, store, owe, clock, add, where
):
    ella = await add("Ella Brandt")
    ids = [await owe(f"Duty {n}", minutes=n + 1, card_id=ella) for n in range(8)]
    other = await asyncio.to_thread(type(store).open, where)
    due_at = clock() + timedelta(days=1)
    try:
        there = replace(duties, store=other)
        desks = (duties, there) * 8
        new = (
            desk.add(act(), DutyKind.OTHER, title=f"New {n}", due_at=due_at, card_id=ella)
            for n, desk in enumerate(desks[:6])
        )
        done = (desk.done(act(), duty_id) for desk, duty_id in zip(desks, ids[:5], strict=False))
        moved = (there.move(act(), ids[5], due_at, "x"), duties.move(act(), ids[6], due_at, "x"))
        await asyncio.gather(*new, *done, *moved)
    finally:
        await other.close()

    [fact] = await services.cards.facts(ella)
    assert (fact.count, fact.headline) == (8 + 6 - 5, "Duty 7")


@pytest.mark.parametrize("of_a_customer", [True, False])
async def test_one_duty_that_two_desks_tick_off_at_once_is_done_once(
    duties, act, store, owe, add, where, of_a_customer
):
    duty_id = await owe(card_id=await add("Ella Brandt") if of_a_customer else None)
    other = await asyncio.to_thread(type(store).open, where)
    try:
        desks = (duties, replace(duties, store=other)) * 6
        came = await asyncio.gather(
            *(desk.done(act(), duty_id) for desk in desks), return_exceptions=True
        )
    finally:
        await other.close()

    assert sorted(type(each).__name__ for each in came) == ["BadDuty"] * 11 + ["NoneType"]


async def test_the_next_moment_is_told_and_not_looked_for(duties, act, owe, clerk, clock):
    assert await duties.next_moment(clerk) is None
    duty_id = await owe(minutes=90)
    start = clock()

    assert await duties.next_moment(clerk) == start + timedelta(minutes=60)
    clock.pass_by(minutes=95)
    assert await duties.next_moment(clerk) == start + timedelta(minutes=96)
    await duties.done(act(), duty_id)
    assert await duties.next_moment(clerk) is None


async def test_only_what_was_done_since_midnight_is_done_today(duties, act, owe, clerk, clock):
    await duties.done(act(), await owe("Yesterday's"))
    clock.pass_by(days=1)
    await duties.done(act(), await owe("Morning's"))
    clock.pass_by(minutes=5)
    await duties.done(act(), await owe("Last"))

    assert titles(await duties.done_today(clerk)) == ["Last", "Morning's"]


async def test_the_history_says_what_was_done(duties, act, owe, clock, add, hire, entries):
    from care_console.promises.rules import WORDS

    ella, tomas = await add("Ella Brandt"), await hire("Tomas Reed")
    due_at = clock() + timedelta(hours=1)
    duty_id = await duties.add(act(), DutyKind.OTHER, title="Visit", due_at=due_at, card_id=ella)
    await duties.move(act(), duty_id, due_at + timedelta(hours=1), "Sam is late")
    await duties.move_back(act(), duty_id, due_at + timedelta(hours=1), due_at)
    await duties.hand_over(act(), duty_id, owner_card_id=tomas.card_id)
    await duties.done(act(), duty_id)
    await duties.undo(act(), duty_id)

    lines = [WORDS[each.kind](each) for each in reversed(await entries(ella))]
    assert [(line.title, line.sub) for line in lines] == [
        ("Promised", "Visit"),
        ("Moved to another time", "Visit · Sam is late"),
        ("Moved back to the time before", "Visit"),
        ("Handed over to Tomas Reed", "Visit"),
        ("Done as promised", "Visit"),
        ("Not done after all", "Visit"),
    ]


async def test_moved_to_when_it_is_due_it_is_not_moved_and_loses_no_count(
    duties, act, clock, services
):
    first, later = clock() + timedelta(hours=1), clock() + timedelta(hours=2)
    duty_id = await duties.add(act(), DutyKind.OTHER, title="Call back", due_at=first)
    await duties.move(act(), duty_id, later)

    with pytest.raises(BadDuty, match="already"):
        await duties.move(act(), duty_id, later)

    assert (await duties.duty(duty_id)).moved == 1
