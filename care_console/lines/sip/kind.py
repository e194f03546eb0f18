"""How a SIP line is set up."""

import re

from care_console.base.clock import Clock
from care_console.base.words import N_
from care_console.lines.line import Line
from care_console.lines.setup import BadSetup, Field, Kind, LineKind, Setup
from care_console.lines.sip.caller import ORDER
from care_console.lines.sip.headers import TOKEN
from care_console.lines.sip.line import SipLine
from care_console.lines.sip.station import Account, Mode
from care_console.lines.sip.transport import tls_context
from care_console.lines.sip.trial import try_account

TRANSPORTS = ("udp", "tcp", "tls")
YES, NO = "yes", "no"
# seconds; over UDP nothing else tells that a telephone system has gone
EXPIRES, SHORTEST_EXPIRES, LONGEST_EXPIRES = 120, 60, 86_400

_HOST = re.compile(r"[A-Za-z0-9_.\-]{1,253}|\[?[0-9A-Fa-f:]{2,45}\]?")
_USER = re.compile(r"[A-Za-z0-9_.!~*'()&=+$,\-]{1,128}")  # RFC 3261, 25.1: what needs no escape

FIELDS = (
    Field(
        "server",
        N_("Telephone system"),
        N_("Its name or address, as your telephone has it."),
        needed=True,
        example="pbx.example.com",
    ),
    Field(
        "user",
        N_("Extension"),
        N_("The console's own, and not that of the desk phone."),
        needed=True,
        example="202",
    ),
    Field("password", N_("Password of the extension"), kind=Kind.SECRET),
    Field(
        "phone",
        N_("My own telephone"),
        N_("Its extension: what is picked up there is yours, and not a colleague's."),
        example="201",
    ),
    Field(
        "mode",
        N_("How the console takes part"),
        kind=Kind.CHOICE,
        default=Mode.HOLD,
        choices=(
            (Mode.HOLD, N_("It rings along, and never answers")),
            (Mode.PEEK, N_("It reads who calls, and lets the telephone ring alone")),
            (Mode.WATCH, N_("It watches my own telephone, and does not ring")),
        ),
    ),
    Field(
        "transport",
        N_("Connection"),
        kind=Kind.CHOICE,
        default="udp",
        choices=(("udp", "UDP"), ("tcp", "TCP"), ("tls", "TLS")),
    ),
    Field("port", N_("Port"), N_("If it is not 5060, or 5061 for TLS."), kind=Kind.NUMBER),
    Field("auth_user", N_("Name to sign in with"), N_("If it is not the extension."), seldom=True),
    Field(
        "quiet",
        N_("Ringing tone"),
        kind=Kind.CHOICE,
        default=NO,
        choices=(
            (NO, N_("Tell the telephone system that it rings here")),
            (YES, N_("Ring silently")),
        ),
        seldom=True,
    ),
    Field(
        "expires",
        N_("Register again after"),
        N_("Seconds; the telephone system may shorten it."),
        kind=Kind.NUMBER,
        default=str(EXPIRES),
        seldom=True,
    ),
    Field(
        "order",
        N_("Where the caller's number stands"),
        N_("The headers to believe, best first: pai, rpid, from."),
        default=",".join(ORDER),
        seldom=True,
    ),
    Field(
        "called_header",
        N_("Where the dialled number stands"),
        N_("A header of your telephone system's own, if it has one."),
        example="X-DID",
        seldom=True,
    ),
    Field(
        "ca_file",
        N_("File of the telephone system's certificate authority"),
        N_("For TLS with a certificate of your own house."),
        seldom=True,
    ),
)


def make(setup: Setup, clock: Clock) -> Line:
    """Return a line that is not connected yet. Raises BadSetup."""
    return SipLine(setup.name, account_of(setup), clock)


