"""Whether a number reaches those who save lives: nobody is to dial it by a slip."""

import re
from collections.abc import Iterator

from care_console.base.phone import Plan

EVERYWHERE = ("112", "911", "999", "000")  # telephones know them beside the country's own
LONGEST = 6  # digits of such a number


def is_emergency(number: str, plan: Plan) -> bool:
    """Return whether ``number``, dialled as it stands or after a prefix, is an emergency's.

    Takes E.164 as well: behind a country's code a short number is left that a telephone system
    may dial.
    """
    digits = re.sub(r"\D", "", number)
    heads = {digits, *(digits.removeprefix(each) for each in plan.trunk_prefixes if each)}
    found = {(head, plan.country.upper()) for head in heads}
    if number.strip().startswith("+"):
        found |= set(_behind_codes(digits))
    return any(_reaches(head, country) for head, country in found if 0 < len(head) <= LONGEST)


def _behind_codes(digits: str) -> Iterator[tuple[str, str]]:
    """Yield what is left behind each country's code that the number may begin with."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    for code, countries in COUNTRY_CODE_TO_REGION_CODE.items():
        if digits.startswith(str(code)):
            head = digits.removeprefix(str(code))
            yield from ((head, country) for country in countries)


def _reaches(head: str, country: str) -> bool:
    from phonenumbers.shortnumberinfo import connects_to_emergency_number

    return head in EVERYWHERE or connects_to_emergency_number(head, country)
