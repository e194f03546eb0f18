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
from care_console.store.copies import (
    Copy,
    NoCopy,
    age_of,
    carry,
    copies_in,
    copy_private,
    drop,
    is_whole,
    leave_no_part,
    make_copy,
    newest_whole,
    tell,
)
from care_console.store.damage import Damage, Damaged, broken_pages, doubt
from care_console.store.engines import DRIVER_TROUBLE
from care_console.store.health import Health, Standing
from care_console.store.outbox import Outbox, Waiting
from care_console.store.restoring import NotRestored, finish, keep_damaged, put_back, put_in_place
from care_console.store.salvage import Salvaged, salvage
from care_console.store.server import Server
from care_console.store.server_copies import Duty, copy_server, fill_server
from care_console.store.shares import refuse_share
from care_console.store.statements import add_many_once, add_once, ask, put, put_over
from care_console.store.store import Store
from care_console.store.troubles import CannotOpen, NoAnswer, NotKept, ServerAway
from care_console.store.turns import after_commit, take_turn, touch

__all__ = [
    "DRIVER_TROUBLE",
    "Duty",
    "NAMES_A_CARD",
    "CannotOpen",
    "Copy",
    "Damage",
    "Damaged",
    "Health",
    "Id",
    "Key",
    "Minor",
    "Moment",
    "NoAnswer",
    "NoCopy",
    "NotKept",
    "NotRestored",
    "Outbox",
    "Salvaged",
    "Server",
    "ServerAway",
    "Standing",
    "Store",
    "Waiting",
    "add_many_once",
    "add_once",
    "after_commit",
    "age_of",
    "ask",
    "broken_pages",
    "carry",
    "copies_in",
    "copy_private",
    "copy_server",
    "doubt",
    "drop",
    "fill_server",
    "finish",
    "is_whole",
    "keep_damaged",
    "holds",
    "kept_moment",
    "leave_no_part",
    "make_copy",
    "moment",
    "newest_whole",
    "put",
    "put_back",
    "put_in_place",
    "put_over",
    "refuse_share",
    "salvage",
    "take_turn",
    "touch",
    "tell",
]