def account_of(setup: Setup) -> Account:
    """Return what was set up, or raise BadSetup for the first thing that cannot be."""
    told = {key: value.strip() for key, value in setup.options.items()}
    server, port = _server(told)
    mode = Mode(_choice(told, "mode", tuple(Mode), Mode.HOLD))
    phone = _user(told, "phone", needed=mode is not Mode.HOLD)
    if any(not char.isprintable() for char in setup.secret):
        raise BadSetup(N_("The password has a character that cannot be typed."), "password")
    transport = _choice(told, "transport", TRANSPORTS, "udp")
    return Account(
        server=server,
        port=port,
        user=_user(told, "user", needed=True),
        password=setup.secret,
        auth_user=_line(told, "auth_user"),
        transport=transport,
        mode=mode,
        phone=phone,
        expires=_number(told, "expires", SHORTEST_EXPIRES, LONGEST_EXPIRES) or EXPIRES,
        quiet=_choice(told, "quiet", (YES, NO), NO) == YES,
        ca_file=_ca_file(told) if transport == "tls" else "",
        order=_order(told),
        called_header=_header(told),
    )


def _server(told: dict[str, str]) -> tuple[str, int | None]:
    server = told.get("server", "").removeprefix("sip:").removeprefix("sips:")
    name, colon, port = server.partition(":")
    if colon and port.isdecimal() and not told.get("port"):
        server, told["port"] = name, port
    if not server:
        raise BadSetup(N_("The name or address of the telephone system is missing."), "server")
    if not _HOST.fullmatch(server):
        words = N_("{server} is no name or address of a telephone system.")
        raise BadSetup(words, "server", server=server)
    return server.strip("[]"), _number(told, "port", 1, 65_535)


def _user(told: dict[str, str], key: str, needed: bool) -> str:
    user = told.get(key, "")
    if not user and needed:
        words = {
            "user": N_("The extension is missing."),
            "phone": N_("The extension of your own telephone is missing: this mode needs it."),
        }
        raise BadSetup(words[key], key)
    if user and not _USER.fullmatch(user):
        raise BadSetup(N_("{extension} is no extension."), key, extension=user)
    return user


def _number(told: dict[str, str], key: str, least: int, most: int) -> int | None:
    text = told.get(key, "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 9 and least <= int(text) <= most):
        words = N_("{text} is no number from {least} to {most}.")
        raise BadSetup(words, key, text=text, least=least, most=most)
    return int(text)


def _choice(told: dict[str, str], key: str, known: tuple[str, ...], default: str) -> str:
    chosen = told.get(key, "").lower() or default
    if chosen not in known:
        words = N_("{text} is none of {known}.")
        raise BadSetup(words, key, text=chosen, known=", ".join(known))
    return chosen


def _line(told: dict[str, str], key: str) -> str:
    text = told.get(key, "")
    if not text.isprintable():
        raise BadSetup(N_("This has a character that cannot be typed."), key)
    return text


def _order(told: dict[str, str]) -> tuple[str, ...]:
    order = tuple(part for part in re.split(r"[\s,]+", told.get("order", "").lower()) if part)
    for part in order:
        if part not in ORDER:
            words = N_("{text} is none of {known}.")
            raise BadSetup(words, "order", text=part, known=", ".join(ORDER))
    return order


def _header(told: dict[str, str]) -> str:
    name = told.get("called_header", "")
    if name and not TOKEN.fullmatch(name):
        raise BadSetup(N_("{text} is no name of a header."), "called_header", text=name)
    return name


def _ca_file(told: dict[str, str]) -> str:
    file = told.get("ca_file", "")
    try:
        tls_context(file)
    except OSError as trouble:
        why = trouble.strerror or str(trouble)
        words = N_("The certificates in {file} cannot be read: {why}")
        raise BadSetup(words, "ca_file", file=file, why=why) from trouble
    return file


KIND = LineKind(
    name="sip",
    title=N_("Telephone system (SIP)"),
    explained=N_(
        "For every telephone system that lets a telephone register: one in the house, or one"
        " that is hosted."
    ),
    fields=FIELDS,
    make=make,
    trial=lambda setup, clock: try_account(account_of(setup), clock),
)
