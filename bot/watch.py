"""Who joins the counselors' group: somebody unknown stops its content and raises an alarm, until a known member confirms."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.staff import Staff
from bot.store import notices, strangers
from bot.store.conversations import Vault
from bot.store.database import Database
from handlers.texts import to_staff


class Watch:
    """Keeps the accounts ("tg:5") of strangers in the group, as keyed hashes (security.md R24)."""

    def __init__(self, database: Database, vault: Vault, staff: Staff) -> None:
        self._database, self._vault, self._staff = database, vault, staff

    async def joined(self, accounts: Sequence[str], now: datetime) -> None:
        """Raise an alarm for each account that belongs to no member of staff: once, until a known member confirms."""
        unknown = [one for one in accounts if not await self._staff.is_linked(one, self._vault.keyring)]

        def write(conn: Connection) -> None:
            for account in unknown:
                cause = strangers.note(conn, self._vault.keyring.lookup("staff", account))
                if cause:
                    notices.post(conn, self._vault, cause, to_staff("desk-stranger"), now)
                    notices.delete_threads(conn, self._vault, cause, now)

        if unknown:
            await self._database.run(write)

    async def confirmed(self, account: str, now: datetime) -> None:
        """Let content go on, if a known member says so; from anybody else it means nothing."""
        if not await self._staff.is_linked(account, self._vault.keyring):
            return

        def write(conn: Connection) -> None:
            cause = strangers.forget(conn)
            if cause:
                notices.post(conn, self._vault, cause, to_staff("desk-confirmed"), now)

        await self._database.run(write)

    async def is_stranger(self, account: str) -> bool:
        """Return whether the account raised an alarm that nobody has confirmed."""
        found = self._vault.keyring.lookup("staff", account)
        return await self._database.read(lambda conn: strangers.knows(conn, found))
