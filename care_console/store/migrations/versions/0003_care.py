"""The departments, duties, limits, remedies and recoveries."""

import sqlalchemy as sa
from alembic import op

from care_console.store.columns import Id, Key, Moment, refers, texts

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make these tables."""
    _duty()
    _remedy_catalogue()
    _authority_limit()
    _authority_spent()
    _remedy()
    _authority_request()
    _playbook()
    _recovery()
    _recovery_step()
    _wording_said()
    _abuse_warning()


def _duty() -> None:
    op.create_table(
        "duty",
        sa.Column("id", Id, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        refers("card_id", "card.id", needed=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("about_id", Id, nullable=False),
        refers("owner_card_id", "card.id", needed=False),
        refers("department_id", "department.id", needed=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        refers("made_by_card_id", "card.id", needed=False),
        sa.Column("first_due_at", Moment(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("settled_at", Moment(), nullable=True),
        refers("settled_by_card_id", "card.id", needed=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("duty_about", "duty", ["about", "about_id"], unique=False)
    op.create_index("duty_open", "duty", ["settled_at", "due_at"], unique=False)
    op.create_index(op.f("ix_duty_card_id"), "duty", ["card_id"], unique=False)
    op.create_index(op.f("ix_duty_owner_card_id"), "duty", ["owner_card_id"], unique=False)


def _remedy_catalogue() -> None:
    op.create_table(
        "remedy_catalogue",
        sa.Column("id", Id, nullable=False),
        *texts("kind", "name", "card_group", "unit"),
        sa.Column("usual", sa.BigInteger(), nullable=False),
        sa.Column("piece_minor", sa.BigInteger(), nullable=False),
        sa.Column("entitlement", sa.Boolean(), nullable=False),
        refers("doer_department_id", "department.id", needed=False),
        sa.Column("done_within_s", sa.Integer(), nullable=False),
        sa.Column("why_wanted", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )


def _authority_limit() -> None:
    op.create_table(
        "authority_limit",
        sa.Column("id", Id, nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        refers("catalogue_id", "remedy_catalogue.id", needed=False),
        sa.Column("role", sa.String(), nullable=False),
        refers("clerk_card_id", "card.id", needed=False),
        refers("department_id", "department.id", needed=False),
        sa.Column("most", sa.BigInteger(), nullable=False),
        sa.Column("unlimited", sa.Boolean(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("floor", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("training", sa.String(), nullable=False),
        sa.Column("signed", sa.Boolean(), nullable=False),
        refers("changed_by_card_id", "card.id", needed=False),
        sa.Column("made_at", Moment(), nullable=True),
        sa.Column("replaced_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("limit_of", "authority_limit", ["role", "clerk_card_id"], unique=False)


def _authority_spent() -> None:
    op.create_table(
        "authority_spent",
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("subject_id", Id, nullable=False),
        sa.Column("catalogue_id", Id, nullable=False),
        sa.Column("period", Key, nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "subject_id", "catalogue_id", "period"),
    )


def _remedy() -> None:
    op.create_table(
        "remedy",
        sa.Column("id", Id, nullable=False),
        sa.Column("command_id", sa.Uuid(), nullable=False),
        refers("catalogue_id", "remedy_catalogue.id"),
        refers("card_id", "card.id"),
        sa.Column("household_id", Id, nullable=False),
        sa.Column("recovery_id", Id, nullable=True),
        refers("contact_id", "contact.id", needed=False),
        refers("clerk_card_id", "card.id"),
        refers("department_id", "department.id", needed=False),
        sa.Column("request_id", Id, nullable=True),
        sa.Column("pieces", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("entitled", sa.Boolean(), nullable=False),
        *texts("why", "person_first", "state"),
        sa.Column("limits", sa.JSON(), nullable=False),
        sa.Column("taken", sa.JSON(), nullable=False),
        sa.Column("offered_at", Moment(), nullable=False),
        sa.Column("lapses_at", Moment(), nullable=False),
        sa.Column("given_at", Moment(), nullable=True),
        sa.Column("due_at", Moment(), nullable=True),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("command_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_remedy_recovery_id"), "remedy", ["recovery_id"], unique=False)
    op.create_index(
        "remedy_of_card",
        "remedy",
        [
            "card_id",
            "offered_at",
            "state",
            "lapses_at",
            "entitled",
            "catalogue_id",
            "amount_minor",
            "pieces",
        ],
        unique=False,
    )
    op.create_index("remedy_of_clerk", "remedy", ["clerk_card_id", "offered_at"], unique=False)
    op.create_index("remedy_state", "remedy", ["state", "due_at"], unique=False)


def _authority_request() -> None:
    op.create_table(
        "authority_request",
        sa.Column("id", Id, nullable=False),
        sa.Column("command_id", sa.Uuid(), nullable=False),
        refers("catalogue_id", "remedy_catalogue.id"),
        refers("card_id", "card.id"),
        sa.Column("recovery_id", Id, nullable=True),
        refers("contact_id", "contact.id", needed=False),
        refers("clerk_card_id", "card.id"),
        sa.Column("pieces", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("over_minor", sa.BigInteger(), nullable=False),
        sa.Column("story", sa.String(), nullable=False),
        refers("to_card_id", "card.id", needed=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("falls_to_others_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        refers("decided_by_card_id", "card.id", needed=False),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("allowed_minor", sa.BigInteger(), nullable=False),
        sa.Column("allowed_pieces", sa.BigInteger(), nullable=False),
        sa.Column("allowed_until", Moment(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("command_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("request_decided", "authority_request", ["decided_at"], unique=False)
    op.create_index(
        "request_of_card", "authority_request", ["card_id", "clerk_card_id"], unique=False
    )
    op.create_index("request_state", "authority_request", ["state", "asked_at"], unique=False)


def _playbook() -> None:
    op.create_table(
        "playbook",
        sa.Column("id", Id, nullable=False),
        *texts("card_group", "language"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        refers("made_by_card_id", "card.id", needed=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("card_group", "language", "version"),
        sqlite_autoincrement=True,
    )


def _recovery() -> None:
    op.create_table(
        "recovery",
        sa.Column("id", Id, nullable=False),
        refers("card_id", "card.id"),
        sa.Column("card_group", sa.String(), nullable=False),
        refers("matter_id", "matter.id", needed=False),
        refers("contact_id", "contact.id", needed=False),
        *texts("opened_from", "title", "fault"),
        sa.Column("taken_back", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        refers("playbook_id", "playbook.id"),
        refers("owner_card_id", "card.id"),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("level_at", Moment(), nullable=False),
        sa.Column("opened_at", Moment(), nullable=False),
        refers("opened_by_card_id", "card.id"),
        refers("follow_up_duty_id", "duty.id", needed=False),
        sa.Column("risen_at", Moment(), nullable=True),
        refers("up_duty_id", "duty.id", needed=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_recovery_matter_id"), "recovery", ["matter_id"], unique=False)
    op.create_index("recovery_of_card", "recovery", ["card_id", "closed_at"], unique=False)
    op.create_index("recovery_open", "recovery", ["closed_at", "opened_at"], unique=False)


def _recovery_step() -> None:
    op.create_table(
        "recovery_step",
        refers("recovery_id", "recovery.id"),
        *texts("step", "state", "note", "wording"),
        sa.Column("settled_at", Moment(), nullable=True),
        refers("clerk_card_id", "card.id", needed=False),
        sa.Column("earlier", sa.JSON(), nullable=False),
        refers("owner_card_id", "card.id", needed=False),
        refers("department_id", "department.id", needed=False),
        sa.Column("due_at", Moment(), nullable=True),
        refers("duty_id", "duty.id", needed=False),
        sa.PrimaryKeyConstraint("recovery_id", "step"),
    )


def _wording_said() -> None:
    op.create_table(
        "wording_said",
        refers("card_id", "card.id"),
        sa.Column("wording", Key, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        refers("recovery_id", "recovery.id", needed=False),
        sa.PrimaryKeyConstraint("card_id", "wording"),
    )


def _abuse_warning() -> None:
    op.create_table(
        "abuse_warning",
        refers("contact_id", "contact.id"),
        sa.Column("warned", sa.Integer(), nullable=False),
        sa.Column("threat", sa.Boolean(), nullable=False),
        sa.Column("first_at", Moment(), nullable=True),
        sa.Column("second_at", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("alert_id", Id, nullable=True),
        refers("duty_id", "duty.id", needed=False),
        sa.PrimaryKeyConstraint("contact_id"),
    )
