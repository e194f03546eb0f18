"""Why a call ended, in words, out of what telephone systems say."""

import re

from care_console.base.names import clean
from care_console.base.words import N_, _
from care_console.lines.line import NOBODY_HERE

Q850 = {  # ITU-T Q.850, table 1
    1: N_("The number does not exist"),
    16: N_("Hung up"),
    17: N_("The telephone was busy"),
    18: N_("No telephone took it"),
    19: N_("Nobody picked up"),
    20: N_("The telephone could not be reached"),
    21: N_("It was turned away"),
    26: N_("A colleague answered"),
    27: N_("The telephone could not be reached"),
    28: N_("The number is not whole"),
    31: N_("Hung up"),
    34: N_("All lines were taken"),
    38: N_("The network failed"),
    42: N_("The network was too busy"),
    102: N_("Nobody picked up in time"),
    127: N_("Hung up"),  # what Asterisk sends when the caller gives up
}
SIP = {  # RFC 3261, section 21
    200: N_("A colleague answered"),
    404: N_("The number does not exist"),
    408: N_("Nobody picked up in time"),
    480: N_("Nobody picked up"),
    486: N_("The telephone was busy"),
    487: N_("The caller hung up"),
    503: N_("The telephone system was too busy"),
    600: N_("The telephone was busy"),
    603: N_("It was turned away"),
}
SAID = {
    NOBODY_HERE: N_("Nobody was at this desk; a colleague may have answered"),
    "no news": N_("The line told nothing more"),
    "unknown": N_("The line told nothing more"),
    "unheard": N_("The line told nothing more"),
    "too many calls": N_("Too many calls at once"),
    "call completed elsewhere": N_("A colleague answered"),
    "answered elsewhere": N_("A colleague answered"),
    "normal clearing": N_("Hung up"),
    "user busy": N_("The telephone was busy"),
    "no user responding": N_("No telephone took it"),
    "no answer": N_("Nobody picked up"),
    "call rejected": N_("It was turned away"),
    "interworking": N_("Hung up"),
    "interworking, unspecified": N_("Hung up"),
}
_CODE = re.compile(r"(?:(?P<kind>SIP|Q\.850)\D*)?(?P<code>\d{1,3})", re.I)


def cause_words(cause: str) -> str:
    """Return why a call ended, or what the line said where nobody knows what that means.

    Codes are of Q.850, or of SIP where they say so (RFC 3326) or are too high for the former.
    """
    said = clean(cause, 80)
    if (words := SAID.get(said.casefold())) is not None:
        return _(words)
    if (found := _CODE.fullmatch(said)) is None:
        return said
    code = int(found["code"])
    sip = (found["kind"] or "").upper() == "SIP" or code > 127
    words = (SIP if sip else Q850).get(code)
    return said if words is None else _(words)
