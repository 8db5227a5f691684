"""The counselors' pages over real HTTP: the queue, a case and its streams."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.channels import Address, Arrival
from bot.staff import IDLE
from bot.store.tables import handover_messages, outbox
from handlers.events import Said
from knowledge_base.library import Library
from tests.browser.site import Visitor, events, small_site
from tests.casework import Line, anywhere, case_of, line, taken

__all__ = ["anywhere", "line"]


async def test_the_queue_shows_cards_without_words_urgent_ones_first(line: Line) -> None:
    async with Visitor(line.site.url) as second:
        await second.opens("/chat")
        await second.says("nimechoka na maisha nataka kuisha tu")
    line.site.clock.move(minutes=3)
    page = await line.amani.opens("/console")
    assert page.index("thoughts of suicide · Kiswahili · waiting 3 min") < page.index("asked for a person")
    assert page.index("Urgent</strong>") < page.index("asked for a person")
    assert "nimechoka" not in page
    line.site.clock.move(minutes=11)
    await line.amani.opens("/console")
    line.site.clock.move(minutes=11)
    await line.amani.opens("/console")
    for _ in range(14):
        line.site.clock.move(minutes=10)
        await line.amani.opens("/console")
    assert "waiting 2 h" in line.amani.page


async def test_a_swahili_browser_gets_the_console_in_swahili(line: Line) -> None:
    await line.amani.asks("GET", "/console", headers={"Accept-Language": "sw-KE"})
    assert "Wanaosubiri" in line.amani.page
    assert "Chukua" in line.amani.page


async def test_a_case_is_taken_answered_and_closed_without_scripts(anywhere: Line) -> None:
    path = await taken(anywhere)
    await anywhere.client.sees("/chat", "Amani is here now")
    await anywhere.client.says("naogopa sana")
    assert "New message" in await anywhere.amani.opens("/console")
    assert "naogopa sana" in await anywhere.amani.opens(path)
    assert await anywhere.amani.acts(f"{path}/say", text="Pole. Niko hapa.", nonce="1") == 303
    assert '<strong class="new" hidden>' in await anywhere.amani.opens("/console")
    assert "<b>Amani</b>" in await anywhere.client.sees("/chat", "Pole. Niko hapa.")
    assert await anywhere.amani.acts(f"{path}/close") == 303
    assert "Nobody waits." in await anywhere.amani.opens("/console")
    assert (await anywhere.amani.asks("GET", path)).status == 404


async def test_an_answer_sent_twice_is_taken_once_and_an_empty_one_not_at_all(line: Line) -> None:
    path = await taken(line)
    for _ in range(2):
        assert await line.amani.acts(f"{path}/say", text="Pole.", nonce="same") == 303
    assert await line.amani.acts(f"{path}/say", text=" \u200b \n", nonce="empty") == 303
    page = await line.amani.opens(path)
    assert page.count("<p>Pole.</p>") == 1
    assert page.count('class="counselor"') == 1


async def test_a_page_with_scripts_gets_no_page_back(line: Line) -> None:
    path = await taken(line)
    await line.amani.opens(path)
    fields = {"csrf": line.amani.hidden("csrf"), "text": "Pole.", "nonce": "1"}
    assert await line.amani.sends(f"{path}/say", fields, X_Page="1") == 204
    assert "<p>Pole.</p>" in await line.amani.opens(path)


TEMPLATE = f"HX{'0a' * 16}"


@pytest.mark.parametrize(("template", "offered"), [("", "No template is set up."), (TEMPLATE, "You have a reply”")])
async def test_outside_of_whatsapps_24_hours_the_page_says_so_and_gives_refused_words_back(
    tmp_path: Path, content: Library, template: str, offered: str
) -> None:
    async with small_site(tmp_path, content, template) as running, Visitor(running.url) as amani:
        await running.counselor()
        await amani.logs_in()
        asked = Arrival("twilio", "SM1", Address("whatsapp", "+254722000001"), Said("talk to a person"))
        await running.app.inbox.settled(await running.app.inbox.take([asked]))
        path = f"/console/cases/{await case_of(running)}"
        await amani.acts(f"{path}/take")
        assert "24 hours of WhatsApp" not in await amani.opens(path)
        running.clock.move(hours=25)
        await amani.logs_in()
        assert offered in await amani.opens(path)
        fields = {"csrf": amani.hidden("csrf"), "text": "Habari ya leo?", "nonce": "1"}
        assert await amani.sends(f"{path}/say", fields, X_Page="1") == 409
        page = await amani.opens(path)
        assert "<p>not sent: the 24 hours of WhatsApp are over" in page
        assert "Habari" not in page
        assert await amani.acts(f"{path}/knock") == 303
        assert ("<p>&#34;You have a reply&#34; goes to the client</p>" in await amani.opens(path)) is bool(template)


async def test_the_second_who_takes_a_case_is_led_back(line: Line) -> None:
    await taken(line)
    assert await line.zuri.acts(f"/console/cases/{line.case}/take") == 404
    assert line.case not in await line.zuri.opens("/console")


async def test_a_waiting_case_cannot_be_read_answered_or_closed_before_it_is_taken(line: Line) -> None:
    before = await line.site.snapshot()
    path = f"/console/cases/{line.case}"
    assert (await line.amani.asks("GET", path)).status == 404
    assert await line.amani.acts(f"{path}/say", text="hello") == 404
    assert await line.amani.acts(f"{path}/close") == 404
    assert await line.site.snapshot() == before


async def test_a_case_is_streamed_with_what_becomes_of_each_answer(line: Line) -> None:
    path = await taken(line)
    assert await line.amani.acts(f"{path}/say", text="Pole.", nonce="1") == 303
    assert "Pole." in await events(line.amani, f"{path}/events", '"note": "Sent"')
    await _delivery(line, "failed")
    read = await events(line.amani, f"{path}/events?last=99999", '"note": "Did not arrive"')
    assert '"failed": true' in read
    assert "Did not arrive" in await line.amani.opens(path)


async def _delivery(line: Line, state: str) -> None:
    """Let the channel report on the counselor's answer."""
    answer = sa.select(handover_messages.c.uid).where(handover_messages.c.author == "counselor").scalar_subquery()
    change = outbox.update().where(outbox.c.uid == answer).values(delivery=state)
    await line.site.app.database.run(lambda conn: conn.execute(change))


