"""What the sample's house has done by the time the newcomer sits down."""

from uuid import uuid4

from care_console.authority.rules.limits import Verdict
from care_console.base.command import Clerk, Command
from care_console.demo.care import put_care, set_pins
from care_console.demo.sample import put_sample
from care_console.demo.script import read_sample
from care_console.promises.rules import DutyKind, DutyState
from care_console.recovery.rules import Filter
from care_console.staff.rules import Role


async def filled(services):
    sample = read_sample()
    put = await put_sample(services, sample)
    await put_care(services, sample, put)
    return sample, put


async def test_my_day_has_work_and_so_have_those_who_decide_and_deliver(services, clock):
    _sample, put = await filled(services)
    dana = Clerk("", Role.SUPERVISOR, put.cards["dana-whitfield"])

    mine = await services.duties.mine(put.clerk)
    today = [each for each in mine if each.state(clock()) in (DutyState.TODAY, DutyState.SOON)]
    assert len(today) >= 2
    assert any(each.kind is DutyKind.FOLLOW_UP and each.card == "Padma Nair" for each in today)
    assert not any(each.late(clock()) for each in mine)
    (waits,) = await services.requests.waiting(dana)
    assert (waits.card_name, waits.clerk) == ("Hollis Court Care Home", "Rosa Lindqvist")
    assert waits.may_minor >= waits.minor, "Dana could not say yes"
    assert waits.expires_at > clock()
    (delivery,) = await services.deliveries.listing()
    assert (delivery.card_name, delivery.doer) == ("Padma Nair", "Dispatch")
    assert delivery.due_at > clock()


async def test_the_angry_caller_can_be_given_the_fee_though_she_got_something_before(services):
    _sample, put = await filled(services)

    panel = await services.authority.panel(put.clerk, put.cards["maria-okafor"])

    (fee,) = (each for each in panel.offers if each.key == "2")
    assert (fee.kind, fee.verdict) == ("waiver", Verdict.GIVE)
    assert len(panel.earlier) == 2
    assert await services.recoveries.open_of(put.cards["maria-okafor"]) == []


async def test_one_s_own_cousin_needs_a_second_person(services):
    _sample, put = await filled(services)

    panel = await services.authority.panel(put.clerk, put.cards["greta-lind"])

    assert panel.second == "This is somebody of your own household."
    assert all(each.verdict is not Verdict.GIVE for each in panel.offers)


async def test_one_recovery_is_closed_and_one_waits_for_the_workshop(services):
    await filled(services)

    rows = await services.recoveries.listing(Filter())

    (row,) = rows
    assert row.title == "The new fan whines after two months"


async def test_the_pin_that_the_demonstration_tells_is_dana_s_and_nobody_has_a_passphrase(services):
    sample = read_sample()
    put = await put_sample(services, sample)
    await set_pins(services, sample, put.cards)
    dana = put.cards["dana-whitfield"]

    command = Command(uuid4(), put.clerk)
    approver = await services.sign_in.check_pin(command, dana, sample.pins["dana-whitfield"])

    assert (approver.card_id, approver.role) == (dana, Role.SUPERVISOR)
    assert await services.sign_in.needs_passphrase()


async def test_what_was_done_lies_in_the_past_and_the_journal_is_whole(services, clock):
    _sample, put = await filled(services)

    history = await services.cards.history(put.cards["ella-brandt"])
    assert all(entry.at <= clock() for entry in history)
    assert await services.journal.broken() == []
