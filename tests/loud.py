"""The command line as a careless machine would run it: everything that is logged goes to a file at DEBUG; and faults of
our own, on purpose: a turn that fails and a carrier that fails, each with the client's words in its exception."""

import logging
from typing import Any

from bot import __main__, carriers, turn
from handlers import dialogue
from handlers.events import Said

LOG = "debug.log"
EXPLODES = "lipuka"

_handle, _carry = dialogue.handle, carriers.ToClient.carry
_failed: set[str] = set()


def _breaking(state: Any, event: Any, facts: Any) -> Any:
    if isinstance(event, Said) and EXPLODES in event.text:
        raise ValueError(f"cannot handle {event.text!r}")
    return _handle(state, event, facts)


async def _dropping(self: Any, conversation: Any, letter: Any, reference: str) -> Any:
    """The first letter to each client fails: nobody can know whether it left."""
    if conversation.id not in _failed:
        _failed.add(conversation.id)
        raise RuntimeError(f"lost {letter.text!r} to {conversation.address.value}")
    return await _carry(self, conversation, letter, reference)


def main() -> None:
    """Run."""
    logging.basicConfig(filename=LOG, level=logging.DEBUG)
    logging.getLogger("httpx").debug("the log is open")
    turn.handle = _breaking  # type: ignore[attr-defined]
    carriers.ToClient.carry = _dropping  # type: ignore[method-assign]
    __main__.app()


if __name__ == "__main__":
    main()
