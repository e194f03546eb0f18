"""Messages are found in whatever way the bytes were cut, and nothing breaks out of one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.lines.ami.wire import LONGEST_LINE, Refused, Splitter, action, key_for
from tests.lines.ami.replay import messages, recorded

GREETING = b"Asterisk Call Manager/5.0.4\r\n"
PLAIN = st.text(st.characters(exclude_categories=("Cc", "Cs", "Z")), min_size=1, max_size=20)


def events(splitter, *parts):
    return [message["Event"] for part in parts for message in splitter.feed(part)]


@given(st.lists(st.integers(0, 9_000), max_size=20))
def test_it_does_not_matter_where_the_bytes_were_cut(cuts):
    said = GREETING + recorded("abandoned")
    edges = [0, *sorted(cuts), len(said)]
    parts = [said[start:end] for start, end in zip(edges, edges[1:], strict=False)]

    found = events(Splitter(), *parts)

    assert found == [each["Event"] for each in messages(recorded("abandoned"))]


def test_what_comes_right_behind_a_greeting_that_was_cut_is_found():
    said = b"Event: A\r\n\r\n"

    assert events(Splitter(), GREETING[:-1], GREETING[-1:] + said) == ["A"]


def test_each_byte_may_come_alone():
    splitter = Splitter()
    said = GREETING + "Event: A\r\nName: Núñez\r\n\r\n".encode()

    found = [each for byte in said for each in splitter.feed(bytes([byte]))]

    assert [each["Name"] for each in found] == ["Núñez"]
    assert splitter.greeting == "Asterisk Call Manager/5.0.4"


@given(st.binary(max_size=2_000), st.integers(1, 200))
def test_no_bytes_at_all_break_it(said, step):
    splitter = Splitter()
    for start in range(0, len(said), step):
        list(splitter.feed(said[start : start + step]))

    assert events(splitter, b"\r\n\r\nEvent: Last\r\n\r\n")[-1:] in (["Last"], [])


def test_a_message_that_does_not_end_is_passed_over_and_not_kept():
    splitter = Splitter()
    found = events(splitter, GREETING, b"Event: Long\r\nX: ")
    for _part in range(100):
        found += events(splitter, b"x" * LONGEST_LINE)
        assert len(splitter._kept) < 5 * LONGEST_LINE
    found += events(splitter, b"\r\n\r\nEvent: Next\r\n\r\n")

    assert found == ["Next"]


@pytest.mark.parametrize("key", ["response", "RESPONSE", "Response"])
def test_keys_are_found_in_any_case(key):
    (message,) = messages(b"rEsPonse: Success\r\n\r\n")

    assert message[key] == "Success"


@pytest.mark.parametrize("word", ["<unknown>", "<none>", ""])
def test_what_asterisk_does_not_know_is_nothing(word):
    (message,) = messages(f"CallerIDNum: {word}\r\n\r\n".encode())

    assert message.known("CallerIDNum") == ""


def test_a_line_without_a_colon_is_passed_over():
    (message,) = messages(b"Event: A\r\nnonsense\r\nB: c: d\r\n\r\n")

    assert message["B"] == "c: d"


@given(PLAIN, st.dictionaries(st.sampled_from(["Channel", "Variable", "Exten"]), PLAIN))
def test_what_is_asked_arrives_as_it_was_meant(action_id, fields):
    (message,) = messages(action("Getvar", action_id, fields))

    assert message["Action"] == "Getvar"
    assert message["ActionID"] == action_id
    assert {key: message[key] for key in fields} == fields


@given(st.text(), st.sampled_from("\r\n\0"), st.text())
def test_nothing_that_is_asked_can_hold_a_second_action(before, sign, after):
    with pytest.raises(Refused):
        action("Originate", "1", {"Exten": before + sign + after})


def test_the_secret_is_proved_as_asterisk_reckons_it():
    """md5("840415273" + "bird"), as ``md5sum`` says."""
    assert key_for("840415273", "bird") == "a4466aac46469a5dbdbd9a024cff84d1"
