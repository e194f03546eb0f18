"""The calls, contacts, matters and reasons."""

import sqlalchemy as sa
from alembic import op

from care_console.store.columns import Id, Key, Moment, refers, texts

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
        refers("card_id", "card.id", needed=False),
        refers("clerk_card_id", "card.id", needed=False),
        sa.Column("seen", sa.Boolean(), nullable=False),
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
        refers("card_id", "card.id"),
        *texts("title", "state"),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("closed_for", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("matter_of_card", "matter", ["card_id", "state"], unique=False)


def _contact() -> None:
    op.create_table(
        "contact",
        sa.Column("id", Id, nullable=False),
        refers("card_id", "card.id", needed=False),
        refers("call_id", "call.id", needed=False),
        sa.Column("command_id", sa.Uuid(), nullable=True),
        refers("entry_id", "entry.id", needed=False),
        refers("matter_id", "matter.id", needed=False),
        refers("clerk_card_id", "card.id", needed=False),
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
        refers("contact_id", "contact.id"),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        refers("clerk_card_id", "card.id", needed=False),
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
