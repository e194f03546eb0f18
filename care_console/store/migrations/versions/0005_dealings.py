"""Orders, invoices, quotes, contracts and visits, and the files from which they came."""

import sqlalchemy as sa
from alembic import op

from care_console.store.columns import Id, Key, Moment, refers, texts

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make these tables."""
    op.create_table(
        "dealing",
        sa.Column("id", Id, nullable=False),
        refers("card_id", "card.id", needed=False),
        sa.Column("kind", Key, nullable=False),
        *texts("number"),
        sa.Column("known_key", Key, nullable=False),
        sa.Column("number_key", Key, nullable=False),
        sa.Column("digits_key", Key, nullable=True),
        sa.Column("ending_key", Key, nullable=True),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=True),
        *texts("currency", "state", "state_words", "seller"),
        refers("seller_card_id", "card.id", needed=False),
        *texts("link"),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("dealing_known", "dealing", ["kind", "known_key"], unique=True)
    op.create_index("dealing_number", "dealing", ["number_key", "id"], unique=False)
    op.create_index("dealing_digits", "dealing", ["digits_key", "id"], unique=False)
    op.create_index("dealing_ending", "dealing", ["ending_key", "id"], unique=False)
    op.create_index("dealing_of_card", "dealing", ["card_id", "dated", "id"], unique=False)
    open_ones = ["card_id", "state", "dated", "id"]
    op.create_index("dealing_open", "dealing", open_ones, unique=False)
    op.create_index(op.f("ix_dealing_seller_card_id"), "dealing", ["seller_card_id"], unique=False)
    op.create_table(
        "dealing_file",
        sa.Column("name", Key, nullable=False),
        sa.Column("digest", Key, nullable=False),
        sa.Column("taken_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("name", "digest"),
    )
