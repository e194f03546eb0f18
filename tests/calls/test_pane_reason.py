"""The reason of a contact: finished by a few letters, given by a chip, or as one types it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from care_console.calls.pane import ContactPane
from tests.calls.callers import on_screen, press, write
from tests.conftest import until

KEY = Qt.Key


@pytest.fixture
def started(loop, services, act):
    return loop.run_until_complete(services.contacts.start(act(), channel="telephone"))


@pytest.fixture
def pane(qtbot, services, act):
    return on_screen(qtbot, ContactPane(services.contacts, services.matters, act), 356)


async def shown(pane, contact_id):
    """Show a contact, and wait until it is there."""
    pane.show_contact(contact_id)
    await until(lambda: pane.loaded)


def focus():
    return QApplication.focusWidget()


async def test_the_reason_is_finished_by_a_few_letters_and_escape_keeps_what_was_typed(
    pane, started
):
    await shown(pane, started)
    pane.focus_reason()
    write("del")
    await until(pane.form.reason.offers.isVisible)
    press(KEY.Key_Escape)
    assert pane.form.reason.text() == "del"
    assert not pane.form.reason.offers.isVisible()
    press(KEY.Key_Return)

    assert pane.form.reason.text() == "del"
    assert focus() is pane.form.notes


async def test_a_reason_of_ones_own_stays_as_typed(pane, services, started):
    await shown(pane, started)
    pane.focus_reason()
    write("Wants to sing")
    press(KEY.Key_Tab)
    await pane.flush()

    assert (await services.contacts.draft(started)).reason == "Wants to sing"


async def test_a_chip_gives_the_reason_and_then_the_chips_go(pane, services, started):
    await shown(pane, started)
    await until(pane.form.chip_row.isVisible)
    chip = pane.form.chips[0]
    words = chip.text()
    chip.setFocus()
    press(KEY.Key_Return)

    assert pane.form.reason.text() == words
    assert not pane.form.chip_row.isVisible()
    assert focus() is pane.form.reason
    await pane.flush()
    assert (await services.contacts.draft(started)).reason == words


async def test_in_a_short_window_the_chips_go_first(pane, started):
    await shown(pane, started)
    await until(pane.form.chip_row.isVisible)
    pane.set_compact(True)
    assert not pane.form.chip_row.isVisible()
    pane.set_compact(False)

    assert pane.form.chip_row.isVisible()


async def test_enter_that_outruns_the_list_takes_what_was_typed(pane, services, started):
    await shown(pane, started)
    pane.focus_reason()
    write("bill")
    await until(pane.form.reason.offers.isVisible)
    press(KEY.Key_Down)
    write("x")
    press(KEY.Key_Return)
    await pane.flush()

    assert (await services.contacts.draft(started)).reason == "billx"
