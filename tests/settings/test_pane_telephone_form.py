"""The form of a line and the rest of its page, by keyboard and at every size."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from care_console.kit.theme import Theme
from care_console.lines.hook.kind import KIND as HOOK
from care_console.lines.setup import BadSetup
from care_console.lines.sip.kind import KIND as SIP
from care_console.settings.pane.telephone.form import Draft, LineForm
from care_console.settings.pane.telephone.softphones import SoftphoneHelp
from tests.conftest import until
from tests.settings.telephone_page import go_to, in_sight, opened, press, walked, wanted, write


async def test_tab_goes_down_the_page_also_after_the_form_was_open(page, telephone):
    await telephone.add(page._command(), wanted(secret="s3cret"))
    await opened(page)
    down = [
        "Lines",
        "Add a line",
        "Change Reception",
        "Test Reception",
        "Remove Reception",
        "Softphone: MicroSIP",
        "What to write into its settings",
        "Copy",
        "Take telephone links",
    ]
    assert walked(page, page.list) == down

    press(Qt.Key.Key_Return)
    go_to(page, "Test")
    press(Qt.Key.Key_Space)
    await until(lambda: page.trial.close_it.hasFocus())
    assert walked(page, page.form.save)[:4] == ["Save", "Test", "Back", "Close"]
    page.form.back.click()
    assert walked(page, page.list) == down


async def test_ctrl_s_saves_from_any_field_and_esc_goes_back_with_what_was_typed(page, telephone):
    await opened(page)
    page.setFocus()
    go_to(page, "Add a line")
    press(Qt.Key.Key_Space)
    go_to(page, "Name of the line")
    write("Reception")
    go_to(page, "Server")
    write("pbx.example")
    press(Qt.Key.Key_Escape)
    assert page.add.hasFocus()
    press(Qt.Key.Key_Space)
    assert page.form.inputs["server"].text == "pbx.example"
    page.form.inputs["server"].setFocus()
    press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: page.acts)

    assert [each.name for each in await telephone.lines()] == ["Reception"]
    await until(lambda: page.list.hasFocus())


async def test_the_form_and_the_lines_are_shown_from_their_top(page, telephone):
    await telephone.add(page._command(), wanted())
    page.resize(900, 420)
    await opened(page)
    page.setFocus()
    go_to(page, "Take telephone links")
    await until(lambda: in_sight(page, page.links.turn))
    page.add.setFocus()
    press(Qt.Key.Key_Space)
    await until(lambda: in_sight(page, page.form.title))

    go_to(page, "Back")
    press(Qt.Key.Key_Space)
    await until(lambda: in_sight(page, page.list) and page.list.hasFocus())


async def test_a_softphones_lines_are_there_to_be_copied(page, qapp, telephone):
    await opened(page)
    page.setFocus()
    go_to(page, "Softphone: MicroSIP")
    for _step in range(3):
        press(Qt.Key.Key_Right)
    go_to(page, "Copy")
    press(Qt.Key.Key_Space)

    program, words = qapp.clipboard().text().split("\n")
    command = telephone.ring_command()
    assert program == command[0]
    assert words.startswith(" ".join(command[1:]))
    assert words.endswith('"%CallerNumber%" --name "%CallerDisplayName%"')


async def test_a_softphone_is_told_the_whole_way_to_the_program_whatever_stands_in_it(qtbot):
    help_ = SoftphoneHelp(["/opt/$our programs/care-console", "ring"])
    qtbot.addWidget(help_)

    first = help_.template.toPlainText().split("\n")[0]
    assert first == "cmdIncomingCall='/opt/$our programs/care-console' ring"


async def test_what_most_houses_leave_as_it_is_is_asked_for_on_demand_and_where_it_is_at_fault(
    qtbot,
):
    form = LineForm()
    qtbot.addWidget(form)
    form.offer([SIP])
    form.show_draft(Draft())
    form.show()
    assert form.inputs["server"].isVisible()
    assert not form.inputs["expires"].isVisible()

    QTest.keyClick(form.more, Qt.Key.Key_Space)
    assert form.inputs["expires"].isVisible()
    assert form.focusWidget() is form.inputs["auth_user"].edit
    assert not form.more.isVisible()

    form.show_draft(Draft(kind="sip", said={"expires": "120"}))
    assert not form.inputs["expires"].isVisible()
    form.show_draft(Draft(kind="sip", said={"expires": "90"}))
    assert form.inputs["expires"].isVisible()
    form.show_draft(Draft(kind="sip"))
    form.show_fault(BadSetup("No such file.", "ca_file"))
    assert form.focusWidget() is form.inputs["ca_file"].edit
    assert form.inputs["ca_file"].isVisible()


async def test_a_web_hooks_token_is_made_up_and_its_addresses_are_copied_by_keyboard(qtbot, qapp):
    form = LineForm()
    qtbot.addWidget(form)
    form.offer([SIP, HOOK])
    form.show_draft(Draft(kind="sip"))
    form.show()
    assert not form.other_side.isVisible()
    assert not form.inputs["password"].made.isVisible()

    form.show_draft(Draft(kind="hook", said={"port": "8099"}))
    token = form.inputs["token"]
    assert "http://127.0.0.1:8099/call?event=ended&" in form.other_side.words.toPlainText()
    assert form.other_side.words.toPlainText().endswith("token=TOKEN")
    QTest.keyClick(token.made, Qt.Key.Key_Space)
    QTest.keyClick(form.other_side.copy, Qt.Key.Key_Space)

    assert len(token.text) >= 32
    assert token.edit.echoMode() == QLineEdit.EchoMode.Password
    first = qapp.clipboard().text().split("\n")[0]
    assert first == (
        "http://127.0.0.1:8099/call?event=ringing&number=NUMBER&name=NAME&call_id=ID"
        f"&token={token.text}"
    )
    assert form.setup().secret == token.text


async def test_what_is_typed_for_one_kind_of_line_is_not_taken_for_another(qtbot):
    form = LineForm()
    qtbot.addWidget(form)
    form.offer([SIP, HOOK])
    form.show_draft(Draft())
    form.show()
    QTest.keyClicks(form.name.edit, "Reception")
    QTest.keyClicks(form.inputs["port"].edit, "5070")
    form.kinds.chips["hook"].click()
    assert form.inputs["port"].text == "8077"
    assert form.name.text == "Reception"

    form.kinds.chips["sip"].click()
    assert form.inputs["port"].text == "5070"


async def test_every_line_is_seen_at_every_size_of_text(page, telephone, qapp):
    for name in ("Reception", "Door", "Workshop"):
        await telephone.add(page._command(), wanted(name))
    await opened(page)
    theme = Theme(qapp, "light", 150)
    try:
        last = page.list.rows.index(2)
        assert page.list.visualRect(last).bottom() <= page.list.viewport().height()
    finally:
        theme.set_text_size(100)
