"""What a desk is told of the calls that a real Asterisk had."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.lines.ami.calls import MOST, NO_NEWS_S, SHOWN_WITHIN_S, Place, device
from tests.conftest import SetClock
from tests.lines.ami.replay import DESK, Heard, messages, recorded, up_to, without

NAMES = ("abandoned", "own", "colleague", "local_own", "local_colleague", "blind", "originate")


def dialled(number, leg, linked="1.1", device="PJSIP/201", name="Rosa", exten="100"):
    said = {"Event": "DialBegin", "Channel": "PJSIP/trunk-0001", "Uniqueid": linked}
    said |= {"Linkedid": linked, "CallerIDNum": number, "CallerIDName": name, "Exten": exten}
    said |= {"DestChannel": f"{device}-0002", "DestUniqueid": leg, "DestLinkedid": linked}
    return wire(**said)


def wire(**said):
    return "".join(f"{key}: {value}\r\n" for key, value in said.items()).encode() + b"\r\n"


def state(leg, number, device="PJSIP/201"):
    return wire(Event="Newstate", Uniqueid=leg, Channel=f"{device}-0002", ChannelState=number)


def hangup(leg, cause=16):
    return wire(Event="Hangup", Uniqueid=leg, Cause=cause, **{"Cause-txt": "Normal Clearing"})


def test_an_abandoned_call_rings_and_ends(clock):
    heard = Heard(clock).hear(recorded("abandoned"))

    assert heard.kinds == ["ringing", "ended"]
    assert len(heard.ids) == 1
    ring = heard.told[0]
    assert (ring.number, ring.name) == ("+15195550123", "Rosa Nunez")
    assert ring.called_line == "5195550103"
    assert ring.line == "pbx"


def test_my_own_telephone_answers(clock):
    heard = Heard(clock).hear(recorded("own"))

    assert heard.kinds == ["ringing", "answered", "ended"]
    assert len(heard.ids) == 1
    assert heard.told[-1].cause == "Normal Clearing"


@pytest.mark.parametrize("others", [(), ("PJSIP/203",)], ids=["unwatched", "watched"])
def test_a_colleague_answers(clock, others):
    heard = Heard(clock, Place("PJSIP/201", frozenset(others))).hear(recorded("colleague"))

    assert heard.kinds == ["ringing", "answered_elsewhere", "ended"]


def test_where_it_is_not_known_which_telephone_is_mine_somebody_answers(clock):
    place = Place(others=frozenset({"PJSIP/201", "pjsip/203"}))

    assert Heard(clock, place).hear(recorded("own")).kinds[1] == "answered_somewhere"
    assert Heard(clock, place).hear(recorded("colleague")).kinds[1] == "answered_somewhere"


@pytest.mark.parametrize("name", NAMES)
def test_a_desk_whose_telephones_do_not_ring_hears_nothing(clock, name):
    heard = Heard(clock, Place("PJSIP/299")).hear(recorded(name))

    assert heard.told == []
    assert heard.asked == []


def test_what_we_dial_ourselves_does_not_ring(clock):
    said = recorded("originate").replace(b"care-1", b"care-console-1")

    assert Heard(clock, Place("PJSIP/201", frozenset({"PJSIP/trunk"}))).hear(said).told == []


def test_what_is_dialled_on_my_own_telephone_does_not_ring_on_my_other_one(clock):
    said = dialled("201", "2").replace(b"PJSIP/trunk", b"PJSIP/201")
    said = said.replace(b"DestChannel: PJSIP/201", b"DestChannel: PJSIP/202")
    heard = Heard(clock, Place("PJSIP/201", frozenset({"PJSIP/202"}))).hear(said, state("2", 5))

    assert heard.told == []


def test_what_we_dial_ourselves_does_not_ring_behind_a_ring_group_either(clock):
    said = dialled("201", "2", "care-console-7").replace(b"PJSIP/trunk-", b"Local/201@group-")

    assert Heard(clock).hear(said, state("2", 5)).told == []


def test_a_ring_group_that_is_answered_says_nothing_of_who_did(clock):
    heard = Heard(clock).hear(dialled("1", "2"), state("2", 5))
    group = {"DestChannel": "Local/201@group-01;1", "DestUniqueid": "8", "DestLinkedid": "1.1"}
    heard.hear(wire(Event="DialEnd", DialStatus="ANSWER", **group), state("2", 6))

    assert heard.kinds == ["ringing", "answered"]


def test_a_call_that_a_colleague_has_and_rings_me_about_is_another(clock):
    heard = Heard(clock).hear(dialled("1", "2"), state("2", 5), hangup("2", 26))
    heard.hear(dialled("1", "4"), state("4", 5), hangup("4"))

    assert heard.kinds == ["ringing", "answered_elsewhere", "ringing", "ended"]
    assert len(heard.ids) == 2


def test_a_telephone_that_is_engaged_does_not_ring(clock):
    heard = Heard(clock).hear(dialled("1", "2"), hangup("2", 17))

    assert heard.told == []
    assert heard.calls.next_due() is None


def test_a_telephone_that_answers_by_itself_has_rung(clock):
    heard = Heard(clock).hear(dialled("1", "2"), state("2", 6))

    assert heard.kinds == ["ringing", "answered"]


def test_two_telephones_of_a_desk_ring_once(clock):
    place = Place("PJSIP/201", frozenset({"PJSIP/203"}))

    assert Heard(clock, place).hear(recorded("abandoned")).kinds == ["ringing", "ended"]


def test_one_of_two_telephones_that_gives_up_ends_nothing(clock):
    place = Place("PJSIP/201", frozenset({"PJSIP/203"}))
    heard = Heard(clock, place).hear(dialled("1", "2"), dialled("1", "3", device="PJSIP/203"))
    heard.hear(state("2", 5), state("3", 5, "PJSIP/203"), hangup("2", 21))
    assert heard.kinds == ["ringing"]

    heard.hear(hangup("3", 127))
    assert heard.kinds == ["ringing", "ended"]


def test_a_call_that_i_pick_up_for_a_colleague_is_mine(clock):
    """Asterisk takes the ringing leg away first, and says then who has it."""
    place = Place("PJSIP/201", frozenset({"PJSIP/203"}))
    heard = Heard(clock, place).hear(dialled("1", "3", device="PJSIP/203"), state("3", 5))
    took = {"DestChannel": "PJSIP/201-0009", "DestUniqueid": "9", "DestLinkedid": "1.1"}
    heard.hear(hangup("3", 26), wire(Event="DialEnd", DialStatus="ANSWER", **took), hangup("9"))

    assert heard.kinds == ["ringing", "answered_elsewhere", "answered", "ended"]


def test_a_queue_that_rings_again_rings_as_another_call(clock):
    heard = Heard(clock)
    for leg in "234":
        heard.hear(dialled("1", leg), state(leg, 5), hangup(leg))

    assert heard.kinds == ["ringing", "ended"] * 3
    assert len(heard.ids) == 3


@pytest.mark.parametrize("exten", ["s", "queue-7", "", "+"])
def test_a_word_of_the_dialplan_is_no_called_number(clock, exten):
    heard = Heard(clock).hear(dialled("1", "2", exten=exten), state("2", 5))

    assert heard.told[0].called_line == ""


def test_an_answer_that_nobody_heard_is_found_when_the_line_is_back(clock):
    before, _after = up_to(recorded("own"), "DialEnd")
    heard = Heard(clock).hear(without(before, "Newstate"))
    heard.resync(wire(Event="CoreShowChannel", Uniqueid="x", Channel="PJSIP/7-1", ChannelState=6))

    assert heard.kinds == ["ringing", "ended"]
    assert heard.told[-1].cause == "unheard"


def shown(leg, channel, number, linked="1.1"):
    said = {"Event": "CoreShowChannel", "Uniqueid": leg, "Linkedid": linked}
    return wire(**said, Channel=channel, ChannelState=number, ConnectedLineNum="1")


def test_a_colleague_who_answered_unheard_is_found_when_the_line_is_back(clock):
    heard = Heard(clock).hear(dialled("1", "2"), state("2", 5))
    caller, colleague = shown("1.1", "PJSIP/trunk-0001", 6), shown("3", "PJSIP/203-0003", 6)
    heard.resync(caller + colleague)
    assert heard.kinds == ["ringing", "answered_elsewhere"]

    heard.resync(b"")
    assert heard.kinds == ["ringing", "answered_elsewhere", "ended"]


def test_a_caller_who_has_heard_an_announcement_is_not_taken_for_who_answered(clock):
    heard = Heard(clock).hear(dialled("1", "2"), state("2", 5))
    group = shown("4", "Local/201@group-0001;2", 6)
    caller, mine = shown("1.1", "PJSIP/trunk-0001", 6), shown("2", "PJSIP/201-0002", 5)
    heard.resync(caller + group + mine)

    assert heard.kinds == ["ringing"]


def test_my_own_answer_that_nobody_heard_is_found(clock):
    heard = Heard(clock).hear(dialled("1", "2"), state("2", 5))
    heard.resync(shown("1.1", "PJSIP/trunk-0001", 6) + shown("2", "PJSIP/201-0002", 6))

    assert heard.kinds == ["ringing", "answered"]


@pytest.mark.parametrize("linked", ["2", "care-console-7"])
def test_what_we_dial_is_not_found_to_be_a_call_either(clock, linked):
    heard = Heard(clock)
    heard.resync(shown("2", "PJSIP/201-0002", 5, linked) + shown(linked, "Local/1@x-1;1", 6, "9"))

    assert heard.told == []


def test_a_ring_whose_caller_is_not_found_tells_no_number(clock):
    heard = Heard(clock)
    heard.resync(shown("2", "PJSIP/201-0002", 5))

    assert heard.kinds == ["ringing"]
    assert heard.told[0].number is None


def test_a_ring_that_nobody_tells_the_end_of_ends_by_itself(clock):
    heard = Heard(clock).hear(dialled("1", "2"), state("2", 5))
    heard.pass_by(NO_NEWS_S - 1)
    assert heard.kinds == ["ringing"]

    heard.pass_by(1)
    assert heard.kinds == ["ringing", "ended"]
    assert heard.calls.next_due() is None


def test_a_conversation_may_last(clock):
    heard = Heard(clock).hear(dialled("1", "2"), state("2", 6))
    heard.pass_by(10 * NO_NEWS_S)

    assert heard.kinds == ["ringing", "answered"]


def test_of_very_many_calls_none_is_kept_for_ever(clock):
    heard = Heard(clock, says=None)
    for number in range(2 * MOST):
        linked = f"{number}.0"
        heard.hear(dialled(str(number), f"{number}.1", linked), state(f"{number}.1", 5))

    assert len(heard.calls._calls) <= MOST
    assert heard.kinds.count("ended") == MOST


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 80)), max_size=60))
def test_whatever_is_missed_each_call_rings_once_before_anything_and_ends_once(picks):
    """Events are left out, doubled and mixed, as after a connection that was torn."""
    each = {name: recorded(name).split(b"\r\n\r\n") for name in NAMES}
    heard = Heard(SetClock())
    for name, index in picks:
        heard.hear(each[name][index % len(each[name])] + b"\r\n\r\n")
    heard.resync(b"")
    heard.pass_by(2 * NO_NEWS_S)

    for call_id in heard.ids:
        kinds = [told.kind.value for told in heard.told if told.call_id == call_id]
        assert kinds[0] == "ringing"
        assert kinds.count("ringing") == 1
        assert kinds[-1] == "ended"
        assert kinds.count("ended") == 1
    assert heard.calls.next_due() is None


@pytest.mark.parametrize(
    ("channel", "whose"),
    [
        ("PJSIP/201-0000002a", "PJSIP/201"),
        ("PJSIP/my-trunk-0000002a", "PJSIP/my-trunk"),
        ("Local/201@internal-00000001;2", "Local/201@internal"),
        ("odd", "odd"),
    ],
)
def test_a_channel_tells_its_device(channel, whose):
    assert device(channel) == whose


def test_a_late_answer_about_the_number_changes_nothing(clock):
    heard = Heard(clock, says=None).hear(dialled("1", "2"), state("2", 5))
    heard.pass_by(SHOWN_WITHIN_S)
    heard.calls.presented("1.1", "allowed")
    heard.calls.presented("nobody", "allowed")

    assert [(each.number, each.name) for each in heard.told] == [(None, "")]


def test_the_recordings_are_what_they_are_called():
    assert DESK.phone == "PJSIP/201"
    for name in NAMES:
        assert len(messages(recorded(name))) > 10
