"""More than a clerk may give is asked for, decided by somebody else, and used once."""

import pytest
from sqlmodel import select

from care_console.authority.records import RequestRecord
from care_console.authority.service import (
    NotGiven,
    OverLimit,
    Plea,
    SecondPerson,
    Stopped,
    TooLate,
    WhyWanted,
)
from care_console.cards.rules import RelationKind
from care_console.staff.rules import NotAllowed, Role
from care_console.staff.rules.secrets import FREE, TryLater, Wrong
from tests.authority.rooms import PIN

STORY = "Two visits missed, no heating since Tuesday."


@pytest.fixture
def people(hire, customer, remedy, limits, pin_for):
    """Rosa may give £40.00, Dana £250.00; Maria is the customer."""

    async def people():
        rosa = await hire()
        dana = await hire("Dana Whitfield", Role.SUPERVISOR)
        await limits(Role.CSR)
        await limits(Role.SUPERVISOR, remedy=25_000, recovery=25_000, day=90_000, customer=25_000)
        await pin_for(dana)
        return rosa, dana, await customer(), await remedy("Three months' cover")

    return people


async def state(store, request_id):
    return await store.read(lambda db: db.get_one(RequestRecord, request_id).state)


async def owed(rooms, clerk):
    return [each.title for each in await rooms.duties.mine(clerk) if each.owner == clerk.name]


async def test_a_request_waits_with_its_story_till_it_is_approved_and_used_once(
    store, authority, requests, by, people
):
    rosa, dana, maria, cover = await people()
    asked = await requests.ask(by(rosa), cover, maria, story=STORY, minor=5_550)

    (waiting,) = await requests.waiting(dana)
    assert (waiting.clerk, waiting.card_name, waiting.story) == (rosa.name, "Maria Okafor", STORY)
    assert (waiting.minor, waiting.over_minor, waiting.mine) == (5_550, 1_550, True)
    assert waiting.may_minor == 5_550
    await requests.decide(by(dana), asked, yes=True)
    assert await requests.waiting(dana) == []
    offered = await authority.offer(by(rosa), cover, maria, minor=5_550, request_id=asked)
    await authority.give(by(rosa), offered.remedy_id)

    assert await state(store, asked) == "used"
    with pytest.raises(NotGiven, match="was used"):
        await authority.offer(by(rosa), cover, maria, minor=5_550, request_id=asked)


async def test_an_approval_is_for_that_clerk_customer_remedy_and_amount(
    authority, requests, by, people, hire, customer, remedy
):
    rosa, dana, maria, cover = await people()
    omar, jonas, other = await hire("Omar Haddad"), await customer("Jonas Weber"), await remedy()
    asked = await requests.ask(by(rosa), cover, maria, story=STORY, minor=5_550)
    await requests.decide(by(dana), asked, yes=True)

    wrong = (
        (omar, cover, maria, 5_550),
        (rosa, other, maria, 5_550),
        (rosa, cover, jonas, 5_550),
        (rosa, cover, maria, 5_551),
        (rosa, cover, maria, 5_549),
    )
    for clerk, kind, card_id, minor in wrong:
        with pytest.raises(NotGiven, match="Something else"):
            await authority.offer(by(clerk), kind, card_id, minor=minor, request_id=asked)

    assert await authority.offer(by(rosa), cover, maria, minor=5_550, request_id=asked)


async def test_an_approval_holds_for_five_minutes(authority, requests, clock, by, people):
    rosa, dana, maria, cover = await people()
    asked = await requests.ask(by(rosa), cover, maria, story=STORY, minor=5_550)
    await requests.decide(by(dana), asked, yes=True)

    clock.pass_by(minutes=5)

    with pytest.raises(TooLate, match="five minutes"):
        await authority.offer(by(rosa), cover, maria, minor=5_550, request_id=asked)


async def test_less_may_be_approved(authority, requests, by, people):
    rosa, dana, maria, cover = await people()
    asked = await requests.ask(by(rosa), cover, maria, story=STORY, minor=5_550)
    for minor in (0, -1, 5_551):
        with pytest.raises(NotGiven):
            await requests.decide(by(dana), asked, yes=True, minor=minor)

    await requests.decide(by(dana), asked, yes=True, minor=5_000)

    with pytest.raises(NotGiven):
        await authority.offer(by(rosa), cover, maria, minor=5_550, request_id=asked)
    assert await authority.offer(by(rosa), cover, maria, minor=5_000, request_id=asked)


