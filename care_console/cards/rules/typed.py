"""A new card from a few fields that are typed while somebody speaks."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from care_console.base.names import clean
from care_console.cards.rules.new import (
    Group,
    Kind,
    NewCard,
    NewEmail,
    NewMembership,
    NewPhone,
)

_BEFORE = frozenset(  # a name
    {"mr", "mrs", "ms", "mx", "miss", "dr", "prof", "professor", "sir", "dame", "rev"}
    | {"herr", "frau", "mme", "mlle"}
)
_WITHIN = frozenset(  # with which a family name begins
    {"van", "von", "vom", "zu", "zum", "zur", "der", "den", "ten", "de", "del", "della", "di"}
    | {"da", "do", "dos", "du", "la", "le"}
)
_FORMS = frozenset(
    {"ltd", "limited", "plc", "llp", "llc", "inc", "gmbh", "mbh", "ag", "kg", "ug", "sarl"}
    | {"sas", "sa", "bv", "nv", "srl", "spa"}
)


def new_card(
    *,
    name: str = "",
    phone: str = "",
    email: str = "",
    company: str = "",
    groups: Iterable[str] = (),
    today: date | None = None,
) -> NewCard:
    """Return the card; a name that is a company's, or a company alone, makes an organisation.

    Each of ``groups`` begins ``today``.
    """
    whole, firm, wanted = clean(name), clean(company), set(groups)
    organisation = is_organisation(whole) or (bool(firm) and not whole)
    parts: dict[str, Any] = {"family": whole or firm} if organisation else name_parts(whole)
    return NewCard(
        kind=Kind.ORGANISATION if organisation else Kind.PERSON,
        company="" if organisation and not whole else firm,
        phones=(NewPhone(raw=phone.strip()),) if phone.strip() else (),
        emails=(NewEmail(address=email.strip()),) if email.strip() else (),
        memberships=tuple(
            NewMembership(group=group, since=today) for group in Group if group in wanted
        ),
        **parts,
    )


def name_parts(whole: str) -> dict[str, str]:
    """Split a person's name: ``Dr Maria van den Berg`` or ``Okafor, Maria``; no word is lost.

    The keys are those of NewCard. One word alone is the given name.
    """
    before, comma, after = whole.partition(",")
    words = before.split()
    if comma and after.strip():
        prefix, given = _without_prefix(after.replace(",", " ").split())
        return _said(prefix=prefix, given=given, family=words)
    prefix, words = _without_prefix(words)
    last = max(len(words) - 1, 1)
    start = next((at for at in range(1, last) if words[at] in _WITHIN), last)
    return _said(prefix=prefix, given=words[:start], family=words[start:])


def is_organisation(name: str) -> bool:
    """Return whether ``name`` is a company's: ``Okafor & Sons``, ``Poe GmbH``."""
    words = [word.strip(".,()").replace(".", "").casefold() for word in name.split()]
    return len(words) > 1 and (words[-1] in _FORMS or "&" in words)


def _without_prefix(words: list[str]) -> tuple[list[str], list[str]]:
    end = 0
    while end < len(words) - 1 and words[end].strip(".").casefold() in _BEFORE:
        end += 1
    return words[:end], words[end:]


def _said(**parts: list[str]) -> dict[str, str]:
    return {part: " ".join(words) for part, words in parts.items() if words}
