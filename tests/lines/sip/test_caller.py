"""Who calls is told as far as they let it be seen, and no further."""

from datetime import UTC, datetime

import pytest

from care_console.base.phone import Number, Plan, read
from care_console.lines.line import CallEvent, Event, Presentation
from care_console.lines.sip.caller import caller_of
from tests.lines.sip.calls import call_of, invite

PAI = 'P-Asserted-Identity: "Rosa Nunez" <sip:+15195550123@pbx;user=phone>'
RPID = 'Remote-Party-ID: "Ada" <sip:+15195550199@pbx>;party=calling;screen=yes'
ANONYMOUS = '"Anonymous" <sip:anonymous@anonymous.invalid>;tag=1'


def told(*lines: str, **how) -> tuple[str | None, str]:
    caller = caller_of(invite(*lines), **how)
    return caller.number, caller.name


def number_in(value: str) -> str | None:
    return caller_of(invite(sender=value)).number


def name_in(display: str) -> str:
    return caller_of(invite(sender=f"{display} <sip:5195550123@192.0.2.1>")).name


def test_pitfall_16_what_the_network_asserts_comes_first():
    assert told(PAI, RPID) == ("+15195550123", "Rosa Nunez")
    assert told(RPID) == ("+15195550199", "Ada")
    assert told() == ("5195550123", "Rosa")


def test_pitfall_16_the_order_is_the_desks():
    assert told(PAI, RPID, order=("rpid", "pai")) == ("+15195550199", "Ada")
    assert told(PAI, RPID, order=("from",)) == ("5195550123", "Rosa")


def test_pitfall_16_a_stranger_asserts_nothing():
    assert told(PAI, RPID, trusted=False) == ("5195550123", "Rosa")


@pytest.mark.parametrize(
    "lines",
    [
        ["P-Asserted-Identity: <sip:rosa@example.org>, <tel:+15195550123>"],
        ["P-Asserted-Identity: <sip:rosa@example.org>", "P-Asserted-Identity: tel:+15195550123"],
        ["P-Asserted-Identity: tel:+15195550123", "P-Asserted-Identity: <sip:rosa@example.org>"],
    ],
)
def test_pitfall_16_of_two_assertions_the_telephone_number_counts(lines):
    assert told(*lines)[0] == "+15195550123"


def test_pitfall_16_the_called_party_is_not_the_calling_one():
    assert told("Remote-Party-ID: <sip:202@pbx>;party=called")[0] == "5195550123"


def test_pitfall_16_what_somebody_would_like_to_be_is_no_evidence():
    assert told("P-Preferred-Identity: <sip:+15195550166@pbx>")[0] == "5195550123"


def test_pitfall_16_a_name_may_come_from_elsewhere():
    assert told("P-Asserted-Identity: <sip:+15195550123@pbx>") == ("+15195550123", "Rosa")


HIDDEN = {
    "id": ([PAI, "Privacy: id"], None),
    "user": ([PAI, "Privacy: user"], None),
    "header": ([PAI, "Privacy: HEADER"], None),
    "several": ([PAI, "Privacy: critical ;ID"], None),
    "several with a comma": ([PAI, "Privacy: session, id"], None),
    "twice": ([PAI, "Privacy: none", "Privacy: id"], None),
    "rpid in full": ([PAI, RPID + ";privacy=full"], None),
    "rpid quoted": ([PAI, RPID + ';privacy="Full"'], None),
    "rpid of the uri": ([PAI, RPID + ";privacy=uri-network"], None),
    "rpid of the name": ([PAI, RPID + ";privacy=name"], None),
    "from": ([PAI], ANONYMOUS),
    "from, tel in pai": (["P-Asserted-Identity: tel:+15195550123"], ANONYMOUS),
    "from, of another host": ([PAI], "<sip:anonymous@pbx>"),
    "from, restricted": ([PAI], "<sip:Restricted@pbx>"),
    "from, the host": ([PAI], "<sip:5195550123@anonymous.invalid>"),
    "from, a part of the host": ([PAI], "<sip:c2f@x.Anonymous.Invalid>"),
    "from, the name": ([PAI], '"Anonymous" <sip:5195550123@pbx>'),
    "pai": (["P-Asserted-Identity: <sip:anonymous@anonymous.invalid>"], None),
}


