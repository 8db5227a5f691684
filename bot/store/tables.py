"""The tables, from the columns of `bot.store.columns`."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import BigInteger, Boolean, Float, ForeignKey, Integer, LargeBinary, String, Table

from bot.store.columns import is_one_of, numbered, of_conversation, plain, public, secret, status, uid
from bot.store.columns import metadata as metadata

conversations = Table(
    "conversations",
    metadata,
    plain("id", String(32), primary_key=True),
    plain("lookup", LargeBinary(16), unique=True),
    plain("channel", String(16)),
    plain("alias", String(16), unique=True),
    secret("dek"),
    plain("kek", Integer),
    secret("address"),
    secret("memory"),
    secret("state"),
    plain("active_day", String(10)),
)

inbox = numbered(
    "inbox",
    uid(),
    plain("source", String(40)),
    plain("external_hash", LargeBinary(32)),
    of_conversation(),
    secret("body", nullable=True),
    *status("new", "done", "parked"),
    plain("attempts", Integer),
    plain("received_day", String(10)),
    sa.UniqueConstraint("source", "external_hash"),
)
WAITING = is_one_of(inbox.c.status, "new")
sa.Index("ix_inbox_waiting", inbox.c.conversation_id, inbox.c.id, sqlite_where=WAITING, postgresql_where=WAITING)

cursors = Table("cursors", metadata, plain("source", String(40), primary_key=True), plain("position", BigInteger))

outbox = numbered(
    "outbox",
    uid(),
    of_conversation(nullable=True),  # null: a notice to the desk about nobody
    plain("cause", String(64), unique=True),
    plain("channel", String(16)),
    secret("body", nullable=True),
    *status("ready", "sending", "sent", "dead"),
    plain("delivery", String(12), nullable=True),
    plain("attempts", Integer),
    plain("due", Float),
    plain("claimed_until", Float, nullable=True),
    plain("valid_until", Float),
    plain("once", Boolean),
    plain("external_hash", LargeBinary(32), nullable=True, index=True),
    plain("sent_day", String(10), nullable=True),
)
_UNSENT = is_one_of(outbox.c.status, "ready", "sending")
_LANE = (outbox.c.conversation_id, outbox.c.channel, outbox.c.id)
sa.Index("ix_outbox_lane", *_LANE, sqlite_where=_UNSENT, postgresql_where=_UNSENT)
sa.Index("ix_outbox_unsent", outbox.c.id, sqlite_where=_UNSENT, postgresql_where=_UNSENT)

handovers = Table(
    "handovers",
    metadata,
    plain("id", String(32), primary_key=True),
    of_conversation(),
    plain("reason", String(24)),
    plain("urgent", Boolean),
    *status("waiting", "taken", "closed"),
    plain("counselor_id", String(32), nullable=True),
    plain("thread", BigInteger, nullable=True, unique=True),
    plain("opened_at", Float),
    plain("taken_at", Float, nullable=True),
    plain("closed_day", String(10), nullable=True),
    plain("team", String(24), server_default=""),
    # What the timers need: handlers/duty.py says what is due.
    plain("since", Float, server_default="0"),  # the present wait, or the present talk
    plain("rounds", Integer, server_default="0"),  # of alerts, in the present wait
    plain("alerted_at", Float, nullable=True),
    plain("second", Boolean, server_default=sa.false()),
    plain("owed_since", Float, nullable=True),
    plain("spoke_at", Float, server_default="0"),
    plain("closed_at", Float, nullable=True),
)
OPEN = is_one_of(handovers.c.status, "waiting", "taken")
sa.Index("ix_handovers_open", handovers.c.opened_at, sqlite_where=OPEN, postgresql_where=OPEN)

handover_messages = numbered(
    "handover_messages",
    uid(),
    plain("handover_id", String(32), ForeignKey("handovers.id", ondelete="CASCADE"), index=True),
    of_conversation(),
    plain("author", String(10)),
    secret("body"),
    plain("day", String(10)),
)

reminders = Table(
    "reminders",
    metadata,
    plain("uid", String(32), primary_key=True),
    of_conversation(unique=True),
    plain("due", Float, index=True),
)

appointments = Table(
    "appointments",
    metadata,
    plain("id", String(32), primary_key=True),
    of_conversation(),
    plain("slot", String(48)),
    plain("seat", Integer),
    plain("code_lookup", LargeBinary(16), unique=True),
    secret("body"),
    sa.UniqueConstraint("slot", "seat"),
)

gaps = numbered("gaps", uid(), of_conversation(), secret("body"), plain("day", String(10)))

# Nothing here leads to a client, not even the order: on SQLite rows stand by their key.
incidents = Table(
    "incidents",
    metadata,
    plain("week", String(8), primary_key=True),
    plain("kind", String(24), primary_key=True),
    plain("county", String(24), primary_key=True),
    plain("number", Integer),
    sqlite_with_rowid=False,
)

stories = Table(
    "stories",
    metadata,
    plain("id", String(32), primary_key=True),
    secret("dek"),
    plain("kek", Integer),
    secret("body"),
    sqlite_with_rowid=False,
)

ratings = Table(
    "ratings",
    metadata,
    public("day", String(10), primary_key=True),
    public("entry_id", String(64), primary_key=True),
    public("helpful", Integer),
    public("unhelpful", Integer),
)

web_messages = numbered(
    "web_messages", uid(), of_conversation(), plain("author", String(10)), secret("body"), plain("day", String(10))
)

staff = Table(
    "staff",
    metadata,
    plain("id", String(32), primary_key=True),
    plain("login", String(64), unique=True),
    plain("alias", String(32), unique=True),
    plain("password_hash", String(160)),
    plain("role", String(16)),
    plain("on_shift", Boolean),
    plain("telegram", LargeBinary(16), nullable=True, unique=True),  # keyed HMAC of the account, as clients have
    plain("team", String(24), server_default=""),
    plain("paused", Boolean, server_default=sa.false()),
    plain("debrief", Boolean, server_default=sa.false()),
)


def _of_staff() -> sa.Column[Any]:
    return plain("staff_id", String(32), ForeignKey("staff.id", ondelete="CASCADE"), index=True)


shifts = numbered("shifts", _of_staff(), plain("began", Float), plain("ended", Float, nullable=True))

alerts = numbered(
    "alerts",
    plain("handover_id", String(32), ForeignKey("handovers.id", ondelete="CASCADE"), index=True),
    _of_staff(),
    plain("raised_at", Float),
    plain("seen_at", Float, nullable=True),
)

# Outlives both the member and the case, so that neither is a foreign key (security.md 2.7).
audit = numbered(
    "audit",
    plain("staff_id", String(32), index=True),
    plain("act", String(16)),
    plain("object", String(32)),
    plain("hour", String(13)),
)

strangers = Table("strangers", metadata, plain("account", LargeBinary(16), primary_key=True))

staff_sessions = Table(
    "staff_sessions",
    metadata,
    plain("token_hash", LargeBinary(32), primary_key=True),
    _of_staff(),
    plain("expires", Float),
    plain("ends", Float),
)
