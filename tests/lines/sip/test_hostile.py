"""Whatever comes over the wire is read or refused, and takes no longer than its length deserves."""

import random
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.lines.line import LONGEST_NAME
from care_console.lines.sip.caller import caller_of
from care_console.lines.sip.dialog_info import read_dialog_info
from care_console.lines.sip.digest import Credentials, NonceCounts, authorization
from care_console.lines.sip.ending import ending_of
from care_console.lines.sip.framing import Framer
from care_console.lines.sip.message import Malformed, Request, Response, parse, render
from care_console.lines.sip.uri import read_address, read_cseq, read_uri, read_via
from tests.lines.sip.calls import INVITE
from tests.lines.sip.peer import answer
from tests.lines.sip.test_dialog_info import EARLY

TORTURE = [file.read_bytes() for file in sorted(Path(__file__).parent.glob("torture/*.sip"))]
RICH = INVITE.replace(
    b"Max-Forwards: 70",
    b'P-Asserted-Identity: "Rosa =?utf-8?q?N=C3=BA?=" <sip:+1519;phone-context=+1@h;user=phone>\r\n'
    b'Remote-Party-ID: "Ada \\"A" <tel:5550123;phone-context=+1519>;party=calling;privacy=off\r\n'
    b"Privacy: none;critical\r\n"
    b"Diversion: <sip:+1519@h>;reason=unknown;privacy=off, <sip:2@h>\r\n"
    b"History-Info: <sip:1@h?Reason=SIP%3Bcause%3D302>;index=1,<sip:2@h>;index=1.1;mp=1\r\n"
    b'Reason: Q.850;cause=16, SIP;cause=200;text="Call completed elsewhere"\r\n'
    b'WWW-Authenticate: Digest realm="a, b", nonce="n\\"", qop="auth,auth-int", stale=true\r\n'
    b"Proxy-Authenticate: Digest realm=a,nonce=n,algorithm=SHA-256-sess,opaque=\r\n"
    b"Expires: 3600\r\nSubject: a\r\n folded",
)
SEEDS = [*TORTURE, RICH, RICH, RICH, EARLY.encode()]
PIECES = (
    [b"\r\n", b"\n", b"\r", b"\0", b" ", b"\t", b'"', b"\\", b"<", b">", b",", b";", b":", b"@"]
    + [b"=", b"%", b"%00", b"%F", b"\xff", b"\xc3", b"\xe2\x80\xae", b"\r\n ", b"\r\n\r\n", b"?="]
    + [b"=?utf-8?b?", b"-1", b"9" * 30, b"l: 3\r\n", b"SIP/2.0", b"sip:", b"tel:", b"&#0;", b"]]>"]
    + [b"[::1]", b"<!DOCTYPE a>", b"\xf0\x9f\x98\x80", b"i:", b"Privacy: id\r\n"]
)
ME = Credentials("202", "secret")


def mutated(chance: random.Random) -> bytes:
    data = bytearray(chance.choice(SEEDS))
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        begin = chance.randrange(len(data) + 1)
        end = min(len(data), begin + chance.choice((0, 0, 1, 1, 4, 30)))
        what = chance.randrange(4)
        if what == 0:
            data[begin:end] = chance.choice(PIECES)
        elif what == 1:
            data[begin:end] = data[begin:end] * chance.randrange(4)
        elif what == 2:
            data[begin:end] = chance.randbytes(end - begin)
        else:
            place = chance.randrange(len(data) + 1)
            data[place:place] = data[begin : begin + 60]
    return bytes(data)


def try_all(data: bytes) -> bool:
    """Let everything read ``data``, and tell whether it is a message."""
    with suppress(Malformed):
        read_dialog_info(data)
    try:
        message = parse(data)
    except Malformed:
        return False
    ending_of(message.headers)
    authorize(message)
    for name in ("via", "contact", "route", "from", "to"):
        for value in message.headers.all(name):
            read_via(value)
            address = read_address(value)
            read_uri(address.uri if address else value)
    read_cseq(message.headers.first("cseq"))
    if isinstance(message, Request):
        look_at_caller(message)
        message = answer(message, 180, "Ringing", tag="t", source=("192.0.2.9", 5060))
    assert render(parse(render(message))) == render(message)
    return True


def look_at_caller(request: Request) -> None:
    caller = caller_of(request, called_header="subject")
    for text in (caller.number or "", caller.called_line, caller.diverted_from):
        assert "\0" not in text
        assert "\n" not in text
    assert len(caller.name) <= LONGEST_NAME
    if caller.presentation != "allowed":
        assert caller.number is None
    if caller.presentation == "withheld":
        assert not caller.name


def authorize(message: Request | Response) -> None:
    for name in ("www-authenticate", "proxy-authenticate"):
        authorization(
            message.headers.all(name),
            method="REGISTER",
            uri="sip:pbx",
            credentials=ME,
            nonces=NonceCounts(),
            cnonce="c",
            body=message.body,
        )


def cut(stream: bytes, chance: random.Random) -> list[bytes]:
    """What a framer makes of a stream in segments of any length, until it gives up."""
    framer, found, place = Framer(), [], 0
    with suppress(Malformed):
        while place < len(stream):
            end = place + chance.choice((1, 7, 100, 1_400))
            found += framer.feed(stream[place:end])
            place = end
    return found


def put_through(count: int, seed: int) -> None:
    chance = random.Random(seed)
    read = 0
    for number in range(count):
        data = mutated(chance)
        try:
            read += try_all(data)
            if number % 10 == 0:
                stream = INVITE + data + mutated(chance)
                assert cut(stream, chance) == cut(stream, chance)
        except Exception:
            print(f"seed {seed}, message {number}: {data!r}")  # noqa: T201
            raise
    assert read > count / 4  # or nothing was tried


