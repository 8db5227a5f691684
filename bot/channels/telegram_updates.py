"""Read Telegram's updates. Whatever shape they have, reading never fails: what is not for us is None."""

from collections.abc import Mapping
from typing import Any

from bot.channels import Address, Arrival, Thread
from bot.channels.layout import strip_unsafe
from handlers.events import (
    CounselorClosed,
    CounselorKnocked,
    CounselorSaid,
    CounselorTook,
    Event,
    Said,
    SentMedia,
    Started,
    Tapped,
)

NOTE = "//"
# What a known member writes when whoever joined the group may stay.
KNOWN = "known"
# Bot API, ChatMember: who is in these states is in the group no more.
LEFT = ("left", "kicked")
# Bot API, InlineKeyboardButton: at most 64 bytes of callback data.
CHOICE_LIMIT = 64
# Bot API, "Message" and "Chat": ids have at most 52 bits, update ids fewer.
LARGEST_ID = 2**63
# What a message may hold instead of text (Bot API, "Message"), by the kind that a handler is told. Nothing of it is ever
# fetched (security.md R10). Notices of the service, such as a pinned message, are not listed: nobody said anything.
MEDIA = {
    "photo": "photo",
    "live_photo": "photo",
    "voice": "voice",
    "audio": "voice",
    "video_note": "voice",
    "sticker": "sticker",
    "animation": "sticker",
    "location": "location",
    "venue": "location",
} | dict.fromkeys(
    ("video", "document", "contact", "poll", "dice", "game", "story", "paid_media", "checklist", "rich_message"),
    "other",
)

Found = tuple[Address | Thread, Event]


def arrival(update: object, bot_id: int, desk_chat_id: int | None) -> Arrival | None:
    """Return what happened, or None for what is not for us: edits, other groups, other bots, notes, malformed updates."""
    if not isinstance(update, Mapping):
        return None
    number = _id(update.get("update_id"))
    found = _tap(update.get("callback_query")) or _message(update.get("message"), desk_chat_id)
    if found is None or number is None:
        return None
    sender, event = found
    return Arrival(f"telegram:{bot_id}", str(number), sender, event)


def joined(update: object, bot_id: int, desk_chat_id: int | None) -> list[str]:
    """Return the accounts ("tg:5") that have come into the desk's group, or into other rights there."""
    if not isinstance(update, Mapping):
        return []
    change, message = update.get("chat_member"), update.get("message")
    people = [*_members(change, desk_chat_id), *_newcomers(message, desk_chat_id)]
    numbers = [_id(one.get("id")) for one in people if isinstance(one, Mapping)]
    return [f"tg:{number}" for number in dict.fromkeys(numbers) if number is not None and number != bot_id]


def _members(change: object, desk_chat_id: int | None) -> list[object]:
    """The member whose place has changed, unless they have left."""
    now = change.get("new_chat_member") if isinstance(change, Mapping) and _in(change, desk_chat_id) else None
    return [now.get("user")] if isinstance(now, Mapping) and now.get("status") not in LEFT else []


def _newcomers(message: object, desk_chat_id: int | None) -> list[object]:
    """Those whom a service message names; they may be bots."""
    found = message.get("new_chat_members") if isinstance(message, Mapping) and _in(message, desk_chat_id) else None
    return found if isinstance(found, list) else []


def _in(content: object, desk_chat_id: int | None) -> bool:
    chat = _chat(content)
    return chat is not None and chat[0] == desk_chat_id


def confirmed(update: object, desk_chat_id: int | None) -> str:
    """Return the account that wrote `/known` in the desk's group, "" when nobody did."""
    message = update.get("message") if isinstance(update, Mapping) else None
    if not isinstance(message, Mapping) or not _in(message, desk_chat_id) or not _human(message):
        return ""
    text = message.get("text")
    return f"tg:{message['from']['id']}" if isinstance(text, str) and _command(text.strip())[0] == KNOWN else ""


def update_id(update: object) -> int:
    """Return the update's number, 0 when it has none."""
    return (_id(update.get("update_id")) if isinstance(update, Mapping) else None) or 0


def callback_id(update: object) -> str:
    """Return the id under which a tap has to be answered, "" when the update is no tap."""
    query = update.get("callback_query") if isinstance(update, Mapping) else None
    found = query.get("id") if isinstance(query, Mapping) else None
    return found if isinstance(found, str) else ""


def _id(value: object) -> int | None:
    fits = isinstance(value, int) and not isinstance(value, bool) and -LARGEST_ID < value < LARGEST_ID
    return value if isinstance(value, int) and fits else None


def _tap(query: object) -> Found | None:
    if not isinstance(query, Mapping) or not _human(query):
        return None
    chat = _chat(query.get("message"))
    data = query.get("data")
    if chat is None or chat[1] != "private" or not isinstance(data, str):
        return None
    return Address("telegram", str(chat[0])), Tapped(strip_unsafe(data)[:CHOICE_LIMIT])


def _message(message: object, desk_chat_id: int | None) -> Found | None:
    chat = _chat(message)
    if chat is None or not isinstance(message, Mapping) or not _human(message):
        return None
    if chat[1] == "private":
        event = _client_event(message)
        return (Address("telegram", str(chat[0])), event) if event else None
    return _from_desk(message) if chat[0] == desk_chat_id else None


def _chat(message: object) -> tuple[int, str] | None:
    """Id and type of the chat."""
    chat = message.get("chat") if isinstance(message, Mapping) else None
    number = _id(chat.get("id")) if isinstance(chat, Mapping) else None
    kind = chat.get("type") if isinstance(chat, Mapping) else None
    return (number, kind) if number is not None and isinstance(kind, str) else None


def _human(message: Mapping[str, Any]) -> bool:
    """Whether a person wrote under their own account: no bot, and neither a channel nor the group itself."""
    sender = message.get("from")
    if not isinstance(sender, Mapping) or _id(sender.get("id")) is None:
        return False
    return not sender.get("is_bot", False) and "sender_chat" not in message


def _client_event(message: Mapping[str, Any]) -> Event | None:
    text = message.get("text")
    if not isinstance(text, str):
        return next((SentMedia(kind) for key, kind in MEDIA.items() if message.get(key) is not None), None)
    said = strip_unsafe(text)
    command, rest = _command(said)
    if not command:
        return Said(said) if said.strip() else SentMedia("other")
    return Started() if command == "start" else Said(f"{command} {rest}".strip())


def _command(text: str) -> tuple[str, str]:
    """The command without slash and bot name, and what follows it: nothing a client writes behind one may get lost."""
    first, *rest = text.split(maxsplit=1) or [""]
    return (first[1:].partition("@")[0].lower(), " ".join(rest)) if first.startswith("/") else ("", text)


def _from_desk(message: Mapping[str, Any]) -> Found | None:
    """What counselors write in a thread; `//` begins a note for themselves. A reply outside of the threads has a thread
    id too, but is no "topic message"."""
    thread, text = _id(message.get("message_thread_id")), message.get("text")
    if thread is None or message.get("is_topic_message") is not True or not isinstance(text, str):
        return None
    said = strip_unsafe(text).strip()
    if not said or said.startswith(NOTE) or _command(said)[0] == KNOWN:
        return None
    return Thread(thread), _counselor_event(f"tg:{message['from']['id']}", said)


def _counselor_event(account: str, said: str) -> Event:
    """`account` stands where the caller puts the alias: no name ever travels to a client (security.md R7)."""
    match _command(said)[0]:
        case "close":
            return CounselorClosed(account)
        case "take":
            return CounselorTook(account)
        case "reply":
            return CounselorKnocked(account)
    return CounselorSaid(account, said)
