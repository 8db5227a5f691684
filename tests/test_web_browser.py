"""The client's page in Chromium: live, leaving no trace, and never losing or doubling a message."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Route, expect

from knowledge_base.library import Library
from tests.browser.chromium import PATIENCE_MS, chromium, window
from tests.browser.site import Site, small_site

QUESTION = "condom imepasuka jana usiku nifanye nini"
LONG = "Niko Nairobi na nina swali refu " + "x" * 300
SIZES = [(320, 568, "light"), (320, 256, "dark"), (1280, 800, "light"), (1280, 800, "dark")]

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture
async def running(tmp_path: Path, content: Library) -> AsyncIterator[Site]:
    """The service."""
    async with small_site(tmp_path, content) as started:
        yield started


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A browser."""
    async with chromium() as started:
        yield started


# 320 by 256 is what 1280 by 1024 becomes at 400 % zoom.
@pytest.mark.parametrize(("width", "height", "scheme"), SIZES)
async def test_the_page_fits_and_the_way_out_is_in_view(
    running: Site, browser: Browser, width: int, height: int, scheme: str
) -> None:
    async with window(browser, width, height, scheme) as client:
        await client.page.goto(f"{running.url}/chat")
        assert await client.problems() == []
        await client.says(LONG)
        await client.says(QUESTION)
        await client.reads("72")
        for where in ("start", "end"):
            await client.page.locator("#messages li").last.evaluate("(e, block) => e.scrollIntoView({block})", where)
            for part in ("#leave", "#text", "#write button"):
                await expect(client.page.locator(part)).to_be_in_viewport(ratio=0.99)
        assert not await client.overflows()
        assert await client.problems() == []
        await client.page.reload()
        await client.reads("72")
        assert not await client.overflows()
        assert await client.problems() == []


async def test_what_can_be_touched_is_large_enough(running: Site, browser: Browser) -> None:
    async with window(browser, 320, 568) as client:
        await client.page.goto(f"{running.url}/chat")
        for one in await client.page.locator("button, a, textarea").all():
            box = await one.bounding_box()
            assert box
            assert min(box["width"], box["height"]) >= 44


async def test_the_conversation_survives_a_reload_and_leaves_nothing_in_the_browser(
    running: Site, browser: Browser
) -> None:
    async with window(browser) as client:
        await client.page.goto(f"{running.url}/chat")
        await client.says(QUESTION)
        await client.reads("72")
        await client.page.reload()
        await client.reads("72")
        await expect(client.page.locator("html")).to_have_attribute("lang", "sw")
        assert client.page.url == f"{running.url}/chat"
        assert await client.page.evaluate("localStorage.length + sessionStorage.length") == 0
        assert await client.page.evaluate("indexedDB.databases().then(all => all.length)") == 0
        assert await client.page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
        (cookie,) = await client.context.cookies()
        assert cookie["httpOnly"]
        assert cookie["expires"] == -1
        assert await client.page.title() == "Chat"


@pytest.mark.parametrize("way", ["button", "escape", "while writing"])
async def test_leaving_empties_the_page_and_back_goes_to_what_was_before_the_chat(
    running: Site, browser: Browser, way: str
) -> None:
    async with window(browser) as client:
        await client.page.goto(f"{running.url}/before")
        await client.page.goto(f"{running.url}/chat")
        length = await client.page.evaluate("history.length")
        await client.says(QUESTION)
        await client.reads("72")
        await client.taps("Weka nafasi")
        await expect(client.page.locator("#messages li.client", has_text="Weka nafasi")).to_have_count(1)
        assert await client.page.evaluate("history.length") == length
        if way == "button":
            await client.page.locator("#leave").click()
        elif way == "escape":
            await client.page.locator("h1").click()
        else:
            await client.page.fill("#text", "half a sentence")
        for _ in range(0 if way == "button" else 3):
            await client.page.keyboard.press("Escape")
        await client.page.wait_for_url("**/elsewhere")
        assert await client.context.cookies(running.url) == []
        await client.page.go_back()
        await expect(client.page.locator("body")).to_contain_text("/before")
        await client.page.goto(f"{running.url}/chat")
        await expect(client.page.locator("#messages")).not_to_contain_text("72")


