"""What the pretend Telegram refuses, case by case, and who checks the checker."""

from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

import pytest
from telegram import Bot, ReplyKeyboardRemove
from telegram.error import BadRequest

from tests.wires import telegram_parameters
from tests.wires.spec import telegram_spec
from tests.wires.telegram import PretendTelegram
from tests.wires.telegram_fixtures import (
    ASHA,
    Json,
    base_fixture,  # noqa: F401
    bot_fixture,  # noqa: F401
    keyboard,
    telegram_fixture,  # noqa: F401
)
from tests.wires.telegram_world import FORUM

Act = Callable[[Bot, PretendTelegram], Coroutine[Any, Any, object]]


async def known(telegram: PretendTelegram) -> int:
    """Asha is known; returns the id of her message."""
    update = await telegram.says(ASHA, "hi")
    return int(update["message"]["message_id"])


def sending(text: str, **options: Any) -> Act:
    return lambda bot, _: bot.send_message(ASHA, text, **options)


def call(method: str, **parameters: Any) -> Act:
    """A call that the real client would not make by itself."""
    return lambda bot, _: bot._post(method, parameters)


async def delete_twice(bot: Bot, telegram: PretendTelegram) -> None:
    sent = await bot.send_message(ASHA, "x")
    await bot.delete_message(ASHA, sent.message_id)
    await bot.delete_message(ASHA, sent.message_id)


async def delete_late(bot: Bot, telegram: PretendTelegram) -> None:
    sent = await bot.send_message(ASHA, "x")
    telegram.now += timedelta(hours=48, seconds=1)
    await bot.delete_message(ASHA, sent.message_id)


async def edit_nothing(bot: Bot, telegram: PretendTelegram) -> None:
    sent = await bot.send_message(ASHA, "x", reply_markup=keyboard("a"))
    await bot.edit_message_text("x", ASHA, sent.message_id, reply_markup=keyboard("a"))


async def edit_theirs(bot: Bot, telegram: PretendTelegram) -> None:
    await bot.edit_message_text("y", ASHA, await known(telegram))


async def answer_late(bot: Bot, telegram: PretendTelegram) -> None:
    await bot.send_message(ASHA, "x", reply_markup=keyboard("a"))
    update = await telegram.taps(ASHA, None, "a")
    telegram.now += timedelta(seconds=151)
    await bot.answer_callback_query(update["callback_query"]["id"])


async def answer_twice(bot: Bot, telegram: PretendTelegram) -> None:
    await bot.send_message(ASHA, "x", reply_markup=keyboard("a"))
    update = await telegram.taps(ASHA, None, "a")
    await bot.answer_callback_query(update["callback_query"]["id"])
    await bot.answer_callback_query(update["callback_query"]["id"])


async def close_twice(bot: Bot, telegram: PretendTelegram) -> None:
    thread = (await bot.create_forum_topic(FORUM, "x")).message_thread_id
    await bot.close_forum_topic(FORUM, thread)
    await bot.close_forum_topic(FORUM, thread)


async def rename_same(bot: Bot, telegram: PretendTelegram) -> None:
    thread = (await bot.create_forum_topic(FORUM, "x")).message_thread_id
    await bot.edit_forum_topic(FORUM, thread, name="x")


async def send_to_deleted_thread(bot: Bot, telegram: PretendTelegram) -> None:
    thread = (await bot.create_forum_topic(FORUM, "x")).message_thread_id
    await bot.delete_forum_topic(FORUM, thread)
    await bot.send_message(FORUM, "y", message_thread_id=thread)


