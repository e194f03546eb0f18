"""The page of staff and roles: kept as it is chosen, taken back, and closed to others."""

from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from care_console.base.command import Command
from care_console.cards.rules import Group, NewCard, NewMembership
from care_console.staff.pane import StaffPage
from care_console.staff.rules import MAY, Permission, Role, permission_words, who_may_words
from tests.conftest import until
from tests.staff.hands import KEY, in_focus, on_screen, press, quiet, seen, write

GRACE = "nine ships under one flag"
ROSA = "lemon tram window"


@pytest.fixture
def rosa(loop, hire):
    return loop.run_until_complete(hire("Rosa Lindqvist"))


@pytest.fixture
def open_page(qtbot, services, staff, sign_in):
    async def start(command, name):
        given, _, family = name.partition(" ")
        group = NewMembership(group=Group.EMPLOYEE)
        new = NewCard(given=given, family=family, memberships=(group,))
        return await services.cards.add(command, new)

    async def opened(clerk):
        page = StaffPage(staff, sign_in, lambda: Command(uuid4(), clerk), start)
        page.acts, page.said, page.hindered = [], [], []
        page.acted.connect(page.acts.append)
        page.told.connect(page.said.append)
        page.errands.hindered.connect(page.hindered.append)
        on_screen(qtbot, page, 1100, 760)
        await quiet(page.errands)
        return page

    return opened


@pytest.fixture
def page(loop, open_page, clerk, rosa):
    return loop.run_until_complete(open_page(clerk))


def titles(page):
    model = page.list.rows
    return [model.row(model.index(at)).title for at in range(model.rowCount())]


