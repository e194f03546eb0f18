"""A SIP line is set up by what a clerk types, and tried out step by step."""

import asyncio
import time

import pytest

from care_console.lines.kinds import kind_of
from care_console.lines.line import State
from care_console.lines.setup import BadSetup, Kind, Setup
from care_console.lines.sip import trial
from care_console.lines.sip.kind import FIELDS, account_of
from care_console.lines.sip.station import Account, Mode
from care_console.lines.sip.trial import try_account
from tests.conftest import until
from tests.lines.sip.peer import TelephoneSystem

LEAST = {"server": "pbx.example", "user": "202"}


def setup(secret="", **options):
    return Setup("desk", "sip", LEAST | options, secret)


def test_the_least_that_is_told_makes_a_line(clock):
    line = kind_of("sip").make(setup("s3cret"), clock)
    assert (line.name, line.state.state) == ("desk", State.CONNECTING)
    account = account_of(setup("s3cret"))
    assert (account.mode, account.transport, account.expires) == (Mode.HOLD, "udp", 120)
    assert account.password == "s3cret"
    assert "s3cret" not in repr(account)


def test_all_that_can_be_told_is_heard():
    account = account_of(
        setup(
            server="sip:pbx.example:5070",
            mode="peek",
            phone="201",
            transport="TCP",
            auth_user="desk",
            expires="120",
            quiet="yes",
            order="from pai",
            called_header="X-DID",
        )
    )
    assert (account.server, account.port, account.transport) == ("pbx.example", 5070, "tcp")
    assert (account.mode, account.phone, account.quiet) == (Mode.PEEK, "201", True)
    assert (account.order, account.called_header) == (("from", "pai"), "X-DID")
    assert account_of(setup(server="[2001:db8::1]")).domain == "[2001:db8::1]"


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("server", "", "The name or address of the telephone system is missing."),
        ("server", "a b", "a b is no name or address of a telephone system."),
        ("server", "pbx\r\nVia: x", None),
        ("user", "", "The extension is missing."),
        ("user", "2@2", "2@2 is no extension."),
        ("user", "2>\r\n", None),
        ("phone", "2 1", "2 1 is no extension."),
        ("port", "70000", "70000 is no number from 1 to 65535."),
        ("port", "x", "x is no number from 1 to 65535."),
        ("expires", "5", "5 is no number from 60 to 86400."),
        ("transport", "sctp", "sctp is none of udp, tcp, tls."),
        ("mode", "answer", "answer is none of hold, peek, watch."),
        ("quiet", "maybe", "maybe is none of yes, no."),
        ("order", "pai,ppi", "ppi is none of pai, rpid, from."),
        ("called_header", "X DID", "X DID is no name of a header."),
        ("auth_user", "a\nb", "This has a character that cannot be typed."),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(key, value, sentence):
    with pytest.raises(BadSetup) as refused:
        account_of(setup(**{key: value}))
    assert refused.value.key == key
    assert sentence is None or str(refused.value) == sentence
    assert key in {field.key for field in FIELDS}


@pytest.mark.parametrize("mode", ["peek", "watch"])
def test_a_mode_that_needs_my_own_telephone_says_so(mode):
    with pytest.raises(BadSetup, match="The extension of your own telephone is missing") as refused:
        account_of(setup(mode=mode))
    assert refused.value.key == "phone"


def test_certificates_that_cannot_be_read_are_said():
    with pytest.raises(BadSetup, match="/nowhere cannot be read: No such file") as refused:
        account_of(setup(transport="tls", ca_file="/nowhere"))
    assert refused.value.key == "ca_file"


def test_a_password_that_would_break_a_line_is_refused():
    with pytest.raises(BadSetup) as refused:
        account_of(setup("a\r\nb"))
    assert refused.value.key == "password"
    assert [field.key for field in FIELDS if field.kind is Kind.SECRET] == ["password"]


async def tried(pbx, clock, passing, **options):
    account = Account("127.0.0.1", "202", port=pbx.port, transport=pbx.kind, **options)
    return [
        (step.good, step.words, step.detail)
        async for step in try_account(account, clock, seconds=passing)
    ]


