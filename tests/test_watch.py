"""Who joins the counselors' group (security.md R24): somebody unknown stops its content until a known member confirms."""

from typing import Any

import pytest

from bot.channels.telegram_updates import confirmed, joined
from bot.store.tables import handover_messages
from tests.line import Line
from tests.test_desk import AMANI, ASHA, STRANGER, WORDS, ZURI, desk, everything, parts, says, talking
from tests.wires.telegram_world import FORUM

__all__ = ["parts"]
BOT = 123456
OTHER = -100999


async def enters(line: Line, account: int, status: str = "member") -> None:
    """Let somebody come into the group."""
    await line.telegram.enters(account, status)
    await line.emptied()


async def confirms(line: Line, account: int) -> None:
    """Let somebody say in the group that whoever came is known."""
    await line.telegram.counselor_says(None, "/known", account)
    await line.emptied()


async def test_somebody_unknown_stops_content_deletes_threads_and_raises_an_alarm(parts: Any) -> None:
    async with desk(parts, content=True) as line:
        await talking(line)
        await enters(line, STRANGER)
        assert "ALARM: somebody joined" in everything(line)
        assert line.telegram.threads() == {}
        await says(line, ASHA, WORDS)
        assert WORDS not in everything(line)


async def test_the_words_are_in_the_console_all_the_same(parts: Any) -> None:
    async with desk(parts, content=True) as line:
        await talking(line)
        await enters(line, STRANGER)
        await says(line, ASHA, "i want to kill myself")
        assert "thoughts of suicide" in everything(line)
        assert await line.count(handover_messages, author="client") == 1


async def test_a_stranger_speaks_to_no_client(parts: Any) -> None:
    async with desk(parts, content=True) as line:
        thread = await talking(line)
        line.telegram.fail_next("deleteForumTopic", "server_error_before", times=9)
        await line.telegram.enters(STRANGER, "member")
        await line.quiet()
        before = line.telegram.answers(ASHA)
        for said in ("Send me your photo", "/close"):
            await line.telegram.counselor_says(thread, said, STRANGER)
            await line.quiet()
        assert line.telegram.answers(ASHA) == before
        await line.telegram.counselor_says(thread, "Pole.", AMANI)
        await line.quiet()
        assert line.telegram.answers(ASHA)[-1] == "Amani: Pole."


async def test_a_known_member_confirms_and_a_stranger_cannot(parts: Any) -> None:
    async with desk(parts, content=True) as line:
        await talking(line)
        await enters(line, STRANGER)
        await confirms(line, STRANGER)
        await says(line, ASHA, WORDS)
        assert WORDS not in everything(line)
        before = line.telegram.answers(ASHA)
        await confirms(line, AMANI)
        assert "A known member has confirmed" in everything(line)
        assert line.telegram.answers(ASHA) == before
        await says(line, ASHA, "bado niko hapa")
        assert "bado niko hapa" in everything(line)


async def test_one_alarm_for_one_who_came_and_another_after_a_confirmation(parts: Any) -> None:
    async with desk(parts, content=False) as line:
        for _ in range(2):
            await enters(line, STRANGER)
        assert everything(line).count("ALARM") == 1
        await line.telegram.counselor_says(None, "/known", AMANI)
        await line.telegram.counselor_says(None, "/known", AMANI)
        await line.emptied()
        assert everything(line).count("has confirmed") == 1
        await enters(line, STRANGER)
        assert everything(line).count("ALARM") == 2


@pytest.mark.parametrize(("account", "status"), [(AMANI, "member"), (ZURI, "left")])
async def test_known_members_and_those_who_leave_raise_none(parts: Any, account: int, status: str) -> None:
    async with desk(parts, content=True) as line:
        await enters(line, account, status)
        assert "ALARM" not in everything(line)


# What Telegram tells


def change(status: object = "member", chat: object = FORUM, user: object = STRANGER) -> dict[str, object]:
    member = {"status": status, "user": {"id": user, "is_bot": False}}
    return {"update_id": 1, "chat_member": {"chat": {"id": chat, "type": "supergroup"}, "new_chat_member": member}}


def service_message(*users: object) -> dict[str, object]:
    chat = {"id": FORUM, "type": "supergroup"}
    return {"update_id": 1, "message": {"chat": chat, "new_chat_members": [{"id": user} for user in users]}}


@pytest.mark.parametrize("status", ["member", "administrator", "creator", "restricted"])
def test_whoever_is_in_the_group_now_has_joined(status: str) -> None:
    assert joined(change(status), BOT, FORUM) == [f"tg:{STRANGER}"]


def test_a_service_message_names_all_who_came_bots_among_them_but_not_us() -> None:
    assert joined(service_message(5, 6, 5, BOT), BOT, FORUM) == ["tg:5", "tg:6"]


@pytest.mark.parametrize("update", [
    None, "x", {}, {"chat_member": None}, {"chat_member": {}}, change("left"), change("kicked"), change(chat=OTHER), change(user="x"),
    {"chat_member": {"chat": {"id": FORUM, "type": "supergroup"}}}, {"message": {"chat": {"id": FORUM, "type": "supergroup"}}},
    {"message": {"chat": {"id": FORUM, "type": "supergroup"}, "new_chat_members": [None, 5, {}]}},
])  # fmt: skip
def test_other_updates_and_other_groups_tell_of_nobody(update: object) -> None:
    assert joined(update, BOT, FORUM) == []


def wrote(text: object, chat: int = FORUM, **more: object) -> dict[str, object]:
    message = {"chat": {"id": chat, "type": "supergroup"}, "from": {"id": AMANI, "is_bot": False}, "text": text, **more}
    return {"update_id": 1, "message": message}


@pytest.mark.parametrize("text", ["/known", " /known@the_bot ", "/KNOWN please"])
def test_a_confirmation_names_its_account(text: str) -> None:
    assert confirmed(wrote(text), FORUM) == f"tg:{AMANI}"


@pytest.mark.parametrize("update", [
    None, {}, wrote("known"), wrote(5), wrote("/known", OTHER), wrote("/known", sender_chat={"id": FORUM}), {"message": 5},
])  # fmt: skip
def test_anything_else_is_no_confirmation(update: object) -> None:
    assert confirmed(update, FORUM) == ""
