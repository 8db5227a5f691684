"""The log: a closed list of event codes with typed, harmless fields. No text of a client, no address, no exception text."""

import logging
import sys
import traceback
from enum import StrEnum
from pathlib import Path

import structlog

# Libraries that write URLs (with the bot token), headers or parameters into their own logs: security.md, finding 2.
NOISY = (
    "httpx",
    "httpcore",
    "telegram",
    "twilio",
    "uvicorn",
    "uvicorn.access",
    "uvicorn.error",
    "aiohttp",
    "sqlalchemy",
    "asyncio",
)


class Code(StrEnum):
    """Everything the log can say."""

    STARTED = "started"
    STOPPED = "stopped"
    TURN_FAILED = "turn_failed"
    EVENT_PARKED = "event_parked"
    SEND_FAILED = "send_failed"
    SEND_DEAD = "send_dead"
    SEND_AMBIGUOUS = "send_ambiguous"
    POLL_FAILED = "poll_failed"
    READ_BACK = "read_back"
    READ_BACK_FAILED = "read_back_failed"
    WEBHOOK_REFUSED = "webhook_refused"
    WEBHOOK_FAILED = "webhook_failed"
    LOOP_FAILED = "loop_failed"
    DESK_FAILED = "desk_failed"


def silence() -> None:
    """Switch the libraries' own logs off, whatever level the root logger has."""
    for name in NOISY:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = False
        logger.addHandler(logging.NullHandler())


def start() -> None:
    """Log JSON lines to standard error."""
    silence()
    structlog.configure(
        processors=[structlog.processors.TimeStamper(fmt="iso", utc=True), structlog.processors.JSONRenderer()],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def say(code: Code, error: BaseException | None = None, **fields: int | float | bool) -> None:
    """Write one line. Of `error` only the kind and the place are told, since its text may hold anything."""
    where = {} if error is None else {"error": type(error).__name__, "at": _place(error)}
    structlog.get_logger().info(code.value, **fields, **where)


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
