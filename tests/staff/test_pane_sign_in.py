"""The sheet of signing in, by keyboard: who, what only they know, and what came of it."""

import asyncio

import pytest

from care_console.base.command import Clerk
from care_console.kit import Label, LineEdit
from care_console.staff.pane import SignInSheet
from care_console.staff.rules import Role
from tests.conftest import until
from tests.staff.hands import KEY, in_focus, on_screen, press, quiet, seen, write

GRACE = "nine ships under one flag"
ROSA = "lemon tram window"


@pytest.fixture
def rosa(loop, sign_in, clerk, act, hire):
    async def furnish():
        await sign_in.set_passphrase(act(), clerk.card_id, GRACE)
        rosa = await hire("Rosa Lindqvist")
        await sign_in.set_passphrase(act(), rosa.card_id, ROSA)
        await hire("Ben Adeyemi", Role.SENIOR)
        return rosa

    return loop.run_until_complete(furnish())


@pytest.fixture
def sheet(qtbot, loop, rosa, sign_in, staff):
    sheet = SignInSheet(sign_in, staff, may_leave=True)
    sheet.let_in, sheet.gone = [], []
    sheet.signed_in.connect(sheet.let_in.append)
    sheet.left.connect(lambda: sheet.gone.append(True))
    on_screen(qtbot, sheet)
    loop.run_until_complete(begin(sheet))
    return sheet


async def begin(sheet, card_id=None):
    sheet.begin(card_id)
    await quiet(sheet.errands)


async def answered(sheet):
    await asyncio.sleep(0)
    await quiet(sheet.errands)


def rows(sheet):
    model = sheet.list.rows
    return [model.row(model.index(at)).title for at in range(model.rowCount())]


def lowered(pane):
    """Return what has less height than its words or its hint ask for."""
    whole = [each for each in pane.findChildren(Label) if each.isVisible() and each.text()]
    low = [each for each in whole if each.height() < each.heightForWidth(each.width())]
    edits = [each for each in pane.findChildren(LineEdit) if each.isVisible()]
    return low + [each for each in edits if each.height() < each.sizeHint().height()]


async def test_everybody_who_works_here_is_offered_and_letters_choose(sheet, rosa):
    assert rows(sheet) == ["Ben Adeyemi", "Grace Hopper", "Rosa Lindqvist"]

    write("lind")
    assert rows(sheet) == ["Rosa Lindqvist"]
    press(KEY.Key_Return)
    assert sheet.who.edit.text() == "Rosa Lindqvist"
    assert in_focus() is sheet.asking.field.edit
    write(ROSA)
    press(KEY.Key_Return)
    await until(lambda: sheet.let_in)

    assert sheet.let_in == [Clerk("Rosa Lindqvist", "csr", rosa.card_id)]
    assert sheet.asking.field.edit.text() == ""


async def test_the_arrows_go_through_the_names(sheet):
    press(KEY.Key_Down, KEY.Key_Down, KEY.Key_Return)

    assert sheet.who.edit.text() in rows(sheet)
    assert in_focus() is sheet.asking.field.edit


async def test_a_whole_name_may_be_typed_and_tab_goes_on(sheet):
    write("rosa lindqvist")
    press(KEY.Key_Tab)
    write(ROSA)
    press(KEY.Key_Return)
    await until(lambda: sheet.let_in)


async def test_what_is_wrong_is_said_under_the_field_and_the_field_is_ready_again(sheet):
    for name in ("Rosa Lindqvist", "Nobody Atall"):
        await begin(sheet)
        write(name)
        press(KEY.Key_Tab)
        write("something wrong")
        press(KEY.Key_Return)
        await until(lambda: sheet.asking.field.faulty)

        assert "Name and passphrase do not go together." in seen(sheet)
        assert sheet.asking.field.edit.text() == ""
        assert in_focus() is sheet.asking.field.edit
        assert lowered(sheet) == []
    assert sheet.let_in == []


