"""The layout of the tables: laid out, checked at each opening, and brought up to date."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from care_console.base.words import N_
from care_console.store.migrations import HEAD
from care_console.store.troubles import CannotOpen

MIGRATIONS = Path(__file__).parent / "migrations"


def lay_out(writing: Engine) -> None:
    """Make all tables in an empty database."""
    with writing.begin() as db:
        _upgrade(db)


def check(there: Connection) -> bool:
    """Return whether the layout is an older one. Raises CannotOpen if it is a newer one."""
    version = there.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    if version > HEAD:
        raise CannotOpen(
            N_("The records were made by a newer version of CARE Console. Install that one here.")
        )
    return bool(version < HEAD)


def bring_up_to_date(writing: Engine, where: Path | str) -> None:
    """Change an older layout into today's, all of it or nothing; a file is copied first."""
    with writing.connect() as db:
        raw = db.connection.dbapi_connection
        if isinstance(where, Path) and raw is not None:
            stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
            raw.execute("VACUUM INTO ?", (str(where.with_name(f"{where.name}.before-{stamp}")),))
            raw.execute("PRAGMA foreign_keys = OFF")  # a batch rebuild would delete all children
        try:
            with db.begin():
                _upgrade(db)
        finally:
            if isinstance(where, Path) and raw is not None:
                raw.execute("PRAGMA foreign_keys = ON")


def _upgrade(db: Connection) -> None:
    from alembic import command  # only here: it costs a quarter of a second
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = db
    command.upgrade(config, "head")
