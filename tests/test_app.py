"""The service is put together as the configuration says, or says in one sentence why not."""

from collections.abc import Mapping

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot import app as composition
from bot.channels import Misconfigured
from bot.config import ConfigProblem
from bot.store.conversations import Vault
from bot.store.database import Database, StoreError
from knowledge_base.library import Library
from tests.line import Line, Providers, until

Sections = Mapping[str, Mapping[str, object]]


async def built(around: Providers, database: Database, vault: Vault, content: Library, sections: Sections) -> None:
    """Build, and let go of it."""
    app = await composition.build(around.settings(**sections), database, vault, content, around.clock)
    await app.abandon()


@pytest.mark.parametrize(
    ("sections", "sentence"),
    [
        ({"telegram": {"webhook_secret": None}}, r"\[telegram\] mode = .webhook. needs webhook_secret"),
        ({"web": {"public_url": ""}, "twilio": {"account_sid": ""}}, r"\[telegram\] mode = .webhook. needs"),
        ({"twilio": {"auth_token": None}}, r"\[twilio\] needs auth_token and \[web\] public_url"),
        ({"web": {"public_url": ""}, "telegram": {"token": None}}, r"\[twilio\] needs auth_token and"),
    ],
)
async def test_what_is_missing_is_told(
    around: Providers, file_database: Database, vault: Vault, content: Library, sections: Sections, sentence: str
) -> None:
    with pytest.raises(ConfigProblem, match=sentence):
        await built(around, file_database, vault, content, sections)


async def test_a_token_that_telegram_refuses_is_told(
    around: Providers, file_database: Database, vault: Vault, content: Library
) -> None:
    with pytest.raises(Misconfigured):
        await built(around, file_database, vault, content, {"telegram": {"token": "123456:another"}})


async def test_a_token_that_is_none_is_told_even_while_telegram_is_away(
    around: Providers, file_database: Database, vault: Vault, content: Library
) -> None:
    away = {"telegram": {"token": "no-token", "api_base_url": "http://127.0.0.1:9"}}
    with pytest.raises(Misconfigured):
        await built(around, file_database, vault, content, away)
    await built(around, file_database, vault, content, {"telegram": {"api_base_url": "http://127.0.0.1:9"}})


async def test_without_a_database_the_service_is_not_well(wired: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await health(wired) == 200

    async def broken(_: object) -> None:
        raise StoreError("broken on purpose")

    with monkeypatch.context() as patch:
        patch.setattr(wired.app.database, "read", broken)
        assert await health(wired) == 503
    assert await health(wired) == 200


async def health(line: Line) -> int:
    async with aiohttp.ClientSession() as session, session.get(f"{line.address}/health") as answer:
        return answer.status


async def test_a_loop_that_ends_by_a_fault_is_told(
    around: Providers, file_database: Database, vault: Vault, content: Library
) -> None:
    app = await composition.build(around.settings(), file_database, vault, content, around.clock)

    async def faulty() -> None:
        raise LookupError("broken on purpose")

    app.loops.append(faulty())
    with capture_logs() as logged:
        async with app.running():
            await until(lambda: any(line["event"] == "loop_failed" for line in logged))
    told = next(line for line in logged if line["event"] == "loop_failed")
    assert told["error"] == "LookupError"
    assert "purpose" not in str(told)
