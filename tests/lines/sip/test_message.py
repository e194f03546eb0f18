"""A message is read however sloppily it is written, and written so that all read it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.lines.sip.headers import Headers
from care_console.lines.sip.message import (
    _END,
    Malformed,
    Request,
    Response,
    _divided,
    parse,
    render,
)
from care_console.lines.sip.uri import read_via
from tests.lines.sip.calls import INVITE
from tests.lines.sip.peer import answer

SOURCE = ("192.0.2.9", 5062)


def request_of(data: bytes) -> Request:
    request = parse(data)
    assert isinstance(request, Request)
    return request


def with_line(line: bytes) -> bytes:
    return INVITE.replace(b"Max-Forwards: 70", line)


SLOPPY = {
    "as it should be": INVITE,
    "lines that end in LF": INVITE.replace(b"\r\n", b"\n", 12),
    "empty lines before": b"\r\n\r\n\0" + INVITE,
    "a version in small letters": INVITE.replace(b"SIP/2.0\r\nVia", b"sip/2.0\r\nVia"),
    "blanks before the colon": INVITE.replace(b"From:", b"From \t:"),
    "a fold": INVITE.replace(b"From: ", b"From:\r\n\t "),
    "compact forms": INVITE.replace(b"From:", b"f:").replace(b"Call-ID:", b"I:"),
    "another case": INVITE.replace(b"From:", b"FROM:").replace(b"Call-ID:", b"call-id:"),
    "a line without a colon": with_line(b"what is this"),
    "a line without a name": with_line(b": nothing"),
    "a name with blanks": with_line(b"X Y: nothing"),
    "a NUL": with_line(b"Subject: a\0b"),
    "a lone CR": with_line(b"Subject: a\rFrom: <sip:mallory@192.0.2.66>"),
    "a second From": with_line(b"From: <sip:mallory@192.0.2.66>"),
    "no length": INVITE.replace(b"Content-Length: 5\r\n", b""),
    "an empty length": INVITE.replace(b"Content-Length: 5", b"Content-Length:"),
    "the compact length": INVITE.replace(b"Content-Length: 5", b"l :  5 "),
    "more than its length": INVITE + b"and more",
    "more blanks in the first line": INVITE.replace(b"INVITE sip", b"INVITE   sip", 1),
    "brackets in the first line": INVITE.replace(b"5070 SIP", b"5070> SIP").replace(
        b"INVITE sip:care", b"INVITE <sip:care"
    ),
}


@pytest.mark.parametrize("how", SLOPPY)
def test_pitfall_22_a_sloppy_message_is_understood(how):
    request = request_of(SLOPPY[how])

    assert (request.method, request.uri) == ("INVITE", "sip:care-7f3a9c@192.0.2.7:5070")
    assert request.headers.first("from") == '"Rosa" <sip:5195550123@192.0.2.1>;tag=abc'
    assert request.headers.first("call-id") == "0b2d@192.0.2.1"
    assert request.headers.all("allow")[-2:] == ("BYE", "CANCEL")
    assert request.body == b"v=0\r\n"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\r\n\r\n",
        b"\0\0\0\0",
        b"GET / HTTP/1.1\r\n\r\n",
        b"INVITE sip:a@b\r\n\r\n",
        b"INVITE SIP/2.0\r\n\r\n",
        b"INV(ITE sip:a@b SIP/2.0\r\n\r\n",
        b"INVITE sip:a@b SIP/3.0\r\n\r\n",
        b"SIP/2.0\r\n\r\n",
        b"SIP/2.0 99 Low\r\n\r\n",
        b"SIP/2.0 700 High\r\n\r\n",
        b"SIP/2.0 0200 OK\r\n\r\n",
        "SIP/2.0 \u0662\u0660\u0660 OK\r\n\r\n".encode(),
        INVITE.replace(b"Content-Length: 5", b"Content-Length: 6"),
        INVITE.replace(b"Content-Length: 5", b"Content-Length: -5"),
        INVITE.replace(b"Content-Length: 5", b"Content-Length: 5 5"),
        INVITE.replace(b"Content-Length: 5", b"Content-Length: " + b"9" * 5_000),
        with_line(b"Subject: " + b"x" * 65_536),
        INVITE.replace(b"Content-Length: 5\r\n", b"") + b"x" * 65_536,
    ],
    ids=lambda data: repr(data[:40]),
)
def test_pitfall_22_what_is_no_message_is_refused(data):
    with pytest.raises(Malformed):
        parse(data)


def test_pitfall_22_bytes_that_are_no_utf_8_spoil_no_other_line():
    request = request_of(
        with_line(b"Subject: M\xfcller").replace(b'"Rosa"', '"N\u00fa\u00f1ez"'.encode())
    )

    assert request.headers.first("subject") == "M\u00fcller"
    assert request.headers.first("from").startswith('"N\u00fa\u00f1ez"')


def test_a_response_is_read():
    response = parse(b"SIP/2.0 407 Proxy  Authentication Required\r\nl: 0\r\n\r\n")

    assert isinstance(response, Response)
    assert (response.status, response.reason) == (407, "Proxy  Authentication Required")


def test_commas_divide_lists_alone_and_never_what_is_quoted():
    headers = Headers(
        [
            ("v", "SIP/2.0/UDP a;branch=1, SIP/2.0/UDP b"),
            ("Via", "SIP/2.0/UDP c"),
            ("Contact", '"Bell, Alexander" <sip:a,b@c;x="1,2">;expires=5, ,<sip:d@e>'),
            ("Subject", "one, two"),
            ("WWW-Authenticate", 'Digest realm="a, b", nonce="c"'),
        ]
    )

    assert len(headers.all("via")) == 3
    assert headers.first("via") == "SIP/2.0/UDP a;branch=1"
    assert headers.all("contact") == (
        '"Bell, Alexander" <sip:a,b@c;x="1,2">;expires=5',
        "<sip:d@e>",
    )
    assert headers.first("subject") == "one, two"
    assert headers.all("www-authenticate") == ('Digest realm="a, b", nonce="c"',)


def test_a_quote_that_is_never_closed_hides_no_other_value():
    headers = Headers([("Contact", '"Rosa <sip:a@b>, <sip:c@d>')])

    assert headers.all("contact") == ('"Rosa <sip:a@b>', "<sip:c@d>")


def test_headers_may_be_replaced():
    headers = Headers([("f", "a"), ("To", "b")]).with_("From", "c", "d")

    assert list(headers) == [("to", "b"), ("from", "c"), ("from", "d")]
    assert headers == Headers([("t", "b"), ("f", "c"), ("f", "d")])


def test_a_message_is_written_with_names_that_all_know_and_its_length():
    headers = Headers([("v", "x"), ("call-id", "1"), ("cseq", "1 ACK"), ("l", "99")])

    assert render(Request("ACK", "sip:a@b", headers, b"\xfc!")) == (
        b"ACK sip:a@b SIP/2.0\r\nVia: x\r\nCall-ID: 1\r\nCSeq: 1 ACK\r\n"
        b"Content-Length: 2\r\n\r\n\xfc!"
    )


@pytest.mark.parametrize("sign", ["\r", "\n", "\0", "\r\n"])
def test_nobody_slips_a_header_in(sign):
    for bad in (
        Request(f"A{sign}B", "sip:a@b", Headers()),
        Request("ACK", f"sip:a{sign}@b", Headers()),
        Request("ACK", "sip:a@b", Headers([(f"X{sign}", "1")])),
        Request("ACK", "sip:a@b", Headers([("X", f"1{sign}Y: 2")])),
        Response(200, f"OK{sign}", Headers()),
    ):
        with pytest.raises(ValueError, match="."):
            render(bad)


def test_nobody_slips_a_word_into_the_first_line():
    with pytest.raises(ValueError, match="blanks"):
        render(Request("ACK", "sip:a@b SIP/2.0 ", Headers()))


def test_neither_callers_nor_credentials_get_into_a_log():
    assert "5195550123" not in repr(request_of(INVITE))
    assert "care-7f3a9c" not in repr(request_of(INVITE))


def test_an_answer_has_what_the_request_had():
    request = request_of(INVITE.replace(b"Call-ID", b"Via: SIP/2.0/TCP a, SIP/2.0/TLS b\r\nI"))

    told = answer(request, 180, "Ringing", tag="t", extra=[("Allow", "INVITE")])

    assert list(told.headers) == [
        ("via", "SIP/2.0/UDP 192.0.2.1:5060;rport;branch=z9hG4bK1"),
        ("via", "SIP/2.0/TCP a"),
        ("via", "SIP/2.0/TLS b"),
        ("from", '"Rosa" <sip:5195550123@192.0.2.1>;tag=abc'),
        ("to", "<sip:202@192.0.2.7>;tag=t"),
        ("call-id", "0b2d@192.0.2.1"),
        ("cseq", "27 INVITE"),
        ("allow", "INVITE"),
        ("content-length", "0"),
    ]


@pytest.mark.parametrize(
    ("via", "told"),
    [
        ("SIP/2.0/UDP h;rport;branch=1", "SIP/2.0/UDP h;branch=1;received=192.0.2.9;rport=5062"),
        ("SIP/2.0/UDP h;branch=1", "SIP/2.0/UDP h;branch=1;received=192.0.2.9"),
        ("SIP/2.0/UDP 192.0.2.9;branch=1", "SIP/2.0/UDP 192.0.2.9;branch=1"),
        (
            "SIP/2.0/UDP 192.0.2.9:5 ; RPORT=1 ;received=10.0.0.1",
            "SIP/2.0/UDP 192.0.2.9:5 ;received=192.0.2.9;rport=5062",
        ),
        ("nonsense", "nonsense"),
    ],
)
def test_pitfall_1_an_answer_tells_whence_the_request_came(via, told):
    request = Request("INVITE", "sip:a@b", Headers([("via", via)]))

    assert answer(request, 200, "OK", source=SOURCE).headers.first("via") == told


def test_a_tag_is_neither_put_to_a_trying_nor_to_who_has_one():
    request = request_of(with_line(b"Timestamp: 54"))
    in_dialog = request_of(INVITE.replace(b"192.0.2.7>", b"192.0.2.7>;tag=x"))

    trying = answer(request, 100, "Trying", tag="t")

    assert trying.headers.first("to") == "<sip:202@192.0.2.7>"
    assert trying.headers.first("timestamp") == "54"
    assert answer(in_dialog, 481, "None", tag="t").headers.first("to").endswith(";tag=x")


def test_a_dialog_keeps_its_route():
    request = request_of(with_line(b"Record-Route: <sip:p1;lr>, <sip:p2;lr>"))

    ringing = answer(request, 180, "Ringing", tag="t")

    assert ringing.headers.all("record-route") == ("<sip:p1;lr>", "<sip:p2;lr>")
    assert not answer(request, 480, "Gone", tag="t").headers.all("record-route")


@given(st.lists(st.sampled_from([b"\r\n", b"\n", b"\r", b"\n\n", b"\r\n\r\n", b"a", b": "])))
def test_pitfall_22_a_header_section_ends_at_the_first_empty_line(pieces):
    data = b"".join(pieces)
    end = _END.search(data)

    assert _divided(data) == ((data[: end.start()], data[end.end() :]) if end else (data, b""))


@pytest.mark.parametrize("spelling", [" {}", "{} "])
@pytest.mark.parametrize(
    "via",
    [
        "SIP/2.0/UDP h.Example:5060;Branch=z9hG4bK1;rport;branch=2",
        "SIP/2.0/TCP 192.0.2.1;;x;rport=5;received=2001:db8::1",
        "SIP/2.0/TLS a:65536;branch=",
        "SIP/2.0/UDP h;=x;a=b=c",
    ],
)
def test_a_via_that_is_plainly_written_says_the_same_as_any_other(via, spelling):
    assert read_via(via) == read_via(spelling.format(via)) is not None
