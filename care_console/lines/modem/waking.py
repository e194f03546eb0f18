"""What is said to a modem so that it tells who calls, and never answers itself."""

import re
from collections.abc import Callable, Sequence

from care_console.base.words import N_
from care_console.lines.modem.heard import Answer
from care_console.lines.setup import BadSetup

BEFORE = ("ATZ", "ATE0", "ATS0=0")  # as it was made, without echo, and never going off hook
WAYS = (  # each kind of modem has its own, the standard's first (ITU-T V.253)
    ("AT+VCID=1",),
    ("AT+FCLASS=8", "AT+VCID=1"),
    ("AT#CID=1",),
    ("AT%CCID=1",),
    ("AT*ID1",),
)
COMMAND = re.compile(r"AT[ -~]{0,60}")
CALLS = re.compile(r"AT[EHLMQVWXYZ0-9&]*[AD]|.*;.*", re.IGNORECASE)  # answers or dials

Say = Callable[[str], Answer | None]  # a command → what was answered, None in time for nothing


class NotAModem(Exception):
    """Nothing there answers as a modem does."""


class NoCallerId(Exception):
    """The modem refuses every way of telling who calls."""


def wake(say: Say, further: Sequence[str] = ()) -> str:
    """Make a modem tell who calls, and return the command that it took for it.

    ``further`` is said between what all modems understand and the ways of caller ID, such as the
    country's setting. Raises NotAModem, NoCallerId.
    """
    if not any(say("ATZ") is Answer.OK for _try in range(2)):  # the first may find half a command
        raise NotAModem
    for command in (*BEFORE[1:], *further):
        say(command)
    for way in WAYS:
        if all([say(command) is Answer.OK for command in way]):
            return way[-1]
    raise NoCallerId


def further_commands(told: str) -> tuple[str, ...]:
    """Return the commands in ``told``, blanks between. Raises BadSetup for one that may call."""
    commands = tuple(told.upper().split())
    for command in commands:
        if not COMMAND.fullmatch(command) or CALLS.match(command):
            raise BadSetup(
                N_("{command} is no setting of a modem: AT and a setting, such as AT+GCI=B4."),
                "further",
                command=command,
            )
    return commands
