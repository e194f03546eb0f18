"""What one may say that a column of a table holds, and what was guessed in the same words."""

from collections.abc import Mapping, Sequence
from hashlib import blake2b

from care_console.base.words import N_
from care_console.cards.rules.words import FIELD_WORDS
from care_console.exchange.rules.headers import Column, column
from care_console.exchange.rules.reading import NOTHING
from care_console.exchange.rules.vocabulary import plain


def _fields(*names: str) -> dict[str, str]:
    return {name: FIELD_WORDS[name] for name in names}


CHOICES = {  # in the order in which they are offered, with what they are called
    NOTHING: N_("Leave out"),
    "full": N_("Name, in one piece"),
    **_fields("given", "family", "company", "phone"),
    "phone mobile": N_("Mobile"),
    "phone work": N_("Telephone at work"),
    "phone home": N_("Telephone at home"),
    "phone fax": N_("Fax"),
    **_fields("email", "street", "postcode", "town"),
    "postcode and town": N_("Postcode and town"),
    **_fields("region", "country", "group"),
    "account": N_("Account number"),
    **_fields("title"),
    "department": N_("Department"),
    **_fields("prefix"),
    "prefix or title": N_("Title, of the name or the work"),
    **_fields(
        "additional",
        "suffix",
        "preferred",
        "say_it",
        "form_of_address",
        "pronoun",
        "language",
        "preferred_channel",
        "preferred_hours",
        "accessibility",
        "do",
        "dont",
        "may_be_told",
        "note",
        "kind",
    ),
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
