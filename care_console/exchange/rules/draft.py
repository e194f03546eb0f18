"""A card while it is put together from what a file says, whatever the file's format is."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import astuple, dataclass, field
from operator import attrgetter
from typing import Any, TypeVar

from care_console.base.errors import CareError
from care_console.base.names import clean, clean_text
from care_console.base.words import N_
from care_console.cards.rules import (
    LONG_FIELDS,
    Group,
    Kind,
    NewAddress,
    NewAlert,
    NewCard,
    NewEmail,
    NewMembership,
    NewPhone,
)
from care_console.exchange.rules.people import is_name, is_organisation, split_name
from care_console.exchange.rules.person import Tie, with_group
from care_console.exchange.rules.vocabulary import language_of

MOST = 100  # numbers, e-mail addresses or postal addresses of one card
LONGEST_STREET, LONGEST_NOTE = 1_000, 100_000  # characters
SPREADSHEET_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?[Ee]\+?\d+")  # 4.42079E+11
ANY_DIGIT = re.compile(r"\d")
EXCHANGE = "/o="  # how an Exchange server begins what it has in an address's place
SWITCHBOARD = "main"
FAX = frozenset({"fax", "pager"})
NOT_THEIRS = frozenset({SWITCHBOARD, "assistant"})
BUYERS = frozenset({Group.END_USER, Group.PROSPECT, Group.DISTRIBUTOR})
Part = TypeVar("Part")


class NotTaken(CareError):
    """One row that cannot become a card; the sentence says why, the other rows go on."""


@dataclass(slots=True)
class Draft:
    """What a file says of one card: ``said`` has its words by the names that NewCard uses.

    Besides these ``said`` may have ``full`` (the name in one piece), ``role``, ``department``,
    ``say_given`` and ``say_family``. Labels are as ``label_of`` returns them.
    """

    said: dict[str, str] = field(default_factory=dict)
    organisation: bool = False  # the file says so
    phones: list[NewPhone] = field(default_factory=list)
    emails: list[NewEmail] = field(default_factory=list)
    addresses: list[NewAddress] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    account: str = ""
    account_group: Group | None = None  # whose number it is
    exact: bool = False  # it was written here, so nothing in it is a guess
    memberships: list[NewMembership] = field(default_factory=list)  # and alerts: of these only
    alerts: list[NewAlert] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # lines of a vCard that no field takes

    def phone(self, raw: str, label: str) -> None:
        """Add a number as it was typed; one without a digit is none.

        Raises NotTaken if a spreadsheet has rounded it.
        """
        if ("E" in raw or "e" in raw) and SPREADSHEET_NUMBER.fullmatch(raw):
            raise NotTaken(
                N_(
                    "A spreadsheet has rounded the number {number}. Give that column the format"
                    " Text, type the number again and save the file."
                ),
                number=raw,
            )
        if (raw := clean(raw)) and ANY_DIGIT.search(raw):
            shared = SWITCHBOARD in label.split()
            self.phones.append(NewPhone(raw=raw, label=label, shared=shared))

    def email(self, address: str, label: str) -> None:
        """Add an e-mail address as it was typed; a word without ``@`` and dot is none."""
        address = clean(address)
        if ("@" in address or "." in address) and not address.lower().startswith(EXCHANGE):
            self.emails.append(NewEmail(address=address, label=label))

    def address(self, label: str, **parts: str) -> None:
        """Add a postal address from the parts that NewAddress has, if any is there."""
        kept = {
            part: clean_text(words, LONGEST_STREET) if part == "street" else clean(words)
            for part, words in parts.items()
            if words
        }
        if any(kept.values()):
            self.addresses.append(NewAddress(label=label, **kept))

    def card(self, group: Group | None) -> NewCard:
        """Return the card, a member of ``group`` too. Raises NotTaken."""
        said = defaultdict(str)
        for word, text in self.said.items():
            said[word] = clean_text(text, LONGEST_NOTE) if word in LONG_FIELDS else clean(text)
        if self.exact:
            return self._card(said, Kind.ORGANISATION if self.organisation else Kind.PERSON, group)
        kind = self._settle(said)
        names = [said[word] for word in ("given", "family", "company", "preferred")]
        if not (self.phones or self.emails or any(names)):
            raise NotTaken(
                N_("It has no name, no company, no telephone number and no e-mail address.")
            )
        said["title"] = _post(said["title"] or said["role"], said["department"])
        said["say_it"] = said["say_it"] or f"{said['say_given']} {said['say_family']}".strip()
        return self._card(said, kind, group)

    def _card(self, said: dict[str, str], kind: Kind, group: Group | None) -> NewCard:
        return NewCard(
            kind=kind,
            prefix=said["prefix"],
            given=said["given"],
            additional=said["additional"],
            family=said["family"],
            suffix=said["suffix"],
            preferred=said["preferred"],
            say_it=said["say_it"],
            title=said["title"],
            company=said["company"],
            form_of_address=said["form_of_address"],
            pronoun=said["pronoun"],
            language=said["language"] if self.exact else language_of(said["language"]),
            preferred_channel=said["preferred_channel"],
            preferred_hours=said["preferred_hours"],
            accessibility=said["accessibility"],
            do=said["do"],
            dont=said["dont"],
            may_be_told=said["may_be_told"],
            note=said["note"],
            uid=said["uid"],
            **(self._all() if self.exact else self._best()),
            memberships=self._memberships(group),
            alerts=tuple(self.alerts),
        )

    def _all(self) -> dict[str, Any]:
        return {
            "phones": tuple(self.phones),
            "emails": tuple(self.emails),
            "addresses": tuple(self.addresses),
        }

    def _best(self) -> dict[str, Any]:
        return {
            "phones": _few(sorted(self.phones, key=_use), attrgetter("raw")),
            "emails": _few(self.emails, attrgetter("address")),
            "addresses": _few(self.addresses, astuple),
        }

    def _settle(self, said: dict[str, str]) -> Kind:
        """Tell what the card stands for, and set its name and company right.

        A lone name that is the company's, or sounds like one, is an organisation's.
        """
        full = said["full"] if is_name(said["full"]) else ""
        given, family, company = said["given"], said["family"], said["company"]
        whole = " ".join(filter(None, [given, family])) or full
        two = bool(given and family)
        sounds = not two and (whole == company or is_organisation(whole))
        if (self.organisation or sounds or not whole) and (whole or company):
            if two and company:  # the person to ask for there
                said["note"] = "\n".join(filter(None, [whole, said["note"]]))
                whole = company
            said.update(given="", family=whole or company)
            said["company"] = "" if company == said["family"] else company
            return Kind.ORGANISATION
        if not given and not family:
            said.update(split_name(full))
        return Kind.PERSON

    def _memberships(self, group: Group | None) -> tuple[NewMembership, ...]:
        """The account number goes to the group that is named for it, else to the first."""
        if self.exact:
            return with_group(tuple(self.memberships), group)
        groups = list(dict.fromkeys([*([] if group is None else [group]), *self.groups]))
        if not self.account:
            return tuple(NewMembership(group=each) for each in groups)
        whose = self.account_group or (groups[0] if groups else Group.END_USER)
        if whose is Group.END_USER:  # a dealer has a customer number too
            whose = next((each for each in groups if each in BUYERS), whose)
        if whose not in groups:
            groups.append(whose)
        return tuple(
            NewMembership(group=each, account_number=clean(self.account) if each is whose else "")
            for each in groups
        )


def _use(phone: NewPhone) -> int:
    """Order numbers by how soon one would call them, for there they are looked for first."""
    words = phone.label.split()
    if FAX.isdisjoint(words):
        return 0 if NOT_THEIRS.isdisjoint(words) else 1
    return 2


def _post(title: str, department: str) -> str:
    """Join the two, unless the title says it all: "Head of purchasing"."""
    if department.casefold() in title.casefold():
        return title
    return f"{title}, {department}" if title else department


def _few(parts: list[Part], what: Callable[[Part], object]) -> tuple[Part, ...]:
    """Each once, as it was first said. Raises NotTaken if there are more than MOST."""
    if len(parts) < 2:
        return tuple(parts)
    kept: dict[object, Part] = {}
    for part in parts:
        kept.setdefault(what(part), part)
    if len(kept) > MOST:
        raise NotTaken(N_("It has more than {most} numbers or addresses of one kind."), most=MOST)
    return tuple(kept.values())
