"""The page on the telephone, by keyboard: nothing that was typed is lost."""

import asyncio
import sys
from uuid import uuid4

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from care_console.base.command import Clerk, Command
from care_console.kit import Button, Chip, Label, LineEdit, ListView, NoteEdit
from care_console.kit.theme import Theme
from care_console.lines.hook.kind import KIND as HOOK
from care_console.lines.setup import BadSetup, Setup, Step
from care_console.lines.sip.kind import KIND as SIP
from care_console.settings.pane.telephone import TelephonePage
from care_console.settings.pane.telephone.form import Draft, LineForm
from care_console.settings.pane.telephone.softphones import SoftphoneHelp
from care_console.settings.pane.telephone.trial import TrialView
from care_console.settings.running import Running
from tests.conftest import until


@pytest.fixture
def telephone(services, home, pretend_kind):
    return services.telephone(home)


@pytest.fixture
def running(telephone, loop):
    running = Running(telephone, lambda line: None, lambda line: None)
    yield running
    loop.run_until_complete(running.close())


@pytest.fixture
def own_desktop(tmp_path, monkeypatch):
    """Where this desktop lists who gets links; it is not that of whoever runs the tests."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path / "config" / "mimeapps.list"


@pytest.fixture
def page(qtbot, telephone, running, act):
    """The page, on the screen."""
    page = TelephonePage(telephone, running, act)
    page.hindrances, page.acts = [], []
    page.errands.hindered.connect(page.hindrances.append)
    page.acted.connect(page.acts.append)
    qtbot.addWidget(page)
    page.resize(900, 640)
    page.show()
    page.activateWindow()
    return page


async def opened(page):
    page.refresh()
    await until(lambda: page._kinds and not page.errands._out)


def press(key, held=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, held)


def write(text):
    QTest.keyClicks(QApplication.focusWidget(), text)


def go_to(page, name):
    """Go on with Tab until what is called ``name`` has the keyboard."""
    for _step in range(60):
        here = QApplication.focusWidget()
        if here is not None and name in (here.accessibleName(), getattr(here, "text", str)()):
            return
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"{name} cannot be reached with Tab")


def said(page):
    return " ".join(each.text() for each in page.findChildren(Label) if each.isVisible())


def wanted(name="Reception", secret="", **options):
    return Setup(name, "pretend", {"server": "pbx.example", **options}, secret)


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


async def test_a_test_shows_each_step_with_what_the_other_side_said_as_plain_text(page, telephone):
    await telephone.add(page._command(), wanted(secret="wrong"))
    await opened(page)
    page.setFocus()
    go_to(page, "Test Reception")
    press(Qt.Key.Key_Space)
    await until(lambda: page.trial.close_it.isVisible())

    assert [each.words.text() for each in page.trial.rows] == [
        "Speaking to the server",
        "The server does not take the password.",
    ]
    assert page.trial.rows[-1].detail.text() == "403 <b>Forbidden</b>"
    assert page.trial.rows[-1].detail.textFormat() == Qt.TextFormat.PlainText


async def test_a_test_can_be_stopped_and_leaves_nothing_behind(page, telephone, pretend_kind):
    await telephone.add(page._command(), wanted(server="silent"))
    await opened(page)
    page.setFocus()
    go_to(page, "Test Reception")
    press(Qt.Key.Key_Space)
    await until(lambda: page.trial.rows)
    assert QApplication.focusWidget() is page.trial.cancel

    press(Qt.Key.Key_Space)
    await until(lambda: pretend_kind.TRIED)
    assert page.trial.rows[-1].words.text() == "Stopped."
    assert QApplication.focusWidget() is page.trial.close_it


async def test_whoever_has_read_a_test_is_back_where_it_was_begun(page, telephone):
    await telephone.add(page._command(), wanted(secret="s3cret"))
    await opened(page)
    page.setFocus()
    for name, begun in (("Test Reception", lambda: page.test), ("Test", lambda: page.form.test)):
        go_to(page, name)
        press(Qt.Key.Key_Space)
        await until(lambda: page.trial.close_it.hasFocus())
        assert len({each.words.text() for each in page.trial.rows}) == len(page.trial.rows)
        press(Qt.Key.Key_Space)
        assert QApplication.focusWidget() is begun()
        page.list.setFocus()
        press(Qt.Key.Key_Return)


async def test_a_step_that_ends_takes_the_place_of_its_beginning(qtbot):
    view = TrialView()
    qtbot.addWidget(view)
    view.begin("Reception")
    for step in (
        Step("Reach the server"),
        Step("Reach the server", True, "it greets"),
        Step("Signing in"),
        Step("Signed in", True),
        Step("Ask for the telephone"),
        Step("There is no such telephone.", False),
    ):
        view.show_step(step)

    assert [(each.words.text(), each.open) for each in view.rows] == [
        ("Reach the server", False),
        ("Signed in", False),
        ("Ask for the telephone", False),
        ("There is no such telephone.", False),
    ]
    assert view.rows[0].detail.text() == "it greets"


def walked(page, first):
    """Press Tab once round from ``first``; return the names of where it stops."""
    first.setFocus()
    names = []
    for _step in range(60):
        here = QApplication.focusWidget()
        names.append(here.accessibleName() or here.text())
        press(Qt.Key.Key_Tab)
        if QApplication.focusWidget() is first:
            return names
    raise AssertionError(f"Tab does not come back: {names}")


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


def in_sight(page, part):
    port = page._scroll.viewport()
    at = part.mapTo(port, QPoint(0, 0))
    return part.isVisible() and at.y() >= 0 and at.y() + part.height() <= port.height()


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


async def test_what_is_typed_can_be_tested_before_it_is_kept(page, telephone):
    await telephone.add(page._command(), wanted(secret="s3cret"))
    await opened(page)
    page.setFocus()
    press(Qt.Key.Key_Return)
    go_to(page, "Test")
    press(Qt.Key.Key_Space)
    await until(lambda: page.trial.close_it.isVisible())
    assert page.trial.rows[-1].words.text() == "The line works."

    go_to(page, "Server")
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_Delete)
    go_to(page, "Test")
    press(Qt.Key.Key_Space)
    await until(lambda: page.form.inputs["server"].field.faulty)
    assert page.trial.rows[-1].words.text() == "Server is needed."


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

    form.show_draft(Draft(kind="sip", said={"expires": "300"}))
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
