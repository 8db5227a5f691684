"""The client's page over real HTTP, as a browser without scripts sees it, and as somebody who means harm does."""

import re
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path

import pytest
from starlette.types import Message, Receive, Scope, Send

from bot.channels.webchat import Bells
from bot.store.conversations import Vault
from bot.store.database import Database
from bot.web.security import BODY_LIMIT, HEADERS, SecurityHeaders
from bot.web.stream import QUIET_LOOKS, Streams, last_id
from bot.web.words import preferred, words
from knowledge_base.library import Library
from tests.browser.site import Site, Visitor, events, site, small_site
from tests.talk import code_in

QUESTION = "condom imepasuka jana usiku nifanye nini"


@pytest.fixture
async def running(tmp_path: Path, content: Library) -> AsyncIterator[Site]:
    """The service."""
    async with small_site(tmp_path, content) as started:
        yield started


@pytest.fixture
async def visitor(running: Site) -> AsyncIterator[Visitor]:
    """A client's browser."""
    async with Visitor(running.url) as one:
        yield one


@pytest.fixture
async def anywhere(database: Database, vault: Vault, content: Library) -> AsyncIterator[Visitor]:
    """A client's browser, for the service on each of the two databases."""
    async with site(database, vault, content) as started, Visitor(started.url) as one:
        yield one


async def test_who_only_looks_leaves_nothing_with_us(running: Site, visitor: Visitor) -> None:
    before = await running.snapshot()
    page = await visitor.opens("/chat")
    assert "Karibu" in page
    assert "Welcome" in page
    assert await running.snapshot() == before


async def test_a_question_is_answered_without_scripts(anywhere: Visitor) -> None:
    await anywhere.opens("/chat")
    page = await anywhere.says(QUESTION)
    assert "72" in page
    assert page.index(QUESTION) < page.index("72")


async def test_a_visit_is_booked_by_taps_without_scripts(anywhere: Visitor) -> None:
    await anywhere.opens("/chat")
    await anywhere.says("book")
    for _ in range(3):
        page = await _taps_first(anywhere)
    assert "Shall I book it?" in page
    await anywhere.says("yes")
    assert code_in(anywhere.page)


async def _taps_first(visitor: Visitor) -> str:
    """Tap the first choice of the last message."""
    forms = re.findall(r'<form method="post" class="choices">(.*?)</form>', visitor.page, re.DOTALL)
    nonce = re.search(r'name="nonce" value="([^"]+)"', forms[-1])
    choice = re.search(r'name="choice" value="([^"]+)"', forms[-1])
    assert nonce
    assert choice
    assert await visitor.sends("/chat", {"nonce": nonce[1], "choice": choice[1]}) == 303
    return await visitor.opens("/chat")


async def test_a_tap_shows_the_words_that_were_tapped(visitor: Visitor) -> None:
    await visitor.opens("/chat")
    assert await visitor.sends("/chat", {"choice": "lang:sw", "nonce": "a"}) == 303
    page = await visitor.opens("/chat")
    assert re.search(r'class="client".*?<p>Kiswahili</p>', page, re.DOTALL)
    assert "Nitaongea Kiswahili" in page


async def test_a_tap_on_something_never_offered_shows_no_words_of_its_own(visitor: Visitor) -> None:
    await visitor.opens("/chat")
    assert await visitor.sends("/chat", {"choice": "<b>never</b>" * 20}) == 303
    assert "never" not in await visitor.opens("/chat")


async def test_the_page_speaks_the_clients_language_once_it_is_known(visitor: Visitor) -> None:
    assert "Ondoka · Leave now" in await visitor.opens("/chat")
    page = await visitor.says(QUESTION)
    assert '<html lang="sw">' in page
    assert "Leave now" not in page
    page = await visitor.says("english")
    assert '<html lang="en">' in page
    assert "Ondoka" not in page


async def test_the_same_form_sent_twice_is_taken_once(anywhere: Visitor) -> None:
    await anywhere.opens("/chat")
    for _ in range(2):
        assert await anywhere.sends("/chat", {"text": "what is prep", "nonce": "same"}) == 303
    assert (await anywhere.opens("/chat")).count("<p>what is prep</p>") == 1
    for _ in range(2):
        assert await anywhere.sends("/chat", {"choice": "counselor", "nonce": "same tap"}) == 303
    assert (await anywhere.opens("/chat")).count("<p>Talk to a person</p>") == 1


async def test_a_page_with_scripts_gets_no_page_back(visitor: Visitor) -> None:
    await visitor.opens("/chat")
    assert await visitor.sends("/chat", {"text": "hello"}, X_Page="1") == 204
    assert await visitor.sends("/chat", {"text": ""}, X_Page="1") == 204


