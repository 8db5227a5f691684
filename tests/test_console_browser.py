"""The counselors' pages in Chromium, and the whole story: a client and a counselor, each at a window of their own."""

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.staff import IDLE
from bot.store.tables import staff
from knowledge_base.library import Library
from tests.browser.chromium import PATIENCE_MS, Window, chromium, window
from tests.browser.site import Site, small_site
from tests.talk import code_in

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
# A picture for the README that takes longer to load than its page is none.
PICTURE_BYTES = 150_000

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture
async def running(tmp_path: Path, content: Library) -> AsyncIterator[Site]:
    """The service, with a counselor on shift."""
    async with small_site(tmp_path, content) as started:
        await started.counselor()
        yield started


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A browser."""
    async with chromium() as started:
        yield started


@dataclass
class Talk:
    """A client's window and a counselor's."""

    site: Site
    client: Window
    amani: Window


@pytest.fixture
async def talk(running: Site, browser: Browser) -> AsyncIterator[Talk]:
    """A counselor who has taken a client's case."""
    async with window(browser) as client, window(browser) as amani:
        await client.page.goto(f"{running.url}/chat")
        await client.says("talk to a person")
        await client.reads("on shift")
        await amani.logs_in(running.url)
        await amani.takes()
        await client.reads("Amani is here now")
        yield Talk(running, client, amani)


async def test_the_whole_story(running: Site, browser: Browser) -> None:
    async with window(browser, 360, 740) as client, window(browser, 760, 480) as amani:
        await client.page.goto(f"{running.url}/chat")
        await client.says("condom imepasuka jana usiku nifanye nini")
        await client.reads("72")
        await _picture(client, "chat.png")
        await _books(client)
        await client.says("nataka kuongea na mtu")
        await client.reads("mshauri rika")

        await amani.logs_in(running.url)
        await _picture(amani, "queue.png")
        await amani.takes()
        await client.reads("Amani yuko hapa sasa")
        await client.says("Nimeweka nafasi lakini naogopa.")
        await amani.reads("Nimeweka nafasi lakini naogopa.")
        await amani.says("Pole sana. Niko hapa, na hauko peke yako. Tuongee.")
        await client.reads("Pole sana. Niko hapa")
        await amani.page.locator("#messages .counselor small", has_text="Sent").wait_for()
        await _picture(amani, "case.png")
        await amani.page.click(".sure summary")
        await amani.page.click(".sure .danger")
        await expect(amani.page.locator("#nobody")).to_be_visible()
        await client.reads("Amani amemaliza maongezi")


async def _books(client: Window) -> None:
    """The answer about the 72 hours has the first urgent time of today one tap away."""
    await client.taps("Weka 09:30")
    await client.reads("Niweke?")
    await client.taps("Ndiyo")
    done = client.page.locator("#messages li.bot", has_text="Tayari")
    code_in(await done.last.inner_text())


async def _picture(of: Window, name: str) -> None:
    """Take a picture for the README, when the environment asks for it."""
    if os.environ.get("MSIRI_PICTURES") != "1":
        return
    PICTURES.mkdir(exist_ok=True)
    await of.page.locator(":focus").evaluate_all("all => all.forEach(one => one.blur())")
    taken = await of.page.screenshot(path=PICTURES / name, animations="disabled")
    assert len(taken) < PICTURE_BYTES


async def test_the_pictures_are_small() -> None:
    found = sorted(PICTURES.glob("*.png"))
    assert [one.name for one in found] == ["case.png", "chat.png", "content-phone.png", "queue.png"]
    assert max(one.stat().st_size for one in found) < PICTURE_BYTES


@pytest.mark.parametrize(("width", "height", "scheme"), [(320, 568, "light"), (320, 256, "dark"), (1280, 800, "dark")])
async def test_every_page_fits_and_axe_finds_nothing(
    running: Site, browser: Browser, width: int, height: int, scheme: str
) -> None:
    async with window(browser) as client, window(browser, width, height, scheme) as amani:
        await amani.page.goto(f"{running.url}/console/login")
        await _fits(amani)
        await client.page.goto(f"{running.url}/chat")
        await client.says("nimechoka na maisha nataka kuisha tu")
        await client.reads("1199")
        await amani.logs_in(running.url)
        await _fits(amani)
        await amani.takes()
        await amani.says("Pole. " + "x" * 200)
        await amani.page.locator("#messages .counselor small", has_text="Sent").wait_for()
        await _fits(amani)
        for summary in (".pass summary", ".sure summary"):
            await amani.page.click(summary)
            await _fits(amani)
            await amani.page.click(summary)
        await running.app.database.run(lambda conn: conn.execute(staff.update().values(role="lead", debrief=True)))
        for page in ("/console", "/console/people"):
            await amani.page.goto(running.url + page)
            await _fits(amani)
        await amani.page.goto(f"{running.url}/console/cases/{'0' * 32}")
        await _fits(amani)


async def _fits(amani: Window) -> None:
    assert await amani.problems() == []
    assert not await amani.overflows()


async def test_a_wrong_passphrase_is_told_in_words(running: Site, browser: Browser) -> None:
    async with window(browser) as amani:
        await amani.page.goto(f"{running.url}/console/login")
        await amani.page.fill("[name=login]", "amani")
        await amani.page.fill("[name=passphrase]", "not the passphrase")
        await amani.page.click("form button")
        await expect(amani.page.locator("[role=alert]")).to_contain_text("Please try again.")
        assert await amani.problems() == []


