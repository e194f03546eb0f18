"""Recoveries in several hands, in lists, and in the history of the card."""

from datetime import timedelta

import pytest

from care_console.recovery.rules import (
    Answers,
    BadRecovery,
    Fault,
    Filter,
    Mood,
    Show,
    Shown,
    State,
    Step,
)

NO = Answers(put_right=False)


async def test_a_step_in_other_hands_has_a_date_and_is_confirmed(
    recoveries, begun, act, clerk, clock, department, hire, owed, add
):
    recovery_id = await begun()
    due_at = clock.now + timedelta(days=2)
    ware = await department("Warehouse")
    tomas = await hire("Tomas Reed", department_id=ware)
    halden = await add("Halden Sons", "distributor")

    step = Step.REINSTATEMENT
    hand = recoveries.hand_step
    await hand(act(), recovery_id, step, department_id=ware, due_at=due_at)
    assert await owed(tomas) == [("step", "Quick reinstatement: engineer did not come")]
    shown = (await recoveries.panel(recovery_id, clerk)).step(step)
    assert (shown.owner, shown.due_at, shown.state) == ("Warehouse", due_at, State.OPEN)

    await hand(act(), recovery_id, step, owner_card_id=halden, due_at=due_at)
    assert await owed(tomas) == []
    assert await owed(clerk) == [
        ("step", "Ask Halden Sons: Quick reinstatement: engineer did not come")
    ]

    await recoveries.step_done(act(), recovery_id, step, note="New part is in")
    assert await owed(clerk) == []
    await recoveries.step_undone(act(), recovery_id, step)
    assert len(await owed(clerk)) == 1


async def test_a_step_goes_to_a_person_or_a_department_and_not_when_it_is_settled(
    recoveries, begun, act, clock, clerk
):
    recovery_id = await begun()
    hand, due_at = recoveries.hand_step, clock.now
    with pytest.raises(BadRecovery):
        await hand(act(), recovery_id, Step.APOLOGY, due_at=due_at)
    with pytest.raises(BadRecovery):
        await hand(act(), recovery_id, Step.FOLLOW_UP, owner_card_id=clerk.card_id, due_at=due_at)
    await recoveries.step_done(act(), recovery_id, Step.APOLOGY)
    with pytest.raises(BadRecovery):
        await hand(act(), recovery_id, Step.APOLOGY, owner_card_id=clerk.card_id, due_at=due_at)


async def test_a_recovery_is_handed_over_with_its_follow_up(
    recoveries, begun, led, hire, act, clerk, owed, add
):
    recovery_id = await led(await begun())
    jo = await hire("Jo Marsh")
    with pytest.raises(BadRecovery):
        await recoveries.hand_over(act(), recovery_id, await add("A Stranger"))

    await recoveries.hand_over(act(), recovery_id, jo.card_id)

    assert (await recoveries.panel(recovery_id, clerk)).owner == "Jo Marsh"
    assert await owed(clerk) == []
    assert len(await owed(jo)) == 1


async def test_whoever_asks_a_distributor_hands_that_over_with_the_recovery(
    recoveries, begun, hire, act, clerk, clock, owed, add, department
):
    recovery_id, jo = await begun(), await hire("Jo Marsh")
    halden, ware = await add("Halden Sons", "distributor"), await department("Warehouse")
    hand, due_at = recoveries.hand_step, clock.now + timedelta(days=2)
    await hand(act(), recovery_id, Step.REINSTATEMENT, owner_card_id=halden, due_at=due_at)
    await hand(act(), recovery_id, Step.EMPATHY, owner_card_id=clerk.card_id, due_at=due_at)
    await hand(act(), recovery_id, Step.ATONEMENT, department_id=ware, due_at=due_at)

    await recoveries.hand_over(act(), recovery_id, jo.card_id)

    asked = ("step", "Ask Halden Sons: Quick reinstatement: engineer did not come")
    assert await owed(jo) == [asked]
    assert await owed(clerk) == [("step", "Empathy: engineer did not come")]


async def test_a_step_in_other_hands_that_is_left_out_was_not_done_by_them(
    recoveries, begun, act, clock, clerk, duties
):
    recovery_id, due_at = await begun(), clock.now + timedelta(hours=1)
    hand = recoveries.hand_step
    await hand(act(), recovery_id, Step.EMPATHY, owner_card_id=clerk.card_id, due_at=due_at)

    await recoveries.step_skipped(act(), recovery_id, Step.EMPATHY, reason="They hung up")

    assert await duties.mine(clerk) == []
    assert await duties.done_today(clerk) == []


