"""The pretend line tells what a line with a wire would."""

from care_console.lines.line import Can, Line, State
from care_console.lines.pretend import PretendLine


async def told(line):
    await line.close()
    return [event async for event in line.events()]


async def test_a_call_rings_is_answered_and_ends(clock):
    line: Line = PretendLine(clock, called="+44 20 7946 0999")
    call_id = line.ring("020 7946 0000", "Ada Poe")
    line.answer(call_id)
    clock.pass_by(seconds=5)
    line.end(call_id, "normal")

    events = await told(line)

    assert [event.kind for event in events] == ["ringing", "answered", "ended"]
    assert {event.call_id for event in events} == {call_id}
    assert {event.number for event in events} == {"020 7946 0000"}
    assert {event.name for event in events} == {"Ada Poe"}
    assert {event.called_line for event in events} == {"+44 20 7946 0999"}
    assert {event.line for event in events} == {"pretend"}
    assert (events[2].at - events[0].at).total_seconds() == 5
    assert events[2].cause == "normal"


async def test_two_calls_are_two(clock):
    line = PretendLine(clock)
    first, second = line.ring("1"), line.ring("1", called_line="sales", call_id="mine")
    line.elsewhere(first)

    events = await told(line)

    assert first != second == "mine"
    assert [event.call_id for event in events] == [first, second, first]
    assert events[1].called_line == "sales"
    assert events[2].kind == "answered_elsewhere"


async def test_a_withheld_caller_stays_hidden_until_the_end(clock):
    line = PretendLine(clock)
    call_id = line.ring("020 7946 0000", "Ada Poe", withheld=True)
    line.answer(call_id)
    line.end(call_id)

    for event in await told(line):
        assert (event.number, event.name, event.presentation) == (None, "", "withheld")


async def test_an_answer_to_an_unknown_call_is_told_all_the_same(clock):
    line = PretendLine(clock)
    line.answer("never rang")

    [event] = await told(line)

    assert (event.kind, event.call_id, event.number) == ("answered", "never rang", None)


async def test_the_wire_can_be_torn_and_mended(clock):
    line = PretendLine(clock, can=frozenset({Can.ANSWER}))
    assert line.state.state is State.UP
    assert line.can == {Can.ANSWER}

    line.drop("The telephone system does not answer.")
    assert (line.state.state, line.state.reason) == (
        State.DOWN,
        "The telephone system does not answer.",
    )
    line.mend()
    assert line.state.state is State.UP
    await line.close()
    assert line.state.state is State.DOWN
