"""Telegram's methods on the forum group: its threads and its members."""

from tests.wires.telegram_world import ForumThread, Json, World, bad

# core.telegram.org/bots/api: createForumTopic.
NAME_CHARACTERS = 128
COLORS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)
# What an administrator may do; the fields that ChatMemberAdministrator must have.
RIGHTS = (
    *("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats"),
    *("can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories"),
    *("can_edit_stories", "can_delete_stories", "can_manage_topics"),
)
GRANTED = frozenset(("can_manage_chat", "can_delete_messages", "can_restrict_members", "can_manage_topics"))


def create(world: World, given: Json) -> Json:
    """A new thread; its id is that of the message which announces it."""
    world.forum(given["chat_id"])
    name, color = _name(given["name"]), given.get("icon_color", COLORS[0])
    if color not in COLORS:
        raise bad("TOPIC_ICON_COLOR_INVALID")
    thread_id = next(world.ids)
    world.has.threads[thread_id] = ForumThread(name)
    return {"message_thread_id": thread_id, "name": name, "icon_color": color}


def _name(name: str) -> str:
    if not 1 <= len(name.strip()) <= NAME_CHARACTERS:
        raise bad("TOPIC_TITLE_INVALID" if name.strip() == "" else "topic name is too long")
    return name


def edit(world: World, given: Json) -> bool:
    """Another name."""
    thread = world.thread(given["chat_id"], given["message_thread_id"])
    name = _name(given["name"]) if "name" in given else thread.name
    if name == thread.name and "icon_custom_emoji_id" not in given:
        raise bad("TOPIC_NOT_MODIFIED")
    thread.name = name
    return True


def close(world: World, given: Json) -> bool:
    """Closed for all who are no administrators."""
    return _set_closed(world, given, True)


def reopen(world: World, given: Json) -> bool:
    """Open again."""
    return _set_closed(world, given, False)


def _set_closed(world: World, given: Json, closed: bool) -> bool:
    thread = world.thread(given["chat_id"], given["message_thread_id"])
    if thread.closed == closed:
        raise bad("TOPIC_NOT_MODIFIED")
    thread.closed = closed
    return True


def delete(world: World, given: Json) -> bool:
    """The thread and all that was written in it."""
    world.thread(given["chat_id"], given["message_thread_id"])
    thread_id = given["message_thread_id"]
    gone = [key for key, message in world.has.messages.items() if message.get("message_thread_id") == thread_id]
    for key in gone:
        del world.has.messages[key]
    del world.has.threads[thread_id]
    return True


def member(world: World, given: Json) -> Json:
    """What somebody is in the group."""
    world.chat(given["chat_id"])
    user_id = given["user_id"]
    if user_id == world.me["id"]:
        return {"status": "administrator", "user": world.me} | {right: right in GRANTED for right in RIGHTS}
    status = world.has.members.get(user_id)
    if status is None or given["chat_id"] != world.forum_id:
        raise bad("PARTICIPANT_ID_INVALID")
    until = {"until_date": 0} if status == "kicked" else {}
    return {"status": status, "user": world.person(user_id)} | until


def ban(world: World, given: Json) -> bool:
    """Out of the group, for good."""
    world.forum(given["chat_id"])
    if given["user_id"] == world.me["id"]:
        raise bad("can't restrict self")
    world.has.members[given["user_id"]] = "kicked"
    return True
