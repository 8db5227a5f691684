"""Accounts in the counselors' group that nobody knows, by keyed hash, until a known member confirms them."""

import secrets

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.store.inserts import insert
from bot.store.tables import strangers


def note(conn: Connection, account: bytes) -> str:
    """Keep an account; return a new cause for the notice about it, "" when it is kept already."""
    new = conn.execute(insert(conn, strangers).values(account=account).on_conflict_do_nothing()).rowcount == 1
    return _cause() if new else ""


def forget(conn: Connection) -> str:
    """Forget all accounts; return a new cause for the notice about it, "" when there was none."""
    return _cause() if conn.execute(strangers.delete()).rowcount else ""


def knows(conn: Connection, account: bytes) -> bool:
    """Return whether the account is kept."""
    return conn.execute(sa.select(strangers).where(strangers.c.account == account)).first() is not None


def some(conn: Connection) -> bool:
    """Return whether any account is kept."""
    return conn.execute(sa.select(strangers).limit(1)).first() is not None


def _cause() -> str:
    return f"stranger:{secrets.token_hex(8)}"
