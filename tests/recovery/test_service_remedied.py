"""Making it up is done as long as a remedy stands that did it."""

import pytest

from care_console.authority.records import CatalogueRecord, LimitRecord
from care_console.authority.rules.limits import Scope
from care_console.recovery.rules import BadRecovery, State, Step


@pytest.fixture
def give(loop, store, services, act):
    """Give £10 in a recovery and return the remedy's id."""

    def lay(db):
        record = CatalogueRecord(kind="waived_fee", name="Waive a fee")
        db.add(record)
        for scope in Scope:
            db.add(LimitRecord(scope=scope, most=0, unlimited=True, role="", days=365))
        db.flush()
        return record.id

    fee = loop.run_until_complete(store.write(lay))

    async def give(recovery_id, card_id):
        authority = services.authority
        offered = await authority.offer(
            act(),
            fee,
            card_id,
            recovery_id=recovery_id,
            minor=1_000,
            why="A wasted day",
            person_first="In a hurry",
        )
        await authority.give(act(), offered.remedy_id)
        return offered.remedy_id

    return give


async def test_making_it_up_is_open_again_when_both_of_its_remedies_are_taken_back(
    recoveries, begun, act, clerk, services, give
):
    recovery_id = await begun()

    async def stands():
        return (await recoveries.panel(recovery_id, clerk)).step(Step.ATONEMENT).state

    card_id = (await recoveries.panel(recovery_id, clerk)).card_id
    first, second = await give(recovery_id, card_id), await give(recovery_id, card_id)
    await services.authority.withdraw(act(), first)
    assert await stands() is State.DONE

    await services.authority.withdraw(act(), second)

    assert await stands() is State.OPEN


async def test_what_was_made_up_without_a_remedy_stays_done_when_one_is_taken_back(
    recoveries, begun, act, clerk, services, give
):
    recovery_id = await begun()
    card_id = (await recoveries.panel(recovery_id, clerk)).card_id
    await recoveries.step_done(
        act(), recovery_id, Step.ATONEMENT, note="Flowers", why="They had to go"
    )

    for remedy_id in [await give(recovery_id, card_id) for _ in range(2)]:
        await services.authority.withdraw(act(), remedy_id)

    step = (await recoveries.panel(recovery_id, clerk)).step(Step.ATONEMENT)
    assert (step.state, step.note) == (State.DONE, "Flowers")


async def test_nothing_is_given_past_the_recovery_that_is_open(
    recoveries, begun, act, clerk, services, give
):
    recovery_id = await begun()
    card_id = (await recoveries.panel(recovery_id, clerk)).card_id
    with pytest.raises(BadRecovery, match="is being put right for this customer"):
        await give(None, card_id)

    await recoveries.take_back(act(), recovery_id)

    assert await give(None, card_id)
