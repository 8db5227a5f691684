"""How the pretend Twilio lists messages: by address, by time, in pages."""

import asyncio
from datetime import datetime, timedelta

import aiohttp
from twilio.rest import Client

from tests.wires.twilio import ACCOUNT, PretendTwilio
from tests.wires.twilio_fixtures import (
    ASHA,
    LOGIN,
    ON_WHATSAPP,
    SMS,
    WHATSAPP,
    Receiver,
    base_fixture,  # noqa: F401
    client_fixture,  # noqa: F401
    create,
    listed,
    raw,
    receiver_fixture,  # noqa: F401
    twilio_fixture,  # noqa: F401
)


async def test_what_an_outage_swallowed_is_in_the_list(
    client: Client, twilio: PretendTwilio, receiver: Receiver
) -> None:
    await twilio.says(ASHA, "before")
    twilio.now += timedelta(hours=1)
    start = twilio.now
    with twilio.outage():
        await twilio.says(ASHA, "one")
        await twilio.says(ASHA, "sms", "sms")
        twilio.now += timedelta(minutes=1)
        await twilio.says(ASHA, "two")
        await create(client, body="answer")
        await twilio.settled()
    assert receiver.values("Body") == ["before"]
    assert await listed(client, to=WHATSAPP, date_sent_after=start) == ["two", "one"]
    assert await listed(client, to=WHATSAPP, date_sent_after=start + timedelta(seconds=1)) == ["two"]
    assert await listed(client, to=WHATSAPP, date_sent_before=start) == ["one", "before"]
    assert await listed(client, to=SMS) == ["sms"]
    assert await listed(client, from_=ON_WHATSAPP, date_sent=start) == ["one"]
    assert await listed(client, to=ON_WHATSAPP) == ["answer"]
    assert [one.direction for one in await asyncio.to_thread(client.messages.list, to=WHATSAPP)] == ["inbound"] * 3
    assert twilio.problems == []


async def test_the_list_has_pages(client: Client, twilio: PretendTwilio) -> None:
    with twilio.outage():
        for number in range(53):
            await twilio.says(ASHA, str(number))
    expected = [str(number) for number in reversed(range(53))]
    assert await listed(client, to=WHATSAPP) == expected
    assert await listed(client, to=WHATSAPP, page_size=10) == expected
    assert await listed(client, to=WHATSAPP, limit=7) == expected[:7]
    assert len(twilio.called("list")) == 2 + 6 + 1
    last = await asyncio.to_thread(client.messages.page, to=WHATSAPP, page_size=10, page_number=5)
    assert (last.previous_page_url is not None, last.next_page_url) == (True, None)
    assert twilio.problems == []


async def test_the_ways_to_say_since(base: str, twilio: PretendTwilio) -> None:
    with twilio.outage():
        await twilio.says(ASHA, "one")
    url = f"{base}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    day: datetime = twilio.now
    async with aiohttp.ClientSession(headers=LOGIN) as session:
        for name, value, found in (
            ("DateSent>", f"{day:%Y-%m-%d}", 1),
            ("DateSent>=", day.isoformat(), 1),
            ("DateSent", f"{day:%Y-%m-%d}", 1),
            ("DateSent<=", f"{day - timedelta(days=1):%Y-%m-%d}", 0),
            ("DateSent>", f"{day + timedelta(days=1):%Y-%m-%d}", 0),
        ):
            async with session.get(url, params={name: value}) as answer:
                assert len((await answer.json())["messages"]) == found
    for name, value in (("DateSent>", "soon"), ("PageSize", "1001"), ("PageSize", "x")):
        assert await raw("GET", url, params={name: value}) == (400, 20001)
