"""Reminders, counts of incidents, stories, strangers at the desk"""

import sqlalchemy as sa
from alembic import op

revision = "0003_surge"
down_revision = "0002_people"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reminders",
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("due", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_reminders_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_reminders")),
    )
    with op.batch_alter_table("reminders", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminders_conversation_id"), ["conversation_id"], unique=True)
        batch_op.create_index(batch_op.f("ix_reminders_due"), ["due"], unique=False)

    op.create_table(
        "incidents",
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("county", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("week", "kind", "county", name=op.f("pk_incidents")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stories",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("dek", sa.LargeBinary(), nullable=False),
        sa.Column("kek", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
        sqlite_with_rowid=False,
    )

    op.create_table(
        "strangers",
        sa.Column("account", sa.LargeBinary(length=16), nullable=False),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_strangers")),
    )
