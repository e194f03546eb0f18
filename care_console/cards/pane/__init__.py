"""A customer's card on the screen, the way to a new one, and all people."""

from care_console.cards.pane.card import CardPane
from care_console.cards.pane.dealings import DealingsLeaf
from care_console.cards.pane.new_card import NewCardForm
from care_console.cards.pane.people import PeoplePane
from care_console.cards.pane.spelling import SpellingSheet
from care_console.cards.pane.unmatched import UnmatchedPane

__all__ = [
    "CardPane",
    "DealingsLeaf",
    "NewCardForm",
    "PeoplePane",
    "SpellingSheet",
    "UnmatchedPane",
]