async def test_two_presses_or_three_with_another_key_between_do_not_leave(running: Site, browser: Browser) -> None:
    async with window(browser) as client:
        await client.page.goto(f"{running.url}/chat")
        for key in ("Escape", "Escape", "a", "Escape", "Escape"):
            await client.page.keyboard.press(key)
        await expect(client.page.locator("#leave")).to_be_visible()


async def test_the_page_is_empty_at_once_and_left_even_when_the_server_does_not_answer(
    running: Site, browser: Browser
) -> None:
    async with window(browser) as client:
        await client.page.goto(f"{running.url}/chat")
        await client.says(QUESTION)
        await client.reads("72")
        held: list[Route] = []
        await client.page.route("**/chat/leave", lambda route: held.append(route))
        left = "() => { leave.click(); return document.body.childElementCount; }"
        assert await client.page.evaluate(left) == 0
        await client.page.wait_for_url("**/elsewhere")
        for route in held:
            await route.abort()


async def test_without_scripts_a_form_does_and_going_back_after_leaving_shows_no_word(
    running: Site, browser: Browser
) -> None:
    async with window(browser, scripts=False) as client:
        await client.page.goto(f"{running.url}/chat")
        await client.page.fill("#text", QUESTION)
        await client.page.click("#write button")
        await client.reads("72")
        await client.taps("Ongea na mtu")
        await client.reads("mshauri")
        assert client.page.url == f"{running.url}/chat"
        await client.page.click("#leave")
        await client.page.wait_for_url("**/elsewhere")
        for _ in range(2):
            await client.page.go_back()
            await expect(client.page.locator("#messages")).to_contain_text("Karibu")
            await expect(client.page.locator("#messages")).not_to_contain_text("72")


async def test_a_message_written_without_connection_goes_out_once_when_it_is_back(
    running: Site, browser: Browser
) -> None:
    async with window(browser) as client:
        await client.page.goto(f"{running.url}/chat")
        await client.says("hello")
        await client.reads("What is on your mind?")
        await client.context.set_offline(True)
        await client.says("what is prep")
        await expect(client.page.locator("#trouble")).to_be_visible()
        await expect(client.page.locator("#messages li").last).to_contain_text("what is prep")
        await client.context.set_offline(False)
        await client.reads("PrEP")
        await expect(client.page.locator("#trouble")).to_be_hidden()
        await expect(client.page.locator("#messages li.client", has_text="what is prep")).to_have_count(1)
        await client.page.reload()
        await expect(client.page.locator("#messages li.client", has_text="what is prep")).to_have_count(1)


async def test_a_message_whose_receipt_is_lost_is_sent_again_but_taken_once(running: Site, browser: Browser) -> None:
    async with window(browser) as client:
        await client.page.goto(f"{running.url}/chat")
        nonces: list[str] = []

        async def lose(route: Route) -> None:
            nonces.append(re.findall(r"nonce=(\w+)", route.request.post_data or "")[0])
            if route.request.method == "POST" and len(nonces) == 1:
                await route.fetch()
                await route.abort()
            else:
                await route.continue_()

        await client.page.route("**/chat", lose)
        await client.says("what is prep")
        await client.reads("PrEP")
        await expect(client.page.locator("#trouble")).to_be_hidden()
        await client.page.unroute("**/chat")
        await client.page.reload()
        await expect(client.page.locator("#messages li.client")).to_have_count(1)
        assert len(nonces) == 2
        assert len(set(nonces)) == 1


async def test_what_the_server_refuses_comes_back_into_the_field(running: Site, browser: Browser) -> None:
    async with window(browser) as client:
        await client.page.goto(f"{running.url}/chat")
        await client.page.route("**/chat", lambda route: route.fulfill(status=413))
        await client.says("what is prep")
        await expect(client.page.locator("#text")).to_have_value("what is prep")
        await expect(client.page.locator("#trouble")).to_contain_text("Not sent.")
        await expect(client.page.locator("#messages li.client")).to_have_count(0)


