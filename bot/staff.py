"""Counselors and staff: their logins, aliases and sessions. Names and accounts never leave this module."""

import asyncio
import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import Connection

from bot.channels import Arrival
from bot.store import roster
from bot.store.database import Conflict, Database
from bot.store.keyring import Keyring
from bot.store.tables import staff, staff_sessions
from handlers.events import FromDesk

# Argon2id, t=3, 64 MiB, one lane: ASVS 5 asks for t=3 and at least 12 MiB.
_HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
# Sessions end after 12 hours, and after 15 minutes in which nobody did anything (security.md 2.7).
SESSION = timedelta(hours=12)
IDLE = timedelta(minutes=15)
# A session is prolonged at most this often: not every look needs a write.
_STEP = timedelta(minutes=1)
MINIMUM_LENGTH = 12
TEAM_LENGTH = 24


class StaffProblem(Exception):
    """What was asked cannot be done; the text is one sentence with the remedy."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff, as the console knows them."""

    id: str
    alias: str
    role: str


class Staff:
    """Adds, knows and remembers staff."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._unknown = _HASHER.hash(secrets.token_hex(16))

    async def add(
        self,
        login: str,
        alias: str,
        passphrase: str,
        role: str = "counselor",
        team: str = "",
        *,
        on_shift: bool = False,
    ) -> None:
        """Add a member; raises `StaffProblem` for a short passphrase, an unknown role, or a login or alias that is taken."""
        _check(passphrase, role, team)
        row: dict[str, Any] = {"id": secrets.token_hex(16), "login": login, "alias": alias}
        row |= {"role": role, "team": team, "on_shift": on_shift}
        row["password_hash"] = await asyncio.to_thread(_HASHER.hash, passphrase)
        if not await self._database.run(lambda conn: _added(conn, row)):
            raise StaffProblem(f"login {login!r} or alias {alias!r} is taken; choose another")

    async def login(self, login: str, passphrase: str, now: datetime) -> str | None:
        """Return a session token, or None. An unknown login costs as much time as a wrong passphrase."""
        query = sa.select(staff).where(staff.c.login == login)
        row = await self._database.read(lambda conn: conn.execute(query).first())
        right = await asyncio.to_thread(_verify, row.password_hash if row else self._unknown, passphrase)
        if row is None or not right:
            return None
        token = secrets.token_urlsafe(32)
        await self._database.run(lambda conn: _begin(conn, row.id, token, now))
        return token

    async def member(self, token: str, now: datetime, *, quiet: bool = False) -> Member | None:
        """Return whom a session token belongs to, None when it is unknown or over. Unless `quiet`, it lives on."""
        columns = (staff.c.id, staff.c.alias, staff.c.role, staff_sessions.c.expires)
        joined = sa.select(*columns).join(staff_sessions, staff_sessions.c.staff_id == staff.c.id)
        valid = (staff_sessions.c.expires > now.timestamp()) & (staff_sessions.c.ends > now.timestamp())
        query = joined.where(valid & (staff_sessions.c.token_hash == _digest(token)))
        row = await self._database.read(lambda conn: conn.execute(query).first())
        if row is None:
            return None
        if not quiet and row.expires < (now + IDLE - _STEP).timestamp():
            await self._prolong(token, now)
        return Member(row.id, row.alias, row.role)

    async def _prolong(self, token: str, now: datetime) -> None:
        change = staff_sessions.update().where(staff_sessions.c.token_hash == _digest(token))
        later = change.values(expires=(now + IDLE).timestamp())
        await self._database.run(lambda conn: conn.execute(later))

    async def logout(self, token: str) -> None:
        """End a session."""
        gone = staff_sessions.delete().where(staff_sessions.c.token_hash == _digest(token))
        await self._database.run(lambda conn: conn.execute(gone))

    async def shift(self, member: Member, now: datetime, *, on: bool) -> None:
        """Begin or end a member's shift."""
        await self._database.run(lambda conn: roster.set_shift(conn, member.id, now.timestamp(), on=on))

    async def link(self, login: str, account: int, keyring: Keyring) -> None:
        """Let what the Telegram account with this number writes at the desk go out under the member's alias.

        Kept as a keyed hash, as clients' addresses are. Raises `StaffProblem` for an unknown login or an account that
        another member has.
        """
        change = staff.update().where(staff.c.login == login).values(telegram=_account(keyring, f"tg:{account}"))
        try:
            changed = await self._database.run(lambda conn: conn.execute(change).rowcount)
        except Conflict:
            raise StaffProblem(
                f"Telegram account {account} is linked to another login; give that one another account first"
            ) from None
        if not changed:
            raise StaffProblem(f"login {login!r} is unknown; add it first")

    async def is_linked(self, account: str, keyring: Keyring) -> bool:
        """Return whether a Telegram account ("tg:5") belongs to a member."""
        query = sa.select(staff.c.id).where(staff.c.telegram == _account(keyring, account))
        return await self._database.read(lambda conn: conn.execute(query).first()) is not None

    async def with_alias(self, arrival: Arrival, keyring: Keyring) -> Arrival:
        """Return the arrival with a counselor's Telegram account replaced by an alias; one that is not linked is
        "Counselor"."""
        event = arrival.event
        if not isinstance(event, FromDesk):
            return arrival
        query = sa.select(staff.c.alias).where(staff.c.telegram == _account(keyring, event.counselor))
        alias = await self._database.read(lambda conn: conn.execute(query).scalar())
        return replace(arrival, event=replace(event, counselor=alias or "Counselor"))


def _check(passphrase: str, role: str, team: str) -> None:
    if role not in roster.ANSWERING or len(team) > TEAM_LENGTH:
        raise StaffProblem(
            f"the role must be {' or '.join(roster.ANSWERING)}, a team's name at most {TEAM_LENGTH} long"
        )
    if len(passphrase) < MINIMUM_LENGTH:
        raise StaffProblem(f"the passphrase is too short; use at least {MINIMUM_LENGTH} characters")


def _added(conn: Connection, row: dict[str, Any]) -> bool:
    """Insert a member, unless their login or alias is taken."""
    taken = sa.select(staff.c.id).where((staff.c.login == row["login"]) | (staff.c.alias == row["alias"]))
    if conn.execute(taken).first():
        return False
    conn.execute(staff.insert().values(**row))
    return True


def _begin(conn: Connection, staff_id: str, token: str, now: datetime) -> None:
    """Write a session down, and forget those that are over."""
    over = (staff_sessions.c.expires <= now.timestamp()) | (staff_sessions.c.ends <= now.timestamp())
    conn.execute(staff_sessions.delete().where(over))
    values = {"staff_id": staff_id, "expires": (now + IDLE).timestamp(), "ends": (now + SESSION).timestamp()}
    conn.execute(staff_sessions.insert().values(**values, token_hash=_digest(token)))


def _account(keyring: Keyring, account: str) -> bytes:
    return keyring.lookup("staff", account)


def _verify(hashed: str, passphrase: str) -> bool:
    try:
        return _HASHER.verify(hashed, passphrase)
    except VerificationError:
        return False


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
