"""The real Twilio client at the pretend Twilio: what the tests of the pretending share."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import aiohttp
import pytest
from starlette.applications import Starlette
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from twilio.http.http_client import TwilioHttpClient
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from tests.wires.server import serving
from tests.wires.twilio import ACCOUNT, TOKEN, PretendTwilio

ASHA = "+254722000001"

ON_WHATSAPP = f"whatsapp:{ASHA}"

WHATSAPP = "whatsapp:+14155238886"

SMS = "+254711000001"

PUBLIC = "https://line.example.org"

LOGIN = {"Authorization": aiohttp.encode_basic_auth(ACCOUNT, TOKEN)}

STATUS = f"{PUBLIC}/twilio/status?ref=42"


@contextmanager
def client_at(base: str, token: str = TOKEN, seconds: float = 5.0) -> Iterator[Client]:
    """The real client."""
    http = TwilioHttpClient(timeout=seconds)
    try:
        client = Client(ACCOUNT, token, http_client=http)
        client.api.base_url = base
        yield client
    finally:
        http.session.close()


@dataclass
class Receiver:
    """Webhooks that check the signature over the public address."""

    forms: list[FormData] = field(default_factory=list)
    answer: Response = field(default_factory=lambda: Response(status_code=204))

    async def take(self, request: Request) -> Response:
        form = FormData(dict(parse_qsl((await request.body()).decode(), keep_blank_values=True)))
        url = f"{PUBLIC}{request.url.path}" + (f"?{request.url.query}" if request.url.query else "")
        if not RequestValidator(TOKEN).validate(url, form, request.headers["x-twilio-signature"]):
            return Response(status_code=403)
        self.forms.append(form)
        return self.answer

    def values(self, name: str) -> list[object]:
        return [form.get(name) for form in self.forms]


@pytest.fixture(name="receiver")
async def receiver_fixture() -> Receiver:
    return Receiver()


@pytest.fixture(name="twilio")
async def twilio_fixture(receiver: Receiver) -> AsyncIterator[PretendTwilio]:
    routes = [Route("/twilio/{kind}", receiver.take, methods=["POST"])]
    async with serving(Starlette(routes=routes)) as ours:
        one = PretendTwilio(dns={PUBLIC: ours})
        yield one
        await one.settled()


@pytest.fixture(name="base")
async def base_fixture(twilio: PretendTwilio) -> AsyncIterator[str]:
    async with serving(twilio.app) as address:
        twilio.media_base = address
        yield address


@pytest.fixture(name="client")
async def client_fixture(base: str) -> AsyncIterator[Client]:
    with client_at(base) as one:
        yield one


async def create(client: Client, **parameters: Any) -> Any:
    """Send, by WhatsApp unless told otherwise; None leaves a parameter out."""
    usual = {"to": ON_WHATSAPP, "from_": WHATSAPP, "body": "Karibu", "status_callback": STATUS}
    given = {name: value for name, value in (usual | parameters).items() if value is not None}
    return await asyncio.to_thread(client.messages.create, **given)


async def raw(method: str, url: str, **options: Any) -> tuple[int, int]:
    """A request that the real client would not make; returns the status and Twilio's code."""
    async with (
        aiohttp.ClientSession(headers=LOGIN) as session,
        session.request(method, url, **options) as answer,
    ):
        return answer.status, (await answer.json())["code"]


async def listed(client: Client, **filters: Any) -> list[str]:
    return [one.body for one in await asyncio.to_thread(client.messages.list, **filters)]
