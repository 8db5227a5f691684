"""What Twilio could not bring us is read back from its list, once, in order."""

import asyncio

import pytest

from bot import readback
from bot.channels import Ambiguous, Arrival, Unreachable
from bot.channels.twilio import TwilioChannel
from bot.readback import SOURCE, ReadBack
from bot.store.conversations import Vault
from bot.store.database import Database, StoreError
from bot.store.tables import cursors, inbox
from knowledge_base.library import Library
from tests.line import Line, Providers, open_line

ASHA, MUSA = "+254722000001", "+254722000002"
SENDERS = {"whatsapp": "whatsapp:+14155238886", "sms": "+254711000001"}


async def reader(line: Line) -> tuple[ReadBack, TwilioChannel]:
    """Another one than the service's own, which has had its first look and now rests."""
    await started(line)
    channel = TwilioChannel(
        line.twilio.account_sid, line.twilio.auth_token, SENDERS, "", line.providers.addresses["twilio"]
    )
    return ReadBack(channel, line.app.inbox, line.app.database), channel


async def test_messages_of_an_outage_are_read_back_exactly_once(wired: Line) -> None:
    read, channel = await reader(wired)
    await read.once()
    await wired.twilio.says(ASHA, "hello")
    await wired.quiet()
    with wired.twilio.outage():
        for text in ("book", "1", "1"):
            await wired.twilio.says(ASHA, text)
        await wired.twilio.says(MUSA, "what is prep", "sms", media=1)
    wired.clock.move(minutes=2)
    assert await read.once() == 2
    await wired.quiet()
    assert "which time" in wired.twilio.phone(ASHA)[-1]
    assert len(wired.twilio.phone(ASHA)) == 5
    assert wired.twilio.phone(MUSA, "sms")
    before = await wired.count(inbox)
    wired.clock.move(minutes=5)
    assert await read.once() == 0
    await wired.quiet()
    assert await wired.count(inbox) == before == 5
    assert wired.twilio.media_fetched == 0
    await channel.close()


async def test_a_webhook_that_comes_after_all_changes_nothing(wired: Line) -> None:
    read, channel = await reader(wired)
    await read.once()
    with wired.twilio.outage():
        sid = await wired.twilio.says(ASHA, "hello")
    await read.once()
    await wired.quiet()
    answers = wired.twilio.phone(ASHA)
    assert await wired.twilio.redeliver(sid) == 204
    await wired.quiet()
    assert wired.twilio.phone(ASHA) == answers
    assert await wired.count(inbox) == 1
    await channel.close()


async def started(line: Line) -> None:
    async with asyncio.timeout(60):
        while not await line.count(cursors, source=SOURCE):  # noqa: ASYNC110 (the database rings no bell)
            await asyncio.sleep(0.01)


async def test_the_service_reads_back_at_its_start_what_came_while_it_was_away(
    file_database: Database, vault: Vault, content: Library, around: Providers
) -> None:
    async with open_line(file_database, vault, content, around) as first:
        await started(first)
        await first.twilio.says(ASHA, "hello")
        await first.quiet()
    with around.twilio.outage():
        await around.twilio.says(ASHA, "book")
    around.clock.move(hours=3)
    async with open_line(file_database, vault, content, around) as second:
        await second.until(lambda: len(second.twilio.phone(ASHA)) == 3)
        assert "What is the visit for" in second.twilio.phone(ASHA)[-1]


async def test_trouble_ends_no_reading(wired: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    await started(wired)
    monkeypatch.setattr(readback, "EVERY_SECONDS", 0.01)
    listed = Failing(Unreachable("no"))
    reading = asyncio.create_task(ReadBack(listed, wired.app.inbox, wired.app.database).run())
    await wired.until(lambda: listed.asked > 3)
    listed.error = StoreError("no")
    seen = listed.asked
    await wired.until(lambda: listed.asked > seen + 3)
    reading.cancel()


class Failing:
    """A list that cannot be had."""

    def __init__(self, error: Exception) -> None:
        self.error, self.asked = error, 0

    async def missed(self, since: object) -> list[Arrival]:
        self.asked += 1
        raise self.error


@pytest.mark.parametrize("error", [Unreachable("no"), Ambiguous("no"), OSError("no")])
async def test_a_failure_moves_no_position(wired: Line, error: Exception) -> None:
    listed = Failing(error)
    read = ReadBack(listed, wired.app.inbox, wired.app.database)
    with pytest.raises(type(error)):
        await read.once()
    with wired.twilio.outage():
        await wired.twilio.says(ASHA, "hello")
    wired.clock.move(minutes=30)
    good, channel = await reader(wired)
    assert listed.asked == 1
    assert await good.once() == 1
    await channel.close()
