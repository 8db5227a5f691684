"""The log: a closed list of event codes with typed, harmless fields. No text of a client, no address, no exception text."""

import logging
import sys
import threading
import traceback
from enum import StrEnum
from pathlib import Path

import structlog

from bot import metrics


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
    CONTENT_RENEWED = "content_renewed"
    CONTENT_REFUSED = "content_refused"
    CRASHED = "crashed"


def start() -> None:
    """Log JSON lines to standard error; whatever ends the program or a thread is told in the same form."""
    silence()
    structlog.configure(
        processors=[structlog.processors.TimeStamper(fmt="iso", utc=True), structlog.processors.JSONRenderer()],
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )
    sys.excepthook = lambda _, error, __: say(Code.CRASHED, error)
    threading.excepthook = lambda args: say(Code.CRASHED, args.exc_value)
    sys.unraisablehook = lambda args: say(Code.CRASHED, args.exc_value)


def silence() -> None:
    """Switch the libraries' own logs and warnings off, whatever level or handler a logger has or gets.

    They hold addresses with the bot's token, headers and parameters (security.md, finding 2). All of them, since a list
    of the noisy ones would lack the next.
    """
    logging.captureWarnings(True)
    logging.disable(logging.CRITICAL)


def say(code: Code, error: BaseException | None = None, **fields: int | float | bool) -> None:
    """Write one line. Of `error` only the kind and the place are told, since its text may hold anything."""
    metrics.said(code.value)
    where = {} if error is None else {"error": type(error).__name__, "at": _place(error)}
    structlog.get_logger().info(code.value, **fields, **where)


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
