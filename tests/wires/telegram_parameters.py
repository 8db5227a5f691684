"""Telegram's methods and their parameters (core.telegram.org/bots/api), read strictly.

The real server ignores a parameter that it does not know. This one refuses it: a misspelt parameter is a mistake of ours.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

Json = dict[str, Any]

CHAT = {"chat_id": "chat!"}
THREAD = CHAT | {"message_thread_id": "int!"}
MESSAGE = CHAT | {"message_id": "int!"}
TEXT = {"text": "text!", "parse_mode": "str", "entities": "list", "link_preview_options": "preview"}
EXTRA = {"disable_notification": "bool", "protect_content": "bool", "reply_parameters": "object"}

# A parameter's kind; "!" where it must be there.
METHODS: dict[str, dict[str, str]] = {
    "getMe": {},
    "getUpdates": {"offset": "int", "limit": "int", "timeout": "int", "allowed_updates": "strings"},
    "setWebhook": {
        "url": "str!",
        "ip_address": "str",
        "max_connections": "int",
        "allowed_updates": "strings",
        "drop_pending_updates": "bool",
        "secret_token": "str",
    },
    "deleteWebhook": {"drop_pending_updates": "bool"},
    "getWebhookInfo": {},
    "sendMessage": CHAT | TEXT | EXTRA | {"message_thread_id": "int", "reply_markup": "any_markup"},
    "editMessageText": MESSAGE | TEXT | {"reply_markup": "markup"},
    "editMessageReplyMarkup": MESSAGE | {"reply_markup": "markup"},
    "deleteMessage": MESSAGE,
    "deleteMessages": CHAT | {"message_ids": "ints!"},
    "answerCallbackQuery": {
        "callback_query_id": "str!",
        "text": "str",
        "show_alert": "bool",
        "url": "str",
        "cache_time": "int",
    },
    "sendChatAction": CHAT | {"action": "str!", "message_thread_id": "int"},
    "createForumTopic": CHAT | {"name": "str!", "icon_color": "int", "icon_custom_emoji_id": "str"},
    "editForumTopic": THREAD | {"name": "str", "icon_custom_emoji_id": "str"},
    "closeForumTopic": THREAD,
    "reopenForumTopic": THREAD,
    "deleteForumTopic": THREAD,
    "getChatMember": CHAT | {"user_id": "int!"},
    "setMyCommands": {"commands": "commands!", "scope": "object", "language_code": "str"},
    "banChatMember": CHAT | {"user_id": "int!", "until_date": "int", "revoke_messages": "bool"},
}

# How the real server words a missing parameter, where it has words of its own (tdlib/telegram-bot-api, Client.cpp).
MISSING = {
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "user_id": "invalid user_id specified",
}
MARKUPS = ("inline_keyboard", "keyboard", "remove_keyboard", "force_reply")
BUTTON = {"text", "callback_data", "url"}
PREVIEW = {"is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text"}


def _int(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _each(check: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, list) and all(check(one) for one in value)


def _str(value: object) -> bool:
    return isinstance(value, str)


def _button(value: object) -> bool:
    return isinstance(value, dict) and set(value) <= BUTTON and all(map(_str, value.values())) and "text" in value


def _markup(value: object) -> bool:
    return isinstance(value, dict) and set(value) == {"inline_keyboard"} and _each(_each(_button))(value[MARKUPS[0]])


def _any_markup(value: object) -> bool:
    named = isinstance(value, dict) and sum(name in value for name in MARKUPS) == 1
    return _markup(value) if isinstance(value, dict) and "inline_keyboard" in value else named


def _command(value: object) -> bool:
    """1-32 of a-z, 0-9 and _; a description of 1-256 characters."""
    if not isinstance(value, dict) or set(value) != {"command", "description"}:
        return False
    name, about = value["command"], value["description"]
    return bool(re.fullmatch(r"[a-z0-9_]{1,32}", str(name))) and isinstance(about, str) and 1 <= len(about) <= 256


KINDS: dict[str, Callable[[object], bool]] = {
    "int": _int,
    "str": _str,
    "text": _str,
    "chat": lambda value: _int(value) or (isinstance(value, str) and value.startswith("@")),
    "bool": lambda value: isinstance(value, bool),
    "strings": _each(_str),
    "ints": _each(_int),
    "list": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
    "preview": lambda value: isinstance(value, dict) and set(value) <= PREVIEW,
    "markup": _markup,
    "any_markup": _any_markup,
    "commands": lambda value: _each(_command)(value) and isinstance(value, list) and len(value) <= 100,
}


def read(method: str, raw: Mapping[str, object]) -> tuple[Json, list[str]]:
    """Return the parameters as typed values, and what is wrong with them in the words of an error description."""
    known = METHODS[method]
    values = {name: _decoded(known.get(name, "str"), value) for name, value in raw.items()}
    wrong = [f"unknown parameter {name}" for name in values if name not in known]
    for name, kind in known.items():
        if name not in values:
            wrong += [MISSING.get(name, f"{name} is empty")] if kind.endswith("!") else []
        elif not KINDS[kind.rstrip("!")](values[name]):
            wrong.append(f"can't parse {name}: {kind.rstrip('!')} expected")
    return values, wrong


def _decoded(kind: str, value: object) -> object:
    """Form values are text; everything but text is JSON in it."""
    if kind.rstrip("!") in ("str", "text") or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
