"""Limits are looked at, and changed with a reason."""

from datetime import timedelta

import pytest
from sqlmodel import select

from care_console.authority.records import LimitRecord
from care_console.authority.rules.faults import BadLimits
from care_console.authority.rules.limits import Scope
from care_console.authority.rules.views import LimitChange
from care_console.authority.service.catalogue import lay, rows
from care_console.cards.rules import Group
from care_console.staff.records import DepartmentRecord
from care_console.staff.rules import NotAllowed, Permission, Role

WHY = "Three calls passed up in a week."


def case(most, role=Role.CSR, **more):
    return LimitChange("recovery", role=role, most=most, **more)


async def test_the_catalogue_is_laid_once(store, laid, clerk):
    def again(db):
        done = lay(db, "GBP")
        return done, len(rows(db)), len(db.exec(select(LimitRecord)).all())

    first = await store.read(lambda db: len(db.exec(select(LimitRecord)).all()))
    assert await store.write(again) == (False, len(laid), first)


async def test_the_remedies_come_with_who_does_them(laid):
    flowers = laid["gift", Group.END_USER]
    assert (flowers.name, flowers.doer, flowers.usual) == ("Flowers with a card", "Dispatch", 1_500)


async def test_a_department_of_that_name_is_not_opened_twice(store):
    def put(db):
        db.add(DepartmentRecord(name="dispatch", name_key="dispatch"))
        lay(db, "GBP")
        return [each.name for each in db.exec(select(DepartmentRecord))]

    assert sorted(await store.write(put)) == ["Accounts", "Personnel", "dispatch"]


async def test_the_table_has_the_roles_across_and_the_remedies_down(limits, laid):
    table = await limits.table()
    assert [each.title for each in table.columns] == [
        "Receptionist",
        "CSR",
        "Senior CSR",
        "Supervisor",
        "Administrator",
        "Everybody",
    ]
    titles = [each.title for each in table.rows]
    assert titles[:4] == [
        "One case",
        "One person's day",
        "One customer's year",
        "One department's month",
    ]
    assert titles[4:] == [each.name for each in laid.values()]
    assert [table.cells[0, x].most for x in range(3)] == [1_500, 4_000, 8_000]
    assert table.cells[titles.index("First free slot"), 0].unlimited
    credit = table.cells[titles.index("Credit on the account"), 0]
    assert (credit.id, credit.most) == (0, 0)
    assert table.ceiling_minor == 25_000
    assert table.rows[titles.index("Cover free of charge")].unit == "months"


async def test_a_change_holds_at_once_and_is_told_with_its_reason(
    limits, laid, hire, act, holds, entries
):
    rosa = await hire()
    assert await holds(rosa) == 4_000
    assert await limits.change(act(), [case(6_000)], WHY) == ()
    assert await holds(rosa) == 6_000
    [(facts, said)] = await entries("limits_changed")
    [change] = facts["changes"]
    assert (change["before"]["most"], change["after"]["most"]) == (4_000, 6_000)
    assert said == {"why": WHY}
    [first] = await limits.history()
    assert (first.by, first.title, first.column) == ("Grace Hopper", "One case", "CSR")
    assert (first.before.most, first.after.most, first.why) == (4_000, 6_000, WHY)


async def test_the_clerk_whose_limit_it_is_reads_of_it(limits, laid, hire, act, clock):
    rosa, tom = await hire(), await hire("Tom Senior", Role.SENIOR)
    since = clock()
    clock.pass_by(minutes=1)
    await limits.change(act(), [case(6_000)], WHY)
    assert [each.after.most for each in await limits.news(rosa, since)] == [6_000]
    assert await limits.news(tom, since) == []
    assert await limits.news(rosa, clock() + timedelta(seconds=1)) == []


async def test_a_command_that_is_sent_again_changes_nothing_more(
    limits, laid, hire, act, holds, entries
):
    rosa, command = await hire(), act()
    await limits.change(command, [case(6_000)], WHY)
    await limits.change(act(), [case(5_000)], WHY)
    await limits.change(command, [case(6_000)], WHY)
    assert await holds(rosa) == 5_000
    assert len(await entries("limits_changed")) == 2


async def test_what_stays_the_same_is_no_change(limits, laid, act, entries):
    await limits.change(act(), [case(4_000)], WHY)
    assert await entries("limits_changed") == []


async def test_the_row_that_was_replaced_is_kept_for_the_rehearsal(limits, laid, act, store, clock):
    await limits.change(act(), [case(6_000)], WHY)

    def read(db):
        wanted = select(LimitRecord).where(LimitRecord.scope == "recovery")
        mine = db.exec(wanted.where(LimitRecord.role == "csr").order_by(LimitRecord.id))
        return [(each.most, each.replaced_at) for each in mine]

    assert await store.read(read) == [(4_000, clock()), (6_000, None)]


async def test_without_a_reason_nothing_is_changed(limits, laid, hire, act, holds):
    rosa = await hire()
    with pytest.raises(BadLimits, match="Say why"):
        await limits.change(act(), [case(6_000)], "  ")
    assert await holds(rosa) == 4_000


