"""From what a line, a card or a link holds to the digits that somebody would dial."""

import re
import unicodedata

LONGEST = 250  # what is longer is no number

_HIDDEN = frozenset(
    {"anonym", "anonyme", "anonymous", "asserted", "blocked", "hidden", "inconnu", "masqué"}
    | {"none", "null", "o", "p", "privat", "private", "privé", "restricted", "unavailable"}
    | {"unbekannt", "undefined", "unknown", "unterdrückt", "withheld"}
)
_ABOUT_A_CALLER = frozenset({"call", "caller", "cli", "id", "nummer", "number", "numéro"})
_SENTENCES = frozenset({"n a", "no caller id", "no number", "not available", "out of area"})
_PLACEHOLDER = re.compile(
    r"%[a-z_]+%?|\$\{?[a-z_()]+\}?|\{+ ?[a-z_.]+ ?\}+|\[[a-z _]+\]|<[a-z _]+>"
)
_SCHEME = re.compile(r"(tel|callto|sips?):(?://)?", re.I)
_ESCAPE = re.compile(r"%([0-9a-f]{2})", re.I)
_BETWEEN_ANGLES = re.compile(r"<([^<>]*)>")
_DIALLED = re.compile(r"[+\d*#().\-/ ]*\d[+\d*#().\-/ ]*")
_HIDING = re.compile(r"\A(?:\*(?:67|82)|[*#](?:30|31|43|65|67|82)[*#])\s*")
_LETTER_BEFORE = r"(?<![^\W\d_])"
_EXTENSION = re.compile(
    rf"(?:[(,;\s]*(?:{_LETTER_BEFORE}(?:ext(?:n|ension)?|xtn|x|int(?:erno)?|anexo|доб|poste|app"
    r"|durchwahl|dw|nebenstelle|nst|apparat|klappe|toestel|tst|wewn)|\#)[\s.:=\-]*"
    r"|(?<=\d)(?:[,;]+\s*|[pw]+))"  # what a mobile dials after a pause
    r"(\d{1,7})[\s)\#]*$",
    re.I,
)


def is_withheld(raw: str) -> bool:
    """Tell whether a line says with ``raw`` that it has no number, in words, by "" or by zeros.

    So do an address at ``anonymous.invalid`` (RFC 3323, 4.1.1.3), the P and O of modems, and a
    placeholder that the telephone left as it was, such as ``%CallerNumber%``.
    """
    if raw[1:].isdigit() and raw[1:].strip("0"):
        return False  # as most lines send it
    text = raw.strip().lower()
    if len(text) > LONGEST:
        return False
    user, at, host = text.partition("@")
    if ":" in user or at:
        user = re.split("[:<]", user)[-1]
    if _PLACEHOLDER.fullmatch(user) or host.rstrip(">").endswith("anonymous.invalid"):
        return True
    words = re.findall(r"[^\W_]+", user)
    if not "".join(words).strip("0") or " ".join(words) in _SENTENCES:
        return True
    said = [word for word in words if word not in _ABOUT_A_CALLER]
    return len(said) == 1 and said[0] in _HIDDEN


class _Plain(dict[int, str]):
    """Characters as they are dialled: any script's digits are 0-9, and any blank is a blank."""

    def __missing__(self, code: int) -> str:
        char = chr(code - 0xFEE0 if 0xFF01 <= code <= 0xFF5E else code)  # wide forms of ASCII
        kind = unicodedata.category(char)
        if kind == "Nd":
            char = str(unicodedata.decimal(char))
        elif kind == "Pd" or char == "\N{MINUS SIGN}":
            char = "-"
        elif kind in ("Cc", "Zs", "Zl", "Zp"):
            char = " "
        elif kind in ("Cf", "Cs", "Co", "Cn"):
            char = ""
        self[code] = char
        return char


_PLAIN = _Plain()


def plain(raw: str) -> str:
    """Return ``raw`` with ASCII digits, hyphens and blanks, and nothing that cannot be seen."""
    return (raw if raw.isascii() and raw.isprintable() else raw.translate(_PLAIN)).strip()


def unwrapped(text: str) -> tuple[str, str]:
    """Return the number that a URI holds (RFC 3966; RFC 3261, 19.1), or the address that it is.

    One of the two is "". Other text is returned as it is.
    """
    if "<" in text and (inner := _BETWEEN_ANGLES.search(text)):
        text = inner[1].strip()
    scheme = _SCHEME.match(text) if ":" in text else None
    if scheme is not None:
        text = text[scheme.end() :]
        if scheme[1][0] in "tT":
            return _with_parameters(text.partition("?")[0]), ""
    if scheme is None and "@" not in text:
        return _unescaped(text), ""
    return _user_or_address(text, "callto" if scheme and scheme[1][0] in "cC" else "sip")


def without_hiding(text: str) -> str:
    """Return ``text`` without the codes by which a caller hides or shows a number, as ``#31#``."""
    return _HIDING.sub("", text)


def split_extension(text: str) -> tuple[str, str]:
    """Return a number and, or "", the digits of the extension that is written after it."""
    if text.lstrip("+").isdigit() or not (said := _EXTENSION.search(text)):
        return text, ""
    return text[: said.start()].strip(), said[1]


def _user_or_address(text: str, scheme: str) -> tuple[str, str]:
    user, at, host = text.partition("@")
    if not at:
        user = re.split("[?]", user)[0]
    number = _with_parameters(user)
    if _DIALLED.fullmatch(number.partition(";")[0]):
        return number, ""
    name = _unescaped(user.partition(";")[0]).lower()
    return "", f"{scheme}:{name}{at}{re.split('[;?>]', host.lower())[0]}"


def _with_parameters(text: str) -> str:
    """Put the country of a local number before it, and keep of the rest its extension alone."""
    number, *parameters = (_unescaped(part) for part in text.split(";"))
    told = {name.lower(): value for name, _, value in (one.partition("=") for one in parameters)}
    context = told.get("phone-context", "")
    if context.startswith("+") and not number.startswith("+"):
        number = context + number
    extension = told.get("ext", "")
    return f"{number};ext={extension}" if extension else number


def _unescaped(text: str) -> str:
    if "%" not in text:
        return text
    return plain(_ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text))
