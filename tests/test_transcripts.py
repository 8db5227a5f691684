"""Whole conversations as people have them, played over the real service: inbox, turn, outbox and a database.

One line is one thing that happens:

    # a remark
    > what the client writes            (`> ` alone: an empty message)
    * what the client taps, by its label
    ! what the client sends that is no text: photo, voice, sticker, location, other, start
    < what the bot says next            (pieces in this order, with … between them)
    = a line of choices below it        ("1 Menu", "0 Talk to a person")
    @ Amani comes | takes | says … | reads … | closes | sees a reason
    clock +2h

Nothing may be said that no line expects.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.store.conversations import Vault
from bot.store.database import Database
from bot.store.migrate import migrate
from knowledge_base.library import Library
from tests.talk import Client, Counselor, Service, service

SCRIPTS = sorted(Path(__file__).with_name("transcripts").glob("*.txt"))
UNITS = {"h": "hours", "m": "minutes", "d": "days"}


@pytest.fixture
async def line(tmp_path: Path, vault: Vault, content: Library) -> AsyncIterator[Service]:
    """The whole service on SQLite; other tests hold the databases to be alike."""
    opened = await Database.open(f"sqlite:///{tmp_path}/transcripts.db")
    await migrate(opened)
    async with service(opened, vault, content) as running:
        yield running
    await opened.close()


@dataclass
class Play:
    """Plays one transcript. `waiting` holds what was said and not yet expected."""

    line: Service
    client: Client
    counselors: dict[str, Counselor] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)
    heard: str = ""

    async def happens(self, row: str) -> None:
        """Let the row happen, or hold what was said to it."""
        sign, _, rest = row.partition(" ")
        match sign:
            case "<":
                self._expects(rest)
            case "=":
                assert rest in self.heard.splitlines(), f"no line {rest!r} in:\n{self.heard}"
            case "@":
                await self._counselor(*rest.split(" ", 2))
            case "clock":
                self.silent()
                self.line.clock.move(**{UNITS[rest[-1]]: float(rest[1:-1])})
                await self.line.settle()
                self.waiting += await self.client.reads()
            case _:
                self.silent()
                self.waiting += await self._client(sign, rest)

    def silent(self) -> None:
        """Nothing was said that was not expected."""
        assert not self.waiting, f"not expected:\n{self.waiting[0]}"

    def _expects(self, pieces: str) -> None:
        assert self.waiting, f"nothing was said, expected {pieces!r}"
        self.heard = self.waiting.pop(0)
        at = 0
        for piece in pieces.split("…"):
            found = self.heard.find(piece.strip(), at)
            assert found >= 0, f"no {piece.strip()!r} in:\n{self.heard}"
            at = found + len(piece.strip())

    async def _client(self, sign: str, rest: str) -> list[str]:
        match sign:
            case ">":
                return await self.client.says(rest)
            case "*":
                return await self.client.taps(await self._id_of(rest))
            case "!":
                return await (self.client.starts() if rest == "start" else self.client.sends(rest))
        raise ValueError(f"no such line: {sign} {rest}")

    async def _id_of(self, label: str) -> str:
        """The id of a choice that was offered at any time: old keyboards can still be tapped."""
        offered = [choice for shown in await self.client.history() for choice in shown.letter.choices]
        return next(choice.id for choice in reversed(offered) if choice.label == label)

    async def _counselor(self, name: str, does: str, rest: str = "") -> None:
        if does == "comes":
            self.counselors[name] = await self.line.counselor(name)
            return
        counselor = self.counselors[name]
        (card,) = await counselor.queue()
        match does:
            case "takes":
                await counselor.takes(card.id)
            case "says":
                await counselor.says(card.id, rest)
            case "closes":
                await counselor.closes(card.id)
            case "sees":
                assert card.reason == rest
            case "reads":
                assert any(rest in one for one in await counselor.reads(card.id)), await counselor.reads(card.id)
            case _:
                raise ValueError(f"a counselor never {does}")
        self.waiting += await self.client.reads()


def rows(script: Path) -> Sequence[str]:
    """The rows of a transcript without remarks and empty lines."""
    return [
        row.rstrip("\n") for row in script.read_text("utf-8").splitlines() if row.strip() and not row.startswith("#")
    ]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
async def test_a_conversation_goes_as_written(script: Path, line: Service) -> None:
    play = Play(line, line.client())
    for number, row in enumerate(rows(script), 1):
        try:
            await play.happens(row)
        except AssertionError as error:
            pytest.fail(f"{script.name}, line {number} ({row}): {error}")
    play.silent()


def test_there_are_conversations_in_every_language() -> None:
    assert {script.stem.rsplit("-", 1)[1] for script in SCRIPTS} == {"en", "sw", "sheng"}
    assert len(SCRIPTS) >= 16


@pytest.mark.parametrize(
    ("row", "wrong"),
    [("< Good night", "no 'Good night' in"), ("= 7 Fly away", "no line '7 Fly away'"), ("> hello", "not expected")],
)
async def test_a_transcript_that_is_wrong_fails(row: str, wrong: str, line: Service) -> None:
    play = Play(line, line.client())
    await play.happens("> hello")
    with pytest.raises(AssertionError, match=wrong):
        await play.happens(row)
