"""A card of a file that could not be taken, as a few words that one can put right."""

from collections.abc import Sequence

from care_console.base.words import N_
from care_console.exchange.rules.draft import Draft
from care_console.exchange.rules.vcard import TOO_LONG
from care_console.exchange.rules.vcard_line import Raw, cut, text

MENDED = (N_("Name"), N_("Company"), N_("Telephone"), N_("E-mail"))
PROPERTIES = ("FN", "ORG", "TEL", "EMAIL")
LONGEST = 500


def words_of(sheet: list[str], raw: Raw) -> tuple[str, ...]:
    """Return what a card says under MENDED, the first of each."""
    found = dict.fromkeys(PROPERTIES, "")
    if sheet != [TOO_LONG]:
        for head, value in map(cut, sheet):
            if head.name in found and not found[head.name]:
                found[head.name] = text(head, value, raw)[:LONGEST].strip("; ")
    return tuple(found.values())


def mend(draft: Draft, cells: Sequence[str]) -> None:
    """Put into ``draft`` what stands under MENDED now. Raises NotTaken."""
    name, company, phone, email = [*cells, "", "", "", ""][: len(MENDED)]
    draft.said |= {"full": name, "company": company}
    draft.phone(phone, "")
    draft.email(email, "")
