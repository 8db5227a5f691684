"""How a letter reaches its reader: the client's channel within its window, or the web page, once."""

from datetime import timedelta

import pytest

from bot.carriers import ToClient, ToPage, spoken
from bot.channels import Address, Parcel, Receipt, WindowClosed
from bot.channels.webchat import Bells
from bot.store import webchat
from bot.store.codec import Letter, Memory
from bot.store.conversations import Conversation
from bot.store.window import WINDOW_SECONDS
from handlers.states import Choice, Idle
from tests.talk import Clock, Service

CHOICES = (Choice("book", "Book a visit"),)


class Kept:
    """A channel that keeps what it is given."""

    def __init__(self) -> None:
        self.parcels: list[Parcel] = []

    async def send(self, parcel: Parcel) -> Receipt:
        self.parcels.append(parcel)
        return Receipt("id-1")

    async def close(self) -> None: ...


async def conversation(line: Service, channel: str, heard: timedelta) -> Conversation:
    """A conversation whose client wrote last so long ago."""
    client = line.client("asha")
    await client.says("hello")
    found = await line.app.database.read(lambda conn: line.app.vault.find(conn, Address("web", "asha")))
    opened = await line.app.database.read(lambda conn: line.app.vault.open(conn, str(found)))
    assert opened
    memory = Memory(last_heard=(line.clock() - heard).timestamp())
    address = Address(channel, "+254722000001")
    return Conversation(opened.id, opened.alias, channel, opened.seal, address, memory, Idle())


async def test_a_parcel_has_the_address_the_choices_and_the_reference(line: Service) -> None:
    kept = Kept()
    to = await conversation(line, "telegram", timedelta(days=9))
    receipt = await ToClient(kept, line.clock).carry(to, Letter("words", CHOICES), "row-1")
    assert receipt == Receipt("id-1")
    assert kept.parcels == [Parcel(Address("telegram", "+254722000001"), "words", CHOICES, "row-1")]


@pytest.mark.parametrize(("channel", "silent", "closed"), [
    ("whatsapp", WINDOW_SECONDS, False),
    ("whatsapp", WINDOW_SECONDS + 1, True),
    ("sms", WINDOW_SECONDS + 1, False),
    ("telegram", WINDOW_SECONDS + 1, False),
])  # fmt: skip
async def test_only_whatsapp_has_a_window(line: Service, channel: str, silent: float, closed: bool) -> None:
    kept = Kept()
    to = await conversation(line, channel, timedelta(seconds=silent))
    carrier = ToClient(kept, line.clock)
    if closed:
        with pytest.raises(WindowClosed):
            await carrier.carry(to, Letter("words"), "row-1")
    else:
        await carrier.carry(to, Letter("words"), "row-1")
    assert len(kept.parcels) == (not closed)


async def test_a_template_passes_the_closed_window(line: Service) -> None:
    kept = Kept()
    to = await conversation(line, "whatsapp", timedelta(days=9))
    await ToClient(kept, line.clock).carry(to, Letter("", template="reply"), "row-1")
    assert [one.template for one in kept.parcels] == ["reply"]


def test_a_counselor_speaks_under_an_alias() -> None:
    assert spoken(Letter("Pole.", author="Amani")) == "Amani: Pole."
    assert spoken(Letter("Pole.")) == "Pole."


async def test_a_letter_is_on_the_page_once_however_often_it_is_carried(line: Service) -> None:
    bells = Bells()
    to = await conversation(line, "web", timedelta())
    page = ToPage(line.app.database, bells, Clock())
    async with bells.listening(to.id) as bell:
        for _ in range(3):
            assert await page.carry(to, Letter("Pole.", author="Amani"), "row-1") == Receipt("row-1")
        assert bell.is_set()
    shown = await line.app.database.read(lambda conn: list(webchat.after(conn, to.seal, to.id, 0)))
    assert [one.author for one in shown if one.letter.text == "Pole."] == ["counselor"]
