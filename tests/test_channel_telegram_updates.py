"""Reading Telegram's updates: what each kind means, what is not for us, and that no shape of them ever raises."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels import Address, Arrival, Thread
from bot.channels.telegram_updates import MEDIA, arrival, callback_id
from handlers.events import CounselorClosed, CounselorSaid, CounselorTook, Event, Said, SentMedia, Started, Tapped
from tests.wires.spec import SPECS
from tests.wires.telegram import PretendTelegram
from tests.wires.telegram_people import MEDIA as SENT
from tests.wires.telegram_world import FORUM

ASHA = 501
COUNSELOR = 77
BOT = 123456
PERSON = {"id": ASHA, "is_bot": False, "first_name": "Name"}


def private(**content: Any) -> dict[str, Any]:
    chat = {"id": ASHA, "type": "private"}
    return {"update_id": 9, "message": {"message_id": 1, "date": 1, "chat": chat, "from": PERSON} | content}


def desk(text: object, **content: Any) -> dict[str, Any]:
    chat = {"id": FORUM, "type": "supergroup", "is_forum": True}
    place = {"chat": chat, "from": PERSON | {"id": COUNSELOR}, "message_thread_id": 5, "is_topic_message": True}
    return {"update_id": 9, "message": {"message_id": 1, "date": 1, "text": text} | place | content}


def event_of(update: object) -> Event | None:
    found = arrival(update, BOT, FORUM)
    return found.event if found else None


async def test_what_a_pretend_telegram_pushes() -> None:
    telegram = PretendTelegram()
    update = await telegram.says(ASHA, "Nina swali")
    number = str(update["update_id"])
    assert arrival(update, BOT, None) == Arrival(
        f"telegram:{BOT}", number, Address("telegram", str(ASHA)), Said("Nina swali")
    )
    assert event_of(await telegram.says(ASHA, "/start")) == Started()
    tap = await telegram.taps(ASHA, None, "book", forged=True)
    assert event_of(tap) == Tapped("book")
    assert callback_id(tap) == tap["callback_query"]["id"]
    assert callback_id(update) == ""
    assert event_of(await telegram.blocks(ASHA)) is None
    assert telegram.problems == []


@pytest.mark.parametrize("kind", SENT)
async def test_media_is_told_by_its_kind_whatever_its_caption_says(kind: Any) -> None:
    telegram = PretendTelegram()
    told = kind if kind in ("photo", "voice", "sticker", "location") else "other"
    assert event_of(await telegram.sends(ASHA, kind, "angalia")) == SentMedia(told)


@pytest.mark.parametrize("kind", ["audio", "video", "animation", "video_note", "venue", "poll", "dice", "rich_message"])
def test_other_media(kind: str) -> None:
    assert event_of(private(**{kind: {}})) == SentMedia(MEDIA[kind])


def test_all_contents_of_a_message_are_known() -> None:
    path = Path(SPECS) / "telegram.json"
    if not path.exists():
        pytest.skip("needs Telegram's description beside the project")
    fields = {field["name"] for field in json.loads(path.read_text())["types"]["Message"]["fields"]}
    assert set(MEDIA) <= fields


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("/start", Started()),
        ("/start payload", Started()),
        ("/START@msiri_bot", Started()),
        ("/menu", Said("menu")),
        ("/Menu@msiri_bot", Said("menu")),
        ("/help me please", Said("help me please")),
        ("/niliumizwa\nna mume wangu", Said("niliumizwa na mume wangu")),
        ("/", Said("/")),
        ("a/b", Said("a/b")),
        ("a\x00b\u202ec\ud83d", Said("abc")),
        ("\u200b\u200b", SentMedia("other")),
        ("x" * 5000, Said("x" * 4096)),
        ("//x", Said("/x")),
    ],
)
def test_texts(text: str, event: Event) -> None:
    assert event_of(private(text=text)) == event


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Habari", CounselorSaid("tg:77", "Habari")),
        ("/take", CounselorTook("tg:77")),
        ("/close", CounselorClosed("tg:77")),
        (" /Close@msiri_bot ", CounselorClosed("tg:77")),
        ("/close now", CounselorClosed("tg:77")),
        ("/closed", CounselorSaid("tg:77", "/closed")),
        ("// a note", None),
        ("  //a note", None),
        ("\u200b// a note", None),
        ("", None),
        ("\u200b", None),
        (7, None),
    ],
)
def test_what_counselors_write_in_a_thread(text: object, event: Event | None) -> None:
    assert event_of(desk(text)) == event


def test_the_sender_of_what_a_counselor_writes_is_the_thread() -> None:
    found = arrival(desk("x"), BOT, FORUM)
    assert found
    assert found.sender == Thread(5)
    assert found.external_id == "9"


def test_what_is_written_outside_of_the_threads_reaches_nobody() -> None:
    assert event_of(desk("a reply in the general thread", is_topic_message=None)) is None
    assert event_of(desk("x", message_thread_id=None)) is None
    assert arrival(desk("x"), BOT, None) is None
    assert arrival(desk("x"), BOT, FORUM - 1) is None


@pytest.mark.parametrize("sender", [PERSON | {"is_bot": True}, {}, {"id": "501"}, None, []])
def test_only_people_are_heard(sender: object) -> None:
    assert event_of(private(text="x", **{"from": sender})) is None
    assert event_of(desk("x", **{"from": sender})) is None


def test_channels_groups_edits_and_notices_are_not_for_us() -> None:
    message = private(text="x")["message"]
    assert event_of({"update_id": 1, "edited_message": message}) is None
    assert event_of({"update_id": 1, "channel_post": message}) is None
    assert event_of(private(text="x", chat={"id": -5, "type": "group"})) is None
    assert event_of(desk("x", sender_chat={"id": FORUM, "type": "supergroup"})) is None
    assert event_of(private(pinned_message={"message_id": 1})) is None
    query = {"id": "1", "from": PERSON, "message": desk("x")["message"], "data": "book"}
    assert event_of({"update_id": 1, "callback_query": query}) is None


def test_a_tap_is_cut_and_cleaned() -> None:
    query = {"id": "1", "from": PERSON, "message": private()["message"], "data": "\x00" + "x" * 99}
    assert event_of({"update_id": 1, "callback_query": query}) == Tapped("x" * 64)


def test_an_id_longer_than_any_is_none() -> None:
    assert event_of(private(text="x") | {"update_id": 10**5000}) is None
    assert event_of(private(text="x", chat={"id": 10**5000, "type": "private"})) is None
    assert event_of(desk("x", message_thread_id=10**5000)) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=4,
)
NAMES = ("update_id", "message", "callback_query")
PARTS = ("chat", "from", "text", "data", "id", "type", "message_thread_id", "is_topic_message", "photo", "message")


def whole() -> list[str]:
    """Good updates, written out."""
    query = {"id": "1", "from": PERSON, "message": private()["message"], "data": "x"}
    return [json.dumps(one) for one in (private(text="x"), desk("x"), private(photo=[]), {"callback_query": query})]


@settings(max_examples=400)
@given(st.data())
def test_no_shape_of_an_update_raises(data: st.DataObject) -> None:
    update: Any = json.loads(data.draw(st.sampled_from(whole())))
    place: Any = update
    for _ in range(data.draw(st.integers(0, 3))):
        inner = [value for value in place.values() if isinstance(value, dict)]
        place = data.draw(st.sampled_from(inner)) if inner else place
    place[data.draw(st.sampled_from([*place, *NAMES, *PARTS]))] = data.draw(JSON)
    found = arrival(update, BOT, FORUM)
    assert found is None or found.source == f"telegram:{BOT}"
    assert isinstance(callback_id(update), str)


@given(JSON)
def test_what_is_no_update_is_nothing(thing: object) -> None:
    assert arrival(thing, BOT, FORUM) is None
    assert callback_id(thing) == ""
