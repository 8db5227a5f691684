"""The Telegram channel: the real `telegram.Bot` over our transport, against a pretend Telegram on the loopback address."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from telegram.error import NetworkError

from bot.channels import (
    Address,
    Ambiguous,
    ClientGone,
    Misconfigured,
    NotSent,
    Parcel,
    Thread,
    Throttled,
    Unreachable,
)
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_http import AiohttpRequest, NotConnected
from bot.channels.telegram_updates import arrival, callback_id
from handlers.events import CounselorSaid, Said, Tapped
from handlers.states import Choice
from tests.wires.faults import Fault, too_many
from tests.wires.server import serving
from tests.wires.telegram import TOKEN, PretendTelegram
from tests.wires.telegram_fixtures import base_fixture, telegram_fixture  # noqa: F401
from tests.wires.telegram_world import FORUM

ASHA = 501
COUNSELOR = 77
SECRET_WORDS = "nina dalili"
BOT = int(TOKEN.partition(":")[0])


def to(chat: object = ASHA, text: str = SECRET_WORDS, choices: tuple[Choice, ...] = ()) -> Parcel:
    return Parcel(Address("telegram", str(chat)), text, choices)


@pytest.fixture(name="channel")
async def channel_fixture(base: str, telegram: PretendTelegram) -> AsyncIterator[TelegramChannel]:
    await telegram.says(ASHA, "hi")
    one = TelegramChannel(telegram.token, base)
    yield one
    await one.close()
    assert telegram.problems == []


def patience(fault: Fault) -> float:
    """Wait a moment only, when nothing will come."""
    return 0.1 if str(fault).startswith("hang") else 5.0


async def told(sending: Awaitable[object]) -> Exception:
    """Return how it failed, and check that it tells nothing."""
    with pytest.raises((NotSent, Ambiguous)) as failed:
        await sending
    seen = f"{failed.value!r} {failed.value} {failed.value.__cause__!r}"
    assert failed.value.__suppress_context__ or failed.value.__context__ is None
    assert not any(secret in seen for secret in (TOKEN, SECRET_WORDS, str(ASHA)))
    return failed.value


async def test_a_message_is_protected_plain_and_without_previews(
    channel: TelegramChannel, telegram: PretendTelegram
) -> None:
    receipt = await channel.send(to(text="See <b>https://example.org</b>"))
    call = telegram.called("sendMessage")[0]
    assert call["protect_content"] is True
    assert call["link_preview_options"] == {"is_disabled": True}
    assert "parse_mode" not in call
    newest = telegram.messages(ASHA)[-1]
    assert newest["text"] == "See <b>https://example.org</b>"
    assert receipt.external_id == str(newest["message_id"])


async def test_short_labels_share_a_row(channel: TelegramChannel, telegram: PretendTelegram) -> None:
    labels = ["Yes", "No", "Talk to a counselor now", "Menu", "Back", "More"]
    await channel.send(to(choices=tuple(Choice(f"id:{label}", label) for label in labels)))
    rows = telegram.called("sendMessage")[0]["reply_markup"]["inline_keyboard"]
    assert [[button["text"] for button in row] for row in rows] == [
        ["Yes", "No"],
        ["Talk to a counselor now"],
        ["Menu", "Back"],
        ["More"],
    ]
    assert telegram.last_buttons(ASHA)[0] == ("Yes", "id:Yes")


@pytest.mark.parametrize("choice", ["", "x" * 65, "ü" * 33])
async def test_a_choice_that_fits_no_button_is_our_fault(
    choice: str, channel: TelegramChannel, telegram: PretendTelegram
) -> None:
    assert isinstance(await told(channel.send(to(choices=(Choice(choice, "x"),)))), Misconfigured)
    await channel.send(to(choices=(Choice("x" * 64, "x"),)))
    assert telegram.calls[-1].status == 200
    assert len(telegram.called("sendMessage")) == 1


async def test_long_text_goes_in_parts_with_the_keyboard_under_the_last(
    channel: TelegramChannel, telegram: PretendTelegram
) -> None:
    text = "😀" * 3000 + "\n\n" + "b" * 4000
    receipt = await channel.send(to(text=text, choices=(Choice("a", "A"),)))
    parts = telegram.answers(ASHA)
    assert "".join(parts) == text.replace("\n", "")
    assert all(len(part.encode("utf-16-le")) // 2 <= 4096 for part in parts)
    assert ["reply_markup" in call for call in telegram.called("sendMessage")] == [False] * (len(parts) - 1) + [True]
    assert receipt.external_id == str(telegram.messages(ASHA)[-1]["message_id"])


async def test_what_cannot_be_encoded_is_sent_all_the_same(channel: TelegramChannel, telegram: PretendTelegram) -> None:
    await channel.send(to(text="a\ud83db", choices=(Choice("a", "\ud83d"),)))
    assert telegram.answers(ASHA) == ["a\ufffdb"]


CASES: list[tuple[Fault, type[Exception], bool]] = [
    (too_many(7), Throttled, False),
    ("server_error_before", Ambiguous, False),
    ("server_error_after", Ambiguous, True),
    ("hang_before", Ambiguous, False),
    ("hang_after", Ambiguous, True),
    ("drop", Ambiguous, False),
    ("drop_after", Ambiguous, True),
]


@pytest.mark.parametrize(("fault", "kind", "accepted"), CASES, ids=[str(case[0]) for case in CASES])
async def test_faults(fault: Fault, kind: type[Exception], accepted: bool, base: str) -> None:
    telegram = PretendTelegram()
    async with serving(telegram.app) as address:
        channel = TelegramChannel(TOKEN, address, seconds=patience(fault))
        await telegram.says(ASHA, "hi")
        telegram.fail_next("sendMessage", fault)
        failed = await told(channel.send(to()))
        assert type(failed) is kind
        assert not isinstance(failed, Throttled) or failed.retry_after == 7
        assert telegram.answers(ASHA) == ([SECRET_WORDS] if accepted else [])
        assert len(telegram.called("sendMessage")) == 1  # nothing is repeated behind our back
        await channel.close()


@pytest.mark.parametrize("fault", [too_many(7), "drop"])
async def test_a_failure_after_the_first_part_leaves_the_whole_unknown(fault: Fault, telegram: PretendTelegram) -> None:
    await telegram.says(ASHA, "hi")

    async def front(scope: Any, receive: Any, send: Any) -> None:
        if telegram.answers(ASHA):
            telegram.fail_next("sendMessage", fault)
        await telegram.app(scope, receive, send)

    async with serving(front) as address:
        channel = TelegramChannel(TOKEN, address)
        assert type(await told(channel.send(to(text="a" * 4096 + "b")))) is Ambiguous
        await channel.close()
    assert telegram.answers(ASHA) == ["a" * 4096]


async def test_who_is_gone(channel: TelegramChannel, telegram: PretendTelegram) -> None:
    assert type(await told(channel.send(to(999)))) is ClientGone
    await telegram.blocks(ASHA)
    assert type(await told(channel.send(to()))) is ClientGone


@pytest.mark.parametrize("parcel", [to("x"), to(""), Parcel(Thread(3), "x"), to(text=" ")])
async def test_what_can_never_be_sent_is_our_fault(parcel: Parcel, channel: TelegramChannel) -> None:
    assert type(await told(channel.send(parcel))) is Misconfigured


async def test_a_wrong_token_is_our_fault(base: str) -> None:
    channel = TelegramChannel("123456:wrong", base)
    assert type(await told(channel.send(to()))) is Misconfigured
    assert type(await told(channel.me())) is Misconfigured
    assert type(await told(channel.updates(0, 0))) is Misconfigured
    await channel.close()
    with pytest.raises(Misconfigured):
        TelegramChannel("")


@pytest.mark.parametrize("address", ["", "http://nowhere.invalid", "http://[half"])
async def test_without_a_connection_nothing_was_sent(address: str, nobody: str) -> None:
    channel = TelegramChannel(TOKEN, address or nobody)
    assert type(await told(channel.send(to()))) is Unreachable
    assert type(await told(channel.updates(0, 0))) is Unreachable
    await channel.close()


@pytest.mark.parametrize("address", ["", "http://[half", "http://nowhere.invalid"])
async def test_not_even_the_transport_tells_the_token(address: str, nobody: str) -> None:
    request = AiohttpRequest()
    await request.initialize()
    assert request.read_timeout == 20
    with pytest.raises(NotConnected) as failed:
        await request.post(f"{address or nobody}/bot{TOKEN}/getMe")
    assert TOKEN not in f"{failed.value!r} {failed.value}"
    assert failed.value.__suppress_context__
    await request.shutdown()


@pytest.mark.parametrize("fault", ["drop", "hang_before"])
async def test_what_fails_later_does_not_tell_it_either(fault: Fault, base: str, telegram: PretendTelegram) -> None:
    telegram.fail_next("getMe", fault)
    request = AiohttpRequest(patience(fault))
    with pytest.raises(NetworkError) as failed:
        await request.post(f"{base}/bot{TOKEN}/getMe")
    assert str(failed.value) == ("ServerDisconnectedError" if fault == "drop" else "Timed out")
    await request.shutdown()


ANSWERS: list[tuple[Callable[[], Response], type[Exception]]] = [
    (lambda: PlainTextResponse("<html>a proxy's page</html>"), Ambiguous),
    (lambda: PlainTextResponse("[]"), Ambiguous),
    (lambda: PlainTextResponse("{}"), Ambiguous),
    (lambda: PlainTextResponse('{"ok": true, "result": 5}'), Ambiguous),
    (lambda: PlainTextResponse('{"ok": true, "result": {}}'), Ambiguous),
    (lambda: PlainTextResponse("busy", 500), Ambiguous),
    (lambda: PlainTextResponse("busy", 400), Misconfigured),
    (lambda: PlainTextResponse("busy", 429), Throttled),
    (lambda: PlainTextResponse('{"ok": false, "parameters": {"retry_after": "x"}}', 429), Throttled),
    (lambda: PlainTextResponse('{"ok": false, "description": "Conflict: other"}', 409), Misconfigured),
    (
        lambda: PlainTextResponse('{"ok": false, "description": "x", "parameters": {"migrate_to_chat_id": -5}}', 400),
        Misconfigured,
    ),
    (lambda: RedirectResponse("http://127.0.0.1:9/other"), Ambiguous),
]


@pytest.mark.parametrize(("answer", "kind"), ANSWERS)
async def test_odd_answers_are_told_by_their_kind_and_never_logged(
    answer: Callable[[], Response], kind: type[Exception], caplog: pytest.LogCaptureFixture
) -> None:
    async def odd(_: Request) -> Response:
        return answer()

    caplog.set_level(logging.INFO)
    async with serving(Starlette(routes=[Route("/{rest:path}", odd, methods=["GET", "POST"])])) as address:
        channel = TelegramChannel(TOKEN, address)
        assert type(await told(channel.send(to()))) is kind
        wanted = Unreachable if kind is Ambiguous else kind
        assert type(await told(channel.updates(0, 0))) is wanted
        await channel.answer_callback("q")
        await channel.close()
    assert caplog.text == ""


async def test_nothing_secret_is_logged_at_any_fault(
    base: str, telegram: PretendTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await telegram.says(ASHA, "hi")
    channel = TelegramChannel(TOKEN, base, seconds=0.1)
    for fault in ("server_error_after", "hang_before", "drop"):
        telegram.fail_next("sendMessage", fault)
        await told(channel.send(to()))
    await channel.close()
    assert TOKEN not in caplog.text
    assert SECRET_WORDS not in caplog.text
    assert TOKEN not in repr(channel)


async def test_updates_are_raw_and_confirmed_by_asking_again(
    channel: TelegramChannel, telegram: PretendTelegram
) -> None:
    await channel.send(to(choices=(Choice("book", "Book"),)))
    await telegram.taps(ASHA, None, "book")
    found = await channel.updates(0, 0)
    events = [one.event for update in found if (one := arrival(update, BOT, None))]
    assert events == [Said("hi"), Tapped("book")]
    await channel.answer_callback(callback_id(found[-1]))
    await channel.answer_callback(callback_id(found[-1]))  # too late: that is nobody's worry
    assert [call.status for call in telegram.calls if call.method == "answerCallbackQuery"] == [200, 400]
    assert await channel.updates(found[-1]["update_id"] + 1, 0) == []
    assert telegram.called("getUpdates")[0] == {
        "offset": 0,
        "timeout": 0,
        "limit": 100,
        "allowed_updates": ["message", "callback_query", "chat_member"],
    }


async def test_waiting_for_updates_outlasts_the_usual_timeout(telegram: PretendTelegram, base: str) -> None:
    channel = TelegramChannel(TOKEN, base, seconds=0.2)
    waiting = asyncio.create_task(channel.updates(0, 30))
    await telegram.until_called("getUpdates")
    await asyncio.sleep(0.3)
    await telegram.says(ASHA, "hi")
    assert len(await waiting) == 1
    await channel.close()


@pytest.mark.parametrize("fault", ["server_error_before", "hang_before", "drop"])
async def test_polling_only_ever_meets_what_it_can_repeat(fault: Fault, base: str, telegram: PretendTelegram) -> None:
    channel = TelegramChannel(TOKEN, base, seconds=patience(fault))
    telegram.fail_next("getUpdates", fault)
    assert type(await told(channel.updates(0, 0))) is Unreachable
    await channel.close()
    again = TelegramChannel(TOKEN, base)
    assert await again.updates(0, 0) == []
    await again.close()


async def test_the_webhook_is_set_and_deleted(channel: TelegramChannel, telegram: PretendTelegram) -> None:
    await channel.set_webhook("https://line.example.org/telegram", "s3cr-et_X")
    assert telegram.called("setWebhook")[0] == {
        "url": "https://line.example.org/telegram",
        "secret_token": "s3cr-et_X",
        "allowed_updates": ["message", "callback_query", "chat_member"],
    }
    assert type(await told(channel.updates(0, 0))) is Misconfigured
    await channel.delete_webhook()
    assert len(await channel.updates(0, 0)) == 1
    assert await channel.me() == BOT


async def test_threads_of_the_desk(channel: TelegramChannel, telegram: PretendTelegram) -> None:
    thread = await channel.create_thread(FORUM, "P-417" + "x" * 200)
    assert len(telegram.threads()[thread]) == 128
    await channel.post(FORUM, thread, "a" * 4096 + "b")
    await channel.post(FORUM, None, "notice")
    assert telegram.thread(thread) == ["a" * 4096, "b"]
    assert telegram.thread(None) == ["notice"]
    assert all(call["protect_content"] for call in telegram.called("sendMessage"))
    await telegram.counselor_says(thread, "Habari", COUNSELOR)
    update = (await channel.updates(0, 0))[-1]
    found = arrival(update, BOT, FORUM)
    assert found
    assert (found.sender, found.event) == (Thread(thread), CounselorSaid(f"tg:{COUNSELOR}", "Habari"))
    for _ in range(2):  # a repetition does no harm
        await channel.delete_thread(FORUM, thread)
    assert telegram.threads() == {}
    assert type(await told(channel.post(FORUM, thread, "x"))) is ClientGone
    assert type(await told(channel.create_thread(ASHA, "x"))) is Misconfigured
    assert not [call for call in telegram.calls if call.method.startswith("forward")]


async def test_one_slow_chat_holds_up_nobody_else(channel: TelegramChannel, telegram: PretendTelegram) -> None:
    await telegram.says(502, "hi")
    telegram.fail_next("sendMessage", "hang_before")
    slow = asyncio.create_task(channel.send(to()))
    await telegram.until_called("sendMessage")
    await channel.send(to(502))
    assert not slow.done()
    slow.cancel()
    with pytest.raises(asyncio.CancelledError):
        await slow
    assert telegram.answers(502) == [SECRET_WORDS]
