"""The abusive call: two warnings, an end with the house's backing, and somebody sees the clerk."""

from datetime import timedelta

import pytest

from care_console.recovery.rules import AbuseStep, BadRecovery
from care_console.recovery.rules.abuse import TooSoon


@pytest.fixture
def call(services, add, act):
    """Start a contact with Vic Stone and return its id and his card's."""

    async def call(**more):
        card_id = await add("Vic Stone", "end-user")
        contact_id = await services.contacts.start(
            act(), channel="telephone", card_id=card_id, **more
        )
        return contact_id, card_id

    return call


async def test_warn_warn_end(abuse, call, act, clerk, services, hire, owed):
    dana = await hire("Dana Reed", "supervisor")
    contact_id, card_id = await call()
    steps, words = [], []
    for _ in range(2):
        view = await abuse.view(contact_id, clerk)
        steps.append(view.next)
        words.append(view.words.say)
        with pytest.raises(TooSoon):
            await abuse.end(act(), contact_id)
        await abuse.warn(act(), contact_id)
    view = await abuse.view(contact_id, clerk)
    steps.append(view.next)
    words.append(view.words.say)
    with pytest.raises(BadRecovery):
        await abuse.warn(act(), contact_id)

    await abuse.end(act(), contact_id, note=view.note)

    assert steps == [AbuseStep.FIRST, AbuseStep.SECOND, AbuseStep.END]
    assert len(set(words)) == 3
    after = await abuse.view(contact_id, clerk)
    assert (after.next, after.words) == (AbuseStep.ENDED, None)
    assert await owed(dana) == [("check_on", "Ask how they are after an abusive call")]
    (alert,) = (await services.cards.card(card_id)).alerts
    assert alert.words == "7 Jan 2030: a call was ended after two warnings about abusive language."
    assert alert.until - alert.since == timedelta(days=90)


async def test_another_way_to_say_it_is_one_key_away(abuse, call, clerk):
    contact_id, _ = await call()

    said = [(await abuse.view(contact_id, clerk, turn)).words.say for turn in range(3)]

    assert len(set(said)) == 3


async def test_without_a_note_none_is_put_on_the_card(abuse, call, act, services, clock):
    contact_id, card_id = await call()
    await abuse.end(act(), contact_id, threat=True)

    assert (await services.cards.card(card_id)).alerts == ()
    with pytest.raises(BadRecovery):
        await abuse.end(act(), contact_id, threat=True)
    with pytest.raises(BadRecovery):
        await abuse.warn(act(), contact_id)


async def test_each_act_is_carried_out_once_for_each_command(
    abuse, call, act, services, clerk, hire, owed
):
    dana = await hire("Dana Reed", "supervisor")
    contact_id, card_id = await call()
    acts = [
        lambda c: abuse.warn(c, contact_id),
        lambda c: abuse.warn(c, contact_id),
        lambda c: abuse.end(c, contact_id, note="Sworn at"),
        lambda c: abuse.call_colleague(c, contact_id),
    ]
    for carry_out in acts:
        first = await carry_out(command := act())
        view, owes = await abuse.view(contact_id, clerk), await owed(dana)
        assert await carry_out(command) == first
        assert (await abuse.view(contact_id, clerk), await owed(dana)) == (view, owes)
    assert len((await services.cards.card(card_id)).alerts) == 1


async def test_a_caller_on_no_card_is_warned_too(abuse, services, act, clerk):
    contact_id = await services.contacts.start(act(), channel="telephone")

    await abuse.warn(act(), contact_id)
    await abuse.end(act(), contact_id, note="Nobody knows who", threat=True)

    assert (await abuse.view(contact_id, clerk)).next is AbuseStep.ENDED


async def test_a_colleague_is_called_without_a_sound(abuse, hire, act, clerk, owed, as_clerk):
    with pytest.raises(BadRecovery):
        await abuse.call_colleague(act())
    jo, dana = await hire("Jo Marsh"), await hire("Dana Reed", "supervisor")

    assert await abuse.call_colleague(act()) == dana.card_id
    assert await abuse.call_colleague(act(), None, jo.card_id) == jo.card_id
    with pytest.raises(BadRecovery):
        await abuse.call_colleague(as_clerk(jo), None, jo.card_id)

    assert await owed(jo) == [("come", "Come to Grace Hopper now, quietly")]


async def test_whoever_is_called_says_that_they_come_and_the_caller_reads_it(
    abuse, hire, act, clerk, owed, as_clerk, duties, services, clock
):
    jo = await hire("Jo Marsh")
    await abuse.call_colleague(act(), None, jo.card_id, place="Desk 2")
    other = await services.duties.add(
        act(), "other", title="Ring", due_at=clock.now + timedelta(hours=1)
    )
    (call,) = await abuse.calls(jo)
    assert call.words == "Come to Grace Hopper now, quietly: Desk 2"
    assert (call.by_card_id, call.to_card_id, call.coming) == (clerk.card_id, jo.card_id, "")
    everyones = [each.title for each in await duties.everyones(clerk)]
    assert everyones == ["Ring"]  # it is between the two

    with pytest.raises(BadRecovery):
        await abuse.coming(as_clerk(jo), other)
    await abuse.coming(as_clerk(jo), call.duty_id)

    assert [each.coming for each in await abuse.calls(clerk)] == ["Jo Marsh"]
    assert await owed(jo) == []


async def test_a_silent_call_of_yesterday_is_none_now(abuse, hire, act, clock):
    jo = await hire("Jo Marsh")
    await abuse.call_colleague(act(), None, jo.card_id)
    clock.pass_by(days=1)

    assert await abuse.calls(jo) == []


async def test_the_history_of_the_card_is_factual(abuse, call, act, services):
    from care_console.recovery.rules.words import WORDS

    contact_id, card_id = await call()
    await abuse.warn(act(), contact_id)
    await abuse.warn(act(), contact_id)
    await abuse.end(act(), contact_id, note="Sworn at")

    entries = [each for each in await services.cards.history(card_id) if each.kind in WORDS]
    lines = [WORDS[each.kind](each) for each in entries]
    assert [(line.title, line.sub) for line in lines] == [
        ("Call ended", "after two warnings"),
        ("Asked to speak without abuse, 2 times", ""),
        ("Asked to speak without abuse, 1 time", ""),
    ]


async def test_a_contact_that_is_not_there_is_told(abuse, act, clerk):
    with pytest.raises(BadRecovery):
        await abuse.view(99, clerk)
    with pytest.raises(BadRecovery):
        await abuse.warn(act(), 99)


async def test_whoever_is_abusive_once_more_is_warned_in_other_words(
    abuse, call, act, clerk, services
):
    contact_id, card_id = await call()
    again = await services.contacts.start(act(), channel="telephone", card_id=card_id)
    said = {contact_id: [], again: []}
    for contact, heard in said.items():
        for keep in (abuse.warn, abuse.warn, abuse.end):
            words = (await abuse.view(contact, clerk)).words
            heard.append(words.key)
            await keep(act(), contact, wording=words.key)

    assert not set(said[contact_id]) & set(said[again])
    assert len(set(said[again])) == 3
