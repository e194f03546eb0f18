"""What a column of a table holds, by the words above it in English, German or French."""

from dataclasses import dataclass

from care_console.cards.rules import Group
from care_console.exchange.rules.vocabulary import (
    GROUP_OF,
    LABEL_OF,
    label_of,
    plain,
    word_set,
)

# Above one column, whole; a word of NewCard or of Draft at the left
SINGLE = {
    "given": "first name|firstname|given name|forename|forenames|first|vorname|vornamen|prenom"
    "|prenoms",
    "family": "last name|lastname|family name|surname|last|nachname|familienname|zuname"
    "|nom de famille",
    "additional": "middle name|middlename|additional name|second name|middle|weitere vornamen"
    "|zweiter vorname|deuxieme prenom|autres prenoms",
    "full": "name|full name|fullname|display name|displayname|contact|contact name|kontakt"
    "|kontaktname|ansprechpartner|anzeigename|vollstandiger name|vor und nachname|nom|nom complet"
    "|nom et prenom|prenom et nom|person|interlocuteur|customer name|kundenname|client name"
    "|nom du client|supplier name|lieferantenname|nom du fournisseur|employee name",
    "prefix": "name prefix|prefix|salutation|anrede|civilite|honorific|namenszusatz",
    "prefix or title": "title|titre|titel",
    "suffix": "name suffix|suffix|suffixe",
    "preferred": "nickname|preferred name|known as|called|spitzname|rufname|surnom|nom d usage",
    "say_it": "how to say it|how to say the name|pronunciation|aussprache|prononciation",
    "say_given": "phonetic first name|given name yomi|phonetic given name",
    "say_family": "phonetic last name|family name yomi|phonetic family name",
    "title": "job title|jobtitle|position|funktion|function|fonction|poste|organization title"
    "|organization 1 title|organisation title|stelle|berufsbezeichnung|position title",
    "role": "role|rolle|profession|beruf|occupation|metier",
    "department": "department|abteilung|service|organization department"
    "|organization 1 department|dept",
    "company": "company|company name|companyname|organization|organisation|organization name"
    "|organisation name|organization 1 name|firma|firmenname|unternehmen|betrieb|societe"
    "|nom de la societe|nom de l entreprise|entreprise|raison sociale|account name|employer"
    "|associated company|primary company|business name|business|firm|organisme",
    "form_of_address": "form of address|briefanrede|formule d appel",
    "pronoun": "pronoun|pronouns|pronomen|pronom|pronoms",
    "language": "language|sprache|langue|preferred language|korrespondenzsprache|locale",
    "preferred_channel": "preferred channel|preferred contact method|bevorzugter kontaktweg",
    "preferred_hours": "preferred hours|best time to call",
    "accessibility": "accessibility|accessibility needs|barrierefreiheit|accessibilite",
    "do": "do|always",
    "dont": "don t|dont|never",
    "may_be_told": "who else may be told|may be told|authorised person|authorized person"
    "|authorised contact|authorized contact|auskunft an|auskunftsberechtigt|personne autorisee",
    "note": "note|notes|comment|comments|remark|remarks|memo|notiz|notizen|bemerkung|bemerkungen"
    "|kommentar|kommentare|anmerkung|anmerkungen|remarque|remarques|commentaire|commentaires"
    "|info|infos",
    "kind": "kind|card kind|record type|art",
    "group": "group|groups|group membership|category|categories|labels|label|tags|kategorie"
    "|kategorien|gruppe|gruppen|categorie|groupe|groupes|type|contact type|typ|kundenart"
    "|lifecycle stage|relationship|membership|memberships",
    "uid": "uid|uuid|guid|unique id|id|contact id|record id|record id contact|record id company",
    "postcode and town": "plz ort|plz und ort|plz wohnort|postcode town|zip city|cp ville"
    "|code postal ville|code postal et ville",
}
FIELD_OF = {words: word for word, many in SINGLE.items() for words in many.split("|")}

ACCOUNTS = {
    None: "account|account number|account no|account id|account nr|konto|kontonummer|compte"
    "|numero de compte|reference|ref|membership number",
    Group.END_USER: "customer number|customer no|customer id|customer ref|kundennummer|kunden nr"
    "|kundennr|kdnr|kd nr|debitor|debitorennummer|numero client|numero de client|n client"
    "|no client|code client|client number|client id|client no",
    Group.DISTRIBUTOR: "dealer number|distributor number|handlernummer|code revendeur",
    Group.SUPPLIER: "supplier number|supplier no|supplier id|vendor number|vendor id|vendor no"
    "|lieferantennummer|lieferanten nr|lieferantennr|kreditor|kreditorennummer"
    "|numero fournisseur|code fournisseur",
    Group.EMPLOYEE: "employee number|employee id|staff number|staff id|personalnummer"
    "|personal nr|mitarbeiternummer|matricule",
}
ACCOUNT_OF = {words: group for group, many in ACCOUNTS.items() for words in many.split("|")}