async def test_whose_fault_it_was_changes_the_words(recoveries, begun, act, clerk):
    recovery_id = await begun()
    before = await recoveries.panel(recovery_id, clerk)

    await recoveries.set_fault(act(), recovery_id, Fault.OURS)

    after = await recoveries.panel(recovery_id, clerk)
    both = [view.script.words(Step.APOLOGY, Mood.SHOUTING).say for view in (before, after)]
    assert both[0] != both[1]
    assert "Maria" in both[0] + both[1]


async def test_one_matter_has_one_recovery(recoveries, add, act, services):
    card_id = await add("Maria Okafor", "end-user")
    matter_id = await services.matters.open(act(), card_id, "No heating")

    first = await recoveries.open(act(), card_id, title="No heating", matter_id=matter_id)
    again = await recoveries.open(act(), card_id, title="Still none", matter_id=matter_id)
    other = await recoveries.open(act(), card_id, title="Rude on the telephone")

    assert first == again != other
    assert await recoveries.open_of(card_id) == [other, first]
    assert {row.id for row in await recoveries.listing()} == {first, other}


async def test_opened_from_a_call_it_takes_the_contacts_group_and_matter(
    recoveries, add, act, services, clerk
):
    card_id = await add("Maria Okafor", "end-user", "distributor")
    contact_id = await services.contacts.start(
        act(), channel="telephone", card_id=card_id, group="distributor"
    )
    matter_id = await services.matters.open(act(), card_id, "No stock")
    await services.contacts.keep(contact_id, matter_id=matter_id)

    recovery_id = await recoveries.open(act(), card_id, title="No stock", contact_id=contact_id)

    view = await recoveries.panel(recovery_id, clerk)
    assert (view.group, view.matter, view.contacts) == ("distributor", "No stock", 1)


async def test_a_third_contact_on_one_matter_rises_above_age(recoveries, add, act, services, clock):
    rows = []
    for name, contacts in (("Old One", 1), ("Third Time", 3)):
        card_id = await add(name, "end-user")
        matter_id = await services.matters.open(act(), card_id, "No heating")
        for _ in range(contacts):
            contact_id = await services.contacts.start(act(), channel="telephone", card_id=card_id)
            await services.contacts.keep(contact_id, matter_id=matter_id)
        rows.append(await recoveries.open(act(), card_id, title="No heating", matter_id=matter_id))
        clock.pass_by(hours=1)

    assert [row.id for row in await recoveries.listing()] == rows[::-1]


async def test_the_list_filters_by_what_is_asked(recoveries, begun, led, act, clerk, clock, add):
    recovery_id = await begun()
    other = await recoveries.open(
        act(), await add("Halden Sons", "distributor"), title="Wrong boxes"
    )
    await led(other)

    async def ids(*which, **more):
        return [row.id for row in await recoveries.listing(Filter(*which, **more))]

    assert await ids(Show.MINE, clerk_card_id=clerk.card_id) == [recovery_id, other]
    assert await ids(Show.UNDATED) == [recovery_id]
    assert await ids(group="distributor") == [other]
    assert await ids(step=Step.APOLOGY) == [recovery_id]
    assert await ids(Show.LATE) == []
    clock.pass_by(minutes=11)
    assert await ids(Show.LATE) == [recovery_id]
    assert await ids(Show.CLOSED) == []


async def test_a_title_and_a_clerk_are_wanted(recoveries, add, act):
    card_id = await add("Maria Okafor", "end-user")

    with pytest.raises(BadRecovery):
        await recoveries.open(act(), card_id, title="  ")


def on_steps(r, recovery_id, card_id, jo, due_at):
    return [
        lambda c: r.open(c, card_id, title="Another"),
        lambda c: r.step_done(c, recovery_id, Step.APOLOGY),
        lambda c: r.step_skipped(c, recovery_id, Step.EMPATHY, reason="They hung up"),
        lambda c: r.step_undone(c, recovery_id, Step.EMPATHY),
        lambda c: r.set_fault(c, recovery_id, Fault.OURS),
        lambda c: r.hand_step(
            c, recovery_id, Step.EMPATHY, owner_card_id=jo.card_id, due_at=due_at
        ),
        lambda c: r.step_done(c, recovery_id, Step.EMPATHY),
        lambda c: r.step_done(c, recovery_id, Step.REINSTATEMENT),
        lambda c: r.step_done(c, recovery_id, Step.ATONEMENT),
        lambda c: r.follow_up(c, recovery_id, due_at=due_at),
        lambda c: r.hand_over(c, recovery_id, jo.card_id),
    ]


def on_the_circle(r, recovery_id, all_well):
    return [
        lambda c: r.answer(c, recovery_id, NO),
        lambda c: r.answer_undone(c, recovery_id),
        lambda c: r.answer(c, recovery_id, all_well),
        lambda c: r.close(c, recovery_id),
        lambda c: r.reopen(c, recovery_id, why="Wrong person asked"),
        lambda c: r.show_words(c, Shown.NEVER),
    ]


