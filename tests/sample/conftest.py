"""The sample as its files say it, read once."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import phonenumbers
import pytest

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
TODAY = date(2030, 1, 7)


def read(name: str) -> dict:
    """Return what a file of the sample says."""
    return tomllib.loads(resource(f"sample/{name}.toml").read_text(encoding="utf-8"))


def e164(raw: str) -> str:
    """Return a number as the desk in London compares it."""
    number = phonenumbers.parse(raw, "GB")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def day(said: dict, what: str) -> date | None:
    """Return the day that is so many days ago, or ahead, if one is said."""
    if (ago := said.get(f"{what}_days_ago")) is not None:
        return TODAY - timedelta(days=ago)
    if (ahead := said.get(f"{what}_days_ahead")) is not None:
        return TODAY + timedelta(days=ahead)
    return None


def membership(said: dict, ids: dict[str, int]) -> NewMembership:
    """Return a membership; a key that is on no card is a KeyError."""
    return NewMembership(
        group=Group(said["group"]),
        since=day(said, "since"),
        until=day(said, "until"),
        account_number=said.get("account_number", ""),
        owner_card_id=ids[said["owner"]],
        sold_by_card_id=ids[said["sold_by"]] if "sold_by" in said else None,
    )


def new_card(said: dict, ids: dict[str, int]) -> NewCard:
    """Return the card that a table of the sample says; a word it does not know is a TypeError."""
    parts = dict(said)
    parts.pop("key")
    alerts = parts.pop("alerts", ())
    return NewCard(
        kind=Kind(parts.pop("kind", "person")),
        phones=tuple(NewPhone(**phone) for phone in parts.pop("phones")),
        emails=tuple(NewEmail(**email) for email in parts.pop("emails", ())),
        addresses=tuple(NewAddress(**address) for address in parts.pop("addresses", ())),
        memberships=tuple(membership(one, ids) for one in parts.pop("memberships")),
        alerts=tuple(
            NewAlert(words=one["words"], since=day(one, "since"), until=day(one, "until"))
            for one in alerts
        ),
        **parts,
    )


@dataclass(frozen=True)
class Sample:
    """All files of the sample."""

    company: dict
    cards: dict[str, dict]
    contacts: dict[str, list[dict]]
    matters: dict[str, dict]
    relations: list[dict]
    rings: list[dict]
    care: list[dict]

    def entries(self) -> Iterator[tuple[str, dict]]:
        """Give each contact with the key of its card."""
        for key, contacts in self.contacts.items():
            for contact in contacts:
                yield key, contact

    def groups(self, key: str) -> set[str]:
        """Return the groups to which a card belongs or belonged."""
        return {one["group"] for one in self.cards[key]["memberships"]}


@pytest.fixture(scope="session")
def sample() -> Sample:
    cards = [card for subject in SUBJECTS for card in read(f"cards/{subject}")["cards"]]
    matters = read("matters")["matters"]
    return Sample(
        company=read("company"),
        cards={card["key"]: card for card in cards},
        contacts={k: v for subject in SUBJECTS for k, v in read(f"contacts/{subject}").items()},
        matters={matter["key"]: matter for matter in matters},
        relations=read("relations")["relations"],
        rings=read("rings")["rings"],
        care=read("care")["acts"],
    )
