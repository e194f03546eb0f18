"""The Asterisk line as it is set up and tried."""

import re
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

from care_console.base.clock import Clock
from care_console.base.words import N_
from care_console.lines.ami.calls import Place
from care_console.lines.ami.client import Way
from care_console.lines.ami.line import AmiLine
from care_console.lines.ami.trial import steps
from care_console.lines.setup import BadSetup, Field, Kind, LineKind, Setup, Step

DEVICE = re.compile(r"[A-Za-z0-9]+/[A-Za-z0-9_.@+-]{1,80}")
CONTEXT = re.compile(r"[A-Za-z0-9_.-]{1,80}")
PLAIN_PORT, TLS_PORT = 5038, 5039
NO, YES = "no", "yes"
ANSWERS = ((NO, N_("No")), (YES, N_("Yes")))

EXPLAINED = N_(
    "For an Asterisk, or what is built on it, whose manager interface (AMI) reaches this computer. "
    "In manager.conf this line gets an account of its own:\n"
    "read = call\n"
    "write = reporting (to dial as well: reporting,originate)\n"
    "deny = 0.0.0.0/0.0.0.0\n"
    "permit = the address of this computer\n"
    "Give it nothing else: never system, command or call to write. In a large house add "
    "eventfilter = (PJSIP/201|PJSIP/202)- with your own devices, so that not every desk hears of "
    "every call. Which number the people see whom you call is for the dialplan to say."
)


FIELDS = (
    Field("host", N_("Address of Asterisk"), needed=True, example="pbx.example"),
    Field("port", N_("Port"), N_("5038, or 5039 with TLS."), kind=Kind.NUMBER),
    Field(
        "tls",
        N_("Encrypted (TLS)"),
        N_("Without it, whoever shares the network can read who calls; the secret is not sent."),
        kind=Kind.CHOICE,
        default=NO,
        choices=ANSWERS,
    ),
    Field(
        "ca_file",
        N_("Certificate file"),
        N_("Only where Asterisk's certificate is one of your own: the file that vouches for it."),
    ),
    Field("user", N_("Account"), N_("Its name in manager.conf."), needed=True, example="care"),
    Field(
        "secret",
        N_("Secret"),
        N_("What manager.conf says behind “secret =”."),
        kind=Kind.SECRET,
        needed=True,
    ),
    Field(
        "phone",
        N_("My own telephone"),
        N_("Picked up there, a call is yours; picked up elsewhere, it is gone."),
        example="PJSIP/201",
    ),
    Field(
        "extensions",
        N_("Other telephones that ring for this desk"),
        N_("With commas between them."),
        example="PJSIP/202, PJSIP/203",
    ),
    Field(
        "dial",
        N_("Dial from the console"),
        N_("My own telephone rings first; picked up, it calls the number."),
        kind=Kind.CHOICE,
        default=NO,
        choices=ANSWERS,
    ),
    Field(
        "context",
        N_("Context for dialling"),
        N_("The part of the dialplan in which my own telephone dials."),
        example="from-internal",
    ),
)

MISSING = N_("This is needed.")
ODD = N_("This cannot be so: it has signs in it that nobody can see.")
NO_PORT = N_("A port is a number from 1 to 65535.")
NO_ANSWER = N_("This is “yes” or “no”.")
NO_FILE = N_("This is no file with a certificate in it.")
NO_DEVICE = N_("A telephone is written as Asterisk names it: PJSIP/201.")
NO_PHONE = N_("Say which telephone is yours, or which ones ring for this desk.")
PHONE_DIALS = N_("To dial, it has to be known which telephone is yours.")
NO_CONTEXT = N_("To dial, the dialplan's context has to be known, such as from-internal.")


def make(setup: Setup, clock: Clock) -> AmiLine:
    """Return the line. Raises BadSetup."""
    way, place, context = _plan(setup)
    return AmiLine(setup.name, way, place, clock, context)


def trial(setup: Setup, _clock: Clock) -> AsyncIterator[Step]:
    """Reach it, log in, and look at what the account may do and see. Raises BadSetup."""
    return steps(*_plan(setup))  # itself, and not one by one: whoever closes it closes the wire


def _plan(setup: Setup) -> tuple[Way, Place, str]:
    """Return how Asterisk is reached, what is this desk's, and where it dials, if it may."""
    said = {each.key: setup.options.get(each.key, "").strip() or each.default for each in FIELDS}
    said["secret"] = setup.secret
    for each in FIELDS:
        if each.needed and not said[each.key]:
            raise BadSetup(MISSING, each.key)
        if not said[each.key].isprintable():
            raise BadSetup(ODD, each.key)
    return _way(said), _place(said), _context(said)


def _way(said: dict[str, str]) -> Way:
    tls = _tls(said["ca_file"]) if _yes(said, "tls") else None
    port = said["port"] or str(PLAIN_PORT if tls is None else TLS_PORT)
    if not (port.isascii() and port.isdigit() and 0 < int(port[:6]) < 2**16):
        raise BadSetup(NO_PORT, "port")
    return Way(said["host"], int(port), said["user"], said["secret"], tls)


def _tls(file: str) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=Path(file).expanduser() if file else None)
    except OSError:  # ssl.SSLError is one
        raise BadSetup(NO_FILE, "ca_file") from None


def _place(said: dict[str, str]) -> Place:
    others = [each.strip() for each in said["extensions"].split(",") if each.strip()]
    if said["phone"] and not DEVICE.fullmatch(said["phone"]):
        raise BadSetup(NO_DEVICE, "phone")
    if not all(map(DEVICE.fullmatch, others)):
        raise BadSetup(NO_DEVICE, "extensions")
    if not said["phone"] and not others:
        raise BadSetup(NO_PHONE, "phone")
    return Place(said["phone"], frozenset(others))


def _context(said: dict[str, str]) -> str:
    if not _yes(said, "dial"):
        return ""
    if not said["phone"]:
        raise BadSetup(PHONE_DIALS, "phone")
    if not CONTEXT.fullmatch(said["context"]):
        raise BadSetup(NO_CONTEXT, "context")
    return said["context"]


def _yes(said: dict[str, str], key: str) -> bool:
    if said[key] not in (NO, YES):
        raise BadSetup(NO_ANSWER, key)
    return said[key] == YES


KIND = LineKind("ami", N_("Asterisk"), EXPLAINED, FIELDS, make, trial)
