"""Laying out the tables by the steps that led to today's."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from care_console.store.migrations import HEAD
from care_console.store.turns import turn_number

MIGRATIONS = Path(__file__).parent / "migrations"
VERSION = "alembic_version"
TURN = turn_number("the layout of the tables")


def upgrade(db: Connection, to: str = HEAD) -> None:
    """Bring the tables to a version, from whichever they are of, or from none."""
    from alembic import command  # only here: it costs a quarter of a second
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = db
    command.upgrade(config, to)


def tables_in(db: Connection) -> list[str]:
    """Return the names of all tables that are there."""
    return sorted(inspect(db).get_table_names())


def take_layout_turn(db: Connection) -> None:
    """Let no other desk lay out or change the tables of a server before this unit has ended."""
    db.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": TURN})
