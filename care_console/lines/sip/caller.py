"""Who is calling, as far as they let it be seen, and which of our numbers they called."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from care_console.lines.line import Presentation
from care_console.lines.sip import called
from care_console.lines.sip.display import name_of
from care_console.lines.sip.message import Request
from care_console.lines.sip.number import hidden_in, number_of
from care_console.lines.sip.uri import Address, read_address

ORDER = ("pai", "rpid", "from")
_HEADERS = {"pai": "p-asserted-identity", "rpid": "remote-party-id", "from": "from"}
_HIDE = frozenset({"id", "user", "header"})  # RFC 3323, 4.2; RFC 3325, 9.3
_HIDE_PARTY = frozenset({"full", "uri", "name"})  # draft-ietf-sip-privacy-04, 5


@dataclass(frozen=True, slots=True)
class CallerIdentity:
    """Who calls whom; ``repr`` does not show it. Without a number there is None."""

    number: str | None
    name: str
    presentation: Presentation
    called_line: str
    diverted_from: str

    def __repr__(self) -> str:
        """Return nothing that a log must not hold."""
        return f"CallerIdentity({self.presentation})"


def caller_of(
    request: Request,
    *,
    order: Sequence[str] = ORDER,
    trusted: bool = True,
    called_header: str = "",
) -> CallerIdentity:
    """Return who sent an INVITE.

    ``order`` names the headers to believe, best first: P-Asserted-Identity (RFC 3325, 9.1),
    Remote-Party-ID (draft-ietf-sip-privacy-04) and From; of a peer that is not ``trusted`` it is
    From alone (RFC 3325, 5). Numbers are as sent, for ``base.phone`` to read. Who asks anywhere
    for privacy is withheld (RFC 3323, 4.2), whatever else is known, in ``order`` or not.
    ``called_header`` is where a PBX tells the number that was dialled, such as ``X-DID``.
    """
    parties = {source: list(_parties(request, source)) for source in ("pai", "rpid", "from")}
    believed = [source for source in order if trusted or source == "from"]
    found = [address for source in believed for address in parties.get(source, ())]
    line = called.line_of(request, called_header)
    diverted = called.diverted_from(request)
    hidden = _hidden(request, parties)
    if hidden is not None:
        return CallerIdentity(None, "", hidden, line, diverted)
    number = _best_number(found)
    presentation = Presentation.ALLOWED if number else Presentation.UNAVAILABLE
    name = next(filter(None, (name_of(address.display, number) for address in found)), "")
    return CallerIdentity(number, name, presentation, line, diverted)


def _parties(request: Request, source: str) -> Iterator[Address]:
    name = _HEADERS[source]
    values = request.headers.all(name) if source != "from" else (request.headers.first(name),)
    for value in values:
        address = read_address(value)
        if address is None:
            continue
        if source == "rpid" and address.params.get("party", "calling").lower() != "calling":
            continue
        yield address


def _best_number(found: Sequence[Address]) -> str | None:
    """Return the first number; an asserted address without one comes before a later number."""
    for address in found:
        if number := number_of(address):
            return number
    return None


def _hidden(request: Request, parties: dict[str, list[Address]]) -> Presentation | None:
    """Return why nothing may be shown, or None if it may."""
    asked = {
        one.strip().lower() for value in request.headers.all("privacy") for one in value.split(";")
    }
    for party in parties["rpid"]:
        told = party.params.get("privacy", "").lower().partition("-")[0]
        if told in _HIDE_PARTY:
            return Presentation.WITHHELD
    if asked & _HIDE:
        return Presentation.WITHHELD
    told_by_name = [hidden_in(party) for found in parties.values() for party in found]
    for reason in (Presentation.WITHHELD, Presentation.UNAVAILABLE):
        if reason in told_by_name:
            return reason
    return None