async def test_a_refusal_has_words_for_the_customer(store, rooms, requests, by, people):
    rosa, dana, maria, cover = await people()
    asked = await requests.ask(by(rosa), cover, maria, story=STORY, minor=5_550)
    with pytest.raises(WhyWanted):
        await requests.decide(by(dana), asked, yes=False, words=" ")

    await requests.decide(by(dana), asked, yes=False, words="First the call-out fee")

    assert await state(store, asked) == "refused"
    assert await owed(rooms, dana) == []
    assert "Tell Maria Okafor the answer" in (await owed(rooms, rosa))[0]
    with pytest.raises(TooLate, match="decided"):
        await requests.decide(by(dana), asked, yes=True)


async def test_nobody_decides_their_own(requests, clock, by, people):
    rosa, dana, maria, cover = await people()
    with pytest.raises(NotGiven, match="may not approve"):
        await requests.ask(
            by(dana), cover, maria, story=STORY, minor=5_000, to_card_id=dana.card_id
        )
    with pytest.raises(NotGiven, match="Nobody approves their own"):
        await requests.approve_at_desk(
            by(dana), dana.card_id, PIN, Plea(cover, maria, STORY, minor=5_000)
        )
    with pytest.raises(NotAllowed):
        await requests.decide(by(rosa), 1, yes=True)
    asked = await requests.ask(by(dana), cover, maria, story=STORY, minor=5_000)
    clock.pass_by(minutes=15)

    assert await requests.waiting(dana) == []
    with pytest.raises(NotGiven, match="Nobody approves their own"):
        await requests.decide(by(dana), asked, yes=True)
    with pytest.raises(NotGiven, match="Nobody decides their own"):
        await requests.decide(by(dana), asked, yes=False, words="No")


async def test_whom_it_was_sent_to_decides_and_after_a_while_any_other(
    requests, clock, by, people, hire
):
    rosa, dana, maria, cover = await people()
    meera = await hire("Meera Shah", Role.SUPERVISOR)
    asked = await requests.ask(
        by(rosa), cover, maria, story=STORY, minor=5_550, to_card_id=dana.card_id
    )

    assert [each.mine for each in await requests.waiting(meera)] == [False]
    with pytest.raises(NotGiven, match="sent to Dana Whitfield"):
        await requests.decide(by(meera), asked, yes=True)
    clock.pass_by(minutes=15)

    assert [each.mine for each in await requests.waiting(meera)] == [True]
    await requests.decide(by(meera), asked, yes=True)


async def test_a_request_is_over_after_half_an_hour(requests, clock, by, people):
    rosa, dana, maria, cover = await people()
    asked = await requests.ask(by(rosa), cover, maria, story=STORY, minor=5_550)

    clock.pass_by(minutes=30)

    assert await requests.waiting(dana) == []
    with pytest.raises(TooLate, match="half an hour"):
        await requests.decide(by(dana), asked, yes=True)


async def test_nobody_approves_more_than_they_may_give_themselves(requests, by, people):
    rosa, dana, maria, cover = await people()
    asked = await requests.ask(by(rosa), cover, maria, story=STORY, minor=25_001)

    with pytest.raises(OverLimit, match="£250.00 at the most"):
        await requests.decide(by(dana), asked, yes=True)

    assert (await requests.waiting(dana))[0].may_minor == 25_000
    await requests.decide(by(dana), asked, yes=True, minor=25_000)


async def test_who_may_not_approve_sees_nothing_waiting(requests, by, people, hire):
    rosa, _dana, maria, cover = await people()
    asked = await requests.ask(by(rosa), cover, maria, story=STORY, minor=5_550)
    omar = await hire("Omar Haddad")

    assert await requests.waiting(omar) == []
    with pytest.raises(NotAllowed):
        await requests.decide(by(omar), asked, yes=True)


