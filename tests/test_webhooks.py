"""Webhooks: what is not proved leaves no row, what is taken is committed first, and nothing odd is an error."""

import asyncio
import io
import json
from typing import Any

import aiohttp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from bot.store.tables import conversations, inbox, outbox
from tests.line import PUBLIC, SECRET, Breaking, Line
from tests.wires.twilio import TOKEN

ASHA = 501
PHONE = "+254722000001"


async def telegram_post(line: Line, body: Any, secret: str | None = SECRET) -> int:
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret is not None else {}
    return await _post(f"{line.address}/telegram", headers, body)


async def twilio_post(line: Line, form: dict[str, str], path: str = "/twilio/messages", token: str = TOKEN) -> int:
    signature = RequestValidator(token).compute_signature(PUBLIC + path, form)
    return await _post(line.address + path, {"X-Twilio-Signature": signature}, form)


async def _post(url: str, headers: dict[str, str], body: Any) -> int:
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as answer:
        return answer.status


def message(text: object, number: int = 1, **more: object) -> str:
    chat = {"id": ASHA, "type": "private"}
    sender = {"id": ASHA, "is_bot": False, "first_name": "Name"}
    content = {"message_id": number, "date": 1, "chat": chat, "from": sender, "text": text} | more
    return json.dumps({"update_id": number, "message": content})


def form(body: str, number: int = 1, **more: str) -> dict[str, str]:
    return {"MessageSid": f"SM{number:032}", "From": f"whatsapp:{PHONE}", "Body": body, "NumMedia": "0"} | more


async def test_a_client_on_telegram_is_answered_and_a_repeated_update_changes_nothing(wired: Line) -> None:
    update = await wired.telegram.says(ASHA, "how long after sex can i test for hiv")
    await wired.quiet()
    answers = wired.telegram.answers(ASHA)
    await wired.telegram.redeliver(update)
    await wired.quiet()
    assert "window" in answers[0]
    assert wired.telegram.answers(ASHA) == answers
    assert [status for _, status in wired.telegram.updates.posted] == [200, 200]


async def test_a_tap_over_the_webhook_ends_its_spinner(wired: Line) -> None:
    await wired.telegram.says(ASHA, "hello")
    await wired.quiet()
    await wired.telegram.taps(ASHA, None, "book")
    await wired.telegram.until_called("answerCallbackQuery")
    await wired.quiet()
    assert "What is the visit for" in wired.telegram.answers(ASHA)[-1]


async def test_a_slow_end_of_a_spinner_holds_up_no_webhook(wired: Line) -> None:
    await wired.telegram.says(ASHA, "hello")
    await wired.quiet()
    wired.telegram.fail_next("answerCallbackQuery", "hang_before")
    await wired.telegram.taps(ASHA, None, "book")  # returns when the webhook has answered, with the spinner hanging
    await wired.quiet()
    assert "What is the visit for" in wired.telegram.answers(ASHA)[-1]


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", SECRET[:-1], "ä"])
async def test_without_the_secret_nothing_is_written(wired: Line, secret: str | None) -> None:
    assert await telegram_post(wired, message("hello"), secret) == 403
    assert await wired.count(inbox) == 0
    assert await wired.count(conversations) == 0


async def test_a_wrong_signature_leaves_no_row(wired: Line) -> None:
    assert await wired.twilio.forged(PHONE, "hello") == 403
    assert await twilio_post(wired, form("hello"), token="another") == 403
    assert await twilio_post(wired, form("hello"), "/twilio/status", token="another") == 403
    assert await _post(f"{wired.address}/twilio/messages", {}, form("hello")) == 403
    assert await wired.count(inbox) == 0
    assert await wired.count(conversations) == 0


async def test_telegram_hears_yes_only_after_the_commit(wired: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wired.app.database, "run", Breaking(wired.app.database, 2).run)
    await wired.telegram.says(ASHA, "hello")
    await wired.quiet()
    assert [status for _, status in wired.telegram.updates.posted] == [503, 503, 200]
    assert await wired.count(inbox) == 1
    assert len(wired.telegram.answers(ASHA)) == 2


async def test_twilio_hears_yes_only_after_the_commit(wired: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wired.app.database, "run", Breaking(wired.app.database, 1).run)
    sid = await wired.twilio.says(PHONE, "hello")
    assert wired.twilio.posted == [(sid, 503)]
    assert await wired.count(inbox) == 0
    assert await wired.twilio.redeliver(sid) == 204
    await wired.quiet()
    assert len(wired.twilio.phone(PHONE)) == 2


async def test_two_first_messages_at_once_are_one_client(wired: Line) -> None:
    wired.telegram.world.private(ASHA)
    answers = await asyncio.gather(*(telegram_post(wired, message("hello", number)) for number in range(1, 11)))
    await wired.quiet()
    assert answers == [200] * 10
    assert await wired.count(conversations) == 1
    assert await wired.count(inbox, status="done") == 10


