"""What is asked of a message again and again."""

from care_console.lines.sip.message import Message
from care_console.lines.sip.uri import Uri, Via, read_address, read_cseq, read_uri, read_via

NO_PORT = 5060  # RFC 3261, 19.1.2
NO_PORT_TLS = 5061


def via_of(message: Message) -> Via | None:
    """Return the topmost Via, or None if there is none that can be read."""
    return message.headers.read("via", read_via)


def cseq_of(message: Message) -> tuple[int, str] | None:
    """Return number and method of the CSeq, or None."""
    return message.headers.read("cseq", read_cseq)


def tag_of(message: Message, name: str) -> str:
    """Return the tag of the ``from`` or ``to`` (RFC 3261, 19.3), or ""."""
    address = message.headers.read(name, read_address)
    return address.params.get("tag", "") if address else ""


def uri_of(value: str) -> Uri | None:
    """Return the URI in a From, To or Contact, or None."""
    address = read_address(value)
    return read_uri(address.uri) if address else None


def number_of(value: str, most: int = 2**31) -> int | None:
    """Return a number of seconds as a header has it, or None if it is none."""
    digits = value.partition(";")[0].partition("(")[0].strip()
    if not digits.isascii() or not digits.isdigit() or len(digits) > 10:
        return None
    return min(int(digits), most)


def host_port(host: str, port: int | None) -> str:
    """Return both as a URI or a Via has them; an IPv6 address stands in brackets."""
    host = f"[{host}]" if ":" in host else host
    return host if port is None else f"{host}:{port}"
