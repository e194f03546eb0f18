"""Every dealing of a file, or why it could not be taken, one after the other."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from care_console.base.fold import fold
from care_console.base.names import clean
from care_console.base.words import N_, _
from care_console.cards.rules.dealings import (
    KIND_OF,
    LONGEST_NUMBER,
    Customer,
    DealingKind,
    DealingState,
    NewDealing,
    known_key,
    safe_link,
)
from care_console.exchange.rules.amounts import (
    Amount,
    amount,
    known_currency,
    mark_of_file,
)
from care_console.exchange.rules.dates import DayOrder, day, order_of_file
from care_console.exchange.rules.dealing_columns import DealingColumns, dealing_columns
from care_console.exchange.rules.draft import SPREADSHEET_NUMBER, NotTaken
from care_console.exchange.rules.read import CannotRead, Text, open_text, shown
from care_console.exchange.rules.rows import MOST_ROWS, whole
from care_console.exchange.rules.table import Record, records, titled
from care_console.exchange.rules.table_cells import bare
from care_console.exchange.rules.vocabulary import plain

LONGEST = 200  # characters of a name and of an address
STATES = {
    DealingState.OPEN: "open|offen|ouvert|ouverte|en cours|in progress|in arbeit|new|neu|nouveau"
    "|nouvelle|pending|confirmed|bestatigt|confirme|confirmee|unpaid|unbezahlt|impaye|impayee|sent"
    "|versendet|envoye|envoyee|active|aktiv|actif|planned|geplant|prevu|prevue|scheduled|draft"
    "|entwurf|brouillon|waiting|in bearbeitung|ordered|bestellt|partly paid|teilbezahlt|accepted",
    DealingState.DONE: "done|erledigt|fait|faite|completed|complete|abgeschlossen|termine|terminee"
    "|delivered|geliefert|livre|livree|closed|geschlossen|ferme|clos|shipped|fulfilled|finished"
    "|ausgefuhrt|won|gewonnen|gagne|expired|abgelaufen|expire|visited|invoiced|berechnet|facture",
    DealingState.PAID: "paid|bezahlt|paye|payee|settled|beglichen|regle|reglee|acquitte",
    DealingState.OVERDUE: "overdue|uberfallig|en retard|late|past due|gemahnt|dunned|relance"
    "|in verzug|retard|echu|echue",
    DealingState.CANCELLED: "cancelled|canceled|storniert|annule|annulee|void|voided|abgebrochen"
    "|rejected|abgelehnt|refuse|refusee|lost|verloren|perdu|withdrawn|zuruckgezogen|no show"
    "|declined|credited|gutgeschrieben",
}
STATE_OF = {words: state for state, many in STATES.items() for words in many.split("|")}


@dataclass(frozen=True, slots=True)
class House:
    """What a table leaves unsaid is as in the house: its country, its currency."""

    country: str
    currency: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What whoever takes a file in says of it; empty is left to the file."""

    kind: DealingKind | None = None
    mark: str | None = None  # of the minor units
    dates: str = ""  # "day" or "month": which comes first


@dataclass(frozen=True, slots=True)
class DealingRow:
    """What came of one row: the ``dealing``, or ``why`` there is none; lines count from 1."""

    file: str
    row: int
    dealing: NewDealing | None
    why: str


@dataclass(frozen=True, slots=True)
class Manner:
    """How a file is written, and what it leaves unsaid."""

    columns: DealingColumns
    delimiter: str
    line: int  # of the titles
    mark: str | None
    dates: DayOrder
    kind: DealingKind | None
    house: House

    @property
    def note(self) -> str:
        """A sentence about what was decided without being told, or nothing."""
        if self.dates.told or self.dates.mixed:
            return ""
        if self.dates.first == "day":
            return _("Days such as 03/04 were read with the day first: as 3 April.")
        return _("Days such as 03/04 were read with the month first: as 4 March.")


def dealing_rows(
    path: Path, house: House, asked: Asked, noted: Callable[[str], None] = lambda words: None
) -> Iterator[DealingRow]:
    """Yield what came of each row of a file, in its order, with no more than one row in memory.

    ``noted`` is called with what was decided for the whole file without being told. The file is
    looked through once before, for that. Raises CannotRead, between two rows too.
    """
    text = open_text(path)
    manner = _manner(text, house, asked)
    if manner.note:
        noted(manner.note)
    file, told = shown(path), False
    for number, record in enumerate(_records(text, manner)):
        if number == MOST_ROWS:
            why = _("Only the first {most} rows of a file are taken. Divide it into several.")
            yield DealingRow(file, record.line, None, why.format(most=MOST_ROWS))
            return
        try:
            row = DealingRow(file, record.line, _dealing(record, manner), "")
        except NotTaken as trouble:
            row = DealingRow(file, record.line, None, str(trouble))
        if not told and _lost_its_link(record, row, manner):
            told = True
            noted(_("Links that are no plain https address were left out."))
        yield row