ODD = [
    "\x00",
    "a\x00b",
    "\u202eabc\u202c",
    "\u200b",
    "\ud800",
    "x\udfff",
    "\U0001f468\u200d\U0001f469",
    "%s{{7*7}}",
    "\n" * 50,
    "é" * 4096,
]


def sendable_in_a_form(text: str) -> bool:
    return not any("\ud800" <= sign <= "\udfff" for sign in text)


@pytest.mark.parametrize("text", [*ODD, "x" * 65536])
async def test_odd_text_on_telegram_gets_a_polite_reply(wired: Line, text: str) -> None:
    wired.telegram.world.private(ASHA)
    assert await telegram_post(wired, message(text)) == 200
    await wired.quiet()
    assert len(wired.telegram.answers(ASHA)) == 2
    assert await wired.count(inbox, status="done") == 1


@pytest.mark.parametrize("text", [*filter(sendable_in_a_form, ODD), "x" * 65536, "ж" * 65536])
async def test_odd_text_on_whatsapp_gets_a_polite_reply(wired: Line, text: str) -> None:
    wired.twilio.world.last_wrote[f"whatsapp:{PHONE}"] = wired.clock()
    assert await twilio_post(wired, form(text)) == 204
    await wired.quiet()
    assert wired.twilio.phone(PHONE)
    assert await wired.count(inbox, status="done") == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        (b"null", 200),
        (b"[]", 200),
        (b"{}", 200),
        (b'{"update_id": 1, "message": {"chat": {"id": "x"}}}', 200),
        (b'{"update_id": 1e400}', 200),
        (b'{"update_id": 1, "callback_query": {"id": "\\ud800"}}', 200),
        (io.BytesIO(b" " * (1024 * 1024 + 1)), 413),
    ],
)
async def test_what_is_no_message_is_no_error(wired: Line, body: Any, status: int) -> None:
    assert await telegram_post(wired, body) == status
    assert await wired.count(inbox) == 0


async def test_a_message_that_answers_a_long_one_is_taken(wired: Line) -> None:
    """Telegram escapes what is not ASCII: two long messages with formatting are a long body."""
    wired.telegram.world.private(ASHA)
    entities = [{"type": "bold", "offset": number, "length": 1} for number in range(1000)]
    long = "\U0001f600" * 2048
    assert await telegram_post(wired, message(long, entities=entities, reply_to_message={"text": long})) == 200
    await wired.quiet()
    assert wired.telegram.answers(ASHA)


async def test_what_is_no_message_of_a_client_is_no_error_at_twilio(wired: Line) -> None:
    for odd in ({}, {"MessageSid": "SM1"}, form("hello", From="whatsapp:nobody"), form("hello", From="MPESA")):
        assert await twilio_post(wired, odd) == 204
    for odd in ({}, {"MessageStatus": "sent"}, {"MessageSid": "SM1", "MessageStatus": "no such status"}):
        assert await twilio_post(wired, odd, "/twilio/status?ref=unknown") == 204
    assert await wired.count(inbox) == 0


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
PARTS = st.fixed_dictionaries(
    {},
    optional={
        "update_id": JSON | st.integers(1, 10**6),
        "message": st.fixed_dictionaries(
            {},
            optional={
                "chat": JSON
                | st.fixed_dictionaries(
                    {"id": st.integers() | JSON, "type": st.sampled_from(["private", "supergroup"])}
                ),
                "from": JSON | st.fixed_dictionaries({"id": st.integers(), "is_bot": st.booleans()}),
                "text": JSON,
                "photo": JSON,
            },
        )
        | JSON,
        "callback_query": JSON,
    },
)


async def test_no_shape_of_an_update_is_an_error(wired: Line) -> None:
    seen: list[str] = []

    @settings(max_examples=150, deadline=None, database=None)
    @given(PARTS)
    def collect(update: Any) -> None:
        seen.append(json.dumps(update))

    collect()
    assert {await telegram_post(wired, one) for one in seen} == {200}


async def test_media_is_never_fetched(wired: Line) -> None:
    await wired.twilio.says(PHONE, "look", media=3)
    await wired.telegram.sends(ASHA, "photo")
    await wired.quiet()
    assert wired.twilio.phone(PHONE)
    assert wired.telegram.answers(ASHA)
    assert wired.twilio.media_fetched == 0
    assert {call.method for call in wired.telegram.calls} == {"getMe", "setWebhook", "sendMessage"}


async def test_nothing_that_was_sent_is_kept_in_the_outbox(wired: Line) -> None:
    await wired.telegram.says(ASHA, "hello")
    await wired.quiet()
    assert await wired.count(outbox, status="sent", body=None) == 2
