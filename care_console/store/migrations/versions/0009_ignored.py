"""Numbers that are ignored, and which way a call went."""

import sqlalchemy as sa
from alembic import op

from care_console.store.columns import Id, Key, Moment, refers, texts

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and the column; a ring reads the latter from the index of the numbers."""
    op.create_table(
        "ignored_number",
        sa.Column("id", Id, nullable=False),
        sa.Column("pattern", Key, nullable=False),
        *texts("why"),
        refers("clerk_card_id", "card.id", needed=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("pattern"),
        sqlite_autoincrement=True,
    )
    op.add_column("call", sa.Column("direction", sa.String(), nullable=False, server_default="in"))
    op.drop_index("call_e164", "call")
    read = ["e164", "started_at", "card_id", "direction"]
    op.create_index("call_e164", "call", read, unique=False)
