"""Telegram by polling: answered end to end, each update once, and confirmed only after it was written down."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from bot import polling
from bot.channels.telegram import TelegramChannel
from bot.polling import Poller, Telegram
from bot.store import cursors
from bot.store.conversations import Vault
from bot.store.database import Database
from bot.store.tables import inbox
from knowledge_base.library import Library
from tests.line import Breaking, Line, Providers, open_line

ASHA, MUSA = 501, 502


async def test_a_client_is_answered(polled: Line) -> None:
    await polled.telegram.says(ASHA, "how long after sex can i test for hiv")
    await polled.until(lambda: len(polled.telegram.answers(ASHA)) == 2)
    answer, welcome = polled.telegram.answers(ASHA)
    assert "window" in answer
    assert "Msiri" in welcome
    assert ("Talk to a person", "counselor") in polled.telegram.last_buttons(ASHA)


async def test_a_tap_is_answered_and_its_spinner_ended(polled: Line) -> None:
    await polled.telegram.says(ASHA, "hello")
    await polled.until(lambda: polled.telegram.last_buttons(ASHA))
    tap = await polled.telegram.taps(ASHA, None, "book")
    await polled.until(lambda: any("What is the visit for" in text for text in polled.telegram.answers(ASHA)))
    await polled.telegram.until_called("answerCallbackQuery")
    assert polled.telegram.called("answerCallbackQuery") == [{"callback_query_id": tap["callback_query"]["id"]}]
    assert polled.telegram.world.has.queries == {}


async def test_a_tap_whose_spinner_is_over_is_answered_all_the_same(polled: Line) -> None:
    await polled.telegram.says(ASHA, "hello")
    await polled.until(lambda: polled.telegram.last_buttons(ASHA))
    polled.telegram.world.has.queries.clear()
    tap = await polled.telegram.taps(ASHA, None, "book")
    polled.telegram.world.has.queries[tap["callback_query"]["id"]] = polled.clock() - timedelta(seconds=151)
    await polled.telegram.until_called("answerCallbackQuery")
    await polled.until(lambda: any("What is the visit for" in text for text in polled.telegram.answers(ASHA)))
    await polled.telegram.says(ASHA, "menu")
    await polled.until(lambda: any("Ask me anything" in text for text in polled.telegram.answers(ASHA)))


async def test_a_batch_is_confirmed_only_after_its_commit(polled: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "PAUSES", (0.01,))
    breaking = Breaking(polled.app.database, 3)
    monkeypatch.setattr(polled.app.database, "run", breaking.run)
    update = await polled.telegram.says(ASHA, "hello")
    await polled.until(lambda: breaking.times == 0)
    await polled.until(lambda: polled.telegram.answers(ASHA))
    offsets = [call.get("offset") for call in polled.telegram.called("getUpdates")]
    assert offsets.count(0) > 3
    await polled.quiet()
    assert len(polled.telegram.answers(ASHA)) == 2
    await polled.until(lambda: polled.telegram.called("getUpdates")[-1]["offset"] == update["update_id"] + 1)


async def test_the_position_is_committed_with_the_events(polled: Line) -> None:
    first = await polled.telegram.says(ASHA, "hello")
    await polled.until(lambda: polled.telegram.answers(ASHA))
    seen = await polled.app.database.read(_both)
    assert seen == (1, first["update_id"] + 1)


def _both(conn: Connection) -> tuple[int, int]:
    rows = conn.execute(sa.select(sa.func.count()).select_from(inbox)).scalar() or 0
    return rows, cursors.position(conn, "telegram:123456")


async def test_what_came_while_we_were_away_is_fetched_at_the_start(
    file_database: Database, vault: Vault, content: Library, around: Providers
) -> None:
    mode = {"telegram": {"mode": "polling"}}
    async with open_line(file_database, vault, content, around, **mode) as first:
        await first.telegram.says(ASHA, "hello")
        await first.until(lambda: len(first.telegram.answers(ASHA)) == 2)
    await around.telegram.says(ASHA, "menu")
    await around.telegram.says(MUSA, "hello")
    async with open_line(file_database, vault, content, around, **mode) as second:
        await second.until(lambda: len(second.telegram.answers(MUSA)) == 2)
        await second.quiet()
        assert len(second.telegram.answers(ASHA)) == 3


async def test_telegram_being_away_at_the_start_keeps_nobody_else_from_being_served(
    file_database: Database, vault: Vault, content: Library, around: Providers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "PAUSES", (0.01,))
    for method in ("getMe", "deleteWebhook", "getUpdates"):
        around.telegram.fail_next(method, "server_error_before", times=2)
    async with open_line(file_database, vault, content, around, telegram={"mode": "polling"}) as running:
        await running.twilio.says("+254722000001", "hello")
        await running.quiet()
        assert running.twilio.phone("+254722000001")
        await running.telegram.says(ASHA, "hello")
        await running.until(lambda: running.telegram.answers(ASHA))


async def test_odd_updates_are_passed_over(polled: Line) -> None:
    odd: list[Any] = [{"update_id": 3}, {"update_id": "x"}, {}, {"update_id": 4, "message": {"chat": []}}]
    api = Scripted(odd)
    telegram = Telegram(api, polled.app.inbox, polled.app.staff, polled.app.vault, 99, None)
    assert await Poller(telegram, polled.app.database).once(0) == 4
    assert await polled.app.database.read(lambda conn: cursors.position(conn, "telegram:99")) == 5
    assert await polled.count(inbox) == 0


class Scripted:
    """Telegram with the same updates every time."""

    def __init__(self, updates: list[Any]) -> None:
        self._updates = updates

    async def updates(self, offset: int, timeout: int) -> list[Any]:  # noqa: ASYNC109
        return self._updates

    async def answer_callback(self, callback_id: str) -> None: ...

    async def set_webhook(self, url: str, secret: str) -> None: ...

    async def delete_webhook(self) -> None: ...


CHATS, EACH = 50, 20
QUESTIONS = ("menu", "what is prep", "how long after sex can i test for hiv", "help", "hello")


async def test_a_thousand_updates_by_webhook_and_again_by_polling_are_a_thousand_turns(
    wired: Line,
) -> None:
    """Order holds within each chat: every chat gets what a chat gets that is alone on the line."""
    telegram = wired.telegram
    script = [QUESTIONS[number % len(QUESTIONS)] for number in range(EACH)]
    for said in script:
        await telegram.says(ASHA, said)
        await wired.quiet()
    expected = telegram.answers(ASHA)
    pushed = [await asyncio.gather(*(telegram.says(1000 + chat, said) for chat in range(CHATS))) for said in script]
    channel = TelegramChannel(telegram.token, wired.providers.addresses["telegram"])
    await channel.delete_webhook()
    for update in (one for several in pushed for one in several):
        await telegram.redeliver(update)
    poller = Poller(
        Telegram(channel, wired.app.inbox, wired.app.staff, wired.app.vault, 123456, None), wired.app.database
    )
    fetched = 0
    while batch := await poller.once(0):
        fetched += batch
    await channel.close()
    await wired.quiet()
    assert fetched == CHATS * EACH
    assert await wired.count(inbox, status="done") == (CHATS + 1) * EACH
    assert [telegram.answers(1000 + chat) for chat in range(CHATS)] == [expected] * CHATS
