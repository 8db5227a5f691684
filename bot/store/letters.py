"""A letter's row in the outbox."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from bot.store import codec
from bot.store.codec import Letter
from bot.store.sealed import Seal

# A letter is still worth sending after a day; later the question has been asked again or forgotten, and a notice is no news.
VALID = timedelta(hours=24)


def row(
    seal: Seal,
    conversation_id: str | None,
    cause: str,
    channel: str,
    letter: Letter,
    now: datetime,
    *,
    valid: timedelta = VALID,
    once: bool = False,
) -> dict[str, Any]:
    """Return the row of a letter that is to be sent from `now` on: `once` at most, and not later than `valid`."""
    uid = secrets.token_hex(16)
    return {
        "uid": uid,
        "conversation_id": conversation_id,
        "cause": cause,
        "channel": channel,
        "body": seal.seal(codec.encode(letter), table="outbox", column="body", row=uid),
        "status": "ready",
        "attempts": 0,
        "due": now.timestamp(),
        "valid_until": (now + valid).timestamp(),
        "once": once,
    }
