"""The other side of Telegram: clients write and tap, counselors answer in the group, and read what they see."""

from typing import Any, Literal

from tests.wires.spec import telegram_spec
from tests.wires.telegram_updates import Updates
from tests.wires.telegram_world import Json, World

_FILE = {"file_id": "AgACAgQAAxkBAAIB", "file_unique_id": "AQADr7cxG3yT", "file_size": 1024}
_PICTURE = _FILE | {"width": 320, "height": 240}
MEDIA: dict[str, Json] = {
    "sticker": {"sticker": _PICTURE | {"type": "regular", "is_animated": False, "is_video": False, "emoji": "👍"}},
    "photo": {"photo": [_PICTURE]},
    "voice": {"voice": _FILE | {"duration": 3, "mime_type": "audio/ogg"}},
    "location": {"location": {"latitude": -1.2921, "longitude": 36.8219}},
    "contact": {"contact": {"phone_number": "+254700000001", "first_name": "Somebody", "user_id": 4711}},
    "document": {"document": _FILE | {"file_name": "result.pdf", "mime_type": "application/pdf"}},
}
Media = Literal["sticker", "photo", "voice", "location", "contact", "document"]


class People:
    """What people do and see. What they do returns the update, after the webhook took it, if there is one."""

    def __init__(self, world: World, updates: Updates) -> None:
        self.world, self.updates = world, updates
        self.problems: list[str] = []

    async def says(self, user_id: int, text: str) -> Json:
        """A client writes to the bot; a new client is known from now on, and a block is over."""
        return await self._writes(user_id, text=text, **_entities(text))

    async def sends(self, user_id: int, kind: Media, caption: str = "") -> Json:
        """A client sends something else than text."""
        return await self._writes(user_id, **MEDIA[kind], **({"caption": caption} if caption else {}))

    async def taps(self, user_id: int, message: Json | int | None, data: str, forged: bool = False) -> Json:
        """A client taps a button; None is the newest message with buttons. A button that is not there needs `forged`."""
        message_id = message["message_id"] if isinstance(message, dict) else message or self._newest(user_id)
        seen = self.world.has.messages.get((user_id, message_id))
        if not forged and data not in [value for _, value in _buttons(seen or {})]:
            raise ValueError(f"no button {data!r} under message {message_id}: {_buttons(seen or {})}")
        shown = seen or {"chat": self.world.private(user_id), "message_id": message_id, "date": 0}
        query = {"id": self.world.query(), "from": self.world.person(user_id), "chat_instance": str(user_id)}
        return await self._push(callback_query=query | {"message": shown, "data": data})

    async def counselor_says(self, thread: int | None, text: str, user_id: int) -> Json:
        """Somebody writes in the forum group; without a thread, in the general one."""
        self.world.has.members.setdefault(user_id, "member")
        if thread is not None:
            self.world.thread(self.world.forum_id, thread)
        chat, sender = self.world.chat(self.world.forum_id), self.world.person(user_id)
        return await self._push(message=self.world.add(chat, sender, thread, text=text, **_entities(text)))

    async def joins(self, user_id: int, status: Literal["creator", "member"] = "member") -> None:
        """Somebody is in the forum group without having written there."""
        self.world.has.members[user_id] = status

    async def enters(self, user_id: int, status: str = "member") -> Json:
        """Somebody comes into the forum group, or leaves it with the status "left"; the bot, an admin, is told."""
        self.world.has.members[user_id] = status
        chat, person = self.world.chat(self.world.forum_id), self.world.person(user_id)
        change = {"old_chat_member": {"status": "left", "user": person}}
        change |= {"new_chat_member": {"status": status, "user": person}}
        date = int(self.world.now.timestamp())
        return await self._push(chat_member={"chat": chat, "from": person, "date": date} | change)

    async def blocks(self, user_id: int) -> Json:
        """A client blocks the bot."""
        chat, person = self.world.private(user_id), self.world.person(user_id)
        self.world.has.blocked.add(user_id)
        old, new = {"status": "member", "user": self.world.me}, {"status": "kicked", "user": self.world.me}
        change = {"old_chat_member": old, "new_chat_member": new | {"until_date": 0}}
        date = int(self.world.now.timestamp())
        return await self._push(my_chat_member={"chat": chat, "from": person, "date": date} | change)

    async def redeliver(self, update: Json) -> None:
        """The same update comes once more."""
        await self.updates.again(update)

    async def retry(self) -> None:
        """Post to the webhook what it did not take before."""
        await self.updates.retry()

    async def _writes(self, user_id: int, **content: Any) -> Json:
        self.world.has.blocked.discard(user_id)
        chat, sender = self.world.private(user_id), self.world.person(user_id)
        return await self._push(message=self.world.add(chat, sender, **content))

    async def _push(self, **content: Json) -> Json:
        self.problems += telegram_spec().update({"update_id": 1, **content})
        return await self.updates.push(**content)

    def messages(self, user_id: int) -> list[Json]:
        """What is in the chat with a client now, oldest first: theirs and the bot's."""
        return [message for (chat_id, _), message in sorted(self.world.has.messages.items()) if chat_id == user_id]

    def chat(self, user_id: int) -> list[str]:
        """The texts in the chat with a client now."""
        return _texts(self.messages(user_id))

    def answers(self, user_id: int) -> list[str]:
        """The bot's texts in the chat with a client now."""
        return _texts([one for one in self.messages(user_id) if one["from"]["is_bot"]])

    def thread(self, thread: int | None) -> list[str]:
        """The texts in a thread of the forum group; None is the general one."""
        return _texts([one for one in self.messages(self.world.forum_id) if one.get("message_thread_id") == thread])

    def threads(self) -> dict[int, str]:
        """The threads of the forum group, by id: their names."""
        return {thread_id: thread.name for thread_id, thread in self.world.has.threads.items()}

    def last_buttons(self, user_id: int) -> list[tuple[str, str]]:
        """Label and data of the buttons under the newest message that has some."""
        with_buttons = [_buttons(message) for message in self.messages(user_id) if "reply_markup" in message]
        return with_buttons[-1] if with_buttons else []

    def _newest(self, user_id: int) -> int:
        return max((one["message_id"] for one in self.messages(user_id) if "reply_markup" in one), default=0)


def _texts(messages: list[Json]) -> list[str]:
    return [message["text"] for message in messages if "text" in message]


def _buttons(message: Json) -> list[tuple[str, str]]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [(button["text"], button["callback_data"]) for row in rows for button in row if "callback_data" in button]


def _entities(text: str) -> Json:
    """Telegram marks a command at the beginning."""
    if not text.startswith("/"):
        return {}
    return {"entities": [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]}
