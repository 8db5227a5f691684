"""The tables. Every column has a class: public, operational (ids, enums, queue times) or secret (sealed bytes)."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import (
    BigInteger,
    Boolean,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)

# Named constraints: migrations and conflict messages need names that are the same on both databases.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _number() -> sa.Column[int]:
    """A growing number that is never used twice, not even after a deletion."""
    kind = BigInteger().with_variant(Integer(), "sqlite")
    return sa.Column("id", kind, primary_key=True, autoincrement=True, info={"class": "operational"})


def _uid() -> sa.Column[str]:
    return sa.Column("uid", String(32), nullable=False, unique=True, info={"class": "operational"})


def _plain(name: str, kind: Any, *more: Any, **options: Any) -> sa.Column[Any]:
    options.setdefault("nullable", False)
    return sa.Column(name, kind, *more, info={"class": "operational"}, **options)


def _public(name: str, kind: Any, **options: Any) -> sa.Column[Any]:
    options.setdefault("nullable", False)
    return sa.Column(name, kind, info={"class": "public"}, **options)


def _secret(name: str, *, nullable: bool = False) -> sa.Column[bytes]:
    return sa.Column(name, LargeBinary, nullable=nullable, info={"class": "secret"})


def _conversation(**options: Any) -> sa.Column[Any]:
    key = ForeignKey("conversations.id", ondelete="CASCADE")
    return _plain("conversation_id", String(32), key, index=True, **options)


def is_one_of(column: sa.ColumnElement[Any], *words: str) -> sa.ColumnElement[bool]:
    """Return the condition with its words written out: planners use a partial index only when they see its own words."""
    return column.in_([sa.literal_column(f"'{word}'") for word in words])


def _status(*words: str) -> tuple[sa.Column[str], sa.CheckConstraint]:
    """A misspelt status would be a row that nobody works on and nobody misses."""
    column = _plain("status", String(8))
    return column, sa.CheckConstraint(is_one_of(column, *words), name="status")


def _numbered(name: str, *items: sa.schema.SchemaItem) -> Table:
    return Table(name, metadata, _number(), *items, sqlite_autoincrement=True)


conversations = Table(
    "conversations",
    metadata,
    _plain("id", String(32), primary_key=True),
    _plain("lookup", LargeBinary(16), unique=True),
    _plain("channel", String(16)),
    _plain("alias", String(16), unique=True),
    _secret("dek"),
    _plain("kek", Integer),
    _secret("address"),
    _secret("memory"),
    _secret("state"),
    _plain("active_day", String(10)),
)

inbox = _numbered(
    "inbox",
    _uid(),
    _plain("source", String(40)),
    _plain("external_hash", LargeBinary(32)),
    _conversation(),
    _secret("body", nullable=True),
    *_status("new", "done", "parked"),
    _plain("attempts", Integer),
    _plain("received_day", String(10)),
    sa.UniqueConstraint("source", "external_hash"),
)
WAITING = is_one_of(inbox.c.status, "new")
sa.Index("ix_inbox_waiting", inbox.c.conversation_id, inbox.c.id, sqlite_where=WAITING, postgresql_where=WAITING)

cursors = Table("cursors", metadata, _plain("source", String(40), primary_key=True), _plain("position", BigInteger))

outbox = _numbered(
    "outbox",
    _uid(),
    _conversation(nullable=True),  # null: a notice to the desk about nobody
    _plain("cause", String(64), unique=True),
    _plain("channel", String(16)),
    _secret("body", nullable=True),
    *_status("ready", "sending", "sent", "dead"),
    _plain("delivery", String(12), nullable=True),
    _plain("attempts", Integer),
    _plain("due", Float),
    _plain("claimed_until", Float, nullable=True),
    _plain("valid_until", Float),
    _plain("once", Boolean),
    _plain("external_hash", LargeBinary(32), nullable=True, index=True),
    _plain("sent_day", String(10), nullable=True),
)
_UNSENT = is_one_of(outbox.c.status, "ready", "sending")
_LANE = (outbox.c.conversation_id, outbox.c.channel, outbox.c.id)
sa.Index("ix_outbox_lane", *_LANE, sqlite_where=_UNSENT, postgresql_where=_UNSENT)
sa.Index("ix_outbox_unsent", outbox.c.id, sqlite_where=_UNSENT, postgresql_where=_UNSENT)

handovers = Table(
    "handovers",
    metadata,
    _plain("id", String(32), primary_key=True),
    _conversation(),
    _plain("reason", String(24)),
    _plain("urgent", Boolean),
    *_status("waiting", "taken", "closed"),
    _plain("counselor_id", String(32), nullable=True),
    _plain("thread", BigInteger, nullable=True, unique=True),
    _plain("opened_at", Float),
    _plain("taken_at", Float, nullable=True),
    _plain("closed_day", String(10), nullable=True),
)

handover_messages = _numbered(
    "handover_messages",
    _uid(),
    _plain("handover_id", String(32), ForeignKey("handovers.id", ondelete="CASCADE"), index=True),
    _conversation(),
    _plain("author", String(10)),
    _secret("body"),
    _plain("day", String(10)),
)

reminders = Table(
    "reminders",
    metadata,
    _plain("uid", String(32), primary_key=True),
    _conversation(unique=True),
    _plain("due", Float, index=True),
)

appointments = Table(
    "appointments",
    metadata,
    _plain("id", String(32), primary_key=True),
    _conversation(),
    _plain("slot", String(48)),
    _plain("seat", Integer),
    _plain("code_lookup", LargeBinary(16), unique=True),
    _secret("body"),
    sa.UniqueConstraint("slot", "seat"),
)

gaps = _numbered("gaps", _uid(), _conversation(), _secret("body"), _plain("day", String(10)))

# Nothing here leads to a client, not even the order: on SQLite rows stand by their key.
incidents = Table(
    "incidents",
    metadata,
    _plain("week", String(8), primary_key=True),
    _plain("kind", String(24), primary_key=True),
    _plain("county", String(24), primary_key=True),
    _plain("number", Integer),
    sqlite_with_rowid=False,
)

stories = Table(
    "stories",
    metadata,
    _plain("id", String(32), primary_key=True),
    _secret("dek"),
    _plain("kek", Integer),
    _secret("body"),
    sqlite_with_rowid=False,
)

ratings = Table(
    "ratings",
    metadata,
    _public("day", String(10), primary_key=True),
    _public("entry_id", String(64), primary_key=True),
    _public("helpful", Integer),
    _public("unhelpful", Integer),
)

web_messages = _numbered(
    "web_messages", _uid(), _conversation(), _plain("author", String(10)), _secret("body"), _plain("day", String(10))
)

staff = Table(
    "staff",
    metadata,
    _plain("id", String(32), primary_key=True),
    _plain("login", String(64), unique=True),
    _plain("alias", String(32), unique=True),
    _plain("password_hash", String(160)),
    _plain("role", String(16)),
    _plain("on_shift", Boolean),
    _plain("telegram", LargeBinary(16), nullable=True, unique=True),  # keyed HMAC of the account, as clients have
)

strangers = Table("strangers", metadata, _plain("account", LargeBinary(16), primary_key=True))

staff_sessions = Table(
    "staff_sessions",
    metadata,
    _plain("token_hash", LargeBinary(32), primary_key=True),
    _plain("staff_id", String(32), ForeignKey("staff.id", ondelete="CASCADE"), index=True),
    _plain("expires", Float),
    _plain("ends", Float),
)
