"""The past imports, what they did, and what only vCards say."""

import sqlalchemy as sa
from alembic import op

from care_console.store.columns import Id, Key, Moment, refers, texts

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make these tables."""
    op.create_table(
        "card_kept",
        sa.Column("id", Id, nullable=False),
        refers("card_id", "card.id"),
        *texts("line"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_card_kept_card_id"), "card_kept", ["card_id"], unique=False)
    op.create_table(
        "import_run",
        sa.Column("id", Id, nullable=False),
        sa.Column("begun_at", Moment(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        refers("clerk_card_id", "card.id", needed=False),
        *texts("file", "state"),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("read", "new", "updated", "unchanged", "left_out")
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "import_act",
        refers("run_id", "import_run.id"),
        sa.Column("row", Id, nullable=False),
        sa.Column("card_id", Id, nullable=False),
        sa.Column("made", sa.Boolean(), nullable=False),
        sa.Column("tied", sa.Boolean(), nullable=False),
        sa.Column("row_key", Key, nullable=False),
        sa.Column("ops", sa.JSON(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "row"),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_import_act_card_id"), "import_act", ["card_id"], unique=False)
    op.create_table(
        "import_mapping",
        sa.Column("titles_key", Key, nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("titles_key"),
    )
