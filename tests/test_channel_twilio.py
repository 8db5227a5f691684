"""The Twilio channel: the real client over our transport, against a pretend Twilio on the loopback address."""

import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException

from bot.channels import (
    Address,
    Ambiguous,
    Arrival,
    ClientGone,
    Misconfigured,
    NotSent,
    Parcel,
    Thread,
    Throttled,
    Unreachable,
    WindowClosed,
)
from bot.channels.twilio import TwilioChannel, explained
from bot.channels.twilio_http import AiohttpClient
from handlers.events import Said, SentMedia
from handlers.states import Choice
from tests.test_channel_telegram import closed_port, patience
from tests.wires.faults import Fault, too_many
from tests.wires.server import serving
from tests.wires.twilio import ACCOUNT, TOKEN, PretendTwilio
from tests.wires.twilio_fixtures import (
    ASHA,
    PUBLIC,
    SMS,
    WHATSAPP,
    Receiver,
    base_fixture,  # noqa: F401
    receiver_fixture,  # noqa: F401
    twilio_fixture,  # noqa: F401
)

SENDERS = {"whatsapp": WHATSAPP, "sms": SMS}
SECRET_WORDS = "nina dalili"
STATUS = f"{PUBLIC}/twilio/status"


def channel_at(base: str, token: str = TOKEN, seconds: float = 5.0, **senders: str) -> TwilioChannel:
    return TwilioChannel(ACCOUNT, token, SENDERS | senders, STATUS, base, seconds)


def to(channel: str = "whatsapp", text: str = SECRET_WORDS, *choices: Choice, number: str = ASHA) -> Parcel:
    return Parcel(Address(channel, number), text, choices, "0f9c1")


@pytest.fixture(name="channel")
async def channel_fixture(base: str, twilio: PretendTwilio) -> AsyncIterator[TwilioChannel]:
    await twilio.says(ASHA, "hi")
    one = channel_at(base)
    yield one
    await one.close()
    assert twilio.problems == []


async def told(sending: Awaitable[object]) -> Exception:
    """Return how it failed, and check that it tells nothing."""
    with pytest.raises((NotSent, Ambiguous)) as failed:
        await sending
    seen = f"{failed.value!r} {failed.value} {failed.value.__cause__!r}"
    assert failed.value.__suppress_context__ or failed.value.__context__ is None
    assert not any(secret in seen for secret in (TOKEN, SECRET_WORDS, ASHA))
    return failed.value


@pytest.mark.parametrize(("name", "sender"), [("whatsapp", WHATSAPP), ("sms", SMS)])
async def test_a_message_goes_out_and_its_reports_carry_the_reference(
    name: Any, sender: str, channel: TwilioChannel, twilio: PretendTwilio, receiver: Receiver
) -> None:
    receipt = await channel.send(to(name))
    assert twilio.phone(ASHA, name) == [SECRET_WORDS]
    form = twilio.called("create")[0]
    assert form["From"] == sender
    assert form["StatusCallback"] == f"{STATUS}?ref=0f9c1"
    assert receipt.external_id in twilio.world.messages
    await twilio.settled()
    assert receiver.values("MessageStatus")[-2:] == (
        ["delivered", "read"] if name == "whatsapp" else ["sent", "delivered"]
    )


async def test_choices_are_numbered_with_the_counselor_at_zero(channel: TwilioChannel, twilio: PretendTwilio) -> None:
    await channel.send(to("sms", "Next?", Choice("counselor", "A person"), Choice("book", "Book"), Choice("x", "More")))
    assert twilio.phone(ASHA, "sms") == ["Next?\n\n1 Book\n2 More\n0 A person"]


