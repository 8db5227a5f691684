"""Telegram through PTB's `Bot`, used as a client only: its own loop confirms updates before they are handled."""

import json
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import urlencode

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, TelegramError, TimedOut

from bot.channels import (
    Address,
    Ambiguous,
    ClientGone,
    Misconfigured,
    NotSent,
    Parcel,
    Receipt,
    Throttled,
    Unreachable,
)
from bot.channels.layout import TEXT_LIMIT, sendable, split
from bot.channels.telegram_http import TIMEOUT_SECONDS, AiohttpRequest, NotConnected, Slowed
from handlers.states import Choice

API = "https://api.telegram.org"
# Bot API, InlineKeyboardButton: 1-64 bytes of callback data.
DATA_LIMIT = 64
# Two buttons share a row when both labels are this short: longer ones are cut on a narrow phone.
SHORT_LABEL = 14
ALLOWED = ["message", "callback_query", "chat_member"]
# Bot API, getUpdates: 100 updates at most.
POLL_LIMIT = 100
# Bot API, createForumTopic: 128 characters.
NAME_LIMIT = 128


class TelegramChannel:
    """Sends to clients and to the desk, and fetches updates. Raises `Misconfigured` without a token."""

    def __init__(self, token: str, api_base_url: str = "", seconds: float = TIMEOUT_SECONDS) -> None:
        base = (api_base_url or API).rstrip("/")
        self._polling, self._calling = AiohttpRequest(seconds), AiohttpRequest(seconds)
        self._updates = f"{base}/bot{token}/getUpdates"
        try:
            self._bot = Bot(token, base_url=f"{base}/bot", request=self._calling, get_updates_request=self._polling)
        except InvalidToken:
            raise Misconfigured("no token") from None

    async def close(self) -> None:
        """Close the connections."""
        for request in (self._polling, self._calling):
            await request.shutdown()

    async def me(self) -> int:
        """Return the bot's id."""
        async with _asked():
            return (await self._bot.get_me()).id

    async def send(self, parcel: Parcel) -> Receipt:
        """Send to a client; text that is too long goes in parts, with the keyboard under the last."""
        return await self._parts(_chat(parcel), parcel.text, None, _keyboard(parcel.choices), silent=parcel.silent)

    async def _parts(
        self, chat: int, text: str, thread: int | None, buttons: InlineKeyboardMarkup | None, *, silent: bool = False
    ) -> Receipt:
        """Once a part is out, a failure of the next leaves the whole unknown: sent again, it is sent from the start."""
        *first, last = split(sendable(text), TEXT_LIMIT, "utf16")
        for number, part in enumerate(first):
            await _then(number, self._message(chat, part, thread, None, silent=silent))
        return await _then(len(first), self._message(chat, last, thread, buttons, silent=silent))

    async def _message(
        self, chat: int, text: str, thread: int | None, buttons: InlineKeyboardMarkup | None, *, silent: bool
    ) -> Receipt:
        """Client text is data: no parse mode. Forwarding and saving are switched off (security.md R4)."""
        async with _explained():
            sent = await self._bot.send_message(
                chat,
                text,
                message_thread_id=thread,
                reply_markup=buttons,
                protect_content=True,
                disable_notification=silent or None,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        return Receipt(str(sent.message_id))

    async def answer_callback(self, callback_id: str) -> None:
        """End the spinner on a tapped button; a tap too old for an answer needs none (150 s, platform.md 3.2)."""
        with suppress(NotSent):
            await _done(self._bot.answer_callback_query(callback_id))

    async def updates(self, offset: int, timeout: int) -> list[dict[str, Any]]:  # noqa: ASYNC109 (Telegram's name)
        """Return raw updates from `offset` on; asking confirms those before it. Only ever raises a `NotSent`."""
        asked = {"offset": offset, "timeout": timeout, "limit": POLL_LIMIT, "allowed_updates": json.dumps(ALLOWED)}
        async with _asked():
            found = await self._polling.post(f"{self._updates}?{urlencode(asked)}", read_timeout=timeout)
            if not isinstance(found, list):
                raise NetworkError("unreadable answer")
        return [update for update in found if isinstance(update, dict)]

    async def set_webhook(self, url: str, secret: str) -> None:
        """Have updates posted to `url` with `secret`."""
        await _done(self._bot.set_webhook(url, secret_token=secret, allowed_updates=ALLOWED))

    async def delete_webhook(self) -> None:
        """Have updates kept for polling; what waits is kept, too."""
        await _done(self._bot.delete_webhook(drop_pending_updates=False))

    async def create_thread(self, chat_id: int, name: str) -> int:
        """Open a forum topic; returns its id."""
        async with _explained():
            return (await self._bot.create_forum_topic(chat_id, sendable(name)[:NAME_LIMIT])).message_thread_id

    async def post(self, chat_id: int, thread: int | None, text: str) -> Receipt:
        """Write anew into a topic of the desk, or into the group itself; nothing is ever forwarded (security.md R22)."""
        return await self._parts(chat_id, text, thread, None)

    async def delete_thread(self, chat_id: int, thread: int) -> None:
        """Delete a topic with all its messages (security.md R22); one that is gone is left so."""
        await _done(self._bot.delete_forum_topic(chat_id, thread), "topic_id_invalid")


def _chat(parcel: Parcel) -> int:
    """The chat id; what is none is not quoted."""
    try:
        return int(parcel.to.value if isinstance(parcel.to, Address) else "")
    except ValueError:
        raise Misconfigured("no chat") from None


async def _then(before: int, sending: Awaitable[Receipt]) -> Receipt:
    try:
        return await sending
    except NotSent:
        if before:
            raise Ambiguous("only a part was accepted") from None
        raise


async def _done(call: Awaitable[object], *fine: str) -> None:
    """Await a call that may be repeated; refusals in `fine` say that there was nothing to do."""
    async with _asked():
        try:
            await call
        except BadRequest as error:
            if not error.message.lower().startswith(fine):
                raise


@asynccontextmanager
async def _explained() -> AsyncIterator[None]:
    """Turn PTB's errors into ours: certainly not sent and why, or not known."""
    try:
        yield
    except TelegramError as error:
        raise explained(error) from None
    except (AttributeError, KeyError, TypeError, ValueError):  # PTB met something else than what was promised
        raise Ambiguous("unreadable answer") from None


@asynccontextmanager
async def _asked() -> AsyncIterator[None]:
    """As `_explained`, for calls that do no harm when repeated: there an unknown outcome is as good as none."""
    try:
        async with _explained():
            yield
    except Ambiguous:
        raise Unreachable("no answer") from None


def explained(error: TelegramError) -> Exception:
    """Return what `error` means for the message that was being sent; without its text, which may quote the message."""
    match error:
        case Slowed():
            return Throttled(error.seconds)
        case Forbidden():
            return ClientGone("forbidden")
        case InvalidToken():
            return Misconfigured("token refused")
        case BadRequest():
            return ClientGone("no such chat or thread") if _is_gone(error) else Misconfigured("refused")
        case NotConnected():
            return Unreachable("no connection")
        case TimedOut() | NetworkError():
            return Ambiguous("no answer")
    return Misconfigured("refused")


def _is_gone(error: BadRequest) -> bool:
    return any(what in error.message.lower() for what in ("chat not found", "message thread not found"))


def _keyboard(choices: Sequence[Choice]) -> InlineKeyboardMarkup | None:
    if any(not 0 < len(choice.id.encode()) <= DATA_LIMIT for choice in choices):
        raise Misconfigured("a choice id is empty or longer than 64 bytes")
    rows: list[list[Choice]] = []
    for choice in choices:
        if rows and len(rows[-1]) == 1 and max(len(rows[-1][0].label), len(choice.label)) <= SHORT_LABEL:
            rows[-1].append(choice)
        else:
            rows.append([choice])
    return InlineKeyboardMarkup([[_button(choice) for choice in row] for row in rows]) if rows else None


def _button(choice: Choice) -> InlineKeyboardButton:
    return InlineKeyboardButton(sendable(choice.label), callback_data=choice.id)
