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
LONGEST = 62  # characters of a command
# One command may hold several (ITU-T V.250, section 5.2.1): none of them answers (A, O, S0, H1),
# dials (D) or picks up for a voice (+VLS and its like), and none comes behind a semicolon.
BASIC = r"[BCEFLMNPQTVWXY]\d*|[&%*\\-][B-Z]\d*|S(?!0+=)\d+=\d+"
EXTENDED = r"[+#](?!V(?:LS|TS|RX|TX))[A-Z][A-Z0-9]*(?:=[ -:<-~]*)?|%CCID=\d|\*ID\d"
SETTING = re.compile(rf"AT(?:{BASIC})*(?:{EXTENDED})?")

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
    for command in (BEFORE[1], *further, BEFORE[2]):
        say(command)
    for way in WAYS:
        if all([say(command) is Answer.OK for command in way]):
            return way[-1]
    raise NoCallerId


def further_commands(told: str) -> tuple[str, ...]:
    """Return the commands in ``told``, blanks between. Raises BadSetup for one that may call."""
    commands = tuple(told.upper().split())
    for command in commands:
        if len(command) > LONGEST or not SETTING.fullmatch(command):
            raise BadSetup(
                N_("{command} is no setting of a modem: AT and a setting, such as AT+GCI=B4."),
                "further",
                command=command,
            )
    return commands