# Above columns of which there are many, word by word
EMAIL = word_set("email mail emailadresse courriel messagerie courrier mel")
PHONE = word_set(
    "phone phones telephone tel telefon telephon telefonnummer fon rufnummer phonenumber festnetz"
    " landline durchwahl haupttelefon autotelefon callback ruckmeldung rappel isdn"
    " rnis mobile mobil mobiltelefon mobilnummer cell cellular cellphone handy handynummer portable"
    " gsm natel fax telefax faxnummer telecopie telecopieur pager radio funkruf"
)
PARTS = {  # the first that fits counts: "Country/Region" is a country
    "label": "type label kind typ",
    "country": "country countries pays land nation",
    "box": "box postfach boite",
    "postcode": "postcode zip zipcode plz postleitzahl postal cp",
    "more": "extended",
    "whole": "formatted",
    "town": "city town ort stadt wohnort ville commune locality localite suburb",
    "region": "state region county province bundesland kanton canton departement dep dept",
    "street": "street streetaddress strasse str hausnummer rue voie address addresse adresse"
    " anschrift postanschrift line",
}
PART_WORDS = {part: frozenset(words.split()) for part, words in PARTS.items()}
PLACES = word_set(
    "work business office geschaftlich dienstlich arbeit buro bureau travail professionnel"
    " professionnelle pro home private privat domicile personnel personnelle maison other weitere"
    " weiterer weiteres weiteren autre main zentrale haupt principal principale switchboard"
    " standard callback company firma societe car voiture assistant assistent primary secondary"
    " mailing billing shipping delivery direct direkt zentral"
)
FILLERS = word_set(
    "value address adresse no nr number nummer numero e r s de du des d l la le the of po p o code"
    " der die das und and or et a tdd tty"
)
SWITCHBOARDS = frozenset({"company", "firma", "societe"})  # above a number
OTHER_LABELS = ("billing", "shipping", "delivery")
ADDRESSES = ("address", "adresse", "anschrift")
NOT_AN_EMAIL = word_set("display angezeigter name nom complet")  # Outlook's "Display Name"
SAYS_NOTHING_NEW = frozenset(
    {"initials", "initialen", "initiales", "photo", "file as", "yomi name"}
)


WRITTEN_HERE = " care console"  # above a column that only this program writes


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds.

    ``field`` is one of SINGLE, or ``account``, ``phone``, ``email`` or a part of an address.
    ``slot`` tells columns apart that would else be one, and ``label`` is in our words. ``group``
    is the one that the words above the column imply.
    """

    field: str
    slot: str = ""
    label: str = ""
    group: Group | None = None


def column(title: str) -> Column | None:
    """Return what the column under ``title`` holds, or None if no card has a place for it."""
    words = plain(title)
    if words.endswith(WRITTEN_HERE):
        return Column(f"exact {words.partition(' ')[0]}")
    if words in SAYS_NOTHING_NEW:
        return Column("nothing")
    if words in ACCOUNT_OF:
        return Column("account", group=ACCOUNT_OF[words])
    if words in FIELD_OF:
        return Column(FIELD_OF[words])
    if words in GROUP_OF:  # "Supplier" above the suppliers' names
        return Column("full", group=GROUP_OF[words])
    if words in ("number", "nummer", "numero"):
        return Column("phone")
    return _one_of_many(words.split())


def _one_of_many(words: list[str]) -> Column | None:
    """A column whose words are all known; else "last phone call" would be a number."""
    said = {word for word in words if not word.isdigit()}
    numbers = [word for word in words if word.isdigit()]
    if len(numbers) > 2 or any(len(number) > 2 for number in numbers):
        return None
    slot, label = "".join(numbers[:1]), _label(said)
    typed = not said.isdisjoint(PART_WORDS["label"])
    if not said.isdisjoint(EMAIL) and said <= EMAIL | NOT_AN_EMAIL | KNOWN:
        if not said.isdisjoint(NOT_AN_EMAIL):
            return Column("nothing")
        return Column("email label" if typed else "email", slot, label)
    if not said.isdisjoint(PHONE) and said <= PHONE | KNOWN:
        return Column("phone label" if typed else "phone", slot, label)
    return _part_of_address(words, said, numbers, label) if said <= KNOWN else None


def _part_of_address(
    words: list[str], said: set[str], numbers: list[str], label: str
) -> Column | None:
    """Tell "Address 2 - City", the second address, from "Street 2", the second line of one."""
    part = next((part for part, known in PART_WORDS.items() if not said.isdisjoint(known)), None)
    if part is None or (part == "label" and said.isdisjoint(ADDRESSES)):
        return None
    numbered = words[0] in ADDRESSES and len(words) > 2 and words[1].isdigit()
    if numbered or part != "street":
        label_and_number = f"{label} {''.join(numbers[:1])}"
        return Column("address label" if part == "label" else part, label_and_number.strip(), label)
    return Column(part, label, label)


def _label(said: set[str]) -> str:
    known = [word for word in said if word in LABEL_OF]
    if not said.isdisjoint(SWITCHBOARDS):
        known.append("main")
    return label_of(" ".join(known)) or next((each for each in OTHER_LABELS if each in said), "")


KNOWN = PLACES | FILLERS | frozenset().union(*PART_WORDS.values())
