"""What a telephone is doing, as its PBX tells those who watch it."""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from care_console.lines.line import Presentation
from care_console.lines.sip.display import name_of
from care_console.lines.sip.message import Malformed
from care_console.lines.sip.number import party_of
from care_console.lines.sip.uri import Address

MOST = 64 * 1024  # bytes
DEEPEST = 32  # elements inside one another
CONTENT_TYPE = "application/dialog-info+xml"

_COUNT = re.compile(r"\s*([0-9]{1,10})\s*")


@dataclass(frozen=True, slots=True)
class Party:
    """Who is at one end of a dialog, read as ``caller_of`` reads an INVITE."""

    number: str | None = field(default=None, repr=False)
    name: str = field(default="", repr=False)
    presentation: Presentation = Presentation.UNAVAILABLE


@dataclass(frozen=True, slots=True)
class Dialog:
    """One call of the telephone (RFC 4235, 4.1); texts that were not told are ""."""

    id: str
    call_id: str
    local_tag: str
    remote_tag: str
    direction: str  # initiator, recipient
    state: str  # trying, proceeding, early, confirmed, terminated
    event: str  # why it is in that state: cancelled, rejected, replaced, local-bye and so on
    code: int | None
    remote: Party
    local: Party


@dataclass(frozen=True, slots=True)
class DialogInfo:
    """What one NOTIFY says (RFC 4235, 4.1): all dialogs if ``full``, else those that changed."""

    version: int
    full: bool
    entity: str
    dialogs: tuple[Dialog, ...]


def read_dialog_info(body: bytes) -> DialogInfo:
    """Return what the body of a NOTIFY of the package ``dialog`` says (RFC 4235, 4).

    Raises Malformed, and nothing else, for what is no such document, is longer than 64 kB, or
    declares a type or entities of its own.
    """
    if len(body) > MOST:
        raise Malformed("The document is too long.")
    reader = _Reader()
    try:
        reader.read(_in_utf8(body))
    except expat.ExpatError as trouble:
        raise Malformed("The document is no XML.") from trouble
    if reader.version is None:
        raise Malformed("The document tells of no dialogs.")
    return DialogInfo(reader.version, reader.full, reader.entity, tuple(reader.dialogs))


def _in_utf8(body: bytes) -> bytes:
    try:
        return body.decode().encode()
    except UnicodeDecodeError:
        return body.decode("latin-1").encode()


class _Reader:
    """Follows the elements; a name counts, in whatever namespace it is."""

    def __init__(self) -> None:
        self.version: int | None = None
        self.full = True
        self.entity = ""
        self.dialogs: list[Dialog] = []
        self._path: list[str] = []
        self._told: dict[str, str] = {}
        self._text: list[str] = []

    def read(self, document: bytes) -> None:
        """Raises ExpatError and Malformed."""
        parser = expat.ParserCreate("utf-8", " ")  # whatever the document says of itself
        parser.StartDoctypeDeclHandler = _refuse
        parser.EntityDeclHandler = _refuse
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append
        parser.Parse(document, True)

    def _begin(self, name: str, told: dict[str, str]) -> None:
        name = name.rpartition(" ")[2]
        self._path.append(name)
        self._text.clear()
        if len(self._path) > DEEPEST:
            raise Malformed("The document is too deep.")
        if len(self._path) == 1:
            self._begin_document(name, told)
        elif len(self._path) == 2:
            self._told = {}
        place = ".".join(self._path[2:])
        for key, value in told.items():
            self._told.setdefault(f"{place}@{key}", value)

    def _begin_document(self, name: str, told: dict[str, str]) -> None:
        version = _COUNT.fullmatch(told.get("version", ""))
        if name != "dialog-info" or version is None:
            raise Malformed("The document tells of no dialogs.")
        self.version = int(version[1])
        self.full = told.get("state", "").strip().lower() != "partial"
        self.entity = told.get("entity", "")

    def _end(self, name: str) -> None:
        place = ".".join(self._path[2:])
        self._told.setdefault(place, "".join(self._text).strip())
        self._text.clear()
        if len(self._path) == 2 and self._path[1] == "dialog":
            self.dialogs.append(_dialog(self._told))
        self._path.pop()


def _refuse(*_: object) -> None:
    raise Malformed("The document declares what it must not.")


def _dialog(told: dict[str, str]) -> Dialog:
    code = _COUNT.fullmatch(told.get("state@code", ""))
    return Dialog(
        id=told.get("@id", ""),
        call_id=told.get("@call-id", ""),
        local_tag=told.get("@local-tag", ""),
        remote_tag=told.get("@remote-tag", ""),
        direction=told.get("@direction", "").strip().lower(),
        state=told.get("state", "").lower(),
        event=told.get("state@event", "").strip().lower(),
        code=int(code[1]) if code else None,
        remote=_party(told, "remote"),
        local=_party(told, "local"),
    )


def _party(told: dict[str, str], end: str) -> Party:
    """Return who is at one end; where no identity is told, its target is the next best."""
    uri = told.get(f"{end}.identity") or told.get(f"{end}.target@uri", "")
    found = party_of(Address(told.get(f"{end}.identity@display", ""), uri))
    if found.hidden is not None:
        return Party(presentation=found.hidden)
    presentation = Presentation.ALLOWED if found.number else Presentation.UNAVAILABLE
    return Party(found.number, name_of(found.display, found.number), presentation)
