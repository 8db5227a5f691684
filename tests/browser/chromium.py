"""A headless Chromium that talks to nobody but the page, and what the tests ask of it."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from tests.browser.site import PASSPHRASE

MISSING = "Chromium is missing; run sh deploy/prepare.sh chromium"
# A busy machine is slow, not wrong.
PATIENCE_MS = 60_000
_FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Yield the browser; without it the tests fail with the remedy."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.fail(MISSING, pytrace=False)
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=program, args=_FLAGS.split(), timeout=PATIENCE_MS)
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def window(
    browser: Browser, width: int = 360, height: int = 740, scheme: str = "light", *, scripts: bool = True
) -> AsyncIterator["Window"]:
    """Yield a window with a profile of its own; at its end nothing may have gone wrong in it."""
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        java_script_enabled=scripts,
    )
    context.set_default_timeout(PATIENCE_MS)
    opened = Window(context, await context.new_page())
    yield opened
    await context.close()
    assert opened.errors == []
    assert {urlsplit(url).hostname for url in opened.asked} <= {"127.0.0.1", "localhost"}


class Window:
    """One page, with notes of what it asked for and what went wrong in it."""

    def __init__(self, context: BrowserContext, page: Page) -> None:
        self.context, self.page = context, page
        self.asked: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("dialog", lambda dialog: self.errors.append(dialog.message))
        page.on("console", lambda note: self._note(note.type, note.text))

    def _note(self, kind: str, text: str) -> None:
        """Keep what the browser complains about: above all whatever the content policy stopped."""
        if kind == "error" and "Failed to load resource" not in text:
            self.errors.append(text)

    async def says(self, text: str) -> None:
        """Write into the page's field and send it."""
        await self.page.fill("#text", text)
        await self.page.press("#text", "Enter")

    async def taps(self, label: str) -> None:
        """Tap the latest choice with this label."""
        await self.page.locator(".choices button", has_text=label).last.click()

    async def reads(self, words: str) -> None:
        """Wait until somebody else's message with these words is in the page."""
        others = "[data-own=client] li:not(.client), [data-own=counselor] li:not(.counselor)"
        await self.page.locator(others, has_text=words).last.wait_for()

    async def logs_in(self, url: str, login: str = "amani") -> None:
        """Log in at the console."""
        await self.page.goto(f"{url}/console/login")
        await self.page.fill("[name=login]", login)
        await self.page.fill("[name=passphrase]", PASSPHRASE)
        await self.page.press("[name=passphrase]", "Enter")
        await self.page.locator("#cards").wait_for(state="attached")
        await self.page.wait_for_load_state()

    async def takes(self) -> None:
        """Take the first case that waits."""
        await self.page.locator("#cards form button").filter(visible=True).first.click()
        await self.page.locator("#write").wait_for()
        await self.page.wait_for_load_state()

    async def problems(self) -> list[str]:
        """Return what axe finds wrong for people who use a page otherwise than by sight and mouse."""
        found = await Axe().run(self.page)
        return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found.response["violations"]]

    async def overflows(self) -> bool:
        """Return whether the page must be scrolled sideways."""
        wide = "() => [document.documentElement, ...document.querySelectorAll('main')].some(e => e.scrollWidth > e.clientWidth)"
        return bool(await self.page.evaluate(wide))
