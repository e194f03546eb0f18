"""Who is calling, as far as they let it be seen, and which of our numbers they called."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from care_console.lines.line import Presentation
from care_console.lines.sip import called
from care_console.lines.sip.display import name_of
from care_console.lines.sip.message import Request
from care_console.lines.sip.number import Party, party_of
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
    parties = {source: _parties(request, source) for source in ORDER}
    line = called.line_of(request, called_header)
    diverted = called.diverted_from(request)
    hidden = _hidden(request, parties)
    if hidden is not None:
        return CallerIdentity(None, "", hidden, line, diverted)
    believed = [parties.get(source, []) for source in order if trusted or source == "from"]
    number = next(filter(None, map(_number_among, believed)), None)
    presentation = Presentation.ALLOWED if number else Presentation.UNAVAILABLE
    names = (name_of(party.display, number) for found in believed for party in found)
    return CallerIdentity(number, next(filter(None, names), ""), presentation, line, diverted)


def _parties(request: Request, source: str) -> list[Party]:
    headers, name = request.headers, _HEADERS[source]
    if source == "from":
        read = [headers.read(name, read_address)]
    else:
        read = [read_address(value) for value in headers.all(name)]
    found = []
    for address in read:
        if address is None or (source == "rpid" and not _is_calling(address)):
            continue
        party = party_of(address)
        if source == "rpid" and _privacy(address) in _HIDE_PARTY:
            party = replace(party, number=None, hidden=Presentation.WITHHELD)
        found.append(party)
    return found


def _is_calling(address: Address) -> bool:
    return address.params.get("party", "calling").lower() == "calling"


def _privacy(address: Address) -> str:
    return address.params.get("privacy", "").lower().partition("-")[0]


def _number_among(found: Sequence[Party]) -> str | None:
    """Return the first telephone number, or else the first address.

    P-Asserted-Identity may have one of each (RFC 3325, 9.1).
    """
    numbers = [party.number for party in found if party.number]
    telephones = (number for number in numbers if not number.startswith(("sip:", "sips:")))
    return next(telephones, numbers[0] if numbers else None)


def _hidden(request: Request, parties: dict[str, list[Party]]) -> Presentation | None:
    """Return why nothing may be shown, or None if it may."""
    asked = ";".join(request.headers.all("privacy")).lower()
    if asked and not _HIDE.isdisjoint(one.strip() for one in asked.split(";")):
        return Presentation.WITHHELD
    told = [party.hidden for found in parties.values() for party in found]
    for reason in (Presentation.WITHHELD, Presentation.UNAVAILABLE):
        if reason in told:
            return reason
    return None