async def test_a_change_of_delivery_reaches_a_page_that_is_open(line: Line) -> None:
    path = await taken(line)
    assert await line.amani.acts(f"{path}/say", text="Pole.", nonce="1") == 303
    read = ""
    async with line.amani.session.get(f"{line.site.url}{path}/events") as answer:
        async for part in answer.content.iter_any():
            read += part.decode()
            if '"note": "Sent"' in read:
                await _delivery(line, "delivered")
            if '"note": "Arrived"' in read:
                break
    assert read.count('"text": "Pole."') >= 2


async def test_a_long_case_shows_every_line_once(line: Line) -> None:
    path = await taken(line)
    for number in range(30):
        assert await line.amani.acts(f"{path}/say", text=f"line {number}.", nonce=f"{number}") == 303
    page = await line.amani.opens(path)
    assert [page.count(f"<p>line {number}.</p>") for number in range(30)] == [1] * 30
    await events(line.amani, f"{path}/events", "line 29.")


async def test_streams_end_with_the_case_with_the_session_and_with_the_server(anywhere: Line) -> None:
    path = await taken(anywhere)
    url = anywhere.site.url
    async with (
        anywhere.amani.session.get(f"{url}{path}/events") as case,
        anywhere.zuri.session.get(f"{url}/console/events") as queue,
    ):
        assert await anywhere.amani.acts(f"{path}/close") == 303
        assert "event: end" in await case.text()
        anywhere.site.clock.move(seconds=IDLE.total_seconds())
        assert "event: end" in await queue.text()
    async with anywhere.client.session.get(f"{url}/chat/events") as chat:
        await chat.content.readany()
        anywhere.site.app.streams.close()
        assert "event: end" not in await chat.text()


async def test_the_queue_is_streamed_when_it_changes(line: Line) -> None:
    read = await events(line.zuri, "/console/events", '"cards": [{')
    assert line.case in read
    await taken(line)
    assert '"cards": []' in await events(line.zuri, "/console/events", '"cards": []')


async def test_what_a_client_writes_is_shown_as_text(line: Line) -> None:
    path = await taken(line)
    await line.client.says("<script>alert(1)</script><img src=x onerror=alert(1)>")
    page = await line.amani.opens(path)
    assert "&lt;script&gt;alert(1)" in page
    assert "<img" not in page


async def test_the_console_tells_no_address(line: Line) -> None:
    (token,) = [cookie.value for cookie in line.client.session.cookie_jar]
    path = await taken(line)
    for page in (await line.amani.opens("/console"), await line.amani.opens(path)):
        assert token not in page
