"""What the pretend Telegram knows: chats, messages, threads, members, callback queries."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from tests.wires.clock import Clocked

Json = dict[str, Any]
FORUM = -1001234567890
# A callback query waits 150 s for its answer (tdlib/telegram-bot-api, Client.cpp; platform.md 3.2).
QUERY_SECONDS = 150


class Refused(Exception):
    """An error answer of the Bot API."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


def bad(description: str) -> Refused:
    """Return the usual refusal."""
    return Refused(400, f"Bad Request: {description}")


@dataclass(slots=True)
class ForumThread:
    """A topic of the forum group."""

    name: str
    closed: bool = False


@dataclass(slots=True)
class Shelf:
    """The stored things, by their ids."""

    chats: dict[int, Json] = field(default_factory=dict)
    messages: dict[tuple[int, int], Json] = field(default_factory=dict)
    threads: dict[int, ForumThread] = field(default_factory=dict)
    members: dict[int, str] = field(default_factory=dict)
    queries: dict[str, datetime] = field(default_factory=dict)
    commands: list[Json] = field(default_factory=list)
    blocked: set[int] = field(default_factory=set)


class World(Clocked):
    """The state, and how to look things up in it: what is not there is refused as the real server refuses it."""

    def __init__(self, bot_id: int, forum_id: int = FORUM, clock: Callable[[], datetime] | None = None) -> None:
        super().__init__(clock)
        self.forum_id = forum_id
        self.me: Json = {"id": bot_id, "is_bot": True, "first_name": "Msiri", "username": "msiri_test_bot"}
        self.has = Shelf()
        self.ids = count(1)
        self.has.chats[forum_id] = {"id": forum_id, "type": "supergroup", "title": "Desk", "is_forum": True}

    def chat(self, chat_id: object) -> Json:
        """Return a chat that wrote before, or the forum group."""
        found = self.has.chats.get(chat_id) if isinstance(chat_id, int) else None
        if found is None:
            raise bad("chat not found")
        return found

    def open_chat(self, chat_id: object) -> Json:
        """Return a chat that takes messages."""
        found = self.chat(chat_id)
        if chat_id in self.has.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        return found

    def forum(self, chat_id: object) -> None:
        """Refuse all chats but the forum group."""
        if not self.chat(chat_id).get("is_forum"):
            raise bad("the chat is not a forum")

    def thread(self, chat_id: object, thread_id: int) -> ForumThread:
        """Return a thread that a method on threads names."""
        self.forum(chat_id)
        if thread_id not in self.has.threads:
            raise bad("TOPIC_ID_INVALID")
        return self.has.threads[thread_id]

    def message(self, chat_id: object, message_id: int, purpose: str) -> Json:
        """Return a message that was not deleted."""
        found = self.has.messages.get((self.chat(chat_id)["id"], message_id))
        if found is None:
            raise bad(f"message to {purpose} not found")
        return found

    def add(self, chat: Json, sender: Json, thread_id: int | None = None, **content: object) -> Json:
        """Store a new message."""
        number, date = next(self.ids), int(self.now.timestamp())
        message: Json = {"message_id": number, "date": date, "chat": chat, "from": sender}
        if thread_id is not None:
            message |= {"message_thread_id": thread_id, "is_topic_message": True}
        self.has.messages[chat["id"], number] = message | content
        return message | content

    def person(self, user_id: int) -> Json:
        """Return a person's account; its name must never reach anybody else."""
        return {"id": user_id, "is_bot": False, "first_name": f"Name{user_id}", "language_code": "sw"}

    def private(self, user_id: int) -> Json:
        """Return the chat with a person, made when they first write."""
        chat = {"id": user_id, "type": "private", "first_name": f"Name{user_id}"}
        return self.has.chats.setdefault(user_id, chat)

    def query(self) -> str:
        """Return the id of a new callback query."""
        query_id = f"query{next(self.ids)}"
        self.has.queries[query_id] = self.now + timedelta(seconds=QUERY_SECONDS)
        return query_id
