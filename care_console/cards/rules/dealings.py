"""Dealings: the orders, invoices, quotes, contracts and visits that a talk is about."""

from collections.abc import Collection
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import SplitResult, urlsplit

from care_console.base.errors import CareError
from care_console.base.fold import digits, fold
from care_console.base.words import N_

LONGEST_NUMBER, LONGEST_LINK = 100, 2_000  # characters
SHORTEST_ASKED = 3  # letters and digits of a number that are looked for
SHORTEST_ENDING = 4  # digits by which a number ends
LONGEST_ASKED = 60
LONGEST_MARK = 3  # letters: "re" and "inv" stand in numbers, too
MOST_MINOR = 10**15  # more is no amount of a house with a front desk
HTTPS_PORT = 443
UNDATED = date.min  # a day that is not known is kept so: it sorts alike on both databases

KIND_WORDS_OF = {  # folded, as somebody types or a table says them
    "order": "order orders bestell bestellung bestellungen auftrag auftrage commande commandes"
    " kundenauftrag salesorder",
    "invoice": "invoice invoices bill bills rechnung rechnungen facture factures re inv",
    "quote": "quote quotes quotation quotations offer offers estimate angebot angebote"
    " kostenvoranschlag devis offre offres",
    "contract": "contract contracts agreement vertrag vertrage contrat contrats cover"
    " wartungsvertrag subscription abo abonnement",
    "visit": "visit visits appointment appointments callout besuch besuche termin termine einsatz"
    " visite visites rendezvous intervention interventions",
}


class DealingKind(StrEnum):
    """What sort of dealing it is."""

    ORDER = "order"
    INVOICE = "invoice"
    QUOTE = "quote"
    CONTRACT = "contract"
    VISIT = "visit"


class DealingState(StrEnum):
    """How a dealing stands; where the words of the other system are none of these, UNSAID."""

    OPEN = "open"
    DONE = "done"
    PAID = "paid"
    OVERDUE = "overdue"
    CANCELLED = "cancelled"
    UNSAID = ""


STANDS_OPEN = (DealingState.OPEN, DealingState.OVERDUE)
KIND_OF = {
    word: DealingKind(kind) for kind, words in KIND_WORDS_OF.items() for word in words.split()
}


class BadDealing(CareError):
    """Something about a dealing cannot be done."""


@dataclass(frozen=True, slots=True)
class Customer:
    """Whom a row speaks of, in its own words: any of these may be empty."""

    card_id: str = ""  # ours
    account: str = ""
    email: str = ""
    phone: str = ""
    name: str = ""

    def as_object(self) -> dict[str, str]:
        """Return what is said, as JSON keeps it."""
        said = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: text for name, text in said.items() if text}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDealing:
    """A dealing as a row says it. ``minor`` is in minor units of ``currency`` (ISO 4217)."""

    kind: DealingKind
    number: str
    dated: date | None = None
    minor: int | None = None
    currency: str = ""
    state: DealingState = DealingState.UNSAID
    state_words: str = ""  # of the other system
    seller: str = ""  # a name, or the number of an account
    link: str = ""
    customer: Customer = field(default_factory=Customer)


@dataclass(frozen=True, slots=True)
class Dealing:
    """A dealing as it is kept; without ``card_id`` nobody knows yet whose it is."""

    id: int
    kind: DealingKind
    number: str
    dated: date | None
    minor: int | None
    currency: str
    state: DealingState
    state_words: str
    seller: str
    seller_card_id: int | None
    link: str
    card_id: int | None
    said: dict[str, Any] = field(default_factory=dict)  # whom its row spoke of

    @property
    def open(self) -> bool:
        """Whether something is still to come of it."""
        return self.state in STANDS_OPEN


@dataclass(frozen=True, slots=True)
class AskedNumber:
    """What somebody typed in search of a dealing."""

    key: str
    kind: DealingKind | None  # that comes first

    @classmethod
    def of(cls, typed: str) -> "AskedNumber | None":
        """Return what ``typed`` asks for, or None where it names no number of a dealing.

        ``invoice 2030-118`` is the number 2030118 of an invoice. Without a digit, and with what
        only a telephone number or an e-mail address has, it is none.
        """
        if len(typed) > LONGEST_ASKED or "+" in typed or "@" in typed:
            return None
        words = fold(typed).split()
        kinds = [KIND_OF[word] for word in words[:-1] if word in KIND_OF]
        key = "".join(word for word in words if word not in KIND_OF)
        if not key.isdecimal():
            marked = (word for word in words if word not in KIND_OF or len(word) <= LONGEST_MARK)
            key = "".join(marked)
        if len(key) < SHORTEST_ASKED or not digits(key):
            return None
        return cls(key, kinds[0] if kinds else None)

    @property
    def by_digits(self) -> bool:
        """Whether it may be the digits alone of a number that has letters, too."""
        return self.key.isdecimal()

    @property
    def by_ending(self) -> bool:
        """Whether it may be how a number ends."""
        return self.by_digits and len(self.key) >= SHORTEST_ENDING


def known_key(number: str) -> str:
    """Return by what a number is known again: ``RE 2030/118`` and ``re-2030-118`` are the same."""
    return fold(number)


def number_key(number: str) -> str:
    """Return under what a number is looked for: its letters and digits without a blank."""
    return "".join(fold(number).split())


def digits_key(number: str) -> str | None:
    """Return the digits of a number that has letters as well, or None: ``INV-10482`` is 10482."""
    key = number_key(number)
    found = digits(key)
    return found if found and found != key else None


def ending_key(number: str) -> str | None:
    """Return the digits of a number backwards, or None where they are too few."""
    found = digits(number)
    return found[::-1] if len(found) >= SHORTEST_ENDING else None


def may_open(link: str, hosts: Collection[str]) -> bool:
    """Return whether a link may be opened: https, and at a host of the house's list or below it."""
    parts = safe_link(link)
    host = (parts.hostname or "").casefold() if parts is not None else ""
    listed = (each.casefold().strip(". ") for each in hosts)
    return any(host == each or host.endswith(f".{each}") for each in listed if each)


def safe_link(link: str) -> SplitResult | None:
    """Return the parts of a link that is surely plain https (RFC 3986), else None.

    One with a name and password in it, with another port, or with a host that is not written in
    plain letters may show one place and lead to another.
    """
    if len(link) > LONGEST_LINK or not link.isascii() or not link.isprintable() or " " in link:
        return None
    try:
        parts = urlsplit(link)
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname or ""
    plain = "." in host and all(each.isalnum() or each in "-." for each in host)
    sound = parts.scheme == "https" and plain and "@" not in parts.netloc and "\\" not in link
    return parts if sound and port in (None, HTTPS_PORT) else None


def gone() -> BadDealing:
    """Return what to raise where a dealing is no longer there."""
    return BadDealing(N_("This dealing is no longer there."))
