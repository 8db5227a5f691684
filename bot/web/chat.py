"""The client's chat page. One cookie carries the conversation; nothing is stored in the browser or its history."""

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.channels import Address, Arrival
from bot.channels.layout import strip_unsafe
from bot.channels.webchat import Bells
from bot.inbox import Inbox
from bot.store import webchat
from bot.store.conversations import Vault
from bot.store.database import Database
from bot.web.forms import form_of, text_field
from bot.web.pages import page
from bot.web.security import TooLarge, same_origin
from bot.web.stream import Streams, last_id
from handlers import choices
from handlers.events import Event, Said, Started, Tapped

# Pages without scripts wait this long for the answer before they are shown again.
PATIENCE_SECONDS = 3.0
TEXT_LIMIT = 4096


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

    async def show(self, request: Request) -> Response:
        """Show the conversation; a new one begins with the menu."""
        token = request.cookies.get(self._cookie, "")
        known = await self._conversation(token)
        if known is None:
            return await self._begin()
        return await self._page(known)

    async def _begin(self) -> Response:
        token = secrets.token_urlsafe(32)
        known = await self._take(token, Started(), "start")
        response = await self._page(known)
        response.set_cookie(self._cookie, token, secure=self._secure, httponly=True, samesite="strict", path="/")
        return response

    async def _page(self, conversation_id: str) -> Response:
        messages = await self._messages(conversation_id, 0)
        last = messages[-1][0] if messages else 0
        return page("chat.html", messages=[message for _, message in messages], last=last, nonce=secrets.token_hex(8))

    async def post(self, request: Request) -> Response:
        """Take what the client wrote or tapped."""
        if not same_origin(request.headers, self.public_url):
            return Response(status_code=403)
        token = request.cookies.get(self._cookie, "")
        if await self._conversation(token) is None:
            return RedirectResponse("/chat", 303)
        try:
            form = await form_of(request)
        except TooLarge:
            return Response("This message is too long. / Ujumbe huu ni mrefu mno.", 413)
        event = _event(text_field(form, "text"), text_field(form, "choice"))
        if event:
            await self._take(token, event, text_field(form, "nonce") or secrets.token_hex(8))
        return Response(status_code=204) if request.headers.get("x-page") == "1" else RedirectResponse("/chat", 303)

    async def _take(self, token: str, event: Event, nonce: str) -> str:
        """Write the event down and wait a little for the answer."""
        arrival = Arrival("web", f"{token}:{nonce}", Address("web", token), event)
        woken = await self.inbox.take([arrival])
        conversation_id = woken[0] if woken else str(await self._conversation(token))
        async with self.bells.listening(conversation_id) as bell:
            await self.inbox.settled(woken)
            await self._answered(bell)
        return conversation_id

    async def _answered(self, bell: asyncio.Event) -> None:
        try:
            await asyncio.wait_for(bell.wait(), PATIENCE_SECONDS)
        except TimeoutError:
            return

    async def events(self, request: Request) -> Response:
        """Stream what comes after the last message the page has."""
        conversation_id = await self._conversation(request.cookies.get(self._cookie, ""))
        if conversation_id is None:
            return Response(status_code=404)
        last = last_id(request.headers.get("last-event-id"), request.query_params.get("last"))
        return self.streams.of(conversation_id, last, lambda seen: self._messages(conversation_id, seen))

    async def leave(self, _: Request) -> Response:
        """Forget the conversation in this browser and go to a harmless page; the chat's history entry is replaced."""
        response = RedirectResponse(self.leave_url, 303)
        response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        response.delete_cookie(self._cookie, path="/", secure=self._secure, httponly=True, samesite="strict")
        return response

    async def _conversation(self, token: str) -> str | None:
        if not token:
            return None
        return await self.database.read(lambda conn: self.vault.find(conn, Address("web", token)))

    async def _messages(self, conversation_id: str, last: int) -> Sequence[tuple[int, dict[str, Any]]]:
        def fetch(conn: Connection) -> list[tuple[int, dict[str, Any]]]:
            seal = self.vault.seal(conn, conversation_id)
            found = webchat.after(conn, seal, conversation_id, last) if seal else ()
            return [(shown.id, _message(shown)) for shown in found]

        return await self.database.read(fetch)


def _message(shown: webchat.Shown) -> dict[str, Any]:
    letter = shown.letter
    offered = [{"id": choice.id, "label": choice.label} for choice in letter.choices if choice.id != choices.COUNSELOR]
    last = [{"id": choice.id, "label": choice.label} for choice in letter.choices if choice.id == choices.COUNSELOR]
    return {"author": shown.author, "name": letter.author, "text": letter.text, "choices": offered + last}


def _event(text: str, choice: str) -> Event | None:
    if choice:
        return Tapped(choice[:64])
    said = strip_unsafe(text)[:TEXT_LIMIT]
    return Said(said) if text else None