async def test_each_act_is_carried_out_once_for_each_command(
    recoveries, begun, services, act, clock, clerk, hire, all_well
):
    recovery_id, jo = await begun(), await hire("Jo Marsh")
    card_id = (await recoveries.panel(recovery_id, clerk)).card_id
    due_at = clock.now + timedelta(days=1)
    acts = on_steps(recoveries, recovery_id, card_id, jo, due_at)

    for carry_out in (*acts, *on_the_circle(recoveries, recovery_id, all_well)):
        clock.pass_by(minutes=1)
        first = await carry_out(command := act())
        history = await services.journal.of(card_id)
        view = await recoveries.panel(recovery_id, clerk)
        assert await carry_out(command) == first
        assert await services.journal.of(card_id) == history
        assert await recoveries.panel(recovery_id, clerk) == view
    assert await recoveries.shown(clerk) is Shown.NEVER


async def test_two_desks_settling_one_step_lose_neither_word(
    recoveries, begun, hire, as_clerk, act, clerk
):
    recovery_id = await begun()
    jo = await hire("Jo Marsh")
    await recoveries.step_skipped(act(), recovery_id, Step.APOLOGY, reason="They hung up")
    await recoveries.step_done(as_clerk(jo), recovery_id, Step.APOLOGY, note="Rang back")

    step = (await recoveries.panel(recovery_id, clerk)).step(Step.APOLOGY)
    assert (step.state, step.clerk, step.note) == (State.DONE, "Jo Marsh", "Rang back")

    await recoveries.step_undone(as_clerk(jo), recovery_id, Step.APOLOGY)
    step = (await recoveries.panel(recovery_id, clerk)).step(Step.APOLOGY)
    assert (step.state, step.clerk, step.note) == (State.SKIPPED, "Grace Hopper", "They hung up")


async def test_the_history_reads_it(recoveries, begun, led, act, services, clerk, all_well):
    from care_console.recovery.rules.words import WORDS

    recovery_id = await led(await begun(fault=Fault.OURS))
    await recoveries.answer(act(), recovery_id, all_well, and_close=True)
    card_id = (await recoveries.panel(recovery_id, clerk)).card_id

    entries = await services.cards.history(card_id)
    told = [WORDS[each.kind](each).title for each in entries if each.kind in WORDS]

    assert told == [
        "Put right, says the customer",
        "Follow-up dated",
        "Make it up: done",
        "Empathy: done",
        "Quick reinstatement: done",
        "Apologise: done",
        f"Recovery R-{recovery_id} begun",
    ]
    assert all("Okafor" not in str(each.facts) for each in entries)


async def test_above_a_supervisor_stands_an_administrator_and_alone_nobody(
    recoveries, begun, led, act, hire, clerk, staff, store, department
):
    from care_console.recovery.service.one_up import one_up

    async def above(who):
        return await store.read(one_up, staff, who.card_id)

    assert await above(clerk) == clerk.card_id
    ware = await department("Warehouse")
    rosa = await hire("Rosa Diaz", department_id=ware)
    assert await above(rosa) == clerk.card_id
    far = await hire("Far Boss", "supervisor")
    near = await hire("Near Boss", "supervisor", department_id=ware)
    assert await above(rosa) == near.card_id
    assert await above(near) == clerk.card_id
    assert await above(clerk) == far.card_id


async def test_what_is_in_other_hands_is_not_owed_for_ever_after_a_no(
    recoveries, begun, hire, act, owed, clock
):
    dana, tomas = await hire("Dana Reed", "supervisor"), await hire("Tomas Reed")
    recovery_id = await begun()
    due_at = clock.now + timedelta(hours=2)
    await recoveries.hand_step(
        act(), recovery_id, Step.REINSTATEMENT, due_at=due_at, owner_card_id=tomas.card_id
    )
    assert len(await owed(tomas)) == 1

    await recoveries.answer(act(), recovery_id, NO)
    assert await owed(tomas) == []
    assert len(await owed(dana)) == 1
    await recoveries.answer_undone(act(), recovery_id)
    assert len(await owed(tomas)) == 1


async def test_what_the_call_is_about_comes_before_what_is_newer(recoveries, add, act, services):
    card_id, clerk = await add("Maria Okafor", "end-user"), act().clerk
    contact_id = await services.contacts.start(act(), channel="telephone", card_id=card_id)
    about = await recoveries.open(act(), card_id, title="No heating", contact_id=contact_id)
    newer = await recoveries.open(act(), card_id, title="Rude on the telephone")

    assert await recoveries.open_of(card_id, clerk) == [about, newer]
    assert await recoveries.open_of(card_id) == [newer, about]
