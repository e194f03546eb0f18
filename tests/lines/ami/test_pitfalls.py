"""What a toy would miss with Asterisk's manager interface: each pitfall by its letter."""

import asyncio
from dataclasses import replace

import pytest

from care_console.lines.ami.calls import MOST, SHOWN_WITHIN_S, Place
from care_console.lines.ami.kind import EXPLAINED
from care_console.lines.ami.line import NotDialled
from care_console.lines.ami.wire import LONGEST_LINE, Refused, Splitter, action
from care_console.lines.line import LineState, State
from tests.conftest import until
from tests.lines.ami.lines import QUICK, connected
from tests.lines.ami.pretend import error, pretending
from tests.lines.ami.replay import WITHHELD, Heard, messages, recorded, without

HOSTILE = ("1\r\nAction: Hangup", "1\n", "1\0", "12\r", "+", "1", "1" * 21, "tel:12", "12 34", "a1")
CARDS = [*HOSTILE, "12&PJSIP/666", "12@outside", "${SHELL(id)}", "", "++12", "١٢٣"]


@pytest.mark.parametrize("number", CARDS)
async def test_a_nothing_but_a_number_is_dialled_and_no_line_is_broken(clock, number):
    async with pretending() as asterisk, connected(asterisk, clock, context="out") as opened:
        await opened.up()
        with pytest.raises(NotDialled):
            await opened.line.dial(number)

        assert asterisk.count("Originate") == 0


@pytest.mark.parametrize("sign", ["\r", "\n", "\0", "\r\n"])
@pytest.mark.parametrize("key", ["Channel", "Context", "Username"])
def test_a_a_value_that_would_break_its_line_is_refused(key, sign):
    with pytest.raises(Refused):
        action("Originate", "1", {key: f"PJSIP/201{sign}Action: Hangup"})
    with pytest.raises(Refused):
        action("Originate", "1", {f"{key}{sign}": "x"})


async def test_b_no_more_is_asked_for_than_the_least_rights_allow(clock):
    async with pretending() as asterisk, connected(asterisk, clock, context="out") as opened:
        await opened.up()
        asterisk.say(recorded("own"))
        await until(lambda: len(opened.told) == 3)
        await opened.line.dial("+15195550123")

        asked = {each["Action"] for each in asterisk.asked}
        least = {"Challenge", "Login", "CoreShowChannels", "Getvar", "Originate"}
        assert asked - {"Ping"} == least
    for said in ("read = call", "write = reporting", "never system, command or call"):
        assert said in EXPLAINED


async def test_c_the_secret_never_goes_over_the_wire(clock):
    async with pretending() as asterisk, connected(asterisk, clock) as opened:
        await opened.up()

        said = [value for each in asterisk.asked for all in each._values.values() for value in all]
        assert not any("ami-s3cret" in value for value in said)
        assert "ami-s3cret" not in repr(opened.line._way)


def test_d_a_letter_that_lies_over_two_packets_is_whole_and_a_broken_one_harms_no_other():
    said = b"Asterisk Call Manager/5\r\nCallerIDName: N\xc3\xba\xc3\xb1ez\r\nX: \xff\r\n\r\n"
    cut, splitter = said.index(b"\xb1"), Splitter()
    assert list(splitter.feed(said[:cut])) == []
    (message,) = splitter.feed(said[cut:])

    assert message["CallerIDName"] == "Núñez"
    assert message["X"] == "\N{REPLACEMENT CHARACTER}"


def test_d_a_line_beyond_64_kb_is_passed_over_with_its_message():
    long = b"Event: A\r\nX: " + b"x" * LONGEST_LINE + b"\r\n\r\n"

    assert [each["Event"] for each in messages(long + b"Event: B\r\n\r\n")] == ["B"]


def test_d_repeated_keys_are_all_kept():
    (message,) = messages(b"Variable: a=1\r\nVariable: b=2\r\nvariable: c=3\r\n\r\n")

    assert message.all("Variable") == ["a=1", "b=2", "c=3"]
    assert message["Variable"] == "a=1"


