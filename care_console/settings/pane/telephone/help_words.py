"""What one must know to set up each kind of line, and how a softphone hands its calls in."""

import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from string import Template
from subprocess import list2cmdline

from care_console.base.words import N_, _

HELP = {
    "sip": (
        N_("Give the console an extension of its own, or let it watch the desk phone."),
        N_(
            "Signed in with the desk phone's own extension it can silence that phone: many "
            "telephone systems ring only one of two devices. Put its own extension into the ring "
            "group. The console takes no call; it only sees that it rings."
        ),
    ),
    "ami": (
        N_("Use TLS where the wire leaves the house."),
        N_("Asterisk then listens for it at a port of its own, usually 5039."),
    ),
    "modem": (
        N_("The modem sits on the telephone's own wire and never answers."),
        N_(
            "The line needs caller display from whoever runs the network. On Linux this account "
            "must be in the group that may use serial ports, often called dialout."
        ),
    ),
    "hook": (
        N_("The hosted telephone system calls an address of this computer at each ring."),
        N_("Open it to no other network than it needs, and keep its token like a password."),
    ),
}


@dataclass(frozen=True, slots=True)
class Softphone:
    """A softphone, and what is written into its settings.

    ``template`` is never translated; ``filled`` puts the command of this computer into it.
    """

    name: str
    words: str
    template: str


SOFTPHONES = (
    Softphone(
        "MicroSIP",
        N_("Close MicroSIP, add these lines to [Settings] in microsip.ini, and start it again."),
        "cmdIncomingCall=$command\n"
        "cmdCallAnswer=$command --event answered\n"
        "cmdCallEnd=$command --event ended",
    ),
    Softphone(
        "Zoiper",
        N_(
            "In the settings under Automation, have it run a program at an incoming call. Zoiper "
            "shows there how it writes the number, if that is not as here."
        ),
        '$command "{number}"',
    ),
    Softphone(
        "Linphone",
        N_(
            "Linphone itself runs no program at a call. Set up a SIP line with an extension of "
            "its own in the same ring group; this command is for a script that watches Linphone."
        ),
        '$command "sip:NUMBER@SERVER"',
    ),
    Softphone(
        "3CX",
        N_(
            "In the Windows program's settings, have it start an external application when it "
            "rings: the first line is its path, the second its parameters."
        ),
        '$program\n$words "%CallerNumber%" --name "%CallerDisplayName%"',
    ),
)


def filled(template: str, command: Sequence[str]) -> str:
    """Return a template with the command that tells this console of a call."""
    quoted = list2cmdline if sys.platform == "win32" else shlex.join
    return Template(template).substitute(
        command=quoted(command), program=command[0], words=quoted(command[1:])
    )


def help_words(kind: str) -> tuple[str, str]:
    """Return what one must know to set up a kind of line, and why; "" where that is nothing."""
    first, rest = HELP.get(kind, ("", ""))
    return (_(first), _(rest)) if first else ("", "")
