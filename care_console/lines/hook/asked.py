"""What a request to the web hook says: nothing in it is trusted."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from care_console.base.words import N_
from care_console.lines.handed import NOT_UNDERSTOOD, Handed, NotTaken, read

PATH = "/call"
MOST_FIELDS = 40
KNOWN = ("event", "number", "name", "line", "call_id", "withheld")
TRUE = frozenset({"1", "true", "yes", "on"})
FORM, JSON = "application/x-www-form-urlencoded", "application/json"

NO_SUCH_PLACE = N_("There is nothing here: calls are told to /call.")
NO_SUCH_WAY = N_("Calls are told by GET or POST.")
WRONG_TOKEN = N_("The token is missing or is another one.")


class Refused(Exception):
    """A request is not taken: the status of the answer (RFC 9110, section 15) and why."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, as it came; names of headers are in small letters."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""


def call_of(asked: Asked, token: str) -> Handed:
    """Return what a request tells of a call. Raises Refused, NotTaken.

    The token is looked at before anything else that may tell a stranger something.
    """
    target = _target(asked.target)
    path, fields = target or ("", {})
    if not _knows(asked, str(fields.pop("token", "")), token):
        raise Refused(401, WRONG_TOKEN)
    if target is None:
        raise NotTaken(NOT_UNDERSTOOD)
    if path.rstrip("/") != PATH:
        raise Refused(404, NO_SUCH_PLACE)
    if asked.method not in ("GET", "POST"):
        raise Refused(405, NO_SUCH_WAY)
    if asked.method == "POST":
        fields |= _body(asked)
    message: dict[str, object] = {key: fields[key] for key in KNOWN if key in fields}
    if isinstance(message.get("withheld"), str):
        message["withheld"] = str(message["withheld"]).casefold() in TRUE
    return read(message)


def _target(target: str) -> tuple[str, dict[str, object]] | None:
    """Return the path of a target and the fields of its query, or None if it makes no sense."""
    try:
        place = urlsplit(target)
        return place.path, {**_fields(place.query)}
    except (ValueError, NotTaken):
        return None


def _knows(asked: Asked, told: str, token: str) -> bool:
    kind, _blank, borne = asked.headers.get("authorization", "").partition(" ")
    if kind.casefold() == "bearer":  # RFC 6750, section 2.1
        told = borne.strip()
    return hmac.compare_digest(told.encode("utf-8", "replace"), token.encode())


def _body(asked: Asked) -> dict[str, object]:
    kind = asked.headers.get("content-type", JSON).partition(";")[0].strip().casefold()
    try:
        if kind == FORM:
            return dict(_fields(asked.body.decode()))
        told = json.loads(asked.body or b"{}")
    except (ValueError, RecursionError):
        raise NotTaken(NOT_UNDERSTOOD) from None
    if not isinstance(told, dict):
        raise NotTaken(NOT_UNDERSTOOD)
    return told


def _fields(query: str) -> dict[str, str]:
    try:
        return dict(parse_qsl(query, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        raise NotTaken(NOT_UNDERSTOOD) from None