async def test_an_approval_at_the_desk_needs_no_queue(authority, requests, clock, by, people):
    rosa, dana, maria, cover = await people()
    command, plea = by(rosa), Plea(cover, maria, minor=5_550)
    asked = await requests.approve_at_desk(command, dana.card_id, PIN, plea)
    again = await requests.approve_at_desk(command, dana.card_id, PIN, plea)

    assert asked == again
    offered = await authority.offer(by(rosa), cover, maria, minor=5_550, request_id=asked)
    assert offered.minor == 5_550


async def test_somebody_who_may_not_approve_does_not_at_the_desk(
    requests, by, people, hire, pin_for
):
    rosa, _dana, maria, cover = await people()
    omar = await hire("Omar Haddad")
    await pin_for(omar)

    with pytest.raises(NotAllowed):
        await requests.approve_at_desk(by(rosa), omar.card_id, PIN, Plea(cover, maria, minor=5_550))


async def test_only_the_pin_of_the_approver_approves_at_the_desk_and_it_is_not_guessed(
    store, requests, by, people
):
    rosa, dana, maria, cover = await people()
    for _ in range(FREE):
        with pytest.raises(Wrong):
            await requests.approve_at_desk(
                by(rosa), dana.card_id, "918273", Plea(cover, maria, minor=5_550)
            )

    with pytest.raises(TryLater):
        await requests.approve_at_desk(by(rosa), dana.card_id, PIN, Plea(cover, maria, minor=5_550))

    assert await store.read(lambda db: db.exec(select(RequestRecord)).all()) == []


async def test_an_approval_at_the_desk_holds_for_five_minutes(
    authority, requests, clock, by, people
):
    rosa, dana, maria, cover = await people()
    asked = await requests.approve_at_desk(
        by(rosa), dana.card_id, PIN, Plea(cover, maria, minor=5_550)
    )
    clock.pass_by(minutes=5)

    with pytest.raises(TooLate, match="five minutes"):
        await authority.offer(by(rosa), cover, maria, minor=5_550, request_id=asked)


async def test_an_approval_is_in_the_currency_in_which_it_was_asked_for(
    services, act, authority, requests, by, people
):
    rosa, dana, maria, cover = await people()
    asked = await requests.approve_at_desk(
        by(rosa), dana.card_id, PIN, Plea(cover, maria, minor=5_550)
    )
    waits = await requests.ask(by(rosa), cover, maria, story=STORY, minor=5_550)
    await services.settings.change(act(), currency="KWD")

    with pytest.raises(NotGiven, match="another currency"):
        await authority.offer(by(rosa), cover, maria, minor=5_550, request_id=asked)
    with pytest.raises(NotGiven, match="another currency"):
        await requests.decide(by(dana), waits, yes=True)


async def test_a_no_at_the_desk_is_in_the_journal_with_its_words(
    services, requests, by, people, hire
):
    rosa, dana, maria, cover = await people()
    omar = await hire("Omar Haddad")
    command, words = by(rosa), "first the call-out fee"
    for whose in (rosa, omar):
        with pytest.raises(NotGiven):
            await requests.refuse_at_desk(by(rosa), whose.card_id, Plea(cover, maria), words=words)
    with pytest.raises(WhyWanted):
        await requests.refuse_at_desk(
            by(rosa), dana.card_id, Plea(cover, maria, minor=5_550), words=" "
        )
    for _ in range(2):
        await requests.refuse_at_desk(
            command, dana.card_id, Plea(cover, maria, minor=5_550), words=words
        )

    (told,) = [
        each for each in await services.cards.history(maria) if each.kind == "request_refused"
    ]
    assert told.personal["words"] == words
    assert told.facts["decided_by"] == dana.card_id
    assert told.clerk_card_id == rosa.card_id


async def test_for_their_own_household_a_second_person_decides_who_is_of_neither(
    services, act, authority, requests, by, people, customer
):
    rosa, dana, _maria, cover = await people()
    cousin, niece = await customer("Iris Lindqvist"), await customer("Ida Whitfield")
    await services.edits.relate(act(), cousin, RelationKind.HOUSEHOLD_OF, rosa.card_id)
    await services.edits.relate(act(), niece, RelationKind.HOUSEHOLD_OF, dana.card_id)
    with pytest.raises(SecondPerson):
        await authority.offer(by(rosa), cover, cousin, minor=100)

    asked = await requests.ask(by(rosa), cover, cousin, story=STORY, minor=100)
    await requests.decide(by(dana), asked, yes=True)
    assert await authority.offer(by(rosa), cover, cousin, minor=100, request_id=asked)

    hers = await requests.ask(by(rosa), cover, niece, story=STORY, minor=5_000)
    with pytest.raises(SecondPerson):
        await requests.decide(by(dana), hers, yes=True)
    with pytest.raises(SecondPerson):
        await requests.approve_at_desk(by(rosa), dana.card_id, PIN, Plea(cover, niece, minor=5_000))