def _lost_its_link(record: Record, row: DealingRow, manner: Manner) -> bool:
    at = manner.columns.at.get("link")
    if at is None or row.dealing is None or row.dealing.link or record.cells is None:
        return False
    return at < len(record.cells) and bool(record.cells[at].strip())


def _manner(text: Text, house: House, asked: Asked) -> Manner:
    found = titled(text.head(), dealing_columns)
    if found is None:
        raise CannotRead(
            N_(
                "{file} has no titles above its columns that are known here. Let its first line"
                " name them, for example: Type, Number, Date, Amount, Status, Customer number."
            ),
            file=shown(text.path),
        )
    delimiter, line, columns = found
    kind = asked.kind or columns.kind or _kind_of_name(text.path.stem)
    if kind is None and "kind" not in columns.at:
        raise CannotRead(
            N_(
                "{file} does not say whether it holds orders, invoices, quotes, contracts or"
                " visits. Say it with --kind, in its name, or in a column Type."
            ),
            file=shown(text.path),
        )
    bare_manner = Manner(columns, delimiter, line, None, DayOrder("day"), kind, house)
    return Manner(
        columns,
        delimiter,
        line,
        asked.mark or mark_of_file(_column(text, bare_manner, "amount"), house.currency),
        order_of_file(_column(text, bare_manner, "dated"), house.country, asked.dates),
        kind,
        house,
    )


def _kind_of_name(stem: str) -> DealingKind | None:
    """Return the kind that a file's name says: ``open invoices 2030``."""
    found = {KIND_OF[word] for word in fold(stem).split() if word in KIND_OF}
    return found.pop() if len(found) == 1 else None


def _records(text: Text, manner: Manner) -> Iterator[Record]:
    titles = manner.columns.titles
    for record in records(text.lines(), manner.delimiter, len(titles)):
        if record.line > manner.line and record.cells != titles:
            yield record


def _column(text: Text, manner: Manner, name: str) -> Iterator[str]:
    """Yield the cells of one column that are not empty, as far as rows are taken."""
    at = manner.columns.at.get(name)
    if at is None:
        return
    for record in islice(_records(text, manner), MOST_ROWS):
        if record.cells is not None and at < len(record.cells) and record.cells[at].strip():
            yield bare(record.cells[at])


def _dealing(record: Record, manner: Manner) -> NewDealing:
    cells = whole(record, len(manner.columns.titles))
    said = {
        name: bare(cells[at]).strip() for name, at in manner.columns.at.items() if cells[at].strip()
    }
    money = _amount(said, manner)
    state_words = clean(said.get("state", ""), LONGEST)
    return NewDealing(
        kind=_kind(said, manner),
        number=_number(said),
        dated=day(said["dated"], manner.dates) if "dated" in said else None,
        minor=money.minor if money is not None else None,
        currency=money.currency if money is not None else "",
        state=STATE_OF.get(plain(state_words), DealingState.UNSAID),
        state_words=state_words,
        seller=clean(said.get("seller", ""), LONGEST),
        link=_link(said),
        customer=_customer(said),
    )


def _kind(said: dict[str, str], manner: Manner) -> DealingKind:
    words = fold(said.get("kind", ""))
    if not words:
        if manner.kind is None:
            raise NotTaken(N_("It does not say what it is: an order, an invoice or another."))
        return manner.kind
    found = {KIND_OF[word] for word in words.split() if word in KIND_OF}
    if len(found) != 1:
        raise NotTaken(
            N_("“{said}” is no order, invoice, quote, contract or visit."),
            said=clean(said["kind"], 40),
        )
    return found.pop()


def _number(said: dict[str, str]) -> str:
    raw = said.get("number", "")
    if SPREADSHEET_NUMBER.fullmatch(raw) and "e" in raw.casefold():
        raise NotTaken(
            N_(
                "A spreadsheet has rounded the number {number}. Give that column the format"
                " Text, type the number again and save the file."
            ),
            number=raw[:40],
        )
    number = clean(raw, LONGEST_NUMBER + 1)
    if not known_key(number):
        raise NotTaken(N_("It has no number."))
    if len(number) > LONGEST_NUMBER:
        raise NotTaken(N_("Its number is longer than any number is."))
    return number


def _amount(said: dict[str, str], manner: Manner) -> Amount | None:
    if "amount" not in said:
        return None
    code = said.get("currency", "")
    currency = known_currency(code) if code else manner.columns.currency
    if code and not currency:
        raise NotTaken(N_("“{code}” is no currency. Write it like GBP."), code=clean(code, 40))
    return amount(said["amount"], currency, manner.mark, manner.house.currency)


def _link(said: dict[str, str]) -> str:
    """Return a link that can be opened safely: another is left out, and the row is taken."""
    link = said.get("link", "")
    return link if safe_link(link) is not None else ""


def _customer(said: dict[str, str]) -> Customer:
    names = ("card_id", "account", "email", "phone", "name")
    return Customer(**{name: clean(said.get(name, ""), LONGEST) for name in names})
