"""What the columns of a table of dealings hold, by their titles in English, German or French."""

from dataclasses import dataclass, field

from care_console.base.fold import fold
from care_console.cards.rules.dealings import KIND_OF, DealingKind
from care_console.exchange.rules.amounts import known_currency
from care_console.exchange.rules.vocabulary import plain, word_set

FIELDS = {  # the words above a column, whole; a word of ours at the left
    "kind": "type|kind|document type|doc type|typ|art|belegart|belegtyp|vorgangsart|dokumentart"
    "|nature|type de document|type de piece|record type|transaction type",
    "number": "number|no|nr|nummer|numero|document number|document no|doc no|doc number|belegnummer"
    "|belegnr|beleg nr|vorgangsnummer|numero de piece|piece|reference|ref|referenz|reference number"
    "|document|beleg|n piece|num|id|transaction number",
    "dated": "date|datum|document date|belegdatum|doc date|date de piece|day|tag|created|created at"
    "|erstellt|erstellt am|date de creation|issued|issue date|ausgestellt am|date d emission",
    "amount": "amount|total|sum|value|betrag|summe|gesamt|gesamtbetrag|endbetrag|montant|total ttc"
    "|montant ttc|total amount|grand total|gross|gross amount|brutto|bruttobetrag|wert|valeur"
    "|amount due|total incl vat|rechnungsbetrag|auftragswert|montant total|price|preis|prix",
    "currency": "currency|wahrung|devise|currency code|wahrungscode|code devise|waehrung|monnaie",
    "state": "state|status|statut|etat|zustand|stage|phase|payment status|zahlungsstatus"
    "|bearbeitungsstatus|order status|invoice status|auftragsstatus|rechnungsstatus",
    "seller": "sold by|seller|salesperson|sales person|sales rep|sales representative|verkaufer"
    "|verkauferin|verkauft von|vertreter|vertrieb|vendeur|vendeuse|vendu par|commercial|owner"
    "|account manager|agent|dealer|distributor|handler|revendeur|sachbearbeiter|betreuer|engineer"
    "|technician|techniker|technicien",
    "link": "link|url|web link|weblink|lien|adresse web|web address|permalink",
    "card_id": "card|card id|card number|care id|care card|care card id|kartennummer|carte",
    "account": "account|account number|account no|account id|customer number|customer no"
    "|customer id|customer ref|client number|client no|client id|kundennummer|kunden nr|kundennr"
    "|kdnr|kd nr|debitor|debitorennummer|konto|kontonummer|numero client|numero de client|n client"
    "|no client"
    "|code client|compte|numero de compte|membership number",
    "email": "email|email address|customer email|kunden email|mail|emailadresse|courriel"
    "|adresse email|client email",
    "phone": "phone|telephone|telefon|phone number|telephone number|telefonnummer|tel|mobile|mobil"
    "|handy|portable|numero de telephone|customer phone|rufnummer",
    "name": "name|customer|customer name|client|client name|kunde|kundenname|nom|nom du client"
    "|company|firma|societe|kundin|full name|bill to|billed to|contact",
}
FIELD_OF = {words: name for name, many in FIELDS.items() for words in many.split("|")}
NUMBER_WORDS = word_set(
    "number no nr nummer numero n id ref reference referenz num code de d la le der des"
)
DATE_WORDS = word_set("date datum day tag de d am on vom du of")
UNITS = frozenset({"in", "en", "vat", "incl", "mwst", "inkl", "ttc"})  # beside an amount's title


@dataclass(frozen=True, slots=True)
class DealingColumns:
    """Where each thing stands in a row; each field of FIELDS at most once."""

    titles: list[str]
    at: dict[str, int] = field(default_factory=dict)
    kind: DealingKind | None = None  # that the title over the numbers says
    currency: str = ""  # that the title over the amounts says
    unknown: tuple[str, ...] = ()  # titles of columns that nothing is taken from

    @property
    def known(self) -> int:
        """How many titles say something to us."""
        return len(self.at)

    @property
    def names(self) -> bool:
        """Whether there are numbers, and something else."""
        return "number" in self.at and len(self.at) > 1


def dealing_columns(titles: list[str]) -> DealingColumns:
    """Return what a table of dealings has under its ``titles``; of two alike the first counts."""
    at: dict[str, int] = {}
    kind, currency, by_kind = None, "", False
    unknown = []
    for place, title in enumerate(titles):
        name, own_kind, own_currency = column_of(title)
        better = name == "number" and own_kind is not None and not by_kind
        if name and (name not in at or better):
            at[name] = place
            if name == "number":
                kind, by_kind = own_kind, own_kind is not None
            currency = own_currency if name == "amount" else currency
        elif title.strip():
            unknown.append(title.strip())
    return DealingColumns(titles, at, kind, currency, tuple(unknown))


def column_of(title: str) -> tuple[str, DealingKind | None, str]:
    """Return the field under a title, the kind and the currency that it says: often none."""
    words = plain(title)
    if words in FIELD_OF:
        return FIELD_OF[words], None, ""
    several = fold(words).split()
    if found := _kind_and(several, NUMBER_WORDS):
        return "number", found, ""
    if _kind_and(several, DATE_WORDS):
        return "dated", None, ""
    currencies = [known_currency(each) for each in several]
    code = next((each for each in currencies if each), "")
    rest = " ".join(each for each in several if not known_currency(each) and each not in UNITS)
    name = FIELD_OF.get(rest, "") if rest != words else ""
    return ("amount", None, code) if name == "amount" else ("", None, "")


def _kind_and(words: list[str], others: frozenset[str]) -> DealingKind | None:
    """Return the kind in ``invoice number`` or ``Rechnungsnummer``, if nothing else is said."""
    if len(words) == 1:
        for other in sorted(others, key=len, reverse=True):
            stem = words[0].removesuffix(other)
            if len(other) > 1 and stem != words[0] and _kind(stem) is not None:
                return _kind(stem)
    kinds = [found for word in words if (found := _kind(word)) is not None]
    said = [word for word in words if _kind(word) is None]
    sure = len(kinds) == 1 and bool(said) and others.issuperset(said)
    return kinds[0] if sure else None


def _kind(word: str) -> DealingKind | None:
    """Return the kind that a word says, also with a German joint: ``Rechnungs``."""
    return KIND_OF.get(word) or KIND_OF.get(word.removesuffix("s"))
