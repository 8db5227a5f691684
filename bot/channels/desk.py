"""The counselors' desk, a Telegram group: what it is told, and how a parcel gets into a thread of it.

The desk gets notices only, in our words and under the alias; what clients write goes there only if the organisation
switches that on, and then anew, never forwarded, which would show the sender (security.md R22).
"""

from collections.abc import Mapping
from typing import Protocol

from bot.channels import Misconfigured, Parcel, Receipt, Thread
from bot.channels.layout import strip_unsafe

# Bot API, createForumTopic: 128 characters at most; an alias or a reason is never that long.
WORDS_LIMIT = 64
TEXTS: Mapping[str, Mapping[str, str]] = {
    "en": {"waits": "waits", "urgent": "urgent", "open": "Open the console.", "waiting": "waiting in all"},
    "sw": {"waits": "anasubiri", "urgent": "haraka", "open": "Fungua dawati.", "waiting": "wanaosubiri kwa jumla"},
}


def notice(alias: str, reason: str, urgent: bool, lang: str = "en", waiting: int = 1) -> str:
    """Return the notice of a handover, such as "P-417 waits · asked for a person · urgent. Open the console.".

    `reason` is one of our own words for a reason, never the client's; `waiting` counts all who wait.
    """
    words = TEXTS.get(lang, TEXTS["en"])
    marks = [_short(reason), words["urgent"] if urgent else "", f"{waiting} {words['waiting']}" if waiting > 1 else ""]
    return " · ".join([f"{_short(alias)} {words['waits']}", *filter(None, marks)]) + f". {words['open']}"


def thread_name(alias: str) -> str:
    """Return the name of a handover's thread: the alias and nothing else."""
    return _short(alias)


def _short(words: str) -> str:
    return " ".join(strip_unsafe(words).split())[:WORDS_LIMIT]


class Group(Protocol):
    """What the desk needs of Telegram."""

    async def post(self, chat_id: int, thread: int | None, text: str) -> Receipt:
        """Write anew into a thread, or into the group itself."""
        ...


class DeskChannel:
    """Sends parcels into threads of the desk. Choices are the client's, and not shown."""

    def __init__(self, group: Group, chat_id: int) -> None:
        self._group, self._chat = group, chat_id

    async def send(self, parcel: Parcel) -> Receipt:
        """Write the parcel's text into its thread; raises what `Channel.send` raises."""
        if not isinstance(parcel.to, Thread):
            raise Misconfigured("no thread of the desk")
        return await self._group.post(self._chat, parcel.to.id, parcel.text)

    async def close(self) -> None:
        """Nothing is held: the connections are the group's."""
