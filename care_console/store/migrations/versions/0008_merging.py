"""The merged cards, what moved, which pairs are not the same, and who owns what is open."""

import sqlalchemy as sa
from alembic import op

from care_console.store.columns import Id, refers, texts

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make these tables, and the column of the owner."""
    _card_replaced()
    _card_moved()
    _card_distinct()
    with op.batch_alter_table("card_facts") as table:
        table.add_column(sa.Column("owner_card_id", Id, nullable=True))
        table.create_foreign_key("card_facts_owner", "card", ["owner_card_id"], ["id"])


def _card_replaced() -> None:
    op.create_table(
        "card_replaced",
        refers("card_id", "card.id"),
        refers("by_card_id", "card.id"),
        refers("entry_id", "entry.id"),
        sa.PrimaryKeyConstraint("card_id"),
    )
    op.create_index(op.f("ix_card_replaced_by_card_id"), "card_replaced", ["by_card_id"])


def _card_moved() -> None:
    op.create_table(
        "card_moved",
        refers("entry_id", "entry.id"),
        *texts("place", "row_key", "columns", "digest"),
        sa.PrimaryKeyConstraint("entry_id", "place", "row_key"),
    )


def _card_distinct() -> None:
    op.create_table(
        "card_distinct",
        refers("first_id", "card.id"),
        refers("second_id", "card.id"),
        sa.PrimaryKeyConstraint("first_id", "second_id"),
    )
    op.create_index(op.f("ix_card_distinct_second_id"), "card_distinct", ["second_id"])