@pytest.mark.parametrize("kind", ["udp", "tcp"])
async def test_a_line_that_works_says_each_step_and_leaves_nothing(clock, passing, kind):
    pbx = await TelephoneSystem(kind, password="s3cret").open()
    steps = await tried(pbx, clock, passing, password="s3cret", phone="201")
    assert steps == [
        (None, "Looking for 127.0.0.1", ""),
        (True, "127.0.0.1 is found", "127.0.0.1"),
        (None, "Reaching 127.0.0.1", ""),
        (True, "The way to 127.0.0.1 is open", ""),
        (None, "Registering as 202", ""),
        (True, "Registered as 202", "200 OK"),
        (None, "Asking for the telephone 201", ""),
        (True, "The telephone 201 is watched", "200 OK"),
    ]
    assert pbx.requests("REGISTER")[-1].headers.first("expires") == "0"
    assert pbx.requests("SUBSCRIBE")[-1].headers.first("expires") == "0"
    await pbx.close()


async def test_other_telephones_of_the_account_are_said(clock, passing):
    pbx = await TelephoneSystem(strangers=("<sip:a@192.0.2.1>", "<sip:b@192.0.2.1>")).open()
    steps = await tried(pbx, clock, passing)
    assert steps[-2][0] is True
    assert steps[-2][1].startswith("2 other telephones are registered as 202")
    assert steps[-1] == (True, "Registered as 202", "200 OK")
    await pbx.close()


async def test_a_line_that_is_in_use_meanwhile_is_no_other_telephone(clock, passing):
    there = ("<sip:care-0123456789ab@127.0.0.1:40000>", "<sip:care-0123456789ab@192.0.2.1>")
    pbx = await TelephoneSystem(strangers=there).open()
    steps = await tried(pbx, clock, passing)
    assert [each[1] for each in steps if "registered" in each[1]][0].startswith("1 other telephone")
    pbx.strangers = there[:1]
    steps = await tried(pbx, clock, passing)
    assert not any("other telephone" in each[1] for each in steps)
    await pbx.close()


async def test_where_nothing_answers_the_port_is_named(clock, monkeypatch):
    monkeypatch.setattr(trial, "PATIENCE_S", 0.0)
    pbx = await TelephoneSystem().open()
    pbx.deaf = True
    steps = await tried(pbx, clock, time.monotonic)
    assert steps[-1][0] is False
    assert steps[-1][1].startswith(f"Nothing answers at 127.0.0.1, port {pbx.port}.")
    await pbx.close()


async def test_a_password_that_is_wrong_is_said(clock, passing):
    pbx = await TelephoneSystem(password="s3cret").open()
    steps = await tried(pbx, clock, passing, password="wrong")
    assert steps[-1] == (
        False,
        "The telephone system does not accept the password of 202.",
        "401 Unauthorized",
    )
    await pbx.close()


async def test_a_telephone_that_cannot_be_watched_is_said(clock, passing):
    pbx = await TelephoneSystem().open()
    pbx.replies["SUBSCRIBE"] = [lambda request: pbx.says(request, 489, "Bad Event")]
    steps = await tried(pbx, clock, passing, mode=Mode.WATCH, phone="201")
    assert pbx.requests("REGISTER") == []
    assert steps[-1] == (
        False,
        "The telephone 201 cannot be watched: 489 Bad Event",
        "489 Bad Event",
    )
    await pbx.close()


async def test_where_nobody_listens_that_is_said(clock, passing):
    pbx = await TelephoneSystem("tcp").open()
    await pbx.close()
    steps = await tried(pbx, clock, passing)
    assert steps[-1][0] is False
    assert "cannot be reached" in steps[-1][1]


async def test_a_trial_that_is_closed_early_leaves_nothing(clock, passing):
    pbx = await TelephoneSystem().open()
    account = Account("127.0.0.1", "202", port=pbx.port)
    steps = try_account(account, clock, seconds=passing)
    async for step in steps:
        if step.words.startswith("Registered"):
            break
    await steps.aclose()
    await until(lambda: pbx.requests("REGISTER")[-1].headers.first("expires") == "0")
    await asyncio.sleep(0)
    await pbx.close()
