"""Words that other address books use for groups, labels and languages, and ours for them."""

import re
import unicodedata
from functools import lru_cache

from care_console.base.names import clean
from care_console.cards.rules import Group


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(words.split())


MARK = re.compile(r"^[*\s_$!<]+|[>!$_\s]+$")  # Google's "* Work", Apple's "_$!<Work>!$_"
LETTERS_OR_DIGITS = re.compile(r"[^\W\d_]+|\d+")
E_MAIL = re.compile(r"\be mail")

GROUPS = {
    Group.END_USER: (
        "end user|end users|enduser|endusers|customer|customers|client|clients|cliente|clientes"
        "|kunde|kunden|kundin|kundinnen|endkunde|endkunden|endkundin|endnutzer|endnutzerin"
        "|endverbraucher|anwender|endanwender|utilisateur final|utilisateurs finaux"
        "|utilisatrice finale|utilisatrices finales|client final|clients finaux|consumer|consumers"
    ),
    Group.PROSPECT: (
        "prospect|prospects|lead|leads|opportunity|interessent|interessenten|interessentin"
        "|interessentinnen|client potentiel|clients potentiels|prospect client"
        "|marketing qualified lead|marketingqualifiedlead|sales qualified lead|salesqualifiedlead"
    ),
    Group.DISTRIBUTOR: (
        "distributor|distributors|dealer|dealers|reseller|resellers|retailer|retailers"
        "|handler|handlerin|fachhandler|distributoren|distributorin|vertriebspartner"
        "|wiederverkaufer|handelspartner|distributeur|distributeurs|distributrice|distributrices"
        "|revendeur|revendeurs|revendeuse|revendeuses|concessionnaire|concessionnaires"
    ),
    Group.SUPPLIER: (
        "supplier|suppliers|vendor|vendors|lieferant|lieferanten|lieferantin|lieferantinnen"
        "|zulieferer|fournisseur|fournisseurs|fournisseuse|fournisseuses"
    ),
    Group.EMPLOYEE: (
        "employee|employees|staff|colleague|colleagues|coworker|coworkers|co worker|co workers"
        "|mitarbeiter|mitarbeiterin|mitarbeiterinnen|mitarbeitende|mitarbeitender|angestellte"
        "|angestellter|angestellten|beschaftigte|beschaftigter|beschaftigten|kollege|kollegen"
        "|kollegin|kolleginnen|personal|employe|employes|salarie|salaries"
        "|salariee|salariees|collaborateur|collaborateurs|collaboratrice|collaboratrices"
        "|collegue|collegues|personnel"
    ),
}
GROUP_OF = {word: group for group, words in GROUPS.items() for word in words.split("|")}

LABELS = {
    "work": "work business office geschaftlich dienstlich arbeit buro bureau travail professionnel"
    " professionnelle pro",
    "home": "home private privat private domicile personnel personnelle maison perso zuhause",
    "other": "other weitere weiterer weiteres sonstige andere anderes autre",
    "mobile": "mobile cell cellular iphone handy mobil mobiltelefon portable gsm natel mobilnummer"
    " mobilfunk",
    "fax": "fax telefax telecopie telecopieur facsimile faxnummer",
    "pager": "pager beeper",
    "main": "main zentrale haupt haupttelefon principal switchboard standard",
    "car": "car auto autotelefon voiture",
    "school": "school schule ecole",
    "callback": "callback ruckmeldung rappel",
    "assistant": "assistant assistent assistante assistentin",
}
LABEL_OF = {word: label for label, words in LABELS.items() for word in words.split()}
SAYS_NOTHING = word_set(
    "voice pref internet text video msg textphone isdn modem bbs pcs x400 dom intl postal parcel"
    " smtp ex phone telephone telefon tel email mail e type s numero nummer number address adresse"
    " preferred default custom null"
)

LANGUAGES = {
    "en": "english englisch anglais",
    "de": "german deutsch allemand",
    "fr": "french franzosisch francais",
    "es": "spanish spanisch espagnol espanol",
    "it": "italian italienisch italien italiano",
    "nl": "dutch niederlandisch neerlandais nederlands",
    "pt": "portuguese portugiesisch portugais portugues",
    "pl": "polish polnisch polonais polski",
    "cs": "czech tschechisch tcheque",
    "da": "danish danisch danois dansk",
    "sv": "swedish schwedisch suedois svenska",
    "nb": "norwegian norwegisch norvegien norsk",
    "fi": "finnish finnisch finnois suomi",
    "el": "greek griechisch grec",
    "hu": "hungarian ungarisch hongrois magyar",
    "ro": "romanian rumanisch roumain romana",
    "tr": "turkish turkisch turc turkce",
    "ru": "russian russisch russe",
    "uk": "ukrainian ukrainisch ukrainien",
    "ar": "arabic arabisch arabe",
    "zh": "chinese chinesisch chinois",
    "ja": "japanese japanisch japonais",
    "cy": "welsh walisisch gallois cymraeg",
}
LANGUAGE_OF = {word: code for code, words in LANGUAGES.items() for word in words.split()}
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # BCP 47, as far as it is used


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return letters and digits in words, small and without marks: ``Straße (privat)2`` is
    ``strasse privat 2``.
    """
    apart = unicodedata.normalize("NFKD", text[:200].casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return E_MAIL.sub("email", " ".join(LETTERS_OR_DIGITS.findall(bare)))


def group_of(words: str) -> Group | None:
    """Return the group that ``words`` name in English, German or French, in any number."""
    return GROUP_OF.get(plain(words))


@lru_cache(maxsize=4096)
def label_of(words: str) -> str:
    """Return the label in our words, ``work fax``; one that somebody made up stays as it is."""
    own = clean(MARK.sub("", words[:60]))
    said = [LABEL_OF.get(word, word) for word in plain(own).split()]
    telling = [word for word in dict.fromkeys(said) if word not in SAYS_NOTHING]
    if all(word in LABELS for word in telling):
        return " ".join(sorted(telling, key=list(LABELS).index))
    return own


def language_of(words: str) -> str:
    """Return the BCP 47 tag for ``de_ch`` or ``German``, written as in RFC 5646, or nothing."""
    if not words:
        return ""
    if (code := LANGUAGE_OF.get(plain(words))) is not None:
        return code
    tag = words.strip().replace("_", "-")
    if not LANGUAGE_TAG.fullmatch(tag):
        return ""
    language, *others = tag.lower().split("-")
    cased = {2: str.upper, 4: str.title}
    return "-".join([language, *(cased.get(len(each), str.lower)(each) for each in others)])
