"""Who works here: every role against every permission, denials, and who must stay."""

import asyncio
from contextlib import suppress

import pytest

from care_console.base.command import Clerk
from care_console.cards.rules import Change, Group
from care_console.staff.rules import MAY, NotAllowed, Permission, Role
from care_console.staff.service import LastAdministrator, NoClerk, NotTaken

ROLES = tuple(Role)
GUARDED = {  # what may be asked of the service, and who may ask it
    "add_clerk": (Permission.MANAGE_STAFF, lambda s, c, x: s.add_clerk(c, x.newcomer, Role.CSR)),
    "change_role": (Permission.MANAGE_STAFF, lambda s, c, x: s.change_role(c, x.rosa, Role.SENIOR)),
    "change_department": (
        Permission.MANAGE_STAFF,
        lambda s, c, x: s.change_department(c, x.rosa, x.stores),
    ),
    "deactivate": (Permission.MANAGE_STAFF, lambda s, c, x: s.deactivate(c, x.rosa)),
    "reactivate": (Permission.MANAGE_STAFF, lambda s, c, x: s.reactivate(c, x.gone)),
    "add_department": (Permission.MANAGE_STAFF, lambda s, c, x: s.add_department(c, "Fitters")),
    "rename_department": (
        Permission.MANAGE_STAFF,
        lambda s, c, x: s.rename_department(c, x.stores, "Ledger"),
    ),
    "set_department_active": (
        Permission.MANAGE_STAFF,
        lambda s, c, x: s.set_department_active(c, x.stores, False),
    ),
}


class House:
    """Ids of some who work here, and of one who may come."""


@pytest.fixture
def house(loop, staff, act, hire, employ):
    async def furnish():
        made = House()
        made.stores = await staff.add_department(act(), "Stores")
        made.rosa = (await hire("Rosa Lindqvist")).card_id
        made.gone = (await hire("Ben Adeyemi")).card_id
        await staff.deactivate(act(), made.gone)
        made.newcomer = await employ("Dana Whitlock")
        return made

    return loop.run_until_complete(furnish())


async def state(staff):
    return (await staff.clerks(), await staff.departments())


async def test_each_role_is_let_do_what_the_table_says_and_nothing_else(staff, store, hire, by):
    for at, role in enumerate(ROLES):
        command = by(await hire(f"Clerk {at}", role))
        let = set()
        for permission in Permission:
            with suppress(NotAllowed):
                assert await store.write(staff.demand, command, permission) == role
                let.add(permission)

        assert let == {each for each in Permission if role in MAY[each]}, role


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", GUARDED)
async def test_each_use_case_asks_for_its_permission(staff, house, hire, by, entries, name, role):
    permission, use = GUARDED[name]
    clerk = await hire("Somebody Else", role)
    command, before = by(clerk), await state(staff)
    if role in MAY[permission]:
        await use(staff, command, house)
        assert await state(staff) != before
        return

    with pytest.raises(NotAllowed):
        await use(staff, command, house)
    with pytest.raises(NotAllowed):
        await use(staff, command, house)

    assert await state(staff) == before
    denials = [each for each in await entries("denied") if each[2] == clerk.card_id]
    assert denials == [("denied", {"permission": permission}, clerk.card_id)]


async def test_whoever_is_not_known_may_nothing(staff, store, by, clerk):
    for stranger in (Clerk("", ""), Clerk("X", "administrator"), Clerk("X", "administrator", 999)):
        with pytest.raises(NotAllowed):
            await store.write(staff.demand, by(stranger), Permission.EDIT_CARD)


async def test_what_the_records_say_now_counts_and_not_what_was_true_at_sign_in(
    staff, store, act, hire, by
):
    dana = await hire("Dana Whitlock", Role.SUPERVISOR)
    assert await staff.may(dana, Permission.SET_LIMITS)

    await staff.change_role(act(), dana.card_id, Role.CSR)
    with pytest.raises(NotAllowed):
        await store.write(staff.demand, by(dana), Permission.SET_LIMITS)
    await staff.deactivate(act(), dana.card_id)
    with pytest.raises(NotAllowed):
        await store.write(staff.demand, by(dana), Permission.EDIT_CARD)
    assert not await staff.may(dana, Permission.EDIT_CARD)


async def test_who_signed_in_once_is_known_as_they_are_now(staff, act, hire):
    dana = await hire("Dana Whitlock", Role.SUPERVISOR)
    await staff.change_role(act(), dana.card_id, Role.SENIOR)
    assert await staff.known(dana) == Clerk("Dana Whitlock", "senior", dana.card_id)

    await staff.deactivate(act(), dana.card_id)
    assert await staff.known(dana) is None
    assert await staff.known(Clerk("", "")) is None


async def test_able_names_the_active_clerks_who_may(staff, store, act, clerk, hire):
    dana = await hire("Dana Whitlock", Role.SUPERVISOR)
    gone = await hire("Ben Adeyemi", Role.SUPERVISOR)
    await hire("Rosa Lindqvist", Role.CSR)
    await staff.deactivate(act(), gone.card_id)

    able = await store.read(staff.able, Permission.APPROVE)
    assert able == sorted([clerk.card_id, dana.card_id])


