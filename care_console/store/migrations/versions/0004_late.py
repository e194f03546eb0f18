"""Each step that becomes late is a supervisor's duty of its own."""

import sqlalchemy as sa
from alembic import op

from care_console.store.columns import Id

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep with each step the duty of the supervisor, and no longer one moment for all."""
    op.add_column("recovery_step", sa.Column("late_duty_id", Id, nullable=True))
    op.drop_column("recovery", "risen_at")