async def test_the_wait_is_told_in_words_and_counts_down(sheet, clock):
    write("Rosa")
    press(KEY.Key_Return)
    for _try in range(6):
        write("something wrong")
        press(KEY.Key_Return)
        await until(lambda: sheet.asking.button.isEnabled())
    assert "Try again in 30 seconds." in seen(sheet)

    write(ROSA)
    press(KEY.Key_Return)
    assert sheet.asking.field.edit.text() == ROSA
    assert sheet.asking.button.isEnabled()
    sheet.asking._count_down()
    assert "Try again in 29 seconds." in seen(sheet)
    for _second in range(29):
        sheet.asking._count_down()
    assert "You can try again now." in seen(sheet)
    clock.pass_by(seconds=30)
    press(KEY.Key_Return)
    await until(lambda: sheet.let_in)


async def test_a_passphrase_that_became_too_short_is_renewed_in_place(sheet, staff, act, rosa):
    await staff.change_role(act(), rosa.card_id, Role.SUPERVISOR)
    await begin(sheet, rosa.card_id)
    sheet.asking.setFocus()
    short = "ten letters"
    await sheet._sign_in.store.write(lambda db: None)
    write(ROSA)
    press(KEY.Key_Return)
    await until(lambda: sheet.let_in)  # seventeen letters are enough

    sheet.let_in.clear()
    await staff.change_role(act(), rosa.card_id, Role.CSR)
    await sheet._sign_in.set_passphrase(act(), rosa.card_id, short)
    await staff.change_role(act(), rosa.card_id, Role.SUPERVISOR)
    await begin(sheet, rosa.card_id)
    sheet.asking.setFocus()
    write(short)
    press(KEY.Key_Return)
    await until(lambda: sheet.asking.fresh.isVisible())
    assert "as Supervisor you need at least 15 letters" in seen(sheet)

    write("still short")
    press(KEY.Key_Return)
    await until(lambda: sheet.asking.fresh.faulty)
    write("long enough for anyone")
    press(KEY.Key_Return)
    await until(lambda: sheet.let_in)
    assert not sheet.asking.fresh.isVisible()


async def test_the_passphrase_is_never_on_the_screen_nor_in_the_clipboard(sheet, qapp):
    write("Rosa")
    press(KEY.Key_Return)
    write(ROSA)
    edit = in_focus()
    from PySide6.QtCore import Qt

    qapp.clipboard().setText("before")
    press(KEY.Key_A, modifier=Qt.KeyboardModifier.ControlModifier)
    press(KEY.Key_C, modifier=Qt.KeyboardModifier.ControlModifier)

    assert ROSA not in edit.displayText()
    assert qapp.clipboard().text() == "before"
    edit.take()
    press(KEY.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    assert edit.text() == ""


async def test_esc_leaves_where_one_may(sheet):
    press(KEY.Key_Escape)

    assert sheet.gone == [True]


async def test_esc_does_nothing_where_somebody_has_to_sign_in(qtbot, rosa, sign_in, staff):
    sheet = SignInSheet(sign_in, staff)
    gone = []
    sheet.left.connect(lambda: gone.append(True))
    on_screen(qtbot, sheet)
    await begin(sheet)
    press(KEY.Key_Escape)

    assert gone == []
    assert not sheet.back.isVisible()


async def test_what_is_chosen_for_one_can_be_typed_over(sheet, rosa):
    await begin(sheet, rosa.card_id)
    assert sheet.who.edit.text() == "Rosa Lindqvist"

    sheet.who.edit.setFocus()
    sheet.who.edit.selectAll()
    write("grace")
    press(KEY.Key_Return)
    write(GRACE)
    press(KEY.Key_Return)
    await until(lambda: sheet.let_in)
    assert sheet.let_in[0].name == "Grace Hopper"


async def test_without_a_name_one_is_asked_for_it(sheet):
    sheet.asking.setFocus()
    write(ROSA)
    press(KEY.Key_Return)

    assert "Type your name, or choose it below." in seen(sheet)
    assert sheet.let_in == []