def click(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


async def told(page):
    await until(lambda: page.acts or page.said or page.hindered)


async def now(staff, card_id):
    return next(each for each in await staff.clerks() if each.card_id == card_id)


async def test_who_works_here_is_listed_with_what_they_are(page):
    assert titles(page) == [
        *("You", "Passphrase and PIN", "Work here", "Grace Hopper", "Rosa Lindqvist"),
        *("House", "Departments", "What each role may do"),
    ]


async def test_a_role_is_kept_as_it_is_chosen_and_taken_back(page, staff, rosa):
    page.list.go_to(rosa.card_id)
    assert page.clerk.roles.chips[Role.CSR].isChecked()
    click(page.clerk.roles.chips[Role.SENIOR])
    await told(page)

    assert (await now(staff, rosa.card_id)).role == Role.SENIOR
    assert page.acts[0].words == "Rosa Lindqvist is Senior CSR now"
    await page.acts[0].undo()
    assert (await now(staff, rosa.card_id)).role == Role.CSR


async def test_what_may_not_be_is_told_and_the_page_shows_what_holds(page, clerk):
    page.list.go_to(clerk.card_id)
    click(page.clerk.roles.chips[Role.CSR])
    await told(page)

    assert "One administrator must stay" in page.hindered[0]
    assert page.clerk.roles.chips[Role.ADMINISTRATOR].isChecked()
    assert not page.clerk.roles.chips[Role.CSR].isChecked()


async def test_somebody_leaves_and_comes_back(page, staff, rosa):
    page.list.go_to(rosa.card_id)
    click(page.clerk.leave)
    await told(page)
    assert "No longer work here" in titles(page)
    assert not (await now(staff, rosa.card_id)).active

    await page.acts[0].undo()
    page.refresh()
    await quiet(page.errands)
    assert "No longer work here" not in titles(page)


async def test_a_department_is_added_given_renamed_and_closed(page, staff, rosa):
    page.list.go_to("departments")
    page.departments.setFocus()
    write("Stores")
    press(KEY.Key_Return)
    await told(page)
    stores = next(each for each in await staff.departments() if each.name == "Stores")
    assert page.departments.new.edit.text() == ""

    page.list.go_to(rosa.card_id)
    click(page.clerk.departments.chips[stores.id])
    await until(lambda: len(page.acts) == 2)
    assert (await now(staff, rosa.card_id)).department == "Stores"

    page.list.go_to("departments")
    field = page.departments.fields[stores.id]
    field.setFocus()
    field.selectAll()
    write("Ledger")
    press(KEY.Key_Return)
    await until(lambda: len(page.acts) == 3)
    click(page.departments.buttons[stores.id])
    await until(lambda: len(page.acts) == 4)
    closed = {each.name for each in await staff.departments() if not each.active}
    assert closed == {"Ledger"}
    await page.acts[3].undo()
    assert all(each.active for each in await staff.departments())


async def test_a_department_that_is_there_is_told_and_the_words_stay(page, staff, act):
    await staff.add_department(act(), "Stores")
    page.refresh()
    await quiet(page.errands)
    page.list.go_to("departments")
    page.departments.setFocus()
    write("stores")
    press(KEY.Key_Return)
    await until(lambda: "There is a department" in seen(page))

    assert page.departments.new.edit.text() == "stores"


async def test_an_employee_becomes_a_clerk_by_a_few_letters(page, staff, employ):
    dana = await employ("Dana Whitlock")
    click(page.add)
    await quiet(page.adding.errands)
    write("dan")
    await quiet(page.adding.errands)
    press(KEY.Key_Return)
    await told(page)

    added = await now(staff, dana)
    assert (added.role, added.active) == (Role.RECEPTIONIST, True)
    assert page.clerk.name.text() == "Dana Whitlock"
    await page.acts[0].undo()
    assert not (await now(staff, dana)).active


async def test_somebody_without_a_card_gets_one(page, staff):
    click(page.add)
    write("Ivo Marten")
    await quiet(page.adding.errands)
    click(page.adding.new)
    await told(page)

    assert "Ivo Marten" in [each.name for each in await staff.clerks()]


async def test_enter_starts_a_card_for_somebody_nobody_knows_however_fast_it_comes(page, staff):
    click(page.add)
    write("Ivo Marten")
    press(KEY.Key_Return)
    await told(page)

    assert "Ivo Marten" in [each.name for each in await staff.clerks()]


async def test_enter_takes_nobody_who_was_listed_for_fewer_letters(page, staff, employ):
    dana = await employ("Dana Whitlock")
    click(page.add)
    await quiet(page.adding.errands)
    write("Ivo Marten")
    press(KEY.Key_Return)
    await told(page)

    assert dana not in [each.card_id for each in await staff.clerks()]


async def test_arrows_in_the_field_go_through_the_employees(page, staff, employ):
    await employ("Dana Whitlock")
    daniel = await employ("Daniel Amsel")
    click(page.add)
    await quiet(page.adding.errands)
    write("dan")
    await quiet(page.adding.errands)
    rows = [page.adding.list.rows.row(page.adding.list.rows.index(at)).id for at in range(2)]
    press(*[KEY.Key_Down] * rows.index(daniel), KEY.Key_Return)
    await told(page)

    assert daniel in [each.card_id for each in await staff.clerks()]


async def test_keys_lead_from_a_colleague_down_their_form(page, rosa):
    page.list.setFocus()
    page.list.go_to(rosa.card_id)
    press(KEY.Key_Return)
    form = page.clerk
    wanted = [*form.roles.chips.values(), *form.departments.chips.values(), form.first.edit]
    walked = [in_focus()]
    while len(walked) < len(wanted):
        press(KEY.Key_Tab)
        walked.append(in_focus())

    assert walked == wanted


async def test_what_holds_already_is_no_change(page, rosa):
    page.list.go_to(rosa.card_id)
    click(page.clerk.departments.chips[None])
    click(page.clerk.roles.chips[Role.CSR])
    await quiet(page.errands)

    assert not page.acts
    assert page.clerk.roles.chips[Role.CSR].isChecked()


async def test_the_passphrase_that_is_given_can_be_read_while_it_is_typed(page, rosa):
    page.list.go_to(rosa.card_id)
    click(page.clerk.show_it)
    edit = page.clerk.first.edit
    assert edit.echoMode() == edit.EchoMode.Normal

    page.list.go_to("roles")
    assert edit.echoMode() == edit.EchoMode.Password


async def test_ones_own_passphrase_and_pin_are_set_here(page, sign_in, clerk):
    assert "Nobody has to sign in here yet." in seen(page)
    page.own.setFocus()
    write("too short")
    press(KEY.Key_Return)
    await until(lambda: page.own.new.faulty)
    assert "at least 15 letters" in seen(page)
    page.own.new.edit.selectAll()
    write(GRACE)
    press(KEY.Key_Return)
    await told(page)

    assert page.said == ["Your passphrase is set"]
    assert page.own.new.edit.text() == ""
    assert "Nobody has to sign in here yet." not in seen(page)
    assert (await sign_in.sign_in("Grace Hopper", GRACE)) == clerk
    page.own.proof.setFocus()
    write(GRACE)
    press(KEY.Key_Tab)
    write("472913")
    press(KEY.Key_Return)
    await until(lambda: len(page.said) == 2)
    assert (await sign_in.check_pin(page._command(), clerk.card_id, "472913")) == clerk


async def test_the_old_passphrase_is_asked_for_and_told_when_wrong(page, sign_in, clerk, act):
    await sign_in.set_passphrase(act(), clerk.card_id, GRACE)
    page.refresh()
    await quiet(page.errands)
    page.own.old.setFocus()
    write("not the old one")
    press(KEY.Key_Tab)
    write("quite another sentence")
    press(KEY.Key_Return)
    await until(lambda: page.own.old.faulty)

    assert "do not go together" in seen(page)
    assert in_focus() is page.own.old.edit


async def test_a_first_passphrase_is_given(page, sign_in, rosa):
    page.list.go_to(rosa.card_id)
    assert "Has no passphrase yet and cannot sign in." in seen(page)
    page.clerk.first.setFocus()
    write(ROSA)
    press(KEY.Key_Return)
    await told(page)

    assert (await sign_in.sign_in("Rosa Lindqvist", ROSA)) == rosa
    assert page.clerk.first.edit.text() == ""
    assert "Has a passphrase, but no PIN." in seen(page)


async def test_what_is_typed_for_one_is_gone_when_another_is_shown(page, rosa, clerk):
    page.list.go_to(rosa.card_id)
    page.clerk.first.setFocus()
    write(ROSA)
    page.list.go_to("roles")
    page.list.go_to(rosa.card_id)

    assert page.clerk.first.edit.text() == ""


async def test_a_blocked_clerk_is_marked_and_let_try_again(page, sign_in, staff, rosa, clock, act):
    await sign_in.set_passphrase(act(), rosa.card_id, ROSA)
    for _try in range(100):
        await sign_in.store.write(sign_in._begin, rosa, rosa.card_id, "passphrase")
        clock.pass_by(minutes=15)
    page.refresh()
    await quiet(page.errands)
    page.list.go_to(rosa.card_id)
    assert "Blocked after a hundred wrong tries." in seen(page)
    click(page.clerk.unblock)
    await told(page)

    assert not (await now(staff, rosa.card_id)).blocked
    assert (await sign_in.sign_in("Rosa Lindqvist", ROSA)) == rosa


@pytest.mark.parametrize("role", Role)
async def test_each_role_sees_enabled_what_the_table_lets_it_do(
    open_page, hire, staff, rosa, entries, role
):
    other = await hire("Dana Whitlock", role)
    page = await open_page(other)
    page.list.go_to(rosa.card_id)
    manages = role in MAY[Permission.MANAGE_STAFF]

    assert page.add.isVisible() is manages
    assert page.clerk.roles.chips[Role.SENIOR].isEnabled() is manages
    assert page.clerk.leave.isVisible() is manages
    assert page.clerk.first.isVisible() is manages
    assert page.clerk.unblock.isEnabled() is (role in MAY[Permission.UNBLOCK])
    page.list.go_to("departments")
    assert page.departments.new.isVisible() is manages
    page.clerk.role_chosen.emit(Role.ADMINISTRATOR)  # whatever the screen lets through
    page.list.go_to(rosa.card_id)
    page.clerk.role_chosen.emit(Role.SENIOR)
    await told(page)
    assert ((await now(staff, rosa.card_id)).role == Role.SENIOR) is manages
    assert len(await entries("denied")) == (0 if manages else 1)


async def test_the_help_is_the_table(page):
    page.list.go_to("roles")
    words = seen(page)

    for permission in Permission:
        assert permission_words(permission) in words
        assert who_may_words(permission) in words


async def test_what_another_desk_changed_is_shown(page, staff, rosa, act):
    page.list.go_to(rosa.card_id)
    await staff.change_role(act(), rosa.card_id, Role.SUPERVISOR)
    page.refresh()
    await quiet(page.errands)

    assert page.clerk.roles.chips[Role.SUPERVISOR].isChecked()


async def test_everything_that_takes_the_focus_has_a_name(page, rosa):
    from PySide6.QtWidgets import QWidget

    for at in ("own", rosa.card_id, "departments"):
        page.list.go_to(at)
        for each in page.findChildren(QWidget):
            if each.isVisible() and each.focusPolicy() & Qt.FocusPolicy.TabFocus:
                assert each.accessibleName(), each
