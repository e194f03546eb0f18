"""The parts of the panes: gauges, the countdown, and amounts as they are written."""

from datetime import timedelta

import pytest

from care_console.authority.pane.countdown import Countdown
from care_console.authority.pane.gauge import GaugeBar, Reading
from care_console.authority.pane.money import Money
from care_console.kit import current_look
from care_console.kit.look import PROPERTY, Look
from care_console.kit.theme import Theme


@pytest.fixture
def theme(qapp):
    theme = Theme(qapp, "light")
    yield theme
    theme.retire()
    qapp.setProperty(PROPERTY, None)


def colours(gauge):
    """Return the colours in the middle of the bar, from left to right, without repeats."""
    image = gauge.grab().toImage()
    ratio = image.devicePixelRatio()
    y = round(23 * ratio)
    found = []
    for x in range(4, image.width() - 4):
        name = image.pixelColor(x, y).name()
        if not found or found[-1] != name:
            found.append(name)
    return found


def token(name):
    return current_look().color(name).name()


def test_a_gauge_shows_used_then_new_then_what_is_left(qtbot, theme):
    gauge = GaugeBar(Reading("This case", "then £5.00 left of £40", 1_000, 2_500, 4_000))
    qtbot.addWidget(gauge)
    gauge.resize(320, 28)
    seen = [each for each in colours(gauge) if each in map(token, ("used", "accent", "track"))]

    assert seen == [token("used"), token("accent"), token("track")]


def test_a_gauge_is_hatched_beyond_the_limit_with_a_tick_there(qtbot, theme):
    gauge = GaugeBar(Reading("This case", "£15.50 over of £40", 0, 5_550, 4_000))
    qtbot.addWidget(gauge)
    gauge.resize(320, 28)
    seen = colours(gauge)

    assert gauge.reading.over == 1_550
    assert token("text") in seen
    assert seen.index(token("accent")) < seen.index(token("text"))
    assert {token("bad_line"), token("bad_soft")} & set(seen)


def test_a_gauge_says_itself_to_a_reader(qtbot):
    gauge = GaugeBar(Reading("Maria, this year", "£35.00 left of £75", 4_000, 0, 7_500))
    qtbot.addWidget(gauge)

    assert gauge.accessibleName() == "Maria, this year"
    assert gauge.accessibleDescription() == "£35.00 left of £75"


@pytest.mark.parametrize(
    ("used", "new", "most", "over"),
    [(0, 0, 0, 0), (0, 1, 0, 1), (50, 0, 40, 0), (50, 5, 40, 5), (0, 9, None, 0), (39, 1, 40, 0)],
)
def test_only_what_is_new_can_be_over(used, new, most, over, qtbot, theme):
    gauge = GaugeBar(Reading("t", "w", used, new, most))
    qtbot.addWidget(gauge)
    gauge.resize(200, 28)
    gauge.grab()

    assert gauge.reading.over == over


def test_the_countdown_tells_each_second_and_ends(qtbot, qapp, clock):
    countdown = Countdown(clock, qapp)
    told, over = [], []
    countdown.ticked.connect(told.append)
    countdown.over.connect(lambda: over.append(True))
    countdown.run_to(clock() + timedelta(seconds=2))
    clock.pass_by(seconds=1)
    countdown.look()
    assert (told, over, countdown.running) == ([2, 1], [], True)
    clock.pass_by(seconds=1)
    countdown.look()

    assert (told, over, countdown.running) == ([2, 1], [True], False)


def test_where_nothing_may_move_the_figure_changes_each_tenth_second(qapp, clock):
    qapp.setProperty(PROPERTY, Look(still=True))
    try:
        countdown = Countdown(clock, qapp)
        countdown.run_to(clock() + timedelta(seconds=57))
        assert countdown._timer.interval() == 7_000
        clock.pass_by(seconds=7)
        countdown.look()
        assert countdown._timer.interval() == 10_000
        countdown.run_to(None)
    finally:
        qapp.setProperty(PROPERTY, None)


def test_amounts_are_short_only_where_they_are_whole():
    pounds, yen = Money(lambda: "GBP"), Money(lambda: "JPY")
    assert (pounds.full(4_000), pounds.short(4_000)) == ("£40.00", "£40")
    assert pounds.short(4_050) == "£40.50"
    assert yen.short(1_200) == yen.full(1_200)
    assert Money(lambda: "EUR", "fr_FR").short(4_000).replace("\xa0", " ") == "40 €"