async def test_messages_written_fast_stay_in_order(running: Site, browser: Browser) -> None:
    async with window(browser) as client:
        await client.page.goto(f"{running.url}/chat")
        said = [f"word number {number}" for number in range(6)]
        for text in said:
            await client.says(text)
        await expect(client.page.locator("#messages small", has_text="Sending")).to_have_count(0)
        await client.page.reload()
        shown = await client.page.locator("#messages li.client p").all_text_contents()
        assert shown == said


async def test_old_choices_stand_back_but_still_work(running: Site, browser: Browser) -> None:
    async with window(browser) as client:
        await client.page.goto(f"{running.url}/chat")
        await client.says("hello")
        await client.reads("What is on your mind?")
        await client.says("what is prep")
        await client.reads("PrEP")
        old = client.page.locator("#messages .choices").nth(1).locator("button", has_text="Book a visit")
        new = client.page.locator("#messages .choices button").last
        weight = "e => getComputedStyle(e).fontWeight"
        assert (await old.evaluate(weight), await new.evaluate(weight)) == ("400", "600")
        await old.click()
        await client.reads("What is the visit for?")


async def test_two_windows_of_one_client_show_the_same(running: Site, browser: Browser) -> None:
    async with window(browser) as client:
        await client.page.goto(f"{running.url}/chat")
        await client.says("hello")
        await client.reads("What is on your mind?")
        second = await client.context.new_page()
        await second.goto(f"{running.url}/chat")
        await client.says("what is prep")
        await expect(second.locator("#messages li.client", has_text="what is prep")).to_have_count(1)
        await expect(second.locator("#messages")).to_contain_text("PrEP")


async def test_the_whole_chat_needs_no_more_than_a_keyboard(running: Site, browser: Browser) -> None:
    async with window(browser, 1280, 800) as client:
        press = client.page.keyboard.press
        await client.page.goto(f"{running.url}/chat")
        focus = client.page.locator(":focus")
        await press("Tab")
        await expect(focus).to_have_id("leave")
        while await focus.get_attribute("id") != "text":
            await press("Tab")
        await client.page.keyboard.type("hello")
        await press("Enter")
        await client.reads("What is on your mind?")
        while "Book a visit" not in await focus.inner_text():
            await press("Shift+Tab")
        await press("Enter")
        await client.reads("What is the visit for?")
        while "HIV test" not in await focus.inner_text():
            await press("Tab")
        await press("Space")
        await client.reads("which day suits you?")
        for _ in range(3):
            await press("Escape")
        await client.page.wait_for_url("**/elsewhere")


async def test_markup_in_a_message_stays_text_live_and_reloaded(running: Site, browser: Browser) -> None:
    nasty = '<img src=/before onerror="window.ran=1"><script>window.ran=1</script>{{7*7}}${7*7}'
    async with window(browser) as client:
        await client.page.goto(f"{running.url}/chat")
        await client.says(nasty)
        for _ in range(2):
            await expect(client.page.locator("#messages li.client p")).to_have_text(nasty)
            await client.page.locator("#messages li.bot").last.wait_for()
            assert await client.page.evaluate("window.ran") is None
            await client.page.reload()
        assert not [url for url in client.asked if url.endswith("/before")]


async def test_the_content_policy_stops_what_would_get_past_us(running: Site, browser: Browser) -> None:
    async with window(browser) as client:
        await client.page.goto(f"{running.url}/chat")
        for attempt in (
            "document.body.innerHTML = '<b>x</b>'",
            "document.createElement('script').textContent = 'window.ran = 1'",
            "document.body.setAttribute('onclick', 'window.ran = 1')",
            "new DOMParser().parseFromString('<b>x</b>', 'text/html')",
            "trustedTypes.createPolicy('x', {})",
        ):
            outcome = f"() => {{ try {{ {attempt}; return 'ran'; }} catch {{ return 'stopped'; }} }}"
            assert await client.page.evaluate(outcome) == "stopped", attempt
        assert client.errors
        client.errors.clear()
