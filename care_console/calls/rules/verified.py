"""Known is not verified: what a caller may be asked, and how far what they knew goes."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from care_console.base.errors import CareError
from care_console.base.names import isolated
from care_console.base.phone import show
from care_console.base.spell import day
from care_console.base.words import N_, _
from care_console.calls.rules.contact import Channel, Direction
from care_console.cards.rules import Card

BETWEEN = "  ·  "


class NotAsked(CareError):
    """This cannot be ticked; nothing was changed."""


class Level(StrEnum):
    """How far a caller is verified; each includes those before it."""

    NONE = "none"
    TALKING = "talking"
    READING = "reading out"
    GIVING = "giving"


class Known(StrEnum):
    """What a caller may know, or show, of the customer they say they are."""

    POSTCODE = "postcode"
    LAST_CONTACT = "last contact"
    ACCOUNT = "account number"
    EMAIL = "e-mail"
    TELEPHONE = "telephone"
    SELLER = "seller"
    RANG_BACK = "rang back"
    WRITTEN = "written"
    DOCUMENT = "document"


ENOUGH = frozenset({Known.RANG_BACK, Known.DOCUMENT})
"""One of these is enough for everything: we reached them where the card says, or saw a paper."""

LEVEL_WORDS = {
    Level.NONE: N_("Not yet verified"),
    Level.TALKING: N_("Verified for talking"),
    Level.READING: N_("Verified for reading out"),
    Level.GIVING: N_("Verified for giving"),
}

KNOWN_WORDS = {
    Known.POSTCODE: N_("postcode"),
    Known.LAST_CONTACT: N_("last contact"),
    Known.ACCOUNT: N_("account number"),
    Known.EMAIL: N_("e-mail"),
    Known.TELEPHONE: N_("another number"),
    Known.SELLER: N_("who sold it"),
    Known.RANG_BACK: N_("rung back"),
    Known.WRITTEN: N_("sent from their address"),
    Known.DOCUMENT: N_("showed a document"),
}

FIRST_WORDS = {  # what to do first, in two words
    Known.POSTCODE: N_("ask postcode"),
    Known.LAST_CONTACT: N_("ask last contact"),
    Known.ACCOUNT: N_("ask account number"),
    Known.EMAIL: N_("ask e-mail"),
    Known.TELEPHONE: N_("ask another number"),
    Known.SELLER: N_("ask who sold it"),
    Known.RANG_BACK: N_("is it their number?"),
    Known.WRITTEN: N_("is it their address?"),
    Known.DOCUMENT: N_("see a document"),
}

QUESTIONS = {
    Known.POSTCODE: N_("“Which postcode do we have for you?”"),
    Known.LAST_CONTACT: N_("“When did we last speak with you?”"),
    Known.ACCOUNT: N_("“What is your account number?”"),
    Known.EMAIL: N_("“Which e-mail address do we have for you?”"),
    Known.TELEPHONE: N_("“Under which other number can we reach you?”"),
    Known.SELLER: N_("“Who sold it to you?”"),
    Known.RANG_BACK: N_("We rang them, on a number of the card, and they came to the telephone."),
    Known.WRITTEN: N_("It was sent from an address that stands on the card."),
    Known.DOCUMENT: N_("They showed a document with their name."),
}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many facts a caller must know, for each level."""

    talking: int = 1
    reading: int = 2
    giving: int = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that may be asked; the answer is shown only when it is asked for."""

    known: Known
    answer: str  # what the card says; empty where the clerk sees it for themselves
    ticked: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the person of one contact is verified, and what may still be asked."""

    contact_id: int
    card_id: int
    level: Level
    facts: tuple[Asked, ...]
    may_be_told: str  # who else, in the card's own words

    @property
    def next(self) -> Asked | None:
        """What to ask next, or None where it has been enough or nothing is left."""
        if self.level is Level.GIVING:
            return None
        return next((each for each in self.facts if not each.ticked), None)


