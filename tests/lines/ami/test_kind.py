"""An Asterisk line is set up by what was typed, and is tried step by step."""

import ssl
from pathlib import Path

import pytest

from care_console.lines.kinds import kind_of
from care_console.lines.line import Can
from care_console.lines.setup import BadSetup, Kind, Setup
from tests.lines.ami.lines import connected
from tests.lines.ami.pretend import SECRET, PretendAsterisk, pretending

CERTIFICATE = Path(__file__).with_name("certificate.pem")
KIND = kind_of("ami")
TYPED = {"host": "127.0.0.1", "user": "care", "phone": "PJSIP/201"}
DIALS = {"dial": "yes", "context": "from-internal"}


def setup(secret=SECRET, **typed):
    return Setup("pbx", "ami", TYPED | typed, secret)


async def tried(asterisk: PretendAsterisk, clock, secret=SECRET, **typed):
    """Return the steps of a trial that are not under way any more."""
    wanted = setup(secret, port=str(asterisk.port), **typed)
    steps = [step async for step in KIND.trial(wanted, clock)]
    assert [step.words for step in steps[::2]] == [step.words for step in steps[1::2]]
    assert all(step.good is None for step in steps[::2])
    return steps[1::2]


def test_a_line_is_made_of_what_was_typed(clock):
    line = KIND.make(setup(**DIALS), clock)

    assert line.name == "pbx"
    assert line.can == {Can.DIAL}
    assert KIND.make(setup(), clock).can == frozenset()


@pytest.mark.parametrize(("tls", "port"), [("no", 5038), ("yes", 5039)])
def test_without_a_port_it_is_the_usual_one(clock, tls, port):
    assert KIND.make(setup(tls=tls), clock)._way.port == port


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("host", {"host": " "}),
        ("host", {"host": "pbx\r\nx"}),
        ("user", {"user": ""}),
        ("user", {"user": "care\nAction: x"}),
        ("port", {"port": "0"}),
        ("port", {"port": "65536"}),
        ("port", {"port": "AMI"}),
        ("port", {"port": "٥٠٣٨"}),
        ("tls", {"tls": "maybe"}),
        ("ca_file", {"tls": "yes", "ca_file": "/nowhere/ca.pem"}),
        ("ca_file", {"tls": "yes", "ca_file": __file__}),
        ("phone", {"phone": ""}),
        ("phone", {"phone": "201"}),
        ("phone", {"phone": "PJSIP/201&PJSIP/202"}),
        ("phone", {"phone": "PJSIP/201\r\nAction: x"}),
        ("extensions", {"extensions": "PJSIP/202; PJSIP/203"}),
        ("phone", {"phone": "", "extensions": "PJSIP/202", **DIALS}),
        ("context", {"dial": "yes"}),
        ("context", {"dial": "yes", "context": "a,b"}),
        ("dial", {"dial": "1"}),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(clock, key, typed):
    with pytest.raises(BadSetup) as told:
        KIND.make(setup(**typed), clock)

    assert told.value.key == key
    assert str(told.value)


@pytest.mark.parametrize("secret", ["", "a\nb"])
def test_a_secret_is_needed_and_is_one_line(clock, secret):
    with pytest.raises(BadSetup) as told:
        KIND.make(setup(secret), clock)

    assert told.value.key == "secret"


def test_the_secret_is_the_only_field_that_is_kept_apart():
    assert [each.key for each in KIND.fields if each.kind is Kind.SECRET] == ["secret"]


async def test_a_good_trial_tells_each_step(clock):
    async with pretending() as asterisk:
        steps = await tried(asterisk, clock, extensions="PJSIP/202", **DIALS)

    assert [step.words for step in steps] == [
        f"Reach 127.0.0.1, port {asterisk.port}",
        "Log in as care",
        "See what the account may do",
        "Find the telephone PJSIP/201",
        "Find the telephone PJSIP/202",
        "See the calls",
    ]
    assert all(step.good for step in steps)
    assert steps[1].detail == "Asterisk Call Manager/5.0.4"
    assert steps[2].detail == "All that is needed, and no more."
    assert steps[-1].detail == "0 channels are in use."


async def test_a_trial_ends_where_it_fails_and_says_why(clock):
    async with pretending() as asterisk:
        steps = await tried(asterisk, clock, "wrong")
        assert [step.good for step in steps] == [True, False]
        assert "the secret is wrong" in steps[-1].detail

        asterisk.answers["Getvar"] = lambda _: b"Response: Success\r\nValue: INVALID\r\n\r\n"
        steps = await tried(asterisk, clock)
        assert steps[-1].detail == "Asterisk has no telephone of this name."

        asterisk.answers["ListCommands"] = lambda _: b"Response: Success\r\nGetvar: x\r\n\r\n"
        steps = await tried(asterisk, clock, **DIALS)
        assert (steps[-1].good, "may not dial" in steps[-1].detail) == (False, True)

        asterisk.answers["ListCommands"] = lambda _: b"Response: Success\r\nPing: x\r\n\r\n"
        steps = await tried(asterisk, clock)
        assert "“reporting”" in steps[-1].detail

    (step,) = await tried(asterisk, clock)
    assert (step.good, "Nothing listens" in step.detail) == (False, True)


async def test_an_account_that_may_too_much_is_told(clock):
    async with pretending() as asterisk:
        asterisk.answers["ListCommands"] = lambda _: (
            b"Response: Success\r\nGetvar: x\r\nHangup: x\r\n\r\n"
        )
        steps = await tried(asterisk, clock)

    assert steps[2].good
    assert "more than it needs" in steps[2].detail


async def test_a_trial_that_is_broken_off_leaves_nothing(clock):
    async with pretending() as asterisk:
        trial = KIND.trial(setup(port=str(asterisk.port)), clock)
        for _step in range(3):
            await anext(trial)
        await trial.aclose()

        await asterisk.alone()


async def test_over_tls_the_other_side_has_to_prove_who_it_is(clock):
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(CERTIFICATE)
    async with pretending(ours) as asterisk:
        steps = await tried(asterisk, clock, tls="yes", ca_file=str(CERTIFICATE))
        assert all(step.good for step in steps)

        (step,) = await tried(asterisk, clock, tls="yes")
        assert "not one that we trust" in step.detail
        trusted = ssl.create_default_context(cafile=CERTIFICATE)
        async with connected(asterisk, clock, tls=trusted) as opened:
            await opened.up()


async def test_a_port_without_tls_is_told(clock):
    async with pretending() as asterisk:
        (step,) = await tried(asterisk, clock, tls="yes")

    assert "does not speak TLS" in step.detail
