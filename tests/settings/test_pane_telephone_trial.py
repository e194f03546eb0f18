"""A line is tested on the page: each step is told, and one goes on from where one was."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from care_console.lines.setup import Step
from care_console.settings.pane.telephone.trial import TrialView
from tests.conftest import until
from tests.settings.telephone_page import go_to, opened, press, wanted


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
