"""The list, the audit and the words of the house, walked by keyboard."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from care_console.base.command import Command
from care_console.recovery.pane import AuditPage, PlaybooksPage, RecoveriesPage
from care_console.recovery.pane.audit import cells, questions, reasons, span
from care_console.recovery.rules import (
    Answers,
    AuditStep,
    AuditView,
    Checklist,
    Show,
    Step,
)
from care_console.recovery.rules.audit import Case
from care_console.recovery.rules.audit import audit as look_at
from tests.conftest import at_rest, until
from tests.recovery.panes import (
    CTRL,
    KEY,
    clipped,
    close_circle,
    focus,
    in_window,
    nameless,
    pane_of,
    press,
    told,
    write,
)

BEGAN = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)
AUDIT = AuditView(
    since=date(2030, 1, 1),
    until=date(2030, 3, 31),
    count=14,
    closed=11,
    reopened=2,
    steps=(
        AuditStep(Step.APOLOGY, 12, 1, 1, 10, 95, (("csr", 9), ("supervisor", 3))),
        AuditStep(Step.REINSTATEMENT, 9, 2, 3, 7, 7_000, (("Workshop", 6),)),
        AuditStep(Step.EMPATHY, 10, 2, 2, 0, None, ()),
        AuditStep(Step.ATONEMENT, 8, 4, 2, 8, 4_000, ()),
        AuditStep(Step.FOLLOW_UP, 11, 0, 3, 0, None, ()),
    ),
    apology_ticked=12,
    sorry_asked=10,
    sorry_said=8,
    sorry_helped=7,
    both_ticked=8,
    answered=10,
    put_right=9,
    glad=6,
    glad_asked=8,
    median_close_s=200_000,
    thrice=1,
    left=2,
    reasons=((Step.ATONEMENT, "she wanted none", 3),),
)


@pytest.fixture
def page(qtbot, services, recoveries, act):
    panel = pane_of(services, recoveries, act)
    made = RecoveriesPage(recoveries, panel, act, services.clock)
    return in_window(qtbot, told(services, made), 1200, 700)


@pytest.fixture
def audit(qtbot, services, recoveries, act):
    made = AuditPage(recoveries, act, services.clock)
    return in_window(qtbot, told(services, made), 1000, 700)


@pytest.fixture
def words(qtbot, services, playbooks, act):
    made = PlaybooksPage(playbooks, act, services.clock)
    return in_window(qtbot, told(services, made), 1100, 700)


@pytest.fixture
def three(loop, recoveries, add, act, clock):
    """Recoveries of Maria, who is an end-user, of Jonas and of a distributor."""

    async def begin():
        people = [
            await add("Maria Okafor", "end-user"),
            await add("Jonas Weber", "prospect"),
            await add("Halden Sons", "distributor"),
        ]
        made = []
        for card_id in people:
            made.append(await recoveries.open(act(), card_id, title="Engineer did not come"))
            clock.pass_by(minutes=1)
        return made

    return loop.run_until_complete(begin())


def ids(page):
    return [page.view.rows.row(page.view.rows.index(n)).id for n in range(rows(page))]


def rows(page):
    return page.view.rows.rowCount()


async def test_the_list_is_walked_and_each_is_shown_beside_it(page, three):
    page.host.show()
    await until(lambda: rows(page) == 3 and page.recovery.view is not None)
    first = ids(page)[0]
    assert page.recovery.recovery_id == first
    page.view.setFocus()
    press(KEY.Key_Down)
    await until(lambda: page.recovery.view is not None and page.recovery.view.id == ids(page)[1])
    press(KEY.Key_Return)

    assert focus() in page.recovery.face.stepper.buttons


async def test_a_step_that_is_done_there_shows_in_the_list(page, three):
    page.host.show()
    await until(lambda: page.recovery.view is not None)
    page.recovery.go_in()
    press(KEY.Key_Return, modifier=CTRL)

    await until(lambda: "1 of 5" in page.view.row().sentence)


async def test_filters_narrow_the_list_by_group_and_by_step(page, three, recoveries, act):
    await recoveries.step_done(act(), three[1], Step.APOLOGY)
    page.host.show()
    await until(lambda: rows(page) == 3)

    page.groups.chips["distributor"].setFocus()
    press(KEY.Key_Space)
    await until(lambda: ids(page) == [three[2]])
    press(KEY.Key_Space)
    await until(lambda: rows(page) == 3)
    page.steps.chips[Step.REINSTATEMENT].click()

    await until(lambda: ids(page) == [three[1]])


async def test_what_is_closed_leaves_the_list_and_is_found_among_the_closed(
    page, three, recoveries, act
):
    page.host.show()
    await until(lambda: rows(page) == 3)
    await close_circle(recoveries, act, three[0])
    await until(lambda: three[0] not in ids(page))
    page.shows.chips[Show.CLOSED].click()

    await until(lambda: ids(page) == [three[0]])
    assert page.recovery.face.foot.main.text() == "Open it again" or page.recovery.view is None


async def test_an_empty_list_says_what_that_means(page, services):
    page.host.show()
    await until(page.view.empty.isVisible)
    assert "Nobody is waiting" in page.view.empty.text()
    page.shows.chips[Show.MINE].click()

    await until(lambda: "yours" in page.view.empty.text())


async def test_mine_are_those_that_i_own(page, three, recoveries, act, hire):
    other = await hire("Rosa Lindqvist")
    await recoveries.hand_over(act(), three[0], other.card_id)
    page.host.show()
    page.shows.chips[Show.MINE].click()

    await until(lambda: rows(page) == 2)
    assert three[0] not in ids(page)


async def test_the_card_is_opened_from_the_list(page, three):
    opened = []
    page.card_chosen.connect(opened.append)
    page.host.show()
    await until(lambda: page.recovery.view is not None)
    page.open.setFocus()
    press(KEY.Key_Return)

    assert opened == [page.recovery.view.card_id]


async def test_the_page_has_a_name_for_everything_and_room_for_its_words(page, three):
    page.host.show()
    await until(lambda: page.recovery.view is not None)

    assert nameless(page) == []
    assert await at_rest(lambda: clipped(page)) == []


def test_the_audit_answers_five_questions_in_sentences():
    told = dict(questions(AUDIT))

    assert "ticked it in 12 of 14" in told["Does anyone apologise?"]
    assert "Of 10 customers who were asked, 8 say" in told["Does anyone apologise?"]
    assert told["Who tries to fix it?"].startswith("\u2068CSR\u2069, 9 steps")
    expected = "11 of 14 are closed, usually after 2 days, 2 came back with a no."
    assert told["How long does it take?"] == expected
    assert told["Is it put right?"].startswith("9 of 10 customers say yes. 6 of 8 clerks")
    assert told["How many leave all the same?"].startswith("2 customers left. 1 matter")
    assert reasons(AUDIT) == "3 × Make it up: \u2068she wanted none\u2069"


def test_the_audits_table_has_a_row_for_each_step():
    table = [cells(AUDIT)[n : n + 7] for n in range(0, 35, 7)]

    assert table[0][1:6] == ["12", "1", "1", "10", "2 minutes"]
    assert table[2][4:6] == ["", ""]
    assert [row[5] for row in table[1::2]] == ["2 hours", "1 hour"]


def test_the_audits_table_counts_none_in_time_where_there_is_no_clock():
    done = Checklist().do(Step.EMPATHY, at=BEGAN).do(Step.APOLOGY, at=BEGAN)
    case = Case(done, BEGAN, None, (), contacts=0, left=False)
    day = BEGAN.date()
    found = cells(look_at([case], day, day, {}))

    assert [found[n + 4] for n in range(0, 35, 7)] == ["1", "", "", "", ""]


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "1 minute"), (95, "2 minutes"), (3_600, "1 hour"), (90_000, "25 hours"), (2e5, "2 days")],
)
def test_a_span_is_told_in_one_unit(seconds, said):
    assert span(seconds) == said


async def test_the_audit_is_read_for_a_period_and_a_group(
    audit, recoveries, add, act, led, three, clock
):
    await led(three[0])
    await recoveries.answer(act(), three[0], Answers(True, True, False, True))
    seen = []
    audit.read.connect(seen.append)
    audit.host.show()
    await until(lambda: seen)
    assert audit.panel.trail.text() == "3 recoveries begun"
    assert "1 of 1 customer says yes" in audit.answers[3][1].text()

    audit.groups.chips["distributor"].setFocus()
    press(KEY.Key_Space)
    await until(lambda: seen[-1].count == 1)
    audit.groups.chips["distributor"].click()
    clock.pass_by(days=40)
    audit.periods.chips["30"].click()
    await until(lambda: seen[-1].count == 0)
    assert nameless(audit) == []


async def ready(words):
    words.host.show()
    await until(lambda: words.text.toPlainText())
    words.text.setFocus()


def begin_with(line):
    """Type a line before all others."""
    press(KEY.Key_Home, modifier=CTRL)
    write(line)
    press(KEY.Key_Return)


async def test_the_words_are_edited_and_saved_as_a_new_version(words, playbooks):
    kept = []
    words.acted.connect(kept.append)
    await ready(words)
    assert words.state.text() == "These words came with the program."
    assert not words.save_button.isEnabled()
    begin_with("# Ours")
    assert words.typing
    press(KEY.Key_S, modifier=CTRL)
    await until(lambda: kept)

    assert (await playbooks.text("end-user", "en")).text.startswith("# Ours\n")
    assert not words.typing
    await until(lambda: words.versions.rows.rowCount() >= 1)
    await kept[0].undo()
    await until(lambda: not words.text.toPlainText().startswith("# Ours"))


async def test_what_is_amiss_is_told_by_line_and_enter_goes_there(words, playbooks):
    told = []
    words.errands.hindered.connect(told.append)
    await ready(words)
    text = words.text.toPlainText()
    place = text.index("{name}", text.index("say = ["))
    line = text[:place].count("\n") + 1
    cursor = words.text.textCursor()
    cursor.setPosition(place + 1)
    words.text.setTextCursor(cursor)
    write("x")
    await until(lambda: words.amiss.rows.rowCount())
    press(KEY.Key_S, modifier=CTRL)
    await until(lambda: told)

    assert (await playbooks.text("end-user", "en")).text == text
    assert words.text.toPlainText() != text
    press(KEY.Key_Home, modifier=CTRL)
    words.amiss.setFocus()
    press(KEY.Key_Return)
    assert focus() is words.text
    assert words.text.textCursor().blockNumber() + 1 == line


async def test_what_is_typed_waits_while_another_group_is_looked_at(words):
    await ready(words)
    begin_with("# Mine")
    words.groups.chips["supplier"].click()
    await until(lambda: "# Mine" not in words.text.toPlainText())
    assert not words.save_button.isEnabled()
    words.groups.chips["end-user"].click()
    await until(lambda: words.text.toPlainText().startswith("# Mine"))

    words.take_back()
    await until(lambda: not words.text.toPlainText().startswith("# Mine"))
    assert not words.typing


async def test_an_earlier_version_is_put_in_force_again(words, playbooks, act):
    before = (await playbooks.text("end-user", "en")).text
    await playbooks.save(act(), "end-user", "en", "# One\n" + before)
    await playbooks.save(act(), "end-user", "en", "# Two\n" + before)
    await ready(words)
    await until(lambda: words.versions.rows.rowCount() >= 2)
    words.versions.setFocus()
    press(KEY.Key_Down, KEY.Key_Return)
    await until(lambda: words.text.toPlainText().startswith("# One"))
    assert words.state.text() == "You read version 1."
    assert words.text.isReadOnly()
    press(KEY.Key_Escape)
    await until(lambda: words.text.toPlainText().startswith("# Two"))
    assert not words.text.isReadOnly()
    words.read(1)
    await until(words.again.isVisible)
    assert (await playbooks.text("end-user", "en")).version == 2
    words.again.click()

    await until(lambda: not words.again.isVisible())
    now = await playbooks.text("end-user", "en")
    assert (now.version, now.text.startswith("# One")) == (3, True)


async def test_what_is_typed_waits_while_the_words_of_the_program_are_read(words, playbooks):
    before = (await playbooks.text("end-user", "en")).text
    await ready(words)
    begin_with("# Mine")
    words.versions.setFocus()
    press(KEY.Key_End, KEY.Key_Return)
    await until(words.back.isVisible)
    assert words.text.toPlainText() == before
    assert words.state.text() == "You read how they came."
    words.leave()

    await until(lambda: words.text.toPlainText().startswith("# Mine"))
    assert words.typing
    assert words.save_button.isEnabled()


async def test_a_clerk_who_may_not_is_told_so(qtbot, services, playbooks, hire):
    rosa = await hire("Rosa Lindqvist")
    words = PlaybooksPage(playbooks, lambda: Command(uuid4(), rosa), services.clock)
    in_window(qtbot, words, 1100, 700)
    told = []
    words.errands.hindered.connect(told.append)
    await ready(words)
    begin_with("# Mine")
    words.save()
    await until(lambda: told)

    assert words.typing
