"""Why a call rings no longer is read from what the telephone system says."""

import pytest

from care_console.lines.sip.ending import Ending, How, ending_of
from care_console.lines.sip.headers import Headers

ELSEWHERE, DECLINED, MISSED = How.ELSEWHERE, How.DECLINED_ELSEWHERE, How.MISSED


@pytest.mark.parametrize(
    ("reasons", "how", "cause"),
    [
        ([], MISSED, ""),
        ([""], MISSED, ""),
        (['SIP;cause=200;text="Call completed elsewhere"'], ELSEWHERE, "Call completed elsewhere"),
        (["sip ; CAUSE=200"], ELSEWHERE, "sip 200"),
        (["Q.850;cause=26"], ELSEWHERE, "Q.850 26"),
        (['X;text="Answered Elsewhere"'], ELSEWHERE, "Answered Elsewhere"),
        (["Q.850;cause=16", "SIP;cause=200"], ELSEWHERE, "SIP 200"),
        (['Q.850;cause=16;text="a, b", SIP;cause=200;text=x'], ELSEWHERE, "x"),
        (['SIP;cause=603;text="Decline"'], DECLINED, "Decline"),
        (["SIP;cause=600"], DECLINED, "SIP 600"),
        (["SIP;cause=603", "Q.850;cause=26"], ELSEWHERE, "Q.850 26"),
        (["Q.850;cause=127"], MISSED, "Q.850 127"),
        (['Q.850;cause=16;text="Normal call clearing"'], MISSED, "Normal call clearing"),
        (["Q.850;cause=200"], MISSED, "Q.850 200"),
        (["SIP;cause=26"], MISSED, "SIP 26"),
        (["Q.850;cause=603"], MISSED, "Q.850 603"),
        (["SIP;cause=2000"], MISSED, "SIP 2000"),
        ([";;,,;;"], MISSED, ""),
    ],
)
def test_pitfall_21_a_call_that_was_taken_elsewhere_is_not_missed(reasons, how, cause):
    headers = Headers([("Reason", reason) for reason in reasons])

    assert ending_of(headers) == Ending(how, cause)
