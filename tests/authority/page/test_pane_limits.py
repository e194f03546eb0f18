"""The table of limits: typed into, weighed, rehearsed and saved with one reason."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from care_console.authority.pane.limits_header import FAR, HEAD, NEAR, heading_lines
from care_console.authority.pane.limits_table import CELL
from care_console.base.command import Command
from care_console.kit import current_look
from care_console.staff.rules import Role
from tests.authority.page.cells import ROLE, at, mark, text, write
from tests.authority.panes import CTRL, KEY, press, settled, shown
from tests.calls.callers import clipped, nameless
from tests.conftest import at_rest


async def test_the_standard_limits_stand_in_rows_and_columns(open_page, dana):
    page = await open_page(dana)

    assert text(page, "One case", "CSR") == "£40"
    assert text(page, "First free slot", "CSR") == "any"
    assert text(page, "Cover free of charge", "CSR") == "1"
    assert text(page, "Credit on the account", "Receptionist") == "—"
    assert text(page, "Credit on the account", "Say why") == "yes"


async def test_the_model_keeps_the_rules_of_qt(open_page, dana):
    page = await open_page(dana)
    tester = QAbstractItemModelTester(
        page.model, QAbstractItemModelTester.FailureReportingMode.Warning
    )
    await write(page, "One case", "CSR", "45")
    page.model.undo()

    assert tester.model() is page.model


async def test_a_changed_cell_shows_old_and_new(open_page, dana):
    page = await open_page(dana)
    await write(page, "Credit on the account", "CSR", "25")
    face = page.model.face(at(page, "Credit on the account", "CSR"))

    assert (face.text, face.old, face.mark) == ("£25", "£20", "changed")
    assert "before: £20" in at(page, "Credit on the account", "CSR").data(ROLE.AccessibleTextRole)
    assert page.foot.count.text() == "1 change"


async def test_what_cannot_be_read_stays_and_is_told(open_page, dana):
    page = await open_page(dana)
    await write(page, "Credit on the account", "CSR", "lots")

    assert text(page, "Credit on the account", "CSR") == "lots"
    assert mark(page, "Credit on the account", "CSR") == "bad"
    assert "such as £35.00" in page.foot.bad[0].words.text()
    assert page.foot.count.text() == "1 change, 1 to fix"
    assert not page.foot.save.isEnabled()


async def test_more_than_a_case_allows_is_red_with_its_sentence(open_page, dana):
    page = await open_page(dana)
    await write(page, "Other amount", "CSR", "200")

    assert mark(page, "Other amount", "CSR") == "bad"
    assert shown(page.foot.bad[0])
    assert "£200.00" in page.foot.bad[0].words.text()
    press(KEY.Key_S, modifier=CTRL)
    assert page.table.currentIndex() == at(page, "Other amount", "CSR")


async def test_above_the_ceiling_it_is_stamped(open_page, dana):
    page = await open_page(dana)
    await write(page, "One customer's year", "Senior CSR", "300")
    marks = {
        page.model.face(page.model.index(y, x)).mark
        for y in range(page.model.rowCount())
        for x in range(page.model.columnCount())
    }

    assert "sign" in marks
    assert "above the house's ceiling of £250.00" in page.foot.sign[0].words.text()
    assert page.foot.save.isEnabled()


async def test_a_reason_is_wanted_and_then_it_is_saved(open_page, dana, service):
    page = await open_page(dana)
    saved = []
    page.saved.connect(saved.append)
    await write(page, "Credit on the account", "CSR", "25")
    press(KEY.Key_S, modifier=CTRL)
    assert shown(page.foot.trouble)
    press("Three calls were passed up.")
    press(KEY.Key_S, modifier=CTRL)
    await settled(page)

    assert text(page, "Credit on the account", "CSR") == "£25"
    assert mark(page, "Credit on the account", "CSR") == ""
    assert page.foot.count.text() == "Nothing changed"
    history = await service.history()
    assert history[0].why == "Three calls were passed up."
    assert saved == ["1 change saved: clerks are told."]
    assert QApplication.focusWidget() is page.table  # not on what would stop all remedies
    assert "£20 → £25" in page.side.history._lines[0][2].text()


async def test_ctrl_z_and_discard_take_back_what_was_typed(open_page, dana):
    page = await open_page(dana)
    await write(page, "Credit on the account", "CSR", "25")
    await write(page, "One case", "CSR", "45")
    press(KEY.Key_Z, modifier=CTRL)
    await settled(page)
    assert text(page, "One case", "CSR") == "£40"
    assert text(page, "Credit on the account", "CSR") == "£25"
    page.foot.discard.click()
    await settled(page)

    assert text(page, "Credit on the account", "CSR") == "£20"


async def test_space_turns_whether_a_reason_is_wanted(open_page, dana, rooms):
    page = await open_page(dana)
    page.table.setCurrentIndex(at(page, "Flowers with a card", "Say why"))
    press(KEY.Key_Space)
    await settled(page)
    assert text(page, "Flowers with a card", "Say why") == "yes"
    page.foot.why.setFocus()
    press("So that we learn.")
    press(KEY.Key_Return)
    await settled(page)

    assert text(page, "Flowers with a card", "Say why") == "yes"
    assert page.foot.count.text() == "Nothing changed"


async def test_a_limit_may_hold_until_a_day(open_page, dana):
    page = await open_page(dana)
    await write(page, "One case", "CSR", "45")
    await write(page, "One case", "Holds", "until 14 Jan")
    assert text(page, "One case", "Holds") == "until 14 Jan"
    assert [each.until.isoformat() for each in page.model.changes() if each.role == "csr"] == [
        "2030-01-14"
    ]


async def test_what_is_no_day_is_said_so(open_page, dana):
    page = await open_page(dana)
    await write(page, "One case", "Holds", "sometime")

    assert mark(page, "One case", "Holds") == "bad"
    assert shown(page.foot.bad[0])


async def test_the_side_shows_what_a_clerk_will_see(open_page, dana):
    page = await open_page(dana)
    assert page.side.amount.text() == "£40.00"
    await write(page, "One case", "CSR", "45")

    assert page.side.amount.text() == "£45.00"
    assert "Rosa Lindqvist" in page.side.title.text()


async def test_one_person_gets_a_column(open_page, dana, service):
    page = await open_page(dana)
    page.one_person.setFocus()
    press(KEY.Key_Return)
    press("nobody")
    press(KEY.Key_Return)
    await settled(page)
    assert page.person.field.faulty
    page.person.edit.clear()
    press("rosa")
    press(KEY.Key_Return)
    await settled(page)
    await write(page, "One case", "Rosa Lindqvist", "60")
    page.foot.why.setText("She trains the others.")
    page.save()
    await settled(page)

    assert text(page, "One case", "Rosa Lindqvist") == "£60"


async def test_a_role_is_copied(open_page, dana):
    page = await open_page(dana)
    page.table.setCurrentIndex(at(page, "One case", "Receptionist"))
    page.copy_role.setFocus()
    press(KEY.Key_Return)
    press("1")
    await settled(page)

    assert text(page, "One case", "Receptionist") == "£40"
    assert page.typing


async def test_all_remedies_are_stopped_and_allowed_again(open_page, dana, services):
    page = await open_page(dana)
    page.side.stop.setFocus()
    press(KEY.Key_Return)
    press("The till is being counted.")
    press(KEY.Key_Return)
    await settled(page)
    assert shown(page.side.stopped)
    assert services.settings.company.stopped == "The till is being counted."
    page.side.resume.setFocus()
    press(KEY.Key_Return)
    await settled(page)

    assert not shown(page.side.stopped)


async def test_another_person_signs_what_is_above_the_ceiling(open_page, dana, service, clerk, by):
    page = await open_page(dana)
    name = "One customer's year"
    await write(page, name, "Senior CSR", "300")
    page.foot.why.setText("They ask every day.")
    page.save()
    await settled(page)
    assert shown(page.side.waiting[0])
    assert not shown(page.side.waiting[0].sign)
    other = await open_page(clerk)
    other.side.waiting[0].sign.setFocus()
    press(KEY.Key_Return)
    await settled(other)

    assert text(other, name, "Senior CSR") == "£300"
    assert await service.waiting_signature() == []


async def test_who_may_not_change_limits_only_reads_them(open_page, dana, hire):
    tomas = await hire("Tomas Reed", Role.CSR)
    page = await open_page(tomas)
    page.table.setCurrentIndex(at(page, "One case", "CSR"))
    press("9")
    press(KEY.Key_Return)
    await settled(page)

    assert page.model.count == 0
    assert not shown(page.foot)
    assert not shown(page.side.stop)


async def test_no_amount_and_no_heading_is_cut_and_what_has_no_room_scrolls(open_page, dana):
    page = await open_page(dana)
    await write(page, "One case", "Supervisor", "249.50")
    table, look = page.table, current_look()
    for column in range(page.model.columnCount()):
        title = page.model.headerData(column, Qt.Orientation.Horizontal)
        rows = range(page.model.rowCount())
        cells = [page.model.face(page.model.index(row, column)) for row in rows]
        words = [look.width(line, HEAD) for line in heading_lines(title)]
        words += [look.width(each.text, CELL) for each in cells if each.mark != "section"]
        assert table.columnWidth(column) >= max(words) + look.px(FAR + NEAR), title
    assert heading_lines("Senior CSR") == ["Senior", "CSR"]

    page.resize(700, 690)
    await settled(page)
    assert table.horizontalScrollBar().maximum() > 0


async def test_everything_has_a_name_and_room(open_page, dana):
    page = await open_page(dana)
    await write(page, "Other amount", "CSR", "200")
    page.grab()

    assert nameless(page) == []
    assert await at_rest(lambda: clipped(page)) == []
    assert isinstance(page._command(), Command)