def level(known: Collection[str], counts: Counts) -> Level:
    """Return how far somebody is verified who knew the facts ``known``.

    Who knows nothing is not verified, whatever the counts say. A card with too little to ask is
    no shortcut: they are rung back, or show a document.
    """
    if ENOUGH.intersection(known):
        return Level.GIVING
    most = len(known)
    if most >= max(counts.giving, counts.reading, counts.talking, 1):
        return Level.GIVING
    if most >= max(counts.reading, counts.talking, 1):
        return Level.READING
    return Level.TALKING if most >= max(counts.talking, 1) else Level.NONE


def answers(
    card: Card,
    *,
    channel: str,
    direction: str,
    calling: str,
    last_at: datetime | None,
    now: datetime,
    locale: str,
) -> dict[Known, str]:
    """Return what may be asked in a contact, with the answers, the best questions first.

    ``calling`` is the number of the call (E.164, or empty where it is withheld): nobody is asked
    for the number from which they call.
    """
    seen = _seen(card, channel, direction)
    asked = {
        Known.POSTCODE: _listed(each.postcode for each in card.addresses),
        Known.LAST_CONTACT: "" if last_at is None else day(last_at, now, locale),
        Known.ACCOUNT: _listed(each.account_number for each in card.memberships),
        Known.EMAIL: _listed(each.address for each in card.emails),
        Known.TELEPHONE: _numbers(card, calling),
        Known.SELLER: _listed(each.seller for each in card.memberships),
    }
    if Known.WRITTEN in seen:  # they have it at their head
        del asked[Known.EMAIL]
    return {**seen, **{known: words for known, words in asked.items() if words}}


def facts(answered: dict[Known, str], ticked: Collection[str]) -> tuple[Asked, ...]:
    """Return what may be asked; what was ticked stays though the card says no more of it."""
    gone = [known for known in Known if known in ticked and known not in answered]
    return tuple(
        Asked(known, answered.get(known, ""), known in ticked) for known in (*answered, *gone)
    )


def known_of(name: str) -> Known:
    """Return the fact of this name. Raises NotAsked."""
    try:
        return Known(name)
    except ValueError as error:
        raise NotAsked(N_("This is nothing that one asks for.")) from error


def known_words(known: str) -> str:
    """Return a fact as the screen names it."""
    return _(KNOWN_WORDS[Known(known)]) if known in tuple(Known) else known


def question(known: Known) -> str:
    """Return how to ask for a fact, or what to look for."""
    return _(QUESTIONS[known])


def level_words(standing: Standing | None) -> str:
    """Return how far somebody is verified, and what to ask if they are not yet."""
    if standing is None:
        return _(LEVEL_WORDS[Level.NONE])
    words = _(LEVEL_WORDS[standing.level])
    if standing.level is not Level.NONE:
        return words
    if (first := standing.next) is None:
        return _("{level}: ring them back").format(level=words)
    return _("{level}: {first}").format(level=words, first=_(FIRST_WORDS[first.known]))


def ticked_words(standing: Standing) -> str:
    """Return which facts the person knew, on one line."""
    return BETWEEN.join(known_words(each.known) for each in standing.facts if each.ticked)


def told_words(standing: Standing) -> str:
    """Return who else may be told, on one line, or nothing."""
    who = " ".join(standing.may_be_told.split())
    return _("May also be told: {who}").format(who=isolated(who)) if who else ""


def _seen(card: Card, channel: str, direction: str) -> dict[Known, str]:
    """Return what the clerk sees for themselves by this way, to which there is no answer."""
    ways = {
        Known.RANG_BACK: channel == Channel.TELEPHONE
        and direction == Direction.OUT
        and bool(card.phones),
        Known.WRITTEN: channel in (Channel.LETTER, Channel.EMAIL),
        Known.DOCUMENT: channel == Channel.COUNTER,
    }
    return {known: "" for known, here in ways.items() if here}


def _numbers(card: Card, calling: str) -> str:
    others = [each for each in card.phones if not calling or each.e164 != calling]
    return _listed(show(each.e164) if each.e164 else each.raw for each in others)


def _listed(texts: Iterable[str]) -> str:
    said: Sequence[str] = [each.strip() for each in texts if each.strip()]
    return BETWEEN.join(isolated(each) for each in dict.fromkeys(said))
