"""The client's chat page. One cookie carries the conversation; nothing is stored in the browser or its history."""

import asyncio
import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.channels import Address, Arrival
from bot.channels.layout import strip_unsafe
from bot.channels.webchat import Bells
from bot.inbox import Inbox
from bot.store import webchat
from bot.store.codec import Letter
from bot.store.conversations import Vault
from bot.store.database import Database
from bot.web.forms import form_of, text_field
from bot.web.pages import page
from bot.web.security import TooLarge, same_origin
from bot.web.stream import Streams, last_id
from bot.web.view import greeting, shown
from bot.web.words import words
from handlers.events import Event, Said, Tapped

# Pages without scripts wait this long for the answer before they are shown again.
PATIENCE_SECONDS = 3.0
TEXT_LIMIT = 4096
CHOICE_LIMIT = 64
_TOKEN = re.compile(r"[\w-]{43}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Chat:
    """Everything the chat page needs."""

    database: Database
    vault: Vault
    inbox: Inbox
    bells: Bells
    streams: Streams
    public_url: str
    leave_url: str

    def routes(self) -> list[Route]:
        """Return the page's routes."""
        return [
            Route("/chat", self.show),
            Route("/chat", self.post, methods=["POST"]),
            Route("/chat/events", self.events),
            Route("/chat/leave", self.leave),
        ]

    @property
    def _cookie(self) -> str:
        return "__Host-chat" if self._secure else "chat"

    @property
    def _secure(self) -> bool:
        return self.public_url.startswith("https://")

    def _token(self, request: Request) -> str:
        """Return the cookie's token, "" when there is none or it is not one of ours."""
        token = request.cookies.get(self._cookie, "")
        return token if _TOKEN.fullmatch(token) else ""

    def _give(self, response: Response, token: str) -> Response:
        # Lax: the page is entered by a link from the organisation's own site, and must find its conversation then.
        response.set_cookie(self._cookie, token, secure=self._secure, httponly=True, samesite="lax", path="/")
        return response

    async def show(self, request: Request) -> Response:
        """Show the conversation. It is made with the first message: who only looks leaves nothing with us."""
        token = self._token(request)
        lang, messages = await self._history(token)
        values = {
            "messages": messages or greeting(),
            "live": bool(messages),
            "last": messages[-1]["id"] if messages else 0,
            "away": self.leave_url,
            "nonce": secrets.token_hex(8),
        }
        response = page("chat.html", lang, values)
        return response if token else self._give(response, secrets.token_urlsafe(32))

    async def post(self, request: Request) -> Response:
        """Take what the client wrote or tapped; a browser that comes without its cookie begins anew."""
        if not same_origin(request.headers, self.public_url):
            return Response(status_code=403)
        try:
            form = await form_of(request)
        except TooLarge:
            return PlainTextResponse(words("")("toolong"), 413)
        known = self._token(request)
        token = known or secrets.token_urlsafe(32)
        woken = await self._enter(Address("web", token), form)
        response = await self._answer(woken, scripted=request.headers.get("x-page") == "1")
        return response if known else self._give(response, token)

    async def _enter(self, client: Address, form: FormData) -> list[str]:
        """Write down what was said or tapped, once for each nonce; return the conversation if it was new."""
        event = _event(text_field(form, "text"), text_field(form, "choice"))
        if event is None:
            return []
        number = f"{client.value}:{text_field(form, 'nonce') or secrets.token_hex(8)}"
        if isinstance(event, Tapped):
            await self._keep_tap(client, event.choice, number)
        return await self.inbox.take([Arrival("web", number, client, event)])

    async def _answer(self, woken: list[str], *, scripted: bool) -> Response:
        """Wake the page's stream; a page without scripts gets some time for the answer instead."""
        for conversation_id in woken:
            if scripted:
                self.bells.ring(conversation_id)
            else:
                await self._answered(conversation_id)
        return Response(status_code=204) if scripted else RedirectResponse("/chat", 303)

    async def _answered(self, conversation_id: str) -> None:
        async with self.bells.listening(conversation_id) as bell:
            await self.inbox.settled([conversation_id])
            try:
                await asyncio.wait_for(bell.wait(), PATIENCE_SECONDS)
            except TimeoutError:
                return

    async def _keep_tap(self, client: Address, choice: str, number: str) -> None:
        """Show a tap as the words that were tapped, like something said."""
        uid = hashlib.sha256(number.encode()).hexdigest()[:32]

        def write(conn: Connection) -> None:
            label = self._label(conn, client, choice)
            if label:
                conversation_id = self.vault.find_or_make(conn, client, self.inbox.now())
                if seal := self.vault.seal(conn, conversation_id):
                    webchat.keep(conn, seal, conversation_id, "client", Letter(label), self.inbox.now(), uid)

        await self.database.run(write)

    def _label(self, conn: Connection, address: Address, choice: str) -> str:
        """Return the words of a choice that was offered, the latest first; "" for one that never was."""
        messages = self._messages(conn, self.vault.find(conn, address), 0) or greeting()
        offered = (one for message in reversed(messages) for one in message["choices"])
        return next((one["label"] for one in offered if one["id"] == choice), "")

    async def events(self, request: Request) -> Response:
        """Stream what comes after the last message the page has."""
        token = self._token(request)
        conversation_id = await self.database.read(lambda conn: self.vault.find(conn, Address("web", token)))
        if conversation_id is None:
            return Response(status_code=404)
        last = last_id(request.headers.get("last-event-id"), request.query_params.get("last"))
        return self.streams.of(conversation_id, last, lambda seen: self._after(conversation_id, seen))

    async def leave(self, request: Request) -> Response:
        """Forget the conversation in this browser and go to a harmless page. Other sites cannot make a client leave."""
        response = RedirectResponse(self.leave_url, 303)
        if same_origin(request.headers, self.public_url):
            response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
            response.delete_cookie(self._cookie, path="/", secure=self._secure, httponly=True, samesite="lax")
        return response

    async def _history(self, token: str) -> tuple[str, Sequence[dict[str, Any]]]:
        """Return the client's language, "" while it is not known, and all messages."""

        def fetch(conn: Connection) -> tuple[str, Sequence[dict[str, Any]]]:
            found = self.vault.find(conn, Address("web", token)) if token else None
            conversation = self.vault.open(conn, found) if found else None
            language = conversation.memory.language if conversation else ""
            return language, self._messages(conn, found, 0)

        return await self.database.read(fetch)

    async def _after(self, conversation_id: str, last: int) -> Sequence[dict[str, Any]]:
        return await self.database.read(lambda conn: self._messages(conn, conversation_id, last))

    def _messages(self, conn: Connection, conversation_id: str | None, last: int) -> Sequence[dict[str, Any]]:
        seal = self.vault.seal(conn, conversation_id) if conversation_id else None
        if seal is None or conversation_id is None:
            return []
        return [shown(one) for one in webchat.after(conn, seal, conversation_id, last)]


def _event(text: str, choice: str) -> Event | None:
    if choice:
        return Tapped(choice[:CHOICE_LIMIT])
    return Said(strip_unsafe(text)[:TEXT_LIMIT]) if text else None
