"""What one may say that a column of a table holds, and what was guessed in the same words."""

from collections.abc import Mapping, Sequence
from hashlib import blake2b

from care_console.base.words import N_
from care_console.exchange.rules.headers import Column, column
from care_console.exchange.rules.reading import NOTHING
from care_console.exchange.rules.vocabulary import plain

CHOICES = {  # in the order in which they are offered, with what they are called
    NOTHING: N_("Leave out"),
    "full": N_("Name, in one piece"),
    "given": N_("Given name"),
    "family": N_("Family name"),
    "company": N_("Company"),
    "phone": N_("Telephone"),
    "phone mobile": N_("Mobile"),
    "phone work": N_("Telephone at work"),
    "phone home": N_("Telephone at home"),
    "phone fax": N_("Fax"),
    "email": N_("E-mail"),
    "street": N_("Street"),
    "postcode": N_("Postcode"),
    "town": N_("Town"),
    "postcode and town": N_("Postcode and town"),
    "region": N_("Region"),
    "country": N_("Country"),
    "group": N_("Group"),
    "account": N_("Account number"),
    "title": N_("What they do"),
    "department": N_("Department"),
    "prefix": N_("Title before the name"),
    "prefix or title": N_("Title, of the name or the work"),
    "additional": N_("Further names"),
    "suffix": N_("After the name"),
    "preferred": N_("Likes to be called"),
    "say_it": N_("How to say it"),
    "form_of_address": N_("Form of address"),
    "pronoun": N_("Pronoun"),
    "language": N_("Language"),
    "preferred_channel": N_("Preferred channel"),
    "preferred_hours": N_("Preferred hours"),
    "accessibility": N_("Accessibility"),
    "do": N_("Do"),
    "dont": N_("Never do"),
    "may_be_told": N_("Who else may be told"),
    "note": N_("Note"),
    "kind": N_("Person or organisation"),
    "uid": N_("Number in the other program"),
}
AS_GUESSED = "as guessed"  # of which no choice is the same: "Phone 1 - Label"
LABELLED = ("mobile", "work", "home", "fax")


def columns_of(titles: Sequence[str], chosen: Mapping[int, str]) -> list[Column | None]:
    """Return what each column holds: as it was chosen, else as its title says."""
    return [
        column(title) if chosen.get(at, AS_GUESSED) not in CHOICES else _column(chosen[at], at)
        for at, title in enumerate(titles)
    ]


def guesses(titles: Sequence[str]) -> list[str]:
    """Return for each title the choice that means what was guessed, or AS_GUESSED."""
    return [_choice(column(title)) for title in titles]


def titles_key(titles: Sequence[str]) -> str:
    """Return by what the same titles are known again."""
    said = "\n".join(plain(title) for title in titles)
    return blake2b(said.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _column(choice: str, at: int) -> Column | None:
    field, _blank, label = choice.partition(" ")
    if label in LABELLED:
        return Column(field, f"chosen {at}", label)
    if choice in ("phone", "email"):
        return Column(choice, f"chosen {at}")
    return Column(choice) if choice else None


def _choice(found: Column | None) -> str:
    if found is None or found.field == "nothing":
        return NOTHING
    labelled = f"{found.field} {found.label}"
    if labelled in CHOICES:
        return labelled
    plain_one = not found.slot and not found.label and found.group is None
    return found.field if plain_one and found.field in CHOICES else AS_GUESSED
