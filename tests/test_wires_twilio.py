"""The pretend Twilio, driven by the real client: it behaves, reports and fails as the real one does."""

import asyncio
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
import requests
from starlette.responses import Response
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.rest import Client

from tests.wires.faults import Fault, too_many
from tests.wires.twilio import PretendTwilio
from tests.wires.twilio_fixtures import (
    ASHA,
    ON_WHATSAPP,
    PUBLIC,
    SMS,
    WHATSAPP,
    Receiver,
    base_fixture,  # noqa: F401
    client_at,
    client_fixture,  # noqa: F401
    create,
    listed,
    receiver_fixture,  # noqa: F401
    twilio_fixture,  # noqa: F401
)


async def test_a_round_trip_breaks_no_rule(client: Client, twilio: PretendTwilio, receiver: Receiver) -> None:
    sid = await twilio.says(ASHA, "Niaje 👋")
    form = receiver.forms[0]
    assert (form["MessageSid"], form["From"], form["To"], form["Body"]) == (sid, ON_WHATSAPP, WHATSAPP, "Niaje 👋")
    assert (form["WaId"], form["NumMedia"], form["SmsStatus"]) == ("254722000001", "0", "received")

    sent = await create(client)
    assert (sent.status, sent.direction, sent.body, sent.error_code) == ("queued", "outbound-api", "Karibu", None)
    await twilio.settled()
    assert twilio.phone(ASHA) == ["Karibu"]
    assert receiver.values("MessageStatus")[1:] == ["sent", "delivered", "read"]
    assert set(receiver.values("MessageSid")[1:]) == {sent.sid}
    assert receiver.forms[-1]["EventType"] == "READ"
    assert receiver.values("ErrorCode")[1:] == [None] * 3

    fetched = await asyncio.to_thread(client.messages(sent.sid).fetch)
    assert fetched.status == "read"
    assert fetched.date_sent == twilio.now
    assert (await asyncio.to_thread(client.messages(sent.sid).update, body="")).body == ""
    assert twilio.phone(ASHA, "whatsapp") == ["Karibu"]
    assert await asyncio.to_thread(client.messages(sent.sid).delete)
    with pytest.raises(TwilioRestException) as gone:
        await asyncio.to_thread(client.messages(sent.sid).fetch)
    assert (gone.value.status, gone.value.code) == (404, 20404)
    assert twilio.problems == []


async def test_sms(client: Client, twilio: PretendTwilio, receiver: Receiver) -> None:
    await twilio.says(ASHA, "hi", "sms")
    assert (receiver.forms[0]["From"], receiver.forms[0]["To"]) == (ASHA, SMS)
    assert "WaId" not in receiver.forms[0]
    segments = [(await create(client, to=ASHA, from_=SMS, body=body)).num_segments for body in LENGTHS]
    assert segments == ["1", "2", "1", "2", "3"]
    await twilio.settled()
    assert sorted(map(str, receiver.values("MessageStatus")[1:])) == ["delivered"] * 5 + ["sent"] * 5
    assert twilio.phone(ASHA, "sms") == twilio.phone(ASHA) == LENGTHS
    assert twilio.phone(ASHA, "whatsapp") == []
    assert twilio.problems == []


LENGTHS = ["x" * 160, "x" * 161, "ŋ" * 70, "ŋ" * 71, "😀" * 68]


@pytest.mark.parametrize(
    ("callbacks", "statuses"),
    [
        ("in_order", ["sent", "delivered", "read"]),
        ("reversed", ["read", "delivered", "sent"]),
        ("duplicate", ["sent", "sent", "delivered", "delivered", "read", "read"]),
        ("none", []),
    ],
)
async def test_callbacks_come_as_scripted(
    callbacks: Any, statuses: list[str], client: Client, twilio: PretendTwilio, receiver: Receiver
) -> None:
    await twilio.says(ASHA, "hi")
    receiver.forms.clear()
    twilio.callbacks = callbacks
    sent = await create(client)
    await twilio.settled()
    assert receiver.values("MessageStatus") == statuses
    assert [(form["MessageStatus"], status) for form, status in twilio.reported] == [(one, 204) for one in statuses]
    assert (await asyncio.to_thread(client.messages(sent.sid).fetch)).status == "read"


async def test_the_24_hour_window(client: Client, twilio: PretendTwilio, receiver: Receiver) -> None:
    await twilio.says(ASHA, "hi")
    twilio.now += timedelta(hours=24) - timedelta(seconds=1)
    await create(client, body="in time")
    await twilio.settled()
    twilio.now += timedelta(seconds=1)
    late = await create(client, body="late")
    assert late.status == "queued"
    await twilio.settled()
    assert (receiver.forms[-1]["MessageStatus"], receiver.forms[-1]["ErrorCode"]) == ("undelivered", "63016")
    assert (await asyncio.to_thread(client.messages(late.sid).fetch)).error_code == 63016
    twilio.world.templates["HX" + "1" * 32] = "Habari {{1}}"
    await create(client, body=None, content_sid="HX" + "1" * 32, content_variables='{"1": "Asha"}')
    await create(client, to=ASHA, from_=SMS, body="by SMS")
    assert twilio.phone(ASHA) == ["in time", "Habari Asha", "by SMS"]
    await twilio.says(ASHA, "again")
    await create(client, body="again")
    assert twilio.phone(ASHA, "whatsapp")[-1] == "again"
    assert twilio.problems == []


