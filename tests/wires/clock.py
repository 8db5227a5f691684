"""The time at a provider: it stands still until a test moves it, or follows a clock that the test shares."""

from collections.abc import Callable
from datetime import UTC, datetime


class Clocked:
    """Something with a time of its own."""

    def __init__(self, clock: Callable[[], datetime] | None = None) -> None:
        self._clock = clock or _standing(datetime.now(UTC).replace(microsecond=0))

    @property
    def now(self) -> datetime:
        """The time at this provider, in UTC."""
        return self._clock().astimezone(UTC)

    @now.setter
    def now(self, moment: datetime) -> None:
        self._clock = _standing(moment)


def _standing(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment
