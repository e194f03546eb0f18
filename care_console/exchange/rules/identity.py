"""By what a card from a file is known again when the same file comes a second time."""

import unicodedata
from hashlib import blake2b

from care_console.cards.rules import NewCard


def key(card: NewCard) -> str:
    """Return 32 letters that are the same whenever the same row or card is read again.

    They stand for the card's uid if it has one. Else they stand for its name and company, without
    case, marks and punctuation, together with the digits of its first number or, without one, its
    first e-mail address. So whatever else is changed in the other program changes this card, and a
    new name or another first number makes another card. The rule must stay as it is: the letters
    are kept, and a card whose key changes is taken in twice.
    """
    if card.uid:
        return key_of_uid(card.uid)
    names = f"{card.given} {card.additional} {card.family} {card.suffix}"
    return _digest(f"{same(names)}\n{same(card.company)}\n{_contact(card)}")


def key_of_uid(uid: str) -> str:
    """Return the key of a card with this uid."""
    return _digest(f"uid\n{uid}")


def same(text: str) -> str:
    """Return what tells one name from another: ``Müller-Poe`` is ``muller poe``."""
    text = text.casefold()
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join("".join(_letter(each) for each in text).split())


def _digest(said: str) -> str:
    return blake2b(said.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _letter(letter: str) -> str:
    return letter if letter.isalnum() else " "


def _contact(card: NewCard) -> str:
    for phone in card.phones:
        if digits := "".join(each for each in phone.raw if each.isdecimal()):
            return digits
    return card.emails[0].address.casefold() if card.emails else ""
