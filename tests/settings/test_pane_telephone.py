"""The page on the telephone, by keyboard: nothing that was typed is lost."""

import asyncio
import sys
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from care_console.base.command import Clerk, Command
from care_console.kit import Button, Chip, LineEdit, ListView, NoteEdit
from tests.conftest import until
from tests.settings.telephone_page import (
    go_to,
    opened,
    press,
    said,
    wanted,
    write,
)


async def test_where_there_is_no_line_the_page_says_so_and_offers_one(page):
    await opened(page)

    assert "No line yet" in page.list.empty.text()
    assert page.add.isVisible()
    assert not page.change.isVisible()
    assert "No line knows your own telephone" in said(page)


async def test_whoever_comes_before_the_lines_are_read_is_at_the_lines_and_not_told_of_none(
    page, telephone
):
    await telephone.add(page._command(), wanted())
    page.setFocus()
    assert page.list.empty.text() == ""

    await opened(page)
    assert QApplication.focusWidget() is page.list


async def test_a_line_is_added_by_keyboard_alone_and_taken_back(page, telephone):
    await opened(page)
    page.setFocus()
    go_to(page, "Add a line")
    press(Qt.Key.Key_Space)
    assert "it does what it is told" in said(page)
    write("Reception")
    go_to(page, "Server")
    write("pbx.example")
    go_to(page, "Way: UDP")
    press(Qt.Key.Key_Right)
    go_to(page, "Password")
    write("s3cret")
    go_to(page, "Save")
    press(Qt.Key.Key_Space)
    await until(lambda: page.acts)
    await until(lambda: page.list.row() is not None)

    assert (await telephone.lines())[0].options == {"server": "pbx.example", "way": "tcp"}
    assert page.list.row().title == "Reception"
    assert page.acts[0].words == "“Reception” added"
    await page.acts[0].undo()
    assert await telephone.lines() == []
    assert page.list.row() is None


async def test_what_will_not_do_stays_with_a_sentence_under_its_field(page, telephone):
    await opened(page)
    page.setFocus()
    go_to(page, "Add a line")
    press(Qt.Key.Key_Space)
    write("Reception")
    go_to(page, "Port")
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    write("many")
    go_to(page, "Save")
    press(Qt.Key.Key_Space)
    await until(lambda: page.form.inputs["server"].field.faulty)

    assert page.form.inputs["server"].edit.accessibleDescription() == "Server is needed."
    assert QApplication.focusWidget() is page.form.inputs["server"].edit
    write("pbx.example")
    go_to(page, "Save")
    press(Qt.Key.Key_Space)
    await until(lambda: page.form.inputs["port"].field.faulty)
    assert not page.form.inputs["server"].field.faulty
    assert page.form.inputs["port"].text == "many"
    assert page.form.name.text == "Reception"
    assert await telephone.lines() == []


async def test_what_was_typed_is_there_when_one_comes_back_until_it_is_forgotten(page, telephone):
    await telephone.add(page._command(), wanted())
    await opened(page)
    page.setFocus()
    press(Qt.Key.Key_Return)
    go_to(page, "Server")
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    write("other.example")
    go_to(page, "Back")
    press(Qt.Key.Key_Space)
    page.refresh()
    await until(lambda: not page.errands._out)
    assert QApplication.focusWidget() is page.list
    press(Qt.Key.Key_Return)
    assert page.form.inputs["server"].text == "other.example"

    go_to(page, "Forget what I typed")
    press(Qt.Key.Key_Space)
    assert page.form.inputs["server"].text == "pbx.example"
    assert not page.form.discard.isVisible()


async def test_a_secret_is_never_shown_again_and_stays_where_nothing_is_typed(
    page, telephone, pretend_kind
):
    await telephone.add(page._command(), wanted(secret="s3cret"))
    await opened(page)
    page.setFocus()
    press(Qt.Key.Key_Return)
    edit = page.form.inputs["password"].edit
    assert edit.text() == ""
    assert edit.placeholderText().startswith("Kept.")
    assert edit.echoMode() == QLineEdit.EchoMode.Password
    go_to(page, "Your own telephone")
    write("201")
    go_to(page, "Save")
    press(Qt.Key.Key_Space)
    await until(lambda: page.acts)
    await until(lambda: "is 201" in page.own.text())

    await telephone.make((await telephone.lines())[0])
    assert pretend_kind.MADE[-1][0].secret == "s3cret"
    await page.acts[0].undo()
    assert "phone" not in (await telephone.lines())[0].options


