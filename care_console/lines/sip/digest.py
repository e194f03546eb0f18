"""The answer to a challenge, by which a telephone proves that it knows its password."""

import hashlib
import re
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from care_console.lines.sip.pieces import quoted

_PIECE = re.compile(r'(?:"(?:[^"\\]|\\.)*+"?|[^,"]++)++', re.DOTALL)
_NAMED = re.compile(r"(?:([\w\-]+)[ \t]+)?([\w\-]+)[ \t]*=[ \t]*(.*)", re.DOTALL)
_BREAKS = re.compile(r"[\r\n\0]")
_HASHES = {"sha-256": "sha256", "md5": "md5"}  # best first (RFC 8760, 2.4)
_QOPS = ("auth", "auth-int")
MOST_NONCES = 100


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who the line is at its registrar; ``repr`` hides both."""

    username: str = field(repr=False)
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a registrar or proxy asks with (RFC 7616, 3.3); quoted values as between the quotes."""

    realm: str
    nonce: str = field(repr=False)
    algorithm: str = ""  # as sent; "" stands for MD5
    qops: tuple[str, ...] = ()  # in lower case; none is the form of RFC 2069
    opaque: str | None = field(default=None, repr=False)
    stale: bool = False  # the password was right, and only the nonce too old


class NonceCounts:
    """How often each nonce was used (RFC 7616, 3.4: nc)."""

    def __init__(self) -> None:
        self._counts: OrderedDict[str, int] = OrderedDict()

    def next(self, nonce: str) -> int:
        """Count one more use of ``nonce``, and return how many there are now."""
        count = self._counts.pop(nonce, 0) + 1
        self._counts[nonce] = count
        if len(self._counts) > MOST_NONCES:
            self._counts.popitem(last=False)
        return count


def read_challenges(values: Sequence[str]) -> list[Challenge]:
    """Return the digest challenges in the values of WWW- or Proxy-Authenticate (RFC 3261, 22).

    Several may stand in one value. Other schemes are left out, and what has no realm or nonce.
    """
    found = []
    for told in _schemes(values):
        if told.get("") == "digest" and "realm" in told and told.get("nonce"):
            found.append(_challenge(told))
    return found


def authorization(
    challenges: Sequence[str],
    *,
    method: str,
    uri: str,
    credentials: Credentials,
    nonces: NonceCounts,
    cnonce: str,
    body: bytes = b"",
) -> tuple[str, Challenge] | None:
    """Return the value of (Proxy-)Authorization, and the challenge that it answers.

    ``challenges`` are the values of WWW- or Proxy-Authenticate. The best known algorithm is
    taken (RFC 8760, 2.4); one that is unknown is no challenge. None if none can be answered.
    """
    able = [one for one in read_challenges(challenges) if _known(one)]
    if not able:
        return None
    ranks = list(_HASHES)
    best = min(able, key=lambda one: ranks.index(_plain(one)))
    asked = {"method": method, "uri": uri, "cnonce": cnonce}
    return answer_to(best, **asked, credentials=credentials, nonces=nonces, body=body), best


def answer_to(
    challenge: Challenge,
    *,
    method: str,
    uri: str,
    credentials: Credentials,
    nonces: NonceCounts,
    cnonce: str,
    body: bytes = b"",
) -> str:
    """Return the answer to one challenge, which may have been answered before (RFC 7616, 3.4).

    Never to be logged. ``cnonce`` is random, of hexadecimal digits. Raises ValueError where CR,
    LF or NUL would get into the header.
    """
    qop = next((qop for qop in _QOPS if qop in challenge.qops), "")
    count = f"{nonces.next(challenge.nonce):08x}"
    asked = f"{method}:{uri}"
    if qop == "auth-int":
        asked += f":{_hash(challenge, body)}"
    secret = _secret(challenge, credentials, cnonce)
    middle = [challenge.nonce, *([count, cnonce, qop] if qop else [])]
    response = _hash(challenge, ":".join([secret, *middle, _hash(challenge, asked)]))
    told = [f"username={quoted(credentials.username)}", f'uri="{uri}"', f'response="{response}"']
    if qop or _in_session(challenge):
        told.append(f'cnonce="{cnonce}"')
    if qop:
        told += [f"qop={qop}", f"nc={count}"]
    return _checked(f"Digest {', '.join([*told, *_echoed(challenge)])}")


def _echoed(challenge: Challenge) -> Iterator[str]:
    yield f'realm="{challenge.realm}"'
    yield f'nonce="{challenge.nonce}"'
    if challenge.algorithm:
        yield f"algorithm={challenge.algorithm}"
    if challenge.opaque is not None:
        yield f'opaque="{challenge.opaque}"'


def _checked(value: str) -> str:
    if _BREAKS.search(value):
        raise ValueError("No value of a header may hold CR, LF or NUL.")
    return value


def _schemes(values: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield the parameters of each challenge; its scheme is under ""."""
    for value in values:
        told: dict[str, str] = {}
        for piece in _PIECE.findall(value):
            named = _NAMED.fullmatch(piece.strip())
            if named is None:
                continue
            scheme, name, text = named.groups()
            if scheme:
                yield told
                told = {"": scheme.lower()}
            told.setdefault(name.lower(), _between_quotes(text))
        yield told


def _between_quotes(text: str) -> str:
    """Return what is between the quotes, with the escapes in it (RFC 7616, 3.4: unq)."""
    if not text.startswith('"'):
        return text
    return text[1:-1] if len(text) > 1 and text.endswith('"') else text[1:]


def _challenge(told: dict[str, str]) -> Challenge:
    qops = tuple(qop.strip().lower() for qop in told.get("qop", "").split(",") if qop.strip())
    stale = told.get("stale", "").lower() == "true"
    algorithm = told.get("algorithm", "")
    return Challenge(told["realm"], told["nonce"], algorithm, qops, told.get("opaque"), stale)


def _known(challenge: Challenge) -> bool:
    answerable = not challenge.qops or not set(_QOPS).isdisjoint(challenge.qops)
    return _plain(challenge) in _HASHES and answerable


def _plain(challenge: Challenge) -> str:
    return (challenge.algorithm or "md5").lower().removesuffix("-sess")


def _in_session(challenge: Challenge) -> bool:
    return challenge.algorithm.lower().endswith("-sess")


def _secret(challenge: Challenge, credentials: Credentials, cnonce: str) -> str:
    secret = _hash(challenge, f"{credentials.username}:{challenge.realm}:{credentials.password}")
    if _in_session(challenge):
        secret = _hash(challenge, f"{secret}:{challenge.nonce}:{cnonce}")
    return secret


def _hash(challenge: Challenge, data: str | bytes) -> str:
    told = data if isinstance(data, bytes) else data.encode("utf-8", "replace")
    return hashlib.new(_HASHES[_plain(challenge)], told, usedforsecurity=False).hexdigest()
