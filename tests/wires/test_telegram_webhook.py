"""How the pretend Telegram posts updates to a webhook: with the secret, in order, until they are taken."""

import pytest
from telegram import Bot, Update
from telegram.error import Conflict

from tests.wires.server import placed
from tests.wires.telegram import PretendTelegram
from tests.wires.telegram_fixtures import (
    ASHA,
    MUSA,
    Receiver,
    base_fixture,  # noqa: F401
    bot_fixture,  # noqa: F401
    receiver_fixture,  # noqa: F401
    telegram_fixture,  # noqa: F401
)


async def test_the_webhook_gets_updates_with_the_secret(
    bot: Bot, telegram: PretendTelegram, receiver: Receiver
) -> None:
    update = await telegram.says(ASHA, "hi")
    await telegram.redeliver(update)
    assert receiver.updates == [update, update]
    assert receiver.secrets == ["s3cr-et_X"] * 2
    assert Update.de_json(receiver.updates[0], bot).message
    info = await bot.get_webhook_info()
    assert info.url == "https://line.example.org/telegram"
    assert info.pending_update_count == 0
    with pytest.raises(Conflict):
        await bot.get_updates()
    assert telegram.problems == []


async def test_the_webhook_is_tried_until_it_takes_the_update(telegram: PretendTelegram, receiver: Receiver) -> None:
    receiver.answers = [500, 403, 302]
    update = await telegram.says(ASHA, "hi")
    assert receiver.updates == [update] * 4
    assert [status for _, status in telegram.updates.posted] == [500, 403, 302, 200]


async def test_what_the_webhook_did_not_take_waits_in_order(
    bot: Bot, telegram: PretendTelegram, receiver: Receiver
) -> None:
    telegram.updates.tries = 1
    receiver.answers = [500, 200, 503]
    await telegram.says(ASHA, "one")
    await telegram.says(MUSA, "other")
    await telegram.says(ASHA, "two")
    assert receiver.texts == ["one", "other", "one"]
    assert (await bot.get_webhook_info()).pending_update_count == 2
    await telegram.retry()
    assert receiver.texts[3:] == ["one", "two"]
    assert telegram.updates.pending == []


async def test_a_webhook_that_is_away_and_polling_afterwards(
    bot: Bot, telegram: PretendTelegram, receiver: Receiver
) -> None:
    telegram.updates.dns["https://line.example.org"] = "http://127.0.0.1:1"
    await telegram.says(ASHA, "hi")
    assert [status for _, status in telegram.updates.posted] == [0] * 5
    await bot.delete_webhook()
    assert len(await bot.get_updates()) == 1
    await bot.set_webhook("https://line.example.org/telegram", drop_pending_updates=True)
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


def test_nothing_leaves_this_machine() -> None:
    with pytest.raises(ValueError, match="not in dns"):
        placed("https://api.telegram.org/x", {})
