"""How dealings read: in a list, on the head of a card, in its history and in the journal."""

from datetime import date, datetime, time

from care_console.base.money import spell
from care_console.base.spell import DEFAULT_LOCALE, day
from care_console.base.words import N_, _, ngettext
from care_console.cards.rules.card import Fact
from care_console.cards.rules.dealings import Dealing, DealingKind, DealingState
from care_console.journal.rules import Entry, Line, Words

FACT = "dealing"  # the kind of the line that a card has of what is open
PAST = "dealing"  # the kind of a dealing in a card's history
ABOUT = "dealings"  # by which a history is filtered
WHOLE_DAY = "whole_day"  # a fact of an entry that has a day, but no hour

KIND_WORDS = {
    DealingKind.ORDER: N_("Order"),
    DealingKind.INVOICE: N_("Invoice"),
    DealingKind.QUOTE: N_("Quote"),
    DealingKind.CONTRACT: N_("Contract"),
    DealingKind.VISIT: N_("Visit"),
}
STATE_WORDS = {
    DealingState.OPEN: N_("open"),
    DealingState.DONE: N_("done"),
    DealingState.PAID: N_("paid"),
    DealingState.OVERDUE: N_("overdue"),
    DealingState.CANCELLED: N_("cancelled"),
}
ICONS = {
    DealingKind.ORDER: "box",
    DealingKind.INVOICE: "file",
    DealingKind.QUOTE: "tag",
    DealingKind.CONTRACT: "stamp",
    DealingKind.VISIT: "wrench",
}
TONES = {DealingState.OVERDUE: "bad", DealingState.OPEN: "accent"}
HEADLINES = {
    DealingState.OPEN: N_("{kind} {number} is open"),
    DealingState.OVERDUE: N_("{kind} {number} is overdue"),
}
BETWEEN = " · "


def title_words(of: Dealing, locale: str = DEFAULT_LOCALE) -> str:
    """Return what it is called and comes to: ``Invoice 10482 · £120.00``."""
    amount = amount_words(of.minor, of.currency, locale)
    return BETWEEN.join(each for each in (number_words(of.kind, of.number), amount) if each)


def number_words(kind: DealingKind, number: str) -> str:
    """Return ``Invoice 10482``."""
    return _("{kind} {number}").format(kind=_(KIND_WORDS[kind]), number=number)


def amount_words(minor: int | None, currency: str, locale: str = DEFAULT_LOCALE) -> str:
    """Return an amount as the locale writes it, or nothing where there is none."""
    return spell(minor, currency, locale) if minor is not None and currency else ""


def state_words(state: DealingState, said: str) -> str:
    """Return how it stands: in the other system's words, which tell more than ours, if any."""
    return said or (_(STATE_WORDS[state]) if state in STATE_WORDS else "")


def day_words(dated: date | None, now: datetime, locale: str = DEFAULT_LOCALE) -> str:
    """Return its day as lists write days, or nothing."""
    return day(moment_of(dated), now, locale) if dated is not None else ""


def sub_words(of: Dealing) -> str:
    """Return how it stands, and who sold it."""
    sold = _("sold by {name}").format(name=of.seller) if of.seller else ""
    return BETWEEN.join(each for each in (state_words(of.state, of.state_words), sold) if each)


def whose_words(of: Dealing) -> str:
    """Return whom its row spoke of, where nobody is found by it."""
    said = [str(of.said.get(each, "")) for each in ("name", "account", "email", "phone")]
    return ", ".join(each for each in said if each) or _("Its row names nobody.")


def fact_of(count: int, first: tuple[DealingKind, str, DealingState] | None) -> Fact:
    """Return the line of a card on which ``count`` are open, the most urgent named."""
    if first is None:
        return Fact(FACT, 0, None, "")
    kind, number, state = first
    words = _(HEADLINES[state]).format(kind=_(KIND_WORDS[kind]), number=number)
    return Fact(FACT, count, None, words)


def moment_of(dated: date) -> datetime:
    """Return where in a history a day stands: at its begin, where the desk is."""
    return datetime.combine(dated, time()).astimezone()


def entry_of(of: Dealing, at: datetime) -> Entry:
    """Return a dealing as a history reads it; no journal has it, so its id is below 0."""
    facts = {
        "kind": str(of.kind),
        "state": str(of.state),
        "minor": of.minor,
        "currency": of.currency,
        WHOLE_DAY: True,
    }
    personal = {"number": of.number, "said": of.state_words, "seller": of.seller}
    return Entry(-of.id, PAST, facts, personal, at, None, "", "")


def _past(entry: Entry) -> Line:
    of = Dealing(
        id=-entry.id,
        kind=DealingKind(entry.facts["kind"]),
        number=str(entry.personal.get("number", "")),
        dated=None,
        minor=entry.facts["minor"],
        currency=entry.facts["currency"],
        state=DealingState(entry.facts["state"]),
        state_words=str(entry.personal.get("said", "")),
        seller=str(entry.personal.get("seller", "")),
        seller_card_id=None,
        link="",
        card_id=None,
    )
    tone = TONES.get(of.state, "text2")
    return Line(title_words(of), sub_words(of), ICONS[of.kind], tone, ABOUT)


def _named(entry: Entry) -> str:
    return number_words(DealingKind(entry.facts["dealing"]), str(entry.personal.get("number", "")))


def _attached(entry: Entry) -> Line:
    words = _("{dealing} put to this card").format(dealing=_named(entry))
    return Line(words, "", "plus", "text2", "changes")


def _detached(entry: Entry) -> Line:
    words = _("Taken back: {dealing} put to this card").format(dealing=_named(entry))
    return Line(words, "", "undo", "text2", "changes")


def _taken(entry: Entry) -> Line:
    count = int(entry.facts["read"])
    words = ngettext(
        "{count} row of orders and invoices taken in",
        "{count} rows of orders and invoices taken in",
        count,
    )
    return Line(words.format(count=count), "", "in", "text2", "changes")


WORDS: Words = {
    PAST: _past,
    "dealing_attached": _attached,
    "dealing_detached": _detached,
    "dealings_taken": _taken,
}
