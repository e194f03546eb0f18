"""Which of our numbers was called is told, also behind a telephone system."""

import pytest

from care_console.lines.sip.caller import caller_of
from care_console.lines.sip.message import Request, parse
from tests.lines.sip.calls import INVITE, invite

DIVERSION = "Diversion: <sip:+15195550111@h>;reason=no-answer;counter=1"
OLDER = "Diversion: <sip:+15195550222@h>;reason=unconditional"
# a colleague's number → our DID → our extension → our telephone (RFC 7044, 10)
HISTORY = (
    "History-Info: <sip:+15195550100@h?Reason=SIP%3Bcause%3D302>;index=1,"
    "<sip:+15195550188@h>;index=1.1;mp=1,<sip:care-7f3a9c@192.0.2.7>;index=1.1.1;rc=1.1"
)


def line(*lines: str, to: str = "<sip:202@192.0.2.7>", header: str = "") -> str:
    return caller_of(invite(*lines, to=to), called_header=header).called_line


def diverted(*lines: str) -> str:
    return caller_of(invite(*lines)).diverted_from


def test_pitfall_20_the_sources_in_their_order():
    lines = [
        "X-DID: +15195550101",
        "P-Called-Party-ID: <sip:+15195550102@h>",
        HISTORY,
        DIVERSION,
    ]

    found = []
    while lines:
        found.append(line(*lines, header="X-DID"))
        lines.pop(0)

    assert found == ["+15195550101", "+15195550102", "+15195550188", "+15195550111"]
    assert line() == "202"


@pytest.mark.parametrize(
    "told", ["tel:+15195550101", '"Sales" <sip:+15195550101@h;user=phone>;x=y']
)
def test_pitfall_20_the_header_of_choice_may_be_an_address(told):
    assert line(f"X-DID: {told}", header="x-did") == "+15195550101"


def test_pitfall_20_a_header_that_is_not_chosen_is_not_believed():
    assert line("X-DID: +15195550101") == "202"


def test_pitfall_20_a_to_that_is_a_whole_number_was_dialled():
    assert line(DIVERSION, to="<sip:+15195550188@h>") == "+15195550188"


def test_pitfall_20_a_telephone_system_that_tags_nothing_is_understood():
    history = "History-Info: <sip:+15195550188@h>;index=1, <sip:care-7f3a9c@h>;index=1.1"

    assert line(history) == "+15195550188"


@pytest.mark.parametrize("tag", ["", ";mp=1"])
def test_pitfall_20_where_our_telephone_is_was_not_dialled(tag):
    history = f"History-Info: <sip:100@h>;index=1, <sip:care-7f3a9c@h>;index=1.1{tag}"

    assert line(history) == "100"
    assert line("History-Info: <sip:care-7f3a9c@h>;index=1") == "202"


def test_pitfall_20_a_whole_number_to_which_a_call_was_passed_on_was_called():
    start = INVITE.replace(b"care-7f3a9c", b"+15195550188").partition(b"\r\n")[0]
    history = b"History-Info: <sip:+15195550100@h>;index=1, <sip:+15195550188@h>;index=1.1;mp=1"
    request = parse(b"\r\n".join([start, history, b"", b""]))
    assert isinstance(request, Request)

    caller = caller_of(request)

    assert (caller.called_line, caller.diverted_from) == ("+15195550188", "+15195550100")


def test_pitfall_20_a_history_that_goes_round_has_an_end():
    assert line("History-Info: <sip:1@h>;index=1;rc=2, <sip:2@h>;index=2;rc=1") == "202"


@pytest.mark.parametrize(
    "history",
    ["History-Info: ;index=1", "History-Info: <sip:care-7f3a9c@h>;index=1.1;rc=7", "History-Info:"],
)
def test_pitfall_20_a_broken_history_tells_nothing(history):
    assert line(history) == "202"


def test_pitfall_20_the_latest_diversion_is_who_passed_the_call_on():
    assert diverted(DIVERSION, OLDER) == "+15195550111"
    assert diverted(f"{DIVERSION}, {OLDER.partition(':')[2]}") == "+15195550111"
    assert diverted(HISTORY) == "+15195550100"
    assert diverted() == ""


@pytest.mark.parametrize("privacy", ["full", "URI", '"full"'])
def test_pitfall_17_who_diverted_and_hides_is_hidden(privacy):
    hidden = f"{DIVERSION};privacy={privacy}"

    assert diverted(hidden, OLDER) == ""
    assert line(hidden, OLDER) == "202"


def test_pitfall_17_a_history_that_hides_is_hidden():
    one = HISTORY.replace("cause%3D302", "cause%3D302&Privacy=history")

    assert diverted(one) == ""
    assert line(one) == "+15195550188"
    assert line(HISTORY, "Privacy: history") == "202"


def test_pitfall_17_who_diverted_and_has_no_number_has_none():
    assert diverted("Diversion: <sip:anonymous@anonymous.invalid>;reason=unconditional") == ""