async def test_new_messages_are_streamed_after_the_last_one_seen(visitor: Visitor) -> None:
    await visitor.opens("/chat")
    await visitor.says("hello")
    read = await events(visitor, "/chat/events", "Msiri")
    first = int(re.findall(r"^id: (\d+)$", read, re.MULTILINE)[0])
    later = await events(visitor, f"/chat/events?last={first}", "Msiri")
    assert f"id: {first}\n" not in later
    again = await events(visitor, "/chat/events?last=0", "Msiri", Last_Event_ID=str(first))
    assert f"id: {first}\n" not in again


@pytest.mark.parametrize("junk", ["-1", "x", "", "9" * 500, "1;drop", "\u0663", "1e9", "0x1", " 1"])
def test_a_junk_last_event_id_is_the_beginning(junk: str) -> None:
    assert last_id(junk, None) == 0
    assert last_id(None, junk) == 0
    assert last_id(junk, "7") == 7


async def test_a_stream_survives_a_junk_last_event_id(anywhere: Visitor) -> None:
    await anywhere.opens("/chat")
    await anywhere.says("hello")
    for junk in ("-1", "x" * 500, "9" * 30):
        assert "hello" in await events(anywhere, "/chat/events", "hello", Last_Event_ID=junk)
    assert "retry" in await events(anywhere, "/chat/events?last=99999999999999999", "retry")


async def test_a_quiet_stream_shows_now_and_then_that_it_lives() -> None:
    bells, seen = Bells(), count()

    async def nothing(last: int) -> list[dict[str, object]] | None:
        bells.ring("name")
        return [] if next(seen) < 2 * QUIET_LOOKS else None

    parts = [str(part) async for part in Streams(bells).of("name", 0, nothing).body_iterator]
    assert parts == ["retry: 2000\n\n", ":\n\n", ":\n\n", "event: end\ndata: end\n\n"]


async def test_what_is_no_request_for_a_page_passes_untouched() -> None:
    passed = []

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        passed.append((scope, receive, send))

    async def receive() -> Message:
        return {}

    async def send(message: Message) -> None:
        pytest.fail("nothing was to be sent")

    await SecurityHeaders(inner, secure=True)({"type": "lifespan"}, receive, send)
    assert passed == [({"type": "lifespan"}, receive, send)]


async def test_there_is_no_stream_without_a_conversation(visitor: Visitor) -> None:
    assert (await visitor.asks("GET", "/chat/events")).status == 404
    await visitor.opens("/chat")
    assert (await visitor.asks("GET", "/chat/events")).status == 404


JUNK_COOKIES = ["", "x", "a" * 43, "a" * 5000, "\u00ad" * 43, "../../etc/passwd", "' or 1=1 --", "%00%00", "é" * 43]


async def test_a_junk_cookie_is_a_new_client(running: Site, visitor: Visitor) -> None:
    before = await running.snapshot()
    for cookie in JUNK_COOKIES:
        for path, status in (("/chat", 200), ("/chat/events", 404)):
            answer = await visitor.asks("GET", path, headers={"Cookie": f"chat={cookie}"})
            assert answer.status == status, (path, cookie)
    assert await running.snapshot() == before


async def test_two_clients_never_see_each_others_words(running: Site, visitor: Visitor) -> None:
    await visitor.opens("/chat")
    await visitor.says("my own secret words")
    async with Visitor(running.url) as other:
        assert "secret" not in await other.opens("/chat")
        assert "secret" not in await other.says("hello")


async def test_the_first_message_is_not_lost_when_the_cookie_is_gone(visitor: Visitor) -> None:
    await visitor.opens("/chat")
    await visitor.says("hello")
    visitor.session.cookie_jar.clear()
    assert QUESTION in await visitor.says(QUESTION)


async def test_there_is_one_cookie_for_the_browsers_session_only(visitor: Visitor) -> None:
    answer = await visitor.asks("GET", "/chat")
    (cookie,) = answer.headers.getall("Set-Cookie")
    assert re.fullmatch(r"chat=[\w-]{43}; HttpOnly; Path=/; SameSite=lax", cookie)
    assert "Set-Cookie" not in (await visitor.asks("GET", "/chat")).headers


async def test_over_https_the_cookie_is_bound_to_the_host(database: Database, vault: Vault, content: Library) -> None:
    secure = site(database, vault, content, public_url="https://line.example")
    async with secure as running, Visitor(running.url) as visitor:
        answer = await visitor.asks("GET", "/chat")
        assert answer.headers["Set-Cookie"].startswith("__Host-chat=")
        assert "Secure" in answer.headers["Set-Cookie"]
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
        left = await visitor.asks("GET", "/chat/leave")
        assert "Secure" in left.headers["Set-Cookie"]


