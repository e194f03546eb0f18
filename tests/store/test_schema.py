"""The tables are what the records say, and another version's are handled with care."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel, text

import care_console.authority.records  # noqa: F401  (all records that there are)
import care_console.calls.records
import care_console.cards.records
import care_console.exchange.records
import care_console.journal.records
import care_console.promises.records
import care_console.recovery.records
import care_console.settings.records
import care_console.staff.records  # noqa: F401
from care_console.store import CannotOpen, Store
from care_console.store.layout import MIGRATIONS
from care_console.store.migrations import HEAD


def test_the_code_expects_the_newest_step():

    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == HEAD


async def test_the_steps_lead_to_what_the_records_say(store):
    with store._reading.connect() as there:
        assert compare_metadata(MigrationContext.configure(there), SQLModel.metadata) == []


async def test_records_of_a_newer_version_are_told_and_left_alone(store, where):
    newer = text("UPDATE alembic_version SET version_num = '9999'")
    await store.write(lambda db: db.execute(newer) and None)

    with pytest.raises(CannotOpen, match="newer version"):
        Store.open(where)
