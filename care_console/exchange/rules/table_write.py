"""Cards as a table of comma-separated values (RFC 4180) that no spreadsheet reckons with."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from care_console.exchange.rules.person import Person, membership_words
from care_console.exchange.rules.table_cells import as_lists, safe

SINGLE = {  # in the words by which an import knows them again
    "prefix": "Name prefix",
    "given": "Given name",
    "additional": "Additional name",
    "family": "Family name",
    "suffix": "Name suffix",
    "preferred": "Preferred name",
    "say_it": "How to say it",
    "title": "Job title",
    "company": "Company",
    "form_of_address": "Form of address",
    "pronoun": "Pronoun",
    "language": "Language",
    "preferred_channel": "Preferred channel",
    "preferred_hours": "Preferred hours",
    "accessibility": "Accessibility",
    "do": "Do",
    "dont": "Don't",
    "may_be_told": "Who else may be told",
    "note": "Note",
}
PARTS = {
    "street": "Street",
    "town": "City",
    "region": "Region",
    "postcode": "Postal code",
    "country": "Country",
    "label": "Label",
}
EXACT = ("Memberships (CARE Console)", "Alerts (CARE Console)")


@dataclass(frozen=True, slots=True)
class Width:
    """How many numbers and addresses any of the cards has."""

    phones: int = 1
    emails: int = 1
    addresses: int = 1


def titles(width: Width) -> list[str]:
    """Return what stands above the columns."""
    phones = [f"Phone {n} - {what}" for n in _up_to(width.phones) for what in ("Label", "Value")]
    shared = [f"Shared phone {n} (CARE Console)" for n in _up_to(width.phones)]
    emails = [f"E-mail {n} - {what}" for n in _up_to(width.emails) for what in ("Label", "Value")]
    addresses = [
        f"Address {n} - {what}" for n in _up_to(width.addresses) for what in PARTS.values()
    ]
    plain = ["Kind", *SINGLE.values(), "Groups", "Account number"]
    return [*plain, *phones, *shared, *emails, *addresses, *EXACT, "UID"]


def as_row(person: Person, width: Width) -> list[str]:
    """Return the cells of a card, each harmless to a spreadsheet."""
    card = person.card
    cells = [card.kind.value, *(getattr(card, name) for name in SINGLE)]
    cells.append(", ".join(dict.fromkeys(each.group.value for each in card.memberships)))
    cells.append(
        next((each.account_number for each in card.memberships if each.account_number), "")
    )
    phones = [(each.label, each.raw) for each in card.phones]
    cells += _filled(phones, width.phones, 2)
    cells += _filled([("yes" if each.shared else "",) for each in card.phones], width.phones, 1)
    cells += _filled([(each.label, each.address) for each in card.emails], width.emails, 2)
    places = [[getattr(each, part) for part in PARTS] for each in card.addresses]
    cells += _filled(places, width.addresses, len(PARTS))
    cells.append(as_lists(map(membership_words, card.memberships)))
    cells.append(
        as_lists(
            (
                each.words,
                *("" if day is None else day.isoformat() for day in (each.since, each.until)),
            )
            for each in card.alerts
        )
    )
    return [safe(each) for each in (*cells, card.uid)]


def line(cells: Sequence[str]) -> str:
    """Return one row with its line end."""
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue()


def _up_to(count: int) -> range:
    return range(1, count + 1)


def _filled(rows: Sequence[Sequence[str]], count: int, cells: int) -> list[str]:
    there = [cell for row in rows[:count] for cell in row]
    return there + [""] * (count * cells - len(there))