REFUSED: dict[str, tuple[Act, str]] = {
    "empty text": (sending(""), "text is empty"),
    "blank text": (sending(" \n"), "text is empty"),
    "4,097 characters": (sending("x" * 4097), "too long"),
    "2,049 emoji are 4,098 units": (sending("😀" * 2049), "too long"),
    "65 bytes of data": (sending("x", reply_markup=keyboard("d" * 65)), "button_data_invalid"),
    "33 letters of 2 bytes": (sending("x", reply_markup=keyboard("é" * 33)), "button_data_invalid"),
    "101 buttons": (sending("x", reply_markup=keyboard(*map(str, range(101)))), "too long"),
    "unknown chat": (lambda bot, _: bot.send_message(999, "x"), "chat not found"),
    "unknown name": (lambda bot, _: bot.send_message("@nobody", "x"), "chat not found"),
    "typing in an unknown chat": (lambda bot, _: bot.send_chat_action(999, "typing"), "chat not found"),
    "unknown action": (lambda bot, _: bot.send_chat_action(ASHA, "sleeping"), "wrong parameter action"),
    "unknown thread": (lambda bot, _: bot.send_message(FORUM, "x", message_thread_id=9), "thread not found"),
    "thread in a private chat": (sending("x", message_thread_id=9), "thread not found"),
    "deleted thread": (send_to_deleted_thread, "thread not found"),
    "close an unknown thread": (lambda bot, _: bot.close_forum_topic(FORUM, 9), "topic_id_invalid"),
    "reopen an unknown thread": (lambda bot, _: bot.reopen_forum_topic(FORUM, 9), "topic_id_invalid"),
    "delete an unknown thread": (lambda bot, _: bot.delete_forum_topic(FORUM, 9), "topic_id_invalid"),
    "close twice": (close_twice, "topic_not_modified"),
    "same name": (rename_same, "topic_not_modified"),
    "thread without a name": (lambda bot, _: bot.create_forum_topic(FORUM, ""), "topic_title_invalid"),
    "name of 129": (lambda bot, _: bot.create_forum_topic(FORUM, "x" * 129), "too long"),
    "red icon": (lambda bot, _: bot.create_forum_topic(FORUM, "x", icon_color=1), "icon_color"),
    "thread in a private chat made": (lambda bot, _: bot.create_forum_topic(ASHA, "x"), "not a forum"),
    "delete twice": (delete_twice, "message to delete not found"),
    "delete after 48 h": (delete_late, "can't be deleted"),
    "edit what is not there": (lambda bot, _: bot.edit_message_text("x", ASHA, 99), "message to edit not found"),
    "edit without change": (edit_nothing, "not modified"),
    "edit a client's message": (edit_theirs, "can't be edited"),
    "unknown query": (lambda bot, _: bot.answer_callback_query("q"), "query is too old"),
    "late answer": (answer_late, "query is too old"),
    "second answer": (answer_twice, "query is too old"),
    "unknown member": (lambda bot, _: bot.get_chat_member(FORUM, 9), "participant_id_invalid"),
    "ban in a private chat": (lambda bot, _: bot.ban_chat_member(ASHA, 9), "not a forum"),
    "parse mode": (sending("<b>x</b>", parse_mode="HTML"), "parse_mode"),
    "answer to a message": (sending("x", reply_to_message_id=1), "not pretended"),
    "long answer to a tap": (lambda bot, _: bot.answer_callback_query("q", "x" * 201), "message_too_long"),
    "ban itself": (lambda bot, _: bot.ban_chat_member(FORUM, 123456), "can't restrict self"),
    "101 updates": (lambda bot, _: bot.get_updates(limit=101), "limit"),
    "no updates": (lambda bot, _: bot.get_updates(limit=0), "limit"),
    "webhook without TLS": (lambda bot, _: bot.set_webhook("http://line.example.org"), "HTTPS"),
    "secret with a space": (lambda bot, _: bot.set_webhook("https://x.org", secret_token="a b"), "unallowed"),
    "no connections": (lambda bot, _: bot.set_webhook("https://x.org", max_connections=0), "max_connections"),
    "101 deletions": (lambda bot, _: bot.delete_messages(ASHA, list(range(101))), "too many"),
    "no deletion": (lambda bot, _: bot.delete_messages(ASHA, []), "not specified"),
}


