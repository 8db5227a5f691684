"""The web chat's messages: what the page shows, both sides, sealed like everything else."""

import secrets
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.store import codec
from bot.store.codec import Letter
from bot.store.sealed import Seal
from bot.store.tables import web_messages


class Shown(NamedTuple):
    """A message of the web chat; `id` grows, so that a page can ask for what came after."""

    id: int
    author: str
    letter: Letter


def keep(
    conn: Connection, seal: Seal, conversation_id: str, author: str, letter: Letter, now: datetime, uid: str = ""
) -> None:
    """Add a message. `uid` makes it idempotent: a reply that is sent again is not shown twice."""
    uid = uid or secrets.token_hex(16)
    if conn.execute(sa.select(web_messages.c.id).where(web_messages.c.uid == uid)).first():
        return
    body = seal.seal(codec.encode(letter), table="web_messages", column="body", row=uid)
    row = {"uid": uid, "conversation_id": conversation_id, "author": author, "body": body, "day": f"{now:%Y-%m-%d}"}
    conn.execute(web_messages.insert().values(**row))


def after(conn: Connection, seal: Seal, conversation_id: str, last: int) -> Iterator[Shown]:
    """Yield the messages of a conversation that came after the message `last`."""
    newer = (web_messages.c.conversation_id == conversation_id) & (web_messages.c.id > last)
    for row in conn.execute(sa.select(web_messages).where(newer).order_by(web_messages.c.id)).all():
        body = seal.open(row.body, table="web_messages", column="body", row=row.uid)
        yield Shown(row.id, row.author, codec.decode_letter(body))
