"""What is handed in is taken for hostile, and yet a call is not lost on a sloppy softphone."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.lines.handed import NotTaken, caller, read
from care_console.lines.line import Event

ALLOWED, WITHHELD, UNAVAILABLE = "allowed", "withheld", "unavailable"
ANYTHING = st.text(alphabet=st.characters(exclude_categories=()), max_size=200)


@pytest.mark.parametrize(
    ("as_sent", "number"),
    [
        ("020 7946 0000", "020 7946 0000"),
        ("(0)20/7946.0000 x12", "(0)20/7946.0000 x12"),
        ("+44\u00a020\u202f7946\u20110000", "+44 20 7946-0000"),
        ("\u202a+442079460000\u202c", "+442079460000"),
        ("\uff0b\uff14\uff14 2079460000", "+44 2079460000"),
        ("%2B442079460000", "+442079460000"),
        ("*67 5550100", "*67 5550100"),
        ("#31#5550100", "#31#5550100"),
        ("0800 FLOWERS", "0800 FLOWERS"),
        ("201", "201"),
        ("tel:+44-20-7946-0000", "+44-20-7946-0000"),
        ("TEL://%2B442079460000", "+442079460000"),
        ("tel:+442079460000?subject=x", "+442079460000"),
        ("tel:5550100;phone-context=+1519", "tel:5550100;phone-context=+1519"),
        ("callto:+442079460000", "+442079460000"),
        ("callto://020%207946%200000/", "020 7946 0000/"),
        ("sip:+442079460000@pbx1;user=phone", "sip:+442079460000@pbx1;user=phone"),
        ("SIPS:rosa@example.test", "sips:rosa@example.test"),
        ("sip:201", "sip:201"),
    ],
)
def test_a_number_stays_as_it_was_sent(as_sent, number):
    assert caller(as_sent) == (number, ALLOWED)


@pytest.mark.parametrize(
    "as_sent",
    [
        *("Anonymous", "anonymous", "WITHHELD", "Private", "Restricted", "P", '"Anonymous"'),
        *("<anonymous>", "[anonymous]", "sip:anonymous@anonymous.invalid", "tel:anonymous"),
        *(
            "sip:x@anonymous.invalid;user=phone",
            "sip:c8oqz84zk7z@anonymous.invalid",
            "sip:Restricted@pbx1",
            "tel:anonymous;ext=1",
            "anonymous@pbx1",
        ),
    ],
)
def test_who_hides_the_number_is_withheld(as_sent):
    assert caller(as_sent) == (None, WITHHELD)


@pytest.mark.parametrize(
    "as_sent",
    [
        *("", " ", "unknown", "Unavailable", "O", "<unknown>", "null", "-", "+", "tel:", "sip:"),
        *("%CallerNumber%", "%n", "%1", "$1", "$CALLERID", "${CALLERID(num)}", "{number}"),
        *("[caller_id]", "<number>", "tel:%CallerNumber%", "sip:unknown@pbx1", "''", "()"),
    ],
)
def test_what_was_left_unfilled_or_says_nothing_is_unavailable(as_sent):
    assert caller(as_sent) == (None, UNAVAILABLE)


@pytest.mark.parametrize(
    "as_sent",
    [
        *("<img src=x>1", "javascript:alert('1')", "1\n2", "1\0", "tel:1%0d%0a2", "1`id`"),
        *(
            "$(id)1",
            "1|2",
            "1\\2",
            "1" * 129,
            "\u0660" * 129,
            "+44\ud8002",
            "%ff%ff1",
            "1\u20282",
            '1" 2',
        ),
    ],
)
def test_what_no_telephone_sends_is_turned_away(as_sent):
    with pytest.raises(NotTaken, match="not a telephone number"):
        caller(as_sent)


@given(ANYTHING)
def test_whatever_comes_is_a_number_or_a_sentence(as_sent):
    with suppress(NotTaken):
        number, presentation = caller(as_sent)
        assert (number is not None) == (presentation == ALLOWED)
        assert number is None or number.isprintable()


@pytest.mark.parametrize("number", ["020 7946 0000", "<img src=x>", "1" * 500])
def test_a_call_that_is_said_to_be_withheld_rings_whatever_its_number(number):
    handed = read({"number": number, "name": "Ada", "withheld": True})

    assert (handed.number, handed.presentation) == (None, WITHHELD)


def test_a_message_is_read_whole():
    handed = read({"event": "ended", "number": "1", "name": "Ada", "line": "2", "call_id": "3.4@x"})

    assert (handed.kind, handed.number, handed.name) == ("ended", "1", "Ada")
    assert (handed.called_line, handed.call_id) == ("2", "3.4@x")


def test_what_is_not_said_is_a_ring_of_nobody():
    handed = read({})

    assert (handed.kind, handed.number, handed.presentation) == ("ringing", None, UNAVAILABLE)


@pytest.mark.parametrize("unfilled", ["%CallerName%", "${NAME}", "[id]", " "])
def test_an_unfilled_place_is_empty(unfilled):
    handed = read({"number": "1", "name": unfilled, "line": unfilled, "call_id": unfilled})

    assert (handed.name, handed.called_line, handed.call_id) == ("", "", "")


@pytest.mark.parametrize("name", ["Anonymous", "unknown", "Private"])
def test_a_word_for_nobody_is_no_name(name):
    assert read({"number": "1", "name": name}).name == ""


@pytest.mark.parametrize(
    "message",
    [
        *({"number": 5}, {"number": None}, {"name": ["a"]}, {"line": {}}, {"call_id": True}),
        *({"event": "exploded"}, {"event": 1}, {"event": ""}),
        *({"call_id": "a\nb"}, {"call_id": "1" * 129}, {"call_id": "é"}),
    ],
)
def test_a_message_of_another_shape_is_turned_away(message):
    with pytest.raises(NotTaken):
        read(message)


@given(st.dictionaries(st.sampled_from(["event", "number", "name", "line", "call_id"]), ANYTHING))
def test_no_message_is_a_bug(message):
    with suppress(NotTaken):
        assert read(message).kind in Event
