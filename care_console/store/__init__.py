"""Where records are kept: the only room that knows SQLite and PostgreSQL."""

from care_console.store.columns import Id, Key, Minor, Moment, kept_moment, moment
from care_console.store.statements import add_many_once, add_once
from care_console.store.store import Store
from care_console.store.troubles import CannotOpen, NoAnswer, NotKept

__all__ = [
    "CannotOpen",
    "Id",
    "Key",
    "Minor",
    "Moment",
    "NoAnswer",
    "NotKept",
    "Store",
    "add_many_once",
    "add_once",
    "kept_moment",
    "moment",
]
