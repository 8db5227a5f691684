"""People on shift: timers of a handover, shifts, alerts with receipts, audit"""

import sqlalchemy as sa
from alembic import op

revision = "0002_people"
down_revision = "0001_initial"
branch_labels = None
depends_on = None

_OPEN = sa.text("status IN ('waiting', 'taken')")


def upgrade() -> None:
    # Not in a batch: on SQLite it would make the table anew, and dropping the old one deletes what refers to it.
    op.add_column("handovers", sa.Column("team", sa.String(length=24), server_default="", nullable=False))
    op.add_column("handovers", sa.Column("since", sa.Float(), server_default="0", nullable=False))
    op.add_column("handovers", sa.Column("rounds", sa.Integer(), server_default="0", nullable=False))
    op.add_column("handovers", sa.Column("alerted_at", sa.Float(), nullable=True))
    op.add_column("handovers", sa.Column("second", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("handovers", sa.Column("owed_since", sa.Float(), nullable=True))
    op.add_column("handovers", sa.Column("spoke_at", sa.Float(), server_default="0", nullable=False))
    op.add_column("handovers", sa.Column("closed_at", sa.Float(), nullable=True))
    op.create_index("ix_handovers_open", "handovers", ["opened_at"], sqlite_where=_OPEN, postgresql_where=_OPEN)
    op.execute("UPDATE handovers SET since = COALESCE(taken_at, opened_at), spoke_at = COALESCE(taken_at, opened_at)")

    op.add_column("staff", sa.Column("team", sa.String(length=24), server_default="", nullable=False))
    op.add_column("staff", sa.Column("paused", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("staff", sa.Column("debrief", sa.Boolean(), server_default=sa.false(), nullable=False))

    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "shifts",
        sa.Column("id", number, autoincrement=True, nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("began", sa.Float(), nullable=False),
        sa.Column("ended", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_shifts_staff_id_staff"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shifts")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_shifts_staff_id"), "shifts", ["staff_id"], unique=False)

    op.create_table(
        "alerts",
        sa.Column("id", number, autoincrement=True, nullable=False),
        sa.Column("handover_id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("raised_at", sa.Float(), nullable=False),
        sa.Column("seen_at", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["handovers.id"], name=op.f("fk_alerts_handover_id_handovers"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_alerts_staff_id_staff"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_alerts_handover_id"), "alerts", ["handover_id"], unique=False)
    op.create_index(op.f("ix_alerts_staff_id"), "alerts", ["staff_id"], unique=False)

    op.create_table(
        "audit",
        sa.Column("id", number, autoincrement=True, nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("act", sa.String(length=16), nullable=False),
        sa.Column("object", sa.String(length=32), nullable=False),
        sa.Column("hour", sa.String(length=13), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_audit_staff_id"), "audit", ["staff_id"], unique=False)
