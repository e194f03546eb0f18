"""The pieces of a header's value, of which what is quoted or in angle brackets stays whole."""

import re
from collections.abc import Iterator

_WHOLE = r'"(?:[^"\\]|\\.)*+(?P<open>\\?\Z)?"?'  # 25.1 quoted-string; or one that is never closed
_PIECES = {mark: re.compile(rf'{_WHOLE}|<[^>]*>?|[^{mark}"<]+|{mark}', re.DOTALL) for mark in ",;"}
_UNQUOTED_PIECES = {mark: re.compile(rf"<[^>]*>?|[^{mark}<]+|{mark}") for mark in ",;"}
_PAIR = re.compile(r"\\(.)", re.DOTALL)


def split(text: str, mark: str) -> list[str]:
    """Return the stripped pieces of ``text`` between the marks, ``,`` or ``;``; none is empty.

    A mark in quotes or in ``<>`` divides nothing (RFC 3261, 7.3.1 and 25.1). A quote that is
    never closed is a letter as any other. Takes a time that grows with the length alone.
    """
    if mark not in text:
        text = text.strip()
        return [text] if text else []
    found, begin = [], 0
    for place in _marks(text, mark):
        found.append(text[begin:place].strip())
        begin = place + 1
    found.append(text[begin:].strip())
    return [one for one in found if one]


def _marks(text: str, mark: str) -> Iterator[int]:
    begin = 0
    for piece in _PIECES[mark].finditer(text):
        if piece["open"] is not None:
            begin = piece.start()
            break
        if piece[0] == mark:
            yield piece.start()
    else:
        return
    for piece in _UNQUOTED_PIECES[mark].finditer(text, begin):
        if piece[0] == mark:
            yield piece.start()


def parameters(text: str) -> dict[str, str]:
    """Return the parameters in ``;a=b;c="d"``: names in lower case, values without quotes.

    Of one that is repeated the first counts (RFC 3261, 7.3.1: it must not be).
    """
    found: dict[str, str] = {}
    for piece in split(text, ";"):
        name, _, value = piece.partition("=")
        found.setdefault(name.rstrip().lower(), unquoted(value.lstrip()))
    return found


def unquoted(text: str) -> str:
    """Return ``text`` without its quotes and the backslashes in them (RFC 3261, 25.1)."""
    if not text.startswith('"'):
        return text
    inner = text[1:-1] if len(text) > 1 and text.endswith('"') else text[1:]
    return _PAIR.sub(r"\1", inner) if "\\" in inner else inner


def quoted(text: str) -> str:
    """Return ``text`` as a quoted-string (RFC 3261, 25.1)."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
