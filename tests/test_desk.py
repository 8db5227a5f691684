"""The counselors' Telegram group: notices only, or a thread for each handover; never a word in the wrong place."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from bot.staff import Staff, StaffProblem
from bot.store import cases
from bot.store.conversations import Vault
from bot.store.database import Database
from bot.store.tables import handovers, outbox, staff
from knowledge_base.library import Library
from tests.line import Line, Providers, open_line
from tests.wires.telegram_world import FORUM

ASHA, MUSA = 501, 502
AMANI, ZURI, STRANGER = 77, 78, 79
WORDS = "naogopa sana kuhusu matokeo yangu"


@pytest.fixture
def parts(
    file_database: Database, vault: Vault, content: Library, around: Providers
) -> tuple[Database, Vault, Library, Providers]:
    """What a line is made of."""
    return file_database, vault, content, around


@asynccontextmanager
async def desk(parts: Any, *, content: bool) -> AsyncIterator[Line]:
    """The line with a desk and one counselor, Amani, whose Telegram account is linked."""
    database, vault, library, around = parts
    sections: dict[str, dict[str, object]] = {"telegram": {"desk_chat_id": FORUM}, "desk": {"content": content}}
    async with open_line(database, vault, library, around, **sections) as line:
        if not await line.count(staff):
            await line.app.staff.add("amani", "Amani", "a long passphrase", on_shift=True)
            await line.app.staff.link("amani", AMANI, vault.keyring)
        yield line


async def says(line: Line, client: int, text: str) -> None:
    await line.telegram.says(client, text)
    await line.emptied()


async def writes(line: Line, thread: int, text: str, account: int = AMANI) -> None:
    await line.telegram.counselor_says(thread, text, account)
    await line.emptied()


def everything(line: Line) -> str:
    """All that was ever posted to the group, and the names of its threads."""
    posted = [call["text"] for call in line.telegram.called("sendMessage") if call["chat_id"] == FORUM]
    return "\n".join([*posted, *(call["name"] for call in line.telegram.called("createForumTopic"))])


async def test_without_content_there_are_notices_only(parts: Any) -> None:
    async with desk(parts, content=False) as line:
        await says(line, ASHA, "i want to kill myself")
        await says(line, ASHA, "talk to a person")
        await says(line, ASHA, WORDS)
        notices = line.telegram.thread(None)
        assert notices
        assert all("waits:" in notice and notice.endswith("Open the console.") for notice in notices)
        assert "URGENT" in notices[0]
        assert line.telegram.threads() == {}
        for hidden in ("kill", WORDS, f"Name{ASHA}", str(ASHA)):
            assert hidden not in everything(line)


async def test_without_content_nothing_is_written_for_the_group_but_notices(parts: Any) -> None:
    """Twenty messages a minute are all that the group carries: silent rows must not use them up."""
    async with desk(parts, content=False) as line:
        await says(line, ASHA, "talk to a person")
        case = (await line.app.database.read(cases.queue))[0].id
        rows = await line.count(outbox, channel="desk")
        await says(line, ASHA, WORDS)
        assert rows == len(line.telegram.thread(None)) == await line.count(outbox, channel="desk")
        assert await line.count(handovers, id=case, thread=None) == 1


async def test_who_still_waits_is_told_to_the_group_by_alias_and_minutes_only(parts: Any) -> None:
    async with desk(parts, content=False) as line:
        await says(line, ASHA, "i want to kill myself")
        (card,) = await line.app.database.read(cases.queue)
        for minutes in (5, 10, 15):
            line.clock.move(minutes=minutes)
            while await line.app.timers.once():
                await line.emptied()
        again = [notice for notice in line.telegram.thread(None) if "still waits" in notice]
        spoken = {re.sub(r"\d+ min", "N min", notice.removeprefix(card.alias)) for notice in again}
        assert spoken == {
            " still waits, N min. Who is on shift: open the console.",
            " still waits, N min. Everybody: open the console.",
            " still waits, N min. Shift lead: open the console.",
            " still waits, N min. Nobody has confirmed the alert. Somebody else: open the console.",
        }


async def test_with_content_each_handover_has_a_thread_under_the_alias(parts: Any) -> None:
    async with desk(parts, content=True) as line:
        await says(line, ASHA, "talk to a person")
        await says(line, MUSA, "i want to kill myself")
        cards = {card.alias: card for card in await line.app.database.read(cases.queue)}
        threads = line.telegram.threads()
        assert sorted(threads.values()) == sorted(cards)
        assert line.telegram.thread(None) == []
        musa = next(thread for thread in threads if "kill" in "".join(line.telegram.thread(thread)))
        (asha,) = threads.keys() - {musa}
        await writes(line, asha, "/take")
        await says(line, ASHA, WORDS)
        assert line.telegram.thread(asha)[-1] == WORDS
        assert WORDS not in "".join(line.telegram.thread(musa))
        assert f"Name{ASHA}" not in everything(line)
        assert not [call for call in line.telegram.calls if call.method.startswith(("forward", "copy"))]


async def talking(line: Line) -> int:
    """Let a client ask for a person, and Amani take it in the thread; return the thread."""
    await says(line, ASHA, "talk to a person")
    (thread,) = line.telegram.threads()
    await writes(line, thread, "/take")
    return thread


async def test_what_a_counselor_writes_in_the_thread_reaches_the_client_under_her_alias(parts: Any) -> None:
    async with desk(parts, content=True) as line:
        thread = await talking(line)
        await writes(line, thread, "Pole. Niko hapa.")
        assert line.telegram.answers(ASHA)[-1] == "Amani: Pole. Niko hapa."
        assert not any(f"Name{AMANI}" in text or str(AMANI) in text for text in line.telegram.answers(ASHA))


async def test_notes_never_reach_the_client(parts: Any) -> None:
    async with desk(parts, content=True) as line:
        thread = await talking(line)
        before = line.telegram.answers(ASHA)
        for note in ("// call the clinic", "//", " // she is 17?"):
            await writes(line, thread, note)
        assert line.telegram.answers(ASHA) == before


async def test_close_closes_the_handover_and_deletes_the_thread_with_all_that_was_said(parts: Any) -> None:
    """(security.md R22)"""
    async with desk(parts, content=True) as line:
        thread = await talking(line)
        await writes(line, thread, "Pole. Niko hapa.")
        await writes(line, thread, "/close")
        assert line.telegram.threads() == {}
        assert await line.app.database.read(cases.queue) == []
        assert "Amani" in line.telegram.answers(ASHA)[-1]


async def test_a_closed_handover_and_a_new_one_have_threads_of_their_own(parts: Any) -> None:
    async with desk(parts, content=True) as line:
        first = await talking(line)
        await writes(line, first, "/close")
        await says(line, ASHA, "talk to a person")
        (second,) = line.telegram.threads()
        assert second != first


async def test_another_counselor_does_not_talk_into_a_taken_case(parts: Any) -> None:
    async with desk(parts, content=True) as line:
        await line.app.staff.add("zuri", "Zuri", "a long passphrase")
        await line.app.staff.link("zuri", ZURI, line.app.vault.keyring)
        thread = await talking(line)
        before = line.telegram.answers(ASHA)
        await writes(line, thread, "Hujambo", ZURI)
        assert line.telegram.answers(ASHA) == before


async def test_an_account_that_is_not_linked_is_nobody_in_particular(parts: Any) -> None:
    async with desk(parts, content=True) as line:
        await says(line, ASHA, "talk to a person")
        (thread,) = line.telegram.threads()
        await writes(line, thread, "Hujambo", STRANGER)
        assert line.telegram.answers(ASHA)[-1] == "Counselor: Hujambo"


async def test_words_outside_of_a_thread_reach_nobody(parts: Any) -> None:
    async with desk(parts, content=True) as line:
        await talking(line)
        before = line.telegram.answers(ASHA)
        await line.telegram.counselor_says(None, "who takes the night shift?", AMANI)
        await line.emptied()
        assert line.telegram.answers(ASHA) == before


@pytest.mark.parametrize("fault", ["server_error_before", "drop_after"])
async def test_a_thread_that_cannot_be_opened_is_tried_again_and_never_replaced_by_the_general_one(
    parts: Any, fault: Any
) -> None:
    async with desk(parts, content=True) as line:
        line.telegram.fail_next("createForumTopic", fault, times=3)
        await says(line, ASHA, "talk to a person")
        await says(line, ASHA, WORDS)
        assert line.telegram.thread(None) == []
        assert len(line.telegram.called("createForumTopic")) == 4
        case = (await line.app.database.read(cases.queue))[0]
        thread = await line.app.database.read(lambda conn: conn.execute(sa.select(handovers.c.thread)).scalar_one())
        assert line.telegram.threads()[thread] == case.alias
        assert line.telegram.thread(thread)


async def test_a_group_that_is_no_forum_gets_no_word(parts: Any) -> None:
    async with desk(parts, content=True) as line:
        line.telegram.world.has.chats[FORUM]["is_forum"] = False
        await line.telegram.says(ASHA, "talk to a person")
        await line.quiet()
        await line.telegram.says(ASHA, WORDS)
        await line.quiet()
        assert line.telegram.thread(None) == []
        assert line.telegram.answers(ASHA)


async def test_after_a_thread_was_deleted_words_go_into_a_new_one(parts: Any) -> None:
    async with desk(parts, content=True) as line:
        thread = await talking(line)
        del line.telegram.world.has.threads[thread]
        await says(line, ASHA, WORDS)
        (new,) = line.telegram.threads()
        assert new != thread
        assert line.telegram.thread(new) == [WORDS]
        await writes(line, new, "Niko hapa.")
        assert line.telegram.answers(ASHA)[-1] == "Amani: Niko hapa."


async def test_content_that_was_switched_off_stays_out_of_the_group(parts: Any) -> None:
    async with desk(parts, content=True) as line:
        line.telegram.fail_next("createForumTopic", "server_error_before", times=1)
        await line.telegram.says(ASHA, "talk to a person")
        await line.telegram.says(ASHA, WORDS)
        await line.quiet()
        assert await line.count(outbox, channel="desk", status="ready")
    async with desk(parts, content=False) as line:
        await line.emptied()
        assert line.telegram.threads() == {}
        assert WORDS not in everything(line)


async def test_one_handover_in_a_hurry_and_many_notices_keep_to_the_pace_of_the_group(parts: Any) -> None:
    async with desk(parts, content=False) as line:
        start = line.clock.at
        for number in range(25):
            await line.telegram.says(1000 + number, "talk to a person")
        await line.emptied()
        assert len(line.telegram.thread(None)) == 25
        assert (line.clock.at - start).total_seconds() >= 60


async def test_accounts_are_linked_once_and_kept_as_a_keyed_hash(database: Database, vault: Vault) -> None:
    members = Staff(database)
    await members.add("amani", "Amani", "a long passphrase")
    await members.add("zuri", "Zuri", "a long passphrase")
    await members.link("amani", AMANI, vault.keyring)
    with pytest.raises(StaffProblem, match="linked to another login"):
        await members.link("zuri", AMANI, vault.keyring)
    with pytest.raises(StaffProblem, match="unknown"):
        await members.link("nobody", ZURI, vault.keyring)
    await members.link("amani", ZURI, vault.keyring)
    (kept,) = await database.read(
        lambda conn: conn.scalars(sa.select(staff.c.telegram).where(staff.c.login == "amani")).all()
    )
    assert kept == vault.keyring.lookup("staff", f"tg:{ZURI}")
    assert str(ZURI).encode() not in kept