# Mistakes in the parameters themselves: refused, and noted as problems.
MISTAKEN: dict[str, tuple[Act, str]] = {
    "unknown parameter": (call("sendMessage", chat_id=ASHA, text="x", protectcontent=True), "unknown parameter"),
    "no text": (call("sendMessage", chat_id=ASHA), "text is empty"),
    "no chat": (call("sendMessage", text="x"), "chat_id is empty"),
    "no message id": (call("deleteMessage", chat_id=ASHA), "identifier is not specified"),
    "wrong chat type": (call("sendMessage", chat_id=[ASHA], text="x"), "can't parse chat_id"),
    "wrong flag": (call("sendMessage", chat_id=ASHA, text="x", protect_content="yes"), "can't parse protect_content"),
    "wrong thread": (call("closeForumTopic", chat_id=FORUM, message_thread_id="a"), "can't parse message_thread_id"),
    "wrong ids": (call("deleteMessages", chat_id=ASHA, message_ids=["a"]), "can't parse message_ids"),
    "button outside its row": (
        call("sendMessage", chat_id=ASHA, text="x", reply_markup={"inline_keyboard": [{"text": "a"}]}),
        "can't parse reply_markup",
    ),
    "misspelt button field": (
        call("sendMessage", chat_id=ASHA, text="x", reply_markup={"inline_keyboard": [[{"text": "a", "data": "b"}]]}),
        "can't parse reply_markup",
    ),
    "capital command": (call("setMyCommands", commands=[{"command": "A", "description": "b"}]), "can't parse commands"),
}


@pytest.mark.parametrize("case", REFUSED)
async def test_it_refuses(case: str, bot: Bot, telegram: PretendTelegram) -> None:
    await known(telegram)
    act, words = REFUSED[case]
    with pytest.raises(BadRequest) as refused:
        await act(bot, telegram)
    assert words.lower() in refused.value.message.lower()


@pytest.mark.parametrize("case", MISTAKEN)
async def test_it_refuses_and_notes_mistakes(case: str, bot: Bot, telegram: PretendTelegram) -> None:
    await known(telegram)
    act, words = MISTAKEN[case]
    with pytest.raises(BadRequest) as refused:
        await act(bot, telegram)
    assert words.lower() in refused.value.message.lower()
    assert telegram.problems
    assert telegram.answers(ASHA) == []


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "a"}, "exactly one"),
        ({"text": "a", "callback_data": "b", "url": "https://x.org"}, "exactly one"),
        ({"text": "a", "callback_data": ""}, "button_data_invalid"),
        ({"text": "", "callback_data": "b"}, "non-empty"),
    ],
)
async def test_it_refuses_buttons(button: Json, words: str, bot: Bot, telegram: PretendTelegram) -> None:
    await known(telegram)
    parameters = {"chat_id": ASHA, "text": "x", "reply_markup": {"inline_keyboard": [[button]]}}
    with pytest.raises(BadRequest, match=f"(?i){words}"):
        await bot._post("sendMessage", parameters)


async def test_limits_that_are_just_kept(bot: Bot, telegram: PretendTelegram) -> None:
    await known(telegram)
    await bot.send_message(ASHA, "x" * 4096, reply_markup=keyboard(*(str(n).zfill(64) for n in range(100))))
    await bot.send_message(ASHA, "😀" * 2048, reply_markup=ReplyKeyboardRemove())
    await bot.create_forum_topic(FORUM, "x" * 128)
    telegram.now += timedelta(hours=48)
    assert await bot.delete_message(ASHA, telegram.messages(ASHA)[0]["message_id"])
    assert telegram.problems == []


@pytest.mark.skipif(not telegram_spec().there, reason="Telegram's description is not here")
def test_our_table_of_parameters_is_in_the_description() -> None:
    described = telegram_spec()._methods
    for method, parameters in telegram_parameters.METHODS.items():
        fields = {one["name"]: one["required"] for one in described[method].get("fields", [])}
        needed = {name for name, kind in parameters.items() if kind.endswith("!")}
        assert set(parameters) <= set(fields)
        assert needed >= {name for name, required in fields.items() if required}


def test_the_second_opinions_find_what_is_wrong() -> None:
    spec = telegram_spec()
    assert spec.request("sendMessage", {"chat_id": 1, "text": "x"}) == []
    assert spec.request("sendMessage", {"chat_id": 1})
    assert spec.request("setMessageReaction", {"chat_id": 1, "message_id": 2, "reaction": [{"type": "emoji"}]})
    assert spec.request("sendMesage", {})
    assert spec.update({"update_id": 1, "message": {"message_id": 1}})