async def test_e_what_comes_with_the_answer_to_the_login_is_heard(clock):
    async with pretending() as asterisk:
        asterisk.with_login = b"Event: FullyBooted\r\nStatus: Fully Booted\r\n\r\n"
        asterisk.with_login += recorded("abandoned")
        async with connected(asterisk, clock) as opened:
            await until(lambda: len(opened.told) == 2)

            assert opened.told[0].number == "+15195550123"


async def test_e_a_shutdown_is_told_and_the_line_comes_back(clock):
    async with pretending() as asterisk, connected(asterisk, clock) as opened:
        await opened.up()
        asterisk.say(b"Event: Reload\r\nModule: All\r\n\r\n")
        asterisk.say(b"Event: Shutdown\r\nShutdown: Cleanly\r\nRestart: True\r\n\r\n")

        assert await opened.down() == "Asterisk is being shut down or started anew."
        await opened.up()


async def test_e_an_asterisk_that_no_longer_answers_its_ping_is_down(clock):
    async with pretending() as asterisk:
        asterisk.answers["Ping"] = lambda _: None
        pace = replace(QUICK, ping_s=0.01, patience_s=0.05)
        async with connected(asterisk, clock, pace=pace) as opened:
            await until(lambda: LineState(State.UP) in opened.states)
            down = LineState(State.DOWN, "Asterisk does not answer.")
            await until(lambda: down in opened.states)


async def test_e_a_line_that_is_pinged_stays_up(clock):
    pace = replace(QUICK, ping_s=0.001)
    async with pretending() as asterisk, connected(asterisk, clock, pace=pace) as opened:
        await until(lambda: asterisk.count("Ping") > 3)

        assert len(opened.states) == 1


async def test_e_a_ring_that_began_while_the_line_was_torn_is_found(clock):
    async with pretending() as asterisk:
        asterisk.channels = recorded("channels").partition(b"\r\n\r\n")[2]
        asterisk.channels = without(asterisk.channels, "CoreShowChannelsComplete")
        async with connected(asterisk, clock) as opened:
            await until(lambda: opened.told)
            ring = opened.told[0]
            assert (ring.kind.value, ring.number) == ("ringing", "+15195550123")
            assert ring.called_line == "5195550103"

            asterisk.tear()
            await opened.down()
            await opened.up()
            asterisk.channels = b""
            asterisk.tear()
            await until(lambda: len(opened.told) > 1)
            assert opened.kinds == ["ringing", "ended"]


def test_f_an_unknown_number_is_none(clock):
    said = recorded("abandoned").replace(b"+15195550123", b"<unknown>")
    heard = Heard(clock).hear(said.replace(b"Rosa Nunez", b"<unknown>"))

    assert heard.told[0].number is None
    assert heard.told[0].presentation == "unavailable"
    assert heard.told[0].name == ""


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("local_own", ["ringing", "answered", "ended"]),
        ("local_colleague", ["ringing", "answered_elsewhere", "ended"]),
        ("local_withheld", ["ringing", "ended"]),
    ],
)
def test_f_a_call_through_doubled_local_channels_is_one_call(clock, name, kinds):
    heard = Heard(clock).hear(recorded(name))

    assert heard.kinds == kinds
    assert len(heard.ids) == 1
    assert heard.told[0].called_line == "5195550104"


def test_f_a_call_is_followed_when_a_transfer_changes_its_linked_id(clock):
    said = recorded("own")
    linked = messages(said)[0]["Linkedid"].encode()
    at = said.index(b"Event: BridgeEnter")
    moved = said[at:].replace(b"Linkedid: " + linked, b"Linkedid: 1.1")

    heard = Heard(clock).hear(said[:at], moved)

    assert heard.kinds == ["ringing", "answered", "ended"]
    assert len(heard.ids) == 1


def test_f_a_call_that_a_colleague_passes_on_rings_again_as_another(clock):
    heard = Heard(clock).hear(recorded("blind"))

    assert heard.kinds[:4] == ["ringing", "answered_elsewhere", "ended", "ringing"]
    assert heard.kinds[4] == "answered"
    assert len(heard.ids) == 2
    assert {each.number for each in heard.told} == {"+15195550123"}


