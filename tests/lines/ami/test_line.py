"""The line to Asterisk connects by itself, says why it does not, and dials."""

import asyncio
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.lines.ami.client import Way, conversation
from care_console.lines.ami.line import NUMBER, NotDialled, Pace
from care_console.lines.line import Can, Event, State
from tests.conftest import PATIENCE_S, until
from tests.lines.ami.lines import QUICK, connected
from tests.lines.ami.pretend import SECRET, error, pretending
from tests.lines.ami.replay import recorded


async def test_a_call_is_told_from_ring_to_end(clock):
    async with pretending() as asterisk, connected(asterisk, clock) as opened:
        await opened.up()
        asterisk.say(recorded("own"))
        await until(lambda: len(opened.told) == 3)

        assert opened.kinds == ["ringing", "answered", "ended"]
        assert opened.told[0].number == "+15195550123"
        assert asterisk.last("Getvar")["Variable"] == "CALLERID(pres)"
        assert asterisk.last("Getvar")["Channel"].startswith("PJSIP/trunk-")


@pytest.mark.parametrize(
    ("may_be_seen", "told"),
    [("allowed_passed_screen", "+15195550199"), ("prohib", ""), ("unavailable", ""), ("", "")],
)
async def test_who_passed_a_call_on_is_told_where_they_let_it_be_seen(clock, may_be_seen, told):
    async with pretending() as asterisk, connected(asterisk, clock) as opened:
        asterisk.variables["REDIRECTING(from-num)"] = "+15195550199"
        asterisk.variables["REDIRECTING(from-pres)"] = may_be_seen
        await opened.up()
        asterisk.say(recorded("abandoned"))
        await opened.says("ringing", "ended")

        assert {each.diverted_from for each in opened.told} == {told}


async def test_the_secret_is_not_sent(clock):
    async with pretending() as asterisk, connected(asterisk, clock) as opened:
        await opened.up()

        assert asterisk.last("Login")["AuthType"] == "MD5"
        assert not asterisk.last("Login")["Secret"]
        assert asterisk.last("Login")["Events"] == "call"


async def test_a_wrong_secret_is_told_and_not_tried_again(clock):
    async with pretending() as asterisk, connected(asterisk, clock, secret="wrong") as opened:
        assert "does not let this line in" in await opened.down()
        await opened.line._running

        assert asterisk.count("Login") == 1
        assert not opened.taking.done()


async def test_an_account_without_the_right_to_report_is_told(clock):
    async with pretending() as asterisk:
        asterisk.answers["CoreShowChannels"] = lambda _: error("Permission denied")
        async with connected(asterisk, clock) as opened:
            assert "“reporting”" in await opened.down()


async def test_nothing_that_listens_is_told_and_tried_again(clock):
    async with pretending() as asterisk:
        await asterisk.stop()
        async with connected(asterisk, clock) as opened:
            assert "Nothing listens at 127.0.0.1" in await opened.down()
            await asterisk.start()
            await opened.up()

    assert [each.state for each in opened.states] == [State.DOWN, State.UP, State.DOWN]


async def test_the_longer_it_is_away_the_rarer_it_is_tried_up_to_a_minute(clock):
    waits = []

    async def sleep(seconds):
        waits.append(seconds)
        if len(waits) in (9, 12):
            await asterisk.start()
        await asyncio.sleep(0)

    pace = Pace(chance=lambda: 0.0, sleep=sleep)
    async with pretending() as asterisk:
        await asterisk.stop()
        async with connected(asterisk, clock, pace=pace) as opened:
            await opened.up()
            assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]

            await asterisk.stop()
            await until(lambda: len(waits) == 12)
            await opened.up()
            assert waits[9:] == [1, 2, 4]


@pytest.mark.parametrize("greeting", [b"SSH-2.0-OpenSSH_9.2\r\n", b"", b"x" * 70_000])
async def test_what_is_no_asterisk_is_told(clock, greeting):
    async with pretending() as asterisk:
        asterisk.greeting = greeting
        pace = replace(QUICK, patience_s=0.2)
        async with connected(asterisk, clock, pace=pace) as opened:
            await until(lambda: any("Something else" in each.reason for each in opened.states))


async def test_a_torn_line_is_told_and_comes_back(clock):
    async with pretending() as asterisk, connected(asterisk, clock) as opened:
        await opened.up()
        asterisk.tear()
        assert await opened.down() == "Asterisk ended the connection."
        await opened.up()

        asterisk.say(recorded("abandoned"))
        await until(lambda: len(opened.told) == 2)