async def test_with_one_fault_nothing_is_changed_and_it_says_which(limits, laid, hire, act, holds):
    rosa = await hire()
    other = LimitChange("remedy", laid["other", ""].id, role=Role.CSR, most=20_000)
    with pytest.raises(BadLimits) as trouble:
        await limits.change(act(), [LimitChange("day", role=Role.CSR, most=16_000), other], WHY)
    assert str(trouble.value) == (
        "Other amount, CSR: £200.00 is more than one case allows, £40.00."
    )
    [fault] = trouble.value.faults
    assert fault.change == other
    assert fault.what_to_do == "Type £40.00 or less, or raise the case first."
    assert await holds(rosa, Scope.DAY) == 15_000
    assert await limits.faults([other], rosa) == [fault]


@pytest.mark.parametrize("role", [Role.RECEPTIONIST, Role.CSR, Role.SENIOR])
async def test_only_who_sets_limits_changes_them(limits, laid, hire, by, holds, entries, role):
    them = await hire("Ida Novak", role)
    before = await holds(them)
    for denied in (
        limits.change(by(them), [case(100_000, role)], WHY),
        limits.sign(by(them), 1),
        limits.decline(by(them), 1),
        limits.stop(by(them), WHY),
        limits.resume(by(them)),
    ):
        with pytest.raises(NotAllowed):
            await denied
    assert await holds(them) == before
    said = [facts["permission"] for facts, _ in await entries("denied")]
    assert said == [
        Permission.SET_LIMITS,
        Permission.SIGN_LIMITS,
        Permission.SIGN_LIMITS,
        Permission.STOP_REMEDIES,
        Permission.STOP_REMEDIES,
    ]
    with pytest.raises(NotAllowed):
        await limits.digest(limits.cards.today(), them)


async def test_what_ends_by_itself_goes_back_to_what_was(limits, laid, hire, act, holds):
    rosa, today = await hire(), limits.cards.today()
    await limits.change(act(), [case(6_000, until=today + timedelta(days=3))], WHY)
    assert [await holds(rosa, days=n) for n in (0, 2, 3)] == [6_000, 6_000, 4_000]
    [back] = await limits.coming()
    assert (back.day, back.title, back.column) == (today + timedelta(days=3), "One case", "CSR")
    assert (back.before.most, back.after.most) == (6_000, 4_000)


async def test_what_begins_later_leaves_what_holds_till_then(limits, laid, hire, act, holds):
    rosa, today = await hire(), limits.cards.today()
    await limits.change(act(), [case(2_000, since=today + timedelta(days=7))], WHY)
    assert [await holds(rosa, days=n) for n in (0, 6, 7)] == [4_000, 4_000, 2_000]
    table = await limits.table(today + timedelta(days=7))
    assert table.cells[0, 1].most == 2_000


async def test_an_exception_beats_the_role_and_goes_again(limits, laid, hire, act, holds):
    rosa, tom = await hire(), await hire("Tom Berg")
    mine = LimitChange("recovery", clerk_card_id=rosa.card_id, most=7_000)
    await limits.change(act(), [mine], WHY)
    assert (await holds(rosa), await holds(tom)) == (7_000, 4_000)
    assert (await limits.table()).columns[-1].title == "Rosa Lindqvist"
    gone = LimitChange("recovery", clerk_card_id=rosa.card_id, most=None)
    await limits.change(act(), [gone], "She is back with the others.")
    assert await holds(rosa) == 4_000
    assert (await limits.table()).columns[-1].title == "Everybody"


async def test_a_role_is_copied_as_changes_that_can_be_looked_at_first(
    limits, laid, hire, act, holds
):
    rosa = await hire()
    changes = await limits.copy(Role.RECEPTIONIST, Role.CSR)
    assert await holds(rosa) == 4_000
    await limits.change(act(), changes, "Everybody begins at the desk.")
    assert await holds(rosa) == 1_500
    assert await holds(rosa, Scope.REMEDY, laid["credit", Group.END_USER].id) is None
    assert await limits.copy(Role.RECEPTIONIST, Role.CSR) == []


async def test_whether_a_reason_is_wanted_is_changed_with_the_limits(
    limits, laid, act, store, entries
):
    gift = laid["gift", Group.END_USER].id
    await limits.change(act(), [], WHY, say_why={gift: True})
    assert {each.id: each.why_wanted for each in await store.read(rows)}[gift]
    [(facts, _)] = await entries("limits_changed")
    assert facts["say_why"] == {str(gift): True}


async def test_a_stop_is_told_with_its_reason_and_goes_again(limits, laid, act, services, entries):
    await limits.stop(act(), "The price list is wrong.")
    assert services.settings.company.stopped == "The price list is wrong."
    assert (await limits.table()).stopped == "The price list is wrong."
    await limits.resume(act())
    await limits.resume(act())
    assert (await limits.table()).stopped == ""
    assert await entries("remedies_stopped") == [({}, {"why": "The price list is wrong."})]
    assert len(await entries("remedies_resumed")) == 1
    with pytest.raises(BadLimits):
        await limits.stop(act(), " ")
