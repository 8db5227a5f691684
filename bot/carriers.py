"""How a letter of the outbox reaches its reader: the client's channel, the web page, or the counselors' desk."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.channels import Channel, ClientGone, Parcel, Receipt, WindowClosed
from bot.channels.webchat import Bells
from bot.store import strangers, webchat, window
from bot.store.codec import Letter
from bot.store.conversations import Conversation
from bot.store.database import Database
from bot.store.tables import handovers


class ToClient:
    """Carries a letter to the client over the channel they wrote from."""

    def __init__(self, channel: Channel, now: Callable[[], datetime]) -> None:
        self._channel, self._now = channel, now

    async def carry(self, conversation: Conversation, letter: Letter, reference: str) -> Receipt:
        """Send the letter to the conversation's address; raises `WindowClosed` without asking WhatsApp when it is."""
        open_now = window.is_open(conversation.channel, conversation.memory, self._now().timestamp())
        if not letter.template and not open_now:
            raise WindowClosed
        how = (reference, letter.template, letter.silent)
        parcel = Parcel(conversation.address, spoken(letter), letter.choices, *how)
        return await self._channel.send(parcel)


class ToPage:
    """Carries a letter to the client's web page."""

    def __init__(self, database: Database, bells: Bells, now: Callable[[], datetime]) -> None:
        self._database, self._bells, self._now = database, bells, now

    async def carry(self, conversation: Conversation, letter: Letter, reference: str) -> Receipt:
        """Add the letter to the page's messages, once however often it is carried."""
        author = "counselor" if letter.author else "bot"

        def keep(conn: Connection) -> None:
            webchat.keep(conn, conversation.seal, conversation.id, author, letter, self._now(), reference)

        await self._database.run(keep)
        self._bells.ring(conversation.id)
        return Receipt(reference)


class Group(Protocol):
    """What the desk needs of Telegram."""

    async def create_thread(self, chat_id: int, name: str) -> int:
        """Open a forum topic and return its id."""
        ...

    async def post(self, chat_id: int, thread: int | None, text: str) -> Receipt:
        """Write into a topic, or into the group itself."""
        ...

    async def delete_thread(self, chat_id: int, thread: int) -> None:
        """Delete a topic with all that was written in it."""
        ...


class ToDesk:
    """Carries notices to the counselors' group; with `content` also the client's words, a thread for each handover."""

    def __init__(self, database: Database, group: Group, chat_id: int, *, content: bool) -> None:
        self._database, self._group, self._chat, self._content = database, group, chat_id, content

    async def carry(self, conversation: Conversation, letter: Letter, reference: str) -> Receipt:
        """Post the letter anew, under the alias only; nothing is ever forwarded."""
        if self._content and letter.handover and (letter.author == "close" or not await self._watched()):
            return await self._into_thread(letter, conversation.alias)
        if letter.author != "bot":  # content is off, or somebody unknown is there: never into the general thread
            return Receipt()
        return await self._group.post(self._chat, None, letter.text)

    async def _watched(self) -> bool:
        """Whether somebody is in the group whom nobody knows: then there are notices only (security.md R24)."""
        return await self._database.read(strangers.some)

    async def _into_thread(self, letter: Letter, alias: str) -> Receipt:
        known = await self._known(letter.handover)
        if letter.author == "close":
            if known is not None:
                await self._group.delete_thread(self._chat, known)
            return Receipt()
        try:
            return await self._group.post(self._chat, known or await self._opened(letter.handover, alias), letter.text)
        except ClientGone:  # somebody deleted the thread: what follows goes into a new one
            return await self._group.post(self._chat, await self._opened(letter.handover, alias), letter.text)

    async def _known(self, handover: str) -> int | None:
        query = sa.select(handovers.c.thread).where(handovers.c.id == handover)
        return await self._database.read(lambda conn: conn.execute(query).scalar())

    async def _opened(self, handover: str, alias: str) -> int:
        """Open the handover's thread. A crash in between leaves an empty thread, no lost words."""
        made = await self._group.create_thread(self._chat, alias)
        change = handovers.update().where(handovers.c.id == handover).values(thread=made)
        await self._database.run(lambda conn: conn.execute(change))
        return made


def spoken(letter: Letter) -> str:
    """Return the text as the client reads it: a counselor's alias stands before their words."""
    return f"{letter.author}: {letter.text}" if letter.author else letter.text
