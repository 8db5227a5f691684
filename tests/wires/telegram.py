"""A pretend Telegram: the Bot API as a server on the loopback address, stateful and strict.

    telegram = PretendTelegram()
    async with serving(telegram.app) as base:
        bot = Bot(telegram.token, base_url=f"{base}/bot")

Everything is checked by rules of its own, by Telegram's description if it is there, and by aiogram's models; what they
find is in `problems`, which a test expects to be empty.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.wires.faults import Fault, Faults, TooMany, suffer
from tests.wires.server import gone
from tests.wires.spec import telegram_spec
from tests.wires.telegram_methods import METHODS
from tests.wires.telegram_parameters import METHODS as KNOWN
from tests.wires.telegram_parameters import read
from tests.wires.telegram_people import People
from tests.wires.telegram_updates import Updates
from tests.wires.telegram_world import FORUM, Json, Refused, World, bad

TOKEN = "123456:TEST-token_of-a-pretend-bot"


@dataclass(slots=True)
class Call:
    """A request that came in, and what became of it: 200 when it was done (whether the bot heard so or not), an error
    code when it was refused, 0 when it was lost before."""

    method: str
    parameters: Json
    status: int = 0


class PretendTelegram(People):
    """`dns` maps public base addresses of webhooks to the local ones where they are served."""

    def __init__(
        self,
        token: str = TOKEN,
        forum_id: int = FORUM,
        dns: dict[str, str] | None = None,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        world = World(int(token.partition(":")[0]), forum_id, clock)
        super().__init__(world, Updates(world, dns if dns is not None else {}))
        self.token = token
        self.calls: list[Call] = []
        self.faults = Faults()
        self._heard = asyncio.Event()
        route = Route("/bot{token}/{method}", self._endpoint, methods=["GET", "POST"])
        self.app = Starlette(routes=[route], exception_handlers={Exception: self._broken})

    @property
    def now(self) -> datetime:
        """The time at Telegram."""
        return self.world.now

    @now.setter
    def now(self, moment: datetime) -> None:
        self.world.now = moment

    def fail_next(self, method: str, fault: Fault, times: int = 1) -> None:
        """Let the next calls of `method` suffer `fault`."""
        self.faults.add(method, fault, times)

    def slow(self, chat_id: int, seconds: float) -> None:
        """Answer calls about this chat only after `seconds`."""
        self.faults.slow(chat_id, seconds)

    def called(self, method: str) -> list[Json]:
        """The parameters of all calls of `method`, in order."""
        return [call.parameters for call in self.calls if call.method == method]

    async def until_called(self, method: str, times: int = 1) -> None:
        """Wait until `method` was called so often."""
        while len(self.called(method)) < times:
            await self._heard.wait()

    async def _broken(self, request: Request, error: Exception) -> Response:
        """The pretending itself went wrong."""
        self.problems.append(f"{request.path_params['method']}: {error!r} in the pretend server")
        return JSONResponse({"ok": False, "error_code": 500, "description": "Internal Server Error"}, 500)

    def _hear(self, call: Call) -> None:
        self.calls.append(call)
        self._heard.set()
        self._heard = asyncio.Event()

    async def _endpoint(self, request: Request) -> Response:
        call = Call(request.path_params["method"], await _raw(request))
        self._hear(call)
        if request.path_params["token"] != self.token:
            return _error(call, Refused(401, "Unauthorized"))
        if call.method not in KNOWN:
            self.problems.append(f"{call.method}: no such method, or not pretended")
            return _error(call, Refused(404, "Not Found"))
        return await self._known(request, call)

    async def _known(self, request: Request, call: Call) -> Response:
        call.parameters, wrong = read(call.method, call.parameters)
        found = wrong + telegram_spec().request(call.method, call.parameters)
        self.problems += [f"{call.method}: {problem}" for problem in found]
        await self.faults.wait(call.parameters.get("chat_id"))
        accept = partial(self._accept, request, call, wrong)
        return await suffer(request, self.faults.take(call.method), accept, partial(_fault, call))

    async def _accept(self, request: Request, call: Call, wrong: list[str]) -> Response:
        """Do it, or refuse it."""
        try:
            if wrong:
                raise bad(wrong[0])
            result = await self._do(request, call)
        except Refused as refused:
            return _error(call, refused)
        self.problems += telegram_spec().result(call.method, result)
        call.status = 200
        return JSONResponse({"ok": True, "result": result})

    async def _do(self, request: Request, call: Call) -> object:
        match call.method:
            case "getUpdates":
                return await self.updates.fetch(call.parameters, partial(gone, request))
            case "setWebhook":
                return self.updates.set_webhook(call.parameters)
            case "deleteWebhook":
                return self.updates.delete_webhook(call.parameters)
            case "getWebhookInfo":
                return self.updates.webhook_info()
        return METHODS[call.method](self.world, call.parameters)


def _error(call: Call, refused: Refused) -> Response:
    call.status = call.status or refused.code
    more = {"parameters": refused.parameters} if refused.parameters else {}
    body = {"ok": False, "error_code": refused.code, "description": refused.description}
    return JSONResponse(body | more, refused.code)


def _fault(call: Call, fault: Fault) -> Response:
    if isinstance(fault, TooMany):
        text = f"Too Many Requests: retry after {fault.retry_after}"
        return _error(call, Refused(429, text, retry_after=fault.retry_after))
    return _error(call, Refused(502, "Bad Gateway"))


async def _raw(request: Request) -> Json:
    """Query, form or JSON body: the three ways that the Bot API takes parameters (no files)."""
    body = await request.body()
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        return dict(request.query_params) | dict(json.loads(body))
    return dict(request.query_params) | dict(parse_qsl(body.decode(), keep_blank_values=True))
