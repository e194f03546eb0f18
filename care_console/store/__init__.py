"""Where records are kept: the only room that knows SQLite and PostgreSQL."""

from care_console.store.columns import (
    NAMES_A_CARD,
    Id,
    Key,
    Minor,
    Moment,
    holds,
    kept_moment,
    moment,
)
from care_console.store.outbox import Outbox, Waiting
from care_console.store.server import Server
from care_console.store.shares import refuse_share
from care_console.store.statements import add_many_once, add_once, ask, put, put_over
from care_console.store.store import Store
from care_console.store.troubles import CannotOpen, NoAnswer, NotKept, ServerAway
from care_console.store.turns import after_commit, take_turn

__all__ = [
    "NAMES_A_CARD",
    "CannotOpen",
    "Id",
    "Key",
    "Minor",
    "Moment",
    "NoAnswer",
    "NotKept",
    "Outbox",
    "Server",
    "ServerAway",
    "Store",
    "Waiting",
    "add_many_once",
    "add_once",
    "after_commit",
    "ask",
    "holds",
    "kept_moment",
    "moment",
    "put",
    "put_over",
    "refuse_share",
    "take_turn",
]
