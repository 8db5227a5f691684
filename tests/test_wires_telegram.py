"""The pretend Telegram, driven by the real `telegram.Bot`: it behaves and fails as the real one does."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from telegram import Bot
from telegram.error import Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut

from tests.wires.faults import Fault, too_many
from tests.wires.server import serving
from tests.wires.telegram import PretendTelegram
from tests.wires.telegram_fixtures import (
    ASHA,
    COUNSELOR,
    MUSA,
    base_fixture,  # noqa: F401
    bot_at,
    bot_fixture,  # noqa: F401
    keyboard,
    receiver_fixture,  # noqa: F401
    telegram_fixture,  # noqa: F401
)
from tests.wires.telegram_world import FORUM


async def test_a_round_trip_breaks_no_rule(bot: Bot, telegram: PretendTelegram) -> None:
    await telegram.says(ASHA, "/start")
    first = (await bot.get_updates(timeout=1, allowed_updates=["message", "callback_query"]))[0]
    assert first.message
    assert first.message.text == "/start"
    sent = await bot.send_message(ASHA, "Karibu", reply_markup=keyboard("book", "ask"), protect_content=True)
    assert telegram.last_buttons(ASHA) == [("Label book", "book"), ("Label ask", "ask")]

    await telegram.taps(ASHA, None, "book")
    tapped = (await bot.get_updates(offset=first.update_id + 1))[0].callback_query
    assert tapped
    assert tapped.data == "book"
    assert tapped.message
    assert tapped.message.message_id == sent.message_id
    assert await bot.answer_callback_query(tapped.id)
    await bot.edit_message_text("Lini?", ASHA, sent.message_id, reply_markup=keyboard("mon"))
    await bot.edit_message_reply_markup(ASHA, sent.message_id)
    assert telegram.chat(ASHA) == ["/start", "Lini?"]
    assert telegram.answers(ASHA) == ["Lini?"]
    assert telegram.last_buttons(ASHA) == []
    assert telegram.problems == []


async def test_deleting_and_small_things(bot: Bot, telegram: PretendTelegram) -> None:
    first = await telegram.says(ASHA, "hi")
    sent = await bot.send_message(ASHA, "x")
    await bot.send_chat_action(ASHA, "typing")
    await bot.set_my_commands([("start", "Begin")])
    assert await bot.delete_message(ASHA, first["message"]["message_id"])
    assert await bot.delete_messages(ASHA, [sent.message_id, 9999])
    assert telegram.chat(ASHA) == []
    assert (await bot.get_me()).id == 123456
    assert telegram.problems == []


async def test_threads_and_members_of_the_forum_group(bot: Bot, telegram: PretendTelegram) -> None:
    thread = (await bot.create_forum_topic(FORUM, "P-417")).message_thread_id
    await bot.send_message(FORUM, "New handover", message_thread_id=thread)
    await telegram.counselor_says(thread, "Habari", COUNSELOR)
    await telegram.counselor_says(None, "Lunch?", COUNSELOR)
    updates = await bot.get_updates()
    assert [update.message.message_thread_id for update in updates if update.message] == [thread, None]
    assert telegram.thread(thread) == ["New handover", "Habari"]
    assert telegram.thread(None) == ["Lunch?"]

    assert await bot.edit_forum_topic(FORUM, thread, name="P-417 closed")
    assert telegram.threads() == {thread: "P-417 closed"}
    assert await bot.close_forum_topic(FORUM, thread)
    assert await bot.reopen_forum_topic(FORUM, thread)
    assert (await bot.get_chat_member(FORUM, COUNSELOR)).status == "member"
    await telegram.joins(78, "creator")
    assert await bot.ban_chat_member(FORUM, COUNSELOR)
    assert (await bot.get_chat_member(FORUM, COUNSELOR)).status == "kicked"
    assert (await bot.get_chat_member(FORUM, 123456)).status == "administrator"
    assert await bot.delete_forum_topic(FORUM, thread)
    assert telegram.threads() == {}
    assert telegram.thread(thread) == []
    assert telegram.problems == []


@pytest.mark.parametrize("kind", ["sticker", "photo", "voice", "location", "contact", "document"])
async def test_other_kinds_of_messages(kind: Any, bot: Bot, telegram: PretendTelegram) -> None:
    await telegram.sends(ASHA, kind, "angalia" if kind == "photo" else "")
    message = (await bot.get_updates())[0].message
    assert message
    assert message.effective_attachment
    assert telegram.chat(ASHA) == []
    assert telegram.problems == []


async def test_the_client_blocks_the_bot(bot: Bot, telegram: PretendTelegram) -> None:
    await telegram.says(ASHA, "hi")
    await telegram.blocks(ASHA)
    with pytest.raises(Forbidden, match="blocked"):
        await bot.send_message(ASHA, "x")
    update = (await bot.get_updates())[-1]
    assert update.my_chat_member
    assert update.my_chat_member.new_chat_member.status == "kicked"
    await telegram.says(ASHA, "/start")
    await bot.send_message(ASHA, "x")
    assert telegram.problems == []


async def test_a_wrong_token_and_an_unknown_method(base: str, bot: Bot, telegram: PretendTelegram) -> None:
    async with bot_at(base, "123456:wrong") as other:
        with pytest.raises(InvalidToken):
            await other.get_me()
    assert telegram.calls[-1].status == 401
    with pytest.raises(InvalidToken):  # PTB's word for 404
        await bot._post("sendMesage", {"chat_id": 1})
    assert telegram.problems == ["sendMesage: no such method, or not pretended"]


async def test_polling_confirms_by_offset(bot: Bot, telegram: PretendTelegram) -> None:
    for text in ("a", "b", "c"):
        await telegram.says(ASHA, text)
    first = await bot.get_updates(limit=2)
    assert [update.update_id for update in await bot.get_updates()][:2] == [update.update_id for update in first]
    rest = await bot.get_updates(offset=first[-1].update_id + 1)
    assert [update.message.text for update in rest if update.message] == ["c"]
    assert await bot.get_updates(offset=rest[-1].update_id + 1) == ()
    assert telegram.updates.pending == []
    await telegram.redeliver(rest[0].to_dict())
    assert [update.update_id for update in await bot.get_updates(offset=rest[0].update_id + 1)] == [rest[0].update_id]


async def test_polling_waits_for_news(bot: Bot, telegram: PretendTelegram) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=30))
    await telegram.until_called("getUpdates")
    await telegram.says(ASHA, "hi")
    assert len(await waiting) == 1


async def test_a_second_poller_ends_the_first(base: str, bot: Bot, telegram: PretendTelegram) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=30))
    await telegram.until_called("getUpdates")
    async with bot_at(base) as other:
        await other.get_updates()
    with pytest.raises(Conflict, match="other getUpdates"):
        await waiting


async def test_a_hundred_at_most_and_only_what_was_asked_for(bot: Bot, telegram: PretendTelegram) -> None:
    await bot.get_updates(allowed_updates=["message"])
    await telegram.says(ASHA, "hi")
    await bot.send_message(ASHA, "x", reply_markup=keyboard("a"))
    await telegram.taps(ASHA, None, "a")
    await telegram.blocks(ASHA)
    for number in range(105):
        await telegram.says(ASHA, str(number))
    updates = await bot.get_updates()
    assert len(updates) == 100
    assert all(update.message for update in updates)


async def test_what_the_server_forgets(bot: Bot, telegram: PretendTelegram) -> None:
    await telegram.says(ASHA, "hi")
    await bot.send_message(ASHA, "x", reply_markup=keyboard("a"))
    await telegram.taps(ASHA, None, "a")
    telegram.now += timedelta(seconds=151)
    assert [update.effective_message.text for update in await bot.get_updates() if update.effective_message] == ["hi"]
    telegram.now += timedelta(hours=24)
    assert await bot.get_updates() == ()


ACCEPTED: list[tuple[Fault, type[Exception], bool]] = [
    (too_many(3), RetryAfter, False),
    ("server_error_before", NetworkError, False),
    ("server_error_after", NetworkError, True),
    ("hang_before", TimedOut, False),
    ("hang_after", TimedOut, True),
    ("drop", NetworkError, False),
    ("drop_after", NetworkError, True),
]


@pytest.mark.parametrize(("fault", "error", "accepted"), ACCEPTED, ids=[str(case[0]) for case in ACCEPTED])
async def test_faults(
    fault: Fault,
    error: type[Exception],
    accepted: bool,
    base: str,
    telegram: PretendTelegram,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await telegram.says(ASHA, "hi")
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # without it, making a RetryAfter warns
    telegram.fail_next("sendMessage", fault)
    async with bot_at(base, seconds=0.1) as bot:
        with pytest.raises(error) as failed:
            await bot.send_message(ASHA, "one")
    if isinstance(failed.value, RetryAfter):
        assert failed.value.retry_after == timedelta(seconds=3)
    assert telegram.answers(ASHA) == (["one"] if accepted else [])
    async with bot_at(base) as bot:
        await bot.send_message(ASHA, "two")
    assert telegram.answers(ASHA)[-1] == "two"
    assert len(telegram.called("sendMessage")) == 2
    assert telegram.problems == []


async def test_what_hangs_at_the_end_is_cut() -> None:
    telegram = PretendTelegram()
    telegram.fail_next("getMe", "hang_before", times=2)
    async with serving(telegram.app) as base, bot_at(base) as bot:
        hanging = asyncio.create_task(bot.get_me())
        await telegram.until_called("getMe")
        hanging.cancel()
    assert telegram.calls[0].status == 0


async def test_a_slow_chat_holds_up_nobody_else(bot: Bot, telegram: PretendTelegram) -> None:
    await telegram.says(ASHA, "hi")
    await telegram.says(MUSA, "hi")
    telegram.slow(ASHA, 0.1)
    done: list[int] = []

    async def send(chat_id: int) -> None:
        await bot.send_message(chat_id, "x")
        done.append(chat_id)

    await asyncio.gather(send(ASHA), send(MUSA))
    assert done == [MUSA, ASHA]


async def test_people_tap_only_what_they_see(bot: Bot, telegram: PretendTelegram) -> None:
    await telegram.says(ASHA, "hi")
    sent = await bot.send_message(ASHA, "x", reply_markup=keyboard("a"))
    with pytest.raises(ValueError, match="no button 'b'"):
        await telegram.taps(ASHA, sent.message_id, "b")
    await bot.delete_message(ASHA, sent.message_id)
    update = await telegram.taps(ASHA, sent.message_id, "a", forged=True)
    assert update["callback_query"]["message"]["date"] == 0
    assert telegram.problems == []
