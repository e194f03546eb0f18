"""The calls, contacts, matters and reasons."""

import sqlalchemy as sa
from alembic import op

from care_console.store.columns import Id, Key, Moment, texts

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make these tables."""
    _call()
    _matter()
    _contact()
    _contact_verified()
    _reason()


def _call() -> None:
    op.create_table(
        "call",
        sa.Column("id", Id, nullable=False),
        *texts("line", "call_id"),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("e164", Key, nullable=True),
        *texts("raw", "name", "presentation", "called", "diverted_from", "match"),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        *texts("outcome", "cause"),
        sa.Column("card_id", Id, nullable=True),
        sa.Column("clerk_card_id", Id, nullable=True),
        sa.Column("seen", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["card_id"],
            ["card.id"],
        ),
        sa.ForeignKeyConstraint(
            ["clerk_card_id"],
            ["card.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("line", "call_id", "turn"),
        sqlite_autoincrement=True,
    )
    op.create_index("call_e164", "call", ["e164", "started_at", "card_id"], unique=False)
    op.create_index("call_waiting", "call", ["outcome", "seen", "started_at"], unique=False)
    op.create_index(op.f("ix_call_card_id"), "call", ["card_id"], unique=False)
    op.create_index(op.f("ix_call_started_at"), "call", ["started_at"], unique=False)


def _matter() -> None:
    op.create_table(
        "matter",
        sa.Column("id", Id, nullable=False),
        sa.Column("card_id", Id, nullable=False),
        *texts("title", "state"),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("closed_for", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["card_id"],
            ["card.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("matter_of_card", "matter", ["card_id", "state"], unique=False)


def _contact() -> None:
    op.create_table(
        "contact",
        sa.Column("id", Id, nullable=False),
        sa.Column("card_id", Id, nullable=True),
        sa.Column("call_id", Id, nullable=True),
        sa.Column("command_id", sa.Uuid(), nullable=True),
        sa.Column("entry_id", Id, nullable=True),
        sa.Column("matter_id", Id, nullable=True),
        sa.Column("clerk_card_id", Id, nullable=True),
        *texts(
            "channel",
            "direction",
            "card_group",
            "state",
            "reason",
            "notes",
            "matter_title",
            "outcome",
        ),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("saved_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["call.id"],
        ),
        sa.ForeignKeyConstraint(
            ["card_id"],
            ["card.id"],
        ),
        sa.ForeignKeyConstraint(
            ["clerk_card_id"],
            ["card.id"],
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("command_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("contact_of_card", "contact", ["card_id", "state", "started_at"], unique=False)
    op.create_index("contact_state", "contact", ["state", "clerk_card_id"], unique=False)
    op.create_index(op.f("ix_contact_call_id"), "contact", ["call_id"], unique=False)
    op.create_index(op.f("ix_contact_matter_id"), "contact", ["matter_id"], unique=False)


def _contact_verified() -> None:
    op.create_table(
        "contact_verified",
        sa.Column("contact_id", Id, nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("clerk_card_id", Id, nullable=True),
        sa.ForeignKeyConstraint(
            ["clerk_card_id"],
            ["card.id"],
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
        ),
        sa.PrimaryKeyConstraint("contact_id", "fact"),
    )


def _reason() -> None:
    op.create_table(
        "reason",
        sa.Column("title_key", Key, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("title_key"),
    )
    op.create_index(op.f("ix_reason_uses"), "reason", ["uses"], unique=False)