@pytest.mark.parametrize("how", HIDDEN)
@pytest.mark.parametrize("order", [("pai", "rpid", "from"), ("from",), ()])
def test_pitfall_17_who_is_withheld_is_withheld(how, order):
    lines, sender = HIDDEN[how]
    request = invite(*lines, **({"sender": sender} if sender else {}))

    for trusted in (True, False):
        caller = caller_of(request, order=order, trusted=trusted)
        assert caller.presentation is Presentation.WITHHELD
        assert (caller.number, caller.name) == (None, "")


@pytest.mark.parametrize(
    "line", ["Privacy: none", "Privacy: session;critical", "Privacy:", "X: id"]
)
def test_pitfall_17_who_does_not_hide_is_shown(line):
    assert told(PAI, line, RPID + ";privacy=off")[0] == "+15195550123"


@pytest.mark.parametrize(
    "sender", ["<sip:unavailable@h>", "<sip:x@unknown.invalid>", "Unknown <sip:unknown@pbx>"]
)
def test_pitfall_17_who_is_unknown_to_the_network_is_unavailable(sender):
    caller = caller_of(invite(PAI, sender=sender))

    assert caller.presentation is Presentation.UNAVAILABLE
    assert (caller.number, caller.name) == (None, "")


@pytest.mark.parametrize(
    "lines", [b"X: y", b"From:", b"From: Rosa", b"From: <>", b"From: <http://a>"]
)
def test_pitfall_22_who_cannot_be_read_is_unavailable(lines):
    caller = caller_of(call_of(lines))

    assert (caller.number, caller.presentation) == (None, Presentation.UNAVAILABLE)


@pytest.mark.parametrize(
    ("value", "as_sent", "e164"),
    [
        ("<sip:+15195550123@h;user=phone>", "+15195550123", "+15195550123"),
        ("<tel:+1-519-555-0123>", "+1-519-555-0123", "+15195550123"),
        ("tel:+15195550123;tag=1", "+15195550123", "+15195550123"),
        ("<tel:5550123;phone-context=+1519>", "+15195550123", "+15195550123"),
        ("tel:5550123;phone-context=+1519;tag=1", "+15195550123", "+15195550123"),
        ("<sip:5550123;phone-context=+1519@h>", "+15195550123", "+15195550123"),
        ("<sip:5550123%3bphone-context%3d%2B1519@h;user=phone>", "+15195550123", "+15195550123"),
        ("<tel:5195550123;phone-context=pbx.example>", "5195550123", "+15195550123"),
        ("<sip:%2B15195550123@h>", "+15195550123", "+15195550123"),
        ("<sip:%2B1(519)555-0123@h>", "+1(519)555-0123", "+15195550123"),
        ("<sip:519.555.0123@h>", "519.555.0123", "+15195550123"),
        ("<sip:519%20555%200123@h>", "519 555 0123", "+15195550123"),
        ("<sip:*675195550123@h>", "*675195550123", "+15195550123"),
        ("<sip:#31#5195550123@h>", "#31#5195550123", "+15195550123"),
        ("<sip:%2331%235195550123@h>", "#31#5195550123", "+15195550123"),
        ("<sip:0115195550123@h>", "0115195550123", None),
        ("<sip:01115195550123@h>", "01115195550123", "+15195550123"),
        ("<sip:0015195550123@h>", "0015195550123", "+15195550123"),
        ("<sip:95195550123@h>", "95195550123", "+15195550123"),
        ("<sip:15195550123@h>", "15195550123", "+15195550123"),
        ("<sip:+15195550123;npdi;rn=+1519@h>", "+15195550123", "+15195550123"),
        ("5195550123", "5195550123", "+15195550123"),
        ("<sips:+15195550123:pw@h:5061;transport=tls>", "+15195550123", "+15195550123"),
        ("<sip:5195550123%00@h>", "5195550123", "+15195550123"),
    ],
)
def test_pitfall_18_a_number_is_handed_on_as_sent_and_understood(value, as_sent, e164):
    number = number_in(value)

    assert number == as_sent
    if e164:
        assert understood(number).e164 == e164