async def test_leaving_forgets_the_conversation_in_this_browser(visitor: Visitor) -> None:
    await visitor.opens("/chat")
    await visitor.says("my own secret words")
    answer = await visitor.asks("GET", "/chat/leave")
    assert answer.status == 303
    assert answer.headers["Location"].endswith("/elsewhere")
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert "secret" not in await visitor.opens("/chat")


async def test_another_site_cannot_make_a_client_leave(visitor: Visitor) -> None:
    await visitor.opens("/chat")
    await visitor.says("my own secret words")
    answer = await visitor.asks("GET", "/chat/leave", headers={"Sec-Fetch-Site": "cross-site"})
    assert "Clear-Site-Data" not in answer.headers
    assert "secret" in await visitor.opens("/chat")


FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://["},
    {"Origin": ""},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
]


async def test_other_sites_cannot_write_for_a_client(running: Site, visitor: Visitor) -> None:
    await visitor.opens("/chat")
    before = await running.snapshot()
    for headers in FOREIGN:
        answer = await visitor.asks("POST", "/chat", data={"text": "hello"}, headers=headers)
        assert answer.status == 403, headers
    assert await running.snapshot() == before


OWN = [{}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "same-origin", "Origin": "null"}]


async def test_our_own_page_may_write(visitor: Visitor) -> None:
    await visitor.opens("/chat")
    for headers in OWN:
        assert (await visitor.asks("POST", "/chat", data={"text": "hello"}, headers=headers)).status == 303, headers


async def test_a_body_over_the_limit_is_refused_and_changes_nothing(running: Site, visitor: Visitor) -> None:
    await visitor.opens("/chat")
    before = await running.snapshot()
    answer = await visitor.asks("POST", "/chat", data=b"text=" + b"x" * BODY_LIMIT)
    assert answer.status == 413
    assert "too long" in visitor.page
    assert await running.snapshot() == before


STRANGE = [
    b"",
    b"\xff\xfe\x00",
    b"text=",
    b"&" * 500,
    b"text=%ED%A0%80%00%FF&nonce=%00",
    b"choice=%00",
    b"text=x&nonce=" + b"n" * 5000,
    b"text=" + "😀".encode() * 4000,
    b'------x\r\nContent-Disposition: form-data; name="text"\r\n\r\nhello\r\n------x--',
]


async def test_a_strange_body_is_no_error(anywhere: Visitor) -> None:
    await anywhere.opens("/chat")
    for body in STRANGE:
        assert (await anywhere.asks("POST", "/chat", data=body)).status == 303, body[:20]
    await anywhere.opens("/chat")


async def test_other_methods_are_refused(visitor: Visitor) -> None:
    for path in ("/chat", "/chat/events", "/chat/leave"):
        for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
            assert (await visitor.asks(method, path)).status == 405, (method, path)


async def test_leaving_and_listening_are_no_forms(visitor: Visitor) -> None:
    for path in ("/chat/events", "/chat/leave"):
        assert (await visitor.asks("POST", path)).status == 405


async def test_every_answer_carries_the_headers(visitor: Visitor) -> None:
    for path in (
        "/chat",
        "/chat/leave",
        "/chat/events",
        "/static/chat.js",
        "/static/msiri.css",
        "/nothing",
        "/console",
    ):
        answer = await visitor.asks("GET", path)
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, (path, name)


async def test_client_text_is_shown_as_text(visitor: Visitor) -> None:
    await visitor.opens("/chat")
    page = await visitor.says("<img src=x onerror=alert(1)><script>alert(1)</script>\"'&")
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)" in page


async def test_the_page_has_no_inline_code_and_asks_nobody_else(visitor: Visitor) -> None:
    page = await visitor.opens("/chat")
    assert not re.search(r"<script(?![^>]*src=)|\son\w+=|style=|javascript:", page)
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)


async def test_the_style_is_small(visitor: Visitor) -> None:
    assert len(await visitor.opens("/static/msiri.css")) < 15 * 1024


def test_the_languages_of_a_browser_are_understood() -> None:
    assert preferred("sw-KE,sw;q=0.9,en;q=0.8") == "sw"
    assert preferred("de-DE,en-GB;q=0.7,sw;q=0.3") == "en"
    assert preferred("") == "en"
    assert words("")("send") == "Tuma · Send"
    assert words("sw")("send") == "Tuma"
