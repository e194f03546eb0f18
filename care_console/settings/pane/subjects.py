"""The pages of the settings: what stands on each, and of whom it is."""

from dataclasses import dataclass

from care_console.base.words import N_
from care_console.settings.options import Company, Desk


@dataclass(frozen=True, slots=True)
class Subject:
    """A page of settings: options of the desk or of the company."""

    title: str
    words: str
    icon: str
    of: type[Desk] | type[Company]
    names: tuple[str, ...]


SUBJECTS = (
    Subject(
        N_("This desk"),
        N_("How this workstation looks. It holds here only."),
        "desk",
        Desk,
        ("desk", "theme", "text_size", "language", "lock_minutes"),
    ),
    Subject(
        N_("Company"),
        N_("It holds for every desk of the house."),
        "house",
        Company,
        ("name", "vision", "country", "currency"),
    ),
    Subject(
        N_("Telephone numbers"),
        N_("How the number of a caller is read, so that every spelling finds the same card."),
        "phone",
        Company,
        ("trunk_prefixes", "shortest", "longest_internal", "called"),
    ),
    Subject(
        N_("Greetings"),
        N_("What is said first, by the number that was called and the caller's language."),
        "quote",
        Company,
        ("greetings",),
    ),
    Subject(
        N_("Verified callers"),
        N_("A number that is known is not yet the customer: how many facts they must know."),
        "shield",
        Company,
        ("verified_talking", "verified_reading", "verified_giving"),
    ),
    Subject(
        N_("When backups are made"),
        N_("They are made by themselves; how often, and how long they are kept, is yours."),
        "clock",
        Desk,
        ("backup_folder", "backup_minutes", "backup_days", "backup_weeks"),
    ),
    Subject(
        N_("Privacy"),
        N_("How long it is kept who called. What was noted in a contact is not a call."),
        "eye",
        Company,
        ("call_log_days",),
    ),
    Subject(
        N_("Dealings"),
        N_("Where this desk takes them from by itself. It holds here only."),
        "box",
        Desk,
        ("dealings_folder",),
    ),
    Subject(
        N_("Links to other systems"),
        N_("Which of the links of orders and invoices may be opened, at every desk."),
        "lock",
        Company,
        ("link_hosts",),
    ),
)