async def test_another_secret_is_kept_and_taking_that_back_brings_the_first(
    page, telephone, pretend_kind
):
    await telephone.add(page._command(), wanted(secret="first"))
    await opened(page)
    page.setFocus()
    press(Qt.Key.Key_Return)
    go_to(page, "Password")
    write("second")
    go_to(page, "Save")
    press(Qt.Key.Key_Space)
    await until(lambda: page.acts)

    async def kept():
        await telephone.make((await telephone.lines())[0])
        return pretend_kind.MADE[-1][0].secret

    assert await kept() == "second"
    await page.acts[0].undo()
    assert await kept() == "first"


async def test_a_line_is_removed_and_brought_back(page, telephone):
    await telephone.add(page._command(), wanted())
    await opened(page)
    page.setFocus()
    go_to(page, "Remove Reception")
    press(Qt.Key.Key_Space)
    await until(lambda: page.acts)
    assert await telephone.lines() == []
    assert QApplication.focusWidget() is page.add

    await page.acts[0].undo()
    assert [each.name for each in await telephone.lines()] == ["Reception"]


async def test_a_line_whose_state_turns_is_told_in_words_at_once(
    page, telephone, running, pretend_kind
):
    await telephone.add(page._command(), wanted())
    heard = []
    running._hear = heard.append
    await running.settle()
    await opened(page)
    task = asyncio.ensure_future(anext(heard[0].events()))
    try:
        await until(lambda: "Up: calls come through." in page.state.text())
        assert page.list.row().icon == "check"
        pretend_kind.MADE[-1][1].drop("The server does not answer.")
        assert "Down. The server does not answer." in page.state.text()
        assert "does not answer" in page.list.row().sentence
        assert page.list.row().icon == "alert"
        pretend_kind.MADE[-1][1].mend()
        assert "Up" in page.state.text()
    finally:
        task.cancel()


async def test_a_file_that_is_not_understood_is_told_and_a_bad_table_on_its_line(
    page, telephone, home, running
):
    text = home.desk_file.read_text()
    home.desk_file.write_text(text + '\n[[line]]\nname = "Bird"\nkind = "pigeon"\n')
    await opened(page)
    assert page.list.row().title == "Bird"

    home.desk_file.write_text("[[line]\n")
    page.refresh()
    await until(lambda: page.trouble.isVisible())
    assert "not understood" in said(page)


async def test_what_one_may_not_do_is_told_and_nothing_is_lost(page, services, clerk, telephone):
    await opened(page)
    page._command = lambda: Command(uuid4(), Clerk("Somebody", "receptionist", 999))
    page.setFocus()
    go_to(page, "Add a line")
    press(Qt.Key.Key_Space)
    write("Door")
    go_to(page, "Save")
    press(Qt.Key.Key_Space)
    await until(lambda: page.form.trouble.isVisible())

    assert "not for your role" in page.form.trouble.accessibleName()
    assert page.form.name.text == "Door"


async def test_everything_that_takes_the_keyboard_has_a_name(page, telephone):
    await telephone.add(page._command(), wanted())
    await opened(page)
    kinds = (Button, Chip, LineEdit, ListView, NoteEdit)

    for _turn in range(2):
        for each in (one for kind in kinds for one in page.findChildren(kind) if one.isVisible()):
            assert each.accessibleName() or each.text(), each
        page.setFocus()
        press(Qt.Key.Key_Return)


@pytest.mark.skipif(sys.platform != "linux", reason="a list of the Linux desktops")
async def test_telephone_links_are_taken_by_key_and_given_back_by_undo(page, own_desktop, act):
    await opened(page)
    go_to(page, "Take telephone links")
    press(Qt.Key.Key_Space)
    await until(lambda: page.acts)

    assert "comes to this desk" in said(page)
    assert "care-console-ring.desktop" in own_desktop.read_text()

    await page.acts[0].undo()
    assert "care-console-ring.desktop" not in own_desktop.read_text()
    assert "Take telephone links" in [each.text() for each in page.findChildren(Button)]