def understood(number: str | None) -> Number:
    """What the desk makes of a number, behind the event that carries it."""
    event = CallEvent(
        kind=Event.RINGING,
        call_id="1",
        line="x",
        at=datetime(2030, 1, 7, tzinfo=UTC),
        number=number,
    )
    return read(event.number or "", Plan("CA", trunk_prefixes=("9",)))


def test_pitfall_18_an_extension_stays_with_its_number():
    number = number_in("<tel:+15195550123;ext=45>")

    assert (understood(number).e164, understood(number).extension) == ("+15195550123", "45")


def test_pitfall_18_a_short_number_is_of_the_house():
    assert number_in("<sip:201@h>") == "201"
    assert understood("201").internal == "201"


def test_pitfall_18_a_user_with_letters_is_an_address():
    number = number_in("<sip:Rosa.N%C3%BA@Example.org:5080;transport=tcp>")

    assert number == "sip:Rosa.Nú@example.org"
    assert understood(number).uri == "sip:rosa.nú@example.org"


def test_pitfall_18_a_host_alone_is_nobody():
    assert number_in("<sip:192.0.2.1>") is None


@pytest.mark.parametrize(
    ("display", "name"),
    [
        ('"Rosa \\"Rosie\\" N\u00fa\u00f1ez"', 'Rosa "Rosie" N\u00fa\u00f1ez'),
        ('"Bell, A \\\\ B"', "Bell, A \\ B"),
        ('"<img src=x>"', "<img src=x>"),
        ("Rosa van  Nunez", "Rosa van Nunez"),
        ("N\u00fa\u00f1ez", "N\u00fa\u00f1ez"),
        ("=?UTF-8?Q?N=C3=BA=C3=B1ez_R?=", "N\u00fa\u00f1ez R"),
        ('"=?utf-8?b?TsO6w7FleiA=?= =?utf-8?B?Um9zYQ?="', "N\u00fa\u00f1ez Rosa"),
        ("=?utf-8?q?N=C3=BA?= =?utf-8?q?=C3=B1ez?=", "N\u00fa\u00f1ez"),
        ("=?utf-8?b?A?=", "=?utf-8?b?A?="),
        ("=?utf-8?q?\u00e9?=", "=?utf-8?q?\u00e9?="),
        ('"=?iso-8859-1*de?q?M=FCller?="', "M\u00fcller"),
        ('"=?rot13?q?Ebfn?="', "=?rot13?q?Ebfn?="),
        ('"=?utf-8?b?!!!!!?="', ""),
        ('"a\u202eb\u200f\x07c"', "abc"),
        ('"5195550123"', ""),
        ('"+1 (519) 555-0123"', ""),
        ('"Sales: Rosa"', "Sales: Rosa"),
        ('""', ""),
        ('"Unknown"', ""),
        (f'"{"x" * 200}"', "x" * 80),
    ],
)
def test_pitfall_19_a_name_is_plain_and_short(display, name):
    assert name_in(display) == name


def test_pitfall_19_a_name_in_latin_1_is_read():
    request = call_of('From: "M\u00fcller" <sip:5195550123@h>'.encode("latin-1"))

    assert caller_of(request).name == "M\u00fcller"


def test_pitfall_17_a_caller_is_in_no_log():
    assert repr(caller_of(invite(PAI))) == "CallerIdentity(allowed)"
