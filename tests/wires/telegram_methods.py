"""Telegram's methods on messages and chats, as the real server answers and refuses them."""

import re
from collections.abc import Callable
from datetime import timedelta

from tests.wires import telegram_threads as threads
from tests.wires.telegram_world import Json, World, bad

# core.telegram.org/bots/api: sendMessage, InlineKeyboardButton, deleteMessage, answerCallbackQuery; 100 buttons: PTB's constants.
TEXT_UNITS = 4096
DATA_BYTES = 64
BUTTONS = 100
DELETE_HOURS = 48
ANSWER_CHARACTERS = 200
DELETE_AT_ONCE = 100
ACTION = re.compile(
    r"typing|choose_sticker|find_location|upload_document|(upload|record)_(photo|video|voice|video_note)"
)


def get_me(world: World, _: Json) -> Json:
    """The bot itself."""
    rights = {"can_join_groups": True, "can_read_all_group_messages": True, "supports_inline_queries": False}
    return world.me | rights


def send_message(world: World, given: Json) -> Json:
    """A new message of the bot."""
    chat = world.open_chat(given["chat_id"])
    thread_id = given.get("message_thread_id")
    if thread_id is not None and (not chat.get("is_forum") or thread_id not in world.has.threads):
        raise bad("message thread not found")
    content = _content(given)
    if given.get("protect_content"):
        content["has_protected_content"] = True
    return world.add(chat, world.me, thread_id, **content)


def _content(given: Json) -> Json:
    content = {"text": _text(given)} | _keyboard(given.get("reply_markup"))
    if "reply_parameters" in given or "entities" in given:
        raise bad("reply_parameters and entities are not pretended")
    return content


def _text(given: Json) -> str:
    """1-4096 UTF-16 code units. A parse mode would read client text as markup, and is not pretended."""
    text = str(given["text"])
    if given.get("parse_mode"):
        raise bad("unsupported parse_mode")
    if not text.strip():
        raise bad("message text is empty")
    if len(text.encode("utf-16-le")) // 2 > TEXT_UNITS:
        raise bad("message is too long")
    return text


def _keyboard(markup: Json | None) -> Json:
    """Return what a message shows of a markup: only an inline keyboard is part of it."""
    rows = (markup or {}).get("inline_keyboard", [])
    buttons = [button for row in rows for button in row]
    if len(buttons) > BUTTONS:
        raise bad("reply markup is too long")
    for button in buttons:
        _check_button(button)
    return {"reply_markup": {"inline_keyboard": rows}} if buttons else {}


def _check_button(button: Json) -> None:
    if not button["text"]:
        raise bad("inline keyboard button text must be non-empty")
    if ("callback_data" in button) == ("url" in button):
        raise bad("can't parse inline keyboard button: exactly one of the optional fields must be used")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= DATA_BYTES:
        raise bad("BUTTON_DATA_INVALID")


def edit_message_text(world: World, given: Json) -> Json:
    """New text; the keyboard goes unless it is sent again."""
    return _edit(world, given, _content(given))


def edit_message_reply_markup(world: World, given: Json) -> Json:
    """New keyboard, or none."""
    old = world.message(given["chat_id"], given["message_id"], "edit")
    return _edit(world, given, {"text": old.get("text")} | _keyboard(given.get("reply_markup")))


def _edit(world: World, given: Json, content: Json) -> Json:
    old = world.message(given["chat_id"], given["message_id"], "edit")
    if old["from"]["id"] != world.me["id"]:
        raise bad("message can't be edited")
    if content == {name: old[name] for name in ("text", "reply_markup") if name in old}:
        raise bad("message is not modified: specified new message content and reply markup are exactly the same")
    kept = {name: value for name, value in old.items() if name != "reply_markup"}
    new = kept | content | {"edit_date": int(world.now.timestamp())}
    world.has.messages[old["chat"]["id"], old["message_id"]] = new
    return new


def delete_message(world: World, given: Json) -> bool:
    """Any message of a private chat or, with the right to delete, of the group, up to 48 hours old."""
    _deletable(world, world.message(given["chat_id"], given["message_id"], "delete"))
    del world.has.messages[given["chat_id"], given["message_id"]]
    return True


def delete_messages(world: World, given: Json) -> bool:
    """Up to 100 at once; those that are not there are skipped."""
    chat_id, ids = world.chat(given["chat_id"])["id"], given["message_ids"]
    if not ids:
        raise bad("message identifiers are not specified")
    if len(ids) > DELETE_AT_ONCE:
        raise bad("too many messages specified")
    found = [key for one in ids if (key := (chat_id, one)) in world.has.messages]
    for key in found:
        _deletable(world, world.has.messages[key])
    for key in found:
        world.has.messages.pop(key, None)
    return True


def _deletable(world: World, message: Json) -> None:
    if world.now.timestamp() - message["date"] > timedelta(hours=DELETE_HOURS).total_seconds():
        raise bad("message can't be deleted for everyone")


def answer_callback_query(world: World, given: Json) -> bool:
    """Once, and in time."""
    if len(given.get("text", "")) > ANSWER_CHARACTERS:
        raise bad("MESSAGE_TOO_LONG")
    until = world.has.queries.pop(given["callback_query_id"], None)
    if until is None or world.now > until:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    return True


def send_chat_action(world: World, given: Json) -> bool:
    """Typing and the like."""
    world.open_chat(given["chat_id"])
    if not ACTION.fullmatch(given["action"]):
        raise bad("wrong parameter action in request")
    return True


def set_my_commands(world: World, given: Json) -> bool:
    """The commands in the menu."""
    world.has.commands = given["commands"]
    return True


Method = Callable[[World, Json], Json | bool]
METHODS: dict[str, Method] = {
    "getMe": get_me,
    "sendMessage": send_message,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "answerCallbackQuery": answer_callback_query,
    "sendChatAction": send_chat_action,
    "setMyCommands": set_my_commands,
    "createForumTopic": threads.create,
    "editForumTopic": threads.edit,
    "closeForumTopic": threads.close,
    "reopenForumTopic": threads.reopen,
    "deleteForumTopic": threads.delete,
    "getChatMember": threads.member,
    "banChatMember": threads.ban,
}
