"""Starting, changing, finding and relating cards."""

from care_console.cards.service.add import Cards
from care_console.cards.service.dealings import Dealings
from care_console.cards.service.doubles import Doubles
from care_console.cards.service.edit import ChangedSince, Conflict, Edits
from care_console.cards.service.index import Index
from care_console.cards.service.merging import Merging
from care_console.cards.service.numbers import Numbers
from care_console.cards.service.replaced import Replaced
from care_console.cards.service.rereading import Rereading
from care_console.cards.service.search import Hit, Search

__all__ = [
    "Cards",
    "ChangedSince",
    "Conflict",
    "Dealings",
    "Doubles",
    "Edits",
    "Hit",
    "Index",
    "Merging",
    "Numbers",
    "Replaced",
    "Rereading",
    "Search",
]