async def test_a_call_is_told_whose_number_nobody_asks_about_because_the_line_is_torn(clock):
    async with pretending() as asterisk, connected(asterisk, clock) as opened:
        await opened.up()
        asterisk.answers["Getvar"] = lambda _: None
        asterisk.say(recorded("abandoned"))
        await until(lambda: asterisk.count("Getvar"))
        asterisk.tear()
        await opened.says("ringing", "ended")

        assert {each.number for each in opened.told} == {None}


async def test_closing_ends_the_events_and_leaves_nothing(clock):
    before = asyncio.all_tasks()
    async with pretending() as asterisk:
        async with connected(asterisk, clock) as opened:
            await opened.up()
        await opened.line.close()
        await asterisk.alone()

        assert opened.taking.done()
    assert asyncio.all_tasks() == before


async def test_who_is_told_to_stop_just_as_an_answer_comes_stops():
    """Else a line that is closed at that moment goes on, and whoever closes it waits for ever."""
    async with pretending() as asterisk:
        pong = asterisk.answers["Ping"]
        asterisk.answers["Ping"] = lambda asked: pong(asked) + b"Event: Newstate\r\n\r\n"
        way = Way("127.0.0.1", asterisk.port, "care", SECRET)
        async with conversation(way, lambda _event: asking.cancel(), PATIENCE_S) as talk:
            asking = asyncio.create_task(talk.ask("Ping"))
            with pytest.raises(asyncio.CancelledError):
                await asking


async def test_a_line_that_never_connected_can_be_closed(clock):
    async with pretending() as asterisk:
        asterisk.greeting = b""
        async with connected(asterisk, clock) as opened:
            pass

    assert opened.told == []


async def test_dialling_rings_my_telephone_and_sets_no_number_of_mine(clock):
    async with (
        pretending() as asterisk,
        connected(asterisk, clock, context="from-internal") as opened,
    ):
        await opened.up()
        await opened.line.dial("+15195550123")

        asked = asterisk.last("Originate")
        assert opened.line.can == {Can.DIAL}
        assert (asked["Channel"], asked["Context"]) == ("PJSIP/201", "from-internal")
        assert (asked["Exten"], asked["Priority"], asked["Async"]) == ("+15195550123", "1", "true")
        assert not asked["CallerID"]
        assert not asked["Application"]


async def test_of_a_call_that_we_made_the_end_is_told_and_nothing_else(clock):
    async with pretending() as asterisk, connected(asterisk, clock, context="out") as opened:
        await opened.up()
        dialled = await opened.line.dial("+15195550123")
        assert asterisk.last("Originate")["ChannelId"] == dialled
        for leg in (dialled, "1700000000.7"):
            asterisk.say(
                f"Event: Hangup\r\nChannel: PJSIP/201-00000001\r\nUniqueid: {leg}\r\n"
                f"Linkedid: {dialled}\r\nCause: 16\r\nCause-txt: Normal Clearing\r\n\r\n".encode()
            )
        await until(lambda: opened.told)

        [over] = opened.told
        assert (over.kind, over.call_id, over.cause) == (Event.ENDED, dialled, "Normal Clearing")


async def test_a_line_that_may_not_dial_asks_for_nothing(clock):
    async with pretending() as asterisk, connected(asterisk, clock) as opened:
        await opened.up()
        with pytest.raises(NotDialled, match="may not dial"):
            await opened.line.dial("+15195550123")

        assert opened.line.can == frozenset()
        assert asterisk.count("Originate") == 0


async def test_what_asterisk_will_not_dial_is_told(clock):
    async with pretending() as asterisk, connected(asterisk, clock, context="out") as opened:
        asterisk.answers["Originate"] = lambda _: error("Permission denied")
        await opened.up()
        with pytest.raises(NotDialled, match="“originate”"):
            await opened.line.dial("+15195550123")


async def test_nothing_is_dialled_on_a_line_that_is_down(clock):
    async with pretending() as asterisk, connected(asterisk, clock, context="out") as opened:
        with pytest.raises(NotDialled, match="down"):
            await opened.line.dial("+15195550123")
        await opened.up()
        asterisk.answers["Originate"] = lambda _: asterisk.tear() or b""
        with pytest.raises(NotDialled, match="down"):
            await opened.line.dial("+15195550123")


async def test_nothing_is_dialled_before_the_line_is_let_in(clock):
    async with pretending() as asterisk:
        asterisk.answers["Login"] = lambda _: None
        async with connected(asterisk, clock, context="out") as opened:
            await until(lambda: asterisk.count("Login"))
            with pytest.raises(NotDialled, match="down"):
                await opened.line.dial("+15195550123")

            assert asterisk.count("Originate") == 0


@given(st.text(max_size=30))
def test_only_what_a_telephone_has_keys_for_is_dialled(number):
    assert bool(NUMBER.fullmatch(number)) == (
        2 <= len(number.removeprefix("+")) <= 20
        and set(number.removeprefix("+")) <= set("0123456789*#")
    )
