"""WhatsApp's 24 hours: when a client last wrote, as coarsely as the rule allows, and no longer than it matters."""

import msgspec

from bot.store.codec import Memory
from handlers.events import Event, Said, SentMedia, Started, Tapped, Undelivered

# WhatsApp lets a business answer freely for 24 hours after the client's last message (Twilio error 63016 afterwards).
WINDOW_SECONDS = 24 * 3600
# Times identify (security.md R33): kept to the quarter of an hour before, so that the window never seems open too long.
STEP_SECONDS = 15 * 60
# The only channel with such a rule; of the others no time is kept.
CHANNEL = "whatsapp"
_NEVER = 0.0


def heard(channel: str, memory: Memory, event: Event, now: float) -> Memory:
    """Return the memory after `event`, at `now` in epoch seconds. A time that has served its purpose is forgotten."""
    return msgspec.structs.replace(memory, last_heard=_last_heard(channel, memory, event, now))


def _last_heard(channel: str, memory: Memory, event: Event, now: float) -> float:
    if channel != CHANNEL or event == Undelivered("window"):  # WhatsApp itself says that it is closed
        return _NEVER
    if isinstance(event, Said | Tapped | SentMedia | Started):
        return now - now % STEP_SECONDS
    return memory.last_heard if is_open(channel, memory, now) else _NEVER


def is_open(channel: str, memory: Memory, now: float) -> bool:
    """Return whether words of our own choice may be sent at `now` (epoch seconds)."""
    return channel != CHANNEL or now - memory.last_heard <= WINDOW_SECONDS
