"""Our own limits on sending, kept per client so that one who is throttled holds up nobody else."""

from bisect import bisect, bisect_left, insort
from collections import OrderedDict
from dataclasses import dataclass

# More clients than this are never in a hurry at once; those that were quiet longest are forgotten.
REMEMBERED = 10_000
# A place further away than this is told but not booked: whoever waits elsewhere asks again then, and would otherwise
# book, and wait for, one place after another. The outbox waits in memory as long as this.
HORIZON_SECONDS = 5.0
# Times are epoch seconds, whose last bit is about 0.2 µs.
TINY = 1e-5
DESK = "desk"


@dataclass(frozen=True, slots=True)
class Rate:
    """To one client: `burst` at once, then one every `seconds`."""

    seconds: float
    burst: int


@dataclass(frozen=True, slots=True)
class Quota:
    """To all together: at most `count` in any `seconds`."""

    count: int
    seconds: float


# Telegram: about 1/s to a chat, with short bursts (core.telegram.org/bots/faq). WhatsApp: one message in 6 s to one
# client (Meta's pair rate, error 131056). SMS: no figure for one client is known, so as carefully as to a chat.
# The desk is one chat.
EACH = {"telegram": Rate(1.0, 3), DESK: Rate(1.0, 3), "whatsapp": Rate(6.0, 4), "sms": Rate(1.0, 3)}
# Telegram: 30/s for a bot, 20/min for a group and all its threads together (core.telegram.org/bots/faq). WhatsApp: 80/s
# for a sender (Twilio error 63018). SMS: 1/s, the usual pace of a plain number at Twilio, which queues what is faster.
TOGETHER = {"telegram": Quota(30, 1.0), DESK: Quota(20, 60.0), "whatsapp": Quota(80, 1.0), "sms": Quota(1, 1.0)}
# What goes to the desk goes out over the same bot.
SHARED = {DESK: (DESK, "telegram")}


class Limiter:
    """Books places in time. Reads no clock: `now` is given, in epoch seconds, and never much earlier than before."""

    def __init__(self, horizon: float = HORIZON_SECONDS, remembered: int = REMEMBERED) -> None:
        self._horizon, self._remembered = horizon, remembered
        self._clients: OrderedDict[tuple[str, str], float] = OrderedDict()
        self._held: OrderedDict[tuple[str, str], float] = OrderedDict()
        self._booked: dict[str, list[float]] = {name: [] for name in TOGETHER}

    def next_at(self, channel: str, client: str, now: float) -> float:
        """Return the time from which a message may be sent. A channel without limits gets `now`."""
        key = _key(channel, client)
        at = max(now, self._held.get(key, 0.0), self._client_at(key, now))
        names = _quotas(channel)
        while (later := max((_place(self._booked[name], TOGETHER[name], at) for name in names), default=at)) > at:
            at = later
        return at

    def _client_at(self, key: tuple[str, str], now: float) -> float:
        """By the generic cell rate algorithm: one number says when the client's places would all be free again."""
        rate = EACH.get(key[0])
        return self._clients.get(key, now) - rate.seconds * (rate.burst - 1) if rate else now

    def reserve(self, channel: str, client: str, now: float) -> float:
        """Return the same time as `next_at`, and book it unless it is beyond the horizon: then ask again at that time."""
        self._forget(now)
        at = self.next_at(channel, client, now)
        if at - now <= self._horizon:
            self._book(channel, _key(channel, client), at)
        return at

    def _book(self, channel: str, key: tuple[str, str], at: float) -> None:
        rate = EACH.get(channel)
        if rate:
            _remember(self._clients, key, max(self._clients.get(key, at), at) + rate.seconds, self._remembered)
        for name in _quotas(channel):
            insort(self._booked[name], at)

    def penalise(self, channel: str, client: str, now: float, retry_after: float) -> None:
        """Hold back one client's messages for `retry_after` seconds, as the provider asked; everybody else goes on."""
        key = _key(channel, client)
        _remember(self._held, key, max(self._held.get(key, 0.0), now + max(retry_after, 0.0)), self._remembered)

    def _forget(self, now: float) -> None:
        """Drop what no longer limits anything."""
        for name, booked in self._booked.items():
            del booked[: bisect_left(booked, now - TOGETHER[name].seconds)]
        for table in (self._clients, self._held):
            while table and next(iter(table.values())) <= now:
                table.popitem(last=False)


def _key(channel: str, client: str) -> tuple[str, str]:
    """All threads of the desk are one chat to Telegram."""
    return (channel, "" if channel == DESK else client)


def _quotas(channel: str) -> tuple[str, ...]:
    return SHARED.get(channel, (channel,) if channel in TOGETHER else ())


def _remember(table: OrderedDict[tuple[str, str], float], key: tuple[str, str], until: float, most: int) -> None:
    table[key] = until
    table.move_to_end(key)
    while len(table) > most:
        table.popitem(last=False)


def _place(booked: list[float], quota: Quota, at: float) -> float:
    """The first time from `at` on at which one more message leaves no span of time with too many."""
    later = [time + quota.seconds for time in booked[bisect(booked, at - quota.seconds) :]]
    return next(time for time in (at, *later, at) if time >= at and _fits(booked, quota, time))


def _fits(booked: list[float], quota: Quota, at: float) -> bool:
    place = bisect(booked, at)
    near = [*booked[max(place - quota.count, 0) : place], at, *booked[place : place + quota.count]]
    return all(last - first > quota.seconds - TINY for first, last in zip(near, near[quota.count :], strict=False))
