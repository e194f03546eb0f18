"""What may be chosen: on this workstation, and for the whole company."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from care_console.base.words import N_
from care_console.settings.declared import BadOptions, build, option

LINE = "line"  # the tables of the telephone lines, which are no options: see line_tables
THEMES = ("system", "light", "dark")


def _like(pattern: str) -> Any:
    return re.compile(pattern).fullmatch


def _short(text: str) -> bool:
    return len(text) <= 300


@dataclass(frozen=True, slots=True)
class Desk:
    """How this workstation works; kept in ``desk.toml``."""

    origin: str  # under this name the journal counts what is done here; no other has it
    key_in: str = option(
        "file", N_("Key"), N_("Where the key is kept."), ("keyring", "file").__contains__
    )
    database: str = option(
        "",
        N_("Database"),
        N_("The server on which several desks keep their records together; empty: a file here."),
        _like(r"(postgresql(\+psycopg)?://\S+)?"),
        "postgresql://desk@server/care",
    )
    desk: str = option(
        "Front desk", N_("This desk"), N_("What this place is called in the house."), _short
    )
    theme: str = option(
        "system",
        N_("Colours"),
        N_("Light, dark, or as the rest of this computer."),
        THEMES.__contains__,
        "system, light, dark",
    )
    text_size: int = option(
        100,
        N_("Text size"),
        N_("In per cent; Ctrl + and Ctrl − change it too."),
        lambda size: 90 <= size <= 150,
        "90–150",
    )
    language: str = option(
        "en_GB",
        N_("Language"),
        N_("In which dates, times and numbers are written, from the next start on."),
        _like(r"[a-z]{2,3}([_-][A-Za-z]{2,4})?"),
        "en_GB, fr_FR, …",
    )
    lock_minutes: int = option(
        15,
        N_("Lock after"),
        N_("Minutes without a key or the mouse, once somebody has a passphrase; 0 is never."),
        lambda minutes: 0 <= minutes <= 240,
        "0–240",
    )
    backup_minutes: int = option(
        30,
        N_("A backup every"),
        N_("Minutes of work; before an update and on leaving there is one anyway."),
        lambda minutes: 5 <= minutes <= 240,
        "5–240",
    )
    backup_days: int = option(
        14,
        N_("Days kept"),
        N_("Of so many days the last backup of each is kept; of today, all."),
        lambda days: 2 <= days <= 90,
        "2–90",
    )
    backup_weeks: int = option(
        12,
        N_("Weeks kept"),
        N_("And of so many weeks the last one of each."),
        lambda weeks: 1 <= weeks <= 260,
        "1–260",
    )
    backup_folder: str = option(
        "",
        N_("Second place"),
        N_("A folder on another disk, into which each backup is copied; empty: none."),
        lambda path: len(path) <= 1000 and (not path or Path(path).is_absolute()),
        "/media/backup",
    )
    dealings_folder: str = option(
        "",
        N_("Watched folder"),
        N_(
            "A folder into which another program puts orders and invoices as CSV; they are taken in"
            " by themselves, and moved to done or refused. Empty: none."
        ),
        lambda path: len(path) <= 1000 and (not path or Path(path).is_absolute()),
        "/srv/orders",
    )


@dataclass(frozen=True, slots=True)
class Company:
    """What holds for the whole company; kept in the database."""

    name: str = option("", N_("Company"), N_("As callers hear it."), _short)
    vision: str = option("", N_("Vision"), N_("What the company is for, in one sentence."), _short)
    country: str = option(
        "GB",
        N_("Country"),
        N_(
            "A phone number that names no country is of this one. When you change it, those that "
            "are there can be read anew."
        ),
        _like(r"[A-Z]{2}"),
        "ISO 3166: GB, FR, DE, …",
    )
    currency: str = option(
        "GBP",
        N_("Currency"),
        N_("Every amount is in this one."),
        _like(r"[A-Z]{3}"),
        "ISO 4217: GBP, EUR, …",
    )
    trunk_prefixes: tuple[str, ...] = option(
        (),
        N_("Prefixes for an outside line"),
        N_("Digits that the telephone system puts before a caller's number, such as 0 or 9."),
        lambda many: len(many) <= 5 and all(re.fullmatch(r"[0-9]{1,4}", one) for one in many),
        "0, 9, …",
    )
    shortest: int = option(
        6,
        N_("Shortest number"),
        N_("A number with fewer digits is never looked for outside the house."),
        lambda count: 3 <= count <= 10,
        "3–10",
    )
    longest_internal: int = option(
        5,
        N_("Longest extension"),
        N_("A number with no more digits may be a colleague's."),
        lambda count: 1 <= count <= 6,
        "1–6",
    )
    called: tuple[str, ...] = option(
        (),
        N_("Called numbers"),
        N_(
            "One a line: the number or line that is called = what it is called, for example "
            "+442079460100 = the main number."
        ),
        lambda many: all(len(one) <= 200 and "=" in one for one in many),
    )
    greetings: tuple[str, ...] = option(
        (),
        N_("Greetings"),
        N_("One a line: [called number] [language] = words, with {hello}, {company} and {clerk}."),
        lambda many: all(len(one) <= 400 and "=" in one for one in many),
    )
    verified_talking: int = option(
        1,
        N_("Verified for talking"),
        N_("So many facts a caller must know before one speaks about the customer."),
        lambda count: 1 <= count <= 6,
        "1–6",
    )
    verified_reading: int = option(
        2,
        N_("Verified for reading out"),
        N_("So many before what stands on the card is read out."),
        lambda count: 1 <= count <= 6,
        "1–6",
    )
    verified_giving: int = option(
        2,
        N_("Verified for giving"),
        N_("So many before a remedy is given."),
        lambda count: 1 <= count <= 6,
        "1–6",
    )
    ceiling_minor: int = option(
        0,
        N_("Ceiling of remedies"),
        N_("So much for one customer in a year: above it a second person signs a limit."),
        lambda minor: 0 <= minor <= 10**12,
        N_("0: 250 of the currency"),
        owned=True,
    )
    link_hosts: tuple[str, ...] = option(
        (),
        N_("Addresses that may be opened"),
        N_(
            "One a line: where the house's own systems are, for example erp.example.com. A link of"
            " an order or invoice to any other place is not opened."
        ),
        lambda many: all(re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", one) for one in many),
        "erp.example.com",
    )
    call_log_days: int = option(
        365,
        N_("Call log"),
        N_("Days for which calls are kept; 0 is for ever. Contacts and their notes stay."),
        lambda days: days == 0 or 7 <= days <= 3_650,
        N_("0, or 7–3650"),
    )
    stopped: str = option(
        "",
        N_("Remedies stopped"),
        N_("Why nobody gives any now; empty: they do."),
        _short,
        owned=True,
    )


def read_desk(file: Path) -> Desk:
    """Return the options written in a TOML ``file``. Raises BadOptions."""
    try:
        return build(Desk, _written(file))
    except BadOptions as trouble:
        if not trouble.name:
            raise
        raise BadOptions(
            N_("{file}: {trouble}"), trouble.name, file=file.name, trouble=trouble
        ) from trouble


def read_tables(file: Path) -> list[object]:
    """Return what a TOML ``file`` says of telephone lines: tables, and whatever else stands there.

    Raises BadOptions.
    """
    there = _written(file).get(LINE, [])
    return list(there) if isinstance(there, list) else [there]


def _written(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BadOptions(
            N_("{file} is missing, or something in it is not understood."), file=file.name
        ) from error
