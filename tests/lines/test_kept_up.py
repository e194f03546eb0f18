"""A line that breaks in its own code costs only itself, and comes back by itself."""

import asyncio

import pytest

from care_console.base.errors import CareError
from care_console.lines.kept_up import CannotDial, KeptUp
from care_console.lines.line import Can, Event, State
from care_console.lines.pretend import PretendLine
from care_console.lines.setup import BadSetup
from tests.conftest import until


class Bad(PretendLine):
    """A line with bugs."""

    def __init__(self, clock, name="Main", *, breaks=True, closes=True, **said):
        super().__init__(clock, name, **said)
        self.breaks, self.closes, self.dialled = breaks, closes, []

    async def events(self):
        async for event in super().events():
            yield event
            if self.breaks and event.kind is Event.ENDED:
                raise ZeroDivisionError("a bug of this line")

    async def close(self):
        await super().close()
        if not self.closes:
            raise ZeroDivisionError("a bug of its end")

    async def dial(self, number):
        self.dialled.append(number)
        return "7"


class Rests:
    """Sleeps as long as a test wants."""

    def __init__(self):
        self.asked, self.woken = [], asyncio.Event()

    async def __call__(self, seconds):
        self.asked.append(seconds)
        await self.woken.wait()
        self.woken.clear()


@pytest.fixture
def noted(monkeypatch):
    noted = []
    monkeypatch.setattr("sys.excepthook", lambda kind, *_rest: noted.append(kind))
    return noted


class Kept:
    """A line that is kept up, and what was heard of it."""

    def __init__(self, make):
        self.rests, self.made, self.heard, self.states, self.tries = Rests(), [], [], [], 0
        self.make = make
        self.line = KeptUp("Main", self._make, self.rests, chance=lambda: 0.0)
        self.line.listen(self.states.append)
        self.task = asyncio.create_task(self._hear())

    async def _make(self):
        self.tries += 1
        self.made.append(self.make(self.tries))
        return self.made[-1]

    async def _hear(self):
        async for event in self.line.events():
            self.heard.append(event)


async def test_a_bug_is_noted_told_and_the_line_made_anew(clock, noted):
    kept = Kept(lambda _count: Bad(clock))
    await until(lambda: kept.line.state.state is State.UP)
    kept.made[0].end(kept.made[0].ring("201"))
    await until(lambda: kept.rests.asked)

    assert noted == [ZeroDivisionError]
    assert kept.line.state.state is State.DOWN
    assert "tried again" in kept.line.state.reason
    kept.rests.woken.set()
    await until(lambda: kept.line.state.state is State.UP)
    kept.made[1].ring("202")
    await until(lambda: len(kept.heard) == 3)
    assert [each.number for each in kept.heard] == ["201", "201", "202"]
    await kept.line.close()
    await kept.task


async def test_it_waits_longer_each_time_and_never_for_ever(clock, noted):
    def make(_count):
        raise ZeroDivisionError("a bug of the making")

    kept = Kept(make)
    for _turn in range(9):
        count = len(kept.rests.asked)
        await until(lambda count=count: len(kept.rests.asked) > count)
        kept.rests.woken.set()
    await kept.line.close()

    assert kept.rests.asked[:4] == [5, 10, 20, 40]
    assert kept.rests.asked[8] == 300
    await kept.task


async def test_a_line_that_was_up_begins_again_with_a_short_wait(clock, noted):
    def make(count):
        if count <= 2:
            raise CareError("The server does not answer.")
        return Bad(clock)

    kept = Kept(make)
    for _turn in range(2):
        count = len(kept.rests.asked)
        await until(lambda count=count: len(kept.rests.asked) > count)
        assert kept.line.state.reason == "The server does not answer."
        kept.rests.woken.set()
    await until(lambda: kept.made)
    await until(lambda: kept.line.state.state is State.UP)
    kept.made[-1].end("none")
    await until(lambda: len(kept.rests.asked) == 3)
    assert kept.rests.asked == [5, 10, 5]
    await kept.line.close()


async def test_what_is_set_up_wrongly_is_not_tried_again_until_it_is_changed(clock):
    def make(_count):
        raise BadSetup("Server is needed.", "server")

    kept = Kept(make)
    await until(lambda: kept.line.state.state is State.DOWN)
    assert kept.line.state.reason == "Server is needed."
    assert not kept.rests.asked
    await kept.line.close()
    await kept.task


async def test_the_lines_own_states_are_passed_on_while_it_lives(clock):
    kept = Kept(lambda _count: Bad(clock, breaks=False))
    await until(lambda: kept.line.state.state is State.UP)
    kept.made[0].drop("The wire is torn.")
    assert kept.line.state.reason == "The wire is torn."
    kept.made[0].mend()
    await kept.line.close()

    assert [each.state for each in kept.states] == [State.UP, State.DOWN, State.UP, State.DOWN]
    assert kept.states[-1].reason == ""
    kept.made[0].drop("Too late.")
    assert kept.line.state.reason == ""


async def test_what_it_told_before_it_was_closed_is_still_heard(clock):
    kept = Kept(lambda _count: Bad(clock, breaks=False))
    await until(lambda: kept.line.state.state is State.UP)
    kept.made[0].ring("201")
    await kept.line.close()

    assert [each.number for each in kept.heard] == ["201"]


async def test_a_line_that_cannot_even_close_is_noted_and_left(clock, noted):
    kept = Kept(lambda _count: Bad(clock, closes=False))
    await until(lambda: kept.line.state.state is State.UP)
    await kept.line.close()
    await kept.task

    assert noted == [ZeroDivisionError]


async def test_closing_twice_or_before_it_was_heard_does_nothing(clock):
    line = KeptUp("Main", lambda: None)
    await line.close()
    await line.close()

    assert line.state.state is State.DOWN
    assert [event async for event in line.events()] == []


async def test_it_can_what_the_line_can_that_is_there(clock):
    kept = Kept(lambda _count: Bad(clock, can=frozenset({Can.DIAL})))
    assert kept.line.can == frozenset()
    with pytest.raises(CannotDial):
        await kept.line.dial("+442079460000")
    await until(lambda: kept.line.can)

    assert await kept.line.dial("+442079460000") == "7"
    assert kept.made[0].dialled == ["+442079460000"]
    await kept.line.close()
