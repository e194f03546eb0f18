"""The torture messages of RFC 4475: each is read, or refused as what it is."""

from pathlib import Path

import pytest

from care_console.lines.sip.caller import caller_of
from care_console.lines.sip.digest import read_challenges
from care_console.lines.sip.ending import How, ending_of
from care_console.lines.sip.framing import Framer
from care_console.lines.sip.message import Malformed, Request, Response, parse, render
from care_console.lines.sip.uri import read_address, read_cseq, read_uri, read_via
from tests.lines.sip.peer import answer

FOLDER = Path(__file__).parent / "torture"
NAMES = sorted(file.stem for file in FOLDER.glob("*.sip"))
REFUSED = {"badvers", "bigcode", "clerr", "ncl"}
CALLERS = {
    "badaspec": ("sip:a.g.bell@example.com", "Bell, Alexander"),
    "baddn": ("sip:a.g.bell@example.com", "Bell, Alexander"),
    "esc01": ("sip:I have spaces@example.net", ""),
    "esc02": ("sip:resource@example.com", "%Z%45"),
    "escnull": ("sip:null--null@example.com", ""),
    "insuf": (None, ""),
    "intmeth": ("sip:mundane@example.com", "token1~` token2'+_ token3*%!.-"),
    "inv2543": ("+13035551111", ""),
    "lwsdisp": ("sip:caller@example.com", "caller"),
    "multi01": ("sip:caller@example.com", ""),
    "quotbal": ("sip:caller@example.net", ""),
    "unksm2": (None, ""),
    "wsinv": ("sip:jdrosen@example.com", 'J Rosenberg \\"'),
}


def torture(name: str) -> bytes:
    return (FOLDER / f"{name}.sip").read_bytes()


def test_there_are_all_of_them():
    assert len(NAMES) == 49


@pytest.mark.parametrize("name", NAMES)
def test_pitfall_22_it_is_read_or_refused(name):
    if name in REFUSED:
        with pytest.raises(Malformed):
            parse(torture(name))
        return
    message = parse(torture(name))

    assert isinstance(message, Response) is (name in {"bcast", "noreason", "scalarlg", "unreason"})
    assert ending_of(message.headers).how is How.MISSED
    if isinstance(message, Request):
        message = answer(message, 400, "Bad Request", tag="t", source=("192.0.2.9", 5060))
    assert render(parse(render(message))) == render(message)


@pytest.mark.parametrize("name", CALLERS)
def test_pitfall_22_whoever_calls_is_still_told(name):
    request = parse(torture(name))
    assert isinstance(request, Request)

    caller = caller_of(request)

    assert (caller.number, caller.name) == CALLERS[name]


def test_a_short_tortuous_invite_is_understood():
    request = parse(torture("wsinv"))
    assert isinstance(request, Request)
    headers = request.headers

    assert len(request.body) == 150
    assert headers.first("max-forwards") == "0068"
    assert headers.first("subject") == ""
    assert headers.first("newfangledheader") == "newfangled value continued newfangled value"
    assert headers.first("unknownheaderwithunusualvalue") == ";;,,;;,;"
    assert read_cseq(headers.first("cseq")) == (9, "INVITE")
    vias = [read_via(via) for via in headers.all("via")]
    assert [(via.transport, via.host, via.params["branch"]) for via in vias if via] == [
        ("UDP", "192.0.2.2", "390skdjuw"),
        ("TCP", "spindle.example.com", "z9hG4bK9ikj8"),
        ("UDP", "192.168.255.111", "z9hG4bK30239"),
    ]
    contact = read_address(headers.first("contact"))
    assert contact is not None
    assert contact.display == 'Quoted string ""'
    assert contact.params == {"newparam": "newvalue", "secondparam": "", "q": "0.33"}


def test_a_wide_range_of_characters_is_understood():
    request = parse(torture("intmeth"))
    assert isinstance(request, Request)
    uri = read_uri(request.uri)

    assert request.method == "!interesting-Method0123456789_*+`.%indeed'~"
    assert uri is not None
    assert (uri.user, uri.host) == (
        "1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*",
        "example.com",
    )
    assert request.headers.first("extensionheader-!.%*+_`'~") == "\ufeff\u5927\u505c\u96fb"
    sender = read_address(request.headers.first("from"))
    assert sender is not None
    assert sender.params["tag"] == "_token~1'+`*%!-."


def test_a_number_is_never_guessed_from_a_field_that_is_too_large():
    headers = parse(torture("scalar02")).headers

    assert read_cseq(headers.first("cseq")) is None
    assert len(headers.first("expires")) > 90


def test_a_name_that_is_escaped_is_another_header():
    headers = parse(torture("esc02")).headers

    assert len(headers.all("contact")) == 2
    assert headers.first("c%6fntact") == "<sip:alias2@host2.example.com>"


def test_the_address_in_the_user_is_no_address():
    request = parse(torture("semiuri"))
    assert isinstance(request, Request)
    uri = read_uri(request.uri)

    assert uri is not None
    assert (uri.user, uri.host) == ("user;par=u@example.net", "example.com")


def test_what_follows_the_body_of_a_datagram_is_dropped():
    message = parse(torture("dblreq"))

    assert isinstance(message, Request)
    assert (message.method, message.body) == ("REGISTER", b"")


def test_pitfall_2_in_a_stream_what_follows_is_the_next_message():
    register, invite = Framer().feed(torture("dblreq"))

    assert (register[:8], invite[:6]) == (b"REGISTER", b"INVITE")


@pytest.mark.parametrize("name", ["inv2543", "mcl01", "ncl"])
def test_pitfall_2_a_stream_needs_the_length_of_a_message(name):
    with pytest.raises(Malformed):
        Framer().feed(torture(name))


def test_a_scheme_that_nobody_knows_is_no_challenge():
    assert read_challenges(parse(torture("regaut01")).headers.all("authorization")) == []
