"""Webhooks: prove who is calling, write it down, answer after the commit. What is not proved leaves no row."""

import hmac
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot import log
from bot.channels import twilio_hooks
from bot.deliveries import Deliveries
from bot.inbox import Inbox
from bot.log import Code
from bot.polling import Telegram, persistently
from bot.web.forms import form_of
from bot.web.security import TooLarge, body_of

# An update may hold the message that it answers, both with thousands of escaped characters and their formatting.
BODY_LIMIT = 1024 * 1024
SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 (the name of a header)

Take = Callable[[twilio_hooks.Form, twilio_hooks.Form], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class TelegramHook:
    """`POST /telegram`: Telegram sends an update and the secret that we gave it."""

    telegram: Telegram
    secret: str

    def routes(self) -> list[Route]:
        """Return the webhook's route."""
        return [Route("/telegram", self.receive, methods=["POST"])]

    async def register(self, public_url: str) -> None:
        """Ask Telegram to post to us, until it has heard it."""
        await persistently(lambda: self.telegram.api.set_webhook(f"{public_url}/telegram", self.secret))

    async def receive(self, request: Request) -> Response:
        """Take one update: 403 without the secret, 400 for what is no update, 200 after the commit."""
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self.secret.encode()):
            log.say(Code.WEBHOOK_REFUSED)
            return Response(status_code=403)
        try:
            update = json.loads(await body_of(request, BODY_LIMIT))
        except (ValueError, RecursionError):
            return Response(status_code=400)
        except TooLarge:
            return Response(status_code=413)
        if isinstance(update, dict):
            await self.telegram.take([update])
        return Response(status_code=200)


async def unavailable(_: Request, error: Exception) -> Response:
    """Say that the database is away, so that the provider comes again."""
    log.say(Code.WEBHOOK_FAILED, error)
    return Response(status_code=503)


@dataclass(frozen=True, slots=True)
class TwilioHook:
    """`POST /twilio/messages` and `/twilio/status`, signed by Twilio over the public address."""

    inbox: Inbox
    deliveries: Deliveries
    auth_token: str
    public_url: str

    def routes(self) -> list[Route]:
        """Return the webhooks' routes."""
        return [
            Route("/twilio/messages", self._signed(self._message), methods=["POST"]),
            Route("/twilio/status", self._signed(self._status), methods=["POST"]),
        ]

    def _signed(self, take: Take) -> Callable[[Request], Awaitable[Response]]:
        async def receive(request: Request) -> Response:
            try:
                form = await form_of(request, BODY_LIMIT)
            except TooLarge:
                return Response(status_code=413)
            if not twilio_hooks.verified(self._url(request), form, request.headers, self.auth_token):
                log.say(Code.WEBHOOK_REFUSED)
                return Response(status_code=403)
            await take(form, request.query_params)
            # An empty answer: replies go out by the outbox, never inside the webhook.
            return Response(status_code=204)

        return receive

    def _url(self, request: Request) -> str:
        """The address that Twilio called: the configured one, since a proxy changes what we see."""
        query = f"?{request.url.query}" if request.url.query else ""
        return f"{self.public_url}{urlsplit(str(request.url)).path}{query}"

    async def _message(self, form: twilio_hooks.Form, _: twilio_hooks.Form) -> None:
        found = twilio_hooks.arrival(form)
        if found:
            await self.inbox.take([found])

    async def _status(self, form: twilio_hooks.Form, query: twilio_hooks.Form) -> None:
        update = twilio_hooks.status(form, query)
        if update:
            await self.deliveries.apply(update)
