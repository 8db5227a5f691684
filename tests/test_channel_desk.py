"""The desk: notices without any word of the client, and parcels into threads; over the real bot and a pretend Telegram."""

import pytest

from bot.channels import Address, Misconfigured, Parcel, Thread
from bot.channels.desk import DeskChannel, notice, thread_name
from bot.channels.telegram import TelegramChannel
from tests.wires.server import serving
from tests.wires.telegram import PretendTelegram
from tests.wires.telegram_world import FORUM


@pytest.mark.parametrize(
    ("urgent", "lang", "waiting", "text"),
    [
        (True, "en", 1, "P-417 waits · worried after sex · urgent. Open the console."),
        (False, "en", 1, "P-417 waits · worried after sex. Open the console."),
        (False, "en", 3, "P-417 waits · worried after sex · 3 waiting in all. Open the console."),
        (True, "sw", 2, "P-417 anasubiri · worried after sex · haraka · 2 wanaosubiri kwa jumla. Fungua dawati."),
        (False, "fr", 1, "P-417 waits · worried after sex. Open the console."),
    ],
)
def test_a_notice(urgent: bool, lang: str, waiting: int, text: str) -> None:
    assert notice("P-417", "worried after sex", urgent, lang, waiting) == text


def test_names_are_short_and_plain() -> None:
    assert thread_name("P-417\n\u202e") == "P-417"
    assert len(notice("P" * 500, "r" * 500, False)) < 200
    assert notice("P-417", "", False) == "P-417 waits. Open the console."


async def test_a_parcel_goes_anew_into_its_thread_and_nothing_is_forwarded() -> None:
    telegram = PretendTelegram()
    async with serving(telegram.app) as base:
        group = TelegramChannel(telegram.token, base)
        desk = DeskChannel(group, FORUM)
        thread = await group.create_thread(FORUM, thread_name("P-417"))
        receipt = await desk.send(Parcel(Thread(thread), "hujambo"))
        await desk.close()
        with pytest.raises(Misconfigured):
            await desk.send(Parcel(Address("telegram", "501"), "hujambo"))
        await group.close()
    assert telegram.threads() == {thread: "P-417"}
    assert telegram.thread(thread) == ["hujambo"]
    assert receipt.external_id
    assert telegram.problems == []
    assert {call.method for call in telegram.calls} == {"createForumTopic", "sendMessage"}
    assert all(call["protect_content"] for call in telegram.called("sendMessage"))
