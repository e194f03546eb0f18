"""What a name in one piece says: parts of a person's name, or an organisation."""

import re

from care_console.exchange.rules.vocabulary import word_set

PREFIXES = word_set(
    "mr mrs ms miss mx dr prof professor sir dame lord lady rev reverend father sister capt captain"
    " herr frau dott dottssa mme mlle monsieur madame mademoiselle maître señor señora sra"
)
DOTTED_PREFIXES = word_set(  # without a dot these are names or initials
    "m me mag ing dipl fr hr sr med phil rer nat jur iur theol oec habil"
)
SUFFIXES = word_set(
    "jr sr jnr snr junior senior ii iii iv phd md mba msc bsc dds dvm esq cpa obe mbe cbe frcs llm"
)
PARTICLES = word_set(  # with which a family name may begin, in small letters only
    "van von vom zu zum zur de der den del della delle dello di da das do dos du des d la le los"
    " las ten ter te tot op 't in bin ibn bint al el ap af av"
)

# Legal forms and the like, which no person has in the name: anywhere, or as the last word
FORMS = word_set(
    "ltd limited plc llp llc inc incorporated corp corporation gmbh mbh ggmbh ohg gbr kgaa sarl"
    " sasu eurl scop srl bvba sprl pty sdn bhd holding holdings foundation stiftung verein verband"
    " genossenschaft association université universität university hochschule college school"
    " schule école council gemeinde stadtverwaltung mairie hospital krankenhaus klinik hôpital"
    " clinic ministry versicherung insurance société entreprise gesellschaft company"
)
LAST_FORMS = word_set(
    "AG KG UG SE SA AB AS NV BV OG CIC CIO SAS SNC SCI SpA SL Oy Oyj ApS ASA eV eK eG Pte Group"
    " Groupe Gruppe"
)
PARTNERS = re.compile(  # "& Sons", "und Söhne", "et Fils", "Brothers" at the end
    r"(?:&|\+|\band\b|\bund\b|\bet\b)\s*(?:sons?|daughters?|co|partners?|partner|associates|söhne"
    r"|sohn|töchter|cie|fils|filles?|frères|associés)\b|\b(?:bros|brothers|gebrüder|gebr)\b",
    re.IGNORECASE,
)
NO_NAME = re.compile(r"[\d\s+()/.*#-]+|\S+@\S+")  # a number or an e-mail address


def is_organisation(name: str) -> bool:
    """Tell whether a name is rather an organisation's: ``Okafor & Sons``, ``Poe GmbH``."""
    words = name.split()
    if len(words) < 2:
        return False
    plain = {word.strip(".,()").replace(".", "").casefold() for word in words}
    return (
        not plain.isdisjoint(FORMS)
        or words[-1].replace(".", "") in LAST_FORMS
        or PARTNERS.search(name) is not None
    )


def is_name(text: str) -> bool:
    """Tell whether ``text`` is more than a number or an e-mail address in a name's place."""
    return bool(text) and NO_NAME.fullmatch(text) is None


def split_name(whole: str) -> dict[str, str]:
    """Split ``Dr Maria Okafor``, ``Okafor, Maria`` or ``Maria van den Berg`` into its parts.

    They have the names that NewCard gives them. One word alone is the given name. Whatever is
    split, no word is lost.
    """
    before, comma, after = whole.partition(",")
    later = after.replace(",", " ").split()
    if later and not all(_plain(word) in SUFFIXES for word in later):
        prefix, given = _prefix(later)
        return _said(prefix=prefix, given=given, family=before.split())
    prefix, words = _prefix(before.split())
    last = len(words)
    while last > 2 and _plain(words[last - 1]) in SUFFIXES:
        last -= 1
    suffix = [*words[last:], *after.split()]
    start = _family_start(words[:last])
    return _said(prefix=prefix, given=words[:start], family=words[start:last], suffix=suffix)


def _said(**parts: list[str]) -> dict[str, str]:
    return {part: " ".join(words) for part, words in parts.items() if words}


def _family_start(words: list[str]) -> int:
    """With no word before them, particles begin no family name but the whole name."""
    for place, word in enumerate(words[1:-1], start=1):
        if word in PARTICLES:
            return place
    return max(len(words) - 1, 1)


def _prefix(words: list[str]) -> tuple[list[str], list[str]]:
    end = 0
    while end < len(words) - 1 and is_prefix(words[end]):
        end += 1
    return words[:end], words[end:]


def is_prefix(word: str) -> bool:
    """Tell whether ``word`` stands before names: ``Dr``, ``Mme``; some do only with a dot."""
    plain = _plain(word)
    return plain in PREFIXES or (word.endswith(".") and plain in DOTTED_PREFIXES)


def _plain(word: str) -> str:
    return word.strip(".,").replace(".", "").casefold()