@pytest.mark.parametrize("name", ["withheld", "local_withheld"])
def test_g_a_withheld_number_never_leaves_the_line(clock, name):
    """Asterisk has it in clear in every event."""
    assert b"CallerIDNum: +15195550123" in recorded(name)
    heard = Heard(clock, says=WITHHELD).hear(recorded(name))

    assert heard.kinds == ["ringing", "ended"]
    assert {each.presentation for each in heard.told} == {"withheld"}
    assert "5550123" not in repr(heard.told)


@pytest.mark.parametrize("says", [None, "", "nonsense"])
def test_g_a_number_of_which_asterisk_does_not_say_that_it_may_be_seen_is_unavailable(clock, says):
    heard = Heard(clock, says=says).hear(recorded("abandoned"))
    heard.pass_by(SHOWN_WITHIN_S)

    assert heard.kinds == ["ringing", "ended"]
    assert {each.presentation for each in heard.told} == {"unavailable"}
    assert "5550123" not in repr(heard.told)
    assert "Rosa" not in repr(heard.told)


def test_g_nothing_is_told_before_asterisk_has_said_whether_the_number_may_be_seen(clock):
    heard = Heard(clock, says=None).hear(recorded("own"))
    assert heard.told == []
    assert heard.calls.next_due() == SHOWN_WITHIN_S

    heard.calls.presented(heard.asked[0][0], "allowed")
    assert heard.kinds == ["ringing", "answered", "ended"]
    assert heard.told[0].number == "+15195550123"


async def test_g_an_asterisk_that_may_not_say_is_not_waited_for(clock):
    pace = replace(QUICK, shown_s=0.01)
    async with pretending() as asterisk, connected(asterisk, clock, pace=pace) as opened:
        asterisk.answers["Getvar"] = lambda _: error("Permission denied")
        await opened.up()
        asterisk.say(recorded("abandoned"))
        await until(lambda: len(opened.told) == 2)
        asterisk.answers["Getvar"] = lambda _: None
        asterisk.say(recorded("colleague"))
        await until(lambda: len(opened.told) == 5)

        assert {each.number for each in opened.told} == {None}


def test_h_a_filter_that_leaves_only_this_desks_devices_loses_nothing(clock):
    """As the help says: eventfilter = PJSIP/201-."""
    for name, kinds in {
        "abandoned": ["ringing", "ended"],
        "own": ["ringing", "answered", "ended"],
        "colleague": ["ringing", "answered_elsewhere"],
        "local_colleague": ["ringing", "answered_elsewhere"],
    }.items():
        parts = [each + b"\r\n\r\n" for each in recorded(name).split(b"\r\n\r\n")]
        heard = Heard(clock).hear(*(each for each in parts if b"PJSIP/201-" in each))

        assert heard.kinds == kinds, name
    assert "eventfilter = (PJSIP/201|PJSIP/202)-" in EXPLAINED


def test_h_a_busy_house_without_a_filter_leaves_nothing_behind(clock):
    said, other = recorded("own"), Place("PJSIP/299")
    linked = messages(said)[0]["Linkedid"].encode()
    heard = Heard(clock, other)
    for number in range(MOST // 20):
        heard.hear(said.replace(linked, b"%d.1" % number))

    assert heard.told == []
    assert heard.asked == []
    assert not heard.calls._calls
    assert not heard.calls._by_leg
    assert len(heard.calls._exten) <= MOST


async def test_g_a_channel_of_which_asterisk_cannot_be_asked_rings_without_a_number(clock):
    """A line break in its name would be a line of its own in what we ask."""
    async with pretending() as asterisk, connected(asterisk, clock) as opened:
        await opened.up()
        asterisk.say(recorded("abandoned").replace(b"PJSIP/trunk-", b"PJSIP/tr\nunk-"))
        await opened.says("ringing", "ended")

        assert {each.number for each in opened.told} == {None}
        assert len(opened.states) == 1


async def test_h_a_flood_of_others_calls_does_not_hold_up_ours(clock):
    async with pretending() as asterisk, connected(asterisk, clock) as opened:
        await opened.up()
        for _again in range(30):
            asterisk.say(recorded("local_own").replace(b"PJSIP/201", b"PJSIP/299"))
            await asyncio.sleep(0)
        asterisk.say(recorded("abandoned"))
        await until(lambda: len(opened.told) == 2)

        assert len(opened.states) == 1
