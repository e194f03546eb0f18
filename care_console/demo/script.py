"""The sample as its files say it, its days counted back from a day that is handed in."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from care_console.base.command import Clerk
from care_console.base.phone import Plan, read
from care_console.base.resources import resource
from care_console.cards.rules import (
    Group,
    Kind,
    NewAddress,
    NewAlert,
    NewCard,
    NewEmail,
    NewMembership,
    NewPhone,
)

SUBJECTS = ("employees", "distributors", "suppliers", "prospects", "end_users")
HELLOS = {"en": "Good morning", "fr": "bonjour", "de": "guten Morgen"}

Said = dict[str, Any]  # a table of a file
Ids = Mapping[str, int]  # by keys


@dataclass(frozen=True, slots=True)
class Put:
    """What became of the sample in the records."""

    clerk: Clerk  # who sits at the desk
    cards: Ids
    matters: Ids


@dataclass(frozen=True, slots=True)
class Sample:
    """All files of the sample. Cards are named by keys, such as ``maria-okafor``."""

    company: Said
    cards: dict[str, Said]
    contacts: dict[str, list[Said]]
    matters: dict[str, Said]
    relations: list[Said]
    rings: list[Said]
    care: list[Said]
    dealings: list[Said]

    @property
    def staff(self) -> list[Said]:
        """Who works at a console."""
        return list(self.company["staff"])

    @property
    def pins(self) -> dict[str, str]:
        """The PINs that are no secret here, by the keys of the clerks' cards."""
        return {each["card"]: each["pin"] for each in self.staff if "pin" in each}

    def options(self) -> Said:
        """Return the company's options, as settings keep them."""
        plan = Plan(country=self.company["company"]["country"])
        called, greetings = [], []
        for line in self.company["lines"]:
            number = read(line["number"], plan).e164
            called.append(f"{number} = {line['called']}")
            for language, words in line["greetings"].items():
                said = words["morning"].replace(HELLOS[language], "{hello}")
                greetings.append(f"{number} {language} = {said.replace('{name}', '{clerk}')}")
        named = {name: self.company["company"][name] for name in ("name", "vision", "country")}
        return {
            **named,
            "currency": self.company["company"]["currency"],
            "called": tuple(called),
            "greetings": tuple(greetings),
        }

    def called_number(self, key: str) -> str:
        """Return the number that is called on the line with this key."""
        return next(str(each["number"]) for each in self.company["lines"] if each["key"] == key)


def read_sample() -> Sample:
    """Return the sample that comes with the console."""
    cards = [card for subject in SUBJECTS for card in _read(f"cards/{subject}")["cards"]]
    contacts = [_read(f"contacts/{subject}") for subject in SUBJECTS]
    groups = [_group(subject) for subject in SUBJECTS]
    return Sample(
        company=_read("company"),
        cards={card["key"]: card for card in cards},
        contacts={
            key: [{"group": group, **one} for one in entries]
            for group, subject in zip(groups, contacts, strict=True)
            for key, entries in subject.items()
        },
        matters={matter["key"]: matter for matter in _read("matters")["matters"]},
        relations=_read("relations")["relations"],
        rings=_read("rings")["rings"],
        care=_read("care")["acts"],
        dealings=_read("dealings")["dealings"],
    )


def new_card(said: Said, today: date) -> NewCard:
    """Return the card of a table; who owns its memberships is left for later."""
    parts = {name: value for name, value in said.items() if name != "key"}
    several = {name: parts.pop(name, ()) for name in ("phones", "emails", "addresses", "alerts")}
    return NewCard(
        kind=Kind(parts.pop("kind", "person")),
        phones=tuple(NewPhone(**phone) for phone in several["phones"]),
        emails=tuple(NewEmail(**email) for email in several["emails"]),
        addresses=tuple(NewAddress(**address) for address in several["addresses"]),
        memberships=tuple(_membership(one, today) for one in parts.pop("memberships")),
        alerts=tuple(
            NewAlert(
                words=one["words"], since=day(one, "since", today), until=day(one, "until", today)
            )
            for one in several["alerts"]
        ),
        **parts,
    )


def day(said: Said, what: str, today: date) -> date | None:
    """Return the day that is so many days ago, or ahead, if one is said."""
    if (ago := said.get(f"{what}_days_ago")) is not None:
        return today - timedelta(days=ago)
    if (ahead := said.get(f"{what}_days_ahead")) is not None:
        return today + timedelta(days=ahead)
    return None


def moment(days_ago: int, at: str, today: date) -> datetime:
    """Return a moment so many days ago at an hour of this place, in UTC."""
    return datetime.combine(today - timedelta(days=days_ago), time.fromisoformat(at)).astimezone(
        UTC
    )


def entries(sample: Sample) -> Iterator[tuple[str, Said]]:
    """Yield each contact with the key of its card, the oldest first."""
    all_of_them = [(key, one) for key, contacts in sample.contacts.items() for one in contacts]
    yield from sorted(all_of_them, key=lambda each: (-each[1]["days_ago"], each[1]["at"]))


def _membership(said: Said, today: date) -> NewMembership:
    return NewMembership(
        group=Group(said["group"]),
        since=day(said, "since", today),
        until=day(said, "until", today),
        account_number=said.get("account_number", ""),
    )


def _group(subject: str) -> str:
    return subject.replace("_", "-").removesuffix("s")


def _read(name: str) -> Said:
    return tomllib.loads(resource(f"sample/{name}.toml").read_text("utf-8"))