def test_pitfall_22_2_000_mutated_messages_do_no_harm():
    put_through(2_000, seed=4475)


@pytest.mark.long
def test_pitfall_22_100_000_mutated_messages_do_no_harm():
    put_through(100_000, seed=3261)


@given(st.binary(max_size=300), st.sampled_from(SEEDS))
def test_pitfall_22_any_bytes_do_no_harm(data, seed):
    try_all(data)
    try_all(b"INVITE sip:a@b SIP/2.0\r\nFrom: " + data)
    try_all(seed + data)
    read_via("SIP/2.0/UDP " + data.decode("latin-1"))


@given(st.text(alphabet='a1+*"\\<>,;:@=%? \t[].', max_size=60))
def test_pitfall_22_any_value_does_no_harm(text):
    names = ("From", "P-Asserted-Identity", "Remote-Party-ID", "Privacy", "Diversion", "Reason")
    lines = [f"{name}: {text}" for name in (*names, "History-Info", "To", "Via", "Contact")]
    lines.append(f"WWW-Authenticate: Digest {text}")

    assert try_all("\r\n".join(["INVITE sip:a@b SIP/2.0", *lines, "", ""]).encode())


WORST: dict[str, Callable[[int], str]] = {
    "quotes": lambda n: 'From: ' + '"' * n,
    "quotes and backslashes": lambda n: "Contact: " + '"\\' * (n // 2),
    "open quotes in a list": lambda n: "Contact: " + ',"\\"' * (n // 4),
    "brackets": lambda n: "Contact: " + "<" * n,
    "brackets and quotes": lambda n: "Contact: " + '<"' * (n // 2),
    "commas": lambda n: "Via: " + "," * n,
    "parameters": lambda n: "From: <sip:a@b>" + ";a" * (n // 2),
    "parameters of a bare address": lambda n: "From: a" + ";a" * (n // 2) + "@",
    "blanks": lambda n: "From: " + " " * n + "x",
    "blanks in a name": lambda n: 'From: "a"' + " " * n + "x",
    "blanks before a bracket": lambda n: "From: a" + " " * n + '"<sip:a@b>',
    "folds": lambda n: "From: a" + "\r\n " * (n // 3),
    "header lines": lambda n: "X: y\r\n" * (n // 6) + "From: sip:a@b",
    "names without a colon": lambda n: "x" * n,
    "digits": lambda n: "From: <sip:" + "1" * n + "x@h>",
    "digits and no end": lambda n: "From: " + "1" * n + "x",
    "at": lambda n: "From: <sip:" + "@" * n + ">",
    "escapes": lambda n: "From: <sip:" + "%00" * (n // 3) + "@h>",
    "encoded words": lambda n: 'From: "' + "=?utf-8?q?a?= " * (n // 14) + '" <sip:a@b>',
    "half encoded words": lambda n: 'From: "' + "=?utf-8?q?" * (n // 10) + '" <sip:a@b>',
    "marks": lambda n: 'From: "a' + "\u0301" * (n // 2) + '" <sip:a@b>',
    "histories": lambda n: "History-Info: " + ",".join(
        f"<sip:{i}@h>;index=1.{i}" for i in range(n // 25)
    ),
    "one history": lambda n: "History-Info: <sip:a@h>;index=" + "1." * (n // 2),
    "challenges": lambda n: "WWW-Authenticate: " + 'Digest realm="r",nonce="n",' * (n // 27),
    "challenges without an end": lambda n: "WWW-Authenticate: " + 'a="\\' * (n // 4),
    "words of a challenge": lambda n: "WWW-Authenticate: " + "a " * (n // 2),
    "blanks of a challenge": lambda n: "WWW-Authenticate: a" + " " * n + "b",
    "reasons": lambda n: "Reason: " + 'SIP;cause="2",' * (n // 14),
    "privacies": lambda n: "Privacy: " + "a;" * (n // 2),
    "blanks of a via": lambda n: "Via: SIP/2.0/UDP" + " " * n + "(",
    "hosts": lambda n: "From: <sip:a@" + "b" * n + "(" + " " * 9 + "c>",
}  # fmt: skip


def request_of(line: str) -> bytes:
    return f"INVITE sip:a@b SIP/2.0\r\n{line}\r\n\r\n".encode()


@pytest.mark.parametrize("what", WORST)
def test_pitfall_22_the_worst_of_60_kb_do_no_harm(what):
    assert try_all(request_of(WORST[what](60_000)))


def seconds(act: Callable[[], object]) -> float:
    """The least processor time of a few runs."""
    found = []
    for _ in range(3):
        begin = time.process_time()
        act()
        found.append(time.process_time() - begin)
    return min(found)


@pytest.mark.long
@pytest.mark.parametrize("what", WORST)
def test_pitfall_22_eight_times_the_length_takes_no_thirty_times_the_time(what):
    """Were it the square, it would be 64 times; the short one is long enough to be measured."""
    short, long = (request_of(WORST[what](size)) for size in (7_500, 60_000))

    ratio = seconds(lambda: try_all(long)) / max(seconds(lambda: try_all(short)), 0.0005)

    assert ratio < 30


@pytest.mark.long
def test_pitfall_2_a_stream_in_single_bytes_takes_no_square_of_the_time():
    def feed(size: int) -> None:
        framer = Framer()
        for _ in range(size):
            framer.feed(b"x")

    assert seconds(lambda: feed(60_000)) / seconds(lambda: feed(7_500)) < 30