async def test_a_clerk_is_an_employee_with_a_name_of_their_own(staff, act, employ, hire):
    customer = await employ("Maria Okafor", Group.END_USER)
    rosa = await hire("Rosa Lindqvist")
    namesake = await employ("ROSA  Lindqvist")

    with pytest.raises(NotTaken, match="no employee yet"):
        await staff.add_clerk(act(), customer, Role.CSR)
    with pytest.raises(NotTaken, match="Another clerk is called"):
        await staff.add_clerk(act(), namesake, Role.CSR)
    with pytest.raises(NotTaken, match="works here already"):
        await staff.add_clerk(act(), rosa.card_id, Role.CSR)
    with pytest.raises(NotTaken, match="no employee"):
        await staff.add_clerk(act(), 999, Role.CSR)


async def test_a_namesake_who_came_meanwhile_keeps_the_other_from_coming_back(staff, act, hire):
    first = await hire("Rosa Lindqvist")
    await staff.deactivate(act(), first.card_id)
    await hire("Rosa Lindqvist")

    with pytest.raises(NotTaken, match="Another clerk is called"):
        await staff.reactivate(act(), first.card_id)


async def test_employees_are_found_by_letters_of_their_names_until_they_are_clerks(
    staff, act, employ, hire
):
    dana = await employ("Dana Whitlock")
    await employ("Maria Danaher", Group.END_USER)
    await hire("Danilo Reyes")

    assert await staff.employees("dan") == [(dana, "Dana Whitlock")]
    assert await staff.employees("whit da") == [(dana, "Dana Whitlock")]
    assert await staff.employees("x") == []
    await staff.add_clerk(act(), dana, Role.CSR)
    assert await staff.employees("dan") == []


async def test_the_last_administrator_stays_and_nobody_changes_their_own_role(
    staff, clerk, act, by, hire
):
    with pytest.raises(LastAdministrator):
        await staff.deactivate(act(), clerk.card_id)
    with pytest.raises(LastAdministrator):
        await staff.change_role(act(), clerk.card_id, Role.CSR)

    other = await hire("Dana Whitlock", Role.ADMINISTRATOR)
    with pytest.raises(NotTaken, match="Nobody changes their own role"):
        await staff.change_role(act(), clerk.card_id, Role.CSR)
    await staff.change_role(by(other), clerk.card_id, Role.CSR)
    assert [each.role for each in await staff.clerks() if each.card_id == other.card_id] == [
        Role.ADMINISTRATOR
    ]


async def test_two_who_send_each_other_away_at_once_leave_one(staff, clerk, hire, by):
    dana = await hire("Dana Whitlock", Role.ADMINISTRATOR)

    done = await asyncio.gather(
        staff.deactivate(by(clerk), dana.card_id),
        staff.deactivate(by(dana), clerk.card_id),
        return_exceptions=True,
    )

    assert sorted(type(each) for each in done if each) in ([NotAllowed], [LastAdministrator])
    active = [each for each in await staff.clerks() if each.active]
    assert len(active) == 1


async def test_only_one_with_a_passphrase_must_stay_too(staff, sign_in, clerk, act, hire):
    await sign_in.set_passphrase(act(), clerk.card_id, "correct horse battery")
    dana = await hire("Dana Whitlock", Role.ADMINISTRATOR)

    with pytest.raises(LastAdministrator, match="passphrase"):
        await staff.deactivate(act(), clerk.card_id)
    await sign_in.set_passphrase(act(), dana.card_id, "staple lake window")
    await staff.deactivate(act(), clerk.card_id)


async def test_the_same_command_changes_once(staff, act, hire, by, entries):
    rosa, command = await hire(), act()
    await staff.change_role(command, rosa.card_id, Role.SENIOR)
    await staff.change_role(act(), rosa.card_id, Role.CSR)
    await staff.change_role(command, rosa.card_id, Role.SENIOR)

    assert [each.role for each in await staff.clerks() if each.card_id == rosa.card_id] == ["csr"]
    assert len(await entries("clerk_changed")) == 2


async def test_a_department_is_added_renamed_closed_and_opened_again(staff, act, hire):
    stores = await staff.add_department(act(), "  Stores ")
    rosa = await hire("Rosa Lindqvist", Role.CSR, stores)
    with pytest.raises(NotTaken, match="“Stores”"):
        await staff.add_department(act(), "STORES")
    with pytest.raises(NotTaken, match="Type what"):
        await staff.add_department(act(), " . ")
    workshop = await staff.add_department(act(), "Fitters")
    with pytest.raises(NotTaken, match="“Fitters”"):
        await staff.rename_department(act(), stores, "fitters")
    await staff.rename_department(act(), stores, "STORES")
    await staff.set_department_active(act(), workshop, False)

    names = [each.name for each in await staff.departments(active_only=True)]
    assert "STORES" in names
    assert "Fitters" not in names
    assert await staff.add_department(act(), "Fitters") == workshop
    mine = [each for each in await staff.clerks() if each.card_id == rosa.card_id]
    assert (mine[0].department_id, mine[0].department) == (stores, "STORES")
    with pytest.raises(NoClerk):
        await staff.change_department(act(), rosa.card_id, 999)


async def test_a_new_name_on_the_card_is_the_clerks_new_name(staff, services, act, hire):
    rosa = await hire()
    change = Change("family", "Lindqvist", "Lindqvist-Bell")
    await services.edits.edit(act(), rosa.card_id, [change])

    assert "Rosa Lindqvist-Bell" in [each.name for each in await staff.clerks()]


async def test_nobodys_name_is_in_the_facts_of_the_journal(staff, act, hire, entries):
    rosa = await hire()
    await staff.add_department(act(), "Stores")
    await staff.deactivate(act(), rosa.card_id)

    written = str(await entries())
    assert "Rosa" not in written
    assert "Stores" not in written