async def test_a_case_is_taken_answered_and_closed_by_keyboard_alone(running: Site, browser: Browser) -> None:
    async with window(browser) as client, window(browser, 1280, 800) as amani:
        await client.page.goto(f"{running.url}/chat")
        await client.says("talk to a person")
        await client.reads("on shift")
        await amani.logs_in(running.url)
        await _goes_to(amani, "#cards form button")
        await amani.page.keyboard.press("Enter")
        await amani.page.locator("#write").wait_for()
        await amani.page.wait_for_load_state()
        await _goes_to(amani, "#text")
        await amani.page.keyboard.type("Pole. Niko hapa.")
        await amani.page.keyboard.press("Enter")
        await client.reads("Pole. Niko hapa.")
        await _goes_to(amani, ".sure summary", "Shift+Tab")
        await amani.page.keyboard.press("Enter")
        await _goes_to(amani, ".sure .danger")
        await amani.page.keyboard.press("Enter")
        await client.reads("Amani has ended the talk")


async def _goes_to(amani: Window, selector: str, key: str = "Tab") -> None:
    """Press the key until the focus is on what the selector names."""
    wanted = amani.page.locator(f"{selector}:focus")
    for _ in range(30):
        await amani.page.keyboard.press(key)
        if await wanted.count():
            return
    pytest.fail(f"no way to {selector!r} by keyboard")


async def test_the_queue_changes_by_itself_and_keeps_the_focus(running: Site, browser: Browser) -> None:
    async with window(browser) as client, window(browser) as amani, window(browser) as other:
        await amani.logs_in(running.url)
        await expect(amani.page.locator("#nobody")).to_be_visible()
        await client.page.goto(f"{running.url}/chat")
        await client.says("talk to a person")
        take = amani.page.locator("#cards form button")
        await expect(take).to_be_visible()
        assert await amani.page.title() == "(1) Console"
        await take.focus()
        await other.page.goto(f"{running.url}/chat")
        await other.says("nimechoka na maisha nataka kuisha tu")
        await expect(amani.page.locator("#cards li").first).to_contain_text("Urgent")
        await expect(amani.page.locator("#cards li")).to_have_count(2)
        await expect(take.last).to_be_focused()
        await client.says("stop")
        await expect(amani.page.locator("#cards li")).to_have_count(1)


async def test_a_card_tells_that_the_client_has_written(talk: Talk) -> None:
    await talk.amani.page.click(".back")
    await expect(talk.amani.page.locator("#cards .new")).to_be_hidden()
    await talk.client.says("naogopa")
    await expect(talk.amani.page.locator("#cards .new")).to_be_visible()
    await expect(talk.amani.page.locator("body")).not_to_contain_text("naogopa")


async def test_what_a_client_writes_never_runs_at_the_counselors(talk: Talk) -> None:
    nasty = [
        '<img src=/before onerror="window.ran=1">',
        "<script>window.ran=1</script>",
        '"><svg onload=window.ran=1>',
        "javascript:window.ran=1",
        "</li></ol><form action=/console/logout><button>x</button></form>",
    ]
    for text in nasty:
        await talk.client.says(text)
    shown = talk.amani.page.locator("#messages li.client p")
    for _ in range(2):
        await expect(shown).to_have_text(nasty)
        assert await talk.amani.page.evaluate("window.ran") is None
        assert await talk.amani.page.locator("#messages :is(img, svg, script)").count() == 0
        await talk.amani.page.reload()
    assert not [url for url in talk.amani.asked if url.endswith("/before")]


async def test_a_case_that_the_client_ends_is_over_for_the_counselor_too(talk: Talk) -> None:
    await talk.client.says("stop")
    await expect(talk.amani.page.locator("body")).to_contain_text("There is no open case for you here.")


@pytest.mark.parametrize("listening", [True, False])
async def test_an_unattended_page_goes_back_to_the_login(talk: Talk, listening: bool) -> None:
    if listening:
        await talk.amani.says("Pole.")
        await talk.client.reads("Pole.")
    talk.site.clock.move(seconds=IDLE.total_seconds())
    await expect(talk.amani.page.locator("[name=passphrase]")).to_be_visible()
    await expect(talk.amani.page.locator("#messages")).to_have_count(0)


async def test_an_answer_written_without_connection_goes_out_once_when_it_is_back(talk: Talk) -> None:
    await talk.amani.context.set_offline(True)
    await talk.amani.says("Pole.")
    await expect(talk.amani.page.locator("#trouble")).to_be_visible()
    await talk.amani.context.set_offline(False)
    await talk.client.reads("Pole.")
    await talk.amani.page.locator("#messages .counselor small", has_text="Sent").wait_for()
    await expect(talk.amani.page.locator("#messages .counselor")).to_have_count(1)


async def test_without_scripts_a_case_can_be_answered_too(running: Site, browser: Browser) -> None:
    async with window(browser) as client, window(browser, scripts=False) as amani:
        await client.page.goto(f"{running.url}/chat")
        await client.says("talk to a person")
        await client.reads("on shift")
        await amani.logs_in(running.url)
        await amani.takes()
        await amani.page.fill("#text", "Pole.")
        await amani.page.click("#write button")
        await expect(amani.page.locator("#messages .counselor p")).to_have_text("Pole.")
        await client.reads("Pole.")
