"""The whole content as clients see it, on every channel: one text file a topic under tests/snapshots.

    python -m tests.snapshot

writes the files anew after an answer was changed; the difference shows what clients will see changed.
"""

from collections.abc import Iterator
from pathlib import Path

from bot import preview
from bot.channels.layout import TEXT_LIMIT, numbered, split
from bot.channels.twilio import TEXT_LIMIT as TWILIO_LIMIT
from handlers.effects import Reply
from handlers.facts import Facts
from knowledge_base import library
from knowledge_base.library import Library
from knowledge_base.model import ANSWER_LANGUAGES, Entry

FOLDER = Path(__file__).with_name("snapshots")
NEXT_MESSAGE = "\n~~~ next message ~~~\n"


def rendered(content: Library) -> dict[str, str]:
    """Return the text of each file, by topic."""
    given = {lang: preview.facts(content, lang) for lang in ANSWER_LANGUAGES}
    topics = sorted({entry.topic for entry in content.entries.values()})
    return {topic: "\n".join(_topic(content, topic, given)) + "\n" for topic in topics}


def _topic(content: Library, topic: str, given: dict[str, Facts]) -> Iterator[str]:
    for entry in sorted(content.entries.values(), key=lambda one: one.id):
        if entry.topic == topic:
            yield from _entry(entry, given)


def _entry(entry: Entry, given: dict[str, Facts]) -> Iterator[str]:
    for lang, facts in given.items():
        for part in preview.PARTS:
            if reply := preview.said(entry, part, facts):
                yield f"\n===== {entry.id} · {lang} · {part} · {entry.answer(lang).title}\n"
                yield from _channels(reply)


def _channels(reply: Reply) -> Iterator[str]:
    """The text once, as it is the same everywhere, and below it what differs from channel to channel."""
    buttons = " ".join(f"[{choice.label}]" for choice in reply.choices)
    numbers = numbered(reply.text, reply.choices).removeprefix(reply.text).strip("\n")
    yield NEXT_MESSAGE.join(split(reply.text, TEXT_LIMIT, "utf16"))
    yield f"\n--- Telegram, web chat\n{buttons}"
    messages = len(split(numbered(reply.text, reply.choices), TWILIO_LIMIT, "utf16"))
    yield f"--- WhatsApp, SMS: {messages} message, {preview.sms_parts(reply)} SMS parts\n{numbers}"


def main() -> None:
    """Write all files anew, and remove those of topics that are gone."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.txt"):
        old.unlink()
    for topic, text in rendered(library.load()).items():
        (FOLDER / f"{topic}.txt").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
