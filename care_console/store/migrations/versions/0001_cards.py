"""The cards, the journal, the clerks and the options."""

import sqlalchemy as sa
from alembic import op

from care_console.store.columns import Id, Key, Moment, refers, texts

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make these tables."""
    _card()
    _department()
    _option()
    _sign_in_attempt()
    _word_slip()
    _card_address()
    _card_alert()
    _card_email()
    _card_face()
    _card_facts()
    _card_membership()
    _card_phone()
    _card_recent()
    _card_relation()
    _card_word()
    _clerk()
    _entry()
    _imported()
    _noted_number()
    _number_ending()
    _recent_word()
    _entry_card()
    _entry_personal()


def _card() -> None:
    op.create_table(
        "card",
        sa.Column("id", Id, nullable=False),
        *texts(
            "kind",
            "name",
            "prefix",
            "given",
            "additional",
            "family",
            "suffix",
            "preferred",
            "say_it",
            "title",
            "company",
            "form_of_address",
            "pronoun",
            "language",
            "preferred_channel",
            "preferred_hours",
            "accessibility",
            "do",
            "dont",
            "may_be_told",
            "note",
        ),
        sa.Column("uid", Key, nullable=False),
        sa.Column("sort_key", Key, nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("card_sort_key", "card", ["sort_key", "id"], unique=False)
    op.create_index(op.f("ix_card_uid"), "card", ["uid"], unique=False)


def _department() -> None:
    op.create_table(
        "department",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", Key, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name_key"),
        sqlite_autoincrement=True,
    )


def _option() -> None:
    op.create_table(
        "option",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def _sign_in_attempt() -> None:
    op.create_table(
        "sign_in_attempt",
        sa.Column("name_key", Key, nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("next_at", Moment(), nullable=False),
        sa.Column("blocked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("name_key", "secret"),
    )


def _word_slip() -> None:
    op.create_table(
        "word_slip",
        sa.Column("slip", Key, nullable=False),
        sa.Column("word", Key, nullable=False),
        sa.PrimaryKeyConstraint("slip", "word"),
        sqlite_with_rowid=False,
    )


def _card_address() -> None:
    op.create_table(
        "card_address",
        sa.Column("id", Id, nullable=False),
        refers("card_id", "card.id"),
        *texts("street", "town", "region", "postcode", "country", "label"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_card_address_card_id"), "card_address", ["card_id"], unique=False)


def _card_alert() -> None:
    op.create_table(
        "card_alert",
        sa.Column("id", Id, nullable=False),
        refers("card_id", "card.id"),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_card_alert_card_id"), "card_alert", ["card_id"], unique=False)


def _card_email() -> None:
    op.create_table(
        "card_email",
        sa.Column("id", Id, nullable=False),
        refers("card_id", "card.id"),
        *texts("address", "label"),
        sa.Column("address_key", Key, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("card_email_key", "card_email", ["address_key", "card_id"], unique=False)
    op.create_index(op.f("ix_card_email_card_id"), "card_email", ["card_id"], unique=False)


def _card_face() -> None:
    op.create_table(
        "card_face",
        refers("card_id", "card.id"),
        *texts("face", "words"),
        sa.Column("at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("card_id"),
    )


def _card_facts() -> None:
    op.create_table(
        "card_facts",
        refers("card_id", "card.id"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("next_due_at", Moment(), nullable=True),
        sa.Column("headline", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("card_id", "kind"),
    )


def _card_membership() -> None:
    op.create_table(
        "card_membership",
        sa.Column("id", Id, nullable=False),
        refers("card_id", "card.id"),
        sa.Column("card_group", Key, nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("account_number", sa.String(), nullable=False),
        sa.Column("account_key", Key, nullable=False),
        refers("owner_card_id", "card.id", needed=False),
        refers("sold_by_card_id", "card.id", needed=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "card_membership_group", "card_membership", ["card_group", "card_id"], unique=False
    )
    op.create_index(
        op.f("ix_card_membership_account_key"), "card_membership", ["account_key"], unique=False
    )
    op.create_index(
        op.f("ix_card_membership_card_id"), "card_membership", ["card_id"], unique=False
    )
    op.create_index(
        op.f("ix_card_membership_owner_card_id"), "card_membership", ["owner_card_id"], unique=False
    )
    op.create_index(
        op.f("ix_card_membership_sold_by_card_id"),
        "card_membership",
        ["sold_by_card_id"],
        unique=False,
    )


def _card_phone() -> None:
    op.create_table(
        "card_phone",
        sa.Column("id", Id, nullable=False),
        refers("card_id", "card.id"),
        *texts("raw", "label"),
        sa.Column("e164", Key, nullable=True),
        sa.Column("extension", Key, nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("card_phone_e164", "card_phone", ["e164", "card_id"], unique=False)
    op.create_index(op.f("ix_card_phone_card_id"), "card_phone", ["card_id"], unique=False)
    op.create_index(op.f("ix_card_phone_extension"), "card_phone", ["extension"], unique=False)


def _card_recent() -> None:
    op.create_table(
        "card_recent",
        refers("card_id", "card.id"),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("card_id"),
    )
    op.create_index(op.f("ix_card_recent_at"), "card_recent", ["at"], unique=False)


def _card_relation() -> None:
    op.create_table(
        "card_relation",
        sa.Column("id", Id, nullable=False),
        refers("first_id", "card.id"),
        refers("second_id", "card.id"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "card_relation_pair", "card_relation", ["first_id", "second_id", "kind"], unique=True
    )
    op.create_index(
        op.f("ix_card_relation_second_id"), "card_relation", ["second_id"], unique=False
    )


def _card_word() -> None:
    op.create_table(
        "card_word",
        sa.Column("kind", Key, nullable=False),
        sa.Column("key", Key, nullable=False),
        refers("card_id", "card.id"),
        sa.Column("face", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("kind", "key", "card_id"),
        sqlite_with_rowid=False,
    )


def _clerk() -> None:
    op.create_table(
        "clerk",
        refers("card_id", "card.id"),
        sa.Column("role", sa.String(), nullable=False),
        refers("department_id", "department.id", needed=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        *texts("passphrase", "pin", "words"),
        sa.PrimaryKeyConstraint("card_id"),
    )
    op.create_index(op.f("ix_clerk_department_id"), "clerk", ["department_id"], unique=False)


def _entry() -> None:
    op.create_table(
        "entry",
        sa.Column("id", Id, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        refers("clerk_card_id", "card.id", needed=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("number", Id, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("command_id", sa.Uuid(), nullable=False),
        *texts("digest", "chain"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("command_id"),
        sa.UniqueConstraint("origin", "number"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_entry_at"), "entry", ["at"], unique=False)


def _imported() -> None:
    op.create_table(
        "imported",
        sa.Column("row_key", Key, nullable=False),
        refers("card_id", "card.id"),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("row_key"),
    )
    op.create_index(op.f("ix_imported_card_id"), "imported", ["card_id"], unique=False)


def _noted_number() -> None:
    op.create_table(
        "noted_number",
        sa.Column("e164", Key, nullable=False),
        refers("card_id", "card.id"),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("e164", "card_id", "source"),
    )
    op.create_index(op.f("ix_noted_number_card_id"), "noted_number", ["card_id"], unique=False)


def _number_ending() -> None:
    op.create_table(
        "number_ending",
        sa.Column("ending", Key, nullable=False),
        sa.Column("before", Key, nullable=False),
        refers("card_id", "card.id"),
        sa.PrimaryKeyConstraint("ending", "before", "card_id"),
        sqlite_with_rowid=False,
    )


def _recent_word() -> None:
    op.create_table(
        "recent_word",
        sa.Column("kind", Key, nullable=False),
        sa.Column("key", Key, nullable=False),
        refers("card_id", "card.id"),
        sa.Column("face", sa.String(), nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", "card_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("recent_word_card", "recent_word", ["card_id"], unique=False)


def _entry_card() -> None:
    op.create_table(
        "entry_card",
        refers("card_id", "card.id"),
        refers("entry_id", "entry.id"),
        sa.Column("card_group", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("card_id", "entry_id"),
    )
    op.create_index(op.f("ix_entry_card_entry_id"), "entry_card", ["entry_id"], unique=False)


def _entry_personal() -> None:
    op.create_table(
        "entry_personal",
        refers("entry_id", "entry.id"),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("personal", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("entry_id"),
    )