async def test_a_request_can_be_withdrawn_by_who_asked(store, rooms, requests, by, people, hire):
    rosa, dana, maria, cover = await people()
    asked = await requests.ask(by(rosa), cover, maria, story=STORY, minor=5_550)
    with pytest.raises(NotGiven):
        await requests.withdraw(by(await hire("Omar Haddad")), asked)

    await requests.withdraw(by(rosa), asked)

    assert await state(store, asked) == "withdrawn"
    assert await owed(rooms, rosa) == await owed(rooms, dana) == []
    with pytest.raises(TooLate, match="no longer asked"):
        await requests.decide(by(dana), asked, yes=True)


async def test_who_asks_says_why_and_owes_the_customer_an_answer(rooms, requests, by, people):
    rosa, dana, maria, cover = await people()
    with pytest.raises(WhyWanted):
        await requests.ask(by(rosa), cover, maria, story="  ", minor=5_550)

    await requests.ask(by(rosa), cover, maria, story=STORY, minor=5_550)

    what = "£55.50: Three months' cover, for Maria Okafor"
    assert await owed(rooms, dana) == [what]
    assert await owed(rooms, rosa) == ["Tell Maria Okafor the answer: £55.50, Three months' cover"]


async def test_sent_twice_there_is_one_request_and_decided_twice_one_answer(
    store, requests, by, people
):
    rosa, dana, maria, cover = await people()
    ask, decide = by(rosa), by(dana)
    ids = {await requests.ask(ask, cover, maria, story=STORY, minor=5_550) for _ in range(3)}
    (asked,) = ids
    for _ in range(2):
        await requests.decide(decide, asked, yes=True)

    assert await state(store, asked) == "approved"


async def test_while_remedies_are_stopped_nobody_asks(services, act, requests, by, people):
    rosa, dana, maria, cover = await people()
    asked = await requests.ask(by(rosa), cover, maria, story=STORY, minor=5_550)
    await services.limits.stop(act(), "Stocktaking")

    with pytest.raises(Stopped):
        await requests.ask(by(rosa), cover, maria, story=STORY, minor=5_550)
    with pytest.raises(Stopped):
        await requests.approve_at_desk(by(rosa), dana.card_id, PIN, Plea(cover, maria, minor=5_550))
    with pytest.raises(Stopped):
        await requests.decide(by(dana), asked, yes=True)


async def test_two_approvals_do_not_pass_the_approvers_own_limits(authority, requests, by, people):
    rosa, dana, maria, cover = await people()
    first, second = [
        await requests.approve_at_desk(
            by(rosa), dana.card_id, PIN, Plea(cover, maria, minor=15_000)
        )
        for _ in range(2)
    ]
    offered = await authority.offer(by(rosa), cover, maria, minor=15_000, request_id=first)
    await authority.give(by(rosa), offered.remedy_id)

    with pytest.raises(OverLimit):
        await authority.offer(by(rosa), cover, maria, minor=15_000, request_id=second)


async def test_what_was_approved_is_of_the_approvers_day(
    store, authority, requests, by, people, customer
):
    rosa, dana, maria, cover = await people()
    asked = await requests.approve_at_desk(
        by(rosa), dana.card_id, PIN, Plea(cover, maria, minor=15_000)
    )
    offered = await authority.offer(by(rosa), cover, maria, minor=15_000, request_id=asked)
    await authority.give(by(rosa), offered.remedy_id)

    def used(clerk):
        day = next(each for each in clerk.gauges if each.scope.value == "day")
        return day.used

    jonas = await customer("Jonas Weber")
    assert used(await authority.panel(rosa, jonas)) == 0
    assert used(await authority.panel(dana, jonas)) == 15_000
