"""Of whom each column speaks, and by which way a row belongs to a card."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Class(StrEnum):
    """What a column of text or JSON holds."""

    PERSON = "person"  # words, names and numbers of whoever the row belongs to
    HOUSE = "house"  # words of the house, about nobody
    TECHNICAL = "technical"  # kinds, codes, digests and ids
    SECRET = "secret"  # never leaves the records, not even to its owner


class Way(NamedTuple):
    """How a row belongs to a card: ``column`` holds ``of`` of ``table``, which belongs to it."""

    column: str
    table: str = "card"
    of: str = "id"


P, H, T, S = Class.PERSON, Class.HOUSE, Class.TECHNICAL, Class.SECRET

CLASSES: Mapping[str, Mapping[str, Class]] = {
    "card": {
        **dict.fromkeys(("name", "prefix", "given", "additional", "family", "suffix"), P),
        **dict.fromkeys(("preferred", "say_it", "title", "company", "form_of_address"), P),
        **dict.fromkeys(("pronoun", "language", "preferred_channel", "preferred_hours"), P),
        **dict.fromkeys(("accessibility", "do", "dont", "may_be_told", "note", "uid"), P),
        **{"sort_key": P, "kind": T},
    },
    "card_phone": dict.fromkeys(("raw", "label", "e164", "extension"), P),
    "card_email": dict.fromkeys(("address", "label", "address_key"), P),
    "card_address": dict.fromkeys(("street", "town", "region", "postcode", "country", "label"), P),
    "card_membership": {"card_group": P, "account_number": P, "account_key": P},
    "card_alert": {"words": P},
    "card_relation": {"kind": P},
    "card_facts": {"kind": T, "headline": P},
    "card_face": {"face": P, "words": P},
    "card_word": {"kind": T, "key": P, "face": P},
    "number_ending": {"ending": P, "before": P},
    "word_slip": {"slip": T, "word": T},  # of all names together: it goes with the last card
    "noted_number": {"e164": P, "source": T},
    "recent_word": {"kind": T, "key": P, "face": P},
    "imported": {"row_key": P, "said": P},
    "option": {"name": T, "value": H},
    "department": {"name": H, "name_key": H},
    "clerk": {"role": T, "words": T, "passphrase": S, "pin": S},
    "sign_in_attempt": {"name_key": T, "secret": T},
    "entry": dict.fromkeys(("origin", "kind", "facts", "visibility", "digest", "chain"), T),
    "entry_personal": {"salt": T, "personal": P},
    "entry_card": {"card_group": P},
    "call": {
        **dict.fromkeys(("raw", "name", "e164", "diverted_from"), P),
        **dict.fromkeys(("line", "call_id", "presentation", "match", "outcome", "cause"), T),
        **{"called": H, "direction": T},
    },
    "ignored_number": {"pattern": H, "why": H},  # of no card: what the house does not listen to
    "matter": {"title": P, "closed_for": P, "state": T},
    "contact": {
        **dict.fromkeys(("reason", "notes", "matter_title"), P),
        **dict.fromkeys(("channel", "direction", "state", "outcome", "card_group"), T),
    },
    "contact_verified": {"fact": T},
    "reason": {"title_key": H, "title": H},  # one that only this person had goes with them
    "duty": {"title": P, "kind": T, "about": T, "outcome": T},
    "remedy_catalogue": {"name": H, "kind": T, "card_group": T, "unit": T},
    "authority_limit": {"scope": T, "role": T, "training": H},
    "authority_spent": {"scope": T, "period": T},
    "remedy": {
        **dict.fromkeys(("why", "person_first", "outcome"), P),
        **dict.fromkeys(("currency", "state", "limits", "taken"), T),
    },
    "authority_request": {"story": P, "words": P, "state": T},
    "playbook": {"card_group": T, "language": T, "text": H},
    "recovery": {
        **dict.fromkeys(("title", "unanswered"), P),
        **dict.fromkeys(("card_group", "opened_from", "fault", "language"), T),
        "answers": T,  # yes or no, each with its moment
    },
    "recovery_step": {"note": P, "earlier": P, "step": T, "state": T, "wording": T},
    "wording_said": {"wording": T},
    "abuse_warning": {},
    "erased": {},
    "dealing": {
        **dict.fromkeys(("state_words", "link", "said"), P),
        **dict.fromkeys(("number", "known_key", "number_key", "digits_key", "ending_key"), H),
        **dict.fromkeys(("kind", "currency", "state"), T),  # the books keep their numbers and sums
        "seller": H,
    },
    "card_kept": {"line": P},
    "card_moved": {"place": T, "row_key": P, "columns": T, "digest": T},
    "card_replaced": {},
    "import_act": {"row_key": P, "ops": P, "said": P},
    "import_run": {"file": H, "state": T},
    "import_mapping": {"titles_key": H, "columns": H},
    "dealing_file": {"name": H, "digest": T},
}
"""Each column of text or JSON. A test fails where a new one has no class."""

OWN = (Way("card_id"),)
OF_CONTACT = (Way("contact_id", "contact"),)
OF_RECOVERY = (Way("recovery_id", "recovery"),)
OF_ENTRY = (Way("entry_id", "entry_card", "entry_id"), Way("entry_id", "contact", "entry_id"))

WAYS: Mapping[str, tuple[Way, ...]] = {
    "card": (Way("id"),),
    **dict.fromkeys(("card_phone", "card_email", "card_address", "card_membership"), OWN),
    **dict.fromkeys(("card_alert", "card_facts", "card_face", "card_word"), OWN),
    **dict.fromkeys(("number_ending", "noted_number", "card_recent", "recent_word"), OWN),
    **dict.fromkeys(("imported", "clerk", "entry_card", "call", "matter", "duty"), OWN),
    **dict.fromkeys(("dealing", "card_kept", "card_replaced", "import_act"), OWN),
    "card_moved": (Way("entry_id", "entry_card", "entry_id"),),
    **dict.fromkeys(("remedy", "authority_request", "recovery", "wording_said"), OWN),
    "card_relation": (Way("first_id"), Way("second_id")),
    "entry": (Way("id", "entry_card", "entry_id"), Way("id", "contact", "entry_id")),
    "entry_personal": OF_ENTRY,
    "contact": (Way("card_id"), Way("call_id", "call")),
    "contact_verified": OF_CONTACT,
    "abuse_warning": OF_CONTACT,
    "recovery_step": OF_RECOVERY,
}
"""Each table whose rows belong to a card; all others belong to the house."""

ALONE = "e164"  # of ``call``: a number to which only this card answers is a way to it, too

GOES: frozenset[str] = frozenset(
    {
        *("card_phone", "card_email", "card_address", "card_membership", "card_alert"),
        *("card_facts", "card_face", "card_word", "number_ending", "noted_number"),
        *("card_recent", "recent_word", "card_relation", "imported", "entry_personal"),
        *("wording_said", "card_kept", "card_moved", "import_act"),
    }
)
"""The tables whose rows go whole in an erasure; of the others only what is personal goes."""


def class_of(table: str, column: str) -> Class:
    """Return what a column holds; one that nobody classed is the person's, if a way leads there."""
    known = CLASSES.get(table, {}).get(column)
    if known is not None:
        return known
    return Class.PERSON if table in WAYS else Class.HOUSE
