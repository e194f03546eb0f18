"""What the keys do in the parts of the kit."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QLineEdit

from care_console.kit import (
    Button,
    Chip,
    DayDelegate,
    DayRow,
    DigitChips,
    Field,
    HeadRow,
    LineEdit,
    ListView,
    NoteEdit,
    PersonDelegate,
    PersonRow,
    Toast,
    check,
)

ANSWERS = ["Settled", "Promised", "Passed on", "Still not right", "We don't do that"]
Key = Qt.Key


@pytest.fixture
def question(show):
    question = DigitChips("How did it end?", ANSWERS)
    show(question)
    question.setFocus()
    return question


def test_a_digit_chooses_its_answer(question, qtbot):
    with qtbot.waitSignal(question.chosen) as told:
        qtbot.keyClick(question, Key.Key_4)

    assert told.args == [3]
    assert question.choice == 3
    assert question.accessibleDescription() == "Still not right"


@pytest.mark.parametrize("key", [Key.Key_0, Key.Key_6, Key.Key_A])
def test_other_keys_choose_nothing(question, qtbot, key):
    qtbot.keyClick(question, key)

    assert question.choice == -1


def test_a_digit_with_ctrl_is_left_to_the_page(question, qtbot):
    qtbot.keyClick(question, Key.Key_2, Qt.KeyboardModifier.ControlModifier)

    assert question.choice == -1


def test_arrows_go_through_the_answers_and_round(question, qtbot):
    places = []
    question.chosen.connect(places.append)

    for key in (Key.Key_Right, Key.Key_Down, Key.Key_Left, Key.Key_Left):
        qtbot.keyClick(question, key)

    assert places == [0, 1, 0, 4]


def test_right_is_back_where_one_reads_from_the_right(question, qtbot):
    question.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    question.show_choice(1)

    qtbot.keyClick(question, Key.Key_Right)

    assert question.choice == 0


def test_a_click_chooses_and_a_second_one_does_not_take_it_back(question, qtbot):
    chip = question.chips[2]

    for _again in range(2):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)

    assert question.choice == 2
    assert chip.isChecked()
    assert question.hasFocus()


def test_showing_a_choice_is_not_choosing(question, qtbot):
    with qtbot.assertNotEmitted(question.chosen):
        question.show_choice(2)

    assert question.choice == 2


def test_answers_wrap_where_the_width_ends(question):
    assert question.heightForWidth(1_000) < question.heightForWidth(300)
    assert question.heightForWidth(300) < question.heightForWidth(160)


@pytest.fixture
def people(show):
    view = ListView(PersonDelegate(), name="Possible callers")
    view.rows.set_rows(
        [HeadRow("Known"), PersonRow("1", "p", "Peter"), PersonRow("2", "i", "Ingrid")]
        + [HeadRow("Others"), PersonRow("3", "s", "Someone else")]
    )
    view.resize(400, 300)
    show(QLineEdit(), view)
    return view


def test_a_list_that_is_gone_to_stands_on_its_first_row(people):
    people.setFocus()

    assert people.row().id == "p"


def test_arrows_pass_over_the_heads(people, qtbot):
    people.setFocus()
    seen = []
    people.moved.connect(lambda row: seen.append(row.id))

    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Up, Key.Key_Home, Key.Key_End):
        qtbot.keyClick(people, key)

    assert seen == ["i", "s", "i", "p", "s"]


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter])
def test_enter_chooses_the_current_row(people, qtbot, key):
    people.setFocus()
    qtbot.keyClick(people, Key.Key_Down)

    with qtbot.waitSignal(people.chosen) as told:
        qtbot.keyClick(people, key)

    assert told.args[0].id == "i"


def test_a_digit_chooses_the_row_that_shows_it(people, qtbot):
    people.setFocus()

    with qtbot.waitSignal(people.chosen) as told:
        qtbot.keyClick(people, "3")

    assert told.args[0].id == "s"
    assert people.row().id == "s"


def test_a_digit_that_no_row_shows_chooses_nothing(people, qtbot):
    people.setFocus()

    with qtbot.assertNotEmitted(people.chosen):
        qtbot.keyClick(people, "7")


def test_a_double_click_chooses(people, qtbot):
    rect = people.visualRect(people.rows.index(2))
    centre = rect.center()

    with qtbot.waitSignal(people.chosen) as told:
        qtbot.mouseClick(people.viewport(), Qt.MouseButton.LeftButton, pos=centre)
        qtbot.mouseDClick(people.viewport(), Qt.MouseButton.LeftButton, pos=centre)

    assert told.args[0].id == "i"


def test_a_head_cannot_be_chosen(people, qtbot):
    centre = people.visualRect(people.rows.index(0)).center()

    with qtbot.assertNotEmitted(people.chosen):
        qtbot.mouseDClick(people.viewport(), Qt.MouseButton.LeftButton, pos=centre)


def test_letters_find_a_row_unless_the_page_wants_them(people, qtbot):
    people.setFocus()
    qtbot.keyClicks(people, "som")
    assert people.row().id == "s"

    quiet = ListView(DayDelegate(), type_ahead=False)
    qtbot.addWidget(quiet)
    quiet.rows.set_rows([DayRow(1, "flag", "Call"), DayRow(2, "flag", "Move")])
    quiet.go_to(1)
    qtbot.keyClicks(quiet, "m")
    assert quiet.row().id == 1


def test_a_search_field_can_lead_a_list(people):
    people.go_to("p")

    people.step(1)
    people.step(1)
    assert people.row().id == "s"
    people.step(1)
    assert people.row().id == "s"
    people.step(-1)
    assert people.row().id == "i"


def test_rows_told_anew_stay_where_they_are(people):
    people.go_to("i")

    people.rows.set_rows([PersonRow("1", "x", "New"), PersonRow("2", "i", "Ingrid")])
    assert people.row().id == "i"

    people.rows.set_rows([PersonRow("1", "y", "Other")])
    assert people.row().id == "y"


def test_an_empty_list_says_what_next(people):
    people.set_empty("Nobody of this name.")
    said = people.empty
    assert not said.isVisible()

    people.rows.set_rows([])

    assert said.isVisible()
    assert said.text() == "Nobody of this name."


def test_tab_leaves_a_note(show, qtbot):
    note, after = NoteEdit("Notes"), LineEdit("Reason")
    show(note, after)
    note.setFocus()

    qtbot.keyClick(note, Key.Key_Tab)

    assert after.hasFocus()
    assert note.toPlainText() == ""


def test_a_note_grows_with_its_lines_up_to_a_point(show):
    note = NoteEdit("Notes", least=3, most=6)
    show(note)
    heights = []
    for lines in (1, 3, 5, 6, 40):
        note.setPlainText("\n".join("x" * lines))
        heights.append(note.sizeHint().height())

    assert heights[0] == heights[1] < heights[2] < heights[3] == heights[4]


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_Space])
def test_a_button_is_pressed_by_enter_and_space(show, qtbot, key):
    button, chip = Button("Give"), Chip("All")
    show(button, chip)

    for part in (button, chip):
        part.setFocus()
        with qtbot.waitSignal(part.clicked):
            qtbot.keyClick(part, key)

    assert chip.isChecked()


def test_a_fault_keeps_what_was_written_and_is_gone_to(show):
    when, whom = Field("When?", LineEdit()), Field("Who?", NoteEdit())
    show(when, whom)
    when.edit.setText("someday")

    fine = check((when, lambda: ""), (whom, lambda: "Write who it was."))

    assert not fine
    assert (when.faulty, whom.faulty) == (False, True)
    assert whom.edit.hasFocus()
    assert whom.edit.accessibleDescription() == "Write who it was."
    assert when.edit.text() == "someday"

    assert check((when, lambda: ""), (whom, lambda: ""))
    assert not whom.faulty


def test_a_field_says_how_it_understood_what_was_written(show):
    when = Field("When?", LineEdit())
    show(when)
    when.fault("No day could be read from this.")

    when.say("Friday 20 November, 13:30")

    assert not when.faulty
    assert when.edit.accessibleDescription() == "Friday 20 November, 13:30"


def test_a_toast_does_not_take_the_focus_and_acts_once(show, qtbot):
    edit, done = LineEdit("Reason"), []
    window = show(edit)
    window.resize(600, 300)
    edit.setFocus()
    toast = Toast(window)

    toast.tell("Visit moved to 15:00.", "Undo", lambda: done.append(1))
    assert edit.hasFocus()
    assert toast.isVisible()
    qtbot.mouseClick(toast.button, Qt.MouseButton.LeftButton)

    assert done == [1]
    assert not toast.isVisible()


def test_a_toast_goes_by_itself_but_not_while_one_is_on_it(show, qtbot):
    window = show(LineEdit("Reason"))
    window.resize(600, 300)
    toast = Toast(window)
    toast.tell("Saved.")

    toast.enterEvent(QEvent(QEvent.Type.Enter))
    assert not toast._left.isActive()
    toast.leaveEvent(QEvent(QEvent.Type.Leave))
    assert toast._left.isActive()

    toast._left.timeout.emit()
    assert not toast.isVisible()


def test_a_toast_stays_inside_a_window_that_shrinks(show, qtbot):
    window = show(LineEdit("Reason"))
    window.resize(700, 300)
    toast = Toast(window)
    toast.tell("W" * 5_000, "Undo")

    window.resize(420, 260)

    assert window.rect().contains(toast.geometry().topLeft())
    assert toast.geometry().right() <= window.rect().right()
    assert toast.pos() != QPoint(0, 0)
