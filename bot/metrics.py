"""Counters for Prometheus. A label is a channel, an outcome or a code of the log: nothing that points to a client."""

import re

from prometheus_client import CollectorRegistry, Counter, ProcessCollector, disable_created_metrics

disable_created_metrics()  # type: ignore[no-untyped-call]  # the library annotates everything but this
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)

_arrivals = Counter(
    "msiri_arrivals", "What came in and was written down, repeats included", ["source"], registry=REGISTRY
)
_turns = Counter("msiri_turns", "Events handled", registry=REGISTRY)
_parcels = Counter(
    "msiri_parcels", "Attempts to send, by what became of them", ["channel", "outcome"], registry=REGISTRY
)
_said = Counter("msiri_log_lines", "Lines written to the log", ["code"], registry=REGISTRY)

_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


def arrived(source: str) -> None:
    """Count an arrival from `source`; the account's id in it ("telegram:123") is left out."""
    _arrivals.labels(source.partition(":")[0]).inc()


def turned() -> None:
    """Count an event that was handled."""
    _turns.inc()


def said(code: str) -> None:
    """Count a line of the log."""
    _said.labels(code).inc()


class Attempt:
    """Counts an attempt to send over `channel` when it ends: as accepted, or by the kind of error, like "window_closed"."""

    def __init__(self, channel: str) -> None:
        self._channel = channel

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Count; an error goes on."""
        outcome = _WORD.sub("_", kind.__name__).lower() if kind else "accepted"
        _parcels.labels(self._channel, outcome).inc()