async def test_never_wrote_is_out_of_the_window(client: Client, twilio: PretendTwilio, receiver: Receiver) -> None:
    await create(client)
    twilio.world.services["MG" + "1" * 32] = WHATSAPP
    await create(client, from_=None, messaging_service_sid="MG" + "1" * 32)
    await twilio.settled()
    assert receiver.values("ErrorCode") == ["63016"] * 2
    assert twilio.phone(ASHA) == []


async def test_an_unreachable_client(client: Client, twilio: PretendTwilio, receiver: Receiver) -> None:
    twilio.unreachable(ASHA, 30003, "sms")
    await create(client, to=ASHA, from_=SMS)
    await twilio.settled()
    assert receiver.values("ErrorCode") == ["30003"]
    assert twilio.phone(ASHA) == []


async def test_media_and_quick_replies(base: str, twilio: PretendTwilio, receiver: Receiver) -> None:
    sid = await twilio.says(ASHA, "", media=1)
    await twilio.taps(ASHA, "book", "Weka miadi")
    picture, tap = receiver.forms
    assert sid.startswith("MM")
    assert (picture["NumMedia"], picture["MediaContentType0"]) == ("1", "image/jpeg")
    assert (tap["ButtonPayload"], tap["ButtonText"], tap["Body"]) == ("book", "Weka miadi", "Weka miadi")
    assert twilio.media_fetched == 0
    async with aiohttp.ClientSession() as session, session.get(str(picture["MediaUrl0"])) as answer:
        assert answer.status == 200
    assert twilio.media_fetched == 1


async def test_forgery_and_redelivery(twilio: PretendTwilio, receiver: Receiver) -> None:
    assert await twilio.forged(ASHA, "hi") == 403
    assert receiver.forms == []
    sid = await twilio.says(ASHA, "hi")
    assert await twilio.redeliver(sid) == 204
    assert receiver.values("MessageSid") == [sid, sid]
    assert twilio.posted == [(sid, 204), (sid, 204)]


async def test_a_webhook_is_tried_once_and_should_not_answer_text(twilio: PretendTwilio, receiver: Receiver) -> None:
    receiver.answer = Response("ok", 200)
    sid = await twilio.says(ASHA, "hi")
    assert twilio.problems
    twilio.dns[PUBLIC] = "http://127.0.0.1:1"
    other = await twilio.says(ASHA, "hi")
    assert twilio.posted == [(sid, 200), (other, 0)]


@pytest.mark.parametrize("operation", ["create", "list"])
async def test_too_many(operation: str, client: Client, twilio: PretendTwilio) -> None:
    twilio.fail_next(operation, too_many(2))
    with pytest.raises(TwilioException) as refused:
        await (create(client) if operation == "create" else listed(client))
    if isinstance(refused.value, TwilioRestException):
        assert (refused.value.status, refused.value.code) == (429, 20429)
    assert twilio.world.messages == {}


CUT: list[tuple[Fault, type[Exception], bool]] = [
    ("server_error_before", TwilioRestException, False),
    ("server_error_after", TwilioRestException, True),
    ("hang_before", requests.Timeout, False),
    ("hang_after", requests.Timeout, True),
    ("drop", requests.ConnectionError, False),
    ("drop_after", requests.ConnectionError, True),
]


@pytest.mark.parametrize(("fault", "error", "accepted"), CUT, ids=[str(case[0]) for case in CUT])
async def test_faults(fault: Fault, error: type[Exception], accepted: bool, base: str, twilio: PretendTwilio) -> None:
    await twilio.says(ASHA, "hi")
    twilio.fail_next("create", fault)
    with client_at(base, seconds=0.1) as client, pytest.raises(error) as failed:
        await create(client, body="one")
    if isinstance(failed.value, TwilioRestException):
        assert failed.value.status == 502
    await twilio.settled()
    assert twilio.phone(ASHA) == (["one"] if accepted else [])
    assert [call.status for call in twilio.calls] == [201 if accepted else 502 if "server" in str(fault) else 0]
    with client_at(base) as client:
        await create(client, body="two")
    assert twilio.phone(ASHA)[-1] == "two"
    assert twilio.problems == []


async def test_a_slow_client_holds_up_nobody_else(client: Client, twilio: PretendTwilio) -> None:
    twilio.slow(ASHA, 0.1)
    done: list[str] = []

    async def send(to: str) -> None:
        await create(client, to=to, from_=SMS)
        done.append(to)

    await asyncio.gather(send(ASHA), send("+254722000002"))
    assert done == ["+254722000002", ASHA]


async def test_a_callback_elsewhere_is_a_problem(client: Client, twilio: PretendTwilio) -> None:
    await create(client, to=ASHA, from_=SMS, status_callback="https://elsewhere.example.org/x")
    await twilio.settled()
    assert "not in dns" in twilio.problems[0]
