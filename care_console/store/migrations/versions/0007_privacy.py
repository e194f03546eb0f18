"""The cards that were emptied."""

import sqlalchemy as sa
from alembic import op

from care_console.store.columns import Moment, refers

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make this table."""
    op.create_table(
        "erased",
        refers("card_id", "card.id"),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("erased_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("card_id"),
    )
