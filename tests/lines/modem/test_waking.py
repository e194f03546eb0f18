"""Tests of what is said to a modem, and of what never is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.lines.modem.heard import Answer
from care_console.lines.modem.waking import NoCallerId, NotAModem, further_commands, wake
from care_console.lines.setup import BadSetup


class Modem:
    """Understands some commands."""

    def __init__(self, *understood):
        self.said = []
        self._understood = {"ATZ", "ATE0", "ATS0=0", *understood}

    def __call__(self, command):
        self.said.append(command)
        return Answer.OK if command in self._understood else Answer.REFUSED


@pytest.mark.parametrize(
    ("understood", "took"),
    [
        (["AT+VCID=1"], "AT+VCID=1"),
        (["AT#CID=1"], "AT#CID=1"),
        (["AT%CCID=1"], "AT%CCID=1"),
    ],
)
def test_each_kind_of_modem_is_told_in_its_own_way(understood, took):
    assert wake(Modem(*understood)) == took


def test_a_voice_modem_is_put_into_voice_first():
    class Voice(Modem):
        def __call__(self, command):
            if command == "AT+VCID=1" and "AT+FCLASS=8" not in self.said:
                self.said.append(command)
                return Answer.REFUSED
            return super().__call__(command)

    assert wake(Voice("AT+FCLASS=8", "AT+VCID=1")) == "AT+VCID=1"


def test_a_modem_that_cannot_tell_who_calls_is_told_from_what_is_no_modem():
    with pytest.raises(NoCallerId):
        wake(Modem())
    with pytest.raises(NotAModem):
        wake(lambda _command: None)


def test_half_a_command_that_somebody_left_does_no_harm():
    answers = iter([Answer.REFUSED])
    modem = Modem("AT+VCID=1")

    assert wake(lambda command: next(answers, None) or modem(command)) == "AT+VCID=1"


def test_it_is_never_told_to_answer():
    modem = Modem()
    with pytest.raises(NoCallerId):
        wake(modem, ("AT+GCI=B4",))

    assert "ATS0=0" in modem.said
    assert "AT+GCI=B4" in modem.said
    assert modem.said.index("ATS0=0") > modem.said.index("AT+GCI=B4")
    assert not any(command.startswith(("ATA", "ATD")) for command in modem.said)


@pytest.mark.parametrize(
    "told", ["", "AT+GCI=B4", "at+gci=b4 ATS7=30", "AT#CLS=8", "ATL1M0X3&C1S11=95", "AT%CCID=1"]
)
def test_further_settings_are_taken(told):
    assert further_commands(told) == tuple(told.upper().split())


@pytest.mark.parametrize(
    "told",
    ["ATA", "ATDT5195550123", "ATH1D5195550123", "ATZA", "AT+GCI=B4;D519", "rm", "ATé", "ATO"]
    + ["ATS0=1", "ATS00=1", "ATS7=30S0=2", "ATS=1", "AT&F1A", "AT&C1D5195550123", "ATS7=60DT1"]
    + ["AT%C0D5195550123", "ATH1", "AT+VLS=1", "AT#VLS=1", "AT" + "L" * 99],
)
def test_what_may_call_or_answer_is_refused(told):
    with pytest.raises(BadSetup) as refused:
        further_commands(told)

    assert refused.value.key == "further"


@given(st.text())
def test_whatever_is_typed_is_taken_or_refused(told):
    try:
        commands = further_commands(told)
    except BadSetup:
        return
    assert all(command.isascii() and "\r" not in command for command in commands)