@pytest.mark.parametrize("name", ["whatsapp", "sms"])
async def test_long_text_goes_in_parts(name: Any, channel: TwilioChannel, twilio: PretendTwilio) -> None:
    text = "\n\n".join(letter * 1000 for letter in "abc") + "😀" * 1000
    receipt = await channel.send(to(name, text, Choice("book", "Book")))
    parts = twilio.phone(ASHA, name)
    assert parts[0] == "a" * 1000
    assert "".join("".join(parts).split()) == "".join(f"{text}1Book".split())
    assert all(len(part.encode("utf-16-le")) // 2 <= 1600 for part in parts)
    assert receipt.external_id == list(twilio.world.messages)[-1]


async def test_what_cannot_be_encoded_is_sent_all_the_same(channel: TwilioChannel, twilio: PretendTwilio) -> None:
    await channel.send(to(text="a\ud83db"))
    assert twilio.phone(ASHA) == ["a\ufffdb"]


async def test_a_sender_may_be_given_without_its_prefix(base: str, twilio: PretendTwilio) -> None:
    await twilio.says(ASHA, "hi")
    channel = channel_at(base, whatsapp=WHATSAPP.removeprefix("whatsapp:"))
    await channel.send(to())
    await channel.close()
    assert twilio.phone(ASHA, "whatsapp") == [SECRET_WORDS]


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
async def test_faults(fault: Fault, kind: type[Exception], accepted: bool, base: str, twilio: PretendTwilio) -> None:
    await twilio.says(ASHA, "hi")
    channel = channel_at(base, seconds=patience(fault))
    twilio.fail_next("create", fault)
    failed = await told(channel.send(to()))
    assert type(failed) is kind
    assert not isinstance(failed, Throttled) or failed.retry_after == 1.0
    assert twilio.phone(ASHA) == ([SECRET_WORDS] if accepted else [])
    assert len(twilio.called("create")) == 1  # nothing is repeated behind our back
    await channel.close()


@pytest.mark.parametrize("opted_out", [True, False])
async def test_a_failure_after_the_first_part_leaves_the_whole_unknown(opted_out: bool, base: str) -> None:
    twilio = PretendTwilio()

    async def front(scope: Any, receive: Any, send: Any) -> None:
        if twilio.phone(ASHA):
            twilio.opts_out(ASHA) if opted_out else twilio.fail_next("create", too_many(3))
        await twilio.app(scope, receive, send)

    async with serving(front) as address:
        channel = channel_at(address)
        assert type(await told(channel.send(to("sms", "a" * 1600 + "b")))) is Ambiguous
        await channel.close()
    await twilio.settled()


async def test_who_is_gone(channel: TwilioChannel, twilio: PretendTwilio) -> None:
    twilio.opts_out(ASHA)
    assert type(await told(channel.send(to("sms")))) is ClientGone
    assert type(await told(channel.send(to("sms", number="12")))) is ClientGone


@pytest.mark.parametrize(
    "parcel",
    [Parcel(Address("telegram", "5"), "x"), Parcel(Thread(5), "x"), to(text=" "), to("sms", number=SMS)],
)
async def test_what_can_never_be_sent_is_our_fault(parcel: Parcel, channel: TwilioChannel) -> None:
    assert type(await told(channel.send(parcel))) is Misconfigured


async def test_a_wrong_login_or_sender_is_our_fault(base: str) -> None:
    wrong = channel_at(base, "no token")
    assert type(await told(wrong.send(to()))) is Misconfigured
    assert type(await told(wrong.missed(datetime.now(UTC)))) is Misconfigured
    await wrong.close()
    other = channel_at(base, sms="+254711999999")
    assert type(await told(other.send(to("sms")))) is Misconfigured
    await other.close()
    with pytest.raises(Misconfigured):
        TwilioChannel("", "", {}, STATUS)


@pytest.mark.parametrize(
    "address",
    [pytest.param(f"http://127.0.0.1:{closed_port()}", id="nobody listens"), "http://nowhere.invalid", "http://"],
)
async def test_without_a_connection_nothing_was_sent(address: str) -> None:
    channel = channel_at(address)
    assert type(await told(channel.send(to()))) is Unreachable
    assert type(await told(channel.missed(datetime.now(UTC)))) is Unreachable
    await channel.close()


CODES = [
    (400, 21211, ClientGone),
    (400, 21610, ClientGone),
    (400, 21614, ClientGone),
    (400, 63003, ClientGone),
    (400, 63016, WindowClosed),
    (400, 21617, Misconfigured),
    (404, 20404, Misconfigured),
    (401, 20003, Misconfigured),
    (403, 21211, Misconfigured),
    (429, 20429, Throttled),
    (429, 63016, Throttled),
    (500, 21211, Ambiguous),
    (503, None, Ambiguous),
    (302, None, Ambiguous),
]


@pytest.mark.parametrize(("status", "code", "kind"), CODES)
def test_codes(status: int, code: int | None, kind: type[Exception]) -> None:
    assert type(explained(TwilioRestException(status, ASHA, SECRET_WORDS, code))) is kind
    assert type(explained(TwilioServiceException("x", SECRET_WORDS, status, code or 0))) is kind
    assert type(explained(TwilioException("odd"))) is Ambiguous


ANSWERS: list[tuple[Callable[[], Response], type[Exception]]] = [
    (lambda: PlainTextResponse("<html>a proxy's page</html>", 201), Ambiguous),
    (lambda: PlainTextResponse("[]", 201), Ambiguous),
    (lambda: PlainTextResponse('{"date_created": 5}', 201), Ambiguous),
    (lambda: Response(b"\xff\xfe", 201, media_type="text/plain; charset=nonsense"), Ambiguous),
    (lambda: PlainTextResponse("busy", 500), Ambiguous),
    (lambda: PlainTextResponse("busy", 400), Misconfigured),
    (lambda: PlainTextResponse('{"code": "21211"}', 400), Misconfigured),
    (lambda: RedirectResponse("http://127.0.0.1:9/other"), Ambiguous),
]


@pytest.mark.parametrize(("answer", "kind"), ANSWERS)
async def test_odd_answers_are_told_by_their_kind_and_never_logged(
    answer: Callable[[], Response], kind: type[Exception], caplog: pytest.LogCaptureFixture
) -> None:
    async def odd(_: Request) -> Response:
        return answer()

    caplog.set_level(logging.DEBUG)
    async with serving(Starlette(routes=[Route("/{rest:path}", odd, methods=["GET", "POST"])])) as address:
        channel = channel_at(address)
        assert type(await told(channel.send(to()))) is kind
        failed = await told(channel.missed(datetime.now(UTC)))
        assert isinstance(failed, NotSent)
        await channel.close()
    assert TOKEN not in caplog.text
    assert SECRET_WORDS not in caplog.text
    assert ASHA not in caplog.text


async def test_missed_messages_are_what_the_webhook_would_have_brought(
    channel: TwilioChannel, twilio: PretendTwilio
) -> None:
    await channel.send(to())
    since = twilio.now + timedelta(hours=1)
    with twilio.outage():
        twilio.now += timedelta(hours=2)
        first = await twilio.says(ASHA, "Nina swali\x00")
        twilio.now += timedelta(minutes=1)
        second = await twilio.says("+254733000002", "hello", "sms")
        third = await twilio.says(ASHA, "angalia", media=2)
    nairobi = since.astimezone(timezone(timedelta(hours=3)))
    assert await channel.missed(nairobi) == [
        Arrival("twilio", first, Address("whatsapp", ASHA), Said("Nina swali")),
        Arrival("twilio", third, Address("whatsapp", ASHA), SentMedia("other")),
        Arrival("twilio", second, Address("sms", "+254733000002"), Said("hello")),
    ]
    assert twilio.media_fetched == 0
    assert await channel.missed(twilio.now + timedelta(seconds=1)) == []


async def test_all_pages_are_read_in_the_order_of_arrival(base: str) -> None:
    twilio = PretendTwilio()
    async with serving(twilio.app) as address:
        with twilio.outage():
            sids = [await twilio.says(ASHA, str(number)) for number in range(1005)]
        channel = channel_at(f"{address}/")
        found = await channel.missed(twilio.now - timedelta(days=1))
        await channel.close()
    assert [one.external_id for one in found] == sids
    assert len(twilio.called("list")) == 3
    assert twilio.problems == []


@pytest.mark.parametrize(
    ("fault", "kind"), [(too_many(3), Throttled), ("server_error_before", Unreachable), ("drop", Unreachable)]
)
async def test_reading_back_only_ever_meets_what_it_can_repeat(
    fault: Fault, kind: type[Exception], channel: TwilioChannel, twilio: PretendTwilio
) -> None:
    # The library repeats nothing, but aiohttp asks once more when a GET is dropped, which does no harm.
    twilio.fail_next("list", fault, times=2)
    assert type(await told(channel.missed(twilio.now))) is kind


async def test_nobody_can_write_to_a_name(base: str, twilio: PretendTwilio) -> None:
    channel = channel_at(base, sms="MSIRI")
    assert await channel.missed(twilio.now) == []
    await channel.close()
    assert [form["To"] for form in twilio.called("list")] == [WHATSAPP]


async def test_the_transport_sends_json_when_the_header_says_so_and_keeps_a_base_path() -> None:
    seen: list[Any] = []

    async def echo(request: Request) -> Response:
        seen.append((request.url.path, request.headers.get("authorization"), await request.body()))
        return PlainTextResponse("{}")

    async with serving(Starlette(routes=[Route("/{rest:path}", echo, methods=["POST"])])) as address:
        http = AiohttpClient(f"{address}/mock")
        kind = {"Content-Type": "application/json"}
        await http.request("POST", "https://content.twilio.com/v1/Content", data={"a": {"b": [1]}}, headers=kind)
        await http.request("POST", "https://api.twilio.com/x", data={"a": "ü"}, auth=("me", "pass"))
        await http.close()
        await http.close()
    assert [(path, login) for path, login, _ in seen] == [("/mock/v1/Content", None), ("/mock/x", "Basic bWU6cGFzcw==")]
    assert json.loads(seen[0][2]) == {"a": {"b": [1]}}
    assert seen[1][2] == b"a=%C3%BC"
    assert AiohttpClient()._placed("https://api.twilio.com/x?y=1") == "https://api.twilio.com/x?y=1"
