"""Two desks at one recovery: nothing is lost, and nothing is done twice."""

import asyncio
from dataclasses import replace

import pytest

from care_console.journal.service import Journal
from care_console.promises.service import Duties
from care_console.recovery.rules import BadRecovery, State, Step
from care_console.store import Store

ROUNDS = 6


@pytest.fixture
def other(loop, where, services, recoveries, staff):
    """The same use cases at another desk."""
    store = Store.open(where)
    journal = replace(services.journal, store=store, origin="that desk")
    assert isinstance(journal, Journal)
    cards = replace(services.cards, store=store, journal=journal)
    duties = Duties(store, journal, services.clock, cards, staff.department_of)
    playbooks = replace(recoveries.playbooks, store=store, journal=journal)
    yield replace(
        recoveries, store=store, journal=journal, cards=cards, duties=duties, playbooks=playbooks
    )
    loop.run_until_complete(store.close())


async def test_two_desks_that_settle_the_same_step_at_once_are_both_kept(
    recoveries, other, begun, act, clerk
):
    recovery_id = await begun()
    for number in range(ROUNDS):
        await asyncio.gather(
            recoveries.step_done(act(), recovery_id, Step.APOLOGY, note=f"here {number}"),
            other.step_skipped(act(), recovery_id, Step.APOLOGY, reason=f"there {number}"),
        )

    notes = set()
    for _ in range(2 * ROUNDS):
        step = (await recoveries.panel(recovery_id, clerk)).step(Step.APOLOGY)
        assert step.state is not State.OPEN
        notes.add(step.note)
        await other.step_undone(act(), recovery_id, Step.APOLOGY)
    assert notes == {f"{desk} {n}" for desk in ("here", "there") for n in range(ROUNDS)}
    assert (await recoveries.panel(recovery_id, clerk)).step(Step.APOLOGY).state is State.OPEN


async def test_a_step_is_not_left_open_behind_the_back_of_a_desk_that_closes(
    recoveries, other, begun, led, act, clerk, all_well
):
    recovery_id = await led(await begun())
    await recoveries.answer(act(), recovery_id, all_well)

    ends = await asyncio.gather(
        recoveries.close(act(), recovery_id),
        other.step_undone(act(), recovery_id, Step.EMPATHY),
        return_exceptions=True,
    )

    hindered = [each for each in ends if each is not None]
    assert len(hindered) == 1
    assert isinstance(hindered[0], BadRecovery)
    view = await recoveries.panel(recovery_id, clerk)
    undone = view.step(Step.EMPATHY).state is State.OPEN
    assert undone is (view.closed_at is None)


async def test_one_command_sent_by_both_desks_is_carried_out_once(
    recoveries, other, begun, act, clerk
):
    recovery_id = await begun()
    command = act()

    await asyncio.gather(
        *(
            desk.step_done(command, recovery_id, Step.APOLOGY)
            for desk in (recoveries, other, recoveries)
        )
    )

    await recoveries.step_undone(act(), recovery_id, Step.APOLOGY)
    view = await recoveries.panel(recovery_id, clerk)
    assert view.step(Step.APOLOGY).state is State.OPEN


async def test_both_desks_begin_with_the_same_words(recoveries, other, add, act, playbooks):
    cards = [await add(f"Ada Poe {number}", "supplier") for number in range(2 * ROUNDS)]
    desks = [recoveries, other] * ROUNDS

    ids = await asyncio.gather(
        *(
            desk.open(act(), card, title="Paid late")
            for desk, card in zip(desks, cards, strict=True)
        )
    )

    assert len(set(ids)) == 2 * ROUNDS
    assert len(await playbooks.versions("supplier", "en")) == 1


async def test_one_matter_begun_at_both_desks_is_one_recovery(
    recoveries, other, add, act, services
):
    card_id = await add("Maria Okafor", "end-user")
    matter_id = await services.matters.open(act(), card_id, "No heating")

    ids = await asyncio.gather(
        *(
            desk.open(act(), card_id, title="No heating", matter_id=matter_id)
            for desk in (recoveries, other)
        )
    )

    assert len(set(ids)) == 1


async def test_two_desks_never_owe_two_follow_ups(
    recoveries, other, begun, act, clock, owed, clerk
):
    recovery_id = await begun()

    await asyncio.gather(
        *(
            desk.follow_up(act(), recovery_id, due_at=clock.now.replace(hour=12 + number))
            for number, desk in enumerate((recoveries, other))
        )
    )

    assert len(await owed(clerk)) == 1
