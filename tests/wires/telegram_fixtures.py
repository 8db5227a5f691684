"""The real `telegram.Bot` at the pretend Telegram: what the tests of the pretending share."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.request import HTTPXRequest

from tests.wires.server import serving
from tests.wires.telegram import TOKEN, PretendTelegram

ASHA = 501

MUSA = 502

COUNSELOR = 77

Json = dict[str, Any]


@asynccontextmanager
async def bot_at(base: str, token: str = TOKEN, seconds: float = 5.0) -> AsyncIterator[Bot]:
    """The real client."""

    def request() -> HTTPXRequest:
        return HTTPXRequest(read_timeout=seconds, http_version="1.1")

    bot = Bot(token, base_url=f"{base}/bot", request=request(), get_updates_request=request())
    try:
        yield bot
    finally:
        for one in bot._request:
            await one.shutdown()


@pytest.fixture(name="telegram")
async def telegram_fixture() -> PretendTelegram:
    return PretendTelegram()


@pytest.fixture(name="base")
async def base_fixture(telegram: PretendTelegram) -> AsyncIterator[str]:
    async with serving(telegram.app) as address:
        yield address


@pytest.fixture(name="bot")
async def bot_fixture(base: str) -> AsyncIterator[Bot]:
    async with bot_at(base) as one:
        yield one


@dataclass
class Receiver:
    """A webhook that answers what it is told to, then 200."""

    answers: list[int] = field(default_factory=list)
    updates: list[Json] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)

    async def take(self, request: Request) -> Response:
        self.updates.append(await request.json())
        self.secrets.append(request.headers.get("x-telegram-bot-api-secret-token", ""))
        return Response(status_code=self.answers.pop(0) if self.answers else 200)

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.updates]


@pytest.fixture(name="receiver")
async def receiver_fixture(bot: Bot, telegram: PretendTelegram) -> AsyncIterator[Receiver]:
    """A webhook that is set, under a public address."""
    one = Receiver()
    async with serving(Starlette(routes=[Route("/telegram", one.take, methods=["POST"])])) as address:
        telegram.updates.dns["https://line.example.org"] = address
        await bot.set_webhook("https://line.example.org/telegram", secret_token="s3cr-et_X")
        yield one


def keyboard(*data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(f"Label {one[:9]}", callback_data=one)] for one in data])
